"""The words of a text, so that another text's words can be looked up in them.

Knows stems, compounds and initials. Knows nothing of sentences, passages or who wrote them.
"""

import re

from assistant.english.figures import CURRENCY_WORDS, NUMBER_WORDS
from ingest.words import FUNCTION_WORDS, has_form, stem, words

_REPORTING = frozenset(
    stem(word)
    for word in """according article articles say says said state states mention mentions note
    notes passage passages source sources yes also include includes including""".split()
)
"""Words by which a writer reports; they claim nothing that a passage has to hold."""


class Lexicon:
    """The words of a text by stem, with the initials of its phrases."""

    def __init__(self, text: str) -> None:
        tokens = [part for word in words(text) for part in _parts(word)]
        self.stems = frozenset(stem(token) for token in tokens)
        initials = "".join(token[0].lower() if token[0].isalpha() else " " for token in tokens)
        self._initials = initials
        self._shorts = frozenset(
            token.lower() for token in tokens if len(token) > 1 and token.isupper()
        )
        self._tokens = tokens

    def __contains__(self, word: str) -> bool:
        """Say whether a word is here as it is, inflected, shortened or spelt out."""
        return all(self._has(part) for part in _parts(word))

    def content(self) -> list[str]:
        """Return the distinct words that claim something, in order; figures are checked as such."""
        kept = {
            stem(token): token
            for token in reversed(self._tokens)
            if token.lower() not in FUNCTION_WORDS
            and stem(token) not in _REPORTING
            and not _counts(token)
        }
        return list(reversed(kept.values()))

    def spells_out(self, word: str, phrase: "Lexicon") -> bool:
        """Say whether a word is part of a phrase whose initials stand here ("machine", by "ML")."""
        first = word[0].lower()
        return any(first in short and short in phrase._initials for short in self._shorts)  # noqa: SLF001

    def _has(self, word: str) -> bool:
        key = stem(word)
        if key in self.stems:
            return True
        if word.isupper() and len(word) > 1 and word.lower() in self._initials:
            return True
        return has_form(key, self.stems)


def share_found(claim: Lexicon, context: Lexicon) -> float:
    """Return the share of a claim's content words that a context has, 0 to 1; 0 for no words."""
    content = claim.content()
    found = sum(word in context or context.spells_out(word, claim) for word in content)
    return found / len(content) if content else 0.0


UNITS = frozenset(
    """lakh crore thousand million billion percent per cent bn minute minutes hour hours day days
    week weeks month months year years""".split()
)
"""Words that are part of a figure."""


def _counts(token: str) -> bool:
    """Say whether a word is part of a figure."""
    lowered = token.lower()
    return (
        token[0].isdigit()
        or lowered in NUMBER_WORDS
        or lowered in UNITS
        or lowered in CURRENCY_WORDS
    )


def _parts(word: str) -> list[str]:
    """Split a compound at its hyphens, without the possessive ending."""
    plain = re.sub(r"['’]s?$", "", word)
    return [part for part in re.split(r"[-&]", plain) if part] or [word]
