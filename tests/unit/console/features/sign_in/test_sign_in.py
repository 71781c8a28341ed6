"""Sign-in, the first account of a store, and the lock; over the real accounts."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.features.sign_in.presenter import SignInMode, SignInPresenter
from sync.errors import StoreUnavailable
from sync.register.people.operators import Operator, Role
from sync.store.local.accounts import SignInCode, SignInRefusal
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import Clock, InlineExecutor, Told

LIMIT_MS = 5000
PASSWORD = "белая-ключевая-1"
NEW_PASSWORD = "новая-ключевая-2"


class Door:
    def __init__(self, store: RegisterStore, owner: QObject, clock: Clock, bot: QtBot) -> None:
        self.store, self.bot = store, bot
        self.presenter = SignInPresenter(
            store, InlineExecutor(), Deliveries(owner), clock=clock, parent=owner
        )
        self.signed_in = Told(self.presenter.signed_in)
        self.founded = Told(self.presenter.founded)
        self.locked = Told(self.presenter.locked)
        self.signed_out = Told(self.presenter.signed_out)
        self.presenter.start()
        QCoreApplication.processEvents()

    def until(self, mode: SignInMode) -> None:
        self.bot.waitUntil(lambda: self.presenter.state.mode is mode, timeout=LIMIT_MS)

    def submit(
        self,
        *,
        name: str = "",
        login: str = "",
        password: str = "",
        again: str = "",
        new_password: str = "",
    ) -> None:
        self.presenter.submit(
            name=name, login=login, password=password, again=again, new_password=new_password
        )
        self.bot.waitUntil(lambda: not self.presenter.state.busy, timeout=LIMIT_MS)

    def found(self) -> Operator:
        self.until(SignInMode.FIRST_OPERATOR)
        self.submit(
            name="Пробова Анна Петровна", login="probova", password=PASSWORD, again=PASSWORD
        )
        self.bot.waitUntil(lambda: len(self.signed_in.values) == 1, timeout=LIMIT_MS)
        operator = self.signed_in.values[0]
        assert isinstance(operator, Operator)
        return operator

    def problem(self) -> str:
        return self.presenter.state.problem


@pytest.fixture
def door(store: RegisterStore, owner: QObject, clock: Clock, qtbot: QtBot) -> Door:
    return Door(store, owner, clock, qtbot)


def test_a_new_store_asks_for_its_first_operator(door: Door) -> None:
    operator = door.found()

    assert (operator.name, operator.role) == ("Пробова Анна Петровна", Role.SUPERVISOR)
    assert len(door.founded.values) == 1
    assert door.presenter.state.clear_passwords
    assert [known.login for known in door.store.operators()] == ["probova"]


def test_who_hides_the_desk_and_who_leaves_it_is_told_once(door: Door) -> None:
    first = door.found()
    door.store.add_operator(
        first, name="Вторая Проба", login="vtoraya", password=NEW_PASSWORD, role=Role.OPERATOR
    ).result(10)
    door.presenter.leave()
    assert door.signed_out.values == [first]
    door.presenter.leave()  # the window closes while no operator is signed in
    assert door.signed_out.values == [first]

    door.presenter.change_operator()
    door.submit(login="probova", password=PASSWORD)
    door.presenter.lock()
    door.presenter.begin_password_change("")
    door.presenter.cancel_password_change()
    door.submit(password=PASSWORD)
    door.presenter.lock(is_idle=True)
    assert door.locked.values == [(first, False), (first, True)]

    door.presenter.change_operator()
    assert door.signed_out.values == [first, first]
    door.submit(login="vtoraya", password=NEW_PASSWORD)
    assert door.signed_out.values == [first, first]
    assert door.signed_in.values[-1].login == "vtoraya"


@pytest.mark.parametrize(
    ("entered", "wrong"),
    [
        ({"name": "Пробова"}, "фамилию"),
        ({"login": " "}, "логин"),
        ({"password": "кор", "again": "кор"}, "8"),
        ({"again": "другой пароль"}, "не совпад"),
    ],
)
def test_what_cannot_found_a_store_is_said(door: Door, entered: dict[str, str], wrong: str) -> None:
    door.until(SignInMode.FIRST_OPERATOR)
    whole = {"name": "Пробова Анна", "login": "probova", "password": PASSWORD, "again": PASSWORD}

    door.submit(**{**whole, **entered})

    assert wrong in door.problem().casefold()
    assert door.store.operators() == ()
    assert not door.presenter.state.clear_passwords


def test_a_wrong_password_is_refused_and_cleared(
    door: Door, store: RegisterStore, owner: QObject, clock: Clock, qtbot: QtBot
) -> None:
    door.found()
    next_start = Door(store, owner, clock, qtbot)
    next_start.until(SignInMode.SIGN_IN)

    next_start.submit(login="probova", password="не тот пароль")

    assert next_start.signed_in.values == []
    assert next_start.problem() != ""
    assert next_start.presenter.state.clear_passwords
    next_start.submit(login="probova", password=PASSWORD)
    assert [operator.login for operator in next_start.signed_in.values] == ["probova"]
    assert next_start.problem() == ""


def test_many_wrong_passwords_make_one_wait(
    door: Door, store: RegisterStore, owner: QObject, clock: Clock, qtbot: QtBot
) -> None:
    door.found()
    for _ in range(3):
        door.presenter.lock()
        door.submit(password="не тот пароль")

    door.submit(password=PASSWORD)

    assert "секунд" in door.problem()
    assert len(door.signed_in.values) == 1
    clock.advance(10)
    door.submit(password=PASSWORD)
    assert len(door.signed_in.values) == 2


def test_empty_fields_are_asked_for(
    door: Door, store: RegisterStore, owner: QObject, clock: Clock, qtbot: QtBot
) -> None:
    door.found()
    next_start = Door(store, owner, clock, qtbot)
    next_start.until(SignInMode.SIGN_IN)

    next_start.submit()
    assert next_start.problem() == "Введите логин"
    next_start.submit(login="probova")
    assert next_start.problem() == "Введите пароль"


def test_the_lock_asks_only_for_the_password(door: Door) -> None:
    door.presenter.lock()  # no operator is signed in: the lock does nothing
    assert door.presenter.state.mode.value == "first-operator"
    door.found()

    door.presenter.lock()

    assert door.presenter.state.mode is SignInMode.LOCKED
    assert door.presenter.state.lead.startswith("Пробова А. П. · с ")
    door.submit(password=PASSWORD)
    assert len(door.signed_in.values) == 2


def test_another_operator_may_take_the_desk_over(door: Door) -> None:
    door.found()
    door.presenter.lock()

    door.presenter.change_operator()

    assert door.presenter.state.mode is SignInMode.SIGN_IN
    door.submit(login="PROBOVA", password=PASSWORD)
    assert len(door.signed_in.values) == 2


def test_a_call_is_told_at_the_locked_door(door: Door) -> None:
    door.found()
    door.presenter.lock()
    shown = Told(door.presenter.changed)

    door.presenter.show_notice("Звонок")
    door.presenter.show_notice("Звонок")

    assert [state.notice for state in shown.values] == ["Звонок"]
    assert door.presenter.state.mode is SignInMode.LOCKED


def test_a_password_is_changed_from_the_lock(door: Door) -> None:
    door.found()
    door.presenter.lock()
    door.presenter.begin_password_change("")
    assert (door.presenter.state.mode.value, door.presenter.state.login) == (
        "change-password",
        "probova",
    )

    door.submit(login="probova", password=PASSWORD, new_password="короче", again="короче")
    assert "8" in door.problem()
    door.submit(login="probova", password=PASSWORD, new_password=NEW_PASSWORD, again=PASSWORD)
    assert "не совпад" in door.problem().casefold()
    door.submit(login="probova", new_password=NEW_PASSWORD, again=NEW_PASSWORD)
    assert door.problem() == "Введите пароль"
    door.submit(login="probova", password="не тот", new_password=NEW_PASSWORD, again=NEW_PASSWORD)
    assert door.problem() == "Неверный логин или пароль"
    assert len(door.signed_in.values) == 1

    door.presenter.cancel_password_change()
    assert door.presenter.state.mode is SignInMode.LOCKED
    door.presenter.begin_password_change("")
    door.submit(login="probova", password=PASSWORD, new_password=NEW_PASSWORD, again=NEW_PASSWORD)
    assert len(door.signed_in.values) == 2
    door.presenter.lock()
    door.submit(password=PASSWORD)
    assert len(door.signed_in.values) == 2
    door.submit(password=NEW_PASSWORD)
    assert len(door.signed_in.values) == 3


class Centre:
    """Rejects every request with the same code."""

    def __init__(self, code: SignInCode) -> None:
        self.code = code

    def has_operators(self) -> bool:
        return True

    def create_first_operator(
        self, *, name: str, login: str, password: str, role: Role
    ) -> Future[Operator]:
        raise NotImplementedError

    def sign_in(self, login: str, password: str, at: datetime) -> Future[Operator | SignInRefusal]:
        refused: Future[Operator | SignInRefusal] = Future()
        refused.set_result(SignInRefusal(self.code, None))
        return refused

    def change_password(
        self, login: str, password: str, new_password: str, at: datetime
    ) -> Future[Operator | SignInRefusal]:
        return self.sign_in(login, password, at)


def test_what_the_centre_says_comes_with_what_to_do(
    owner: QObject, clock: Clock, qtbot: QtBot
) -> None:
    centre = Centre(SignInCode.EXPIRED)
    presenter = SignInPresenter(
        centre, InlineExecutor(), Deliveries(owner), clock=clock, parent=owner
    )
    presenter.begin_password_change("probova")
    presenter.cancel_password_change()
    told: list[tuple[str, str]] = []
    for code in (SignInCode.EXPIRED, SignInCode.DISABLED, SignInCode.CENTRE_AWAY, SignInCode.WRONG):
        centre.code = code
        presenter.submit(name="", login="probova", password=PASSWORD, again="")
        qtbot.waitUntil(lambda: not presenter.state.busy, timeout=LIMIT_MS)
        told.append((presenter.state.problem, presenter.state.advice))

    assert told == [
        (
            "Пароль слишком давно не подтверждён",
            "Войдите один раз, когда центральная база ответит, или позовите администратора.",
        ),
        ("Доступ закрыт", "Его закрыл администратор: обратитесь к нему."),
        (
            "Центральная база не отвечает",
            "Пароль хранится в ней: смените его позже, пока действует нынешний.",
        ),
        (
            "Неверный логин или пароль",
            "Введите пароль ещё раз: важны раскладка и Caps Lock.",
        ),
    ]


class FullDisk(Centre):
    """Cannot store the sign-in."""

    def sign_in(self, login: str, password: str, at: datetime) -> Future[Operator | SignInRefusal]:
        refused: Future[Operator | SignInRefusal] = Future()
        refused.set_exception(StoreUnavailable("SQLITE_FULL"))
        return refused


def test_a_full_disk_is_told_to_one_who_signs_in(
    owner: QObject, clock: Clock, qtbot: QtBot
) -> None:
    presenter = SignInPresenter(
        FullDisk(SignInCode.WRONG), InlineExecutor(), Deliveries(owner), clock=clock, parent=owner
    )
    presenter.begin_password_change("probova")
    presenter.cancel_password_change()

    presenter.submit(name="", login="probova", password=PASSWORD, again="")
    qtbot.waitUntil(lambda: not presenter.state.busy, timeout=LIMIT_MS)

    assert presenter.state.problem.startswith("Диск заполнен")


class UnreadAtFirst:
    """A register that cannot be read until `back` is set."""

    def __init__(self, store: RegisterStore) -> None:
        self.is_back = False
        self.create_first_operator = store.create_first_operator
        self.sign_in = store.sign_in
        self.change_password = store.change_password
        self._store = store

    def has_operators(self) -> bool:
        if not self.is_back:
            raise StoreUnavailable("SQLITE_BUSY")
        return self._store.has_operators()


def test_a_register_that_cannot_be_read_at_the_start_is_told_and_asked_again(
    store: RegisterStore, owner: QObject, clock: Clock, qtbot: QtBot
) -> None:
    register = UnreadAtFirst(store)
    presenter = SignInPresenter(
        register, InlineExecutor(), Deliveries(owner), clock=clock, again_ms=10, parent=owner
    )
    presenter.start()
    qtbot.waitUntil(lambda: presenter.state.problem != "", timeout=LIMIT_MS)
    assert presenter.state.problem.startswith("Реестр занят другой программой")

    register.is_back = True

    qtbot.waitUntil(lambda: presenter.state.mode is SignInMode.FIRST_OPERATOR, timeout=LIMIT_MS)
    assert presenter.state.problem == ""
