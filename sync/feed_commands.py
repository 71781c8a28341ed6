"""``python -m sync central``: ``import-directory`` and ``put-document``, for all workplaces."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sync.directory_files import LineProblem, read_directory
from sync.exchange.notice_check import template_fault, template_names
from sync.store.shared_documents import DocumentEntity, SharedDocument, put_documents

CITY_ZONE = ZoneInfo("Europe/Moscow")
EXIT_OK = 0
EXIT_USAGE = 2


def add_command(central_commands: Any) -> None:
    """Add the commands to those of ``central``."""
    load = central_commands.add_parser(
        "import-directory",
        help="put the directory's entries into the centre, for all workplaces",
        description=(
            "Takes a file of JSON Lines as `python -m kb export` writes it, or a folder of such. "
            "Lines of attachments.jsonl tell of documents: id, entry_id, kind, title, file_name, "
            "and in file the name of a file beside it. Lines of synonyms.jsonl are synonyms: "
            "phrase, meaning, both_ways; the first ones take the place of those that each "
            "workplace has. Nothing is imported while a line is wrong; "
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
    _add_put(central_commands)


def _add_put(central_commands: Any) -> None:
    put = central_commands.add_parser(
        "put-document",
        help="put a setting or a template into the centre, for all workplaces",
        description=(
            "A setting is a JSON object, a template a text. The setting `places` is the file that "
            "`python -m sync places import` writes: every workplace takes its streets from there. "
            "The setting `regulation` is that of `python -m sync regulation import`. "
            "A template takes the place of the file of its name in resources/templates/notices, "
            "once every letter that it may be of has come out whole."
        ),
    )
    put.add_argument("kind", choices=["setting", "template"])
    put.add_argument("name", metavar="NAME")
    put.add_argument("file", type=Path, metavar="FILE", nargs="?")
    put.add_argument(
        "--withdraw",
        action="store_true",
        help="let it hold no more: of a template, the program's own does",
    )
    put.add_argument("--dsn", required=True, help="libpq keywords or URI")
    put.add_argument("--by", default="", metavar="NAME", help="who brings it, for the history")
    put.add_argument("--json", action="store_true", help="one JSON object")
    put.set_defaults(run=_put)


def _put(options: argparse.Namespace) -> int:
    entity = DocumentEntity(options.kind)
    if options.withdraw == (options.file is not None):
        print("either a file or --withdraw is needed", file=sys.stderr)
        return EXIT_USAGE
    if options.withdraw:
        today = datetime.now(CITY_ZONE).date()
        return _put_all(options, [SharedDocument(entity, options.name, None, today)])
    try:
        text = options.file.read_text(encoding="utf-8-sig")
        document = {"text": text} if entity is DocumentEntity.TEMPLATE else json.loads(text)
    except (OSError, ValueError):
        document = None
    if not isinstance(document, dict):
        print(f"{options.file.name}: cannot be read, or is no JSON object", file=sys.stderr)
        return EXIT_USAGE
    if entity is DocumentEntity.TEMPLATE and not _is_good(options.name, text):
        return EXIT_USAGE
    return _put_all(options, [SharedDocument(entity, options.name, document)])


def _is_good(name: str, text: str) -> bool:
    """Whether the text may be this template; says why not."""
    fault = template_fault(name, text)
    if fault is None:
        return True
    place = f"{name}:{fault.line}" if fault.line else name
    print(f"{place}: {fault.code}{f' ({fault.detail})' if fault.detail else ''}", file=sys.stderr)
    if fault.code == "unknown_template":
        print(f"templates: {', '.join(template_names())}", file=sys.stderr)
    return False


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
    return _put_all(options, documents, today if options.close_others else None)


def _put_all(
    options: argparse.Namespace,
    documents: Sequence[SharedDocument],
    close_others_on: date | None = None,
) -> int:
    try:
        imported = put_documents(
            options.dsn, documents, by=options.by, close_others_on=close_others_on
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
