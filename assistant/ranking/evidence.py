"""Which spans speak to a question, and how strongly.

Knows the signals that tie a span to a question and weighs them. Knows nothing of verdicts, of the
wording of answers, or of models.
"""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.asking.asked import Form, find_form, find_telling, has_each, take_apart
from assistant.asking.forms import Ask
from assistant.asking.question import Question, asked_units
from assistant.english.figures import find_figures
from assistant.english.levels import find_in_ranges, find_on_level, put_in_names
from assistant.layout.shown import Shown
from assistant.layout.structure import (
    announces,
    has_items_under,
    heads_columns,
    is_label,
    is_pointer,
    names_text,
)
from assistant.ranking.kin import Kin
from assistant.ranking.matching import TermMatcher
from assistant.ranking.polarity import judge_polarity
from assistant.ranking.weighing import Weights, log_odds, signal_values
from index.store import Index
from index.types import Hit, Vectors
from ingest.document import Block, Document, Kind, Span, cells
from ingest.patterns import compile_late
from ingest.spans import describe_span
from ingest.words import stem_set


@dataclass(frozen=True, slots=True)
class Signals:
    """What ties a span to a question; each is 0 to 1 unless said otherwise.

    `dense` and `chunk` are cosines of the question with the span and with its chunk, `behind` how
    far the span's lies behind the best span's. `heading` is the cosine with the nearest heading.
    `coverage` is the weighted share of the question's terms found in the span or the context above
    it, `own` in the span alone. `names` is the share of its proper names and numbers found there.
    `unit` is 1 where the span holds a figure of the kind asked for, or none is asked for. `rank` is
    the reciprocal rank of the chunk. `item` is 1 for a list item, `leads` for a sentence that only
    leads into a list; `length` is in units of 300 characters, at most 1. `defines` is 1 where a
    definition is asked for and the span says what the thing is. `kin` is how far another row, or
    another item than the one above the span, is named better by the question. `learned` is the learned
    scorer's probability, 0 where it did not look, and `odds` its logarithmic odds, -1 to 1 (-1
    where it did not look): near certainty, where probabilities hardly differ, it is these that tell
    spans apart.
    """

    dense: float
    chunk: float
    behind: float
    heading: float
    coverage: float
    own: float
    names: float
    unit: float
    rank: float
    item: float
    leads: float
    length: float
    defines: float
    kin: float
    learned: float = 0.0
    odds: float = -1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span with its score, 0 to 1, for one question."""

    document: Document
    span: Span
    chunk_id: str
    score: float
    signals: Signals

    @property
    def text(self) -> str:
        """The span's exact text."""
        return self.document.text[self.span.start : self.span.end]

    @property
    def block(self) -> Block:
        """The block that holds the span."""
        return self.document.blocks[self.span.block]

    @property
    def key(self) -> tuple[str, int, int]:
        """What identifies the span, and breaks ties."""
        return (self.document.id, self.span.start, self.span.end)


LOOKED_AT = 24
AT_FIRST = 12
SURE = 0.5
"""Spans that the learned scorer looks at, and how many at first: the others only where the best of
these scores less than `SURE`.

On 478 questions over the guides a right span is then first for .719, with 16 for all for .705, with
24 for all for .719. With 16 at first as many development questions over the bundled articles are
answered rightly, one more over ../shared/articles, both less precisely, and an answer takes 7 ms more.
"""

OTHERS = 2
"""Articles without any span among the first whose best one is looked at with them.

On the development questions over ../shared/articles the articles that a full answer needs are met in
.90 of cases with it and in .88 without, over the bundled articles in .91 and .88, and of both one
answer in a hundred more is right where the FAQ is left out.
"""

_DEFINES = compile_late(
    r"\s*(?P<what>[^.:;?!]{1,60}?)(?:\s+(?:is|are|means|refers? to|stands? for|consists? of)\b|:\s|\s[–—]\s)",
    re.IGNORECASE,
)


def find_defined(text: str) -> str:
    """Return the words of which a text begins to say what they are, "" if it does not: "X is ..."."""
    beginning = _DEFINES.match(text)
    return beginning["what"] if beginning else ""


def defines(text: str, matcher: TermMatcher) -> bool:
    """Say whether a text begins by saying what the question's terms are: "X is ...", "X: ..."."""
    named = matcher.stems(find_defined(text))
    return bool(named) and all(matcher.match(term, named) >= 0.8 for term in matcher.weights)


def tells_figure(question: Question, text: str) -> bool:
    """Say whether a question asks for a figure of a kind that a text holds."""
    wanted = asked_units(question)
    return bool(wanted) and any(figure.unit in wanted for figure in find_figures(text))


def has_wanted_unit(question: Question, text: str) -> bool:
    """Say whether a text holds a figure of the kind the question asks for, if it asks for one."""
    return tells_figure(question, text) or not asked_units(question)


_ASKS_WHERE = compile_late(r"\b(?:where|more|read|find out|link)\b", re.IGNORECASE)


def gather_evidence(
    question: Question,
    hits: Sequence[Hit],
    matcher: TermMatcher,
    index: Index,
    weights: Weights,
) -> list[Evidence]:
    """Return the spans of the hits with their score for the question, best first."""
    vector = index.encode_query(question.text)
    headings = _heading_similarity(hits, vector, index.encode)
    titles = [f"{hit.chunk.title} {' '.join(hit.chunk.heading_path)}" for hit in hits]
    matcher.learn([*titles, *(f"{hit.chunk.context} {hit.chunk.text}" for hit in hits)])
    stored = {hit.chunk.id: index.spans(hit.chunk.id) for hit in hits}
    cosines = {chunk: spans.vectors @ vector for chunk, spans in stored.items()}
    best = max((float(row.max()) for row in cosines.values() if row.size), default=0.0)
    kin = Kin(matcher)
    of_texts = names_text(question.text)
    found: list[Evidence] = []
    for hit in hits:
        document = index.read(hit.chunk.document_id)
        spans = stored[hit.chunk.id].spans
        for span, dense in zip(spans, cosines[hit.chunk.id], strict=True):
            text = document.text[span.start : span.end]
            if _says_nothing(document, span, question, of_texts=of_texts):
                continue
            own = matcher.stems(text)
            if question.ask is Ask.DEFINITION and own <= matcher.weights.keys():
                continue  # a thing's bare name does not say what it is
            around = stems_around(document, span, matcher)
            signals = Signals(
                dense=float(dense),
                chunk=hit.dense or 0.0,
                behind=best - float(dense),
                heading=headings.get(hit.chunk.heading_path, 0.0),
                coverage=matcher.coverage(around),
                own=matcher.coverage(own),
                names=matcher.named(around),
                unit=float(has_wanted_unit(question, text)),
                rank=1.0 / hit.rank,
                item=float(document.blocks[span.block].kind is Kind.ITEM),
                leads=float(text.rstrip().endswith(":") or has_items_under(document, span.block)),
                length=min(len(text), 300) / 300,
                kin=kin.measure(document, span.block, own),
                defines=float(question.ask is Ask.DEFINITION and defines(text, matcher)),
            )
            score = weights.score(signal_values(signals))
            found.append(Evidence(document, span, hit.chunk.id, score, signals))
    return sort_evidence(found)


def _says_nothing(document: Document, span: Span, question: Question, *, of_texts: bool) -> bool:
    """Say whether a span is but a name, a pointer, an announcement or a question."""
    if heads_columns(document, span.block) or is_label(document, span.block):
        return True  # names of columns and labels say nothing by themselves
    if is_pointer(document, span.block) and not _ASKS_WHERE.search(question.text):
        return True  # where more is to be read answers who asks for that
    text = document.text[span.start : span.end]
    if not of_texts and announces(text):
        return True  # what a text is to tell it tells elsewhere
    block = document.blocks[span.block]
    # What is only asked is not said.
    return block.kind is Kind.PARAGRAPH and text.rstrip().endswith("?")


def stems_around(document: Document, span: Span, matcher: TermMatcher) -> frozenset[str]:
    """Return the stems of a span with all that stands above it.

    In a row, a question's words for a column count as said: beginner, where it is "Entry level".
    """
    found = matcher.spell_out(*_read_around(document, span))
    columns = document.blocks[span.block].header[1:]
    if not columns:
        return found
    levels = (find_on_level(matcher.stems(name), matcher.terms) for name in columns)
    return found.union(*levels, *find_in_ranges(columns, matcher.terms))


@lru_cache(maxsize=4096)  # a question's spans are looked at in turn for their score and the verdict
def _read_around(document: Document, span: Span) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the stems of a span with all that stands above it, and its initialisms."""
    above = " ".join((document.title, *document.blocks[span.block].heading_path))
    return stem_set(f"{above} {describe_span(document, span)}")


class SpanScorer(Protocol):
    """A learned scorer: how likely each passage answers a question, 0 to 1."""

    def score_answers(self, question: str, passages: Sequence[str], /) -> NDArray[np.float32]:
        """Return one probability a passage."""
        ...


def look_closer(
    question: Question, evidence: Sequence[Evidence], scorer: SpanScorer, weights: Weights
) -> list[Evidence]:
    """Let the learned scorer look at the best spans and weigh these anew; the others follow them.

    `weights` weigh what it says too.
    """
    at_first, further = choose_looked_at(evidence)
    at_first += find_decisive(question, [one for one in evidence if one not in at_first])
    further = [one for one in further if one not in at_first]
    seen = weigh(look(question, at_first, scorer), weights)
    if not is_sure(seen):
        seen += weigh(look(question, further, scorer), weights)
    return put_first(sort_evidence(seen), evidence)


def find_decisive(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the best span of each article that says yes or no to the need a question asks for.

    "Nobody has to hold a certificate" is one sentence in a section on something else.
    """
    needs = find_form(question.text) in (Form.NEED, Form.CHOICE)
    if question.ask is not Ask.YES_NO or not needs:
        return []
    heads = take_apart(question.text).heads
    firsts: dict[str, Evidence] = {}
    for item in evidence:
        if item.document.id in firsts or item.signals.leads or not item.signals.own:
            continue
        if _names(heads, item.text) and decides(question, item):
            firsts[item.document.id] = item
    return list(firsts.values())


def _names(heads: Set[str], text: str) -> bool:
    return bool(heads) and has_each(heads, find_telling(text))


def decides(question: Question, item: Evidence) -> bool:
    """Say whether a span's wording answers a yes/no question, one way or the other."""
    shown = Shown(item.document, item.span)
    said = judge_polarity(question.text, shown.quote, shown.posed, shown.headings)
    return said is not None


def is_sure(seen: Sequence[Evidence]) -> bool:
    """Say whether the best of the spans that were looked at scores so much that no more need be."""
    return max((item.score for item in seen), default=0.0) >= SURE


def weigh(evidence: Sequence[Evidence], weights: Weights) -> list[Evidence]:
    """Return spans with the scores that their signals have by some weights."""
    return [replace(one, score=weights.score(signal_values(one.signals))) for one in evidence]


def choose_looked_at(evidence: Sequence[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """Choose the spans that are looked at first, and those looked at where these are unsure.

    The best ones of articles that have none among the first are looked at with them: where two
    articles have long sections on what is asked, what a third says of it in a sentence is heard too.
    """
    best = list(evidence[:AT_FIRST])
    heard = {item.document.id for item in best}
    firsts = list_firsts(evidence[AT_FIRST:])
    beside = [one for one in firsts if one.document.id not in heard][:OTHERS]
    return [*best, *beside], [one for one in evidence[AT_FIRST:LOOKED_AT] if one not in beside]


def look(question: Question, evidence: Sequence[Evidence], scorer: SpanScorer) -> list[Evidence]:
    """Return spans with what the learned scorer says of them.

    It is asked without the name of what all articles are about. On the development questions,
    cross-validated, a right span is then first for one in a hundred more, at the same AUROC. What
    leaves something out is asked with and without that: "what besides Java?" wants more languages,
    not whatever else there is, and "what costs besides the rent?" no rent. Of 13 such questions
    four are then answered better than with the one alone, and one worse.
    """
    asked = [_ask_in_names(question.unnamed or question.text, item) for item in evidence]
    learned: dict[tuple[str, int, int], float] = {}
    for text in dict.fromkeys(asked):
        put = [item for item, own in zip(evidence, asked, strict=True) if own == text]
        passages = [describe_span(item.document, item.span) for item in put]
        ways = (text, question.whole) if question.left_out else (text,)
        scores = np.mean([scorer.score_answers(way, passages) for way in ways], axis=0)
        learned |= {item.key: float(score) for item, score in zip(put, scores, strict=True)}
    return [_hear(item, learned[item.key]) for item in evidence]


def _ask_in_names(question: str, item: Evidence) -> str:
    """Put a question's words for levels into those of a row's table, which alone the scorer reads."""
    if item.block.kind is not Kind.ROW:
        return question
    return put_in_names(question, (cells(item.document, item.block)[0], *item.block.header[1:]))


def _hear(item: Evidence, learned: float) -> Evidence:
    return replace(item, signals=replace(item.signals, learned=learned, odds=log_odds(learned)))


def put_first(seen: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Put the spans that were looked at before the others, none of which scores more."""
    least = seen[-1].score if seen else 1.0
    keys = {item.key for item in seen}
    rest = [item for item in evidence if item.key not in keys]
    return [*seen, *(replace(item, score=min(item.score, least)) for item in rest)]


def sort_evidence(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Sort best first; ties by document and place."""
    return sorted(evidence, key=lambda item: (-item.score, item.key))


def list_firsts(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the best span of each article; a lesser one is no better for being short."""
    firsts: dict[str, Evidence] = {}
    for item in evidence:
        firsts.setdefault(item.document.id, item)
    return list(firsts.values())


def tells_all(item: Evidence, terms: Set[str], matcher: TermMatcher, least: float) -> bool:
    """Say whether a span, with what stands around it, has each of some terms so well or better."""
    around = stems_around(item.document, item.span, matcher) if terms else frozenset()
    return matcher.has_all(terms, around, least)


def _heading_similarity(
    hits: Sequence[Hit], vector: Vectors, encode: Callable[[Sequence[str]], Vectors]
) -> dict[tuple[str, ...], float]:
    paths = sorted({hit.chunk.heading_path for hit in hits if hit.chunk.heading_path})
    if not paths:
        return {}
    similarities = encode([path[-1] for path in paths]) @ vector
    return {
        path: float(value) for path, value in zip(paths, np.atleast_1d(similarities), strict=True)
    }
