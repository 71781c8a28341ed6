"""Parses and formats SIP messages. Sections refer to RFC 3261 unless named."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.sip.syntax.address import (
    Address,
    GrammarError,
    NameAddress,
    SequenceNumber,
    Uri,
    Via,
    split_outside,
)
from telephony.sip.syntax.message import (
    HEAD_LIMIT,
    ParseError,
    Request,
    Response,
    canonical_name,
    parse_message,
    serialise,
)
from tests.fakes.sip_messages import invite

VALID = Path(__file__).parents[4] / "data" / "sip" / "valid"


def request_of(data: bytes) -> Request:
    message = parse_message(data)
    assert isinstance(message, Request)
    return message


def fault_of(data: bytes) -> ParseError:
    with pytest.raises(ParseError) as caught:
        parse_message(data)
    return caught.value


@pytest.mark.parametrize("path", sorted(VALID.glob("*.sip")), ids=lambda path: path.stem)
def test_unusual_but_valid_messages_are_read_and_survive_a_round_trip(path: Path) -> None:
    message = parse_message(path.read_bytes())
    assert parse_message(serialise(message)) == message


def test_there_are_valid_messages_to_try() -> None:
    assert len(list(VALID.glob("*.sip"))) >= 13


def test_compact_names_any_case_and_white_space_before_the_colon() -> None:
    message = request_of(
        b"OPTIONS sip:a@b.example SIP/2.0\r\nv : SIP/2.0/UDP h.example;branch=z9hG4bK1\r\n"
        b"f:<sip:x@y.example>;tag=1\r\nt:<sip:a@b.example>\r\ni: c1\r\ncSEQ: 1 OPTIONS\r\n"
        b"l: 0\r\nk: timer\r\n\r\n"
    )
    assert message.call_id == "c1"
    assert message.top_via.host == "h.example"
    assert message.values("Supported") == ("timer",)


def test_folded_lines_become_one() -> None:
    message = request_of(invite("Subject: first\r\n  second\r\n\tthird"))
    assert message.first("Subject") == "first second third"


def test_repeated_fields_and_commas_mean_the_same() -> None:
    message = request_of(
        invite("Record-Route: <sip:p1;lr>, <sip:p2;lr>", "Record-Route: <sip:p3;lr>")
    )
    assert message.values("Record-Route") == ("<sip:p1;lr>", "<sip:p2;lr>", "<sip:p3;lr>")


def test_commas_in_quotes_and_brackets_do_not_split() -> None:
    assert split_outside('"a, \\"b" <sip:x,y@h>, <sip:z@h>', ",") == [
        '"a, \\"b" <sip:x,y@h>',
        "<sip:z@h>",
    ]


@given(text=st.text(alphabet=" \t,;=>\\@aЁ"))
def test_a_text_is_split_alike_with_and_without_brackets(text: str) -> None:
    first, *others = split_outside(f"<>{text}", ",")
    assert split_outside(text, ",") == [first.removeprefix("<>").strip(" \t"), *others]


def test_body_is_cut_at_content_length() -> None:
    data = invite() + b"rest of the datagram"
    assert request_of(data).body == request_of(invite()).body


def test_body_without_content_length_is_the_rest_of_the_datagram() -> None:
    data = b"\r\n".join(
        line for line in invite().split(b"\r\n") if not line.startswith(b"Content-Length")
    )
    assert request_of(data).body == request_of(invite()).body


def test_body_may_hold_an_empty_line() -> None:
    assert request_of(invite(body="v=0\r\n\r\nx")).body == b"v=0\r\n\r\nx"


@pytest.mark.parametrize(
    ("line", "replacement", "status_code"),
    [
        (b"Content-Length: 0", b"Content-Length: 9999", 400),
        (b"Content-Length: 0", b"Content-Length: -1", 400),
        (b"Content-Length: 0", b"Content-Length: 0\r\nl: 5", 400),
        (b"CSeq: 1 INVITE", b"CSeq: 1 OPTIONS", 400),
        (b"CSeq: 1 INVITE", b"CSeq: 4294967296 INVITE", 400),
        (b"CSeq: 1 INVITE", b"CSeq: one INVITE", 400),
        (b"Max-Forwards: 70", b"Max-Forwards: many", 400),
        (b"Call-ID: far-call", b"X: y", 400),
        (b"Call-ID: far-call", b"Call-ID: a\r\nCall-ID: b", 400),
        (b"To: <sip:301@192.0.2.1>", b'To: "open <sip:301@192.0.2.1>', 400),
        (b"To: <sip:301@192.0.2.1>", b"To: <sip:301@192.0.2.1>\r\nno colon here", 400),
        (b"Contact: <sip:caller@192.0.2.20:5060>", b"X: y", 400),
        (b"INVITE sip:301@192.0.2.10:5070 SIP/2.0", b"INVITE sip:301@192.0.2.10 SIP/7.0", 505),
        (b"INVITE sip:301@192.0.2.10:5070 SIP/2.0", b"INVITE  sip:301@192.0.2.10 SIP/2.0", 400),
        (b"INVITE sip:301@192.0.2.10:5070 SIP/2.0", b"INVITE sip:301 @192.0.2.10 SIP/2.0", 400),
    ],
)
def test_faulty_requests_can_be_answered(line: bytes, replacement: bytes, status_code: int) -> None:
    data = invite(body="")
    assert line in data
    fault = fault_of(data.replace(line, replacement))
    assert fault.status_code == status_code
    assert fault.request is not None
    assert fault.request.method == "INVITE"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"SIP/2.0 9999999999 Big\r\n\r\n",
        b"SIP/2.0 099 Small\r\n\r\n",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_message_is_refused_without_an_answer(data: bytes) -> None:
    assert fault_of(data).request is None


def test_a_caller_of_rfc_2543_may_leave_contact_and_tags_out() -> None:
    data = invite(body="").replace(b";branch=z9hG4bKfar1;rport", b"").replace(b";tag=far", b"")
    data = data.replace(b"Contact: <sip:caller@192.0.2.20:5060>\r\n", b"")
    message = request_of(data)
    assert message.contact is None
    assert message.top_via.branch == ""


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\rb"])
def test_a_value_cannot_add_a_field(value: str) -> None:
    response = Response((("Reason", value),), b"", 200, "OK")
    with pytest.raises(ValueError, match="line_break"):
        serialise(response)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("i", "Call-ID"),
        ("CALL-id", "Call-ID"),
        ("cseq", "CSeq"),
        ("x-thing", "X-Thing"),
        ("M", "Contact"),
    ],
)
def test_names(name: str, full: str) -> None:
    assert canonical_name(name) == full


@pytest.mark.parametrize(
    ("text", "user", "host", "port"),
    [
        ("sip:301@192.0.2.1:5061;transport=udp", "301", "192.0.2.1", 5061),
        ("sip:[2001:db8::9:1]", None, "2001:db8::9:1", None),
        ("sip:user@[2001:db8::9:1]:5070;lr", "user", "2001:db8::9:1", 5070),
        ("SIP:Host.EXAMPLE", None, "host.example", None),
        (
            "sip:user;par=u%40example.net@example.com",
            "user;par=u%40example.net",
            "example.com",
            None,
        ),
        ("sips:a?b@example.com?Subject=x", "a?b", "example.com", None),
    ],
)
def test_uris(text: str, user: str | None, host: str, port: int | None) -> None:
    uri = Uri.parse(text)
    assert (uri.user, uri.host, uri.port) == (user, host, port)
    assert Uri.parse(str(uri)) == uri


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sip:",
        "sip",
        "<sip:a@b>",
        "sip:a b@c",
        "sip:a\x0cb@c",
        "sip:a\N{NO-BREAK SPACE}b@c",
        "sip:a\N{LINE SEPARATOR}b@c",
        "sip:a\x7fb@c",
        "tel:+7\x1f",
        "sip:@h",
        "sip:u@h:99999",
        "sip:u@[::1",
        "sip:u@h_;:x y",
    ],
)
def test_what_is_no_uri(text: str) -> None:
    with pytest.raises(GrammarError):
        Uri.parse(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("sip:+79005550137@h", "+79005550137"),
        ("tel:+7900-555-01-37;phone-context=x", "+7900-555-01-37"),
        ("sip:%2B79005550137;ext=1@h;user=phone", "+79005550137"),
        ("sip:h", ""),
    ],
)
def test_number_of_a_uri(text: str, number: str) -> None:
    assert Uri.parse(text).number == number


def test_name_address_with_escapes_and_without_brackets() -> None:
    quoted = NameAddress.parse(r'"A \"B\" \\ C" <sip:a@h;lr>;tag=1')
    assert quoted.display_name == r'A "B" \ C'
    assert (quoted.tag, quoted.uri.is_loose_router) == ("1", True)
    bare = NameAddress.parse("sip:a@h;tag=2")
    assert (bare.tag, bare.uri.parameters) == ("2", ())


def test_via_with_white_space_and_rport() -> None:
    via = Via.parse("SIP  / 2.0 / UDP   h.example:5062 ;  branch =  z9hG4bKx ;rport")
    assert (via.transport, via.host, via.port, via.branch) == ("UDP", "h.example", 5062, "z9hG4bKx")
    seen = via.seen_from(Address("192.0.2.9", 40000))
    assert seen.response_address("udp") == Address("192.0.2.9", 40000)


def test_response_without_rport_goes_to_the_sender_s_host_and_the_via_s_port() -> None:
    via = Via.parse("SIP/2.0/UDP inside.example:5062;branch=z9hG4bKx")
    seen = via.seen_from(Address("192.0.2.9", 40000))
    assert seen.response_address("udp") == Address("192.0.2.9", 5062)


def test_a_sender_cannot_send_answers_elsewhere() -> None:
    via = Via.parse("SIP/2.0/UDP 192.0.2.9:5062;branch=z9hG4bKx;received=203.0.113.1;rport=53")
    source = Address("192.0.2.9", 40000)
    assert via.seen_from(source).response_address("udp") == source
    via = Via.parse("SIP/2.0/UDP 192.0.2.9:5062;branch=z9hG4bKx;received=203.0.113.1")
    seen = via.seen_from(source)
    assert seen.response_address("udp") == Address("192.0.2.9", 5062)


@pytest.mark.parametrize("received", ["2001:db8::9", "[2001:db8::9]"])
def test_received_ipv6_addresses_with_and_without_brackets(received: str) -> None:
    via = Via.parse(f"SIP/2.0/TCP [2001:db8::1]:5070;branch=z9hG4bKx;received={received}")
    assert via.response_address("tcp") == Address("2001:db8::9", 5070, "tcp")


def test_a_head_beyond_all_need_is_refused_as_too_large() -> None:
    fault = fault_of(invite("X-Long: " + "x" * HEAD_LIMIT))
    assert (fault.code, fault.status_code) == ("too_long", 513)


TOKEN = st.text(string.ascii_letters + string.digits + "-.!%*_+`'~", min_size=1, max_size=12)
VALUE = st.text(
    st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=40
).map(lambda text: text.strip(" \t"))


@given(method=TOKEN, name=TOKEN, value=VALUE, body=st.binary(max_size=64))
def test_written_messages_are_read_as_they_were(
    method: str, name: str, value: str, body: bytes
) -> None:
    extra = (canonical_name("X-" + name), value)
    headers = (
        ("Via", "SIP/2.0/UDP h.example;branch=z9hG4bK1"),
        ("From", "<sip:a@b>;tag=1"),
        ("To", "<sip:c@d>"),
        ("Call-ID", "id"),
        ("CSeq", str(SequenceNumber(7, method))),
        ("Contact", "<sip:a@b>"),
        extra,
    )
    message = Request(headers, body, method, "sip:c@d")
    if method.upper().startswith("SIP"):
        return
    assert parse_message(serialise(message)) == message


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_parse_errors(data: bytes) -> None:
    try:
        message = parse_message(data)
    except ParseError:
        return
    serialise(message)


@given(position=st.integers(0, 10**6), piece=st.binary(max_size=6), length=st.integers(0, 12))
def test_no_damage_to_a_real_message_raises_anything_but_parse_errors(
    position: int, piece: bytes, length: int
) -> None:
    data = invite("Record-Route: <sip:p1;lr>", 'Contact: "x" <sip:y@z>;q=1')
    position %= len(data)
    try:
        message = parse_message(data[:position] + piece + data[position + length :])
    except ParseError:
        return
    assert parse_message(serialise(message)) == message


@given(
    name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20),
    user=TOKEN,
    tag=TOKEN,
)
def test_name_addresses_round_trip(name: str, user: str, tag: str) -> None:
    address = NameAddress(Uri("sip", "h.example", user), name, (("tag", tag),))
    assert NameAddress.parse(str(address)) == address
