"""Which spans are said together: a sentence alone, a list under its lead-in, a row's cells.

Knows documents' structure and the scores of spans. Knows nothing of wording or of models.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.comparison import find_contenders
from assistant.evidence import Evidence, TermMatcher
from assistant.question import Ask, Question, wanted_units
from assistant.tables import match_columns, match_rows, read_table
from index.types import Vectors
from ingest.document import Document, Kind, Span
from ingest.spans import split_spans

SpanKey = tuple[str, int, int]
"""A document's id, and a span's start and end: what identifies a span in a corpus."""


class Shape(StrEnum):
    """How a passage is laid out."""

    PROSE = "prose"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Passage:
    """Spans of one document that are said together, in the document's order.

    For a list, `lead` spans come first and introduce the items. `score` is that of its best span.
    For a table, `columns` are the ones to say, by index; empty for all. `compared` says that the
    spans are set side by side because the question asks which is most or least.
    """

    shape: Shape
    document: Document
    spans: tuple[Span, ...]
    score: float
    lead: int = 0
    columns: tuple[int, ...] = ()
    compared: bool = False

    def key(self, span: Span) -> SpanKey:
        """Return what identifies one of the passage's spans."""
        return (self.document.id, span.start, span.end)

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

COMPARING = {Ask.SUPERLATIVE, Ask.CHOICE}
"""Forms that set figures side by side."""

WHOLE_LIST = {Ask.LIST, Ask.STEPS, Ask.DEFINITION, Ask.OPEN, Ask.YES_NO, Ask.REASON}
"""Forms that a list answers as a whole; a figure or a superlative is in one of its items."""


class PassageChooser:
    """Chooses what to say: the best passages, from every document that has one, without repeats.

    `encode` gives unit vectors, for names that a question calls by another word.
    """

    def __init__(
        self,
        question: Question,
        matcher: TermMatcher,
        encode: Callable[[Sequence[str]], Vectors],
    ) -> None:
        self._question = question
        self._matcher = matcher
        self._asked = tuple(sorted(self._matcher.stems(question.text)))
        self._encode = encode

    def choose(self, evidence: Sequence[Evidence], floor: float) -> tuple[Passage, ...]:
        """Choose passages; `evidence` is sorted best first, and what scores below `floor` is left
        out.
        """
        scores = _block_scores(evidence)
        chosen: list[Passage] = []
        said: set[tuple[str, int]] = set()
        best = evidence[0].score if evidence else 0.0
        for item in evidence:
            if item.score < max(floor, CONFIDENT * best) or len(chosen) >= MAX_PASSAGES:
                break
            if item.key[:2] in said:
                continue
            passage = self.build(item, scores)
            if not passage.spans or any(_repeats(passage, other) for other in chosen):
                continue
            if chosen and _length(chosen) + len(passage.text) > MAX_CHARS:
                continue
            chosen.append(passage)
            said.update((passage.document.id, span.start) for span in passage.spans)
        return tuple(chosen)

    def build(self, item: Evidence, scores: Mapping[tuple[str, int], float]) -> Passage:
        """Build the passage that a span is said in."""
        document = item.document
        if item.block.kind is Kind.ROW and item.block.header:
            return self._build_table(item)
        if item.block.kind is Kind.ITEM:
            return self._build_comparison(item) or self._build_list(item, scores)
        following = _introduced_list(document, item)
        if following:
            spans = _spans_of(document, following.blocks)
            return Passage(Shape.LIST, document, (item.span, *spans), item.score, lead=1)
        return Passage(Shape.PROSE, document, (item.span,), item.score)

    def _build_table(self, item: Evidence) -> Passage:
        table = read_table(item.document, item.span.block)
        rows = match_rows(table, self._matcher, self._asked)
        columns = match_columns(table, self._matcher, self._asked, self._encode)
        compares = self._question.ask in COMPARING
        if not rows:
            rows = (
                table.rows
                if compares
                else tuple(row for row in table.rows if row.block == item.span.block)
            )
        spans = _spans_of(item.document, [row.block for row in rows])
        compared = compares and len(rows) > 1
        return Passage(
            Shape.TABLE, item.document, spans, item.score, columns=columns, compared=compared
        )

    def _build_comparison(self, item: Evidence) -> Passage | None:
        """Set an item's figure beside those it can be compared with, if the question asks to."""
        if self._question.ask not in COMPARING:
            return None
        units = wanted_units(self._question)
        contenders = find_contenders(item.document, item.span.block, units)
        named = [
            contender
            for contender in contenders
            if self._matcher.stems(contender.name) & set(self._question.terms)
        ]
        chosen = named if len(named) >= 2 else contenders
        if len(chosen) < 2:
            return None
        spans = tuple(contender.span for contender in chosen)
        return Passage(Shape.LIST, item.document, spans, item.score, compared=True)

    def _build_list(self, item: Evidence, scores: Mapping[tuple[str, int], float]) -> Passage:
        document = item.document
        run = find_list(document, item.span.block)
        if not _wants_whole(self._question, item, run, scores):
            return Passage(Shape.PROSE, document, (item.span,), item.score)
        lead = _lead_span(document, run.lead)
        spans = _spans_of(document, run.blocks)
        if lead is None:
            return Passage(Shape.LIST, document, spans, item.score)
        return Passage(Shape.LIST, document, (lead, *spans), item.score, lead=1)


def _block_scores(evidence: Sequence[Evidence]) -> dict[tuple[str, int], float]:
    scores: dict[tuple[str, int], float] = {}
    for item in evidence:
        key = (item.document.id, item.span.block)
        scores[key] = max(scores.get(key, 0.0), item.score)
    return scores


def _length(passages: Sequence[Passage]) -> int:
    return sum(len(passage.text) for passage in passages)


def _wants_whole(
    question: Question, item: Evidence, run: ListRun, scores: Mapping[tuple[str, int], float]
) -> bool:
    """Say whether the list as a whole answers, rather than the item alone.

    It does where the question speaks of what leads into the list and of nothing that one item has
    to itself.
    """
    if question.ask not in WHOLE_LIST or len(run.items) < 2:
        return False
    if item.signals.own > 0.34 and item.signals.own >= item.signals.coverage - 0.01:
        return question.ask in (Ask.LIST, Ask.STEPS) and _others(item, run, scores) >= 0.5
    return True


def _others(item: Evidence, run: ListRun, scores: Mapping[tuple[str, int], float]) -> float:
    """Return how well the other items do beside the best: 0 to 1."""
    others = [scores.get((item.document.id, i), 0.0) for i in run.items if i != item.span.block]
    return (sum(others) / len(others) / item.score) if others and item.score else 0.0


def _introduced_list(document: Document, item: Evidence) -> ListRun | None:
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
