"""OAI-PMH of arXiv, in its three formats."""

import pytest

from ingest.readers.oai import OaiReader
from tests.ingest.readers.exports import only, read

ARXIV = """<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2001.01234</id><created>2020-01-04</created>
<updated>2021-01-05</updated><authors><author><keyname>Lee</keyname><forenames>Ann</forenames>
</author><author><keyname>Ng</keyname><forenames>Bo</forenames></author></authors>
<title>Kites over
  two lines</title><journal-ref>Kite J. 3 (2020)</journal-ref><doi>10.1000/oai.1</doi>
<abstract>  Kites fly
at $O(n)$.
</abstract></arXiv>"""
RAW = """<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2001.01234</id><version version="v1">
<date>Sat, 4 Jan 2020 10:00:00 GMT</date></version><title>Kites over two lines</title>
<authors>Ann Lee, Bo Ng</authors><journal-ref>Kite J. 3 (2020)</journal-ref>
<doi>10.1000/oai.1</doi><abstract>Kites fly at $O(n)$.</abstract></arXivRaw>"""
CORE = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Kites over two lines</dc:title>
<dc:creator>Lee, Ann</dc:creator><dc:creator>Ng, Bo</dc:creator><dc:subject>Kites</dc:subject>
<dc:description>Kites fly at $O(n)$.</dc:description>
<dc:description>Comment: 3 pages</dc:description>
<dc:date>2021-01-05</dc:date><dc:date>2020-01-04</dc:date>
<dc:identifier>http://arxiv.org/abs/2001.01234</dc:identifier>
<dc:identifier>Kite J. 3 (2020)</dc:identifier><dc:identifier>doi:10.1000/oai.1</dc:identifier>
</oai_dc:dc>"""


def answer(metadata: str) -> str:
    return (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\n<record><header>'
        f"<identifier>oai:arXiv.org:2001.01234</identifier></header><metadata>{metadata}</metadata>"
        '</record>\n<record><header status="deleted"><identifier>x</identifier></header></record>'
        "</ListRecords></OAI-PMH>"
    )


@pytest.mark.parametrize("metadata", [ARXIV, RAW, CORE], ids=["arXiv", "arXivRaw", "oai_dc"])
def test_formats(metadata: str) -> None:
    paper = only(OaiReader(), answer(metadata))
    assert (paper.title, paper.abstract) == ("Kites over two lines", "Kites fly at $O(n)$.")
    assert (paper.authors, paper.year) == (("Ann Lee", "Bo Ng"), 2020)
    assert (paper.id, paper.doi) == ("arxiv:2001.01234", "10.1000/oai.1")
    assert (paper.url or "").endswith("arxiv.org/abs/2001.01234")


def test_a_deleted_record_is_passed_over() -> None:
    got = read(OaiReader(), answer(ARXIV))
    assert (len(got.papers), got.failures, got.lines) == (1, [], [2])


OTHERS = {
    "qualified": """<qdc xmlns:dc="d" xmlns:t="t"><dc:title>Ovens</dc:title><dc:creator>Ng, Bo
</dc:creator><t:abstract>Ovens bake.</t:abstract><dc:description>Thesis, Oven University, 2020.
</dc:description><t:issued>2020</t:issued><dc:identifier>10.1000/oai.2</dc:identifier></qdc>""",
    "doaj": """<doajArticle><title>Ovens</title><authors><author><name>Bo Ng</name>
<affiliationId>0</affiliationId></author></authors><publicationDate>2020-01-01</publicationDate>
<journalTitle>Oven J.</journalTitle><doi>10.1000/oai.2</doi><abstract>Ovens bake.</abstract>
</doajArticle>""",
    "datacite": """<oai_datacite><schemaVersion>4</schemaVersion><payload>
<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.1000/OAI.2
</identifier><creators><creator><creatorName>Ng, Bo</creatorName><affiliation>Oven University
</affiliation></creator></creators><titles><title>Ovens</title></titles><publicationYear>2020
</publicationYear><descriptions><description descriptionType="Other">Two files.</description>
<description descriptionType="Abstract">Ovens bake.</description></descriptions></resource>
</payload></oai_datacite>""",
}


@pytest.mark.parametrize("metadata", OTHERS.values(), ids=OTHERS)
def test_what_is_built_on_dublin_core_and_datacite(metadata: str) -> None:
    paper = only(OaiReader(), answer(metadata))
    assert (paper.title, paper.abstract) == ("Ovens", "Ovens bake.")
    assert (paper.authors, paper.year, paper.doi) == (("Bo Ng",), 2020, "10.1000/oai.2")


def core(inner: str) -> str:
    return answer(f'<o:dc xmlns:o="o" xmlns:dc="d"><dc:title>Ovens</dc:title>{inner}</o:dc>')


def test_of_several_descriptions_the_english_else_the_longest() -> None:
    """Repositories add where a copy came from, and journals a translation."""
    english = '<dc:description xml:lang="es">Los hornos cuecen el pan.</dc:description>'
    english += '<dc:description xml:lang="en-US">Ovens bake.</dc:description>'
    assert only(OaiReader(), core(english)).abstract == "Ovens bake."
    copies = "<dc:description>Thesis (M.S.)</dc:description>"
    copies += "<dc:description>Ovens bake bread.</dc:description>"
    assert only(OaiReader(), core(copies)).abstract == "Ovens bake bread."


def test_a_source_that_is_an_address_is_no_venue_and_affiliations_are_no_names() -> None:
    paper = only(
        OaiReader(),
        core(
            "<dc:creator><dc:name>Bo Ng</dc:name><dc:affiliation>Oven University</dc:affiliation>"
            "</dc:creator><dc:source>http://oven.example/1.pdf</dc:source>"
            "<dc:source>Oven J.</dc:source>"
        ),
    )
    assert (paper.authors, paper.venue) == (("Bo Ng",), "Oven J.")


def test_dois_of_what_a_paper_cites_or_uses_are_not_its_own() -> None:
    kind = "<dc:relation>info:eu-repo/semantics/{}/doi/10.1000/k.1</dc:relation>"
    assert only(OaiReader(), core(kind.format("reference"))).doi is None
    assert only(OaiReader(), core(kind.format("dataset"))).doi is None
    assert only(OaiReader(), core(kind.format("altIdentifier"))).doi == "10.1000/k.1"


def test_a_record_alone_and_names_with_accents_of_latex() -> None:
    alone = '<oai_dc:dc xmlns:oai_dc="o" xmlns:dc="d"><dc:title>Ovens</dc:title></oai_dc:dc>'
    assert only(OaiReader(), alone).title == "Ovens"
    raw = RAW.replace("Ann Lee, Bo Ng", r"Ann Lee and \'Edith Roldan\'o")
    assert only(OaiReader(), answer(raw)).authors == ("Ann Lee", "Édith Roldanó")


def test_metadata_of_an_unknown_kind_are_told() -> None:
    (failure,) = read(OaiReader(), answer("<etd><name>Ovens</name></etd>")).failures
    assert failure.reason == "no title in its metadata <etd>; ask the repository for oai_dc"
