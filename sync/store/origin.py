"""Whether a store lies where it was made, or is a copy that would give numbers a second time."""

from __future__ import annotations

import hashlib
import sys
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from sync.errors import StoreCopied
from sync.store.workplace_tables.station import station, store_origin


def this_place(path: Path) -> str:
    """What tells this very file on this machine from every copy of it.

    The number of a file within its file system stays when it is renamed.
    """
    return f"{_machine_id()} {path.stat().st_ino}"


def require_own(connection: Connection, place: str, at: datetime) -> None:
    """Return when the store lies where it was bound; one that never was is bound to ``place``.

    Raises StoreCopied: ``backup`` for a copy that a backup made, ``elsewhere`` for a file that
    was copied or moved, within this machine too.
    """
    install_id = connection.scalars(select(station.c.install_id)).one()
    known = connection.execute(select(store_origin)).one_or_none()
    mark = _mark(place, install_id)
    if known is None:
        connection.execute(insert(store_origin).values(only=1, machine=mark, bound_at=at))
    elif known.copied_at is not None:
        raise StoreCopied("backup")
    elif known.machine != mark:
        raise StoreCopied("elsewhere")


def bind_anew(connection: Connection, place: str, install_id: UUID, at: datetime) -> None:
    """Make the file of this place the store itself, under a new identity."""
    former = connection.scalars(select(station.c.install_id)).one()
    connection.execute(update(station).values(install_id=install_id))
    values = {
        "machine": _mark(place, install_id),
        "bound_at": at,
        "copied_at": None,
        "former_install_id": former,
    }
    if connection.execute(update(store_origin).values(values)).rowcount == 0:
        connection.execute(insert(store_origin).values(only=1, **values))


def note_copied(connection: Connection, at: datetime) -> None:
    """Mark this copy as one: it must not be worked with as it is."""
    changed = connection.execute(update(store_origin).values(copied_at=at))
    if changed.rowcount == 0:
        connection.execute(
            insert(store_origin).values(only=1, machine="", bound_at=at, copied_at=at)
        )


def copied_at(connection: Connection) -> datetime | None:
    """When this copy was taken by a backup; None for any other file."""
    return connection.scalar(select(store_origin.c.copied_at))


def _mark(place: str, install_id: UUID) -> str:
    """The place, salted and hashed: it names no machine to whoever reads a copy."""
    return hashlib.sha256(f"{install_id} {place}".encode()).hexdigest()


def _machine_id() -> str:
    """What the system calls this machine; empty where it does not say."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography"
            ) as entry:
                return str(winreg.QueryValueEx(entry, "MachineGuid")[0])
        except OSError:
            return ""
    try:
        return Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
