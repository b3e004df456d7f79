"""A question file to start from: the questions that a corpus asks and answers itself.

Knows FAQ pairs and the question file. Knows nothing of indexes being searched or answers judged.
"""

from collections.abc import Sequence
from pathlib import Path

from eval.cases import Case, mine_cases
from eval.dataset import render_row
from eval.locate import NotFoundError, locate_quote
from index.store import Library, build_index
from ingest.document import Document


class InitError(Exception):
    """No question file can be started; the message says why."""


def write_questions(
    corpus: Path, index_folder: Path, path: Path, *, cache: Path | None = None
) -> int:
    """Write the FAQ pairs of a corpus as a question file; returns how many questions it has.

    Raises InitError where the file is there already or the corpus asks nothing, and what
    `build_index` raises.
    """
    if path.exists():
        raise InitError(f"{path} is there already: name another with --output, or remove it")
    build_index(corpus, index_folder, cache=cache)
    index = Library(index_folder).current()
    documents = [index.read(summary.id) for summary in index.documents()]
    rows = mine_rows(documents)
    if not rows:
        reason = "no FAQ, no heading that asks a question; write a question file by hand"
        raise InitError(f"{corpus} asks nothing itself: {reason}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return len(rows)


def mine_rows(documents: Sequence[Document]) -> list[str]:
    """Make a row of a question file from every FAQ pair whose answer can be quoted."""
    by_source = {document.source: document for document in documents}
    return [
        render_row(case.question)
        for case in mine_cases(documents)
        if _is_quotable(case, by_source[case.question.expected.spans[0].source])
    ]


def _is_quotable(case: Case, document: Document) -> bool:
    """An answer that stands in its document twice can't be pointed at by its words."""
    try:
        locate_quote(document, case.reference)
    except NotFoundError:
        return False
    return True
