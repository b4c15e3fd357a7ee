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


SHORT = "Short abstracts exist too. This one has two sentences and tells what it is about in brief."
ONE_PAPER = f"""Models
Datasets
Papers
arxiv:2409.10594

Kites That Steer Themselves

Published on Sep 17, 2024
· Submitted by
 someone
on Sep 18, 2024
#3 Paper of the day
Upvote

44
+36
Authors:
Ann Lee
,
Bo van der Berg
Abstract
{FIRST}

View arXiv page
View PDF
Add to collection
"""
TRENDING = f"""Trending Papers

Mar 12

Submitted by
someone

Kites That Steer Themselves

{FIRST}

·
8 authors
·
Published on Oct 1, 2025
Upvote
55
GitHub 1.2k
arXiv Page

Submitted by
someone-else

Ovens That Listen

{SECOND}

12 authors

·

Published on Oct 2, 2024

Upvote

7
"""
BY_LINES = f"""Get trending papers in your email inbox once a day!
Subscribe

Jan 3, 2025

Kites That Steer Themselves
{FIRST}
Ovens That Listen
{SECOND}
A Tale of Shortness
{SHORT}
"""
NAMED = f"""Upvote

120

Kites That Steer Themselves

Ann Lee, Bo van der Berg and Cy Ng

{FIRST}

5

Diffusion Models, Language Models and Robots

{SECOND}
"""


def test_the_page_of_one_paper_tells_authors_year_and_id() -> None:
    (paper,) = papers(ONE_PAPER)
    assert (paper.title, paper.abstract) == ("Kites That Steer Themselves", FIRST)
    assert paper.authors == ("Ann Lee", "Bo van der Berg")
    assert (paper.year, paper.id) == (2024, "arxiv:2409.10594")


def test_the_trending_page_has_its_dates_after_the_abstracts() -> None:
    kites, ovens = papers(TRENDING)
    assert (kites.title, ovens.title) == ("Kites That Steer Themselves", "Ovens That Listen")
    assert (kites.abstract, ovens.abstract) == (FIRST, SECOND)
    assert (kites.year, ovens.year) == (2025, 2024)


def test_titles_and_abstracts_on_lines_without_blank_ones_between() -> None:
    kites, ovens, short = papers(BY_LINES)
    assert (kites.abstract, ovens.title) == (FIRST, "Ovens That Listen")
    assert (short.title, short.abstract) == ("A Tale of Shortness", SHORT)
    assert kites.year is None


def test_a_list_of_names_is_no_title_and_a_title_no_list_of_names() -> None:
    kites, robots = papers(NAMED)
    assert kites.title == "Kites That Steer Themselves"
    assert kites.authors == ("Ann Lee", "Bo van der Berg", "Cy Ng")
    assert robots.title == "Diffusion Models, Language Models and Robots"


def test_a_summary_by_a_model_is_not_the_authors() -> None:
    page = f"Kites That Steer\n\nAbstract\n\nAI-generated summary\n\n{SHORT}\n\n{FIRST}\n"
    (paper,) = papers(page)
    assert (paper.title, paper.abstract) == ("Kites That Steer", FIRST)


def test_a_readme_is_no_page_of_papers() -> None:
    text = f"# A project\n\nWhat it does\n\n{FIRST}\n"
    assert HfPapersReader().sniff(Source("README.md", data=text.encode())) == 0
