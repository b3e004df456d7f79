"""The writers that can phrase an answer from numbered evidence, and the seam they share."""

from collections.abc import Iterator
from typing import Protocol

from assistant.prompts import Prompt


class ModelError(Exception):
    """A model could not write; `message` may be shown, `retryable` says whether to try again."""

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.retryable = retryable


class UnknownModel(ModelError):
    """No model goes by this name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"unknown model {name!r}; known: {', '.join(known)}")


class Model(Protocol):
    """Writes an answer, piece by piece, citing the prompt's evidence as [1], [2], ..."""

    @property
    def name(self) -> str: ...

    def stream(self, prompt: Prompt) -> Iterator[str]: ...
