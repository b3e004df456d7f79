"""An "it" that only fills a place: "is it worth going?", "how long does it take to ...?".

Knows English alone. Knows nothing of what a pronoun may stand for.
"""

import re

from ingest.patterns import compile_late

FILLED_LATER = compile_late(
    r"\bis it\b(?=.*\b(?:to|that|for)\b)|\b(?:does|did|would|will|can) it (?:\w+ly )?(?:help|hurt|pay|matter|make sense)\b"
    r"(?=\s+(?:to|if|when|whether|that)\b)|\bit\s+(?:\w+ly )?(?:take|cost)s?\b(?=.*\bto\b)",
    re.IGNORECASE,
)

SAID_OF_DOING = (
    r"(?:worth|possible|ok(?:ay)?|fine|hard|easy|difficult|necessary|better|best|good|bad|allowed|enough|common"
    r"|normal|important|useful|realistic|legal|safe|wise|late)"
)

_OF_WHAT_FOLLOWS = r"(?:helps?|hurts?|matters?|pays?(?: off)?|makes?(?: any| much| more)? sense)"

FILLS_A_PLACE = compile_late(
    rf"\b(?:is|was|would|isn['’]?t) it (?:be )?(?:\w+ )?{SAID_OF_DOING}\b(?=.*\b(?:to|that|if|\w{{2,}}ing)\b)"
    rf"|\bit (?:\w+ly |also )?{_OF_WHAT_FOLLOWS}\b(?=.*\b(?:to|that|if)\b)"
    r"|\b(?:is|was|would) it (?:be )?an? [\w-]+(?: [\w-]+)?(?= (?:if|when|to|that)\b)"
    rf"|\bit(?: is| was|['’]s| would be) (?:(?:\w+ )?{SAID_OF_DOING} )?(?=(?:to|that)\b)",
    re.IGNORECASE,
)
"""An "it" that stands for what follows: "is it worth taking notes?", "does it help to take notes?"."""


def fills_dummy(plain: str) -> bool:
    """Say whether the "it" of a question stands for what follows it: "what does it cost to ...?"."""
    return bool(FILLED_LATER.search(plain))
