"""A question with the short forms of its names written out, as the articles write them.

Knows which names a corpus has. Knows nothing of what a question asks, or of how it is answered.
"""

import re

from ingest.patterns import compile_late
from ingest.profile import CorpusProfile
from ingest.words import FUNCTION_WORDS

_WORD = compile_late(r"(?<![\w-])(?P<the>the\s+)?(?P<short>[A-Za-z]{2,6})\b(?![\w-])")


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

    return _WORD.sub(put, question)
