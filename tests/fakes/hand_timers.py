"""Timers on a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class HandTimer:
    """A scheduled callback function and its time."""

    at_s: float
    work: Callable[[], None]
    is_cancelled: bool = False

    def cancel(self) -> None:
        self.is_cancelled = True


class HandTimers:
    """``later`` schedules a function, ``turn`` advances the clock by seconds."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._timers: list[HandTimer] = []

    def later(self, delay_s: float, work: Callable[[], None]) -> HandTimer:
        timer = HandTimer(self.now_s + delay_s, work)
        self._timers.append(timer)
        return timer

    def turn(self, seconds: float) -> None:
        """Advances the clock and runs each function at its time."""
        until_s = self.now_s + seconds
        while (timer := self._next()) is not None and timer.at_s <= until_s:
            self._do(timer)
        self.now_s = until_s

    def stand_still(self, seconds: float) -> None:
        """Simulates a machine that slept: each overdue function runs once, now."""
        self.now_s += seconds
        for timer in [each for each in self._timers if each.at_s <= self.now_s]:
            self._do(timer)

    def _next(self) -> HandTimer | None:
        waiting = [each for each in self._timers if not each.is_cancelled]
        return min(waiting, key=lambda each: each.at_s, default=None)

    def _do(self, timer: HandTimer) -> None:
        self._timers.remove(timer)
        self.now_s = max(self.now_s, timer.at_s)
        if not timer.is_cancelled:
            timer.work()
