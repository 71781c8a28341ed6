"""A second operator at the computer of the end-to-end tests."""

from __future__ import annotations

from pathlib import Path

from sync.register.people.operators import Operator, Role
from sync.store.local.keys import open_key
from sync.store.local.register import RegisterStore

SECOND_NAME, SECOND_LOGIN, SECOND_PASSWORD = "Сменная Проба Пробовна", "smennaya", "end-to-end-2"


def add_second(register: Path) -> None:
    """Adds a second operator who may sign in here; no console may hold the store."""
    store = RegisterStore.open(register, open_key(register))
    try:
        (first,) = store.operators()
        added = store.add_operator(
            first,
            name=SECOND_NAME,
            login=SECOND_LOGIN,
            password=SECOND_PASSWORD,
            role=Role.OPERATOR,
        ).result()
        assert isinstance(added, Operator)
    finally:
        store.close_store()
