"""Queue of messages for the city platform: its interface, and the local implementation.

The local queue serves a single workplace; ``sync.store.central.platform_queue`` serves all
workplaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, and_, case, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from sync.records.replicated_tables import message
from sync.records.row_codec import message_of, message_row, plain
from sync.records.table_rules import Entity
from sync.records.workplace_message_tables import platform_post
from sync.register.handling.standing import HELD_BACK, TOO_FAR_AHEAD
from sync.register.messages import MessageRecord, State
from sync.store.local import outbox
from sync.store.local.register import RegisterStore
from sync.store.local.step_writer import is_own


class PostState(StrEnum):
    """State of a message's submission to the platform."""

    WAITING = "waiting"
    """The message cannot be on the platform yet."""
    POSTING = "posting"
    """A POST was started and its result is unknown.

    The message must be searched for on the platform before it is sent again.
    """
    TOKEN = "token"  # noqa: S105
    """The platform has the message and will return its identifier later."""
    POSTED = "posted"
    CLOSED = "closed"
    """The message is on the platform, and its final status was received."""
    REJECTED = "rejected"
    """Rejected by the platform; an operator must decide."""


LONGEST_WAIT = timedelta(days=2)
"""Maximum delay of an attempt. A later time was set by a clock that ran ahead."""

TO_POST = (PostState.WAITING.value, PostState.POSTING.value, PostState.TOKEN.value)


@dataclass(frozen=True, slots=True)
class Claim:
    """Message claimed for submission or polling; ``tries`` counts started POSTs.

    ``first_begun_at`` is the time of the first POST.
    """

    message: MessageRecord
    state: PostState
    tries: int
    first_begun_at: datetime | None
    token: str | None
    platform_id: str | None


@dataclass(frozen=True, slots=True)
class RejectedPost:
    """Message rejected by the platform; ``code`` is an HTTP status or an internal code."""

    message_id: UUID
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """Status of the queue.

    ``waiting`` is the number of messages not confirmed by the platform, ``oldest_at`` the time of
    the oldest of them, ``rejected`` the number of rejected messages.
    """

    waiting: int
    oldest_at: datetime | None
    rejected: int


class PlatformQueue(Protocol):
    """Store interface of the platform jobs. Use on one thread only.

    Methods that record a result return after COMMIT. Raises the exceptions of the store.
    """

    def to_post(self, at: datetime, limit: int) -> tuple[Claim, ...]:
        """Returns the registered messages due for submission, oldest first."""

    def to_poll(self, at: datetime, limit: int) -> tuple[Claim, ...]:
        """Returns the submitted messages due for polling, longest overdue first."""

    def begin(self, claim: Claim, at: datetime, look_at: datetime) -> bool:
        """Records the start of a POST; returns False if this claim on the message was lost.

        If the process ends during the POST, the message is searched for after ``look_at``.
        """

    def put_off(self, claim: Claim, state: PostState, code: str, next_try_at: datetime) -> None:
        """Records an attempt without a final result, and the resulting state."""

    def give_token(self, claim: Claim, token: str, next_try_at: datetime) -> None:
        """Records that the platform has the message and will return its identifier later."""

    def posted(self, claim: Claim, platform_id: str, at: datetime, next_poll_at: datetime) -> None:
        """Records that the platform has the message under this identifier."""

    def reject(self, claim: Claim, code: str) -> None:
        """Records that the platform rejected the message."""

    def answered(
        self,
        claim: Claim,
        status: str,
        answer: str | None,
        at: datetime,
        next_poll_at: datetime | None,
    ) -> bool:
        """Records the status of the message on the platform; returns False if nothing changed.

        ``next_poll_at`` None means that the status is final.
        """

    def release(self, claims: Iterable[Claim]) -> None:
        """Releases messages that were claimed but not processed."""

    def retry_rejected(self) -> int:
        """Queues the rejected messages again and returns their number.

        Used after a setting was corrected, for example.
        """

    def status(self) -> QueueStatus:
        """Returns the status of the queue for the user interface."""

    def rejected(self) -> tuple[RejectedPost, ...]:
        """Returns the rejected messages, oldest first."""


def claim_of(row: RowMapping, record: MessageRecord) -> Claim:
    """Builds the claim from a row with the columns of ``platform_post``.

    These columns are all NULL for a new message.
    """
    state = row["post_state"]
    return Claim(
        record,
        PostState.WAITING if state is None else PostState(state),
        row["post_tries"] or 0,
        row["post_first_begun_at"],
        row["post_token"],
        row["post_platform_id"] or record.platform_id,
    )


def post_columns(table: Table) -> list[Any]:
    """Returns the columns that ``claim_of`` needs."""
    names = ("state", "tries", "first_begun_at", "token", "platform_id")
    return [table.c[name].label(f"post_{name}") for name in names]


def retried(table: Table) -> dict[str, Any]:
    """Returns the column values that queue a rejected message again.

    A message with a started POST must be searched for on the platform first.
    """
    begun = case(
        (table.c.first_begun_at.is_(None), PostState.WAITING.value), else_=PostState.POSTING.value
    )
    return {"state": begun, "token": None, "next_try_at": None}


def is_to_be_there(table: Table) -> Any:
    """Returns the condition: registered, not on the platform yet, and not removed as a
    duplicate.
    """
    return and_(
        table.c.registered_at.is_not(None),
        table.c.state != State.REMOVED_AS_DUPLICATE.value,
        table.c.platform_id.is_(None),
    )


class LocalPlatformQueue:
    """Queue of one workplace. The lock of the database ensures that only one process uses it."""

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    def to_post(self, at: datetime, limit: int) -> tuple[Claim, ...]:
        due = and_(platform_post.c.state.in_(TO_POST), _is_due(at))
        return self._claims(
            and_(
                is_to_be_there(message),
                # a registration can still be reverted
                or_(
                    message.c.registered_at <= at - HELD_BACK,
                    message.c.registered_at > at + TOO_FAR_AHEAD,
                ),
                or_(platform_post.c.message_id.is_(None), due),
            ),
            (message.c.registered_at, message.c.id),
            limit,
        )

    def to_poll(self, at: datetime, limit: int) -> tuple[Claim, ...]:
        return self._claims(
            and_(platform_post.c.state == PostState.POSTED.value, _is_due(at)),
            (platform_post.c.next_try_at, message.c.id),
            limit,
        )

    def begin(self, claim: Claim, at: datetime, look_at: datetime) -> bool:
        def work(connection: Connection) -> bool:
            fresh = insert(platform_post).values(
                message_id=claim.message.id,
                state=PostState.POSTING.value,
                tries=1,
                first_begun_at=at,
                next_try_at=look_at,
            )
            changed = connection.execute(
                fresh.on_conflict_do_update(
                    index_elements=["message_id"],
                    set_={
                        "state": PostState.POSTING.value,
                        "tries": platform_post.c.tries + 1,
                        "first_begun_at": func.coalesce(platform_post.c.first_begun_at, at),
                        "next_try_at": look_at,
                    },
                    where=platform_post.c.state == claim.state.value,
                )
            )
            return changed.rowcount == 1

        return self._store.write(work).result()

    def put_off(self, claim: Claim, state: PostState, code: str, next_try_at: datetime) -> None:
        self._set(claim, state=state.value, last_error=code, next_try_at=next_try_at)

    def give_token(self, claim: Claim, token: str, next_try_at: datetime) -> None:
        self._set(
            claim,
            state=PostState.TOKEN.value,
            token=token,
            last_error=None,
            next_try_at=next_try_at,
        )

    def posted(self, claim: Claim, platform_id: str, at: datetime, next_poll_at: datetime) -> None:
        def work(connection: Connection) -> None:
            _put(
                connection,
                claim.message.id,
                state=PostState.POSTED.value,
                platform_id=platform_id,
                posted_at=at,
                last_error=None,
                next_try_at=next_poll_at,
            )
            _note(connection, claim.message.id, at, platform_id=platform_id)

        self._store.write(work, feeds_outbox=True).result()

    def reject(self, claim: Claim, code: str) -> None:
        self._set(claim, state=PostState.REJECTED.value, last_error=code, next_try_at=None)

    def answered(
        self,
        claim: Claim,
        status: str,
        answer: str | None,
        at: datetime,
        next_poll_at: datetime | None,
    ) -> bool:
        def work(connection: Connection) -> bool:
            own = platform_post.c.message_id == claim.message.id
            known = connection.scalar(select(platform_post.c.answer_text).where(own))
            _put(
                connection,
                claim.message.id,
                answer_text=known if answer is None else answer,
                state=(PostState.CLOSED if next_poll_at is None else PostState.POSTED).value,
                last_error=None,
                next_try_at=next_poll_at,
            )
            news: dict[str, Any] = {"platform_status": status}
            # An earlier answer may have been reviewed and edited since; a missing answer does not
            # delete a received one.
            if answer is not None and answer != known:
                news["answer_text"] = answer
            return _note(connection, claim.message.id, at, **news)

        return self._store.write(work, feeds_outbox=True).result()

    def release(self, claims: Iterable[Claim]) -> None:
        """Does nothing, because no other process uses the queue."""

    def retry_rejected(self) -> int:
        return self._store.write(
            lambda connection: (
                connection.execute(
                    update(platform_post)
                    .where(platform_post.c.state == PostState.REJECTED.value)
                    .values(retried(platform_post))
                ).rowcount
            )
        ).result()

    def status(self) -> QueueStatus:
        def work(connection: Connection) -> QueueStatus:
            is_rejected = platform_post.c.state == PostState.REJECTED.value
            is_waiting = or_(platform_post.c.state.is_(None), platform_post.c.state.in_(TO_POST))
            row = connection.execute(
                select(
                    func.count().filter(is_waiting),
                    func.min(message.c.registered_at).filter(is_waiting),
                    func.count().filter(is_rejected),
                )
                .select_from(message.outerjoin(platform_post))
                .where(is_to_be_there(message))
            ).one()
            return QueueStatus(row[0], row[1], row[2])

        return self._store.read(work)

    def rejected(self) -> tuple[RejectedPost, ...]:
        query = (
            select(message.c.id, message.c.number, platform_post.c.last_error)
            .join(platform_post)
            .where(platform_post.c.state == PostState.REJECTED.value)
            .order_by(message.c.registered_at, message.c.id)
        )
        found = self._store.read(lambda connection: connection.execute(query).all())
        return tuple(RejectedPost(row.id, row.number, row.last_error or "") for row in found)

    def _claims(self, condition: Any, order: tuple[Any, ...], limit: int) -> tuple[Claim, ...]:
        query = (
            select(message, *post_columns(platform_post))
            .select_from(message.outerjoin(platform_post))
            .where(condition)
            .order_by(*order)
            .limit(limit)
        )
        found = self._store.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(claim_of(row, message_of(row)) for row in found)

    def _set(self, claim: Claim, **values: Any) -> None:
        self._store.write(lambda connection: _put(connection, claim.message.id, **values)).result()


@dataclass(frozen=True, slots=True)
class PlatformTold:
    """Platform state of a message, received by another process. None means not known yet."""

    platform_id: str | None
    status: str | None
    answer: str | None


def take_platform(
    connection: Connection, message_id: UUID, told: PlatformTold, at: datetime
) -> None:
    """Records this platform state in the message, as a local poll would."""
    own = platform_post.c.message_id == message_id
    known = connection.scalar(select(platform_post.c.answer_text).where(own))
    _put(
        connection,
        message_id,
        state=(PostState.WAITING if told.platform_id is None else PostState.POSTED).value,
        platform_id=told.platform_id,
        answer_text=told.answer or known,
    )
    # an earlier answer may have been reviewed and edited since
    news = {
        "platform_id": told.platform_id,
        "platform_status": told.status,
        "answer_text": told.answer if told.answer != known else None,
    }
    values = {name: value for name, value in news.items() if value is not None}
    if values:
        _note(connection, message_id, at, **values)


def _is_due(at: datetime) -> Any:
    next_try_at = platform_post.c.next_try_at
    return or_(next_try_at.is_(None), next_try_at <= at, next_try_at > at + LONGEST_WAIT)


def _put(connection: Connection, message_id: UUID, **values: Any) -> None:
    connection.execute(
        insert(platform_post)
        .values(message_id=message_id, **values)
        .on_conflict_do_update(index_elements=["message_id"], set_=values)
    )


def _note(connection: Connection, message_id: UUID, at: datetime, **values: Any) -> bool:
    """Updates the message as a new revision for the central database; returns False if unchanged.

    The record of a message that came from the central database is not sent back by this workplace.
    """
    is_new = or_(*(message.c[column].is_distinct_from(value) for column, value in values.items()))
    changed = connection.execute(
        update(message)
        .where(message.c.id == message_id, is_new)
        .values(revision=message.c.revision + 1, **values)
    )
    if changed.rowcount == 0:
        return False
    row = connection.execute(select(message).where(message.c.id == message_id)).mappings().one()
    record = message_of(row)
    if is_own(connection, record):
        row_sent = plain(message_row(record))
        outbox.add(connection, Entity.MESSAGE, record.id, record.revision, row_sent, at)
    return True
