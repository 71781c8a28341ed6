"""A caller over one plain UDP socket, who sends a Reason in CANCEL (RFC 3326)."""

from __future__ import annotations

import re
import socket
from types import TracebackType
from typing import Self

from tests.fakes.sip_messages import sip

LIMIT_S = 20.0
_STATUS = re.compile(rb"SIP/2\.0 (\d{3}) ")
_CSEQ = re.compile(rb"^CSeq: *\d+ INVITE\r$", re.MULTILINE)
_TO = re.compile(rb"^To: *(.+?)\r$", re.MULTILINE)
_BODY = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 4000 RTP/AVP %1\r\na=rtpmap:%1 %2/8000\r\n"
)
PCMA, G729 = ("8", "PCMA"), ("18", "G729")


class RawCaller:
    """Calls the phone at ``address`` ("host:port") from ``number``, one call after the other."""

    def __init__(self, address: str, number: str) -> None:
        host, _, port = address.rpartition(":")
        self._phone = (host, int(port))
        self._number = number
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(LIMIT_S)
        self._calls = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def call(self, codec: tuple[str, str] = PCMA, header: str = "") -> int:
        """Calls and returns the status: 180 while it rings, otherwise the status of the rejection.

        ``header`` is an additional header field of the INVITE.
        """
        body = _BODY.replace("%1", codec[0]).replace("%2", codec[1])
        self._calls += 1
        fields = "Content-Type: application/sdp" + (f"\r\n{header}" if header else "")
        self._send("INVITE", f"<sip:100@{self._phone[0]}>", fields, body)
        return self.answered()

    def give_up(self, reason: str = "") -> None:
        """Cancels the call before its answer; ``reason`` is the value of a Reason field."""
        self._send("CANCEL", f"<sip:100@{self._phone[0]}>", f"Reason: {reason}" if reason else "")
        assert self.answered() == 487

    def answered(self) -> int:
        """Returns the next response to the INVITE other than 100."""
        while True:
            told = self._socket.recv(65_535)
            status = _STATUS.match(told)
            if status is None or _CSEQ.search(told) is None or status[1] == b"100":
                continue
            code = int(status[1])
            if code >= 300:
                to = _TO.search(told)
                assert to is not None
                self._send("ACK", to[1].decode(), "")
            return code

    def _send(self, method: str, to: str, header: str, body: str = "") -> None:
        host, port = self._socket.getsockname()
        target = f"{self._phone[0]}:{self._phone[1]}"
        headers = (
            f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bKraw{port}x{self._calls}",
            f"From: <sip:{self._number}@{host}>;tag=raw",
            f"To: {to}",
            f"Call-ID: raw-{port}-{self._calls}@test.invalid",
            f"CSeq: 1 {method}",
            f"Contact: <sip:raw@{host}:{port}>",
            "Max-Forwards: 70",
        )
        more = (header,) if header else ()
        message = sip(f"{method} sip:100@{target} SIP/2.0", *headers, *more, body=body)
        self._socket.sendto(message, self._phone)
