"""Import of messages from the city platform into the central database (Regulation 7.5).

Imported messages belong to no workplace. Their registration numbers use a reserved workplace code,
and reviewing workplaces receive them like messages of other workplaces. A platform id is imported
only once, regardless of repeated or concurrent imports.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg2
from psycopg2.errors import ProgramLimitExceeded
from sqlalchemy import (
    Connection,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from uuid_utils.compat import uuid7

from sync.errors import CountersUsedUp, RegulationUnreadable
from sync.records.central_intake_tables import platform_intake, platform_request
from sync.records.central_shared_tables import shared_document, station
from sync.records.central_tables import message, message_event, platform_post
from sync.records.feed_values import DocumentEntity
from sync.records.message_event_codec import event_row
from sync.records.row_codec import message_row
from sync.register.handling.events import Event, Source
from sync.register.handling.handled import HandledMessage, handed_in, taken_together
from sync.register.handling.history import StepRefused, begun
from sync.register.handling.needs import CityRules
from sync.register.messages import (
    MessageRecord,
    SubmittedMessage,
    UnreadableRequest,
    draft_of,
)
from sync.register.numbering import (
    INTAKE_STATION,
    RegistrationNumber,
    next_number,
    period_of,
)
from sync.register.regulation import Editions
from sync.store.central.worker_connection import WorkerConnection
from sync.store.local.feed import REGULATION
from sync.store.local.messages.platform_intake import A_DAY, NO_TEXT, SHOWN_LATE, TakenIn
from sync.store.local.messages.platform_queue import PostState
from sync.store.local.sidecar_files import editions_of

IDS_AT_ONCE = 500
_TABLES = (platform_intake, platform_request)


@dataclass(frozen=True, slots=True)
class IntakeState:
    """State of the message import.

    ``taken`` is the number of messages imported, ``left`` the number of messages left on the
    platform by error code. ``told_at`` is the time of the last successful poll, None before the
    first one. ``is_code_taken``: a workplace uses the reserved code, so nothing is imported.
    """

    since: datetime
    told_at: datetime | None
    taken: int
    left: dict[str, int]
    is_code_taken: bool


@dataclass(frozen=True, slots=True)
class _Moment:
    """Time of the central database, and the versions of the regulation."""

    now: datetime
    editions: Editions

    def edition_at(self, at: datetime) -> str:
        edition = self.editions.on(at.astimezone(CityRules().zone).date())
        return "" if edition is None else edition.name


class CentralPlatformIntake:
    """``PlatformIntake`` that writes to the central database and uses its clock. Not thread-safe.

    Any number of workers may import concurrently. Each message has a separate transaction: a
    message that the database refuses is recorded and left on the platform; the others are still
    imported. Methods raise the exceptions of ``WorkerConnection``.
    """

    def __init__(
        self,
        connection: WorkerConnection,
        *,
        home_area_code: str = "",
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._run = connection.run
        self._home_area_code = home_area_code
        self._new_id = new_id
        self._asked_at: datetime | None = None
        self._looked_from: datetime | None = None
        self._is_behind = False

    def is_due(self, at: datetime, every_s: float) -> bool:
        """Whether the platform must be polled now.

        False if the central database lacks the import tables or a workplace uses the reserved code.
        """
        if self._asked_at is not None and abs(at - self._asked_at) < timedelta(seconds=every_s):
            return False
        return self._run(has_intake)

    def since(self, at: datetime) -> datetime:
        def work(connection: Connection) -> datetime:
            begin = upsert(platform_intake).values(one=1, since=func.now())
            connection.execute(begin.on_conflict_do_nothing())
            row = _clock(connection)
            if row.since > row.now and not self._is_behind:
                # The server's clock was ahead at the first poll, unless it is behind now.
                self._looked_from = min(self._looked_from or row.now, row.now)
                return self._looked_from
            begun_at: datetime = row.since
            return begun_at if row.told_at is None else max(begun_at, row.told_at - SHOWN_LATE)

        self._asked_at = at
        return self._run(work)

    def take_in(
        self, sent: Sequence[SubmittedMessage | UnreadableRequest], at: datetime
    ) -> TakenIn:
        begun_at, moment, known = self._run(lambda connection: self._looked(connection, sent))
        records: list[MessageRecord] = []
        left: list[UnreadableRequest] = []
        for one in sent:
            if one.platform_id in known:
                continue
            if isinstance(one, SubmittedMessage) and one.submitted_at < begun_at:
                continue
            try:
                outcome = self._taken_or_left(one, moment)
            except CountersUsedUp:
                # The rest is imported next month; the time of the last poll shows the delay.
                return TakenIn(tuple(records), tuple(left))
            match outcome:
                case MessageRecord():
                    records.append(outcome)
                case UnreadableRequest():
                    left.append(outcome)
                case None:
                    pass  # another worker was faster
        told = update(platform_intake).values(told_at=func.now())
        self._run(lambda connection: connection.execute(told))
        return TakenIn(tuple(records), tuple(left))

    def retry_left(self) -> int:
        """Schedules the messages left on the platform for another try, and returns their number."""
        left = delete(platform_request).where(platform_request.c.state == "left")
        return self._run(
            lambda connection: connection.execute(left).rowcount if _has_tables(connection) else 0
        )

    def _looked(
        self, connection: Connection, sent: Sequence[SubmittedMessage | UnreadableRequest]
    ) -> tuple[datetime, _Moment, set[str]]:
        row = _clock(connection)
        begun_at = row.since
        messages = [one for one in sent if isinstance(one, SubmittedMessage)]
        if begun_at > row.now and self._looked_from is not None:
            # The submission times from the platform show which reading of the server's clock was
            # wrong.
            self._is_behind |= any(one.submitted_at > row.now + A_DAY for one in messages)
            if messages and not self._is_behind:
                begun_at = self._looked_from
                connection.execute(update(platform_intake).values(since=begun_at))
        known = _known(connection, [one.platform_id for one in sent])
        return begun_at, _Moment(row.now, _editions(connection)), known

    def _taken_or_left(
        self, sent: SubmittedMessage | UnreadableRequest, moment: _Moment
    ) -> MessageRecord | UnreadableRequest | None:
        if isinstance(sent, UnreadableRequest):
            return self._left(sent)
        try:
            return self._run(lambda connection: self._take_in_one(connection, sent, moment))
        except (psycopg2.DataError, psycopg2.IntegrityError, ProgramLimitExceeded) as error:
            if isinstance(error, psycopg2.IntegrityError) and not error.diag.constraint_name:
                raise  # the month has no partition yet; the message is not at fault
            return self._left(UnreadableRequest(sent.platform_id, error.pgcode or "refused"))

    def _left(self, request: UnreadableRequest) -> UnreadableRequest | None:
        """Records that a request is left on the platform; returns None if this was already
        recorded.
        """
        fresh = upsert(platform_request).values(
            platform_id=request.platform_id, state="left", code=request.code
        )
        added = self._run(
            lambda connection: connection.execute(fresh.on_conflict_do_nothing()).rowcount
        )
        return request if added else None

    def _take_in_one(
        self, connection: Connection, sent: SubmittedMessage, moment: _Moment
    ) -> MessageRecord | UnreadableRequest | None:
        # Serializes the numbering; another worker sees the committed rows of this one.
        connection.execute(select(platform_intake.c.one).with_for_update())
        if _known(connection, [sent.platform_id]):
            return None
        draft = draft_of(sent, self._new_id(), moment.now, self._home_area_code)
        # The deadline of 7.11 counts from the time of sending, which must not be in the future.
        sent_at = min(sent.submitted_at, moment.now)
        outcome = taken_together(
            HandledMessage(draft, begun(draft.id)),
            handed_in(draft),
            Source.PLATFORM,
            sent_at,
            self._new_id,
            edition_at=moment.edition_at,
        )
        if isinstance(outcome, StepRefused):
            left = UnreadableRequest(sent.platform_id, NO_TEXT)
            connection.execute(
                insert(platform_request).values(
                    platform_id=left.platform_id, state="left", code=left.code
                )
            )
            return left
        number = _number(connection, moment.now)
        record = replace(outcome.handled.record, number=number, revision=1)
        _write(connection, record, number, outcome.events, sent_at)
        return record


def has_intake(connection: Connection) -> bool:
    """Whether the central database has the import tables and the reserved code is free."""
    return _has_tables(connection) and not _is_of_a_workplace(connection)


def intake_state(connection: Connection) -> IntakeState | None:
    """Returns the state of the import; None if no worker has started it."""
    if not _has_tables(connection):
        return None
    row = connection.execute(select(platform_intake)).one_or_none()
    if row is None:
        return None
    request = platform_request
    counts = connection.execute(
        select(request.c.code, func.count()).group_by(request.c.code).order_by(request.c.code)
    ).all()
    left = {code: count for code, count in counts if code is not None}
    taken = sum(count for code, count in counts if code is None)
    return IntakeState(row.since, row.told_at, taken, left, _is_of_a_workplace(connection))


def _has_tables(connection: Connection) -> bool:
    names = (func.to_regclass(f"public.{table.name}").is_not(None) for table in _TABLES)
    return connection.scalar(select(and_(*names))) is True


def _is_of_a_workplace(connection: Connection) -> bool:
    """Whether an administrator assigned the reserved code to a workplace before it was reserved."""
    held = or_(station.c.install_id.is_not(None), station.c.login.is_not(None))
    found = select(station.c.station_id).where(station.c.station_id == INTAKE_STATION, held)
    return connection.scalar(found) is not None


def _clock(connection: Connection) -> Row[Any]:
    return connection.execute(
        select(platform_intake.c.since, platform_intake.c.told_at, func.now().label("now"))
    ).one()


def _known(connection: Connection, platform_ids: Sequence[str]) -> set[str]:
    """Returns the ids that are already imported or left on the platform, or that we posted.

    A platform that lost our registration number would offer our own message for import.
    """
    found: set[str] = set()
    for start in range(0, len(platform_ids), IDS_AT_ONCE):
        some: Collection[str] = platform_ids[start : start + IDS_AT_ONCE]
        found.update(
            connection.scalars(
                union_all(
                    *(
                        select(table.c.platform_id).where(table.c.platform_id.in_(some))
                        for table in (platform_request, platform_post)
                    )
                )
            )
        )
    return found


def _editions(connection: Connection) -> Editions:
    document = connection.scalar(
        select(shared_document.c.document)
        .where(
            shared_document.c.entity == DocumentEntity.SETTING.value,
            shared_document.c.id == REGULATION,
        )
        .order_by(shared_document.c.ver.desc())
        .limit(1)
    )
    try:
        return Editions() if document is None else editions_of(document)
    except RegulationUnreadable:
        return Editions()  # a workplace reports the error; messages do not depend on it


def _number(connection: Connection, at: datetime) -> RegistrationNumber:
    """Returns the next registration number of the reserved code.

    Call while the row of ``platform_intake`` is locked.
    """
    known = upsert(station).values(station_id=INTAKE_STATION)
    connection.execute(known.on_conflict_do_nothing())
    period = period_of(at)
    last = connection.scalar(
        select(func.max(message.c.counter)).where(
            message.c.station_id == INTAKE_STATION, message.c.period == period
        )
    )
    return next_number(period, INTAKE_STATION, last or 0)


def _write(
    connection: Connection,
    record: MessageRecord,
    number: RegistrationNumber,
    events: Sequence[Event],
    sent_at: datetime,
) -> None:
    place = {"station_id": number.station, "period": number.period}
    row = message_row(record)
    row["rev"] = row.pop("revision")
    connection.execute(insert(message).values(**place, counter=number.counter, **row))
    before: UUID | None = None
    for seq, event in enumerate(events, start=1):
        values = {**event_row(event, seq), "after_id": before, "rev": 1}
        connection.execute(insert(message_event).values(**place, **values))
        before = event.id
    connection.execute(
        insert(platform_post).values(
            **place,
            message_id=record.id,
            state=PostState.POSTED.value,
            platform_id=record.platform_id,
            posted_at=sent_at,
            next_try_at=func.now(),
        )
    )
    connection.execute(
        insert(platform_request).values(
            **place, platform_id=record.platform_id, state="taken", message_id=record.id
        )
    )
