"""What a message tells before it asks: "I am a nurse. How long does the course take?".

Knows where telling ends and asking begins, and whether what is asked can be understood alone. Knows
nothing of what is asked about, of the corpus or of turns.
"""

import re
from collections.abc import Iterator

from assistant.english.dummies import FILLS_A_PLACE, fills_dummy
from ingest.patterns import compile_late
from ingest.sentences import split_sentences
from ingest.words import content_words, words

LONG = 20
"""Words told before a question from which, and sentences (`MANY`), they are a story beside it.

On 101 development questions of the guides with one sentence told before them, which says whom it is
asked for, a right span is first for 74 with it and for 50 without; none of them tells so much. Of ten
questions after longer stories a right span is said for 3 with the story and for 7 without.
"""
MANY = 2

_SMALL_START = compile_late(r"(?<=\w{3}[.!?])\s+(?=[a-z])")
"""Where a sentence begins in a message without capitals."""

_ASKING = compile_late(
    r"(?:[,;]|\s[–-])\s+(?:(?:and|but|so|now)\s+)*(?=(?:can|could|do|does|is|are|am|will|would|should|must"
    r"|what|how|where|when|which|who|why)\b)",
    re.IGNORECASE,
)
"""Where a clause begins that asks."""

_TELLS = compile_late(
    r"^\W*(?:(?:so|ok|okay|well|look|basically|and|but|honestly)\b\W*)*"
    r"(?:i|my|we|our|me|(?:i|we)['’]\w+|im|ive)\b",
    re.IGNORECASE,
)
"""A sentence of the one who asks."""

_LEANS = compile_late(
    r"\b(?:it|its|this|that|these|those|they|them|their|one|ones|so|(?:like|for|of) (?:me|us))\b",
    re.IGNORECASE,
)
"""What points back to the sentences before: what these say is then part of the question."""


def split_told(plain: str) -> tuple[tuple[str, ...], str]:
    """Return the sentences before the first one that asks, and what is asked from there on.

    A long sentence of one's own tells up to its last clause that asks.
    """
    said = tuple(_find_sentences(plain))
    at = next((at for at, one in enumerate(said) if one.rstrip().endswith("?")), len(said) - 1)
    told, asked = said[:at], " ".join(said[at:])
    clauses = list(_ASKING.finditer(asked)) if _TELLS.match(asked) else []
    if clauses and len(words(asked[: clauses[-1].start()])) >= LONG:
        end, start = clauses[-1].span()
        return (*told, asked[:end]), asked[start:]
    return told, asked


def _find_sentences(plain: str) -> Iterator[str]:
    small = plain.islower() or not any(word[0].isupper() for word in words(plain) if word != "I")
    for start, end in split_sentences(plain):
        yield from _SMALL_START.split(plain[start:end]) if small else (plain[start:end],)


def _leans_on_told(asked: str) -> bool:
    """Say whether a question points back to what was told before it, or asks too little alone."""
    plain = FILLS_A_PLACE.sub(" ", asked)
    points = bool(_LEANS.search(plain)) and not (plain == asked and fills_dummy(asked))
    return points or not content_words(asked)


def tell_apart(plain: str) -> tuple[tuple[str, ...], str]:
    """Return the sentences told before what is asked, and that; all is asked where it leans on these."""
    told, asked = split_told(plain)
    return ((), plain) if _leans_on_told(asked) else (told, asked)


def leave_story(plain: str) -> str:
    """Return what is asked without the story told before it, where it can be understood alone.

    What is told briefly says whom it is asked for; a long story's words outweigh what is asked.
    """
    told, asked = tell_apart(plain)
    length = sum(len(words(one)) for one in told)
    is_story = length >= LONG or (len(told) >= MANY and length > len(words(asked)))
    if not is_story or len(words(asked)) < MIN_ALONE:
        return plain
    return asked[0].upper() + asked[1:]


MIN_ALONE = 4
"""Words of a question that can be understood without the story before it: no "Now what?"."""
