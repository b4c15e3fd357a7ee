import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.answer import Filters
from assistant.retrieval.hints import HintReader, in_words
from ingest.paper import Paper
from tests.support.vectors import filled, unit

YEAR = datetime.date.today().year


def _papers() -> Iterator[Paper]:
    groups: tuple[tuple[int, dict[str, Any]], ...] = (
        (8, {"authors": ("Wei Zhang", "Bo Li"), "venue": "NeurIPS", "year": 2023}),
        (4, {"authors": ("Emma Young",), "venue": "Learning Conference (ICLR)", "year": 2019}),
        (12, {"authors": ("Ana Ruiz",), "venue": "Nature", "year": 2020, "title": "Young stars"}),
        (2, {"authors": ("Yann LeCun",), "venue": "Scale Reports", "year": 2017}),
        (1, {"year": YEAR - 1}),
    )
    for group, (count, fields) in enumerate(groups):
        for n in range(count):
            text = "Attention at scale, by nature." if group == 2 else "Something else."
            yield Paper.model_validate(
                {"id": f"{group}-{n}", "title": "Study", "abstract": text, **fields}
            )


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HintReader]:
    vectors = [(paper, unit(1, n, 1)) for n, paper in enumerate(_papers())]
    with filled(tmp_path_factory.mktemp("hints") / "library", vectors)[0] as library:
        yield HintReader(library)


@pytest.mark.parametrize(
    ("query", "rest", "filters"),
    [
        ("KANs since 2023", "KANs", Filters(year_from=2023)),
        ("papers before 2020 on kites", "papers on kites", Filters(year_to=2019)),
        ("surveys of kites up to 2020", "surveys of kites", Filters(year_to=2020)),
        (
            "which papers between 2019 and 2021 use kites?",
            "which papers use kites?",
            Filters(year_from=2019, year_to=2021),
        ),
        (
            "kites, papers published in 2023",
            "kites, papers published",
            Filters(year_from=2023, year_to=2023),
        ),
        ("work on kites from the last two years", "work on kites", Filters(year_from=YEAR - 2)),
        ("kites from 2019 onwards", "kites", Filters(year_from=2019)),
        ("pruning at NeurIPS", "pruning", Filters(venue="NeurIPS")),
        (
            "pruning at NeurIPS 2023",
            "pruning",
            Filters(venue="NeurIPS", year_from=2023, year_to=2023),
        ),
        ("NeurIPS papers on pruning", "papers on pruning", Filters(venue="NeurIPS")),
        ("pruning papers published in Nature", "pruning papers", Filters(venue="Nature")),
        ("pruning papers by Zhang", "pruning papers", Filters(author="Zhang")),
        (
            "which models are proposed by Zhang et al.?",
            "which models are proposed?",
            Filters(author="Zhang"),
        ),
        ("pruning by Yann LeCun", "pruning", Filters(author="Yann LeCun")),
        (
            "pruning papers by Bo Li since 2020",
            "pruning papers",
            Filters(author="Bo Li", year_from=2020),
        ),
        (
            "what do papers since 2023 say about kites?",
            "what do papers say about kites?",
            Filters(year_from=2023),
        ),
    ],
)
def test_what_is_surely_meant_is_applied(
    reader: HintReader, query: str, rest: str, filters: Filters
) -> None:
    read = reader.read(query, Filters(), "apply")
    assert (read.text, read.filters) == (rest, filters)
    assert read.hints
    assert all(hint.applied and query[hint.start : hint.end] == hint.text for hint in read.hints)
    assert len(read.warnings) == len(read.hints)


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("winners in 2017 ImageNet challenge", "in 2017"),
        ("What accuracy was reached in 2023?", "in 2023"),
        ("How many cases were there before 2020?", "before 2020"),
        ("Which papers analyse tweets posted since 2019?", "since 2019"),
        ("elections in 2020", "in 2020"),
        ("elections between 2019 and 2021", "between 2019 and 2021"),
        ("papers since 2031", "since 2031"),
        ("learning at scale", "at scale"),
        ("transformers in nature", "in nature"),
        ("transformers in Nature", "in Nature"),
        ("papers by Young", "by Young"),
        ("papers by zhang", "by zhang"),
    ],
)
def test_what_may_be_meant_otherwise_is_only_suggested(
    reader: HintReader, query: str, suggested: str
) -> None:
    read = reader.read(query, Filters(), "apply")
    assert (read.text, read.filters, read.warnings) == (query, Filters(), ())
    (hint,) = read.hints
    assert (hint.text, hint.applied) == (suggested, False)
    assert hint.reason


@pytest.mark.parametrize(
    "query",
    [
        "replace MLPs by attention",
        "by young researchers",
        "by BERT",
        "WMT 2014 translation",
        "",
        "at",
    ],
)
def test_what_the_library_does_not_know_is_no_hint(reader: HintReader, query: str) -> None:
    read = reader.read(query, Filters(), "apply")
    assert (read.text, read.filters, read.hints) == (query, Filters(), ())


def test_a_filter_that_is_set_is_not_overruled(reader: HintReader) -> None:
    read = reader.read("papers by Zhang since 2023", Filters(year_to=2020), "apply")
    assert read.filters == Filters(year_to=2020, author="Zhang")
    assert [hint.applied for hint in read.hints] == [True, False]


def test_hints_can_be_suggested_switched_off_and_taken_back(reader: HintReader) -> None:
    query = "papers by Zhang since 2023"
    suggested = reader.read(query, Filters(), "suggest")
    assert (suggested.text, suggested.filters) == (query, Filters())
    assert [hint.applied for hint in suggested.hints] == [False, False]
    assert reader.read(query, Filters(), "off").hints == ()
    taken_back = reader.read(query, Filters(), "apply", ["since 2023"])
    assert taken_back.filters == Filters(author="Zhang")


def test_a_query_of_nothing_but_a_hint_is_still_searched(reader: HintReader) -> None:
    read = reader.read("since 2023", Filters(), "apply")
    assert (read.text, read.filters) == ("since 2023", Filters(year_from=2023))


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(year_from=2019, year_to=2021), "year 2019 to 2021"),
        (Filters(year_from=2020, year_to=2020, venue="ICLR"), "year 2020, venue ICLR"),
        (Filters(year_to=2020, author="Li"), "year 2020 or earlier, author Li"),
    ],
)
def test_filters_are_put_in_words(filters: Filters, said: str) -> None:
    assert in_words(filters) == said
