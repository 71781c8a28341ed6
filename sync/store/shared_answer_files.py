"""Exchange of answer files with the central database (Regulation 9.9).

The e-mail with an answer is sent by the workplace that applies the step, which may not be the
workplace where the files were attached. Central rows never change, so files with known keys need
not be read again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg2
from psycopg2.errors import ForeignKeyViolation, InsufficientPrivilege
from sqlalchemy import Connection, and_, select
from sqlalchemy.dialects.postgresql import insert as central_insert
from sqlalchemy.dialects.sqlite import insert as local_insert

from sync.records import central_tables as central
from sync.records.replicated_tables import message
from sync.records.workplace_message_tables import answer_file, erasure
from sync.register.numbering import NumberProblem, parse
from sync.store.central.connection import central_transaction
from sync.store.local.register import RegisterStore

SIZE_LIMIT_BYTES = 10 * 2**20
"""Larger files are not exchanged; only e-mails of the workplace that has them can include them."""
SEEN_LATE = timedelta(hours=1)  # a row becomes visible when its transaction ends
_KEY = ("message_id", "sha256")
_TEXTS = ("name", "format", "added_at", "added_by_id", "added_by_name")

FileKey = tuple[UUID, str]
"""Key of an answer file: message id and SHA-256 in hexadecimal."""


@dataclass(slots=True)
class FilesKnown:
    """Keys of files that this run knows to be stored in or refused by the central database.

    ``since`` is the time of receipt of the newest known central file.
    """

    there: set[FileKey] = field(default_factory=set)
    refused: set[FileKey] = field(default_factory=set)
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class FilesExchanged:
    """Numbers of files sent to the central database and received from it."""

    sent: int
    taken: int


def unsent(store: RegisterStore, known: FilesKnown) -> dict[FileKey, str]:
    """Returns files not known to be stored centrally, with the registration numbers of their
    messages.
    """
    query = (
        select(answer_file.c.message_id, answer_file.c.sha256, message.c.number)
        .join(message, message.c.id == answer_file.c.message_id)
        .where(message.c.number.is_not(None), answer_file.c.size_bytes <= SIZE_LIMIT_BYTES)
    )
    rows = store.read(lambda connection: connection.execute(query).all())
    done = known.there | known.refused
    return {(row.message_id, row.sha256): row.number for row in rows if tuple(row[:2]) not in done}


def exchange_files(
    store: RegisterStore,
    dsn: str,
    known: FilesKnown,
    opened: Callable[[Any], None] = lambda _driver: None,
) -> FilesExchanged:
    """Sends files missing in the central database and fetches those missing here.

    Blocks; call on a worker thread. A file is sent only after its message. Raises psycopg2.Error,
    DsnInvalid and StoreError.
    """
    with central_transaction(dsn, opened) as connection:
        listed = _listed(connection, known)
    known.there |= set(listed)
    sent = 0
    for key, number in unsent(store, known).items():
        sent += _sent(store, dsn, key, number, known, opened)
    wanted = store.read(lambda connection: _wanted(connection, listed))
    with central_transaction(dsn, opened) as connection:
        for key in wanted:
            _take(store, connection, key)
    return FilesExchanged(sent, len(wanted))


def _listed(connection: Connection, known: FilesKnown) -> list[FileKey]:
    """Returns the keys of the central files; after the first call only of recent ones."""
    table = central.answer_file
    query = select(table.c.message_id, table.c.sha256, table.c.received_at)
    if known.since is not None:
        query = query.where(table.c.received_at > known.since - SEEN_LATE)
    rows = connection.execute(query).all()
    known.since = max([row.received_at for row in rows], default=known.since)
    return [(row.message_id, row.sha256) for row in rows]


def _sent(
    store: RegisterStore,
    dsn: str,
    key: FileKey,
    number: str,
    known: FilesKnown,
    opened: Callable[[Any], None],
) -> bool:
    place = parse(number)
    query = select(answer_file).where(
        and_(*(answer_file.c[name] == value for name, value in zip(_KEY, key, strict=True)))
    )
    row = store.read(lambda connection: connection.execute(query).mappings().one_or_none())
    if isinstance(place, NumberProblem) or row is None:
        return False  # erased in the meantime
    values = {name: row[name] for name in (*_KEY, *_TEXTS, "content")}
    added = central_insert(central.answer_file).values(
        station_id=place.station, period=place.period, **values
    )
    try:
        with central_transaction(dsn, opened) as connection:
            connection.execute(added.on_conflict_do_nothing())
    except ForeignKeyViolation:
        return False  # its message is still in the outbox
    except (psycopg2.IntegrityError, psycopg2.DataError, InsufficientPrivilege, ValueError):
        # The row itself is at fault (ValueError: a name that SQL text cannot store), or its owner.
        known.refused.add(key)
        return False
    known.there.add(key)
    return True


def _wanted(connection: Connection, listed: list[FileKey]) -> list[FileKey]:
    """Returns the files missing here for messages that are stored here and not erased."""
    found = []
    for message_id, digest in listed:
        is_here = select(message.c.id).where(message.c.id == message_id).exists()
        has_it = select(answer_file.c.name).where(
            answer_file.c.message_id == message_id, answer_file.c.sha256 == digest
        )
        is_erased = select(erasure.c.at).where(
            erasure.c.entity == "message", erasure.c.entity_id == message_id
        )
        if connection.scalar(select(is_here & ~has_it.exists() & ~is_erased.exists())):
            found.append((message_id, digest))
    return found


def _take(store: RegisterStore, centre: Connection, key: FileKey) -> None:
    table = central.answer_file
    query = select(table).where(
        and_(*(table.c[name] == value for name, value in zip(_KEY, key, strict=True)))
    )
    row = centre.execute(query).mappings().one_or_none()
    if row is None:
        return  # erased in the meantime
    content = bytes(row["content"])
    if sha256(content).hexdigest() != key[1]:
        return
    values = {name: row[name] for name in (*_KEY, *_TEXTS)}
    added = local_insert(answer_file).values(**values, size_bytes=len(content), content=content)
    # A file of this name attached here concurrently is retained.
    store.write(lambda local: local.execute(added.on_conflict_do_nothing())).result()
