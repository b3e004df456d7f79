"""Which spans are said together: a sentence alone, a list under its lead-in, a row's cells.

Knows documents' structure and the scores of spans. Knows nothing of wording or of models.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.evidence import Evidence
from assistant.question import Ask, Question
from ingest.document import Document, Kind, Span
from ingest.spans import split_spans


class Shape(StrEnum):
    """How a passage is laid out."""

    PROSE = "prose"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Passage:
    """Spans of one document that are said together, in the document's order.

    For a list, `lead` spans come first and introduce the items. `score` is that of its best span.
    """

    shape: Shape
    document: Document
    spans: tuple[Span, ...]
    score: float
    lead: int = 0

    @property
    def text(self) -> str:
        """The passage's words, for measuring its length."""
        return " ".join(self.document.text[span.start : span.end] for span in self.spans)


@dataclass(frozen=True, slots=True)
class ListRun:
    """A list: what leads into it, its items at one level, and all blocks under them, in order."""

    lead: int | None
    items: tuple[int, ...]
    blocks: tuple[int, ...]


def find_list(document: Document, index: int) -> ListRun:
    """Return the list that an item stands in: its siblings under the same parent, with what is
    nested under them.
    """
    blocks = document.blocks
    parent, level = blocks[index].parent, blocks[index].level
    first = index
    while first > 0 and blocks[first - 1].kind is Kind.ITEM and blocks[first - 1].level >= level:
        first -= 1
    last = index
    while (
        last + 1 < len(blocks)
        and blocks[last + 1].kind is Kind.ITEM
        and blocks[last + 1].level >= level
    ):
        last += 1
    members = tuple(range(first, last + 1))
    items = tuple(i for i in members if blocks[i].level == level and blocks[i].parent == parent)
    return ListRun(parent, items, members)


CONFIDENT = 0.5
"""A span below this share of the best span's score is not said for its own sake."""

MAX_PASSAGES = 5
MAX_CHARS = 700
"""Passages stop being added past this many characters: a reader on a phone reads one screen."""

WHOLE_LIST = {Ask.LIST, Ask.STEPS, Ask.DEFINITION, Ask.OPEN, Ask.YES_NO, Ask.REASON}
"""Forms that a list answers as a whole; a figure or a superlative is in one of its items."""


def choose_passages(
    question: Question, evidence: Sequence[Evidence], floor: float
) -> tuple[Passage, ...]:
    """Choose what to say: the best passages, from every document that has one, without repeats.

    `evidence` is sorted best first; spans that score below `floor` are left out.
    """
    scores = {(item.document.id, item.span.block): 0.0 for item in evidence}
    for item in evidence:
        key = (item.document.id, item.span.block)
        scores[key] = max(scores[key], item.score)
    chosen: list[Passage] = []
    said: set[tuple[str, int]] = set()
    length = 0
    best = evidence[0].score if evidence else 0.0
    for item in evidence:
        if item.score < max(floor, CONFIDENT * best) or len(chosen) >= MAX_PASSAGES:
            break
        if item.key[:2] in said:
            continue
        passage = build_passage(question, item, scores)
        if chosen and length + len(passage.text) > MAX_CHARS:
            continue
        if any(_repeats(passage, other) for other in chosen):
            continue
        chosen.append(passage)
        said.update((passage.document.id, span.start) for span in passage.spans)
        length += len(passage.text)
    return tuple(chosen)


def build_passage(
    question: Question, item: Evidence, scores: Mapping[tuple[str, int], float]
) -> Passage:
    """Build the passage that a span is said in."""
    document = item.document
    if item.block.kind is Kind.ITEM:
        return _build_list(question, item, scores)
    shape = Shape.TABLE if item.block.kind is Kind.ROW else Shape.PROSE
    following = _introduced_list(question, document, item)
    if following:
        spans = _spans_of(document, following.blocks)
        return Passage(Shape.LIST, document, (item.span, *spans), item.score, lead=1)
    return Passage(shape, document, (item.span,), item.score)


def _build_list(
    question: Question, item: Evidence, scores: Mapping[tuple[str, int], float]
) -> Passage:
    document = item.document
    run = find_list(document, item.span.block)
    if not _wants_whole(question, item, run, scores):
        return Passage(Shape.PROSE, document, (item.span,), item.score)
    lead = _lead_span(document, run.lead)
    spans = _spans_of(document, run.blocks)
    if lead is None:
        return Passage(Shape.LIST, document, spans, item.score)
    return Passage(Shape.LIST, document, (lead, *spans), item.score, lead=1)


def _wants_whole(
    question: Question, item: Evidence, run: ListRun, scores: Mapping[tuple[str, int], float]
) -> bool:
    if question.ask not in WHOLE_LIST or len(run.items) < 2:
        return False
    if item.signals.own > 0.34 and item.signals.own >= item.signals.coverage - 0.01:
        return question.ask in (Ask.LIST, Ask.STEPS) and _others(item, run, scores) >= 0.5
    return True


def _others(item: Evidence, run: ListRun, scores: Mapping[tuple[str, int], float]) -> float:
    """Return how well the other items do beside the best: 0 to 1."""
    others = [scores.get((item.document.id, i), 0.0) for i in run.items if i != item.span.block]
    return (sum(others) / len(others) / item.score) if others and item.score else 0.0


def _introduced_list(question: Question, document: Document, item: Evidence) -> ListRun | None:
    """Return the list that a sentence leads into, if it ends its paragraph with a colon."""
    after = item.span.block + 1
    if not item.text.rstrip().endswith(":") or after >= len(document.blocks):
        return None
    if document.blocks[after].kind is not Kind.ITEM or item.span.end != item.block.end:
        return None
    return find_list(document, after)


def _lead_span(document: Document, block: int | None) -> Span | None:
    if block is None or document.blocks[block].kind in (Kind.HEADING, Kind.QUESTION):
        return None
    spans = [span for span in split_spans(document) if span.block == block]
    return spans[-1] if spans else None


def _spans_of(document: Document, blocks: Sequence[int]) -> tuple[Span, ...]:
    wanted = set(blocks)
    return tuple(span for span in split_spans(document) if span.block in wanted)


def _repeats(passage: Passage, other: Passage) -> bool:
    """Say whether a passage adds little to another: most of its words are there already."""
    mine = set(passage.text.lower().split())
    theirs = set(other.text.lower().split())
    return len(mine & theirs) >= 0.8 * len(mine)
