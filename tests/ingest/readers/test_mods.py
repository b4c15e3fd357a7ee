from ingest.readers.mods import ModsReader
from tests.ingest.readers.exports import only

TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<modsCollection xmlns="http://www.loc.gov/mods/v3">
<mods ID="lee-2020"><titleInfo><title>Kites</title><subTitle>A study</subTitle></titleInfo>
<name type="personal"><namePart type="given">Ann</namePart><namePart type="family">Lee</namePart>
<role><roleTerm authority="marcrelator" type="text">author</roleTerm></role></name>
<name type="personal"><namePart>Boss, Di</namePart><role><roleTerm>edt</roleTerm></role></name>
<originInfo><dateIssued>2020-07</dateIssued></originInfo>
<relatedItem type="host"><titleInfo><title>Proceedings of Kites</title></titleInfo></relatedItem>
<abstract>Kites fly.</abstract><identifier type="citekey">lee-2020</identifier>
<identifier type="doi">10.1000/mods.1</identifier>
<location><url>https://kite.example</url></location></mods></modsCollection>"""


def test_every_field() -> None:
    paper = only(ModsReader(), TEXT)
    assert (paper.title, paper.abstract) == ("Kites: A study", "Kites fly.")
    assert (paper.authors, paper.year) == (("Ann Lee",), 2020)
    assert (paper.venue, paper.doi) == ("Proceedings of Kites", "10.1000/mods.1")
    assert (paper.url, paper.sources[0].line) == ("https://kite.example", 3)


def record(inner: str) -> str:
    return f'<mods xmlns="http://www.loc.gov/mods/v3">{inner}</mods>'


def name(text: str, role: str) -> str:
    return f"<name><namePart>{text}</namePart><role><roleTerm>{role}</roleTerm></role></name>"


def test_a_library_sets_the_article_of_a_title_and_years_of_life_apart() -> None:
    titles = '<titleInfo type="abbreviated"><title>Kite</title></titleInfo>'
    titles += "<titleInfo><nonSort>The</nonSort><title>kite :</title><subTitle>a song</subTitle>"
    titles += "</titleInfo>"
    paper = only(ModsReader(), record(titles + name("Lee, A. (Ann), 1947- (Faculty)", "Author")))
    assert (paper.title, paper.authors) == ("The kite: a song", ("A. Lee",))
    french = "<titleInfo><nonSort>L'</nonSort><title>air</title></titleInfo>"
    paper = only(ModsReader(), record(french + name("Lee, Ann [1848-1914]", "aut")))
    assert (paper.title, paper.authors) == ("L'air", ("Ann Lee",))


def test_editors_where_nobody_is_the_author_and_the_abstract_in_english() -> None:
    inner = "<titleInfo><title>Kites</title></titleInfo>"
    inner += name("Boss, Di", "editor") + name("Yi, Cy", "thesis advisor")
    inner += '<abstract lang="swe">Drakar.</abstract><abstract lang="eng">Kites fly.</abstract>'
    paper = only(ModsReader(), record(inner))
    assert (paper.authors, paper.abstract) == (("Di Boss",), "Kites fly.")
