"""Two operators of one central database pause at the same time: their shared data is compared."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import RowMapping, Table, select

from kb.store import Directory
from sync.records import central_append_only_tables, central_tables
from sync.records.replicated_tables import call_record, message, message_event
from sync.records.workplace_tables import planned_call
from sync.register.calls.missed import Missed, MissedElsewhere
from sync.store.central.connection import central_transaction
from sync.store.local.calls.missed import still_missed
from sync.store.local.calls.planned import call_of
from sync.store.local.incidents import incidents_since
from tests.benchmarks.operator_walk import Walk, WalkFailure
from tests.benchmarks.walked_centre import WalkedCentre

MEETING_LIMIT_S: Final = 180.0
AGREES_WITHIN_S: Final = 60.0
"""Calls are polled every 15 to 30 seconds, and later after an outage of the central database."""
SHOWN_FAULTS: Final = 6


class Meeting:
    """Barriers before and after the pause; ``come`` raises WalkFailure in one of the walks.

    In the other, and after a walk has left, it raises BrokenBarrierError.
    """

    def __init__(self, walks: list[Walk], centre: WalkedCentre, until_s: float) -> None:
        self._walks = walks
        self._centre = centre
        self._before = threading.Barrier(len(walks), action=centre.be_there)
        self._after = threading.Barrier(len(walks), action=self._compare)
        self._until_s = until_s
        self.is_over = False  # decided for both while neither acts
        self.compared = 0
        self.longest_s = 0.0
        self.last_fault = ""  # the last difference resolved in the longest comparison

    def come(self) -> None:
        """Waits until both are idle and the central database is available."""
        self._before.wait(MEETING_LIMIT_S)

    def compare(self) -> None:
        """Compares both desks and the central database, which must agree."""
        self._after.wait(MEETING_LIMIT_S)

    def leave(self) -> None:
        self._before.abort()
        self._after.abort()

    def _compare(self) -> None:
        begun_s = time.monotonic()
        last = ""
        while faults := list(self._faults()):
            last = "; ".join(faults[:SHOWN_FAULTS])
            if time.monotonic() > begun_s + AGREES_WITHIN_S:
                raise WalkFailure(f"the desks disagree: {last}")
            time.sleep(1)
        self.is_over = time.monotonic() > self._until_s
        self.compared += 1
        if (took_s := time.monotonic() - begun_s) > self.longest_s:
            self.longest_s, self.last_fault = took_s, last

    def _faults(self) -> Iterator[str]:
        for walk in self._walks:
            if waiting := walk.desk.waiting():
                yield f"{waiting} wait at {walk.desk.place.code}"
        yield from self._differ("missed calls", _missed, self._claimed())
        yield from self._differ("incidents", _incidents)
        yield from self._differ("promised calls", _promised)
        yield from self._differ("the directory", _directory)
        for walk in self._walks:
            yield from self._missing(walk)
        yield from self._doubled()

    def _differ(
        self,
        what: str,
        read: Callable[[Walk], dict[str, Any]],
        but_for: Collection[str] = (),
    ) -> Iterator[str]:
        one, other = (read(walk) for walk in self._walks)
        for key in sorted(one.keys() | other.keys()):
            if one.get(key) != other.get(key) and key not in but_for:
                yield f"{what}: {key} is {one.get(key)} and {other.get(key)}"

    def _claimed(self) -> frozenset[str]:
        """Returns numbers of finished talks with only a draft record.

        The other desk still lists the missed call, with its operator.
        """
        now = datetime.now(UTC)
        claims = self._central(central_append_only_tables.call_claim)
        return frozenset(row["phone"] for row in claims if row["until"] > now)

    def _missing(self, walk: Walk) -> Iterator[str]:
        """Yields differences of the central database from the workplace, except drafts; actions in
        order.
        """
        code = walk.desk.place.code
        for local, there, columns in (
            (call_record, central_tables.call_record, ("number", "state", "result", "content")),
            (message, central_tables.message, ("number", "state", "text")),
        ):
            here = {row["number"]: row for row in walk.rows(local) if row["state"] != "draft"}
            kept = {row["number"]: row for row in self._central(there)}
            for number, row in here.items():
                held = kept.get(number)
                if held is None:
                    yield f"{number} of {code} is not in the centre"
                elif differing := [name for name in columns if row[name] != held[name]]:
                    yield f"{number} of {code} differs in the centre: {differing}"
        held_steps = _steps(self._central(central_tables.message_event))
        for id, taken in _steps(walk.rows(message_event)).items():
            if (stand := held_steps.get(id)) != taken:
                yield f"steps of message {id} at {code}: {taken}, in the centre {stand}"

    def _doubled(self) -> Iterator[str]:
        rows = self._central(central_tables.call_record)
        for name in ("sip_call_id", "id", "number"):
            values = [row[name] for row in rows]
            if doubled := {one for one in values if values.count(one) > 1}:
                yield f"{name} stands twice in the centre: {sorted(map(str, doubled))}"

    def _central(self, table: Table) -> list[RowMapping]:
        with central_transaction(self._centre.seen_whole) as connection:
            return list(connection.execute(select(table)).mappings())


def _steps(rows: list[RowMapping]) -> dict[str, list[str]]:
    """The steps of each message, in their order."""
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row["seq"]):
        found.setdefault(str(row["message_id"]), []).append(f"{row['step']} {row['id']}")
    return found


def _missed(walk: Walk) -> dict[str, Any]:
    """Returns numbers: calls at both desks within two minutes count as one missed call."""
    with walk.register() as register:
        return dict.fromkeys((_phone(one) for one in still_missed(register)), "open")


def _phone(one: Missed) -> str:
    return one.phone if isinstance(one, MissedElsewhere) else str(one.phone)


def _incidents(walk: Walk) -> dict[str, Any]:
    with walk.register() as register:
        found = incidents_since(register, datetime.now(UTC) - timedelta(days=1))
    return {str(one.id): asdict(one) for one in found}


def _promised(walk: Walk) -> dict[str, Any]:
    return {str(call.id): call for call in map(call_of, walk.rows(planned_call))}


def _directory(walk: Walk) -> dict[str, Any]:
    with closing(Directory.open(walk.desk.data_folder / "directory.db")) as directory:
        entries = {entry.id: entry for entry in directory.entries()}
        versions = directory.entry_versions(entries)
        pairs = directory.synonym_versions(directory.shared_synonyms())
    return {
        **{id: (versions[id], entry) for id, entry in entries.items()},
        **{" = ".join(pair): version for pair, version in pairs.items()},
    }
