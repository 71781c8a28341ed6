"""Blind and attended transfer of a remote party, on the clock of the test."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.events import EndCause, Side, TransferState
from telephony.sip.calls.replaces import Replaces, replaces_of
from telephony.sip.effects import CallTerminated, CommandFailed, HoldChanged, TransferUpdated
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.syntax.address import NameAddress, Uri
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import OFFER, REGISTRAR, AgentBench, in_dialog, invite, reply

LOCAL = LocalMedia("192.0.2.10", 16384)
TARGET = Uri.parse("sip:302@192.0.2.1")
HELD = OFFER.replace("sendrecv", "recvonly").replace("o=- 1 1", "o=- 1 2")
REQUESTED, PROCEEDING, SUCCEEDED, FAILED = (
    TransferState.REQUESTED,
    TransferState.PROCEEDING,
    TransferState.SUCCEEDED,
    TransferState.FAILED,
)


def talking(*, account: bool = False) -> AgentBench:
    accept_from = ("192.0.2.20", REGISTRAR.host)
    bench = AgentBench(account=account, accept_from=accept_from)
    bench.receive(invite())
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack"))
    return bench


def tag_of(bench: AgentBench) -> str:
    tag = bench.responses("INVITE")[-1].recipient.tag
    assert tag is not None
    return tag


def held() -> AgentBench:
    bench = talking()
    bench.take(bench.agent.hold("far-call", bench.now_s))
    bench.receive(reply(bench.requests("INVITE")[-1], "200 OK", body=HELD))
    return bench


def transfer(bench: AgentBench, target: Uri = TARGET) -> None:
    bench.take(bench.agent.transfer("far-call", target, bench.now_s))


def referring() -> AgentBench:
    """A held call with a REFER that is not answered yet."""
    bench = held()
    transfer(bench)
    return bench


def refer(bench: AgentBench) -> Request:
    return bench.requests("REFER")[-1]


def accepted() -> AgentBench:
    bench = referring()
    bench.receive(reply(refer(bench), "202 Accepted"))
    return bench


def notify(
    bench: AgentBench,
    status: str,
    state: str = "active;expires=60",
    *headers: str,
    event: str = "refer",
    number: int = 2,
) -> int:
    """Sends a NOTIFY; returns the status of its response."""
    bench.receive(
        in_dialog(
            "NOTIFY",
            tag_of(bench),
            f"Event: {event}",
            f"Subscription-State: {state}",
            *headers,
            sequence=number,
            branch=f"notify{number}",
            body=f"SIP/2.0 {status}\r\n" if status else "",
            content_type="message/sipfrag;version=2.0",
        )
    )
    return bench.responses("NOTIFY")[-1].status_code


def states(bench: AgentBench) -> list[tuple[TransferState, int | None]]:
    return [(each.state, each.status_code) for each in bench.all(TransferUpdated)]


def ends(bench: AgentBench) -> dict[str, tuple[EndCause, int | None]]:
    return {each.call_id: (each.cause, each.status_code) for each in bench.all(CallTerminated)}


def nothing_is_left(bench: AgentBench) -> bool:
    for bye in bench.requests("BYE"):
        bench.receive(reply(bye, "200 OK"))
    bench.advance(100)
    return bench.agent.calls == () and bench.agent.transactions == 0 and not bench.agent.next_at()


# Blind.


def test_the_far_side_is_held_first_and_then_referred() -> None:
    bench = talking()
    transfer(bench)
    assert bench.requests("REFER") == []
    assert states(bench) == []
    bench.receive(reply(bench.requests("INVITE")[-1], "200 OK", body=HELD))
    assert bench.one(HoldChanged) == HoldChanged("far-call", Side.NEAR, True)
    request = refer(bench)
    assert request.required("Refer-To") == "<sip:302@192.0.2.1>"
    assert request.required("Referred-By") == "<sip:301@192.0.2.1>"
    assert request.contact is not None
    assert request.sender.tag == tag_of(bench)
    assert bench.one(TransferUpdated) == TransferUpdated("far-call", REQUESTED, "302", None)


def test_the_caller_goes_only_when_the_target_has_answered() -> None:
    bench = accepted()
    assert notify(bench, "100 Trying") == 200
    assert notify(bench, "180 Ringing", number=3) == 200
    assert notify(bench, "180 Ringing", number=4) == 200
    assert bench.requests("BYE") == []
    assert bench.agent.is_live("far-call")
    assert notify(bench, "200 OK", "terminated;reason=noresource", number=5) == 200
    assert states(bench) == [
        (REQUESTED, None),
        (PROCEEDING, 100),
        (PROCEEDING, 180),
        (SUCCEEDED, 200),
    ]
    assert len(bench.requests("BYE")) == 1
    assert ends(bench) == {"far-call": (EndCause.TRANSFERRED, None)}
    order = [
        type(each) for each in bench.effects if type(each) in (TransferUpdated, CallTerminated)
    ]
    assert order[-1] is CallTerminated
    assert nothing_is_left(bench)


def test_a_held_call_is_not_held_again() -> None:
    bench = referring()
    assert len(bench.requests("INVITE")) == 1


def test_a_far_side_that_cannot_be_held_is_referred_all_the_same() -> None:
    bench = talking()
    transfer(bench)
    bench.receive(reply(bench.requests("INVITE")[-1], "488 Not Acceptable Here"))
    assert len(bench.requests("REFER")) == 1


def test_the_refer_waits_for_a_change_that_is_under_way() -> None:
    bench = talking()
    bench.take(bench.agent.hold("far-call", bench.now_s))
    transfer(bench)
    assert bench.requests("REFER") == []
    bench.receive(reply(bench.requests("INVITE")[-1], "200 OK", body=HELD))
    assert len(bench.requests("REFER")) == 1
    assert len(bench.requests("INVITE")) == 1


def test_a_call_lost_while_it_is_put_on_hold() -> None:
    bench = talking()
    transfer(bench)
    bench.receive(reply(bench.requests("INVITE")[-1], "481 Gone"))
    assert bench.requests("REFER") == []
    assert ends(bench) == {"far-call": (EndCause.FAILED, 481)}
    assert nothing_is_left(bench)


@pytest.mark.parametrize("status", ["603 Decline", "403 Forbidden", "405 No", "501 No", "302 X"])
def test_a_refused_refer_leaves_the_call_held_and_usable(status: str) -> None:
    bench = referring()
    bench.receive(reply(refer(bench), status))
    assert states(bench) == [(REQUESTED, None), (FAILED, int(status[:3]))]
    assert bench.agent.is_live("far-call")
    assert bench.requests("BYE") == []
    bench.take(bench.agent.resume("far-call", bench.now_s))
    bench.receive(reply(bench.requests("INVITE")[-1], "200 OK", body=OFFER))
    assert bench.all(HoldChanged)[-1] == HoldChanged("far-call", Side.NEAR, False)
    # A later end of the call by the remote party is an ordinary one, and another transfer is
    # possible before it.
    transfer(bench)
    assert states(bench)[2:] == []
    bench.receive(reply(bench.requests("INVITE")[-1], "200 OK", body=HELD))
    assert len(bench.requests("REFER")) == 2


def test_a_refer_that_nobody_answers() -> None:
    bench = referring()
    bench.advance(33)
    assert states(bench)[-1] == (FAILED, 408)
    assert bench.agent.is_live("far-call")


@pytest.mark.parametrize(
    ("status", "asks", "gives"),
    [
        ("401 Unauthorized", "WWW-Authenticate", "Authorization"),
        ("407 Proxy Authentication Required", "Proxy-Authenticate", "Proxy-Authorization"),
    ],
)
def test_a_challenged_refer_is_sent_again(status: str, asks: str, gives: str) -> None:
    bench = referring()
    first = refer(bench)
    bench.receive(reply(first, status, f'{asks}: Digest realm="r", nonce="n"'))
    second = refer(bench)
    assert second.first(gives) is not None
    assert second.sequence.number == first.sequence.number + 1
    bench.receive(reply(second, "202 Accepted"))
    event = f"refer;id={second.sequence.number}"
    assert notify(bench, "200 OK", "terminated", event=event) == 200
    assert states(bench) == [(REQUESTED, None), (SUCCEEDED, 200)]


@pytest.mark.parametrize("status", ["486 Busy Here", "404 Not Found", "603 Decline", "408 X"])
def test_a_target_that_does_not_answer(status: str) -> None:
    bench = accepted()
    assert notify(bench, status, "terminated;reason=noresource") == 200
    assert states(bench)[-1] == (FAILED, int(status[:3]))
    assert bench.agent.is_live("far-call")
    assert bench.requests("BYE") == []
    bench.receive(in_dialog("BYE", tag_of(bench), sequence=3, branch="bye"))
    assert ends(bench) == {"far-call": (EndCause.FAR_END, None)}
    assert nothing_is_left(bench)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("", "terminated;reason=giveup"),
        ("100 Trying", "terminated;reason=timeout"),
        ("nonsense", "terminated"),
    ],
)
def test_a_subscription_that_ends_without_an_outcome(status: str, state: str) -> None:
    bench = accepted()
    notify(bench, status, state)
    assert states(bench)[-1] == (FAILED, None)
    assert bench.agent.is_live("far-call")


def test_a_final_status_ends_it_although_the_subscription_goes_on() -> None:
    bench = accepted()
    notify(bench, "200 OK", "active;expires=60")
    assert states(bench)[-1] == (SUCCEEDED, 200)
    assert ends(bench)["far-call"][0] is EndCause.TRANSFERRED


def test_news_may_come_before_the_refer_is_accepted() -> None:
    bench = referring()
    notify(bench, "100 Trying")
    notify(bench, "200 OK", "terminated", number=3)
    bench.receive(reply(refer(bench), "202 Accepted"))
    assert states(bench) == [(REQUESTED, None), (PROCEEDING, 100), (SUCCEEDED, 200)]
    assert nothing_is_left(bench)


def test_silence_after_the_refer_was_accepted() -> None:
    bench = accepted()
    bench.advance(31)
    assert states(bench) == [(REQUESTED, None)]
    bench.advance(2)
    assert states(bench)[-1] == (FAILED, 408)
    assert bench.agent.is_live("far-call")
    # The subscription has ended: a later NOTIFY is rejected.
    assert notify(bench, "180 Ringing") == 481


def test_a_subscription_that_runs_out() -> None:
    bench = accepted()
    notify(bench, "180 Ringing", "active;expires=90")
    bench.advance(60)
    notify(bench, "180 Ringing", "active;expires=90", number=3)
    bench.advance(89)
    assert states(bench)[-1] == (PROCEEDING, 180)
    bench.advance(2)
    assert states(bench)[-1] == (FAILED, 408)
    assert bench.agent.is_live("far-call")


def test_a_subscription_cannot_lock_the_call_for_hours() -> None:
    bench = accepted()
    notify(bench, "180 Ringing", "active;expires=4000000000")
    bench.advance(601)
    assert states(bench)[-1] == (FAILED, 408)


def test_the_far_side_may_hang_up_by_itself_once_it_took_the_refer() -> None:
    bench = accepted()
    bench.receive(in_dialog("BYE", tag_of(bench), branch="bye"))
    assert states(bench)[-1] == (SUCCEEDED, None)
    assert ends(bench) == {"far-call": (EndCause.TRANSFERRED, None)}
    assert bench.requests("BYE") == []
    assert notify(bench, "200 OK", "terminated", number=3) == 481
    assert nothing_is_left(bench)


def test_a_far_side_that_subscribes_nobody_tells_by_its_bye() -> None:
    bench = referring()
    bench.receive(reply(refer(bench), "200 OK", "Refer-Sub: false"))
    bench.receive(in_dialog("BYE", tag_of(bench), branch="bye"))
    assert ends(bench) == {"far-call": (EndCause.TRANSFERRED, None)}


def test_a_far_side_that_hangs_up_before_it_took_the_refer() -> None:
    bench = referring()
    bench.receive(in_dialog("BYE", tag_of(bench), branch="bye"))
    assert states(bench) == [(REQUESTED, None)]
    assert ends(bench) == {"far-call": (EndCause.FAR_END, None)}
    assert nothing_is_left(bench)


def test_hanging_up_in_the_middle() -> None:
    bench = accepted()
    notify(bench, "180 Ringing")
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    assert ends(bench) == {"far-call": (EndCause.NEAR_END, None)}
    assert states(bench)[-1] == (PROCEEDING, 180)
    assert nothing_is_left(bench)


@pytest.mark.parametrize(
    ("event", "status_code"),
    [("presence", 489), ("refer;id=0", 481), ("", 489)],
)
def test_news_of_something_else(event: str, status_code: int) -> None:
    bench = accepted()
    assert notify(bench, "200 OK", "terminated", event=event) == status_code
    assert states(bench) == [(REQUESTED, None)]
    if status_code == 489:
        assert bench.responses("NOTIFY")[-1].values("Allow-Events") == ("refer",)


@pytest.mark.parametrize(("event", "status_code"), [("refer", 481), ("message-summary", 489)])
def test_news_that_nobody_asked_for(event: str, status_code: int) -> None:
    assert notify(talking(), "200 OK", event=event) == status_code


def test_news_between_hold_and_refer() -> None:
    bench = talking()
    transfer(bench)
    assert notify(bench, "200 OK", "terminated") == 481
    assert bench.agent.is_live("far-call")


def test_commands_that_cannot_be_carried_out() -> None:
    bench = AgentBench()
    bench.take(bench.agent.transfer("none", TARGET, bench.now_s))
    bench.receive(invite())
    transfer(bench)
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack"))
    transfer(bench)
    transfer(bench)
    assert bench.all(CommandFailed) == [
        CommandFailed("none", "transfer", "unknown_call"),
        CommandFailed("far-call", "transfer", "wrong_state"),
        CommandFailed("far-call", "transfer", "busy"),
    ]


def test_a_telephone_number_is_referred_to_as_it_is() -> None:
    bench = held()
    transfer(bench, Uri.parse("tel:+79005550112"))
    assert refer(bench).required("Refer-To") == "<tel:+79005550112>"
    assert bench.one(TransferUpdated).target == "+79005550112"


PIECES = st.sampled_from(
    ["refer", ";id=", "2", "active", "terminated", ";expires=", ";reason=", '"', "SIP/2.0 ", "180 ",
     "\r\n", "=", ",", "<", "99999999999", "\x01", "é"]
)  # fmt: skip
TEXT = st.lists(PIECES, max_size=6).map("".join)


@given(TEXT, TEXT, TEXT)
def test_no_news_break_the_call(event: str, state: str, status: str) -> None:
    bench = accepted()
    event, state = event.replace("\r\n", ""), state.replace("\r\n", "")
    assert notify(bench, status, state, event=event) in (200, 481, 489)
    assert bench.agent.is_live("far-call")


# Attended.


def consulting(*, account: bool = True, answered: bool = True) -> AgentBench:
    """A held caller, and an outgoing call to a colleague."""
    bench = talking(account=account)
    bench.take(bench.agent.hold("far-call", bench.now_s))
    bench.receive(reply(bench.requests("INVITE")[-1], "200 OK", body=HELD))
    bench.take(bench.agent.call("our-call", TARGET, LOCAL, bench.now_s))
    status = "200 OK" if answered else "180 Ringing"
    contact = "Contact: <sip:colleague@192.0.2.22:5080>"
    sdp = OFFER if answered else ""
    bench.receive(
        reply(bench.requests("INVITE")[-1], status, contact, to_tag="colleague", body=sdp),
        REGISTRAR,
    )
    return bench


def complete(bench: AgentBench, consultation_id: str = "our-call") -> None:
    bench.take(bench.agent.transfer_attended("far-call", consultation_id, bench.now_s))


def colleague_hangs_up(bench: AgentBench) -> None:
    tag = bench.requests("INVITE")[-1].sender.tag
    assert tag is not None
    bench.receive(
        in_dialog(
            "BYE", tag, call_id="our-call", from_tag="colleague", sequence=1, branch="colleague"
        ),
        REGISTRAR,
    )


@pytest.mark.parametrize(
    ("account", "address"),
    # Through a server by the colleague's name; without a server by the Contact address.
    [(True, "sip:302@192.0.2.1"), (False, "sip:colleague@192.0.2.22:5080")],
)
def test_the_caller_takes_our_place_in_the_consultation(account: bool, address: str) -> None:
    bench = consulting(account=account)
    complete(bench)
    target = NameAddress.parse(refer(bench).required("Refer-To")).uri
    assert str(target).partition("?")[0] == address
    ours = bench.requests("INVITE")[-1].sender.tag
    assert replaces_of(target) == Replaces("our-call", "colleague", ours or "")
    assert "%3B" in target.headers
    bench.receive(reply(refer(bench), "202 Accepted"))
    notify(bench, "200 OK", "terminated;reason=noresource")
    assert states(bench) == [(REQUESTED, None), (SUCCEEDED, 200)]
    assert ends(bench) == {
        "far-call": (EndCause.TRANSFERRED, None),
        "our-call": (EndCause.TRANSFERRED, None),
    }
    assert {bye.call_id for bye in bench.requests("BYE")} == {"far-call", "our-call"}
    assert nothing_is_left(bench)


def test_the_colleague_lets_go_of_us_before_the_caller_tells() -> None:
    bench = consulting()
    complete(bench)
    bench.receive(reply(refer(bench), "202 Accepted"))
    colleague_hangs_up(bench)
    assert ends(bench) == {"our-call": (EndCause.TRANSFERRED, None)}
    notify(bench, "200 OK", "terminated")
    assert ends(bench)["far-call"] == (EndCause.TRANSFERRED, None)
    assert [bye.call_id for bye in bench.requests("BYE")] == ["far-call"]
    assert nothing_is_left(bench)


def test_the_caller_lets_go_of_us_before_it_tells() -> None:
    bench = consulting()
    complete(bench)
    bench.receive(reply(refer(bench), "202 Accepted"))
    bench.receive(in_dialog("BYE", tag_of(bench), branch="bye"))
    assert states(bench)[-1] == (SUCCEEDED, None)
    assert ends(bench) == {
        "far-call": (EndCause.TRANSFERRED, None),
        "our-call": (EndCause.TRANSFERRED, None),
    }
    assert nothing_is_left(bench)


@pytest.mark.parametrize("status", ["481 No Such Call", "486 Busy Here"])
def test_both_calls_stay_when_it_fails(status: str) -> None:
    bench = consulting()
    complete(bench)
    bench.receive(reply(refer(bench), "202 Accepted"))
    notify(bench, status, "terminated")
    assert states(bench)[-1] == (FAILED, int(status[:3]))
    assert set(bench.agent.calls) == {"far-call", "our-call"}
    colleague_hangs_up(bench)
    assert ends(bench) == {"our-call": (EndCause.FAR_END, None)}


def test_both_calls_stay_when_the_refer_is_refused() -> None:
    bench = consulting()
    complete(bench)
    bench.receive(reply(refer(bench), "603 Decline"))
    assert states(bench)[-1] == (FAILED, 603)
    assert set(bench.agent.calls) == {"far-call", "our-call"}


def test_a_colleague_who_hangs_up_before_the_refer_was_taken() -> None:
    bench = consulting()
    complete(bench)
    colleague_hangs_up(bench)
    assert ends(bench) == {"our-call": (EndCause.FAR_END, None)}
    bench.receive(reply(refer(bench), "202 Accepted"))
    notify(bench, "481 No Such Call", "terminated")
    assert states(bench)[-1] == (FAILED, 481)
    assert bench.agent.is_live("far-call")


def test_a_colleague_who_hangs_up_while_the_caller_is_put_on_hold() -> None:
    bench = talking(account=True)
    bench.take(bench.agent.call("our-call", TARGET, LOCAL, bench.now_s))
    contact = "Contact: <sip:colleague@192.0.2.22:5080>"
    ours = bench.requests("INVITE")[-1]
    bench.receive(reply(ours, "200 OK", contact, to_tag="colleague", body=OFFER), REGISTRAR)
    complete(bench)
    hold = bench.requests("INVITE")[-1]
    assert hold.call_id == "far-call"
    bench.take(bench.agent.hang_up("our-call", bench.now_s))
    bench.receive(reply(hold, "200 OK", body=HELD))
    assert bench.requests("REFER") == []
    assert states(bench) == [(FAILED, 481)]
    assert bench.agent.is_live("far-call")


def test_without_a_consultation() -> None:
    bench = held()
    complete(bench)
    complete(bench, "far-call")
    bench.take(bench.agent.transfer_attended("none", "far-call", bench.now_s))
    codes = [each.code for each in bench.all(CommandFailed)]
    assert codes == ["no_consultation", "no_consultation", "unknown_call"]


def test_a_colleague_who_still_rings_cannot_be_taken_over() -> None:
    bench = consulting(answered=False)
    complete(bench)
    assert bench.one(CommandFailed) == CommandFailed("far-call", "complete", "wrong_state")
    assert bench.requests("REFER") == []


def test_a_consultation_that_is_handed_over_itself() -> None:
    bench = consulting()
    bench.take(bench.agent.transfer("our-call", TARGET, bench.now_s))
    complete(bench)
    assert bench.one(CommandFailed).code == "busy"
