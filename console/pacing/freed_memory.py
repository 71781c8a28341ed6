"""Whether memory that nobody uses any more goes back to the system."""

import ctypes
import sys
from collections.abc import Callable
from threading import Event, Thread

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
