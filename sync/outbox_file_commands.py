"""``python -m sync export-outbox`` and ``import-outbox``: records carried in a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, assert_never

from sync.errors import KeyUnavailable, StoreUnavailable, SyncError
from sync.exchange.failures import KNOWN_ERRORS, Transient, classify
from sync.exchange.outbox_import import Imported, import_rows
from sync.outbox_file import FileProblem, OutboxFileRefused, read_outbox, write_outbox
from sync.store.keys import find_key
from sync.store.outbox import OutboxRow
from sync.store.outbox_export import begin_export, mark_exported
from sync.store.reading import RegisterReading

EXIT_OK = 0
EXIT_USAGE = 2
EXIT_CENTRE = 4


def add_commands(commands: Any, add_store: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the two to the commands of ``python -m sync``; ``add_store`` adds ``--store``."""
    export = commands.add_parser(
        "export-outbox",
        help="write what the centre does not have into a new file, a JSON object a line",
        description=(
            "For a workplace that is to be taken down before its records could be sent; "
            "import-outbox puts them into the centre. The file holds personal data and is "
            "readable by its owner only. Keep the hash that is printed apart from it."
        ),
    )
    export.add_argument("file", type=Path, help="a file that is not there yet")
    add_store(export)
    export.add_argument("--json", action="store_true", help="one JSON object")
    export.set_defaults(run=_export)

    load = commands.add_parser(
        "import-outbox",
        help="put what export-outbox has written into the centre, each record once",
        description=(
            "The rows arrive under the workplace that saved them, with their own identities, "
            "numbers and revisions: what the centre has stays as it is, and to run this again "
            "changes nothing. Exit codes: 0 all of it is in the centre, 2 the file is not taken, "
            "4 the centre is away or refuses some of it."
        ),
    )
    load.add_argument("file", type=Path)
    load.add_argument(
        "--dsn",
        required=True,
        help="of the database's owner or of this very workplace: libpq keywords or URI",
    )
    load.add_argument("--sha256", metavar="HEX", help="take only the file of this hash")
    load.add_argument("--json", action="store_true", help="one JSON object")
    load.set_defaults(run=_import)


def _export(options: argparse.Namespace) -> int:
    key = find_key(options.store)
    if key is None:
        raise KeyUnavailable("missing")
    now = datetime.now(UTC)
    try:
        begin_export(options.store, key)
    except StoreUnavailable as error:  # a dying disk may still be read
        print(f"not written into the audit: {error.code}", file=sys.stderr)
    register = RegisterReading.open_for_reading(options.store, key)
    try:
        own, rows = register.station(), register.outbox_unsent()
    finally:
        register.close_reading()
    try:
        sha256 = write_outbox(options.file, own, rows, now)
    except OSError as error:
        print(f"{options.file}: {error.strerror}", file=sys.stderr)
        return EXIT_USAGE
    if options.json:
        print(json.dumps({"workplace": own.code, "rows": len(rows), "sha256": sha256}))
    else:
        print(f"exported: {len(rows)}")
        print(f"sha256: {sha256}")
    try:
        if rows and not mark_exported(options.store, key, rows[-1].seq, now):
            print(
                "the console holds the store: close it and export again before `reset`",
                file=sys.stderr,
            )
    except StoreUnavailable as error:
        print(f"the store does not know of the export: {error.code}", file=sys.stderr)
    return EXIT_OK


def _import(options: argparse.Namespace) -> int:
    try:
        file = read_outbox(options.file, options.sha256)
    except OutboxFileRefused as error:
        place = f"{options.file}:{error.line}" if error.line else str(options.file)
        print(f"{place}: {_words(error.problem)}; nothing was imported", file=sys.stderr)
        return EXIT_USAGE
    if not file.is_proved:
        print("the file is of a former program and proves only its number of rows", file=sys.stderr)
    try:
        imported = import_rows(options.dsn, file.workplace, file.rows)
    except SyncError:
        raise
    except KNOWN_ERRORS as error:
        found = classify(error)
        reason = found.kind.value if isinstance(found, Transient) else found.code
        print(f"centre: {reason}; run this again, what has arrived stays once", file=sys.stderr)
        return EXIT_CENTRE
    _tell(options, file.workplace, len(file.rows), imported)
    return EXIT_CENTRE if imported.refused else EXIT_OK


def _tell(options: argparse.Namespace, workplace: str, rows: int, imported: Imported) -> None:
    if options.json:
        facts = {
            "workplace": workplace,
            "rows": rows,
            "put": len(imported.put),
            "there": len(imported.there),
            "earlier": imported.earlier,
            "newer": [_name(row) for row in imported.newer],
            "refused": [{**_name(one.row), "error": one.code} for one in imported.refused],
        }
        print(json.dumps(facts))
        return
    print(
        f"workplace {workplace}: put {len(imported.put)}, there before {len(imported.there)},"
        f" former revisions {imported.earlier}"
    )
    for row in imported.newer:
        print(f"the centre has a newer one: {_line(row)}")
    for one in imported.refused:
        print(f"refused: {_line(one.row)}: {one.code}")


def _name(row: OutboxRow) -> dict[str, Any]:
    return {"entity": row.entity.value, "id": str(row.entity_id), "rev": row.rev}


def _line(row: OutboxRow) -> str:
    return f"{row.entity.value} {row.entity_id} revision {row.rev}"


def _words(problem: FileProblem) -> str:
    match problem:
        case FileProblem.UNREADABLE:
            return "the file cannot be read"
        case FileProblem.NOT_AN_OUTBOX:
            return "this is no exported outbox, or one of a newer program"
        case FileProblem.CUT:
            return "the file is cut: rows that were exported are missing"
        case FileProblem.ALTERED:
            return "the file was altered after it was exported"
        case FileProblem.OTHER_FILE:
            return "the file is whole, and not the one with this hash"
        case FileProblem.ROW_UNFIT:
            return "the row is no record of this workplace"
        case _:
            assert_never(problem)
