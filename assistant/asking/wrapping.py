"""A message without what is wrapped round its question: tags, code, roles, another language.

Knows the marks by which programs set texts apart, and how people copy them. Knows nothing of what
is asked, of conversations, or of orders put in plain words.
"""

import re
from collections.abc import Callable

from ingest.patterns import compile_late
from ingest.sentences import split_sentences
from ingest.words import content_words, words

_INLINE = r"(?:a|b|i|u|p|q|em|strong|span|mark|code|br|sup|sub|user|human|question|query|input)"
_START = r"(?:^|(?<=[.!?>\]\n]))\s*"
_SET_APART = (
    compile_late(r"<!--.*?-->", re.DOTALL),
    compile_late(r"```.*?```", re.DOTALL),
    compile_late(r"\{\{.*?\}\}", re.DOTALL),
    compile_late(
        rf"{_START}<(?!{_INLINE}\b)(?P<tag>[a-z]\w*)\b[^>]*>.*?</(?P=tag)>",
        re.IGNORECASE | re.DOTALL,
    ),
    compile_late(rf"{_START}\[(?P<tag>[a-z]\w*)\].*?\[/(?P=tag)\]", re.IGNORECASE | re.DOTALL),
    compile_late(rf"{_START}\{{[^{{}}]*\"[^\"{{}}]*\"\s*:[^{{}}]*\}}"),
    compile_late(rf"{_START}\[(?:[^\[\]\s]+\s+){{2,}}[^\[\]]*\](?!\()"),
    compile_late(r"^(?:\s*/[a-z]+)+(?=\s)", re.IGNORECASE),
)
"""What stands for itself beside a question: comments, code, elements, objects, asides in brackets, commands
of a chat."""

_TAG = compile_late(r"</?[a-z]\w*\b[^<>]*>|\[/?(?:INST|SYSTEM|USER)\]|<\|\w+\|>", re.IGNORECASE)
_ROLE = compile_late(
    r"(?:^|\n|(?<=[.!?])\s|#{2,6}\s?)\s*(?:(?P<asks>human|user|customer|(?:\w+ )?(?:question|query|task|request))"
    r"|system|assistant|ai|chat ?bot|bot|instructions?|developer|admin|answer|response)\s*:\s*",
    re.IGNORECASE,
)
"""Who speaks next in a conversation that is copied into a message."""

_SIGNS = frozenset("<[{`/:")
"""Without any of these signs nothing is wrapped; most messages have none."""

LEAST = 2
"""Words, of which one is of content, that what is left must have to be asked instead of the whole."""


def unwrap(message: str) -> str:
    """Return what a message asks without what is set apart in it; a message that is all that, whole."""
    if _SIGNS.isdisjoint(message):
        return message
    plain = message
    for mark in _SET_APART:
        rest = mark.sub(" ", plain)
        plain = rest if _may_ask(rest) else plain
    plain = _take_last_asked(plain)
    rest = _TAG.sub(" ", plain)
    if rest == plain == message:
        return message
    return (rest if _may_ask(rest) else plain).strip()


def _may_ask(text: str) -> bool:
    return len(words(text)) >= LEAST and bool(content_words(text))


def _take_last_asked(message: str) -> str:
    """Return the last of what the one who asks says, where a message names its speakers."""
    marks = [*_ROLE.finditer(message)]
    if not marks:
        return message
    ends = [mark.start() for mark in marks[1:]] + [len(message)]
    said = [message[m.end() : end] for m, end in zip(marks, ends, strict=True) if m["asks"]]
    return next((text for text in reversed(said) if _may_ask(text)), message)


ENGLISH = 0.5
"""Share of English words below which a sentence is in another language; "Responde en español por
favor" has .4, for "en" and "favor" are English words too."""

LEAST_FOREIGN = 3
"""Words from which on that share says something; two may be a name."""


def leave_foreign(message: str, is_english: Callable[[str], bool]) -> str:
    """Leave out the sentences in another language, and the openings up to a colon, if others remain."""
    parts = [
        part
        for start, end in split_sentences(message)
        for part in re.split(r"(?<=:)\s+", message[start:end])
    ]
    if len(parts) == 1:
        return message
    kept = [part for part in parts if not _is_foreign(part, is_english)]
    rest = " ".join(kept)
    return rest if len(kept) < len(parts) and _may_ask(rest) else message


def _is_foreign(text: str, is_english: Callable[[str], bool]) -> bool:
    said = [word.lower() for word in words(text) if not word[0].isdigit()]
    if len(said) < LEAST_FOREIGN:
        return False
    return sum(map(is_english, said)) < ENGLISH * len(said)
