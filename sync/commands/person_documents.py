"""Text and JSON files for a personal-data request: record of the erasure, or copy of the person's
data.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sync.register.people.persons import FoundRecord, PersonQuery
from sync.store.local.erased_records import WORDS_OF_FACTS
from sync.store.local.people.persons import RecordCopy

CITY_ZONE = ZoneInfo("Europe/Moscow")
DIRECTORY_KEYS = ("topic", "category", "unit")
"""Columns that contain a key of the directory."""


class RowWords:
    """Display names and value texts for the columns of one database table.

    The first argument has ``fields`` (display names), ``unsaid`` (columns to omit) and ``values``
    (texts of codes). A column without a display name appears under its column name, so no stored
    data is omitted. ``titles`` are the directory titles by key; a key without a title is shown with
    a note.
    """

    def __init__(self, told: Mapping[str, Any], titles: Mapping[str, str] | None = None) -> None:
        self._fields: Mapping[str, str] = told["fields"]
        self._unsaid = frozenset(told["unsaid"])
        self._values: Mapping[str, Mapping[str, str]] = told["values"]
        self._titles = titles or {}

    def lines(self, row: Mapping[str, Any]) -> list[dict[str, str]]:
        """Returns display name and text of each column of a row, in order; the values are those of
        ``plain``.
        """
        return [
            {"name": self._fields.get(column, column), "text": text}
            for column in (*self._fields, *self._further(row))
            if (text := self._text(column, row.get(column)))
        ]

    def text(self, row: Mapping[str, Any], column: str) -> str:
        """Returns the display text of one column of a row."""
        return self._text(column, row.get(column))

    def _further(self, row: Mapping[str, Any]) -> Iterator[str]:
        return (name for name in row if name not in self._fields and name not in self._unsaid)

    def _text(self, column: str, value: Any) -> str:
        match value:
            case None | "" | [] | False:
                return ""
            case True:
                return "да"
            case list():
                return ", ".join(str(part["title"]) for part in value)
            case str() if column == "at" or column.endswith("_at"):
                return moment(value)
            case str() if column.endswith("_on"):
                return f"{date.fromisoformat(value):%d.%m.%Y}"
            case str() if column.endswith("_time"):
                return f"{time.fromisoformat(value):%H:%M}"
            case str() if column in DIRECTORY_KEYS:
                return self._titles.get(value) or f"нет в справочнике ({value})"
            case _:
                return self._values.get(column, {}).get(str(value), str(value))


def keys_of(kept: Iterable[RecordCopy]) -> frozenset[str]:
    """Returns the directory keys of topics, categories and authorities in the records."""
    found = (one.values.get(column) for one in kept for column in DIRECTORY_KEYS)
    return frozenset(key for key in found if key)


def moment(text: str) -> str:
    """Converts a timestamp of a ``plain`` row to a text in local time of the city."""
    return datetime.fromisoformat(text).astimezone(CITY_ZONE).strftime("%d.%m.%Y %H:%M")


TEMPLATES = Path(__file__).resolve().parents[2] / "resources" / "templates" / "person"


@dataclass(frozen=True, slots=True)
class Act:
    """Erasure or copy of personal data: person, reason, author and time. ``query`` is written to no
    database.
    """

    id: UUID
    at: datetime
    query: PersonQuery
    by: str
    reason: str = ""
    organisation: str = ""
    system: str = "Единый номер"
    is_central: bool = False


class PersonDocuments:
    """Writes text and JSON files for a personal-data request; only the owner of the files may read
    them.
    """

    def __init__(
        self, templates: Path = TEMPLATES, titles: Mapping[str, str] | None = None
    ) -> None:
        """``titles`` are the directory titles by key."""
        self._words = json.loads((templates / "words.json").read_text(encoding="utf-8"))
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=False,  # noqa: S701  # plain text, never HTML
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        words = self._words
        self._rows = {name: RowWords(told, titles) for name, told in words["tables"].items()}
        self._environment.filters.update(
            moment=moment,
            kind=words["kinds"].__getitem__,
            left=words["left"].__getitem__,
            fate=words["fates"].__getitem__,
            categories=lambda names: ", ".join(words["categories"][name] for name in names),
        )

    def write_act(self, act: Act, found: Iterable[FoundRecord], folder: Path) -> tuple[Path, ...]:
        """Writes ``act`` and ``log`` as text and JSON to a new folder. Raises OSError."""
        records = tuple(found)
        erased = [_record_facts(record) for record in records if record.left is None]
        left = [_record_facts(record) for record in records if record.left is not None]
        told = {**self._act_facts(act), "erased": erased, "left": left}
        place = _new_folder(folder, f"erasure-{act.id}")
        log = [{"at": told["at"], "act": told["id"], "reason": act.reason, **one} for one in erased]
        return (
            _write(place / "act.txt", self._rendered("act.txt", told)),
            _write(place / "act.json", _json(told)),
            _write(place / "log.txt", self._rendered("log.txt", told)),
            _write(place / "log.json", _json(log)),
        )

    def write_copy(self, act: Act, kept: Iterable[RecordCopy], folder: Path) -> tuple[Path, ...]:
        """Writes ``data`` as text and JSON, and the person's files, to a new folder. Raises
        OSError.
        """
        records = tuple(kept)
        place = _new_folder(folder, f"person-{act.id}")
        told = self._act_facts(act)
        text = self._rendered("data.txt", told, records=[self._readable(one) for one in records])
        data = {**told, "records": [_all_of(one) for one in records]}
        written = [_write(place / "data.txt", text), _write(place / "data.json", _json(data))]
        for record in records:
            for name, content in record.files:
                written.append(_write_bytes(place / _file_name(record.found, name), content))
        return tuple(written)

    def _act_facts(self, act: Act) -> dict[str, Any]:
        return {
            "id": str(act.id),
            "at": act.at.isoformat(),
            "person": [
                f"{self._words['asked'][name]} {value}" for name, value in _asked(act.query)
            ],
            "by": act.by,
            "reason": act.reason,
            "organisation": act.organisation,
            "system": act.system,
            "is_central": act.is_central,
        }

    def _rendered(self, template: str, act: Mapping[str, Any], **further: Any) -> str:
        return self._environment.get_template(template).render(act=act, **further)

    def _readable(self, kept: RecordCopy) -> dict[str, Any]:
        values = kept.values
        return {
            **_record_facts(kept.found),
            "at": values.get("arrived_at") or values.get("created_at") or values["at"],
            "fields": self._rows[kept.found.kind.value].lines(values),
            "events": [self._event(event) for event in kept.events],
            "parts": [
                self._rows[name].lines(row) for name, rows in kept.parts.items() for row in rows
            ],
            "files": [_file_name(kept.found, name) for name, _content in kept.files],
        }

    def _event(self, event: Mapping[str, Any]) -> dict[str, Any]:
        told = self._rows["event"]
        by = told.text(event, "by_name") or told.text(event, "source")
        return {
            "at": event["at"],
            "step": told.text(event, "step"),
            "by": by,
            "words": _words_of(event["facts"]),
        }


def _asked(query: PersonQuery) -> list[tuple[str, str]]:
    name = query.name
    full = "" if name is None else " ".join((name.surname, name.given_name, name.patronymic))
    told = (("name", " ".join(full.split())), ("phone", query.phone), ("email", query.email))
    return [(what, value) for what, value in told if value]


def _record_facts(record: FoundRecord) -> dict[str, Any]:
    return {
        "kind": record.kind.value,
        "id": str(record.id),
        "number": record.number,
        "categories": [category.value for category in record.categories],
        "left": None if record.left is None else record.left.value,
        "at": None if record.at is None else record.at.isoformat(),
        "sounds": [
            {"file": sound.file, "fate": None if sound.fate is None else sound.fate.value}
            for sound in record.sounds
        ],
    }


def _all_of(kept: RecordCopy) -> dict[str, Any]:
    return {
        **_record_facts(kept.found),
        "values": dict(kept.values),
        "events": [dict(event) for event in kept.events],
        **{name: [dict(row) for row in rows] for name, rows in kept.parts.items()},
        "files": [_file_name(kept.found, name) for name, _content in kept.files],
    }


def _words_of(facts: Any) -> list[str]:
    match facts:
        case dict():
            own = [
                value
                for name, value in facts.items()
                if name in WORDS_OF_FACTS and isinstance(value, str) and value
            ]
            return own + [word for value in facts.values() for word in _words_of(value)]
        case list():
            return [word for part in facts for word in _words_of(part)]
        case _:
            return []


def _file_name(record: FoundRecord, name: str) -> str:
    """Returns a safe file name, which never contains a path from the data."""
    kept = "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in name)
    return f"{record.number or record.id}-{kept.lstrip('.')}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _new_folder(folder: Path, name: str) -> Path:
    place = folder / name
    place.mkdir(mode=0o700, parents=True)
    return place


def _write(file: Path, text: str) -> Path:
    return _write_bytes(file, text.encode())


def _write_bytes(file: Path, content: bytes) -> Path:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    return file
