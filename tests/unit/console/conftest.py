"""Fixtures of the console's tests: no screen, and the shipped Russian translation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.ui.theme import Theme, ThemeChoice, Tokens
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import AREA_CODE, Clock
from tests.fakes.store_template import StoreTemplate

if TYPE_CHECKING:  # importing the whole window is slow; only some tests need it
    from tests.fakes.day_of_work import DayOfWork
    from tests.fakes.kept_desk import KeptDesk
    from tests.fakes.led_calls import LedCalls
    from tests.fakes.whole_desk import Window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


@pytest.fixture(scope="session")
def russian(qapp: QApplication) -> Iterator[None]:
    """The shipped Russian translation; without it ``words`` returns its English sources."""
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
    """Runs every console test in Russian, as operators see the console."""


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    """Parent of a test's Qt objects, which deletes them in the GUI thread after the store's threads
    have ended.

    The store's writer holds the callbacks of its last future. Without a parent the Qt objects of
    these callbacks would be deleted on the writer's thread.
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


@pytest.fixture
def led_calls(
    owner: QObject, deliveries: Deliveries, milestones: Milestones, clock: Clock
) -> LedCalls:
    """Call control only, without a window."""
    from tests.fakes.led_calls import LedCalls

    return LedCalls(owner, deliveries, milestones, clock)


@pytest.fixture
def work(owner: QObject, milestones: Milestones, clock: Clock) -> DayOfWork:
    """A full day of calls and records, without a window."""
    from tests.fakes.day_of_work import DayOfWork

    return DayOfWork(owner, milestones, clock)


@pytest.fixture
def start(
    store: RegisterStore, owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> Iterator[Callable[..., KeptDesk]]:
    """Starts presenters over one register; those started earlier count as killed."""
    from tests.fakes.kept_desk import KeptDesk

    made: list[KeptDesk] = []

    def begin(before: KeptDesk | None = None) -> KeptDesk:
        folder = tmp_path / f"start-{len(made)}"
        made.append(KeptDesk(store, owner, milestones, clock, folder, before))
        return made[-1]

    yield begin
    for one in made:
        one.entries.close()


@pytest.fixture(scope="session")
def tokens() -> Tokens:
    return Tokens.read(RESOURCES / "styles" / "tokens.json")


@pytest.fixture(scope="module")
def theme(qapp: QApplication, tokens: Tokens) -> Theme:
    """The light theme, installed once per test file because it restyles every widget."""
    made = Theme(tokens, ThemeChoice.LIGHT)
    made.install(qapp)
    return made


@pytest.fixture(scope="module")
def shared_window(
    theme: Theme, russian: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    from tests.fakes.whole_desk import Window

    owner, clock, folder = QObject(), Clock(), tmp_path_factory.mktemp("desk")
    milestones = Milestones(folder / "milestones.jsonl", clock)
    made = Window(theme, owner, milestones, clock, folder)
    made.remember_rest()
    yield made
    made.page.close()
    made.page.deleteLater()
    made.entries.close()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    milestones.close()


@pytest.fixture
def window(shared_window: Window) -> Iterator[Window]:
    """The window of the test file, reset after each test; see ``own_window``."""
    shared_window.take_over()
    yield shared_window
    shared_window.begin_again()


@pytest.fixture
def own_window(
    theme: Theme,
    owner: QObject,
    milestones: Milestones,
    clock: Clock,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Window]:
    """A window for a single test that permanently changes its directory, operator or theme."""
    from tests.fakes.whole_desk import Window

    made = Window(theme, owner, milestones, clock, tmp_path)
    qtbot.addWidget(made.page)
    yield made
    made.page.hide()
    made.entries.close()
