"""What a rehearsal needs of the centre before its first call: a schema, and a workplace's code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import psycopg2
from sqlalchemy import Connection, func, insert, select, text

from sync.store import migrations
from sync.store.central import initialise
from sync.store.central_tables.workplaces import station, workplace_name
from sync.store.central_work import central_transaction

# Codes that people give out begin with 0001; those made of names stay away from them.
FIRST_CODE = 2000
CODES = 8000

_ENDING = re.compile(r"(.*?)([0-9]{0,4})", re.DOTALL)


def make_schema_where_none(dsn: str) -> bool:
    """Make the central schema in a database that has none; True when there is one now.

    An older program's is left to the administrator. False where the centre is away or does not
    let us; raises DsnInvalid.
    """
    try:
        with central_transaction(dsn) as connection:
            is_bare = migrations.current(connection) is None
        if is_bare:
            initialise(dsn)
    except psycopg2.Error:
        return False
    return True


def code_of_name(dsn: str, name: str) -> str | None:
    """The code the centre keeps for this name, chosen now for a new one; None when it is away.

    Two names never have one code, and a code that a store sends under is given to no new name.
    The login of a workplace is that workplace under any name. Raises DsnInvalid, and LookupError
    when all codes are given out.
    """

    try:
        with central_transaction(dsn) as connection:
            return _kept_code(connection, name)
    except psycopg2.Error:
        return None


def _kept_code(connection: Connection, name: str) -> str:
    own = connection.scalar(select(func.public.current_station()))
    if own is not None:
        return str(own)
    # one at a time, else two new names could find the same code free
    connection.execute(text("LOCK TABLE workplace_name IN SHARE ROW EXCLUSIVE MODE"))
    known = connection.scalar(
        select(workplace_name.c.station_id).where(workplace_name.c.name == name)
    )
    if known is not None:
        return str(known)
    taken = set(connection.scalars(select(workplace_name.c.station_id)))
    taken |= set(connection.scalars(select(station.c.station_id)))
    code = next((code for code in codes_for(name) if code not in taken), None)
    if code is None:
        raise LookupError("codes")
    connection.execute(insert(workplace_name).values(name=name, station_id=code))
    return code


def codes_for(name: str) -> Iterator[str]:
    """The codes a name may have, likeliest first; those of desk-1, desk-2 ... stand in a row."""
    match = _ENDING.fullmatch(name)
    stem, ending = match.groups() if match else (name, "")
    digest = hashlib.sha256(stem.encode("utf-8", "surrogatepass")).digest()
    first = int.from_bytes(digest[:8]) + int(ending or 0)
    for step in range(CODES):
        yield f"{FIRST_CODE + (first + step) % CODES:04d}"
