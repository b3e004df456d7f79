"""Questions for what is not so: "who shouldn't dive?", "what can I skip?".

Knows how English asks for a denial. Knows nothing of what articles deny.
"""

import re
from enum import StrEnum

from assistant.asking.asked import NECESSITY
from ingest.patterns import compile_late

_ASKS_WHAT_NOT = compile_late(
    r"^\W*(?:what|which|who|whom|whose|where|when)\b(?!\s+(?:if|else)\b)"
    r"(?:(?!\b(?:if|when|because|who|that|which|what|for|to|so|but|or|and)\b)[^?,;:])*?"
    r"(?:\b(?:not|never|cannot)\b|n['’]t\b)(?!\s+(?:(?:i|you|we|they)\s+)?(?:only|just|to like|forget|miss|overlook)\b)",
    re.IGNORECASE,
)
"""A denial in the main clause; "what should I not miss?" asks for what is to be seen."""

_ASKS_WHAT_TO_SKIP = compile_late(
    r"^\W*(?:what|which)\b[^?,;:]*\b(?:can|could|may)\s+(?:i|you|we|they|one|people)\s+(?:\w+ly\s+)?"
    r"(?:skip|omit|leave out|do without|go without|drop|ignore)\b",
    re.IGNORECASE,
)
"""What asks, without a "not", for what there is no need of."""


class Denial(StrEnum):
    """What a question wants denied: a need, a leave, or anything else."""

    NEED = "need"
    LEAVE = "leave"
    FACT = "fact"


_DENIES_NEED = compile_late(
    rf"(?:\b(?:not|never)|n['’]t)\b(?:\W+\w+){{0,3}}?\W+(?:{NECESSITY}|matter|important)\b|\bneedn['’]t\b",
    re.IGNORECASE,
)

_DENIES_LEAVE = compile_late(
    r"\b(?:can|may|must|should|cannot|can['’]t|mustn['’]t|shouldn['’]t)\b|\bnever\b"
    r"|\b(?:allowed|permitted|admitted|welcome|supposed|eligible)\b",
    re.IGNORECASE,
)


def asks_what_not(question: str) -> bool:
    """Say whether a question asks what, who or where is not: the answer has to deny something."""
    return find_denial(question) is not None


def find_denial(question: str) -> Denial | None:
    """Return what a question wants denied, if it asks what is not so."""
    if _ASKS_WHAT_TO_SKIP.match(question):
        return Denial.NEED
    if _ASKS_WHAT_NOT.match(question) is None:
        return None
    if _DENIES_NEED.search(question):
        return Denial.NEED
    return Denial.LEAVE if _DENIES_LEAVE.search(question) else Denial.FACT
