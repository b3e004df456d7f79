"""A question asked again about something else: "and for seniors?".

Knows which words of the question before stand where the new ones belong. Knows nothing of answers,
or of when a question leans on another.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set

from assistant.levels import LEVELS
from assistant.noun_phrases import indefinite, name_stems, noun_runs, phrase_length
from ingest.profile import CorpusProfile
from ingest.words import stem, words

_PREPOSITIONS = frozenset(
    ["for", "in", "at", "with", "without", "from", "to", "of", "as", "on", "by", "after", "during"]
)


def fill_slot(previous: str, slot: str, preposition: str, profile: CorpusProfile) -> str:
    """Ask the previous question again about something else.

    The new words take the place of their sibling in the previous question: a name of the same list
    or table, or the phrase after the same preposition; else they are added to it.
    """
    value = slot[len(preposition) :].strip() if preposition else slot.strip()
    named = re.sub(r"\s+ones?$", "", value, flags=re.IGNORECASE)
    sibling = _find_sibling(previous, named, profile)
    if sibling:
        return _swap(previous, sibling, named)
    place = _find_place(previous, profile)
    if place and named[:1].isupper():
        return f"{previous[: place.start(1)]}{named}{previous[place.end(1) :]}"
    if preposition in _PREPOSITIONS:
        after = re.compile(
            rf"\b{preposition}\s+((?:(?!\b(?:{'|'.join(sorted(_PREPOSITIONS))})\b)[^?,.])+)",
            re.IGNORECASE,
        )
        matches = list(after.finditer(previous))
        if matches:
            last = matches[-1]
            end = last.start(1) + phrase_length(last[1])
            return f"{previous[: last.start(1)]}{value}{previous[end:]}"
    return f"{previous.rstrip('? .')}, {slot.strip()}?"


def _find_place(previous: str, profile: CorpusProfile) -> re.Match[str] | None:
    """Find the name that a question ends in after "in" or the like: "Oslo" in "pay in Oslo?"."""
    place = re.search(r"\b(?:in|at|for|from)\s+([\w-]+(?:\s+[A-Z][\w-]*)*)\W*$", previous)
    if place is None:
        return None
    named = place[1][0].isupper() or place[1].lower() not in profile.vocabulary
    return place if named else None


def _find_sibling(previous: str, value: str, profile: CorpusProfile) -> list[str]:
    """Return the words of the previous question that name a sibling of the value, if any."""
    wanted = name_stems(profile.abbreviations.get(_bare(value), value))
    asked = {part: word for word in words(previous) for part in name_stems(word)}
    for short in words(previous):
        if short.lower() in profile.abbreviations and short.isupper():
            asked |= dict.fromkeys(name_stems(profile.abbreviations[short.lower()]), short)
    for group in profile.siblings:
        labels = [name_stems(label) for label in group]
        counts = Counter(part for label in labels for part in label)
        named = [{part for part in label if counts[part] == 1} for label in labels]
        if not any(label & wanted for label in named):
            continue
        for label, whole in zip(named, labels, strict=True):
            if label & asked.keys() and not label & wanted:
                return list(dict.fromkeys(asked[part] for part in asked if part in whole))
    return _find_level(previous, wanted) or _find_namesake(previous, _bare(value))


def _find_level(previous: str, wanted: Set[str]) -> list[str]:
    """Return the word of the previous question for another level than the value's, if any."""
    others = [level for level in LEVELS if not level & wanted]
    if len(others) == len(LEVELS):
        return []
    return [word for word in words(previous) if any(stem(word) in level for level in others)][:1]


def _find_namesake(previous: str, value: str) -> list[str]:
    """Return the words of the previous question that name another thing of the same kind.

    That is as many as the value has, up to the noun that both end in: "Owl Hut" for "Fox Hut".
    """
    named = words(value)
    if len(named) < 2:
        return []
    for run in noun_runs(previous):
        for at, word in enumerate(run):
            if at and stem(word) == stem(named[-1]):
                return run[max(0, at + 1 - len(named)) : at + 1]
    return []


def _bare(value: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", value.strip().lower())


def _swap(previous: str, old: Sequence[str], value: str) -> str:
    """Put a value in place of some words of a noun phrase, with its own article.

    What else the phrase says stays ("new" in "a new roadster"), unless the value says it too.
    """
    run = max(noun_runs(previous), key=lambda run: sum(word in old for word in run))
    if not set(run) & set(old):
        run = list(old)  # "US" reads as a word that is part of no noun phrase
    said = name_stems(value)
    places = [at for at, word in enumerate(run) if word in old or name_stems(word) & said]
    end = places[-1] + 1
    if value.endswith("s") and end < len(run) and run[end].endswith("s"):
        end += (
            1  # two plurals: the value has a head noun of its own ("seniors" for "senior guests")
        )
    replaced = run[places[0] : end]
    begins = places[0] == 0
    phrase = re.compile(
        r"(\b(?:an?|the)\s+)?\b" + r"\W+".join(map(re.escape, replaced)) + r"(?!\w)", re.IGNORECASE
    )
    bare = re.sub(r"^(?:the|a|an)\s+", "", value, flags=re.IGNORECASE)

    def put(match: re.Match[str]) -> str:
        if begins and bare != value:
            return value
        named = bare[:1].isupper() and replaced[0][:1].isupper()
        article = "" if named else match[1] or ""  # the US, but India
        return re.sub(r"^an?\b", indefinite(bare), article, flags=re.IGNORECASE) + bare

    return phrase.sub(put, previous, count=1)
