"""Claims on telephones in the centre, each a short transaction over a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg2

from sync.register.call_claims import CallClaim, Claimed, ClaimHolder, ClaimStage, said_to
from sync.store.central import complete_dsn
from sync.store.central_session import limit_session

HELD_S, WRITING_HELD_S = 60, 180
"""So long a claim holds that nobody renews: its workplace may have lost its power."""

_CLAIM = (
    "SELECT id::text, by_name, stage, talked_at"
    " FROM claim_telephone(%s, %s::uuid, %s, %s::uuid, %s, %s, %s, %s, %s, %s)"
)
_END = "SELECT end_call_claim(%s, %s::uuid)"
Opened = Callable[[Any], None]


def claim_call(
    dsn: str, station: str, claim: CallClaim, *, is_forced: bool, opened: Opened
) -> Claimed:
    """Take the telephone or keep it for a while; ``is_forced`` also where somebody else has it.

    ``opened`` hears of the connection, which may be broken off. Raises psycopg2.Error.
    """
    asked = (
        station,
        str(claim.id),
        claim.phone,
        str(claim.by_id),
        claim.by_name,
        claim.stage.value,
        is_forced,
        WRITING_HELD_S if claim.stage is ClaimStage.WRITING else HELD_S,
        claim.talked_at,
        claim.missed_at,
    )
    row = _one_row(dsn, _CLAIM, asked, opened)
    held = None if row is None else (UUID(row[0]), ClaimHolder(row[1], ClaimStage(row[2]), row[3]))
    return said_to(claim, held)


def end_call_claim(dsn: str, station: str, id: UUID, *, opened: Opened) -> None:
    """Give the telephone back; raises psycopg2.Error."""
    _one_row(dsn, _END, (station, str(id)), opened)


def _one_row(dsn: str, statement: str, asked: tuple[object, ...], opened: Opened) -> Any:
    driver = psycopg2.connect(complete_dsn(dsn))
    opened(driver)
    try:
        limit_session(driver)
        with driver, driver.cursor() as cursor:
            cursor.execute(statement, asked)
            return cursor.fetchone()
    finally:
        driver.close()
