"""The page of persons to be phoned: real tasks, and keys for the outcome of a call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.view_data import Notice
from console.features.call_backs.page import CallBacksPage
from console.features.call_backs.presenter import CallBacksPresenter, CallBackState
from console.ui.theme import Theme, ThemeChoice, Tokens
from sync.exchange.mail.smtp import MailFailure
from sync.register.people.operators import Role
from sync.register.people.values import Absence
from sync.store.local.messages.notices import CallOutcome, NoticeState
from tests.fakes.console_fakes import InlineExecutor
from tests.fakes.notices import MODERATOR, RESOURCES, ZONE, NoticeBench
from tests.fakes.store_template import StoreTemplate

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
WAIT_MS = 5_000


class Desk:
    """The page over a real outbox, with a record of its notices."""

    def __init__(self, bench: NoticeBench, owner: QObject, role: Role = Role.OPERATOR) -> None:
        self.bench = bench
        self.told: list[Notice] = []
        operator = type(MODERATOR)(MODERATOR.id, MODERATOR.login, MODERATOR.name, role)
        self.presenter = CallBacksPresenter(
            bench.outbox,
            InlineExecutor(),
            Deliveries(owner),
            operator=lambda: operator,
            zone=ZONE,
            clock=bench.clock,
            parent=owner,
        )
        self.presenter.told.connect(self.told.append)

    @property
    def state(self) -> CallBackState:
        return self.presenter.state

    def read(self) -> None:
        self.presenter.reload()
        QCoreApplication.processEvents()


@pytest.fixture
def bench(tmp_path: Path, store_template: StoreTemplate) -> Iterator[NoticeBench]:
    made = NoticeBench(tmp_path / "notices.db", store_template)
    yield made
    assert made.store.close_store()


@pytest.fixture
def desk(bench: NoticeBench, owner: QObject) -> Desk:
    for _ in range(2):
        bench.registered(email=Absence.NOT_GIVEN)
    bench.clock.put_on(seconds=20)
    made = Desk(bench, owner)
    made.read()
    return made


def test_a_task_shows_whom_to_call_and_what_to_say(desk: Desk) -> None:
    state = desk.state
    assert (state.waiting, state.chosen, state.can_note) == (2, 0, True)
    assert state.subtitle == "2 адресата ждут звонка"
    assert state.recipient == "Пробная Анна Петровна"
    assert state.phone == "+7 (900) 555-01-01"
    assert state.about.endswith("· Зарегистрировано")
    assert state.spoken.startswith("Здравствуйте, Анна Петровна!")
    assert (state.why, state.attempts) == ("", ())

    desk.presenter.set_mail_lost(MailFailure.UNREACHABLE)
    assert desk.state.subtitle == "2 адресата ждут звонка · письма не уходят"


def test_keys_say_what_came_of_the_call(desk: Desk, owner: QObject, qtbot: QtBot) -> None:
    theme = Theme(
        Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT, parent=owner
    )
    page = CallBacksPage(theme, desk.presenter)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    page.open_page()
    QTest.qWaitForWindowActive(page)
    first, second = (task.id for task in desk.bench.outbox.due_calls(desk.bench.clock.at))

    def press(key: Qt.Key) -> None:
        with qtbot.waitSignal(desk.presenter.noted, timeout=WAIT_MS):
            QTest.keyClick(page.focusWidget() or page, key)
        QCoreApplication.processEvents()

    press(Qt.Key.Key_2)
    after_no_answer = desk.state
    assert after_no_answer.recipient
    assert after_no_answer.waiting == 2
    assert desk.told[-1].head == "Записано: не отвечает"
    press(Qt.Key.Key_1)  # the next row was selected automatically
    (left,) = desk.bench.outbox.due_calls(desk.bench.clock.at)
    assert left.id == first != second
    assert desk.state.rows[0].version == "после 13:05"
    assert desk.state.attempts == ("1 из 3 · 25.11.2026 12:05 · не отвечает · Вторая П. П.",)
    press(Qt.Key.Key_4)
    assert desk.bench.outbox.due_calls(desk.bench.clock.at) == ()
    assert desk.told[-1].problem
    assert desk.told[-1].body == "Неверный номер"
    state = desk.state
    assert (state.waiting, state.can_note) == (0, False)
    assert (state.why, state.rows[0].version) == ("Неверный номер", "не уведомлён")
    assert "1 не уведомлён" in state.subtitle
    closed: list[None] = []
    page.closed.connect(lambda: closed.append(None))
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Escape)
    assert closed == [None]


def test_who_takes_no_calls_notes_none(bench: NoticeBench, owner: QObject) -> None:
    bench.registered(email=Absence.NOT_GIVEN)
    bench.clock.put_on(seconds=20)
    desk = Desk(bench, owner, Role.OBSERVER)
    desk.read()
    desk.presenter.note(CallOutcome.TOLD)
    assert not desk.state.can_note
    assert [task.state for task in bench.outbox.due_calls(bench.clock.at)] == [NoticeState.WAITING]


def test_a_register_that_is_away_is_told_and_the_list_stays(
    tmp_path: Path, store_template: StoreTemplate, owner: QObject
) -> None:
    bench = NoticeBench(tmp_path / "notices.db", store_template)
    bench.registered(email=Absence.NOT_GIVEN)
    bench.clock.put_on(seconds=20)
    desk = Desk(bench, owner)
    desk.read()
    assert bench.store.close_store()
    desk.presenter.note(CallOutcome.TOLD)
    QCoreApplication.processEvents()
    assert desk.told[-1].problem
    assert desk.state.can_note
    (tmp_path / "notices.db").rename(tmp_path / "gone.db")
    desk.read()
    assert "не удаётся прочитать" in desk.state.subtitle
    assert desk.state.waiting == 1


def test_nobody_to_call(bench: NoticeBench, owner: QObject) -> None:
    desk = Desk(bench, owner)
    desk.presenter.start()
    QCoreApplication.processEvents()
    desk.presenter.choose(3)
    desk.presenter.note(CallOutcome.TOLD)
    assert desk.state == CallBackState(subtitle="Звонить некому")
