"""A question that is put as a statement or inside another, put directly.

"Not sure whether I need a boat", "my aunt says you need a boat, right?". Knows how English reports,
doubts and hedges. Knows nothing of what is asked about.
"""

import re

_ASIDE = (
    r"(?:(?:to )?be(?:ing)? (?:honest|straight|frank)(?: with (?:me|you))?|not gonna lie|honestly|seriously"
    r"|realistically|basically|(?:just )?out of (?:curiosity|interest)|in (?:a nutshell|short|brief)"
    r"|(?:(?:this is |it['’]s )?(?:probably |maybe )?an? )?(?:stupid|dumb|silly|daft|random|weird|newbie|quick|basic"
    r"|genuine|serious) (?:question|one|q)(?: (?:but|though|maybe|probably))?|ugh|hiya|heya)"
)
_CALL = r"(?:mate|guys|man|bro|dude|lads|folks)"
_HAIL = rf"(?:{_CALL}|right|look|listen|like|oi)"
_OPENING = re.compile(rf"^(?:{_ASIDE}\b[\s,.:;!–-]+|{_HAIL}\s*[,.:;!–-]+\s*)(?=\w)", re.IGNORECASE)
_CLOSING = re.compile(
    rf",?\s+(?:roughly|approximately|anyways?|honestly|realistically)(?=\W*$)|\s*,\s*(?:{_ASIDE}|{_CALL})(?=\W*$)"
    r"|(?<=\s)(?:tho|innit)(?=\W*$)",
    re.IGNORECASE,
)
"""What is said to whoever is asked, and is no part of the question."""

_RECALLS = re.compile(
    r"^((?:what|who)(?:['’]?s| is| are| was| were)\s[^?,]+?)\s+again(?=\W*$)", re.IGNORECASE
)
"""A name that was heard before: "who's the warden again?", but not "can I apply again?"."""

_DOUBTS = re.compile(
    r"^(?:(?:and|but|so)\s+)?(?:i\s+)?(?:(?:['’]m|am|was|i['’]m|just|still|really|kinda|been)\s+)*(?:not (?:so |really |quite |too )?sure|unsure"
    r"|no (?:idea|clue)|confused|wondering|curious|torn"
    r"|(?:trying to|can(?:['’]?t|not)(?: seem to)?) (?:find out|figure out|work out|decide|tell)"
    r"|(?:do not|don['’]?t) (?:know|get|understand)|(?:do|does) (?:you|anyone|anybody) know|any (?:idea|clue)|wonder|(?:['’]d|would) (?:like|love) to know|(?:want|need) to know)(?: (?:about|as to|on))?\s+"
    r"(?=(?:whether|if|how|what|which|when|where|who|why)\b)"
    r"|^(?:do )?(?:you|u) (?:think|reckon|guess|believe)\s+(?:that\s+)?(?=\S+\s+\S)",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"^(?:(?:my|a|the|our)\s+(?:[\w-]+\s+)?[\w-]+|everyone|everybody|people|someone|somebody|they|i)\s+"
    r"(?:says?|said|reckons?|thinks?|thought|claims?|heard|read|told me|tells me|keeps? (?:saying|telling me))\s+"
    r"(?:that\s+)?(?=\S+\s+\S+\s+\S)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\s*,\s*(?:right|yeah|yes|no|correct|true|am i right|is (?:that|it) (?:right|true)|(?:is|are|do|does)n['’]?t (?:it|they|you|i))\s*\?*\s*$"
    r"|\s+or (?:what|not|nah|whatever)\s*\?*\s*$",
    re.IGNORECASE,
)
_IF = re.compile(r"^(?:if|whether)\s+(?=[\w'’]+\s+\w)", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.!?]\s+(?=\w)")
_SHORT = re.compile(r"^(it|that|there|he|she)['’]s\s+", re.IGNORECASE)

_HELPS = r"(?:can|could|should|would|will|must|may|might|is|are|am|was|were)(?!\s+(?:not|never|n['’]t)\b)"
_ONE = r"(?:i|you|we|they|he|she|it|there|this|that|one|people|anyone|someone)"
_HELPED = re.compile(rf"^(?P<who>{_ONE})\s+(?P<helps>{_HELPS})\s+(?P<rest>\S.*)$", re.IGNORECASE)
_NAMED = re.compile(
    rf"^(?!(?:what|which|who|how|why|when|where|if|{_HELPS}|do|does|did|has|have)\b)"
    rf"(?P<who>(?:[\w'’-]+\s+){{0,3}}?[\w'’-]+)\s+(?P<helps>{_HELPS})\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"^(?P<who>i|you|we|they|people)\s+(?:really |actually |still |even )?(?P<rest>(?:need|have to|get|want|have"
    r"|earn|pay|make|learn|use|work|take|go|start)\b.*)$",
    re.IGNORECASE,
)


def put_directly(text: str) -> str:
    """Put what doubts, reports or states a question as that question.

    "I wonder if you need a boat" asks "do you need a boat", and so does "you need a boat, right?". Of
    what is told before it nothing is changed, but for what opens it.
    """
    plain = _RECALLS.sub(r"\1", _CLOSING.sub("", _OPENING.sub("", text)))
    clauses = [0, *(found.end() for found in _CLAUSE.finditer(_TAG.sub("", plain)))]
    told, last = plain[: clauses[-1]], plain[clauses[-1] :]
    return told + _ask(last, alone=not told)


def _ask(clause: str, *, alone: bool) -> str:
    """Put a clause as a question if it doubts, or if it stands alone and reports or ends as one."""
    doubted = _DOUBTS.sub("", clause)
    if doubted != clause:
        return _invert(_IF.sub("", doubted), named=bool(_IF.match(doubted)))
    if not alone:
        return clause
    stated = _REPORTS.sub("", _TAG.sub("", clause))
    if stated == clause and not clause.rstrip().endswith("?"):
        return clause
    return _invert(stated, named=stated != clause)


def _invert(stated: str, *, named: bool) -> str:
    """Put the verb of a statement first; whatever is `named` may be what it is about."""
    stated = _SHORT.sub(r"\1 is ", stated)
    helped = _HELPED.match(stated) or (_NAMED.match(stated) if named else None)
    if helped:
        return f"{helped['helps']} {helped['who']} {helped['rest']}"
    acts = _ACTS.match(stated)
    return f"do {acts['who']} {acts['rest']}" if acts else stated
