"""What a writer is given, and every word that is said to a language model.

Knows prompts. Knows nothing of how evidence is found or of the models that read them.
"""

from dataclasses import dataclass

from assistant.answer import Verdict
from assistant.passages import Passage
from assistant.question import Question
from ingest.document import Document, Span


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question with the passages that answer it.

    Their spans are numbered from 1 in the order in which the passages hold them: `spans()[n - 1]`
    is cited as [n].
    """

    question: Question
    passages: tuple[Passage, ...]
    verdict: Verdict

    def spans(self) -> tuple[tuple[Document, Span], ...]:
        """Return the numbered spans, each with its document."""
        found: dict[tuple[str, int, int], tuple[Document, Span]] = {}
        for passage in self.passages:
            for span in passage.spans:
                key = (passage.document.id, span.start, span.end)
                found.setdefault(key, (passage.document, span))
        return tuple(found.values())
