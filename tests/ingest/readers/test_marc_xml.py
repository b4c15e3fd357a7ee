"""MARC 21 as libraries and INSPIRE's servers write it; expected values by the field's meaning."""

from ingest.readers.marc_xml import MarcXmlReader
from tests.ingest.readers.exports import only, read

READER = MarcXmlReader()


def field(tag: str, related: str = " ", **parts: str) -> str:
    """A field with its parts, named by their letter (`_2` for a digit)."""
    inner = "".join(
        f'<subfield code="{code.lstrip("_")}">{text}</subfield>' for code, text in parts.items()
    )
    return f'<datafield tag="{tag}" ind1=" " ind2="{related}">{inner}</datafield>\n'


LIBRARY = (
    field("100", a="Lee, Ann,", d="1950-", e="author.", _4="aut")
    + field("245", a="Kites :", b="a study /", c="Ann Lee ; edited by Di Boss.")
    + field("264", a="Kitetown :", b="Kite Press,", c="[2020]")
    + field("520", a="&quot;Kites fly.&quot;-- Provided by publisher.")
    + field("650", a="Kites")
    + field("700", a="Boss, Di,", e="editor.")
    + field("700", a="Other, Ed.", t="Another work")
)
INSPIRE = (
    field("024", a="10.1000/MARC.1", _2="DOI")
    + field("037", a="arXiv:2001.01234", _9="arXiv")
    + field("100", a="Lee, Ann")
    + field("245", a="Ovens")
    + field("269", c="2021-03-04")
    + field("520", a="Ovens bake at $O(n)$.", _9="arXiv")
    + field("700", a="Ng, Bo C.")
    + field("701", a="Boss, Di")
    + field("773", p="Oven J.", y="2021")
    + field("856", u="notes.pdf")
    + field("856", u="https://oven.example/1")
)


def test_a_library_s_record() -> None:
    namespace = 'xmlns="http://www.loc.gov/MARC21/slim"'
    text = f"<collection {namespace}>\n<record>{LIBRARY}</record></collection>"
    paper = only(READER, text)
    assert (paper.title, paper.abstract) == ("Kites: a study", "Kites fly.")
    assert (paper.authors, paper.year) == (("Ann Lee",), 2020)
    assert (paper.venue, paper.sources[0].line) == (None, 2)
    assert paper.extra == {"keywords": ["Kites"]}


def test_a_record_of_inspire_within_an_answer_and_one_deleted() -> None:
    text = (
        "<OAI-PMH><ListRecords><record><header/><metadata><m:record xmlns:m='m'>"
        f"{INSPIRE}</m:record></metadata></record>"
        "<record><header status='deleted'/></record></ListRecords></OAI-PMH>"
    )
    paper = only(READER, text)
    assert (paper.id, paper.doi) == ("arxiv:2001.01234", "10.1000/marc.1")
    assert (paper.title, paper.abstract) == ("Ovens", "Ovens bake at $O(n)$.")
    assert (paper.authors, paper.year) == (("Ann Lee", "Bo C. Ng"), 2021)
    assert (paper.venue, paper.url) == ("Oven J.", "https://oven.example/1")


def test_bodies_where_no_person_wrote_it_and_editors_where_nobody_did() -> None:
    title = field("245", a="Ovens")
    body = field("110", a="The OVEN collaboration") + field("710", g="OVEN")
    editor = field("700", a="Boss, Di", _4="edt")
    got = read(READER, f"<r><record>{title}{body}</record><record>{title}{editor}</record></r>")
    assert [p.authors for p in got.papers] == [("The OVEN collaboration", "OVEN"), ("Di Boss",)]


def test_parts_of_a_work_have_titles_of_their_own() -> None:
    one = field("245", a="Kites.", n="1,", p="Strings :", b="a study /")
    two = field("245", a="Kites", n="2")
    got = read(READER, f"<r><record>{one}</record><record>{two}</record></r>")
    assert [p.title for p in got.papers] == ["Kites. 1, Strings: a study", "Kites. 2"]
    assert got.papers[0].id != got.papers[1].id


def test_roles_of_authors() -> None:
    roles = [{"_4": "http://id.example/relators/aut"}, {"e": "joint author."}, {"_4": "dis"}]
    people = zip(("Lee, A", "Lee, B", "Lee, C"), roles, strict=True)
    names = "".join(field("700", a=name, **role) for name, role in people)
    school = field("700", a="Boss, Di", e="author of introduction") + field("710", a="Kite Hall")
    paper = only(READER, f"<record>{field('245', a='Kites')}{names}{school}</record>")
    assert paper.authors == ("A Lee", "B Lee", "C Lee")


def test_links_of_related_things_are_not_the_paper_s() -> None:
    review = field("856", related="2", u="https://doi.org/10.1000/review")
    paper = only(READER, f"<record>{field('245', a='Kites')}{review}</record>")
    assert (paper.doi, paper.url) == (None, None)


def test_the_publisher_s_note_after_many_dashes() -> None:
    note = field("520", a="“Kites fly” " + "-" * 300_000 + " Provided by publisher.")
    paper = only(READER, f"<record>{field('245', a='Kites')}{note}</record>")
    assert paper.abstract.startswith("Kites fly” --")


def test_the_conference_of_proceedings_is_no_author() -> None:
    people = field("111", a="Conference on Kites", d="2020") + field(
        "700", a="Boss, Di", e="editor."
    )
    assert only(READER, f"<record>{field('245', a='Kites')}{people}</record>").authors == (
        "Di Boss",
    )
