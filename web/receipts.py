"""What an answer came from, and whether the articles still say it.

Knows citations and documents. Knows nothing of where receipts are kept or how they are shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version

from assistant.answer import Answer, make_article_url
from index.errors import DocumentMissing
from web.schemas import AnswerOut, CitationOut
from web.seam import ReadableIndex
from web.store.conversations import Provenance


class State(StrEnum):
    """What has become of a cited passage since."""

    SAME = "same"
    MOVED = "moved"
    GONE = "gone"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """A citation looked up again; `edited` says whether its article's file has changed.

    `url` opens the passage where it stands now; empty where it doesn't.
    """

    number: int
    state: State
    edited: bool
    url: str


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    """A receipt looked up again in the articles of today."""

    citations: Mapping[int, CitationCheck]
    index_version: str
    index_changed: bool
    corpus_changed: bool

    def point(self, citation: CitationOut) -> CitationOut:
        """Have a citation's link open the passage where it stands now, or else the bare article."""
        url = self.citations[citation.number].url or make_article_url(citation.document_id, 0, 0)
        return citation.model_copy(update={"url": url})

    @property
    def holds(self) -> bool:
        """Whether every passage is still there, word for word."""
        return all(one.state in (State.SAME, State.MOVED) for one in self.citations.values())


def trace(answer: Answer, index: ReadableIndex) -> Provenance:
    """Say what an answer came from; where the index was replaced meanwhile, only its name is known."""
    versions = {"footnote": _own_version()}
    if index.version != answer.index_version:
        return Provenance("", answer.index_version, answer.model, {}, versions)
    ids = dict.fromkeys(citation.document_id for citation in answer.citations)
    sources = {document_id: index.read(document_id).sha256 for document_id in ids}
    digest = index.manifest.recipe.corpus_digest
    return Provenance(digest, index.version, answer.model, sources, versions)


def check_receipt(index: ReadableIndex, answer: AnswerOut, origin: Provenance) -> ReceiptCheck:
    """Cut every citation anew from the articles as they are now."""
    return ReceiptCheck(
        {one.number: _check(index, one, origin.sources) for one in answer.citations},
        index.version,
        index.version != origin.index_version,
        index.manifest.recipe.corpus_digest != origin.corpus_digest,
    )


def _check(
    index: ReadableIndex, citation: CitationOut, sources: Mapping[str, str]
) -> CitationCheck:
    try:
        document = index.read(citation.document_id)
    except DocumentMissing:
        return CitationCheck(citation.number, State.MISSING, edited=True, url="")
    edited = document.sha256 != sources.get(document.id, document.sha256)
    state, start = State.SAME, citation.start
    if document.text[citation.start : citation.end] != citation.quote:
        state = State.MOVED
        start = _find_nearest(document.text, citation)
    if start < 0:
        return CitationCheck(citation.number, State.GONE, edited, "")
    url = make_article_url(document.id, start, start + len(citation.quote))
    return CitationCheck(citation.number, state, edited, url)


def _find_nearest(text: str, citation: CitationOut) -> int:
    """Find the quote where it stands now, nearest to where it stood; -1 where it doesn't."""
    places = [found.start() for found in re.finditer(re.escape(citation.quote), text)]
    return min(places, key=lambda place: abs(place - citation.start), default=-1)


def _own_version() -> str:
    try:
        return version("footnote")
    except PackageNotFoundError:
        return "unknown"
