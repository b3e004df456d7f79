"""What doubts, reports or states a question is put as that question."""

import pytest

from assistant.asking.indirect import put_directly


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("not sure whether I need a boat", "Do I need a boat?"),
        ("I wonder if dogs are allowed", "Are dogs allowed?"),
        ("I don't know what to wear", "what to wear"),
        ("no idea how to start", "how to start"),
        ("I've a dog, any idea if dogs are allowed?", "I've a dog, are dogs allowed?"),
        ("do you think I should row?", "Should I row?"),
        ("my aunt says you need a boat", "Do you need a boat?"),
        ("my aunt reckons boats are dear, true?", "Are boats dear?"),
        ("is it warm or what", "is it warm"),
        ("I wonder whether it helps to row", "Does it help to row?"),
        ("not sure if she rents a boat", "Does she rent a boat?"),
        ("heard you need a boat", "Do you need a boat?"),
        ("I don't know what a sextant is", "what is a sextant?"),
        ("my nan asks what on earth a sextant is", "what is a sextant?"),
        ("I was wondering how hard it is to row", "how hard is it to row?"),
        ("not sure what is in it", "what is in it"),
        ("no idea which boats are free", "which boats are free"),
        ("I wonder whether small boats cost a fortune", "Do small boats cost a fortune?"),
        ("someone said boats are dear - are they?", "Are boats dear?"),
        ("can't decide between a boat and a raft", "a boat or a raft?"),
        ("my son, who is nine, wants to know what a boat costs", "what a boat costs"),
        (
            "my nephew asks if rowing is a must or would a raft do",
            "Is rowing a must or would a raft do?",
        ),
        ("our club wonders whether dogs are allowed aboard", "Are dogs allowed aboard?"),
    ],
)
def test_a_question_within_another_is_asked_directly(said: str, asked: str) -> None:
    assert put_directly(said) == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("be honest, is it cold", "is it cold"),
        ("silly question but do fish sleep", "do fish sleep"),
        ("what does a boat cost, roughly?", "what does a boat cost?"),
        ("who's the warden again?", "who's the warden?"),
    ],
)
def test_what_is_said_to_the_one_asked_is_dropped(said: str, asked: str) -> None:
    assert put_directly(said) == asked


@pytest.mark.parametrize(
    "said",
    [
        "I need a boat.",
        "my aunt says you need a boat, where do I get one?",
        "the boats that are free?",
        "can I apply again?",
        "right of way?",
        "if I fail",
        "they said no",
        "What is it like?",
        "Is it true?",
    ],
)
def test_what_asks_or_only_tells_stays(said: str) -> None:
    assert put_directly(said) == said
