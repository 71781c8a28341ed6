"""Progress of a referred call, as the body and the header fields of a NOTIFY."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.sip.dialogs.bodies import (
    Notification,
    read_notification,
    read_sipfrag,
    write_sipfrag,
)
from telephony.sip.syntax.message import Request, parse_message
from tests.fakes.sip_messages import in_dialog


@pytest.mark.parametrize(
    ("body", "status_code"),
    [
        (b"SIP/2.0 200 OK\r\n", 200),
        (b"SIP/2.0 200", 200),
        (b"\r\nSIP/2.0 486 Busy Here\r\nContact: <sip:x@y>\r\n", 486),
        (b"sip/2.0 100 Trying\n", 100),
        (b"SIP/2.0 603 \xd0\x9d\xd0\xb5\xd1\x82", 603),
        (b"", None),
        (b"SIP/2.0", None),
        (b"SIP/2.0 abc", None),
        (b"SIP/2.0 1000 x", None),
        (b"SIP/2.0 099 x", None),
        (b"HTTP/1.1 200 OK", None),
        (b"NOTIFY sip:x SIP/2.0", None),
    ],
)
def test_status(body: bytes, status_code: int | None) -> None:
    assert read_sipfrag(body) == status_code


@given(st.binary(max_size=60))
def test_no_body_breaks_the_reading(body: bytes) -> None:
    status_code = read_sipfrag(body)
    assert status_code is None or 100 <= status_code <= 699


@pytest.mark.parametrize("status_code", [100, 180, 200, 486, 699])
def test_what_is_written_can_be_read(status_code: int) -> None:
    assert read_sipfrag(write_sipfrag(status_code)) == status_code


def notification(*headers: str, body: str = "SIP/2.0 200 OK\r\n") -> Notification | None:
    message = parse_message(
        in_dialog("NOTIFY", "near", *headers, body=body, content_type="message/sipfrag")
    )
    assert isinstance(message, Request)
    return read_notification(message)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            ("Event: refer;id=93809823", "Subscription-State: active;expires=60"),
            Notification("refer", 93809823, False, 60, 200),
        ),
        (
            ("o: Refer", "Subscription-State: Terminated;reason=noresource"),
            Notification("refer", None, True, None, 200),
        ),
        (("Event: refer;id=x",), Notification("refer", None, False, None, 200)),
        (("Event: presence",), Notification("presence", None, False, None, 200)),
        ((), None),
        (("Event: ",), None),
        (('Event: refer;id="1',), None),
    ],
)
def test_header_fields(headers: tuple[str, ...], expected: Notification | None) -> None:
    assert notification(*headers) == expected
