"""Keeping this phone known to its registrar, for ever (RFC 3261 section 10)."""

from __future__ import annotations

from telephony.events import RegistrationState
from telephony.sip.address import Address, NameAddress
from telephony.sip.core import Core
from telephony.sip.effects import RegistrationUpdated
from telephony.sip.exchange import Exchange
from telephony.sip.message import Request, Response
from telephony.sip.uri import GrammarError, Uri, parameter

_REFRESH = "refresh"
_REFRESH_EARLIEST = 0.5
_REFRESH_LATEST = 0.9
_BACK_OFF_FIRST_S = 1.0
# After silence each try repeats its own request every 4 s, so that a longer pause between
# tries would only make the phone miss the registrar's return.
_BACK_OFF_SILENT_S = 4.0
# A registrar that answers "no" must not be pestered, and an account not locked.
_BACK_OFF_REFUSED_S = 60.0
_RETRY_AFTER_LIMIT_S = 300
_EXPIRES_LIMIT_S = 86400


class Registration:
    """One account at one registrar. Starts with ``start``; ends with ``stop``."""

    def __init__(self, core: Core, server: Address, server_uri: Uri) -> None:
        self._core = core
        self._server = server
        self._server_uri = server_uri
        self._call_id = core.identifiers.call_id()
        self._tag = core.identifiers.tag()
        self._sequence = 0
        self._expires_s = core.identity.expires_s
        self._failures = 0
        self._stopped = False
        self.busy = False
        """Whether a REGISTER waits for its final answer."""
        self.state = RegistrationState.OFF

    def start(self) -> None:
        """Register now, and again whenever it is due."""
        self._stopped = False
        self._update(RegistrationState.REGISTERING, None)
        self._register()

    def stop(self) -> None:
        """Tell the registrar that this phone is gone (one try)."""
        if self._stopped:
            return
        self._stopped = True
        self._core.cancel(self, _REFRESH)
        registered = self.state is RegistrationState.REGISTERED
        self._update(RegistrationState.OFF, None)
        if registered:
            self.busy = True
            self._send(0)

    def on_timer(self, name: str) -> None:
        if not self._stopped:
            self._register()

    def _register(self) -> None:
        self.busy = True
        self._send(self._expires_s)

    def _send(self, expires_s: int) -> None:
        core = self._core
        record = core.identity.address_of_record
        headers = (
            ("Max-Forwards", "70"),
            ("From", str(record.with_tag(self._tag))),
            ("To", str(NameAddress(record.uri))),
            ("Call-ID", self._call_id),
            ("CSeq", f"{self._next_sequence()} REGISTER"),
            core.contact_header,
            ("Expires", str(expires_s)),
            core.allow_header,
        )
        exchange = Exchange(core, self._server, self._next_sequence, self._on_final)
        exchange.start(Request(headers, b"", "REGISTER", str(self._server_uri)))

    def _next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    def _on_final(self, response: Response | None) -> None:
        self.busy = False
        if self._stopped:
            return
        if response is not None and response.status_code < 300:
            self._succeed(response)
        elif response is not None and response.status_code == 423:
            self._lengthen(response)
        else:
            self._fail(response)

    def _succeed(self, response: Response) -> None:
        self._failures = 0
        granted_s = self._granted_s(response)
        span = _REFRESH_LATEST - _REFRESH_EARLIEST
        share = _REFRESH_EARLIEST + span * self._core.identifiers.fraction()
        self._core.arm(self, _REFRESH, granted_s * share)
        self._update(RegistrationState.REGISTERED, response.status_code)

    def _granted_s(self, response: Response) -> int:
        """For how long: our Contact's expires, else Expires, else what was asked."""
        ours = self._core.identity.contact
        text = response.first("Expires")
        for value in response.values("Contact"):
            try:
                contact = NameAddress.parse(value)
            except GrammarError:
                continue
            same = (contact.uri.user, contact.uri.host, contact.uri.port)
            if same == (ours.user, ours.host, ours.port):
                text = parameter(contact.parameters, "expires") or text
        return _seconds(text, _EXPIRES_LIMIT_S) or self._expires_s

    def _lengthen(self, response: Response) -> None:
        """423: the registrar wants a longer time (section 10.2.8)."""
        minimum_s = _seconds(response.first("Min-Expires"), _EXPIRES_LIMIT_S) or 0
        if minimum_s <= self._expires_s:
            self._fail(response)
            return
        self._expires_s = minimum_s
        self._register()

    def _fail(self, response: Response | None) -> None:
        self._failures += 1
        refused = response is not None and response.status_code < 500
        limit_s = _BACK_OFF_REFUSED_S if refused else _BACK_OFF_SILENT_S
        back_off_s = min(_BACK_OFF_FIRST_S * 2 ** min(self._failures - 1, 16), limit_s)
        # Phones that lost one registrar together must not come back together.
        delay_s = back_off_s * (0.5 + 0.5 * self._core.identifiers.fraction())
        if response is not None:
            asked_s = _seconds(response.first("Retry-After"), _RETRY_AFTER_LIMIT_S) or 0
            delay_s = max(delay_s, float(asked_s))
        self._core.arm(self, _REFRESH, delay_s)
        status_code = None if response is None else response.status_code
        self._update(RegistrationState.FAILED, status_code)

    def _update(self, state: RegistrationState, status_code: int | None) -> None:
        self.state = state
        self._core.emit(RegistrationUpdated(state, status_code))


def _seconds(text: str | None, limit_s: int) -> int | None:
    """The leading number of seconds of a header value, at most ``limit_s``; None without one."""
    digits = (text or "").partition(";")[0].partition("(")[0].strip(" \t")
    if not (digits.isascii() and digits.isdigit()):
        return None
    return limit_s if len(digits) > 9 else min(int(digits), limit_s)
