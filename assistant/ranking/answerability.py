"""Whether the articles can answer a question, decided before anything is written.

Knows the signals of sufficiency and weighs them. Knows nothing of wording or of models.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from assistant.answer import Outcome, Verdict
from assistant.asking.asked import Form, take_apart
from assistant.asking.forms import WANTED_UNITS, Ask
from assistant.asking.negation import asks_what_not
from assistant.asking.question import Question, asked_units, find_degrees, is_topic, names_unit
from assistant.asking.story import leave_told
from assistant.english.figures import CURRENCY_WORDS, Unit, find_figures
from assistant.english.noun_phrases import VERBS
from assistant.layout.structure import name_block
from assistant.ranking.agents import find_other_agent
from assistant.ranking.denomination import find_currency, find_other_year, tells_in_others
from assistant.ranking.evidence import Evidence, stems_around
from assistant.ranking.matching import SHARED_MEANING, TermMatcher
from assistant.ranking.weighing import Weighing, signal_values
from ingest.patterns import compile_late
from ingest.spans import span_text
from ingest.words import stem, stem_set, words

BEST = 5
"""Spans among which a question's terms and names are looked for together."""


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

TOPIC = 0.7
"""Share of the threshold from which a topic that nothing is asked of is told about.

The weights were fitted on questions, and rate what only names its topic low. Of 53 topics put in
other words than those of four folders' articles ten lie between, six of them met; of 52 that these
don't have, four.
"""

TELLING = 0.4
HALF_KNOWN = 0.5
"""A term is named as missing if it tells at least this much and is matched less than that."""
HINTED = 0.35
"""Below this nothing of a term is told, not even in other words: of 17 second questions of the
development messages that are answered one has no term of its own matched so well ("how soon?")."""


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
    `unknown` that of the term that no article has. `figure` is 1 where a figure is asked for, `unit`
    1 where the best span holds one of that kind or none is asked for. `brief` is 1 for a question
    whose terms tell little.
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
        coverage=best.signals.coverage,
        coverage_all=matcher.coverage(together),
        least=min((matcher.match(term, together) for term in weighty), default=1.0),
        gap=matcher.worst_gap(own),
        gap_all=matcher.worst_gap(together),
        unknown=matcher.worst_unknown(),
        names=best.signals.names,
        names_all=matcher.named(together),
        figure=float(question.ask in WANTED_UNITS),
        unit=best.signals.unit,
        brief=float(len(weighty) <= 1),
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
    sufficiency = measure_sufficiency(question, evidence, matcher)
    confidence = weighing.verdict.score(signal_values(sufficiency))
    undenied = 0.0 < sufficiency.learned < DENIED and asks_what_not(question.text)
    least = weighing.threshold * (TOPIC if is_topic(question) else 1.0)
    if confidence < least or undenied:
        missing = find_missing(evidence, matcher) or (question.text,)
        return Verdict(Outcome.NOT_IN_ARTICLES, confidence, missing)
    outcome, lacking = _find_lacking(question, evidence, matcher)
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
    if other:
        beside = _is_told_beside(other, question, evidence[:BEST], matcher)
        return (Outcome.PARTIAL if beside else Outcome.NOT_IN_ARTICLES), other
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


def find_unknown_name(
    question: Question, evidence: Sequence[Evidence], matcher: TermMatcher
) -> str:
    """Return the name of what a figure is asked of that no article has; "" where they have it.

    What a night in the Bear Hut costs is not told by the price of the Fox Hut, however alike.
    """
    if question.ask not in WANTED_UNITS:
        return ""
    unknown = [
        name
        for name in question.names
        if matcher.telling.get(stem(name), 0.0) >= TELLING and not matcher.is_known(stem(name))
    ]
    together = _gather_stems(evidence, matcher) if unknown else frozenset[str]()
    return next((name for name in unknown if matcher.match(stem(name), together) < 1.0), "")


_NAMING = {Form.NEED, Form.CHOICE, Form.POSSIBLE}


def find_unnamed_thing(
    question: Question, evidence: Sequence[Evidence], matcher: TermMatcher
) -> str:
    """Return what a yes/no question asks a need or leave for, if the best evidence names nothing like it.

    That no helmet is needed says nothing of a licence, however alike the sentences are.
    """
    asked = take_apart(question.text)
    if question.ask is not Ask.YES_NO or asked.form not in _NAMING:
        return ""
    thing = [term for term in matcher.terms if term in asked.thing]
    told = max((matcher.telling[term] for term in thing), default=0.0)
    together = _gather_stems(evidence[:BEST], matcher) if told >= TELLING else frozenset[str]()
    unnamed = told >= TELLING and all(matcher.match(term, together) < HINTED for term in thing)
    return " ".join(map(matcher.written, thing)) if unnamed else ""


_AIM = compile_late(
    r"\b(?:learn|know|study|master)(?:ing)?\s+(?P<names>(?:[A-Z][\w+#.-]*(?:\s+|,\s*|/)(?:(?:or|and)\s+)?)*[A-Z][\w+#.-]*)"
    r"|\b(?:become|becoming|work(?:ing)? as|train(?:ing)? as|train(?:ing)? to be)\s+(?:an?)\s+(?P<trade>\w+)(?=\W*$)"
)


def find_unknown_aim(question: Question, evidence: Sequence[Evidence], matcher: TermMatcher) -> str:
    """Return what somebody wants to learn by its name, or to become, if no article knows of it.

    How to become a nurse is not told by how to become an engineer, however alike the questions are.
    """
    aim = _AIM.search(question.text)
    wanted = (aim["names"] or aim["trade"]) if aim else ""
    terms = [term for word in words(wanted) if (term := stem(word)) in matcher.weights]
    unknown = bool(terms) and all(
        matcher.telling[term] >= TELLING and not matcher.is_known(term) for term in terms
    )
    together = _gather_stems(evidence, matcher) if unknown else frozenset[str]()
    strange = unknown and all(matcher.match(term, together) < HALF_KNOWN for term in terms)
    return wanted if strange else ""


def _is_told_beside(
    other: str, question: Question, best: Sequence[Evidence], matcher: TermMatcher
) -> bool:
    """Say whether somebody who is not told of is one side of a comparison whose other side is."""
    lacking = frozenset(map(stem, words(other)))
    sides = [frozenset(map(stem, words(side))) for side in question.sides]
    named = [matcher.stems(name_block(item.document, item.span.block)) for item in best]
    told = [side for side in sides if any(matcher.has_all(side, own, 1.0) for own in named)]
    return bool(told) and any(lacking <= side for side in sides if side not in told)


_COORDINATED = compile_late(
    r"\b(?=((?:[\w'’+#-]+\s+){0,2}[\w'’+#-]+)(?:,(?:\s+(?:and|or))?|\s+(?:and|or|vs\.?|versus|than|against|compared\s+(?:to|with)))\s+"
    r"(?:(?:in|for|at|of|the|a|an|to)\s+)*((?:[\w'’+#-]+\s*){1,2}))",
    re.IGNORECASE,
)
"""What is coordinated, from every word on: "pays more, Oslo or Bonn" has two such pairs."""


def find_lacking_side(
    question: Question, evidence: Sequence[Evidence], matcher: TermMatcher
) -> str:
    """Return the one of two names set side by side that the evidence has nothing of, if just one.

    "Canada or Germany" is answered in part where the evidence speaks of Canada alone. A name of
    several words stands in one place. Names that are told before what is asked are no sides of it.
    """
    each = (
        [[word for word in words(side) if word in question.names] for side in sides]
        for sides in _COORDINATED.findall(leave_told(question.text))
        if {*words(sides[1])[:1]} & {*question.names}  # not "from Korea and my English is patchy"
    )
    paired = [named for named in each if all(named)]
    if not paired:
        return ""
    told = [stems_around(item.document, item.span, matcher) for item in evidence]
    for named in paired:
        sides = [frozenset(map(stem, names)) for names in named]
        lacks = [not any(matcher.has_all(side, one, 1.0) for one in told) for side in sides]
        if sum(lacks) == 1:
            return " ".join(named[lacks.index(True)])
    return ""


def find_lacking_option(
    question: Question, evidence: Sequence[Evidence], matcher: TermMatcher
) -> str:
    """Return the one of two things compared that the evidence knows nothing of, if just one.

    That is one with a word that tells and that stands nowhere in it: the "quantum" of "a quantum
    engineer or a software engineer".
    """
    if not question.sides:
        return ""
    together = _gather_stems(evidence, matcher)
    lacks = [
        any(
            matcher.telling.get(term, 0.0) >= TELLING and matcher.match(term, together) < HALF_KNOWN
            for term in map(stem, words(side))
        )
        for side in question.sides
    ]
    named = all(word[0].isupper() for side in question.sides for word in words(side))
    if not any(lacks) and named and not asked_units(question):
        lacks = _find_off_topic(question, evidence, matcher)
    return question.sides[lacks.index(True)] if sum(lacks) == 1 else ""


def find_unheard(question: Question, evidence: Sequence[Evidence], matcher: TermMatcher) -> str:
    """Return the things compared where no article has ever heard of any of them; "" where one has.

    Which of two brands is better is told nowhere, though much else is called better.
    """
    together = _gather_stems(evidence, matcher)
    unheard = [
        any(
            term in matcher.weights
            and (term in matcher.names or not matcher.is_known(term))
            and matcher.match(term, together) < HINTED
            for term in map(stem, words(side))
        )
        for side in question.sides
    ]
    return " ".join(question.sides) if unheard and all(unheard) else ""


def _find_off_topic(
    question: Question, evidence: Sequence[Evidence], matcher: TermMatcher
) -> list[bool]:
    """Say of each side whether nothing bears its name, and it is only spoken of in passing.

    "Amazon" in a sentence on shops tells nothing of its certificates.
    """
    sides = [frozenset(map(stem, words(side))) for side in question.sides]
    rest = set(matcher.telling_terms()).difference(*sides)
    told = [stems_around(item.document, item.span, matcher) for item in evidence]
    asked = [one for one in told if any(matcher.match(t, one) >= HALF_KNOWN for t in rest)]
    asked += [matcher.stems(name_block(item.document, item.span.block)) for item in evidence]
    return [not any(matcher.has_all(side, one, HALF_KNOWN) for one in asked) for side in sides]


_FRACTION = compile_late(
    r"\b(?:half|thirds?|quarters?|fifths?|tenths?|dozens?|majority|minority|all|every|each|none|no|nobody|only"
    r"|one|twice|once|unlimited|\w+ out of \w+)\b",
    re.IGNORECASE,
)
"""What says how many without a number."""


def lacks_figure(question: Question, told: Sequence[str], *, further: bool = False) -> bool:
    """Say whether what would be told has no figure where one is asked for: "how many?", "cheapest?".

    Of what is most or least it may also be said in words that it is: "the cheap way is ...". A
    `further` question of a message is held to any figure at all.
    """
    if further and question.ask in WANTED_UNITS and not any(map(find_figures, told)):
        return True
    if question.ask is Ask.COUNT:
        return not any(_tells_count(question.text, text) for text in told)
    if question.ask is Ask.DURATION:  # it may be told without a figure, but not by a price
        return {figure.unit for text in told for figure in find_figures(text)} == {Unit.MONEY}
    degrees = find_degrees(question)
    if not degrees:
        return False
    units = set(asked_units(question)) - {Unit.COUNT, Unit.CLOCK}
    if not units:
        return False
    figured = any(figure.unit in units for text in told for figure in find_figures(text))
    said = frozenset[str]().union(*(stem_set(text)[0] for text in told))
    return not figured and not any(_says_degree(degree, said) for degree in degrees)


def _tells_count(asked: str, told: str) -> bool:
    """Say whether a text tells how many: money does so of coins alone, and no time tells of things."""
    coins = not CURRENCY_WORDS.keys().isdisjoint(word.lower() for word in words(asked))
    others = set() if coins else {Unit.MONEY, Unit.DURATION, Unit.CLOCK}
    counts = any(figure.unit not in others for figure in find_figures(told))
    return counts or bool(_FRACTION.search(told))


def _says_degree(degree: str, said: frozenset[str]) -> bool:
    """Say whether some stems have a degree in any form: cheapest, cheaper or cheap."""
    root = re.sub(r"(?:i?est|i?er)$", "", degree.lower())
    return any(word.startswith(root) for word in said)


def lacks_own(
    said: frozenset[str],
    question: Question,
    evidence: Sequence[Evidence],
    matcher: TermMatcher,
) -> bool:
    """Say whether the evidence has nothing of what a question adds to those before it in a message.

    `said` are the terms of these. "What is a bootcamp, and do they lend laptops?" is no question for
    bootcamps twice. Words for the kind of figure ("how soon?") and the commonest verbs add nothing
    that has to be found.
    """
    units = asked_units(question)
    own = {
        term
        for term in matcher.telling_terms()
        if term not in said | VERBS and not names_unit(matcher.written(term), units)
    }
    together = _gather_stems(evidence[:BEST], matcher)
    return bool(own) and all(matcher.match(term, together) < HINTED for term in own)


def find_missing(evidence: Sequence[Evidence], matcher: TermMatcher) -> tuple[str, ...]:
    """Return the question's words that the best evidence has nothing of, as written."""
    together = _gather_stems(evidence[:BEST], matcher)
    return tuple(
        matcher.written(term) for term in matcher.weights if _is_missing(term, together, matcher)
    )


def _gather_stems(evidence: Sequence[Evidence], matcher: TermMatcher) -> frozenset[str]:
    """Return the stems of all spans with what stands above them."""
    seen = (stems_around(item.document, item.span, matcher) for item in evidence)
    return frozenset[str]().union(*seen)


def _is_missing(term: str, found: frozenset[str], matcher: TermMatcher) -> bool:
    """Say whether a passage lacks a term: one that no article has needs a synonym there."""
    matched = matcher.match(term, found)
    if not matcher.is_known(term):
        return matched < SHARED_MEANING
    return matched < HALF_KNOWN and matcher.telling[term] >= TELLING
