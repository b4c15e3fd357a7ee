from ingest.readers.acl_xml import AclXmlReader
from tests.ingest.readers.exports import read

TEXT = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2020.kite">
  <volume id="1" ingest-date="2020-05-11">
    <meta><booktitle>Proceedings of <fixed-case>KITE</fixed-case> 2020</booktitle><year>2020</year>
      <editor><first>Di</first><last>Boss</last></editor></meta>
    <frontmatter><url>2020.kite-1.0</url></frontmatter>
    <paper id="1"><title>Parsing <fixed-case>K</fixed-case>ites in <tex-math>O(n^2)</tex-math>
      </title>
      <author><first>Ann</first><last>Lee</last></author><author><last>Ng</last></author>
      <url hash="a1">2020.kite-1.1</url><doi>10.1000/acl.1</doi><abstract>Kites fly.</abstract>
    </paper>
  </volume>
  <volume id="2"><meta><booktitle>Ovens</booktitle><year>2021</year></meta>
    <paper id="1"><title>Baking</title><url>https://oven.example</url><abstract></abstract></paper>
  </volume>
</collection>"""


def test_papers_take_venue_and_year_of_their_volume() -> None:
    got = read(AclXmlReader(), TEXT)
    kites, baking = got.papers
    assert (got.failures, got.lines) == ([], [7, 14])
    assert (kites.title, kites.abstract) == ("Parsing Kites in $O(n^2)$", "Kites fly.")
    assert (kites.authors, kites.year) == (("Ann Lee", "Ng"), 2020)
    assert (kites.venue, kites.doi) == ("Proceedings of KITE 2020", "10.1000/acl.1")
    assert kites.url == "https://aclanthology.org/2020.kite-1.1/"
    assert (baking.venue, baking.year, baking.url) == ("Ovens", 2021, "https://oven.example")


def test_a_volume_without_papers_is_told() -> None:
    got = read(AclXmlReader(), "<collection><volume><meta/></volume></collection>")
    assert [failure.reason for failure in got.failures] == ["no paper in this XML"]
