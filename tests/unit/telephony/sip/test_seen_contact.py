"""A phone behind an address translator."""

from __future__ import annotations

import itertools

import pytest

from telephony.sip.offer_answer import LocalMedia
from telephony.sip.primitives import contact_seen, is_private
from telephony.sip.syntax.address import Address, Uri, Via
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import FAR, OFFER, REGISTRAR, AgentBench, in_dialog, invite, reply
from tests.fakes.sip_registrar import SimulatedNetwork, SimulatedRegistrar

INSIDE = Address("10.0.0.7", 5070)
OUTSIDE = Address("203.0.113.9", 40001)
LOCAL = LocalMedia("10.0.0.7", 16384)
OWN = "sip:301@10.0.0.7:5070"


@pytest.mark.parametrize(
    ("via", "contact", "seen"),
    [
        ("UDP 10.0.0.7:5070;received=203.0.113.9;rport=40001", OWN, "sip:301@203.0.113.9:40001"),
        ("UDP 10.0.0.7:5070;rport=40001", OWN, "sip:301@10.0.0.7:40001"),
        ("UDP 10.0.0.7:5070;received=203.0.113.9", OWN, "sip:301@203.0.113.9:5070"),
        ("UDP 10.0.0.7:5070;received=10.0.0.7;rport=5070", OWN, OWN),
        ("UDP 10.0.0.7:5070;rport", OWN, OWN),
        ("UDP 10.0.0.7:5070;received=127.0.0.1;rport=40001", OWN, OWN),
        ("UDP 10.0.0.7:5070;received=0.0.0.0;rport=40001", OWN, OWN),
        ("UDP 10.0.0.7:5070;received=nonsense;rport=40001", OWN, OWN),
        ("UDP 10.0.0.7:5070;received=203.0.113.9;rport=0", OWN, "sip:301@203.0.113.9:5070"),
        ("UDP 10.0.0.7:5070;received=203.0.113.9;rport=99999", OWN, "sip:301@203.0.113.9:5070"),
        # The source port of a TCP connection differs from the listening port, translated or not.
        ("TCP 10.0.0.7:5070;received=10.0.0.7;rport=51234", OWN, OWN),
        (
            "TLS 10.0.0.7:5070;received=203.0.113.9;rport=51234",
            OWN + ";transport=tls",
            "sip:301@203.0.113.9:51234;transport=tls",
        ),
        (
            "UDP 127.0.0.1:5070;received=127.0.0.9;rport=4000",
            "sip:301@127.0.0.1:5070",
            "sip:301@127.0.0.9:4000",
        ),
        (
            "UDP [fd00::7]:5070;received=[2001:db8::9];rport=40001",
            "sip:301@[fd00::7]:5070",
            "sip:301@[2001:db8::9]:40001",
        ),
    ],
)
def test_the_address_that_a_server_tells(via: str, contact: str, seen: str) -> None:
    assert str(contact_seen(Via.parse(f"SIP/2.0/{via}"), Uri.parse(contact))) == seen


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("10.1.2.3", True),
        ("172.31.0.1", True),
        ("172.32.0.1", False),
        ("192.168.1.1", True),
        ("100.64.0.1", True),
        ("203.0.113.9", False),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("2001:db8::1", False),
        ("pbx.example", False),
    ],
)
def test_addresses_that_mean_another_machine_in_every_network(host: str, private: bool) -> None:
    assert is_private(host) is private


def behind_translator(*, learns_contact: bool = True) -> tuple[AgentBench, SimulatedRegistrar]:
    bench = AgentBench(
        account=True, learns_contact=learns_contact, near=INSIDE, accept_from=("10.0.0.8",)
    )
    registrar = SimulatedRegistrar(REGISTRAR)
    registrar.sees = lambda: OUTSIDE
    return bench, registrar


def run(bench: AgentBench, registrar: SimulatedRegistrar, until_s: float) -> SimulatedNetwork:
    network = SimulatedNetwork(bench.agent, (registrar,))
    network.take(bench.agent.start(0.0))
    network.run(until_s)
    return network


def test_the_registrar_gets_the_address_that_it_sees_in_place_of_our_own() -> None:
    bench, registrar = behind_translator()
    run(bench, registrar, 1.0)
    assert list(registrar.bindings) == ["sip:301@203.0.113.9:40001"]
    assert len(registrar.registered_at) == 2


def test_our_own_address_stays_where_that_is_wanted() -> None:
    bench, registrar = behind_translator(learns_contact=False)
    run(bench, registrar, 1.0)
    assert list(registrar.bindings) == [OWN]


def test_another_address_is_learnt_at_the_next_registration() -> None:
    bench, registrar = behind_translator()
    network = run(bench, registrar, 1.0)
    registrar.sees = lambda: OUTSIDE._replace(port=40777)
    network.run(400.0)
    live = [uri for uri, until_s in registrar.bindings.items() if until_s > 400.0]
    assert live == ["sip:301@203.0.113.9:40777"]
    registrar.sees = lambda: INSIDE
    network.run(800.0)
    assert [uri for uri, until_s in registrar.bindings.items() if until_s > 800.0] == [OWN]


def test_the_keep_alive_finds_out_about_another_address() -> None:
    bench = AgentBench(account=True, near=INSIDE, keep_alive_s=30)
    registrar = SimulatedRegistrar(REGISTRAR)
    registrar.sees = lambda: OUTSIDE
    network = run(bench, registrar, 1.0)
    registrar.sees = lambda: OUTSIDE._replace(port=40777)
    network.run(32.0)
    assert [uri for uri in registrar.bindings if "40777" in uri]
    ports = itertools.count(41000)
    registrar.sees = lambda: OUTSIDE._replace(port=next(ports))
    network.run(100.0)
    registrations = len(registrar.registered_at)
    network.run(130.0)
    assert len(registrar.registered_at) == registrations, "it is not pestered about each port"


def test_a_translator_that_never_shows_the_same_port_does_not_have_us_register_for_ever() -> None:
    bench, registrar = behind_translator()
    ports = itertools.count(40001)
    registrar.sees = lambda: OUTSIDE._replace(port=next(ports))
    network = run(bench, registrar, 10.0)
    assert len(registrar.registered_at) == 4
    network.run(310.0)
    assert len(registrar.registered_at) <= 7


def answer_register(bench: AgentBench, seen: Address) -> None:
    """Answers each pending REGISTER with 200, until the phone sends no further one."""
    request = bench.requests("REGISTER")[-1]
    while True:
        data = reply(request, "200 OK").replace(
            b";rport;", f";rport={seen.port};received={seen.host};".encode()
        )
        bench.receive(data, REGISTRAR)
        if bench.requests("REGISTER")[-1] == request:
            return
        request = bench.requests("REGISTER")[-1]


def registered(seen: Address = OUTSIDE) -> AgentBench:
    bench, _ = behind_translator()
    bench.take(bench.agent.start(bench.now_s))
    answer_register(bench, seen)
    return bench


def contact(message: Request) -> str:
    return message.required("Contact")


def test_calls_name_the_address_that_the_server_sees_but_send_from_our_own() -> None:
    bench = registered()
    bench.take(bench.agent.call("our-call", Uri.parse("sip:302@192.0.2.1"), LOCAL, bench.now_s))
    (request,) = bench.requests("INVITE")
    assert contact(request) == "<sip:301@203.0.113.9:40001>"
    assert (request.top_via.host, request.top_via.port) == INSIDE[:2]
    assert b"c=IN IP4 10.0.0.7" in request.body


def test_a_call_that_is_up_learns_of_the_change() -> None:
    bench = registered()
    bench.take(bench.agent.call("our-call", Uri.parse("sip:302@192.0.2.1"), LOCAL, bench.now_s))
    (request,) = bench.requests("INVITE")
    far = "Contact: <sip:302@192.0.2.20>"
    bench.receive(reply(request, "200 OK", far, body=OFFER), REGISTRAR)
    bench.take(bench.agent.refresh_registration(bench.now_s))
    answer_register(bench, OUTSIDE._replace(port=40777))
    _, moved = bench.requests("INVITE")
    assert contact(moved) == "<sip:301@203.0.113.9:40777>"
    assert b"c=IN IP4 10.0.0.7" in moved.body


def test_a_neighbour_is_told_our_own_address() -> None:
    bench = registered()
    neighbour = Address("10.0.0.8", 5060)
    offer = OFFER.replace("192.0.2.20", neighbour.host)
    bench.receive(invite(body=offer).replace(b"192.0.2.20", b"10.0.0.8"), neighbour)
    assert bench.responses("INVITE", 180)[0].required("Contact") == f"<{OWN}>"
    target = Uri.parse("sip:302@10.0.0.8")
    bench.take(bench.agent.call("our-call", target, LOCAL, bench.now_s, directly=True))
    assert contact(bench.requests("INVITE")[-1]) == f"<{OWN}>"
    bench.receive(invite(call_id="from-outside", branch="outside"), REGISTRAR)
    outside = bench.responses("INVITE", 180)[-1]
    assert outside.required("Contact") == "<sip:301@203.0.113.9:40001>"


def test_another_network_is_learnt_anew() -> None:
    bench = registered()
    bench.take(bench.agent.rebind(Uri.parse("sip:301@192.168.1.5:5070"), bench.now_s))
    request = bench.requests("REGISTER")[-1]
    assert request.values("Contact") == (
        "<sip:301@192.168.1.5:5070>",
        "<sip:301@203.0.113.9:40001>;expires=0",
    )
    answer_register(bench, Address("192.168.1.5", 5070))
    bench.receive(invite(), REGISTRAR)
    assert bench.responses("INVITE", 180)[0].required("Contact") == "<sip:301@192.168.1.5:5070>"
    tag = bench.responses("INVITE", 180)[0].recipient.tag or ""
    bench.receive(in_dialog("BYE", tag), FAR)
