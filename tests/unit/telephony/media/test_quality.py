"""The E-model's known values (ITU-T G.107 and G.113, appendix I)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.media.reports import (
    delay_impairment,
    equipment_impairment,
    estimate_mos,
    mos_of_rating,
)


@pytest.mark.parametrize(
    ("rating", "mos"),
    [(100, 4.5), (93.2, 4.41), (90, 4.34), (80, 4.03), (70, 3.60), (60, 3.10), (50, 2.58), (0, 1)],
)
def test_the_score_of_a_rating_is_that_of_annex_b(rating: float, mos: float) -> None:
    assert mos_of_rating(rating) == pytest.approx(mos, abs=0.01)


@pytest.mark.parametrize(("delay_ms", "impairment"), [(100, 0.0), (200, 3.0), (400, 24.1)])
def test_absolute_delay_costs_what_the_model_says(delay_ms: float, impairment: float) -> None:
    assert delay_impairment(delay_ms) == pytest.approx(impairment, abs=0.1)


@pytest.mark.parametrize(
    ("codec", "lost_percent", "impairment"),
    [("PCMA", 0, 0.0), ("pcmu", 1, 3.64), ("PCMA", 3, 10.14), ("UNKNOWN", 1, 17.92)],
)
def test_loss_costs_what_the_encoding_cannot_bear(
    codec: str, lost_percent: float, impairment: float
) -> None:
    assert equipment_impairment(codec, lost_percent) == pytest.approx(impairment, abs=0.01)


@pytest.mark.parametrize("codec", ["PCMA", "PCMU", "G722", "opus"])
def test_a_call_that_lacks_nothing_has_the_best_score(codec: str) -> None:
    assert estimate_mos(codec=codec, lost_percent=0, delay_ms=60) == pytest.approx(4.41, abs=0.005)


def test_bursts_are_worse_than_random_loss() -> None:
    scores = [
        estimate_mos(codec="PCMA", lost_percent=5, delay_ms=60, burst_ratio=ratio)
        for ratio in (1.0, 2.0, 4.0)
    ]
    assert scores[0] > scores[1] > scores[2]


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 5000), st.floats(0, 5000))
def test_more_loss_or_delay_never_makes_it_better(
    lost: float, more_lost: float, delay_ms: float, more_delay_ms: float
) -> None:
    first = estimate_mos(codec="PCMA", lost_percent=lost, delay_ms=delay_ms)
    second = estimate_mos(
        codec="PCMA",
        lost_percent=min(100, lost + more_lost),
        delay_ms=delay_ms + more_delay_ms,
    )
    assert 1.0 <= second <= first + 0.002 <= 4.5
