"""``python -m sync places import FILE.csv``: the city's streets, houses and landmarks."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import platformdirs

from sync.errors import PlacesUnreadable
from sync.register.places.place_list import PlaceList
from sync.register.places.rows import RowProblem, read_rows
from sync.store.place_file import FILE_NAME, read_places, read_table, write_places

EXIT_OK = 0
EXIT_USAGE = 2


def add_command(commands: Any) -> None:
    """Add the command."""
    places = commands.add_parser("places", help="the streets, houses and landmarks of the city")
    place_commands = places.add_subparsers(required=True, metavar="COMMAND")
    load = place_commands.add_parser(
        "import",
        help="put the list of a CSV file in place of the one that is there",
        description=(
            "The first row names the columns: street, house, landmark (улица, дом, ориентир). A "
            "house cell has houses and ranges: «1-25 нечёт, 2-48 чёт, 7а, 15/2». Nothing is "
            "imported while a row is wrong; each wrong row is told with its line. Importing the "
            "same file again changes nothing."
        ),
    )
    load.add_argument("file", type=Path, metavar="FILE")
    default = Path(platformdirs.user_data_dir("edinyi-nomer", appauthor=False)) / FILE_NAME
    load.add_argument(
        "--places", type=Path, default=default, help="the list's file (default: this user's)"
    )
    load.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    """0 done or the same as before; 2 nothing was imported."""
    try:
        read = read_rows(read_table(options.file))
        if not isinstance(read, PlaceList):
            return _tell(read)
        before = _stored(options.places)
        write_places(options.places, read)
    except PlacesUnreadable as error:
        print(f"places: {error.code}", file=sys.stderr)
        return EXIT_USAGE
    changed = "unchanged" if before == read else "changed"
    print(
        f"{changed}: streets {len(read.streets)}, houses {read.house_count}, "
        f"landmarks {len(read.landmarks)}"
    )
    return EXIT_OK


def _stored(file: Path) -> PlaceList | None:
    """The list that is there; a damaged one is replaced like any other."""
    try:
        return read_places(file)
    except PlacesUnreadable:
        return None


def _tell(problems: tuple[RowProblem, ...]) -> int:
    for problem in problems:
        text = f": {problem.text}" if problem.text else ""
        print(f"line {problem.line}: {problem.fault.value}{text}", file=sys.stderr)
    print(f"nothing imported: {len(problems)} wrong", file=sys.stderr)
    return EXIT_USAGE
