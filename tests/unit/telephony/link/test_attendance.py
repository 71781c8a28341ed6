"""Console liveness: a window that is connected and responds can take a call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from telephony.events import CallEnded, CallSnapshot, Direction, EndCause
from telephony.link.attendance import Attendance
from telephony.presence import GONE, Presence
from telephony.settings import PhoneSettings
from tests.fakes.hand_timers import HandTimers

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
READY = Presence(takes_calls=True)
RINGS = CallSnapshot("a", Direction.INCOMING, "+79005550137", "", "301", AT)
TALKS = replace(RINGS, answered_at=AT)


class Desk:
    """A liveness monitor and a phone that records its commands."""

    def __init__(self, wait_s: int = 8) -> None:
        self.settings = PhoneSettings(console_wait_s=wait_s, presence=READY)
        self.rings: tuple[CallSnapshot, ...] = ()
        self.is_attended: bool | None = None
        self.is_deserted = False
        self.time = HandTimers()
        self.asked: list[int] = []
        self.told: list[str] = []
        self.attendance = Attendance(
            self.time.later,
            ask=self.asked.append,
            on_hang=lambda: self.told.append(f"hangs, deserted {self.is_deserted}"),
            on_back=self._back,
        )
        self.attendance.use(self)
        self.attendance.came()
        self.attendance.met()

    def _back(self) -> None:
        self.told.append(f"back, deserted {self.is_deserted}")
        self.attendance.met()

    # As the phone.

    def calls(self) -> tuple[CallSnapshot, ...]:
        return self.rings

    def set_attended(self, attended: bool) -> None:
        self.is_attended = attended

    def set_deserted(self, deserted: bool) -> None:
        self.is_deserted = deserted
        if deserted:
            over = CallEnded("a", AT, EndCause.NOBODY_THERE, 480)
            self.rings = tuple(
                replace(call, ended=over) if call.answered_at is None else call
                for call in self.rings
            )

    def set_presence(self, presence: Presence | None) -> None:
        self.settings = replace(self.settings, presence=presence)

    # As network and window.

    def ring(self) -> None:
        self.rings = (*self.rings, RINGS)
        self.attendance.rang()

    def answer(self) -> None:
        self.attendance.answered(self.asked[-1])


def test_a_window_that_answers_is_there_for_as_long_as_it_rings() -> None:
    desk = Desk()
    assert (desk.is_attended, desk.asked) == (True, [])
    desk.ring()
    assert desk.is_attended is False, "nobody has seen the call yet"
    for _second in range(120):
        desk.answer()
        assert desk.is_attended is True
        desk.time.turn(1)
    assert not desk.is_deserted
    assert len(desk.asked) == 121

    desk.answer()
    desk.rings = (TALKS,)
    desk.time.turn(60)
    assert len(desk.asked) == 121, "a talk asks nobody"


def test_a_window_that_is_busy_for_a_moment_is_there() -> None:
    desk = Desk(wait_s=0)
    desk.ring()
    for _time in range(20):
        desk.time.turn(4)
        assert desk.is_attended is False, "and answers nothing by itself meanwhile"
        desk.answer()
        assert desk.is_attended is True
    assert not desk.is_deserted


@pytest.mark.parametrize(("wait_s", "limit_s"), [(0, 5), (8, 8), (120, 120)])
def test_one_that_hangs_is_as_good_as_none(wait_s: int, limit_s: int) -> None:
    desk = Desk(wait_s)
    desk.ring()
    desk.time.turn(limit_s - 0.1)
    assert not desk.is_deserted
    desk.time.turn(0.2)
    assert (desk.is_deserted, desk.is_attended, desk.settings.presence) == (True, False, GONE)
    assert desk.told == ["hangs, deserted False"]
    assert desk.attendance.is_deserted
    assert desk.attendance.hangs

    asked = len(desk.asked)
    desk.attendance.rang()  # a call that is rejected
    desk.time.turn(300)
    assert len(desk.asked) == asked, "the question that was put is answered one day, or none"

    desk.answer()
    assert (desk.is_deserted, desk.is_attended, desk.settings.presence) == (False, True, READY)
    assert desk.told[1:] == ["back, deserted False"]
    assert not desk.attendance.hangs


def test_one_that_has_seen_the_call_may_hang_later() -> None:
    desk = Desk()
    desk.ring()
    desk.answer()
    desk.time.turn(1)  # it is asked again
    desk.time.turn(1)
    assert desk.is_attended is False
    desk.time.turn(7)
    assert desk.is_deserted


def test_an_answer_to_an_older_question_shows_life_and_no_more() -> None:
    desk = Desk()
    desk.ring()
    desk.time.turn(7)
    desk.ring()
    desk.attendance.answered(1)  # it has not processed the second call yet
    assert desk.is_attended is False
    desk.time.turn(7)
    assert not desk.is_deserted
    desk.answer()
    assert desk.is_attended is True


def test_short_rings_one_after_another_are_one_silence() -> None:
    desk = Desk()
    for _try in range(3):
        desk.ring()
        desk.time.turn(2)
        desk.rings = ()  # the queue has withdrawn the call, and tries again
        desk.time.turn(1)
    assert desk.is_deserted


def test_a_machine_that_stood_still_has_not_waited() -> None:
    desk = Desk()
    desk.ring()
    desk.time.stand_still(3600)
    assert not desk.is_deserted
    desk.answer()
    assert desk.is_attended is True


def test_what_the_window_asked_for_while_it_woke_up_stands() -> None:
    desk = Desk()
    desk.ring()
    desk.time.turn(9)
    wanted = replace(GONE)  # an equal value, set by the window itself
    desk.set_presence(wanted)
    desk.answer()
    assert desk.settings.presence is wanted


def test_without_publishing_nothing_is_published() -> None:
    desk = Desk()
    desk.set_presence(None)
    desk.ring()
    desk.time.turn(9)
    assert desk.settings.presence is None
    desk.answer()
    assert desk.settings.presence is None


def test_one_that_is_killed_while_it_hangs_is_gone() -> None:
    desk = Desk()
    desk.ring()
    desk.time.turn(9)
    desk.attendance.left()
    assert not desk.attendance.hangs
    desk.time.turn(100)
    assert desk.is_deserted
    desk.attendance.answered(1)
    assert desk.is_deserted, "nobody is connected who could answer"

    desk.attendance.came()
    assert not desk.is_deserted
    desk.attendance.met()
    assert desk.is_attended is True


def test_one_that_comes_back_is_asked_before_a_call_is_answered_for_it() -> None:
    desk = Desk()
    desk.attendance.left()
    assert (desk.is_attended, desk.settings.presence) == (False, GONE)
    desk.ring()
    desk.time.turn(7)
    assert desk.asked == []
    desk.attendance.came()
    desk.attendance.rang()  # another call, before the window has received either
    desk.attendance.met()
    desk.time.turn(5)
    assert (desk.is_deserted, desk.is_attended) == (False, False)
    desk.answer()
    assert desk.is_attended is True
    desk.time.turn(1)
    desk.answer()
    assert not desk.is_deserted


def test_a_ring_that_was_over_before_the_window_was_told_is_no_question() -> None:
    desk = Desk()
    desk.attendance.left()
    desk.attendance.came()
    desk.ring()
    desk.rings = ()
    desk.attendance.met()
    desk.time.turn(60)
    assert (desk.is_attended, desk.is_deserted) == (True, False)


def test_a_phone_that_has_left_its_line_asks_nothing() -> None:
    desk = Desk()
    desk.ring()
    desk.attendance.use(None)
    desk.attendance.rang()
    desk.time.turn(60)
    desk.attendance.answered(1)
    desk.attendance.left()
    desk.attendance.came()
    desk.attendance.met()
    assert desk.asked == [1]
    assert not desk.is_deserted
