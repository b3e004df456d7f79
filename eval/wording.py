"""Whether a text says something: a demanded phrase, or the words and figures of another text.

Knows words. Knows nothing of questions, documents or verdicts. A lexical judge is a stand-in for a
reader: it sees that words and figures are there, not that they are put together rightly.
"""

import re
import unicodedata
from functools import lru_cache

from ingest.words import stems

_DASHES = re.compile(r"\s+-\s+|\s*[‐‑‒–—−]\s*")
_GROUPING = re.compile(r"(?<=\d)[,\u202f\u00a0](?=\d)")


def says(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase, whatever the case, the dashes and the grouping of digits.

    A phrase begins where a word or number begins. A number ends where it ends ("4" isn't in "40" or
    "4.5"); a word of four letters or more may take an ending of up to three ("certificate" is in
    "certificates"), a shorter one only a plural s.
    """
    return _pattern(phrase).search(normalise(text)) is not None


def content_recall(reference: str, text: str) -> float:
    """Share of the distinct content words and figures of a reference that a text holds, by stem.

    A reference without content words is held by any text.
    """
    wanted = set(stems(normalise(reference)))
    return len(wanted & set(stems(normalise(text)))) / len(wanted) if wanted else 1.0


def figures(text: str) -> set[str]:
    """Return the numbers of a text, without the grouping of their digits."""
    return set(re.findall(r"\d+(?:\.\d+)?", normalise(text)))


def normalise(text: str) -> str:
    """Lower the case and make one of every dash, apostrophe and white space."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    text = _DASHES.sub("-", text)
    return " ".join(_GROUPING.sub("", text).split())


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    wanted = normalise(phrase)
    before = ""
    if wanted[:1].isalnum():
        before = r"(?<![\w.])" if wanted[0].isdigit() else r"(?<!\w)"
    return re.compile(before + re.escape(wanted) + _ending(wanted))


def _ending(wanted: str) -> str:
    if wanted[-1:].isdigit():
        return r"(?!\d)(?!\.\d)"
    last = re.search(r"[^\W\d_]+$", wanted)
    if last is None:
        return ""
    suffix = r"[^\W\d_]{0,3}" if len(last.group()) >= 4 else "s?"
    # "can" isn't said by "can't".
    return suffix + r"(?!\w)(?!'t\b)"
