"""What the keeper of a corpus should look at: what is missing, double, old, unused or contradictory.

Knows an index and the questions that judge its corpus. Knows nothing of answers: everything here is
about the articles themselves. Doubles and contradictions are candidates for a person to judge.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant.english.figures import Figure, Unit, find_figures
from assistant.ranking.clauses import Polarity
from assistant.ranking.polarity import judge_polarity
from eval.sets import judge_corpus
from index.store import Index, Library, build_index
from index.types import Vectors
from ingest.corpus import Repaired, Skipped
from ingest.document import Document, Kind, Span
from ingest.words import content_set, stems

ALIKE = 0.4
"""Cosine under which two passages aren't compared: unrelated ones on one subject reach it."""

DOUBLE = 0.7
"""Jaccard similarity of their words and figures from which two passages are doubles."""

MIN_WORDS = 6
"""Content words that a passage needs to be called a double: shorter ones recur by nature."""

ONE_MATTER = 6.0
"""Cosine times the summed idf (in nats) of the words that two passages share, from which they are
about one matter. On two corpora of four articles that truly contradict each other on two points, it
finds both (10 and 8) and nothing else; the next pairs (under 5.8) share a theme only."""

SHARED = 0.33
"""Share of the weight of the shorter passage that two passages on one matter have in common."""

REACHED = 5
"""Sections among the first so many hits of a question count as retrieved."""

YEARS_OLD = 3
"""A year this far back, or further, is worth a look."""

BLOCK = 1024
"""Rows of cosines held at once: with 20,000 passages, 80 MB."""

SHOWN = 20
"""Lines of one kind that a terminal is given."""

NEEDS = (
    "need require requirement must necessary necessarily essential prerequisite mandatory optional"
)

YES_OR_NO = re.compile(r"^\W*(?:yes|no)\b", re.IGNORECASE)
"""An answer to a question that the passage alone doesn't show."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of an article."""

    source: str
    heading_path: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages that belong together; `why` says in what they differ, if in anything."""

    one: Place
    other: Place
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stale:
    """An old year: in the text at `place`, or in what the file says of itself."""

    source: str
    year: int
    place: Place | None
    field: str = ""


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """All that the keeper of a corpus should look at."""

    documents: int
    questions: int
    skipped: tuple[Skipped, ...]
    repaired: tuple[Repaired, ...]
    doubles: tuple[Pair, ...]
    stale: tuple[Stale, ...]
    unreached: tuple[Place, ...]
    clashes: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _Passages:
    """Every span of a corpus, row by row: its document, its stems, and its vector in context."""

    documents: tuple[Document, ...]
    spans: tuple[Span, ...]
    words: tuple[frozenset[str], ...]
    vectors: Vectors

    def place(self, row: int) -> Place:
        return _place(self.documents[row], self.spans[row])


@dataclass(frozen=True, slots=True)
class _Alike:
    """Two rows, the first before the second, and the cosine of their passages in context."""

    one: int
    other: int
    cosine: float


def make_corpus_report(
    corpus: Path,
    index_folder: Path,
    *,
    model: str | Path | None = None,
    questions: Path | None = None,
    year: int | None = None,
    cache: Path | None = None,
) -> CorpusReport:
    """Look through a corpus; `year` is the present one, `model` the encoder if it is another.

    Raises what `build_index` raises.
    """
    build_index(corpus, index_folder, model=model, cache=cache)
    index = Library(index_folder).current()
    documents = [index.read(summary.id) for summary in index.documents()]
    cases = judge_corpus(corpus, documents, questions).cases
    passages = _gather(index, documents)
    pairs = list(_find_alike(passages))
    subject = frozenset(stems(f"{index.profile.subject} {index.profile.activity}"))
    return CorpusReport(
        documents=len(documents),
        questions=len(cases),
        skipped=index.skipped,
        repaired=index.repaired,
        doubles=tuple(find_doubles(passages, pairs)),
        stale=tuple(find_stale(documents, year or datetime.now(UTC).year)),
        unreached=tuple(find_unreached(index, documents, [case.question.text for case in cases])),
        clashes=tuple(find_clashes(passages, pairs, weigh_words(passages, subject))),
    )


def find_stale(documents: Sequence[Document], year: int) -> Iterator[Stale]:
    """Find years that lie YEARS_OLD or more before the present one."""
    for document in documents:
        for name, value in sorted(document.metadata.items()):
            for found in _old_years(value, year):
                yield Stale(document.source, found, None, name)
        for number, block in enumerate(document.blocks):
            text = document.text[block.start : block.end]
            for found in _old_years(text, year):
                place = _place(document, Span(block.start, block.end, number))
                yield Stale(document.source, found, place)


def find_unreached(
    index: Index, documents: Sequence[Document], questions: Sequence[str]
) -> Iterator[Place]:
    """Find the sections that no question has among its first hits."""
    reached = {hit.chunk.id for question in questions for hit in index.search(question, REACHED)}
    for document in documents:
        sections: dict[tuple[str, ...], list[str]] = {}
        places: dict[tuple[str, ...], Place] = {}
        for chunk in index.chunks(document.id):
            path = chunk.heading_path
            sections.setdefault(path, []).append(chunk.id)
            text = document.text[chunk.start : chunk.end]
            places.setdefault(path, Place(document.source, path, chunk.start, chunk.end, text))
        yield from (
            places[path] for path, held in sections.items() if not reached.intersection(held)
        )


def find_doubles(passages: _Passages, pairs: Sequence[_Alike]) -> Iterator[Pair]:
    """Find passages that say the same in nearly the same words (Jaccard, as in Broder 1997)."""
    for pair in pairs:
        ours, theirs = passages.words[pair.one], passages.words[pair.other]
        if min(len(ours), len(theirs)) < MIN_WORDS:
            continue
        if len(ours & theirs) >= DOUBLE * len(ours | theirs):
            yield Pair(passages.place(pair.one), passages.place(pair.other))


def weigh_words(passages: _Passages, subject: Set[str]) -> dict[str, float]:
    """Give each stem its inverse passage frequency in nats; what needs nothing said weighs nothing.

    `subject` are the stems of what the whole corpus is about: to share those says nothing, nor do
    figures or the words of needing, which are what two passages may differ in.
    """
    counts = Counter(word for held in passages.words for word in held)
    silent = subject | set(stems(NEEDS))
    return {
        word: 0.0 if word in silent or word[0].isdigit() else math.log(len(passages.words) / count)
        for word, count in counts.items()
    }


def find_clashes(
    passages: _Passages, pairs: Sequence[_Alike], weights: Mapping[str, float]
) -> Iterator[Pair]:
    """Find passages of two articles on one matter that differ in a figure or on what is needed.

    Figures differ if both passages have some of one kind (and currency) and share none of them.
    What recurs word for word in many articles is told once.
    """
    told: set[tuple[str, str]] = set()
    for pair in pairs:
        if passages.documents[pair.one].id == passages.documents[pair.other].id:
            continue
        if not _on_one_matter(passages.words[pair.one], passages.words[pair.other], pair, weights):
            continue
        first, second = passages.place(pair.one), passages.place(pair.other)
        why = _differing_figures(first.text, second.text) or _differing_need(first, second)
        if why and (first.text, second.text) not in told:
            told.add((first.text, second.text))
            yield Pair(first, second, why)


def render_corpus_report(report: CorpusReport) -> str:
    """Lay a corpus report out for a terminal."""
    parts = [f"{report.documents} articles, {report.questions} questions"]
    parts.append(_list("skipped", [f"{one.source}: {one.reason}" for one in report.skipped]))
    parts.append(_list("repaired", [f"{one.source}: {one.note}" for one in report.repaired]))
    parts.append(_list("near-duplicate passages", [_both(pair) for pair in report.doubles]))
    parts.append(_list("old years", [_old(stale) for stale in report.stale]))
    parts.append(
        _list("sections that no question retrieves", [_where(place) for place in report.unreached])
    )
    parts.append(_list("articles that seem to disagree", [_both(pair) for pair in report.clashes]))
    return "\n\n".join(parts)


def _gather(index: Index, documents: Sequence[Document]) -> _Passages:
    owners: list[Document] = []
    spans: list[Span] = []
    vectors: list[Vectors] = [np.zeros((0, 1), dtype=np.float32)]
    for document in documents:
        for chunk in index.chunks(document.id):
            held = index.spans(chunk.id)
            kept = [
                i
                for i, span in enumerate(held.spans)
                if document.blocks[span.block].kind not in (Kind.HEADING, Kind.QUESTION)
            ]
            owners += [document] * len(kept)
            spans += [held.spans[i] for i in kept]
            if kept:
                vectors.append(held.vectors[kept])
    stacked = np.concatenate(vectors[1:]) if len(vectors) > 1 else vectors[0]
    words = tuple(
        frozenset(stems(document.text[span.start : span.end]))
        for document, span in zip(owners, spans, strict=True)
    )
    return _Passages(tuple(owners), tuple(spans), words, stacked)


def _find_alike(passages: _Passages) -> Iterator[_Alike]:
    """Yield pairs that may be about one matter, most alike first in each block of rows."""
    vectors = passages.vectors
    for start in range(0, len(vectors), BLOCK):
        cosines = vectors[start : start + BLOCK] @ vectors.T
        rows, columns = np.nonzero(cosines >= ALIKE)
        found = [
            _Alike(int(row) + start, int(column), float(cosines[row, column]))
            for row, column in zip(rows, columns, strict=True)
            if row + start < column
        ]
        yield from sorted(found, key=lambda pair: (-pair.cosine, pair.one, pair.other))


def _old_years(text: str, year: int) -> list[int]:
    """A span of years, or a forecast made long ago, is as old as its latest year."""
    years = sorted({int(one.value) for one in find_figures(text) if one.unit is Unit.YEAR})
    return [found for found in years[-1:] if found <= year - YEARS_OLD]


def _on_one_matter(
    ours: Set[str], theirs: Set[str], pair: _Alike, weights: Mapping[str, float]
) -> bool:
    shared = sum(weights[word] for word in ours & theirs)
    shorter = min(sum(weights[word] for word in held) for held in (ours, theirs))
    return pair.cosine * shared >= ONE_MATTER and shared >= SHARED * shorter


def _differing_figures(first: str, second: str) -> str:
    ours, theirs = _by_kind(first), _by_kind(second)
    for kind in sorted(ours.keys() & theirs.keys()):
        mine, others = ours[kind], theirs[kind]
        if not {one.raw for one in mine} & {one.raw for one in others}:
            return f"{_written(first, mine)} against {_written(second, others)}"
    return ""


def _by_kind(text: str) -> dict[tuple[str, str], list[Figure]]:
    kinds: dict[tuple[str, str], list[Figure]] = {}
    for figure in find_figures(text):
        # A bare number counts anything, and every text has a year of its own.
        if figure.unit not in (Unit.COUNT, Unit.YEAR):
            kinds.setdefault((figure.unit.value, figure.currency), []).append(figure)
    return kinds


def _written(text: str, figures: Sequence[Figure]) -> str:
    return ", ".join(text[figure.start : figure.end].strip() for figure in figures)


def _differing_need(first: Place, second: Place) -> str:
    """Say that one passage needs what the other does not, which nobody has to ask to be told."""
    if YES_OR_NO.match(first.text) or YES_OR_NO.match(second.text):
        return ""
    both = content_set(first.text) & content_set(second.text)
    for thing in sorted(both):
        asked = f"Is a {thing} required for {' '.join(sorted(both - {thing}))}?"
        told = {judge_polarity(asked, place.text) for place in (first, second)}
        if told == {Polarity.YES, Polarity.NO}:
            return "needed against not needed"
    return ""


def _place(document: Document, span: Span) -> Place:
    block = document.blocks[span.block]
    text = document.text[span.start : span.end]
    return Place(document.source, block.heading_path, span.start, span.end, text)


def _list(title: str, lines: Sequence[str]) -> str:
    shown = [f"  {line}" for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        shown.append(f"  ... and {len(lines) - SHOWN} more")
    return "\n".join([f"{title}: {len(lines) or 'none'}", *shown])


def _both(pair: Pair) -> str:
    why = f"{pair.why}: " if pair.why else ""
    return f"{why}{_quoted(pair.one)}\n    and {_quoted(pair.other)}"


def _old(stale: Stale) -> str:
    if stale.place is None:
        return f"{stale.source}, {stale.field}: {stale.year}"
    return f"{stale.year}: {_quoted(stale.place)}"


def _quoted(place: Place) -> str:
    return f"“{_shorten(place.text)}” ({_where(place)})"


def _where(place: Place) -> str:
    return " › ".join((place.source, *place.heading_path))


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:87] + "..."
