"""Preferences of operators: in memory, and read from a register."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.look import look_of
from console.core.own_desk import OwnDeskPresenter
from console.core.settings.workplace import ConsoleSettings
from sync.errors import StoreUnavailable
from sync.register.people.own_desk import KeptDesk, OwnDesk
from sync.store.local.keys import open_key
from sync.store.local.people.operators import OwnDesks
from sync.store.local.register import RegisterStore


class FakeOwnDesks:
    """Stores the latest preferences of each operator; while ``refusing`` writes fail."""

    def __init__(self) -> None:
        self.kept: dict[UUID, OwnDesk] = {}
        self.refusing = False
        self.times = 0

    def keep(self, operator_id: UUID, desk: OwnDesk) -> Future[KeptDesk]:
        future: Future[KeptDesk] = Future()
        if self.refusing:
            future.set_exception(StoreUnavailable("SQLITE_FULL"))
        else:
            self.kept[operator_id] = desk
            self.times += 1
            future.set_result(KeptDesk(desk, datetime.now(UTC)))
        return future


def desk_as_made(owner: QObject) -> OwnDeskPresenter:
    """Returns default preferences without a signed-in operator."""
    settings = ConsoleSettings(Path("/nowhere"))
    look = partial(look_of, settings=settings)
    return OwnDeskPresenter(
        FakeOwnDesks(), Deliveries(owner), look, spoken=settings.language, parent=owner
    )


def kept_desks(register: Path) -> dict[str, OwnDesk]:
    """Returns the preferences by login; no console may hold the store."""
    store = RegisterStore.open(register, open_key(register))
    try:
        desks = OwnDesks(store)
        kept = {one.login: desks.read(one.id) for one in store.operators()}
        return {login: one.desk for login, one in kept.items() if one is not None}
    finally:
        store.close_store()
