from ingest.readers.embase_rows import EmbaseRowsReader
from tests.ingest.readers.exports import only, read

READER = EmbaseRowsReader()
RECORD = (
    '"TITLE","Kites: a study"\n"AUTHOR NAMES","Lee A.","Ng B.C."\n'
    '"SOURCE","Kite Medicine (2014) 3:3 (152-160)"\n"PUBLICATION YEAR","2014"\n'
    '"ABSTRACT","Kites fly.\nThey do."\n"DOI","10.1000/emb.1"\n"MEDLINE PMID","31234567"\n'
)


def test_a_line_for_each_field() -> None:
    paper = only(READER, RECORD)
    assert (paper.title, paper.abstract) == ("Kites: a study", "Kites fly. They do.")
    assert paper.authors == ("Lee A.", "Ng B.C.")
    assert (paper.year, paper.venue, paper.doi) == (2014, "Kite Medicine", "10.1000/emb.1")
    assert paper.extra["pmid"] == "31234567"


def test_each_title_begins_a_record() -> None:
    got = read(READER, f'"RECORD 1"\n{RECORD}\n"RECORD 2"\n"TITLE","Ovens"\n"ABSTRACT","Bake."\n')
    assert [(p.title, p.abstract) for p in got.papers][1] == ("Ovens", "Bake.")
    assert got.lines == [2, 12]


def test_a_text_without_records_is_one_failure() -> None:
    assert read(READER, '"ABSTRACT","x"\n').failures[0].line is None


def test_a_quote_that_is_not_closed_is_told() -> None:
    broken = RECORD.replace('They do."', "They do.")
    got = read(READER, f'"TITLE","Ovens"\n\n{broken}')
    assert got.papers[0].title == "Ovens"
    assert any("quote" in failure.reason for failure in got.failures)
