"""The attribute that a degree is of: what is highest has the greatest height.

Knows English adjectives and the nouns that articles call their attributes by. Knows nothing of
figures, or of what is compared.
"""

from ingest.patterns import compile_late
from ingest.words import stem, words

_NOUNS = {
    "height altitude elevation": "high tall low",
    "length duration time distance": "long short",
    "width breadth": "wide broad narrow",
    "depth": "deep shallow",
    "weight": "heavy light",
    "age": "old young",
    "speed pace time duration": "fast quick slow",
    "size area": "big large small",
    "distance": "far near close",
    "temperature": "hot warm cold cool",
    "price cost fee charge": "cheap dear expensive pricey",
    "strength": "strong weak",
    "growth": "fast quick slow",
}
"""What the attributes of adjectives are called, the nearest name first: a closed class in English."""

_NAMES = {
    adjective: tuple(
        stem(noun)
        for nouns, adjectives in _NOUNS.items()
        if adjective in adjectives.split()
        for noun in nouns.split()
    )
    for adjective in " ".join(_NOUNS.values()).split()
}
_DEGREE = compile_late(r"i?e(?:st|r)$")


def name_attributes(question: str) -> tuple[str, ...]:
    """Return the stems of the nouns for what a question's adjectives measure, the nearest first.

    "Highest", "higher" and "how high" all ask for the height.
    """
    found = (noun for word in words(question.lower()) for noun in _NAMES.get(_find_root(word), ()))
    return tuple(dict.fromkeys(found))


def _find_root(word: str) -> str:
    """Return the adjective that a word is a degree of: "big" for "biggest"."""
    root = _DEGREE.sub("", word)
    if root == word:
        return word
    forms = (root, f"{root}e", f"{root}y", root[:-1])
    return next((form for form in forms if form in _NAMES), word)
