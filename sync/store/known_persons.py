"""The people whom records name: behind a telephone, or at this workplace by their name.

What other workplaces wrote of a telephone came with the feed, with a name and without an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    func,
    null,
    or_,
    select,
    union_all,
)

from sync.register.handling.states import State
from sync.register.known_persons import (
    MOST_PERSONS,
    KnownPerson,
    NamedRecord,
    is_named,
    name_words,
    persons_of,
)
from sync.register.phones import canonical_phone
from sync.register.values import PersonName
from sync.store.reading import RegisterReading
from sync.store.record_tables import call_record, message
from sync.store.workplace_tables.received import known_call, known_message

MOST_RECORDS = 200  # the newest of a telephone or a name: a public telephone has thousands
FEWEST_LETTERS = 2
FEWEST_DIGITS = 5
_OWN = (call_record, message)
_OF_OTHERS = (known_call, known_message)
_COLUMNS = {
    "call_record": ("arrived_at", "content", "email"),
    "message": ("created_at", "text", "email"),
    "known_call": ("at", "about", ""),
    "known_message": ("at", "about", ""),
}
"""Of each table the columns of the moment, of what it was about, and of the address, if any."""
_LAST_CHARACTER = "\U0010ffff"
_SPELT_WITH_IO = 3  # so many «е» of a word are also looked for as «ё»


def persons_behind(
    register: RegisterReading, phone: str, *, without: UUID | None = None
) -> tuple[KnownPerson, ...]:
    """Whom calls and messages of a telephone (E.164) name, but for the call ``without``.

    Any thread; who was written down last comes first, no more than digits can choose from.
    """
    asked = {"asked_phone": phone, "without": without}
    return register.read(lambda connection: _persons(connection, _BEHIND, asked))[:MOST_PERSONS]


def find_persons(
    register: RegisterReading, query: str, home_area_code: str
) -> tuple[KnownPerson, ...]:
    """Whom records name so, by the beginnings of a name's words in any order, or by a telephone.

    Any thread; none for less than two letters or five digits. The newest first.
    """
    text = query.strip()
    digits = sum(character.isdigit() for character in text)
    if digits >= FEWEST_DIGITS:
        phone = canonical_phone(text, home_area_code)
        return () if phone is None else persons_behind(register, phone)
    words = name_words(text)
    if digits or max(map(len, words), default=0) < FEWEST_LETTERS:
        return ()

    def conditions(table: Table) -> list[ColumnElement[bool]]:
        # The first condition is what the indexes answer, the others look through what it gives.
        indexed = (table.c.surname, table.c.given_name)
        parts = (*indexed, table.c.patronymic)
        begun = [_begins(part, word) for word in words for part in indexed]
        return [or_(*begun)] + [or_(*(_begins(part, word) for part in parts)) for word in words]

    named = union_all(*(_named(table, conditions(table)) for table in _OWN))
    found = register.read(lambda connection: _persons(connection, named, {}))
    return tuple(person for person in found if is_named(person, text))[:MOST_PERSONS]


def _begins(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Whether a part of a name begins so, as the index of its column can tell."""
    forms = {form for one in _spellings(word) for form in (_capitalised(one), one.upper())}
    return or_(*(and_(column >= form, column < form + _LAST_CHARACTER) for form in sorted(forms)))


def _capitalised(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _spellings(word: str) -> Iterator[str]:
    small = word.lower().replace("ё", "е")
    places = [place for place, letter in enumerate(small) if letter == "е"][:_SPELT_WITH_IO]
    for letters in product("её", repeat=len(places)):
        spelt = list(small)
        for place, letter in zip(places, letters, strict=True):
            spelt[place] = letter
        yield "".join(spelt)


def _persons(
    connection: Connection, query: CompoundSelect[Any], asked: Mapping[str, object]
) -> tuple[KnownPerson, ...]:
    return persons_of(
        NamedRecord(
            number or "", at, PersonName(surname, given_name or "", patronymic or ""),
            phone, email, topic, category, about, records,
        )
        for number, at, surname, given_name, patronymic, phone, email, topic, category, about,
            records in connection.execute(query, asked)
    )  # fmt: skip


def _named(table: Table, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Whom the newest records of a table name, each in the newest that names him so.

    A public telephone has hundreds of records of a few people: to make an object of each takes as
    long as all else that is done at a ring. What is a draft yet is not told.
    """
    newest = _newest(table, conditions).subquery()
    # without a telephone or an address each record is somebody else's
    alone = case((func.coalesce(newest.c.phone, newest.c.email).is_(None), newest.c.number))
    who = (
        newest.c.surname, newest.c.given_name, newest.c.patronymic,
        newest.c.phone, newest.c.email, alone,
    )  # fmt: skip
    order = (newest.c.at.desc(), newest.c.number.desc())
    ranked = select(
        *newest.c,
        func.count().over(partition_by=who).label("records"),
        func.row_number().over(partition_by=who, order_by=order).label("place"),
    ).subquery()
    columns = [column for column in ranked.c if column.name != "place"]
    return select(*columns).where(ranked.c.place == 1)


def _newest(table: Table, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    at, about, email = _COLUMNS[table.name]
    own = table.c
    query = select(
        own.number, own[at].label("at"), own.surname, own.given_name, own.patronymic, own.phone,
        (own[email] if email else null()).label("email"), own.topic, own.category,
        own[about].label("about"),
    )  # fmt: skip
    if table is message:
        query = query.where(own.state != State.DRAFT.value)
    named = query.where(own.surname.is_not(None), *conditions)
    return named.order_by(own[at].desc()).limit(MOST_RECORDS)


def _of_phone(table: Table) -> list[ColumnElement[bool]]:
    phone = bindparam("asked_phone", type_=Text)
    if table in _OF_OTHERS:
        return [table.c.phone == phone]
    own = table.c.id if table is call_record else table.c.call_id
    without = bindparam("without", type_=own.type)
    return [table.c.phone == phone, or_(without.is_(None), own.is_distinct_from(without))]


# Built once: to put it together would take longer than to ask it.
_BEHIND = union_all(*(_named(table, _of_phone(table)) for table in (*_OWN, *_OF_OTHERS)))
