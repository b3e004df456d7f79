"""The way of a question: from a question and its history to a stream of answer events.

Knows the order of the steps. Each step is known by its own module; nothing here is asynchronous,
and nothing knows of pages, requests or terminals.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.answer import (
    Answer,
    Citation,
    CitationReady,
    Done,
    Event,
    Outcome,
    Section,
    Sentence,
    SentenceReady,
    Status,
    Turn,
)
from assistant.citations import Written, parse_stream
from assistant.evidence import SpanScorer
from assistant.finding import combine_verdicts, decide_finding, make_prompt, search, understand
from assistant.models import Model, UnknownModel
from assistant.models.extractive import Extractive
from assistant.prompts import Prompt
from assistant.splitting import split_questions
from assistant.verify import find_unsupported_figures
from index.store import Index
from index.types import Hit
from ingest.document import Document, Span

NEAREST = 3
"""Sections offered where the articles do not answer."""


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


class _Resolution:
    """Turns written sentences into checked ones, numbering citations as they first appear."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt = prompt
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self.dropped = 0
        self._shown = prompt.spans()
        self._renumbered: dict[int, int] = {}

    def resolve(self, written: Written) -> Iterator[Event]:
        """Yield the citations that a sentence is the first to name, then the sentence."""
        known = [number for number in written.numbers if 1 <= number <= len(self._shown)]
        self.dropped += len(written.numbers) - len(known)
        for number in known:
            if number not in self._renumbered:
                citation = make_citation(len(self.citations) + 1, *self._shown[number - 1])
                self._renumbered[number] = citation.number
                self.citations.append(citation)
                yield CitationReady(citation)
        numbers = tuple(dict.fromkeys(self._renumbered[number] for number in known))
        quotes = [self.citations[number - 1].quote for number in numbers]
        supported = bool(numbers) and not find_unsupported_figures(written.text, quotes)
        sentence = Sentence(written.text, numbers, supported, written.form)
        self.sentences.append(sentence)
        yield SentenceReady(sentence)


def make_citation(number: int, document: Document, span: Span) -> Citation:
    """Make the citation of a span; its quote is the document's text between its offsets."""
    page = sum(start <= span.start for start in document.pages) or None
    return Citation(
        number=number,
        document_id=document.id,
        title=document.title,
        source=document.source,
        heading_path=document.blocks[span.block].heading_path,
        quote=document.text[span.start : span.end],
        start=span.start,
        end=span.end,
        page=page,
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
