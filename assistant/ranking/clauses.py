"""Whether one clause says yes or no to a need, to doing without something, or to leave.

Knows how English grants, needs and denies. Knows nothing of passages or of scores.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.asking.asked import (
    FINE,
    LACKING,
    LEFT_OPEN,
    NECESSITY,
    Asked,
    Form,
    find_telling,
    has_each,
)
from assistant.english.kinds import names_other_kind
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, stem, words


class Polarity(StrEnum):
    """What a passage says to a yes/no question."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


_NEGATION = (
    r"(?:not|n['’]t|never|no|without|nor|cannot|isn['’]t|aren['’]t|don['’]t|doesn['’]t|needn['’]t)"
)

NOT_NEEDED = compile_late(
    rf"\b(?:{_NEGATION})\b(?:\s+\w+){{0,3}}\s+{NECESSITY}\b|\b{LEFT_OPEN}\b"
    rf"|n['’]t\s+(?:\w+\s+){{0,2}}{NECESSITY}\b"
    rf"|\bneed(?: not\b|n['’]t\b)|\b(?:nobody|no one|nowhere)\b(?:\s+\w+){{0,3}}\s+{NECESSITY}\b"
    rf"|\b{NECESSITY}\s+(?:by|in|at|of|from)\s+(?:no|none|nobody|neither)\b|\b{NECESSITY}\s+nowhere\b"
    rf"|\bwithout (?:needing|requiring)\b|\b(?:needs?|requires?)\s+(?:neither|(?:little (?:to|or) )?no)\b"
    rf"|\b(?:{_NEGATION})\s+(?:an? |the )?(?:\w+ )?(?:pre)?condition\b|\bnice to have\b"
    r"|(?:\b(?:is|are|be|being|as|considered|remains?)|[:–—])\s+(?:\w+\s+)?an? (?:added |additional |big )?"
    r"(?:advantage|plus|bonus)\b",
    re.IGNORECASE,
)

_NEEDED = compile_late(
    rf"(?<!\bthe )(?<!\ball )(?<!\bany )\b(?:{NECESSITY}|crucial|vital|critical)\b", re.IGNORECASE
)
"""A need that is told of something; "the required skill" is another's."""

_HEDGED = compile_late(
    r"(?<!not )(?<!n['’]t )\b(?:may|might|could|can|sometimes|often|usually|typically|generally|normally|mostly|partly)\b"
    rf"(?:\s+\w+){{0,4}}?\s+{NECESSITY}\b"
    rf"|\b(?<!the )(?:some|many|most|certain|several|few)\b[^,;:]*\b{NECESSITY}\b"
    rf"|\b{NECESSITY}\b[^,;:]*\b(?<!the )(?:some|many|most|certain|several|few|sometimes|often)\b"
    rf"|(?:\bnot|n['’]t) (?:always|everywhere|in every|for every)\b(?:\s+\w+){{0,3}}\s+{NECESSITY}\b",
    re.IGNORECASE,
)
"""A need that is one for some, or at times."""

_POSSIBLE = compile_late(
    rf"\b(?:can|could|possible|able to|may|anyone|allows?|allowed|permitted|welcome|{FINE})\b(?!\s+not\b)",
    re.IGNORECASE,
)

IMPOSSIBLE = compile_late(
    r"(?:\b|(?=n['’]t))(?:cannot|can['’]t|can not|must not|mustn['’]t|impossible|unable|forbidden|prohibited|banned"
    r"|(?<!not )(?:illegal|unlawful)|an? (?:criminal )?offence|a breach|against the (?:law|rules)"
    r"|(?:not|(?<=\w)n['’]t|never) (?:\w+ )?(?:possible|allowed|permitted|welcome)"
    r"|(?:nobody|no one|none) (?:\w+ ){0,3}(?:may|can|could|(?:is |are )?(?:allowed|permitted|able|welcome))"
    r"|no (?:\w+ ){1,2}(?:may|can|could|(?:is |are )?(?:allowed|permitted|able|welcome)))\b"
    r"|^\W*(?:please )?(?:do not|don['’]t|never)\b",
    re.IGNORECASE,
)

_ONLY_WITH = compile_late(
    r"\bonly (?:with|if (?:you|they|he|she) (?:have|hold|has|holds))\b", re.IGNORECASE
)

_EXCEPTS = compile_late(
    r"\b(?:only|except(?:ions?|ing|ed)?|unless|other than|apart from|aside from|instead of|may not)\b",
    re.IGNORECASE,
)
"""Words that take something out of what a clause allows, or leave nothing else."""

_CONDITION = compile_late(
    r"\b(?:without|if|when|until|before|after|under|over|above|below|alone|(?:more|less|longer|later|earlier) than)\b",
    re.IGNORECASE,
)
"""Words before what has to be so for a clause to forbid: "cannot swim without a cap" may swim."""

_NARROWS = compile_late(r"\b(?:containing|with|that|which|who|made|weighing|over)\b", re.IGNORECASE)
"""Words that say which of several are forbidden: "boats with an engine are banned"."""

_FOR_SOME = compile_late(r"^\W*(?:for|to)\b[^.;]*\b(?:who|whose|that|with)\b", re.IGNORECASE)
"""Whom it is forbidden to, of several: "banned for guests who have a cold"."""

_DENIES = compile_late(r"\b(?:not|no|never|nor|neither|none|without)\b|n['’]t\b", re.IGNORECASE)

_NOT_TOLD = compile_late(
    r"\b(?:(?<!even )if|whether|myths?|misconceptions?|think|thinks|thought|believed?|believes|assumed?"
    r"|assumes|supposed?|claims?|wonder|wondering|used to|was|were)\b[^,]*$",
    re.IGNORECASE,
)
"""What stands before a need that a clause does not say is one now: "if you need a permit, ask"."""

_NOT_BARRED = compile_late(
    r"(?:\bnot|n['’]t)\s+(?:\w+ly\s+)?(?:forbidden|prohibited|banned|illegal|unlawful|against the (?:law|rules))\b",
    re.IGNORECASE,
)

OPPOSITE = {Polarity.YES: Polarity.NO, Polarity.NO: Polarity.YES}
"""The other answer to a yes/no question, where there is one."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause about the thing asked about, the stems that stand above it, and both together.

    `named` says that it has the thing's own name, and no pronoun for it.
    """

    text: str
    above: frozenset[str]
    around: frozenset[str]
    named: bool


POINTS_BACK = compile_late(r"\b(?:one|it|this|that|these|those|they|them|either)\b", re.IGNORECASE)


def judge_clause(asked: Asked, clause: Clause) -> Polarity | None:
    """Say whether a clause about what is asked says yes or no to it; None where it says neither."""
    if asked.form is Form.POSSIBLE:
        return _judge_possible(asked, clause)
    if asked.form is Form.OTHER or names_other_kind(asked.phrase, asked.heads, clause.text):
        return None
    needed = _judge_without(asked, clause) or _judge_need(asked, clause)
    if needed in OPPOSITE and not _is_of_the_same(asked, clause):
        return None
    if asked.form is Form.NEED or needed is None:
        return needed
    return OPPOSITE.get(needed, needed)


def _judge_possible(asked: Asked, clause: Clause) -> Polarity | None:
    """Say whether a clause allows what is asked: all of it, and with nothing taken out.

    What forbids it may leave one word in four unsaid: hubs stand for the bike.
    """
    text = _NOT_BARRED.sub(" allowed", clause.text)
    held = sum(has_each((key,), clause.around) for key in asked.thing)
    if 4 * held < 3 * len(asked.thing):
        return None
    if _EXCEPTS.search(text):
        return None
    barred = IMPOSSIBLE.search(text)
    if barred:
        before, after = text[: barred.start()], text[barred.end() :]
        narrowed = _NARROWS.search(before) or _FOR_SOME.search(after)
        mixed = narrowed or _CONDITION.search(text) or _POSSIBLE.search(before + after)
        return None if mixed else Polarity.NO
    if _DENIES.search(text) or held < len(asked.thing):
        return None
    return Polarity.YES if _POSSIBLE.search(text) else None


_ENDS_LACK = compile_late(
    r"[,;:.()]|\b(?:by|through|if|in|on|at|while|but|as|because|to|who|which|that|is|are|may|can|will)\b",
    re.IGNORECASE,
)
"""What no longer belongs to what one does without: "without a degree by taking courses"."""


def _judge_without(asked: Asked, clause: Clause) -> Polarity | None:
    """Say whether the thing is needed, from what a clause says of doing without it."""
    if _ONLY_WITH.search(clause.text):
        return Polarity.YES
    for lacking in LACKING.finditer(clause.text):
        lacked = _ENDS_LACK.split(clause.text[lacking.end() :])[0]
        bare = clause.named and not find_telling(lacked)  # "a tent helps, but you can do without"
        points = bare or (not clause.named and POINTS_BACK.search(lacked))
        if not points and not has_each(asked.heads, find_telling(lacked)):
            continue
        if IMPOSSIBLE.search(clause.text[: lacking.start()] + clause.text[lacking.end() :]):
            return Polarity.YES
        if _is_possible_to_anyone(asked, clause) and not _EXCEPTS.search(clause.text):
            return Polarity.NO
    return None


SAYS_NEED = compile_late(
    rf"{_NEEDED.pattern}|\b(?:{LEFT_OPEN}|needn['’]t|(?:pre)?condition|advantage|plus|bonus|nice to have)\b",
    re.IGNORECASE,
)

_GRANTS = compile_late(r"\b(?:can|could|may)\b", re.IGNORECASE)

_LETS = compile_late(r"\ballows?\s+(\w+)", re.IGNORECASE)


def _is_possible_to_anyone(asked: Asked, clause: Clause) -> bool:
    """Say whether a clause makes something possible to its reader: no "systems can learn"."""
    found = _POSSIBLE.search(clause.text)
    if found and (lets := _LETS.match(clause.text, found.start())):
        return lets[1].lower() in _SOMEBODY
    if found and _GRANTS.match(found[0]):
        return _is_anyone(asked, clause, clause.text[: found.start()])
    return bool(found)


_ACTIVE = compile_late(
    r"(?<!\ba )\b(?:must|have to|has to|needs?|needn['’]t|requires?|requiring|obliged to)\b(?!['’])",
    re.IGNORECASE,
)
"""What follows these words is what is needed; before the others it stands, or after none."""


def _judge_need(asked: Asked, clause: Clause) -> Polarity | None:
    """Say whether a clause says that the thing is needed: all of it, or for a no its head."""
    need = _find_governing(asked, clause)
    if need is None:
        return None
    hedged = _HEDGED.search(clause.text)
    if not hedged and NOT_NEEDED.search(clause.text):
        return Polarity.NO
    if _NOT_TOLD.search(clause.text[: need.start()]):
        return None
    if hedged:
        return Polarity.NO if asked.always else Polarity.DEPENDS
    whole = has_each(asked.thing, clause.around) and not _is_alternative(asked.thing, clause.text)
    return Polarity.YES if whole and _NEEDED.search(need[0]) else None


_INTRODUCES = compile_late(
    r"^\W*(?:whether|whatever|whichever|however|if|when|while|whereas|although|though|because|since|as|unless"
    r"|until|before|after|besides|beyond|without|instead)\b[^,]*,\s*(?=\S)",
    re.IGNORECASE,
)
"""What stands before a clause's subject: the degree of "whichever degree you take, maths is essential"."""

_IS_SUBJECT = compile_late(r"\b(?:it|this|that|these|those|they|one)\s+\w", re.IGNORECASE)

_IS_TOLD = compile_late(r"\s+(?:to|that|for)\b", re.IGNORECASE)
"""What an "it" before a need stands for: "it is essential to have a permit"."""


def _find_governing(asked: Asked, clause: Clause) -> re.Match[str] | None:
    """Find the word that says of the thing that it is needed or not, not of who or what needs it."""
    for need in SAYS_NEED.finditer(clause.text):
        before = _INTRODUCES.sub("", clause.text[: need.start()])
        after = clause.text[need.end() :]
        said_of = find_telling(before) or (_IS_SUBJECT.search(before) and not _IS_TOLD.match(after))
        told = before if said_of and not _ACTIVE.match(clause.text, need.start()) else after
        points = not clause.named and POINTS_BACK.search(told)
        if points or has_each(asked.heads, find_telling(told)):
            return need
    return None


_SOMEBODY = frozenset("i you we they one he she anyone everyone nobody people who it".split())


def _is_of_the_same(asked: Asked, clause: Clause) -> bool:
    """Say whether a clause speaks of those, and of the purpose, that a question asks about."""
    if not has_each(asked.whose, clause.around) or _serves_otherwise(asked, clause):
        return False
    need = _ACTIVE.search(clause.text)
    if need and not (asked.whose and has_each(asked.whose, find_telling(clause.text))):
        return _is_anyone(asked, clause, clause.text[: need.start()])
    return True


def _is_anyone(asked: Asked, clause: Clause, subject: str) -> bool:
    """Say whether a clause's subject is whoever reads it, or what is asked of or stands above."""
    for word in reversed(words(subject)):
        if word.lower() in _SOMEBODY:
            return True
        if word.lower() not in {*FUNCTION_WORDS, "longer"} and not word.endswith("ly"):
            known = clause.above | asked.whose | asked.rest
            return has_each(find_telling(word), known)
    return True


_DOES = compile_late(r"^\s*to\b", re.IGNORECASE)

_FOR = compile_late(r"\b(?i:to|for)\b|\b(?:in|at|on)\s+(?=[^\W\d_a-z])")
"""Before a purpose, or a place that has a name."""


def _serves_otherwise(asked: Asked, clause: Clause) -> bool:
    """Say whether a clause tells what is needed for another purpose than the one asked about."""
    need = SAYS_NEED.search(clause.text)
    if not need or has_each(asked.rest, clause.around):
        return False
    after = clause.text[need.end() :]
    told = _DOES.sub("", after) if _ACTIVE.match(clause.text, need.start()) else after
    purpose = " ".join(_FOR.split(told, maxsplit=1)[1:])
    return bool(find_telling(purpose)) and asked.rest.isdisjoint(find_telling(clause.text))


_ADJUNCT = frozenset("for in at of on by from during when if".split())
"""What follows these words is not what is needed, but where or for whom."""


def _is_alternative(asked: frozenset[str], passage: str) -> bool:
    """Say whether the thing is one of several of which one is needed: "Java or C++"."""
    said = words(passage)
    for at, word in enumerate(said):
        if word.lower() != "or":
            continue
        begins = at
        while begins and (said[begins - 1].lower() not in FUNCTION_WORDS):
            begins -= 1
        before = said[begins - 1].lower() if begins else ""
        listed = {stem(one) for one in (*said[begins:at], *said[at + 1 : at + 4])}
        if before not in _ADJUNCT and listed & asked:
            return True
    return False
