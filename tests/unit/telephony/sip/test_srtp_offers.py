"""Keys, wide-band codecs and comfort noise in session descriptions (RFC 4568, RFC 7587)."""

from __future__ import annotations

import base64

import pytest

from telephony.settings import SrtpPolicy
from telephony.sip.offer_answer import AgreedMedia, LocalMedia, Negotiation
from telephony.sip.sdp import (
    DEFAULT_FORMATS,
    SessionDescription,
    find_mismatch,
    formats_of,
    parse_sdp,
    read_cryptos,
    serialise_sdp,
)
from telephony.srtp_keys import SrtpKeys, SrtpSuite

FAR_KEY = bytes(range(30))
FAR_TEXT = base64.b64encode(FAR_KEY).decode()
SHA1_80: SrtpSuite = "AES_CM_128_HMAC_SHA1_80"
SHA1_32: SrtpSuite = "AES_CM_128_HMAC_SHA1_32"


def negotiation(policy: SrtpPolicy, *codecs: str) -> Negotiation:
    keys = iter(range(1, 250))
    formats = formats_of(codecs) if codecs else DEFAULT_FORMATS  # type: ignore[arg-type]
    local = LocalMedia("192.0.2.10", 16384, formats, policy)
    return Negotiation("7", local, lambda: bytes([next(keys)] * 30))


def described(*lines: str) -> SessionDescription:
    head = ["v=0", "o=- 1 1 IN IP4 192.0.2.20", "s=-", "c=IN IP4 192.0.2.20", "t=0 0"]
    return parse_sdp("\r\n".join([*head, *lines]).encode())


def crypto(tag: int, suite: str, rest: str = "") -> str:
    return f"a=crypto:{tag} {suite} inline:{FAR_TEXT}{rest}"


SECURE = ("m=audio 4000 RTP/SAVP 8", crypto(3, SHA1_80))


def wire(description: SessionDescription) -> SessionDescription:
    return parse_sdp(serialise_sdp(description))


def answered(
    far: SessionDescription, policy: SrtpPolicy, *codecs: str
) -> tuple[SessionDescription, AgreedMedia]:
    found = negotiation(policy, *codecs).answer(far)
    assert found is not None
    return wire(found[0]), found[1]


@pytest.mark.parametrize(
    ("policy", "protocol", "suites"),
    [
        ("off", "RTP/AVP", []),
        ("allow", "RTP/AVP", [SHA1_80, SHA1_32]),
        ("require", "RTP/SAVP", [SHA1_80, SHA1_32]),
    ],
)
def test_our_offer(policy: SrtpPolicy, protocol: str, suites: list[str]) -> None:
    media = wire(negotiation(policy).offer()).media[0]
    cryptos = read_cryptos(media)
    assert media.protocol == protocol
    assert [each.suite for each in cryptos] == suites
    assert len({each.key for each in cryptos}) == len(suites)


@pytest.mark.parametrize("policy", ["allow", "require"])
@pytest.mark.parametrize("protocol", ["RTP/SAVP", "RTP/AVP"])
def test_an_offer_with_keys_is_taken_under_its_tag(policy: SrtpPolicy, protocol: str) -> None:
    far = described(f"m=audio 4000 {protocol} 8", crypto(3, "F8_128_HMAC_SHA1_80"), SECURE[1])
    answer, media = answered(far, policy)
    (line,) = read_cryptos(answer.media[0])
    assert answer.media[0].protocol == protocol
    assert (line.tag, line.suite) == ("3", SHA1_80)
    assert media.srtp == SrtpKeys(SHA1_80, line.key, FAR_KEY)


@pytest.mark.parametrize(
    ("policy", "lines", "code"),
    [
        ("off", SECURE, 302),
        ("require", ("m=audio 4000 RTP/AVP 8",), 302),
        ("require", ("m=audio 4000 RTP/SAVP 8", crypto(1, "AES_256_CM_HMAC_SHA1_80")), 302),
        ("allow", ("m=audio 4000 RTP/SAVP 8",), 302),
        ("allow", ("m=audio 4000 RTP/SAVP 8", crypto(1, SHA1_80, "|2^20|1:4")), 302),
        ("allow", ("m=audio 4000 RTP/SAVP 8", crypto(1, SHA1_80, " UNENCRYPTED_SRTP")), 302),
        ("off", ("m=audio 4000 UDP/TLS/RTP/SAVPF 8",), 302),
        ("off", ("m=audio 4000 RTP/AVP 18",), 305),
        ("off", ("m=video 4000 RTP/AVP 96",), 304),
        ("off", ("m=audio 4000 RTP/AVP 8", "c=IN IP4 name.example"), 301),
        ("off", ("m=audio 4000 RTP/AVP 8", crypto(1, SHA1_80)), None),
        ("allow", ("m=audio 4000 RTP/AVP 8",), None),
        ("require", ("m=audio 4000 RTP/SAVP 8", crypto(1, SHA1_32, "|2^20 WSH=64")), None),
    ],
)
def test_why_an_offer_cannot_be_taken(
    policy: SrtpPolicy, lines: tuple[str, ...], code: int | None
) -> None:
    assert find_mismatch(described(*lines), DEFAULT_FORMATS, policy) == code
    assert (negotiation(policy).answer(described(*lines)) is None) == (code is not None)


def test_the_answer_to_our_keys() -> None:
    ours = negotiation("allow")
    second = read_cryptos(ours.offer().media[0])[1]
    media = ours.accept(described("m=audio 4000 RTP/AVP 8", crypto(2, SHA1_32)))
    assert media is not None
    assert media.srtp == SrtpKeys(SHA1_32, second.key, FAR_KEY)


@pytest.mark.parametrize("line", [crypto(9, SHA1_80), crypto(1, SHA1_32), "a=sendrecv"])
def test_an_answer_without_a_key_of_ours(line: str) -> None:
    """With "allow" the result is plain audio; with "require" the offer fails."""
    ours = negotiation("allow")
    ours.offer()
    media = ours.accept(described("m=audio 4000 RTP/AVP 8", line))
    assert media is not None
    assert media.srtp is None
    ours = negotiation("require")
    ours.offer()
    assert ours.accept(described("m=audio 4000 RTP/SAVP 8", line)) is None


def test_a_later_offer_keeps_the_agreed_key_and_drops_what_was_not_agreed() -> None:
    ours = negotiation("allow")
    first = ours.answer(described(*SECURE))
    assert first is not None
    (line,) = read_cryptos(ours.offer(holding=True).media[0])
    assert first[1].srtp is not None
    assert (line.suite, line.key) == (SHA1_80, first[1].srtp.sent)
    assert ours.offer().media[0].protocol == "RTP/SAVP"
    plain = negotiation("allow")
    plain.answer(described("m=audio 4000 RTP/AVP 8"))
    assert read_cryptos(plain.offer().media[0]) == ()


def test_an_encrypted_call_does_not_become_plain_by_an_offer() -> None:
    ours = negotiation("allow")
    assert ours.answer(described(*SECURE)) is not None
    assert ours.answer(described("m=audio 4000 RTP/AVP 8")) is None
    assert ours.answer(described(*SECURE)) is not None


def test_a_new_key_of_the_far_side_is_taken() -> None:
    ours = negotiation("require")
    ours.answer(described(*SECURE))
    other = base64.b64encode(bytes(30)).decode()
    again = ours.answer(described(SECURE[0], f"a=crypto:1 {SHA1_80} inline:{other}|2^31"))
    assert again is not None
    assert again[1].srtp is not None
    assert (again[1].srtp.received, again[1].srtp.sent) == (bytes(30), bytes([1] * 30))


def test_keys_are_never_shown() -> None:
    _, media = answered(described(*SECURE), "allow")
    assert FAR_KEY.hex() not in repr(media)
    assert repr(FAR_KEY) not in repr(media)


# Codecs.


def test_wide_band_and_opus_in_our_offer() -> None:
    media = wire(negotiation("off", "opus", "g722", "pcma").offer()).media[0]
    assert media.formats == ("107", "9", "8", "13", "101", "102")
    rtpmaps = [value for name, value in media.attributes if name == "rtpmap"]
    assert "107 opus/48000/2" in rtpmaps
    assert "9 G722/8000" in rtpmaps
    assert "101 telephone-event/8000" in rtpmaps
    assert "102 telephone-event/48000" in rtpmaps
    assert "useinbandfec=1" in media.parameters_of("107")


def test_opus_takes_the_keys_of_its_own_clock() -> None:
    far = described(
        "m=audio 4000 RTP/AVP 96 101 100 13",
        "a=rtpmap:96 OPUS/48000/2",
        "a=fmtp:96 maxaveragebitrate=20000",
        "a=rtpmap:101 telephone-event/8000",
        "a=rtpmap:100 telephone-event/48000",
    )
    answer, media = answered(far, "off", "opus", "pcma")
    assert answer.media[0].formats == ("96", "100")
    assert (media.codec, media.payload_type, media.telephone_event_payload_type) == (
        "opus",
        96,
        100,
    )
    assert media.format_parameters == "maxaveragebitrate=20000"
    assert media.comfort_noise_payload_type is None


def test_comfort_noise_is_agreed_with_narrow_band() -> None:
    answer, media = answered(described("m=audio 4000 RTP/AVP 8 13"), "off")
    assert answer.media[0].formats == ("8", "13")
    assert media.comfort_noise_payload_type == 13
    _, media = answered(described("m=audio 4000 RTP/AVP 9 8"), "off", "g722", "pcma")
    assert (media.codec, media.comfort_noise_payload_type) == ("G722", None)


@pytest.mark.parametrize(
    ("line", "port"), [("a=rtcp:4777", 4777), ("a=rtcp:4777 IN IP4 192.0.2.9", 4777), ("a=x", 4001)]
)
def test_where_the_far_sides_rtcp_is(line: str, port: int) -> None:
    assert answered(described("m=audio 4000 RTP/AVP 8", line), "off")[1].rtcp_port == port


@pytest.mark.parametrize(
    ("lines", "ptime_ms"),
    [(("a=ptime:60", "a=maxptime:40"), 40), (("a=maxptime:10",), 10), (("a=maxptime:150",), 20)],
)
def test_the_longest_packet(lines: tuple[str, ...], ptime_ms: int) -> None:
    assert answered(described("m=audio 4000 RTP/AVP 8", *lines), "off")[1].ptime_ms == ptime_ms


def test_a_number_that_means_something_else_already_is_not_used_again() -> None:
    ours = negotiation("off", "pcma", "opus")
    ours.answer(
        described(
            "m=audio 4000 RTP/AVP 8 107",
            "a=rtpmap:8 PCMA/8000",
            "a=rtpmap:107 telephone-event/8000",
        )
    )
    media = wire(ours.offer()).media[0]
    assert media.encodings()["107"] == "TELEPHONE-EVENT/8000"
    assert len(set(media.formats)) == len(media.formats)
