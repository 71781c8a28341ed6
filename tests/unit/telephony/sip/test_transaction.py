"""The transactions against a clock that only the test moves (RFC 3261 section 17, RFC 6026)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.sip.network.transport import TransportFault
from telephony.sip.primitives import Schedule
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.message import Message, Request, Response, parse_message, with_top_via
from telephony.sip.transaction_layer import TransactionLayer
from telephony.sip.transactions import (
    AckMissing,
    RequestArrived,
    RequestTimedOut,
    RequestUndelivered,
    ResponseArrived,
    Send,
    TimerValues,
    TransactionEffect,
    TransactionKey,
)
from tests.fakes.sip_messages import FAR, in_dialog, invite, reply


class Owner:
    def on_response(self, request: Request, response: Response) -> None:
        raise AssertionError("the layer only names the owner")

    def on_timeout(self, request: Request) -> None:
        raise AssertionError("the layer only names the owner")


OWNER = Owner()
FAR_TCP = FAR._replace(transport="tcp")


class Bench:
    """A layer, and what it wanted to send, with the time."""

    def __init__(self, far: Address = FAR) -> None:
        self.far = far
        self.layer = TransactionLayer(TimerValues())
        self.now_s = 0.0
        self.sent: list[tuple[float, Message]] = []
        self.up: list[TransactionEffect] = []

    def take(self, effects: list[TransactionEffect]) -> list[TransactionEffect]:
        for effect in effects:
            if isinstance(effect, Send):
                self.sent.append((self.now_s, effect.message))
            else:
                self.up.append(effect)
        return effects

    def advance(self, duration_s: float) -> None:
        until_s = self.now_s + duration_s
        while (at_s := self.layer.next_at()) is not None and at_s <= until_s:
            self.now_s = at_s
            self.take(self.layer.on_time(at_s))
        self.now_s = until_s

    def send(self, request: Request) -> TransactionKey:
        key, effects = self.layer.send_request(request, self.far, OWNER, self.now_s)
        self.take(effects)
        return key

    def receive(self, data: bytes) -> list[TransactionEffect]:
        message = parse_message(data)
        if isinstance(message, Request):
            return self.take(self.layer.receive_request(message, self.far, self.now_s))
        return self.take(self.layer.receive_response(message, self.now_s))

    def times(self, kind: type[Request] | type[Response], method: str) -> list[float]:
        return [
            at
            for at, message in self.sent
            if isinstance(message, kind) and message.sequence.method == method
        ]


def request(data: bytes) -> Request:
    message = parse_message(data)
    assert isinstance(message, Request)
    return message


def response_to(incoming: Request, status_code: int) -> Response:
    message = parse_message(reply(incoming, f"{status_code} X", to_tag="near"))
    assert isinstance(message, Response)
    return message


INVITE = request(invite())
OPTIONS = request(in_dialog("OPTIONS", "x"))


def test_invite_is_repeated_with_doubling_intervals_until_timer_b() -> None:
    bench = Bench()
    bench.send(INVITE)
    bench.advance(40)
    assert bench.times(Request, "INVITE") == [0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5]
    assert [type(item) for item in bench.up] == [RequestTimedOut]
    assert len(bench.layer) == 0


def test_a_provisional_answer_stops_the_repeats_for_ever() -> None:
    bench = Bench()
    bench.send(INVITE)
    bench.receive(reply(INVITE, "100 Trying"))
    bench.advance(300)
    assert bench.times(Request, "INVITE") == [0]
    assert [type(item) for item in bench.up] == [ResponseArrived]


def test_a_refused_invite_is_acknowledged_on_each_repeat_and_told_once() -> None:
    bench = Bench()
    bench.send(INVITE)
    refusal = reply(INVITE, "486 Busy Here")
    bench.receive(refusal)
    bench.receive(refusal)
    acks = [m for _, m in bench.sent if isinstance(m, Request) and m.method == "ACK"]
    assert len(acks) == 2
    ack = acks[0]
    assert ack.values("Via") == INVITE.values("Via")
    assert ack.required("To") == response_to(INVITE, 486).required("To").replace("near", "far")
    assert (ack.uri, ack.sequence) == (INVITE.uri, (1, "ACK"))
    assert len(bench.up) == 1
    bench.advance(32)
    assert len(bench.layer) == 0


def test_every_2xx_goes_up_until_timer_m() -> None:
    bench = Bench()
    bench.send(INVITE)
    bench.receive(reply(INVITE, "200 OK", to_tag="one"))
    bench.receive(reply(INVITE, "200 OK", to_tag="two"))
    assert len(bench.up) == 2
    assert bench.times(Request, "ACK") == []
    bench.advance(32)
    bench.receive(reply(INVITE, "200 OK", to_tag="one"))
    assert len(bench.up) == 2


def test_other_requests_are_repeated_up_to_t2_until_timer_f() -> None:
    bench = Bench()
    bench.send(OPTIONS)
    bench.advance(40)
    assert bench.times(Request, "OPTIONS")[:6] == [0, 0.5, 1.5, 3.5, 7.5, 11.5]
    assert [type(item) for item in bench.up] == [RequestTimedOut]
    assert len(bench.layer) == 0


def test_a_final_answer_goes_up_once_and_repeats_are_absorbed_until_timer_k() -> None:
    bench = Bench()
    bench.send(OPTIONS)
    for _ in range(3):
        bench.receive(reply(OPTIONS, "200 OK"))
    assert len(bench.up) == 1
    bench.advance(5)
    assert len(bench.layer) == 0


def test_reliable_transports_repeat_nothing() -> None:
    bench = Bench(FAR_TCP)
    bench.send(INVITE)
    bench.send(OPTIONS)
    bench.advance(40)
    assert bench.times(Request, "INVITE") == [0]
    assert bench.times(Request, "OPTIONS") == [0]


def test_over_reliable_transports_nothing_waits_for_repeats() -> None:
    bench = Bench(FAR_TCP)
    bench.send(INVITE)
    bench.receive(reply(INVITE, "486 Busy Here"))
    bench.send(OPTIONS)
    bench.receive(reply(OPTIONS, "200 OK"))
    bench.advance(0)
    assert len(bench.layer) == 0


def test_over_reliable_transports_answers_are_sent_once_and_not_kept() -> None:
    bench = Bench(FAR_TCP)
    for data, status_code in ((invite(), 487), (in_dialog("BYE", "near"), 200)):
        (arrived,) = bench.receive(data)
        assert isinstance(arrived, RequestArrived)
        assert arrived.key is not None
        bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, status_code), 0))
    bench.advance(10)
    assert bench.times(Response, "INVITE") == [0]
    bench.receive(invite(body="").replace(b"INVITE", b"ACK"))
    bench.advance(0)
    assert len(bench.layer) == 0


def test_over_reliable_transports_a_refusal_still_waits_for_its_ack_until_timer_h() -> None:
    bench = Bench(FAR_TCP)
    (arrived,) = bench.receive(invite())
    assert isinstance(arrived, RequestArrived)
    assert arrived.key is not None
    bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, 487), 0))
    bench.advance(31)
    assert len(bench.layer) == 1
    bench.advance(1)
    assert [type(item) for item in bench.up] == [RequestArrived, AckMissing]
    assert len(bench.layer) == 0


def test_answers_go_back_over_the_connection_of_their_request() -> None:
    connection = Address("192.0.2.20", 40000, "tcp")
    bench = Bench(connection)
    (arrived,) = bench.receive(invite())
    assert isinstance(arrived, RequestArrived)
    assert arrived.key is not None
    answer = response_to(arrived.request, 180)
    sent_by = Address("192.0.2.20", 5060, "tcp")
    assert bench.layer.respond(arrived.key, answer, 0) == [Send(answer, connection, sent_by)]


def test_a_request_that_cannot_be_brought_to_its_peer_ends_at_once() -> None:
    bench = Bench(FAR_TCP)
    bench.send(INVITE)
    bench.send(OPTIONS)
    bench.receive(reply(OPTIONS, "100 Trying"))
    bench.up.clear()
    bench.take(bench.layer.fail(FAR, TransportFault.REFUSED, bench.now_s))
    assert bench.up == []
    bench.take(bench.layer.fail(FAR_TCP, TransportFault.REFUSED, bench.now_s))
    assert bench.up == [
        RequestUndelivered(OWNER, request, TransportFault.REFUSED) for request in (INVITE, OPTIONS)
    ]
    assert len(bench.layer) == 0


def test_a_ringing_invite_outlives_its_connection() -> None:
    bench = Bench(FAR_TCP)
    bench.send(INVITE)
    bench.receive(reply(INVITE, "180 Ringing"))
    bench.take(bench.layer.fail(FAR_TCP, TransportFault.LOST, bench.now_s))
    bench.receive(reply(INVITE, "200 OK"))
    assert [type(item) for item in bench.up] == [ResponseArrived, ResponseArrived]


def test_where_tcp_fails_the_request_goes_over_udp_and_its_cancel_after_it() -> None:
    bench = Bench(FAR_TCP)
    over_tcp = with_top_via(INVITE, replace(INVITE.top_via, transport="TCP"))
    _, effects = bench.layer.send_request(over_tcp, FAR_TCP, OWNER, 0, fallback=FAR)
    assert effects == [Send(over_tcp, FAR_TCP)]
    assert bench.layer.fail(FAR_TCP, TransportFault.REFUSED, 0) == [Send(INVITE, FAR)]
    bench.advance(2)
    assert bench.times(Request, "INVITE") == [0.5, 1.5]
    cancel = replace(over_tcp, method="CANCEL", body=b"")
    _, (sent,) = bench.layer.send_request(cancel, FAR_TCP, OWNER, bench.now_s)
    assert isinstance(sent, Send)
    assert (sent.destination, sent.message.top_via.transport) == (FAR, "UDP")


def test_a_repeated_invite_is_answered_with_the_last_provisional() -> None:
    bench = Bench()
    (arrived,) = bench.receive(invite())
    assert isinstance(arrived, RequestArrived)
    assert arrived.key is not None
    bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, 180), 0))
    assert bench.receive(invite()) == [Send(response_to(arrived.request, 180), FAR)]


def test_a_refusal_is_repeated_until_the_ack_and_then_absorbs_acks() -> None:
    bench = Bench()
    (arrived,) = bench.receive(invite())
    assert isinstance(arrived, RequestArrived)
    assert arrived.key is not None
    bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, 487), 0))
    bench.advance(4)
    assert bench.times(Response, "INVITE") == [0, 0.5, 1.5, 3.5]
    ack = invite(body="").replace(b"INVITE", b"ACK")
    assert bench.receive(ack) == []
    bench.advance(4)
    assert len(bench.times(Response, "INVITE")) == 4
    bench.advance(1)
    assert len(bench.layer) == 0


def test_a_refusal_without_ack_ends_after_timer_h() -> None:
    bench = Bench()
    (arrived,) = bench.receive(invite())
    assert isinstance(arrived, RequestArrived)
    assert arrived.key is not None
    bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, 487), 0))
    bench.advance(32)
    assert [type(item) for item in bench.up] == [RequestArrived, AckMissing]
    assert len(bench.layer) == 0


def test_an_accepted_invite_absorbs_repeats_and_passes_the_ack_on() -> None:
    bench = Bench()
    (arrived,) = bench.receive(invite())
    assert isinstance(arrived, RequestArrived)
    assert arrived.key is not None
    bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, 200), 0))
    assert bench.receive(invite()) == []
    (ack,) = bench.receive(in_dialog("ACK", "near", sequence=1, branch="other"))
    assert isinstance(ack, RequestArrived)
    assert ack.key is None


def test_a_repeated_request_gets_the_same_answer_until_timer_j() -> None:
    bench = Bench()
    data = in_dialog("BYE", "near")
    (arrived,) = bench.receive(data)
    assert isinstance(arrived, RequestArrived)
    assert arrived.key is not None
    assert bench.receive(data) == []
    bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, 200), 0))
    assert len(bench.receive(data)) == 1
    bench.advance(32)
    assert len(bench.layer) == 0


def test_old_peers_are_matched_by_the_whole_request() -> None:
    bench = Bench()
    old = invite().replace(b"branch=z9hG4bKfar1;rport", b"branch=1")
    (arrived,) = bench.receive(old)
    assert isinstance(arrived, RequestArrived)
    assert bench.receive(old) == []
    other = old.replace(b"CSeq: 1", b"CSeq: 2")
    assert isinstance(bench.receive(other)[0], RequestArrived)


def test_a_request_that_came_two_ways_is_merged() -> None:
    bench = Bench()
    bench.receive(invite(branch="one"))
    (second,) = bench.receive(invite(branch="two"))
    assert isinstance(second, RequestArrived)
    assert bench.layer.merged(second.request, second.key)


def test_an_abandoned_request_leaves_nothing() -> None:
    bench = Bench()
    key = bench.send(INVITE)
    bench.layer.abandon(key)
    assert len(bench.layer) == 0
    assert bench.layer.next_at() is None


def test_answers_to_nothing_of_ours_are_dropped() -> None:
    assert Bench().receive(reply(INVITE, "200 OK")) == []


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.one_of(st.none(), st.integers(0, 20))), max_size=60
    )
)
def test_a_schedule_gives_the_last_deadline_of_each_key_in_order(
    steps: list[tuple[str, int | None]],
) -> None:
    schedule: Schedule[str] = Schedule()
    expected: dict[str, int] = {}
    for key, at_s in steps:
        if at_s is None:
            schedule.cancel(key)
            expected.pop(key, None)
        else:
            schedule.arm(key, at_s)
            expected[key] = at_s
    assert schedule.next_at() == min(expected.values(), default=None)
    popped = []
    while (key_due := schedule.pop_due(100)) is not None:
        popped.append(key_due)
    assert sorted(popped) == sorted(expected)
    assert [expected[key] for key in popped] == sorted(expected.values())


def test_a_schedule_does_not_grow_with_rearming() -> None:
    schedule: Schedule[str] = Schedule()
    for at_s in range(10_000):
        schedule.arm("a", at_s)
    assert len(schedule) == 1
    assert schedule.pop_due(9_998) is None
    assert schedule.pop_due(9_999) == "a"


@pytest.mark.parametrize("status", ["100 Trying", "183 Progress"])
def test_while_proceeding_other_requests_are_repeated_every_t2(status: str) -> None:
    bench = Bench()
    bench.send(OPTIONS)
    bench.receive(reply(OPTIONS, status))
    bench.advance(10)
    assert bench.times(Request, "OPTIONS") == [0, 0.5, 4.5, 8.5]


def test_an_accepted_invite_is_forgotten_after_timer_l() -> None:
    for far in (FAR, FAR_TCP):
        bench = Bench(far)
        (arrived,) = bench.receive(invite())
        assert isinstance(arrived, RequestArrived)
        assert arrived.key is not None
        bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, 200), 0))
        bench.advance(31.9)
        assert bench.receive(invite()) == []
        bench.advance(0.1)
        assert len(bench.layer) == 0


def test_a_refusal_is_repeated_no_slower_than_every_t2() -> None:
    bench = Bench()
    (arrived,) = bench.receive(invite())
    assert isinstance(arrived, RequestArrived)
    assert arrived.key is not None
    bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, 487), 0))
    bench.advance(40)
    assert bench.times(Response, "INVITE") == [
        0,
        0.5,
        1.5,
        3.5,
        7.5,
        11.5,
        15.5,
        19.5,
        23.5,
        27.5,
        31.5,
    ]


def test_refusals_of_an_invite_are_absorbed_for_32_s_whatever_t1() -> None:
    bench = Bench()
    bench.layer = TransactionLayer(TimerValues(t1_s=0.01))
    bench.send(INVITE)
    bench.receive(reply(INVITE, "486 Busy Here"))
    bench.advance(31.9)
    assert len(bench.layer) == 1
    bench.advance(0.1)
    assert len(bench.layer) == 0


def test_every_timer_is_in_the_log_without_who_calls_whom(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bench = Bench()
    with caplog.at_level("DEBUG", logger="telephony"):
        bench.send(INVITE)
        bench.advance(40)
    lines = [record.getMessage() for record in caplog.records]
    branch = INVITE.top_via.branch
    assert lines == [f"timer {timer} of INVITE {branch}" for timer in "AAAAAAB"]


def test_the_ack_of_an_old_peer_s_invite_is_found() -> None:
    bench = Bench()
    old = invite().replace(b"branch=z9hG4bKfar1;rport", b"branch=1")
    (arrived,) = bench.receive(old)
    assert isinstance(arrived, RequestArrived)
    assert arrived.key is not None
    bench.take(bench.layer.respond(arrived.key, response_to(arrived.request, 486), 0))
    ack = invite(body="", to_tag="near").replace(b"branch=z9hG4bKfar1;rport", b"branch=1")
    assert bench.receive(ack.replace(b"INVITE", b"ACK")) == []
    bench.advance(5)
    assert len(bench.layer) == 0
