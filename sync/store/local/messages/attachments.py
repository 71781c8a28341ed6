"""Votes for messages; search and erasure of photos, answer files and notifications of a message.

Photos, answer files and notifications outlive the retention period of the text. They are erased on
request, by the author's phone number, address or name in the notifications.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from sync.records.replicated_tables import message
from sync.records.workplace_message_tables import (
    answer_file,
    erasure,
    message_photo,
    message_vote,
    notice,
)
from sync.register.handling.votes import Tally, Vote, VoterKind, tally
from sync.register.people.name_reading import split_name
from sync.register.people.persons import (
    DataCategory,
    FoundRecord,
    Left,
    PersonQuery,
    RecordKind,
    is_called,
    name_forms,
    phone_forms,
)
from sync.register.people.values import Absence
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore

OPEN_NOTICES = ("waiting", "sending")
_MADE = (
    (message_photo, DataCategory.PHOTO),
    (answer_file, DataCategory.ANSWER_FILE),
    (notice, DataCategory.NOTICE),
)
_TELLS = or_(notice.c.channel != "none", notice.c.text != "", notice.c.recipient != "")


def with_made(connection: Connection, record: FoundRecord) -> FoundRecord:
    """Returns the record with the data categories of its photos, answer files and notifications."""
    further = tuple(
        category
        for table, category in _MADE
        if connection.scalar(select(exists().where(_holds(table, record.id))))
    )
    return replace(record, categories=record.categories + further)


def find_made(
    connection: Connection, query: PersonQuery, found: Collection[UUID]
) -> tuple[FoundRecord, ...]:
    """Returns messages whose text is erased but whose notifications remain.

    Their text was erased after its retention period. Messages in ``found`` are left out. Messages
    whose notifications name another person are marked to be skipped.
    """
    erased = exists().where(
        erasure.c.entity == RecordKind.MESSAGE.value,
        erasure.c.entity_id == message.c.id,
        erasure.c.cause == "term",
    )
    rows = connection.execute(
        select(message.c.id, message.c.number, func.max(notice.c.recipient).label("recipient"))
        .join(notice, notice.c.message_id == message.c.id)
        .where(erased, notice.c.addressee == "user", _told_to(query))
        .group_by(message.c.id)
        .order_by(message.c.created_at, message.c.id)
    ).all()
    return tuple(
        with_made(connection, _made_of(row.id, row.number, row.recipient, query))
        for row in rows
        if row.id not in found
    )


def erase_made(connection: Connection, messages: Sequence[UUID], at: datetime) -> None:
    """Erases photos, answer files and the content of notifications of these messages.

    Pending notifications are cancelled. The fact that a notification was sent remains recorded.
    """
    over = update(notice).where(notice.c.state.in_(OPEN_NOTICES))
    emptied = dict.fromkeys(("recipient", "subject", "text", "html", "spoken"), "")
    nobody: dict[str, Any] = {"channel": "none", "email": None, "phone": None, "files": []}
    for statement, table in (
        (delete(message_photo), message_photo),
        (delete(answer_file), answer_file),
        (over.values(state="cancelled", ended_at=at), notice),
        (update(notice).values({**emptied, **nobody}), notice),
    ):
        _each(connection, statement, table, messages)


def _made_of(id: UUID, number: str | None, recipient: str, query: PersonQuery) -> FoundRecord:
    name = split_name(recipient)
    is_hers = is_called(query, Absence.NOT_GIVEN if name.is_empty else name)
    left = None if is_hers else Left.OTHER_NAME
    return FoundRecord(RecordKind.MESSAGE, id, number or "", (), left)


def _told_to(query: PersonQuery) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = []
    if query.phone:
        found.append(notice.c.phone.in_(phone_forms(query.phone)))
    if query.email:
        found.append(func.lower(notice.c.email) == query.email.lower())
    if not found and query.name is not None:
        first = query.name.surname or query.name.given_name
        found += [
            notice.c.recipient.startswith(form, autoescape=True) for form in name_forms(first)
        ]
    return or_(*found)


def _holds(table: Table, message_id: UUID) -> ColumnElement[bool]:
    own: ColumnElement[bool] = table.c.message_id == message_id
    return and_(own, _TELLS) if table is notice else own


def _each(connection: Connection, statement: Any, table: Table, messages: Sequence[UUID]) -> None:
    if messages:
        own = statement.where(table.c.message_id == bindparam("of_id"))
        connection.execute(own, [{"of_id": id} for id in messages])


MESSAGES_AT_ONCE = 500  # SQLite limits the number of values in one statement


@dataclass(frozen=True, slots=True)
class VotesKept:
    """Result of storing votes.

    ``added`` counts new votes; ``known`` counts votes by persons who had already voted for the
    message.
    """

    added: int
    known: int


class VoteReading:
    """Votes as of the last commit. Raises StoreError if unreadable. Thread-safe."""

    def __init__(self, register: RegisterReading) -> None:
        self._reading = register

    def tallies(self, published: Mapping[UUID, datetime]) -> Mapping[UUID, Tally]:
        """Returns the tally of each message with votes.

        ``published`` maps the messages to their publication times.
        """
        wanted = tuple(published)
        votes: dict[UUID, list[Vote]] = {}
        for start in range(0, len(wanted), MESSAGES_AT_ONCE):
            votes |= self._votes(wanted[start : start + MESSAGES_AT_ONCE])
        return {key: tally(key, published[key], own) for key, own in votes.items()}

    def _votes(self, messages: Sequence[UUID]) -> dict[UUID, list[Vote]]:
        return self._reading.read(lambda connection: _votes(connection, messages))


class MessageVotes(VoteReading):
    """Votes for messages, readable, and extended by those that the platform reports."""

    def __init__(self, register: RegisterStore) -> None:
        super().__init__(register)
        self._register = register

    def keep(self, votes: Iterable[Vote]) -> Future[VotesKept]:
        """Stores all votes or none; a person's later votes for a message are ignored.

        Thread-safe. The future resolves after COMMIT. A vote for an unknown message makes it fail
        with a database error.
        """
        told = tuple(votes)
        return self._register.write(lambda connection: _keep(connection, told))


def _keep(connection: Connection, votes: Sequence[Vote]) -> VotesKept:
    before = connection.scalar(select(func.count()).select_from(message_vote)) or 0
    for vote in votes:
        added = insert(message_vote).values(
            message_id=vote.message_id, kind=vote.kind.value, voter=vote.voter, at=vote.at
        )
        connection.execute(
            added.on_conflict_do_update(
                index_elements=["message_id", "kind", "voter"],
                set_={"at": added.excluded.at},
                where=added.excluded.at < message_vote.c.at,
            )
        )
    after = connection.scalar(select(func.count()).select_from(message_vote)) or 0
    return VotesKept(after - before, len(votes) - (after - before))


def _votes(connection: Connection, messages: Sequence[UUID]) -> dict[UUID, list[Vote]]:
    rows = connection.execute(
        select(message_vote).where(message_vote.c.message_id.in_(messages))
    ).mappings()
    votes: dict[UUID, list[Vote]] = {}
    for row in rows:
        vote = Vote(row["message_id"], VoterKind(row["kind"]), row["voter"], row["at"])
        votes.setdefault(vote.message_id, []).append(vote)
    return votes
