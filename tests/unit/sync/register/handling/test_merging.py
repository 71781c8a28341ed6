"""Concurrent work of two people on one message: one order, and no decision is lost silently."""

from __future__ import annotations

from copy import copy

from hypothesis import given
from hypothesis import strategies as st

from sync.register.handling import step_facts
from sync.register.handling.events import Event, Source, Step
from sync.register.handling.history import Overtaken, merged
from sync.register.handling.step_facts import Facts, Link, LinkKind
from sync.register.messages import State
from tests.unit.sync.register.handling.way import (
    COLLEAGUE,
    EXPLAINED,
    GOOD,
    MESSAGE,
    MODERATOR,
    NUMBERED,
    ORGAN,
    OTHER,
    REFUSED_ON,
    ROUTED,
    Way,
    answered,
    at_organ,
    submitted,
    under_review,
)

LINKED = step_facts.Linked(Link(LinkKind.SPLIT_INTO, OTHER))
ELSEWHERE = step_facts.Routed("roads", ORGAN, "Дорога городская.")


def both(way: Way) -> tuple[Way, Way]:
    """The same message in the central database and here; later events have different identities."""
    here = copy(way)
    here._count = 500
    return way, here


def test_what_happened_here_alone_stays_as_it_is() -> None:
    there, here = both(submitted())
    here.step(Step.TAKE_UP).step(Step.REGISTER, NUMBERED)
    outcome = merged(MESSAGE, there.history.events, here.history.events)
    assert outcome.history == here.history
    assert outcome.again == here.history.events[-2:]
    assert outcome.overtaken == ()
    assert merged(MESSAGE, (), here.history.events).history == here.history


def test_what_happened_elsewhere_alone_is_followed() -> None:
    there, here = both(submitted())
    there.step(Step.TAKE_UP, by=COLLEAGUE)
    outcome = merged(MESSAGE, there.history.events, here.history.events)
    assert (outcome.history, outcome.again, outcome.overtaken) == (there.history, (), ())


def test_the_second_who_takes_a_message_up_is_told_who_has_it_and_what_he_did_is_kept() -> None:
    there, here = both(submitted())
    there.step(Step.TAKE_UP, by=COLLEAGUE)
    here.later(1).step(Step.TAKE_UP).step(Step.REFUSE, REFUSED_ON)
    outcome = merged(MESSAGE, there.history.events, here.history.events)
    taken_up = there.history.events[-1]
    assert outcome.history == there.history
    assert outcome.overtaken == tuple(Overtaken(own, taken_up) for own in here.history.events[-2:])
    assert outcome.history.standing.taken_by == COLLEAGUE


def test_a_decision_made_of_a_former_text_does_not_hold() -> None:
    there, here = both(at_organ())
    there.step(Step.REDIRECT, ELSEWHERE, COLLEAGUE)
    here.step(Step.REDIRECT, step_facts.Routed("gas", ORGAN, "Газ."))  # the table would allow it
    outcome = merged(MESSAGE, there.history.events, here.history.events)
    assert outcome.history.standing.organ == "roads"
    assert [lost.event.step for lost in outcome.overtaken] == [Step.REDIRECT]


def test_what_only_adds_holds_on_both_sides_and_moves_behind() -> None:
    there, here = both(under_review())
    here.step(Step.LINK, LINKED).step(Step.REGISTER, NUMBERED)
    there.later(2).step(Step.LINK_CALL, step_facts.CallLinked(OTHER), COLLEAGUE)
    outcome = merged(MESSAGE, there.history.events, here.history.events)
    assert outcome.overtaken == ()
    assert [event.step for event in outcome.again] == [Step.LINK, Step.REGISTER]
    assert outcome.history.standing.state is State.REGISTERED
    # Ordered after the events that the central database had first.
    assert {event.at for event in outcome.again} == {there.history.events[-1].at}
    both_sides = merged(MESSAGE, outcome.history.events, outcome.history.events)
    assert (both_sides.history, both_sides.again) == (outcome.history, ())


def test_what_users_did_holds_beside_a_decision_where_the_table_lets_it() -> None:
    there, here = both(answered().step(Step.SEND_ANSWER))
    there.step(Step.WITHHOLD, EXPLAINED, COLLEAGUE)
    here.step(Step.RATE, GOOD, Source.PLATFORM)
    outcome = merged(MESSAGE, there.history.events, here.history.events)
    assert outcome.overtaken == ()
    assert outcome.history.standing.state is State.RATED
    there.step(Step.RATE, GOOD, COLLEAGUE)
    outcome = merged(MESSAGE, there.history.events, here.history.events)
    assert [lost.event.by for lost in outcome.overtaken] == [Source.PLATFORM]


_DEEDS: tuple[tuple[Step, Facts], ...] = (
    (Step.TAKE_UP, step_facts.NoFacts()),
    (Step.RELEASE, step_facts.NoFacts()),
    (Step.CORRECT, step_facts.Told(submitted().standing.contents)),
    (Step.REGISTER, NUMBERED),
    (Step.REFUSE, REFUSED_ON),
    (Step.SEND_TO_ORGAN, ROUTED),
    (Step.REDIRECT, ELSEWHERE),
    (Step.LINK, LINKED),
)
_DONE = st.lists(st.sampled_from(_DEEDS), max_size=5)


@given(_DONE, _DONE)
def test_whatever_two_did_is_in_the_history_once_or_told_once(
    theirs: list[tuple[Step, Facts]], ours: list[tuple[Step, Facts]]
) -> None:
    there, here = both(submitted())
    for step, told in theirs:
        there.try_step(step, told, COLLEAGUE)
    for step, told in ours:
        here.try_step(step, told, MODERATOR)
    held, own = there.history.events, here.history.events
    outcome = merged(MESSAGE, held, own)
    assert outcome.history.events == (*held, *outcome.again)
    told_of = [lost.event for lost in outcome.overtaken]
    assert _ids(outcome.again) | _ids(told_of) == _ids(own) - _ids(held)
    assert len(outcome.again) + len(told_of) == len(_ids(own) - _ids(held))
    # The central database accepts them unchanged, and nothing remains to be sent.
    after = merged(MESSAGE, outcome.history.events, own)
    assert after.history == outcome.history
    moments = [event.at for event in outcome.history.events]
    assert moments == sorted(moments)


def _ids(events: tuple[Event, ...] | list[Event]) -> set[object]:
    return {event.id for event in events}
