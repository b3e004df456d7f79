"""What is set side by side: the best span for each thing that a question compares.

Knows names, levels and the scores of spans. Knows nothing of what else is said, nor of wording.
"""

from collections.abc import Sequence, Set
from itertools import compress

from assistant.asking.forms import COMPARES, COMPARING, Ask
from assistant.asking.question import Question, asked_units, names_unit
from assistant.composing.building import PassageBuilder
from assistant.composing.listing import MATCHED
from assistant.english.levels import find_on_level, names_other_level
from assistant.layout.passage import Passage
from assistant.layout.structure import name_block
from assistant.ranking.evidence import Evidence, find_defined, tells_all, tells_figure
from assistant.ranking.matching import TermMatcher
from ingest.document import Kind, cells
from ingest.spans import span_text
from ingest.words import content_set, stem

AS_LIKELY = 0.9
"""Share of the best span's probability from which another is said of one side, though all are told.

Of six such spans below it, on the development questions, none is right.
"""


UNLIKELY = 0.05
"""Share of the best span's score below which a span tells of no side, whatever it is called.

Of development questions as many are answered rightly with .02 to .1, and one in two hundred fewer with
.2; citations are the more precise the higher it is (.7189 over the guides without, .7216 with it).
"""


class Sides:
    """The things that a question sets side by side, by their words."""

    def __init__(
        self,
        question: Question,
        matcher: TermMatcher,
        builder: PassageBuilder,
        missing: Sequence[str] = (),
    ) -> None:
        """Take a question; of what is `missing` nothing is told, though a span may have its words."""
        self._question = question
        self._matcher = matcher
        self._builder = builder
        sides = [matcher.stems(side) & set(question.terms) for side in question.sides]
        lacking = [matcher.stems(named) & set(question.terms) for named in missing]
        told = [not any(one and one <= side for one in lacking) for side in sides]
        self._sides = list(compress(sides, told))
        self._named = list(compress(question.sides, told))

    def answer(self, evidence: Sequence[Evidence]) -> bool:
        """Say whether figures of the kind asked for are set side by side for all things compared.

        With all else that the question says in what tells of them, they answer it, however it is
        put: but for degrees and words for the kind of figure, which none of them need say.
        """
        if not self._asks_figures():
            return False
        units = asked_units(self._question)
        rest = set(self._question.terms).difference(*self._sides)
        for term in tuple(rest):
            word = self._matcher.written(term)
            rest -= {term} if names_unit(word, units) or COMPARES.fullmatch(word) else set()
        beside = self.find(evidence)
        return (
            len(beside) == len(self._sides) >= 2
            and all(tells_all(item, rest, self._matcher, MATCHED) for item in beside)
            and any(self._builder.may_compare(item) for item in beside)
        )

    def find(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return the best span for each thing that the question sets side by side."""
        best = [one for one in self._find_each(evidence) if one]
        apart = self._tells_figure_of_one(evidence[0])
        return [one for one in best if one.signals.unit or not apart]

    def find_unmeasured(self, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """Return the sides of which no figure is told, where one is asked for and told of others."""
        if not self._tells_figure_of_one(evidence[0]):
            return ()
        best = zip(self._named, self._find_each(evidence), strict=True)
        return tuple(name for name, one in best if one is None or not one.signals.unit)

    def _tells_figure_of_one(self, item: Evidence) -> bool:
        """Say whether a span has a figure that is asked for, and is the entry of one side alone."""
        if item.block.kind not in (Kind.ITEM, Kind.ROW) or not item.signals.unit:
            return False
        name = self._matcher.stems(name_block(item.document, item.span.block))
        named = sum(self._matcher.has_all(side, name, MATCHED) for side in self._sides)
        return self._asks_figures() and named == 1 and not self._names_each(item.text)

    def _asks_figures(self) -> bool:
        return self._question.ask in COMPARING and bool(asked_units(self._question))

    def _find_each(self, evidence: Sequence[Evidence]) -> list[Evidence | None]:
        """Return the best span for each side, one with a figure that is asked for before others."""
        best: list[Evidence | None] = []
        likely = [item for item in evidence if item.score >= UNLIKELY * evidence[0].score]
        for wanted in self._sides:
            shown = [item for item in likely if wanted and self._tells_of(item, wanted)]
            ordered = sorted(
                shown, key=lambda item: (not item.signals.unit, -self._rate_name(item, wanted))
            )
            best.append(next(iter(ordered), None))
        return best

    def keep_lacking(
        self, sides: Sequence[Evidence], best: Evidence, told: Sequence[Passage]
    ) -> Sequence[Evidence]:
        """Keep of the spans found those that are to be said beside what is told of the best one.

        Where that has all things compared, they are the entries that are called by one of them, and
        what is about as likely: "Freelancers earn more than employees" needs no sentence on visas
        for freelancers.
        """
        if best.signals.leads or not self._names_each(" ".join(passage.text for passage in told)):
            return sides
        likely = AS_LIKELY * best.signals.learned
        return [one for one in sides if self._is_entry(one) or one.signals.learned >= likely > 0]

    def concern(self, item: Evidence) -> bool:
        """Say whether a span may tell of a difference: it tells of all sides, or is the entry of one."""
        same = self._question.ask is Ask.YES_NO and len(self._sides) > 1
        if not same and self._question.ask is not Ask.DIFFERENCE:
            return True
        return self._names_each(item.text) or self._is_entry(item)

    def _names_each(self, text: str) -> bool:
        own = self._matcher.stems(text)
        return all(self._matcher.has_all(side, own, MATCHED) for side in self._sides)

    def _is_entry(self, item: Evidence) -> bool:
        """Say whether an item or row is called by one of the things compared, and by hardly more."""
        name = _label(item)
        label = self._matcher.stems(name)
        return any(
            len(content_set(name)) <= len(side) + 1 and self._matcher.has_all(side, label, MATCHED)
            for side in self._sides
        )

    def are_beside(self, item: Evidence, sides: Sequence[Evidence]) -> bool:
        """Say whether a span tells of neither of two things compared, of which both are found.

        Nor does the entry of a third, though it has their names, where both have one of their own.
        """
        if self._question.ask not in {*COMPARING, Ask.DIFFERENCE}:
            return False
        if not len(sides) == len(self._sides) > 0:
            return False
        if not any(self._tells_of(item, side) for side in self._sides):
            return True
        label = self._matcher.stems(_label(item))
        return (
            bool(label)
            and all(map(self._is_entry, sides))
            and not any(self._matcher.has_all(side, label, MATCHED) for side in self._sides)
        )

    def _tells_of(self, item: Evidence, side: Set[str]) -> bool:
        """Say whether a span tells of one side: it has its words, or is named by just these.

        What has a figure that is asked for, or is a row, has those of its heading too, and those for
        what the rows are. A word that the whole corpus is about need not be said: "self-employed
        plumbers", among plumbers; a side of such words alone is told of in every other span.
        """
        if all(self._matcher.weights[term] < 1.0 for term in side):
            heading = " ".join(item.block.heading_path[-1:])
            names = (heading, name_block(item.document, item.span.block))
            units = asked_units(self._question)
            told = [
                [word for word in content_set(name) if not names_unit(word, units)]
                for name in names
            ]
            return any(set(map(stem, name)) == side for name in told)
        side = {term for term in side if self._matcher.weights[term] == 1.0}
        name = name_block(item.document, item.span.block).partition(":")[0]
        if names_other_level(" ".join(side), name):
            return False  # "senior" is near to "junior" in meaning
        own = self._builder.own_stems(item)
        if item.block.kind is Kind.ROW or tells_figure(self._question, item.text):
            above = (*item.block.heading_path[-1:], *item.block.header[:1])
            own |= self._matcher.stems(" ".join(above))
        columns = self._name_columns(item)
        own = own.union(*(find_on_level(name, sorted(side)) for name in columns))
        return any(self._matcher.has_all(side, told, MATCHED) for told in (own, *columns))

    @staticmethod
    def _defines(item: Evidence, side: Set[str]) -> bool:
        """Say whether a sentence says what one side is: of "AWS certificates are ..." it is another."""
        defined = find_defined(span_text(item.document, item.span))
        return set(map(stem, content_set(defined))) == side

    def _name_columns(self, item: Evidence) -> list[frozenset[str]]:
        return [self._matcher.stems(name) for name in item.block.header[1:]]

    def _rate_name(self, item: Evidence, wanted: Set[str]) -> int:
        """Return 2 where an item's, row's or column's name has all of some terms, 1 where its heading helps.

        "AWS: ..." says more about AWS than a sentence that lists it among others, as what is called
        by both things compared does. So does "AWS is ...", where a difference is asked for.
        """
        if self._question.ask is Ask.DIFFERENCE and self._defines(item, wanted):
            return 2
        name = name_block(item.document, item.span.block)
        heading = " ".join(item.block.heading_path[-1:])
        if any(self._matcher.has_all(wanted, own, MATCHED) for own in self._name_columns(item)):
            return 2
        if len(self._sides) > 1 and self._names_each(name):
            return 0
        named = (self._matcher.stems(text) for text in (name, f"{heading} {name}"))
        return sum(self._matcher.has_all(wanted, own, MATCHED) for own in named)


def _label(item: Evidence) -> str:
    """Return what an item or row calls itself, which may be all of it; "" for prose."""
    if item.block.kind is Kind.ROW:
        return cells(item.document, item.block)[0]
    return item.text.partition(":")[0] if item.block.kind is Kind.ITEM else ""
