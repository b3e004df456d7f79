"""Whether a text speaks of a thing, or of another of its kind: a diving licence, a fishing licence.

Knows how English nouns are told apart by what stands beside them. Knows nothing of needs or leave.
"""

import re
from collections.abc import Sequence, Set

from ingest.words import FUNCTION_WORDS, has_form, stem, words

_OF = frozenset("of with about".split())
"""Words after which a noun is told what it is of: knowledge of Java."""

_KINDS = tuple(map(re.compile, (r"['’]s$|s['’]$", r"ing$", r"^[A-Z]", r"\d")))
"""Forms of a word before a noun that tell one of several from the others: a master's, a bachelor's.

"A formal degree" is the university degree that is asked about; "a master's" is no bachelor's.
"""


def names_other_kind(phrase: str, heads: Set[str], text: str) -> bool:
    """Say whether a text has the heads of a noun phrase only where they name another of the kind."""
    asked = words(phrase)
    own = [word for word in asked if _tells(word) and not has_form(stem(word), heads)]
    said = words(text)
    if not own or any(has_form(stem(word), map(stem, said)) for word in own):
        return False
    places = [at for at, word in enumerate(said) if has_form(stem(word), heads)]
    return bool(places) and all(_is_of_other(said, at, own) for at in places)


def _is_of_other(said: Sequence[str], at: int, own: Sequence[str]) -> bool:
    """Say whether what stands beside a noun makes it another one than that with its own words."""
    after = said[at + 1 : at + 3]
    if len(after) == 2 and after[0].lower() in _OF and _tells(after[1]):
        return True
    before = said[at - 1] if at else ""
    contrasting = (any(map(kind.search, own)) and kind.search(before) for kind in _KINDS)
    return _tells(before) and any(contrasting)


def _tells(word: str) -> bool:
    return bool(word) and word.lower() not in FUNCTION_WORDS
