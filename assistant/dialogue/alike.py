"""What a question names that another value can stand for: a level, a place, one of its kind.

Knows names and their siblings. Knows nothing of how a question is put anew.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set

from assistant.asking.question import find_names
from assistant.dialogue.topic import as_asked, drop_predicate
from assistant.english.levels import LEVELS
from assistant.english.noun_phrases import is_plural, name_stems, noun_runs
from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import FUNCTION_WORDS, stem, words

PREPOSITIONS = frozenset(
    ["for", "in", "at", "with", "without", "from", "to", "of", "as", "on", "by", "after", "during"]
)


def find_alike(previous: str, value: str, *, loosely: bool = False) -> list[str]:
    """Return the one noun phrase of the previous question that is shaped as the value is.

    "a tram" is shaped as "a bus", "trams" as "buses", and a name as a name; loosely, "a tram" also as
    "the bus" that is behind no preposition. Of several, the one that is behind none.
    """
    shape, names = find_shape(value), find_names(previous)
    if not shape:
        return []
    behind = rf"(?:{'|'.join(sorted(PREPOSITIONS))})\s+(?:(?:an?|the)\s+)?"
    found = noun_runs(drop_predicate(previous))
    if shape == "name":
        found = [[word for word in run if word in names] for run in found]
    runs = [
        run
        for run in filter(None, found)
        if _is_alike(
            shape,
            find_shape(as_asked(" ".join(run), previous), names),
            run,
            previous,
            loosely=loosely,
        )
        and not _may_hold_verb(run, previous)
    ]
    if len(runs) > 1 or loosely:
        runs = [run for run in runs if not re.search(rf"\b{behind}{re.escape(run[0])}", previous)]
    return runs[0] if len(runs) == 1 else []


_DETERMINED = {"a", "my", "the", "the, of several"}


def _is_alike(shape: str, other: str, run: Sequence[str], previous: str, *, loosely: bool) -> bool:
    """Say whether a phrase has a shape, or a plural may stand for what has no plural: "is rain bad?"."""
    if shape == other or (loosely and {shape, other} <= _DETERMINED):
        return True
    asked_of = rf"^(?:is|do|does|did|can|will|would|should|must)\s+{re.escape(run[0])}\b"
    uncounted = not other and len(run) == 1 and run[0].islower()
    return shape == "plural" and uncounted and bool(re.match(asked_of, previous, re.IGNORECASE))


def _may_hold_verb(run: Sequence[str], previous: str) -> bool:
    """Say whether what reads as a noun phrase may end in more: "is the hall open in winter?"."""
    text = re.escape(" ".join(run))
    predicate = rf"^(?:is|are|was|were)\s+(?:(?:an?|the)\s+)?{text}\s+(?:{'|'.join(sorted(PREPOSITIONS))})\b"
    acts = rf"\b(?:it|that|who)\s+{text}"
    return bool(
        (len(run) > 1 and re.search(predicate, previous, re.IGNORECASE))
        or re.search(acts, previous, re.IGNORECASE)
    )


_SOME_WHO = compile_late(
    r"(?:the\s+)?(?:people|ones|those|guys|folks)\s+(?:who|that)\b", re.IGNORECASE
)


def find_shape(phrase: str, names: Sequence[str] | None = None) -> str:
    """Say how a noun phrase is put: with which article, as a name, or as a bare plural."""
    said = words(phrase)
    if not said:
        return ""
    if said[0].lower() in {"a", "an"}:
        return "a"
    if said[0].lower() in {"my", "your", "our"}:
        return "my"
    some = bool(_SOME_WHO.match(phrase))
    if said[0].lower() == "the" and not some:
        return "the, of several" if is_plural(said[-1]) else "the"
    if all(word in names for word in said) if names is not None else is_name(phrase):
        return "name"
    return "plural" if some or (said[-1].islower() and is_plural(said[-1])) else ""


def is_name(value: str) -> bool:
    """Say whether a value begins with a capital letter that no word of grammar needs."""
    first = words(value)[:1]
    return (
        bool(first) and first[0][0].isupper() and first[0].lower() not in FUNCTION_WORDS | {"i'm"}
    )


def find_sibling(previous: str, value: str, profile: CorpusProfile) -> list[str]:
    """Return the words of the previous question that name a sibling of the value, if any."""
    wanted = name_stems(profile.abbreviations.get(drop_article(value), value))
    asked = {part: word for word in words(previous) for part in name_stems(word)}
    for short in words(previous):
        if short.lower() in profile.abbreviations and short.isupper():
            asked |= dict.fromkeys(name_stems(profile.abbreviations[short.lower()]), short)
    groups = [[name_stems(label) for label in group] for group in profile.siblings]
    groups.sort(key=lambda labels: not any(label and label <= wanted for label in labels))
    for labels in groups:
        counts = Counter(part for label in labels for part in label)
        named = [{part for part in label if counts[part] == 1} for label in labels]
        pairs = list(zip(named, labels, strict=True))
        if not any(_is_named(*pair, wanted) for pair in pairs):
            continue
        for label, whole in pairs:
            if _is_named(label, whole, asked.keys()) and not _is_named(label, whole, wanted):
                return list(dict.fromkeys(asked[part] for part in asked if part in whole))
    return _find_level(previous, wanted) or _find_namesake(previous, drop_article(value))


def _is_named(telling: Set[str], whole: Set[str], said: Set[str]) -> bool:
    """Say whether a name is said: by a word that no other name of its group has, or all of it."""
    return bool(telling & said) or (bool(whole) and whole <= said)


def _find_level(previous: str, wanted: Set[str]) -> list[str]:
    """Return the word of the previous question for another level than the value's, if any."""
    others = [level for level in LEVELS if not level & wanted]
    if len(others) == len(LEVELS):
        return []
    return [word for word in words(previous) if any(stem(word) in level for level in others)][:1]


def _find_namesake(previous: str, value: str) -> list[str]:
    """Return the words of the previous question that name another thing of the same kind.

    That is as many as the value has, up to the noun that both end in: "Owl Hut" for "Fox Hut", and
    "half-board" for "full-board".
    """
    named = words(value)
    if len(named) < 2:
        kind = value.rpartition("-")[1:]
        return [
            word for word in words(previous) if all(kind) and word.lower().endswith("".join(kind))
        ]
    for run in noun_runs(previous):
        for at, word in enumerate(run):
            if at and stem(word) == stem(named[-1]):
                return run[max(0, at + 1 - len(named)) : at + 1]
    return []


def drop_article(value: str) -> str:
    """Return a name without its article, in small letters."""
    return re.sub(r"^(?:the|a|an)\s+", "", value.strip().lower())
