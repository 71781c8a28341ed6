"""A due callback plays one sound, and never during a talk."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from console.features.planned_calls.presenter import PromiseSound
from console.shared.session.live_calls import DeskState, LineState


@dataclass
class Bench:
    played: list[str] = field(default_factory=list)
    is_wanted: bool = True
    is_due: bool = True

    def __post_init__(self) -> None:
        self.sound = PromiseSound(
            lambda: self.played.append("soft"),
            is_wanted=lambda: self.is_wanted,
            is_due=lambda: self.is_due,
        )

    def line(self, line: LineState) -> None:
        self.sound.follow(DeskState(line=line))


@pytest.mark.parametrize("line", [LineState.FREE, LineState.WRAP_UP])
def test_each_time_that_comes_is_heard_once(line: LineState) -> None:
    led_calls = Bench()
    led_calls.line(line)
    led_calls.sound.time_has_come()
    led_calls.line(LineState.FREE)
    assert led_calls.played == ["soft"]
    led_calls.sound.time_has_come()
    assert led_calls.played == ["soft", "soft"]


@pytest.mark.parametrize("line", [LineState.RINGING, LineState.DIALLING, LineState.TALKING])
def test_what_comes_during_a_call_is_heard_after_it(line: LineState) -> None:
    led_calls = Bench()
    led_calls.line(line)
    for _twice in range(2):
        led_calls.sound.time_has_come()
    assert led_calls.played == []
    led_calls.line(LineState.TALKING)
    led_calls.line(LineState.WRAP_UP)
    led_calls.line(LineState.FREE)
    assert led_calls.played == ["soft"]


def test_a_call_that_was_made_meanwhile_is_not_reminded_of() -> None:
    led_calls = Bench()
    led_calls.line(LineState.TALKING)
    led_calls.sound.time_has_come()
    led_calls.is_due = False
    led_calls.line(LineState.FREE)
    led_calls.is_due = True
    led_calls.line(LineState.WRAP_UP)
    assert led_calls.played == []


def test_who_wants_no_sound_hears_none() -> None:
    led_calls = Bench(is_wanted=False)
    led_calls.sound.time_has_come()
    assert led_calls.played == []
    led_calls.is_wanted = True
    led_calls.sound.time_has_come()
    assert led_calls.played == ["soft"]
