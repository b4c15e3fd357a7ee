"""Makes a shipped model of trained weights: `python evals/verifier/export.py OUT.pt MODEL.onnx`.

Run by hand in an environment with torch. Of several files of weights, which may be those that
training began with (`resume.py`), the mean is taken. Weights become int8, a scale for each output;
activations are quantised at each run. Seven bits are used, since CPUs without VNNI add pairs of
eight-bit products in sixteen bits and could overflow.
"""

import argparse
import tempfile
from pathlib import Path

import onnx
import torch
from network import Comparer  # type: ignore[import-not-found]  # run as a script
from onnxruntime.quantization import QuantType, quantize_dynamic
from train import mean_of  # type: ignore[import-not-found]


def write_float(network: Comparer, path: Path) -> None:
    """Write the network as ONNX for a batch of one and any length."""
    network.eval()
    ids = torch.arange(1000, 1021).unsqueeze(0)
    sides = (torch.arange(21) > 8).long().unsqueeze(0)
    length = torch.export.Dim("length", min=2, max=512)
    torch.onnx.export(
        network,
        (ids, sides),
        str(path),
        input_names=["ids", "sides"],
        output_names=["support", "wrong"],
        dynamic_shapes=({1: length}, {1: length}),
        external_data=False,
        dynamo=True,
    )


def without_traces(path: Path) -> None:
    """Remove what the export notes about the machine and the source files."""
    model = onnx.load(str(path))
    parts = [model, model.graph, *model.graph.node, *model.graph.value_info]
    parts += [*model.graph.input, *model.graph.output, *model.graph.initializer, *model.functions]
    for part in parts:
        part.doc_string = ""
        if hasattr(part, "metadata_props"):
            del part.metadata_props[:]
    onnx.save(model, str(path))


def main() -> None:
    """Export, clean and quantise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    network = Comparer()
    network.load_state_dict(mean_of(options.weights))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        write_float(network, plain)
        without_traces(plain)
        quantize_dynamic(
            plain,
            options.out,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    without_traces(options.out)


if __name__ == "__main__":
    main()
