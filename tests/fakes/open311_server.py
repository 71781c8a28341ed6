"""A city platform on loopback, written from the Open311 GeoReport v2 specification.

It uses JSON. Beyond the specification it supports features of real servers: attributes in lists, an
idempotency key, non-public requests hidden from clients without a key, and faults.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

DESCRIPTION_LIMIT = 4000
DEFAULT_SPAN = timedelta(days=90)
HOLD_S = 30.0


class Fault(Enum):
    """Fault of one request."""

    DROP = auto()
    """The connection is closed without a response; the request is not processed."""
    DROP_AFTER = auto()
    """The request is processed, then the connection is closed."""
    ERROR = auto()
    ERROR_AFTER = auto()
    """Processed, then 500."""
    HOLD_AFTER = auto()
    """Processed, then no response until ``let_go``."""
    PROCESS_LATE = auto()
    """No response until ``let_go``, and processed only then."""
    GARBAGE_AFTER = auto()
    """Processed, then 200 with invalid JSON."""
    HTML = auto()
    """A login page instead of a response; the request is not processed."""
    NOT_FOUND_PAGE = auto()
    REDIRECT = auto()
    REFUSE = auto()
    """400 in the format of the specification."""
    CONFLICT_AFTER = auto()
    """Processed, but reported as existing (409)."""


@dataclass(frozen=True)
class Later:
    """429 with this Retry-After."""

    retry_after: str


Trouble = Fault | Later | None

PROCESSED = (
    Fault.DROP_AFTER,
    Fault.ERROR_AFTER,
    Fault.HOLD_AFTER,
    Fault.PROCESS_LATE,
    Fault.GARBAGE_AFTER,
    Fault.CONFLICT_AFTER,
)
PAGES: dict[Fault, tuple[int, bytes, dict[str, str]]] = {
    Fault.GARBAGE_AFTER: (200, b"\xff\x00 no JSON [[[", {}),
    Fault.HTML: (200, b"<html>Sign in</html>", {"Content-Type": "text/html"}),
    Fault.NOT_FOUND_PAGE: (404, b"<html>Not found</html>", {"Content-Type": "text/html"}),
    Fault.REDIRECT: (302, b"", {"Location": "/open311/v2/elsewhere"}),
}


@dataclass
class Request:
    """A service request as the platform stores it."""

    service_request_id: str
    form: dict[str, str]
    idempotency_key: str | None
    requested_at: datetime
    updated_at: datetime
    status: str = "open"
    status_notes: str | None = None

    @property
    def attributes(self) -> dict[str, str]:
        found = {re.fullmatch(r"attribute\[(\w+)]", name): text for name, text in self.form.items()}
        return {match[1]: text for match, text in found.items() if match is not None}


@dataclass(frozen=True)
class Media:
    """A file as the platform stores it."""

    id: str
    idempotency_key: str | None
    form: dict[str, str]
    content: bytes


@dataclass
class Behaviour:
    """Features of this platform; may be changed while it runs."""

    api_key: str = "key-of-tests"
    jurisdiction_id: str | None = None
    services: dict[str, str] = field(
        default_factory=lambda: {"roads-pits": "Ямы на дорогах", "0042": "Прочее"}
    )
    honours_key: bool = True
    shows_attributes: bool = True
    shows_authors: bool = True
    takes_news: bool = True
    takes_media: bool = True
    media_limit_bytes: int = 100 * 2**20
    gives_tokens: bool = False
    list_limit: int = 1000
    list_lag: timedelta = timedelta()
    shows_no_moment_of: set[str] = field(default_factory=set)
    """Delay until a request appears in the lists."""


class Open311Server:
    """The server; used as a context manager it runs on a free port of loopback."""

    def __init__(self) -> None:
        self.behaviour = Behaviour()
        self.frozen_at: datetime | None = None  # the platform's clock, if not the real one
        self.requests: list[Request] = []
        self.calls: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.forms: list[dict[str, str]] = []
        self.tokens: dict[str, str] = {}
        self.updates: dict[str, dict[str, str]] = {}
        self.media: list[Media] = []
        self.tokens_are_ready = False
        self.injected: Counter[str] = Counter()
        """Number of requests by fault."""
        self.too_early = 0
        """Number of requests before the time given by a Retry-After."""
        self._faults: deque[Trouble] = deque()
        self._reading_faults: deque[Trouble] = deque()
        self._not_before_s = 0.0
        self._gate = threading.RLock()
        self._let_go = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler, self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), name="open311"
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._let_go.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        port: int = self._server.server_address[1]
        return port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/open311/v2"

    @property
    def posts(self) -> int:
        """Number of POSTs, processed or not."""
        return sum(method == "POST" for method, _path in self.calls)

    def plan(self, *faults: Trouble) -> None:
        """Sets the faults of the next POSTs, one each; None is a POST that succeeds."""
        self._faults.extend(faults)

    def plan_reading(self, *faults: Trouble) -> None:
        """Sets the faults of the next GETs."""
        self._reading_faults.extend(faults)

    def let_go(self) -> None:
        """Sends the held responses."""
        self._let_go.set()

    def answer(self, service_request_id: str, status: str, notes: str | None) -> None:
        """Sets the answer of the body."""
        with self._gate:
            for request in self.requests:
                if request.service_request_id == service_request_id:
                    request.status, request.status_notes = status, notes
                    request.updated_at = self._now()

    def add_foreign(
        self,
        description: str,
        requested_at: datetime,
        count: int = 1,
        told: Mapping[str, str] | None = None,
    ) -> None:
        """Adds requests of other clients, with further fields of their form."""
        with self._gate:
            for _ in range(count):
                form = {"service_code": "0042", "description": description, **(told or {})}
                self._keep(form, None, requested_at)

    # --- called by the handler on its threads ----------------------------------------------------

    def next_fault(self, method: str) -> Trouble:
        with self._gate:
            faults = self._faults if method == "POST" else self._reading_faults
            trouble = faults.popleft() if faults else None
            match trouble:
                case Fault():
                    self.injected[f"{method} {trouble.name}"] += 1
                case Later(retry_after):
                    self.injected[f"{method} LATER"] += 1
                    if retry_after.isdecimal():
                        self._not_before_s = time.monotonic() + float(retry_after)
            return trouble

    def wait_until_let_go(self) -> None:
        self._let_go.wait(HOLD_S)

    def note(self, method: str, path: str, headers: dict[str, str], form: dict[str, str]) -> None:
        with self._gate:
            self.calls.append((method, path))
            self.too_early += time.monotonic() < self._not_before_s
            self.headers.append(headers)
            if method == "POST":
                self.forms.append(form)

    def post(self, form: dict[str, str], key: str | None) -> tuple[int, Any]:
        """POST Service Request."""
        with self._gate:
            refused = self._refused(form)
            if refused is not None:
                return refused
            known = [request for request in self.requests if key and request.idempotency_key == key]
            if known and self.behaviour.honours_key:
                request = known[0]
            else:
                request = self._keep(form, key, self._now())
            if self.behaviour.gives_tokens:
                token = f"token/{request.service_request_id}"
                self.tokens[token] = request.service_request_id
                return 200, [{"token": token}]
            return 200, [
                {
                    "service_request_id": request.service_request_id,
                    "service_notice": None,
                    "account_id": None,
                }
            ]

    def update(self, form: dict[str, str]) -> tuple[int, Any]:
        """POST servicerequestupdates, the extension; each update_id is applied once."""
        with self._gate:
            if form.get("api_key") != self.behaviour.api_key:
                return _error(403, "api_key missing or invalid")
            known = {request.service_request_id for request in self.requests}
            if form["service_request_id"] not in known:
                return _error(404, "service_request_id not found")
            self.updates.setdefault(form["update_id"], form)
            return 200, [{"update_id": form["update_id"]}]

    def attach(self, form: dict[str, str], content: bytes, key: str | None) -> tuple[int, Any]:
        """POST media, the project's extension; each idempotency key is applied once."""
        with self._gate:
            if form.get("api_key") != self.behaviour.api_key:
                return _error(403, "api_key missing or invalid")
            known = {request.service_request_id for request in self.requests}
            if form["service_request_id"] not in known:
                return _error(404, "service_request_id not found")
            if len(content) > self.behaviour.media_limit_bytes:
                return _error(413, "too large")
            for one in self.media:
                if one.idempotency_key == key:
                    return 200, [{"id": one.id}]
            self.media.append(Media(f"M-{len(self.media) + 1}", key, form, content))
            return 200, [{"id": self.media[-1].id}]

    def list_services(self) -> tuple[int, Any]:
        """GET Service List."""
        return 200, [
            {
                "service_code": code,
                "service_name": name,
                "description": "",
                "metadata": False,
                "type": "realtime",
                "keywords": "",
                "group": "Город",
            }
            for code, name in self.behaviour.services.items()
        ]

    def token(self, token: str) -> tuple[int, Any]:
        """GET service_request_id from a token."""
        with self._gate:
            if token not in self.tokens:
                return _error(404, "token not found")
            if not self.tokens_are_ready:
                return 200, []
            return 200, [{"service_request_id": self.tokens[token], "token": token}]

    def list_requests(self, query: dict[str, str], has_key: bool) -> tuple[int, Any]:
        """GET Service Requests: the newest first, cut off at the limit."""
        with self._gate:
            end = _moment(query.get("end_date")) or self._now()
            end = min(end, self._now() - self.behaviour.list_lag)
            start = _moment(query.get("start_date")) or end - DEFAULT_SPAN
            chosen = [
                request
                for request in self.requests
                if start <= request.requested_at <= end and self._may_see(request, has_key)
            ]
            chosen.sort(key=lambda request: request.requested_at, reverse=True)
            return 200, [self._shown(request) for request in chosen[: self.behaviour.list_limit]]

    def show_request(self, service_request_id: str, has_key: bool) -> tuple[int, Any]:
        """GET Service Request."""
        with self._gate:
            for request in self.requests:
                if request.service_request_id == service_request_id:
                    return (
                        (200, [self._shown(request)])
                        if self._may_see(request, has_key)
                        else _error(404, "service_request_id not found")
                    )
            return _error(404, "service_request_id not found")

    def _now(self) -> datetime:
        return self.frozen_at or datetime.now(UTC)

    def _keep(self, form: dict[str, str], key: str | None, at: datetime) -> Request:
        made = Request(f"C-{len(self.requests) + 1:05}", form, key, at, at)
        self.requests.append(made)
        return made

    def _refused(self, form: dict[str, str]) -> tuple[int, Any] | None:
        wanted = self.behaviour
        if form.get("api_key") != wanted.api_key:
            return _error(403, "api_key missing or invalid")
        if form.get("jurisdiction_id") != wanted.jurisdiction_id:
            return _error(404, "jurisdiction_id not found")
        if not form.get("service_code"):
            return _error(400, "service_code was not provided")
        if form["service_code"] not in wanted.services:
            return _error(404, "service_code not found")
        if not any(name in form for name in ("address_string", "address_id", "lat")):
            return _error(400, "location was not provided")
        if len(form.get("description", "")) > DESCRIPTION_LIMIT:
            return _error(400, "description is too long")
        return None

    def _may_see(self, request: Request, has_key: bool) -> bool:
        return has_key or request.attributes.get("is_public") != "false"

    def _shown(self, request: Request) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "service_request_id": request.service_request_id,
            "status": request.status,
            "status_notes": request.status_notes,
            "service_code": request.form.get("service_code"),
            "description": request.form.get("description"),
            "address": request.form.get("address_string"),
            "requested_datetime": request.requested_at.isoformat(timespec="seconds"),
            "updated_datetime": request.updated_at.isoformat(timespec="seconds"),
        }
        if request.service_request_id in self.behaviour.shows_no_moment_of:
            shown["requested_datetime"] = "вчера"
        if self.behaviour.shows_authors:
            for name in ("first_name", "last_name", "email", "phone"):
                shown[name] = request.form.get(name)
        if self.behaviour.shows_attributes:
            shown["attributes"] = request.attributes
        return shown


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(
        self, address: tuple[str, int], handler: type[_Handler], platform: Open311Server
    ) -> None:
        super().__init__(address, handler)
        self.platform = platform
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignores clients that were killed or disconnected."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """Ends the connections that clients keep open; their threads would wait for more
        requests.
        """
        with self._connections_lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = HOLD_S  # s; ``hang_up`` ends a persistent connection
    disable_nagle_algorithm = True  # headers and body are written separately
    server: _Server

    def do_GET(self) -> None:
        self._serve("GET", {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("multipart/form-data"):
            form, content = _parts(kind, body)
            self._serve("POST", form, content)
        else:
            self._serve("POST", _flat(body.decode()))

    def log_message(self, format: str, *args: Any) -> None:
        """Suppresses the log in the output of the tests."""

    def _serve(self, method: str, form: dict[str, str], content: bytes = b"") -> None:
        platform = self.server.platform
        platform.note(method, self.path, dict(self.headers), form)
        fault = platform.next_fault(method)
        if fault is Fault.PROCESS_LATE:
            platform.wait_until_let_go()
        is_processed = fault is None or (isinstance(fault, Fault) and fault in PROCESSED)
        outcome = self._process(method, form, content) if is_processed else None
        if fault is Fault.HOLD_AFTER:
            platform.wait_until_let_go()
        match fault:
            case Later(retry_after):
                self._answer(*_error(429, "later"), {"Retry-After": retry_after})
            case Fault.ERROR | Fault.ERROR_AFTER:
                self._answer(*_error(500, "internal error"))
            case Fault.REFUSE:
                self._answer(*_error(400, form.get("description", "")))
            case Fault.CONFLICT_AFTER:
                self._answer(*_error(409, "is there already"))
            case Fault.GARBAGE_AFTER | Fault.HTML | Fault.NOT_FOUND_PAGE | Fault.REDIRECT:
                self._write(*PAGES[fault])
            case None if outcome is not None:
                self._answer(*outcome)
            case _:
                self.close_connection = True  # without a response

    def _process(self, method: str, form: dict[str, str], content: bytes) -> tuple[int, Any]:
        platform = self.server.platform
        address = urlsplit(self.path)
        path = address.path.removeprefix("/open311/v2/")
        has_key = self.headers.get("X-Api-Key") == platform.behaviour.api_key
        match method, path.removesuffix(".json").split("/"):
            case "POST", ["requests"]:
                return platform.post(form, self.headers.get("Idempotency-Key"))
            case "POST", ["servicerequestupdates"] if platform.behaviour.takes_news:
                return platform.update(form)
            case "POST", ["servicerequestupdates"]:
                return 404, None
            case "POST", ["media"] if platform.behaviour.takes_media:
                return platform.attach(form, content, self.headers.get("Idempotency-Key"))
            case "POST", ["media"]:
                return 501, None
            case "GET", ["services"]:
                return platform.list_services()
            case "GET", ["tokens", token]:
                return platform.token(token.replace("%2F", "/"))
            case "GET", ["requests"]:
                return platform.list_requests(_flat(address.query), has_key)
            case "GET", ["requests", service_request_id]:
                return platform.show_request(service_request_id, has_key)
            case _:
                return _error(404, "no such resource")

    def _answer(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        plain = json.dumps(body).encode()
        kind = {"Content-Type": "application/json; charset=utf-8"}
        self._write(status, plain, {**kind, **(headers or {})})

    def _write(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True  # the client disconnected first


def _error(status: int, words: str) -> tuple[int, Any]:
    return status, [{"code": str(status), "description": words}]


def _flat(encoded: str) -> dict[str, str]:
    pairs = parse_qs(encoded, keep_blank_values=True)
    return {name: values[0] for name, values in pairs.items()}


def _parts(kind: str, body: bytes) -> tuple[dict[str, str], bytes]:
    """Returns the fields of a form with a file, and the file (RFC 7578)."""
    form, content = {}, b""
    whole = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    for part in whole.walk():
        name = part.get_param("name", header="Content-Disposition")
        plain = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(plain, bytes):
            if name == "file":
                content = plain
            else:
                form[name] = plain.decode()
    return form, content


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
