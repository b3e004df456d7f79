"""Which items of a list are said: the ones that are asked for, or the list as a whole.

Knows lists, and what a question asks for. Knows nothing of sections and tables, nor of which
passages are chosen.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.asking.forms import COMPARING, LISTING, WANTED_UNITS, Ask
from assistant.asking.negation import find_denial
from assistant.asking.question import (
    Question,
    asked_units,
    count_asked,
    find_kind_stems,
    names_kind,
)
from assistant.english.figures import find_figures
from assistant.layout.parallels import name_whose
from assistant.layout.passage import Passage, Shape, SpanKey, block_text, list_passage
from assistant.layout.structure import (
    ListRun,
    find_introduced_list,
    find_lead,
    find_list,
    has_items_under,
    spans_of,
    turns_items,
)
from assistant.ranking.denial import denies
from assistant.ranking.evidence import Evidence, tells_figure
from assistant.ranking.matching import TermMatcher
from assistant.ranking.omission import speaks_only_of
from ingest.document import Document, Kind, Span
from ingest.patterns import compile_late
from ingest.spans import item_label
from ingest.words import words

WHOLE_IF_LISTING = 0.2
WHOLE_IF_STEPS = 0.3
WHOLE_IF_ALIKE = 0.5
"""A list is said whole if its other items score at least this share of the best one's: less where
the question asks for many things, and least where it asks for no way but for a list.

To "how" the lists of the development questions that answer whole have .33 or more, and those of
which one item does .24 and .26; of lists that are asked for one answers whole at .21.
"""

WHOLE_IF = {Ask.LIST: WHOLE_IF_LISTING, Ask.STEPS: WHOLE_IF_STEPS}

DIRECT = 0.6
"""Share of the question's terms that a span must have itself to be read for a yes or a no."""

MATCHED = 0.7
"""A word is in an item if it is matched this well, by letters or by meaning."""


TELLS = 0.4
"""From here on a word tells enough to pick one item out of a list that is asked for; measured on
the development questions, anything from .2 on gives two more right answers of 139."""

NAMING = 3
"""Words up to which an item says nothing of what it names, neither yes nor no: "Wool blankets"."""

HARDLY_TELLS = 0.2
"""Share of what the most telling word tells below which another one picks out no item: the "use" of
"what is a chisel used for?", not the "teacher" of a question for one kind of learning."""


_ASKS_STEPS = compile_late(r"\b(?:steps|stages|phases)\b", re.IGNORECASE)


_BEGINS = compile_late(
    r"\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|first steps?|get (?:going|into))\b", re.IGNORECASE
)
"""What asks for, or heads, what is done first of all."""


class ListReader:
    """Reads lists for one question; `heard` are the spans found for it, with their scores."""

    def __init__(
        self, question: Question, matcher: TermMatcher, heard: Mapping[SpanKey, Evidence]
    ) -> None:
        self._question = question
        self._matcher = matcher
        self._heard = heard

    def build(self, item: Evidence) -> Passage:
        """Build the passage that an item is said in: it alone, those like it, or its whole list."""
        document = item.document
        whole = self._find_asked_list(item)
        run = self.keep_asked(document, whole)
        unread = item.span.block in whole.blocks and item.span.block not in run.blocks
        if unread and self._question.ask in WANTED_UNITS:
            # its figure is not read as one: it is told no less for that
            return self.tell_item(item)
        if item.span.block in run.blocks and count_asked(self._question.whole) == len(run.items):
            return list_passage(document, run, item.score)
        specific = self._find_specific(document, run)
        if item.span.block in specific:
            if len(specific) == 1 or self._is_named_alone(item, specific):
                return self.tell_item(item)
            return self._tell_some(document, run, specific, item.score)
        if item.span.block in run.items and not self._wants_whole(item, run):
            return self.tell_item(item)
        return list_passage(document, run, item.score)

    @staticmethod
    def _tell_some(
        document: Document, run: ListRun, items: tuple[int, ...], score: float
    ) -> Passage:
        """Tell some items of a list, under its lead-in where that decides what they mean."""
        lead = find_lead(document, run.lead)
        if lead is not None and turns_items(document, lead):
            return list_passage(document, replace(run, items=items, blocks=items), score)
        return Passage(Shape.LIST, document, spans_of(document, items), score)

    def _find_asked_list(self, item: Evidence) -> ListRun:
        """Return the list of an item, or the one around it whose lead-in has what is asked.

        "What must I carry?" asks for all that stands under "Every member must carry:", though some
        of it is only the sub-items of one item; unless that item is named.
        """
        document = item.document
        run = find_list(document, item.span.block)
        shared = self._find_shared(document, run)
        named = self._names_any(document, run.blocks, shared)
        if named or (item.signals.own >= DIRECT and not shared):
            return run
        outer = run
        while outer.lead is not None and document.blocks[outer.lead].kind is Kind.ITEM:
            if self._names_any(document, (outer.lead,), shared):
                return run
            outer = find_list(document, outer.lead)
        led = outer.lead is not None and self._names_any(document, (outer.lead,), frozenset())
        return outer if outer is not run and (led or shared) else run

    def _find_shared(self, document: Document, run: ListRun) -> frozenset[str]:
        """Return the words that a question for many things has from the heading above a list.

        They name none of its items: "Which certifications are popular?" under "Popular
        certifications" asks for them all, though one calls itself a certification.
        """
        if self._question.ask is not Ask.LIST:
            return frozenset()
        heading = "".join(document.blocks[run.items[0]].heading_path[-1:])
        found = self._matcher.stems(heading)
        terms = self._matcher.telling_terms()
        return frozenset(term for term in terms if self._matcher.match(term, found) >= MATCHED)

    def _names_any(self, document: Document, blocks: Sequence[int], but: frozenset[str]) -> bool:
        """Say whether some blocks have any word that the question is about, but for some words."""
        texts = (block_text(document, index) for index in blocks)
        found = self._matcher.stems(" ".join(texts))
        return self._matcher.has_any(found, MATCHED, but)

    def tell_item(self, item: Evidence) -> Passage:
        """Tell an item alone, or with all that stands under it if it says no more than a heading.

        The sentence that leads into its list is said before it where that decides what it means, or
        names what is asked about and the item does not ("Night trains are good for:", of "meeting
        people"), or is found to answer no less; and before one that only names something, which
        says neither yes nor no.
        """
        under = find_introduced_list(item.document, item.span)
        if under is not None and not tells_figure(self._question, item.text):
            return list_passage(item.document, under, item.score)
        run = find_list(item.document, item.span.block)
        lead = find_lead(item.document, run.lead)
        if lead is not None and self._needs(item, lead):
            own = (item.span.block,)
            return list_passage(item.document, replace(run, items=own, blocks=own), item.score)
        return Passage(Shape.PROSE, item.document, (item.span,), item.score)

    def _needs(self, item: Evidence, lead: Span) -> bool:
        """Say whether an item is not to be told without the sentence above its list."""
        document = item.document
        if document.blocks[lead.block].kind is Kind.ITEM:
            return False
        names = self._question.ask is Ask.YES_NO and len(words(item.text)) <= NAMING
        if names or turns_items(document, lead):
            return True
        heard = self._heard.get((document.id, lead.start, lead.end))
        if heard is not None and heard.signals.learned >= item.signals.learned > 0:
            return True
        above = self._matcher.stems(document.text[lead.start : lead.end])
        said = f"{name_whose(document, item.span.block)} {item.text}"
        return self._matcher.adds(above, self._matcher.stems(said), MATCHED, TELLS)

    def keep_asked(self, document: Document, run: ListRun) -> ListRun:
        """Keep of a list what has the figure that is asked for, or the names that are asked for.

        "What do they earn?" wants one of the lines under a job; "Which jobs are there?" wants the
        jobs without the lines under them, and "What shouldn't I buy?" what is advised against.
        """
        denial = find_denial(self._question.text)
        if denial is not None:
            denying = {
                s.block for s in spans_of(document, run.blocks) if denies(document, s, denial)
            }
            kept = tuple(index for index in run.blocks if index in denying)
            return replace(run, items=kept, blocks=kept) if kept else run
        units = WANTED_UNITS.get(self._question.ask, ())
        if units:
            told = (
                index
                for index in run.blocks
                if any(figure.unit in units for figure in find_figures(block_text(document, index)))
            )
            kept = tuple(told)
            if 0 < len(kept) < len(run.blocks):
                return replace(run, items=kept, blocks=kept)
        elif names_kind(self._question) and any(
            has_items_under(document, index) for index in run.items
        ):
            heads = (block_text(document, index).rstrip() for index in run.items)
            if not all(text.endswith(":") for text in heads):
                return replace(run, blocks=run.items)
        return run

    def _find_specific(self, document: Document, run: ListRun) -> tuple[int, ...]:
        """Return the items that a question is about by words that few of the other items have.

        A question that asks for many things, or has a word that tells more, picks none out by "use".
        A word that stands above all of them picks out none by meaning alone, and none at all where it
        says what all of them are: "which skills?" under "Key skills" wants no "Talking skills" alone;
        "which talking skills?" does.
        Who asks for steps wants each.
        """
        if _ASKS_STEPS.search(self._question.text):
            return ()
        telling = max(self._matcher.telling.values(), default=0.0)
        least = TELLS if self._question.ask in LISTING else HARDLY_TELLS * telling
        counts: dict[int, int] = {}
        firm: set[int] = set()
        above = self._matcher.stems(_text_above(document, run))
        shown = {index: self._matcher.stems(block_text(document, index)) for index in run.items}
        labels = {
            index: self._matcher.stems(item_label(document, document.blocks[index]))
            for index in run.items
        }
        *narrowed, kind = find_kind_stems(self._question) or ("",)
        named = tuple(i for i, label in labels.items() if label.issuperset((*narrowed, kind)))
        if narrowed and 0 < len(named) <= len(run.items) // 2:
            return named
        for term in self._matcher.telling_terms():
            having = [i for i in run.items if self._matcher.match(term, shown[i]) >= MATCHED]
            shared = self._matcher.match(term, above) >= MATCHED
            if shared:
                having = [i for i in having if self._matcher.match(term, labels[i]) >= MATCHED]
            if self._matcher.telling[term] < least or (shared and term == kind):
                continue
            if 0 < len(having) <= max(1, len(run.items) // 2):
                firm.update(i for i in having if not shared or term in labels[i])
                for index in having:
                    counts[index] = counts.get(index, 0) + 1
        best = max(counts.values(), default=0)
        return tuple(i for i, count in sorted(counts.items()) if count == best and i in firm)

    def _is_named_alone(self, item: Evidence, items: Sequence[int]) -> bool:
        """Say whether an item alone of some calls itself what is asked about, and no more is asked."""
        if self._question.ask in LISTING:
            return False
        labels = (item_label(item.document, item.document.blocks[index]) for index in items)
        names = (self._matcher.stems(label.partition(": ")[0]) for label in labels)
        named = [
            i for i, name in zip(items, names, strict=True) if self._matcher.has_any(name, 1.0)
        ]
        return named == [item.span.block]

    def _wants_whole(self, item: Evidence, run: ListRun) -> bool:
        """Say whether the list as a whole answers: its items do about as well as the best one.

        It does where a question leaves one of the items out, or asks for what it is introduced as:
        "where do I start?" wants all that stands under "How to begin".
        """
        document = item.document
        if self._question.left_out and self._leaves_one_out(document, run):
            return True
        begins = _BEGINS.search(self._question.text) and _BEGINS.search(_text_above(document, run))
        if begins or self._is_introduced(item, run):
            return True
        scores: dict[int, float] = {}
        for heard in self._heard.values():
            if heard.document.id == document.id:
                scores[heard.span.block] = max(heard.score, scores.get(heard.span.block, 0.0))
        others = [scores.get(block, 0.0) for block in run.items if block != item.span.block]
        if not others:
            return False
        share = sum(others) / len(others) / max(item.score, 1e-9)
        return share >= WHOLE_IF.get(self._question.ask, WHOLE_IF_ALIKE)

    def _is_introduced(self, item: Evidence, run: ListRun) -> bool:
        """Say whether what stands above a list has what is asked for, and an item nothing more of it.

        "Who hires them?" wants all that stands under "They are hired by:". Where the question does
        not say that it asks for many things, the sentence above it has to have all that it tells.
        """
        if asked_units(self._question) or self._question.ask in {*COMPARING, Ask.YES_NO}:
            return False
        lead = find_lead(item.document, run.lead)
        said = self._matcher.stems(item.document.text[lead.start : lead.end] if lead else "")
        above = self._matcher.stems(_text_above(item.document, run))
        if self._matcher.adds(self._matcher.stems(item.text), above, MATCHED):
            return False
        if self._question.ask is Ask.LIST:
            return self._matcher.has_any(above, MATCHED)
        telling = set(self._matcher.telling_terms())
        return bool(telling) and self._matcher.has_all(telling, said, MATCHED)

    def _leaves_one_out(self, document: Document, run: ListRun) -> bool:
        out = self._question.left_out
        return any(speaks_only_of(out, document, one) for one in spans_of(document, run.items))


def _text_above(document: Document, run: ListRun) -> str:
    """Return the headings and the lead-in of a list: what all of its items share."""
    lead = find_lead(document, run.lead)
    said = document.text[lead.start : lead.end] if lead else ""
    return " ".join((*document.blocks[run.items[0]].heading_path, said))
