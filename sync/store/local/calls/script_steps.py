"""Completed steps of call scripts, stored with the call record."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from sync.records.row_codec import Row, plain
from sync.records.workplace_tables import script_step
from sync.register.calls.scripts import TickedStep, Way
from sync.register.people.operators import Operator
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore


class ScriptSteps:
    """Completed script steps of calls.

    Reading methods are thread-safe and raise StoreError; futures resolve after COMMIT.
    """

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    def of(self, call_id: UUID) -> tuple[TickedStep, ...]:
        """Returns the completed steps of this call, in order of completion."""
        return _steps_of(self._store, call_id)

    def keep(self, call_id: UUID, ticked: TickedStep, by: Operator) -> Future[None]:
        """Marks a step as completed; replaces an earlier outcome."""
        values = {**asdict(ticked), "way": ticked.way.value, "call_id": call_id, "by_id": by.id}

        def work(connection: Connection) -> None:
            added = insert(script_step).values(values)
            connection.execute(
                added.on_conflict_do_update(
                    index_elements=["call_id", "step"],
                    set_={key: values[key] for key in ("script", "text", "way", "at", "by_id")},
                )
            )

        return self._store.write(work)

    def drop(self, call_id: UUID, step: str) -> Future[None]:
        """Removes the completion of a step."""

        def work(connection: Connection) -> None:
            connection.execute(
                delete(script_step).where(
                    script_step.c.call_id == call_id, script_step.c.step == step
                )
            )

        return self._store.write(work)


def plain_steps(register: RegisterReading, call_id: UUID) -> list[Row]:
    """Returns the completed script steps of a call in JSON form."""
    return [plain({**asdict(each), "way": each.way.value}) for each in _steps_of(register, call_id)]


def _steps_of(register: RegisterReading, call_id: UUID) -> tuple[TickedStep, ...]:
    wanted = (
        select(script_step)
        .where(script_step.c.call_id == call_id)
        .order_by(script_step.c.at, script_step.c.step)
    )
    rows = register.read(lambda connection: connection.execute(wanted).mappings().all())
    return tuple(
        TickedStep(row["script"], row["step"], row["text"], Way(row["way"]), row["at"])
        for row in rows
    )
