"""How a message takes up the conversation: it corrects, comes back to something, or leaves it.

Knows the English for that. Knows nothing of what is asked.
"""

import re
from dataclasses import dataclass

from ingest.patterns import compile_late

_STARTS = r"(?:(?:and|but|ok(?:ay)?|so|now|well)\b[\s,]*)*"

_MEANT = compile_late(
    r"^(?:(?:no|nope|sorry|oops|wait|actually|hm+|ah|oh)\b[\s,.!–-]*)*(?:what i (?:meant|mean) (?:was|is)"
    r"|i (?:really |actually )?(?:meant|mean)(?: to (?:say|ask))?)\b[\s,:]*(?P<meant>.+?)\s*\??$",
    re.IGNORECASE,
)
"""What was meant instead: "sorry, I meant how long"."""

_NO = compile_late(
    r"^(?:(?:no|nope|nah|sorry|oops|wait|actually|ah|oh)\b\s*[,.!:;–-]+\s*)+(?P<meant>.+?)\s*\??$",
    re.IGNORECASE,
)
_NOT_BUT = compile_late(
    r"^(?:but )?not\s+(?P<not>[^,?]+?)\s*(?:,\s*(?:but\s+)?|\s+but\s+)(?P<meant>[^,?]+?)\W*$",
    re.IGNORECASE,
)
_BUT_NOT = compile_late(
    r"^(?P<meant>[^,?]+?)(?:,\s*(?:and )?|\s+and )not\s+(?P<not>[^,?]+?)\W*$", re.IGNORECASE
)

_LEAVES = compile_late(
    rf"^{_STARTS}(?:(?:(?:an)?other|a? ?new|a? ?different|next|one (?:more|other|last)|unrelated|separate|"
    r"quick) (?:question|topic|thing|subject)|unrelated|one (?:more|other|last)|by the way"
    r"|(?:never ?mind|forget)(?: (?:it|that|this|about (?:it|that|this)))?"
    r"|(?:to )?chang(?:e|ing) (?:the )?(?:subject|topic))\s*[:,;.!–—-]+\s*(?P<asked>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_RETURNS = compile_late(
    rf"^{_STARTS}(?:(?:(?:going|coming|getting|to go|to come|to get)\s+)?back to|return(?:ing)? to|(?:(?:what|how) )?about|"
    r"regarding|as (?:for|to)|speaking of)\s+(?P<thing>[^,:;?–]{2,60}?)(?:\s+again)?\s*[,:;–]\s*(?P<asked>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NAMES_FIRST = compile_late(
    rf"^{_STARTS}(?P<thing>(?:the|that|those|this|these)\s+[^,:;?–]{{2,40}}?)(?:\s+again)?\s*[,:;–]\s*"
    r"(?P<asked>(?:what|which|who|how|why|when|where|can|do|does|did|is|are|was|were|will|would|should)"
    r"(?:['’]s)?\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""A thing, and then what is asked of it: "that hostel, what does it cost?"."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was meant, and what was not, "" where that is not said."""

    meant: str
    instead_of: str = ""


def read_correction(message: str) -> Correction | None:
    """Return what a message says was meant: "no, in Oslo", "not the hut, the hostel"."""
    opened = _MEANT.match(message) or _NO.match(message)
    meant = opened["meant"] if opened else message
    contrast = _NOT_BUT.match(meant) or _BUT_NOT.match(meant)
    if contrast:
        return Correction(contrast["meant"], contrast["not"])
    return Correction(meant) if opened else None


def read_new_subject(message: str) -> str:
    """Return what is asked after "another question:" or the like, "" where nothing says so."""
    leaves = _LEAVES.match(message)
    return leaves["asked"] if leaves else ""


def read_return(message: str) -> tuple[str, str]:
    """Return the thing that a message comes back to and what it asks; none where it does not."""
    returns = _RETURNS.match(message) or _NAMES_FIRST.match(message)
    if not returns:
        return "", ""
    thing = re.sub(r"\s+(?:thing|stuff|topic|bit|part)$", "", returns["thing"], flags=re.IGNORECASE)
    return re.sub(r"^(?:that|those|this|these)\s+", "", thing, flags=re.IGNORECASE), returns[
        "asked"
    ]
