"""What a question names that its evidence has nothing of: a name, an aim, a side of a comparison.

Knows a question's words and how well spans match them. Knows nothing of scores, nor of what follows.
"""

import re
from collections.abc import Sequence

from assistant.asking.asked import Form, take_apart
from assistant.asking.forms import WANTED_UNITS, Ask
from assistant.asking.question import Question, asked_units
from assistant.asking.story import tell_apart
from assistant.layout.structure import name_block
from assistant.ranking.evidence import Evidence, stems_around
from assistant.ranking.matching import TermMatcher
from ingest.document import Kind
from ingest.patterns import compile_late
from ingest.words import stem, words

BEST = 5
"""Spans among which a question's terms and names are looked for together."""

TELLING = 0.4
HALF_KNOWN = 0.5
"""A term is named as missing if it tells at least this much and is matched less than that."""
HINTED = 0.35
"""Below this nothing of a term is told, not even in other words: of 17 second questions of the
development messages that are answered one has no term of its own matched so well ("how soon?")."""


def find_unknown_name(
    question: Question, evidence: Sequence[Evidence], matcher: TermMatcher
) -> str:
    """Return the name of what a figure is asked of that no article has; "" where they have it.

    What a night in the Bear Hut costs is not told by the price of the Fox Hut, however alike.
    """
    if question.ask not in WANTED_UNITS:
        return ""
    unknown = [name for name in question.names if _is_unknown(stem(name), matcher)]
    together = gather_stems(evidence, matcher) if unknown else frozenset[str]()
    return next((name for name in unknown if matcher.match(stem(name), together) < 1.0), "")


STANDS_OUT = 0.3
BESIDE_IT = 0.4
"""Probability of the learned scorer from which a row stands out, and the share of it that no other
row may have.

Asked for the pay in Toronto it says .95 of the row for Canada and .11 of the next, in London .39 of
that for the United Kingdom and .09; in Berlin, of six rows that have no Germany, .12, .11 and .09. Of
47 countries and towns that no row is for none stands out, of 26 towns in those that have one nine do.
"""

_WHERE = compile_late(
    r"\b(?:in|from|at|near|around|to)\s+(?:the\s+)?([\w-]+(?:\s+[A-Z][\w-]*)*)", re.IGNORECASE
)


def find_place_within(
    question: Question, evidence: Sequence[Evidence], matcher: TermMatcher
) -> tuple[str, ...]:
    """Return the terms for a place that no article has, if the best row by far answers for it.

    Whoever asks for the pay in Toronto is told that in Canada, under this name. A row whose own name is
    asked for stands out by that.
    """
    where = {stem(word) for place in _WHERE.findall(question.text) for word in words(place)}
    unknown = tuple(term for term in matcher.terms if term in where and _is_unknown(term, matcher))
    if not unknown or not _stands_out(evidence):
        return ()
    name = matcher.stems(name_block(evidence[0].document, evidence[0].span.block))
    return () if matcher.terms_in(name) - matcher.common else unknown


def _stands_out(evidence: Sequence[Evidence]) -> bool:
    """Say whether the best span is a row that answers by far best of all rows."""
    best = evidence[0]
    if best.block.kind is not Kind.ROW or best.signals.learned < STANDS_OUT:
        return False
    others = [item for item in evidence if item.block.kind is Kind.ROW and item.span != best.span]
    least = BESIDE_IT * best.signals.learned
    return bool(others) and all(item.signals.learned <= least for item in others)


def _is_unknown(term: str, matcher: TermMatcher) -> bool:
    """Say whether a word of the question that tells something is in no article, in any form."""
    return matcher.telling.get(term, 0.0) >= TELLING and not matcher.is_known(term)


_NAMING = {Form.NEED, Form.CHOICE, Form.POSSIBLE, Form.WITHOUT}


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
    together = gather_stems(evidence[:BEST], matcher) if told >= TELLING else frozenset[str]()
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
    unknown = bool(terms) and all(_is_unknown(term, matcher) for term in terms)
    together = gather_stems(evidence, matcher) if unknown else frozenset[str]()
    strange = unknown and all(matcher.match(term, together) < HALF_KNOWN for term in terms)
    return wanted if strange else ""


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
    _, asked = tell_apart(question.text)
    each = (
        [[word for word in words(side) if word in question.names] for side in sides]
        for sides in _COORDINATED.findall(asked)
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
    together = gather_stems(evidence, matcher)
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
    together = gather_stems(evidence, matcher)
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


def gather_stems(evidence: Sequence[Evidence], matcher: TermMatcher) -> frozenset[str]:
    """Return the stems of all spans with what stands above them."""
    seen = (stems_around(item.document, item.span, matcher) for item in evidence)
    return frozenset[str]().union(*seen)
