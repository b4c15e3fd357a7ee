"""The shipped comparer's weights, to train it further: `python -m evals.verifier.resume OUT.npz`.

`--of answers` gives those of the model for questions, `--of claims` those of the one for claims in
people's own words.

They were rounded to seven bits when the model was made; a few hundred steps mend that.
"""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

from assistant.verification.comparer import ANSWERS_FILE, CLAIMS_FILE, MODEL_FILE

Weights = dict[str, npt.NDArray[np.float32]]
_MODELS = {"comparer": MODEL_FILE, "claims": CLAIMS_FILE, "answers": ANSWERS_FILE}
_LAYERS = 6
_EMBEDDINGS = {"words.weight", "places.weight", "types.weight"}
_OF_LAYER = ("query", "key", "value", "output", "up", "down")
_HEADS = ("pair_inner", "pair_head", "word_head")


def shipped_weights(model_path: Path) -> Weights:
    """Weights named and shaped as in `network.py`; matrices come in the forward pass's order."""
    stored = {
        t.name: numpy_helper.to_array(t) for t in onnx.load(str(model_path)).graph.initializer
    }
    found = {n: a for n, a in stored.items() if a.dtype == np.float32 and "." in n}
    found = {n: a for n, a in found.items() if not n.endswith("_scale")}
    matrices = []
    for name in [n.removesuffix("_quantized") for n in stored if n.endswith("_quantized")]:
        shift = stored[f"{name}_zero_point"].astype(np.float32)
        values = (stored[f"{name}_quantized"].astype(np.float32) - shift) * stored[f"{name}_scale"]
        if name in _EMBEDDINGS:
            found[name] = values
        else:
            matrices.append(values)
    order = [f"layers.{n}.{part}" for n in range(_LAYERS) for part in _OF_LAYER]
    for name, values in zip(["match", *order, *_HEADS], matrices, strict=True):
        found[f"{name}.weight"] = values.T
    return {name: np.ascontiguousarray(a, dtype=np.float32) for name, a in found.items()}


def main() -> None:
    """Write the weights of a shipped model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--of", choices=_MODELS, default="comparer", help="which model")
    options = parser.parse_args()
    np.savez(options.out, **shipped_weights(_MODELS[options.of]))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
