"""A file of people and contacts that are no personal data: those of the directory (1.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sync.errors import OfficialsUnreadable
from sync.register.checks.personal.known import Known

NAME_FIELDS = ("name", "title", "full_name", "fio")
PARTS_OF_NAME = ("last", "first", "patronymic")
BYTE_ORDER_MARK = "\ufeff"


def read_officials(path: Path) -> Known:
    """The people, phones and e-mail addresses of a file; raises OfficialsUnreadable.

    The file holds one full name a line (what follows a comma, semicolon or tab is passed over), a
    JSON list or object, or JSON Lines; each JSON item is a name or an object. Entries of the
    directory's own export are read whole, with the contacts of their details.
    """
    try:
        text = path.read_text(encoding="utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise OfficialsUnreadable("not_utf8") from error
    except OSError as error:
        raise OfficialsUnreadable("unreadable") from error
    names: list[str] = []
    phones: list[str] = []
    emails: list[str] = []
    for item in _items(text):
        if isinstance(item, str):
            names.append(item)
        elif isinstance(item, dict):
            names.extend(_names(item))
            details = item.get("details")
            for holder in (item, details if isinstance(details, dict) else {}):
                phones.extend(_contacts(holder, "phone"))
                emails.extend(_contacts(holder, "email"))
    return Known(tuple(names), tuple(phones), tuple(emails))


def _items(text: str) -> Iterator[Any]:
    if not text.lstrip().startswith(("{", "[")):
        for line in text.splitlines():
            yield line.replace(";", ",").replace("\t", ",").partition(",")[0]
        return
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        try:
            yield from [json.loads(line) for line in text.splitlines() if line.strip()]
        except json.JSONDecodeError as error:
            raise OfficialsUnreadable("not_json") from error
        return
    if isinstance(whole, dict) and not any(field in whole for field in NAME_FIELDS):
        for value in whole.values():
            yield from value if isinstance(value, list) else []
    yield from whole if isinstance(whole, list) else [whole]


def _names(item: dict[str, Any]) -> Iterator[str]:
    # An entry of the directory that is no person has a title too.
    if item.get("kind", "person") != "person":
        return
    for field in NAME_FIELDS:
        if isinstance(item.get(field), str):
            yield item[field]
    parts = [item[part] for part in PARTS_OF_NAME if isinstance(item.get(part), str)]
    if parts:
        yield " ".join(parts)


def _contacts(holder: dict[str, Any], field: str) -> Iterator[str]:
    """``phone``: "...", ``phones``: ["..."] or [{"number": "..."}]; likewise of e-mail."""
    values = [holder.get(field)]
    several = holder.get(f"{field}s")
    values += several if isinstance(several, list) else []
    for value in values:
        number = value.get("number") if isinstance(value, dict) else value
        if isinstance(number, str):
            yield number
