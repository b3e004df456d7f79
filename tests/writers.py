"""What the tests of writers share: a prompt over a small article, and writers that say a script."""

from collections.abc import Iterator, Sequence

from assistant.answer import Outcome, Role, Turn, Verdict
from assistant.asking.question import parse_question
from assistant.composing.prompts import FollowUp, Prompt
from assistant.layout.passage import Passage, Shape
from assistant.models import ModelError
from assistant.models.options import Limits, ModelOptions
from ingest.document import Document
from ingest.spans import split_spans
from tests.fakes import make_corpus

QUICK = Limits(connect=0.5, first=0.3, pause=0.3, total=2.0, patience=0.1)
"""Limits that a test can wait for."""

FOLLOW_UP = FollowUp(
    "And without a garden?",
    (Turn(Role.USER, "Do I need a licence to keep bees?"), Turn(Role.ASSISTANT, "No licence is needed.")),
    "0f0f",
)  # fmt: skip


def options(url: str, limits: Limits = QUICK) -> ModelOptions:
    return ModelOptions("sk-secret-1", f"{url}/v1", "sk-secret-2", url, limits)


def make_prompt(
    *words: str, documents: Sequence[Document] | None = None, verdict: Verdict | None = None
) -> Prompt:
    """Make a prompt of the spans that hold any of these words, a passage each."""
    passages = [
        Passage(Shape.PROSE, document, (span,), 1.0)
        for document in (documents or make_corpus())
        for span in split_spans(document)
        if any(word in document.text[span.start : span.end] for word in words)
    ]
    question = parse_question("Do I need a licence to keep bees?")
    return Prompt(((question, tuple(passages)),), verdict or Verdict(Outcome.ANSWERED, 0.9), (), "0f0f")  # fmt: skip


class ScriptedWriter:
    """Says its pieces, then fails if it is to; keeps the prompts that it was given.

    `follow_up` is what it makes of every follow-up. `closed` counts streams that were left early.
    """

    name = "scripted"

    def __init__(self, *pieces: str, error: ModelError | None = None, follow_up: str = "") -> None:
        self.pieces = pieces
        self.error = error
        self.follow_up = follow_up
        self.prompts: list[Prompt | FollowUp] = []
        self.closed = 0

    def stream(self, prompt: Prompt | FollowUp, /) -> Iterator[str]:
        self.prompts.append(prompt)
        try:
            yield from [self.follow_up] if isinstance(prompt, FollowUp) else self.pieces
        except GeneratorExit:
            self.closed += 1
            raise
        if self.error is not None and isinstance(prompt, Prompt):
            raise self.error
