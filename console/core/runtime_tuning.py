"""Runtime tuning: garbage collection, malloc, numpy threads, thread switches, PySide imports."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

_FEATURES = "shibokensupport.feature"


_READS = "_mod_uses_pyside"


def leave_sources_unread() -> bool:
    """Whether it leaves them from now on; a binding that has another way goes on as it does."""
    features = sys.modules.get(_FEATURES)
    if features is None or not hasattr(features, _READS):
        return False
    setattr(features, _READS, lambda _module: False)
    return True


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


EVERY_S = 5.0  # each change of the directory frees some 4 MB
_MB = 1024 * 1024
# mallopt(3) of the GNU C library, by their numbers in malloc.h
_TRIM_THRESHOLD = -1
_MMAP_THRESHOLD = -3
_ARENA_MAX = -8

_SETTINGS = (
    # Each thread that asks while another does gets a heap of its own, eight for a processor, and
    # keeps what it once needed there: twenty threads of the console held 30 MB that were free.
    (_ARENA_MAX, 2),
    # A large block that is freed raises both of these, up to 32 and 64 MB, unless they are set:
    # what is freed below them stays. Under a megabyte lie the arrays of a search and a frame's.
    (_MMAP_THRESHOLD, _MB),
    (_TRIM_THRESHOLD, _MB),
)


def give_freed_memory_back() -> bool:
    """Whether the C library takes these settings; before any other thread is there."""
    mallopt = _function("mallopt")
    return mallopt is not None and all([mallopt(name, value) == 1 for name, value in _SETTINGS])


class HolesGivenBack:
    """Pages that lie free among others go back every so often, on a thread of its own.

    By itself the C library gives back only what is free at the end of a heap. To look takes it a
    thousandth of a second, without the interpreter's lock.
    """

    def __init__(self, every_s: float = EVERY_S) -> None:
        self._every_s = every_s
        self._is_over = Event()
        self._thread = Thread(target=self._run, name="free-memory", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Return when it has ended."""
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        trim = _function("malloc_trim")
        while trim is not None and not self._is_over.wait(self._every_s):
            trim(0)


def _function(name: str) -> Callable[..., int] | None:
    """What the GNU C library alone has; None of another one."""
    if sys.platform != "linux":
        return None
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return found


_NUMBER_OF_THREADS = "OPENBLAS_NUM_THREADS"


def calculate_alone() -> None:
    """Let numpy start no threads of its own; before it is imported.

    A sentence takes 4 ms to encode. By a thread on each processor it takes 7 to 20: they wait for
    one another, and the window waits for a processor.
    """
    os.environ.setdefault(_NUMBER_OF_THREADS, "1")


TURN_S = 0.0001  # 5 ms at first: each of a frame's hundred calls into Python could wait so long


def take_short_turns() -> None:
    """Let the window's thread run soon, also while others search or read texts."""
    sys.setswitchinterval(TURN_S)
