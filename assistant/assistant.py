"""The way of a question: from a question and its history to a stream of answer events.

Knows the order of the steps. Each step is known by its own module; nothing here is asynchronous,
and nothing knows of pages, requests or terminals.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from typing import Protocol

from assistant.answer import (
    Answer,
    Decided,
    Done,
    Event,
    Outcome,
    Section,
    Status,
    Turn,
)
from assistant.citations import parse_stream
from assistant.conversation import make_standalone
from assistant.evidence import SpanScorer
from assistant.finding import combine_verdicts, decide_finding, make_prompt, search
from assistant.models import Model, ModelError, UnknownModel
from assistant.models.extractive import Extractive
from assistant.prompts import NO_ANSWER, FollowUp, Prompt
from assistant.rewriting import accept_rewriting
from assistant.spelling import mend_spelling
from assistant.splitting import split_questions
from assistant.verify import SupportScorer, Verifier
from assistant.writing import Page, Unsupported
from index.store import Index
from index.types import Hit
from ingest.document import Document, Span
from ingest.spans import split_spans

MAX_TURNS = 20
"""Turns of a conversation that are looked at; older ones no longer explain a question."""

NEAREST = 3
"""Sections offered where the articles do not answer."""

MAX_LIBRARY = 200_000
"""Characters of a corpus that may be shown whole: some 50,000 tokens, which the hosted models of
today can read and their caches make cheap. A larger one is shown by its passages."""


class IndexSource(Protocol):
    """Where the current index comes from; it may change between questions."""

    def current(self) -> Index: ...


class Assistant:
    """Answers questions from an index, with a footnote on every sentence.

    `models` maps a name to a writer beside the extractive one, `default` names the one used where a
    question names none. `scorer` is the learned scorer; without one the verdict rests on the other signals.
    """

    def __init__(
        self,
        indexes: IndexSource,
        models: Mapping[str, Model] | None = None,
        default: str = Extractive.name,
        scorer: SpanScorer | None = None,
    ) -> None:
        self._indexes = indexes
        self._scorer = scorer
        self._models: dict[str, Model] = {Extractive.name: Extractive(), **(models or {})}
        self._default = default
        self.find_model(default)

    @property
    def index(self) -> Index:
        """The index that the next question is answered from."""
        return self._indexes.current()

    def find_model(self, name: str | None) -> Model:
        """Return the writer of a name; raises `UnknownModel`, which lists the known ones."""
        wanted = name or self._default
        if wanted not in self._models:
            raise UnknownModel(wanted, tuple(sorted(self._models)))
        return self._models[wanted]

    def answer(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Answer:
        """Answer a question: the last event of its stream."""
        for event in self.stream(question, history, model):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream ends with Done")

    def stream(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Iterator[Event]:
        """Answer a question, event by event; the verdict is taken before the writer begins."""
        writer = self.find_model(model)
        index = self.index
        clock = _Clock()
        yield Status("retrieving")
        standalone = understand(question, history, index)
        searches = [search(part, index) for part in split_questions(standalone)]
        clock.lap("retrieve")
        yield Status("deciding")
        findings = [decide_finding(found, index, self._scorer) for found in searches]
        verdict = combine_verdicts(findings, standalone)
        clock.lap("decide")
        blank = Answer(verdict, standalone, (), (), (), writer.name, index.version)
        nearest = _find_nearest([hit for found in searches for hit in found.hits])
        if verdict.outcome is Outcome.NOT_IN_ARTICLES:
            yield Done(replace(blank, nearest=nearest, timing_ms=clock.stop()))
            return
        yield Status("writing")
        written = _Resolution(make_prompt(findings, verdict))
        for sentence in parse_stream(writer.stream(written.prompt)):
            yield from written.resolve(sentence)
        clock.lap("write")
        yield Done(
            replace(
                blank,
                sentences=tuple(written.sentences),
                citations=tuple(written.citations),
                nearest=nearest if verdict.outcome is Outcome.PARTIAL else (),
                timing_ms=clock.stop(),
            )
        )


def _find_nearest(hits: Sequence[Hit]) -> tuple[Section, ...]:
    sections: dict[tuple[str, tuple[str, ...]], Section] = {}
    for hit in hits:
        chunk = hit.chunk
        section = Section(
            chunk.document_id, chunk.title, chunk.heading_path, chunk.start, chunk.end
        )
        sections.setdefault((chunk.document_id, chunk.heading_path), section)
    return tuple(sections.values())[:NEAREST]


class _Clock:
    """Times the stages of one answer, in milliseconds."""

    def __init__(self) -> None:
        self._begin = self._last = time.perf_counter()
        self._laps: dict[str, float] = {"retrieve": 0.0, "decide": 0.0, "write": 0.0}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = round((now - self._last) * 1000, 2)
        self._last = now

    def stop(self) -> dict[str, float]:
        total = round((time.perf_counter() - self._begin) * 1000, 2)
        return {**self._laps, "total": total}
