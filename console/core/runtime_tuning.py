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
    """Disables PySide's scan of module sources on import; returns False if this PySide version has
    no such scan.
    """
    features = sys.modules.get(_FEATURES)
    if features is None or not hasattr(features, _READS):
        return False
    setattr(features, _READS, lambda _module: False)
    return True


Done = TypeVar("Done")
# A collection blocks all threads: with 20,000 new objects it takes five times as long as with this
# threshold. With Python's 700 a monthly report spends a third of its time in collections.
NEW_OBJECTS = 5_000
# Number of young collections per middle one, and of middle ones per full one. With 80 and 20 the
# total work is the same, but one collection scans 400,000 objects of a report and blocks the window
# for 0.2 s.
MIDDLE_LOOKS, WHOLE_LOOKS = 2, 800
RETRY_MS, MOST_RETRIES = 250, 120
EVERY_MS = 60_000  # a day creates too few objects to trigger a full collection
SETTLING_LOOKS = 10  # number of collections until late imports and pages are loaded


def look_seldom() -> None:
    """Sets the collector's thresholds: a collection after ``NEW_OBJECTS`` new objects, a full one
    after 1600 times as many.
    """
    gc.set_threshold(NEW_OBJECTS, MIDDLE_LOOKS, WHOLE_LOOKS)


@contextmanager
def not_looking() -> Iterator[None]:
    """Disables the garbage collector during the block, then excludes all existing objects from
    later collections. Thread-safe.

    Intended for imports and permanent data: they free almost nothing, and the first full collection
    of their objects would delay painting.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_looking:
            gc.enable()


_holders: set[object] = set()  # set operations are atomic


def while_holding_much(work: Callable[[], Done]) -> Callable[[], Done]:
    """Wraps work to postpone a full garbage collection until the work ends, by at most half a
    minute. Thread-safe.

    The calls of a month are half a million objects; scanning them would block the window for most
    of a second without freeing any.
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
    """Excludes all existing objects from garbage collection, because they exist until exit.

    A full collection that scans them would delay painting by 0.1 s.
    """
    gc.freeze()


def look_every_minute(
    parent: QObject,
    every_ms: int = EVERY_MS,
    is_quiet: Callable[[], bool] = lambda: True,
    settling_looks: int = SETTLING_LOOKS,
) -> None:
    """Runs a full collection every minute on the GUI thread, for the lifetime of the parent.

    Objects that survive one of the first ``settling_looks`` collections are excluded from later
    ones, which then take some milliseconds. A collection is postponed by up to half a minute until
    ``is_quiet`` and no work wrapped by ``while_holding_much`` is running.
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


EVERY_S = 5.0  # every change of the directory frees some 4 MB
_MB = 1024 * 1024
# Parameters of mallopt(3) in glibc; the numbers are from malloc.h.
_TRIM_THRESHOLD = -1
_MMAP_THRESHOLD = -3
_ARENA_MAX = -8

_SETTINGS = (
    # Under contention each thread gets its own arena, up to eight per processor, which retains
    # freed memory: with twenty threads the console retained 30 MB.
    (_ARENA_MAX, 2),
    # If these are not set, freeing a large block raises both thresholds, up to 32 and 64 MB, and
    # smaller freed blocks are retained. Arrays of a search and of a frame are below one megabyte.
    (_MMAP_THRESHOLD, _MB),
    (_TRIM_THRESHOLD, _MB),
)


def give_freed_memory_back() -> bool:
    """Configures malloc of glibc to return freed memory to the system; call it before any other
    thread starts. Returns whether it succeeded.
    """
    mallopt = _function("mallopt")
    return mallopt is not None and all([mallopt(name, value) == 1 for name, value in _SETTINGS])


class HolesGivenBack:
    """Returns free pages inside the heap to the system every few seconds, on a dedicated thread.

    glibc itself returns only the free end of a heap. A pass takes a millisecond, without the
    interpreter lock.
    """

    def __init__(self, every_s: float = EVERY_S) -> None:
        self._every_s = every_s
        self._is_over = Event()
        self._thread = Thread(target=self._run, name="free-memory", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Blocks until the thread has ended."""
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        trim = _function("malloc_trim")
        while trim is not None and not self._is_over.wait(self._every_s):
            trim(0)


def _function(name: str) -> Callable[..., int] | None:
    """Returns a function of glibc; None on other systems."""
    if sys.platform != "linux":
        return None
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return found


_NUMBER_OF_THREADS = "OPENBLAS_NUM_THREADS"


def calculate_alone() -> None:
    """Limits numpy to one thread; call it before numpy is imported.

    Encoding a sentence then takes 4 ms. With one thread per processor it takes 7 to 20 ms, because
    the threads wait for one another, and the GUI thread waits for a processor.
    """
    os.environ.setdefault(_NUMBER_OF_THREADS, "1")


TURN_S = 0.0001  # the default of 5 ms could delay each of the 100 Python calls of a frame


def take_short_turns() -> None:
    """Shortens the interval at which Python switches threads, which reduces delays of the GUI
    thread during searches.
    """
    sys.setswitchinterval(TURN_S)
