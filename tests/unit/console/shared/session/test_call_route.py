"""Route of an incoming call as reported by the phone, as text and for the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.shared.session import call_words
from console.shared.session.live_calls import LiveCalls, route_of
from sync.register.calls.calls import NO_ROUTE, CallRoute
from telephony.events import CallFacts, Diversion
from tests.fakes.console_phone import LINE, Call
from tests.fakes.whole_desk import NO_SCREEN

pytestmark = NO_SCREEN

FACTS = CallFacts(
    queue="ЖКХ", referred_by="205", diversions=(Diversion("+79005550190"), Diversion("100"))
)


def test_the_last_diversion_counts_and_a_line_is_no_queue() -> None:
    live = LiveCalls()
    call = live.begin(replace(Call().ringing(), facts=FACTS))
    assert route_of(call) == CallRoute("ЖКХ", "205", "+79005550190")
    other = live.begin(replace(Call("b@test.invalid").ringing(), facts=CallFacts(queue=LINE)))
    assert route_of(other) == NO_ROUTE


def test_a_console_that_was_not_there_at_the_ring_learns_it_too() -> None:
    call = LiveCalls().take_over(replace(Call().snapshot(answered=True), facts=FACTS))
    assert route_of(call).queue == "ЖКХ"


@pytest.mark.parametrize(
    ("route", "told"),
    [
        (NO_ROUTE, ""),
        (CallRoute(queue="ЖКХ"), "очередь «ЖКХ»"),
        (
            CallRoute("ЖКХ", "205", "+79005550190"),
            "очередь «ЖКХ» · передал 205 · переадресован с +7 (900) 555-01-90",
        ),
    ],
)
def test_a_way_is_told_as_far_as_it_is_known(route: CallRoute, told: str) -> None:
    assert call_words.route(route) == told
