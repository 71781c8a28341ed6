"""A promised call whose time has come is heard once, and never into a talk."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from console.presenters.desk_state import DeskState
from console.presenters.live_calls import LineState
from console.presenters.promise_sound import PromiseSound


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
    bench = Bench()
    bench.line(line)
    bench.sound.time_has_come()
    bench.line(LineState.FREE)
    assert bench.played == ["soft"]
    bench.sound.time_has_come()
    assert bench.played == ["soft", "soft"]


@pytest.mark.parametrize("line", [LineState.RINGING, LineState.DIALLING, LineState.TALKING])
def test_what_comes_during_a_call_is_heard_after_it(line: LineState) -> None:
    bench = Bench()
    bench.line(line)
    for _twice in range(2):
        bench.sound.time_has_come()
    assert bench.played == []
    bench.line(LineState.TALKING)
    bench.line(LineState.WRAP_UP)
    bench.line(LineState.FREE)
    assert bench.played == ["soft"]


def test_a_call_that_was_made_meanwhile_is_not_reminded_of() -> None:
    bench = Bench()
    bench.line(LineState.TALKING)
    bench.sound.time_has_come()
    bench.is_due = False
    bench.line(LineState.FREE)
    bench.is_due = True
    bench.line(LineState.WRAP_UP)
    assert bench.played == []


def test_who_wants_no_sound_hears_none() -> None:
    bench = Bench(is_wanted=False)
    bench.sound.time_has_come()
    assert bench.played == []
    bench.is_wanted = True
    bench.sound.time_has_come()
    assert bench.played == ["soft"]
