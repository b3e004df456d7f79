"""Which spans are said together: a sentence alone, a list under its lead-in, a row's cells.

Knows the scores of spans and what a question asks for. Knows nothing of wording or of models.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.comparison import find_contenders
from assistant.evidence import Evidence, TermMatcher, defines
from assistant.figures import find_figures
from assistant.question import WANTED_UNITS, Ask, Question, wanted_units
from assistant.structure import (
    ListRun,
    find_body,
    find_introduced_list,
    find_lead,
    find_list,
    find_parts,
    has_items_under,
    spans_of,
)
from assistant.tables import match_columns, match_rows, read_table
from ingest.document import Document, Kind, Span
from ingest.spans import item_label

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
    a section, which are named by their headings. `score` is that of the best span. For a table,
    `columns` are the ones to say, by index; empty for all. `compared` says that the spans are set
    side by side because the question asks which is most or least. `direct` says that the best span
    itself, without what stands above it, has most of what is asked about.
    """

    shape: Shape
    document: Document
    spans: tuple[Span, ...]
    score: float
    lead: Span | None = None
    columns: tuple[int, ...] = ()
    compared: bool = False
    outline: bool = False
    direct: bool = True

    def key(self, span: Span) -> SpanKey:
        """Return what identifies one of the passage's spans."""
        return (self.document.id, span.start, span.end)

    @property
    def told(self) -> tuple[Span, ...]:
        """The spans whose words are said, without the whole list that a lead points to."""
        return self.spans[1:] if self.lead else self.spans

    @property
    def text(self) -> str:
        """The passage's words, for measuring its length."""
        return " ".join(self.document.text[span.start : span.end] for span in self.told)


CONFIDENT = 0.85
"""A further span of a document that is quoted already is said from this share of the best score.

On the development questions .85 beside .4 gives the same citation precision (.69) and three points
more of right answers, because the room goes to other documents.
"""

ELSEWHERE = 0.2
ELSEWHERE_FLOOR = 0.12
"""Share of the best score, and score, from which a document not quoted yet is heard too.

Lower ones cost precision (.1: .62) and add no right answers; higher ones lose voices (.4: sources
met .79 beside .84).
"""

MAX_PASSAGES = 5
MAX_CHARS = 700
"""Passages stop being added past this many characters: a reader on a phone reads one screen."""

SAME_QUESTION = 0.72
"""Cosine from which a heading asks what the question asks: its section is the answer, in order."""

COMPARING = {Ask.SUPERLATIVE, Ask.CHOICE}
"""Forms that set figures side by side."""

LISTING = {Ask.LIST, Ask.STEPS}
"""Forms that ask for many things."""

WHOLE_IF_LISTING = 0.2
WHOLE_IF_ALIKE = 0.5
"""A list is said whole if its other items score at least this share of the best one's: less where
the question asks for many things."""

DIRECT = 0.6
"""Share of the question's terms that a span must have itself to be read for a yes or a no."""

PART_OF_SECTION = 0.5
"""Cosine from which the heading nearest to a question that asks for many things may hold them."""

NAMED_BETTER = 0.15
"""How much more of the question's terms the name of another row or item must have for this one to
be passed over: half of one term in three."""

MATCHED = 0.7
"""A word is in an item if it is matched this well, by letters or by meaning."""


_BARE_REPLY = re.compile(r"(?:yes|no|not necessarily|not really|it depends)\W*", re.IGNORECASE)


TELLS = 0.4
"""From here on a word tells enough to pick one item out of a list that is asked for; measured on
the development questions, anything from .2 on gives two more right answers of 139."""


class PassageChooser:
    """Chooses what to say: the best passages, from every document that has one, without repeats."""

    def __init__(self, question: Question, matcher: TermMatcher) -> None:
        self._question = question
        self._matcher = matcher
        self._asked = tuple(sorted(self._matcher.stems(question.text)))
        self._otherwise: set[tuple[str, tuple[str, ...]]] = set()

    def choose(self, evidence: Sequence[Evidence], floor: float) -> tuple[Passage, ...]:
        """Choose passages; `evidence` is sorted best first.

        The best span is always said, and the best one for each side of a comparison; of the others
        those that score `floor` or more, or less for a document that is not quoted yet.
        """
        if self._question.ask not in COMPARING:
            evidence = [e for e in evidence if e.signals.kin < NAMED_BETTER] or evidence
        scores = _block_scores(evidence)
        chosen = _Chosen()
        for item in [*evidence[:1], *self._for_sides(evidence)]:
            chosen.add(self._tell(item, scores), always=True)
        for item in evidence[1:]:
            heard = item.document.id in chosen.documents
            share, least = (CONFIDENT, floor) if heard else (ELSEWHERE, ELSEWHERE_FLOOR)
            if item.score >= max(least, share * evidence[0].score) and not chosen.says(item):
                chosen.add(self._tell(item, scores))
        return tuple(chosen.passages)

    def _tell(self, item: Evidence, scores: Mapping[tuple[str, int], float]) -> list[Passage]:
        direct = item.signals.own >= DIRECT
        return [replace(passage, direct=direct) for passage in self.build(item, scores)]

    def _for_sides(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return the best span for each thing that the question sets side by side."""
        best = []
        for side in self._question.sides:
            wanted = self._matcher.stems(side) & set(self._question.terms)
            shown = [
                item
                for item in evidence
                if wanted
                and all(self._matcher.match(t, self._own(item)) >= MATCHED for t in wanted)
            ]
            best += shown[:1]
        return best

    def _own(self, item: Evidence) -> frozenset[str]:
        """Return the stems of a span and of the block that introduces it."""
        text = item.text
        if item.block.parent is not None:
            parent = item.document.blocks[item.block.parent]
            text += " " + item.document.text[parent.start : parent.end]
        return self._matcher.stems(text)

    def build(self, item: Evidence, scores: Mapping[tuple[str, int], float]) -> list[Passage]:
        """Build the passages that a span is said in: its section, table or list, or it alone."""
        document = item.document
        if item.block.kind is Kind.ROW:
            return [self._build_table(item)]
        compared = self._build_comparison(item)
        if compared is not None:
            return [compared]
        near = item.signals.heading >= self._near_heading(item)
        bare = bool(_BARE_REPLY.fullmatch(item.text))  # it says nothing without what follows
        if bare or (near and self._may_tell_section(item) and not self._asks_otherwise(item)):
            section = self._build_section(item, scores)
            if section:
                return section
        if item.block.kind is Kind.ITEM:
            return [self._build_list(item, scores)]
        following = find_introduced_list(document, item.span)
        if following:
            return [_list_passage(document, following, item.score)]
        return [Passage(Shape.PROSE, document, (item.span,), item.score)]

    def _may_tell_section(self, item: Evidence) -> bool:
        """Say whether a whole section may answer: no comparison, and a yes or no only from an FAQ.

        Under another heading a yes or a no is one sentence among many.
        """
        if self._question.ask is not Ask.YES_NO:
            return self._question.ask not in COMPARING
        asked = item.block.heading_path[-1:]
        return any(
            block.kind is Kind.QUESTION
            and item.document.text[block.start : block.end].strip() in asked
            for block in item.document.blocks
        )

    def _asks_otherwise(self, item: Evidence) -> bool:
        """Say whether a bare yes or no at a section's start answers another question than this.

        It does where a span further down has a word of the question that the heading lacks: "No."
        under "Do I need a helmet?" says nothing about children.
        """
        document, path = item.document, item.block.heading_path
        if (document.id, path) in self._otherwise:
            return True
        first, *more = spans_of(document, find_body(document, path)) or (item.span,)
        if first == item.span or not _BARE_REPLY.fullmatch(document.text[first.start : first.end]):
            return False
        reply = document.text[first.start : more[0].end]
        replied = self._matcher.stems(" ".join((*path, reply)))
        own = self._own(item)
        otherwise = any(
            weight == 1.0
            and self._matcher.match(term, replied) < MATCHED <= self._matcher.match(term, own)
            for term, weight in self._matcher.weights.items()
        )
        if otherwise:
            self._otherwise.add((document.id, path))
        return otherwise

    @staticmethod
    def _near_heading(item: Evidence) -> float:
        """Return the cosine from which a section is told: less for one that has parts."""
        parts = find_parts(item.document, item.block.heading_path)
        return PART_OF_SECTION if parts else SAME_QUESTION

    def _build_table(self, item: Evidence) -> Passage:
        table = read_table(item.document, item.span.block)
        rows = match_rows(table, self._matcher, self._asked)
        columns = match_columns(table, self._matcher, self._asked)
        compares = self._question.ask in COMPARING
        if not rows:
            own = tuple(row for row in table.rows if row.block == item.span.block)
            rows = table.rows if compares else own
        spans = spans_of(item.document, [row.block for row in rows])
        compared = compares and len(rows) > 1
        return Passage(
            Shape.TABLE, item.document, spans, item.score, columns=columns, compared=compared
        )

    def _build_comparison(self, item: Evidence) -> Passage | None:
        """Set an item's figure beside those it can be compared with, if the question asks to."""
        if self._question.ask not in COMPARING or item.block.kind is not Kind.ITEM:
            return None
        units = wanted_units(self._question)
        contenders = find_contenders(item.document, item.span.block, units)
        named = [
            contender
            for contender in contenders
            if any(
                self._matcher.match(term, self._matcher.stems(contender.name)) >= MATCHED
                for term in self._question.terms
                if self._matcher.weights[term] == 1.0
            )
        ]
        chosen = named if len(named) >= 2 else contenders
        if len(chosen) < 2:
            return None
        spans = tuple(contender.span for contender in chosen)
        return Passage(Shape.LIST, item.document, spans, item.score, compared=True)

    def _build_section(
        self, item: Evidence, scores: Mapping[tuple[str, int], float]
    ) -> list[Passage]:
        """Say the section whose heading asks the question: in order if it is short, else its best.

        A section that says little itself but has parts is told by the first sentence of each.
        """
        document, path = item.document, item.block.heading_path
        body = find_body(document, path)
        parts = find_parts(document, path)
        if parts and _chars(document, body) <= _chars(document, parts):
            spans = tuple(spans_of(document, [part])[0] for part in parts)
            return [Passage(Shape.LIST, document, spans, item.score, outline=True)]
        if _chars(document, body) <= MAX_CHARS:
            return self._tell_blocks(
                document, self._begin_at_definition(document, body), item.score
            )
        best = [index for index in body if scores.get((document.id, index), 0.0) >= item.score / 3]
        return self._tell_blocks(document, best[:3], item.score)

    def _begin_at_definition(self, document: Document, body: Sequence[int]) -> Sequence[int]:
        """Leave out what stands before the paragraph that says what the asked-for thing is."""
        if self._question.ask is Ask.DEFINITION:
            for place, index in enumerate(body):
                if any(
                    defines(document.text[span.start : span.end], self._matcher)
                    for span in spans_of(document, [index])
                ):
                    return body[place:]
        return body

    def _tell_blocks(
        self, document: Document, blocks: Sequence[int], score: float
    ) -> list[Passage]:
        """Tell some blocks of a section in order: paragraphs, and lists under their lead-in."""
        passages: list[Passage] = []
        told: set[int] = set()
        for index in blocks:
            if index in told:
                continue
            if document.blocks[index].kind is Kind.ITEM:
                run = find_list(document, index)
                told.update(run.blocks)
                passage = _list_passage(document, self._keep_asked(document, run), score)
            else:
                spans = spans_of(document, [index])
                kept = tuple(s for s in spans if find_introduced_list(document, s) is None)
                if not kept:
                    continue  # the lead-in is said with its list
                passage = Passage(Shape.PROSE, document, kept, score)
            told.update(span.block for span in passage.spans)
            passages.append(passage)
        return passages

    def _build_list(self, item: Evidence, scores: Mapping[tuple[str, int], float]) -> Passage:
        document = item.document
        run = self._find_asked_list(item)
        run = self._keep_asked(document, run)
        specific = self._find_specific(document, run)
        if item.span.block in specific:
            if len(specific) == 1:
                return Passage(Shape.PROSE, document, (item.span,), item.score)
            return Passage(Shape.LIST, document, spans_of(document, specific), item.score)
        if item.span.block in run.items and not self._wants_whole(item, run, scores):
            return Passage(Shape.PROSE, document, (item.span,), item.score)
        return _list_passage(document, run, item.score)

    def _find_asked_list(self, item: Evidence) -> ListRun:
        """Return the list of an item, or the one around it whose lead-in has what is asked.

        "What must I carry?" asks for all that stands under "Every member must carry:", though some
        of it is only the sub-items of one item; unless that item is named.
        """
        document = item.document
        run = find_list(document, item.span.block)
        if item.signals.own >= DIRECT or self._names_any(document, run.blocks):
            return run
        outer = run
        while outer.lead is not None and document.blocks[outer.lead].kind is Kind.ITEM:
            if self._names_any(document, (outer.lead,)):
                return run
            outer = find_list(document, outer.lead)
        led = outer.lead is not None and outer is not run
        return outer if led and self._names_any(document, (outer.lead or 0,)) else run

    def _names_any(self, document: Document, blocks: Sequence[int]) -> bool:
        """Say whether some blocks have any word that the question is about."""
        texts = (_block_text(document, index) for index in blocks)
        found = self._matcher.stems(" ".join(texts))
        return any(
            weight == 1.0 and self._matcher.match(term, found) >= MATCHED
            for term, weight in self._matcher.weights.items()
        )

    def _keep_asked(self, document: Document, run: ListRun) -> ListRun:
        """Keep of a list what has the figure that is asked for, or the names that are asked for.

        "What do they earn?" wants one of the lines under a job; "Which jobs are there?" wants the
        jobs without the lines under them.
        """
        units = WANTED_UNITS.get(self._question.ask, ())
        if units:
            told = (
                index
                for index in run.blocks
                if any(
                    figure.unit in units for figure in find_figures(_block_text(document, index))
                )
            )
            kept = tuple(told)
            if 0 < len(kept) < len(run.blocks):
                return replace(run, items=kept, blocks=kept)
        elif self._question.ask is Ask.LIST and any(
            has_items_under(document, index) for index in run.items
        ):
            return replace(run, blocks=run.items)
        return run

    def _find_specific(self, document: Document, run: ListRun) -> tuple[int, ...]:
        """Return the items that a question is about by words that few of the other items have.

        A question that asks for many things picks one out by a word that tells, not by "use".
        """
        listing = self._question.ask in LISTING
        counts: dict[int, int] = {}
        above = self._matcher.stems(_text_above(document, run))
        shown = {index: self._matcher.stems(_block_text(document, index)) for index in run.items}
        labels = {
            index: self._matcher.stems(item_label(document, document.blocks[index]))
            for index in run.items
        }
        for term, weight in self._matcher.weights.items():
            having = [i for i in run.items if self._matcher.match(term, shown[i]) >= MATCHED]
            if self._matcher.match(term, above) >= MATCHED:
                having = [i for i in having if self._matcher.match(term, labels[i]) >= MATCHED]
            if listing and self._matcher.telling[term] < TELLS:
                continue
            if weight == 1.0 and 0 < len(having) <= max(1, len(run.items) // 2):
                for index in having:
                    counts[index] = counts.get(index, 0) + 1
        best = max(counts.values(), default=0)
        return tuple(index for index, count in sorted(counts.items()) if count == best)

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


def _block_text(document: Document, index: int) -> str:
    """Return the words of a block."""
    block = document.blocks[index]
    return document.text[block.start : block.end]


def _text_above(document: Document, run: ListRun) -> str:
    """Return the headings and the lead-in of a list: what all of its items share."""
    lead = find_lead(document, run.lead)
    said = document.text[lead.start : lead.end] if lead else ""
    return " ".join((*document.blocks[run.items[0]].heading_path, said))


class _Chosen:
    """The passages chosen so far."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.documents: set[str] = set()
        self._said: set[tuple[str, int]] = set()
        self._length = 0

    def says(self, item: Evidence) -> bool:
        """Say whether a span is among what has been chosen."""
        return item.key[:2] in self._said

    def add(self, passages: Sequence[Passage], *, always: bool = False) -> None:
        """Add passages that repeat nothing, as long as there is room."""
        for passage in passages:
            too_long = self._length + len(passage.text) > MAX_CHARS and self.passages
            if not too_long and self._join_rows(passage):
                continue
            if (too_long or len(self.passages) >= MAX_PASSAGES) and not always:
                continue
            if any(_repeats(passage, other) for other in self.passages):
                continue
            if passage.shape is Shape.LIST and any(
                (passage.document.id, span.start) in self._said for span in passage.told
            ):
                continue  # an item that was picked out of its list is not said again with the rest
            self.passages.append(passage)
            self.documents.add(passage.document.id)
            self._said.update((passage.document.id, span.start) for span in passage.spans)
            self._length += len(passage.text)

    def _join_rows(self, passage: Passage) -> bool:
        """Put rows with others of their table that are said with the same columns, in its order."""
        for at, other in enumerate(self.passages):
            if passage.shape is not Shape.TABLE or other.shape is not Shape.TABLE:
                continue
            same = passage.document.id == other.document.id and passage.columns == other.columns
            if not same or _table_of(passage) != _table_of(other):
                continue
            spans = sorted({*other.spans, *passage.spans}, key=lambda span: span.start)
            self.passages[at] = replace(other, spans=tuple(spans))
            self._length += len(passage.text)
            self._said.update((passage.document.id, span.start) for span in passage.spans)
            return True
        return False


def _table_of(passage: Passage) -> int:
    """Return the first row of a passage's table."""
    return read_table(passage.document, passage.spans[0].block).rows[0].block


def _list_passage(document: Document, run: ListRun, score: float) -> Passage:
    """Tell a list under its lead-in; of one too long to read, only the outermost items."""
    lead = find_lead(document, run.lead)
    spans = spans_of(document, run.blocks)
    if _chars(document, run.blocks) > MAX_CHARS and len(run.items) < len(run.blocks):
        spans = spans_of(document, run.items)
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


def _chars(document: Document, blocks: Sequence[int]) -> int:
    return sum(document.blocks[index].end - document.blocks[index].start for index in blocks)


def _repeats(passage: Passage, other: Passage) -> bool:
    """Say whether a passage adds little to another: most of its words are there already."""
    mine = set(passage.text.lower().split())
    theirs = set(other.text.lower().split())
    return len(mine & theirs) >= 0.8 * len(mine)
