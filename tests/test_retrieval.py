"""The chunks found for a text: put in order by what they say, for every question in it."""

from dataclasses import replace

import pytest

from assistant.asking.question import parse_question
from assistant.finding import retrieve
from assistant.ranking.retrieval import order_by_spans
from index.store import Index

DEGREE = "Do I need a degree?"
PAY = "How much does a machine learning engineer earn in India?"


@pytest.mark.parametrize("k", [1, 5, 30])
@pytest.mark.parametrize("text", [DEGREE, f"{DEGREE} {PAY}", "thanks a lot", "zzyzx", ""])
def test_chunks_come_best_first_each_once(index: Index, text: str, k: int) -> None:
    hits = retrieve(text, k, index)
    assert len(hits) <= k
    assert len({hit.chunk.id for hit in hits}) == len(hits)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)


def test_two_questions_find_what_each_of_them_finds_first(index: Index) -> None:
    both = {hit.chunk.id for hit in retrieve(f"{DEGREE} {PAY}", 4, index)}
    assert both >= {retrieve(text, 1, index)[0].chunk.id for text in (DEGREE, PAY)}


def test_the_further_a_chunk_is_behind_the_nearest_the_less_it_counts(index: Index) -> None:
    question = parse_question(DEGREE)
    first, second = index.search(DEGREE, 2)
    behind = [replace(second, score=first.score - gap) for gap in (0.0, 0.1, 0.5)]
    ordered = [order_by_spans(question, [first, hit], index) for hit in behind]
    scores = [{hit.chunk.id: hit.score for hit in hits} for hits in ordered]
    assert scores[0][second.chunk.id] > scores[1][second.chunk.id] > scores[2][second.chunk.id] > 0
    assert len({found[first.chunk.id] for found in scores}) == 1
