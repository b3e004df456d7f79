"""A follow-up put by a language model so that it stands alone: taken, or left to the rules.

Knows what a faithful rewriting may hold. Knows nothing of how the model was asked.
"""

from collections.abc import Sequence

from assistant.answer import Role, Turn
from assistant.asking.question import find_names
from assistant.checking.facts import find_unsupported_figures
from assistant.composing.prompts import NO_ANSWER
from assistant.english.lexicon import Lexicon, share_found
from ingest.words import words

MAX_REWRITTEN = 400
"""Characters; more is an answer, not a question."""

FAMILIAR = 0.75
"""Share of a rewriting's words that the conversation must hold: it may put things together, and
bring in little of its own."""


class Line:
    """The first line of a stream that says something; no more of it is wanted."""

    def __init__(self) -> None:
        self._said = ""

    def add(self, piece: str) -> bool:
        """Take a piece; say whether the line has ended, or is too long to be a question."""
        self._said += piece
        return "\n" in self._said.strip() or len(self._said) > MAX_REWRITTEN

    @property
    def text(self) -> str:
        """The line as far as it has come, without the signs that quote it."""
        lines = [line.strip(" \"'“”*`") for line in self._said.strip().splitlines()]
        return lines[0] if lines else ""


def accept_rewriting(said: str, question: str, history: Sequence[Turn]) -> bool:
    """Say whether a rewriting asks no more than the conversation does.

    It holds no figure and no name of its own, few words of its own, and is one short line. One that
    leaves the question as it was, or asks an earlier one again, is none: whether it needs any, the rules say.
    """
    if not said or len(said) > MAX_REWRITTEN or said.strip(". ").upper() == NO_ANSWER:
        return False
    asked = (question, *(turn.content for turn in history if turn.role is Role.USER))
    if any(_flatten(said) == _flatten(earlier) for earlier in asked):
        return False
    conversation = "\n".join([question, *(turn.content for turn in history)])
    known = Lexicon(conversation)
    if find_unsupported_figures(said, [conversation]):
        return False
    if any(name not in known for name in find_names(said)):
        return False
    return share_found(Lexicon(said), known) >= FAMILIAR


def _flatten(text: str) -> list[str]:
    return [word.lower() for word in words(text)]
