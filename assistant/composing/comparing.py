"""Which lines of lists and sections a question wants set side by side, with their figures.

Knows what can be compared and the names of what a question compares. Knows nothing of tables, nor of
which spans are worth saying.
"""

from collections.abc import Sequence, Set

from assistant.asking.forms import COMPARES, COMPARING
from assistant.asking.question import Question, asked_units, wanted_units
from assistant.asking.thresholds import Threshold
from assistant.composing.listing import MATCHED
from assistant.english.degrees import name_attributes
from assistant.english.figures import Unit
from assistant.layout.comparison import (
    Contender,
    Figures,
    find_alike,
    find_contenders,
    find_cousins,
    find_told,
)
from assistant.layout.parallels import find_label
from assistant.layout.passage import Passage, Shape, block_text
from assistant.ranking.evidence import Evidence, tells_figure
from assistant.ranking.matching import TermMatcher
from ingest.document import Document
from ingest.words import stem


class ComparisonReader:
    """Sets items and lines of sections laid out alike side by side, for one question."""

    def __init__(self, question: Question, matcher: TermMatcher) -> None:
        self._question = question
        self._matcher = matcher

    def build(self, item: Evidence) -> Passage | None:
        """Set an item's figure beside those it can be compared with, if the question asks to."""
        if self._question.threshold:
            return self._build_admitted(item, self._question.threshold)
        if self._question.ask not in COMPARING:
            return None
        units = self._find_units(item)
        finders = (find_contenders, find_cousins) if self._question.sides else (find_contenders,)
        for find in finders:
            contenders = find(item.document, item.span.block, units)
            if item.span.block not in {contender.span.block for contender in contenders}:
                continue
            chosen = self._keep_asked(item.document, contenders)
            if len(chosen) >= 2 and (find is find_contenders or self._names_sides(chosen)):
                spans = tuple(contender.span for contender in chosen)
                return Passage(Shape.LIST, item.document, spans, item.score, compared=True)
        return None

    def find_figures(self, passage: Passage) -> list[Figures]:
        """Return the figures that are asked for of each line of a passage."""
        units = wanted_units(self._question)
        return [one.figures for one in find_told(passage.document, passage.spans, units)]

    def _find_units(self, item: Evidence) -> tuple[Unit, ...]:
        """Return the kinds of figure by which a line is compared: those asked for, or any.

        Any will do where the line is called by what is asked ("Length: 14 km", by "the longest");
        where it is called by something else, none but for two things named side by side. "Shortest
        stay: 2 nights" is called by the degree itself, and nobody asks for the shortest shortest.
        """
        label = self._matcher.stems(find_label(item.document, item.span.block))
        if label.intersection(map(stem, COMPARES.findall(self._question.text))):
            return ()
        if tells_figure(self._question, item.text):
            return asked_units(self._question)
        measured = not label.isdisjoint(name_attributes(self._question.text))
        if measured or self._matcher.has_any(label, MATCHED):
            return tuple(Unit)
        alike = [
            self._matcher.stems(name) for name, _ in find_alike(item.document, item.span.block)
        ]
        sides = [self._matcher.stems(side) for side in self._question.sides]
        named = any(self._names_side(side, own) for side in sides for own in alike)
        return wanted_units(self._question) if named or len(alike) < 2 else ()

    def _build_admitted(self, item: Evidence, threshold: Threshold) -> Passage | None:
        """Say those of the items that an item can be compared with whose figures pass a limit."""
        document = item.document
        contenders = find_contenders(document, item.span.block, asked_units(self._question))
        spans = tuple(one.span for one in contenders if threshold.admits(one.figures))
        if len(contenders) < 2 or not spans:
            return None
        return Passage(Shape.LIST, document, spans, item.score, compared=True)

    def _names_sides(self, contenders: Sequence[Contender]) -> bool:
        """Say whether each side of the question is named by one of some things compared."""
        named = [self._matcher.stems(one.name) for one in contenders]
        sides = [self._matcher.stems(side) for side in self._question.sides]
        return all(any(self._names_side(side, own) for own in named) for side in sides)

    def _keep_asked(
        self, document: Document, contenders: Sequence[Contender]
    ) -> Sequence[Contender]:
        """Keep of what may be compared what the question names; of two sides, one for each or none.

        "Data scientists or developers?" asks for no research scientists; what stands in no list
        beside the other is not compared there, nor what one item says of both. "The cheapest inn"
        is no matter of inns beside hotels.
        """
        named = [(one, self._matcher.stems(one.name)) for one in contenders]
        told = [self._matcher.stems(block_text(document, one.span.block)) for one in contenders]
        shared = {term for term in self._matcher.terms if self._is_in_all(term, told)}
        sides = [self._matcher.stems(side) - shared for side in self._question.sides]
        full = [
            [one for one, own in named if self._names_side(side, own, 1.0)]
            or [one for one, own in named if self._names_side(side, own)]
            for side in sides
        ]
        both = any(all(self._names_side(side, own) for side in sides) for own in told)
        if sides and both:
            return ()
        if any(full):
            return [one for one in contenders if any(one in f for f in full)] if all(full) else ()
        any_named = [one for one, own in named if self._matcher.has_any(own, MATCHED)]
        if len(any_named) == 1 and not sides:
            return ()
        return any_named if len(any_named) >= 2 else contenders

    def _is_in_all(self, term: str, told: Sequence[frozenset[str]]) -> bool:
        return all(self._matcher.match(term, one) >= MATCHED for one in told)

    def _names_side(self, side: Set[str], own: frozenset[str], least: float = MATCHED) -> bool:
        """Say whether a name has all words of one side that the question is about."""
        asked = side & set(self._question.terms)
        return bool(asked) and self._matcher.has_all(asked, own, least)
