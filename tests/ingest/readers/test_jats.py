from ingest.readers.jats import JatsReader
from tests.ingest.readers.exports import only, read

READER = JatsReader()
FRONT = """<front><journal-meta><journal-id>Kite J</journal-id><journal-title-group>
<journal-title>Kite Journal</journal-title></journal-title-group></journal-meta><article-meta>
<article-id pub-id-type="pmid">31234567</article-id>
<article-id pub-id-type="doi">10.1000/jats.1</article-id>
<title-group><article-title>Kites with <italic>strings</italic></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Lee</surname>
<given-names>Ann</given-names></name><xref ref-type="aff">1</xref></contrib>
<contrib contrib-type="author"><collab>KITE Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>Boss</surname></name></contrib></contrib-group>
<pub-date><year>2020</year></pub-date>
<abstract abstract-type="graphical"><p>A picture.</p></abstract>
<abstract><title>Abstract</title><sec><title>Background</title><p>Kites&nbsp;fly.</p></sec>
<sec><title>Results</title><p>They flew.</p></sec></abstract>
<kwd-group><kwd>kites</kwd></kwd-group></article-meta></front>"""
BODY = """<body><p>Body text.</p></body>
<back><ref-list><article-title>Other</article-title></ref-list></back>"""


def test_an_article() -> None:
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS.dtd">'
    paper = only(READER, f"<?xml version='1.0'?>\n{doctype}\n<article>{FRONT}{BODY}</article>")
    assert paper.title == "Kites with strings"
    assert paper.abstract == "Background: Kites fly.\nResults: They flew."
    assert paper.authors == ("Ann Lee", "KITE Group")
    assert (paper.year, paper.venue, paper.doi) == (2020, "Kite Journal", "10.1000/jats.1")
    assert paper.extra == {"pmid": "31234567", "keywords": ["kites"]}


def test_a_set_of_pubmed_central() -> None:
    second = (
        "<article><front><article-meta><title-group><article-title>Ovens</article-title>"
        "<subtitle>A study</subtitle></title-group><abstract><p>One.</p><p>Two.</p></abstract>"
        "</article-meta></front></article>"
    )
    got = read(READER, f"<pmc-articleset>\n<article>{FRONT}</article>\n{second}</pmc-articleset>")
    assert [paper.title for paper in got.papers] == ["Kites with strings", "Ovens: A study"]
    assert got.papers[1].abstract == "One.\nTwo."


def article(meta: str) -> str:
    return f"<article><front><article-meta>{meta}</article-meta></front></article>"


TITLE = "<title-group><article-title>Kites</article-title></title-group>"


def test_footnotes_of_a_title_and_addresses_of_a_collaboration_are_left_out() -> None:
    paper = only(
        READER,
        article(
            '<title-group><article-title>Kites<xref ref-type="fn">*</xref> fly <xref>2</xref>now'
            "</article-title></title-group><contrib-group><contrib contrib-type='author'><collab>"
            "<institution>The KITE group</institution><address><email>a@kite.example</email>"
            "</address></collab></contrib><contrib><name><surname>Lee</surname></name></contrib>"
            "</contrib-group>"
        ),
    )
    assert (paper.title, paper.authors) == ("Kites fly now", ("The KITE group", "Lee"))


def test_a_collaboration_alone_is_followed_by_its_members() -> None:
    paper = only(
        READER,
        article(
            f"{TITLE}<contrib-group><contrib contrib-type='collab'><collab>KITE group"
            "<contrib-group><contrib><name><surname>Lee</surname><given-names>A.</given-names>"
            "</name></contrib></contrib-group></collab></contrib></contrib-group>"
        ),
    )
    assert paper.authors == ("KITE group", "A. Lee")


def test_arxiv_s_id_and_a_link_that_is_no_name_of_a_file() -> None:
    paper = only(
        READER,
        article(
            f'<article-id pub-id-type="arxiv">2001.01234v2</article-id>{TITLE}'
            '<self-uri xlink:href="kite.pdf" xmlns:xlink="x"/>'
            '<self-uri xlink:href="https://kite.example" xmlns:xlink="x"/>'
        ),
    )
    assert (paper.arxiv_id, paper.url) == ("2001.01234", "https://kite.example")
    meta = "<custom-meta><meta-name>arxivppt</meta-name><meta-value>2001.01234</meta-value>"
    group = f"<custom-meta-group>{meta}</custom-meta></custom-meta-group>"
    assert only(READER, article(f"{TITLE}{group}")).arxiv_id == "2001.01234"


def test_abstracts_of_other_languages_and_without_paragraphs() -> None:
    spanish = "<abstract><title>Resumen:</title> Las cometas vuelan.</abstract>"
    english = (
        '<trans-abstract xml:lang="en"><title>Abstract</title><p>Kites fly.</p></trans-abstract>'
    )
    picture = '<abstract abstract-type="graphical"><title>A picture</title></abstract>'
    assert only(READER, article(TITLE + spanish + english)).abstract == "Las cometas vuelan."
    assert only(READER, article(TITLE + picture + english)).abstract == "Kites fly."
    assert only(READER, article(TITLE + picture)).abstract == ""


def test_formulas_are_lines_of_text_or_their_tex() -> None:
    """Physical Review has MathML alone, Springer both forms."""
    power = "<m:math xmlns:m='m'><m:msup><m:mi>x</m:mi>\n <m:mn>2</m:mn></m:msup></m:math>"
    both = f"<alternatives>{power}<tex-math>$$x^2$$</tex-math></alternatives>"
    paper = only(READER, article(f"{TITLE}<abstract><p>At {power}, not {both}.</p></abstract>"))
    assert paper.abstract == "At x^2, not $$x^2$$."


def test_the_doi_of_an_abstract_is_none_of_its_text() -> None:
    number = "<object-id pub-id-type='doi'>10.1000/kite.1.001</object-id>"
    paper = only(READER, article(f"{TITLE}<abstract>{number}<p>They fly.</p></abstract>"))
    assert paper.abstract == "They fly."


def test_an_abstract_of_a_type_goes_before_a_translation() -> None:
    typed = '<abstract abstract-type="main"><p>Kites fly.</p></abstract>'
    german = '<trans-abstract xml:lang="de"><p>Drachen fliegen.</p></trans-abstract>'
    assert only(READER, article(TITLE + typed + german)).abstract == "Kites fly."
    assert only(READER, article(TITLE + german)).abstract == "Drachen fliegen."


def test_headings_and_references_that_say_something_stay() -> None:
    title = TITLE.replace("Kites", "Reply to <xref>Lee (2001)</xref>")
    heads = "<abstract><title>Abstract</title><title>Aim</title><p>To fly.</p></abstract>"
    paper = only(READER, article(title + heads))
    assert (paper.title, paper.abstract) == ("Reply to Lee (2001)", "Aim\nTo fly.")
