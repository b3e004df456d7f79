"""What became of answers that a language model was to write: counted, for a report.

Knows answers and how often a model was asked. Knows nothing of any one model.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Outcome
from assistant.composing.prompts import FollowUp, Prompt
from assistant.models import Model
from assistant.models.extractive import Extractive


class Watched:
    """A model that counts how often it is asked, second tries included, in each thread.

    An answer is written in one thread from its first event to its last, so that a thread's count is
    an answer's.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._counts = threading.local()

    @property
    def name(self) -> str:
        """The model's own name."""
        return self._model.name

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        """Ask the model; the count rises at once, before it has said anything."""
        self._counts.calls = self._calls() + 1
        return self._model.stream(prompt)

    def take(self) -> int:
        """Return how often this thread has asked since it took the count before, and forget it."""
        calls, self._counts.calls = self._calls(), 0
        return calls

    def _calls(self) -> int:
        return int(getattr(self._counts, "calls", 0))


@dataclass(frozen=True, slots=True)
class Trace:
    """How one answer was written.

    `cause` says why the quotes stood in, if they did; `instead` whether for all of it. `calls`
    counts how often the model was asked, `dropped` citation numbers that it wasn't shown,
    `sentences` those of the answer and `marked` those that were not borne out.
    """

    asked: bool
    cause: str
    instead: bool
    calls: int
    dropped: int
    sentences: int
    marked: int


def trace_answer(answer: Answer, calls: int) -> Trace:
    """Trace an answer whose model was asked so often."""
    return Trace(
        asked=answer.verdict.outcome is not Outcome.NOT_IN_ARTICLES,
        cause=answer.notes[-1].partition(". ")[0] if answer.notes else "",
        instead=bool(answer.notes) and answer.model == Extractive.name,
        calls=calls,
        dropped=answer.dropped_citations,
        sentences=len(answer.sentences),
        marked=answer.unsupported,
    )


TITLE = "What the model wrote"


def trace_rows(traces: Sequence[Trace]) -> list[Sequence[str]]:
    """Make the table of what became of the answers."""
    written = [trace for trace in traces if trace.asked]
    # One call writes an answer; whatever was asked beyond that came on top.
    extra = sum(max(0, trace.calls - trace.asked) for trace in traces)
    return [
        ("what", "count"),
        ("answers to be written", str(len(written))),
        ("of these by the model alone", str(sum(not trace.cause for trace in written))),
        ("quotes instead, with a note", str(sum(trace.instead for trace in written))),
        ("quotes after a part, with a note", str(sum(_broke_off(trace) for trace in written))),
        ("sentences", str(sum(trace.sentences for trace in written))),
        ("sentences marked or left out", str(sum(trace.marked for trace in written))),
        ("citation numbers dropped", str(sum(trace.dropped for trace in written))),
        ("calls of the model", str(sum(trace.calls for trace in traces))),
        ("of these more than one an answer", str(extra)),
    ]


def cause_rows(traces: Sequence[Trace]) -> list[Sequence[str]]:
    """Make the table of why the quotes stood in, the most frequent reason first."""
    causes = Counter(trace.cause for trace in traces if trace.cause)
    rows: list[Sequence[str]] = [("why the quotes stood in", "answers")]
    ordered = sorted(causes.items(), key=lambda item: (-item[1], item[0]))
    return rows + [(cause, str(count)) for cause, count in ordered]


def _broke_off(trace: Trace) -> bool:
    return bool(trace.cause) and not trace.instead
