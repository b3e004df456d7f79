"""Which passages answer a question: the best ones of every document that has one.

Knows the scores of spans. Knows nothing of how a passage is built or joined to others, of wording or
of models.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.forms import COMPARING, LISTING, Ask
from assistant.asking.negation import asks_what_not
from assistant.asking.question import Question, is_topic
from assistant.composing.building import BARE_REPLY, PassageBuilder
from assistant.composing.disagreement import is_opposed
from assistant.composing.joining import ChosenPassages
from assistant.composing.listing import DIRECT, MATCHED
from assistant.composing.precedence import VERY_QUESTION, Precedence, find_turning
from assistant.composing.sides import Sides
from assistant.english.levels import names_one_level, names_other_level
from assistant.layout.passage import Passage, Shape
from assistant.layout.structure import find_lead, name_block
from assistant.ranking.agents import names_other_agent
from assistant.ranking.evidence import LOOKED_AT, Evidence, list_firsts, stems_around, tells_all
from assistant.ranking.lacking import HINTED
from assistant.ranking.matching import TermMatcher
from assistant.ranking.pooling import pool_lists
from ingest.document import Kind

CONFIDENT = 0.85
"""A further span of a document that is quoted already is said from this share of the best score.

On the development questions .7 answers one in a hundred more rightly over either set of articles, but
none more of 271 fresh ones, which it cites less precisely (.758 for .764); .92 cites no more precisely
than this.
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

LIKELY = 0.8
"""Share of the highest probability that the learned scorer gives any span which it has to give a
further one for that to be said: of a short question all spans are unlikely.

On the development questions .85 cites hardly more precisely (.89 over ../shared/articles, .89 over
the bundled articles, either way), loses one of the articles that a full answer needs, and a right
answer of 158 over the guides; .9 loses such an article in one answer of fifty.
"""

NAMED = 0.3
"""Share of a yes/no question's terms that a further span of an article heard already has to have.

Of 13 such spans below it, on the development questions, 2 are right, and of 27 others 22; with .45
two right answers are lost.
"""

RIVAL = 0.7
LIKELY_RIVAL = 0.65
"""Share of the best score from which the second is said as well, where neither reaches the floor,
and of the probability that the learned scorer gives the best one.

Of the guides' development questions .6 answers half in a hundred more rightly, and cites worse by a
quarter; of 271 fresh ones it answers none more. Of eight that are less likely, on the development
questions over all corpora, one holds a fact that was asked for.
"""

OPPOSED = 0.3
OPPOSED_FLOOR = 0.05
OPPOSED_LIKELY = 0.6
"""The same share and score for an article that says the contrary of those heard, or another figure,
and the probability that the learned scorer has to give what it says.

With .2 three weeks of rest were set against nine months of training.
"""

OPPOSED_NAMED = 0.35
"""Probability from which it is said where it names the very thing: then its own words show the
contrary, and the share of the best score tells little."""

OF_IT = 0.1
OF_IT_COVERED = 0.5
OF_IT_HINTED = 0.3
OF_IT_LIKELY = 0.65
OF_IT_SAID = 0.45
"""Share of the best score from which an article is heard whose best span, with what stands above it,
has half of what is asked, or a third of it and as much as the best of all has. It has to be as likely
as `OF_IT_LIKELY`, or as `OF_IT_SAID` where a yes or no is asked for.

Two articles that answer a yes or no differently seldom do so in like words, and the one further from
the question's gets a tenth of the other's score. Of 2,275 articles not heard, on the development
questions over all corpora, 115 have something that answers: these find one in five of them, and what
they say is right for two in five; of all that other articles say to a yes/no question, one in two is.
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
        self._builder = PassageBuilder(question, matcher, evidence)
        self._sides = Sides(question, matcher, self._builder, missing)

    def choose(self, floor: float) -> tuple[Passage, ...]:
        """Choose passages.

        The best span is always said, and the best one for each side of a comparison; of the others
        those that score `floor` or more, or less for a document that is not quoted yet.
        """
        evidence = Precedence(self._question, self._matcher, self._builder).sort(self._evidence)
        chosen = ChosenPassages()
        sides = self._sides.find(evidence)
        if not self._sides.are_beside(evidence[0], sides):
            chosen.add(self._tell(evidence[0]), always=True)
        for item in self._sides.keep_lacking(sides, evidence[0], chosen.passages):
            if not chosen.says(item):
                chosen.add(self._builder.build_side(item), always=True)
        further = self._find_further(evidence)
        self._hear_each(further, evidence[0].score, chosen)
        if self._question.ask in LISTING:
            lists = self._find_further([evidence[0], *pool_lists(evidence[1:])])
            self._hear_each(lists, evidence[0].score, chosen)
        self._hear_of_it(evidence, chosen)
        if is_topic(self._question):
            self._hear_on_topic(evidence, chosen)
        self._hear_opposed(evidence, chosen)
        self._hear_again(further, evidence[0], floor, chosen)
        if self._question.ask is Ask.LIST:
            self._hear_paragraph(evidence, chosen)
        self._hear_rival(evidence, floor, chosen)
        return chosen.put_in_order()

    def _hear_again(
        self, further: Sequence[Evidence], best: Evidence, floor: float, chosen: ChosenPassages
    ) -> None:
        """Say what scores about as much as the best span, of articles heard already too."""
        share = DENIED if asks_what_not(self._question.text) else CONFIDENT
        least = max(floor, share * best.score)
        for item in further:
            if item.score < least or chosen.says(item) or not self._answers_itself(item, best):
                continue
            told = self._tell(item)
            chosen.add(told if chosen.has_room(told, item) else ())

    def _answers_itself(self, item: Evidence, best: Evidence) -> bool:
        """Say whether a further span itself has what is asked, and is not only near what has it.

        That is some of what a yes or a no is asked of, if its heading does not ask just that, or a
        figure where the best span has one; what "how much" asks for may be no money.
        """
        signals = item.signals
        if self._question.ask is Ask.YES_NO:
            return signals.own >= NAMED or signals.heading >= VERY_QUESTION
        return self._question.ask is Ask.AMOUNT or signals.unit >= best.signals.unit

    def _hear_rival(
        self, evidence: Sequence[Evidence], floor: float, chosen: ChosenPassages
    ) -> None:
        """Say the second best span too, where the best is unsure and this is about as good."""
        best, *others = evidence
        if best.score >= floor or not others or others[0].score < RIVAL * best.score:
            return
        if others[0].signals.learned < LIKELY_RIVAL * best.signals.learned:
            return
        if not chosen.says(others[0]):
            chosen.add(self._tell_briefly(others[0]))

    def _find_further(self, evidence: Sequence[Evidence], likely: float = 1.0) -> list[Evidence]:
        """Return what may be said beside the best span; beside a definition, that is another one."""
        likely = min(likely, LIKELY * max(item.signals.learned for item in evidence))
        turning = self._find_turning(evidence[0])
        further = [
            item
            for item in evidence[1:]
            if item.signals.learned >= likely
            and self._sides.concern(item)
            and tells_all(item, turning, self._matcher, HINTED)
        ]
        if evidence[0].signals.defines:
            return [item for item in further if item.signals.defines]
        return further

    def _find_turning(self, best: Evidence) -> frozenset[str]:
        """Return the words that the question turns on and that the best span has, or what is above it.

        A span without them may be likely for all else that the question says.
        """
        turning = find_turning(self._matcher)
        around = stems_around(best.document, best.span, self._matcher) if turning else frozenset()
        return frozenset(t for t in turning if self._matcher.match(t, around) >= MATCHED)

    def _hear_paragraph(self, evidence: Sequence[Evidence], chosen: ChosenPassages) -> None:
        """Say the other sentences of the best span's paragraph that do about as well: a list in prose."""
        best = evidence[0]
        for item in evidence[1:]:
            beside = (item.document.id, item.span.block) == (best.document.id, best.span.block)
            if beside and item.score >= ELSEWHERE * best.score and not chosen.says(item):
                chosen.add(self._tell(item))

    def _hear_each(self, further: Sequence[Evidence], best: float, chosen: ChosenPassages) -> None:
        """Say the best span of every article once, before one is heard again."""
        least = max(ELSEWHERE_FLOOR, ELSEWHERE * best)
        listing = LISTED_FROM * best if self._question.ask is Ask.LIST else 1.0
        for item in list_firsts(further):
            if item.score < least or item.document.id in chosen.documents:
                continue
            told = self._tell(item)
            lists = [one for one in told if one.shape is Shape.LIST and item.span in one.spans]
            if lists and self._question.ask is Ask.LIST:
                told = lists  # what stands around it in its section is not what is asked for
            spare = LISTED if item.score >= listing and told[0].shape is Shape.LIST else 0
            if chosen.has_room(told, item, spare):
                chosen.add(told, spare=spare)
            else:
                chosen.add(self._tell_briefly(item), spare=BRIEFLY)

    def _hear_of_it(self, evidence: Sequence[Evidence], chosen: ChosenPassages) -> None:
        """Say of articles not heard yet what names the very thing, though in less likely words."""
        if self._question.ask in COMPARING or self._question.sides:
            return
        best = evidence[0]
        covered = min(OF_IT_COVERED, max(OF_IT_HINTED, best.signals.coverage))
        likely = OF_IT_SAID if self._question.ask is Ask.YES_NO else OF_IT_LIKELY
        for item in list_firsts(self._find_further(evidence, likely)):
            of_it = item.signals.coverage >= covered and item.signals.unit
            heard = item.score < OF_IT * best.score or item.document.id in chosen.documents
            if of_it and not heard:
                chosen.add(self._tell_briefly(item), spare=BRIEFLY)

    def _hear_on_topic(self, evidence: Sequence[Evidence], chosen: ChosenPassages) -> None:
        """Say of every article not heard yet what has all words of a topic, if it scores anything.

        Who names a topic and asks nothing of it wants what each article has on it.
        """
        least = max(ON_TOPIC_FLOOR, ON_TOPIC * evidence[0].score)
        named = [item for item in evidence if item.signals.own >= MATCHED]
        for item in list_firsts(named):
            if item.score >= least and item.document.id not in chosen.documents:
                chosen.add(self._tell_briefly(item), spare=BRIEFLY)

    def _hear_opposed(self, evidence: Sequence[Evidence], chosen: ChosenPassages) -> None:
        """Say of articles not heard yet what differs from what the others say."""
        least = max(OPPOSED_FLOOR, OPPOSED * evidence[0].score)
        for item in evidence[:LOOKED_AT]:
            direct = _is_direct(item)
            if item.score < (OPPOSED_FLOOR if direct else least):
                continue
            if item.signals.learned < (OPPOSED_NAMED if direct else OPPOSED_LIKELY):
                continue
            if item.document.id in chosen.documents:
                continue
            told = self._tell_briefly(item)
            if told and is_opposed(self._question, chosen.passages, told[0]):
                chosen.add(told, spare=BRIEFLY)

    def _tell_briefly(self, item: Evidence) -> list[Passage]:
        """Tell a span without its list or section, if it says something so."""
        if item.block.kind is Kind.ROW or item.signals.leads:
            return []
        return [replace(self._builder.build_alone(item), direct=_is_direct(item))]

    def tells_extreme(self, passages: Sequence[Passage]) -> bool:
        """Say whether any of the passages chosen sets comparable figures side by side."""
        return any(map(self._builder.tells_extreme, passages))

    def find_unmeasured(self) -> tuple[str, ...]:
        """Return the things compared of which no figure that is asked for is told, as of others."""
        return self._sides.find_unmeasured(self._evidence)

    def finds_sides(self) -> bool:
        """Say whether figures of the kind asked for are set side by side for all things compared."""
        return self._sides.answer(self._evidence)

    def _tell(self, item: Evidence) -> list[Passage]:
        direct = _is_direct(item)
        return [replace(passage, direct=direct) for passage in self._builder.build(item)]


def _is_direct(item: Evidence) -> bool:
    """Say whether a span itself has most of what is asked; a bare "No." has it from its heading."""
    return item.signals.own >= DIRECT or bool(BARE_REPLY.fullmatch(item.text))
