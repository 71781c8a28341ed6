"""Delivery of results of background work to the GUI thread."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from sync.errors import StoreError, StoreUnavailable


class Found:
    """A result that supports weak references."""


@pytest.fixture
def _no_look_for_cycles() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_look_for_cycles")
def test_what_was_delivered_is_gone_without_a_look_for_cycles(owner: QObject, qtbot: QtBot) -> None:
    """Each call yields hundreds of search results; waiting for the collector would retain all of
    them.
    """
    deliveries = Deliveries(owner)
    came: list[weakref.ref[Found]] = []
    work: Future[Found] = Future()
    deliveries.deliver_sure(work, lambda found: came.append(weakref.ref(found)))
    work.set_result(Found())
    del work
    qtbot.waitUntil(lambda: bool(came))

    assert came[0]() is None


def test_an_expected_error_is_handed_over(owner: QObject, qtbot: QtBot) -> None:
    deliveries = Deliveries(owner)
    failed: list[Exception] = []
    refused: Future[None] = Future()
    refused.set_exception(StoreUnavailable("SQLITE_FULL"))
    deliveries.deliver(refused, lambda _none: None, failed.append, expected=(StoreError,))
    qtbot.waitUntil(lambda: bool(failed))

    assert isinstance(failed[0], StoreUnavailable)


def test_an_error_that_nobody_expects_is_raised_on_the_thread_of_the_window(
    owner: QObject, qtbot: QtBot
) -> None:
    deliveries = Deliveries(owner)
    broken: Future[None] = Future()
    broken.set_exception(ZeroDivisionError())
    caught: list[Exception] = []
    with qtbot.captureExceptions() as raised:
        deliveries.deliver(broken, lambda _none: None, caught.append, expected=(StoreError,))
        qtbot.waitUntil(lambda: bool(raised))

    assert raised[0][0] is ZeroDivisionError
    assert caught == []
