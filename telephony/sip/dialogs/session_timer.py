"""Session timer (RFC 4028): refreshes a call, and ends it when the refreshes stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from telephony.sip.core import Core
from telephony.sip.syntax.address import GrammarError, parameter, parse_parameters
from telephony.sip.syntax.message import Headers, Message, Request, Response

MINIMUM_S = 90
_LIMIT_S = 86400 * 7
_REFRESH = "refresh"
_EXPIRY = "expiry"
# Time by which the side that does not refresh ends the call earlier (section 10).
_MARGIN_S = 32
_RETRY_S = 2.0

Refresher = Literal["uac", "uas"]


class SessionTimer:
    """Session timer of one dialog; ``own_s`` is the interval this side requests, 0 for none.

    ``on_refresh`` is called at half time if this side refreshes; it returns whether a refresh was
    possible. ``on_expired`` is called if neither side has refreshed the session.
    """

    def __init__(
        self,
        core: Core,
        own_s: int,
        on_refresh: Callable[[], bool],
        on_expired: Callable[[], None],
    ) -> None:
        self.far_allows_update = False
        """Whether the last Allow of the remote party contained UPDATE."""
        self._core = core
        self._own_s = own_s
        self._minimum_s = MINIMUM_S
        self._on_refresh = on_refresh
        self._on_expired = on_expired
        self._interval_s = 0
        self._refreshes = False

    def request_headers(self) -> Headers:
        """Returns the headers of an own INVITE or UPDATE; the refresher remains the same."""
        wanted_s = self._interval_s or self._own_s
        if not wanted_s:
            return ()
        refresher = f";refresher={'uac' if self._refreshes else 'uas'}" if self._interval_s else ""
        return (
            ("Session-Expires", f"{max(wanted_s, self._minimum_s)}{refresher}"),
            ("Min-SE", str(self._minimum_s)),
        )

    def answer_headers(self, request: Request) -> Headers:
        """Restarts the timer on a remote request; returns the headers of our 2xx (section 9)."""
        self.note(request)
        supported = _supports(request)
        asked = _read_interval(request, "Session-Expires")
        minimum = _read_interval(request, "Min-SE")
        floor_s = max(MINIMUM_S, 0 if minimum is None else minimum[0])
        refresher: Refresher = "uas"
        if asked is not None:
            shorter_s = max(self._own_s, floor_s) if self._own_s else asked[0]
            interval_s = max(min(asked[0], shorter_s), MINIMUM_S)
            refresher = "uac" if asked[1] == "uac" and supported else "uas"
        elif supported and self._own_s:
            interval_s = max(self._own_s, floor_s)
        else:
            self.stop()
            return ()
        self._start(interval_s, refreshes=refresher == "uas")
        header = ("Session-Expires", f"{interval_s};refresher={refresher}")
        return (header, ("Require", "timer")) if refresher == "uac" else (header,)

    def take_answer(self, response: Response) -> None:
        """Restarts the timer on a 2xx to an own request; stops it without Session-Expires."""
        self.note(response)
        agreed = _read_interval(response, "Session-Expires")
        if agreed is None:
            self.stop()
        else:
            self._start(max(agreed[0], MINIMUM_S), refreshes=agreed[1] != "uas")

    def take_refusal(self, response: Response) -> bool:
        """Whether a 422 requires a longer interval; the request may then be sent again."""
        minimum = _read_interval(response, "Min-SE")
        if response.status_code != 422 or minimum is None or minimum[0] <= self._minimum_s:
            return False
        self._minimum_s = minimum[0]
        return True

    def note(self, message: Message) -> None:
        """Stores whether the remote party allows UPDATE."""
        if message.first("Allow") is not None:
            self.far_allows_update = "UPDATE" in message.values("Allow")

    def stop(self) -> None:
        """Stops the timer."""
        self._interval_s = 0
        self._core.cancel(self, _REFRESH, _EXPIRY)

    def on_timer(self, name: str) -> None:
        if name == _EXPIRY:
            self.stop()
            self._on_expired()
        elif not self._on_refresh():
            # Another change is in progress.
            self._core.arm(self, _REFRESH, _RETRY_S)

    def refresh_failed(self) -> None:
        """Retries before the session expires: the call still exists, regardless of the response."""
        if self._interval_s and self._refreshes:
            self._core.arm(self, _REFRESH, self._interval_s / 8)

    def _start(self, interval_s: int, *, refreshes: bool) -> None:
        self._interval_s = interval_s
        self._refreshes = refreshes
        self._core.cancel(self, _REFRESH)
        if refreshes:
            self._core.arm(self, _REFRESH, interval_s / 2)
            self._core.arm(self, _EXPIRY, interval_s)
        else:
            self._core.arm(self, _EXPIRY, interval_s - min(_MARGIN_S, interval_s / 3))


def refusal_of_interval(request: Request) -> tuple[int, Headers] | None:
    """Returns 422 for an interval that is too short; None if it is allowed (section 9)."""
    asked = _read_interval(request, "Session-Expires")
    if asked is None or asked[0] >= MINIMUM_S or not _supports(request):
        return None
    return 422, (("Min-SE", str(MINIMUM_S)),)


def _supports(request: Request) -> bool:
    return "timer" in (*request.values("Supported"), *request.values("Require"))


def _read_interval(message: Message, name: str) -> tuple[int, str] | None:
    value, _, rest = (message.first(name) or "").partition(";")
    digits = value.strip(" \t")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        return None
    try:
        refresher = parameter(parse_parameters(rest), "refresher") or ""
    except GrammarError:
        refresher = ""
    return min(int(digits), _LIMIT_S), refresher.lower()
