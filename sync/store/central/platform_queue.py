"""Platform queue of all workplaces in the central database, shared by workers through leases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, func, literal, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from sync.records.central_tables import message, platform_post
from sync.records.row_codec import message_of
from sync.register.handling.standing import HELD_BACK
from sync.store.central.worker_connection import WorkerConnection
from sync.store.local.messages.platform_queue import (
    TO_POST,
    Claim,
    PostState,
    QueueStatus,
    RejectedPost,
    claim_of,
    is_to_be_there,
    post_columns,
    retried,
)

LEASE = timedelta(minutes=3)  # longer than any one POST may take
RECENT = timedelta(days=1)
FULL_LOOK_EVERY = timedelta(hours=1)

_POST_KEY = (platform_post.c.station_id, platform_post.c.period, platform_post.c.message_id)
_MESSAGE_KEY = (message.c.station_id, message.c.period, message.c.id)
_SAME = and_(*(ours == theirs for ours, theirs in zip(_POST_KEY, _MESSAGE_KEY, strict=True)))


class CentralPlatformQueue:
    """Submission queue of all workplaces, shared by any number of workers. Not thread-safe.

    A claim is a lease, measured by the server's clock. The lease of a dead worker expires, and
    ``begin`` fails for a worker that lost its lease while suspended. Answers of the platform are
    stored in ``platform_post``; only its workplace writes the message row. Methods raise the
    exceptions of ``WorkerConnection``.
    """

    def __init__(self, dsn: str, holder: UUID, *, lease: timedelta = LEASE) -> None:
        """Stores the DSN without connecting; ``holder`` is unique per worker. Raises DsnInvalid."""
        self.connection = WorkerConnection(dsn)
        self._do = self.connection.run
        self._holder = holder
        self._lease = lease
        self._looked_at: datetime | None = None

    def close(self) -> None:
        self.connection.close()

    def to_post(self, at: datetime, limit: int) -> tuple[Claim, ...]:
        def work(connection: Connection) -> tuple[Claim, ...]:
            self._take_in(connection, at)
            return self._claim(
                connection,
                and_(platform_post.c.state.in_(TO_POST), message.c.platform_id.is_(None)),
                (message.c.registered_at, message.c.id),
                at,
                limit,
            )

        return self._do(work)

    def to_poll(self, at: datetime, limit: int) -> tuple[Claim, ...]:
        return self._do(
            lambda connection: self._claim(
                connection,
                platform_post.c.state == PostState.POSTED.value,
                (platform_post.c.next_try_at, message.c.id),
                at,
                limit,
            )
        )

    def begin(self, claim: Claim, at: datetime, look_at: datetime) -> bool:
        statement = (
            update(platform_post)
            .where(self._is_held(claim), platform_post.c.state == claim.state.value)
            .values(
                state=PostState.POSTING.value,
                tries=platform_post.c.tries + 1,
                first_begun_at=func.coalesce(platform_post.c.first_begun_at, at),
                next_try_at=look_at,
                leased_until=func.now() + self._lease,
            )
        )
        return self._do(lambda connection: connection.execute(statement).rowcount == 1)

    def put_off(self, claim: Claim, state: PostState, code: str, next_try_at: datetime) -> None:
        self._finish(claim, state=state.value, last_error=code, next_try_at=next_try_at)

    def give_token(self, claim: Claim, token: str, next_try_at: datetime) -> None:
        self._finish(
            claim,
            state=PostState.TOKEN.value,
            token=token,
            last_error=None,
            next_try_at=next_try_at,
        )

    def posted(self, claim: Claim, platform_id: str, at: datetime, next_poll_at: datetime) -> None:
        # Valid regardless of the current lease holder.
        statement = (
            update(platform_post)
            .where(
                platform_post.c.message_id == claim.message.id,
                *_key_of(claim),
                platform_post.c.platform_id.is_(None),
            )
            .values(
                state=PostState.POSTED.value,
                platform_id=platform_id,
                posted_at=at,
                last_error=None,
                next_try_at=next_poll_at,
                leased_by=None,
                leased_until=None,
            )
        )
        self._do(lambda connection: connection.execute(statement))

    def reject(self, claim: Claim, code: str) -> None:
        self._finish(claim, state=PostState.REJECTED.value, last_error=code, next_try_at=None)

    def answered(
        self,
        claim: Claim,
        status: str,
        answer: str | None,
        at: datetime,
        next_poll_at: datetime | None,
    ) -> bool:
        news: dict[str, Any] = {"platform_status": status}
        if answer is not None:  # a missing answer does not erase an earlier one
            news["answer_text"] = answer
        state = PostState.CLOSED if next_poll_at is None else PostState.POSTED

        def work(connection: Connection) -> bool:
            is_new = or_(
                *(platform_post.c[column].is_distinct_from(value) for column, value in news.items())
            )
            changed = connection.execute(
                update(platform_post).where(self._is_held(claim), is_new).values(news)
            )
            connection.execute(
                update(platform_post)
                .where(self._is_held(claim))
                .values(
                    state=state.value,
                    last_error=None,
                    next_try_at=next_poll_at,
                    leased_by=None,
                    leased_until=None,
                )
            )
            return changed.rowcount == 1

        return self._do(work)

    def release(self, claims: Iterable[Claim]) -> None:
        held = [claim.message.id for claim in claims]
        if not held:
            return
        statement = (
            update(platform_post)
            .where(platform_post.c.message_id.in_(held), platform_post.c.leased_by == self._holder)
            .values(leased_by=None, leased_until=None)
        )
        self._do(lambda connection: connection.execute(statement))

    def retry_rejected(self) -> int:
        statement = (
            update(platform_post)
            .where(platform_post.c.state == PostState.REJECTED.value)
            .values(retried(platform_post))
        )
        return self._do(lambda connection: connection.execute(statement).rowcount)

    def status(self) -> QueueStatus:
        is_rejected = platform_post.c.state == PostState.REJECTED.value
        is_waiting = or_(platform_post.c.state.is_(None), platform_post.c.state.in_(TO_POST))
        query = (
            select(
                func.count().filter(is_waiting),
                func.min(message.c.registered_at).filter(is_waiting),
                func.count().filter(is_rejected),
            )
            .select_from(message.outerjoin(platform_post, _SAME))
            .where(is_to_be_there(message))
        )
        row = self._do(lambda connection: connection.execute(query).one())
        return QueueStatus(row[0], row[1], row[2])

    def rejected(self) -> tuple[RejectedPost, ...]:
        query = (
            select(message.c.id, message.c.number, platform_post.c.last_error)
            .join(platform_post, _SAME)
            .where(platform_post.c.state == PostState.REJECTED.value)
            .order_by(message.c.registered_at, message.c.id)
        )
        found = self._do(lambda connection: connection.execute(query).all())
        return tuple(RejectedPost(row.id, row.number, row.last_error or "") for row in found)

    # --- one transaction ---------------------------------------------------------------------

    def _take_in(self, connection: Connection, at: datetime) -> None:
        """Adds each registered message to the queue, from which workers lease messages."""
        found = and_(
            is_to_be_there(message),
            # A registration may still be reverted.
            message.c.registered_at <= at - HELD_BACK,
            ~select(platform_post.c.state).where(_SAME).exists(),
        )
        # A message is found within a day of its arrival; a full scan runs every hour.
        is_full = self._looked_at is None or abs(at - self._looked_at) >= FULL_LOOK_EVERY
        if not is_full:
            found = and_(found, message.c.received_at > func.now() - RECENT)
        connection.execute(
            insert(platform_post)
            .from_select(
                ["station_id", "period", "message_id", "state"],
                select(*_MESSAGE_KEY, literal(PostState.WAITING.value)).where(found),
            )
            .on_conflict_do_nothing()
        )
        if is_full:
            self._looked_at = at

    def _claim(
        self,
        connection: Connection,
        condition: Any,
        order: tuple[Any, ...],
        at: datetime,
        limit: int,
    ) -> tuple[Claim, ...]:
        is_due = or_(platform_post.c.next_try_at.is_(None), platform_post.c.next_try_at <= at)
        is_free = or_(
            platform_post.c.leased_until.is_(None), platform_post.c.leased_until <= func.now()
        )
        keys = connection.execute(
            select(*_POST_KEY)
            .join(message, _SAME)
            .where(condition, is_due, is_free)
            .order_by(*order)
            .limit(limit)
            .with_for_update(of=platform_post, skip_locked=True)
        ).all()
        if not keys:
            return ()
        chosen = tuple_(*_POST_KEY).in_([tuple(key) for key in keys])
        connection.execute(
            update(platform_post)
            .where(chosen)
            .values(leased_by=self._holder, leased_until=func.now() + self._lease)
        )
        rows = connection.execute(
            select(message, message.c.rev.label("revision"), *post_columns(platform_post))
            .join(platform_post, _SAME)
            .where(chosen)
            .order_by(*order)
        ).mappings()
        return tuple(claim_of(row, message_of(row)) for row in rows)

    def _finish(self, claim: Claim, **values: Any) -> None:
        """Stores the outcome of an attempt and ends the lease, if it is still held."""
        statement = (
            update(platform_post)
            .where(self._is_held(claim))
            .values(**values, leased_by=None, leased_until=None)
        )
        self._do(lambda connection: connection.execute(statement))

    def _is_held(self, claim: Claim) -> Any:
        return and_(
            platform_post.c.message_id == claim.message.id,
            *_key_of(claim),
            platform_post.c.leased_by == self._holder,
        )


def _key_of(claim: Claim) -> tuple[Any, ...]:
    number = claim.message.number
    if number is None:
        raise ValueError("a message in the central database has a registration number")
    return (
        platform_post.c.station_id == number.station,
        platform_post.c.period == number.period,
    )
