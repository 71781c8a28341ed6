"""The registration against a simulated registrar and clock (RFC 3261 section 10)."""

from __future__ import annotations

import pytest

from telephony.events import RegistrationState
from telephony.sip.effects import RegistrationUpdated
from telephony.sip.message import Request
from tests.fakes.sip_messages import REGISTRAR, AgentBench, reply

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


def test_a_wrong_password_fails_once_and_is_tried_again_slowly() -> None:
    bench = started()
    for _ in range(2):
        bench.receive(reply(last(bench), "401 Unauthorized", CHALLENGE), REGISTRAR)
    assert len(bench.requests("REGISTER")) == 2
    update = bench.all(RegistrationUpdated)[-1]
    assert (update.state, update.status_code) == (RegistrationState.FAILED, 401)
    times = []
    for _ in range(12):
        bench.advance(200)
        times.append(len(bench.requests("REGISTER")))
    assert times == sorted(set(times)), "it must be tried for ever"


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


def test_retry_after_is_heeded() -> None:
    bench = started()
    bench.receive(reply(last(bench), "503 Busy", "Retry-After: 90"), REGISTRAR)
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


def test_registration_never_lapses_in_an_eight_hour_shift() -> None:
    bench = started(chance=0.9)
    granted_until_s = 0.0
    shift_ends_s = bench.now_s + 8 * 3600
    answered = 0
    while bench.now_s < shift_ends_s:
        requests = bench.requests("REGISTER")
        if len(requests) > answered:
            answered = len(requests)
            # Every tenth answer is lost, with all its repeats for four seconds.
            if answered % 10:
                grant(bench, 120)
                granted_until_s = bench.now_s + 120
        bench.advance(0.5)
        assert bench.now_s < granted_until_s
    assert answered > 8 * 30
