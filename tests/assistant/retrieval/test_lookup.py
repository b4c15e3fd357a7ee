import pytest

from assistant.retrieval.lookup import joined, leads, wanted


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("2409.10594", "arxiv:2409.10594"),
        ("arXiv:2409.10594v2", "arxiv:2409.10594"),
        ("arxiv: 2409.10594", "arxiv:2409.10594"),
        ("https://arxiv.org/abs/2409.10594v3", "arxiv:2409.10594"),
        ("http://export.arxiv.org/pdf/2409.10594v2.pdf", "arxiv:2409.10594"),
        ("huggingface.co/papers/2409.10594", "arxiv:2409.10594"),
        ("hep-th/9901001", "arxiv:hep-th/9901001"),
        ("arXiv:cs.CL/0501001v1", "arxiv:cs.CL/0501001"),
        ("What does 2409.10594 say about depth?", "arxiv:2409.10594"),
        ("10.48550/arXiv.2409.10594", "arxiv:2409.10594"),
        ("10.1016/S0140-6736(05)12345-X", "doi:10.1016/s0140-6736(05)12345-x"),
        ("doi:10.1234/ABC.def.", "doi:10.1234/abc.def"),
        ("https://doi.org/10.1234/abc", "doi:10.1234/abc"),
        ("https://dx.doi.org/10.1234%2Fabc", "doi:10.1234/abc"),
        ("see (10.1234/abc.def), please", "doi:10.1234/abc.def"),
    ],
)
def test_ids_are_seen_in_every_spelling(query: str, name: str) -> None:
    assert name in wanted(query).names


@pytest.mark.parametrize(
    "query", ["version 2024.12345.6", "a score of 82.3 in 2024", "12345.67890"]
)
def test_other_numbers_are_no_ids(query: str) -> None:
    assert not [name for name in wanted(query).names if name.startswith(("arxiv:", "doi:"))]


@pytest.mark.parametrize(
    "query",
    ['what does "mixture of experts" mean', "“mixture of experts”", "``mixture of experts''"],
)
def test_quoted_phrases_are_seen(query: str) -> None:
    assert wanted(query).phrases == ("mixture of experts",)


@pytest.mark.parametrize(
    ("query", "name"),
    [("KAN", "KAN"), (" MS-MLP? ", "MS-MLP"), ("which papers use KANs", ""), ("?!", "")],
)
def test_a_short_query_is_a_name(query: str, name: str) -> None:
    assert wanted(query).name == name


@pytest.mark.parametrize(
    "spelling", ["γ-MoD", "$\\gamma$-MoD", "Gamma-MoD", "gamma mod", "GammaMoD", "\\gamma-MoD"]
)
def test_spellings_of_a_greek_name_meet(spelling: str) -> None:
    assert joined(spelling) == "gammamod"
    assert leads("γ-MoD: Exploring Mixture-of-Depth", spelling)


@pytest.mark.parametrize("spelling", ["M^2UGen", "M^{2}UGen", "M²UGen", "M$^2$UGen", "M2UGen"])
def test_spellings_of_a_raised_figure_meet(spelling: str) -> None:
    assert leads("M$^{2}$UGen: Music Understanding", spelling)


@pytest.mark.parametrize(
    ("title", "name", "held"),
    [
        ("KAN: Kolmogorov-Arnold Networks", "KAN", True),
        ("KAN - A Study", "kan", True),
        ("Kolmogorov-Arnold Networks (KAN) for Vision", "KANs", True),
        ("KAN", "KAN", True),
        ("KANsight: Seeing", "KAN", False),
        ("Are KANs better?", "KAN", False),
    ],
)
def test_a_title_gives_itself_a_name(title: str, name: str, held: bool) -> None:
    assert leads(title, name) is held
