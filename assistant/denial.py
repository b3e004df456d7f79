"""Questions for what is not so: "who shouldn't dive?", and which spans can answer one.

Knows how English denies. Knows nothing of scores or verdicts.
"""

import re

from assistant.opposites import DENIALS, SCALES
from assistant.structure import find_lead, turns_items
from ingest.document import Document, Kind, Span
from ingest.words import stem_set, words

_ASKS_WHAT_NOT = re.compile(
    r"^\W*(?:what|which|who|whom|whose|where|when)\b(?!\s+(?:if|else)\b)"
    r"(?:(?!\b(?:if|when|because|who|that|which|what|for|to|so|but|or|and)\b)[^?,;:])*?"
    r"(?:\b(?:not|never|cannot)\b|n['’]t\b)(?!\s+(?:(?:i|you|we|they)\s+)?(?:only|just|to like|forget|miss|overlook)\b)",
    re.IGNORECASE,
)
"""A denial in the main clause; "what should I not miss?" asks for what is to be seen."""

_DENIES = re.compile(r"n['’]t\b|\b(?:only|except|unless)\b|\bnon-", re.IGNORECASE)
_NOT_ONLY = re.compile(
    r"(?:\bnot|n['’]t|\bnever)\s+(?:\w+\s+)?(?:only|just|merely|simply)\b", re.IGNORECASE
)
"""What says more, not less: "it's not just about coding"."""

_WITHOUT = re.compile(r"\bwithout\b", re.IGNORECASE)
"""In a heading it says for whom all below is: "camping without a tent"."""

_DENYING = (
    frozenset[str]().union(*(scale.low for scale in SCALES if scale.denies))
    - stem_set("free freely closed shut")[0]
)
"""Words that deny without a "not", but for those that tell of a price or of hours."""


def asks_what_not(question: str) -> bool:
    """Say whether a question asks what, who or where is not: the answer has to deny something."""
    return bool(_ASKS_WHAT_NOT.match(question))


def denies(document: Document, span: Span) -> bool:
    """Say whether a span denies, or what turns it or stands above; a row may by its cell."""
    block = document.blocks[span.block]
    if block.kind is Kind.ROW:
        return True
    lead = find_lead(document, block.parent)
    turned = lead is not None and turns_items(document, lead)
    above = document.text[lead.start : lead.end] if lead and turned else ""
    heading = _WITHOUT.sub("", " ".join(block.heading_path[-1:]))
    text = _NOT_ONLY.sub("", f"{heading} {above} {document.text[span.start : span.end]}")
    said = {word.lower() for word in words(text)}
    return bool(_DENIES.search(text) or said & DENIALS or stem_set(text)[0] & _DENYING)
