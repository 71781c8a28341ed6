"""Collects the events of a thread and waits for them with a time limit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

E = TypeVar("E")


class Heard(Generic[E]):
    """Events received so far; call it with an event."""

    def __init__(self) -> None:
        self._events: list[E] = []
        self._changed = threading.Condition()

    def __call__(self, event: E) -> None:
        with self._changed:
            self._events.append(event)
            self._changed.notify_all()

    def all(self) -> list[E]:
        with self._changed:
            return list(self._events)

    def wait_for(self, condition: Callable[[list[E]], bool], deadline_s: float) -> list[E]:
        """Returns all events as soon as the condition holds for them; AssertionError after the
        deadline.
        """
        end = time.monotonic() + deadline_s
        with self._changed:
            while not condition(self._events):
                left_s = end - time.monotonic()
                if left_s <= 0:
                    raise AssertionError(f"not heard in {deadline_s} s; so far: {self._events}")
                self._changed.wait(left_s)
            return list(self._events)
