"""Numpy starts no extra threads in the console."""

import os
import subprocess
import sys

import pytest

MULTIPLY = """
import os
from console.core.runtime_tuning import calculate_alone
calculate_alone()
import numpy
many = numpy.ones((600, 600), "f")
many @ many
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted as Linux lists them")
def test_numpy_starts_no_threads() -> None:
    known = {name: value for name, value in os.environ.items() if "NUM_THREADS" not in name}
    done = subprocess.run(
        [sys.executable, "-c", MULTIPLY], capture_output=True, text=True, check=True, env=known
    )
    assert done.stdout == "1\n"
