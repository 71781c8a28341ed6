"""Client of an Open311 GeoReport v2 server as the city platform, and the platform's settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from io import BytesIO
from mimetypes import guess_extension
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

import requests
from urllib3.filepost import encode_multipart_formdata

from sync.errors import PlatformSettingsInvalid
from sync.exchange.platform.http_client import Answer, ask, plain_text
from sync.exchange.platform.intake import carries, marker, read_submitted
from sync.exchange.platform.port import (
    Accepted,
    FailureKind,
    MediaTaken,
    Noted,
    NotFound,
    NotSupported,
    NotYet,
    Rejected,
    Service,
    Standing,
    TokenGiven,
    Unavailable,
)
from sync.register.checks.photo_formats import MEDIA_TYPES
from sync.register.handling.notices import PlatformNews
from sync.register.messages import MessageRecord, SubmittedMessage, UnreadableRequest
from sync.register.people.values import PersonName
from sync.store.local.messages.photos import AnswerFile

DESCRIPTION_LIMIT = 4000  # characters, GeoReport v2, POST Service Request
LIST_LIMIT = 1000  # GeoReport v2, GET Service Requests: most rows of a list
LOOK_BACK = timedelta(days=1)  # the platform's clock or time zone may be wrong
LONGEST_WINDOW = timedelta(days=90)  # GeoReport v2, GET Service Requests
SHORTEST_WINDOW = timedelta(minutes=1)
WINDOWS_LIMIT = 64
CLOSED = "closed"
UPDATES = "servicerequestupdates.json"
MEDIA = "media.json"
NO_MEDIA_ID = "no_media_id"
TOO_LONG = "description_too_long"

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class AuthorField(StrEnum):
    """Author data that the contract with the platform allows to pass on."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class PlatformSettings:
    """Address of the platform and the agreed data.

    ``url`` is the root of the GeoReport API. ``service_codes`` maps our categories to the
    platform's services; an unmapped category is sent under its own key. The API key is sent in the
    form of a POST (GeoReport v2) and in ``api_key_header``, which allows a platform to show us our
    non-public messages too. Plain HTTP is allowed for loopback only, unless ``allow_plain_http``.
    """

    url: str
    api_key: str | None = field(default=None, repr=False)
    api_key_header: str | None = "X-Api-Key"
    jurisdiction_id: str | None = None
    service_codes: Mapping[str, str] = field(default_factory=dict)
    author_fields: frozenset[AuthorField] = frozenset(AuthorField)
    allow_plain_http: bool = False
    ca_file: Path | None = None
    proxy: str | None = field(default=None, repr=False)
    connect_timeout_s: float = 5.0
    read_timeout_s: float = 20.0
    list_limit: int = LIST_LIMIT


class PlatformClient:
    """GeoReport v2 server as a PlatformPort. Use on one thread only.

    Our registration number is sent as an attribute and as the last line of the description, because
    a server without attributes must still show which message is ours.
    """

    def __init__(self, settings: PlatformSettings) -> None:
        """Creates the client without connecting; raises PlatformSettingsInvalid."""
        _check(settings)
        self._settings = settings
        self._root = settings.url.rstrip("/")
        self._categories = {code: ours for ours, code in settings.service_codes.items()}
        self._session = requests.Session()
        # Proxies and ~/.netrc of the environment could send the key to other hosts.
        self._session.trust_env = False
        self._session.headers["Accept"] = "application/json"
        if settings.ca_file is not None:
            self._session.verify = str(settings.ca_file)
        if settings.proxy is not None:
            self._session.proxies = {"http": settings.proxy, "https": settings.proxy}
        if settings.api_key is not None and settings.api_key_header is not None:
            self._session.headers[settings.api_key_header] = settings.api_key

    def close(self) -> None:
        self._session.close()

    def services(self) -> tuple[Service, ...] | Unavailable:
        """Returns the platform's categories in its order."""
        answer = self._get("services.json")
        match answer:
            case Unavailable():
                return answer
            case Answer(status=200, body=list(rows)):
                found = (_service(row) for row in rows)
                return tuple(service for service in found if service is not None)
            case _:
                return _not_a_platform()

    def post(self, message: MessageRecord) -> Accepted | TokenGiven | Rejected | Unavailable:
        """Posts a registered message with its own id as the idempotency key."""
        form = self._form(message)
        if len(form["description"]) > DESCRIPTION_LIMIT:
            return Rejected(TOO_LONG)
        answer = self._ask(
            "POST", "requests.json", data=form, headers={"Idempotency-Key": str(message.id)}
        )
        match answer:
            case Unavailable():
                return answer
            case Answer(status=status, body=[dict(row), *_]) if status < 300:
                given = _given(row)
                # Accepted according to the status, but without an identifier.
                return given or Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=True)
            case Answer(status=status) if status < 300:
                return Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=True)
            case Answer(status=404 | 501, body=body) if not _has_error_codes(body):
                return _not_a_platform()  # a wrong address, not a rejection
            case Answer(status=status, body=body):
                return Rejected(_code(status, body))

    def find(self, message: MessageRecord, since: datetime) -> Accepted | NotFound | Unavailable:
        """Searches the message among the requests that the platform received after ``since``."""
        number = str(message.number)
        for rows in self._listed(since - LOOK_BACK):
            if isinstance(rows, Unavailable):
                return rows
            for row in rows:
                platform_id = plain_text(row.get("service_request_id"))
                if platform_id and carries(row, number):
                    return Accepted(platform_id)
        return NotFound()

    def redeem(self, token: str) -> Accepted | NotYet | NotFound | Unavailable:
        """Returns the identifier for a token when the platform has assigned it."""
        answer = self._get(f"tokens/{quote(token, safe='')}.json")
        match answer:
            case Unavailable():
                return answer
            case Answer(status=200, body=[dict(row), *_]):
                platform_id = plain_text(row.get("service_request_id"))
                return Accepted(platform_id) if platform_id else NotYet()
            case Answer(status=200, body=[]):
                return NotYet()
            case Answer(status=404 | 410):
                return NotFound()
            case _:
                return _not_a_platform()

    def standing(self, platform_id: str) -> Standing | NotFound | Unavailable:
        """Returns status and status notes of a request; the notes are the authority's answer."""
        answer = self._get(f"requests/{quote(platform_id, safe='')}.json")
        match answer:
            case Unavailable():
                return answer
            case Answer(status=200, body=[dict(row), *_]) if plain_text(row.get("status")):
                status = plain_text(row["status"])
                notes = plain_text(row.get("status_notes")).strip()
                return Standing(status, status.lower() == CLOSED, notes or None)
            case Answer(status=200, body=[]) | Answer(status=404 | 410):
                return NotFound()
            case _:
                return _not_a_platform()

    def submitted(
        self, since: datetime
    ) -> tuple[SubmittedMessage | UnreadableRequest, ...] | Unavailable:
        """Returns the open requests without our number, the oldest first."""
        found: dict[str, SubmittedMessage | UnreadableRequest] = {}
        for rows in self._listed(since - LOOK_BACK):
            if isinstance(rows, Unavailable):
                return rows
            for row in rows:
                sent = read_submitted(row, self._categories)
                if sent is not None:
                    found[sent.platform_id] = sent
        return tuple(sorted(found.values(), key=_age))

    def tell(
        self, platform_id: str, event_id: UUID, at: datetime, news: PlatformNews
    ) -> Noted | NotSupported | Rejected | Unavailable:
        """Posts a status update (servicerequestupdates, a common extension of GeoReport v2)."""
        form = {
            "service_request_id": platform_id,
            "update_id": str(event_id),
            "updated_datetime": _moment(at),
            "status": "CLOSED" if news.is_over else "OPEN",
            "external_status_code": news.state.value,
            "description": news.text,
            "attribute[is_public]": "true" if news.is_public else "false",
            **{f"attribute[{name}]": value for name, value in news.details.items()},
            **self._sender(),
        }
        answer = self._ask("POST", UPDATES, data=form, headers={"Idempotency-Key": str(event_id)})
        match answer:
            case Unavailable():
                return answer
            case Answer(status=200, body=None):
                return _not_a_platform()  # page of a proxy, not of the platform
            case Answer(status=status) if status < 300 or status == 409:
                return Noted()
            case Answer(status=status, body=body) if _is_no_door(status, body):
                return NotSupported()
            case Answer(status=status, body=body):
                return Rejected(_code(status, body))

    def attach(
        self, platform_id: str, key: UUID, file: AnswerFile
    ) -> MediaTaken | NotSupported | Rejected | Unavailable:
        """Uploads a file (media.json, our own extension of GeoReport v2: docs/platform.md)."""
        media_type = MEDIA_TYPES[file.attachment.format]
        form: dict[str, Any] = {
            "service_request_id": platform_id,
            "file_name": file.attachment.name,
            "file_type": media_type,
            **self._sender(),
            # The file name is a form field, because servers parse non-ASCII names in this header
            # differently.
            "file": (f"file{guess_extension(media_type)}", file.content, media_type),
        }
        body, content_type = encode_multipart_formdata(form)
        answer = self._ask(
            "POST",
            MEDIA,
            data=BytesIO(body),  # sent in chunks: the timeout applies to each
            headers={"Idempotency-Key": str(key), "Content-Type": content_type},
        )
        match answer:
            case Unavailable():
                return answer
            case Answer(status=status, body=None) if status < 300:
                return Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=True)
            case Answer(status=status, body=[dict(row), *_]) if status < 300 or status == 409:
                media_id = plain_text(row.get("id"))
            case Answer(status=status) if status < 300:
                media_id = ""
            case Answer(status=status, body=body) if _is_no_door(status, body):
                return NotSupported()
            case Answer():
                return Rejected(_code(answer.status, answer.body))
        is_one_word = media_id.split() == [media_id]
        if not is_one_word:
            return Rejected(
                NO_MEDIA_ID if answer.status < 300 else _code(answer.status, answer.body)
            )
        return MediaTaken(media_id)

    # --- requests ---

    def _form(self, message: MessageRecord) -> dict[str, str]:
        category = message.category or ""
        form = {
            "service_code": self._settings.service_codes.get(category, category),
            "description": f"{message.text.strip()}\n\n{marker(str(message.number))}",
            "address_string": message.place.strip(),
            **self._author(message),
            "attribute[registration_number]": str(message.number),
            # Publicity that was not stated means non-public (Regulation 6.10).
            "attribute[is_public]": "true" if message.is_public else "false",
        }
        if message.event_on is not None:
            form["attribute[event_date]"] = message.event_on.isoformat()
        if message.event_time is not None:
            form["attribute[event_time]"] = message.event_time.isoformat("minutes")
        if message.unit is not None:
            form["attribute[unit]"] = message.unit
        return form | self._sender()

    def _sender(self) -> dict[str, str]:
        """Returns the form fields that identify the sender."""
        stated = {
            "jurisdiction_id": self._settings.jurisdiction_id,
            "api_key": self._settings.api_key,
        }
        return {name: value for name, value in stated.items() if value is not None}

    def _author(self, message: MessageRecord) -> dict[str, str]:
        allowed = self._settings.author_fields
        stated: dict[str, str] = {}
        if AuthorField.NAME in allowed and isinstance(message.name, PersonName):
            # GeoReport has no field for a patronymic.
            given = f"{message.name.given_name} {message.name.patronymic}".strip()
            stated = {"first_name": given, "last_name": message.name.surname}
        if AuthorField.EMAIL in allowed and type(message.email) is str:
            stated["email"] = message.email
        if AuthorField.PHONE in allowed and type(message.phone) is str:
            stated["phone"] = message.phone
        return {name: value for name, value in stated.items() if value}

    # --- queries ---

    def _listed(self, since: datetime) -> Iterator[list[dict[str, Any]] | Unavailable]:
        """Yields all requests since then, in as many time windows as the list limit requires."""
        windows: list[tuple[datetime, datetime | None]] = [(since, None)]
        while datetime.now(UTC) - windows[0][0] > LONGEST_WINDOW:
            start = windows[0][0]
            windows[:1] = [(start + LONGEST_WINDOW, None), (start, start + LONGEST_WINDOW)]
        for _asked in range(WINDOWS_LIMIT):
            if not windows:
                return
            start, end = windows.pop()
            rows = self._window(start, end)
            yield rows
            if isinstance(rows, Unavailable):
                return
            if len(rows) < self._settings.list_limit:
                continue
            # The list was truncated at an unknown end.
            last = end or datetime.now(UTC) + LOOK_BACK
            if last - start > SHORTEST_WINDOW:
                middle = start + (last - start) / 2
                windows += [(middle, end), (start, middle)]
        # The server returns full lists for any window, so the result cannot be complete.
        yield Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=True)

    def _window(self, start: datetime, end: datetime | None) -> list[dict[str, Any]] | Unavailable:
        query = {"start_date": _moment(start)}
        if end is not None:
            query["end_date"] = _moment(end)
        answer = self._get("requests.json", query)
        match answer:
            case Unavailable():
                return answer
            case Answer(status=200, body=list(rows)):
                return [row for row in rows if isinstance(row, dict)]
            case _:
                return _not_a_platform()

    def _get(self, path: str, query: Mapping[str, str] | None = None) -> Answer | Unavailable:
        parameters = dict(query or {})
        if self._settings.jurisdiction_id is not None:
            parameters["jurisdiction_id"] = self._settings.jurisdiction_id
        return self._ask("GET", path, params=parameters)

    def _ask(self, method: str, path: str, **content: Any) -> Answer | Unavailable:
        return ask(
            self._session,
            method,
            f"{self._root}/{path}",
            connect_timeout_s=self._settings.connect_timeout_s,
            read_timeout_s=self._settings.read_timeout_s,
            **content,
        )


def _check(settings: PlatformSettings) -> None:
    try:
        address = urlsplit(settings.url)
        host = address.hostname
    except ValueError:
        raise PlatformSettingsInvalid("url_unreadable") from None
    if address.scheme not in ("http", "https") or not host or address.username is not None:
        raise PlatformSettingsInvalid("url_unreadable")
    if address.scheme == "http" and host not in _LOOPBACK and not settings.allow_plain_http:
        raise PlatformSettingsInvalid("plain_http")


def _age(sent: SubmittedMessage | UnreadableRequest) -> tuple[bool, datetime, str]:
    if isinstance(sent, UnreadableRequest):
        return True, datetime.max.replace(tzinfo=UTC), sent.platform_id
    return False, sent.submitted_at, sent.platform_id


def _given(row: Mapping[str, Any]) -> Accepted | TokenGiven | None:
    platform_id, token = plain_text(row.get("service_request_id")), plain_text(row.get("token"))
    if platform_id:
        return Accepted(platform_id)
    return TokenGiven(token) if token else None


def _service(row: object) -> Service | None:
    if not isinstance(row, dict) or not plain_text(row.get("service_code")):
        return None
    named = (plain_text(row.get(field)) for field in ("service_code", "service_name", "group"))
    return Service(*named)


def _has_error_codes(body: object) -> bool:
    return isinstance(body, list) and any(isinstance(row, dict) and "code" in row for row in body)


def _is_no_door(status: int, body: object) -> bool:
    """Whether the server does not support the operation. A 404 with error codes concerns the
    request instead.
    """
    return status in (405, 501) or (status == 404 and not _has_error_codes(body))


def _code(status: int, body: object) -> str:
    """Returns the status, and the platform's own code if it is numeric; never its text."""
    rows = body if isinstance(body, list) else []
    own = [plain_text(row.get("code")) for row in rows if isinstance(row, dict)]
    codes = [code for code in own if code.isdecimal() and code != str(status)]
    return " ".join([f"http_{status}", *codes[:1]])


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _not_a_platform() -> Unavailable:
    return Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=False)
