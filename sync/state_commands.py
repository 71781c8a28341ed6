"""``python -m sync states``: what the operators of a workplace did on a day."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sync.errors import KeyUnavailable
from sync.register.operator_states import KeptChange, state_times
from sync.store.keys import find_key
from sync.store.operator_states import state_changes, state_row
from sync.store.reading import RegisterReading
from sync.store.rows import plain

CITY_ZONE = ZoneInfo("Europe/Moscow")
EXIT_OK = 0


def add_command(commands: Any, add_store: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the command; ``add_store`` adds the option that names the store."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "states",
        help="what the operators of this workplace did on a day, and why each thing ended",
        description="A JSON object a line: each change, or with --times the seconds of each state.",
    )
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: now")
    parser.add_argument(
        "--times",
        action="store_true",
        help="a line for each operator, with occupancy: (talk + wrap-up) / (the same + ready)",
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
        changes = state_changes(register, first, end)
    finally:
        register.close_reading()
    if options.times:
        lines = _times(changes, min(end, datetime.now(UTC)))
    else:
        lines = (plain(state_row(change)) for change in changes)
    for line in lines:
        print(json.dumps(line, ensure_ascii=False))
    return EXIT_OK


def _times(changes: Iterable[KeptChange], until: datetime) -> Iterable[dict[str, Any]]:
    """One line an operator, in the order of names."""
    ordered = sorted(changes, key=lambda kept: (kept.operator_name, str(kept.operator_id)))
    for (name, id), own in groupby(
        ordered, key=lambda kept: (kept.operator_name, str(kept.operator_id))
    ):
        times = state_times(own, until)
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
