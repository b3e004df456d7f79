"""A question with the short forms of its names written out, as the articles write them.

Knows which names a corpus has, and the other names of a few countries. Knows nothing of what a
question asks, or of how it is answered.
"""

import re
from functools import partial

from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import FUNCTION_WORDS

_WORD = compile_late(r"(?<![\w-])(?P<the>the\s+)?(?P<short>[A-Za-z]{2,6})\b(?![\w-])")


_FULL_NAMES = {
    "america": "United States",
    "britain": "United Kingdom",
    "great britain": "United Kingdom",
    "holland": "Netherlands",
}
_COUNTRY = compile_late(
    rf"\b(?P<in>in|for|across|within)\s+(?P<name>{'|'.join(sorted(_FULL_NAMES, reverse=True))})\b",
    re.IGNORECASE,
)
"""A country that the articles may call otherwise."""


def spell_out(question: str, profile: CorpusProfile) -> str:
    """Write out the short forms that the articles' names have: "the UK" as "the United Kingdom".

    The learned scorer and the encoder read words: a row that is named "United Kingdom" has nothing
    of "UK" for them. A word that is also one of grammar is a name in capitals or after "the" alone,
    and in capitals only where not all is written in them.
    """
    loud = question.isupper()

    def put(found: re.Match[str]) -> str:
        short = found["short"]
        full = profile.full_names.get(short.lower(), "")
        written = short.isupper() and not loud
        if not full or (short.lower() in FUNCTION_WORDS and not written and not found["the"]):
            return found.group()
        named = full.title() if full not in profile.subject else full
        return f"{found['the'] or ''}{named}"

    return _COUNTRY.sub(partial(_name_fully, profile), _WORD.sub(put, question))


def _name_fully(profile: CorpusProfile, found: re.Match[str]) -> str:
    """Call a country as the articles do, which have it by another name: "in the United States"."""
    name = found["name"].lower()
    full = _FULL_NAMES[name]
    told = any(full.lower() == label.lower() for group in profile.siblings for label in group)
    known = any(word in profile.vocabulary for word in name.split()[-1:])
    return f"{found['in']} the {full}" if told and not known else found[0]
