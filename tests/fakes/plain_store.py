"""The register over unencrypted files, for comparisons and for locating faults."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy
import sqlcipher3.dbapi2 as sqlcipher
from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, event, insert, select
from sqlalchemy.pool import NullPool
from uuid_utils.compat import uuid7

from sync.records.workplace_tables import station
from sync.store import migrations
from sync.store.local.engine import Checkpoints, check_integrity
from sync.store.local.register import FIRST_STATION, RegisterStore
from sync.store.local.writer import StoreLock


def open_plain(path: Path) -> RegisterStore:
    """Opens the register of this file with the settings of the product but without its key."""
    writing = _engine(path, "BEGIN IMMEDIATE", "journal_mode=WAL", "synchronous=FULL")
    with writing.begin() as connection:
        if migrations.current(connection) is not None:
            check_integrity(connection)
        migrations.upgrade(connection, migrations.LOCAL)
        if connection.execute(select(station)).one_or_none() is None:
            made = {"code": FIRST_STATION, "install_id": uuid4(), "made_at": datetime.now(UTC)}
            connection.execute(insert(station).values(only=1, **made))
    return RegisterStore(
        writing,
        _engine(path, "BEGIN", "query_only=ON"),
        plain_checkpoints(path),
        StoreLock(path),
        home_area_code="",
        clock=lambda: datetime.now(UTC),
        new_id=uuid7,
        hasher=PasswordHasher(),
        has_room=lambda: True,
    )


def plain_checkpoints(path: Path, **times: float) -> Checkpoints:
    """Returns the WAL checkpointer of such a store."""
    return Checkpoints(_engine(path, "", "synchronous=FULL"), **times)


def _engine(path: Path, begin: str, *pragmas: str) -> Engine:
    def connect() -> Any:
        connection = sqlcipher.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=5.0
        )
        for pragma in ("foreign_keys=ON", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = sqlalchemy.create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=NullPool
    )

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        if begin:
            connection.exec_driver_sql(begin)

    return engine
