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
