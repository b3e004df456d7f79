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

    For a list with a `lead`, the sentence that leads into it, the first span is the whole list: what
    the lead's footnote shows. `outline` says that the items are the first sentences of the parts of
    a section, which are named by their headings. `score` is that of the best span. For a table, `columns` are the ones to say, by index; empty for all. `compared` says that the
    spans are set side by side because the question asks which is most or least.
    """

    shape: Shape
    document: Document
    spans: tuple[Span, ...]
    score: float
    lead: Span | None = None
    columns: tuple[int, ...] = ()
    compared: bool = False
    outline: bool = False

    def key(self, span: Span) -> SpanKey:
        """Return what identifies one of the passage's spans."""
        return (self.document.id, span.start, span.end)

    @property
    def text(self) -> str:
        """The passage's words, for measuring its length."""
        told = self.spans[1:] if self.lead else self.spans
        return " ".join(self.document.text[span.start : span.end] for span in told)


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


CONFIDENT = 0.55
"""A span below this share of the best span's score is not said for its own sake."""

MAX_PASSAGES = 5
MAX_CHARS = 700
"""Passages stop being added past this many characters: a reader on a phone reads one screen."""

SAME_QUESTION = 0.75
"""Cosine from which a heading asks what the question asks: its section is the answer, in order."""

COMPARING = {Ask.SUPERLATIVE, Ask.CHOICE}
"""Forms that set figures side by side."""

LISTING = {Ask.LIST, Ask.STEPS}
"""Forms that ask for many things."""

WHOLE_IF_LISTING = 0.25
WHOLE_IF_ALIKE = 0.5
"""A list is said whole if its other items score at least this share of the best one's: less where
the question asks for many things."""


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
        """Choose passages; `evidence` is sorted best first.

        The best span is always said, of the others those that score `floor` or more.
        """
        scores = _block_scores(evidence)
        chosen: list[Passage] = []
        said: set[tuple[str, int]] = set()
        for item in evidence:
            if chosen and item.score < max(floor, CONFIDENT * evidence[0].score):
                break
            if item.key[:2] in said or len(chosen) >= MAX_PASSAGES:
                continue
            for passage in self.build(item, scores):
                if any(_repeats(passage, other) for other in chosen):
                    continue
                if chosen and _length(chosen) + len(passage.text) > MAX_CHARS:
                    continue
                chosen.append(passage)
                said.update((passage.document.id, span.start) for span in passage.spans)
        return tuple(chosen)

    def build(self, item: Evidence, scores: Mapping[tuple[str, int], float]) -> tuple[Passage, ...]:
        """Build the passages that a span is said in: its section, table or list, or it alone."""
        document = item.document
        if item.block.kind is Kind.ROW:
            return (self._build_table(item),)
        if self._question.ask not in COMPARING and item.signals.heading >= SAME_QUESTION:
            section = build_section(document, item.block.heading_path, item.score)
            if section:
                return section
        if item.block.kind is Kind.ITEM:
            return (self._build_comparison(item) or self._build_list(item, scores),)
        following = _introduced_list(document, item)
        if following:
            return (_list_passage(document, following, item.score),)
        return (Passage(Shape.PROSE, document, (item.span,), item.score),)

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
        if not self._wants_whole(item, run, scores):
            return Passage(Shape.PROSE, document, (item.span,), item.score)
        return _list_passage(document, run, item.score)

    def _wants_whole(
        self, item: Evidence, run: ListRun, scores: Mapping[tuple[str, int], float]
    ) -> bool:
        """Say whether the list as a whole answers: its items do about as well as the best one."""
        others = [scores.get((item.document.id, i), 0.0) for i in run.items if i != item.span.block]
        if not others:
            return False
        share = sum(others) / len(others) / max(item.score, 1e-9)
        listing = self._question.ask in LISTING
        return share >= (WHOLE_IF_LISTING if listing else WHOLE_IF_ALIKE)


def build_section(document: Document, path: tuple[str, ...], score: float) -> tuple[Passage, ...]:
    """Build what a section says, in order: its paragraphs and lists, or the outline of its parts.

    A section that says nothing itself but has parts is told by the first sentence of each part.
    """
    direct = [
        index
        for index, block in enumerate(document.blocks)
        if block.heading_path == path and block.kind in (Kind.PARAGRAPH, Kind.ITEM)
    ]
    parts = _build_outline(document, path, score)
    if parts and _chars(document, direct) < len(parts.text):
        return (parts,)
    passages: list[Passage] = []
    length = 0
    while direct:
        index = direct[0]
        passage = _next_passage(document, index, score)
        taken = {span.block for span in passage.spans}
        direct = [other for other in direct if other not in taken]
        if length and length + len(passage.text) > MAX_CHARS:
            break
        passages.append(passage)
        length += len(passage.text)
    return tuple(passages)


def _next_passage(document: Document, index: int, score: float) -> Passage:
    if document.blocks[index].kind is Kind.ITEM:
        return _list_passage(document, find_list(document, index), score)
    spans = _spans_of(document, [index])
    after = index + 1
    last = document.text[spans[-1].start : spans[-1].end].rstrip()
    follows = after < len(document.blocks) and document.blocks[after].kind is Kind.ITEM
    if follows and last.endswith(":") and len(spans) == 1:
        return _list_passage(document, find_list(document, after), score)
    return Passage(Shape.PROSE, document, spans, score)


def _build_outline(document: Document, path: tuple[str, ...], score: float) -> Passage | None:
    """Return the first sentence of each part of a section, as a list."""
    firsts: dict[tuple[str, ...], int] = {}
    for index, block in enumerate(document.blocks):
        deeper = len(block.heading_path) > len(path) and block.heading_path[: len(path)] == path
        if deeper and block.kind in (Kind.PARAGRAPH, Kind.ITEM):
            firsts.setdefault(block.heading_path[: len(path) + 1], index)
    if len(firsts) < 2 or not path:
        return None
    spans = tuple(_spans_of(document, [index])[0] for index in firsts.values())
    return Passage(Shape.LIST, document, spans, score, outline=True)


def _list_passage(document: Document, run: ListRun, score: float) -> Passage:
    lead = _lead_span(document, run.lead)
    spans = _spans_of(document, run.blocks)
    if lead is None:
        return Passage(Shape.LIST, document, spans, score)
    whole = Span(lead.start, spans[-1].end, lead.block)
    return Passage(Shape.LIST, document, (whole, *spans), score, lead=lead)


def _block_scores(evidence: Sequence[Evidence]) -> dict[tuple[str, int], float]:
    scores: dict[tuple[str, int], float] = {}
    for item in evidence:
        key = (item.document.id, item.span.block)
        scores[key] = max(scores.get(key, 0.0), item.score)
    return scores


def _length(passages: Sequence[Passage]) -> int:
    return sum(len(passage.text) for passage in passages)


def _chars(document: Document, blocks: Sequence[int]) -> int:
    return sum(document.blocks[index].end - document.blocks[index].start for index in blocks)


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
