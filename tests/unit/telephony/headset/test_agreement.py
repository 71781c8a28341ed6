"""Headset and calls are synchronised: one press causes one action, and an echo causes none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.headset.agreement import (
    AGAIN_S,
    ECHO_S,
    MUTE_ECHO_S,
    SETTLE_S,
    HeadsetAgreement,
    HeadsetCommand,
    LineFacts,
)
from telephony.headset.descriptor import Button, ButtonMoved, Lamp

FREE, RINGS, TALKS = LineFacts(), LineFacts(rings=True), LineFacts(is_up=True)
OFF, ON = ButtonMoved(Button.HOOK, True), ButtonMoved(Button.HOOK, False)
PULSE = ButtonMoved(Button.HOOK, True, is_pulse=True)
MUTE = ButtonMoved(Button.MUTE, True, is_pulse=True)
FLASH = ButtonMoved(Button.FLASH, True, is_pulse=True)
ALL_LAMPS = frozenset(Lamp)


class Desk:
    """A headset with a clock that the test advances."""

    def __init__(self, shows: frozenset[Lamp] = ALL_LAMPS, line: LineFacts = FREE) -> None:
        self.now_s = 100.0
        self.agreement = HeadsetAgreement(shows, line, self.now_s)

    def line(self, line: LineFacts, later_s: float = 3.0) -> bool:
        self.now_s += later_s
        return self.agreement.line_is(line, self.now_s)

    def press(self, *moved: ButtonMoved, later_s: float = 3.0) -> list[HeadsetCommand]:
        """Commands of the first button after this delay, and of the others shortly after."""
        asked = []
        for each in moved:
            self.now_s += later_s
            asked.append(self.agreement.take(each, self.now_s))
            later_s = 0.05
        return [each for each in asked if each is not None]


# --- hook reported as a state, echoed by its LED ---


def test_the_hook_answers_and_ends() -> None:
    desk = Desk()
    assert desk.line(RINGS)
    assert desk.agreement.lamps == {Lamp.RING}
    assert desk.press(OFF) == [HeadsetCommand.ANSWER]
    assert desk.line(TALKS, 0.1)
    assert desk.agreement.lamps == {Lamp.OFF_HOOK}
    assert desk.press(ON) == [HeadsetCommand.HANG_UP]


def test_what_the_window_did_is_not_done_again_by_the_echo() -> None:
    desk = Desk()
    desk.line(RINGS)
    desk.line(TALKS)
    assert desk.press(OFF, later_s=0.2) == []
    desk.line(FREE)
    assert desk.press(ON, later_s=0.2) == []


def test_an_echo_later_than_any_other_still_ends_nothing() -> None:
    desk = Desk()
    desk.line(RINGS)
    desk.line(TALKS)
    assert desk.press(OFF, later_s=ECHO_S + 1) == []
    desk.line(FREE)
    assert desk.press(ON, later_s=ECHO_S + 1) == []


def test_the_echo_of_one_call_does_not_end_the_next() -> None:
    """A slow headset reports on-hook after the next caller has been answered."""
    desk = Desk()
    desk.line(RINGS)
    desk.press(OFF)
    desk.line(TALKS, 0.1)
    desk.line(RINGS)
    desk.line(TALKS, 1.2)
    assert desk.press(ON, later_s=0.3) == []
    # The off-hook LED is sent again; the headset reports off-hook, and a press ends the call.
    desk.now_s += AGAIN_S + 0.1
    assert desk.agreement.is_again_due(desk.now_s)
    assert desk.press(OFF, later_s=0.2) == []
    assert desk.press(ON) == [HeadsetCommand.HANG_UP]


def test_the_echo_of_an_ended_call_does_not_answer_the_next() -> None:
    desk = Desk()
    desk.line(RINGS)
    desk.line(TALKS)
    desk.line(RINGS, 0.3)  # ended by the caller, and another one rings
    assert desk.press(OFF, later_s=0.3) == []


def test_a_fall_of_the_hook_turns_nobody_away() -> None:
    desk = Desk()
    desk.line(RINGS)
    desk.press(OFF)
    desk.line(TALKS, 0.1)
    desk.line(RINGS)
    assert desk.press(ON) == []


def test_headset_and_window_together_answer_once() -> None:
    for first in (0.0, 0.4, 0.9):
        desk = Desk()
        desk.line(RINGS)
        desk.line(TALKS)
        assert desk.press(OFF, later_s=first) == []
        assert desk.press(ON) == [HeadsetCommand.HANG_UP]


def test_a_headset_taken_off_hook_without_a_call_is_put_back() -> None:
    desk = Desk()
    assert desk.press(OFF) == []
    assert desk.agreement.again_at_s == desk.now_s + AGAIN_S
    assert not desk.agreement.is_again_due(desk.now_s + AGAIN_S - 0.1)
    assert desk.agreement.is_again_due(desk.now_s + AGAIN_S)
    assert desk.press(ON, later_s=AGAIN_S + 0.1) == []
    assert desk.agreement.again_at_s is None


def test_one_that_is_put_back_as_it_is_found_is_no_button() -> None:
    desk = Desk()
    assert desk.press(OFF, ON, later_s=0.1) == []  # its LEDs were set in the meantime
    desk.line(RINGS)
    assert desk.press(OFF) == [HeadsetCommand.ANSWER]
    desk.line(TALKS, 0.1)
    assert desk.press(ON) == [HeadsetCommand.HANG_UP]


def test_one_that_is_put_back_by_the_lamps_of_a_ring_is_no_button() -> None:
    desk = Desk()
    assert desk.press(OFF) == []
    desk.line(RINGS, 0.4)
    assert desk.press(ON, later_s=0.1) == []  # the LEDs show the ringing call
    assert desk.press(OFF) == [HeadsetCommand.ANSWER]
    desk.line(TALKS, 0.1)
    assert desk.press(ON) == [HeadsetCommand.HANG_UP]


def test_one_that_is_put_back_as_the_next_call_is_answered_is_no_button() -> None:
    desk = Desk()
    assert desk.press(OFF) == []
    desk.line(RINGS, 0.1)
    desk.line(FREE, 0.1)
    desk.line(TALKS, 0.1)
    assert desk.press(ON, later_s=0.1) == []  # the hook was reset by the LEDs of the ringing call
    assert desk.press(OFF) == []  # the LED reports again that a call is active
    assert desk.press(ON) == [HeadsetCommand.HANG_UP]


def test_a_button_that_answers_at_once_is_known_as_one() -> None:
    desk = Desk()
    desk.line(RINGS)
    assert desk.press(OFF, later_s=0.5) == [HeadsetCommand.ANSWER]
    assert desk.press(ON, later_s=0.1) == []
    desk.line(TALKS, 0.1)
    assert desk.press(OFF) == [HeadsetCommand.HANG_UP]


def test_a_button_that_is_pressed_before_any_call_is_known_as_one() -> None:
    desk = Desk()
    assert desk.press(OFF, ON) == []
    desk.line(RINGS)
    assert desk.press(OFF, ON) == [HeadsetCommand.ANSWER]
    desk.line(TALKS, 0.1)
    assert desk.press(OFF, ON) == [HeadsetCommand.HANG_UP]


def test_a_call_that_could_not_be_ended_is_told_to_the_headset_once_more() -> None:
    """Of two simultaneous calls, the first press only warns."""
    desk = Desk()
    desk.line(RINGS)
    desk.press(OFF)
    desk.line(TALKS, 0.1)
    assert desk.press(ON) == [HeadsetCommand.HANG_UP]
    desk.now_s += AGAIN_S
    assert desk.agreement.is_again_due(desk.now_s)
    assert desk.press(OFF, later_s=0.3) == []
    assert desk.press(ON) == [HeadsetCommand.HANG_UP]


def test_one_plugged_in_during_a_call_is_told_of_it_and_ends_it() -> None:
    desk = Desk(line=TALKS)
    assert desk.press(OFF, later_s=0.3) == []
    assert desk.press(ON, later_s=0.8) == [HeadsetCommand.HANG_UP]


# --- hook reported as a button ---


def test_a_button_plugged_in_during_a_call_ends_it_at_once() -> None:
    assert Desk(frozenset(), TALKS).press(OFF, later_s=0.2) == [HeadsetCommand.HANG_UP]


def test_a_button_answers_and_ends_with_each_press() -> None:
    desk = Desk(frozenset())
    desk.line(RINGS)
    assert desk.press(OFF) == [HeadsetCommand.ANSWER]
    desk.line(TALKS, 0.1)
    assert desk.press(ON, later_s=0.1) == []
    assert desk.press(OFF, ON) == [HeadsetCommand.HANG_UP]


@pytest.mark.parametrize("shows", [frozenset(), ALL_LAMPS])
def test_a_button_ends_a_call_that_the_window_answered(shows: frozenset[Lamp]) -> None:
    desk = Desk(shows)
    desk.line(RINGS)
    desk.press(OFF, ON)
    desk.line(TALKS, 0.1)
    desk.line(FREE)
    desk.line(RINGS)
    desk.line(TALKS)
    assert desk.press(OFF, ON) == [HeadsetCommand.HANG_UP]


@pytest.mark.parametrize("shows", [frozenset(), ALL_LAMPS])
def test_pulses_answer_and_end(shows: frozenset[Lamp]) -> None:
    desk = Desk(shows)
    desk.line(RINGS)
    assert desk.press(PULSE) == [HeadsetCommand.ANSWER]
    desk.line(TALKS)
    assert desk.press(PULSE) == [HeadsetCommand.HANG_UP]


def test_a_pulse_right_after_the_window_answered_ends_nothing() -> None:
    desk = Desk(frozenset())
    desk.line(RINGS)
    desk.line(TALKS)
    assert desk.press(PULSE, later_s=SETTLE_S - 0.1) == []
    assert desk.press(PULSE) == [HeadsetCommand.HANG_UP]


def test_a_pulse_right_after_the_window_ended_a_call_does_not_take_the_next() -> None:
    desk = Desk(frozenset())
    desk.line(TALKS)
    desk.line(RINGS)
    assert desk.press(PULSE, later_s=SETTLE_S - 0.1) == []
    assert desk.press(PULSE) == [HeadsetCommand.ANSWER]


def test_a_ring_at_rest_may_be_answered_at_once() -> None:
    desk = Desk()
    desk.line(RINGS)
    assert desk.press(OFF, later_s=0.05) == [HeadsetCommand.ANSWER]


# --- the other buttons ---


def test_mute_goes_by_pulses_and_only_in_a_call() -> None:
    desk = Desk()
    assert desk.press(MUTE) == []
    desk.line(RINGS)
    assert desk.press(MUTE) == []
    desk.line(TALKS)
    assert desk.press(MUTE) == [HeadsetCommand.MUTE]
    assert desk.line(replace(TALKS, is_muted=True), 0.05)
    assert desk.agreement.lamps == {Lamp.OFF_HOOK, Lamp.MUTE}


def test_a_headset_that_tells_every_mute_back_does_not_mute_for_ever() -> None:
    desk = Desk()
    desk.line(TALKS)
    desk.line(replace(TALKS, is_muted=True))  # by F6
    assert desk.press(MUTE, later_s=MUTE_ECHO_S - 0.1) == []
    assert desk.press(MUTE) == [HeadsetCommand.MUTE]
    desk.line(TALKS, 0.05)
    assert desk.press(MUTE, later_s=MUTE_ECHO_S - 0.1) == []


def test_flash_holds_and_with_a_second_call_switches() -> None:
    desk = Desk()
    desk.line(RINGS)
    assert desk.press(FLASH) == []
    desk.line(TALKS)
    assert desk.press(FLASH) == [HeadsetCommand.HOLD]
    desk.line(replace(TALKS, is_held=True))
    assert desk.agreement.lamps == {Lamp.OFF_HOOK, Lamp.HOLD}
    desk.line(replace(TALKS, has_other=True))
    assert desk.press(FLASH) == [HeadsetCommand.SWITCH]
    assert desk.press(ButtonMoved(Button.HOLD, True)) == [HeadsetCommand.HOLD]


def test_reject_turns_a_ring_away_and_ends_no_call() -> None:
    desk = Desk()
    reject, drop = (ButtonMoved(button, True) for button in (Button.REJECT, Button.DROP))
    assert desk.press(reject, drop) == []
    desk.line(RINGS)
    assert desk.press(reject) == [HeadsetCommand.HANG_UP]
    desk.line(TALKS)
    assert desk.press(reject) == []
    assert desk.press(drop) == [HeadsetCommand.HANG_UP]


def test_redial_is_for_a_line_that_is_free_and_volume_is_the_systems() -> None:
    desk = Desk()
    redial = ButtonMoved(Button.REDIAL, True)
    for line, asked in ((FREE, [HeadsetCommand.REDIAL]), (RINGS, []), (TALKS, [])):
        desk.line(line)
        assert desk.press(redial) == asked
        assert desk.press(ButtonMoved(Button.REDIAL, False)) == []
        for button in (Button.VOLUME_UP, Button.VOLUME_DOWN):
            assert desk.press(ButtonMoved(button, True)) == []


# --- random events ---

LINES = st.builds(
    LineFacts,
    rings=st.booleans(),
    is_muted=st.booleans(),
    is_held=st.booleans(),
    has_other=st.booleans(),
) | st.builds(LineFacts, is_up=st.just(True), is_muted=st.booleans(), has_other=st.booleans())
MOVES = st.builds(ButtonMoved, st.sampled_from(list(Button)), st.booleans(), st.booleans())


@given(
    steps=st.lists(st.tuples(LINES | MOVES, st.floats(0, 4)), max_size=40),
    shows=st.sets(st.sampled_from(list(Lamp))),
)
def test_nothing_is_asked_that_the_line_does_not_have(
    steps: list[tuple[LineFacts | ButtonMoved, float]], shows: set[Lamp]
) -> None:
    desk, line = Desk(frozenset(shows)), FREE
    for step, later_s in steps:
        if isinstance(step, LineFacts):
            desk.line(step, later_s)
            line = step
            continue
        for asked in desk.press(step, later_s=later_s):
            match asked:
                case HeadsetCommand.ANSWER:
                    assert line.rings
                case HeadsetCommand.HANG_UP:
                    assert line.rings or line.is_up
                case HeadsetCommand.REDIAL:
                    assert not line.rings
                    assert not line.is_up
                case _:
                    assert line.is_up


@given(
    calls=st.lists(
        st.tuples(st.floats(0.1, 5), st.floats(0.1, 5), st.floats(0.1, 5), st.floats(0, 1.4)),
        max_size=12,
    )
)
def test_a_desk_led_by_keys_alone_is_never_led_by_the_echoes(
    calls: list[tuple[float, float, float, float]],
) -> None:
    """The hook follows its LED after `lag_s`; the operator never touches the headset."""
    desk, hook_off = Desk(), False
    told: list[tuple[float, bool]] = []  # when the hook will have moved, and to which state
    asked: list[HeadsetCommand] = []

    def pass_until(until_s: float) -> None:
        nonlocal hook_off
        while told and told[0][0] <= until_s:
            desk.now_s, wanted = told.pop(0)
            if wanted != hook_off:
                hook_off = wanted
                asked.extend(desk.press(OFF if wanted else ON, later_s=0))
        desk.now_s = until_s

    for rest_s, ring_s, talk_s, lag_s in calls:
        for line, lasted_s in ((RINGS, rest_s), (TALKS, ring_s), (FREE, talk_s)):
            pass_until(desk.now_s + lasted_s)
            desk.line(line, 0)
            told.append((max(desk.now_s + lag_s, told[-1][0] if told else 0), line.is_up))
    pass_until(desk.now_s + 10)

    assert asked == []
