"""Whether a passage says yes or no to a yes/no question.

Knows English negation, necessity and possibility. Knows nothing of what is asked about: it reads the
form of a question and of the clause that has the question's words, and says nothing where neither
shows.
"""

import re

from assistant.asking.asked import (
    Asked,
    Form,
    find_form,
    find_telling,
    has_each,
    take_apart,
)
from assistant.ranking.clauses import (
    NOT_NEEDED,
    OPPOSITE,
    POINTS_BACK,
    SAYS_NEED,
    Clause,
    Polarity,
    judge_clause,
)
from ingest.patterns import compile_late
from ingest.words import stem

_BARS = compile_late(r"\b(?:forbidden|prohibited|banned|illegal|not allowed)\b", re.IGNORECASE)
_MATTERS = compile_late(r"\bmatters?\b", re.IGNORECASE)
"""What some need matters, even if others do without."""

_ALONE = compile_late(r"\b(?:just|only|solely|nothing else)\b", re.IGNORECASE)
"""What makes a leave or a need no answer: who may start with one oar may not yet row with it alone,
and a light that is needed in front is not only needed there."""

_DEPENDS = compile_late(r"\b(?:it|this|that|the answer) (?:all )?depends\b", re.IGNORECASE)
_LEADS = compile_late(r"^\W*(?:yes|no)\b(?=\s*[,.:;!—–-]|\s*$)", re.IGNORECASE)
_REPLIES = compile_late(
    r"^\W*(?:(?P<no>no|not at all|never|by no means|(?:of course|certainly|absolutely|definitely) not)"
    r"|(?P<yes>yes|of course|certainly|absolutely|definitely))\b(?=\s*[,.:;!—–-]|\s*$)",
    re.IGNORECASE,
)
_ADVERSE = compile_late(
    r"\b(?:problem|obstacle|hindrance|trouble|disadvantage|drawback|too|dangerous|risky|bad|hard|difficult"
    r"|forbidden|prohibited|banned|illegal)\b",
    re.IGNORECASE,
)
"""What makes a yes bad news: "Is it a problem?" is answered "No." where "May I?" is answered "Yes."."""


def judge_polarity(
    question: str, passage: str, posed: str = "", about: str = ""
) -> Polarity | None:
    """Say what a passage answers to a yes/no question; None where its wording does not tell.

    `posed` is the question that the passage was written to answer, if there is one above it: its
    own yes or no is one to that. `about` is what else stands above the passage.
    """
    allowing = _BARS.sub("allowed", question)
    reply = _REPLIES.match(passage)
    if reply:
        said = Polarity.YES if reply["yes"] else Polarity.NO
        around = f"{passage} {about}"
        if asks_alike(question, posed, around):
            return said
        if allowing != question and asks_alike(allowing, posed, around):
            return OPPOSITE[said]
        passage = passage[reply.end() :]
    told = _judge_statement(allowing, passage, about)
    return OPPOSITE.get(told, told) if told and allowing != question else told


def _judge_statement(question: str, passage: str, about: str) -> Polarity | None:
    if _DEPENDS.search(passage):
        return Polarity.DEPENDS
    asked = take_apart(question)
    if _ALONE.search(question) and (asked.form is Form.POSSIBLE or not _ALONE.search(passage)):
        return None
    said = [judge_clause(asked, clause) for clause in _find_clauses(asked, passage, about)]
    told = {polarity for polarity in said if polarity}
    if told == {Polarity.DEPENDS} and _MATTERS.search(question):
        return Polarity.YES
    return Polarity.DEPENDS if len(told) > 1 else next(iter(told), None)


def tells_other_need(question: str, passage: str, about: str = "") -> bool:
    """Say whether a passage tells of a need, and in no clause of the thing a question asks about."""
    told = SAYS_NEED.search(passage) or NOT_NEEDED.search(passage)
    return bool(told) and not _find_clauses(take_apart(question), passage, about)


_SEAM = compile_late(
    r";\s|(?<=[.!?])['\"’”)]*\s+(?=[^\W\d_a-z])"
    r"|(?i:,?\s+(?:while|whereas|but|although|though|however)\b,?\s"
    r"(?!(?:not|never|is|are|was|were|isn|aren|do|does|don|doesn|can|cannot|has|have|will)\b))"
)
"""Between two clauses of which each has a subject: "helpful but not essential" is one clause."""


def _find_clauses(asked: Asked, passage: str, about: str) -> list[Clause]:
    """Return the clauses of a passage about what is asked about, by its name or, after it, a pronoun.

    "Python is essential, while C++ is an advantage" says nothing of a need for C++.
    """
    above = find_telling(about)
    spoken_of = any(has_each((head,), above) for head in asked.heads)
    found: list[Clause] = []
    for text in _SEAM.split(passage):
        own = find_telling(text)
        named = any(has_each((head,), own) for head in asked.heads)
        pointed = (
            (spoken_of or bool(found))
            and _points_back(asked, text)
            and asked.form is not Form.POSSIBLE
        )
        if (named or pointed) and not text.rstrip().endswith("?"):
            found.append(Clause(text, above, above | own, named))
    return found


_NAMES_ANOTHER = compile_late(r"\b(?:an?|the)\s+([\w-]+)|\b([\w-]+s)\b", re.IGNORECASE)


def _points_back(asked: Asked, clause: str) -> bool:
    """Say whether a clause's pronoun stands for what was spoken of before it, and for nothing in it.

    In "if you come with a dog, you need one more ticket" it does not.
    """
    pronoun = POINTS_BACK.search(clause)
    if pronoun is None:
        return False
    known = asked.thing | asked.whose | asked.rest
    before = _NAMES_ANOTHER.findall(clause[: pronoun.start()])
    return all(find_telling(" ".join(named)) <= known for named in before)


def asks_alike(question: str, posed: str, around: str = "") -> bool:
    """Say whether a yes to the one question is a yes to the other, as far as their words tell.

    "Yes, it is possible without a permit" says no to "Do I need a permit?", and nothing to "Can I
    camp without a tent?". Where nothing was posed, a yes or no is taken at its word. `around` is
    what the answer to the other says, and what stands above it.
    """
    if not posed:
        return True
    asked = take_apart(question)
    if _LOOSE.get(asked.form, asked.form) is not _LOOSE.get(form := find_form(posed), form):
        return False
    if bool(_ADVERSE.search(question)) is not bool(_ADVERSE.search(posed)):
        return False
    own = find_telling(f"{posed} {around}")
    if asked.form in (Form.POSSIBLE, Form.OTHER):
        thing = asked.thing - _CARRYING
        return 4 * sum(has_each((key,), own) for key in thing) >= 3 * len(thing)
    return has_each(asked.heads, own)


_CARRYING = frozenset(map(stem, "bring come keep stay".split()))
"""More verbs that say little of what is done: who may bring a dog is whose dog is welcome."""

_LOOSE = dict.fromkeys((Form.POSSIBLE, Form.CHOICE), Form.OTHER)
"""Forms that are put in each other's words: "Are dogs welcome?" and "Can I bring a dog?"."""


_JOINS = compile_late(r"^(?:and|but|so)\s+", re.IGNORECASE)


def is_reply(passage: str) -> bool:
    """Say whether a passage begins with a yes or no, in these or other words."""
    return bool(_REPLIES.match(passage))


_LEFT_TO_ASK = r"(?:so|but|because|since|although|though|if|unless|provided|only)"
_ELLIPTICAL = compile_late(
    rf"^\W*(?:(?:yes|no),?\s+{_LEFT_TO_ASK}\b"
    r"|(?:only|not|hardly|sometimes|usually|mostly|never)\s+(?:if|when|with|without|in|at|for|by|from|after"
    r"|before|until|on|since|because|where)\b"
    rf"|(?:in|for|with|at|on)\b[^,.;:!?]{{1,60}}(?:,\s*{_LEFT_TO_ASK}|,?\s+(?:yes|no)(?=\s*[,.;!]))\b)",
    re.IGNORECASE,
)


def is_elliptical(passage: str) -> bool:
    """Say whether a reply leaves to its question what it says: "Only with a pass.", "No, so run."."""
    return bool(_ELLIPTICAL.match(passage))


def drop_lead(passage: str) -> str:
    """Return a passage without the yes or no that it begins with; empty where it is all there is."""
    lead = _LEADS.match(passage)
    if not lead:
        return passage
    rest = _JOINS.sub("", passage[lead.end() :].lstrip(" ,.:;!—–-"))
    return rest[:1].upper() + rest[1:]
