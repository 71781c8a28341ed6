"""Replaces the disk, the backups and the store of a workplace for its check."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from console.features.shift_check.presenter import PlaceFacts
from sync.errors import StoreError
from sync.register.people.operators import Operator
from sync.register.people.shift import KeptCheck, PlaceFinding

AMPLE_BYTES = 50 * 1024**3
KEPT_AT = datetime(2026, 11, 25, 9, tzinfo=UTC)


class FakeWorkplace:
    """All checks pass until a test changes them; stored results are collected."""

    def __init__(self) -> None:
        self.facts = PlaceFacts(AMPLE_BYTES, None, False, None, None)
        self.refusal: StoreError | None = None
        self.unread: Exception | None = None
        self.kept: list[tuple[Operator, tuple[PlaceFinding, ...]]] = []
        self._checks: list[KeptCheck] = []

    def look(self, operator_id: UUID) -> PlaceFacts:
        if self.unread is not None:
            raise self.unread
        checks = (self.facts.last_check, *self._checks)
        own = [one for one in checks if one is not None and one.operator_id == operator_id]
        return replace(self.facts, last_check=max(own, key=lambda one: one.at, default=None))

    def try_disk(self) -> Future[None]:
        future: Future[None] = Future()
        if self.refusal is None:
            future.set_result(None)
        else:
            future.set_exception(self.refusal)
        return future

    def note_check(self, by: Operator, findings: tuple[PlaceFinding, ...]) -> Future[KeptCheck]:
        future: Future[KeptCheck] = Future()
        if self.refusal is not None:
            future.set_exception(self.refusal)
        else:
            self.kept.append((by, findings))
            self._checks.append(KeptCheck(UUID(int=1), KEPT_AT, by.id, by.name, findings))
            future.set_result(self._checks[-1])
        return future
