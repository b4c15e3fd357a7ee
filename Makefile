PYTHON ?= python3.11
PAPERS ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test check format eval bench clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## Start the chat page; PAPERS=path ingests that file or folder first
	@$(BIN)/paper-assistant chat --sample-if-empty $(if $(PAPERS),--ingest "$(PAPERS)")

test: $(VENV)/.dev ## Run the tests
	@$(BIN)/python -m pytest

check: $(VENV)/.dev ## Lint, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: $(VENV)/.dev ## Score the answers on the sample library (offline)
	@$(BIN)/python -m evals.answers

bench: $(VENV)/.dev ## Measure start, ingest and search against their bare parts
	@$(BIN)/python -m evals.bench

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
