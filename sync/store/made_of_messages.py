"""What was made of a message beside its own words: photos, files of answers, notices.

It outlives the term of the words: nobody else has it. A request for erasure reaches it all the
same, by the author's telephone, address and name that stand in the notices.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
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

from sync.register.name_reading import split_name
from sync.register.persons import (
    DataCategory,
    FoundRecord,
    Left,
    PersonQuery,
    RecordKind,
    is_called,
    name_forms,
    phone_forms,
)
from sync.register.values import Absence
from sync.store.record_tables import message
from sync.store.workplace_tables.messages import answer_file, message_photo, notice
from sync.store.workplace_tables.persons import erasure

OPEN_NOTICES = ("waiting", "sending")
_MADE = (
    (message_photo, DataCategory.PHOTO),
    (answer_file, DataCategory.ANSWER_FILE),
    (notice, DataCategory.NOTICE),
)
_TELLS = or_(notice.c.channel != "none", notice.c.text != "", notice.c.recipient != "")


def with_made(connection: Connection, record: FoundRecord) -> FoundRecord:
    """The message with the kinds of what was made of it."""
    further = tuple(
        category
        for table, category in _MADE
        if connection.scalar(select(exists().where(_holds(table, record.id))))
    )
    return replace(record, categories=record.categories + further)


def find_made(
    connection: Connection, query: PersonQuery, found: Collection[UUID]
) -> tuple[FoundRecord, ...]:
    """Messages beside those ``found``: their words went with their term, their notices are there.

    Those whose notices name somebody else are left.
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
    """Take it away; that a notice went out stays, and no more goes."""
    over = update(notice).where(notice.c.state.in_(OPEN_NOTICES))
    emptied = dict.fromkeys(("recipient", "subject", "text", "html", "spoken"), "")
    nobody = {"channel": "none", "email": None, "phone": None}
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
