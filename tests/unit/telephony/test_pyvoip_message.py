"""pyVoIP's message object, read by this phone's parser: shapes, and what pyVoIP cannot read."""

from __future__ import annotations

import pytest

from telephony.pyvoip import SIPMessage
from telephony.pyvoip_message import pyVoIP

SDP = (
    b"v=0\r\no=caller 7 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n"
    b"m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
    b"a=fmtp:101 0-15\r\na=sendonly\r\nm=video 0 RTP/AVPF 96\r\n"
)


def invite(*changes: tuple[bytes, bytes]) -> bytes:
    data = (
        b"INVITE sip:100@192.0.2.1 SIP/2.0\r\n"
        b"Via: SIP/2.0/UDP 192.0.2.7:5070;rport;branch=z9hG4bK1\r\n"
        b"Via: SIP/2.0/TCP 192.0.2.8;branch=z9hG4bK0\r\n"
        b'From: "City caller" <sip:+79005550137@192.0.2.7:5070>;tag=a\r\n'
        b"To: <sip:100@192.0.2.1>\r\n"
        b"Call-ID: one@192.0.2.7\r\n"
        b"CSeq: 3 INVITE\r\n"
        b"Contact: <sip:+79005550137@192.0.2.7:5070>\r\n"
        b"Allow: INVITE, ACK, BYE\r\n"
        b"Max-Forwards: 70\r\n"
        b"Content-Type: application/sdp\r\n"
        b"Content-Length: %d\r\n\r\n" % len(SDP)
    ) + SDP
    for old, new in changes:
        assert old in data
        data = data.replace(old, new)
    return data


def test_the_fields_have_pyvoips_shapes() -> None:
    message = SIPMessage(invite())
    assert message.type == pyVoIP.SIP.SIPMessageType.MESSAGE
    assert message.method == "INVITE"
    assert message.heading == b"INVITE sip:100@192.0.2.1 SIP/2.0"
    headers = message.headers
    assert headers["Via"][0] == {
        "type": "SIP/2.0/UDP",
        "address": ("192.0.2.7", "5070"),
        "rport": None,
        "branch": "z9hG4bK1",
    }
    assert headers["Via"][1]["address"] == ("192.0.2.8", "5060")
    assert headers["From"] == {
        "raw": '"City caller" <sip:+79005550137@192.0.2.7:5070>',
        "tag": "a",
        "address": "+79005550137@192.0.2.7:5070",
        "number": "+79005550137",
        "caller": "City caller",
        "host": "192.0.2.7:5070",
    }
    assert headers["To"]["tag"] == ""
    assert headers["CSeq"] == {"check": "3", "method": "INVITE"}
    assert headers["Allow"] == ["INVITE", "ACK", "BYE"]
    assert headers["Call-ID"] == "one@192.0.2.7"
    assert headers["Content-Length"] == len(SDP)


def test_the_description_has_pyvoips_shapes() -> None:
    body = SIPMessage(invite()).body
    assert body["o"]["id"] == "7"
    assert [entry["address"] for entry in body["c"]] == ["192.0.2.7"]
    audio, video = body["m"]
    assert (audio["type"], audio["port"], audio["methods"]) == ("audio", 4000, ["8", "101"])
    assert audio["protocol"] == pyVoIP.RTP.RTPProtocol.AVP
    assert audio["attributes"]["8"]["rtpmap"] == {
        "id": "8",
        "name": "PCMA",
        "frequency": "8000",
        "encoding": None,
    }
    assert audio["attributes"]["101"]["fmtp"] == {"id": "101", "settings": ["0-15"]}
    assert body["a"]["transmit_type"] == pyVoIP.RTP.TransmitType.SENDONLY
    assert video["protocol"] == "RTP/AVPF"


@pytest.mark.parametrize(
    "change",
    [
        (b"Call-ID:", b"i:"),
        (b"From: ", b"FROM   :\t"),
        (b"To: <sip:100@192.0.2.1>", b"t: <sip:100@192.0.2.1>"),
        (b"Max-Forwards: 70", b"Subject: one\r\n  two"),
        (b'"City caller" <sip:', b'"Quoted \\" <sip:x@y> " <sip:'),
        (b"192.0.2.7:5070;rport", b"[2001:db8::7]:5070;rport"),
        (b"sip:+79005550137@192.0.2.7:5070>;tag", b"tel:+79005550137>;tag"),
    ],
)
def test_what_pyvoip_itself_cannot_read(change: tuple[bytes, bytes]) -> None:
    message = SIPMessage(invite(change))
    assert message.headers["Call-ID"] == "one@192.0.2.7"
    assert message.headers["From"]["number"] == "+79005550137"


@pytest.mark.parametrize(("status", "known"), [(486, 486), (299, 200), (499, 400)])
def test_a_status_that_pyvoip_does_not_know_is_that_of_its_class(status: int, known: int) -> None:
    data = invite((b"INVITE sip:100@192.0.2.1 SIP/2.0", b"SIP/2.0 %d Reason" % status))
    message = SIPMessage(data)
    assert message.type == pyVoIP.SIP.SIPMessageType.RESPONSE
    assert int(message.status) == known


def test_a_challenge_is_read_as_a_table() -> None:
    challenge = b'WWW-Authenticate: Digest realm="a, b", nonce="n", qop=auth'
    data = invite(
        (b"INVITE sip:100@192.0.2.1 SIP/2.0", b"SIP/2.0 401 Unauthorized"),
        (b"Max-Forwards: 70", challenge),
    )
    message = SIPMessage(data)
    assert message.authentication == {"realm": "a, b", "nonce": "n", "qop": "auth"}


@pytest.mark.parametrize(
    "data", [b"", b"HELLO\r\n\r\n", invite()[:40], invite((b"v=0\r\no=", b"x="))]
)
def test_anything_else_is_pyvoips_own_error(data: bytes) -> None:
    with pytest.raises(pyVoIP.SIP.SIPParseError):
        SIPMessage(data)
