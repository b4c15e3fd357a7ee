import pytest

from ingest.paper import Paper
from ingest.readers import Failure, Source, detect
from ingest.readers.hf_papers import HfPapersReader
from tests.support.shared_data import shared_data

FIRST = (
    "Kites steer themselves in this study. A small network reads the tension of two lines and"
    " corrects the angle every tenth of a second. In 40 flights the kite crashed twice, against"
    " nineteen crashes of a human beginner."
)
SECOND = (
    "Ovens learn when bread is done. A camera looks at the crust and a microphone listens for the"
    " hollow sound that bakers test with their knuckles. Tasters preferred 61% of the loaves that"
    " the oven chose itself."
)
PAGE = f"""Papers
New

Trending

Sign Up

Kites That Steer Themselves

{FIRST}

12 authors

View PDF

Ovens That Listen

{SECOND}

Previous
Next
"""


def read(text: str) -> list[Paper | Failure]:
    return list(HfPapersReader().read(Source("page.txt", data=text.encode())))


def papers(text: str) -> list[Paper]:
    found = read(text)
    assert all(isinstance(record, Paper) for record in found), found
    return [record for record in found if isinstance(record, Paper)]


def test_titles_and_abstracts_are_told_from_furniture() -> None:
    kites, ovens = papers(PAGE)
    assert (kites.title, kites.abstract) == ("Kites That Steer Themselves", FIRST)
    assert (ovens.title, ovens.abstract) == ("Ovens That Listen", SECOND)


def test_the_source_line_is_the_titles() -> None:
    for paper in papers(PAGE):
        (source,) = paper.sources
        assert source.line is not None
        assert PAGE.split("\n")[source.line - 1] == paper.title
        assert (source.file, source.reader) == ("page.txt", "hf-papers")


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = FIRST.replace(". ", ".\n")
    (paper,) = papers(f"A Wrapped\nTitle\n\n{wrapped}\n")
    assert (paper.title, paper.abstract) == ("A Wrapped Title", FIRST)


def test_an_abstract_of_two_paragraphs_is_joined() -> None:
    (paper,) = papers(f"Kites and Ovens\n\n{FIRST}\n\n{SECOND}\n")
    assert paper.abstract == f"{FIRST}\n{SECOND}"


def test_a_long_paragraph_without_a_title_is_left_out() -> None:
    (paper,) = papers(f"{FIRST}\n\nOvens That Listen\n\n{SECOND}\n")
    assert paper.title == "Ovens That Listen"


def test_a_page_without_papers_is_one_failure_with_the_remedy() -> None:
    (failure,) = read("Papers\n\nSign Up\n\nNothing here today.\n")
    assert isinstance(failure, Failure)
    assert (failure.source, failure.line) == ("page.txt", None)
    assert "save the page's text" in failure.reason


def test_it_is_recognised_by_content() -> None:
    assert detect(Source("page.txt", data=PAGE.encode())).name == "hf-papers"
    assert HfPapersReader().sniff(Source("x", data=b'{"title": "a"}')) == 0


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_other_systems(newline: str) -> None:
    assert [p.abstract for p in papers(PAGE.replace("\n", newline))] == [FIRST, SECOND]


def test_the_real_page_holds_72_papers() -> None:
    path = shared_data("papers-page.txt")
    source = Source(path.name, path)
    found = list(detect(source).read(source))
    real = [record for record in found if isinstance(record, Paper)]
    assert len(real) == len(found) == 72
    assert len({paper.id for paper in real}) == 72
    titles = {paper.title for paper in real}
    assert "Kolmogorov-Arnold Transformer" in titles
    assert all(len(paper.abstract) > 300 for paper in real)
