"""Destination of requests that only a URI defines (RFC 3261 section 19.1, RFC 3263 section 4)."""

from __future__ import annotations

import pytest

from telephony.sip.syntax.address import Address, Uri, address_of


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("sip:a@h.example", Address("h.example", 5060, "udp")),
        ("sip:a@h.example:5070;transport=TCP", Address("h.example", 5070, "tcp")),
        ("sip:a@h.example;transport=tls", Address("h.example", 5061, "tls")),
        ("sips:a@h.example", Address("h.example", 5061, "tls")),
        ("sips:a@h.example:5071;transport=tcp", Address("h.example", 5071, "tls")),
        ("sip:a@[2001:db8::1]:5070;transport=tcp", Address("2001:db8::1", 5070, "tcp")),
        ("sip:a@h.example;transport=pigeon", Address("h.example", 5060, "udp")),
        ("sip:a@h.example;maddr=192.0.2.9", Address("192.0.2.9", 5060, "udp")),
    ],
)
def test_where_a_request_goes(uri: str, address: Address) -> None:
    assert address_of(Uri.parse(uri)) == address
