"""The signalling flow for a person to read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from telephony.sip.address import Address
from telephony.trace import TracedMessage, TraceFile, mask_credentials

AT = datetime(2026, 11, 25, 9, 0, 0, 1500, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (
            'Authorization: Digest username="301", nonce="n", response="0123abcd", qop=auth',
            'Authorization: Digest username="301", nonce="n", response=***, qop=auth',
        ),
        ('Authorization: Digest a="b",\r\n RESPONSE = "0a"', None),
        ('Proxy-Authorization: Digest cnonce="0a", response=0a', None),
        ('Authentication-Info: rspauth="0a", nc=00000001', None),
        ("authorization: Basic 0a==", "authorization: Basic ***"),
        (
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:0a/xyz+|2^20|1:4",
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:***|2^20|1:4",
        ),
        ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:0a/xyz+", None),
        ("Subject: no response to 0b", "Subject: no response to 0b"),
    ],
)
def test_credentials_are_masked(line: str, masked: str | None) -> None:
    found = mask_credentials(f"REGISTER sip:x SIP/2.0\r\n{line}\r\n\r\n".encode()).decode()
    if masked is None:
        assert "0a" not in found
        assert "***" in found
    else:
        assert found == f"REGISTER sip:x SIP/2.0\r\n{masked}\r\n\r\n"


def test_every_message_has_its_time_and_direction(tmp_path: Path) -> None:
    path = tmp_path / "trace"
    with TraceFile(path) as trace:
        trace.write(TracedMessage(AT, True, Address("192.0.2.1", 5060), b"OPTIONS\r\nA: b\r\n\r\n"))
        trace.write(
            TracedMessage(AT, False, Address("::1", 5061, "tls"), b"SIP/2.0 200 OK\r\n\r\n")
        )
        assert path.read_text() == (
            "--- 2026-11-25T09:00:00.001500+00:00 sent to 192.0.2.1:5060 by udp\n"
            "OPTIONS\nA: b\n\n"
            "--- 2026-11-25T09:00:00.001500+00:00 received from [::1]:5061 by tls\n"
            "SIP/2.0 200 OK\n\n"
        )
    assert path.stat().st_mode & 0o777 == 0o600
