"""What an adjective measures is asked for by the noun that articles call it by."""

import pytest

from assistant.english.degrees import name_attributes


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("Which hut is highest?", "height"),
        ("The biggest boat?", "size"),
        ("What is heavier, oak or ash?", "weight"),
        ("Which lane is widest?", "width"),
        ("How old is the mill?", "age"),
    ],
)
def test_a_degree_asks_for_what_it_is_of(question: str, nearest: str) -> None:
    assert name_attributes(question)[0] == nearest


@pytest.mark.parametrize("question", ["Which inn is best?", "Who has an interest?", "A letter?"])
def test_what_measures_nothing_asks_for_nothing(question: str) -> None:
    assert name_attributes(question) == ()
