"""Long work in the GUI thread yields to the operator's actions."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from pytestqt.qtbot import QtBot

from console.core.idle_queue import Quiet, Steps


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
    steps.broken.connect(lambda: seen.append("told"))
    with qtbot.captureExceptions() as caught:
        steps.start()
        qtbot.waitUntil(lambda: bool(caught), timeout=5000)
        qtbot.wait(20)

    assert [kind for kind, _error, _trace in caught] == [ValueError]
    assert seen == ["one", "told"]


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


def test_what_nobody_waits_for_waits_for_a_quiet_moment_before_each_step(
    owner: QObject, qtbot: QtBot
) -> None:
    seen: list[str] = []
    moments = iter([False, True, False, False, True, True])
    looks: list[bool] = []

    def is_quiet() -> bool:
        looks.append(next(moments))
        return looks[-1]

    def work() -> Iterator[None]:
        for step in ("one", "two"):
            seen.append(f"{step} after {len(looks)}")
            yield

    steps = Steps(work(), owner, quiet=Quiet(is_quiet, between_ms=1))
    with qtbot.waitSignal(steps.done, timeout=5000):
        steps.start()

    assert seen == ["one after 2", "two after 5"]


def test_where_it_is_never_quiet_each_step_is_made_at_its_latest(
    owner: QObject, qtbot: QtBot
) -> None:
    seen: list[float] = []
    began = QElapsedTimer()

    def work() -> Iterator[None]:
        for _step in range(2):
            seen.append(began.elapsed())
            yield

    steps = Steps(work(), owner, quiet=Quiet(lambda: False, between_ms=1, latest_ms=60))
    began.start()
    with qtbot.waitSignal(steps.done, timeout=5000):
        steps.start()

    first_ms, second_ms = seen
    assert first_ms >= 60
    assert second_ms - first_ms >= 59  # two clocks with millisecond resolution


def test_it_waits_for_no_day(owner: QObject) -> None:
    """Deletion of personal data at the end of its retention period also waits for idle time."""
    assert Quiet(lambda: False).latest_ms <= 60 * 60 * 1000
