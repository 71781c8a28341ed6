"""A caller with the minimum of SIP for one call, to keep its own overhead negligible."""

from __future__ import annotations

import re
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from telephony.sip.syntax.message import Response, parse_message

LOOPBACK = "127.0.0.1"
CITIZEN = "+79005550137"
_WAIT_S = 5.0
_NO_RTP_PORT = 39998
_FORMATS = {"PCMA": "8 PCMA/8000", "PCMU": "0 PCMU/8000", "G722": "9 G722/8000"}

Address = tuple[str, int]


class CallFailed(AssertionError):
    """The phone did not ring, did not answer, or did not end the call."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Times until the phone rang and answered, and its RTP address."""

    ring_ms: float
    answer_ms: float
    media: Address


@dataclass(frozen=True, slots=True)
class _Dialog:
    """State for requests within the call."""

    call_id: str
    tag: str
    target: str
    route: str


class PlainCaller:
    """Calls a user at a phone or behind a proxy, waits for the answer, hangs up."""

    def __init__(self, server: Address, user: str) -> None:
        self._server = server
        self._uri = f"sip:{user}@{server[0]}:{server[1]}"
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((LOOPBACK, 0))
        self._socket.settimeout(_WAIT_S)
        self._port = self._socket.getsockname()[1]
        self._dialog: _Dialog | None = None

    def close(self) -> None:
        self._socket.close()

    def call(
        self,
        answer: Callable[[], None] = lambda: None,
        *,
        rtp_port: int = _NO_RTP_PORT,
        codec: str = "PCMA",
    ) -> Setup:
        """Sets up one call; ``answer`` makes the phone answer, unless it answers automatically."""
        call_id = secrets.token_hex(8)
        began_s = time.perf_counter()
        new = _Dialog(call_id, "", self._uri, "")
        self._send("INVITE", 1, new, _offer(rtp_port, codec))
        # A phone with automatic answer need not ring.
        accepted = self._wait("INVITE", 180, 200)
        rang_s = time.perf_counter()
        if accepted.status_code == 180:
            answer()
            accepted = self._wait("INVITE", 200)
        answered_s = time.perf_counter()
        target = re.search(r"sip:[^>]+", accepted.required("Contact"))
        tag = re.search(r";tag=[^;\s]+", accepted.required("To"))
        if target is None or tag is None:
            raise CallFailed("200 without Contact or tag")
        routes = reversed(accepted.values("Record-Route"))
        route = "".join(f"Route: {each}\r\n" for each in routes)
        self._dialog = _Dialog(call_id, tag.group(), target.group(), route)
        self._send("ACK", 1, self._dialog)
        ring_ms, answer_ms = 1000 * (rang_s - began_s), 1000 * (answered_s - rang_s)
        return Setup(ring_ms, answer_ms, _media_address(accepted.body.decode()))

    def hang_up(self) -> None:
        """Ends the call."""
        if self._dialog is None:
            raise CallFailed("no call")
        dialog, self._dialog = self._dialog, None
        self._send("BYE", 2, dialog)
        self._wait("BYE", 200)

    def _send(self, method: str, number: int, dialog: _Dialog, body: str = "") -> None:
        branch = f"z9hG4bK{secrets.token_hex(8)}"
        kind = "Content-Type: application/sdp\r\n" if body else ""
        own = f"<sip:{CITIZEN}@{LOOPBACK}:{self._port}>"
        text = (
            f"{method} {dialog.target} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {LOOPBACK}:{self._port};rport;branch={branch}\r\n{dialog.route}"
            f"From: {own};tag={dialog.call_id}\r\n"
            f"To: <{self._uri}>{dialog.tag}\r\n"
            f"Call-ID: {dialog.call_id}\r\nCSeq: {number} {method}\r\nMax-Forwards: 70\r\n"
            f"Contact: {own}\r\n{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        )
        self._socket.sendto(text.encode(), self._server)

    def _wait(self, method: str, *statuses: int) -> Response:
        """Returns the first matching response; OPTIONS and re-INVITEs of the remote party are
        ignored.
        """
        until_s = time.monotonic() + _WAIT_S
        while time.monotonic() < until_s:
            try:
                data = self._socket.recv(65535)
            except TimeoutError:
                break
            message = parse_message(data)
            if (
                isinstance(message, Response)
                and message.status_code in statuses
                and message.sequence.method == method
            ):
                return message
        raise CallFailed(f"no {statuses[-1]} to {method}")


def _offer(rtp_port: int, codec: str) -> str:
    payload_type, encoding = _FORMATS[codec].split()
    return (
        f"v=0\r\no=- 1 1 IN IP4 {LOOPBACK}\r\ns=-\r\nc=IN IP4 {LOOPBACK}\r\nt=0 0\r\n"
        f"m=audio {rtp_port} RTP/AVP {payload_type}\r\n"
        f"a=rtpmap:{payload_type} {encoding}\r\na=sendrecv\r\n"
    )


def _media_address(sdp: str) -> Address:
    host = re.search(r"^c=IN IP4 (\S+)", sdp, re.MULTILINE)
    port = re.search(r"^m=audio (\d+) ", sdp, re.MULTILINE)
    if host is None or port is None:
        raise CallFailed("200 without audio")
    return host.group(1), int(port.group(1))
