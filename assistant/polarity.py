"""Whether a passage says yes or no to a yes/no question.

Knows English negation, necessity and possibility. Knows nothing of what is asked about: it reads the
form of a question and of the clause that has the question's words, and says nothing where neither
shows.
"""

import re
from enum import StrEnum

from ingest.words import FUNCTION_WORDS, content_words, stem, words


class Polarity(StrEnum):
    """What a passage says to a yes/no question."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


_NECESSITY = (
    r"(?:need(?:s|ed)?|require(?:s|d|ment|ments)?|requisite|prerequisite|must|necessary|necessarily|mandatory"
    r"|compulsory|obligatory|essential|indispensable|have to|has to)"
)
_NEGATION = (
    r"(?:not|n['’]t|never|no|without|nor|cannot|isn['’]t|aren['’]t|don['’]t|doesn['’]t|needn['’]t)"
)
_NOT_NEEDED = re.compile(
    rf"\b(?:{_NEGATION})\b(?:\s+\w+){{0,3}}\s+{_NECESSITY}\b|\boptional\b|n['’]t\s+(?:\w+\s+){{0,2}}{_NECESSITY}\b"
    rf"|\bwithout (?:needing|requiring)\b|\b(?:an? (?:added |additional )?(?:advantage|plus|bonus)|nice to have)\b",
    re.IGNORECASE,
)
_NEEDED = re.compile(rf"\b(?:{_NECESSITY}|crucial|vital|critical)\b", re.IGNORECASE)
_HEDGED = re.compile(
    r"(?<!not )(?<!n['’]t )\b(?:may|might|could|can|sometimes|often|usually|typically|generally|normally|mostly|partly)\b"
    rf"(?:\s+\w+){{0,4}}?\s+{_NECESSITY}\b"
    rf"|\b(?<!the )(?:some|many|most|certain|several|few)\b[^,;:]*\b{_NECESSITY}\b"
    rf"|\b{_NECESSITY}\b[^,;:]*\b(?<!the )(?:some|many|most|certain|several|few|sometimes|often)\b"
    rf"|(?:\bnot|n['’]t) (?:always|everywhere|in every|for every)\b(?:\s+\w+){{0,3}}\s+{_NECESSITY}\b",
    re.IGNORECASE,
)
"""A need that is one for some, or at times."""
_ASKS_NEED = re.compile(rf"\b{_NECESSITY}\b|\bdo(?:es)? .{{0,40}}\bmatter\b", re.IGNORECASE)
_ASKS_CHOICE = re.compile(r"\b(?:optional|voluntary)\b", re.IGNORECASE)
_ASKS_POSSIBLE = re.compile(
    r"\b(?:can|could|possible|able|may|might|allowed|permitted)\b", re.IGNORECASE
)
_POSSIBLE = re.compile(
    r"\b(?:can|could|possible|able to|may|anyone|allows?|allowed|permitted|welcome)\b",
    re.IGNORECASE,
)
_IMPOSSIBLE = re.compile(
    r"\b(?:cannot|can['’]t|can not|impossible|unable|forbidden|prohibited|banned"
    r"|(?:not|n['’]t|never) (?:possible|allowed|permitted|welcome)"
    r"|(?:nobody|no one|none) (?:\w+ ){0,3}(?:may|can|could|is (?:allowed|permitted|able|welcome))"
    r"|no \w+ (?:may|can|could|is (?:allowed|permitted|able|welcome)))\b",
    re.IGNORECASE,
)
_ONLY_WITH = re.compile(
    r"\bonly (?:with|if (?:you|they|he|she) (?:have|hold|has|holds))\b", re.IGNORECASE
)
_WITHOUT = re.compile(r"\b(?:without|lacking|no|don['’]?t have|do not have|skip)\b", re.IGNORECASE)
_DEPENDS = re.compile(r"\b(?:it|this|that|the answer) (?:all )?depends\b", re.IGNORECASE)
_LEADS = re.compile(r"^\W*(yes|no)\b(?=\s*[,.:;!—–-]|\s*$)", re.IGNORECASE)


OPPOSITE = {Polarity.YES: Polarity.NO, Polarity.NO: Polarity.YES}
"""The other answer to a yes/no question, where there is one."""


def judge_polarity(question: str, passage: str, posed: str = "") -> Polarity | None:
    """Say what a passage answers to a yes/no question; None where its wording does not tell.

    `posed` is the question that the passage was written to answer, if there is one above it: its
    own yes or no is one to that.
    """
    lead = _LEADS.match(passage)
    if lead and asks_alike(question, posed):
        return Polarity.YES if lead[1].lower() == "yes" else Polarity.NO
    if lead:
        passage = passage[lead.end() :]
    if _DEPENDS.search(passage):
        return Polarity.DEPENDS
    passage = _find_clause(question, passage)
    lacking = bool(_WITHOUT.search(question))
    if _ASKS_NEED.search(question):
        return _judge_need(question, passage, asks_without=lacking)
    if _ASKS_CHOICE.search(question):
        needed = _judge_need(question, passage, asks_without=lacking)
        return OPPOSITE.get(needed, needed) if needed else None
    if not _ASKS_POSSIBLE.search(question):
        return None
    return _judge_without(passage) if lacking else _judge_possible(passage)


_SEAM = re.compile(
    r";\s|,?\s+(?:while|whereas|but|although|though|however)\b,?\s"
    r"(?!(?:not|never|is|are|was|were|isn|aren|do|does|don|doesn|can|cannot|has|have|will)\b)",
    re.IGNORECASE,
)
"""Between two clauses of which each has a subject: "helpful but not essential" is one clause."""


def _find_clause(question: str, passage: str) -> str:
    """Return the clause that has most of the question's words, or the whole where none has more.

    "Python is essential, while C++ is an advantage" says nothing of a need for C++.
    """
    asked = _find_asked(question)
    clauses = _SEAM.split(passage)
    shared = [len(asked & set(map(stem, content_words(clause)))) for clause in clauses]
    best = max(shared)
    return clauses[shared.index(best)] if shared.count(best) == 1 else passage


def _find_asked(question: str) -> set[str]:
    """Return the stems of what a question asks about, without its words of need."""
    return {stem(word) for word in content_words(question) if not _ASKS_NEED.search(word)}


def asks_alike(question: str, posed: str) -> bool:
    """Say whether a yes to the one question is a yes to the other, as far as their form tells.

    "Yes, it is possible without a permit" says no to "Do I need a permit?". Where nothing was
    posed, a yes or no is taken at its word.
    """
    return not posed or _read_form(question) == _read_form(posed)


def _read_form(question: str) -> tuple[bool, bool]:
    """Say whether a question asks for a need, and whether for doing without something."""
    need = bool(_ASKS_NEED.search(question))
    return need, not need and bool(_WITHOUT.search(question))


def drop_lead(passage: str) -> str:
    """Return a passage without the yes or no that it begins with; empty where it is all there is."""
    lead = _LEADS.match(passage)
    if not lead:
        return passage
    rest = passage[lead.end() :].lstrip(" ,.:;!—–-")
    return rest[:1].upper() + rest[1:]


def _judge_possible(passage: str) -> Polarity | None:
    if _IMPOSSIBLE.search(passage):
        return Polarity.NO
    return Polarity.YES if _POSSIBLE.search(passage) else None


def _judge_need(question: str, passage: str, *, asks_without: bool) -> Polarity | None:
    if asks_without:
        return None
    if _HEDGED.search(passage):
        return Polarity.DEPENDS
    if _ONLY_WITH.search(passage):
        return Polarity.YES
    if _NOT_NEEDED.search(passage):
        return Polarity.NO
    if _WITHOUT.search(passage) and (_IMPOSSIBLE.search(passage) or _POSSIBLE.search(passage)):
        return Polarity.YES if _IMPOSSIBLE.search(passage) else Polarity.NO
    needed = _NEEDED.search(passage) and not _is_alternative(question, passage)
    return Polarity.YES if needed else None


_ADJUNCT = frozenset("for in at of on by from during when if".split())
"""What follows these words is not what is needed, but where or for whom."""


def _is_alternative(question: str, passage: str) -> bool:
    """Say whether what is asked about is one of several things of which one is needed: "Java or C++"."""
    asked = _find_asked(question)
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


def _judge_without(passage: str) -> Polarity | None:
    if _IMPOSSIBLE.search(passage) or _ONLY_WITH.search(passage):
        return Polarity.NO
    if _NOT_NEEDED.search(passage):
        return Polarity.YES
    if _WITHOUT.search(passage):
        return Polarity.YES if _POSSIBLE.search(passage) else None
    return None
