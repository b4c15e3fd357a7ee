"""CNKI's two kinds of labelled text, and NoteExpress's, which CNKI, Wanfang and VIP write."""

import pytest

from ingest.readers import Source
from ingest.readers.labelled_text import LabelledTextReader
from tests.ingest.readers.exports import read

READER = LabelledTextReader()
E_STUDY = """DataType: 1
Title-题名: 风筝的飞行
Author-作者: 李安;王博;
Source-刊名: 风筝学报
Year-年: 2019
PubTime-出版时间: 2019-03-01
Keyword-关键词: 风筝;风
Summary-摘要: 本文研究风筝。
Method: 放飞。
Period-期: 03
SrcDatabase-来源库: 期刊
Link-链接: https://cnki.example/1
DataType: 3
Title-题名: 烤箱
Author-作者: 陈晨;
Source-来源: 烤箱年会论文集
SrcDatabase-来源库: 中国会议
"""
OWN_FIELDS = """SrcDatabase-来源库: 期刊
Title-题名: 风筝的飞行
Author-作者: 李安;王博;
Organ-单位: 风筝大学;
Source-文献来源: 风筝学报
Keyword-关键词: 风筝;;风
Summary-摘要: 本文研究风筝。
Method: 放飞。
PubTime-发表时间: 2019-03-01
Fund-基金:
URL-网址: https://cnki.example/1
DOI-DOI: 10.1000/kite.1

SrcDatabase-来源库: 博士
Title-题名: 烤箱
Author-作者: 陈晨
Source-文献来源: 烤箱年会论文集
"""
NOTE_EXPRESS = """{Reference Type}: Journal Article
{Title}: 风筝的飞行
{Author}: 李安
{Author}: 王博
{Author Address}: 风筝大学
{Journal}: 风筝学报
{Year}: 2019
{Keywords}: 风筝;风
{Abstract}: 本文研究风筝。
Method: 放飞。
{DOI}: 10.1000/kite.1
{URL}: https://cnki.example/1
{Database Provider}: CNKI

{Reference Type}: Journal Article
{Title}: 烤箱
{Author}: 陈晨;
{Journal}: 烤箱年会论文集
"""


@pytest.mark.parametrize(
    ("text", "doi", "second_line"),
    [
        (E_STUDY, None, 13),
        (OWN_FIELDS, "10.1000/kite.1", 14),
        (NOTE_EXPRESS, "10.1000/kite.1", 15),
    ],
)
def test_two_records(text: str, doi: str | None, second_line: int) -> None:
    got = read(READER, text)
    kites, ovens = got.papers
    assert (kites.title, kites.authors, kites.year) == ("风筝的飞行", ("李安", "王博"), 2019)
    assert kites.abstract == "本文研究风筝。 Method: 放飞。"
    assert (kites.venue, kites.doi, kites.url) == ("风筝学报", doi, "https://cnki.example/1")
    assert kites.extra["keywords"] == ["风筝", "风"]
    assert (ovens.title, ovens.authors, ovens.abstract) == ("烤箱", ("陈晨",), "")
    assert ovens.venue == "烤箱年会论文集"
    assert got.lines == [1, second_line]


@pytest.mark.parametrize("text", [E_STUDY, OWN_FIELDS, NOTE_EXPRESS])
def test_they_are_recognised(text: str) -> None:
    assert READER.sniff(Source("export.txt", data=text.encode())) == 0.9
    assert READER.sniff(Source("export.txt", data=f"\ufeff{text}".encode())) == 0.9
