"""Long work of other threads waits until the window is idle."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.core import idle_queue
from console.core.idle_queue import WindowFirst

WAIT_MS = 5000


class Page(QWidget):
    """Records when it is painted, which may be long after it was changed."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self._order = order

    def paintEvent(self, event: QPaintEvent) -> None:
        self._order.append("painted")


def test_the_work_goes_on_when_the_window_is_painted(qtbot: QtBot) -> None:
    order: list[str] = []
    page = Page(order)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: bool(order))
    order.clear()
    first = WindowFirst(page)

    def work() -> None:
        first.pass_by()
        order.append("went on")

    with ThreadPoolExecutor(1) as worker:
        went_on = worker.submit(work)
        page.update()
        qtbot.waitUntil(went_on.done, timeout=WAIT_MS)

    assert order == ["painted", "went on"]


def test_a_window_that_never_rests_holds_nothing_up(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    first = WindowFirst(page)
    with ThreadPoolExecutor(1) as worker:
        went_on = worker.submit(first.pass_by)
        # The GUI thread is blocked here and processes no event; the work continues nevertheless.
        went_on.result(WAIT_MS / 1000)


def test_nothing_goes_on_while_somebody_waits_for_the_window_itself(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    first = WindowFirst(page)
    first.hold()
    with ThreadPoolExecutor(1) as worker:
        went_on = worker.submit(first.pass_by)
        qtbot.wait(int(3 * idle_queue.LATEST_S * 1000))
        assert not went_on.done()
        first.let_go()
        qtbot.waitUntil(went_on.done, timeout=WAIT_MS)


def test_nobody_waits_for_a_window_that_is_closing(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    first = WindowFirst(page)
    first.close()
    begun_s = time.monotonic()
    with ThreadPoolExecutor(1) as worker:
        for _piece in repeat(None, 1000):
            worker.submit(first.pass_by)

    assert time.monotonic() - begun_s < 1000 * idle_queue.LATEST_S / 2


def test_pieces_of_several_threads_wait_side_by_side(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    first = WindowFirst(page)
    busy = QTimer(page)
    turns: list[int] = []
    busy.timeout.connect(lambda: turns.append(1))
    busy.start(1)
    with ThreadPoolExecutor(2) as workers:
        works = [workers.submit(first.pass_by) for _piece in range(20)]
        qtbot.waitUntil(lambda: all(work.done() for work in works), timeout=WAIT_MS)

    assert not any(work.exception() for work in works)
