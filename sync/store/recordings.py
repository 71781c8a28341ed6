"""Which files hold the sound of a call: all its parts, also the talk with whom was asked about it.

The sound itself lies where the administrator keeps it, under names that tell nobody's number.
"""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sync.register.calls import CallRecord
from sync.register.hand_made import telephone_call_of
from sync.store.reading import RegisterReading
from sync.store.register import RegisterStore
from sync.store.workplace_tables.calls import call_recording


class CallRecordings:
    """Writes from any thread; the future resolves after COMMIT."""

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    def note(self, sip_call_id: str, file: str, at: datetime) -> Future[None]:
        """This file belongs to the call; told again it is the same file."""
        values = {"file": file, "sip_call_id": sip_call_id, "at": at}

        def work(connection: Connection) -> None:
            connection.execute(insert(call_recording).values(values).on_conflict_do_nothing())

        return self._store.write(work)


def recordings_of(register: RegisterReading, card: CallRecord) -> tuple[str, ...]:
    """The names of the files with the sound of this record's call, in the order of their time."""
    query = (
        select(call_recording.c.file)
        .where(call_recording.c.sip_call_id == telephone_call_of(card))
        .order_by(call_recording.c.at, call_recording.c.file)
    )
    return tuple(register.read(lambda connection: connection.scalars(query).all()))
