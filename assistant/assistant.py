"""The way of a question: from a question and its history to a stream of answer events.

Knows the order of the steps. Each step is known by its own module; nothing here is asynchronous,
and nothing knows of pages, requests or terminals.
"""

import secrets
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
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
from assistant.asking.splitting import choose_questions
from assistant.checking.citations import SentenceParser, Written
from assistant.checking.rewriting import Line, accept_rewriting
from assistant.checking.support import SupportScorer
from assistant.checking.verify import Verifier
from assistant.checking.writing import Page, Unsupported
from assistant.composing.prompts import NO_ANSWER, FollowUp, Prompt
from assistant.finding import (
    MAX_TURNS,
    combine_verdicts,
    decide_findings,
    make_prompt,
    retrieve,
    search,
    understand,
)
from assistant.models import Model, ModelError, UnknownModel
from assistant.models.extractive import Extractive
from assistant.ranking.evidence import SpanScorer
from index.store import Index
from index.types import Hit
from ingest.document import Document, Span
from ingest.spans import split_spans

NEAREST = 3
"""Sections offered where the articles do not answer."""

MAX_LIBRARY = 200_000
"""Characters of a corpus that may be shown whole: some 50,000 tokens, which the hosted models of
today can read and their caches make cheap. A larger one is shown by its passages."""


class IndexSource(Protocol):
    """Where the current index comes from; it may change between questions."""

    def current(self) -> Index:
        """Return the index in force."""
        ...


class AnswerScorer(SpanScorer, SupportScorer, Protocol):
    """A learned scorer of both kinds of pairs: question and answer, statement and support."""


class Assistant:
    """Answers questions from an index, with a footnote on every sentence.

    `models` maps a name to a writer beside the extractive one, `default` names the one used where a
    question names none. `scorer` is the learned scorer; without one the verdict and the checking of
    sentences rest on the other signals. `unsupported` says what becomes of a sentence that its
    passages don't bear out. With `whole_corpus`, language models are shown every article, as long
    as the corpus is small enough. `new_nonce` draws what fences quoted matter in a prompt.
    """

    def __init__(
        self,
        indexes: IndexSource,
        models: Mapping[str, Model] | None = None,
        default: str = Extractive.name,
        scorer: AnswerScorer | None = None,
        *,
        unsupported: Unsupported = Unsupported.MARK,
        whole_corpus: bool = False,
        new_nonce: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self._indexes = indexes
        self._scorer = scorer
        self._models: dict[str, Model] = {Extractive.name: Extractive(), **(models or {})}
        self._default = default
        self._unsupported = unsupported
        self._shelf = _Shelf() if whole_corpus else None
        self._new_nonce = new_nonce
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

    def search(self, query: str, k: int) -> list[Hit]:
        """Find the k passages that speak to a query, best first, misspelt words mended."""
        index = self.index
        return retrieve(understand(query, (), index), k, index)

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
        recent = history[-MAX_TURNS:]
        standalone, failure = yield from self._understand(writer, question, recent, index)
        asked, left = choose_questions(standalone)
        searches = [search(part, index) for part in asked]
        clock.lap("retrieve")
        yield Status("deciding")
        findings = decide_findings(searches, index, self._scorer)
        verdict = combine_verdicts(findings, left)
        clock.lap("decide")
        yield Decided("deciding", verdict)
        blank = Answer(verdict, standalone, (), (), (), writer.name, index.version)
        nearest = _find_nearest([hit for found in searches for hit in found.hits])
        if verdict.outcome is Outcome.NOT_IN_ARTICLES:
            yield Done(replace(blank, nearest=nearest, timing_ms=clock.stop()))
            return
        yield Status("writing")
        task = self._assign(writer, make_prompt(findings, verdict), index)
        yield from task.write(failure)
        clock.lap("write")
        yield Done(
            replace(
                blank,
                sentences=tuple(task.page.sentences),
                citations=tuple(task.page.citations),
                nearest=nearest if verdict.outcome is Outcome.PARTIAL else (),
                model=task.written_by,
                timing_ms=clock.stop(),
                notes=tuple(task.notes),
                dropped_citations=task.page.dropped,
                unsupported=task.page.unsupported,
            )
        )

    def _understand(
        self, writer: Model, question: str, history: Sequence[Turn], index: Index
    ) -> Generator[Status, None, tuple[str, ModelError | None]]:
        """Let the writer put a follow-up so that it stands alone, else do so by the rules.

        Return also why the writer could not be reached, if so: it is not waited for twice. While it
        is waited for, its stage is told again, so that a reader who has gone is noticed.
        """
        failure = None
        if history:
            try:
                with _closing(
                    writer.stream(FollowUp(question, (*history,), self._new_nonce()))
                ) as pieces:
                    line = Line()
                    for piece in pieces:
                        if not piece:
                            yield Status("retrieving")
                        elif line.add(piece):
                            break
                    said = line.text
            except ModelError as error:
                said, failure = "", error if error.retryable else None
            if accept_rewriting(said, question, history):
                return said, None
        return understand(question, history, index), failure

    def _assign(self, writer: Model, prompt: Prompt, index: Index) -> "_Task":
        notes: list[str] = []
        prompt = replace(prompt, nonce=self._new_nonce())
        if self._shelf is not None and writer.name != Extractive.name:
            library = self._shelf.read(index)
            if library:
                prompt = replace(prompt, library=library, nonce=self._shelf.nonce(index.version))
            else:
                notes.append("The articles are too many to be shown to the model whole.")
        shown = prompt.spans()
        asked = prompt.parts[0][0].text if len(prompt.parts) == 1 else ""
        verifier = Verifier(shown, self._scorer, index, asked)
        page = Page(shown, verifier, self._unsupported)
        return _Task(writer, prompt, page, notes)


class _Task:
    """One answer being written; where the writer fails, the extractive one stands in."""

    def __init__(self, writer: Model, prompt: Prompt, page: Page, notes: list[str]) -> None:
        self.page = page
        self.notes = notes
        self.written_by = writer.name
        self._writer = writer
        self._prompt = prompt

    def write(self, failure: ModelError | None) -> Iterator[Event]:
        """Yield the events of the answer; leaving off stops the writer.

        `failure` says why the writer is known to be out of reach, if it is.
        """
        try:
            if failure is not None:
                raise failure  # told and stood in for like any other
            yield from self._follow(self._writer)
        except ModelError as error:
            self.notes.append(f"{error.message}. {_STOOD_IN}")
        else:
            if not self.page.is_blank:
                return
            self.notes.append(
                f"{self._writer.name} wrote nothing that the passages bear out. {_STOOD_IN}"
            )
        if self.page.is_blank:
            self.written_by = Extractive.name
        self.page.forget()
        yield from self._follow(Extractive(), said=self.page.cited)
        if self.page.is_blank:
            yield from self.page.show_all()

    def _follow(self, writer: Model, said: frozenset[int] = frozenset()) -> Iterator[Event]:
        """Check and show what a writer writes, but for what rests on spans already cited."""
        parser = SentenceParser()
        with _closing(writer.stream(self._prompt)) as pieces:
            for piece in pieces:
                if not piece:
                    yield Status("writing")  # told again: a reader who has gone is noticed
                yield from self._show(parser.feed(piece), said)
            yield from self._show(parser.finish(), said)
        yield from self.page.end()

    def _show(self, sentences: Iterable[Written], said: frozenset[int]) -> Iterator[Event]:
        for written in sentences:
            if written.text.strip(". ").upper() == NO_ANSWER:
                continue
            if not said.issuperset(written.numbers) or not said:
                yield from self.page.add(written)


_STOOD_IN = "What follows is put together from the articles’ own words."


class _Shelf:
    """A whole small corpus as numbered spans, read once for each version of its index.

    Its nonce stays the same for a version, or no cache could keep the prompt; it is drawn from a
    secret of this process, which no article can know.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._kept: tuple[str, tuple[tuple[Document, Span], ...]] = ("", ())

    def read(self, index: Index) -> tuple[tuple[Document, Span], ...]:
        """Return every span of the corpus, in order; none where the corpus is too large."""
        version, library = self._kept
        if version != index.version:
            documents = [index.read(summary.id) for summary in index.documents()]
            small = sum(len(document.text) for document in documents) <= MAX_LIBRARY
            spans = ((document, span) for document in documents for span in split_spans(document))
            library = tuple(spans) if small else ()
            self._kept = (index.version, library)
        return library

    def nonce(self, version: str) -> str:
        """Return the fence of a version."""
        return blake2b(version.encode(), key=self._secret, digest_size=8).hexdigest()


@contextmanager
def _closing(pieces: Iterator[str]) -> Iterator[Iterator[str]]:
    """Close a stream whatever happens, if it can be closed."""
    try:
        yield pieces
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()


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
