"""Background services start without blocking the window, and stop on the thread that
started them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.services import Beginnings
from sync.errors import StoreUnreadable

WAIT_S = 10.0
Stops = list[tuple[str, Callable[[], object]]]


def test_the_window_goes_on_while_something_begins_and_all_begin_in_their_order(
    owner: QObject,
) -> None:
    stops: Stops = []
    beginnings = Beginnings(stops, Deliveries(owner))
    may_begin = threading.Event()
    began: list[tuple[str, int]] = []

    def slow() -> None:
        assert may_begin.wait(WAIT_S)
        began.append(("slow", threading.get_ident()))

    beginnings.begin("slow", slow, lambda: None)
    beginnings.begin("quick", lambda: began.append(("quick", threading.get_ident())), lambda: None)
    assert began == []
    assert stops == []  # a service that has not started is not stopped

    may_begin.set()
    beginnings.run(may_begin.is_set, lambda _is_set: None)
    wait_for_all(beginnings)
    assert [name for name, _thread in began] == ["slow", "quick"]
    assert threading.get_ident() not in [thread for _name, thread in began]
    assert [name for name, _stop in stops] == ["slow", "quick"]
    beginnings.close()


def test_what_has_not_begun_at_the_end_never_does(owner: QObject) -> None:
    stops: Stops = []
    beginnings = Beginnings(stops, Deliveries(owner))
    is_beginning, may_begin = threading.Event(), threading.Event()

    def slow() -> None:
        is_beginning.set()
        assert may_begin.wait(WAIT_S)

    beginnings.begin("slow", slow, lambda: None)
    beginnings.begin("never", lambda: stops.append(("never", lambda: None)), lambda: None)
    assert is_beginning.wait(WAIT_S)
    ending = threading.Thread(target=beginnings.close)
    ending.start()
    may_begin.set()
    ending.join(WAIT_S)

    assert not ending.is_alive()
    assert [name for name, _stop in stops] == ["slow"]


def test_an_outcome_comes_to_the_window_and_so_does_an_error(owner: QObject, qtbot: QtBot) -> None:
    beginnings = Beginnings([], Deliveries(owner))
    came: list[tuple[str, int]] = []

    def breaks() -> str:
        raise ValueError("broken")

    with qtbot.captureExceptions() as caught:
        beginnings.run(lambda: "made", lambda told: came.append((told, threading.get_ident())))
        beginnings.run(breaks, lambda told: came.append((told, 0)))
        qtbot.waitUntil(lambda: bool(caught), timeout=5000)

    assert came == [("made", threading.get_ident())]
    assert [kind for kind, _error, _trace in caught] == [ValueError]
    beginnings.close()


def test_what_the_register_refused_is_begun_later(owner: QObject, qtbot: QtBot) -> None:
    beginnings = Beginnings([], Deliveries(owner), again_ms=10)
    tries: list[int] = []
    came: list[str] = []

    def reads_then_starts() -> str:
        tries.append(len(tries))
        if len(tries) < 3:
            raise StoreUnreadable("damaged")
        return "started"

    beginnings.run(reads_then_starts, came.append)
    qtbot.waitUntil(lambda: bool(came), timeout=5000)

    assert came == ["started"]
    assert tries == [0, 1, 2]
    beginnings.close()


def test_after_the_end_nothing_is_tried_again(owner: QObject, qtbot: QtBot) -> None:
    beginnings = Beginnings([], Deliveries(owner), again_ms=0)
    tries: list[int] = []

    def is_refused() -> None:
        tries.append(len(tries))
        raise StoreUnreadable("damaged")

    beginnings.run(is_refused, lambda _none: None)
    wait_for_all(beginnings)
    beginnings.close()  # before the window has received the refusal
    is_later: list[bool] = []
    QTimer.singleShot(50, lambda: is_later.append(True))
    qtbot.waitUntil(lambda: bool(is_later), timeout=5000)

    assert tries == [0]


def wait_for_all(beginnings: Beginnings) -> None:
    """Blocks until every service requested earlier has started."""
    is_over = threading.Event()
    beginnings.run(is_over.set, lambda _none: None)
    assert is_over.wait(WAIT_S)
