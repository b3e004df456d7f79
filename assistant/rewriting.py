"""A follow-up put by a language model so that it stands alone: taken, or left to the rules.

Knows what a faithful rewriting may hold. Knows nothing of how the model was asked.
"""

from collections.abc import Iterable, Sequence

from assistant.answer import Turn
from assistant.facts import find_unsupported_figures
from assistant.lexicon import Lexicon, share_found
from assistant.prompts import NO_ANSWER
from assistant.question import find_names
from ingest.words import words

MAX_REWRITTEN = 400
"""Characters; more is an answer, not a question."""

FAMILIAR = 0.75
"""Share of a rewriting's words that the conversation must hold: it may put things together, and
bring in little of its own."""


def read_line(pieces: Iterable[str]) -> str:
    """Read the first line that says something, and no more of the stream than that."""
    text = ""
    for piece in pieces:
        text += piece
        if "\n" in text.strip() or len(text) > MAX_REWRITTEN:
            break
    lines = [line.strip(" \"'“”*`") for line in text.strip().splitlines()]
    return lines[0] if lines else ""


def accept_rewriting(said: str, question: str, history: Sequence[Turn]) -> bool:
    """Say whether a rewriting asks no more than the conversation does.

    It holds no figure and no name of its own, few words of its own, and is one short line. One that
    leaves the question as it was is none: whether it needs any, the rules say.
    """
    if not said or len(said) > MAX_REWRITTEN or said.strip(". ").upper() == NO_ANSWER:
        return False
    if _flatten(said) == _flatten(question):
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
