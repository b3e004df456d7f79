"""Words to the rows that hold them: BM25 over titles, headings and texts.

Knows tantivy and what a word is to it. Knows nothing of vectors, and reads no query language: every
character of a query is text.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tantivy

from ingest.words import FUNCTION_WORDS

FOLDER = "lexical"

ANALYZER = "footnote"

BOOSTS = {"all": 1.0, "title": 0.3, "headings": 0.3}
"""`all` holds title, headings and text together, so that a word counts once wherever it stands.

nDCG@10 on SciFact and StackFAQ: `all` alone .686 and .718, with title 0.15 .686 and .749, with
title 0.3 .697 and .768; separate fields for title and text .665 and .729. Another 0.3 for words as
they are written, not stemmed, .692 and .761; leaving function words out .689 and .771.
"""

FUNCTION_WORD_WEIGHT = 0.5
"""Of a word like "do" or "without": in a small corpus it is rare by chance and would weigh like a
name. nDCG@10 at 1, 0.5 and 0: SciFact .697, .695, .690; StackFAQ .768, .790, .770; its answers
alone .442, .487, .493; SQuAD .866, .879, .873."""

MAX_TERMS = 64
"""Distinct words of a query that are searched, the weightiest first; a question has a dozen."""

_K1 = 1.2
"""The saturation of BM25 that tantivy uses."""

_WORD = r"\p{L}(?:\+\+|#)|[\p{L}\p{N}]+"
"""A run of letters and digits, or one letter with the signs that tell C++ and C# from C."""


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """What is indexed of a chunk."""

    title: str
    headings: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the query as it is indexed, its rarity, and how many chunks hold it.

    `weight` is 1, and less for a function word.
    """

    text: str
    idf: float
    count: int
    weight: float


class LexicalIndex:
    """BM25 search; may be shared by threads."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder / FOLDER))
        _register(self._index)
        self._index.reload()
        self._searcher = self._index.searcher()
        self._schema = self._index.schema
        self._analyzer = _analyzer()
        self._function_words = frozenset(
            stem for word in FUNCTION_WORDS for stem in self._analyzer.analyze(word)
        )

    def search(self, query: str, k: int) -> list[tuple[int, float]]:
        """Return the k rows that match any word best with their BM25 scores, by (-score, row)."""
        clauses = self._clauses(query)
        if not clauses or k <= 0:
            return []
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in found])
        hits = [(int(row or 0), float(hit[0])) for hit, row in zip(found, rows, strict=True)]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def attainable(self, query: str) -> float:
        """Return the BM25 score of a row that held every word of a query often, title aside."""
        return (1 + _K1) * sum(term.idf * term.weight for term in self.terms(query))

    def terms(self, query: str) -> list[Term]:
        """List the distinct words of a query as they are indexed, weightiest first."""
        total = max(1, self._searcher.num_docs)
        terms = []
        text = query.encode("utf-8", "replace").decode("utf-8")  # lone surrogates
        for word in dict.fromkeys(self._analyzer.analyze(text)):
            count = self._searcher.doc_freq("all", word)
            idf = math.log(1 + (total - count + 0.5) / (count + 0.5))
            weight = FUNCTION_WORD_WEIGHT if word in self._function_words else 1.0
            terms.append(Term(word, idf, count, weight))
        terms.sort(key=lambda term: (-term.idf * term.weight, term.text))
        return terms

    def _clauses(self, query: str) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        found = [term for term in self.terms(query) if term.count][:MAX_TERMS]
        return [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field, term.text, "freq"),
                    boost * term.weight,
                ),
            )
            for field, boost in BOOSTS.items()
            for term in found
        ]


def write_lexical(entries: Iterable[LexicalEntry], folder: Path) -> None:
    """Write the index that `LexicalIndex` opens; row numbers follow the order of the entries."""
    path = folder / FOLDER
    path.mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(path))
    _register(index)
    # One thread, so that the same entries make the same index.
    writer = index.writer(heap_size=64 << 20, num_threads=1)
    for row, entry in enumerate(entries):
        document = tantivy.Document()
        document.add_unsigned("row", row)
        document.add_text("title", entry.title)
        document.add_text("headings", entry.headings)
        document.add_text("all", f"{entry.title}\n{entry.headings}\n{entry.text}")
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", fast=True)
    for field in BOOSTS:
        builder.add_text_field(field, tokenizer_name=ANALYZER, index_option="freq")
    return builder.build()


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer(ANALYZER, _analyzer())


def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORD))
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
