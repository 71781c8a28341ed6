"""Writes the audit entry of a command that read a local database, also while a console runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from uuid_utils.compat import uuid7

from sync.register.audit import Audited
from sync.store.local.audit import AuditWriter, queue_audit
from sync.store.local.engine import file_engine, known_errors
from sync.store.local.keys import StoreKey

QUEUED_AT_ONCE = 500


def note_command(path: Path, key: StoreKey, audited: Audited, *, queue_all: bool = False) -> None:
    """Appends an entry to the audit chain.

    ``queue_all`` adds every entry that is not in the outbox yet, including the new one. Safe while
    a console runs: each writer blocks until the other has finished and reads the last entry within
    its own transaction. Raises StoreError if the file cannot be written.
    """
    engine = file_engine(path, key)
    try:
        with known_errors(), engine.begin() as connection:
            writer = AuditWriter(uuid7, lambda: datetime.now(UTC))
            writer.add(connection, audited)
            while queue_all and queue_audit(connection, QUEUED_AT_ONCE, datetime.now(UTC)):
                pass
    finally:
        engine.dispose()
