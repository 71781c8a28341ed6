"""The signalling flow for a person to read: every message with its time and direction."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from telephony.errors import OptionError
from telephony.sip.network.trace import mask_credentials
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.uri import format_host_port

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TracedMessage:
    """One message as it went over the network, credentials included."""

    at: datetime
    sent: bool
    peer: Address
    data: bytes


Trace = Callable[[TracedMessage], None]


class TraceFile:
    """A trace that only its owner may read; made anew."""

    def __init__(self, path: Path) -> None:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise OptionError("--trace", "cannot be written") from error
        self._file = os.fdopen(descriptor, "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, message: TracedMessage) -> None:
        """Add one message, its credentials masked."""
        at = message.at.isoformat(timespec="microseconds")
        direction = "sent to" if message.sent else "received from"
        host, port, transport = message.peer
        head = f"--- {at} {direction} {format_host_port(host, port)} by {transport}\n"
        text = mask_credentials(message.data).replace(b"\r\n", b"\n")
        try:
            self._file.write(head.encode() + text.rstrip(b"\n") + b"\n\n")
            self._file.flush()
        except OSError as error:
            # The disk is full or gone: calls are worth more than their trace.
            _log.warning("trace: %s", error.strerror)
