"""From a question set or a corpus's own FAQ to cases that an index can be judged on.

Knows questions, documents and the two ways a set fits a corpus: by quote, or by the span mapping
that leads from our articles to the ones they restate. Knows nothing of rankings and answers.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.answer import Outcome
from eval.dataset import DatasetError, Expected, Question, Quote, read_rows
from eval.judging import ENOUGH, overlap
from eval.locate import GoldSpan, NotFoundError, locate_quote, locate_slice
from eval.wording import says
from ingest.document import Document
from ingest.faq import faq_pairs

FAQ_SLICE = "faq"


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what one corpus makes of its judgement.

    `gold` are the spans that support an answer, of which a ranking should find as many as it can.
    `reference` is the text of the answer that a document itself gives, where the question is the
    document's own; it judges answers where `gold` can't.
    """

    question: Question
    gold: tuple[GoldSpan, ...] = ()
    reference: str = ""

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def outcome(self) -> Outcome:
        """The verdict that is right."""
        return self.question.expected.outcome

    @property
    def answerable(self) -> bool:
        """Whether the articles answer it, in full or in part."""
        return self.question.expected.answerable

    @property
    def must(self) -> tuple[tuple[str, ...], ...]:
        """Groups of alternatives, of each of which a right answer holds one."""
        return self.question.expected.must

    @property
    def must_not(self) -> tuple[str, ...]:
        """What a right answer doesn't say."""
        return self.question.expected.must_not

    @property
    def articles(self) -> int:
        """How many documents a full answer cites."""
        return self.question.expected.articles


@dataclass(frozen=True, slots=True)
class Slice:
    """Where a passage of ours stands in the raw file of an article it restates."""

    original: str
    sha256: str
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class SpanMap:
    """From a passage of ours to the same fact in the original articles."""

    path: Path
    slices: Mapping[Quote, tuple[Slice, ...]] = field(default_factory=dict)

    @property
    def originals(self) -> set[str]:
        """The files that the map leads to."""
        return {found.original for group in self.slices.values() for found in group}


def load_span_map(path: Path) -> SpanMap:
    """Read a span mapping; raises DatasetError on a row that breaks the format."""
    slices: dict[Quote, tuple[Slice, ...]] = {}
    for line, row in read_rows(path):
        fields = {"source", "quote", "original", "sha256", "start", "end"}
        if set(row) != fields:
            raise DatasetError(path, line, f"a row has the fields {', '.join(sorted(fields))}")
        found = Slice(row["original"], row["sha256"], row["start"], row["end"], line)
        key = Quote(row["source"], row["quote"])
        slices[key] = (*slices.get(key, ()), found)
    return SpanMap(path, slices)


def locate_questions(
    questions: Sequence[Question], documents: Sequence[Document], path: Path
) -> list[Case]:
    """Find every quote of the questions in the documents; raises DatasetError with its line."""
    by_source = {document.source: document for document in documents}
    found: dict[Quote, GoldSpan] = {}
    for question in questions:
        for quote in question.expected.spans:
            if quote not in found:
                found[quote] = _locate(quote, question, by_source, path)
    return [
        Case(question, tuple(found[quote] for quote in question.expected.spans))
        for question in questions
    ]


def map_questions(
    questions: Sequence[Question],
    documents: Sequence[Document],
    span_map: SpanMap,
    corpus: Path,
    path: Path,
) -> list[Case]:
    """Judge questions over our articles by the original articles, through the span mapping.

    A quote of a document that is there itself (an injected one) needs no mapping. `path` is the
    question file. Raises DatasetError where the mapping lacks a span, or an original is gone or has
    changed.
    """
    by_source = {document.source: document for document in documents}
    raw: dict[str, str] = {}
    found: dict[Slice, GoldSpan] = {}
    cases = []
    for question in questions:
        gold: list[GoldSpan] = []
        for quote in question.expected.spans:
            if quote.source in by_source:
                gold.append(_locate(quote, question, by_source, path))
                continue
            if quote not in span_map.slices:
                reason = f"{question.id!r}: {span_map.path.name} doesn't map {quote.quote!r}"
                raise DatasetError(path, question.line, reason)
            for piece in span_map.slices[quote]:
                document = _original(piece, by_source, span_map.path)
                if piece.original not in raw:
                    raw[piece.original] = _read_raw(corpus / piece.original)
                if piece not in found:
                    text = raw[piece.original]
                    found[piece] = _locate_piece(piece, document, text, span_map.path)
                gold.append(found[piece])
        cases.append(Case(question, tuple(dict.fromkeys(gold))))
    return cases


def mine_cases(documents: Sequence[Document]) -> list[Case]:
    """Make a case of every FAQ pair of a corpus, judged by the pair's answer."""
    cases = []
    for document in sorted(documents, key=lambda document: document.source):
        for pair in faq_pairs(document):
            answer = document.text[pair.start : pair.end].strip()
            if not answer:
                continue
            expected = Expected(Outcome.ANSWERED, (Quote(document.source, answer),), articles=1)
            question = Question(
                id=f"faq-{hashlib.sha256(f'{document.source}{pair.start}'.encode()).hexdigest()[:8]}",
                slice=FAQ_SLICE,
                split="test",
                text=pair.question,
                expected=expected,
            )
            gold = GoldSpan(document.id, pair.start, pair.end)
            cases.append(Case(question, (gold,), answer))
    return cases


def leave_faq_out(cases: Sequence[Case], documents: Sequence[Document]) -> list[Case]:
    """Judge the same cases as if the documents had no FAQ sections.

    Spans inside an FAQ pair are no longer gold. A case that loses all its spans stays, judged by
    its words alone, if the rest of the corpus still says what it demands; one of which nothing is
    demanded is judged by the words of the spans it lost.
    """
    pairs = [
        GoldSpan(document.id, pair.question_start, pair.end)
        for document in documents
        for pair in faq_pairs(document)
        if pair.explicit
    ]
    rest = [_without(document, pairs) for document in documents]
    texts = {document.id: document.text for document in documents}
    kept = []
    for case in cases:
        gold = tuple(span for span in case.gold if not _inside(span, pairs))
        if gold or not case.gold:
            kept.append(replace(case, gold=gold))
        elif not case.must:
            lost = "\n".join(texts[span.document_id][span.start : span.end] for span in case.gold)
            kept.append(replace(case, gold=(), reference=lost))
        elif _still_said(case, rest):
            kept.append(replace(case, gold=()))
    return kept


def _still_said(case: Case, rest: Sequence[str]) -> bool:
    return all(any(says(text, phrase) for phrase in group for text in rest) for group in case.must)


def _inside(span: GoldSpan, pairs: Sequence[GoldSpan]) -> bool:
    return any(overlap(span, pair) >= ENOUGH * (span.end - span.start) for pair in pairs)


def _without(document: Document, pairs: Sequence[GoldSpan]) -> str:
    text = document.text
    for pair in sorted(pairs, key=lambda pair: -pair.start):
        if pair.document_id == document.id:
            text = text[: pair.start] + "\n" + text[pair.end :]
    return text


def _locate(
    quote: Quote, question: Question, by_source: Mapping[str, Document], path: Path
) -> GoldSpan:
    if quote.source not in by_source:
        reason = f"{question.id!r} is judged by {quote.source}, which isn't in the corpus"
        raise DatasetError(path, question.line, reason)
    try:
        return locate_quote(by_source[quote.source], quote.quote)
    except NotFoundError as error:
        raise DatasetError(path, question.line, f"{question.id!r}: {error}") from None


def _original(piece: Slice, by_source: Mapping[str, Document], path: Path) -> Document:
    document = by_source.get(piece.original)
    if document is None:
        raise DatasetError(path, piece.line, f"{piece.original} is gone from the corpus")
    if document.sha256 != piece.sha256:
        reason = f"{piece.original} has changed since it was judged: make its rows anew"
        raise DatasetError(path, piece.line, reason)
    return document


def _read_raw(path: Path) -> str:
    # Bytes decoded by hand: reading as text would turn \r\n into \n and shift every offset.
    return path.read_bytes().decode("utf-8")


def _locate_piece(piece: Slice, document: Document, raw: str, path: Path) -> GoldSpan:
    try:
        return locate_slice(document, raw, piece.start, piece.end)
    except NotFoundError as error:
        raise DatasetError(path, piece.line, str(error)) from None
