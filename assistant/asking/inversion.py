"""The plain yes/no question that is meant by a statement with a tag, a negative or a telegram.

Knows how English asks for a yes or no: "It isn't required, is it?", "Isn't it required?", "Helmets:
required?". Knows nothing of what is asked about.
"""

import re

from assistant.asking.asked import NECESSITY
from assistant.english.noun_phrases import count_noun, is_plural
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, words

_AUXILIARY = r"(?:is|are|was|were|am|do|does|did|can|could|should|would|will|has|have|must|may|need(?=\s+not|n['’]t))"
_PRONOUN = r"(?:i|you|we|they|he|she|it|there|this|that|one)"


def ask_plainly(text: str) -> str:
    """Put a question for a yes or no as the plain one that has the same yes."""
    plain = _MUST_HAVE.sub("required", _SLURRED.sub(" have to", text).lstrip())
    asked = _ask_tagged(_BONUS.sub("or optional", plain))
    said = _NOT_BEHIND.sub(r"\1", _NEGATIVE.sub(_say_plainly, _ask_telegram(asked)))
    return _NONE_THERE.sub(r"\1 any", said)


_SLURRED = compile_late(r"(?:\s*(?:\bhave|['’]ve))?\s*\b(?:gotta|hafta)\b", re.IGNORECASE)

_MUST_HAVE = compile_late(r"\ban? (?:absolute )?must[- ]have\b|\bmust-haves?\b", re.IGNORECASE)
_BONUS = compile_late(
    r"\bor (?:is it )?(?:just |only |merely )?(?:an? )?(?:bonus|extra|plus|nice[- ]to[- ]haves?)\b",
    re.IGNORECASE,
)
_NEGATIVE = compile_late(
    r"^(?:(is|are|was|were|do|does|did|could|should|would|has|have|must|need)n['’]?t|(ca|wo)n['’]?t)\b"
    r"(?=\s+(?:(?<=[se]n.t )\w|(?:i|you|we|they|he|she|it|there|this|that|these|those|an?|the|my|your|our|his"
    r"|her|their|its|anyone|anybody|people|one|most|some|all|any)\b|\w{2,}[^\Ws]s\b))",
    re.IGNORECASE,
)
"""A negative before its subject; "can't afford it" has none."""


def _say_plainly(found: re.Match[str]) -> str:
    """Say the opening of "Isn't it open?" as that of "Is it open?", whose yes is the same."""
    full = {"ca": "can", "wo": "will"}
    opening = found[1] or full[found[2].lower()]
    return opening.capitalize() if found[0][0].isupper() else opening


_NOT_BEHIND = compile_late(
    rf"^({_AUXILIARY}\s+(?!not\b)(?:(?:the|an?|my|your|our|this|that|these|those)\s+)?[\w'’-]+"
    r"(?:\s+[\w'’-]+)?)\s+not\b(?=\s+(?!to\b|only\b|just\b)\w)",
    re.IGNORECASE,
)
"""A "not" behind the subject: "Is it not too late?"."""

_NONE_THERE = compile_late(
    r"^((?:is|are|was|were) there(?: really)?)\s+no\b(?=\s+(?!longer\b|more\b)\w)", re.IGNORECASE
)
"""A denial of all there may be: "Are there no lockers?"."""

_TAG = compile_late(
    rf"(?:,?\s+or|(?:,|\s[–—-])\s*(?:(?:{_AUXILIARY}|need|wo|ca)(?:n['’]?t)?\s+{_PRONOUN}|right|correct|true|yes|no|huh|yeah|eh"
    r"|am i right|is (?:that|it) (?:right|true|so)))\s*\?*\s*$",
    re.IGNORECASE,
)
_TRUE = compile_late(
    r"^(?:is it|is that|am i) (?:really |actually )?(?:true|correct|right|the case)(?: in thinking)?(?: that)?\s+"
    rf"(?!(?:to|for|if|in)\b|{_AUXILIARY}\b)(?=[\w'’]+\s+[\w'’]+\s+\w)",
    re.IGNORECASE,
)
"""What asks whether a statement is true asks what is stated: "Is it true that dogs may come?"."""

_DO = r"(?:cost|take|pay|earn|need|require|work|help|include|offer|cover|teach|last|use)"
_NOT_ASKED = r"(?!.*\b(?:how|what|which|when|where)\b)"
_SUBJECT = r"(?P<subject>[\w+#'’-]+(?:\s+[\w+#'’-]+){0,4}?)"
_STATED = tuple(
    compile_late(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{_SUBJECT}\s+(?:(?P<can>can)(?:not|['’]t)|(?P<will>wo)n['’]?t)\s+(?P<rest>\S.*)$",
        rf"^{_SUBJECT}\s+(?P<auxiliary>{_AUXILIARY})(?:n['’]?t|\s+not)?\s+(?P<rest>\S.*)$",
        rf"^{_SUBJECT}['’](?P<short>s|re|ll)(?:\s+not)?\s+{_NOT_ASKED}(?P<rest>\S.*)$",
        r"^(?P<subject>i|you|we|they)\s+(?P<rest>\S.*)$",
        rf"^(?P<subject>(?:[\w-]+\s+){{0,2}}?[\w-]*[^\Ws]s)\s+(?P<rest>{_DO}\s+{_NOT_ASKED}\S.*)$",
        r"^(?P<subject>it|he|she|any(?:body|one|thing))\s+(?P<does>[\w-]+[^\Ws]s)\s+(?P<rest>\S.*)$",
    )
)
"""A statement with its auxiliary, written out or not, or with none: "you need a cap", "caps cost a lot"."""

_SEVERAL = compile_late(r"[.!?;]\s")
_SHORT = {"s": "is", "re": "are", "ll": "will"}


def _ask_tagged(text: str) -> str:
    """Ask what is stated to be agreed to; the same is asked whether it says yes or no.

    A statement may be a question by its mark alone: "The pool is heated?"
    """
    posed = _TRUE.sub("", text)
    tag = _TAG.search(posed)
    stated = _of_any(posed[: tag.start()]) if tag else posed.rstrip(" ?")
    sure = tag is not None or posed != text
    if not (sure or posed.endswith("?")) or _SEVERAL.search(stated):
        return text
    if not sure and "," in stated:
        return text  # "I hit a kerb, will that ruin it?"
    return ask_whether(stated, of_anything=sure) or text


_NOBODY = compile_late(r"^no(?P<one>body|thing|[- ]?one)\b", re.IGNORECASE)
_NONE = compile_late(r"^(there(?:['’]s|\s+(?:is|are|was|were)))\s+no\b", re.IGNORECASE)


def _of_any(stated: str) -> str:
    """State of any what is stated of none: "nobody may swim" is asked about as "anybody may swim"."""
    return _NOBODY.sub(lambda found: f"any{found['one'].strip(' -')}", _NONE.sub(r"\1 any", stated))


def drop_tag(text: str) -> str:
    """Leave out a tag that asks for agreement: ", right?"."""
    return _TAG.sub("", text)


def ask_whether(stated: str, *, of_anything: bool) -> str:
    """Ask whether a statement is so, or whether its denial is; empty where it is none.

    Only if it is `of_anything` may its subject be more than a pronoun or a bare noun.
    """
    bare = stated.rstrip(" ?.!")
    found = next(filter(None, (pattern.match(bare) for pattern in _STATED)), None)
    if found is None or not (of_anything or _is_simple(found["subject"])):
        return ""
    if any(word.lower() in _ASK_OR_DENY for word in words(found["subject"])):
        return ""
    return _invert(found)


_EMBEDDED = compile_late(
    r"^(?P<asks>what|who|where|when|how\s+[\w-]+)(?:\s+(?:on earth|the (?:hell|heck)|exactly|actually))?\s+"
    r"(?P<subject>(?!(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|much|many|to)\b)"
    r"(?:[\w+#'’-]+\s+){0,3}?[\w+#'’-]+)\s+(?:(?:actually|really|even|exactly)\s+)?"
    r"(?P<verb>is|are|was|were)(?P<rest>\s+to\s[^?.!]+)?[?.!]*$",
    re.IGNORECASE,
)
"""A question inside a sentence, its verb behind its subject: "what a sextant is", "how hard it is to row"."""


def ask_embedded(clause: str) -> str:
    """Put the verb of a question that stood inside a sentence before its subject: "what is a sextant?"."""
    found = _EMBEDDED.match(clause)
    if found is None or any(word.lower() in _ASK_OR_DENY for word in words(found["subject"])):
        return clause
    return f"{found['asks']} {found['verb']} {found['subject']}{found['rest'] or ''}?"


def _invert(stated: re.Match[str]) -> str:
    """Put a statement's auxiliary, without its denial, before its subject."""
    groups = {key: value for key, value in stated.groupdict().items() if value}
    subject = _begin_small(groups["subject"])
    if "does" in groups:
        return f"Does {subject} {count_noun(groups['does'], one=True)} {groups['rest']}?"
    opening = groups.get("auxiliary") or groups.get("can") or ("will" if "will" in groups else "do")
    if opening.lower() == "need":
        return f"Do {subject} need to {groups['rest']}?"
    opening = _SHORT.get(groups.get("short", "").lower(), opening).lower()
    if opening in ("have", "has") and _TO_DO.match(groups["rest"]):
        return f"{'Does' if opening == 'has' else 'Do'} {subject} have {groups['rest']}?"
    return f"{opening.capitalize()} {subject} {groups['rest']}?"


_TO_DO = compile_late(r"to\b", re.IGNORECASE)
"""What one "has to" do is no auxiliary's: "You have to ring?" asks "Do you have to ring?"."""


def _is_simple(subject: str) -> bool:
    """Say whether a subject is a pronoun, or a noun with no clause of its own: no "courses I"."""
    first, *rest = (word.lower() for word in words(subject))
    if not rest and re.fullmatch(_PRONOUN, first):
        return True
    before = {"a", "an", "the", "my", "your"}
    said = rest if first in before else [first, *rest]
    return 0 < len(said) < 3 and FUNCTION_WORDS.isdisjoint(said)


_ASK_OR_DENY = frozenset(
    """what which who whom whose where when why how if nobody none nothing no
    is are was were do does did can could should would will has have must may""".split()
)
"""What begins with these is asked otherwise, or is no longer the same without its denial."""

_TELEGRAM = compile_late(
    r"^(?P<thing>[\w+#./'’-]+(?:\s+[\w+#./'’-]+){0,4}?)(?P<sign>\s*[–—:,]|\s+-)?\s+"
    rf"(?P<said>(?:really |strictly )?(?:{NECESSITY}|optional|voluntary|allowed|permitted|worth it)\b[^?,]*)\?+$",
    re.IGNORECASE,
)


def _ask_telegram(text: str) -> str:
    """Ask "Is a helmet required?" where "Helmet required?" is written.

    "Documents required?" asks which they are.
    """
    found = _TELEGRAM.match(text)
    thing = words(found["thing"]) if found else []
    if found is None or any(word.lower() in FUNCTION_WORDS - _BEFORE_NOUNS for word in thing):
        return text
    several = is_plural(thing[-1])
    asks_which = re.match(rf"(?!must){NECESSITY}\b", found["said"], re.IGNORECASE)
    if not found["sign"] and several and asks_which:
        return text
    return f"{'Are' if several else 'Is'} {_begin_small(found['thing'])} {found['said']}?"


_BEFORE_NOUNS = frozenset("a an the my your of in for with and or".split())


def _begin_small(phrase: str) -> str:
    """Write a phrase as inside a sentence: a capital that stands first may be there for that alone."""
    first, *_ = words(phrase) or [""]
    small = first[1:].islower() or first == "A"
    return phrase[:1].lower() + phrase[1:] if small else phrase
