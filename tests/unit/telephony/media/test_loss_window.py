"""Loss of the last seconds."""

from __future__ import annotations

from telephony.media.reports import LossWindow


def test_a_second_has_fifty_frames() -> None:
    window = LossWindow()
    assert [window.tick() for _ in range(100)] == ([False] * 49 + [True]) * 2


def test_loss_is_of_the_last_ten_seconds() -> None:
    window = LossWindow()
    window.note(0, 0, 0)
    assert window.percent is None
    for second in range(1, 11):
        window.note(45 * second, 4 * second, second)
    assert window.percent == 100 * 5 / 49
    for second in range(1, 11):
        window.note(450 + 50 * second, 40, 10)
    assert window.percent == 0.0


def test_without_packets_there_is_no_loss_and_no_verdict() -> None:
    window = LossWindow()
    for _ in range(12):
        window.note(100, 3, 0)
    assert window.percent is None


def test_a_late_arrival_of_what_was_lost_is_not_less_than_nothing() -> None:
    window = LossWindow()
    window.note(100, 10, 0)
    window.note(155, 5, 0)
    assert window.percent == 0.0
