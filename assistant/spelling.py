"""Misspelt words of a question, mended against the corpus's own vocabulary and the words of asking.

Knows spelling distance. A word that the corpus or the language knows is never touched, so that a
question about something else stays about something else.
"""

import re
from collections.abc import Callable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest.words import FUNCTION_WORDS, words

MIN_LENGTH = 4
"""Shorter words have too many neighbours to mend one of them safely."""


_ASKED = "what when where which whose much many does should would could".split()
"""The words of asking, which no article need hold: "how mcuh" asks for an amount all the same."""


def allowed_distance(word: str) -> int:
    """Return how many letters may be wrong: one in a short word, two from eight letters on."""
    return 1 if len(word) < 8 else 2


def mend_spelling(
    question: str, vocabulary: Mapping[str, int], is_word: Callable[[str], bool]
) -> str:
    """Replace each misspelt word by the nearest word of the vocabulary, if one is near enough.

    Distance is optimal string alignment (a swap of neighbours counts once). Among words equally
    near, one with the same first letter wins, then the more frequent.
    """
    mended = question
    for word in dict.fromkeys(words(question)):
        better = _mend_word(word.lower(), vocabulary, is_word)
        if better:
            mended = _replace_word(mended, word, better)
    return mended


def _mend_word(
    word: str, vocabulary: Mapping[str, int], is_word: Callable[[str], bool]
) -> str | None:

    def is_known(form: str) -> bool:
        return form in vocabulary or form in FUNCTION_WORDS or is_word(form)

    if (
        is_known(word)
        or any(map(is_known, _bases(word)))
        or len(word) < MIN_LENGTH
        or not word.isalpha()
    ):
        return None
    limit = allowed_distance(word)
    near = process.extract(
        word, [*vocabulary, *_ASKED], scorer=OSA.distance, score_cutoff=limit, limit=20
    )
    candidates = [
        (distance, candidate[0] != word[0], -vocabulary.get(candidate, 0), candidate)
        for candidate, distance, _ in near
        if len(candidate) >= MIN_LENGTH and candidate.isalpha() and not _inflects(word, candidate)
        if distance <= allowed_distance(_without_shared_ending(word, candidate))
    ]
    return min(candidates)[3] if candidates else None


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
