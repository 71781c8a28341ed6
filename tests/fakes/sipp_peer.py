"""An independent caller whose every message the test chooses: Debian's sipp with a scenario.

The scenario is a list of steps in sipp's XML.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.sax.saxutils import quoteattr

from tests.fakes.foreign_programs import LOOPBACK, PeerFailed, PeerMissing

_SPARE_S = 3.0
_SDP = (
    "v=0\no=sipp 1 {version} IN IP4 [local_ip]\ns=-\nc=IN IP4 [local_ip]\nt=0 0\n"
    "m=audio {port} RTP/AVP 8 101\na=rtpmap:8 PCMA/8000\na=rtpmap:101 telephone-event/8000\n"
    "a={direction}\n"
)


def _free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _description(rtp_port: int, direction: str = "sendrecv", version: int = 1) -> str:
    return _SDP.format(port=rtp_port, direction=direction, version=version)


def send(method: str, number: int, *headers: str, body: str = "") -> str:
    """Returns a request within the dialog; its response is the next step."""
    lines = [
        f"{method} [next_url] SIP/2.0",
        "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]",
        "From: <sip:+79005550137@[local_ip]>;tag=sipp[call_number]",
        "To: <sip:301@[remote_ip]>[peer_tag_param]",
        "Call-ID: [call_id]",
        f"CSeq: {number} {method}",
        "Contact: <sip:sipp@[local_ip]:[local_port]>",
        "Max-Forwards: 70",
        "[routes]",
        *headers,
        "Content-Length: [len]",
        "",
        body,
    ]
    return _message(lines)


def answer(status: str, *headers: str, body: str = "") -> str:
    """Returns the response to the last request."""
    lines = [
        f"SIP/2.0 {status}",
        "[last_Via:]",
        "[last_From:]",
        "[last_To:]",
        "[last_Call-ID:]",
        "[last_CSeq:]",
        "Contact: <sip:sipp@[local_ip]:[local_port]>",
        *headers,
        "Content-Length: [len]",
        "",
        body,
    ]
    return _message(lines)


def _message(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    return f"<send><![CDATA[\n{text}\n]]></send>"


def expect(method: str, *, header: str = "", pattern: str = "") -> str:
    """Waits for a request, with a header that matches the pattern."""
    if not header:
        return f"<recv request={quoteattr(method)}/>"
    return (
        f"<recv request={quoteattr(method)}><action><ereg regexp={quoteattr(pattern)}"
        f' search_in="hdr" header={quoteattr(header + ":")} check_it="true" assign_to="found"/>'
        '<log message="[$found]"/></action></recv>'
    )


def expect_status(status_code: int) -> str:
    """Waits for a response."""
    return f'<recv response="{status_code}"/>'


def notify(number: int, fragment: str, state: str, event: str = "refer") -> str:
    """Returns a NOTIFY of a referred call; its response is the next step."""
    return send(
        "NOTIFY",
        number,
        f"Event: {event}",
        f"Subscription-State: {state}",
        "Content-Type: message/sipfrag",
        body=f"{fragment}\n",
    )


class SippCaller:
    """Calls a phone and plays the steps after its answer; ``wait`` returns at their end.

    ``headers`` are header fields of its INVITE; ``limit_s`` applies to the complete scenario.
    """

    def __init__(
        self,
        phone_host: str,
        phone_port: int,
        steps: Sequence[str],
        headers: Sequence[str] = (),
        *,
        limit_s: int = 12,
    ) -> None:
        self._limit_s = limit_s
        found = shutil.which("sipp")
        if found is None:
            raise PeerMissing("sipp: install Debian's package sip-tester")
        self._program = found
        self._target = f"{phone_host}:{phone_port}"
        self._rtp_port = _free_udp_port()
        self._port = _free_udp_port()
        self._folder = Path(tempfile.mkdtemp(prefix="sipp-"))
        self._process: subprocess.Popen[bytes] | None = None
        body = _description(self._rtp_port)
        invite = send("INVITE", 1, "Content-Type: application/sdp", *headers, body=body)
        begin = (
            invite.replace("[next_url]", "sip:301@[remote_ip]:[remote_port]"),
            '<recv response="100" optional="true"/>',
            '<recv response="180" optional="true"/>',
            # Stores the Contact and the route set for later requests.
            '<recv response="200" rrs="true"/>',
            send("ACK", 1),
        )
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<scenario name="caller">']
        lines += [*begin, *steps, "</scenario>", ""]
        (self._folder / "scenario.xml").write_text("\n".join(lines), encoding="utf-8")

    @staticmethod
    def agree_to_hold() -> tuple[str, ...]:
        """Returns the steps of a hold by the other side."""
        description = _description(9, "recvonly", version=2)
        return (
            expect("INVITE"),
            answer("200 OK", "Content-Type: application/sdp", body=description),
            expect("ACK"),
        )

    def __enter__(self) -> Self:
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    self._program, self._target,
                    "-sf", str(self._folder / "scenario.xml"),
                    "-i", LOOPBACK, "-p", str(self._port),
                    "-m", "1", "-nostdin", "-timeout", f"{self._limit_s}s", "-timeout_error",
                    "-trace_err", "-error_file", str(self._folder / "errors"),
                    "-trace_msg", "-message_file", str(self._folder / "messages"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
            )  # fmt: skip
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def wait(self) -> None:
        """Returns after all steps; PeerFailed if a step differs from the scenario."""
        assert self._process is not None
        try:
            code = self._process.wait(self._limit_s + _SPARE_S)
        except subprocess.TimeoutExpired:
            code = -1
        if code != 0:
            raise PeerFailed(
                f"sipp: ended with {code}\n{self._read('errors')}\n{self._read('messages')}"
            )

    def _read(self, name: str) -> str:
        path = self._folder / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
