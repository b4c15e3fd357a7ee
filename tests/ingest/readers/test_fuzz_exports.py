"""Whatever bytes come, a reader of exports yields papers and failures or raises SourceError."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.paper import Paper
from ingest.readers import Failure, Reader, Source
from ingest.readers.bibtex import BibtexReader
from ingest.readers.csv_table import CsvReader
from ingest.readers.medline import MedlineReader
from ingest.readers.pubmed_xml import PubmedXmlReader
from ingest.readers.refer import ReferReader
from ingest.readers.ris import RisReader
from ingest.readers.wos import WosReader

SEEDS: dict[Reader, str] = {
    RisReader(): "TY  - JOUR\nTI  - A title\nAU  - Lee, Ann\nAB  - Text\n  more.\nPY  - 2020\n"
    "ER  - \n",
    MedlineReader(): "PMID- 1\nTI  - A title\n      goes on\nAB  - Text.\nLID - 10.1/x [doi]\n\n",
    WosReader(): "FN X\nVR 1.0\nPT J\nAU Lee, A\n   Ng, C\nTI A title\nAB Text.\nPY 2020\nER\n"
    "\nEF\n",
    ReferReader(): "%0 Journal Article\n%T A title\n%A Lee, Ann\n%X Text\nmore.\n%D 2020\n\n",
    BibtexReader(): '@string{j = "J" # {k}}\n@article{a,\n title = {A {\\"o} $x$ \\emph{t}},\n'
    " author = {Lee, Ann and {Ng}},\n journal = j # {x},\n crossref = {b},\n year = 2020\n}\n",
    CsvReader(): 'Title,Abstract,Authors,Year,DOI\n"A ""title""","Text,\nmore.",Lee; Ng,2020,'
    "10.1/x\n",
    PubmedXmlReader(): "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
    "<ArticleTitle>A <i>t</i>10<sup>2</sup></ArticleTitle><Abstract><AbstractText Label='A'>T&lt;"
    "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
}

by_reader = pytest.mark.parametrize("reader", SEEDS, ids=lambda reader: reader.name)


def check(reader: Reader, data: bytes) -> None:
    source = Source("fuzzed", data=data)
    try:
        likelihood = reader.sniff(source)
        records = list(reader.read(source))
    except SourceError:
        return
    assert 0 <= likelihood <= 1
    for record in records:
        if isinstance(record, Paper):
            assert record.title and record.id and record.sources[0].line
        else:
            assert isinstance(record, Failure) and record.reason


def mutated(data: st.DataObject, seed: str) -> str:
    """The seed, repeated, with pieces cut out, doubled, moved, or replaced by strange ones."""
    text = seed * data.draw(st.integers(1, 3))
    strange = st.sampled_from(
        [*'{}"@#%$\\,;\t<>&\r\n\x00\x85\u2028\ufeff', "ER  -", "TY  - ", "&#0;"]
    )
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        piece = data.draw(st.one_of(st.just(""), st.just(text[start:end] * 2), strange, st.text()))
        text = text[:start] + piece + text[end:]
    return text


@by_reader
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_mutated_exports(reader: Reader, data: st.DataObject) -> None:
    encode: Callable[[str], bytes] = data.draw(
        st.sampled_from(
            [
                lambda text: text.encode("utf-8", "surrogatepass"),
                lambda text: text.encode("utf-16", "surrogatepass"),
                lambda text: text.encode("cp1252", "replace"),
            ]
        )
    )
    check(reader, encode(mutated(data, SEEDS[reader])))


@by_reader
@settings(max_examples=30, deadline=None)
@given(head=st.booleans(), data=st.binary(max_size=400))
def test_random_bytes(reader: Reader, head: bool, data: bytes) -> None:
    check(reader, (SEEDS[reader].encode() if head else b"") + data)


@by_reader
@pytest.mark.parametrize(
    "unit", ["{", '"', "@a{", "\\", "$", "TY  - ", "%T ", "<a>", "\n", ",", "&", "(,"]
)
def test_long_runs_end(reader: Reader, unit: str) -> None:
    """Neither deep nesting nor long repetition makes a reader fail or crawl."""
    check(reader, SEEDS[reader].encode() + unit.encode() * 20_000)
    check(reader, SEEDS[reader].replace("A", unit * 5_000, 1).encode())
