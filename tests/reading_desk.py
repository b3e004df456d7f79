"""What tests of single steps share: documents from Markdown, evidence made by hand, plain words.

No encoder: words are near to themselves alone, unless a test says which are near to each other.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from assistant.asking.question import Question, parse_question
from assistant.ranking.evidence import Evidence, Signals
from assistant.ranking.matching import TermMatcher
from index.types import Vectors
from ingest.assembly import assemble
from ingest.document import Document
from ingest.markdown import read_markdown
from ingest.profile import CorpusProfile
from ingest.spans import split_spans

NOTHING = Signals(**{field.name: 0.0 for field in fields(Signals)})


class PlainWords:
    """Words as vectors that follow from their letters; `alike` groups share one vector."""

    def __init__(
        self, alike: Sequence[Sequence[str]] = (), ranks: Mapping[str, int] | None = None
    ) -> None:
        self._canonical = {word: group[0] for group in alike for word in group}
        self._ranks = ranks or {}

    def word_vectors(self, words: Sequence[str], /) -> Vectors:
        rows = [self._vector(self._canonical.get(word, word)) for word in words]
        return np.stack(rows) if rows else np.zeros((0, 256), dtype=np.float32)

    def word_rank(self, word: str, /) -> int | None:
        return self._ranks.get(word)

    @staticmethod
    def _vector(word: str) -> Vectors:
        drawn = np.random.default_rng(zlib.crc32(word.encode())).standard_normal(256)
        vector: Vectors = (drawn / np.linalg.norm(drawn)).astype(np.float32)
        return vector


def from_markdown(text: str, source: str = "tools.md") -> Document:
    """Read a Markdown text as the file of a corpus."""
    return assemble(read_markdown(text.encode(), source), source, "0" * 64)


def block_of(document: Document, beginning: str) -> int:
    """The index of the first block that begins so."""
    return next(
        index
        for index, block in enumerate(document.blocks)
        if document.text[block.start : block.end].startswith(beginning)
    )


def matcher_for(
    question: str | Question,
    profile: CorpusProfile | None = None,
    knowledge: PlainWords | None = None,
) -> TermMatcher:
    parsed = parse_question(question) if isinstance(question, str) else question
    return TermMatcher(parsed, profile or CorpusProfile(), knowledge or PlainWords())


def evidence_of(
    document: Document, scores: Mapping[str, float], **signals: float
) -> list[Evidence]:
    """One piece of evidence for each span that begins as told, with its score; best first."""
    found = []
    for span in split_spans(document):
        text = document.text[span.start : span.end]
        for beginning, score in scores.items():
            if text.startswith(beginning):
                made = replace(NOTHING, **signals)
                found.append(Evidence(document, span, "chunk", score, made))
    assert len(found) == len(scores), "a span was not found"
    return sorted(found, key=lambda item: -item.score)
