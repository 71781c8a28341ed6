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
# How much earlier the side that only waits gives up (section 10).
_MARGIN_S = 32
_RETRY_S = 2.0

Refresher = Literal["uac", "uas"]


class SessionTimer:
    """One dialog's timer; ``own_s`` is the interval this side asks for, 0 for none.

    ``on_refresh`` is called at half time when this side refreshes; it says whether it could.
    ``on_expired`` is called when nobody has.
    """

    def __init__(
        self,
        core: Core,
        own_s: int,
        on_refresh: Callable[[], bool],
        on_expired: Callable[[], None],
    ) -> None:
        self.far_allows_update = False
        """Whether the last Allow of the far side had UPDATE."""
        self._core = core
        self._own_s = own_s
        self._minimum_s = MINIMUM_S
        self._on_refresh = on_refresh
        self._on_expired = on_expired
        self._interval_s = 0
        self._refreshes = False

    def request_headers(self) -> Headers:
        """What our INVITE or UPDATE says: who refreshes stays who it was."""
        wanted_s = self._interval_s or self._own_s
        if not wanted_s:
            return ()
        refresher = f";refresher={'uac' if self._refreshes else 'uas'}" if self._interval_s else ""
        return (
            ("Session-Expires", f"{max(wanted_s, self._minimum_s)}{refresher}"),
            ("Min-SE", str(self._minimum_s)),
        )

    def answer_headers(self, request: Request) -> Headers:
        """Start anew with a request of the far side; what our 2xx to it says (section 9)."""
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
        """Start anew with a 2xx to a request of ours; without Session-Expires there is no timer."""
        self.note(response)
        agreed = _read_interval(response, "Session-Expires")
        if agreed is None:
            self.stop()
        else:
            self._start(max(agreed[0], MINIMUM_S), refreshes=agreed[1] != "uas")

    def take_refusal(self, response: Response) -> bool:
        """Whether a 422 asks for a longer interval, with which the request may be sent again."""
        minimum = _read_interval(response, "Min-SE")
        if response.status_code != 422 or minimum is None or minimum[0] <= self._minimum_s:
            return False
        self._minimum_s = minimum[0]
        return True

    def note(self, message: Message) -> None:
        """Remember what the far side allows."""
        if message.first("Allow") is not None:
            self.far_allows_update = "UPDATE" in message.values("Allow")

    def stop(self) -> None:
        """No timer any more."""
        self._interval_s = 0
        self._core.cancel(self, _REFRESH, _EXPIRY)

    def on_timer(self, name: str) -> None:
        if name == _EXPIRY:
            self.stop()
            self._on_expired()
        elif not self._on_refresh():
            # Another change is under way.
            self._core.arm(self, _REFRESH, _RETRY_S)

    def refresh_failed(self) -> None:
        """Try again before the session expires: the call is there, whatever was answered."""
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
    """422 for an interval that would only make traffic; None when it may be (section 9)."""
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
