"""What a span is said in: its section, its table, its list, a comparison, or it alone.

Knows documents and what a question asks for. Knows nothing of which spans are worth saying.
"""

import re
from collections.abc import Sequence, Set

from assistant.asking.forms import COMPARING, LISTING, Ask, find_ask
from assistant.asking.negation import asks_what_not
from assistant.asking.question import Question, asked_units, wanted_units
from assistant.asking.sections import find_depth
from assistant.composing.comparing import ComparisonReader
from assistant.composing.listing import MATCHED, TELLS, ListReader
from assistant.composing.tabulating import TableReader
from assistant.english.figures import Unit
from assistant.english.noun_phrases import name_stems
from assistant.layout.company import find_company
from assistant.layout.comparison import (
    pick_extreme,
)
from assistant.layout.passage import (
    MAX_CHARS,
    Passage,
    Shape,
    block_text,
    count_chars,
    list_passage,
    outline_passage,
)
from assistant.layout.structure import (
    find_body,
    find_counted_parts,
    find_introduced_list,
    find_introduced_parts,
    find_lead_back,
    find_list,
    find_own_name,
    find_parts,
    is_label,
    is_pointer,
    spans_of,
)
from assistant.ranking.evidence import Evidence, defines, tells_figure
from assistant.ranking.matching import TermMatcher
from ingest.document import Document, Kind, Span
from ingest.patterns import compile_late
from ingest.spans import item_label

SAME_QUESTION = 0.72
"""Cosine from which a heading asks what the question asks: its section is the answer, in order."""

PART_OF_SECTION = 0.5
"""Cosine from which the heading nearest to a question that asks for many things may hold them."""

BESIDE = 0.4
"""Share of the best span's score that the best item of a list has to have for it to be told with its
section, and so has a sentence of the paragraph that leads into it, or any where a figure is asked.

Of items below it, on the development questions, a fourth is right, and of others .96; of such
sentences ("Frameworks make it easier to build.", above a list of them) a sixth.
"""

FAINT = 0.2
"""Share of it below which a sentence that stands by itself in a told section is left out.

Of six such sentences, on the development questions over all corpora, none answers: "Think of them
as people who bring it to life." Lists, ways and definitions are told of by several together.
"""

ASIDE = 0.75
"""Share of the best span's score that a sentence below the list of a told section has to have.

Of 30 such sentences, on the development questions, none of the 10 below it answers what was asked
and 22 of the others do: "You can set yourself apart by ..." under the list of what to look for.
"""

BARE_REPLY = compile_late(
    r"(?:yes|no|never|hardly|sometimes|usually|maybe|perhaps|it depends|not (?:at all|necessarily|really|always)"
    r"|(?:of course|certainly|absolutely|definitely|probably|most likely)(?: not)?"
    r"|(?:(?:yes|no|of course|probably|most likely),? )?(?:i|you|we|they|he|she|it) (?:can|may|do|does|is|are|will)"
    r"(?:not|n['’]t| not)?)\W*",
    re.IGNORECASE,
)
"""A sentence that says nothing without what stands around it."""


class PassageBuilder:
    """Builds passages around spans, for one question and the evidence found for it."""

    def __init__(
        self, question: Question, matcher: TermMatcher, evidence: Sequence[Evidence]
    ) -> None:
        self._question = question
        self._matcher = matcher
        self._heard = {item.key: item for item in evidence}
        self._lists = ListReader(question, matcher, self._heard)
        self._tables = TableReader(question, matcher)
        self._compared = ComparisonReader(question, matcher)
        self._otherwise: set[tuple[str, tuple[str, ...]]] = set()

    def build(self, item: Evidence) -> list[Passage]:
        """Build the passages that a span is said in: its section, table or list, or it alone."""
        if item.block.kind is Kind.ROW:
            return [self._tables.build(item)]
        asked = (
            self._compared.build(item)
            or self._build_counted(item)
            or self._build_within(item)
            or self._build_parts(item)
        )
        if asked is not None:
            return [asked]
        near = item.signals.heading >= self._near_heading(item) or self._is_headed(
            item.block.heading_path
        )
        bare = bool(BARE_REPLY.fullmatch(item.text))  # it says nothing without what follows
        told = near and self._may_tell_section(item) and not self._is_named_in(item)
        reply = self._build_reply(item) if bare and not told else None
        if reply is not None:
            return [reply]
        if bare or (told and not self._asks_otherwise(item)):
            section = self._build_section(item)
            if section:
                return section
        below = self._tables.build_below(item) if self._question.ask is Ask.LIST else None
        return [self._build_around(item), *([below] if below else [])]

    def build_alone(self, item: Evidence) -> Passage:
        """Build a passage of a span with nothing but what it cannot be understood without."""
        if item.block.kind is Kind.ITEM:
            return self._lists.tell_item(item)
        return Passage(
            Shape.PROSE, item.document, find_company(item.document, item.span), item.score
        )

    def _build_reply(self, item: Evidence) -> Passage | None:
        """Build a bare reply with the sentence that gives it sense, unless that leads into a list."""
        document = item.document
        spans = spans_of(document, find_body(document, item.block.heading_path))
        at = spans.index(item.span) if item.span in spans else len(spans)
        together = spans[at : at + 2]
        last = document.text[together[-1].start : together[-1].end] if together else ":"
        if len(together) < 2 or last.endswith(":"):
            return None
        return Passage(Shape.PROSE, document, together, item.score)

    def _build_around(self, item: Evidence) -> Passage:
        """Build a passage of a span with no more than it needs: its list, or what it leads into."""
        document = item.document
        if item.block.kind is Kind.ITEM:
            return self._build_side_under(item) or self._lists.build(item)
        back = find_lead_back(document, item.span) if self._question.ask in LISTING else None
        span = back or item.span
        following = find_introduced_list(document, span)
        if following and not tells_figure(self._question, item.text):
            return list_passage(document, following, item.score)
        parts = find_introduced_parts(document, span)
        if parts:
            return outline_passage(document, parts, item.score, span)
        return self.build_alone(item)

    def _build_counted(self, item: Evidence) -> Passage | None:
        """Tell the parts that a name counts ("Ten rules of ..."), if all that is asked is in it."""
        if self._question.ask not in LISTING:
            return None
        document, path = item.document, item.block.heading_path
        asked = {term for term in self._matcher.terms if not term.isdigit()}
        for depth in range(len(path) + 1):
            name = path[depth - 1] if depth else document.title
            named = self._matcher.has_all(asked, self._matcher.stems(name), MATCHED)
            parts = find_counted_parts(document, path[:depth]) if named and asked else ()
            if parts:
                return outline_passage(document, parts, item.score)
        return None

    def _build_within(self, item: Evidence) -> Passage | None:
        """Tell what the section that a question points to is made of: its parts, or its items."""
        if self._question.ask is not Ask.LIST or not self._question.section:
            return None
        document = item.document
        depth = find_depth(item.block, self._question.section)
        path = item.block.heading_path[:depth]
        parts = find_parts(document, path) if depth else ()
        if parts:
            return outline_passage(document, parts, item.score)
        listed = [i for i in find_body(document, path) if document.blocks[i].kind is Kind.ITEM]
        run = find_list(document, listed[0]) if depth and listed else None
        if run is None or len(run.items) == len(run.blocks):
            return None
        return Passage(Shape.LIST, document, spans_of(document, run.items), item.score)

    def _build_parts(self, item: Evidence) -> Passage | None:
        """Tell the parts of a section around a span's own that is headed by all that is asked.

        "How do I join?" is answered by each step under "How to join", not by what ends the last.
        """
        if self._question.ask not in LISTING:
            return None
        document, path = item.document, item.block.heading_path
        for depth in range(len(path) - 1, 0, -1):
            if self._is_headed(path[:depth], self._matcher.common):
                parts = find_parts(document, path[:depth])
                leading = _find_leading(document, find_body(document, path[:depth]))
                return outline_passage(document, parts, item.score, *leading) if parts else None
        return None

    def may_compare(self, item: Evidence) -> bool:
        """Say whether a span's figure is set beside others of its kind and currency."""
        in_table = item.block.kind is Kind.ROW
        passage = self._tables.build(item) if in_table else self._compared.build(item)
        return passage is not None and self.tells_extreme(passage)

    def tells_extreme(self, passage: Passage) -> bool:
        """Say whether a passage sets figures side by side of which one is the most or the least.

        They are of a kind that is asked for, or no money, share or time: "2,310 m".
        """
        if not passage.compared or self._question.threshold:
            return False
        in_table = passage.shape is Shape.TABLE
        figures = (
            self._tables.find_compared(passage)
            if in_table
            else self._compared.find_figures(passage)
        )
        best = pick_extreme(figures, least=False)
        wanted = {*wanted_units(self._question), Unit.COUNT}
        return best is not None and figures[best][0].unit in wanted

    def build_side(self, item: Evidence) -> list[Passage]:
        """Build what one side of a comparison is said in: its figure by the other's, or it alone.

        An item that only names the thing is said with what stands under it.
        """
        if item.block.kind is not Kind.ITEM:
            return self.build(item)
        compared = self._compared.build(item)
        if compared is not None:
            return [compared]
        return [self._build_side_under(item) or self._lists.tell_item(item)]

    def _build_side_under(self, item: Evidence) -> Passage | None:
        """Say all that stands under the item that names one of the sides, unless a figure is asked.

        "AWS or Azure?" wants what is said of both, not the likeliest line of each.
        """
        document, parent = item.document, item.block.parent
        if not self._question.sides or asked_units(self._question) or parent is None:
            return None
        if document.blocks[parent].kind is not Kind.ITEM:
            return None
        return list_passage(document, find_list(document, item.span.block), item.score)

    def _may_tell_section(self, item: Evidence) -> bool:
        """Say whether a whole section may answer: no comparison, and a yes or no only from an FAQ.

        Under another heading a yes or a no, or what is not so, is one sentence among many, and so it
        is under a question that asks for no yes or no.
        """
        if asks_what_not(self._question.text):
            return False
        if self._question.ask is not Ask.YES_NO:
            return self._question.ask not in COMPARING
        asked = item.block.heading_path[-1:]
        if find_ask("".join(asked)) is not Ask.YES_NO:
            return False
        return any(
            block.kind is Kind.QUESTION
            and item.document.text[block.start : block.end].strip() in asked
            for block in item.document.blocks
        )

    def _is_named_in(self, item: Evidence) -> bool:
        """Say whether a question names an item, or the one above it, by a word the heading lacks.

        "What does the gold course cover?" wants the gold one of "Popular courses".
        """
        if item.block.kind is not Kind.ITEM:
            return False
        heading = self._matcher.stems(" ".join(item.block.heading_path[-1:]))
        name = find_own_name(item.document, item.span.block) or item_label(
            item.document, item.block
        )
        own = self._matcher.stems(name)
        return self._matcher.adds(own, heading, MATCHED, TELLS)

    def _asks_otherwise(self, item: Evidence) -> bool:
        """Say whether a bare yes or no at a section's start answers another question than this.

        It does where a span further down has a word of the question that the heading lacks: "No."
        under "Do I need a helmet?" says nothing about children.
        """
        document, path = item.document, item.block.heading_path
        if (document.id, path) in self._otherwise:
            return True
        first, *more = spans_of(document, find_body(document, path)) or (item.span,)
        if first == item.span or not BARE_REPLY.fullmatch(document.text[first.start : first.end]):
            return False
        reply = document.text[first.start : more[0].end]
        replied = self._matcher.stems(" ".join((*path, reply)))
        otherwise = self._matcher.adds(self.own_stems(item), replied, MATCHED)
        if otherwise:
            self._otherwise.add((document.id, path))
        return otherwise

    def _is_headed(self, path: Sequence[str], common: Set[str] = frozenset()) -> bool:
        """Say whether the last of some headings is what the question is about, word for word.

        "Alternatives" is, of "what alternatives to au pairing are there?" among au pairs. It may have
        some `common` words that the question lacks.
        """
        heading = name_stems("".join(path[-1:]))
        telling = set(self._matcher.telling_terms())
        return bool(telling) and telling <= heading <= {*self._matcher.terms, *common}

    def _near_heading(self, item: Evidence) -> float:
        """Return the cosine from which a section is told: less for one that has parts.

        A figure that is asked for is in one of them, and not told by all.
        """
        many = self._question.ask in LISTING and find_parts(item.document, item.block.heading_path)
        return PART_OF_SECTION if many else SAME_QUESTION

    def _build_section(self, item: Evidence) -> list[Passage]:
        """Say the section whose heading asks the question: in order if it is short, else its best.

        A section that says little itself but has parts is told by the first sentence of each.
        """
        document, path = item.document, item.block.heading_path
        body = self._begin_at_definition(document, find_body(document, path))
        parts = find_parts(document, path)
        leading = _find_leading(document, body)
        if leading or (parts and count_chars(document, body) <= count_chars(document, parts)):
            return [outline_passage(document, parts, item.score, *leading)]
        if count_chars(document, body) <= MAX_CHARS:
            return self._tell_blocks(document, body, item.score)
        spoken = {
            heard.span.block
            for heard in self._heard.values()
            if heard.document.id == document.id and heard.score >= item.score / 3
        }
        best = [index for index in body if index in spoken]
        return self._tell_blocks(document, best[:3], item.score)

    def _begin_at_definition(self, document: Document, body: Sequence[int]) -> Sequence[int]:
        """Begin at the paragraph that says what the asked-for thing is; end where it gets long."""
        if self._question.ask is Ask.DEFINITION:
            for place, index in enumerate(body):
                if any(
                    defines(document.text[span.start : span.end], self._matcher)
                    for span in spans_of(document, [index])
                ):
                    ends = range(place + 1, len(body) + 1)
                    kept = [
                        end for end in ends if count_chars(document, body[place:end]) <= MAX_CHARS
                    ]
                    return body[place : max(kept, default=place + 1)]
        return body

    def _tell_blocks(
        self, document: Document, blocks: Sequence[int], score: float
    ) -> list[Passage]:
        """Tell some blocks of a section in order: paragraphs, and lists under their lead-in."""
        passages: list[Passage] = []
        told: set[int] = set()
        for index in blocks:
            if index in told or is_label(document, index) or is_pointer(document, index):
                continue
            if document.blocks[index].kind is Kind.ITEM:
                run = find_list(document, index)
                told.update(run.blocks)
                items = spans_of(document, run.blocks)
                if not any(self._is_heard(document, one, BESIDE * score) for one in items):
                    continue
                passage = list_passage(document, self._lists.keep_asked(document, run), score)
            else:
                below = any(passage.shape is Shape.LIST for passage in passages)
                kept = self._keep_sentences(document, index, score, below=below)
                if not kept:
                    continue  # the lead-in is said with its list
                passage = Passage(Shape.PROSE, document, kept, score)
            told.update(span.block for span in passage.spans)
            passages.append(passage)
        return passages

    def _keep_sentences(
        self, document: Document, index: int, score: float, *, below: bool
    ) -> tuple[Span, ...]:
        """Keep of a paragraph what leads into no list, and of that what answers too.

        All of it is kept that stands neither above nor `below` a list, unless a figure or a difference
        is asked: "How much honey is there?" wants no more of a section on honey.
        """
        spans = spans_of(document, [index])
        plain = tuple(span for span in spans if find_introduced_list(document, span) is None)
        asks_one = asked_units(self._question) or self._question.sides
        if len(plain) == len(spans) and not below and not asks_one:
            return tuple(span for span in plain if not self._is_faint(document, span, score))
        least = (ASIDE if below else BESIDE) * score
        heard = (span for span in plain if self._answers(document, span, least))
        kept = {one for span in heard for one in find_company(document, span)}
        return tuple(span for span in plain if span in kept)

    def _is_faint(self, document: Document, span: Span, score: float) -> bool:
        """Say whether a sentence was found and hardly answers, where it does not so with others."""
        heard = self._heard.get((document.id, span.start, span.end))
        if heard is None or self._question.ask in {*LISTING, Ask.DEFINITION}:
            return False
        return not self._answers(document, span, FAINT * score)

    def _answers(self, document: Document, span: Span, least: float) -> bool:
        bare = BARE_REPLY.fullmatch(document.text[span.start : span.end])
        return bool(bare) or self._is_heard(document, span, least)

    def _is_heard(self, document: Document, span: Span, least: float) -> bool:
        heard = self._heard.get((document.id, span.start, span.end))
        return heard is not None and heard.score >= least

    def own_stems(self, item: Evidence) -> frozenset[str]:
        """Return the stems of a span and of the block that introduces it."""
        text = item.text
        if item.block.parent is not None:
            text += " " + block_text(item.document, item.block.parent)
        return self._matcher.stems(text)


def _find_leading(document: Document, body: Sequence[int]) -> list[Span]:
    """Return the last sentence of a section's own blocks if it leads into the section's parts."""
    last = spans_of(document, body)[-1:]
    return [span for span in last if find_introduced_parts(document, span)]
