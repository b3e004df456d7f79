"""Risk against coverage and calibration, by hand; intervals and significance by what they must be."""

import numpy as np
import pytest

from eval.selective import (
    area_under_risk_coverage,
    brier_score,
    calibration_bins,
    expected_calibration_error,
    risk_coverage,
)
from eval.significance import bootstrap_interval, randomisation_test


def test_risk_rises_as_doubtful_questions_are_taken():
    points = risk_coverage([0.9, 0.8, 0.3], [True, True, False])
    assert [(p.coverage, p.risk) for p in points] == [
        (pytest.approx(1 / 3), 0.0),
        (pytest.approx(2 / 3), 0.0),
        (1.0, pytest.approx(1 / 3)),
    ]


def test_area_is_the_mean_risk_over_all_coverages():
    assert area_under_risk_coverage([0.9, 0.8, 0.3], [True, True, False]) == pytest.approx(1 / 9)
    assert area_under_risk_coverage([0.9, 0.8, 0.3], [False, True, True]) == pytest.approx(
        (1 + 1 / 2 + 1 / 3) / 3
    )


def test_equal_confidences_come_in_no_order():
    tied = area_under_risk_coverage([0.5, 0.5], [True, False])
    assert tied == pytest.approx(0.5)
    assert tied == area_under_risk_coverage([0.5, 0.5], [False, True])


def test_calibration_by_hand():
    confidences, good = [0.95, 0.95, 0.15, 0.15], [True, False, False, False]
    assert expected_calibration_error(confidences, good) == pytest.approx(
        0.5 * abs(0.95 - 0.5) + 0.5 * 0.15
    )
    assert brier_score([1.0, 0.5], [True, False]) == pytest.approx(0.125)
    assert [held.count for held in calibration_bins(confidences, good)] == [2, 2]


def test_full_confidence_is_in_the_last_bin():
    assert calibration_bins([1.0], [True])[0].confidence == 1.0


def test_nothing_asked_has_no_error():
    assert area_under_risk_coverage([], []) == 0.0
    assert brier_score([], []) == 0.0
    assert expected_calibration_error([], []) == 0.0


def test_interval_holds_the_mean_and_narrows_with_more_questions():
    few = bootstrap_interval([0.0, 1.0] * 10)
    many = bootstrap_interval([0.0, 1.0] * 200)
    assert few[0] < 0.5 < few[1]
    assert many[1] - many[0] < (few[1] - few[0]) / 3


def test_interval_agrees_with_the_normal_one_on_many_values():
    values = np.random.default_rng(1).normal(3.0, 1.0, 1000)
    low, high = bootstrap_interval(values.tolist())
    error = 1.96 * values.std() / len(values) ** 0.5
    assert low == pytest.approx(values.mean() - error, abs=0.02)
    assert high == pytest.approx(values.mean() + error, abs=0.02)


def test_interval_is_the_same_every_time():
    assert bootstrap_interval([0.0, 1.0, 1.0]) == bootstrap_interval([0.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="no values"):
        bootstrap_interval([])


def test_equal_systems_do_not_differ():
    assert randomisation_test([1.0, 0.0, 1.0], [1.0, 0.0, 1.0]) == 1.0


def test_one_flip_can_be_chance_and_twenty_cannot():
    assert randomisation_test([1.0, 0.0], [0.0, 0.0]) == pytest.approx(1.0)
    assert randomisation_test([1.0] * 20, [0.0] * 20) < 0.001


def test_p_value_by_hand():
    # All of 2**4 sign patterns of four equal gaps: two are as extreme as all-plus.
    assert randomisation_test([1.0] * 4, [0.0] * 4) == pytest.approx(2 / 16, abs=0.01)


def test_different_questions_are_refused():
    with pytest.raises(ValueError, match="differ"):
        randomisation_test([1.0], [1.0, 0.0])
