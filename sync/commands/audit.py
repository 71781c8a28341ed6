"""Command ``audit-verify``: checks the audit hash chains, local or central."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sync.errors import KeyUnavailable
from sync.register.audit import Anchor, ChainReport, head_facts
from sync.store.central.audit import check_central_audit
from sync.store.local.audit import check_audit
from sync.store.local.keys import find_key
from sync.store.local.reading import RegisterReading

EXIT_OK = 0
EXIT_BROKEN = 1
EXIT_USAGE = 2


def add_commands(
    commands: Any, central_commands: Any, add_store: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Adds ``audit-verify`` for the local and the central database."""
    told = "verify that no row of the audit log was altered, deleted or inserted"
    local: argparse.ArgumentParser = commands.add_parser("audit-verify", help=told)
    add_store(local)
    local.set_defaults(run=_verify_store)
    central: argparse.ArgumentParser = central_commands.add_parser("audit-verify", help=told)
    central.add_argument("--dsn", required=True, help="libpq keywords or URI")
    central.set_defaults(run=_verify_centre)
    for parser in (local, central):
        parser.add_argument(
            "--anchors",
            type=Path,
            metavar="FILE",
            help="chain heads published earlier, from the worker's log or from the output of "
            "this command with --json; without them a completely rewritten chain is not detected",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")


def _verify_store(options: argparse.Namespace) -> int:
    key = find_key(options.store)
    if key is None:
        raise KeyUnavailable("missing")

    def verify(anchors: Sequence[Anchor]) -> tuple[ChainReport, ...]:
        register = RegisterReading.open_for_reading(options.store, key)
        try:
            return register.read(lambda connection: check_audit(connection, anchors))
        finally:
            register.close_reading()

    return _verified(options, verify)


def _verify_centre(options: argparse.Namespace) -> int:
    return _verified(options, lambda anchors: check_central_audit(options.dsn, anchors))


def _verified(
    options: argparse.Namespace,
    verify: Callable[[Sequence[Anchor]], tuple[ChainReport, ...]],
) -> int:
    anchors = () if options.anchors is None else read_anchors(options.anchors)
    if options.anchors is not None and not anchors:
        print(f"{options.anchors}: no audit chain heads found", file=sys.stderr)
        return EXIT_USAGE
    reports = verify(anchors)
    broken = [report for report in reports if report.broken is not None]
    if options.json:
        heads = [report.head for report in reports if report.head is not None]
        told = {"sound": not broken, "chains": [_told(report) for report in reports]}
        print(json.dumps({**told, "heads": head_facts(heads)}))
    else:
        for report in reports:
            print(_line(report))
    return EXIT_BROKEN if broken else EXIT_OK


def read_anchors(path: Path) -> tuple[Anchor, ...]:
    """Parses audit heads from a file of JSON lines; skips other lines.

    Returns an empty tuple for an unreadable file.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(anchor for line in lines for anchor in _anchors_of(line))


def _anchors_of(line: str) -> list[Anchor]:
    try:
        told = json.loads(line)
        return [
            Anchor(str(head["station"]), UUID(head["chain"]), int(head["seq"]), str(head["hash"]))
            for head in told["heads"]
        ]
    except (ValueError, KeyError, TypeError):
        return []  # not a line with audit heads


def _told(report: ChainReport) -> dict[str, Any]:
    broken = report.broken
    return {
        "station": report.station,
        "chain": str(report.chain),
        "rows": report.rows,
        "broken": None if broken is None else {"code": broken.code.value, "seq": broken.seq},
    }


def _line(report: ChainReport) -> str:
    place = f"{report.station} {report.chain}: {report.rows} rows"
    if report.broken is None:
        return f"{place}, no errors found"
    return f"{place}, {report.broken.code.value} at row {report.broken.seq}"
