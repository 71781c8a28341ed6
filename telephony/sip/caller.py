"""What an INVITE says about who calls, and what a Reason says about the end."""

from __future__ import annotations

from typing import NamedTuple

from telephony.sip.address import NameAddress
from telephony.sip.message import Message, Request
from telephony.sip.uri import GrammarError, parameter, parse_parameters

_ANONYMOUS_USERS = ("", "anonymous", "unknown", "restricted")
_ELSEWHERE_SIP_CAUSE = "200"
_ELSEWHERE_Q850_CAUSE = "26"


class Caller(NamedTuple):
    """Number ("" when withheld), display name, and the line that was dialled."""

    number: str
    name: str
    dialled_line: str


def read_caller(invite: Request) -> Caller:
    """Who calls: P-Asserted-Identity (RFC 3325), else From; the line is the user of To."""
    sender = _asserted(invite) or invite.sender
    number = _without_visual_separators(sender.uri.number)
    if number.lower() in _ANONYMOUS_USERS or sender.uri.host == "anonymous.invalid":
        number = ""
    name = sender.display_name
    if name.lower() in _ANONYMOUS_USERS:
        name = ""
    return Caller(number, _printable(name), _printable(invite.recipient.uri.number))


def _asserted(invite: Request) -> NameAddress | None:
    for value in invite.values("P-Asserted-Identity"):
        try:
            identity = NameAddress.parse(value)
        except GrammarError:
            continue
        if identity.uri.number:
            return identity
    return None


def _without_visual_separators(number: str) -> str:
    """A number without the signs that RFC 3966 section 5.1.1 lets stand for the eye."""
    bare = number.translate(str.maketrans("", "", "-.() "))
    digits = bare.removeprefix("+")
    return bare if digits.isascii() and digits.isdigit() else _printable(number)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def answered_elsewhere(message: Message) -> bool:
    """Whether a Reason says that another phone took the call (RFC 3326)."""
    for value in message.values("Reason"):
        protocol, _, rest = value.partition(";")
        cause = parameter(parse_parameters(rest), "cause")
        match protocol.strip(" \t").upper():
            case "SIP" if cause == _ELSEWHERE_SIP_CAUSE:
                return True
            case "Q.850" if cause == _ELSEWHERE_Q850_CAUSE:
                return True
            case _:
                continue
    return False
