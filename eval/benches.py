"""The indexes an evaluation needs: as is, without FAQ sections, and with hostile articles beside.

Knows how they are built and where they are kept: beside the corpus's own index, so that a second
run embeds nothing. Knows nothing of questions.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from assistant.answer import Answer, Turn
from eval.baselines import Cut
from index.store import Index, Library, build_index
from ingest.document import Document
from ingest.faq import faq_pairs

INJECTED_FOLDER = "injected"
"""Where hostile articles lie in the corpus they are added to."""

Progress = Callable[[str, int, int], None]


class Answerer(Protocol):
    """What is evaluated: an assistant, or one broken on purpose."""

    def answer(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Answer:
        """Answer a question after what was said before it."""
        ...


@dataclass(frozen=True, slots=True)
class Bench:
    """One index with its documents, and who answers from it."""

    index: Index
    documents: tuple[Document, ...]
    answerer: Answerer
    without_faq: bool

    def left_out(self) -> dict[str, list[Cut]]:
        """Return the stretches of each document that aren't in the index."""
        return find_left_out(self.documents) if self.without_faq else {}


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a corpus is, where its indexes are kept, and what is made of them.

    `cache` is where exported encoders are kept.
    """

    corpus: Path
    index_folder: Path
    assistant: Callable[[Library], Answerer]
    encoder: str | None = None
    cache: Path | None = None
    progress: Progress | None = None

    def open(self, *, without_faq: bool) -> Bench:
        """Bring an index of the corpus up to date and open it."""
        return self._bench(self.corpus, "", without_faq=without_faq)

    def open_injected(self, articles: Path, *, without_faq: bool) -> Bench:
        """Index the corpus with hostile articles beside it."""
        with TemporaryDirectory() as folder:
            # Named like the corpus: what an index says of itself mustn't depend on the moment.
            copy = Path(folder) / self.corpus.resolve().name
            shutil.copytree(self.corpus, copy, symlinks=True)
            shutil.copytree(articles, copy / INJECTED_FOLDER)
            return self._bench(copy, "-injected", without_faq=without_faq)

    def _bench(self, corpus: Path, suffix: str, *, without_faq: bool) -> Bench:
        suffix += "-without-faq" if without_faq else ""
        folder = self.index_folder.with_name(self.index_folder.name + suffix)
        build_index(
            corpus,
            folder,
            without_faq=without_faq,
            model=self.encoder,
            cache=self.cache,
            progress=self.progress,
        )
        library = Library(folder)
        index = library.current()
        documents = tuple(index.read(summary.id) for summary in index.documents())
        return Bench(index, documents, self.assistant(library), without_faq)


def find_left_out(documents: Sequence[Document]) -> dict[str, list[Cut]]:
    """Return the FAQ pairs of each document, which an index without FAQ leaves out."""
    return {
        document.id: [
            Cut(pair.question_start, pair.end) for pair in faq_pairs(document) if pair.explicit
        ]
        for document in documents
    }
