"""Which passages answer a question: the best ones of every document that has one.

Knows the scores of spans. Knows nothing of how a passage is built or joined to others, of wording or
of models.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from assistant.agents import names_other_agent
from assistant.answerability import HINTED
from assistant.asked import Form, find_form
from assistant.building import BARE_REPLY, PassageBuilder
from assistant.denial import asks_what_not
from assistant.disagreement import is_opposed
from assistant.evidence import LOOKED_AT, Evidence, stems_around, tells_figure
from assistant.joining import ChosenPassages
from assistant.levels import find_on_level, names_one_level, names_other_level
from assistant.listing import DIRECT, MATCHED
from assistant.matching import TermMatcher
from assistant.passage import Passage, Shape
from assistant.polarity import judge_polarity, tells_other_need
from assistant.question import (
    COMPARES,
    COMPARING,
    Ask,
    Question,
    asked_units,
    is_topic,
    names_unit,
)
from assistant.shown import Shown
from assistant.structure import find_lead, name_block
from ingest.document import Kind
from ingest.words import content_set, stem

CONFIDENT = 0.85
"""A further span of a document that is quoted already is said from this share of the best score.

On the development questions .93 cites no more precisely over ../shared/articles (.85), and loses a
right answer in a hundred over the bundled articles.
"""

DENIED = 0.6
"""The same share where a question asks for what is not so: what denies is told one by one, seldom in
a list. With .4 sentences are told that only have a "not" in them.
"""

ELSEWHERE = 0.4
ELSEWHERE_FLOOR = 0.12
"""Share of the best score, and score, from which a document not quoted yet is heard too.

On the development questions over ../shared/articles: .2 gives citation precision .67 and sources
met .85, .35 gives .70 and .83, .5 gives .73 and .83, all with the same right answers (.73); over
the bundled articles .5 loses one right answer in a hundred. A floor of .25 loses one in two hundred
over either, and cites no more precisely.

Fitted decisions (logistic, and boosted trees, on 32 signals of a span and of the best one) instead of
these thresholds, cross-validated, tell right further spans from others hardly better: of those that
are said .73 are right, of as many that such a decision would say .72.
"""

ON_TOPIC = 0.1
ON_TOPIC_FLOOR = 0.04
"""The same for an article whose span has all words of a topic that nothing is asked of.

No development question is answered worse by it. To a topic alone ("cameras", "communities") the
learned scorer, which learnt from questions, says as little as .23 of a span that tells of it.
"""

LIKELY = 0.6
AS_LIKELY = 0.85
"""Probability that the learned scorer has to give a further span for it to be said, or the share of
the best one's, where that is less.

Of those below .6, on the development questions over all corpora, a third is right; with .7 a right
answer in a hundred is lost, with .8 two. A short question rates all spans low.
"""

RIVAL = 0.7
"""Share of the best score from which the second is said as well, where neither reaches the floor.

Of the guides' questions in other words than the articles' .55 are then answered rightly, .52
without it, and as precisely (.49); with .5 it is .56, but at a precision of .45.
"""

VERY_QUESTION = 0.9
"""Cosine from which a heading asks the very question: on the development questions .8 and .85 find
no more right answers, and cite less precisely."""

TURNS_ON = 0.9
"""A heading asks something else, and a further span tells of it, if nothing of a word that tells this
much is there.

It changes two answers to the development questions (precision .80 instead of .71, .67 instead of
.71), and takes what is told of no framework from an answer about frameworks.
"""
NAMING = 0.7
HALF = 0.5
"""Share of the best score from which a span that names something asked about, half matched or
better, is said before one that names nothing and only stands below a heading that does."""

OPPOSED = 0.3
OPPOSED_FLOOR = 0.05
"""The same share and score for an article that says the contrary of those heard, or another figure.

With .2 three weeks of rest were set against nine months of training.
"""

BRIEFLY = 200
"""Characters past the room of an answer that articles not heard yet may take, a sentence each.

On the development questions over ../shared/articles the articles that a full answer needs are met
in .91 of cases with it and in .87 without, with the same citation precision (.85), and one right
answer in a hundred more.
"""

LISTED = 500
LISTED_FROM = 0.6
"""The same for a list, from this share of the best score, where a question asks for one: an item of
it alone is no answer."""

NAMED_BETTER = 0.15
"""How much more of the question's terms the name of another row or item must have for this one to
be passed over: half of one term in three."""


def keep_tellable(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Keep the spans that stand under no name that is another's, and tell of no other level.

    None is left out of a comparison, nor all that there are.
    """
    if question.ask in COMPARING:
        return evidence
    of_level = names_one_level(question.text)
    return [
        item
        for item in evidence
        if item.signals.kin < NAMED_BETTER
        and not names_other_agent(question, item)
        and not (of_level and _tells_other_level(question, item))
    ] or evidence


def _tells_other_level(question: Question, item: Evidence) -> bool:
    """Say whether a span's own name is for another level, or all that stands around it is."""
    document, block = item.document, item.block
    lead = find_lead(document, block.parent)
    above = document.text[lead.start : lead.end] if lead else ""
    around = " ".join((*block.heading_path[-1:], above, *block.header, item.text))
    name = name_block(document, item.span.block).partition(":")[0]
    return any(names_other_level(question.text, said) for said in (name, around))


class PassageChooser:
    """Chooses what to say: the best passages, from every document that has one."""

    def __init__(
        self,
        question: Question,
        matcher: TermMatcher,
        evidence: Sequence[Evidence],
        missing: Sequence[str] = (),
    ) -> None:
        """Take a question and its evidence, sorted best first and not empty.

        Of what is `missing` nothing is told, though a span may have its words.
        """
        self._question = question
        self._matcher = matcher
        self._evidence = evidence
        sides = [matcher.stems(side) & set(question.terms) for side in question.sides]
        lacking = [matcher.stems(named) & set(question.terms) for named in missing]
        self._sides = [side for side in sides if not any(one and one <= side for one in lacking)]
        self._builder = PassageBuilder(question, matcher, evidence)

    def choose(self, floor: float) -> tuple[Passage, ...]:
        """Choose passages.

        The best span is always said, and the best one for each side of a comparison; of the others
        those that score `floor` or more, or less for a document that is not quoted yet.
        """
        evidence = self._evidence
        if self._question.ask is Ask.SUPERLATIVE:
            evidence = self._put_comparable_first(evidence)
        elif self._question.ask is Ask.YES_NO:
            evidence = self._put_naming_first(self._put_decisive_first(evidence))
        elif self._question.ask not in COMPARING:
            evidence = self._put_asked_section_first(evidence)
        chosen = ChosenPassages()
        sides = self._for_sides(evidence)
        if not self._is_beside(evidence[0], sides):
            chosen.add(self._tell(evidence[0]), always=True)
        for item in sides:
            if not chosen.says(item):
                chosen.add(self._builder.build_side(item), always=True)
        further = self._find_further(evidence)
        self._hear_each(further, evidence[0].score, chosen)
        if is_topic(self._question):
            self._hear_on_topic(evidence, chosen)
        self._hear_opposed(evidence, chosen)
        again = DENIED if asks_what_not(self._question.text) else CONFIDENT
        least = max(floor, again * evidence[0].score)
        for item in further:
            if item.score >= least and not chosen.says(item):
                told = self._tell(item)
                chosen.add(told if chosen.has_room(told, item) else ())
        self._hear_rival(evidence, floor, chosen)
        return chosen.put_in_order()

    def _hear_rival(
        self, evidence: Sequence[Evidence], floor: float, chosen: ChosenPassages
    ) -> None:
        """Say the second best span too, where the best is unsure and this is about as good."""
        best, *others = evidence
        if best.score >= floor or not others or others[0].score < RIVAL * best.score:
            return
        if not chosen.says(others[0]):
            chosen.add(self._tell_briefly(others[0]))

    def _find_further(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return what may be said beside the best span; beside a definition, that is another one."""
        likely = min(LIKELY, AS_LIKELY * max(item.signals.learned for item in evidence))
        turning = self._find_turning(evidence[0])
        further = [
            item
            for item in evidence[1:]
            if item.signals.learned >= likely and self._tells_all(item, turning, HINTED)
        ]
        if evidence[0].signals.defines:
            return [item for item in further if item.signals.defines]
        return further

    def _find_turning(self, best: Evidence) -> frozenset[str]:
        """Return the words that the question turns on and that the best span has, or what is above it.

        A span without them may be likely for all else that the question says.
        """
        turning = {t for t in self._matcher.telling_terms() if self._turns_on(t)}
        around = stems_around(best.document, best.span, self._matcher) if turning else frozenset()
        return frozenset(t for t in turning if self._matcher.match(t, around) >= MATCHED)

    def _turns_on(self, term: str) -> bool:
        return self._matcher.telling[term] >= TURNS_ON and self._matcher.is_known(term)

    def _hear_each(self, further: Sequence[Evidence], best: float, chosen: ChosenPassages) -> None:
        """Say the best span of every article once, before one is heard again."""
        least = max(ELSEWHERE_FLOOR, ELSEWHERE * best)
        listing = LISTED_FROM * best if self._question.ask is Ask.LIST else 1.0
        for item in _find_firsts(further):
            if item.score < least or item.document.id in chosen.documents:
                continue
            told = self._tell(item)
            spare = LISTED if item.score >= listing and told[0].shape is Shape.LIST else 0
            if chosen.has_room(told, item, spare):
                chosen.add(told, spare=spare)
            else:
                chosen.add(self._tell_briefly(item), spare=BRIEFLY)

    def _hear_on_topic(self, evidence: Sequence[Evidence], chosen: ChosenPassages) -> None:
        """Say of every article not heard yet what has all words of a topic, if it scores anything.

        Who names a topic and asks nothing of it wants what each article has on it.
        """
        least = max(ON_TOPIC_FLOOR, ON_TOPIC * evidence[0].score)
        named = [item for item in evidence if item.signals.own >= MATCHED]
        for item in _find_firsts(named):
            if item.score >= least and item.document.id not in chosen.documents:
                chosen.add(self._tell_briefly(item), spare=BRIEFLY)

    def _hear_opposed(self, evidence: Sequence[Evidence], chosen: ChosenPassages) -> None:
        """Say of articles not heard yet what differs from what the others say."""
        least = max(OPPOSED_FLOOR, OPPOSED * evidence[0].score)
        likely = [item for item in evidence[:LOOKED_AT] if item.signals.learned >= LIKELY]
        for item in likely:
            if item.score < least or item.document.id in chosen.documents:
                continue
            if item.block.kind is Kind.ROW or item.signals.leads:
                continue
            told = self._builder.build_alone(item)
            if is_opposed(self._question, chosen.passages, told):
                chosen.add([replace(told, direct=_is_direct(item))], spare=BRIEFLY)

    def _put_naming_first(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Put what names something asked about before what only stands under a heading that does."""
        best = evidence[0]
        if self._names_any(best) or BARE_REPLY.fullmatch(best.text):
            return evidence
        for at, item in enumerate(evidence[:LOOKED_AT]):
            if item.score >= NAMING * best.score and self._names_any(item):
                return [item, *evidence[1:at], *evidence[at + 1 :]]
        return evidence

    def _names_any(self, item: Evidence) -> bool:
        return self._matcher.has_any(self._builder.own_stems(item), HALF)

    def _put_decisive_first(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Let each article speak by what says yes or no to a need, where it scores not much less.

        What tells of another need is not said beside it.
        """
        if find_form(self._question.text) not in (Form.NEED, Form.CHOICE, Form.WITHOUT):
            return evidence
        decisive = [item for item in evidence[:LOOKED_AT] if self._decides(item)]
        if any(one.score >= ELSEWHERE * evidence[0].score for one in decisive):
            evidence = [item for item in evidence if not self._tells_other_need(item)]
        kept = list(evidence)
        for first in _find_firsts(evidence[:LOOKED_AT]):
            own = [one for one in decisive if one.document.id == first.document.id]
            if own and own[0].score >= ELSEWHERE * first.score and own[0] is not first:
                kept.remove(own[0])
                kept[kept.index(first)] = own[0]
        return kept

    def _tells_other_need(self, item: Evidence) -> bool:
        return tells_other_need(
            self._question.text, item.text, Shown(item.document, item.span).headings
        )

    def _decides(self, item: Evidence) -> bool:
        shown = Shown(item.document, item.span)
        text = self._question.text
        return judge_polarity(text, shown.quote, shown.posed, shown.headings) is not None

    def _tell_briefly(self, item: Evidence) -> list[Passage]:
        """Tell a span without its list or section, if it says something so."""
        if item.block.kind is Kind.ROW or item.signals.leads:
            return []
        return [replace(self._builder.build_alone(item), direct=_is_direct(item))]

    def tells_extreme(self, passages: Sequence[Passage]) -> bool:
        """Say whether any of the passages chosen sets comparable figures side by side."""
        return any(map(self._builder.tells_extreme, passages))

    def finds_sides(self) -> bool:
        """Say whether figures of the kind asked for are set side by side for all things compared.

        With all else that the question says in what tells of them, they answer it, however it is
        put: but for degrees and words for the kind of figure, which none of them need say.
        """
        units = asked_units(self._question)
        if self._question.ask not in COMPARING or not units:
            return False
        rest = set(self._question.terms).difference(*self._sides)
        for term in tuple(rest):
            word = self._matcher.written(term)
            rest -= {term} if names_unit(word, units) or COMPARES.fullmatch(word) else set()
        beside = self._for_sides(self._evidence)
        return (
            len(beside) == len(self._sides) >= 2
            and all(self._tells_all(item, rest) for item in beside)
            and any(self._builder.may_compare(item) for item in beside)
        )

    def _tells_all(self, item: Evidence, terms: Set[str], least: float = MATCHED) -> bool:
        around = stems_around(item.document, item.span, self._matcher) if terms else frozenset()
        return self._matcher.has_all(terms, around, least)

    def _put_comparable_first(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Put a span first whose figure can be set beside others, where the best one's can't.

        Pay in five currencies tells nobody what pays best; a sentence may say it in words.
        """
        if evidence[0].block.kind is Kind.PARAGRAPH:
            return evidence
        least = ELSEWHERE * evidence[0].score
        for at, item in enumerate(evidence):
            if item.score >= least and self._builder.may_compare(item):
                return [item, *evidence[:at], *evidence[at + 1 :]]
        return evidence

    def _put_asked_section_first(self, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
        """Put a span first whose heading asks the very question, where it scores not much less.

        "These tips help you to become a baker" is nearer to "How do I become a baker?" than the
        tips, which stand under that heading.
        """
        if evidence[0].signals.heading >= VERY_QUESTION:
            return evidence
        least = ELSEWHERE * evidence[0].score
        for at, item in enumerate(evidence):
            if item.score < least or item.signals.heading < VERY_QUESTION:
                continue
            if not self._asks_other(item):
                return [item, *evidence[:at], *evidence[at + 1 :]]
        return evidence

    def _asks_other(self, item: Evidence) -> bool:
        """Say whether a span's heading lacks a word that the question turns on, however near it is.

        "Who hires carpenters?" is near "Who is a carpenter?" for the carpenters that both are about.
        """
        above = self._matcher.stems(" ".join((item.document.title, *item.block.heading_path)))
        return any(
            self._turns_on(term) and self._matcher.match(term, above) < HINTED
            for term in self._matcher.telling_terms()
        )

    def _tell(self, item: Evidence) -> list[Passage]:
        direct = _is_direct(item)
        return [replace(passage, direct=direct) for passage in self._builder.build(item)]

    def _for_sides(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return the best span for each thing that the question sets side by side."""
        best = []
        for wanted in self._sides:
            shown = [item for item in evidence if wanted and self._tells_of(item, wanted)]
            best += sorted(
                shown, key=lambda item: (not item.signals.unit, -self._rate_name(item, wanted))
            )[:1]
        return best

    def _is_beside(self, item: Evidence, sides: Sequence[Evidence]) -> bool:
        """Say whether a span tells of neither of two things compared, of which both are found."""
        return (
            self._question.ask in {*COMPARING, Ask.DIFFERENCE}
            and len(sides) == len(self._sides) > 0
            and not any(self._tells_of(item, side) for side in self._sides)
        )

    def _tells_of(self, item: Evidence, side: Set[str]) -> bool:
        """Say whether a span tells of one side: it has its words, or is named by just these.

        What has a figure that is asked for, or is a row, has those of its heading too. A side that
        the whole corpus is about is told of in every other span.
        """
        if all(self._matcher.weights[term] < 1.0 for term in side):
            heading = " ".join(item.block.heading_path[-1:])
            names = (heading, name_block(item.document, item.span.block))
            return any(set(map(stem, content_set(name))) == side for name in names)
        name = name_block(item.document, item.span.block).partition(":")[0]
        if names_other_level(" ".join(side), name):
            return False  # "senior" is near to "junior" in meaning
        own = self._builder.own_stems(item)
        if item.block.kind is Kind.ROW or tells_figure(self._question, item.text):
            own |= self._matcher.stems(" ".join(item.block.heading_path[-1:]))
        columns = map(self._matcher.stems, item.block.header[1:])
        own = own.union(*(find_on_level(name, sorted(side)) for name in columns))
        return self._matcher.has_all(side, own, MATCHED)

    def _rate_name(self, item: Evidence, wanted: Set[str]) -> int:
        """Return 2 where an item's or row's own name has all of some terms, 1 where its heading helps.

        "AWS: ..." says more about AWS than a sentence that lists it among others.
        """
        name = name_block(item.document, item.span.block)
        heading = " ".join(item.block.heading_path[-1:])
        named = (self._matcher.stems(text) for text in (name, f"{heading} {name}"))
        return sum(self._matcher.has_all(wanted, own, MATCHED) for own in named)


def _find_firsts(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the best span of each article; a lesser one is no better for being short."""
    firsts: dict[str, Evidence] = {}
    for item in evidence:
        firsts.setdefault(item.document.id, item)
    return list(firsts.values())


def _is_direct(item: Evidence) -> bool:
    """Say whether a span itself has most of what is asked; a bare "No." has it from its heading."""
    return item.signals.own >= DIRECT or bool(BARE_REPLY.fullmatch(item.text))
