"""Which words are English, rare ones and their forms among them.

Knows a dictionary of 160,000 words. Knows nothing of how common one is, or of the corpus.
"""

from functools import cache


def is_english(word: str) -> bool:
    """Say whether a lower-case word is English; a misspelt one isn't."""
    return word in _load_words()


@cache
def _load_words() -> frozenset[str]:
    """Load the words when one is first asked for: it takes a tenth of a second."""
    from spellchecker import SpellChecker  # noqa: PLC0415

    return frozenset(SpellChecker(language="en").word_frequency.words())
