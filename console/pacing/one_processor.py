"""Arithmetic of arrays stays on the thread that asks for it."""

import os

_NUMBER_OF_THREADS = "OPENBLAS_NUM_THREADS"


def calculate_alone() -> None:
    """Let numpy start no threads of its own; before it is imported.

    A sentence takes 4 ms to encode. By a thread on each processor it takes 7 to 20: they wait for
    one another, and the window waits for a processor.
    """
    os.environ.setdefault(_NUMBER_OF_THREADS, "1")
