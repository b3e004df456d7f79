"""Retrieval figures: cases worked out by hand, and an independent judge on random rankings."""

import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, P, R, nDCG

from eval.metrics import dcg, graded_ndcg, ndcg, precision, recall, reciprocal_rank


def test_perfect_ranking_scores_one():
    gains = [1, 1, 0, 0]
    assert ndcg(gains, 2, 10) == 1.0
    assert recall(gains, 2, 10) == 1.0
    assert reciprocal_rank(gains, 2, 10) == 1.0


def test_second_place_by_hand():
    gains = [0, 1, 0]
    assert dcg(gains, 10) == pytest.approx(1 / math.log2(3))
    assert ndcg(gains, 1, 10) == pytest.approx(0.6309297535714574)
    assert reciprocal_rank(gains, 1, 10) == 0.5
    assert precision(gains, 1, 5) == 0.2


def test_lost_span_counts_in_the_best_order():
    # One of two is found, first: 1 / (1 + 1/log2(3)).
    assert ndcg([1], 2, 10) == pytest.approx(0.6131471927654584)
    assert recall([1], 2, 10) == 0.5


def test_one_passage_with_both_spans_first_is_perfect():
    assert ndcg([2, 0], 2, 10) == 1.0
    assert ndcg([0, 2], 2, 10) == pytest.approx(1 / math.log2(3))


def test_no_hits_score_zero():
    assert ndcg([], 3, 10) == 0.0
    assert recall([], 3, 10) == 0.0
    assert precision([], 3, 5) == 0.0
    assert reciprocal_rank([], 3, 10) == 0.0


def test_what_comes_past_the_cut_does_not_count():
    gains = [0] * 10 + [1]
    assert ndcg(gains, 1, 10) == 0.0
    assert recall(gains, 1, 10) == 0.0
    assert reciprocal_rank(gains, 1, 10) == 0.0


def test_nothing_relevant_has_no_figure():
    for measure in (ndcg, recall, precision, reciprocal_rank):
        with pytest.raises(ValueError, match="nothing is relevant"):
            measure([0], 0, 10)


def test_more_gains_than_relevant_things_is_an_error():
    with pytest.raises(ValueError, match="more than"):
        ndcg([1, 1], 1, 10)


@given(
    st.lists(st.booleans(), max_size=30),
    st.integers(0, 5),
    st.sampled_from([1, 3, 5, 10]),
)
def test_agrees_with_an_independent_judge(found: list[bool], lost: int, k: int):
    relevant = sum(found) + lost
    if not relevant:
        return
    gains = [int(one) for one in found]
    run = [ir_measures.ScoredDoc("q", f"d{rank:02}", float(-rank)) for rank in range(len(found))]
    qrels = [
        *(ir_measures.Qrel("q", f"d{rank:02}", 1) for rank, one in enumerate(found) if one),
        *(ir_measures.Qrel("q", f"lost{i}", 1) for i in range(lost)),
    ]
    theirs = ir_measures.calc_aggregate([nDCG @ k, R @ k, P @ k, RR @ k], qrels, run)
    assert ndcg(gains, relevant, k) == pytest.approx(theirs[nDCG @ k])
    assert recall(gains, relevant, k) == pytest.approx(theirs[R @ k])
    assert precision(gains, relevant, k) == pytest.approx(theirs[P @ k])
    assert reciprocal_rank(gains, relevant, k) == pytest.approx(theirs[RR @ k])


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=20), st.lists(st.integers(1, 3), max_size=4)
)
def test_graded_gains_agree_with_an_independent_judge(found: list[int], lost: list[int]):
    ideal = [*found, *lost]
    if not any(ideal):
        return
    run = [ir_measures.ScoredDoc("q", f"d{rank:02}", float(-rank)) for rank in range(len(found))]
    qrels = [
        *(ir_measures.Qrel("q", f"d{rank:02}", gain) for rank, gain in enumerate(found)),
        *(ir_measures.Qrel("q", f"lost{i}", gain) for i, gain in enumerate(lost)),
    ]
    theirs = ir_measures.calc_aggregate([nDCG @ 10], qrels, run)[nDCG @ 10]
    assert graded_ndcg(found, ideal, 10) == pytest.approx(theirs)
