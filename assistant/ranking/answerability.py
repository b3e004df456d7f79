"""Whether the articles can answer a question, decided before anything is written.

Knows the signals of sufficiency and weighs them. Knows nothing of wording or of models.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from assistant.answer import Outcome, Verdict
from assistant.asking.forms import LISTING, OF_MANY, WANTED_UNITS, Ask
from assistant.asking.negation import asks_what_not
from assistant.asking.question import Question, asked_units, is_topic, names_unit
from assistant.english.figures import Unit
from assistant.english.noun_phrases import VERBS
from assistant.layout.structure import name_block
from assistant.ranking.agents import find_other_agent
from assistant.ranking.denomination import find_currency, find_other_year, tells_in_others
from assistant.ranking.evidence import Evidence, stems_around
from assistant.ranking.lacking import (
    BEST,
    HALF_KNOWN,
    HINTED,
    TELLING,
    find_lacking_option,
    find_lacking_side,
    find_place_within,
    find_unheard,
    find_unknown_aim,
    find_unknown_name,
    find_unnamed_thing,
    gather_stems,
)
from assistant.ranking.matching import SHARED_MEANING, TermMatcher
from assistant.ranking.weighing import Weighing, signal_values
from ingest.spans import span_text
from ingest.words import stem, words

DECISIVE = 16
"""Chunks, the best found, on whose spans a verdict rests.

With all 24 that are searched, two of 41 development questions of the guides that the articles do not
answer are declined no longer: further off more is alike by chance.
"""

HEARD = 16
"""Spans of which the lower half tells what the learned scorer says to any passage."""

DENIED = 0.4
"""Probability of the learned scorer that a question for what is not so needs: what denies something
else has the words of the question as well. From .5 on four of 76 such questions of the guides, all
answered by their articles, would be declined as well."""

MANY_TERMS = 8
"""Terms of a question that tells a story: the more it has, the less it means that one is not met.

With how many they are and with the form of the question .900 of the development questions without an
answer are declined, cross-validated, and .896 without. What kind of span is best, and four forms more,
decline .904, but answer five in two hundred less of fresh questions.
"""

DISTANT = 0.2
WEAK = 0.04
"""Best cosine of a span, and score of the best one where the learned scorer has looked, below which
both a question is about something else.

Of 28 questions on tyres, tomatoes and the like, asked over all 28 sets of articles, 51 of 784 were
answered without it, and 43 are so; of 1,212 development questions that are answered rightly one is
then not. A limit of .6 to the scorer's probability instead declines six more, and with them three of
217 fresh questions in everyday words.
"""

TOPIC = 0.7
"""Share of the threshold from which a topic that nothing is asked of is told about.

The weights were fitted on questions, and rate what only names its topic low. Of 53 topics put in
other words than those of four folders' articles ten lie between, six of them met; of 52 that these
don't have, four.
"""


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """What tells whether the evidence as a whole suffices; each is 0 to 1.

    `best` and `second` are the scores of the best spans, `learned` and `odds` the learned scorer's
    best probability and its log-odds (-1 to 1), `baseline` the mean log-odds of the lower half of
    those it looked at: what it says to this question of passages that hardly answer it. `dense` and
    `heading` are the best cosines of a span and of a heading. `coverage` and `names` are the shares
    of the question's terms and names in the best span with its context, `coverage_all` and
    `names_all` those in the best few spans together. `least` is how far the best few spans have the
    term that they have least; `gap` and `gap_all` are the telling of the term that these lack most,
    `unknown` that of the term that no article has in any form, nor those in other words. `figure` is 1 where a figure is asked for, `unit`
    1 where the best span holds one of that kind or none is asked for. `brief` is 1 for a question
    whose terms tell little, `long` the share of `MANY_TERMS` that it has; `yes_no`
    and `listing` are 1 for what asks for a yes or a no, and for many things or steps.
    """

    best: float
    second: float
    learned: float
    odds: float
    baseline: float
    dense: float
    heading: float
    coverage: float
    coverage_all: float
    least: float
    gap: float
    gap_all: float
    unknown: float
    names: float
    names_all: float
    figure: float
    unit: float
    brief: float
    long: float
    yes_no: float
    listing: float


def keep_decisive(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Keep the spans of the chunks that a verdict rests on; all, where none is of these."""
    return [item for item in evidence if item.signals.rank * DECISIVE >= 1.0] or [*evidence]


def measure_sufficiency(
    question: Question, evidence: Sequence[Evidence], matcher: TermMatcher
) -> Sufficiency:
    """Measure the sufficiency of evidence, which is sorted best first and not empty."""
    best = evidence[0]
    seen = [stems_around(item.document, item.span, matcher) for item in evidence[:BEST]]
    weighty = matcher.telling_terms()
    own, together = seen[0], frozenset[str]().union(*seen)
    return Sufficiency(
        best=best.score,
        second=evidence[1].score if len(evidence) > 1 else 0.0,
        learned=max(item.signals.learned for item in evidence),
        odds=max(item.signals.odds for item in evidence),
        baseline=_measure_baseline(evidence),
        dense=max(item.signals.dense for item in evidence),
        heading=max(item.signals.heading for item in evidence),
        coverage=matcher.coverage(own),
        coverage_all=matcher.coverage(together),
        least=min((matcher.match(term, together) for term in weighty), default=1.0),
        gap=matcher.worst_gap(own),
        gap_all=matcher.worst_gap(together),
        unknown=matcher.worst_unknown(together),
        names=matcher.named(own),
        names_all=matcher.named(together),
        figure=float(question.ask in WANTED_UNITS),
        unit=best.signals.unit,
        brief=float(len(weighty) <= 1),
        long=min(len(weighty), MANY_TERMS) / MANY_TERMS,
        yes_no=float(question.ask is Ask.YES_NO),
        listing=float(question.ask in LISTING),
    )


def _measure_baseline(evidence: Sequence[Evidence]) -> float:
    """Return what the learned scorer says of the lower half of the best that it looked at.

    To some questions, vague or colloquial, it half says yes with any passage: then it says little
    that it does with the best. With this AUROC, cross-validated, is .962 instead of .955.
    """
    looked = [item for item in evidence[:HEARD] if item.signals.learned > 0.0]
    odds = sorted(item.signals.odds for item in looked) or [-1.0]
    return fmean(odds[: (len(odds) + 1) // 2])


def decide(
    question: Question,
    evidence: Sequence[Evidence],
    matcher: TermMatcher,
    weighing: Weighing,
) -> Verdict:
    """Decide whether the evidence, sorted best first, suffices to answer the question."""
    if not evidence:
        return Verdict(Outcome.NOT_IN_ARTICLES, 0.0, (question.text,))
    place = find_place_within(question, evidence, matcher)
    known = matcher.leave_out(place) if place else matcher
    sufficiency = measure_sufficiency(question, evidence, known)
    confidence = weighing.verdict.score(signal_values(sufficiency))
    weak = sufficiency.learned > 0.0 and sufficiency.best < WEAK
    astray = weak and sufficiency.dense < DISTANT
    undenied = 0.0 < sufficiency.learned < DENIED and asks_what_not(question.text)
    least = weighing.threshold * (TOPIC if is_topic(question) else 1.0)
    if confidence < least or undenied or astray:
        missing = find_missing(evidence, matcher) or (question.text,)
        return Verdict(Outcome.NOT_IN_ARTICLES, confidence, missing)
    outcome, lacking = _find_lacking(question, evidence, known)
    return Verdict(outcome, confidence, (lacking,) if lacking else ())


def _find_lacking(
    question: Question, evidence: Sequence[Evidence], matcher: TermMatcher
) -> tuple[Outcome, str]:
    """Return whether evidence of some weight answers all that is asked, and what it does not."""
    best = span_text(evidence[0].document, evidence[0].span)
    year = find_other_year(question.text, best) if question.ask is not Ask.YES_NO else ""
    if year:
        return Outcome.NOT_IN_ARTICLES, year
    currency = find_currency(question.text)
    if currency and tells_in_others(currency, best):
        return Outcome.PARTIAL, currency.name
    other = find_other_agent(question, evidence[0], matcher)
    told = _find_told_sides(question, evidence[:BEST], matcher) if other else []
    if other and not any(frozenset(map(stem, words(other))) <= side for side in told):
        return (Outcome.PARTIAL if told else Outcome.NOT_IN_ARTICLES), other
    unheard = find_unheard(question, evidence, matcher)
    if unheard:
        return Outcome.NOT_IN_ARTICLES, unheard
    lacking = find_lacking_side(question, evidence, matcher) or find_lacking_option(
        question, evidence, matcher
    )
    if lacking:
        return Outcome.PARTIAL, lacking
    unknown = (
        find_unknown_name(question, evidence, matcher)
        or find_unnamed_thing(question, evidence, matcher)
        or find_unknown_aim(question, evidence, matcher)
    )
    return (Outcome.NOT_IN_ARTICLES if unknown else Outcome.ANSWERED), unknown


def _find_told_sides(
    question: Question, best: Sequence[Evidence], matcher: TermMatcher
) -> list[frozenset[str]]:
    """Return the stems of those things compared of which a row or item is among the best spans."""
    named = [matcher.stems(name_block(item.document, item.span.block)) for item in best]
    sides = [frozenset(map(stem, words(side))) for side in question.sides]
    return [side for side in sides if any(matcher.has_all(side, own, 1.0) for own in named)]


def lacks_own(
    said: frozenset[str],
    question: Question,
    evidence: Sequence[Evidence],
    matcher: TermMatcher,
) -> bool:
    """Say whether the evidence has nothing of what a question adds to those before it in a message.

    `said` are the terms of these. "What is a bootcamp, and do they lend laptops?" is no question for
    bootcamps twice. Words for the kind of figure ("how soon?"), the commonest verbs and what says
    only how add nothing that has to be found: "do they usually lend laptops?".
    """
    units = asked_units(question)
    own = {
        term
        for term in matcher.telling_terms()
        if term not in said | VERBS and not _adds_nothing(matcher.written(term), units)
    }
    together = gather_stems(evidence[:BEST], matcher)
    return bool(own) and all(matcher.match(term, together) < HINTED for term in own)


def _adds_nothing(word: str, units: Sequence[Unit]) -> bool:
    return names_unit(word, units) or word in OF_MANY or word.endswith("ly")


def find_missing(evidence: Sequence[Evidence], matcher: TermMatcher) -> tuple[str, ...]:
    """Return the question's words that the best evidence has nothing of, as written."""
    together = gather_stems(evidence[:BEST], matcher)
    return tuple(
        matcher.written(term) for term in matcher.weights if _is_missing(term, together, matcher)
    )


def _is_missing(term: str, found: frozenset[str], matcher: TermMatcher) -> bool:
    """Say whether a passage lacks a term: one that no article has needs a synonym there."""
    matched = matcher.match(term, found)
    if not matcher.is_known(term):
        return matched < SHARED_MEANING
    return matched < HALF_KNOWN and matcher.telling[term] >= TELLING
