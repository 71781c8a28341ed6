"""``python -m sync regulation``: the text of the city's regulation, edition by edition."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import platformdirs

from sync.errors import RegulationUnreadable
from sync.register.regulation.edition import Edition, Editions
from sync.register.regulation.reading import FoundReadingFault, read_regulation
from sync.regulation_text import read_file
from sync.store.regulation_file import FILE_NAME, read_editions, write_editions

EXIT_OK = 0
EXIT_NOT_FOUND = 1
EXIT_USAGE = 2
_LONGEST_NAME = 200


def add_command(commands: Any) -> None:
    """Add the commands."""
    regulation = commands.add_parser(
        "regulation", help="the text of the city's regulation, shown at its paragraphs"
    )
    its_commands = regulation.add_subparsers(required=True, metavar="COMMAND")
    load = its_commands.add_parser(
        "import",
        help="add an edition, from plain text, HTML or docx",
        description=(
            "The text is parted by the numbers that its lines begin with (7.3), and all that was "
            "not understood is told. An edition that begins on the same day is replaced. Earlier "
            "ones stay: decisions taken under them open their words."
        ),
    )
    load.add_argument("file", type=Path, metavar="FILE")
    load.add_argument("--edition", required=True, metavar="NAME", help="as people call it")
    load.add_argument(
        "--from", required=True, type=_day, dest="day", metavar="DAY", help="in force from this day"
    )
    load.add_argument("--json", action="store_true", help="one JSON object")
    load.set_defaults(run=_import)
    told = its_commands.add_parser("list", help="the editions there are")
    told.set_defaults(run=_list)
    away = its_commands.add_parser("remove", help="take out an edition that came by mistake")
    away.add_argument("day", type=_day, metavar="DAY", help="the day from which it is in force")
    away.set_defaults(run=_remove)
    default = Path(platformdirs.user_data_dir("edinyi-nomer", appauthor=False)) / FILE_NAME
    for command in (load, told, away):
        command.add_argument(
            "--regulation", type=Path, default=default, help="their file (default: this user's)"
        )


def _day(text: str) -> date:
    for read in (date.fromisoformat, lambda day: datetime.strptime(day, "%d.%m.%Y").date()):
        try:
            return read(text)
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"{text}: no day; 2026-12-31 or 31.12.2026")


def _told(work: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """With a word on a file that cannot be used in place of an error."""

    def run(options: argparse.Namespace) -> int:
        try:
            return work(options)
        except RegulationUnreadable as error:
            print(f"regulation: {error.code}", file=sys.stderr)
            return EXIT_USAGE

    return run


@_told
def _import(options: argparse.Namespace) -> int:
    """0 done or the same as before; 2 nothing was imported."""
    name = " ".join(options.edition.split())
    if not name or len(name) > _LONGEST_NAME:
        print(f"the name of the edition: 1 to {_LONGEST_NAME} letters", file=sys.stderr)
        return EXIT_USAGE
    document = read_file(options.file)
    read = read_regulation(document.text)
    if not read.provisions:
        _tell(read.faults, document.numbered)
        print("nothing imported: no line begins with the number of a paragraph", file=sys.stderr)
        return EXIT_USAGE
    before = read_editions(options.regulation)
    same = before.named(name)
    if same is not None and same.in_force_from != options.day:
        day = same.in_force_from.isoformat()
        print(f"an edition of this name is there already, from {day}", file=sys.stderr)
        return EXIT_USAGE
    after = before.with_edition(Edition(name, options.day, read.provisions))
    if after != before:
        write_editions(options.regulation, after)
    changed = "unchanged" if before == after else "changed"
    if options.json:
        report = {
            "result": changed,
            "paragraphs": len(read.provisions),
            "numbered_by_program": document.numbered,
            "not_understood": [
                {"fault": one.fault.value, "line": one.line, "number": one.number}
                | ({"lines": one.count} if one.count else {})
                for one in read.faults
            ],
        }
        print(json.dumps(report))
    else:
        _tell(read.faults, document.numbered)
        print(f"{changed}: paragraphs {len(read.provisions)}, not understood {len(read.faults)}")
    return EXIT_OK


@_told
def _list(options: argparse.Namespace) -> int:
    for one in read_editions(options.regulation).editions:
        print(f"{one.in_force_from.isoformat()}  {len(one.provisions):3}  {one.name}")
    return EXIT_OK


@_told
def _remove(options: argparse.Namespace) -> int:
    before = read_editions(options.regulation)
    after: Editions = before.without(options.day)
    if after == before:
        print(f"no edition from {options.day.isoformat()}", file=sys.stderr)
        return EXIT_NOT_FOUND
    write_editions(options.regulation, after)
    print("removed")
    return EXIT_OK


def _tell(faults: tuple[FoundReadingFault, ...], numbered: int) -> None:
    for one in faults:
        place = f"line {one.line}: " if one.line else ""
        what = f" {one.number}" if one.number else ""
        count = f" ({one.count} lines)" if one.count else ""
        print(f"{place}{one.fault.value}{what}{count}", file=sys.stderr)
    if numbered:
        print(
            f"{numbered} lines have a number that the word processor makes by itself and that "
            "stands nowhere in the file: save the document as plain text and import that",
            file=sys.stderr,
        )
