"""Whether memory that nobody uses any more goes back to the system."""

import ctypes
import sys
from collections.abc import Callable

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
    if sys.platform != "linux":
        return False
    mallopt: Callable[[int, int], int] | None = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # another C library
        return False
    return all([mallopt(name, value) == 1 for name, value in _SETTINGS])
