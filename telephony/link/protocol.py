"""Messages between console and phone process: typed dataclasses, one JSON object per line.

Each side first sends Hello. The console then sends Configure, and the phone process replies with
PhoneConnected. After that both sides may send at any time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, get_args

from telephony.commands import PhoneCommand
from telephony.errors import ProtocolError
from telephony.events import ToConsole
from telephony.json_form import JsonFormError, from_json, to_json
from telephony.settings import PhoneSettings

PROTOCOL_VERSION = 11
LINE_LIMIT_BYTES = 1 << 22
_TYPE = "type"


@dataclass(frozen=True, slots=True)
class Hello:
    """First line of either side. ``token`` authenticates the console if the file system cannot (TCP
    on Windows); otherwise "".
    """

    version: int
    process_id: int
    token: str = ""


@dataclass(frozen=True, slots=True)
class Configure:
    """Sets the settings of the phone."""

    settings: PhoneSettings


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Hangs up all calls, unregisters and ends the phone process."""


@dataclass(frozen=True, slots=True)
class Here:
    """Answer to ConsoleAsked. Sent by the component that shows calls, not by the socket reader."""

    number: int


Command = PhoneCommand | Configure | Shutdown | Here
FromConsole = Hello | Command
FromPhone = Hello | ToConsole

_FROM_CONSOLE: dict[str, Any] = {kind.__name__: kind for kind in get_args(FromConsole)}
_FROM_PHONE: dict[str, Any] = {kind.__name__: kind for kind in get_args(FromPhone)}


def encode(message: FromConsole | FromPhone) -> bytes:
    """Serializes the message as one line."""
    fields = to_json(message)
    if not isinstance(fields, dict):
        raise TypeError(type(message).__name__)
    document = {_TYPE: type(message).__name__, **fields}
    return json.dumps(document, ensure_ascii=True).encode("ascii") + b"\n"


def decode_from_console(line: bytes) -> FromConsole:
    """Parses a message of the console. Raises ProtocolError."""
    message: FromConsole = _decode(line, _FROM_CONSOLE)
    return message


def decode_from_phone(line: bytes) -> FromPhone:
    """Parses a message of the phone process. Raises ProtocolError."""
    message: FromPhone = _decode(line, _FROM_PHONE)
    return message


def _decode(line: bytes, kinds: dict[str, Any]) -> Any:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("json") from error
    if not isinstance(document, dict):
        raise ProtocolError("object")
    kind = kinds.get(str(document.pop(_TYPE, "")))
    if kind is None:
        raise ProtocolError("type")
    try:
        return from_json(kind, document)
    except JsonFormError as error:
        raise ProtocolError(error.path) from error
