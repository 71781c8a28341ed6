"""Facts of a call from SIP headers: caller, dialled line, diversions, end cause, queue.

Also detects the headers by which the PBX requests automatic answer (RFC 5373 and vendor headers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from telephony.events import CallFacts, Diversion, EndCause
from telephony.sip.sdp import INCOMPATIBLE_TRANSPORT
from telephony.sip.syntax.address import (
    GrammarError,
    NameAddress,
    Parameters,
    Uri,
    parameter,
    parse_parameters,
)
from telephony.sip.syntax.framing import addresses, shown, shown_number, unquoted, values_of
from telephony.sip.syntax.message import Message, Request, Response, canonical_name

_ANONYMOUS_USERS = ("", "anonymous", "unknown", "restricted", "unavailable")
_ANONYMOUS_HOST = "anonymous.invalid"
# Any of these values requires the caller's number to be hidden (RFC 3323, RFC 3325; the
# presentation "restricted" of 3GPP TS 24.607, section 4.5.2.6.1).
_WITHHOLDING = frozenset({"id", "user", "header", "full", "uri"})
# Headers in which PBXs give the number that the caller dialled.
_LINE_HEADERS = ("X-Called-Number", "X-DID", "X-DID-Number", "X-DNIS", "X-Dialed-Number")
_REMOTE_PARTY = canonical_name("Remote-Party-ID")
_CALLED_PARTY = canonical_name("P-Called-Party-ID")


class Caller(NamedTuple):
    """Number ("" if withheld), display name and dialled line.

    ``asserted`` is True if the number was asserted by the network and not only by the caller.
    """

    number: str
    name: str
    dialled_line: str
    asserted: bool = False


def read_caller(invite: Request, *, trusted: bool) -> Caller:
    """Reads the caller: the network's identity if the sender is trusted, otherwise From.

    The network's identity is P-Asserted-Identity (RFC 3325), otherwise a screened Remote-Party-ID
    (draft-ietf-sip-privacy-04). P-Preferred-Identity is only the caller's wish and is ignored.
    """
    identity = _network_identity(invite) if trusted else None
    line = _dialled_line(invite, trusted=trusted)
    if _is_withheld(invite):
        return Caller("", "", line)
    sender = identity or invite.sender
    number = shown_number(sender.uri)
    if number.lower() in _ANONYMOUS_USERS or sender.uri.host == _ANONYMOUS_HOST:
        number = ""
    name = shown(sender.display_name)
    if name.lower() in _ANONYMOUS_USERS:
        name = ""
    return Caller(number, name, line, identity is not None and bool(number))


def line_header(invite: Request) -> str:
    """Returns the dialled number from a header of the PBX, otherwise ""."""
    for name in _LINE_HEADERS:
        text = text_or_address(invite.first(canonical_name(name)) or "")
        if text:
            return text
    return ""


def text_or_address(value: str) -> str:
    """Returns the content of a non-standard header: the user of an address, or the plain text."""
    if "<" in value or value.lower().startswith(("sip:", "sips:", "tel:")):
        try:
            return shown_number(NameAddress.parse(value).uri)
        except GrammarError:
            return ""
    return shown(unquoted(value))


def _network_identity(invite: Request) -> NameAddress | None:
    identities = (*addresses(invite, "P-Asserted-Identity"), *_screened_parties(invite))
    usable = [identity for identity in identities if identity.uri.number]
    # Of a SIP and a telephone identity (RFC 3325, section 9.1) the one with the number is shown.
    return next((each for each in usable if _is_telephone(each)), usable[0] if usable else None)


def _is_telephone(identity: NameAddress) -> bool:
    number = shown_number(identity.uri).removeprefix("+")
    return number.isascii() and number.isdigit()


def _screened_parties(invite: Request) -> tuple[NameAddress, ...]:
    return tuple(
        party
        for party in addresses(invite, _REMOTE_PARTY)
        if _word(party, "party") in ("", "calling") and _word(party, "screen") == "yes"
    )


def _is_withheld(invite: Request) -> bool:
    words = {
        word.strip(" \t").lower()
        for value in values_of(invite, "Privacy")
        for word in value.split(";")
    }
    if "none" in words:
        return False
    parties = addresses(invite, _REMOTE_PARTY)
    words.update(_word(party, "privacy") for party in parties if _word(party, "party") != "called")
    return bool(words & _WITHHOLDING)


def _word(party: NameAddress, name: str) -> str:
    return unquoted(parameter(party.parameters, name)).lower()


def _dialled_line(invite: Request, *, trusted: bool) -> str:
    """The address that the caller reached: as given by the PBX, otherwise To, otherwise the URI."""
    if trusted:
        called = addresses(invite, _CALLED_PARTY)
        named = line_header(invite) or (shown_number(called[0].uri) if called else "")
        if named:
            return named
    return shown_number(invite.recipient.uri) or _user_of(invite.uri)


def _user_of(uri: str) -> str:
    try:
        return shown_number(Uri.parse(uri))
    except GrammarError:
        return ""


_ELSEWHERE_WORDS = ("completed elsewhere", "answered elsewhere", "lose_race", "picked_off")
_ELSEWHERE_SIP = 200
# ITU-T Q.850: 26 is non-selected user clearing; FreeSWITCH uses 501 and 502 for it.
_ELSEWHERE_Q850 = (26, 501, 502)
_SILENCE = (408, 480)
_CAUSES = {
    408: EndCause.NOT_ANSWERED,
    480: EndCause.NOT_ANSWERED,
    486: EndCause.BUSY,
    600: EndCause.BUSY,
    603: EndCause.REJECTED,
    607: EndCause.REJECTED,
}
# Vague statuses that a gateway sends while a Reason header gives the precise cause.
_VAGUE_STATUSES = (480, 500, 503)
# RFC 3398, section 8.2.6.1; cause 21 as in its note for a called user; without normal clearing.
_STATUS_OF_Q850 = {
    1: 404, 2: 404, 3: 404, 17: 486, 18: 408, 19: 480, 20: 480, 21: 603, 22: 410, 23: 410,
    27: 502, 28: 484, 29: 501, 34: 503, 38: 503, 41: 503, 42: 503, 43: 503, 44: 503, 47: 503,
    55: 403, 57: 403, 58: 503, 65: 488, 70: 488, 79: 501, 87: 403, 88: 503, 102: 504, 111: 500,
    127: 500,
}  # fmt: skip
# Statuses in a Reason that mean a caller or a called person ended the call.
_USER_STATUSES = (480, 486, 487, 600, 603, 607)


@dataclass(frozen=True, slots=True)
class Reason:
    """One Reason value: "SIP" or "Q.850", its cause if present, its text."""

    protocol: str
    cause: int | None
    text: str = ""

    @property
    def says_elsewhere(self) -> bool:
        """Whether another phone answered the call."""
        if any(words in self.text.lower() for words in _ELSEWHERE_WORDS):
            return True
        match self.protocol:
            case "SIP":
                return self.cause == _ELSEWHERE_SIP
            case "Q.850":
                return self.cause in _ELSEWHERE_Q850
            case _:
                return False

    @property
    def status_code(self) -> int | None:
        """SIP status of the same meaning; None if there is none, as for a normal end."""
        if self.cause is None:
            return None
        match self.protocol:
            case "SIP":
                return self.cause if 300 <= self.cause <= 699 else None
            case "Q.850":
                return _STATUS_OF_Q850.get(self.cause)
            case _:
                return None


def read_reasons(message: Message) -> tuple[Reason, ...]:
    """Returns all readable Reason values of a message."""
    found: list[Reason] = []
    for value in values_of(message, "Reason"):
        protocol, _, rest = value.partition(";")
        try:
            parameters = parse_parameters(rest)
        except GrammarError:
            continue
        digits = unquoted(parameter(parameters, "cause"))
        usable = digits.isascii() and digits.isdigit() and len(digits) <= 3
        text = unquoted(parameter(parameters, "text"))
        found.append(Reason(protocol.strip(" \t").upper(), int(digits) if usable else None, text))
    return tuple(found)


def reason_header(status_code: int, text: str) -> tuple[str, str]:
    """Builds a Reason header for the remote party; ``text`` is ASCII without quotes."""
    return "Reason", f'SIP;cause={status_code};text="{text}"'


def cause_of_cancel(message: Message) -> EndCause:
    """Returns why a ringing call was cancelled (CANCEL, or BYE of an early dialog)."""
    reasons = read_reasons(message)
    if any(reason.says_elsewhere for reason in reasons):
        return EndCause.ANSWERED_ELSEWHERE
    if any(reason.status_code in _SILENCE for reason in reasons):
        # A queue whose own time limit expired rings the next phone; the caller is still connected.
        return EndCause.NOT_ANSWERED
    return EndCause.CALLER_GAVE_UP


def cause_of_bye(message: Message) -> tuple[EndCause, int | None]:
    """Returns the cause of a BYE from the remote party, and the status of a technical failure."""
    reasons = read_reasons(message)
    if any(reason.says_elsewhere for reason in reasons):
        return EndCause.ANSWERED_ELSEWHERE, None
    for reason in reasons:
        status_code = reason.status_code
        if status_code is not None and status_code >= 400 and status_code not in _USER_STATUSES:
            return EndCause.FAILED, status_code
    return EndCause.FAR_END, None


def cause_of_refusal(response: Response) -> tuple[EndCause, int]:
    """Returns the reason why an outgoing call failed, and the most precise status.

    If a vague response carries a cause from the telephone network, that cause is used.
    """
    status_code = response.status_code
    if status_code in _VAGUE_STATUSES:
        known = [
            reason.status_code for reason in read_reasons(response) if reason.protocol == "Q.850"
        ]
        status_code = next((code for code in known if code is not None), status_code)
    return _CAUSES.get(status_code, EndCause.FAILED), status_code


def cause_of_mismatch(code: int) -> EndCause:
    """Returns the end cause for a warn-code of ``find_mismatch``."""
    is_of_keys = code == INCOMPATIBLE_TRANSPORT
    return EndCause.NO_COMMON_ENCRYPTION if is_of_keys else EndCause.NO_COMMON_CODEC


_DIVERSIONS_LIMIT = 10
_NAMED = frozenset({"full", "name", "uri"})
# The ``cause`` parameter of the diverted-to address (RFC 4458, section 2.1; RFC 7544, table 1).
_REASON_OF_TARGET = {
    "302": "unconditional",
    "404": "unknown",
    "408": "no-answer",
    "480": "deflection",
    "486": "user-busy",
    "487": "deflection",
    "503": "unavailable",
}
# The response because of which an address was passed over (RFC 7044, section 5.2).
_REASON_OF_ANSWER = {
    "302": "unconditional",
    "404": "unknown",
    "408": "no-answer",
    "480": "unavailable",
    "486": "user-busy",
    "487": "no-answer",
    "503": "unavailable",
    "600": "user-busy",
    "603": "deflection",
}


def read_diversions(invite: Request) -> tuple[Diversion, ...]:
    """Returns the diversions, the last one first; ``number`` is "" if it must be hidden.

    Diversion takes precedence over History-Info, which proxies also write for plain routing.
    """
    found = [_read_diversion(each) for each in addresses(invite, "Diversion")]
    if not found:
        found = _read_history(invite)
    return tuple(found[:_DIVERSIONS_LIMIT])


def _read_diversion(diversion: NameAddress) -> Diversion:
    parameters = diversion.parameters
    withheld = unquoted(parameter(parameters, "privacy")).lower() in _NAMED
    reason = shown(unquoted(parameter(parameters, "reason"))).lower()
    return Diversion("" if withheld else shown_number(diversion.uri), reason)


@dataclass(frozen=True, slots=True)
class _Entry:
    address: NameAddress
    index: tuple[int, ...]
    headers: Parameters
    """The header fields escaped in the URI."""

    @property
    def number(self) -> str:
        privacy = (parameter(self.headers, "privacy") or "").lower()
        return "" if "history" in privacy else shown_number(self.address.uri)


def _read_history(invite: Request) -> list[Diversion]:
    all_withheld = any("history" in value.lower() for value in values_of(invite, "Privacy"))
    entries = sorted(
        (_read_entry(each) for each in addresses(invite, "History-Info")),
        key=lambda entry: (not entry.index, entry.index),
    )
    found: list[Diversion] = []
    for position, entry in enumerate(entries[:-1]):
        reason = _reason_of(entry, entries[position + 1 :])
        if reason is not None:
            found.append(Diversion("" if all_withheld else entry.number, reason))
    return found[::-1]


def _read_entry(address: NameAddress) -> _Entry:
    index = _index(parameter(address.parameters, "index"))
    pairs = (piece.partition("=") for piece in address.uri.headers.split("&") if piece)
    headers = tuple((name.lower(), unquote(value)) for name, _, value in pairs)
    return _Entry(address, index, headers)


def _index(text: str | None) -> tuple[int, ...]:
    pieces = unquoted(text).split(".")
    usable = [piece for piece in pieces if piece.isascii() and piece.isdigit() and len(piece) < 6]
    return tuple(int(piece) for piece in usable)


def _reason_of(entry: _Entry, later: Sequence[_Entry]) -> str | None:
    """Reason why the call was diverted from this address; None if it was only routed."""
    for target in later:
        cause = parameter(target.address.uri.parameters, "cause")
        if cause is not None and _source_of(target, entry, later):
            return _REASON_OF_TARGET.get(cause, "")
    reason = parameter(entry.headers, "reason")
    if reason is None:
        return None
    protocol, _, rest = reason.partition(";")
    cause = parameter(parse_parameters(rest), "cause") or ""
    return _REASON_OF_ANSWER.get(cause, "") if protocol.strip().upper() == "SIP" else ""


def _source_of(target: _Entry, entry: _Entry, later: Sequence[_Entry]) -> bool:
    """Whether ``target`` was derived from ``entry``: by its parameter, or by following directly."""
    for name in ("mp", "rc", "np"):
        origin = parameter(target.address.parameters, name)
        if origin is not None:
            return _index(origin) == entry.index
    return target is later[0]


_QUEUE_HEADERS = (
    "X-Queue-Name",
    "X-Queue",
    "X-Asterisk-Queue",
    "X-Queue-ID",
    "X-Line",
    "X-Line-Name",
)
# "Answer-Mode: Manual" is the other value; the other one of P-Auto-Answer is "normal".
_MODES = ("Answer-Mode", "Priv-Answer-Mode", "P-Auto-Answer")
_AUTO_ANSWER_WORDS = ("alert-autoanswer", "auto answer", "auto-answer", "ring answer")


def read_facts(invite: Request, *, trusted: bool, replaces: str | None = None) -> CallFacts:
    """Reads the facts of a call; ``replaces`` is the id of the call that it replaces.

    ``trusted`` means that the INVITE came from the registrar or another configured address. The
    diversions and the queue of an untrusted sender are as reliable as its From header. Its number
    is never marked as asserted, and it cannot request automatic answer.
    """
    referrers = addresses(invite, "Referred-By")
    referred_by = ""
    if referrers:
        referred_by = shown_number(referrers[0].uri) or shown(str(referrers[0].uri))
    return CallFacts(
        asserted=read_caller(invite, trusted=trusted).asserted,
        diversions=read_diversions(invite),
        queue=_queue(invite),
        referred_by=referred_by,
        replaces=replaces,
        auto_answer=trusted and auto_answer_after_s(invite) is not None,
    )


def _queue(invite: Request) -> str:
    for name in _QUEUE_HEADERS:
        text = text_or_address(invite.first(canonical_name(name)) or "")
        if text:
            return text
    return line_header(invite)


def auto_answer_after_s(invite: Request) -> float | None:
    """Returns the delay after which the call is answered automatically; None if it is not.

    Read from Call-Info ``answer-after``, from the Alert-Info and P-Auto-Answer texts that PBXs use,
    or from Answer-Mode (RFC 5373).
    """
    for value in values_of(invite, "Call-Info"):
        delay_s = _answer_after_s(value)
        if delay_s is not None:
            return delay_s
    alerts = " ".join(values_of(invite, "Alert-Info")).lower()
    if any(words in alerts for words in _AUTO_ANSWER_WORDS):
        return 0.0
    asked = {_first_word(value) for name in _MODES for value in values_of(invite, name)}
    return 0.0 if asked & {"auto", "normal"} else None


def _first_word(value: str) -> str:
    return value.partition(";")[0].strip(" \t").lower()


def _answer_after_s(value: str) -> float | None:
    """Delay of ``<sip:pbx>;answer-after=0``, also quoted or without an address."""
    try:
        parameters = parse_parameters(value)
    except GrammarError:
        return None
    delay = unquoted(parameter(parameters, "answer-after"))
    return float(delay) if delay.isascii() and delay.isdigit() and len(delay) <= 3 else None
