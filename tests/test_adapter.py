"""A query's vector moved to its answers: for its own encoder alone, and what a fit learns."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eval.adapting import Lesson, fit, measure
from eval.scorer.asked import GUIDES, read_questions
from index.adapter import QueryAdapter, adapt_query, write_adapter
from index.encoder import Encoder, EncoderCard
from index.store import Index

WIDTH = 16
numbers = st.floats(-1, 1, width=32)


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def card(digest: str) -> EncoderCard:
    return EncoderCard("some", WIDTH, 128, "mean", digest)


def turned_lessons(seed: int, count: int) -> list[Lesson]:
    """Questions whose answers lie where one fixed turn takes them, with some noise."""
    turn = np.linalg.qr(np.random.default_rng(7).normal(size=(WIDTH, WIDTH)))[0]
    rng = np.random.default_rng(seed)
    lessons = []
    for _ in range(count):
        pieces = unit(rng.normal(size=(30, WIDTH)))
        questions = unit(pieces[:12] @ turn.T + rng.normal(scale=0.1, size=(12, WIDTH)))
        right = np.eye(12, 30, dtype=np.bool_)
        lessons.append(Lesson(*(torch.from_numpy(one) for one in (questions, pieces, right))))
    return lessons


@given(
    arrays(np.float32, WIDTH, elements=numbers).filter(lambda row: np.linalg.norm(row) > 0.1),
    arrays(np.float32, (WIDTH, WIDTH), elements=numbers),
)
def test_a_moved_vector_has_length_one_or_is_nothing(row: np.ndarray, matrix: np.ndarray) -> None:
    moved = QueryAdapter(matrix).adapt(unit(row))
    assert moved.dtype == np.float32
    assert np.isfinite(moved).all()
    assert np.linalg.norm(moved) == pytest.approx(1, abs=1e-4) or np.linalg.norm(moved) < 1e-4


def test_only_the_encoder_that_it_was_fitted_for_is_adapted(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    adapter = QueryAdapter(rng.normal(size=(WIDTH, WIDTH)).astype(np.float32))
    write_adapter(adapter, {"encoder": "one"}, tmp_path)
    vector = unit(rng.normal(size=WIDTH))
    assert adapt_query(vector, card("one"), tmp_path) @ adapter.adapt(vector) > 0.999
    assert adapt_query(vector, card("one"), tmp_path) @ vector < 0.9
    assert adapt_query(vector, card("another"), tmp_path) is vector


def test_the_shipped_one_is_for_the_bundled_encoder(encoder: Encoder, index: Index) -> None:
    question = "Am I past it at forty-eight?"
    plain = encoder.encode([question])[0]
    moved = index.encode_query(question)
    assert moved @ plain == pytest.approx(adapt_query(plain, encoder.card) @ plain, abs=1e-5)
    assert 0.5 < moved @ plain < 0.99, "moved, and not anywhere"
    assert index.encode([question])[0] @ plain > 0.999, "a text's vector stays"


def test_a_fit_learns_where_answers_lie_and_is_the_same_each_time() -> None:
    lessons, others = turned_lessons(1, 200), turned_lessons(2, 20)
    adapter = fit(lessons)
    assert (
        measure(others, adapter)["right within 5"] > 0.2 + measure(others, None)["right within 5"]
    )
    assert np.array_equal(adapter.matrix, fit(lessons).matrix)


def test_the_guides_that_are_asked_in_development_are_not_fitted_on(tmp_path: Path) -> None:
    asked = {path.stem for path in GUIDES.glob("*.jsonl")}
    fitted = {name for name, _, _ in read_questions(tmp_path)}
    assert asked
    assert fitted
    assert not asked & fitted
