"""Runs that no language has are cut short; all that people write stays as it is."""

import pytest

from assistant.answer import Role, Turn
from assistant.asking.shortening import shorten_runs
from assistant.finding import understand


@pytest.mark.parametrize(
    "said",
    [
        "How do I sharpen a chisel?",
        "the pay (2,000 – 3,500 euros) … and the hours?",
        "| Tool | Price |\n| --- | --- |\n\n\n- one\n  - two",
        "what is pneumonoultramicroscopicsilicovolcanoconiosis?",
        "C++, C#, part-time and the carpenter's",
        "Was ist ein Kniegelenk? 膝とは何ですか",
    ],
)
def test_what_people_write_stays(said: str) -> None:
    assert shorten_runs(said) == said


@pytest.mark.parametrize("run", ["x", "x-", "'", "é", "1", "-", ". ", "\n", "; ", "\u200b", "👩‍💻"])
def test_a_run_without_end_is_cut_and_what_follows_is_read(run: str) -> None:
    short = shorten_runs(f"{run * 3000} which chisel?")
    assert len(short) < 200
    assert short.endswith("which chisel?")


def test_a_message_and_its_history_are_read_cut(library) -> None:
    index = library.current()
    history = (Turn(Role.USER, "x" * 4000), Turn(Role.ASSISTANT, "; " * 2000)) * 10
    assert len(understand("'" * 1990 + " why?", history, index)) < 1000
