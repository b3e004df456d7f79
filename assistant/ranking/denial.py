"""Which spans can answer a question for what is not so.

Knows how English denies a need, a leave, or a fact. Knows nothing of scores or verdicts.
"""

import re

from assistant.asking.asked import NECESSITY
from assistant.asking.negation import Denial
from assistant.english.opposites import DENIALS, SCALES
from assistant.layout.structure import find_lead, turns_items
from assistant.ranking.clauses import IMPOSSIBLE, NOT_NEEDED
from assistant.ranking.polarity import drop_lead
from ingest.document import Document, Kind, Span
from ingest.patterns import compile_late
from ingest.words import stem_set, words

_NO_NEED = compile_late(
    rf"{NOT_NEEDED.pattern}|(?:\bnot|n['’]t) (?:\w+ )?(?:matter|important)\b"
    r"|\b(?:unimportant|irrelevant|negligible)\b",
    re.IGNORECASE,
)
_NO_LEAVE = compile_late(
    rf"{IMPOSSIBLE.pattern}|\bmay not\b|\b(?:should|ought)(?:n['’]t| not)\b"
    r"|(?<=[.:;\n])\s*(?:do not|don['’]t|never)\b",
    re.IGNORECASE,
)
_LEAVES_NEED = compile_late(r"\bnon-|\b(?:only|except|unless)\b", re.IGNORECASE)
"""What keeps some from doing something and denies no need: "only swimmers", "non-swimmers"."""

_NEEDS = compile_late(rf"\b{NECESSITY}\b", re.IGNORECASE)
_OTHERWISE = {Denial.NEED: _NO_LEAVE, Denial.LEAVE: _NO_NEED}
"""What else is denied where one is asked for: "lamps aren't needed" tells nobody who may not swim."""

_DENIES = compile_late(
    r"n['’]t\b|\boptional(?:ly)?\b|\b(?:only|except|unless)\b|\bnon-\w+(?:able|ible|er|or|ant|ent|ist|ee)s?\b|\b(?:rul(?:es?|ed|ing) out|disqualif\w+|ineligible"
    r"|refusals?|turn(?:s|ed)? (?:away|down))\b",
    re.IGNORECASE,
)
_NOT_ONLY = compile_late(
    r"(?:\bnot|n['’]t|\bnever)\s+(?:\w+\s+)?(?:only|just|merely|simply)\b|\b(?:whether )?or not\b"
    r"|\b(?:no|not) (?:more|less|\w+er) than\b",
    re.IGNORECASE,
)
"""What says more, not less: "it's not just about coding"; or leaves it open: "whether or not"; or sets
a limit: "no higher than a door"."""

_AND_NOT = compile_late(r"\b(?:and|or)\b(?=[^,;:]*(?:\b(?:not|never)\b|n['’]t))", re.IGNORECASE)
"""Above others it joins what is not so to what is: "what grows, and what doesn't"."""

_DOING_WITHOUT = compile_late(r"\bwithout(?:\s+\w+ly)?\s+(?!\w*thing\b)\w+ing\b", re.IGNORECASE)
"""How something is done, which says of nothing that it is not so: "without being told"."""

_WITHOUT = compile_late(r"\bwithout\b", re.IGNORECASE)
"""In a heading it says for whom all below is: "camping without a tent"."""

_DENYING = (
    frozenset[str]().union(*(scale.low for scale in SCALES if scale.denies))
    - stem_set("free freely closed shut optional")[0]
)
"""Words that deny without a "not", but for those that tell of a price or of hours, or have the stem of
one that does not: an option is not optional."""


def denies(document: Document, span: Span, wanted: Denial = Denial.FACT) -> bool:
    """Say whether a span denies, or what turns it or stands above; a row may by its cell.

    What denies a need alone does not answer a question for what is forbidden, nor the other way; and
    what tells of a need without denying it answers none for what is not needed.
    """
    block = document.blocks[span.block]
    if block.kind is Kind.ROW:
        return True
    lead = find_lead(document, block.parent)
    turned = lead is not None and turns_items(document, lead)
    above = _AND_NOT.split(document.text[lead.start : lead.end])[0] if lead and turned else ""
    heading = _WITHOUT.sub("", _AND_NOT.split("".join(block.heading_path[-1:]))[0])
    otherwise = _OTHERWISE.get(wanted)
    if otherwise and otherwise.search(above):
        return False
    text = f"{heading}\n{above}\n{drop_lead(document.text[span.start : span.end])}"
    text = _DOING_WITHOUT.sub("", _NOT_ONLY.sub("", text))
    text = otherwise.sub("", text) if otherwise else text
    if wanted is Denial.NEED:
        text = _LEAVES_NEED.sub("", text)
        if _NEEDS.search(text) and not _NO_NEED.search(text):
            return False
    if wanted is Denial.LEAVE and _NO_LEAVE.search(text):
        return True
    said = {word.lower() for word in words(text)}
    return bool(_DENIES.search(text) or said & DENIALS or stem_set(text)[0] & _DENYING)
