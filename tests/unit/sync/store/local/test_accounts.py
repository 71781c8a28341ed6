"""Sign-in: argon2, an increasing delay, and no hint which part was wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY
from sqlalchemy import select

from sync.records.workplace_tables import operator
from sync.register.people.operators import Action, Operator, Refusal, Role
from sync.store.local.accounts import (
    AlreadyFounded,
    LoginTaken,
    SignInCode,
    SignInRefusal,
    delay_s,
)
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore

WAIT_S = 10
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PASSWORD = "правильный пароль"


@pytest.fixture
def first(store: RegisterStore) -> Operator:
    return store.create_first_operator(
        name="Первая Проба", login="First", password=PASSWORD, role=Role.SUPERVISOR
    ).result(WAIT_S)


def attempt(
    store: RegisterStore, password: str, at: datetime, login: str = "first"
) -> Operator | SignInRefusal:
    return store.sign_in(login, password, at).result(WAIT_S)


def test_the_first_operator_signs_in(store: RegisterStore) -> None:
    assert not store.has_operators()
    made = store.create_first_operator(
        name="Первая Проба", login="First", password=PASSWORD, role=Role.SUPERVISOR
    ).result(WAIT_S)
    assert store.has_operators()
    assert store.operators() == (made,)
    assert isinstance(made.id, UUID)
    assert attempt(store, PASSWORD, NOW, login="fIRST") == made


def test_there_is_only_one_first_operator(store: RegisterStore, first: Operator) -> None:
    with pytest.raises(AlreadyFounded):
        store.create_first_operator(
            name="Второй Проб", login="second", password=PASSWORD, role=Role.OPERATOR
        ).result(WAIT_S)
    assert store.operators() == (first,)


def test_the_password_is_kept_only_as_an_argon2_hash(path: Path, key: StoreKey) -> None:
    store = RegisterStore.open(path, key)  # with the full hash cost, as in the console
    store.create_first_operator(
        name="Первая Проба", login="First", password=PASSWORD, role=Role.SUPERVISOR
    ).result(WAIT_S)
    row = store.read(lambda connection: connection.execute(select(operator)).one())
    assert store.close_store()
    assert row.password_hash.startswith("$argon2id$")
    assert extract_parameters(row.password_hash) == RFC_9106_LOW_MEMORY
    assert PASSWORD not in str(tuple(row))


def test_wrong_password_and_unknown_login_are_told_alike(
    store: RegisterStore, first: Operator
) -> None:
    wrong = attempt(store, "не тот", NOW)
    unknown = attempt(store, PASSWORD, NOW, login="nobody")
    assert wrong == unknown == SignInRefusal(SignInCode.WRONG, None)


def test_wrong_passwords_make_the_next_attempt_wait(store: RegisterStore, first: Operator) -> None:
    for _ in range(2):
        assert attempt(store, "не тот", NOW) == SignInRefusal(SignInCode.WRONG, None)
    retry_at = NOW + timedelta(seconds=2)
    assert attempt(store, "не тот", NOW) == SignInRefusal(SignInCode.WRONG, retry_at)
    # too early: even the correct password is not checked
    before = retry_at - timedelta(milliseconds=1)
    assert attempt(store, PASSWORD, before) == SignInRefusal(SignInCode.TOO_SOON, retry_at)
    later = retry_at + timedelta(seconds=4)
    assert attempt(store, "не тот", retry_at) == SignInRefusal(SignInCode.WRONG, later)
    assert attempt(store, PASSWORD, later) == first
    # and the count starts again
    assert attempt(store, "не тот", later) == SignInRefusal(SignInCode.WRONG, None)


def test_a_clock_set_back_locks_nobody_out(store: RegisterStore, first: Operator) -> None:
    for _ in range(3):
        attempt(store, "не тот", NOW)
    assert attempt(store, PASSWORD, NOW - timedelta(days=1)) == first


def test_the_delay_grows_to_five_minutes_and_no_further() -> None:
    delays = [delay_s(failures) for failures in range(200)]
    assert delays[:6] == [0, 0, 0, 2, 4, 8]
    assert delays == sorted(delays)
    assert delays[-1] == 300


def test_a_hash_of_a_cheaper_time_is_renewed_at_sign_in(
    store: RegisterStore, first: Operator
) -> None:
    dearer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    store._accounts._hasher = dearer
    assert attempt(store, PASSWORD, NOW) == first
    row = store.read(lambda connection: connection.execute(select(operator)).one())
    assert not dearer.check_needs_rehash(row.password_hash)
    assert attempt(store, PASSWORD, NOW) == first


def test_a_changed_password_replaces_the_old_one(store: RegisterStore, first: Operator) -> None:
    refused = store.change_password("first", "не тот", "новый пароль", NOW).result(WAIT_S)
    assert isinstance(refused, SignInRefusal)
    assert store.change_password("first", PASSWORD, "новый пароль", NOW).result(WAIT_S) == first
    assert isinstance(attempt(store, PASSWORD, NOW), SignInRefusal)
    assert attempt(store, "новый пароль", NOW) == first


def test_a_supervisor_adds_an_operator_who_signs_in(store: RegisterStore, first: Operator) -> None:
    made = store.add_operator(
        first, name="Вторая Проба", login="second", password=PASSWORD, role=Role.OPERATOR
    ).result(WAIT_S)
    assert isinstance(made, Operator)
    assert set(store.operators()) == {first, made}
    assert attempt(store, PASSWORD, NOW, login="second") == made


def test_an_operator_adds_nobody(store: RegisterStore, first: Operator) -> None:
    second = store.add_operator(
        first, name="Вторая Проба", login="second", password=PASSWORD, role=Role.OPERATOR
    ).result(WAIT_S)
    assert isinstance(second, Operator)
    third = store.add_operator(
        second, name="Третья Проба", login="third", password=PASSWORD, role=Role.SUPERVISOR
    ).result(WAIT_S)
    assert third == Refusal(Role.OPERATOR, Action.MANAGE_OPERATORS)
    assert len(store.operators()) == 2


def test_a_login_is_given_once(store: RegisterStore, first: Operator) -> None:
    again = store.add_operator(
        first, name="Вторая Проба", login="FIRST", password=PASSWORD, role=Role.OPERATOR
    )
    with pytest.raises(LoginTaken):
        again.result(WAIT_S)
