"""The types of an answer, and the events by which one is streamed.

Knows what an answer consists of. Knows nothing of how it is found, decided, written or shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote


class Role(StrEnum):
    """Who said a turn of the conversation."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Role
    content: str


class Outcome(StrEnum):
    """Whether the articles can answer a question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_ARTICLES = "not_in_articles"


NOT_IN_ARTICLES = "The articles don\N{RIGHT SINGLE QUOTATION MARK}t answer this."
"""What is said, without a footnote, where there is nothing to cite."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision taken before anything is written.

    `confidence` is the calibrated probability, 0 to 1, that the articles answer the question.
    `missing` names what they lack; empty unless the outcome is partial or not_in_articles.
    """

    outcome: Outcome
    confidence: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered span of a frozen document: `document.text[start:end] == quote`.

    `original` is the address that the article itself gives as its own, unchecked; empty without one.
    """

    number: int
    document_id: str
    title: str
    source: str
    heading_path: tuple[str, ...]
    quote: str
    start: int
    end: int
    page: int | None = None
    original: str = ""

    @property
    def url(self) -> str:
        """The article's page, opened at the highlighted passage."""
        return make_article_url(self.document_id, self.start, self.end)


class Form(StrEnum):
    """How a sentence stands on the page."""

    PROSE = "prose"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item of an answer, without citation markers in its text.

    `citations` are the numbers of the citations it rests on. `supported` says whether it was
    checked against them and held; where it did not, `reason` says why, for the reader.
    """

    text: str
    citations: tuple[int, ...]
    supported: bool
    form: Form = Form.PROSE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of an article, as offered where the articles do not answer."""

    document_id: str
    title: str
    heading_path: tuple[str, ...]
    start: int
    end: int

    @property
    def url(self) -> str:
        """The article's page, opened at the section."""
        return make_article_url(self.document_id, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is said in reply to a question, and what it rests on.

    `timing_ms` has the keys retrieve, decide, write and total, in milliseconds. `notes` are remarks
    a reader should see, such as that another model stood in. `dropped_citations` counts the numbers
    that the writer typed though no such passage was shown to it, `unsupported` the sentences that
    were marked or left out.
    """

    verdict: Verdict
    standalone_question: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Section, ...]
    model: str
    index_version: str
    timing_ms: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    dropped_citations: int = 0
    unsupported: int = 0

    @property
    def text(self) -> str:
        """The answer as a reader sees it, with [1] markers; items on lines of their own."""
        if self.verdict.outcome is Outcome.NOT_IN_ARTICLES:
            return NOT_IN_ARTICLES
        return render_text(self.sentences)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What whoever sees nothing but text must be told besides the answer."""
        remarks = [*self.notes]
        remarks += [
            f"No footnote supports this: “{sentence.text}”"
            for sentence in self.sentences
            if not sentence.supported
        ]
        if self.verdict.missing and self.citations:
            remarks.append(f"The articles don’t say: {'; '.join(self.verdict.missing)}")
        return tuple(remarks)


@dataclass(frozen=True, slots=True)
class Status:
    """A stage has begun: retrieving, deciding or writing."""

    stage: str


@dataclass(frozen=True, slots=True)
class Decided(Status):
    """The verdict has been taken, before anything is written; its stage is still "deciding"."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """A finished, checked sentence; the citations it names have been announced before it."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class CitationReady:
    """A citation that the next sentences may name."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer, folded from the events before it."""

    answer: Answer


Event = Status | CitationReady | SentenceReady | Done
"""What `Assistant.stream` yields: a `Decided`, which is a `Status`, before the first sentence; a
`Done` last, and once."""


def make_article_url(document_id: str, start: int, end: int) -> str:
    """Make the address, relative to the site, of an article with one passage highlighted."""
    return f"/articles/{quote(document_id)}?start={start}&end={end}#passage"


def render_text(sentences: tuple[Sentence, ...]) -> str:
    """Render sentences as plain text: prose runs on, items stand on their own lines as "- ..."."""
    text = ""
    previous = Form.PROSE
    for sentence in sentences:
        markers = "".join(f"[{number}]" for number in sentence.citations)
        said = f"{sentence.text} {markers}".rstrip()
        if sentence.form is Form.ITEM:
            text += f"\n- {said}" if text else f"- {said}"
        elif not text:
            text = said
        else:
            text += ("\n\n" if previous is Form.ITEM else " ") + said
        previous = sentence.form
    return text
