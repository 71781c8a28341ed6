"""Work triggered by a typed letter starts after the letter is painted."""

from __future__ import annotations

from concurrent.futures import CancelledError, ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.core.idle_queue import AfterPainting
from tests.fakes.console_fakes import InlineExecutor

WAIT_MS = 5000


class Page(QWidget):
    """Records when it is painted."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self._order = order

    def paintEvent(self, event: QPaintEvent) -> None:
        self._order.append("painted")


def test_a_change_on_the_screen_is_painted_before_the_work_begins(qtbot: QtBot) -> None:
    order: list[str] = []
    page = Page(order)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: bool(order))
    order.clear()
    work = AfterPainting(InlineExecutor(), page)
    found = work.submit(order.append, "searched")
    page.update()
    qtbot.waitUntil(found.done, timeout=WAIT_MS)

    assert order == ["painted", "searched"]


def test_results_and_failures_come_in_the_order_of_the_asking(qtbot: QtBot) -> None:
    owner, order = QObject(), list[int]()
    work = AfterPainting(InlineExecutor(), owner)
    futures = [work.submit(order.append, number) for number in range(3)]
    failed = work.submit(int, "five")
    qtbot.waitUntil(failed.done, timeout=WAIT_MS)

    assert order == [0, 1, 2]
    assert [future.result() for future in futures] == [None] * 3
    with pytest.raises(ValueError, match="five"):
        failed.result()


def test_what_was_taken_back_and_what_comes_too_late_is_cancelled(qtbot: QtBot) -> None:
    owner, order = QObject(), list[str]()
    workers = ThreadPoolExecutor(1)
    work = AfterPainting(workers, owner)
    taken_back, done = work.submit(order.append, "taken back"), work.submit(order.append, "done")
    taken_back.cancel()
    qtbot.waitUntil(done.done, timeout=WAIT_MS)
    late = work.submit(order.append, "late")
    workers.shutdown()
    qtbot.waitUntil(late.done, timeout=WAIT_MS)

    assert order == ["done"]
    with pytest.raises(CancelledError):
        late.result()
