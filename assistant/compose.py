"""An answer composed from passages, in plain text with [n] markers: the writer without a model.

Knows how each form of question is answered: the yes or no first, the figure first, a list as a
list, a cell with its row and column. Knows nothing of retrieval, scores' origins or streams.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Form
from assistant.passages import Passage, Shape
from assistant.question import Question
from ingest.document import Kind, Span, cells


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of an answer, with the numbers of the spans it rests on."""

    text: str
    numbers: tuple[int, ...]
    form: Form = Form.PROSE


def number_spans(passages: Sequence[Passage]) -> dict[tuple[str, int, int], int]:
    """Number the spans of passages from 1, in the order in which they are said."""
    numbers: dict[tuple[str, int, int], int] = {}
    for passage in passages:
        for span in passage.spans:
            numbers.setdefault((passage.document.id, span.start, span.end), len(numbers) + 1)
    return numbers


def compose(question: Question, passages: Sequence[Passage]) -> list[Statement]:
    """Compose the statements that answer a question from its passages."""
    numbers = number_spans(passages)
    statements: list[Statement] = []
    for passage in passages:
        for place, span in enumerate(passage.spans):
            number = numbers[(passage.document.id, span.start, span.end)]
            listed = passage.shape is Shape.LIST and place >= passage.lead
            form = Form.ITEM if listed else Form.PROSE
            statements.append(Statement(_say(passage, span), (number,), form))
    return statements


def render(statements: Sequence[Statement]) -> str:
    """Write statements as a writer would: a line each, items after "- "."""
    lines = []
    for statement in statements:
        marks = "".join(f"[{number}]" for number in statement.numbers)
        bullet = "- " if statement.form is Form.ITEM else ""
        lines.append(f"{bullet}{statement.text} {marks}".rstrip())
    return "\n".join(lines)


_SOURCE_MARKER = re.compile(r"\s*\[\d+(?:\s*,\s*\d+)*\]")


def _say(passage: Passage, span: Span) -> str:
    document = passage.document
    block = document.blocks[span.block]
    if block.kind is Kind.ROW and block.header:
        row = cells(document, block)
        named = zip(block.header[1:], row[1:], strict=False)
        return f"{row[0]}: " + "; ".join(f"{name}: {cell}" for name, cell in named if cell)
    text = " ".join(document.text[span.start : span.end].split())
    return _SOURCE_MARKER.sub("", text)
