"""Messages that users send on the platform, taken into the local store for review (7.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from uuid_utils.compat import uuid7

from sync.register.handling.events import Source
from sync.register.handling.handled import StepDone
from sync.register.messages import MessageRecord
from sync.register.submitted import SubmittedMessage, draft_of
from sync.store.platform_queue import PostState
from sync.store.record_tables import message
from sync.store.register import RegisterStore
from sync.store.workplace_tables.platform import platform_intake, platform_post

SHOWN_LATE = timedelta(days=7)
"""A platform may show a message so long after it was sent, as one that is looked through first."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was taken in, and the platform's identifiers of what has no text and stays there.

    A request of photos alone cannot be judged here, for photos do not come along; each is told
    once.
    """

    records: tuple[MessageRecord, ...]
    left: tuple[str, ...]


class PlatformIntake(Protocol):
    """What the job that takes messages in needs of a store; used by one thread."""

    def is_due(self, at: datetime, every_s: float) -> bool:
        """Whether it is time to ask the platform again."""

    def since(self, at: datetime) -> datetime:
        """From which moment on the platform is asked; the first time that is ``at``.

        What was sent before the city began to work with this program is not ours to judge; what
        it told more than a week before it last did is not asked for again.
        """

    def take_in(self, sent: Sequence[SubmittedMessage], at: datetime) -> TakenIn:
        """Those that were not here, handed to review; returns after COMMIT."""


class LocalPlatformIntake:
    """The intake of the embedded default, where one console alone asks the platform."""

    def __init__(
        self,
        store: RegisterStore,
        *,
        home_area_code: str = "",
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._store = store
        self._home_area_code = home_area_code
        self._new_id = new_id
        self._asked_at: datetime | None = None

    def is_due(self, at: datetime, every_s: float) -> bool:
        return self._asked_at is None or abs(at - self._asked_at) >= timedelta(seconds=every_s)

    def since(self, at: datetime) -> datetime:
        def work(connection: Connection) -> datetime:
            begin = sqlite_insert(platform_intake).values(only=1, since=at)
            connection.execute(begin.on_conflict_do_nothing())
            begun = _begun_at(connection)
            told_at = connection.scalars(select(platform_intake.c.told_at)).one()
            return begun if told_at is None else max(begun, told_at - SHOWN_LATE)

        self._asked_at = at
        return self._store.write(work).result()

    def take_in(self, sent: Sequence[SubmittedMessage], at: datetime) -> TakenIn:
        def work(connection: Connection) -> TakenIn:
            known = set(
                connection.scalars(
                    select(message.c.platform_id).where(
                        message.c.platform_id.in_([one.platform_id for one in sent])
                    )
                )
            )
            begun = _begun_at(connection)
            new = [
                one for one in sent if one.platform_id not in known and one.submitted_at >= begun
            ]
            taken = [self._take_in_one(connection, one, at) for one in new]
            records = tuple(record for record in taken if record is not None)
            here = {record.platform_id for record in records}
            left = (one.platform_id for one in new if one.platform_id not in here)
            connection.execute(update(platform_intake).values(told_at=at))
            return TakenIn(records, tuple(left))

        return self._store.write(work, feeds_outbox=True).result()

    def _take_in_one(
        self, connection: Connection, sent: SubmittedMessage, at: datetime
    ) -> MessageRecord | None:
        draft = draft_of(sent, self._new_id(), at, self._home_area_code)
        # The term of 7.11 counts from when it was sent; no platform's clock makes that tomorrow.
        sent_at = min(sent.submitted_at, at)
        outcome = self._store.messages.hand_in(connection, draft, Source.PLATFORM, at=sent_at)
        if not isinstance(outcome, StepDone):
            # No text (6.1): it stays a draft that no list shows, so that it is told only once.
            return None
        connection.execute(
            insert(platform_post).values(
                message_id=draft.id,
                state=PostState.POSTED.value,
                platform_id=sent.platform_id,
                posted_at=sent_at,
                next_try_at=at,
            )
        )
        return outcome.handled.record


def _begun_at(connection: Connection) -> datetime:
    begun_at: datetime = connection.scalars(select(platform_intake.c.since)).one()
    return begun_at
