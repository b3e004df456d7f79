"""Vectors to nearest rows: exact, stable, and near enough past the exact size."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from index import dense as dense_module
from index.dense import DenseIndex, write_dense
from index.types import Vectors


def unit(rows: np.ndarray) -> Vectors:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(norms, 1e-9)).astype(np.float32)


def opened(vectors: Vectors, folder: Path) -> DenseIndex:
    write_dense(vectors, folder)
    return DenseIndex(folder)


def test_the_nearest_come_first_with_their_cosines(tmp_path: Path) -> None:
    vectors = unit(np.array([[1, 0], [0, 1], [1, 1], [-1, 0]]))
    found = opened(vectors, tmp_path).search(np.array([1, 0], dtype=np.float32), 3)
    assert [row for row, _ in found] == [0, 2, 1]
    assert [score for _, score in found] == pytest.approx([1, 0.5**0.5, 0], abs=1e-6)


def test_equal_scores_are_ordered_by_row(tmp_path: Path) -> None:
    vectors = unit(np.ones((5, 3)))
    found = opened(vectors, tmp_path).search(vectors[0], 5)
    assert [row for row, _ in found] == [0, 1, 2, 3, 4]


def test_k_may_exceed_the_rows(tmp_path: Path) -> None:
    dense = opened(unit(np.eye(3)), tmp_path)
    assert len(dense.search(np.array([1, 0, 0], dtype=np.float32), 10)) == 3
    assert dense.search(np.array([1, 0, 0], dtype=np.float32), 0) == []


def test_no_rows_find_nothing(tmp_path: Path) -> None:
    dense = opened(np.zeros((0, 4), dtype=np.float32), tmp_path)
    assert dense.search(np.ones(4, dtype=np.float32), 5) == []
    assert dense.score(np.ones(4, dtype=np.float32), []) == []


@settings(max_examples=40, deadline=None)
@given(
    rows=hnp.arrays(np.float32, (12, 4), elements=st.floats(-1, 1, width=32)),
    query=hnp.arrays(np.float32, 4, elements=st.floats(-1, 1, width=32)),
    k=st.integers(1, 12),
)
def test_the_search_is_exact(
    tmp_path_factory: pytest.TempPathFactory, rows: np.ndarray, query: np.ndarray, k: int
) -> None:
    dense = opened(unit(rows), tmp_path_factory.mktemp("dense"))
    found = dense.search(query, k)
    scores = unit(rows) @ query
    assert [score for _, score in found] == pytest.approx(
        sorted(scores, reverse=True)[:k], abs=1e-5
    )
    assert found == sorted(found, key=lambda hit: (-hit[1], hit[0]))
    assert dense.score(query, [row for row, _ in found]) == pytest.approx(
        [score for _, score in found], abs=1e-5
    )


def test_past_the_exact_size_little_is_lost_and_scores_stay_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(0)
    centres = random.normal(size=(40, 32))
    vectors = unit(centres[random.integers(0, 40, 2000)] + 0.4 * random.normal(size=(2000, 32)))
    exact = opened(vectors, tmp_path)
    monkeypatch.setattr(dense_module, "FLAT_UP_TO", 1000)
    (tmp_path / "graph").mkdir()
    (tmp_path / "again").mkdir()
    near, again = opened(vectors, tmp_path / "graph"), opened(vectors, tmp_path / "again")
    assert (tmp_path / "graph" / dense_module.GRAPH_FILE).exists()
    found = 0
    for query in vectors[:50]:
        wanted, got = exact.search(query, 10), near.search(query, 10)
        assert got == again.search(query, 10)
        assert got == sorted(got, key=lambda hit: (-hit[1], hit[0]))
        assert [score for _, score in got] == pytest.approx(
            [float(vectors[row] @ query) for row, _ in got], abs=1e-5
        )
        found += len({row for row, _ in wanted} & {row for row, _ in got})
    assert found >= 0.97 * 500


def test_a_graph_can_be_asked_for_more_rows_than_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense_module, "FLAT_UP_TO", 1)
    vectors = unit(np.random.default_rng(1).normal(size=(300, 8)))
    found = opened(vectors, tmp_path).search(vectors[0], 1000)
    assert 290 <= len(found) <= 300  # a graph may leave a row or two out of reach
