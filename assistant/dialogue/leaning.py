"""Whether a question leans on those before it: it is a fragment, points back, or asks a bare "why?".

Knows the English for leaving something out. Knows nothing of what was said, or of the corpus.
"""

import re

from assistant.dialogue.choices import find_ordinal
from assistant.english.dummies import FILLS_A_PLACE
from assistant.english.pointing import points_back
from ingest.patterns import compile_late
from ingest.words import content_words, words

_DEFINES = compile_late(
    r"^what(?:['’]?s| is| are) (?:an? )?(?!next\b|left\b|new\b|different\b|special\b)[\w+#-]+"
    r"(?<!ed)(?<!ing)(?<!er)(?<!est)\W*$",
    re.IGNORECASE,
)
"""A question that stands alone, short as it is: "what is rye?", but not "what is included?"."""

_OF_WHAT = compile_late(
    r"^what(?:(?:['’]s| is| are) the [\w-]+| if(?:\s[\w'’-]+){1,5})\W*$", re.IGNORECASE
)
"""A question of what something else has, as "the" shows, or of an event: "what are the drawbacks?"."""

_OWN_ONE = compile_late(
    r"(\b(?:the|an?)\s+[\w-]+\s[^?.!]{0,120}?\b(?:than|or|and|versus|vs\.?)\s+(?:the|an?)\s+"
    r"(?!other\b|same\b|first\b|second\b|last\b)[\w-]+)\s+ones?\b",
    re.IGNORECASE,
)
"""A "one" that stands for a noun of its own question: "the red bicycle or the blue one"."""

_WHERE_FIGURE = compile_late(
    r"^how (?:much|long|far|often|many) (?:in|at|for|with|without|on|from|by|after)\s(?:(?:the|an?)\s)?[\w'’-]+\W*$",
    re.IGNORECASE,
)
"""A figure asked of nothing named: "how much in Oslo?"."""

_COUNT_LEFT_OUT = compile_late(
    r"^how many (?:are|were|is|was|have|has|will|get|got|do|did)\s+(?:(?:being|been|be|there|they)\s+)?[\w-]+\W*$",
    re.IGNORECASE,
)
"""A number asked of nothing named: "how many are being added?"."""

CONTINUES = compile_late(
    r"^(?:and|but|or|what about|how about|also|then|so|or is|ok(?:ay)?,? (?:and|but)"
    r"|(?:(?:no|ok(?:ay)?|and),? )?(?:only|just))\b",
    re.IGNORECASE,
)
BARE = compile_late(
    r"^(?:(?:and|but|so|ok)\b[\s,]*)*(?P<asks>why(?: not)?|how(?: \w+)?|"
    r"since when|when|where|who|which(?: ones?)?|what for|is that all|"
    r"any(?:thing)? else|like what|such as|for example|by how (?:much|many|far))\s*\??$",
    re.IGNORECASE,
)
REPEATS = compile_late(
    r"^(?:(?:and|but|so|ok)\b[\s,]*)*(?:says who|who says(?: so| that)?|really|are you sure(?: about that)?"
    r"|is (?:that|this|it) (?:true|so|right|certain|a fact))\W*$",
    re.IGNORECASE,
)
"""What doubts an answer: it is given once more, with where it stands."""

WHY = compile_late(
    r"^(?:(?:and|but|so)\b[\s,]*)*(?:why|how come)(?: (?:is|was) (?:that|this|it)| (?:that|this|these|those)(?: ones?)?|['’]s that| so| though"
    r"| then| exactly)*\s*(?:[?.!,]+\s*(?:(?:i|we|my|because)\b.*)?)?$",
    re.IGNORECASE,
)
"""A bare "why?", whatever is said beside it: "why is that? I hated it"."""


def leans_on_history(plain: str) -> bool:
    """Say whether a question needs the turns before it to be understood."""
    content = content_words(plain)
    bare = (BARE, WHY, REPEATS, _WHERE_FIGURE, _COUNT_LEFT_OUT)
    if any(one.match(plain) for one in bare) or not content:
        return True
    if CONTINUES.match(plain) and len(content) <= 5:
        return True
    meant = _OWN_ONE.sub(r"\1", FILLS_A_PLACE.sub(" ", plain))
    if (points_back(meant) or find_ordinal(plain)) and len(content) <= 6:
        return True
    short = len(words(plain)) <= 3 or bool(_OF_WHAT.match(plain))
    return len(content) == 1 and short and not _DEFINES.match(plain)


def is_fragment(plain: str) -> bool:
    """Say whether a question has no clause of its own: "and for seniors?"."""
    body = re.sub(
        r"^(?:(?:and|but|or|so|then|also|ok(?:ay)?)\b[\s,]*)+", "", plain, flags=re.IGNORECASE
    )
    if re.match(
        r"^(?:(?:what|how) (?:about|with)|(?:is (?:it|that|this) )?(?:the )?same\b)",
        body,
        re.IGNORECASE,
    ):
        return True
    clause = re.match(
        r"^(?:what|which|who|how|why|when|where|can|could|do|does|did|is|are|am|was|were|has|have|"
        r"should|will|would|must|may|might|(?:it|that|this|they|you|i|we|he|she)(?:['’]\w+"
        r"| (?:is|are|was|can|could|will|would|has|have|do|does|must|should|may|might)\b))\b",
        body,
        re.IGNORECASE,
    )
    return not clause and len(words(body)) <= 6
