"""The signalling flow for a person to read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from telephony.signalling import TracedMessage, TraceFile
from telephony.sip.syntax.address import Address

AT = datetime(2026, 11, 25, 9, 0, 0, 1500, tzinfo=UTC)


def test_every_message_has_its_time_and_direction(tmp_path: Path) -> None:
    path = tmp_path / "trace"
    with TraceFile(path) as trace:
        trace.write(TracedMessage(AT, True, Address("192.0.2.1", 5060), b"OPTIONS\r\nA: b\r\n\r\n"))
        trace.write(
            TracedMessage(AT, False, Address("::1", 5061, "tls"), b"SIP/2.0 200 OK\r\n\r\n")
        )
        assert path.read_text() == (
            "--- 2026-11-25T09:00:00.001500+00:00 sent to 192.0.2.1:5060 over udp\n"
            "OPTIONS\nA: b\n\n"
            "--- 2026-11-25T09:00:00.001500+00:00 received from [::1]:5061 over tls\n"
            "SIP/2.0 200 OK\n\n"
        )
    assert path.stat().st_mode & 0o777 == 0o600
