"""Open311 request rows: the marker with our registration number, and parsing of users' messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from datetime import time as time_datetime
from typing import Any

from sync.exchange.platform.http_client import plain_text
from sync.register.messages import Publicity, SubmittedMessage, UnreadableRequest
from sync.register.people.values import PersonName

OPEN = "open"
NO_MOMENT = "no_moment"
ID_TOO_LONG = "id_too_long"
_ID_LIMIT = 255
_NUMBER = "registration_number"
_PUBLICITY = {"true": Publicity.PUBLIC, "false": Publicity.NON_PUBLIC}
_MARKER = re.compile(r"\[\d{4}-\d{4}-\d{5}-\d\]")


def marker(number: str) -> str:
    """Returns the last line of a description: it carries our registration number to platforms that
    do not store attributes.
    """
    return f"[{number}]"


def carries(row: Mapping[str, Any], number: str) -> bool:
    """Whether a request of the platform's list is ours: it carries our number as attribute or
    marker. A number that a citizen only quotes does not count.
    """
    if _attributes(row).get(_NUMBER) == number:
        return True
    return marker(number) in _lines(row)


def read_submitted(
    row: Mapping[str, Any], categories: Mapping[str, str]
) -> SubmittedMessage | UnreadableRequest | None:
    """Parses an open request that another party sent; None for all other rows.

    ``categories`` maps the platform's service codes to our categories; an unmapped code is used
    unchanged.
    """
    attributes = _attributes(row)
    platform_id = plain_text(row.get("service_request_id"))
    submitted_at = _moment(row.get("requested_datetime"))
    is_ours = _NUMBER in attributes or any(map(_MARKER.fullmatch, _lines(row)))
    is_open = plain_text(row.get("status")).lower() == OPEN
    if not platform_id or is_ours or not is_open:
        return None
    if len(platform_id) > _ID_LIMIT:
        return UnreadableRequest(platform_id[:_ID_LIMIT], ID_TOO_LONG)
    if submitted_at is None:
        return UnreadableRequest(platform_id, NO_MOMENT)
    code = plain_text(row.get("service_code"))
    return SubmittedMessage(
        platform_id=platform_id,
        submitted_at=submitted_at,
        text=plain_text(row.get("description")).strip(),
        place=plain_text(row.get("address")).strip(),
        category=categories.get(code, code) or None,
        publicity=_PUBLICITY.get(
            plain_text(attributes.get("is_public")).lower(), Publicity.NOT_STATED
        ),
        event_on=_day(attributes.get("event_date")),
        event_time=_hour(attributes.get("event_time")),
        name=_name(row),
        email=plain_text(row.get("email")).strip() or None,
        phone=plain_text(row.get("phone")).strip() or None,
    )


def _attributes(row: Mapping[str, Any]) -> Mapping[str, Any]:
    found = row.get("attributes") or row.get("attribute")
    return found if isinstance(found, dict) else {}


def _lines(row: Mapping[str, Any]) -> list[str]:
    return [line.strip() for line in plain_text(row.get("description")).splitlines()]


def _name(row: Mapping[str, Any]) -> PersonName | None:
    surname = plain_text(row.get("last_name")).strip()
    given, _, patronymic = plain_text(row.get("first_name")).strip().partition(" ")
    return PersonName(surname, given, patronymic.strip()) if surname or given else None


def _moment(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(plain_text(value))
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(plain_text(value))
    except ValueError:
        return None


def _hour(value: object) -> time_datetime | None:
    try:
        return time_datetime.fromisoformat(plain_text(value)).replace(tzinfo=None)
    except ValueError:
        return None
