"""What was promised at other workplaces, and what became of promised calls there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from sync.register.planned_calls import PlannedOvertaken, counted
from sync.store.central_tables import calling_back
from sync.store.feed_marks import RegisterReceiver
from sync.store.feed_values import Feed, FeedItem
from sync.store.planned_rows import (
    empty_calls,
    own_steps,
    stand_anew,
    steps_in,
)
from sync.store.record_tables import planned_step
from sync.store.register import RegisterStore
from sync.store.rows import plain_value
from sync.store.workplace_tables.calls import planned_call


class PlannedFeed(RegisterReceiver):
    """Takes promises and steps of all workplaces; those of here are known already.

    What was noted here and does not count is told to ``on_overtaken``, on the feed's thread after
    COMMIT. A promise whose person the centre has erased loses telephone and words here, too.
    """

    def __init__(
        self,
        store: RegisterStore,
        on_overtaken: Callable[[PlannedOvertaken], None] = lambda _told: None,
    ) -> None:
        super().__init__(store, Feed.PLANNED)
        self._on_overtaken = on_overtaken
        self._overtaken: list[PlannedOvertaken] = []

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        self._overtaken.clear()
        steps: dict[UUID, list[dict[str, Any]]] = {}
        touched: dict[UUID, None] = {}  # in their order
        for item in items:
            document = item.document or {}
            if item.entity == "planned_step":
                step = _step_row(document)
                steps.setdefault(step["call_id"], []).append(step)
                touched[step["call_id"]] = None
            elif document["phone"]:
                touched[UUID(document["id"])] = None
                fresh = insert(planned_call).values(_call_row(document))
                connection.execute(fresh.on_conflict_do_nothing(index_elements=["id"]))
            else:
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
                empty_calls(connection, [UUID(document["id"])])
        for call_id in touched:
            self._take_steps(connection, call_id, steps.get(call_id, []))

    def _take_steps(
        self, connection: Connection, call_id: UUID, rows: Sequence[dict[str, Any]]
    ) -> None:
        before = counted(steps_in(connection, call_id))
        for row in rows:
            fresh = insert(planned_step).values(row)
            connection.execute(fresh.on_conflict_do_nothing(index_elements=["id"]))
        call = stand_anew(connection, call_id)
        held = {step.id for step in counted(steps_in(connection, call_id))}
        lost = [step for step in before if step.id not in held]
        own = own_steps(connection, [step.id for step in lost])
        if call is not None and call.phone:
            self._overtaken += [PlannedOvertaken(call, one) for one in lost if one.id in own]

    def written(self) -> None:
        for told in self._overtaken:
            self._on_overtaken(told)


def _call_row(document: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a promise to which nothing has happened yet."""
    told = {
        column.name: plain_value(column, document[column.name])
        for column in calling_back.planned_call.columns
        if column.name in planned_call.c
    }
    return {**told, "promised_at": told["at"], "tried_before": told["tries"]}


def _step_row(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        column.name: plain_value(calling_back.planned_step.c[column.name], document[column.name])
        for column in planned_step.columns
    }
