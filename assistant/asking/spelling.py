"""Misspelt words of a question, mended against the corpus's own vocabulary and the words of asking.

Knows spelling distance, and how slips of the ear and of the finger differ. A word that the corpus or
the language knows is never touched, so that a question about something else stays about something
else; and where no word of the corpus is near, only a plain slip is mended into one of the language.
"""

import re
from collections.abc import Callable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.english.dictionary import is_english
from ingest.patterns import compile_late
from ingest.words import FUNCTION_WORDS, words

MIN_LENGTH = 4
"""Shorter words have too many neighbours to mend one of them safely."""


_ASKED = "what when where which whose much many does should would could".split()
"""The words of asking, which no article need hold: "how mcuh" asks for an amount all the same."""


_ASKED_OF = frozenset(
    "pros cons upside upsides downside downsides perk perks drawback drawbacks pitfall pitfalls rundown".split()
)
"""What is asked of anything, in words that few articles have: "cons" are no coins."""


LIKELY = 0.5
"""What a likely slip counts for less: "limt" is "limit" before it is "lift", each one letter off."""


MOST_MENDED = 40
"""Words of a message that are mended: one with more unknown words is no English, and each takes some
milliseconds."""


_INITIALS = compile_late(r"[A-Z]{2,}s")
"""The plural of an abbreviation: "RSUs" is no slip for "reuse"."""


def allowed_distance(word: str) -> int:
    """Return how many letters may be wrong: one in a short word, two from eight letters on."""
    return 1 if len(word) < 8 else 2


def mend_spelling(
    question: str, vocabulary: Mapping[str, int], is_word: Callable[[str], bool]
) -> str:
    """Replace each misspelt word by the nearest word of the vocabulary, if one is near enough.

    Words that were run together are parted. Distance is optimal string alignment (a swap of
    neighbours counts once). A slip that leaves the sound, or the letters, as they are is nearer than
    another, and one of the first letter is further off; among words equally near, the more frequent wins.
    """
    mended = question
    said = dict.fromkeys(words(question))
    plain = [word for word in said if not _INITIALS.fullmatch(word)]
    unknown = [word for word in plain if not _is_known(word.lower(), vocabulary, is_word)]
    for word in unknown[:MOST_MENDED]:
        named = word[0].isupper() and not question.startswith(word)
        better = _mend_word(word.lower(), vocabulary, is_word, parted=not named)
        if better:
            mended = _replace_word(mended, word, better)
    return mended


def _mend_word(
    word: str, vocabulary: Mapping[str, int], is_word: Callable[[str], bool], *, parted: bool
) -> str | None:
    """Return a misspelt word as it is meant; a name is not `parted`, nor made an ordinary word."""
    parts = _part_words(word, vocabulary) if parted else None
    if parts:
        return parts
    known = dict.fromkeys(_ASKED, 0) | _find_singulars(word, vocabulary, is_word) | {**vocabulary}
    near = _find_near(word, known)
    if parted and (not near or near[0][0] >= 1):
        ordinary = [form for form in _vary(word) if is_word(form)]
        moved = [form for form in ordinary if len(form) == len(word) and _is_moved(word, form)]
        if moved or not near:
            return next(iter(moved or ordinary), None)
    return near[0][2] if near else None


def _is_known(word: str, vocabulary: Mapping[str, int], is_word: Callable[[str], bool]) -> bool:
    """Say whether the articles or the language know a word, or one that it is a form of.

    What is short, or no word of letters alone, counts as known: nobody can say what it was meant for.
    """
    if len(word) < MIN_LENGTH or not word.isalpha() or word in _ASKED_OF:
        return True
    if _may_be_clipped(word, vocabulary):
        return True
    known = any(
        form in vocabulary or form in FUNCTION_WORDS or is_word(form)
        for form in (word, f"{word}s", *_bases(word))
    )
    return known or is_english(word)


def _may_be_clipped(word: str, vocabulary: Mapping[str, int]) -> bool:
    """Say whether a word is the plural of a few letters that a long word of the articles begins with."""
    bare = word.removesuffix("s")
    if bare == word or len(bare) >= MIN_LENGTH:
        return False
    return any(known.startswith(bare) and len(known) > 2 * len(bare) for known in vocabulary)


def _find_near(word: str, known: Mapping[str, int]) -> list[tuple[float, int, str]]:
    """Return the words that a word may be meant for, with how far off each is, the nearest first."""
    limit = allowed_distance(word)
    near = process.extract(
        word, list(known), scorer=OSA.distance, score_cutoff=limit + 1, limit=100
    )
    return sorted(
        (_judge_slip(word, candidate, int(distance)), -known[candidate], candidate)
        for candidate, distance, _ in near
        if len(candidate) >= MIN_LENGTH and candidate.isalpha() and not _inflects(word, candidate)
        if distance <= allowed_distance(_without_shared_ending(word, candidate))
        or (distance <= limit + 1 and _sounds_alike(word, candidate))
        if len(_without_shared_ending(word, candidate)) > SHORT or _may_slip(word, candidate)
    )


SHORT = 6
"""Letters up to which a word that differs in one is as likely another word: "bloke" is not "broke",
nor are "coders" "covers". An ending that both have is no letter of these: "commuting" is not "computing"."""

_VOWELS = "aeiou"
_SOUNDED_LAST = "aiou"
_NEAR = "qwertyuiop asdfghjkl zxcvbnm ck cs fv gj"
"""Letters beside each other on the keys, and those that may sound the same."""


def _may_slip(word: str, other: str) -> bool:
    """Say whether one letter was left out, added or moved, or taken for one that is near to it."""
    changed = [pair for pair in zip(word, other, strict=False) if pair[0] != pair[1]]
    if len(word) != len(other) or len(changed) != 1:
        return True
    [(typed, meant)] = changed
    if typed in _VOWELS or meant in _VOWELS:
        return typed in _VOWELS and meant in _VOWELS
    return typed + meant in _NEAR or meant + typed in _NEAR


LONG = 7
"""Letters from which a vowel may be taken for another: "clearence", but "perks" are no "parks".

The first one is heard too well for that: a "trucker" is no "tracker".
"""

_SOUNDLESS = compile_late(rf"[^{_VOWELS}]*")


def _vary(word: str) -> list[str]:
    """Return what a word may have been meant for by one slip that leaves sound or letters alike.

    Those of as many letters come first.
    """
    parts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    letters = "".join(sorted({*_VOWELS, *word, "c"}))
    forms = {left + letter + right for left, right in parts for letter in letters}
    forms |= {left + right[1:] for left, right in parts}
    forms |= {f"{left}{right[1]}{right[0]}{right[2:]}" for left, right in parts if len(right) > 1}
    if len(word) >= LONG:
        later = [part for part in parts if not _SOUNDLESS.fullmatch(part[0])]
        forms |= {left + vowel + right[1:] for left, right in later if right for vowel in _VOWELS}
    alike = [
        form
        for form in forms
        if len(form) >= MIN_LENGTH
        and not _inflects(word, form)
        and (_sounds_alike(word, form) or _is_moved(word, form))
    ]
    return sorted(alike, key=lambda form: (len(form) != len(word), form))


def _judge_slip(word: str, other: str, distance: int) -> float:
    """Return how far off a word is, a likely slip counting for less and an unlikely one for more."""
    likely = _sounds_alike(word, other) + _is_moved(word, other)
    return distance - likely * LIKELY + (word[0] != other[0])


def _is_moved(word: str, other: str) -> bool:
    """Say whether two words have the same letters."""
    return sorted(word) == sorted(other)


def _sounds_alike(word: str, other: str) -> bool:
    """Say whether two words begin alike and differ only in vowels and in what is doubled.

    A vowel that is sounded last is heard: "lingo" is not "long".
    """
    sounded = word[-1] in _SOUNDED_LAST, other[-1] in _SOUNDED_LAST
    alike = _consonants(word) == _consonants(other)
    return word[0] == other[0] and alike and sounded[0] == sounded[1]


def _consonants(word: str) -> str:
    plain = word.replace("ck", "k").replace("z", "s").replace("ph", "f")
    return re.sub(r"(.)\1+", r"\1", re.sub(rf"[{_VOWELS}]", "", plain))


def _find_singulars(
    word: str, vocabulary: Mapping[str, int], is_word: Callable[[str], bool]
) -> dict[str, int]:
    """Return the words like a word whose plurals alone the articles have: "library", for "libraries"."""
    found = {}
    for plural, count in vocabulary.items():
        if plural[0] == word[0] and plural.endswith("s"):
            one = f"{plural[:-3]}y" if plural.endswith("ies") else plural[:-1]
            if abs(len(one) - len(word)) < 3 and is_word(one):
                found[one] = count
    return found


LONGEST_RUN = 40
"""Letters of a word that is looked at for others in it; the longest word of English has 45."""

SHORTEST_PART = 3
"""Letters that a content word within a run of words has at least: more would be found than is there."""


def _part_words(run: str, vocabulary: Mapping[str, int]) -> str | None:
    """Part words that were run together into as few as can be; None where they are none.

    One of them is no short word, or any run of letters might be parted, and of two none is one of two
    letters: "doable" is not "do able".
    """
    if len(run) > LONGEST_RUN:
        return None
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, len(run) + 1):
        ways = (
            (*best[start], run[start:end])
            for start in range(end - 1)
            if start in best and _may_be_part(run[start:end], vocabulary)
        )
        fewest = min(ways, key=len, default=None)
        if fewest:
            best[end] = fewest
    parts = best.get(len(run), ())
    long = any(len(part) >= MIN_LENGTH for part in parts)
    return " ".join(parts) if long and (len(parts) > 2 or min(map(len, parts)) > 2) else None


def _may_be_part(part: str, vocabulary: Mapping[str, int]) -> bool:
    return part in FUNCTION_WORDS or (len(part) >= SHORTEST_PART and part in vocabulary)


_ENDINGS = ("s", "es", "ed", "ing", "est", "ly", "ness")
"""Not "er": too many words end so by themselves, and "enginer" is no form of "engine"."""

_SHORTEST_BASE = {ending: MIN_LENGTH if ending == "s" else MIN_LENGTH - 1 for ending in _ENDINGS}
"""Letters before an ending: "fix" makes "fixes" a word, but "yer" is no reason to keep "yers"."""


def _bases(word: str) -> list[str]:
    """Return the words that a word may be a form of: "cheap" for "cheapest"."""
    ends = [ending for ending in _ENDINGS if word.endswith(ending)]
    cut = {ending: word[: -len(ending)] for ending in ends}
    kept = [base for ending, base in cut.items() if len(base) >= _SHORTEST_BASE[ending]]
    whole = [f"{base[:-1]}y" for base in kept if base[-1] == "i"]
    whole += [f"{word[: -len(e)]}e" for e in ("ed", "ing", "est", "iest") if word.endswith(e)]
    return kept + whole + [base[:-1] for base in kept if base[-1] == base[-2]]


def _without_shared_ending(word: str, other: str) -> str:
    """Return a word without an ending that the other has too: "haggling" is not "handling"."""
    shared = [e for e in _ENDINGS if word.endswith(e) and other.endswith(e)]
    return word.removesuffix(max(shared, key=len, default=""))


def _inflects(word: str, other: str) -> bool:
    """Say whether a word only adds an ending to another: no misspelling, but another form."""
    return word.startswith(other)


def _replace_word(text: str, word: str, better: str) -> str:
    said = better.capitalize() if word[0].isupper() else better
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", said, text)
