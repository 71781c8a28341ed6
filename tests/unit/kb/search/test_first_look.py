"""The first pass over documents leaks no memory, regardless of the number of index sizes."""

import ctypes
import sys

import numpy as np
import pytest

from kb.search.first_look import shortlist, weighed
from kb.search.ranking import Weights

MOST_LEFT_KB = 60  # a cached numpy block of each size would be 370


class _Mallinfo(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks",
                     "uordblks", "fordblks", "keepcost")
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="asks the GNU C library")
def test_looks_into_an_index_that_grows_by_each_edit_leave_nothing() -> None:
    """Numpy caches freed small arrays for the next array of exactly the same size, which never
    occurs.
    """
    documents = np.arange(5, dtype=np.uint32)
    marks, answers = np.full(5, 9, np.uint8), np.ones(5, np.float32)
    weights = Weights()
    posting = weighed(documents, marks, marks, answers, weights, 1024)

    def look(lengths: range) -> None:
        for end in lengths:
            kinds, dead = np.frombuffer(bytes(end), np.uint8), np.zeros(0, np.uint32)
            found = shortlist([posting], [1.0], [True], kinds, dead, weights)
            assert len(found.documents) == 5

    look(range(490, 500))
    before_kb = _used_kb()
    look(range(500, 1000))
    assert _used_kb() - before_kb < MOST_LEFT_KB


def _used_kb() -> int:
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _Mallinfo
    return int(ask().uordblks) // 1024
