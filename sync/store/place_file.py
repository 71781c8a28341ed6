"""The list of places on this workplace: one file beside the register, replaced as a whole.

It holds streets and houses, which are no personal data, and is plain JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sync.errors import PlacesUnreadable
from sync.register.places.place_list import HouseRange, Landmark, PlaceList, Street
from sync.register.places.rows import PlaceRow
from sync.store.json_file import read_json, write_json

FILE_NAME = "places.json"
_VERSION = 1
_HEADINGS = {
    "street": ("street", "улица"),
    "houses": ("house", "houses", "дом", "дома"),
    "landmark": ("landmark", "ориентир"),
}
_DELIMITERS = ",;\t"
_LONGEST_CELL = 10_000


def read_places(file: Path) -> PlaceList:
    """The stored list, an empty one where nothing was imported; raises PlacesUnreadable."""
    try:
        return places_of(read_json(file, PlacesUnreadable))
    except FileNotFoundError:
        return PlaceList()


def places_of(stored: Mapping[str, Any]) -> PlaceList:
    """The list of the file's JSON object; raises PlacesUnreadable."""
    try:
        return PlaceList(
            tuple(
                Street(
                    str(each["kind"]),
                    str(each["name"]),
                    tuple(HouseRange(*map(int, part)) for part in each["ranges"]),
                    frozenset(map(str, each["houses"])),
                )
                for each in stored["streets"]
            ),
            tuple(Landmark(str(each["name"]), str(each["at"])) for each in stored["landmarks"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise PlacesUnreadable("damaged") from error


def write_places(file: Path, places: PlaceList) -> None:
    """Put the list in place of the stored one, at once or not at all; raises PlacesUnreadable."""
    stored = {
        "version": _VERSION,
        "streets": [
            {
                "kind": each.kind,
                "name": each.name,
                "ranges": [[part.first, part.last, part.step] for part in each.ranges],
                "houses": sorted(each.houses),
            }
            for each in places.streets
        ],
        "landmarks": [{"name": each.name, "at": each.at} for each in places.landmarks],
    }
    write_json(file, stored, PlacesUnreadable)


def read_table(file: Path) -> tuple[PlaceRow, ...]:
    """The rows of a CSV table with the columns street, house and landmark, in any order.

    Headings may be Russian; commas, semicolons or tabs part the cells; the letters are UTF-8 or,
    as older office programs write them, Windows-1251. Raises PlacesUnreadable.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PlacesUnreadable("unreadable") from error
    lines = _text_of(data)
    first = lines.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(lines), delimiter=max(_DELIMITERS, key=first.count))
    try:
        headings = [cell.strip().lower() for cell in next(reader, [])]
        columns = {
            name: next((headings.index(word) for word in words if word in headings), None)
            for name, words in _HEADINGS.items()
        }
        if columns["street"] is None and columns["landmark"] is None:
            raise PlacesUnreadable("no_headings")
        return tuple(_rows(reader, columns))
    except csv.Error as error:
        raise PlacesUnreadable("unreadable") from error


def _rows(reader: Any, columns: dict[str, int | None]) -> Iterator[PlaceRow]:
    for cells in reader:
        # csv's own limit is of the whole process, and the directory's tables set it higher
        if max(map(len, cells), default=0) > _LONGEST_CELL:
            raise PlacesUnreadable("unreadable")
        if any(cell.strip() for cell in cells):
            found = {
                name: cells[place] if place is not None and place < len(cells) else ""
                for name, place in columns.items()
            }
            yield PlaceRow(reader.line_num, **found)


def _text_of(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PlacesUnreadable("not_utf8")
