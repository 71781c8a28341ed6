"""The registration against a simulated registrar and clock (RFC 3261 section 10)."""

from __future__ import annotations

import pytest

from telephony.events import RegistrationState
from telephony.sip.effects import Datagram, RegistrationUpdated
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.syntax.address import Address, Uri
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import NEAR, REGISTRAR, AgentBench, reply

LOCAL = LocalMedia(NEAR.host, 4000)

CHALLENGE = 'WWW-Authenticate: Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256'


def started(*, chance: float = 0.5, expires_s: int = 300) -> AgentBench:
    bench = AgentBench(account=True, chance=chance, expires_s=expires_s)
    bench.take(bench.agent.start(bench.now_s))
    return bench


def last(bench: AgentBench) -> Request:
    return bench.requests("REGISTER")[-1]


def grant(bench: AgentBench, expires_s: int = 300) -> None:
    contact = last(bench).required("Contact")
    bench.receive(
        reply(last(bench), "200 OK", f"Contact: {contact};expires={expires_s}"), REGISTRAR
    )


def states(bench: AgentBench) -> list[RegistrationState]:
    return [update.state for update in bench.all(RegistrationUpdated)]


def test_register_with_digest() -> None:
    bench = started()
    first = last(bench)
    assert first.uri == "sip:192.0.2.1"
    assert first.required("Expires") == "300"
    bench.receive(reply(first, "401 Unauthorized", CHALLENGE), REGISTRAR)
    second = last(bench)
    assert "algorithm=SHA-256" in second.required("Authorization")
    assert second.call_id == first.call_id
    assert second.sequence.number == first.sequence.number + 1
    assert second.top_via.branch != first.top_via.branch
    grant(bench)
    assert states(bench) == [RegistrationState.REGISTERING, RegistrationState.REGISTERED]


@pytest.mark.parametrize(("chance", "due_s"), [(0.0, 50.0), (0.5, 70.0), (0.999999, 90.0)])
def test_refresh_between_half_and_nine_tenths_of_what_was_granted(
    chance: float, due_s: float
) -> None:
    bench = started(chance=chance)
    grant(bench, 100)
    bench.advance(due_s - 0.1)
    assert len(bench.requests("REGISTER")) == 1
    bench.advance(0.2)
    assert len(bench.requests("REGISTER")) == 2


def test_refresh_leaves_time_for_lost_datagrams() -> None:
    bench = started(chance=0.999999)
    grant(bench, 40)
    bench.advance(30.1)
    assert len(bench.requests("REGISTER")) == 2


def test_a_wrong_password_is_told_and_tried_again_for_ever_but_never_locks_the_account() -> None:
    bench = started(chance=0.0)
    tried_at = []
    ends_s = bench.now_s + 6 * 3600
    while bench.now_s < ends_s:
        seen = len(bench.requests("REGISTER"))
        bench.receive(reply(last(bench), "401 Unauthorized", CHALLENGE), REGISTRAR)
        assert len(bench.requests("REGISTER")) == seen + 1, "once with the password"
        tried_at.append(bench.now_s)
        bench.receive(reply(last(bench), "401 Unauthorized", CHALLENGE), REGISTRAR)
        update = bench.all(RegistrationUpdated)[-1]
        assert (update.state, update.status_code) == (RegistrationState.FAILED, 401)
        while len(bench.requests("REGISTER")) == seen + 1:
            bench.advance(1)
    assert max(sum(at <= other < at + 600 for other in tried_at) for at in tried_at) <= 4
    assert len(tried_at) > 6 * 6


def test_a_wrong_password_is_not_hurried_by_a_change_of_the_network() -> None:
    bench = started()
    for _ in range(2):
        bench.receive(reply(last(bench), "401 Unauthorized", CHALLENGE), REGISTRAR)
    for _ in range(5):
        bench.take(bench.agent.refresh_registration(bench.now_s))
    assert len(bench.requests("REGISTER")) == 2


def test_a_person_may_try_a_refused_password_at_once() -> None:
    bench = started()
    for _ in range(2):
        bench.receive(reply(last(bench), "401 Unauthorized", CHALLENGE), REGISTRAR)
    bench.take(bench.agent.renew_registration(bench.now_s))
    assert len(bench.requests("REGISTER")) == 3
    grant(bench)
    assert states(bench)[-1] is RegistrationState.REGISTERED


def test_a_person_hears_how_things_stand_while_the_registrar_is_silent() -> None:
    bench = started()
    bench.advance(8.1)
    bench.take(bench.agent.renew_registration(bench.now_s))
    bench.advance(8.1)
    assert states(bench)[1:] == [RegistrationState.FAILED] * 2


def test_nobody_registers_a_phone_that_has_left() -> None:
    bench = started()
    grant(bench)
    bench.take(bench.agent.stop(bench.now_s))
    asked = len(bench.requests("REGISTER"))
    bench.take(bench.agent.renew_registration(bench.now_s))
    assert len(bench.requests("REGISTER")) == asked


def test_a_stale_nonce_is_renewed_at_once() -> None:
    bench = started()
    bench.receive(reply(last(bench), "401 Unauthorized", CHALLENGE), REGISTRAR)
    fresh = 'WWW-Authenticate: Digest realm="r", nonce="n2", qop="auth", stale=true'
    bench.receive(reply(last(bench), "401 Unauthorized", fresh), REGISTRAR)
    assert 'nonce="n2"' in last(bench).required("Authorization")
    grant(bench)
    assert states(bench)[-1] is RegistrationState.REGISTERED


def test_a_registrar_that_always_says_stale_does_not_spin() -> None:
    bench = started()
    for number in range(20):
        stale = f'WWW-Authenticate: Digest realm="r", nonce="s{number}", stale=true'
        bench.receive(reply(last(bench), "401 Unauthorized", stale), REGISTRAR)
    assert len(bench.requests("REGISTER")) <= 5
    assert states(bench)[-1] is RegistrationState.FAILED


def test_a_silent_registrar_is_met_within_five_seconds_of_its_return() -> None:
    bench = started()
    bench.advance(600)
    assert states(bench)[-1] is RegistrationState.FAILED
    assert bench.all(RegistrationUpdated)[-1].status_code is None
    sent_before = len(bench.requests("REGISTER"))
    back_at_s = bench.now_s
    bench.advance(5)
    assert len(bench.requests("REGISTER")) > sent_before
    sent_at_s = next(at for at, message in bench.sent_at if at > back_at_s)
    assert sent_at_s - back_at_s <= 5
    grant(bench)
    assert states(bench)[-1] is RegistrationState.REGISTERED


@pytest.mark.parametrize("status", ["503 Busy", "480 Temporarily Unavailable"])
def test_retry_after_is_heeded(status: str) -> None:
    bench = started()
    bench.receive(reply(last(bench), status, "Retry-After: 90 (maintenance)"), REGISTRAR)
    bench.advance(89)
    assert len(bench.requests("REGISTER")) == 1
    bench.advance(1.2)
    assert len(bench.requests("REGISTER")) == 2


def test_a_too_short_time_is_lengthened() -> None:
    bench = started(expires_s=60)
    bench.receive(reply(last(bench), "423 Interval Too Brief", "Min-Expires: 600"), REGISTRAR)
    assert last(bench).required("Expires") == "600"


def test_stop_leaves_the_registrar_with_credentials() -> None:
    bench = started()
    grant(bench)
    bench.take(bench.agent.stop(bench.now_s))
    assert last(bench).required("Expires") == "0"
    assert not bench.agent.settled
    bench.receive(reply(last(bench), "401 Unauthorized", CHALLENGE), REGISTRAR)
    bench.receive(reply(last(bench), "200 OK"), REGISTRAR)
    assert bench.agent.settled
    bench.advance(3600)
    assert states(bench)[-1] is RegistrationState.OFF
    assert bench.agent.next_at() is None


def test_the_refresh_gives_its_credentials_at_once() -> None:
    bench = started()
    bench.receive(reply(last(bench), "401 Unauthorized", CHALLENGE), REGISTRAR)
    grant(bench, 100)
    bench.advance(70.1)
    assert len(bench.requests("REGISTER")) == 3
    assert "nc=00000002" in last(bench).required("Authorization")


def test_two_realms_on_the_way_are_both_answered() -> None:
    bench = started()
    proxy = 'Proxy-Authenticate: Digest realm="edge", nonce="p1", qop="auth"'
    bench.receive(reply(last(bench), "407 Proxy Authentication Required", proxy), REGISTRAR)
    bench.receive(reply(last(bench), "401 Unauthorized", CHALLENGE), REGISTRAR)
    final = last(bench)
    assert 'realm="edge"' in final.required("Proxy-Authorization")
    assert 'realm="r"' in final.required("Authorization")
    grant(bench)
    assert states(bench)[-1] is RegistrationState.REGISTERED


def test_other_phones_of_the_user_and_their_times_do_not_count() -> None:
    bench = started(chance=0.0)
    ours = last(bench).required("Contact")
    bench.receive(
        reply(
            last(bench),
            "200 OK",
            "Contact: <sip:301@192.0.2.10:5071>;expires=3000, not a contact",
            "Contact: <sip:301@192.0.2.10:5070;transport=tcp>;expires=2000",
            f'Contact: "Here" {ours};q=0.5;expires=200, <sip:301@192.0.2.99>;expires=1000',
            "Expires: 4000",
        ),
        REGISTRAR,
    )
    bench.advance(99.9)
    assert len(bench.requests("REGISTER")) == 1
    bench.advance(0.2)
    assert len(bench.requests("REGISTER")) == 2


def test_a_registrar_that_takes_our_contact_out_at_once_has_not_registered_us() -> None:
    bench = started()
    grant(bench, 0)
    assert states(bench)[-1] is RegistrationState.FAILED
    bench.advance(5)
    assert len(bench.requests("REGISTER")) > 1


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Moved Temporarily"])
def test_a_redirect_is_followed_and_forgotten_when_it_fails(status: str) -> None:
    bench = started()
    bench.receive(
        reply(last(bench), status, "Contact: <tel:1>, <sip:192.0.2.7:5090>;expires=60"), REGISTRAR
    )
    assert last(bench).uri == "sip:192.0.2.7:5090"
    assert bench.all(Datagram)[-1].destination == Address("192.0.2.7", 5090)
    grant(bench, 100)
    assert states(bench)[-1] is RegistrationState.REGISTERED
    bench.take(bench.agent.call("c", Uri("sip", "192.0.2.1", "302"), LOCAL, bench.now_s))
    assert bench.all(Datagram)[-1].destination == Address("192.0.2.7", 5090)
    bench.advance(70.1)
    assert last(bench).uri == "sip:192.0.2.7:5090"
    bench.advance(5)
    assert last(bench).uri == "sip:192.0.2.1"


def test_a_circle_of_redirects_ends() -> None:
    bench = started()
    for _ in range(20):
        bench.receive(
            reply(last(bench), "302 Moved Temporarily", "Contact: <sip:192.0.2.1>"), REGISTRAR
        )
    assert states(bench)[-1] is RegistrationState.FAILED
    assert len(bench.requests("REGISTER")) <= 5


def test_the_service_route_is_used_for_calls_until_the_next_registration_has_none() -> None:
    bench = started()
    route = "<sip:edge.example:5080;lr>"
    contact = last(bench).required("Contact")
    bench.receive(
        reply(
            last(bench),
            "200 OK",
            f"Contact: {contact};expires=100",
            f"Service-Route: {route}, <sip:home.example;lr>",
        ),
        REGISTRAR,
    )
    assert last(bench).values("Supported") == ("path",)
    target = Uri("sip", "192.0.2.1", "302")
    bench.take(bench.agent.call("one", target, LOCAL, bench.now_s))
    (invite,) = bench.requests("INVITE")
    assert invite.values("Route") == (route, "<sip:home.example;lr>")
    assert bench.all(Datagram)[-1].destination == Address("edge.example", 5080)
    bench.receive(reply(invite, "486 Busy Here"), REGISTRAR)
    assert bench.requests("ACK")[-1].values("Route") == invite.values("Route")
    bench.advance(80)
    grant(bench, 100)
    bench.take(bench.agent.call("two", target, LOCAL, bench.now_s))
    assert bench.requests("INVITE")[-1].values("Route") == ()
    assert bench.all(Datagram)[-1].destination == REGISTRAR


def test_a_change_of_the_network_or_a_resume_registers_at_once() -> None:
    bench = started()
    grant(bench)
    bench.take(bench.agent.refresh_registration(bench.now_s))
    assert len(bench.requests("REGISTER")) == 2
    grant(bench)
    assert states(bench) == [
        RegistrationState.REGISTERING,
        RegistrationState.REGISTERED,
        RegistrationState.REGISTERED,
    ]


def test_a_new_address_takes_the_place_of_the_former_binding() -> None:
    bench = started()
    grant(bench)
    contact = Uri("sip", "198.51.100.4", "301", 5070)
    bench.take(bench.agent.rebind(contact, bench.now_s))
    assert last(bench).values("Contact") == (
        f"<{contact}>",
        f"<sip:301@{NEAR.host}:{NEAR.port}>;expires=0",
    )
    assert last(bench).top_via.host == "198.51.100.4"
    bench.receive(reply(last(bench), "200 OK", f"Contact: <{contact}>;expires=100"), REGISTRAR)
    bench.advance(90)
    assert last(bench).values("Contact") == (f"<{contact}>",)


def test_a_lost_address_that_comes_back_is_not_taken_out() -> None:
    bench = started()
    grant(bench)
    former = Uri("sip", NEAR.host, "301", NEAR.port)
    away = Uri("sip", "198.51.100.4", "301", 5070)
    bench.take(bench.agent.rebind(away, bench.now_s))
    bench.take(bench.agent.rebind(former, bench.now_s))
    assert last(bench).values("Contact") == (f"<{former}>", f"<{away}>;expires=0")


def test_stop_before_any_answer_asks_nothing() -> None:
    bench = started()
    bench.take(bench.agent.stop(bench.now_s))
    assert bench.agent.settled
    assert len(bench.requests("REGISTER")) == 1
    assert bench.agent.next_at() is None
