"""One of several things that were listed or set side by side: "the second one", "the other".

Knows ordinals and how an answer lists things. Knows nothing of the corpus.
"""

import re
from collections.abc import Sequence

from assistant.asking.compared import find_sides
from assistant.asking.forms import COMPARING, find_ask
from assistant.english.noun_phrases import VERBS
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, content_words, stem, stems, words

_ORDINALS = {
    "first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1, "former": 0,
    "latter": 1, "1st": 0, "2nd": 1, "3rd": 2,
}  # fmt: skip
_ORDINAL = compile_late(
    rf"\b(?:the\s+)?({'|'.join(_ORDINALS)})\s+(?:one|option|item|point|choice|thing|of (?:those|these|them))\b"
    rf"|\bthe\s+({'|'.join(_ORDINALS)})\b(?!-)",
    re.IGNORECASE,
)
_OTHER = compile_late(
    r"\b(?:the\s+)?other(?:\s+(?:one|option|choice|kind|type|sort|two|ones))?\b", re.IGNORECASE
)


RECENT = 3
"""Answers whose lists are meant before what a sentence of the latest one enumerates in passing."""


def resolve_choice(
    plain: str, previous: str, answers: Sequence[str], asked_in_turn: Sequence[str] = ()
) -> str | None:
    """Resolve "the second one" and "the other one" against what was listed or set side by side.

    `answers` are those given so far, the latest first; `asked_in_turn` are two things that one
    question after another was about.
    """
    named = [*map(list_items, answers[:RECENT]), *map(list_options, answers)]
    options = next((found for found in named if len(found) >= 2), [])
    ordinal = find_ordinal(plain)
    if ordinal:
        which = (ordinal[1] or ordinal[2]).lower()
        if not list_items("".join(answers[:1])) and f" the {which}" in "".join(answers[:1]).lower():
            return None  # told by its number: "On the second day ..."
        place = _ORDINALS[which]
        options = options or list(find_sides(previous))
        if options and place < len(options):
            return _choose(plain, ordinal, options[place], options, previous)
    other = _OTHER.search(plain)
    beside = list(find_sides(previous))
    sides = beside or list(asked_in_turn) or options
    if other and len(sides) == 2:
        said = previous if asked_in_turn and not beside else "".join(answers[:1])
        unsaid = [side for side in sides if side.lower() not in said.lower()]
        return _choose(plain, other, unsaid[0] if unsaid else sides[1], sides, previous)
    return None


_HAS_MOST = compile_late(
    r"([^.:\[\]\n]{2,60}?) has the (?:\w+(?:er|est)|more|most|less|least|same)\b"
)


def choose_side(previous: str, answers: Sequence[str]) -> str:
    """Return what the latest answer chose, of a question which of two or of many is more."""
    if find_ask(previous) not in COMPARING:
        return ""
    most = _HAS_MOST.match("".join(answers[:1]))
    if most:
        return most[1]
    sides = find_sides(previous)
    if len(sides) != 2:
        return ""
    own = [set(stems(side)) - set(stems(other)) for side, other in (sides, sides[::-1])]
    for sentence in re.split(r"\[\d+\]|\n", "".join(answers[:1])):
        named = [side for side, ws in zip(sides, own, strict=True) if ws & set(stems(sentence))]
        if len(named) == 1:
            return named[0]
    return ""


_ASKS = compile_late(
    r"(?:and\s+)?(?:how|when|where|who|why|can|do|does|is|are|will|was)\b", re.IGNORECASE
)


def find_ordinal(plain: str) -> re.Match[str] | None:
    """Find "the second one" or "the second", where it is not said of a noun of its own."""
    ordinal = _ORDINAL.search(plain)
    if ordinal and (
        ordinal[1] or _is_asked_of(plain, ordinal) or not _qualifies(plain[ordinal.end() :])
    ):
        return ordinal
    return None


_HELPED = compile_late(r"\b(?:is|are|was|were)\s+$", re.IGNORECASE)
_DONE = compile_late(r"\s+[\w-]+ed\W*$", re.IGNORECASE)


def _is_asked_of(plain: str, ordinal: re.Match[str]) -> bool:
    """Say whether what follows an ordinal is done with it: "how is the third examined?"."""
    return bool(_HELPED.search(plain[: ordinal.start()]) and _DONE.match(plain[ordinal.end() :]))


def _qualifies(rest: str) -> bool:
    """Say whether an ordinal before this belongs to a noun of its own: "the first step"."""
    following = re.match(r"\s+([\w-]+)", rest)
    if not following:
        return False
    word = following[1].lower()
    return word not in FUNCTION_WORDS and stem(word) not in VERBS


def _choose(
    plain: str, mention: re.Match[str], option: str, options: Sequence[str], previous: str
) -> str:
    """Put an option in place of its mention; a bare mention asks the previous question of it."""
    rest = (plain[: mention.start()] + plain[mention.end() :]).strip(" ?.!,")
    if content_words(rest) or _ASKS.match(rest):
        return f"{plain[: mention.start()]}{option}{plain[mention.end() :]}"
    for other in options:
        if other in previous and option not in previous:
            return previous.replace(other, option)
    return f"What is {option}?"


_ENUMERATES = compile_late(
    r"(?::|\b(?:such as|like|for example|from)\b) +"
    r"(?=((?:[^.:,()\n]+,\s)+[^.:,()\n]+|[^.:,()\n]+ and [^.:,()\n]+))"
)
_NAMES_ONLY = compile_late(
    r"((?:[^.:,()\n]+,\s+)+(?:and |or )?[^.:,()\n]+|[\w'’+#-]+ (?:and|or) [\w'’+#-]+)\.?"
)
"""An answer that says nothing but names: "Oslo, Bergen and Bodø."."""

MOST_WORDS = 4
"""Lower-case words of a thing that a sentence enumerates; more is a clause."""


def list_options(answer: str) -> list[str]:
    """Return what the items of an answer call themselves, in order, or what a sentence enumerates.

    That follows a colon or "such as", with commas, or is all that the answer says.
    """
    items = list_items(answer)
    if len(items) >= 2:
        return items
    plain = _without_marks(answer).strip()
    for enumerated in (_NAMES_ONLY.fullmatch(plain), *_ENUMERATES.finditer(plain)):
        if enumerated is None:
            continue
        named = _name_items(re.split(r",\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+", enumerated[1]))
        if all(map(_is_name, named)):
            return named
    return items


def _is_name(enumerated: str) -> bool:
    """Say whether a thing enumerated is named in few words, with none that join clauses or phrases."""
    said = [word for word in words(enumerated) if word.islower()]
    return len(said) <= MOST_WORDS and FUNCTION_WORDS.isdisjoint({*said} - {"of", "the", "a", "an"})


def list_items(answer: str) -> list[str]:
    """Return what the items of an answer call themselves: on lines of their own, or numbered in one.

    Of several lists that is the longest: the one that was asked for, where items stand alone beside it.
    """
    plain = _without_marks(answer)
    lists: list[list[str]] = [[]]
    for line in plain.splitlines():
        item = re.match(r"\s*(?:[-*•]|\d{1,2}[.)])\s+(.+)", line)
        if item:
            lists[-1].append(item[1].strip())
        elif lists[-1]:
            lists.append([])
    items = max(lists, key=len)
    numbered = re.split(r"(?:^|\s)\d{1,2}[.)]\s+", plain)[1:]
    return _name_items(numbered if len(items) < 2 <= len(numbered) else items)


def _without_marks(answer: str) -> str:
    return re.sub(r"\s*\[\d+\]", "", answer)


def _name_items(items: Sequence[str]) -> list[str]:
    named = [re.split(r":\s|\s[–—]\s", item)[0].strip(" .:") for item in items]
    columns = {name.rpartition(", ")[1:] for name in named}
    if len(named) > 1 and len(columns) == 1:  # cells of one column: "Oslo, Price: €9"
        named = [name.rpartition(", ")[0] or name for name in named]
    return [re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE) for name in named if name]
