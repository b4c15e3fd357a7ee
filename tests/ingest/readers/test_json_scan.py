"""Records of a JSON text and the lines they start on."""

import pytest

from ingest.readers.json_scan import JsonScan, Record, without_surrogates


def records(text: str) -> list[Record]:
    return list(JsonScan(text).records())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"a": 1}, {"a": 2}]', [(1, {"a": 1}), (1, {"a": 2})]),
        ('[\n {"a": 1},\n\n {"a": 2}\n]', [(2, {"a": 1}), (4, {"a": 2})]),
        ('{"title": "x"}', [(1, {"title": "x"})]),
        ('{"a": 1}\n{"a": 2}\n', [(1, {"a": 1}), (2, {"a": 2})]),
        ('{\n "meta": {},\n "results": [\n  {"a": 1}\n ]\n}', [(4, {"a": 1})]),
        ('{"message": {"items": [{"a": 1}], "total": 1}}', [(1, {"a": 1})]),
        ('{"hits": {"hits": [{"a": 1}]}}', [(1, {"a": 1})]),
        ('{"data": {"a": 1}, "title": "x"}', [(1, {"data": {"a": 1}, "title": "x"})]),
        ('{"title": "x", "data": [1, 2]}', [(1, {"title": "x", "data": [1, 2]})]),
        ("[null, 3]", [(1, None), (1, 3)]),
        ('\ufeff[{"a": 1},]', [(1, {"a": 1})]),
        ("", []),
        ('{"results": []}', []),
    ],
)
def test_records_and_lines(text: str, expected: list[tuple[int, object]]) -> None:
    assert records(text) == expected


@pytest.mark.parametrize(
    "text",
    ['[{"a": 1}', '{"a" 1}', "{a: 1}", '[{"a": 1} {"a": 2}]', '{"a": ', "[" * 100_000, "nonsense"],
)
def test_what_is_no_json_is_an_error(text: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        records(text)


def test_records_before_damage_are_given_and_the_line_is_known() -> None:
    scan = JsonScan('[\n{"a": 1},\n{"a": 2},\n{"a": tru')
    found = []
    with pytest.raises(ValueError, match="Expecting value"):
        for record in scan.records():
            found.append(record.value)
    assert (found, scan.line) == ([{"a": 1}, {"a": 2}], 4)


def test_numbers_of_a_shell_within_a_text_stay() -> None:
    text = '{"a": NumberInt(3), "b": "the shell\'s \\"x\\" : NumberLong(42), as text"}'
    (record,) = records(text)
    assert record.value == {"a": 3, "b": 'the shell\'s "x" : NumberLong(42), as text'}


def test_numbers_of_a_shell_beside_an_unclosed_text_take_no_quadratic_time() -> None:
    with pytest.raises(ValueError, match="Unterminated"):
        records('{"a": NumberInt(3), "b": "' + '\\"' * 500_000)


def test_lone_surrogates_are_replaced() -> None:
    (record,) = records('{"a": ["\\ud800x"], "\\uD801": "\\ud83d\\ude00"}')
    assert record.value == {"a": ["\ufffdx"], "\ufffd": "😀"}
    assert without_surrogates(3) == 3
