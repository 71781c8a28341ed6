"""``python -m sync incidents``: what many callers were told with one text, and how many."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sync.errors import KeyUnavailable
from sync.register.incidents.incident import Incident
from sync.store.incidents import incidents_since
from sync.store.keys import find_key
from sync.store.reading import RegisterReading
from sync.store.rows import plain

EXIT_OK = 0


def add_command(commands: Any, add_store: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the command; ``add_store`` adds the option that names the store."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "incidents",
        help="incidents, their official texts and the number of calls",
        description="A JSON object a line: each incident with all its texts, the newest first.",
    )
    parser.add_argument(
        "--days", type=int, default=90, metavar="N", help="how far back (default: %(default)s)"
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
