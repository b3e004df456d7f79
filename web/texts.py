"""Which languages the interface speaks, and which one a reader wants.

Knows where the words are. Knows nothing of where they stand on a page. A key that a language lacks is an
error in the tests, never a gap on a page. "{...}" is filled in by the page or its script.
"""

import re
from collections.abc import Mapping

from web.english import ENGLISH
from web.spanish import SPANISH
from web.spanish_lines import SPANISH_LINES

DEFAULT_LANGUAGE = "en"

SCRIPT_TEXTS = tuple(
    "answered partial not_in_articles unsupported note ask stop retry edit retrieving deciding"
    " writing stopped lost reconnecting failed nothing_found unkept unrated passage_panel loading unopened copied".split()
)
"""What the chat's script says: the page carries these along, and no others."""

_CATALOGUE: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "es": SPANISH}

_LINES: Mapping[str, Mapping[str, str]] = {"es": SPANISH_LINES}

_HOLE = "{}"
_PATTERNS = {
    language: tuple(
        (re.compile("(.+?)".join(map(re.escape, line.split(_HOLE))), re.DOTALL), put)
        for line, put in lines.items()
        if _HOLE in line
    )
    for language, lines in _LINES.items()
}

LANGUAGES = tuple(_CATALOGUE)


def texts_in(language: str) -> Mapping[str, str]:
    """Return every text in one of `LANGUAGES`."""
    return _CATALOGUE[language]


def put_line(line: str, language: str) -> str:
    """Put a line that the program says of itself into a language; one not known stays in English."""
    known = _LINES.get(language, {})
    if line in known:
        return known[line]
    for pattern, put in _PATTERNS.get(language, ()):
        found = pattern.fullmatch(line)
        if found:
            return put.format(*(put_line(part, language) for part in found.groups()))
    return line


def choose_language(accepted: str) -> str:
    """Choose the language an Accept-Language header prefers (RFC 9110, 12.5.4), else the default."""
    wishes = []
    for place, wish in enumerate(accepted.split(",")[:20]):
        name, _, parameter = wish.strip().partition(";")
        wishes.append((-_quality(parameter), place, name.strip().lower().partition("-")[0]))
    for quality, _, name in sorted(wishes):
        if quality < 0 and name in LANGUAGES:
            return name
    return DEFAULT_LANGUAGE


def _quality(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
