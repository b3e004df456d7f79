"""Two rankings to one: by hand, at the edges, and the signals that set the weight."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import fusion
from index.fusion import dense_gap, fuse, lexical_lead, lexical_weight

scores = st.floats(-1, 1, allow_nan=False)
rankings = st.dictionaries(st.integers(0, 40), scores, max_size=25).map(
    lambda found: sorted(found.items(), key=lambda hit: (-hit[1], hit[0]))
)
word_rankings = st.dictionaries(
    st.integers(0, 40), st.floats(0.01, 30, allow_nan=False), max_size=25
).map(lambda found: sorted(found.items(), key=lambda hit: (-hit[1], hit[0])))


def test_a_fusion_by_hand() -> None:
    dense, lexical = [(1, 0.6), (2, 0.5)], [(2, 8.0), (3, 4.0)]
    # lead 1 (no tenth row), gap 0.1: the logarithm is bounded to MOST
    assert fusion.BIAS + fusion.LEAD - 0.1 * fusion.GAP > fusion.MOST
    weight = math.exp(fusion.MOST)
    fused = fuse(dense, lexical, attainable=16.0, cosines={3: 0.1})
    assert [(one.row, one.dense, one.lexical) for one in fused] == [
        (2, 0.5, 8.0),
        (3, 0.1, 4.0),
        (1, 0.6, None),
    ]
    expected = [0.5 + weight * 0.5, 0.1 + weight * 0.25, 0.6]
    assert [one.score for one in fused] == pytest.approx(expected)


def test_the_surer_ranking_decides() -> None:
    flat = [(row, 0.50 - row * 0.001) for row in range(20)]
    steep = [(0, 0.9)] + [(row, 0.3 - row * 0.001) for row in range(1, 20)]
    leading = [(7, 12.0)] + [(row, 2.0 - row * 0.01) for row in range(8, 28)]
    level = [(7 + rank, 12.0 - rank * 0.01) for rank in range(20)]
    assert fuse(flat, leading, attainable=20.0)[0].row == 7
    assert fuse(steep, level, attainable=20.0)[0].row == 0
    weights = [
        lexical_weight(dense, lexical)
        for dense, lexical in [(steep, level), (flat, level), (flat, leading)]
    ]
    assert weights == sorted(weights)
    assert weights[0] < weights[-1]


def test_words_that_the_corpus_does_not_know_weaken_those_it_does() -> None:
    dense, lexical = [(1, 0.5), (2, 0.3)], [(2, 5.0)]
    assert fuse(dense, lexical, attainable=5.0)[0].row == 2
    assert fuse(dense, lexical, attainable=500.0)[0].row == 1


def test_one_ranking_alone_keeps_its_order() -> None:
    dense, lexical = [(4, 0.9), (2, 0.8)], [(4, 3.0), (2, 2.0)]
    assert [one.row for one in fuse(dense, [], attainable=0.0)] == [4, 2]
    assert [one.row for one in fuse([], lexical, attainable=9.0)] == [4, 2]
    assert fuse([], [], attainable=1.0) == []


def test_ties_are_ordered_by_row() -> None:
    dense = [(row, 0.5) for row in (9, 3, 7)]
    assert [one.row for one in fuse(dense, [], attainable=1.0)] == [3, 7, 9]


def test_the_signals() -> None:
    assert lexical_lead([]) == 0
    assert lexical_lead([(0, 5.0)]) == 1
    assert lexical_lead([(row, 10.0 - row) for row in range(12)]) == pytest.approx(0.9)
    assert dense_gap([]) == 0
    assert dense_gap([(0, 0.8), (1, 0.5)]) == pytest.approx(0.3)
    assert dense_gap([(row, 1 - row / 10) for row in range(20)]) == pytest.approx(0.9)


@given(rankings, word_rankings, st.just(0.0) | st.floats(0.1, 100))
def test_every_row_is_fused_once_and_sorted(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]], attainable: float
) -> None:
    fused = fuse(dense, lexical, attainable=attainable)
    assert {one.row for one in fused} == {row for row, _ in dense} | {row for row, _ in lexical}
    assert len({one.row for one in fused}) == len(fused)
    assert fused == sorted(fused, key=lambda one: (-one.score, one.row))
    assert all(math.isfinite(one.score) for one in fused)
    assert math.exp(fusion.LEAST) <= lexical_weight(dense, lexical) <= math.exp(fusion.MOST)


@given(rankings, word_rankings)
def test_more_words_never_harm_a_row(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]]
) -> None:
    fused = {one.row: one.score for one in fuse(dense, lexical, attainable=20.0)}
    cosines = dict(dense)
    for row, _ in lexical:
        if row in cosines:
            assert fused[row] >= cosines[row]
