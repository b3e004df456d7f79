"""A long story told before a question is left out of it; what is told briefly stays."""

import pytest

from assistant.asking.forms import Ask
from assistant.asking.question import parse_question
from assistant.asking.story import leave_story, split_told

LONG = (
    "I have kept hens since I was a child. My sister has a pond and some ducks that never lay. "
    "We had rain all week. "
)


@pytest.mark.parametrize(
    "asked",
    ["How much feed does a goose eat?", "How long does it take to raise a goose?"],
)
def test_a_long_story_is_left_out(asked: str) -> None:
    assert leave_story(LONG + asked) == asked


def test_a_story_without_capitals_is_left_out() -> None:
    story = (
        "i have kept hens since i was a child. my sister has a pond and some ducks that never lay. "
    )
    assert leave_story(story + "can a goose live alone?") == "Can a goose live alone?"


def test_a_story_may_end_in_its_question() -> None:
    told = (
        "we have kept hens since we were children, my sister has a pond and there is a lot of rain"
    )
    assert leave_story(f"{told}, so can geese live on grass alone") == (
        "Can geese live on grass alone"
    )


@pytest.mark.parametrize(
    "message",
    [
        "I keep four hens on a roof. May I keep a goose?",
        LONG + "Is that too wet for them?",
        LONG + "Would a goose suit somebody like me?",
        LONG + "Now what?",
        LONG + "Why?",
        "How much feed does a goose eat?",
        "I keep hens, what does a goose eat?",
    ],
)
def test_what_is_told_briefly_or_pointed_back_to_stays(message: str) -> None:
    assert leave_story(message) == message


def test_the_form_is_that_of_what_is_asked() -> None:
    question = parse_question(LONG + "Can a goose live on grass alone?")
    assert question.ask is Ask.YES_NO
    assert "hens" not in question.surface.values()


def test_what_is_told_ends_where_the_first_question_begins() -> None:
    assert split_told("I keep hens. It rains. Do geese swim? Do they fly?") == (
        ("I keep hens.", "It rains."),
        "Do geese swim? Do they fly?",
    )
