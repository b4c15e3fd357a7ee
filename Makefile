PYTHON ?= python3.11
PAPERS ?=
SHARED ?= ../shared
VLLM ?= build/vllm
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test test-vllm check format eval bench clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## Start the chat page; PAPERS=path ingests that file or folder first
	@$(BIN)/paper-assistant chat --sample-if-empty $(if $(PAPERS),--ingest "$(PAPERS)")

test: $(VENV)/.dev ## Run the tests
	@$(BIN)/python -m pytest

test-vllm: $(VENV)/.dev $(VLLM)/.ready ## Run the tests against a real vLLM server (CPU; minutes)
	@VLLM_HOME=$(abspath $(VLLM)) $(BIN)/python -m pytest -m vllm -s tests/vllm

check: $(VENV)/.dev ## Lint, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: $(VENV)/.dev ## Score the answers on the sample library and hold them against the baseline
	@PAPERS_LLM__PROVIDER=extractive $(BIN)/paper-assistant eval answers --suite evals/suites/sample.jsonl --out build/eval
	@$(BIN)/paper-assistant eval gate build/eval --baseline evals/baseline.json

bench: $(VENV)/.dev ## Measure start, ingest and search against their bare parts, and the server under load
	@$(BIN)/python -m evals.bench
	@$(BIN)/python -m evals.load_bench

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV) (once)"
	@$(INSTALL) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV), with the tools for development (once)"
	@$(INSTALL) -e '.[dev]'
	@touch $@ $(VENV)/.run

$(VLLM)/.ready:
	@PYTHON=$(PYTHON) sh tests/vllm/install.sh "$(SHARED)" "$(VLLM)"
