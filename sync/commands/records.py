"""Commands ``incidents``, ``places import`` and ``states``: incidents, streets, operator states."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import platformdirs

from sync.commands.error_texts import error_text
from sync.errors import KeyUnavailable, PlacesUnreadable
from sync.records.row_codec import plain
from sync.register.incidents import Incident
from sync.register.people.operator_states import KeptChange, state_times
from sync.register.places import PlaceList, RowProblem, read_rows
from sync.store.local.incidents import incidents_since
from sync.store.local.keys import find_key
from sync.store.local.people.operators import changes_of_period, state_changes, state_row
from sync.store.local.reading import RegisterReading
from sync.store.local.sidecar_files import FILE_NAME, read_places, read_table, write_places

EXIT_OK = 0


def add_incident_command(
    commands: Any, add_store: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Adds ``incidents``; ``add_store`` adds the option of the local database."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "incidents",
        help="list incidents with their official texts and the number of calls",
        description="Prints one JSON object per incident, the newest first, with all its texts.",
    )
    parser.add_argument(
        "--days",
        type=int,
        default=90,
        metavar="N",
        help="number of days to list (default: %(default)s)",
    )
    add_store(parser)
    parser.set_defaults(run=_incidents)


def _incidents(options: argparse.Namespace) -> int:
    key = find_key(options.store)
    if key is None:
        raise KeyUnavailable("missing")
    register = RegisterReading.open_for_reading(options.store, key)
    try:
        found = incidents_since(register, datetime.now(UTC) - timedelta(days=options.days))
    finally:
        register.close_reading()
    for incident in found:
        print(json.dumps(_told(incident), ensure_ascii=False))
    return EXIT_OK


def _told(incident: Incident) -> dict[str, object]:
    values = {
        "id": incident.id,
        "state": incident.state.value,
        "street": incident.street,
        "matter": incident.matter,
        "text": incident.text,
        "calls": incident.calls,
        "begun_at": incident.begun_at,
        "declared_at": incident.declared_at,
        "ended_at": incident.ended_at,
    }
    versions = [
        plain(
            {
                "number": one.number,
                "act": one.act.value,
                "text": one.text,
                "by_name": one.by.name,
                "at": one.at,
                "holds": one.holds,
            }
        )
        for one in incident.versions
    ]
    return {**plain(values), "versions": versions}


EXIT_USAGE = 2


def add_place_commands(commands: Any) -> None:
    """Adds ``places import``."""
    places = commands.add_parser(
        "places", help="manage the streets, houses and landmarks of the city"
    )
    place_commands = places.add_subparsers(required=True, metavar="COMMAND")
    load = place_commands.add_parser(
        "import",
        help="replace the list by that of a CSV file",
        description=(
            "The first row contains the column names: street, house, landmark (улица, дом, "
            "ориентир). A house cell contains houses and ranges: «1-25 нечёт, 2-48 чёт, 7а, 15/2». "
            "If any row is invalid, nothing is imported and each invalid row is reported with its "
            "line. Importing the same file again changes nothing."
        ),
    )
    load.add_argument("file", type=Path, metavar="FILE", help="CSV file")
    default = Path(platformdirs.user_data_dir("edinyi-nomer", appauthor=False)) / FILE_NAME
    load.add_argument(
        "--places",
        type=Path,
        default=default,
        help="file to write the list to (default: that of this user)",
    )
    load.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    """Imports a list of streets; returns 0 if it is imported or unchanged, 2 if nothing was
    imported.
    """
    try:
        read = read_rows(read_table(options.file))
        if not isinstance(read, PlaceList):
            return _tell(read)
        before = _stored(options.places)
        write_places(options.places, read)
    except PlacesUnreadable as error:
        print(f"places: {error_text(error)}", file=sys.stderr)
        return EXIT_USAGE
    changed = "unchanged" if before == read else "changed"
    print(
        f"{changed}: streets {len(read.streets)}, houses {read.house_count}, "
        f"landmarks {len(read.landmarks)}"
    )
    return EXIT_OK


def _stored(file: Path) -> PlaceList | None:
    """Returns the stored list of streets, or None if it is missing or damaged."""
    try:
        return read_places(file)
    except PlacesUnreadable:
        return None


def _tell(problems: tuple[RowProblem, ...]) -> int:
    for problem in problems:
        text = f": {problem.text}" if problem.text else ""
        print(f"line {problem.line}: {problem.fault.value}{text}", file=sys.stderr)
    print(f"nothing imported: {len(problems)} invalid rows", file=sys.stderr)
    return EXIT_USAGE


CITY_ZONE = ZoneInfo("Europe/Moscow")


def add_state_command(commands: Any, add_store: Callable[[argparse.ArgumentParser], None]) -> None:
    """Adds ``states``; ``add_store`` adds the option of the local database."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "states",
        help="list the operator states of a day at this workplace, with the reason of each change",
        description="Prints one JSON object per change, or per operator with --times.",
    )
    parser.add_argument(
        "--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="day (default: today)"
    )
    parser.add_argument(
        "--times",
        action="store_true",
        help="print the seconds in each state per operator, and the occupancy: (talk + wrap-up) / "
        "(talk + wrap-up + ready)",
    )
    add_store(parser)
    parser.set_defaults(run=_states)


def _states(options: argparse.Namespace) -> int:
    key = find_key(options.store)
    if key is None:
        raise KeyUnavailable("missing")
    first = datetime.combine(options.day or datetime.now(CITY_ZONE).date(), time(), CITY_ZONE)
    end = first + timedelta(days=1)
    register = RegisterReading.open_for_reading(options.store, key)
    try:
        read = changes_of_period if options.times else state_changes
        changes = read(register, first, end)
    finally:
        register.close_reading()
    if options.times:
        lines = _times(changes, first, min(end, datetime.now(UTC)))
    else:
        lines = (plain(state_row(change)) for change in changes)
    for line in lines:
        print(json.dumps(line, ensure_ascii=False))
    return EXIT_OK


def _times(
    changes: Iterable[KeptChange], start: datetime, until: datetime
) -> Iterable[dict[str, Any]]:
    """Yields the times in each state, one object per operator, sorted by name."""
    ordered = sorted(changes, key=lambda kept: (kept.operator_name, str(kept.operator_id)))
    for (name, id), own in groupby(
        ordered, key=lambda kept: (kept.operator_name, str(kept.operator_id))
    ):
        times = state_times(own, start, until)
        seconds = {
            doing.value: round(spent.total_seconds()) for doing, spent in times.by_doing.items()
        }
        yield {
            "operator_id": id,
            "operator_name": name,
            "seconds": seconds,
            "unknown_s": round(times.unknown.total_seconds()),
            "occupancy": times.occupancy,
        }
