"""The writer without a language model: it says what the passages say, in their words.

Knows how to be a `Model`. What is said is composed elsewhere (`assistant.composing.compose`).
"""

from collections.abc import Iterator

from assistant.composing.compose import compose, render
from assistant.composing.prompts import FollowUp, Prompt


class Extractive:
    """Composes the answer from the prompt's own spans; always ready, offline."""

    name = "extractive"

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        """Yield the answer a line at a time; nothing for a follow-up, which the rules make out."""
        if isinstance(prompt, Prompt):
            yield from render(compose(prompt)).splitlines(keepends=True)
