"""The embedded encoder's weights, to begin training with: `python -m evals.verifier.start OUT.npz`.

The shipped file stores them as int8 with scales; they are written as float32, named as in
`network.py`.
"""

import argparse
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

from ingest.embedding.model_files import embedded_model

Weights = dict[str, npt.NDArray[np.float32]]

_NAMES = (
    (r"^inner\.", ""),
    (r"^embeddings\.word_embeddings", "words"),
    (r"^embeddings\.position_embeddings", "places"),
    (r"^embeddings\.token_type_embeddings", "types"),
    (r"^embeddings\.LayerNorm", "norm"),
    (r"^encoder\.layer\.", "layers."),
    (r"attention\.self\.", ""),
    (r"attention\.output\.dense", "output"),
    (r"attention\.output\.LayerNorm", "first_norm"),
    (r"intermediate\.dense", "up"),
    (r"(\d)\.output\.dense", r"\1.down"),
    (r"(\d)\.output\.LayerNorm", r"\1.second_norm"),
)


def starting_weights(model_path: Path) -> Weights:
    """Read an encoder that was exported from BERT with int8 weights; shapes as torch has them."""
    graph = onnx.load(str(model_path)).graph
    stored = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    made = {
        name.removesuffix("_q"): stored[name].astype(np.float32) * stored[f"{name[:-2]}_scale"]
        for name in stored
        if name.endswith("_q")
    }
    plain = {n: a for n, a in stored.items() if a.dtype == np.float32 and not n.endswith("_scale")}
    named = {n: a for n, a in {**made, **plain}.items() if n.startswith("inner.")}
    added = {n.input[0]: n.input[1] for n in graph.node if n.op_type == "Add"}
    added |= {n.input[1]: n.input[0] for n in graph.node if n.op_type == "Add"}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in made:
            bias = added[node.output[0]]
            named[f"{bias.removesuffix('bias')}weight"] = made[node.input[1]].T
    return {_renamed(name): np.ascontiguousarray(array) for name, array in named.items()}


def _renamed(name: str) -> str:
    for pattern, replacement in _NAMES:
        name = re.sub(pattern, replacement, name)
    return name


def main() -> None:
    """Write the weights of the embedded model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    weights = starting_weights(embedded_model().model)
    np.savez(parser.parse_args().out, **weights)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
