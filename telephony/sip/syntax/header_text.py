"""Text of header fields made fit for a person to read: printable, bounded, without quotes."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from telephony.sip.syntax.address import NameAddress
from telephony.sip.syntax.message import Message
from telephony.sip.syntax.uri import GrammarError, Uri, split_outside

TEXT_LIMIT = 128
_VISUAL_SEPARATORS = str.maketrans("", "", "-.() ")


def shown(text: str) -> str:
    """The printable signs of a text, at most ``TEXT_LIMIT`` of them."""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:TEXT_LIMIT]


def shown_number(uri: Uri) -> str:
    """The user or telephone number of a URI; "" where it has none.

    A number loses the signs that RFC 3966 section 5.1.1 lets stand for the eye.
    """
    bare = uri.number.translate(_VISUAL_SEPARATORS)
    digits = bare.removeprefix("+")
    return shown(bare if digits.isascii() and digits.isdigit() else uri.number)


def unquoted(text: str | None) -> str:
    """The value of a parameter without its quotes; "" for None."""
    value = (text or "").strip(" \t")
    if len(value) >= 2 and value[0] == value[-1] == '"':
        value = value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return value


def values_of(message: Message, name: str) -> tuple[str, ...]:
    """The values of a header that anybody may have written; unreadable fields are left out."""
    found: list[str] = []
    for field in message.headers:
        if field[0] == name:
            with contextlib.suppress(GrammarError):
                found += replace(message, headers=(field,)).values(name)
    return tuple(found)


def addresses(message: Message, name: str) -> tuple[NameAddress, ...]:
    """The addresses in a header, lists split at their commas, unreadable ones left out."""
    found: list[NameAddress] = []
    for value in values_of(message, name):
        with contextlib.suppress(GrammarError):
            found += [NameAddress.parse(piece) for piece in split_outside(value, ",") if piece]
    return tuple(found)
