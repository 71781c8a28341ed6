"""Forms that are not sent yet and tell of a person: who is told of in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from sync.register.kept_words import WANTED_IN, texts_of
from sync.register.mentions import mentions
from sync.register.persons import DataCategory, FoundRecord, Left, PersonQuery, RecordKind
from sync.store.sheet_notes import sentences_of, told_by
from sync.store.workplace_tables.operators import kept_words

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
    """The forms that tell of who was asked for, or of these records and who stands in them.

    What is typed about one of these messages is among them whatever it says: it is left with that.
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
    """When the form was typed, and those sentences in it that tell of the person."""
    row = connection.execute(_FORMS.where(kept_words.c.id == found.id)).mappings().one()
    told = sentences_of(_text(row), people, numbers)
    return {"id": found.id, "at": row["at"], "words": told}


def _is_about(row: RowMapping, messages: Collection[str]) -> bool:
    return row["form"] in WANTED_IN and row["subject"] in messages


def _left(row: RowMapping, messages: dict[str, Left | None]) -> Left | None:
    return messages[row["subject"]] if _is_about(row, messages) else None


def _text(row: RowMapping) -> str:
    return "\n".join(texts_of(row["words"]))
