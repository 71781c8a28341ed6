"""How often Python looks for cycles among objects of which nobody knows any more."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

Done = TypeVar("Done")
# A look lets nobody run: into 20,000 new objects it takes five times as long as into these. The 700
# that Python begins with have a report of a month spend a third of its time looking.
NEW_OBJECTS = 5_000
# Of the former, and of the latter, one goes further. All together look into as many objects with 80
# and 20, but into 400,000 of a report at once, and the window stands still for a fifth of a second.
MIDDLE_LOOKS, WHOLE_LOOKS = 2, 800
RETRY_MS, MOST_RETRIES = 250, 120
EVERY_MS = 60_000  # a day has not enough objects for Python's own look into all of them
SETTLING_LOOKS = 10  # by then the rules, the words and the pages are there that are read in late


def look_seldom() -> None:
    """Look after so many new objects, and into all of them after 1600 times as many."""
    gc.set_threshold(NEW_OBJECTS, MIDDLE_LOOKS, WHOLE_LOOKS)


@contextmanager
def not_looking() -> Iterator[None]:
    """Look for no cycles meanwhile, and never again into what is there at the end; any thread.

    For imports and what is read in for good: it drops next to nothing, looking takes a tenth of its
    time, and the first look into all of it would keep the window from painting.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_looking:
            gc.enable()


_holders: set[object] = set()  # a set is changed whole by one thread at a time


def while_holding_much(work: Callable[[], Done]) -> Callable[[], Done]:
    """The work, for any thread; the look into all objects waits for it, half a minute at most.

    The calls of a month are half a million objects, and the window would stand still for most of a
    second to learn that none of them is to go.
    """

    def held() -> Done:
        holder = object()
        _holders.add(holder)
        try:
            return work()
        finally:
            _holders.discard(holder)

    return held


def pass_over_what_is_there() -> None:
    """Never look again into what is there now: the program's own parts live as long as it does.

    A look into all of them would keep the window from painting for a tenth of a second.
    """
    gc.freeze()


def look_every_minute(
    parent: QObject,
    every_ms: int = EVERY_MS,
    is_quiet: Callable[[], bool] = lambda: True,
    settling_looks: int = SETTLING_LOOKS,
) -> None:
    """Look into all that has come since, on the window's thread, for as long as the parent lives.

    Few objects are looked at where what was there is passed over, and so is what the first looks
    leave: some milliseconds' work. It waits half a minute for a moment when nobody rings or types
    and nobody holds much, and no longer.
    """
    timer, retries, looks = QTimer(parent), count(), count(1)

    def look() -> None:
        nonlocal retries
        if (_holders or not is_quiet()) and next(retries) < MOST_RETRIES:
            timer.start(min(RETRY_MS, every_ms))
            return
        retries = count()
        gc.collect()
        if next(looks) <= settling_looks:
            pass_over_what_is_there()
        timer.start(every_ms)

    timer.timeout.connect(look)
    timer.start(every_ms)
