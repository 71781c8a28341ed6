"""Finds a person's records in the local database and erases personal data from records.

Registration numbers and statistics remain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    null,
    or_,
    select,
    update,
)

from sync.records.replicated_tables import call_record, message, message_event
from sync.records.table_rules import Entity
from sync.records.workplace_message_tables import erasure, platform_news, platform_post
from sync.records.workplace_tables import event_aside, outbox
from sync.register.calls.calls import CallState
from sync.register.messages import ENDS
from sync.register.people.names import is_begun, mentions
from sync.register.people.persons import (
    DataCategory,
    FoundRecord,
    Left,
    PersonQuery,
    RecordKind,
    has_contact,
    is_called,
    name_forms,
    phone_forms,
    stated_categories,
)
from sync.register.people.values import Absence, PersonName, Stated
from sync.store.local.calls.notes import (
    authors_of,
    find_promises,
    forget_elsewhere,
    forget_promises,
    promises_beside,
)
from sync.store.local.erased_records import (
    ROUTE,
    Cause,
    erase_queued,
    erased_facts,
    erased_values,
    is_erased,
)
from sync.store.local.messages.attachments import erase_made, find_made, with_made
from sync.store.local.people.shifts import (
    empty_notes,
    forget_forms,
    forget_typed_about,
    notes_beside,
    typed_beside,
)

KEYS_AT_ONCE = 500  # SQLite limits the number of values in one statement
ENDED = tuple(state.value for state in ENDS)


@dataclass(frozen=True, slots=True)
class Erasing:
    """Parameters of one erasure; ``act_id`` is set if a person requested it."""

    cause: Cause
    at: datetime
    act_id: UUID | None = None


def person_conditions(table: Table, query: PersonQuery) -> ColumnElement[bool]:
    """Returns the condition for rows that may belong to this person.

    ``table`` is a local or central table of calls or messages.
    """
    found: list[ColumnElement[bool]] = []
    if query.phone:
        found.append(table.c.phone == query.phone)
        further = [name for name in ("caller_number_raw", *ROUTE) if name in table.c]
        found += [table.c[name].in_(phone_forms(query.phone)) for name in further]
    if query.email:
        found.append(func.lower(table.c.email) == query.email.lower())
    if not found and query.name is not None:
        parts = (
            ("surname", query.name.surname),
            ("given_name", query.name.given_name),
            ("patronymic", query.name.patronymic),
        )
        return and_(*(table.c[name].in_(name_forms(part)) for name, part in parts if part))
    return or_(*found)


def found_record(row: RowMapping, table: Table, query: PersonQuery) -> FoundRecord:
    """Converts a row of calls or messages to a search result.

    The result contains the categories of personal data and, if the record is not to be erased, the
    reason.
    """
    name, phone, email = _stated(row)
    is_call = table.name == "call_record"
    words = row["content"] if is_call else row["text"]
    spoken = DataCategory.TALK if is_call else DataCategory.MESSAGE
    categories = stated_categories(name, phone, email) + ((spoken,) if words else ())
    is_open = row["state"] != CallState.CLOSED if is_call else row["state"] not in ENDED
    left = Left.OPEN if is_open else None
    if is_call and query.phone and not _is_reached(row, query):
        return FoundRecord(RecordKind.CALL, row["id"], row["number"], (DataCategory.ROUTE,), left)
    if not is_called(query, name):
        left = Left.OTHER_NAME
    kind = RecordKind.CALL if is_call else RecordKind.MESSAGE
    return FoundRecord(kind, row["id"], row["number"] or "", categories, left)


def find_person(connection: Connection, query: PersonQuery) -> tuple[FoundRecord, ...]:
    """Returns the person's records that are not erased yet.

    These are calls and messages; messages of the person's calls; scheduled callbacks to the given
    phone number and to those in the found records; handover reports whose notes mention the person
    or a record that will be erased; unsent form drafts; and drafts with the phone number in an
    unparsed or incomplete form.
    """
    of_calls = (person_conditions(call_record, query), *_typed(connection, call_record, query))
    calls = _found(connection, call_record, or_(*of_calls), query)
    own = [one.id for one in calls if one.left is None and not one.is_of_another]
    conditions = [person_conditions(message, query), *_typed(connection, message, query)]
    conditions += [message.c.call_id.in_(ids) for ids in _portions(own)]
    messages = _found(connection, message, or_(*conditions), query)
    own_records = [
        one
        for one in (*calls, *messages)
        if one.left is not Left.OTHER_NAME and not one.is_of_another
    ]
    phones = [one.phone for one in authors_of(connection, own_records) if one.phone]
    if query.phone is not None:
        phones.append(query.phone)
    return (
        *calls,
        *(with_made(connection, record) for record in messages),
        *find_made(connection, query, {record.id for record in messages}),
        *find_promises(connection, phones),
        *notes_beside(connection, own_records, query),
        *typed_beside(connection, own_records, query),
    )


def erase(connection: Connection, records: Iterable[FoundRecord], erasing: Erasing) -> None:
    """Erases personal data of these records and of everything derived from them.

    On a person's request, photos, answer files and notifications are erased too, and all data
    linked only by the phone number: finished scheduled callbacks, remote summaries, notes of
    handover reports and form drafts. At the end of a retention period all of these remain: the
    photos, answer files and notifications exist only here, the linked data have separate retention
    periods. The answer to an erased message is erased with the message. Records of other persons
    remain (see ``forget_on_the_way``). Recordings are files and are erased separately (see
    ``recordings``).
    """
    chosen = tuple(one for one in records if not one.is_of_another)
    # overwrite freed pages in the file
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    if erasing.cause is Cause.REQUEST:
        _forget_beside(connection, [one for one in chosen if one.left is None])
        empty_notes(connection, _ids(chosen, RecordKind.SHEET))
        forget_forms(connection, _ids(chosen, RecordKind.TYPED))
    calls, messages = _ids(chosen, RecordKind.CALL), _ids(chosen, RecordKind.MESSAGE)
    forget_typed_about(connection, messages)
    if erasing.cause is Cause.REQUEST:
        erase_made(connection, messages, erasing.at)
        _ask_for(connection, {RecordKind.CALL: calls, RecordKind.MESSAGE: messages}, erasing)
    calls = _with_words(connection, Entity.CALL, calls)
    messages = _with_words(connection, Entity.MESSAGE, messages)
    written = [(RecordKind.CALL, id) for id in calls]
    written += [(RecordKind.MESSAGE, id) for id in messages]
    if not written:
        return
    # first: a trigger allows only erased messages to lose the text of their events
    connection.execute(
        insert(erasure),
        [
            {"entity": kind.value, "entity_id": id, "cause": erasing.cause.value,
             "act_id": erasing.act_id, "at": erasing.at}
            for kind, id in written
        ],
    )  # fmt: skip
    _empty(connection, call_record, calls)
    _empty(connection, message, messages)
    events = _erase_events(connection, messages)
    _erase_queued(connection, {Entity.CALL: calls, Entity.MESSAGE: messages,
                               Entity.STANDING: messages,
                               Entity.MESSAGE_EVENT: events})  # fmt: skip
    _each(connection, delete(event_aside), event_aside, messages)
    _each(connection, update(platform_post).values(answer_text=null()), platform_post, messages)
    _each(connection, update(platform_news).values(text=""), platform_news, messages)


def forget_on_the_way(connection: Connection, query: PersonQuery) -> None:
    """Deletes the phone number from the route of other persons' closed calls."""
    forms = phone_forms(query.phone) if query.phone else ()
    for column in ROUTE:
        own = and_(call_record.c[column].in_(forms), call_record.c.state == CallState.CLOSED.value)
        ids = connection.scalars(select(call_record.c.id).where(own)).all()
        connection.execute(update(call_record).where(own).values({column: ""}))
        for portion in _portions(ids):
            queued = and_(outbox.c.entity == Entity.CALL.value, outbox.c.entity_id.in_(portion))
            for row in connection.execute(select(outbox.c.seq, outbox.c.payload).where(queued)):
                left = {**row.payload, column: ""}
                connection.execute(
                    update(outbox).where(outbox.c.seq == row.seq).values(payload=left)
                )


# --- single tables ---


def _typed(
    connection: Connection, table: Table, query: PersonQuery
) -> Iterator[ColumnElement[bool]]:
    """Yields conditions for rows with the phone number as entered, not yet in canonical form."""
    if query.phone is None:
        return
    # canonical numbers start with a plus; in the index the others precede or follow them
    is_unread = or_(table.c.phone < "+", table.c.phone >= ",")
    is_draft = and_(table.c.state == CallState.DRAFT.value, table.c.phone.is_not(None))
    rows = connection.execute(
        select(table.c.id, table.c.phone, table.c.state).where(or_(is_unread, is_draft))
    ).mappings()
    ids = [row["id"] for row in rows if _is_typed(row, query)]
    for portion in _portions(ids):
        yield table.c.id.in_(portion)


def _is_reached(row: RowMapping, query: PersonQuery) -> bool:
    """Whether a contact stated in the record is this person's phone number or e-mail address."""
    is_contact = has_contact(query, _own_phones(row), row["email"])
    return is_contact or _is_typed(row, query)


def _is_typed(row: RowMapping, query: PersonQuery) -> bool:
    """Whether the phone field contains the person's number among other text or, in a draft, most of
    it.
    """
    phone, typed = query.phone, row["phone"]
    if not phone or not typed:
        return False
    is_draft = row["state"] == CallState.DRAFT  # same value for messages
    return mentions(typed, PersonQuery(phone=phone)) or (is_draft and is_begun(typed, phone))


def _found(
    connection: Connection, table: Table, condition: ColumnElement[bool], query: PersonQuery
) -> list[FoundRecord]:
    kind = RecordKind.CALL if table is call_record else RecordKind.MESSAGE
    erased = select(erasure.c.entity_id).where(
        erasure.c.entity == kind.value, erasure.c.entity_id == table.c.id
    )
    rows = connection.execute(
        select(table).where(condition, ~erased.exists()).order_by(table.c.created_at, table.c.id)
    ).mappings()
    return [found_record(row, table, query) for row in rows]


def _ask_for(
    connection: Connection, ids: Mapping[RecordKind, Sequence[UUID]], erasing: Erasing
) -> None:
    """Converts retention erasures of these records to erasures requested by a person."""
    asked = {"cause": erasing.cause.value, "act_id": erasing.act_id, "at": erasing.at}
    for kind, of_kind in ids.items():
        for portion in _portions(of_kind):
            passed = and_(
                erasure.c.entity == kind.value,
                erasure.c.entity_id.in_(portion),
                erasure.c.cause == Cause.TERM.value,
            )
            connection.execute(update(erasure).where(passed).values(asked))


def _with_words(connection: Connection, entity: Entity, ids: Sequence[UUID]) -> list[UUID]:
    return [id for id in ids if not is_erased(connection, entity, id)]


def _forget_beside(connection: Connection, records: Sequence[FoundRecord]) -> None:
    """Deletes callbacks and remote summaries linked to these records by phone number.

    Must run while the records still contain the phone numbers.
    """
    forget_promises(connection, records)
    forget_promises(connection, promises_beside(connection, records))
    for author in authors_of(connection, records):
        if author.phone is not None:  # a name alone is ambiguous and must be selected explicitly
            forget_elsewhere(connection, author, is_author=True)


def _empty(connection: Connection, table: Table, ids: Sequence[UUID]) -> None:
    if ids:
        statement = update(table).where(table.c.id == bindparam("of_id"))
        connection.execute(statement.values(erased_values(table)), [{"of_id": id} for id in ids])


def _erase_events(connection: Connection, messages: Sequence[UUID]) -> list[UUID]:
    """Erases the text of the messages' events; returns the event identifiers."""
    found: list[UUID] = []
    for ids in _portions(messages):
        rows = connection.execute(
            select(message_event.c.id, message_event.c.facts).where(
                message_event.c.message_id.in_(ids)
            )
        ).all()
        found += [row.id for row in rows]
        changed = [
            {"of_id": row.id, "left": left}
            for row in rows
            if (left := erased_facts(row.facts)) != row.facts
        ]
        if changed:
            statement = update(message_event).where(message_event.c.id == bindparam("of_id"))
            connection.execute(statement.values(facts=bindparam("left")), changed)
    return found


def _erase_queued(connection: Connection, ids: Mapping[Entity, Sequence[UUID]]) -> None:
    for entity, of_entity in ids.items():
        for portion in _portions(of_entity):
            erase_queued(connection, entity, portion)


def _each(connection: Connection, statement: Any, table: Table, messages: Sequence[UUID]) -> None:
    if messages:
        own = statement.where(table.c.message_id == bindparam("of_id"))
        connection.execute(own, [{"of_id": id} for id in messages])


def _own_phones(row: RowMapping) -> tuple[str | None, str]:
    return row["phone"], row["caller_number_raw"]


def _stated(row: RowMapping) -> tuple[PersonName | Absence, Stated, Stated]:
    name: PersonName | Absence = (
        Absence(row["name_absence"])
        if row["surname"] is None
        else PersonName(row["surname"], row["given_name"] or "", row["patronymic"] or "")
    )
    phone, email = (
        Absence(row[f"{part}_absence"]) if row[part] is None else row[part]
        for part in ("phone", "email")
    )
    return name, phone, email


def _ids(records: Iterable[FoundRecord], kind: RecordKind) -> list[UUID]:
    return [one.id for one in records if one.kind is kind and one.left is None]


def _portions(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), KEYS_AT_ONCE):
        yield ids[start : start + KEYS_AT_ONCE]
