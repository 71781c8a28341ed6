"""How often Python looks for cycles among objects of which nobody knows any more."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

NEW_OBJECTS = 20_000  # 700 at first: a report of a month then spends a third of its time looking
EVERY_MS = 60_000  # a call leaves some 100 kB of cycles, and a day has not enough objects for them


def look_seldom() -> None:
    """Look after so many new objects, and into all of them after 400 times as many."""
    gc.set_threshold(NEW_OBJECTS, 20, 20)


@contextmanager
def not_looking() -> Iterator[None]:
    """Look for no cycles meanwhile, and never again into what is there at the end.

    For imports: they drop next to nothing, and looking takes a tenth of their time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def pass_over_what_is_there() -> None:
    """Never look again into what is there now: the program's own parts live as long as it does.

    A look into all of them would keep the window from painting for a tenth of a second.
    """
    gc.freeze()


def look_every_minute(parent: QObject, every_ms: int = EVERY_MS) -> None:
    """Look into all that has come since, on the window's thread, for as long as the parent lives.

    Few objects are looked at where what was there is passed over: some milliseconds' work.
    """
    timer = QTimer(parent)
    timer.timeout.connect(lambda: gc.collect())
    timer.start(every_ms)
