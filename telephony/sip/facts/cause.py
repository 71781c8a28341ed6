"""What a Reason or a final answer says about the end of a call (RFC 3326, RFC 3398)."""

from __future__ import annotations

from dataclasses import dataclass

from telephony.events import EndCause
from telephony.sip.description.media_choice import INCOMPATIBLE_TRANSPORT
from telephony.sip.syntax.header_text import unquoted, values_of
from telephony.sip.syntax.message import Message, Response
from telephony.sip.syntax.uri import GrammarError, parameter, parse_parameters

_ELSEWHERE_WORDS = ("completed elsewhere", "answered elsewhere", "lose_race", "picked_off")
_ELSEWHERE_SIP = 200
# ITU-T Q.850: 26 is non-selected user clearing; 501 and 502 are FreeSWITCH's for the same.
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
# Answers that a gateway gives when it knows better, and says so in a Reason.
_VAGUE_STATUSES = (480, 500, 503)
# RFC 3398 section 8.2.6.1; 21 as its note for a called user, normal clearing left out.
_STATUS_OF_Q850 = {
    1: 404, 2: 404, 3: 404, 17: 486, 18: 408, 19: 480, 20: 480, 21: 603, 22: 410, 23: 410,
    27: 502, 28: 484, 29: 501, 34: 503, 38: 503, 41: 503, 42: 503, 43: 503, 44: 503, 47: 503,
    55: 403, 57: 403, 58: 503, 65: 488, 70: 488, 79: 501, 87: 403, 88: 503, 102: 504, 111: 500,
    127: 500,
}  # fmt: skip
# How a caller or a called person ends a call, in a Reason that gives it as an answer.
_USER_STATUSES = (480, 486, 487, 600, 603, 607)


@dataclass(frozen=True, slots=True)
class Reason:
    """One Reason value: "SIP" or "Q.850", its cause where it has one, its words."""

    protocol: str
    cause: int | None
    text: str = ""

    @property
    def says_elsewhere(self) -> bool:
        """Whether another phone took the call."""
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
        """The SIP status of the same meaning; None when there is none, as for a normal end."""
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
    """Every Reason of a message that can be read."""
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
    """A Reason of ours that tells the far side why; ``text`` is ASCII without quotes."""
    return "Reason", f'SIP;cause={status_code};text="{text}"'


def cause_of_cancel(message: Message) -> EndCause:
    """Why a call that rang here was taken back (CANCEL, or BYE of an early dialog)."""
    reasons = read_reasons(message)
    if any(reason.says_elsewhere for reason in reasons):
        return EndCause.ANSWERED_ELSEWHERE
    if any(reason.status_code in _SILENCE for reason in reasons):
        # A queue whose own limit passed rings the next phone; the caller is still there.
        return EndCause.NOT_ANSWERED
    return EndCause.CALLER_GAVE_UP


def cause_of_bye(message: Message) -> tuple[EndCause, int | None]:
    """Why the far side ended a call that was up, and the status of a technical failure."""
    reasons = read_reasons(message)
    if any(reason.says_elsewhere for reason in reasons):
        return EndCause.ANSWERED_ELSEWHERE, None
    for reason in reasons:
        status_code = reason.status_code
        if status_code is not None and status_code >= 400 and status_code not in _USER_STATUSES:
            return EndCause.FAILED, status_code
    return EndCause.FAR_END, None


def cause_of_refusal(response: Response) -> tuple[EndCause, int]:
    """Why an outgoing call came to nothing, and the status that says it best.

    Where a vague answer carries the cause of a telephone network, that cause counts.
    """
    status_code = response.status_code
    if status_code in _VAGUE_STATUSES:
        known = [
            reason.status_code for reason in read_reasons(response) if reason.protocol == "Q.850"
        ]
        status_code = next((code for code in known if code is not None), status_code)
    return _CAUSES.get(status_code, EndCause.FAILED), status_code


def cause_of_mismatch(code: int) -> EndCause:
    """The cause that goes with a warn-code of ``find_mismatch``."""
    is_of_keys = code == INCOMPATIBLE_TRANSPORT
    return EndCause.NO_COMMON_ENCRYPTION if is_of_keys else EndCause.NO_COMMON_CODEC
