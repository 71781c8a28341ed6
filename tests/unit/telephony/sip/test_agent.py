"""Responses of the user agent to requests other than calls, without leftover state."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.events import RegistrationState
from telephony.sip.effects import CallOffered, CallTerminated, MediaAgreed, RegistrationUpdated
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.message import Response
from tests.fakes.sip_messages import (
    FAR,
    OFFER,
    REGISTRAR,
    AgentBench,
    in_dialog,
    invite,
    reply,
    sip,
)

STRANGER = Address("203.0.113.66", 5060)
VALID = Path(__file__).parents[3] / "data" / "sip" / "valid"


def outside(method: str, *headers: str, uri: str = "sip:301@192.0.2.10:5070") -> bytes:
    return sip(
        f"{method} {uri} SIP/2.0",
        "Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bKout;rport",
        "From: <sip:x@192.0.2.20>;tag=far",
        "To: <sip:301@192.0.2.1>",
        "Call-ID: outside",
        f"CSeq: 1 {method}",
        "Max-Forwards: 0",
        "Contact: <sip:x@192.0.2.20>",
        *headers,
    )


def status_of(bench: AgentBench, method: str) -> int:
    (response,) = bench.responses(method)
    return response.status_code


def test_options_is_answered_with_what_we_can() -> None:
    bench = AgentBench()
    bench.receive(outside("OPTIONS"))
    (response,) = bench.responses("OPTIONS")
    assert response.status_code == 200
    assert {"INVITE", "ACK", "BYE", "CANCEL", "OPTIONS"} <= set(response.values("Allow"))
    assert {"UPDATE", "INFO", "PRACK", "REFER", "NOTIFY"} <= set(response.values("Allow"))
    assert response.values("Accept") == ("application/sdp",)
    assert response.recipient.tag


@pytest.mark.parametrize(
    ("method", "status_code"),
    [
        ("SUBSCRIBE", 405),
        ("REGISTER", 405),
        ("MESSAGE", 405),
        ("NOTIFY", 481),
        ("UPDATE", 481),
        ("INFO", 481),
        ("PRACK", 481),
        ("BREAKDANCE", 501),
        ("REFER", 603),
        ("BYE", 481),
    ],
)
def test_other_methods(method: str, status_code: int) -> None:
    bench = AgentBench()
    bench.receive(outside(method))
    assert status_of(bench, method) == status_code
    if status_code in (405, 501):
        assert "INVITE" in bench.responses(method)[0].values("Allow")


@pytest.mark.parametrize(
    "name",
    ["Require", "Accept", "Supported", "Allow", "Reason", "Privacy", "Diversion", "Call-Info",
     "P-Asserted-Identity", "Referred-By", "Replaces", "Session-Expires", "Content-Type", "X-Line"],
)  # fmt: skip
def test_quotes_that_do_not_end_harm_nobody(name: str) -> None:
    bench = AgentBench()
    bench.receive(invite(f'{name}: "no end'))
    status_code = bench.responses("INVITE")[-1].status_code
    assert status_code in (180, 400, 415)
    assert len(bench.all(CallOffered)) == (status_code == 180)


def test_an_ack_of_nothing_is_not_answered() -> None:
    bench = AgentBench()
    bench.receive(outside("ACK"))
    assert bench.sent_at == []


def test_unknown_extensions() -> None:
    bench = AgentBench()
    bench.receive(invite("Require: 100rel, flying"))
    (response,) = bench.responses("INVITE")
    assert response.status_code == 420
    assert response.values("Unsupported") == ("flying",)


@pytest.mark.parametrize("uri", ["tels:1", "nobody-knows:this", "soap.beep://192.0.2.103:3002"])
def test_unknown_uri_schemes(uri: str) -> None:
    bench = AgentBench()
    bench.receive(outside("OPTIONS", uri=uri))
    assert status_of(bench, "OPTIONS") == 416


@pytest.mark.parametrize(
    ("data", "status_code"),
    [
        (invite().replace(b"application/sdp", b"application/isup"), 415),
        (invite("Content-Encoding: gzip"), 415),
        (invite("Accept: text/plain"), 406),
        (invite(body="nothing that SDP could be"), 400),
        (invite().replace(b"sip:301@192.0.2.10:5070 SIP/2.0", b"<sip:301@h> SIP/2.0"), 400),
        (invite().replace(b" SIP/2.0\r\n", b" SIP/3.0\r\n", 1), 505),
        (invite().replace(b"CSeq: 1 INVITE", b"CSeq: 1 OPTIONS"), 400),
        (invite(to_tag="never-heard-of"), 481),
        (invite().replace(b"<sip:caller@192.0.2.20:5060>", b"<tel:+79005550137>"), 400),
    ],
)
def test_invites_that_are_refused(data: bytes, status_code: int) -> None:
    bench = AgentBench()
    bench.receive(data)
    responses = [message for _, message in bench.sent_at]
    assert [getattr(message, "status_code", 0) for message in responses] == [status_code]
    assert bench.all(CallOffered) == []
    assert bench.agent.calls == ()


@pytest.mark.parametrize(
    ("method", "status_code"), [("OPTIONS", 400), ("REFER", 400), ("BREAKDANCE", 501)]
)
def test_a_method_that_its_cseq_does_not_name(method: str, status_code: int) -> None:
    bench = AgentBench()
    bench.receive(outside(method).replace(f"CSeq: 1 {method}".encode(), b"CSeq: 1 INVITE"))
    (message,) = [message for _, message in bench.sent_at]
    assert isinstance(message, Response)
    assert message.status_code == status_code


def test_a_request_with_one_readable_via_is_answered_by_it() -> None:
    bench = AgentBench()
    bench.receive(invite().replace(b";rport\r\n", b";rport;;,;,,\r\n"))
    (response,) = bench.responses("INVITE")
    assert response.status_code == 400
    assert [response.top_via.branch] == ["z9hG4bKfar1"]
    assert len(response.values("Via")) == 1


def test_answers_that_are_not_for_us_are_dropped_and_counted() -> None:
    bench = AgentBench(account=True)
    bench.take(bench.agent.start(bench.now_s))
    (register,) = bench.requests("REGISTER")
    ok = reply(register, "200 OK")
    for wrong in (
        ok.replace(b"From:", b"Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bKx\r\nFrom:"),
        ok.replace(b"z9hG4bKnear", b"z9hG4bKother"),
        ok.replace(b"UDP 192.0.2.10:5070", b"UDP 192.0.2.11:5070"),
        ok.replace(b"1 REGISTER", b"1 OPTIONS"),
        ok.replace(b"200 OK", b"4294967301 better not break the receiver"),
        ok.replace(b"CSeq: 1 ", b"CSeq: 9292394834772304023312 "),
    ):
        bench.receive(wrong, REGISTRAR)
    assert sum(bench.agent.dropped.values()) == 6
    assert bench.agent.dropped["response_of_another"] == 1
    assert bench.agent.dropped["response_unknown"] == 3
    assert bench.all(RegistrationUpdated)[-1].state is RegistrationState.REGISTERING
    bench.receive(ok.replace(b"200 OK", b"200 = 2**3 * 5**2 \xd0\xbd\xd0\xbe"), REGISTRAR)
    assert bench.all(RegistrationUpdated)[-1].state is RegistrationState.REGISTERED


def test_an_offer_among_other_parts_is_found() -> None:
    body = (
        "preamble\r\n--b1\r\nContent-Type: application/ISUP;version=x\r\n\r\n\x01\x02\r\n"
        f"--b1\r\ncontent-type : application/sdp\r\nContent-Disposition: session\r\n\r\n{OFFER}"
        "\r\n--b1--\r\nepilogue"
    )
    bench = AgentBench()
    mixed = b'Content-Type: multipart/mixed; boundary="b1"'
    bench.receive(invite(body=body).replace(b"Content-Type: application/sdp", mixed))
    bench.take(bench.agent.answer("far-call", LocalMedia("192.0.2.10", 16384), bench.now_s))
    assert bench.responses("INVITE", 200)
    assert bench.one(MediaAgreed).media.port == 4000


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/mixed;boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/mixed", "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b--\r\n"),
        ("multipart/mixed;boundary=b", "--b\r\n" * 100),
        ("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/sdp"),
        ('multipart/mixed;boundary="b', "--b\r\n\r\n--b--"),
        (
            "multipart/mixed;boundary=b",
            "--b\r\nContent-Type: application/sdp\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            "dj0w\r\n--b--\r\n",
        ),
    ],
)
def test_parts_without_an_offer_are_refused(content_type: str, body: str) -> None:
    bench = AgentBench()
    data = invite(body=body).replace(b"application/sdp", content_type.encode(), 1)
    bench.receive(data)
    assert status_of(bench, "INVITE") == 415


def test_strangers_get_no_answer_and_are_counted() -> None:
    bench = AgentBench()
    for data in (invite(), outside("OPTIONS"), invite().replace(b"CSeq: 1", b"CSeq: x")):
        bench.receive(data, STRANGER)
    assert bench.sent_at == []
    assert bench.agent.transactions == 0
    assert sum(bench.agent.dropped.values()) == 3


def test_everybody_may_call_where_that_is_set() -> None:
    bench = AgentBench(accept_from=("*",))
    bench.receive(invite(), STRANGER)
    assert bench.all(CallOffered)


def test_within_a_call_the_far_side_s_address_does_not_matter() -> None:
    bench = AgentBench()
    bench.receive(invite())
    bench.take(bench.agent.answer("far-call", LocalMedia("192.0.2.10", 16384), bench.now_s))
    tag = bench.responses("INVITE")[-1].recipient.tag
    assert tag is not None
    bench.receive(in_dialog("ACK", tag, sequence=1), STRANGER)
    bench.receive(in_dialog("BYE", tag), STRANGER)
    assert status_of(bench, "BYE") == 200


def test_options_within_a_call() -> None:
    bench = AgentBench()
    bench.receive(invite())
    tag = bench.responses("INVITE")[-1].recipient.tag
    assert tag is not None
    bench.receive(in_dialog("OPTIONS", tag))
    assert status_of(bench, "OPTIONS") == 200


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"\0", b"  "])
def test_keep_alives_are_no_messages(data: bytes) -> None:
    bench = AgentBench()
    assert bench.receive(data) == []
    assert sum(bench.agent.dropped.values()) == 0


def test_a_phone_that_calls_itself_has_two_calls() -> None:
    bench = AgentBench(accept_from=("192.0.2.10",))
    bench.receive(invite())
    bench = AgentBench()
    bench.receive(invite(call_id="same", branch="one"))
    bench.receive(invite(call_id="same", branch="two").replace(b"tag=far", b"tag=someone-else"))
    first, second = (offered.call_id for offered in bench.all(CallOffered))
    assert first == "same"
    assert second.startswith("same;")


@pytest.mark.parametrize(
    "call_id", [b"caf\xe9", b"two words", b"\x1b[2J", b"x" * 5000, "Ё".encode()]
)
def test_a_call_id_that_nobody_could_write_down_is_not_the_call_s_name(call_id: bytes) -> None:
    bench = AgentBench()
    bench.receive(invite().replace(b"far-call", call_id))
    name = bench.one(CallOffered).call_id
    assert name == "call-2"
    cancel = invite(body="").replace(b"far-call", call_id).replace(b"INVITE", b"CANCEL")
    bench.receive(cancel)
    assert bench.one(CallTerminated).call_id == name
    bench.advance(100)
    assert bench.agent.calls == ()


def test_unusual_but_valid_messages_leave_nothing_behind() -> None:
    bench = AgentBench(accept_from=("*",))
    for path in sorted(VALID.glob("*.sip")):
        bench.receive(path.read_bytes())
    bench.advance(400)
    assert bench.agent.calls == ()
    assert bench.agent.transactions == 0
    assert bench.agent.next_at() is None


DAMAGE = st.tuples(st.integers(0, 2000), st.binary(max_size=8), st.integers(0, 20))
STEPS = st.sampled_from(
    ["invite", "ack", "bye", "cancel", "re-invite", "options", "answer", "time"]
)


@given(st.lists(st.tuples(STEPS, st.one_of(st.none(), DAMAGE)), max_size=12))
def test_whatever_comes_in_whatever_order_nothing_raises_and_nothing_stays(
    steps: list[tuple[str, tuple[int, bytes, int] | None]],
) -> None:
    bench = AgentBench(accept_from=("*",))
    for number, (step, damage) in enumerate(steps):
        responses = bench.responses("INVITE")
        tag = (responses[-1].recipient.tag if responses else None) or "none"
        match step:
            case "answer":
                local = LocalMedia("192.0.2.10", 16384)
                bench.take(bench.agent.answer("far-call", local, bench.now_s))
                continue
            case "time":
                bench.advance(7)
                continue
            case "invite":
                data = invite(branch=f"i{number}")
            case "ack":
                data = in_dialog("ACK", tag, sequence=1, branch=f"a{number}")
            case "bye":
                data = in_dialog("BYE", tag, sequence=number + 2, branch=f"b{number}")
            case "cancel":
                data = invite(body="", branch="i0").replace(b"INVITE", b"CANCEL")
            case "re-invite":
                contact = "Contact: <sip:m@192.0.2.21>"
                data = in_dialog(
                    "INVITE", tag, contact, sequence=number + 2, branch=f"r{number}", body=OFFER
                )
            case _:
                data = outside("OPTIONS")
        if damage is not None:
            position, piece, length = damage
            position %= len(data)
            data = data[:position] + piece + data[position + length :]
        bench.receive(data, FAR)
    for call_id in bench.agent.calls:
        bench.take(bench.agent.hang_up(call_id, bench.now_s))
    bench.advance(400)
    assert bench.agent.calls == ()
    assert bench.agent.transactions == 0
    assert bench.agent.next_at() is None
