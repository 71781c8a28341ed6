"""Cyclic garbage collection runs rarely, and skips the application's long-lived objects."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot

from console.core.runtime_tuning import (
    MOST_RETRIES,
    NEW_OBJECTS,
    look_every_minute,
    look_seldom,
    not_looking,
    pass_over_what_is_there,
    while_holding_much,
)


@pytest.fixture(scope="module", autouse=True)
def no_knot_stays() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Restores the collector's state: a test must not freeze thousands of objects for later
    tests.
    """
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.freeze()
    gc.set_threshold(*thresholds)


class Knot:
    """Refers to itself, so only cyclic garbage collection frees it."""

    def __init__(self) -> None:
        self.itself = self


def test_a_cycle_goes_all_the_same() -> None:
    look_seldom()
    gc.collect()
    looks = gc.get_stats()[0]["collections"]
    kept = [Knot() for _index in range(NEW_OBJECTS // 3)]
    assert gc.get_stats()[0]["collections"] == looks
    kept += [Knot() for _index in range(NEW_OBJECTS)]
    assert gc.get_stats()[0]["collections"] > looks


def test_what_is_there_is_passed_over() -> None:
    knot = Knot()
    pass_over_what_is_there()
    assert not any(one is knot for one in gc.get_objects())
    assert gc.get_freeze_count() > 1000


def test_nothing_is_looked_at_while_there_is_no_looking_and_all_of_it_is_passed_over() -> None:
    look_seldom()
    looks = gc.get_stats()[0]["collections"]

    with not_looking():
        kept = [Knot() for _index in range(NEW_OBJECTS * 2)]
        assert gc.get_stats()[0]["collections"] == looks

    assert gc.isenabled()
    assert not any(one is kept[0] for one in gc.get_objects())


def test_a_cycle_waits_for_no_number_of_objects(qtbot: QtBot) -> None:
    owner, knot = QObject(), Knot()
    gone = weakref.ref(knot)
    gc.disable()
    try:
        del knot
        assert gone() is not None
        look_every_minute(owner, every_ms=1)
        qtbot.waitUntil(lambda: gone() is None)
    finally:
        gc.enable()
        owner.deleteLater()


def test_what_the_first_looks_leave_is_passed_over_and_what_comes_later_is_not(
    qtbot: QtBot,
) -> None:
    owner, early = QObject(), Knot()
    looks: list[int] = []

    def note(phase: str, told: dict[str, int]) -> None:
        if phase == "stop" and told["generation"] == 2:
            looks.append(len(looks))

    gc.disable()
    gc.callbacks.append(note)
    try:
        look_every_minute(owner, every_ms=1, settling_looks=1)
        qtbot.waitUntil(lambda: bool(looks))
        late = Knot()
        qtbot.waitUntil(lambda: len(looks) > 2)
        seen = gc.get_objects()

        assert not any(one is early for one in seen)
        assert any(one is late for one in seen)
    finally:
        gc.callbacks.remove(note)
        gc.enable()
        owner.deleteLater()


def test_a_look_waits_for_a_quiet_moment_but_not_for_ever(qtbot: QtBot) -> None:
    # The timer of an earlier test is deleted first.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    owner = QObject()
    asked = [0]
    seen: list[int] = []

    def is_quiet() -> bool:
        asked[0] += 1
        return asked[0] == 3

    def note(phase: str, told: dict[str, int]) -> None:
        if phase == "start" and told["generation"] == 2:
            seen.append(asked[0])

    gc.disable()
    gc.callbacks.append(note)
    try:
        look_every_minute(owner, every_ms=1, is_quiet=is_quiet)
        qtbot.waitUntil(lambda: len(seen) > 1)
    finally:
        gc.callbacks.remove(note)
        gc.enable()
        owner.deleteLater()
    assert seen[:2] == [3, 3 + MOST_RETRIES + 1]


def test_a_look_waits_while_a_thread_holds_much(qtbot: QtBot) -> None:
    """Otherwise the window freezes for most of a second while a monthly report is read."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    owner, waits = QObject(), QTimer()
    looks: list[bool] = []
    is_held = [True]

    def note(phase: str, told: dict[str, int]) -> None:
        if phase == "start" and told["generation"] == 2:
            looks.append(is_held[0])

    def hold() -> None:
        """Work of a thread during which the window continues to process events."""
        look_every_minute(owner, every_ms=1)
        qtbot.waitUntil(lambda: waits.remainingTime() == -1)
        is_held[0] = False

    waits.setSingleShot(True)
    waits.start(MOST_RETRIES // 4)  # in ms: many collections were due, and none may run yet
    gc.disable()
    gc.callbacks.append(note)
    try:
        while_holding_much(hold)()
        qtbot.waitUntil(lambda: bool(looks))
    finally:
        gc.callbacks.remove(note)
        gc.enable()
        owner.deleteLater()
    assert looks[0] is False


def test_one_look_is_short_and_all_is_looked_at_as_seldom_as_before() -> None:
    look_seldom()
    new, middle, whole = gc.get_threshold()

    assert new <= 5_000
    assert new * middle <= 10_000
    assert new * middle * whole >= 8_000_000
