"""Bursts of losses and the gaps between them (RFC 3611, section 4.7.2)."""

from __future__ import annotations

import pytest

from telephony.media.streams.reception import LossRuns


def follow(frames: str) -> LossRuns:
    """Frames that were heard (".") and missing ("x")."""
    runs = LossRuns()
    for each in frames:
        runs.note(is_missing=each == "x")
    return runs


def test_nothing_lost_is_one_gap() -> None:
    runs = follow("." * 50)
    assert (runs.burst_ms, runs.burst_density) == (0.0, 0.0)
    assert (runs.gap_ms, runs.gap_density) == (1000.0, 0.0)


def test_a_loss_alone_is_part_of_the_gap() -> None:
    runs = follow("." * 20 + "x" + "." * 16 + "x" + "." * 62)
    assert (runs.burst_ms, runs.burst_density) == (0.0, 0.0)
    assert (runs.gap_ms, runs.gap_density) == (2000.0, 0.02)


def test_losses_near_each_other_are_a_burst_from_the_first_to_the_last() -> None:
    runs = follow("." * 20 + "x" + "." * 15 + "x" + "." * 43 + "xx" + "." * 18)
    # 17 frames and 2 frames, with two missing ones each.
    assert runs.burst_ms == pytest.approx(20 * 19 / 2)
    assert runs.burst_density == pytest.approx(4 / 19)
    assert runs.gap_ms == pytest.approx(20 * 81 / 3)
    assert runs.gap_density == 0.0


def test_a_burst_counts_when_it_is_known_to_be_over() -> None:
    runs = follow("." * 10 + "xxx" + "." * 15)
    assert runs.burst_ms == 0.0
    runs.note(is_missing=False)
    assert runs.burst_ms == 60.0
