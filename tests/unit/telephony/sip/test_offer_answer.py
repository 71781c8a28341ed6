"""Session descriptions and the agreement derived from them (RFC 4566, RFC 3264)."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.settings import CodecName, SrtpPolicy
from telephony.sip.offer_answer import LocalMedia, Negotiation
from telephony.sip.sdp import (
    SdpError,
    SessionDescription,
    find_mismatch,
    formats_of,
    parse_sdp,
    serialise_sdp,
)
from tests.fakes.sip_messages import OFFER

LOCAL = LocalMedia("192.0.2.10", 16384)


def offer(*lines: str, host: str = "192.0.2.20") -> SessionDescription:
    head = ["v=0", "o=- 1 1 IN IP4 192.0.2.20", "s=-", f"c=IN IP4 {host}", "t=0 0"]
    return parse_sdp("\r\n".join([*head, *lines]).encode())


def new(local: LocalMedia = LOCAL) -> Negotiation:
    return Negotiation("7", local, lambda: bytes(range(30)))


def answer_to(
    description: SessionDescription, negotiation: Negotiation | None = None
) -> SessionDescription:
    answered = (negotiation or new()).answer(description)
    assert answered is not None
    return parse_sdp(serialise_sdp(answered[0]))


def test_the_first_common_format_of_the_offer_is_taken() -> None:
    answered = new().answer(parse_sdp(OFFER.encode()))
    assert answered is not None
    description, media = answered
    assert (media.codec, media.payload_type) == ("PCMU", 0)
    assert (media.host, media.port, media.telephone_event_payload_type) == ("192.0.2.20", 4000, 101)
    assert description.media[0].formats == ("0", "101")
    assert description.media[0].port == 16384


def test_static_formats_need_no_rtpmap_and_dynamic_numbers_are_followed() -> None:
    assert answer_to(offer("m=audio 4000 RTP/AVP 18 8")).media[0].formats == ("8",)
    dynamic = offer("m=audio 4000 RTP/AVP 110", "a=rtpmap:110 pcma/8000/1")
    assert answer_to(dynamic).media[0].formats == ("110",)


@pytest.mark.parametrize(
    "line",
    [
        "m=audio 4000 RTP/AVP 18",
        "m=audio 0 RTP/AVP 8",
        "m=audio 4000 RTP/SAVP 8",
        "m=video 4000 RTP/AVP 8",
        "m=audio 4000 RTP/AVP 8\r\nc=IN IP4 name.example",
        "m=audio 4000 RTP/AVP 8\r\na=rtpmap:8 OTHER/8000",
    ],
)
def test_offers_without_anything_usable(line: str) -> None:
    assert new().answer(offer(line)) is None


def test_other_media_are_refused_in_their_places() -> None:
    answer = answer_to(
        offer("m=video 5000 RTP/AVP 96", "m=audio 4000 RTP/AVP 8", "m=image 6000 udptl t38")
    )
    assert [(media.kind, media.port) for media in answer.media] == [
        ("video", 0),
        ("audio", 16384),
        ("image", 0),
    ]


@pytest.mark.parametrize(
    ("lines", "host", "direction", "sending", "receiving"),
    [
        (("a=sendrecv",), "192.0.2.20", "sendrecv", True, True),
        ((), "192.0.2.20", "sendrecv", True, True),
        (("a=sendonly",), "192.0.2.20", "recvonly", False, True),
        (("a=recvonly",), "192.0.2.20", "sendonly", True, False),
        (("a=inactive",), "192.0.2.20", "inactive", False, False),
        ((), "0.0.0.0", "recvonly", False, True),  # noqa: S104
    ],
)
def test_directions(
    lines: tuple[str, ...], host: str, direction: str, sending: bool, receiving: bool
) -> None:
    answered = new().answer(offer("m=audio 4000 RTP/AVP 8", *lines, host=host))
    assert answered is not None
    description, media = answered
    assert description.media[0].direction == direction
    assert (media.sending, media.receiving) == (sending, receiving)


def test_a_direction_of_the_session_counts_for_its_media() -> None:
    description = offer("a=sendonly", "m=audio 4000 RTP/AVP 8")
    assert answer_to(description).media[0].direction == "recvonly"


def test_the_version_rises_only_when_something_changes() -> None:
    negotiation = new()
    talk, hold = (
        offer("m=audio 4000 RTP/AVP 8", f"a={direction}") for direction in ("sendrecv", "sendonly")
    )
    versions = [answer_to(each, negotiation).version for each in (talk, talk, hold, hold, talk)]
    assert versions == ["0", "0", "1", "1", "2"]


def test_our_offer_and_the_answer_to_it() -> None:
    negotiation = new()
    ours = parse_sdp(serialise_sdp(negotiation.offer()))
    assert ours.media[0].formats == ("8", "0", "13", "101")
    media = negotiation.accept(answer_to(ours))
    assert media is not None
    assert (media.codec, media.sending, media.receiving) == ("PCMA", True, True)
    assert negotiation.accept(offer("m=audio 0 RTP/AVP 8")) is None


@pytest.mark.parametrize(
    ("events", "agreed", "described"),
    [
        ({101: 8000, 102: 48000}, (102, 48000), ("107", "102")),
        ({101: 8000}, (101, 8000), ("107", "101")),
        ({101: 16000}, (None, 8000), ("107",)),
    ],
)
def test_digits_go_by_the_voice_s_clock_first_and_by_the_usual_one_else(
    events: dict[int, int], agreed: tuple[int | None, int], described: tuple[str, ...]
) -> None:
    answered = new(LocalMedia("192.0.2.10", 16384, formats_of(["opus"]))).answer(
        offer(
            f"m=audio 4000 RTP/AVP 107 {' '.join(map(str, events))}",
            "a=rtpmap:107 opus/48000/2",
            *(f"a=rtpmap:{number} telephone-event/{hz}" for number, hz in events.items()),
        )
    )
    assert answered is not None
    description, media = answered
    assert (media.telephone_event_payload_type, media.telephone_event_clock_hz) == agreed
    assert description.media[0].formats == described


def test_every_offer_has_digits_at_the_usual_clock_too() -> None:
    negotiation = new(LocalMedia("192.0.2.10", 16384, formats_of(["opus"])))
    ours = negotiation.offer().media[0]
    events = {
        number: encoding
        for number, encoding in ours.encodings().items()
        if encoding.startswith("TELEPHONE-EVENT")
    }
    assert events == {"101": "TELEPHONE-EVENT/8000", "102": "TELEPHONE-EVENT/48000"}
    answer = offer(
        "m=audio 4000 RTP/AVP 107 101",
        "a=rtpmap:107 opus/48000/2",
        "a=rtpmap:101 telephone-event/8000",
    )
    media = negotiation.accept(answer)
    assert media is not None
    assert (media.telephone_event_payload_type, media.telephone_event_clock_hz) == (101, 8000)


@pytest.mark.parametrize(
    ("lines", "answered", "wanted"),
    [
        (("m=audio 4000 RTP/AVP 8",), None, False),
        (("m=audio 4000 RTP/AVP 8", "a=rtcp-xr:rcvr-rtt=all"), "voip-metrics", False),
        (("m=audio 4000 RTP/AVP 8", "a=rtcp-xr:stat-summary VoIP-metrics"), "voip-metrics", True),
        (("a=rtcp-xr:voip-metrics", "m=audio 4000 RTP/AVP 8"), "voip-metrics", True),
    ],
)
def test_extended_reports_are_sent_to_who_wants_them_and_wanted_from_who_knows_them(
    lines: tuple[str, ...], answered: str | None, wanted: bool
) -> None:
    """RFC 3611, section 5.2."""
    result = new().answer(offer(*lines))
    assert result is not None
    description, media = result
    assert media.wants_voip_metrics == wanted
    assert description.media[0].attribute("rtcp-xr") == answered
    negotiation = new()
    assert negotiation.offer().media[0].attribute("rtcp-xr") == "voip-metrics"
    accepted = negotiation.accept(offer(*lines))
    assert accepted is not None
    assert accepted.wants_voip_metrics == wanted


@pytest.mark.parametrize(("text", "ptime_ms"), [("30", 30), ("5", 20), ("x", 20), ("500", 20)])
def test_packet_time(text: str, ptime_ms: int) -> None:
    answered = new().answer(offer("m=audio 4000 RTP/AVP 8", f"a=ptime:{text}"))
    assert answered is not None
    assert answered[1].ptime_ms == ptime_ms


def test_ipv6() -> None:
    description = parse_sdp(
        b"v=0\no=- 1 1 IN IP6 ::1\ns=-\nc=IN IP6 2001:db8::1\nt=0 0\nm=audio 4000 RTP/AVP 8\n"
    )
    answered = new(LocalMedia("2001:db8::2", 16384)).answer(description)
    assert answered is not None
    assert answered[1].host == "2001:db8::1"
    assert b"c=IN IP6 2001:db8::2" in serialise_sdp(answered[0])


@pytest.mark.parametrize("body", [b"", b"v=0", b"o=- 1 1 IN IP4 h\nm=audio x RTP/AVP 8", b"\xff"])
def test_what_is_no_description(body: bytes) -> None:
    with pytest.raises(SdpError):
        parse_sdp(body)


CRYPTO = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + "QUJD" * 10 + "|2^20\r\n"


@given(
    position=st.integers(0, len(OFFER + CRYPTO)),
    piece=st.binary(max_size=5),
    length=st.integers(0, 9),
)
def test_damaged_offers_are_answered_or_refused_but_never_raise(
    position: int, piece: bytes, length: int
) -> None:
    data = (OFFER + CRYPTO + "a=rtcp:4001\r\na=maxptime:40\r\n").encode()
    try:
        description = parse_sdp(data[:position] + piece + data[position + length :])
    except SdpError:
        return
    for policy in get_args(SrtpPolicy):
        local = LocalMedia("192.0.2.10", 16384, formats_of(get_args(CodecName)), policy)
        negotiation = new(local)
        answered = negotiation.answer(description)
        code = find_mismatch(description, local.formats, policy)
        assert (answered is None) == (code is not None)
        if answered is not None:
            parse_sdp(serialise_sdp(answered[0]))
            parse_sdp(serialise_sdp(negotiation.offer()))
