"""``python -m sync central upgrade``, ``status`` and ``partitions``: the schema and its months."""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sync.errors import StoreTooNew
from sync.store.central import initialise
from sync.store.central_partitions import AHEAD_MONTHS, MonthMade, make_ahead, make_month, months_of
from sync.store.central_state import CentralState, central_state
from sync.store.central_work import central_transaction

EXIT_OK = 0
EXIT_CENTRE = 4


def add_commands(commands: Any) -> None:
    """Add the commands to those of ``central``; each takes the DSN of the database's owner."""
    upgrade = commands.add_parser(
        "upgrade",
        help="bring the schema up to date while the workplaces go on; there is no way back",
        description=(
            "Workplaces of the program before go on sending. A schema is never taken back: "
            "a newer one than this program's is refused and left as it is."
        ),
    )
    upgrade.set_defaults(run=_upgrade)
    status = commands.add_parser(
        "status", help="schema, months, workplaces, and the oldest transaction that writes"
    )
    status.set_defaults(run=_status)
    partitions = commands.add_parser(
        "partitions",
        help="make the partitions of this month and the next ones (the worker does so daily)",
        description=(
            "Rows of a month that has no partition stand in a default one. A month that is made "
            "takes its rows from there; the tables are locked meanwhile, a month at a time."
        ),
    )
    partitions.add_argument(
        "--months",
        type=_count,
        default=AHEAD_MONTHS,
        metavar="N",
        help=f"how many after this one (default: {AHEAD_MONTHS})",
    )
    partitions.add_argument(
        "--month", type=_month, action="append", default=[], metavar="YYMM", help="this one too"
    )
    partitions.add_argument(
        "--past", action="store_true", help="every past month that has rows in the default one too"
    )
    partitions.set_defaults(run=_partitions)
    for parser in (upgrade, status, partitions):
        parser.add_argument("--dsn", required=True, help="libpq keywords or URI")
        parser.add_argument("--json", action="store_true", help="one JSON object")


def _upgrade(options: argparse.Namespace) -> int:
    with central_transaction(options.dsn) as connection:
        before = central_state(connection)
    if before is None:
        print("the database has no schema yet: central init makes it", file=sys.stderr)
        return EXIT_CENTRE
    try:
        initialise(options.dsn)
    except StoreTooNew as error:
        print(
            f"the schema {error.found} is of a newer program; this one knows {error.known} and"
            " takes nothing back: use the newer program, or a backup made before its upgrade",
            file=sys.stderr,
        )
        return EXIT_CENTRE
    if options.json:
        _print_json({"before": before.revision, "revision": before.known})
    elif before.is_older:
        print(f"schema {before.revision} -> {before.known}")
    else:
        print(f"schema {before.known} was up to date")
    return EXIT_OK


def _status(options: argparse.Namespace) -> int:
    with central_transaction(options.dsn) as connection:
        state = central_state(connection)
    if state is None:
        print("the database has no schema yet: central init makes it", file=sys.stderr)
        return EXIT_CENTRE
    if options.json:
        _print_json({**asdict(state), "is_older": state.is_older})
    else:
        _print_state(state)
    return EXIT_OK


def _print_state(state: CentralState) -> None:
    told = " (central upgrade brings it up to date)" if state.is_older else ""
    print(f"schema: {state.revision}, this program's: {state.known}{told}")
    if state.months is not None:
        print(f"months: up to {state.months.newest or '-'}, now {state.months.this}")
        for period, rows in state.months.others:
            print(f"without a partition: {period}, {rows} rows")
    age = state.watermark.age
    if age is None:
        print("oldest writing transaction: not seen by this role (pg_read_all_stats)")
    else:
        by = f" of {state.watermark.application}" if state.watermark.database else ""
        print(f"oldest writing transaction: {age.total_seconds():.1f} s{by}")
    for workplace in state.workplaces:
        last = workplace.last_record_at
        told = {None: "", True: ", connected", False: ", not connected"}[workplace.is_connected]
        print(f"workplace {workplace.code}: last record {last.isoformat() if last else '-'}{told}")


def _partitions(options: argparse.Namespace) -> int:
    with central_transaction(options.dsn) as connection:
        state = central_state(connection)
        if state is None or state.months is None:
            print("the schema has no months yet: central upgrade", file=sys.stderr)
            return EXIT_CENTRE
        made = list(make_ahead(connection, options.months))
        found = months_of(connection)
    wanted = dict.fromkeys(options.month)
    if options.past:
        wanted |= dict.fromkeys(period for period, _rows in found.others if period < found.this)
    for period in wanted:
        # one at a time: the tables are locked only for one month's rows
        with central_transaction(options.dsn) as connection:
            made += make_month(connection, period)
    with central_transaction(options.dsn) as connection:
        found = months_of(connection)
    if options.json:
        _print_json({"new": [asdict(month) for month in made], **asdict(found)})
        return EXIT_OK
    for month in made:
        print(_made(month))
    print(f"months: up to {found.newest or '-'}, now {found.this}")
    for period, rows in found.others:
        print(f"without a partition: {period}, {rows} rows")
    return EXIT_OK


def _made(month: MonthMade) -> str:
    return f"made: {month.table} {month.period}, {month.moved} rows taken in"


def _month(text: str) -> str:
    if not re.fullmatch(r"[0-9]{2}(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError("a month is YYMM")
    return text


def _count(text: str) -> int:
    if not (text.isdigit() and int(text) <= 120):
        raise argparse.ArgumentTypeError("a number of months from 0 to 120")
    return int(text)


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case _:
            return str(value)
