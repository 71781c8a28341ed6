"""Audio quality of a call: three levels without flicker, and a warning when a party cannot be
heard.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.features.call_bar.block_content import CallQuality, QualityLevel
from telephony.events import MediaReported
from tests.fakes.console_fakes import RANG_AT

GOOD, POOR, BAD = QualityLevel
SPEECH_DBFS, ROOM_DBFS, NOTHING_DBFS = -25.0, -60.0, -96.0


class Line:
    """A call with one quality report per second."""

    def __init__(self) -> None:
        self.quality = CallQuality()
        self._second = 0
        self._received = 0
        self._lost = 0

    def hear(
        self,
        seconds: int = 1,
        *,
        mos: float | None = 4.3,
        lost: int = 0,
        packets: int = 50,
        sent_dbfs: float = SPEECH_DBFS,
        round_trip_ms: float | None = 40.0,
        far_lost_percent: float | None = 0.0,
    ) -> list[QualityLevel | None]:
        levels = []
        for _ in range(seconds):
            self._second += 1
            self._received += packets - lost
            self._lost += lost
            self.quality.take(
                MediaReported(
                    "call",
                    RANG_AT + timedelta(seconds=self._second),
                    50 * self._second,
                    self._received,
                    self._lost,
                    sent_dbfs,
                    SPEECH_DBFS,
                    jitter_ms=4.0,
                    mos=mos,
                    round_trip_ms=round_trip_ms,
                    far_lost_percent=far_lost_percent,
                )
            )
            levels.append(self.quality.level)
        return levels


@pytest.fixture
def line() -> Line:
    return Line()


def test_nothing_is_said_before_three_seconds(line: Line) -> None:
    assert line.hear(4) == [None, None, GOOD, GOOD]


@pytest.mark.parametrize(
    ("mos", "far_lost_percent", "round_trip_ms", "level"),
    [
        (4.4, 0.0, 40.0, GOOD),
        (3.6, None, None, GOOD),
        (3.5, 0.0, 40.0, POOR),
        (3.0, 0.0, 40.0, BAD),
        (4.4, 7.0, 40.0, POOR),
        (4.4, 12.0, 40.0, BAD),
        (4.4, 0.0, 700.0, POOR),
        (4.4, 7.0, 1200.0, BAD),
        (None, None, None, GOOD),
    ],
)
def test_the_worst_of_what_either_side_hears_is_shown(
    line: Line,
    mos: float | None,
    far_lost_percent: float | None,
    round_trip_ms: float | None,
    level: QualityLevel,
) -> None:
    line.hear(3, mos=mos, far_lost_percent=far_lost_percent, round_trip_ms=round_trip_ms)
    assert line.quality.level is level


def test_it_gets_worse_in_two_seconds_and_better_in_five(line: Line) -> None:
    line.hear(3)
    assert line.hear(3, mos=2.0) == [GOOD, BAD, BAD]
    assert line.hear(6, mos=4.2) == [BAD, BAD, BAD, BAD, GOOD, GOOD]


def test_one_bad_second_changes_nothing(line: Line) -> None:
    line.hear(3)
    assert line.hear(mos=1.5) + line.hear() + line.hear(mos=1.5) + line.hear() == [GOOD] * 4


def test_a_score_about_the_limit_does_not_flicker(line: Line) -> None:
    line.hear(3, mos=3.7)
    seen = [line.hear(2, mos=mos)[-1] for mos in (3.55, 3.65, 3.55, 3.65, 3.55, 3.65, 3.7)]
    assert set(seen) == {POOR}
    assert line.hear(5, mos=3.8)[-1] is GOOD


def test_it_improves_step_by_step(line: Line) -> None:
    line.hear(3, mos=2.0)
    assert line.hear(5, mos=3.4)[-1] is POOR


def test_the_loss_is_that_of_the_last_ten_seconds(line: Line) -> None:
    line.hear(20, lost=5)
    assert line.quality.figures is not None
    assert line.quality.figures.lost_percent == pytest.approx(10.0)
    line.hear(11)
    assert line.quality.figures.lost_percent == 0.0


def test_a_straggler_is_no_negative_loss(line: Line) -> None:
    line.hear(2, lost=1)
    line.hear(12)
    line.hear(lost=-1)
    assert line.quality.figures is not None
    assert line.quality.figures.lost_percent == 0.0


def test_a_caller_without_packets_is_noticed_and_heard_again(line: Line) -> None:
    line.hear(3)
    line.hear(4, packets=0)
    assert not line.quality.caller_silent
    line.hear(1, packets=0)
    assert line.quality.caller_silent
    line.hear()
    assert not line.quality.caller_silent


def test_a_call_without_a_single_packet_is_noticed(line: Line) -> None:
    line.hear(6, packets=0)
    assert line.quality.caller_silent


@pytest.mark.parametrize("side", ["near", "far"])
def test_on_hold_nobody_is_missed(line: Line, side: str) -> None:
    line.hear(3)
    line.quality.set_held(side, True)
    line.hear(30, packets=0, sent_dbfs=NOTHING_DBFS)
    assert not line.quality.caller_silent
    assert not line.quality.microphone_silent
    line.quality.set_held(side, False)
    assert not line.quality.caller_silent
    line.hear(5, packets=0, sent_dbfs=NOTHING_DBFS)
    assert line.quality.caller_silent


def test_a_dead_microphone_is_noticed_and_a_listening_operator_is_not(line: Line) -> None:
    line.hear(60, sent_dbfs=ROOM_DBFS)
    assert not line.quality.microphone_silent
    line.hear(9, sent_dbfs=NOTHING_DBFS)
    assert not line.quality.microphone_silent
    line.hear(1, sent_dbfs=NOTHING_DBFS)
    assert line.quality.microphone_silent
    line.hear()
    assert not line.quality.microphone_silent


def test_a_muted_microphone_is_silent_on_purpose(line: Line) -> None:
    line.hear(3)
    line.quality.set_muted(True)
    line.hear(30, sent_dbfs=NOTHING_DBFS)
    assert not line.quality.microphone_silent
    line.quality.set_muted(False)
    line.hear(9, sent_dbfs=NOTHING_DBFS)
    assert not line.quality.microphone_silent
