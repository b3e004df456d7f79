"""The writers that can phrase an answer from numbered evidence, and the seam they share."""

from collections.abc import Iterator
from typing import Protocol

from assistant.composing.prompts import FollowUp, Prompt


class ModelError(Exception):
    """A model could not write; `message` may be shown, `retryable` says whether to try again.

    `retry_after` is how many seconds its server asked to wait, where it said so.
    """

    def __init__(
        self, message: str, *, retryable: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.retryable = retryable
        self.retry_after = retry_after


class UnknownModel(ModelError):  # noqa: N818  (named for what is the matter)
    """No model goes by this name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"unknown model {name!r}; known: {', '.join(known)}")


class Model(Protocol):
    """Writes an answer, piece by piece, citing the prompt's evidence as [1], [2], ...

    Given a `FollowUp` it writes the question that stands alone, or nothing. `prompt.messages()` is
    what to say to a chat model. Raises `ModelError` where it can't go on.
    """

    @property
    def name(self) -> str: ...

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]: ...
