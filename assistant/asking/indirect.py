"""A question that is put inside another, or as what somebody says, put directly.

"Not sure whether I need a boat", "my aunt says you need a boat". Knows how English reports, doubts
and hedges. Knows nothing of what is asked about.
"""

import re

from assistant.asking.inversion import ask_embedded, ask_whether, drop_tag
from ingest.patterns import compile_late

_ASIDE = (
    r"(?:(?:to )?be(?:ing)? (?:honest|straight|frank)(?: with (?:me|you))?|not gonna lie|honestly|seriously"
    r"|realistically|basically|(?:just )?out of (?:curiosity|interest)|in (?:a nutshell|short|brief)"
    r"|(?:(?:this is |it['’]s )?(?:probably |maybe )?an? )?(?:stupid|dumb|silly|daft|random|weird|newbie|quick|basic"
    r"|genuine|serious) (?:question|one|q)(?: (?:but|though|maybe|probably))?|ugh|hiya|heya)"
)
_CALL = r"(?:mate|guys|man|bro|dude|lads|folks)"
_HAIL = rf"(?:{_CALL}|right|look|listen|like|oi)"
_OPENING = compile_late(
    rf"^(?:{_ASIDE}\b[\s,.:;!–-]+|{_HAIL}\s*[,.:;!–-]+\s*)(?=\w)", re.IGNORECASE
)
_CLOSING = compile_late(
    rf",?\s+(?:roughly|approximately|anyways?|honestly|realistically)(?=\W*$)|\s*,\s*(?:{_ASIDE}|{_CALL})(?=\W*$)"
    r"|\s+(?:tho|innit|or (?:what|not|nah|whatever))(?=\W*$)",
    re.IGNORECASE,
)
"""What is said to whoever is asked, and is no part of the question."""

_RECALLS = compile_late(
    r"^((?:what|who)(?:['’]?s| is| are| was| were)\s[^?,]+?)\s+again(?=\W*$)", re.IGNORECASE
)
"""A name that was heard before: "who's the warden again?", but not "can I apply again?"."""

_DOUBTS = compile_late(
    r"^(?:(?:and|but|so)\s+)?(?:i\s+)?(?:(?:['’]m|am|was|i['’]m|just|still|really|kinda|been)\s+)*(?:not (?:so |really |quite |too )?sure|unsure"
    r"|no (?:idea|clue)|confused|wondering|curious|torn"
    r"|(?:trying to|can(?:['’]?t|not)(?: seem to)?) (?:find out|figure out|work out|decide|tell)"
    r"|(?:do not|don['’]?t) (?:know|get|understand)|(?:do|does) (?:you|anyone|anybody) know|any (?:idea|clue)|wonder|(?:['’]d|would) (?:like|love) to know|(?:want|need) to know)(?: (?:about|as to|on))?\s+"
    r"(?=(?:whether|if|how|what|which|when|where|who|why)\b)"
    r"|^(?:do )?(?:you|u) (?:think|reckon|guess|believe)\s+(?:that\s+)?(?=\S+\s+\S)",
    re.IGNORECASE,
)
_REPORTS = compile_late(
    r"^(?:(?:my|a|the|our)\s+(?:[\w-]+\s+)?[\w-]+|everyone|everybody|people|someone|somebody|they|i)\s+"
    r"(?:says?|said|reckons?|thinks?|thought|claims?|heard|read|told me|tells me|keeps? (?:saying|telling me))\s+"
    r"(?:that\s+)?(?=\S+\s+\S+\s+\S)"
    r"|^(?:i(?:['’]ve|\s+have)?\s+)?(?:heard|read|been told)\s+(?:that\s+)?(?=\S+\s+\S+\s+\S)",
    re.IGNORECASE,
)
_ASKS_FOR_OTHERS = compile_late(
    r"^(?:my|our)\s+[^.?!]{1,80}?\b(?:wants? to (?:know|find out|hear)|would like to know|wonders?|is wondering|asks?)\s+"
    r"(?=(?:whether|if|how|what|which|when|where|who|why)\b)",
    re.IGNORECASE,
)
"""Who asks for somebody else: "my son wants to know what one needs"."""

_TORN = compile_late(
    r"^(?:(?:i|i['’]m|am|just|still|really)\s+)*(?:torn|(?:can(?:['’]?t|not)|trying to) (?:decide|choose))\s+between\s+"
    r"(?P<first>[^,.?!]+?)\s+(?:and|or)\s+(?P<second>[^,.?!]+)$",
    re.IGNORECASE,
)
_IF = compile_late(r"^(?:if|whether)\s+(?=[\w'’]+\s+\w)", re.IGNORECASE)
_CLAUSE = compile_late(r"[,;:.!?]\s+(?=\w)")


def put_directly(text: str) -> str:
    """Put what doubts, reports or states a question as that question.

    "I wonder if you need a boat" asks "do you need a boat?", and so does "they say you need a boat".
    Of what is told before it nothing is changed, but for what opens it.
    """
    plain = _CLOSING.sub("", _OPENING.sub("", text))
    for_another = _ASKS_FOR_OTHERS.match(plain)
    if for_another:
        plain = _ask_reported(plain[for_another.end() :])
    plain = _RECALLS.sub(r"\1", plain)
    clauses = [0, *(found.end() for found in _CLAUSE.finditer(drop_tag(plain)))]
    told, last = plain[: clauses[-1]], plain[clauses[-1] :]
    return told + _ask(last, told)


def _ask(clause: str, told: str) -> str:
    """Put a clause as a question if it doubts, or if it reports and nothing is told before it."""
    torn = _TORN.match(clause.rstrip(" .?!"))
    if torn:
        return f"{torn['first']} or {torn['second']}?"
    doubted = _DOUBTS.sub("", clause)
    if doubted != clause:
        asked = _ask_reported(doubted)
        return asked[:1].lower() + asked[1:] if told else asked
    stated = drop_tag(clause)
    reported = stated if told else _REPORTS.sub("", stated)
    if reported == stated:
        return clause
    return ask_whether(reported, of_anything=True) or reported


def _ask_reported(clause: str) -> str:
    """Ask what is left when who asks is taken off: "if a boat is a must", "what one needs"."""
    put = _IF.sub("", clause)
    return ask_whether(put, of_anything=put != clause) or ask_embedded(put)
