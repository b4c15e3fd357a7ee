from assistant.verification.comparer import MODEL_FILE
from evals.verifier.resume import shipped_weights


def test_the_shipped_weights_have_the_networks_names_and_shapes() -> None:
    weights = shipped_weights(MODEL_FILE)
    assert weights["words.weight"].shape == (30_522, 384)
    assert weights["layers.5.up.weight"].shape == (1536, 384)
    assert weights["layers.0.down.weight"].shape == (384, 1536)
    assert weights["pair_inner.weight"].shape == (128, 1152)
    assert weights["match.weight"].shape == (384, 3)
    assert len([name for name in weights if name.startswith("layers.")]) == 6 * 16
