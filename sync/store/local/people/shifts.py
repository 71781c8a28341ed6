"""Shift handover reports, pre-shift checks and form drafts of a workplace, and their erasure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cattrs.preconf.json import make_converter
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    RowMapping,
    Text,
    and_,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from uuid_utils.compat import uuid7

from sync.records.replicated_tables import call_record, message
from sync.records.workplace_tables import (
    handover_sheet,
    handover_signature,
    kept_words,
    shift_check,
)
from sync.register.audit import AuditKind, Subject, done_by
from sync.register.handling.form_drafts import (
    KEPT,
    WANTED_IN,
    FormPlace,
    KeptForm,
    KeptWords,
    Typed,
    texts_of,
)
from sync.register.people.names import mentions
from sync.register.people.operators import Operator
from sync.register.people.persons import (
    DataCategory,
    FoundRecord,
    Left,
    PersonQuery,
    RecordKind,
)
from sync.register.people.shift import (
    HandoverRefusal,
    KeptCheck,
    PlaceFinding,
    Sheet,
    SheetContent,
    Signature,
    accept_refusal,
    leave_refusal,
)
from sync.store.local.calls.notes import authors_of
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore

SHEET_SCHEMA_VERSION = 1
LEFT, ACCEPTED = "left", "accepted"

_CONVERTER = make_converter()


class Handovers:
    """Shift handover reports and their signatures.

    Reading methods are thread-safe and raise StoreError; futures resolve after COMMIT.
    """

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def leave(self, by: Operator, content: SheetContent) -> Future[Sheet | HandoverRefusal]:
        """Creates a report signed by the leaving operator, or resolves to the refusal."""

        def work(connection: Connection) -> Sheet | HandoverRefusal:
            refused = leave_refusal(by)
            if refused is not None:
                return refused
            at = self._clock()
            sheet = Sheet(self._new_id(), content, Signature(by.id, by.name, at))
            connection.execute(
                insert(handover_sheet).values(
                    id=sheet.id,
                    at=at,
                    content=_CONVERTER.unstructure(content),
                    schema_version=SHEET_SCHEMA_VERSION,
                )
            )
            self._sign(connection, sheet.id, LEFT, sheet.left)
            audited = done_by(by, AuditKind.SHIFT_LEFT, Subject.HANDOVER, sheet.id)
            self._store.audit.add(connection, audited)
            return sheet

        return self._store.write(work)

    def accept(self, by: Operator, sheet_id: UUID) -> Future[Sheet | HandoverRefusal]:
        """Adds the signature of the accepting operator, or resolves to the refusal."""

        def work(connection: Connection) -> Sheet | HandoverRefusal:
            sheet = _sheet_of(connection, _sheet_row(connection, sheet_id))
            refused = accept_refusal(sheet, by)
            if refused is not None:
                return refused
            signature = Signature(by.id, by.name, self._clock())
            self._sign(connection, sheet.id, ACCEPTED, signature)
            audited = done_by(by, AuditKind.SHIFT_ACCEPTED, Subject.HANDOVER, sheet.id)
            self._store.audit.add(connection, audited)
            return replace(sheet, accepted=signature)

        return self._store.write(work)

    def last_sheet(self) -> Sheet | None:
        """Returns the latest report of this workplace, accepted or not; None if there is none."""
        newest = select(handover_sheet).order_by(
            handover_sheet.c.at.desc(), handover_sheet.c.id.desc()
        )

        def read(connection: Connection) -> Sheet | None:
            row = connection.execute(newest.limit(1)).mappings().first()
            return None if row is None else _sheet_of(connection, row)

        return self._store.read(read)

    def _sign(
        self, connection: Connection, sheet_id: UUID, side: str, signature: Signature
    ) -> None:
        connection.execute(
            insert(handover_signature).values(
                sheet_id=sheet_id,
                side=side,
                at=signature.at,
                by_id=signature.by_id,
                by_name=signature.by_name,
            )
        )


def _sheet_row(connection: Connection, sheet_id: UUID) -> RowMapping:
    wanted = select(handover_sheet).where(handover_sheet.c.id == sheet_id)
    return connection.execute(wanted).mappings().one()


def _sheet_of(connection: Connection, row: RowMapping) -> Sheet:
    wanted = select(handover_signature).where(handover_signature.c.sheet_id == row["id"])
    signed = {
        each["side"]: Signature(each["by_id"], each["by_name"], each["at"])
        for each in connection.execute(wanted).mappings()
    }
    content = _CONVERTER.structure(row["content"], SheetContent)
    return Sheet(row["id"], content, signed[LEFT], signed.get(ACCEPTED))


_ORDER = ("form", "subject", "part")
_IS_OF_A_MESSAGE = kept_words.c.form.in_([form.value for form in WANTED_IN])


class KeptWordsStore:
    """Form drafts of operators.

    Reading methods are thread-safe and raise StoreError; futures resolve after COMMIT.
    """

    def __init__(self, store: RegisterStore, *, new_id: Callable[[], UUID] = uuid7) -> None:
        self._store = store
        self._new_id = new_id

    def of(self, operator_id: UUID) -> tuple[KeptWords, ...]:
        """Returns the operator's form drafts, without those for messages that no longer need them.

        Drafts of forms that only a later version knows are left unchanged.
        """
        query = (
            select(kept_words)
            .where(
                kept_words.c.operator_id == operator_id,
                kept_words.c.form.in_([form.value for form in KeptForm]),
                ~_is_wanted_no_more(),
            )
            .order_by(*(kept_words.c[name] for name in _ORDER))
        )
        rows = self._store.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(map(_words_of, rows))

    def keep(self, operator_id: UUID, kept: KeptWords) -> Future[None]:
        """Saves the content of this form as draft; replaces the previous content."""

        def work(connection: Connection) -> None:
            place, typed = kept.place, kept.typed
            values = {"at": kept.at, "words": dict(typed.words), "content": typed.content}
            connection.execute(
                insert_sqlite(kept_words)
                .values(
                    id=self._new_id(),
                    operator_id=operator_id,
                    form=place.form.value,
                    subject=place.subject,
                    part=place.part,
                    **values,
                )
                .on_conflict_do_update(index_elements=["operator_id", *_ORDER], set_=values)
            )

        return self._store.write(work)

    def drop(self, operator_id: UUID, place: FormPlace) -> Future[None]:
        """Deletes the draft of this form after it was sent, saved or discarded."""
        own = and_(
            kept_words.c.operator_id == operator_id,
            kept_words.c.form == place.form.value,
            kept_words.c.subject == place.subject,
            kept_words.c.part == place.part,
        )
        return self._store.write(lambda connection: _delete(connection, own))


def forget_kept(connection: Connection, at: datetime) -> None:
    """Deletes drafts that are no longer needed.

    These are drafts whose retention period has ended, and drafts for messages that no longer need
    them.
    """
    _delete(connection, kept_words.c.at < at - KEPT)
    _delete(connection, _is_wanted_no_more())


def forget_typed_about(connection: Connection, messages: Collection[UUID]) -> None:
    """Deletes the drafts about these messages.

    These are drafts of answers, with their files, and of decisions.
    """
    own = kept_words.c.subject.in_([str(id) for id in messages])
    _delete(connection, and_(_IS_OF_A_MESSAGE, own))


def forget_forms(connection: Connection, ids: Sequence[UUID]) -> None:
    """Deletes these form drafts with all their parts."""
    for id in ids:
        one = connection.execute(select(kept_words).where(kept_words.c.id == id)).one_or_none()
        if one is not None:
            _delete(
                connection,
                and_(
                    kept_words.c.operator_id == one.operator_id,
                    kept_words.c.form == one.form,
                    kept_words.c.subject == one.subject,
                ),
            )


def _is_wanted_no_more() -> ColumnElement[bool]:
    return or_(
        *(
            and_(
                kept_words.c.form == form.value,
                exists().where(
                    type_coerce(message.c.id, Text) == kept_words.c.subject,
                    message.c.state.not_in([state.value for state in wanted]),
                ),
            )
            for form, wanted in WANTED_IN.items()
        )
    )


def _delete(connection: Connection, own: ColumnElement[bool]) -> None:
    # overwrite freed pages in the file
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    connection.execute(delete(kept_words).where(own))


def _words_of(row: RowMapping) -> KeptWords:
    words: dict[str, Any] = row["words"]
    return KeptWords(
        FormPlace(KeptForm(row["form"]), row["subject"], row["part"]),
        Typed(words, row["content"]),
        row["at"],
    )


_NOTE = func.json_extract(handover_sheet.c.content, "$.note", type_=Text)
_NOTES = select(handover_sheet.c.id, handover_sheet.c.at, _NOTE.label("note")).order_by(
    handover_sheet.c.at, handover_sheet.c.id
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def find_notes(
    connection: Connection, people: Sequence[PersonQuery], numbers: Collection[str]
) -> tuple[FoundRecord, ...]:
    """Returns the reports whose note mentions one of these persons or records, earliest first.

    Includes reports that a query selects by the minute of their signature.
    """
    minutes = {minute for person in people for minute in person.sheets}
    return tuple(
        FoundRecord(RecordKind.SHEET, row.id, "", (DataCategory.SHEET_NOTE,), at=row.at)
        for row in _with_notes(connection)
        if row.at.replace(second=0, microsecond=0) in minutes
        or any(mentions(row.note, person, numbers) for person in people)
    )


def notes_beside(
    connection: Connection, records: Iterable[FoundRecord], asked: PersonQuery | None = None
) -> tuple[FoundRecord, ...]:
    """Returns the reports that mention the requested person, these records or the persons
    in them.
    """
    return find_notes(connection, *told_by(connection, records, asked))


def told_by(
    connection: Connection, records: Iterable[FoundRecord], asked: PersonQuery | None
) -> tuple[tuple[PersonQuery, ...], frozenset[str]]:
    """Returns the persons and registration numbers that identify the erased data in a free text."""
    erased = [one for one in records if one.left is None and not one.is_of_another]
    people = (*(() if asked is None else (asked,)), *authors_of(connection, erased))
    return people, frozenset(one.number for one in erased if one.number)


def note_copy(
    connection: Connection, id: UUID, people: Sequence[PersonQuery], numbers: Collection[str]
) -> dict[str, Any]:
    """Returns the time of the report and the sentences of its note that mention these persons or
    records.
    """
    row = connection.execute(_NOTES.where(handover_sheet.c.id == id)).one()
    return {"id": id, "at": row.at, "content": sentences_of(row.note, people, numbers)}


def sentences_of(text: str, people: Sequence[PersonQuery], numbers: Collection[str]) -> str:
    """Returns the sentences of a free text that mention these persons or records."""
    return " ".join(
        sentence
        for sentence in _SENTENCE.split(text)
        if any(mentions(sentence, person, numbers) for person in people)
    )


def empty_notes(connection: Connection, ids: Iterable[UUID]) -> None:
    """Deletes the notes of these reports; signatures and other content of the reports remain."""
    emptied = update(handover_sheet).values(
        content=func.json_set(handover_sheet.c.content, "$.note", "")
    )
    for id in ids:
        connection.execute(emptied.where(handover_sheet.c.id == id))


def end_notes(connection: Connection, before: datetime) -> int:
    """Deletes the notes of reports created before ``before``; returns their number."""
    old = [row.id for row in _with_notes(connection) if row.at < before]
    empty_notes(connection, old)
    return len(old)


def _with_notes(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(_NOTES.where(_NOTE != "")).all()


_FORMS = (
    select(
        kept_words.c.id, kept_words.c.at, kept_words.c.form, kept_words.c.subject,
        kept_words.c.words,
    )
    .where(kept_words.c.part == 0)
    .order_by(kept_words.c.at, kept_words.c.id)
)  # fmt: skip


def typed_beside(
    connection: Connection, records: Iterable[FoundRecord], asked: PersonQuery | None = None
) -> tuple[FoundRecord, ...]:
    """Returns the form drafts that mention the requested person, these records or persons in them.

    A draft about one of these messages is always included and is erased or skipped with the
    message.
    """
    chosen = tuple(records)
    people, numbers = told_by(connection, chosen, asked)
    messages = {str(one.id): one.left for one in chosen if one.kind is RecordKind.MESSAGE}
    return tuple(
        FoundRecord(
            RecordKind.TYPED,
            row["id"],
            "",
            (DataCategory.TYPED,),
            _left(row, messages),
            at=row["at"],
        )
        for row in connection.execute(_FORMS).mappings().all()
        if _is_about(row, messages)
        or any(mentions(_text(row), person, numbers) for person in people)
    )


def typed_copy(
    connection: Connection,
    found: FoundRecord,
    people: Sequence[PersonQuery],
    numbers: Collection[str],
) -> dict[str, Any]:
    """Returns the time of the draft and its sentences that mention these persons or records."""
    row = connection.execute(_FORMS.where(kept_words.c.id == found.id)).mappings().one()
    told = sentences_of(_text(row), people, numbers)
    return {"id": found.id, "at": row["at"], "words": told}


def _is_about(row: RowMapping, messages: Collection[str]) -> bool:
    return row["form"] in WANTED_IN and row["subject"] in messages


def _left(row: RowMapping, messages: dict[str, Left | None]) -> Left | None:
    return messages[row["subject"]] if _is_about(row, messages) else None


def _text(row: RowMapping) -> str:
    return "\n".join(texts_of(row["words"]))


# SQLite numbers rows in write order, independent of the clock
_NEWEST_CALL = select(call_record.c.created_at).order_by(literal_column("rowid").desc()).limit(1)


class ShiftChecks:
    """Pre-shift checks.

    Reading methods are thread-safe and raise StoreError; futures resolve after COMMIT.
    """

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def note_check(self, by: Operator, findings: tuple[PlaceFinding, ...]) -> Future[KeptCheck]:
        """Saves the results of this operator's check."""
        kept = KeptCheck(self._new_id(), self._clock(), by.id, by.name, findings)

        def work(connection: Connection) -> KeptCheck:
            connection.execute(
                insert(shift_check).values(
                    id=kept.id,
                    at=kept.at,
                    by_id=kept.operator_id,
                    by_name=kept.operator_name,
                    findings=_CONVERTER.unstructure(kept.findings),
                )
            )
            return kept

        return self._store.write(work)

    def last_check_of(self, operator_id: UUID) -> KeptCheck | None:
        """Returns the latest check of this operator at this workplace; None if there is none."""
        return last_check(self._store, by=operator_id)

    def newest_record_at(self) -> datetime | None:
        """Returns the creation time of the call record written last; None if there is none.

        Records are ordered by writing, not by the clock, which may have been wrong.
        """
        return self._store.read(lambda connection: connection.scalar(_NEWEST_CALL))


def last_check(register: RegisterReading, *, by: UUID | None = None) -> KeptCheck | None:
    """Returns the latest check, of all or of one operator. Raises StoreError. Thread-safe."""
    newest = select(shift_check).order_by(shift_check.c.at.desc(), shift_check.c.id.desc())
    if by is not None:
        newest = newest.where(shift_check.c.by_id == by)
    row = register.read(lambda one: one.execute(newest.limit(1)).mappings().first())
    return None if row is None else _check_of(row)


def _check_of(row: RowMapping) -> KeptCheck:
    return KeptCheck(
        row["id"],
        row["at"],
        row["by_id"],
        row["by_name"],
        _CONVERTER.structure(row["findings"], tuple[PlaceFinding, ...]),
    )
