import pytest

from assistant.retrieval.query_terms import asked_about, asked_words


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ("Are there any papers on pruning experts?", "pruning experts?"),
        ("Can you point me to studies that explore gene drift", "gene drift"),
        ("which papers replace MLPs with KANs?", "replace MLPs with KANs?"),
        ("folate lowers homocysteine in the blood", "folate lowers homocysteine in the blood"),
    ],
)
def test_only_the_opening_of_a_request_goes(query: str, about: str) -> None:
    assert asked_about(query) == about


def test_words_of_a_request_go_wherever_they_stand() -> None:
    assert asked_words("Could you recommend work on sails, if there is any?") == "sails"


@pytest.mark.parametrize("query", ["what is this about?", "papers", "?", ""])
def test_a_query_of_nothing_else_stays_whole(query: str) -> None:
    assert asked_about(query) == query
    assert asked_words(query) == query


@pytest.mark.parametrize("name", ["IT", "WHO"])
def test_names_in_capitals_are_no_asking_words(name: str) -> None:
    assert asked_about(f"{name} guidance") == f"{name} guidance"
    assert asked_words(f"papers on {name}") == name


def test_hyphenated_words_and_names_stay_in_one_piece() -> None:
    assert asked_about("papers about in-context learning") == "in-context learning"
