"""One HTTP request in bounded time; failures are return values, and no content is logged."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from sync.exchange.platform.port import FailureKind, Unavailable

BODY_LIMIT_BYTES = 64 * 2**20  # a thousand requests of 4,000 escaped letters, with a margin


BODY_LIMIT_S = 60.0


PIECE_BYTES = 65_536


RETRY_AFTER_LIMIT_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Answer:
    """HTTP status and the parsed JSON body; None if the body is not JSON."""

    status: int
    body: Any


def ask(
    session: requests.Session,
    method: str,
    url: str,
    *,
    connect_timeout_s: float,
    read_timeout_s: float,
    **content: Any,
) -> Answer | Unavailable:
    """Sends one request, without retries, and returns the response.

    2xx and those 4xx that concern the request itself are returned as Answer, everything else as
    Unavailable.
    """
    try:
        with session.request(
            method,
            url,
            timeout=(connect_timeout_s, read_timeout_s),
            allow_redirects=False,  # a redirected POST would become a GET and pass the key on
            stream=True,
            **content,
        ) as response:
            refusal = _refusal(response.status_code, response.headers)
            if refusal is not None:
                return refusal
            body = _body(response)
            return Answer(response.status_code, body)
    except requests.Timeout as error:
        return Unavailable(FailureKind.TIMED_OUT, may_have_it=not _never_left(error))
    except requests.RequestException as error:
        # The error text is dropped because it may contain the URL with its query.
        return Unavailable(FailureKind.UNREACHABLE, may_have_it=not _never_left(error))
    except _TooMuch:
        return Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=True)


class _TooMuch(Exception):
    """Raised for a body over the size or time limit."""


def _refusal(status: int, headers: CaseInsensitiveDict[str]) -> Unavailable | None:
    """Returns the failure if the status concerns the platform rather than the request."""
    match status:
        case 429:
            return Unavailable(
                FailureKind.OVERLOADED, may_have_it=False, retry_after_s=_retry_after_s(headers)
            )
        case 408:
            return Unavailable(FailureKind.SERVER_ERROR, True, _retry_after_s(headers))
        case _ if status >= 500 and status != 501:  # 501 concerns the operation
            return Unavailable(FailureKind.SERVER_ERROR, True, _retry_after_s(headers))
        case 401 | 403 | 407:
            return Unavailable(FailureKind.KEY_REFUSED, may_have_it=False)
        case _ if status < 200 or 300 <= status < 400:
            return Unavailable(FailureKind.NOT_A_PLATFORM, may_have_it=False)
        case _:
            return None


def _body(response: requests.Response) -> Any:
    deadline = time.monotonic() + BODY_LIMIT_S
    read = bytearray()
    for piece in response.iter_content(PIECE_BYTES):
        read += piece
        if len(read) > BODY_LIMIT_BYTES or time.monotonic() > deadline:
            raise _TooMuch
    try:
        return json.loads(read)
    except (ValueError, RecursionError):
        return None


def _never_left(error: requests.RequestException) -> bool:
    """Whether the request failed before a connection existed."""
    reason = error.args[0] if error.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _retry_after_s(headers: CaseInsensitiveDict[str]) -> float | None:
    """Returns the seconds of Retry-After (RFC 9110, section 10.2.3), at most a day."""
    wish = headers.get("Retry-After", "").strip()
    if wish.isdecimal():
        return min(float(wish), RETRY_AFTER_LIMIT_S)
    until = _http_date(wish)
    if until is None:
        return None
    # Relative to the server's clock if it sends a date.
    now = _http_date(headers.get("Date", "")) or datetime.now(UTC)
    return min(max(0.0, (until - now).total_seconds()), RETRY_AFTER_LIMIT_S)


def _http_date(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except ValueError:
        return None
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)


def plain_text(value: object) -> str:
    """Returns an identifier or a text of a server as str; servers send text, numbers or null.

    NUL and lone surrogates, which JSON allows and a database cannot store, are removed.
    """
    text = str(value) if isinstance(value, str | int) else ""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
