"""Durable, atomic files; the stored street list (and its CSV form) and regulation editions.

Data is durable when the function that writes it returns.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sync.errors import PlacesUnreadable, RegulationUnreadable
from sync.register.places import HouseRange, Landmark, PlaceList, PlaceRow, Street
from sync.register.regulation import Edition, Editions, Provision


def sync_file(path: Path) -> None:
    """Flushes the file's data to the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Flushes created and removed names of a folder to the disk. Raises OSError.

    Does nothing on Windows, which preserves the order of names automatically.
    """
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """Yields a temporary path in the file's folder and renames it to ``file`` when the block ends.

    An existing file is replaced only by a complete one; if writing is interrupted, it is unchanged.
    Of two concurrent writers, possibly in two processes, the later one wins. Raises OSError.
    """
    unfinished = file.with_name(f".{file.stem}.{secrets.token_hex(4)}.unfinished{file.suffix}")
    try:
        yield unfinished
        sync_file(unfinished)
        os.replace(unfinished, file)
        sync_folder(file.parent)
    finally:
        unfinished.unlink(missing_ok=True)


Refusal = Callable[[str], Exception]
"""Builds the caller's exception from a code: "unreadable", "damaged" or "unwritable"."""


def read_json(file: Path, refusal: Refusal) -> Any:
    """Returns the content of a JSON file.

    Raises FileNotFoundError, or the exception from ``refusal`` if the file is unreadable.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise refusal("unreadable") from error
    except ValueError as error:
        raise refusal("damaged") from error


def write_json(file: Path, stored: Any, refusal: Refusal) -> None:
    """Atomically writes a JSON file. On an I/O error raises the exception from ``refusal``."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(file) as unfinished:
            unfinished.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise refusal("unwritable") from error


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
    """Reads the stored street list; empty if none was imported. Raises PlacesUnreadable."""
    try:
        return places_of(read_json(file, PlacesUnreadable))
    except FileNotFoundError:
        return PlaceList()


def places_of(stored: Mapping[str, Any]) -> PlaceList:
    """Builds the street list from the file's JSON object. Raises PlacesUnreadable."""
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
    """Atomically replaces the stored street list. Raises PlacesUnreadable."""
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
    """Reads a CSV table with the columns street, house and landmark, in any order.

    Column titles may be Russian. The delimiter is a comma, semicolon or tab. The encoding is UTF-8
    or, from older office software, Windows-1251. Raises PlacesUnreadable.
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
        # csv's own limit is process-wide, and the directory's tables raise it
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


REGULATION_FILE_NAME = "regulation.json"

_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?")


def read_editions(file: Path) -> Editions:
    """Reads the stored regulation editions; empty if none were imported.

    Raises RegulationUnreadable.
    """
    try:
        return editions_of(read_json(file, RegulationUnreadable))
    except FileNotFoundError:
        return Editions()


def editions_of(stored: Mapping[str, Any]) -> Editions:
    """Builds the regulation editions from the file's JSON object. Raises RegulationUnreadable."""
    try:
        read = Editions()
        for each in stored["editions"]:
            provisions = tuple(_provision(str(no), str(text)) for no, text in each["paragraphs"])
            day = date.fromisoformat(each["in_force_from"])
            read = read.with_edition(Edition(str(each["name"]), day, provisions))
    except (ValueError, KeyError, TypeError) as error:
        raise RegulationUnreadable("damaged") from error
    return read


def _provision(number: str, text: str) -> Provision:
    if not _NUMBER.fullmatch(number):
        raise ValueError("invalid clause number")
    return Provision(number, text)


def write_editions(file: Path, editions: Editions) -> None:
    """Atomically replaces the stored regulation editions. Raises RegulationUnreadable."""
    stored = {
        "version": _VERSION,
        "editions": [
            {
                "name": each.name,
                "in_force_from": each.in_force_from.isoformat(),
                "paragraphs": [[one.number, one.text] for one in each.provisions],
            }
            for each in editions.editions
        ],
    }
    write_json(file, stored, RegulationUnreadable)
