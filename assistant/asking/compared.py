"""The things that a question sets side by side: "a bootcamp or a degree".

Knows how English compares. Knows nothing of what is told of either.
"""

import re

from assistant.asking.forms import AS_MUCH, AUXILIARY, COMPARATIVE, COMPARES, DEGREES, OF_MANY, SIDE
from assistant.english.noun_phrases import VERBS
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, content_words, stem, words

ASKING = frozenset(
    stem(word)
    for word in """
    article articles say says said mention mentions tell know explain describe list name question
    answer example examples many much long kind kinds type types sort difference different compare
    compared mean means way ways discussed thing things stuff bit lot take takes make makes possible really exactly
    exist exists information info extra realistic realistically ordinary actual
    """.split()
)
"""Words of asking: they say what form the answer has, not what it is about."""

_SIDES = tuple(
    compile_late(
        rf"((?:[\w'’+#-]+\s+){{0,3}}[\w'’+#-]+),?\s+(?:{joins})\s+((?:[\w'’+#-]+\s*){{1,5}})",
        re.IGNORECASE,
    )
    for joins in (r"or|vs\.?|versus", r"and|than|against|from|with|to(?!\s+be\b)")
)
"""What joins two things, the surest first: "more use to a beginner, a boat or a raft" has two "to"s."""

_THAN = compile_late(
    r"((?:[\w'’+#-]+\s+){0,5}?[\w'’+#-]+?)\s+(?:(?:a lot|a bit|much|far|any|really|slightly|significantly)"
    rf"\s+)?(?:\w{{3,}}er(?=\s+than)|{COMPARATIVE}(?:\s+(?:per\s+)?[\w-]+)?)\s+than\s+((?:[\w'’+#-]+\s*){{1,5}})",
    re.IGNORECASE,
)
"""What is said to be more than what: what stands before the comparative, and after "than"."""

_DIFFERS = compile_late(
    r"^how (?:[\w-]+ )?(?:do|does|did|is|are|was|were)\s+([^,?]+?)\s+(?:differ(?:ent)?|compared?)\s+(?:from|to|with|against)"
    r"\s+([^,?]+?)(?:\s+in\s+[^?]*|,[^?]*)?\W*$",
    re.IGNORECASE,
)

_AS = compile_late(
    r"^(?:(?:is|are|was|were)|(?P<does>do|does|did|can|will|would))\s+((?:[\w'’+#-]+\s+){1,6}?)"
    rf"(?(does)[\w-]+\s+)(?:just |nearly |quite |about )?{AS_MUCH}((?:[\w'’+#-]+\s*){{1,5}})",
    re.IGNORECASE,
)
"""What is asked to be as much as what: "is a hut as dear as a tent?"."""

_COMPARED = compile_late(
    rf"^compared (?:to|with)\s+([^,?]+),\s+{AUXILIARY}\s+((?:[\w'’+#-]+\s+){{1,6}}?){COMPARATIVE}",
    re.IGNORECASE,
)

_SAME_AS = compile_late(
    r"^(?:is|are|was|were)\s+((?:[\w'’+#-]+\s+){1,6}?)(?:\w+ly\s+|just\s+)?the same(?:\s+thing)?\s+as\s+"
    r"((?:[\w'’+#-]+\s*){1,5})",
    re.IGNORECASE,
)
"""What is asked to be one thing with what: "is a skiff the same as a punt?"."""

_BETWEEN = compile_late(
    r"\bbetween\s+((?:[\w'’+#-]+\s+){0,7}?[\w'’+#-]+)\s+and\s+((?:[\w'’+#-]+\s*){1,5})",
    re.IGNORECASE,
)

_PUT_APART = (_DIFFERS, _AS, _SAME_AS, _COMPARED, _THAN, _BETWEEN)
"""What says by its form which two things it compares."""

MOST_NAMING = 4
"""Words that a thing compared is named by: "junior care home nurse"; more say something of it."""

_LISTED = compile_late(r"(?:^|[:,?])\s*((?:[\w'’+#-]+\s+){0,3}[\w'’+#-]+),\s*$")
"""One more thing before those that "or" joins: the degree of "a degree, a bootcamp or a course"."""

_ENDS_OWNING = compile_late(r"['’]s?\s*$")

_OWNED = compile_late(r"(?<=['’]s)\s+[^'’]*$|(?<=s['’])\s+[^'’]*$")

_PURPOSE = compile_late(r"(?<=\w)\s+for\b", re.IGNORECASE)
"""What follows belongs to both things compared: "a hut or a tent for two"."""

_NO_NAME = FUNCTION_WORDS | OF_MANY
"""Words that are part of no name: articles, and what a thing is like in most cases."""

_ANYONE = frozenset("people folks folk guys types person staff ones".split())


def find_sides(text: str) -> tuple[str, ...]:
    """Return the things a question sets side by side: "a bootcamp or a degree"."""
    than = next(filter(None, (one.search(text) for one in _PUT_APART)), None)
    sides = than or next(filter(None, (joined.search(text) for joined in _SIDES)), None)
    if not sides or not re.match(SIDE, sides[2], re.IGNORECASE):
        return ()
    before = () if than else _find_listed(text[: sides.start()])
    trimmed = []
    first, second = sides.groups()[-2:]
    first, second = _begin_sides(first, second)
    if not _PURPOSE.search(first):
        second = _PURPOSE.split(second, maxsplit=1)[0]
    if _ENDS_OWNING.search(second):
        first = _OWNED.sub("", first)  # "a nurse's job and a doctor's"
    for side in (*before, first, second):
        kept = [
            word
            for word in words(DEGREES.sub(" ", side))
            if word.lower() not in _NO_NAME and stem(word) not in ASKING
        ]
        while kept and stem(kept[-1]) in VERBS and not kept[-1].endswith("ing"):
            kept.pop()  # "software developers earn" more than others
        if len(kept) > 1 and kept[-1].lower() in _ANYONE:
            kept.pop()  # "hardware people": those of hardware, whatever they are called
        trimmed.append(" ".join(kept[-MOST_NAMING:]))
    return tuple(trimmed) if all(trimmed) else ()


_IF_SAME = compile_late(
    r"^(?:is|are|was|were)\b[^?.!]*\b(?:(?:the same|identical|alike)\b|different(?=\W*$|\s+(?:from|to|than|things)\b))",
    re.IGNORECASE,
)


def asks_if_same(text: str) -> bool:
    """Say whether a question asks for a yes or no to two things being one: "are A and B the same?"."""
    return bool(_IF_SAME.match(text))


_PLACE = compile_late(r"(in|at|on|by|with|from|to|per|for)\s+", re.IGNORECASE)


def _begin_sides(first: str, second: str) -> tuple[str, str]:
    """Begin the first of two things after a degree, and both where the second does: "in Bonn or in Ulm"."""
    *_, after = DEGREES.split(first)
    first = after if content_words(after) else first
    place = _PLACE.match(second)
    if place is None:
        return first, second
    *_, after = re.split(rf"\b{place[1]}\s", first, flags=re.IGNORECASE)
    return (after, second[place.end() :]) if content_words(after) else (first, second)


def _find_listed(before: str) -> tuple[str, ...]:
    """Return the things listed before the last two: bare nouns, no "which is best" or "in May"."""
    listed: tuple[str, ...] = ()
    while (thing := _LISTED.search(before)) and _is_bare_thing(thing[1]):
        listed = (thing[1], *listed)
        before = before[: thing.start(1)].rstrip()
    return listed


def _is_bare_thing(phrase: str) -> bool:
    first, *rest = words(phrase) or ["the"]
    own = rest if first.lower() in ("a", "an", "the", "my", "your") else [first, *rest]
    return (
        bool(own)
        and not any(word.lower() in FUNCTION_WORDS or word.endswith("ly") for word in own)
        and not COMPARES.search(phrase)
    )
