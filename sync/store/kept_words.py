"""What stands in forms that are not sent yet, in the register of this workplace, by operator."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Text,
    and_,
    delete,
    exists,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.sqlite import insert
from uuid_utils.compat import uuid7

from sync.register.kept_words import KEPT, WANTED_IN, FormPlace, KeptForm, KeptWords, Typed
from sync.store.record_tables import message
from sync.store.register import RegisterStore
from sync.store.workplace_tables.operators import kept_words

_ORDER = ("form", "subject", "part")
_IS_OF_A_MESSAGE = kept_words.c.form.in_([form.value for form in WANTED_IN])


class KeptWordsStore:
    """Reads on any thread and raises StoreError; futures resolve after COMMIT."""

    def __init__(self, store: RegisterStore, *, new_id: Callable[[], UUID] = uuid7) -> None:
        self._store = store
        self._new_id = new_id

    def of(self, operator_id: UUID) -> tuple[KeptWords, ...]:
        """What this operator has typed, but what is wanted of no message any more.

        What a later version of the program has written of forms that are new there stays as it is.
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
        """Write what stands in this form now, over what stood there."""

        def work(connection: Connection) -> None:
            place, typed = kept.place, kept.typed
            values = {"at": kept.at, "words": dict(typed.words), "content": typed.content}
            connection.execute(
                insert(kept_words)
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
        """Forget what stood in this form: it was sent, saved or thrown away."""
        own = and_(
            kept_words.c.operator_id == operator_id,
            kept_words.c.form == place.form.value,
            kept_words.c.subject == place.subject,
            kept_words.c.part == place.part,
        )
        return self._store.write(lambda connection: _delete(connection, own))


def forget_kept(connection: Connection, at: datetime) -> None:
    """Drop what nobody has gone on with for its term, and what is wanted of no message any more."""
    _delete(connection, kept_words.c.at < at - KEPT)
    _delete(connection, _is_wanted_no_more())


def forget_typed_about(connection: Connection, messages: Collection[UUID]) -> None:
    """Drop the answers to these messages, with their files, and what is decided about them."""
    own = kept_words.c.subject.in_([str(id) for id in messages])
    _delete(connection, and_(_IS_OF_A_MESSAGE, own))


def forget_forms(connection: Connection, ids: Sequence[UUID]) -> None:
    """Drop these forms, each with all its parts."""
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
    # what is freed in the file is overwritten and not only given back
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    connection.execute(delete(kept_words).where(own))


def _words_of(row: RowMapping) -> KeptWords:
    words: dict[str, Any] = row["words"]
    return KeptWords(
        FormPlace(KeptForm(row["form"]), row["subject"], row["part"]),
        Typed(words, row["content"]),
        row["at"],
    )
