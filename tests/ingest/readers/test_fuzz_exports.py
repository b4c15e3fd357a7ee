"""Whatever bytes come, a reader of exports yields papers and failures or raises SourceError."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.paper import Paper
from ingest.readers import READERS, Failure, Reader, Source, detect
from ingest.readers.acl_xml import AclXmlReader
from ingest.readers.arxiv_atom import ArxivAtomReader
from ingest.readers.bibtex import BibtexReader
from ingest.readers.crossref_xml import CrossrefXmlReader
from ingest.readers.csv_table import CsvReader
from ingest.readers.dblp_xml import DblpXmlReader
from ingest.readers.embase_rows import EmbaseRowsReader
from ingest.readers.endnote_xml import EndNoteXmlReader
from ingest.readers.europepmc_xml import EuropePmcXmlReader
from ingest.readers.hf_papers import HfPapersReader
from ingest.readers.jats import JatsReader
from ingest.readers.labelled_text import LabelledTextReader
from ingest.readers.marc_xml import MarcXmlReader
from ingest.readers.medline import MedlineReader
from ingest.readers.mods import ModsReader
from ingest.readers.oai import OaiReader
from ingest.readers.pubmed_text import PubmedTextReader
from ingest.readers.pubmed_xml import PubmedXmlReader
from ingest.readers.refer import ReferReader
from ingest.readers.ris import RisReader
from ingest.readers.scopus_text import ScopusTextReader
from ingest.readers.tei import TeiReader
from ingest.readers.wos import WosReader
from ingest.readers.zotero_rdf import ZoteroRdfReader
from tests.ingest.readers.test_fuzz_json import JSON_READERS

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
    EndNoteXmlReader(): "<xml><records><record><source-app>E</source-app><titles><title><style>A"
    "</style></title></titles><abstract>T&#xD;</abstract><dates><year>2020</year></dates></record>"
    "</records></xml>",
    JatsReader(): "<article><front><article-meta><title-group><article-title>A</article-title>"
    "</title-group><contrib-group><contrib><name><surname>Lee</surname></name></contrib>"
    "</contrib-group><abstract><sec><title>T</title><p>x</p></sec></abstract></article-meta></front>"
    "</article>",
    EuropePmcXmlReader(): "<responseWrapper><resultList><result><title>A</title><authorString>Lee"
    " A, Ng B</authorString><abstractText>T</abstractText></result></resultList></responseWrapper>",
    ModsReader(): "<mods><titleInfo><title>A</title></titleInfo><name><namePart>Lee</namePart>"
    "</name><abstract>T</abstract></mods>",
    MarcXmlReader(): "<collection><record><datafield tag='245'><subfield code='a'>A /</subfield>"
    "</datafield><datafield tag='700'><subfield code='a'>Lee, Ann,</subfield><subfield code='e'>x"
    "</subfield></datafield></record></collection>",
    TeiReader(): "<TEI><teiHeader><fileDesc><titleStmt><title>A</title></titleStmt><sourceDesc>"
    "<biblStruct><analytic><author><persName><surname>Lee</surname></persName></author></analytic>"
    "</biblStruct></sourceDesc></fileDesc><profileDesc><abstract><p>T</p></abstract></profileDesc>"
    "</teiHeader></TEI>",
    AclXmlReader(): "<collection id='x'><volume><meta><year>2020</year></meta><paper><title>A "
    "<tex-math>x</tex-math></title><author><last>Lee</last></author><url>x-1.1</url></paper>"
    "</volume></collection>",
    OaiReader(): "<OAI-PMH><record><header status='x'/><metadata><arXiv><id>2001.01234</id><title>A"
    "</title><abstract>T</abstract></arXiv></metadata></record></OAI-PMH>",
    CrossrefXmlReader(): "<doi_records><crossref><journal_article><titles><title>A</title></titles>"
    "<abstract><p>T</p></abstract></journal_article></crossref></doi_records>",
    DblpXmlReader(): "<dblp><article><author>Lee</author><title>A &uuml;</title></article></dblp>",
    ZoteroRdfReader(): '<rdf:RDF xmlns:rdf="r" xmlns:z="http://www.zotero.org/x" xmlns:b="b">'
    '<b:Article rdf:about="1"><z:itemType>x</z:itemType><b:isPartOf rdf:resource="2"/><b:title>A'
    '</b:title></b:Article><b:Journal rdf:about="2"><b:title>J</b:title></b:Journal></rdf:RDF>',
    LabelledTextReader(): "Record #1 of 2\nID: 1\nAU: Lee, A\nTI: A title\nAB: Text\nmore.\nYR: "
    "2020\n\n",
    PubmedTextReader(): "1. J Tests. 2020 Mar;3(1):1-9. doi: 10.1/x.\n\nA title.\n\nLee A(1), Ng B."
    "\n\nText. More\ntext.\n\nDOI: 10.1/x\nPMID: 1\n\n\n",
    ScopusTextReader(): "Scopus\nEXPORT DATE: 1\n\nLee, A.\n1;2\nA title\n(2020) J Tests, 3.\nDOI: "
    "10.1/x\n\nABSTRACT: Text.\nSOURCE: Scopus\n\n",
    EmbaseRowsReader(): '"TITLE","A title"\n"AUTHOR NAMES","Lee A.","Ng B."\n"ABSTRACT","Text\n'
    'more."\n\n',
    HfPapersReader(): "Upvote\n\nA title\n\nAuthors:\nAnn Lee\n\n"
    + "We test the text. " * 15
    + "\n\n",
}

by_reader = pytest.mark.parametrize("reader", SEEDS, ids=lambda reader: reader.name)


def test_every_reader_is_fuzzed_here_or_among_those_of_json() -> None:
    fuzzed = {*(r.name for r in SEEDS), *(r.name for r in JSON_READERS), ArxivAtomReader.name}
    assert {reader.name for reader in READERS} == fuzzed


@by_reader
def test_the_seed_is_read(reader: Reader) -> None:
    """A seed that its reader does not take would test nothing."""
    source = Source("seed", data=SEEDS[reader].encode())
    assert detect(source).name == reader.name
    assert [type(record) for record in reader.read(source)] == [Paper]


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
