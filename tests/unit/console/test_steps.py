"""Long work of the window's thread leaves room for what somebody does meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from console.steps import Steps


def test_the_windows_own_events_come_between_the_steps(owner: QObject, qtbot: QtBot) -> None:
    seen: list[str] = []

    def work() -> Iterator[None]:
        for step in ("one", "two", "three"):
            seen.append(step)
            QTimer.singleShot(0, lambda step=step: seen.append(f"key after {step}"))
            yield

    steps = Steps(work(), owner)
    assert seen == []
    with qtbot.waitSignal(steps.done, timeout=5000):
        steps.start()

    assert seen == ["one", "key after one", "two", "key after two", "three", "key after three"]


def test_what_is_behind_an_error_is_left_undone(owner: QObject, qtbot: QtBot) -> None:
    seen: list[str] = []

    def work() -> Iterator[None]:
        seen.append("one")
        yield
        raise ValueError("broken")

    steps = Steps(work(), owner)
    steps.done.connect(lambda: seen.append("done"))
    with qtbot.captureExceptions() as caught:
        steps.start()
        qtbot.waitUntil(lambda: bool(caught), timeout=5000)
        qtbot.wait(20)

    assert [kind for kind, _error, _trace in caught] == [ValueError]
    assert seen == ["one"]


def test_it_may_be_stopped_before_its_end(owner: QObject, qtbot: QtBot) -> None:
    seen: list[int] = []

    def work() -> Iterator[None]:
        for step in range(1000):
            seen.append(step)
            yield

    steps = Steps(work(), owner)
    steps.start()
    qtbot.waitUntil(lambda: len(seen) > 2, timeout=5000)
    steps.stop()
    before = len(seen)
    qtbot.wait(20)

    assert len(seen) == before
