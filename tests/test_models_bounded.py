"""A writer kept to its limits, whatever it does."""

import itertools
import threading
from collections.abc import Iterator

import pytest

from assistant.composing.prompts import FollowUp, Prompt
from assistant.models import ModelError
from assistant.models.bounded import Bounded, skip_thinking
from assistant.models.options import Limits
from tests.writers import ScriptedWriter, make_prompt

PROMPT = make_prompt("licence")
QUICK = Limits(first=0.1, pause=0.1, total=0.3, patience=0.1, characters=100)


class Stubborn:
    """Says nothing until it is let go."""

    name = "stubborn"

    def __init__(self, *pieces: str) -> None:
        self.pieces = pieces
        self.free = threading.Event()
        self.closed = threading.Event()

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        try:
            yield from self.pieces
            self.free.wait(5)
            yield "too late"
        finally:
            self.closed.set()


def test_passes_on_what_is_said() -> None:
    assert list(Bounded(ScriptedWriter("a", "", "b"), QUICK).stream(PROMPT)) == ["a", "b"]


@pytest.mark.parametrize("pieces", [(), ("a",)])
def test_a_silent_writer_is_left_and_closed(pieces: tuple[str, ...]) -> None:
    writer = Stubborn(*pieces)
    with pytest.raises(ModelError, match="stubborn: no word"):
        list(Bounded(writer, QUICK).stream(PROMPT))
    writer.free.set()
    assert writer.closed.wait(5)


def test_whoever_waits_for_a_silent_writer_may_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence shows as empty pieces, and a call that can be cancelled is, in its own thread."""
    monkeypatch.setattr("assistant.models.bounded.BEAT", 0.02)
    writer = Stubborn("a")
    cancelled = threading.Event()

    class Call:
        def __init__(self) -> None:
            self._pieces = writer.stream(PROMPT)

        def __iter__(self) -> Iterator[str]:
            return self._pieces

        def cancel(self) -> None:
            cancelled.set()
            writer.free.set()

    writer_of_calls = ScriptedWriter()
    writer_of_calls.stream = lambda _: Call()  # type: ignore[method-assign]
    stream = Bounded(writer_of_calls, Limits(first=5, pause=5, total=5)).stream(PROMPT)
    assert [next(stream) for _ in range(3)] == ["a", "", ""]
    stream.close()
    assert cancelled.is_set()
    assert writer.closed.wait(5)


def test_a_writer_that_thinks_long_may_be_left_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.bounded.BEAT", 0.0)
    thinking = ("<think>", "one", "two", "</think>", "Bees.")
    pieces = list(Bounded(ScriptedWriter(*thinking), Limits()).stream(PROMPT))
    assert "".join(pieces) == "Bees."
    assert pieces.count("") >= 3


def test_an_endless_writer_is_cut_off() -> None:
    class Endless(ScriptedWriter):
        def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
            yield from itertools.repeat("word ")

    with pytest.raises(ModelError, match="ran on"):
        list(Bounded(Endless(), QUICK).stream(PROMPT))


def test_an_error_after_the_first_word_is_told_after_it() -> None:
    writer = ScriptedWriter("a", error=ModelError("broke", retryable=True))
    stream = Bounded(writer, QUICK).stream(PROMPT)
    assert next(stream) == "a"
    with pytest.raises(ModelError, match="broke"):
        next(stream)
    assert len(writer.prompts) == 1


def test_an_error_that_will_not_pass_is_not_tried_again() -> None:
    writer = ScriptedWriter(error=ModelError("refused"))
    with pytest.raises(ModelError, match="refused"):
        list(Bounded(writer, QUICK).stream(PROMPT))
    assert len(writer.prompts) == 1


def test_an_error_that_may_pass_is_tried_once_more() -> None:
    writer = ScriptedWriter(error=ModelError("busy", retryable=True, retry_after=0.01))
    with pytest.raises(ModelError, match="busy"):
        list(Bounded(writer, QUICK).stream(PROMPT))
    assert len(writer.prompts) == 2


THOUGHTS = {
    "<think>hm [1]. no</think>\n\nYes [1].": "Yes [1].",
    "  <think></think>Yes.": "Yes.",
    "Yes <think>x</think>.": "Yes <think>x</think>.",
    "<thin air> is cold.": "<thin air> is cold.",
    "<thi": "<thi",
    "<think>for ever": "",
    f"<think>{'x' * 500}</think>Yes.": "Yes.",
    "": "",
}


@pytest.mark.parametrize(("text", "answer"), THOUGHTS.items())
def test_thinking_aloud_is_passed_over_however_it_is_cut(text: str, answer: str) -> None:
    assert "".join(skip_thinking([text])).lstrip() == answer.lstrip()
    assert "".join(skip_thinking(text)).lstrip() == answer.lstrip()
    for cut in range(len(text)):
        assert "".join(skip_thinking([text[:cut], text[cut:]])).lstrip() == answer.lstrip()
