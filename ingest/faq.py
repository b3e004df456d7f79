"""The questions a document itself asks, and where it answers them.

Knows blocks. Knows nothing of how questions were told from headings (outline) or of answering any.
"""

from ingest.document import Document, FaqPair, Kind
from ingest.outline import same_heading
from ingest.phrases import is_question_heading


def faq_pairs(document: Document) -> tuple[FaqPair, ...]:
    """Return a document's question-answer pairs in order.

    Its FAQ questions with their answers; where it has none, its section headings that pose a
    question, with the section as the answer. What has no answer below it is left out.
    """
    explicit = [i for i, block in enumerate(document.blocks) if block.kind is Kind.QUESTION]
    asked = explicit or [
        index
        for index, block in enumerate(document.blocks)
        if block.kind is Kind.HEADING and _poses_question(document, index)
    ]
    pairs = (_pair(document, index, explicit=bool(explicit)) for index in asked)
    return tuple(pair for pair in pairs if pair is not None)


def _poses_question(document: Document, index: int) -> bool:
    """The title's question is answered by the whole article, which is no answer to cite."""
    block = document.blocks[index]
    heading = document.text[block.start : block.end]
    return is_question_heading(heading) and not same_heading(heading, document.title)


def _pair(document: Document, index: int, *, explicit: bool) -> FaqPair | None:
    asked = document.blocks[index]
    question = document.text[asked.start : asked.end]
    end = index + 1
    while end < len(document.blocks) and not _ends_answer(document, index, end):
        end += 1
    body = document.blocks[index + 1 : end]
    if all(block.kind in (Kind.HEADING, Kind.QUESTION) for block in body):
        return None
    return FaqPair(question, asked.start, body[0].start, body[-1].end, explicit)


def _ends_answer(document: Document, index: int, at: int) -> bool:
    asked, block = document.blocks[index], document.blocks[at]
    if block.kind is Kind.QUESTION:
        return True
    if block.kind is Kind.HEADING:
        return block.level <= asked.level
    if asked.kind is Kind.QUESTION:
        question = document.text[asked.start : asked.end]
        return question not in block.heading_path
    return False
