"""Which of two things that were asked about, one after the other or side by side: "which is cheaper?".

Knows what two questions differ in, and of the corpus only its profile. Knows nothing of answers.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.asking.compared import find_sides
from assistant.asking.forms import COMPARATIVE, Ask, find_ask
from assistant.dialogue.topic import drop_predicate, find_topic
from assistant.english.noun_phrases import VERBS, count_noun, noun_runs
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import FUNCTION_WORDS, content_words, stem

_WHICH = compile_late(r"^which (one|ones|of (?:them|these|those))\b", re.IGNORECASE)
_OF_TWO = compile_late(
    r"^(?P<asks>which|who|where)(?: one)?(?P<of> of (?:the two|these two|those two|both|them|these|those))?"
    r"(?P<rest>\s+(?P<verb>[\w'’]+)\b.*)$",
    re.IGNORECASE,
)
_IS_MORE = compile_late(rf"(?!.*\b(?:than|or)\b)[^,?]*{COMPARATIVE}", re.IGNORECASE)
_DIFFERS = compile_late(
    r"^(?:(?:and|so|but)\s+)?(?:what(?:['’]?s| is| are) the differences?"
    r"(?: between (?:the two|both|them|these|those))?"
    r"|how (?:do|are) (?:they|the two|both|these|those) (?:differ|different|compare))\W*$",
    re.IGNORECASE,
)


def resolve_which(plain: str, asked: Sequence[str], profile: CorpusProfile) -> str:
    """Say which of what: of the things that were listed, or of the last two that were asked about."""
    in_turn = find_two(asked)
    if in_turn and _DIFFERS.match(plain):
        return f"What is the difference between {in_turn[0]} and {in_turn[1]}?"
    beside = find_sides(asked[-1])
    sides, two = beside or in_turn, _OF_TWO.match(plain)
    if two and sides and not two["of"] and _is_verb(two["verb"]):
        more = _IS_MORE.match(two["rest"])
        if more or (beside and two["asks"].lower() == "which" and not find_sides(plain)):
            return f"{plain.rstrip('? .')}, {' or '.join(sides)}?"
    which = _WHICH.match(plain)
    listed = _find_listed(asked, profile) if which else ""
    if which and listed:
        one = bool(_ONE_OF.match(f"{which[1]} {plain[which.end() :].lstrip()}"))
        return f"which {count_noun(listed, one=one)}{plain[which.end() :]}"
    if two and two["of"] and sides:
        return f"{two['asks']}{two['rest'].rstrip('? .')}, {' or '.join(sides)}?"
    return ""


_ONE_OF = compile_late(r"one|of .+ (?:is|has|was|does|\w+[^s\W]s)", re.IGNORECASE)
"""What asks for one of them, as its verb shows: "which of them costs least?"."""


def _is_verb(word: str) -> bool:
    return word.lower() in FUNCTION_WORDS or stem(word) in VERBS


def _find_listed(asked: Sequence[str], profile: CorpusProfile) -> str:
    """Return what the latest question that asked for many things asked for, "" if none did."""
    latest = next((text for text in reversed(asked) if find_ask(text) is Ask.LIST), "")
    return find_topic(latest, profile)


COMPARED = 4
"""Questions looked at for two that differ in one thing, latest first."""

MOST_COMPARED = 40
"""Words of a question that is looked at so: more is a story, and comparing takes their square."""


def find_two(asked: Sequence[str]) -> tuple[str, ...]:
    """Return in what two of the last questions differ: "Oslo" and "Bonn"; none where in more."""
    recent = asked[-COMPARED:]
    for at in range(len(recent) - 1, 0, -1):
        for first in reversed(recent[:at]):
            sides = _find_change(first, recent[at])
            if sides:
                return sides
    return ()


def _find_change(first: str, second: str) -> tuple[str, ...]:
    """Return the one thing in which two questions differ, as each of them names it."""
    both = first.rstrip("?. ").split(), second.rstrip("?. ").split()
    if max(map(len, both)) > MOST_COMPARED:
        return ()
    changes = SequenceMatcher(None, both[0], both[1], autojunk=False).get_opcodes()
    changed = [change for change in changes if change[0] != "equal"]
    if len(changed) != 1 or changed[0][0] != "replace":
        return ()
    _, start, end, other_start, other_end = changed[0]
    sides = both[0][start:end], both[1][other_start:other_end]
    if any(len(side) * 2 > len(text) for side, text in zip(sides, both, strict=True)):
        return ()
    return tuple(map(_name_whole, sides, (first, second)))


def _name_whole(side: Sequence[str], text: str) -> str:
    """Return the noun phrase that some words of a text stand in: "deep learning", for "deep"."""
    content = [word for word in side if content_words(word)]
    runs = noun_runs(drop_predicate(text))
    return next((" ".join(run) for run in runs if set(content) <= set(run)), " ".join(side))
