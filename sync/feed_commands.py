"""``python -m sync central import-directory``: what all workplaces take from the centre."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sync.directory_files import LineProblem, read_directory
from sync.store.shared_documents import SharedDocument, put_documents

CITY_ZONE = ZoneInfo("Europe/Moscow")
EXIT_OK = 0
EXIT_USAGE = 2


def add_command(central_commands: Any) -> None:
    """Add the command to those of ``central``."""
    load = central_commands.add_parser(
        "import-directory",
        help="put the directory's entries into the centre, for all workplaces",
        description=(
            "Takes a file of JSON Lines as `python -m kb export` writes it, or a folder of such. "
            "Lines of attachments.jsonl tell of documents: id, entry_id, kind, title, file_name, "
            "and in file the name of a file beside it. Nothing is imported while a line is wrong; "
            "importing the same again changes nothing."
        ),
    )
    load.add_argument("path", type=Path, metavar="FILE|FOLDER")
    load.add_argument("--dsn", required=True, help="libpq keywords or URI")
    load.add_argument("--by", default="", metavar="NAME", help="who brings it, for the history")
    load.add_argument(
        "--close-others", action="store_true", help="end today whatever is not among them"
    )
    load.add_argument("--json", action="store_true", help="one JSON object")
    load.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    found = read_directory(options.path)
    problems = [one for one in found if isinstance(one, LineProblem)]
    for problem in problems:
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        print(f"{place}: {problem.code}", file=sys.stderr)
    if problems:
        return EXIT_USAGE
    documents = [one for one in found if isinstance(one, SharedDocument)]
    today = datetime.now(CITY_ZONE).date()
    try:
        imported = put_documents(
            options.dsn,
            documents,
            by=options.by,
            close_others_on=today if options.close_others else None,
        )
    except ValueError:
        print("a text holds what the database cannot: a NUL character", file=sys.stderr)
        return EXIT_USAGE
    if options.json:
        print(json.dumps(asdict(imported)))
    else:
        print(
            f"changed: {imported.changed}, as they were: {imported.unchanged}, "
            f"closed: {imported.closed}"
        )
    return EXIT_OK
