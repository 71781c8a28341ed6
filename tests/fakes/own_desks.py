"""Desks that people have set up for themselves, in memory."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import UTC, datetime
from uuid import UUID

from sync.errors import StoreUnavailable
from sync.register.own_desk import KeptDesk, OwnDesk


class FakeOwnDesks:
    """Keeps the newest of each person; while ``refusing`` the disk takes nothing."""

    def __init__(self) -> None:
        self.kept: dict[UUID, OwnDesk] = {}
        self.refusing = False

    def keep(self, operator_id: UUID, desk: OwnDesk) -> Future[KeptDesk]:
        future: Future[KeptDesk] = Future()
        if self.refusing:
            future.set_exception(StoreUnavailable("SQLITE_FULL"))
        else:
            self.kept[operator_id] = desk
            future.set_result(KeptDesk(desk, datetime.now(UTC)))
        return future
