"""The shapes of the API: what a request may hold and what a reply holds.

Knows JSON names, limits and how a domain object fills a reply. Knows nothing of HTTP or of how an
answer comes about.
"""

import re
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from assistant.answer import Answer, Citation, Role, Section, Sentence, Turn
from index.types import DocumentSummary, Hit
from ingest.document import Block, Document, FaqPair
from web.links import web_link

MAX_QUESTION = 2000
"""Characters. A long paragraph; retrieval gains nothing from more."""
MAX_TURNS = 20
MAX_TURN = 4000
"""Characters in one turn of the history: an answer with room to spare."""
MAX_K = 50

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_VISIBLE = r"[^\s\x00-\x1f\x7f]"
"""At least one character that a reader would see."""


def clean(text: str) -> str:
    """Replace control characters, which no database or log takes kindly to, and trim."""
    return _CONTROLS.sub(" ", text).strip()


def to_whole(number: object) -> object:
    """Take 3.0 for 3, as JSON does, which has one kind of number."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


Asked = Annotated[
    str,
    StringConstraints(max_length=MAX_QUESTION, pattern=_VISIBLE),
    AfterValidator(clean),
]
Said = Annotated[str, StringConstraints(max_length=MAX_TURN), AfterValidator(clean)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TurnIn(_Request):
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: Said

    def to_turn(self) -> Turn:
        """Make the assistant's own type of it."""
        return Turn(Role(self.role), self.content)


class AnswerIn(_Request):
    """A question, with the conversation before it and the writer wanted."""

    question: Annotated[Asked, Field(examples=["Can I do this without a degree?"])]
    history: Annotated[list[TurnIn], Field(max_length=MAX_TURNS)] | None = None
    model: Annotated[str, StringConstraints(max_length=200)] | None = None

    def turns(self) -> tuple[Turn, ...]:
        """Return the history as the assistant takes it."""
        return tuple(turn.to_turn() for turn in self.history or ())


class SearchIn(_Request):
    """A search text and how many passages are wanted."""

    query: Annotated[Asked, Field(examples=["salary by experience"])]
    k: Annotated[int, Field(ge=1, le=MAX_K), BeforeValidator(to_whole)] = 10


class SentenceOut(BaseModel):
    """A sentence or list item of an answer and the numbers of its footnotes.

    Where it is not supported, `reason` says why, in a few words of English.
    """

    text: str
    citations: list[int]
    supported: bool
    form: Literal["prose", "item"]
    reason: str = ""

    @classmethod
    def of(cls, sentence: Sentence) -> Self:
        """Fill from a sentence."""
        return cls(
            text=sentence.text,
            citations=list(sentence.citations),
            supported=sentence.supported,
            form=sentence.form.value,
            reason=sentence.reason,
        )


class CitationOut(BaseModel):
    """A footnote: `quote` is the document's text from `start` to `end`, exactly.

    `url` opens it here; `original` is where the article itself stands on the web, if it says so.
    """

    number: int
    document_id: str
    title: str
    source: str
    heading_path: list[str]
    quote: str
    start: int
    end: int
    page: int | None
    url: str
    original: str = ""

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """Fill from a citation."""
        return cls(
            number=citation.number,
            document_id=citation.document_id,
            title=citation.title,
            source=citation.source,
            heading_path=list(citation.heading_path),
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            page=citation.page,
            url=citation.url,
            original=web_link(citation.original),
        )


class SectionOut(BaseModel):
    """A section that comes nearest to a question the articles do not answer."""

    document_id: str
    title: str
    heading_path: list[str]
    url: str

    @classmethod
    def of(cls, section: Section) -> Self:
        """Fill from a section."""
        return cls(
            document_id=section.document_id,
            title=section.title,
            heading_path=list(section.heading_path),
            url=section.url,
        )


class TimingOut(BaseModel):
    """Milliseconds that each stage took."""

    retrieve: float = 0.0
    decide: float = 0.0
    write: float = 0.0
    total: float = 0.0


class AnswerOut(BaseModel):
    """An answer with its footnotes; `notes` are remarks on how it came about."""

    verdict: Literal["answered", "partial", "not_in_articles"]
    answer: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    standalone_question: str
    sentences: list[SentenceOut]
    citations: list[CitationOut]
    nearest: list[SectionOut]
    missing: list[str]
    model: str
    index_version: str
    timing_ms: TimingOut
    notes: list[str]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Fill from an answer."""
        return cls(
            verdict=answer.verdict.outcome.value,
            answer=answer.text,
            confidence=answer.verdict.confidence,
            standalone_question=answer.standalone_question,
            sentences=[SentenceOut.of(sentence) for sentence in answer.sentences],
            citations=[CitationOut.of(citation) for citation in answer.citations],
            nearest=[SectionOut.of(section) for section in answer.nearest],
            missing=list(answer.verdict.missing),
            model=answer.model,
            index_version=answer.index_version,
            timing_ms=TimingOut(**answer.timing_ms),
            notes=list(answer.notes),
        )


class HitOut(BaseModel):
    """A passage that a search found."""

    chunk_id: str
    document_id: str
    source: str
    title: str
    heading_path: list[str]
    text: str
    start: int
    end: int
    score: float

    @classmethod
    def of(cls, hit: Hit, source: str) -> Self:
        """Fill from a hit and the path of the file it is in."""
        return cls(
            chunk_id=hit.chunk.id,
            document_id=hit.chunk.document_id,
            source=source,
            title=hit.chunk.title,
            heading_path=list(hit.chunk.heading_path),
            text=hit.chunk.text,
            start=hit.chunk.start,
            end=hit.chunk.end,
            score=hit.score,
        )


class SearchOut(BaseModel):
    """Passages, best first."""

    hits: list[HitOut]


class HealthOut(BaseModel):
    """Whether the site can answer, and from which index."""

    status: Literal["ok"]
    index_version: str
    documents: int


class SummaryOut(BaseModel):
    """An article as a list shows it."""

    id: str
    title: str
    source: str
    chunks: int

    @classmethod
    def of(cls, summary: DocumentSummary) -> Self:
        """Fill from a summary."""
        return cls(id=summary.id, title=summary.title, source=summary.source, chunks=summary.chunks)


class DocumentsOut(BaseModel):
    """Every article of the index."""

    documents: list[SummaryOut]


class BlockOut(BaseModel):
    """A heading, paragraph, list item, table row or question, by its place in the text."""

    kind: Literal["heading", "paragraph", "item", "row", "question"]
    start: int
    end: int
    heading_path: list[str]
    level: int
    parent: int | None
    header: list[str]
    marker: str

    @classmethod
    def of(cls, block: Block) -> Self:
        """Fill from a block."""
        return cls(
            kind=block.kind.value,
            start=block.start,
            end=block.end,
            heading_path=list(block.heading_path),
            level=block.level,
            parent=block.parent,
            header=list(block.header),
            marker=block.marker,
        )


class FaqPairOut(BaseModel):
    """A question the article itself asks, and the bounds of its answer."""

    question: str
    question_start: int
    start: int
    end: int
    explicit: bool

    @classmethod
    def of(cls, pair: FaqPair) -> Self:
        """Fill from a pair."""
        return cls(
            question=pair.question,
            question_start=pair.question_start,
            start=pair.start,
            end=pair.end,
            explicit=pair.explicit,
        )


class DocumentOut(BaseModel):
    """An article whole: every offset anywhere in the API refers to `text`."""

    id: str
    title: str
    source: str
    sha256: str
    text: str
    blocks: list[BlockOut]
    pages: list[int]
    metadata: dict[str, str]
    faq: list[FaqPairOut]

    @classmethod
    def of(cls, document: Document, pairs: tuple[FaqPair, ...]) -> Self:
        """Fill from a document and its question-and-answer pairs."""
        return cls(
            id=document.id,
            title=document.title,
            source=document.source,
            sha256=document.sha256,
            text=document.text,
            blocks=[BlockOut.of(block) for block in document.blocks],
            pages=list(document.pages),
            metadata=dict(document.metadata),
            faq=[FaqPairOut.of(pair) for pair in pairs],
        )
