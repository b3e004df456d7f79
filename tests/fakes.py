"""A small corpus, index and assistant whose every reply follows from what they are given.

No model and no files: words that question and span share decide what is found. The real assistant
is tested elsewhere; these let the web be tested by itself.
"""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace

from assistant.answer import (
    Answer,
    Citation,
    CitationReady,
    Done,
    Event,
    Form,
    Outcome,
    Section,
    Sentence,
    SentenceReady,
    Status,
    Turn,
    Verdict,
)
from assistant.models import UnknownModel
from index.errors import DocumentMissing
from index.types import DocumentSummary, Hit
from ingest.document import CELL_SEPARATOR, Block, Chunk, Document, Kind, make_document_id


def make_document(
    title: str,
    lines: Sequence[tuple[Kind, str, int] | tuple[Kind, str, int, str]],
    source: str = "",
    metadata: Mapping[str, str] | None = None,
    pages: tuple[int, ...] = (),
) -> Document:
    """Make a document of (kind, text, level[, marker]) lines; a row's header is the row above it."""
    text = ""
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    header: tuple[str, ...] = ()
    for kind, line, level, *rest in lines:
        if kind in (Kind.HEADING, Kind.QUESTION):
            path = [(depth, name) for depth, name in path if depth < level]
        start = len(text)
        cells = tuple(line.split(CELL_SEPARATOR)) if kind is Kind.ROW else ()
        blocks.append(
            Block(
                kind,
                start,
                start + len(line),
                tuple(name for _, name in path),
                level,
                header=header if cells else (),
                marker=rest[0] if rest else "",
            )
        )
        header = (header or cells) if cells else ()
        text += line + "\n"
        if kind in (Kind.HEADING, Kind.QUESTION) and line != title:
            path.append((level, line))
    source = source or f"{title.lower()}.md"
    return Document(
        make_document_id(source),
        title,
        text,
        tuple(blocks),
        source,
        "0" * 64,
        metadata or {},
        pages,
    )


class FakeIndex:
    """Finds blocks by the words they share with a query; a chunk is a block."""

    version = "fake-1"

    @property
    def manifest(self) -> SimpleNamespace:
        return SimpleNamespace(recipe=SimpleNamespace(corpus_digest=f"digest of {self.version}"))

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = {document.id: document for document in documents}

    def documents(self) -> tuple[DocumentSummary, ...]:
        return tuple(
            DocumentSummary(document.id, document.title, document.source, len(document.blocks))
            for document in self._documents.values()
        )

    def read(self, document_id: str) -> Document:
        if document_id not in self._documents:
            raise DocumentMissing(document_id)
        return self._documents[document_id]

    def search(self, query: str, k: int) -> list[Hit]:
        wanted = _words(query)
        scored = [
            (len(wanted & _words(document.text[block.start : block.end])), document, block)
            for document in self._documents.values()
            for block in document.blocks
            if block.kind not in (Kind.HEADING, Kind.QUESTION)
        ]
        scored = [found for found in scored if found[0]]
        scored.sort(key=lambda found: (-found[0], found[1].id, found[2].start))
        return [
            Hit(_chunk(document, block), float(score), rank)
            for rank, (score, document, block) in enumerate(scored[:k], start=1)
        ]


class FakeAssistant:
    """Answers with the best passages, one sentence to a citation; declines without one.

    `asked` and `models` record what came in. `fault` is raised instead of the first sentence, if given.
    """

    def __init__(self, index: FakeIndex, fault: Exception | None = None) -> None:
        self.index = index
        self.fault = fault
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self.models: list[str | None] = []
        self.closed = 0

    def search(self, query: str, k: int) -> list[Hit]:
        return self.index.search(query, k)

    def answer(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Answer:
        *_, last = self.stream(question, history, model)
        assert isinstance(last, Done)
        return last.answer

    def stream(
        self, question: str, history: Sequence[Turn] = (), model: str | None = None
    ) -> Iterator[Event]:
        if model not in (None, "extractive"):
            raise UnknownModel(model, ("extractive",))
        self.asked.append((question, tuple(history)))
        self.models.append(model)
        try:
            yield from self._stream(question)
        finally:
            self.closed += 1

    def _stream(self, question: str) -> Iterator[Event]:
        yield Status("retrieving")
        hits = [hit for hit in self.index.search(question, 4) if hit.score >= 2]
        yield Status("deciding")
        if self.fault is not None:
            raise self.fault
        if not hits:
            yield Done(self._decline(question))
            return
        yield Status("writing")
        citations, sentences = [], []
        for number, hit in enumerate(hits, start=1):
            citations.append(self._cite(number, hit))
            yield CitationReady(citations[-1])
            form = Form.PROSE if number < 3 else Form.ITEM
            sentences.append(Sentence(hit.chunk.text, (number,), supported=number < 4, form=form))
            yield SentenceReady(sentences[-1])
        partial = "partly" in question
        verdict = Verdict(
            Outcome.PARTIAL if partial else Outcome.ANSWERED,
            0.9,
            ("how long it takes",) if partial else (),
        )
        yield Done(
            Answer(
                verdict,
                question,
                tuple(sentences),
                tuple(citations),
                (),
                "extractive",
                self.index.version,
                _TIMING,
            )
        )

    def _cite(self, number: int, hit: Hit) -> Citation:
        chunk = hit.chunk
        document = self.index.read(chunk.document_id)
        return Citation(
            number,
            document.id,
            document.title,
            document.source,
            chunk.heading_path,
            document.text[chunk.start : chunk.end],
            chunk.start,
            chunk.end,
            page=sum(1 for start in document.pages if start <= chunk.start) or None,
            original=document.metadata.get("url", ""),
        )

    def _decline(self, question: str) -> Answer:
        nearest = tuple(
            Section(d.id, d.title, ("Work",), 0, len(self.index.read(d.id).text))
            for d in self.index.documents()
        )
        verdict = Verdict(Outcome.NOT_IN_ARTICLES, 0.1, ("anything about this",))
        return Answer(
            verdict, question, (), (), nearest[:3], "extractive", self.index.version, _TIMING
        )


class Waiting(FakeAssistant):
    """Writes one sentence, then waits to be let on."""

    def __init__(self) -> None:
        super().__init__(make_assistant().index)
        self.go_on = threading.Event()

    def _stream(self, question: str) -> Iterator[Event]:
        for event in super()._stream(question):
            yield event
            if isinstance(event, SentenceReady):
                self.go_on.wait(10)


_TIMING = {"retrieve": 1.0, "decide": 0.5, "write": 0.2, "total": 1.7}


def _words(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", text.lower())
    return frozenset(word for word in words if len(word) > 3)


def _chunk(document: Document, block: Block) -> Chunk:
    text = document.text[block.start : block.end]
    chunk_id = f"{document.id}-{block.start}"
    return Chunk(
        chunk_id, document.id, document.title, block.heading_path, block.start, block.end, text
    )


def make_corpus() -> list[Document]:
    """Make two articles with every kind of block: nested lists, a table, questions, PDF pages."""
    beekeeping = make_document(
        "Keeping Bees in Town",
        [
            (Kind.HEADING, "Keeping Bees in Town", 1),
            (
                Kind.PARAGRAPH,
                (
                    "A colony in a city garden often brings in more honey than one in"
                    " farmland. Flowers follow one another from March to October."
                ),
                0,
            ),
            (Kind.HEADING, "What you need", 2),
            (Kind.PARAGRAPH, "Before the first swarm arrives, have these at hand:", 0),
            (Kind.ITEM, "A hive with two boxes, about 180 euros new", 0, "•"),
            (Kind.ITEM, "Protection against stings", 0, "•"),
            (Kind.ITEM, "a veil that keeps bees from the face", 1, "◦"),
            (Kind.ITEM, "gloves that reach the elbow", 1, "◦"),
            (Kind.ITEM, "A smoker, which calms the bees", 0, "•"),
            (Kind.HEADING, "Honey by year", 2),
            (Kind.ROW, "Year | Honey in kg | Hours of work", 0),
            (Kind.ROW, "First | 5 | 60", 0),
            (Kind.ROW, "Second | 20 | 45", 0),
            (Kind.ROW, "Third | 28 | 40", 0),
            (Kind.HEADING, "Frequently Asked Questions", 2),
            (Kind.QUESTION, "Do I need a licence to keep bees?", 3),
            (
                Kind.PARAGRAPH,
                (
                    "No licence is needed, but the keeping of bees must be reported to"
                    " the veterinary office."
                ),
                0,
            ),
            (Kind.QUESTION, "Can I keep bees without a garden?", 3),
            (
                Kind.PARAGRAPH,
                (
                    "Yes: bees keep well on a flat roof, as long as the roof carries 150"
                    " kg and is out of the wind."
                ),
                0,
            ),
        ],
        metadata={"author": "A. Melli", "url": "https://example.org/bees"},
    )
    bread = make_document(
        "Bread with Wild Yeast",
        [
            (Kind.HEADING, "The starter", 1),
            (Kind.PARAGRAPH, "Flour and water left to stand begin to ferment within five days.", 0),
            (Kind.ITEM, "Mix 50 g of flour with 50 g of water.", 0, "1."),
            (Kind.ITEM, "Feed the starter every day at the same hour.", 0, "2."),
            (Kind.HEADING, "Baking", 1),
            (
                Kind.PARAGRAPH,
                "Bake the bread at 240 degrees for 45 minutes, with steam at the beginning.",
                0,
            ),
            (Kind.QUESTION, "Why is my bread flat?", 2),
            (Kind.PARAGRAPH, "A flat bread has mostly stood too long before baking.", 0),
        ],
        source="bread.pdf",
        pages=(0, 190),
    )
    return [beekeeping, bread]


def make_assistant(
    documents: Sequence[Document] | None = None, fault: Exception | None = None
) -> FakeAssistant:
    """Make an assistant over the small corpus, or over other documents."""
    return FakeAssistant(FakeIndex(documents or make_corpus()), fault)
