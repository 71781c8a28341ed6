"""The console's tests run without a screen, in Russian, with the translation that is shipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from console.bridge import Deliveries
from console.milestones import Milestones
from sync.store.register import RegisterStore
from tests.fakes.console_fakes import AREA_CODE, Clock
from tests.fakes.store_template import StoreTemplate

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


@pytest.fixture(scope="session")
def russian(qapp: QApplication) -> Iterator[None]:
    """The shipped Russian, without which ``words`` would give its English sources."""
    before = QLocale()
    QLocale.setDefault(QLocale("ru_RU"))
    translator = QTranslator()
    assert translator.load("console_ru", str(RESOURCES / "translations"))
    assert QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture(autouse=True)
def _in_russian(russian: None) -> None:
    """Every test of the console reads what an operator reads."""


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    """The parent of a test's Qt objects: they go in the GUI thread, after the store's threads.

    The store's writer holds the callbacks of its last future; without a parent the Qt objects
    behind them would be deleted on its thread.
    """
    parent = QObject()
    yield parent
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def deliveries(owner: QObject) -> Deliveries:
    return Deliveries(owner)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def milestones(tmp_path: Path, clock: Clock) -> Iterator[Milestones]:
    notes = Milestones(tmp_path / "log" / "milestones.jsonl", clock)
    yield notes
    notes.close()


@pytest.fixture
def store(tmp_path: Path, owner: QObject, store_template: StoreTemplate) -> Iterator[RegisterStore]:
    """A real encrypted register in a temporary folder."""
    opened = store_template.open_copy(tmp_path / "register.db", home_area_code=AREA_CODE)
    yield opened
    assert opened.close_store()
