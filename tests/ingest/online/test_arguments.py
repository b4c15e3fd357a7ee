"""Which arguments are online sources, and what is asked for them."""

from pathlib import Path

import pytest

from ingest.config import OnlineConfig
from ingest.errors import SourceError
from ingest.online import is_online, parse_argument, without_secrets

CONFIG = OnlineConfig()


@pytest.mark.parametrize(
    ("argument", "online"),
    [
        ("arxiv:2409.10594", True),
        ("arXiv:2409.10594", True),
        ("openalex:works?search=kan", True),
        ("./arxiv:2409.10594", False),
        ("arxiv.xml", False),
        ("C:arxiv", False),
        ("-", False),
    ],
)
def test_the_prefix_tells(argument: str, online: bool) -> None:
    assert is_online(argument) is online


@pytest.mark.parametrize(
    ("argument", "parameters"),
    [
        ("arxiv:2409.10594", {"id_list": "2409.10594"}),
        ("arXiv:0704.0001v2", {"id_list": "0704.0001v2"}),
        ("arxiv:hep-th/9901001", {"id_list": "hep-th/9901001"}),
        ("arxiv:math.GT/0309136v1", {"id_list": "math.GT/0309136v1"}),
        ("arxiv:search?kan", {"search_query": "all:kan"}),
        (
            "arxiv:search?graph neural nets",
            {"search_query": "all:graph AND all:neural AND all:nets"},
        ),
        ('arxiv:search?"state space" (c++)', {"search_query": 'all:"state space" AND all:c++'}),
        ("arxiv:search?ti:kan+AND+au:liu", {"search_query": "ti:kan AND au:liu"}),
        ("arxiv:search?kan OR spline", {"search_query": "kan OR spline"}),
        (
            "arxiv:search?search_query=cat:cs.LG&sortBy=submittedDate",
            {"search_query": "cat:cs.LG", "sortBy": "submittedDate"},
        ),
        ("openalex:w2741809807", {"filter": "ids.openalex:W2741809807"}),
        (
            "openalex:works?search=sea+ice&filter=publication_year:2020,type:article",
            {"search": "sea ice", "filter": "publication_year:2020,type:article"},
        ),
    ],
)
def test_what_is_asked(argument: str, parameters: dict[str, str]) -> None:
    assert parse_argument(argument, CONFIG).parameters == parameters


@pytest.mark.parametrize(
    ("argument", "remedy"),
    [
        ("arxiv:", "arxiv:2409.10594"),
        ("arxiv:kan", "arxiv:2409.10594"),
        ("arxiv:search?", "arxiv:search?"),
        ("arxiv:search?()", "no words"),
        ("arxiv:search?search_query=kan&start=5", "start cannot be given"),
        ("arxiv:search?search_query=", "search_query is empty"),
        ("openalex:authors?search=liu", "openalex:works?search="),
        ("openalex:works", "openalex:works?search="),
        ("openalex:works?", "openalex:works?search="),
        ("openalex:works?kan", "cannot be read"),
        ("openalex:works?search=a&search=b", "given twice"),
        ("openalex:works?search=a&per-page=5", "--limit"),
        ("openalex:works?search=a&api_key=s3cret", "PAPERS_ONLINE__OPENALEX_KEY"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_remedy(argument: str, remedy: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_argument(argument, CONFIG)
    assert remedy in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_secrets_are_not_shown() -> None:
    shown = without_secrets("openalex:works?search=a&api_key=s3cret&filter=b")
    assert shown == "openalex:works?search=a&api_key=***&filter=b"


def test_a_file_of_such_a_name_can_be_read(tmp_path: Path) -> None:
    assert not is_online(str(tmp_path / "arxiv:2409.10594"))
