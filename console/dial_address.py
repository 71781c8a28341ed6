"""From what was typed, shown or handed over to what the phone can dial."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

FEWEST_DIGITS = 2  # 01 to 04 and 112 are dialled as they are; one digit is the beginning of a word

_SIGNS = frozenset("0123456789+*#")
_LEFT_OUT = str.maketrans("", "", " \t\u00a0\u202f-‐‑–().")
_SCHEME = re.compile(r"^\s*(tel|callto|sips?):/{0,2}", re.I)
_EXTENSION = re.compile(r"[;,]\s*(?:ext=|доб\.?|вн\.?)\s*(\d{1,7})\s*$", re.I)


@dataclass(frozen=True, slots=True)
class DialAddress:
    """A number or SIP URI as it is dialled; ``extension`` is pressed after the answer."""

    number: str
    extension: str = ""


def read_dial_address(text: str) -> DialAddress | None:
    """What the text asks to be called; None where it is no number, tel: or sip: address.

    A tel: address may carry ``;ext=`` (RFC 3966); headers of a SIP URI are left out, since
    whoever made the link would choose them (RFC 3261, 19.1.5).
    """
    given = text.strip()
    scheme = _SCHEME.match(given)
    if scheme is not None and scheme[1].lower().startswith("sip"):
        address = unquote(given[scheme.end() :].partition("?")[0]).strip()
        whole = bool(address) and address.isprintable() and not set(address) & set(' <>"')
        return DialAddress(f"{scheme[1].lower()}:{address}") if whole else None
    if scheme is not None:
        given = unquote(given[scheme.end() :].partition("?")[0])
    extension = _EXTENSION.search(given)
    if extension is not None:
        given = given[: extension.start()]
    number = given.partition(";")[0].translate(_LEFT_OUT)
    digits = sum(sign.isdigit() for sign in number)
    if not set(number) <= _SIGNS or digits < FEWEST_DIGITS or "+" in number[1:]:
        return None
    return DialAddress(number, "" if extension is None else extension[1])
