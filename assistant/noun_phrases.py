"""English noun phrases: where one ends, and which words of a text belong together in one.

Knows the commonest verbs and who acts. Knows nothing of questions, conversations or the corpus.
"""

import re

from ingest.words import FUNCTION_WORDS, content_words, stem, words

VERBS = frozenset(
    stem(word)
    for word in """
    cost costs take takes pay pays paid earn earns make makes need needs require required
    work works help helps mean means include includes offer offers cover covers teach
    teaches last lasts use uses used learn start become choose find look think recommend
    suggest apply happen happens
    """.split()
)
"""Verbs so common that they end no noun phrase."""

_APART = FUNCTION_WORDS | frozenset(
    "worth instead else enough yet ago away together compared versus vs".split()
)
"""Words that are part of no noun phrase."""

_ACTORS = frozenset(["who", "i", "you", "we", "they", "he", "she"])
BETWEEN = frozenset(
    """
    also just only really still even ever never always often usually actually not can could should
    would will may might must
    """.split()
)
"""What may stand between the one who acts and the verb."""


def noun_runs(text: str) -> list[list[str]]:
    """Return the runs of words between function words and verbs: the noun phrases.

    A verb is one of the common ones, or the first word of content after "I", "you" or the like.
    """
    runs: list[list[str]] = [[]]
    acts = False
    for word in words(text):
        function = word.lower() in _APART
        if function or acts or stem(word) in VERBS:
            runs.append([])
        else:
            runs[-1].append(word)
        acts = word.lower() in _ACTORS or (acts and word.lower() in BETWEEN)
    return [run for run in runs if run] or [words(text)]


def phrase_length(text: str) -> int:
    """Return how many characters of a text come before the verb that goes on after a phrase."""
    for found in re.finditer(r"\s+(\w+)", text):
        if stem(found[1]) in VERBS:
            return found.start()
    return len(text)


def name_stems(text: str) -> set[str]:
    """Return the stems that tell a name from others, hyphens read as spaces."""
    return {stem(word) for word in content_words(text.replace("-", " "))}


def indefinite(noun: str) -> str:
    """Return the indefinite article that a noun takes, judged by its first letter."""
    return "an" if noun[0].lower() in "aeiou" else "a"


def count_noun(noun: str, *, one: bool) -> str:
    """Put a noun into the singular or the plural, where a final s tells."""
    if one:
        return noun if noun.endswith(("ss", "us", "is")) else noun.removesuffix("s")
    return noun if noun.endswith(("s", "ing")) or noun[-1:].isupper() else f"{noun}s"


def is_plural(noun: str) -> bool:
    """Say whether a noun looks like a plural, judged by its last letters."""
    return noun.endswith("s") and not noun.endswith(("ss", "us"))
