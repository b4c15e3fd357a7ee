import pytest

from ingest.paper import (
    Paper,
    SourceRef,
    derive_id,
    normalise_arxiv_id,
    normalise_doi,
    normalise_title,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deep Nets: A Study", "deep nets - a study"),
        ("Café  Networks", "Cafe networks"),
        ("STRASSE", "Straße"),
        ("ﬁne-tuning", "Fine tuning."),
        ("snake_case nets", "snake case nets"),
    ],
)
def test_spellings_of_a_title_meet(one: str, other: str) -> None:
    assert normalise_title(one) == normalise_title(other)


def test_titles_in_any_script_stay_apart() -> None:
    assert normalise_title("图神经网络") != normalise_title("注意力机制")
    assert derive_id("图神经网络") != derive_id("注意力机制")


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1234/ABC.5", "10.1234/abc.5"),
        ("https://doi.org/10.1234/abc.5", "10.1234/abc.5"),
        ("see doi:10.1234/abc(5).", "10.1234/abc(5"),
        ("https://x.example/article/10.1234/abc.5/", "10.1234/abc.5"),
        ("10.12/too-short-a-prefix", None),
        ("", None),
    ],
)
def test_doi_is_found_and_lower_cased(text: str, doi: str | None) -> None:
    assert normalise_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("2401.01234v3", "2401.01234"),
        ("https://arxiv.org/abs/2401.01234", "2401.01234"),
        ("arXiv:hep-th/9901001v2", "hep-th/9901001"),
        ("math.GT/0309136", "math.GT/0309136"),
        ("no id here", None),
    ],
)
def test_arxiv_id_loses_its_version(text: str, arxiv_id: str | None) -> None:
    assert normalise_arxiv_id(text) == arxiv_id


def test_id_prefers_arxiv_then_doi_then_pubmed_then_title() -> None:
    everything = derive_id("T", doi="10.1/x", arxiv_id="2401.01234", pmid="7")
    assert everything == "arxiv:2401.01234"
    assert derive_id("T", doi="10.1/x", pmid="7") == "doi:10.1/x"
    assert derive_id("T", pmid="7") == "pmid:7"
    assert derive_id("A  title") == derive_id("a Title!")
    assert derive_id("A title").startswith("title:")


def test_titles_without_a_letter_have_ids_of_their_own() -> None:
    assert derive_id("???") != derive_id("!!!")


def test_hashes_follow_what_they_stand_for() -> None:
    paper = Paper(id="a", title="T", abstract="A.", year=2020)
    moved = paper.model_copy(update={"sources": (SourceRef(file="x.bib", line=3),)})
    dated = paper.model_copy(update={"year": 2021})
    edited = paper.model_copy(update={"abstract": "B."})
    assert moved.content_hash == paper.content_hash
    assert dated.content_hash != paper.content_hash
    assert dated.text_hash == paper.text_hash
    assert edited.text_hash != paper.text_hash


def test_content_hashes_are_those_that_libraries_hold() -> None:
    paper = Paper(id="a", title='T é "q"', abstract="A.", authors=("Ada", "Bo"), year=2020)
    paper = paper.model_copy(update={"doi": "10.1/x"})
    assert paper.content_hash == "358832129a1eb430b17269b4196967a2"
    noted = paper.model_copy(update={"extra": {"pmid": "7"}})
    assert noted.content_hash == "c5690c3c61340b0eecdfe823e46ae925"


def test_indexed_text_is_title_and_abstract() -> None:
    assert Paper(id="a", title="T", abstract="A.").text == "T\nA."
    assert Paper(id="a", title="T").text == "T"
