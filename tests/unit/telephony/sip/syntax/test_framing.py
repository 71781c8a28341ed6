"""Messages cut from a stream of bytes (RFC 3261 section 18.3, RFC 5626 section 3.5.1)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.sip.syntax.framing import MESSAGE_LIMIT_BYTES, PING, PONG, StreamFramer
from tests.fakes.sip_messages import invite, sip

RESPONSE = sip("SIP/2.0 200 OK", "Via: SIP/2.0/TCP h.example;branch=z9hG4bK1", body="x\r\n\r\ny")


def test_messages_come_out_whole_however_they_arrive() -> None:
    data = invite() + PING + RESPONSE + PONG + invite(body="")
    expected = [invite(), PING, RESPONSE, PONG, invite(body="")]
    assert StreamFramer().feed(data) == expected
    framer = StreamFramer()
    single = [frame for sign in data for frame in framer.feed(bytes([sign]))]
    # A ping that comes in pieces counts as pongs.
    assert [frame for frame in single if frame not in (PING, PONG)] == [
        invite(),
        RESPONSE,
        invite(body=""),
    ]


@given(st.lists(st.integers(1, 200), max_size=20))
def test_the_cuts_of_the_network_change_nothing(cuts: list[int]) -> None:
    data = invite() + RESPONSE + invite("l : 0", body="").replace(b"Content-Length: 0\r\n", b"")
    framer, frames = StreamFramer(), []
    for cut in cuts:
        frames += framer.feed(data[:cut])
        data = data[cut:]
    frames += framer.feed(data)
    assert len(frames) == 3
    assert frames[:2] == [invite(), RESPONSE]


def test_a_folded_and_compact_length() -> None:
    data = invite().replace(b"Content-Length:", b"l:\r\n ")
    assert StreamFramer().feed(data) == [data]


def test_the_length_is_found_in_a_time_that_does_not_grow_with_the_nonsense_around_it() -> None:
    data = invite(body="").replace(
        b"Content-Length: 0", b"Content-Length:\n" + b" " * 30000 + b"0\rx"
    )
    framer = StreamFramer()
    began_s = time.process_time()
    framer.feed(data)
    assert time.process_time() - began_s < 0.5
    assert framer.fault == "content_length"


def test_without_a_length_there_is_no_body() -> None:
    data = invite(body="").replace(b"Content-Length: 0\r\n", b"")
    assert StreamFramer().feed(data + invite()) == [data, invite()]


def test_many_pings_at_once_are_one() -> None:
    assert StreamFramer().feed(PING * 100) == [PING]


@pytest.mark.parametrize(
    "length", [b"-1", b"many", b"9999999999", b"5\r\nContent-Length: 6", b"\xd9\xa3"]
)
def test_where_a_message_does_not_end_the_connection_does(length: bytes) -> None:
    data = invite(body="").replace(b"Content-Length: 0", b"Content-Length: " + length)
    framer = StreamFramer()
    assert framer.feed(data + invite()) == [data]
    assert framer.fault == "content_length"
    assert framer.feed(invite()) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\x16\x03\x01\x02\x00", "garbage"),
        (b"GET / HTTP/1.1\r\n", "garbage"),
        (b"\0" * 10, "garbage"),
        (b"one\r\n", "garbage"),
        (b"A" * MESSAGE_LIMIT_BYTES, "too_long"),
        (b"OPTIONS sip:h SIP/2.0\r\n" + b"X: y\r\n" * 20000, "too_long"),
        (b"OPTIONS sip:h SIP/2.0\r\nContent-Length: 65536\r\n\r\n", "too_long"),
    ],
)
def test_what_no_sip_peer_sends_ends_the_connection(data: bytes, fault: str) -> None:
    framer = StreamFramer()
    assert framer.feed(data) == []
    assert framer.fault == fault


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_whatever_comes_is_bounded(pieces: list[bytes]) -> None:
    framer = StreamFramer()
    for piece in pieces:
        for frame in framer.feed(piece):
            assert 0 < len(frame) <= MESSAGE_LIMIT_BYTES
