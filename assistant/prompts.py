"""What a writer is given, and every word that is said to a language model.

Knows prompts. Knows nothing of how evidence is found or of the models that read them.
"""

from dataclasses import dataclass

from assistant.answer import Verdict
from assistant.passages import Passage, SpanKey
from assistant.question import Question
from ingest.document import Document, Span


@dataclass(frozen=True, slots=True)
class Prompt:
    """Questions, each with the passages that answer it.

    The passages' spans are numbered from 1 in the order in which they stand: `spans()[n - 1]` is
    cited as [n].
    """

    parts: tuple[tuple[Question, tuple[Passage, ...]], ...]
    verdict: Verdict

    def spans(self) -> tuple[tuple[Document, Span], ...]:
        """Return the numbered spans, each with its document."""
        found: dict[SpanKey, tuple[Document, Span]] = {}
        for passage in self.passages():
            for span in passage.spans:
                found.setdefault(passage.key(span), (passage.document, span))
        return tuple(found.values())

    def numbers(self) -> dict[SpanKey, int]:
        """Return the number of each span."""
        spans = self.spans()
        return {
            (document.id, span.start, span.end): number
            for number, (document, span) in enumerate(spans, start=1)
        }

    def passages(self) -> tuple[Passage, ...]:
        """Return the passages of all questions, in order."""
        return tuple(passage for _, passages in self.parts for passage in passages)
