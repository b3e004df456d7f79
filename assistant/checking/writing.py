"""From what a writer types to what is shown: citations resolved, sentences checked, one by one.

Knows numbers, judgements and events. Knows nothing of how evidence was found or of who writes.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from assistant.answer import Citation, CitationReady, Event, Sentence, SentenceReady
from assistant.checking.citations import Written
from assistant.checking.verify import Judgement, Verifier
from ingest.document import Document, Span


class Unsupported(StrEnum):
    """What becomes of a sentence that its passages don't bear out."""

    MARK = "mark"
    DROP = "drop"


class Page:
    """The answer as it grows: checked sentences, and citations numbered as they first appear.

    Nothing is shown before the first sentence that holds: an answer of which nothing holds is no
    answer, and `is_blank` then says so.
    """

    def __init__(
        self, shown: Sequence[tuple[Document, Span]], verifier: Verifier, unsupported: Unsupported
    ) -> None:
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self.dropped = 0
        self.unsupported = 0
        self._shown = shown
        self._verifier = verifier
        self._marks = unsupported is Unsupported.MARK
        self._renumbered: dict[int, int] = {}
        self._waiting: list[Sentence] = []
        self._lead: Written | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been shown."""
        return not self.sentences

    @property
    def cited(self) -> frozenset[int]:
        """The numbers of the shown spans that sentences rest on."""
        return frozenset(self._renumbered)

    def add(self, written: Written) -> Iterator[Event]:
        """Check a sentence; yield it, after the citations that it is the first to name.

        A line that only leads into a list waits for what follows, and rests on the same passages.
        """
        known = [number for number in written.numbers if 1 <= number <= len(self._shown)]
        self.dropped += len(written.numbers) - len(known)
        if not known and written.text.endswith(":"):
            yield from self.end()
            self._lead = written
            return
        judgement = self._verifier.judge(written.text, tuple(dict.fromkeys(known)))
        lead, self._lead = self._lead, None
        if lead is not None:
            led = judgement.supported and self._verifier.judge_lead(lead.text, judgement.numbers)
            yield from self._show(lead, led or Judgement(supported=False, reason=_LEADS_NOWHERE))
        yield from self._show(written, judgement)

    def end(self) -> Iterator[Event]:
        """Yield what still waited; nothing follows it."""
        lead, self._lead = self._lead, None
        if lead is not None:
            yield from self._show(lead, self._verifier.judge(lead.text, ()))

    def forget(self) -> None:
        """Drop what still waits: another writer takes over."""
        self._lead = None
        self._waiting = []

    def show_all(self) -> Iterator[Event]:
        """Yield what waited for a sentence that holds, though none came."""
        waiting, self._waiting = self._waiting, []
        for sentence in waiting:
            yield from self._put(sentence)

    def _show(self, written: Written, judgement: Judgement) -> Iterator[Event]:
        if not judgement.supported:
            self.unsupported += 1
            sentence = Sentence(written.text, (), False, written.form, judgement.reason)  # noqa: FBT003
            if self._marks and self.is_blank:
                self._waiting.append(sentence)
            elif self._marks:
                yield from self._put(sentence)
            return
        yield from self.show_all()
        for number in judgement.numbers:
            yield from self._cite(number)
        numbers = tuple(self._renumbered[number] for number in judgement.numbers)
        yield from self._put(Sentence(written.text, numbers, True, written.form))  # noqa: FBT003

    def _put(self, sentence: Sentence) -> Iterator[Event]:
        self.sentences.append(sentence)
        yield SentenceReady(sentence)

    def _cite(self, number: int) -> Iterator[Event]:
        if number in self._renumbered:
            return
        citation = make_citation(len(self.citations) + 1, *self._shown[number - 1])
        self._renumbered[number] = citation.number
        self.citations.append(citation)
        yield CitationReady(citation)


_LEADS_NOWHERE = "what it leads into isn’t borne out"


def make_citation(number: int, document: Document, span: Span) -> Citation:
    """Make the citation of a span; its quote is the document's text between its offsets."""
    page = sum(start <= span.start for start in document.pages) or None
    return Citation(
        number=number,
        document_id=document.id,
        title=document.title,
        source=document.source,
        heading_path=document.blocks[span.block].heading_path,
        quote=document.text[span.start : span.end],
        start=span.start,
        end=span.end,
        page=page,
        original=document.metadata.get("url", ""),
    )
