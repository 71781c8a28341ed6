"""Rows of an exported outbox put into the centre in the place of the store that is no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never
from uuid import UUID

from sync.exchange.central_choice import CentralChoice
from sync.exchange.pushing import Kept, Refused, push_apart
from sync.store.central import Central
from sync.store.central_chain import note_import
from sync.store.outbox import Entity, OutboxRow

BATCH = 200
ANSWER_LIMIT_S = 15.0


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows of a file.

    ``put``: they were put there now. ``there``: the centre had them before. ``newer``: it has a
    later revision, which stays. ``earlier``: how many former revisions of records of this file
    were passed over.
    """

    put: tuple[OutboxRow, ...]
    there: tuple[OutboxRow, ...]
    newer: tuple[OutboxRow, ...]
    refused: tuple[Refused, ...]
    earlier: int


def import_rows(dsn: str, workplace: str, rows: Sequence[OutboxRow]) -> Imported:
    """Put these rows of one workplace into the centre; to do it again changes nothing.

    ``dsn`` is the owner's or the workplace's own: row security lets no other login write them.
    Raises one of KNOWN_ERRORS, and DsnInvalid.
    """
    choice = CentralChoice(dsn, ANSWER_LIMIT_S)
    try:
        central = choice.choose(None).central
        with choice.watching():
            central.stand_in(workplace)
        note_import(dsn, workplace, len(rows))
        return _import(choice, central, rows)
    finally:
        choice.leave()


def _import(choice: CentralChoice, central: Central, rows: Sequence[OutboxRow]) -> Imported:
    newest = _newest(rows)
    put: list[OutboxRow] = []
    there: list[OutboxRow] = []
    newer: list[OutboxRow] = []
    refused: list[Refused] = []

    def push(some: Sequence[OutboxRow]) -> frozenset[int]:
        with choice.watching():
            return central.push(some)

    for start in range(0, len(newest), BATCH):
        batch = newest[start : start + BATCH]
        with choice.watching():
            held = central.held(batch)
            behind = central.held([replace(row, rev=row.rev + 1) for row in batch])
        there += [row for row in batch if row.seq in held - behind]
        newer += [row for row in batch if row.seq in behind]
        wanted = [row for row in batch if row.seq not in held]
        for part in push_apart(push, wanted) if wanted else ():
            match part:
                case Kept(rows=kept):
                    put += kept
                case Refused():
                    refused.append(part)
                case _:
                    assert_never(part)
    earlier = len(rows) - len(newest)
    return Imported(tuple(put), tuple(there), tuple(newer), tuple(refused), earlier)


def _newest(rows: Sequence[OutboxRow]) -> list[OutboxRow]:
    """The last revision of each record, in the order of the file."""
    last: dict[tuple[Entity, UUID], OutboxRow] = {}
    for row in rows:
        known = last.get((row.entity, row.entity_id))
        if known is None or known.rev <= row.rev:
            last[row.entity, row.entity_id] = row
    return sorted(last.values(), key=lambda row: row.seq)
