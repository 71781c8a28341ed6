"""Search and erasure of scheduled callbacks and remote summaries by phone number or author.

Remote summaries are extracts of the calls and messages of other workplaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, RowMapping, and_, delete, select

from sync.records.replicated_tables import call_record, message
from sync.records.workplace_tables import known_call, known_message, planned_call
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
from sync.register.people.phones import canonical_phone
from sync.register.people.values import Absence, PersonName
from sync.store.local.calls.missed import mark_elsewhere
from sync.store.local.calls.planned import empty_calls


def authors_of(connection: Connection, records: Iterable[FoundRecord]) -> tuple[PersonQuery, ...]:
    """Returns the phone number and name stated in each of these calls and messages, if any."""
    tables = {RecordKind.CALL: call_record, RecordKind.MESSAGE: message}
    authors: dict[PersonQuery, None] = {}
    for record in records:
        table = tables.get(record.kind)
        if table is None:
            continue
        row = connection.execute(select(table).where(table.c.id == record.id)).mappings().one()
        phone = row["phone"] or canonical_phone(row.get("caller_number_raw", ""), "")
        name = _name(row)
        author = PersonQuery(phone, None, None if isinstance(name, Absence) else name)
        if not author.is_empty:
            authors[author] = None
    return tuple(authors)


def find_promises(connection: Connection, phones: Iterable[str]) -> tuple[FoundRecord, ...]:
    """Returns the scheduled callbacks to these phone numbers, earliest first.

    Open callbacks are marked to be skipped by the erasure.
    """
    forms = sorted({form for phone in phones for form in phone_forms(phone)})
    rows = connection.execute(
        select(planned_call)
        .where(planned_call.c.phone.in_(forms))
        .order_by(planned_call.c.at, planned_call.c.id)
    ).mappings()
    return tuple(
        FoundRecord(
            RecordKind.PROMISED,
            row["id"],
            "",
            (DataCategory.PHONE, *((DataCategory.NOTE,) if row["note"] else ())),
            Left.PROMISED if row["outcome"] is None else None,
        )
        for row in rows
    )


def promises_beside(
    connection: Connection, records: Iterable[FoundRecord]
) -> tuple[FoundRecord, ...]:
    """Returns the scheduled callbacks to the phone numbers stated in these calls and messages."""
    return find_promises(
        connection, [one.phone for one in authors_of(connection, records) if one.phone]
    )


def forget_promises(connection: Connection, promises: Sequence[FoundRecord]) -> None:
    """Deletes phone number and note of the finished callbacks among these records."""
    over = [one for one in promises if one.kind is RecordKind.PROMISED and one.left is None]
    empty_calls(connection, [one.id for one in over])


def forget_elsewhere(
    connection: Connection, query: PersonQuery, *, is_author: bool = False
) -> None:
    """Deletes remote summaries about this person.

    They are found by phone number, or by name if there is no number. If both are given, rows with
    another name remain: other persons can use the same phone. Rows without a name belong to the
    person of the request (``is_called``). For the author of an erased record (``is_author``) they
    match only if that record has no name either.
    """
    for table in (known_call, known_message):
        if query.phone is not None:
            own = table.c.phone == query.phone
        elif query.name is not None:
            parts = (
                ("surname", query.name.surname),
                ("given_name", query.name.given_name),
                ("patronymic", query.name.patronymic),
            )
            own = and_(*(table.c[name].in_(name_forms(part)) for name, part in parts if part))
        else:
            return
        rows = connection.execute(select(table).where(own)).mappings().all()
        # missed calls of persons who are not erased must remain resolved
        mark_elsewhere(connection, {row["phone"] for row in rows})
        for row in rows:
            name = _name(row)
            is_unsure = is_author and isinstance(name, Absence) != (query.name is None)
            if is_called(query, name) and not is_unsure:
                connection.execute(delete(table).where(table.c.id == row["id"]))


def _name(row: RowMapping) -> PersonName | Absence:
    if row["surname"] is None:
        return Absence.NOT_GIVEN
    return PersonName(row["surname"], row["given_name"] or "", row["patronymic"] or "")
