"""Incidents: grouping of callers, responsibility, and precedence of concurrent texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.handling.events import person
from sync.register.incidents import (
    LONGEST_TEXT,
    OF_CALLS,
    Incident,
    IncidentAct,
    IncidentEvent,
    IncidentProblem,
    IncidentState,
    IncidentStep,
    Outbreak,
    OutbreakRules,
    Sighting,
    call_linked,
    incidents_of,
    is_same,
    name_in,
    outbreaks,
    speaks_of,
    streets_of,
    taken,
)
from sync.register.people.operators import Operator, Role

NOW = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)
RULES = OutbreakRules()
WATER, LIGHT = "water/off", "light/off"
SENIOR = Operator(UUID(int=1), "starshaya", "Старшая Нина", Role.SUPERVISOR)
SECOND = Operator(UUID(int=2), "vtoraya", "Вторая Вера", Role.SUPERVISOR)
OPERATOR = Operator(UUID(int=3), "orlova", "Орлова Наталья", Role.OPERATOR)
TEXT = "На Лесной прорвало водовод. Воду дадут к 22 часам."


def told(
    text: str, *, caller: str = "", minutes_ago: float = 1, matter: str | None = WATER
) -> Sighting:
    at = NOW - timedelta(minutes=minutes_ago)
    return Sighting(caller or f"{text} {minutes_ago}", at, text, matter)


# --- grouping ---


def test_three_callers_who_write_the_street_in_three_ways_are_one_outbreak() -> None:
    seen = (
        told("Нет воды на Лесной, 5", minutes_ago=14),
        told("ул. Лесная, д. 12, сухой кран", minutes_ago=7),
        told("воды нет с утра, лесная 30"),
    )

    (found,) = outbreaks(seen, RULES, NOW)

    assert (found.callers, found.matter) == (3, WATER)
    assert found.first_at == NOW - timedelta(minutes=14)
    assert found.told[0] == "воды нет с утра, лесная 30"
    assert speaks_of("по лесной кран сухой", found.streets)


@pytest.mark.parametrize(
    "third",
    [
        told("ул. Горная, 3, нет воды"),
        told("ул. Лесная, 3, нет света", matter=LIGHT),
        told("ул. Лесная, 3, нет воды", matter=None),
        told("ул. Лесная, 3, нет воды", minutes_ago=15),
        told("нет воды третий час"),
        told("ул. Лесная, 3, нет воды", caller="the first"),
    ],
    ids=["street", "category", "no category", "too long ago", "no street", "the same caller"],
)
def test_two_callers_and_another_one_are_none(third: Sighting) -> None:
    seen = (told("ул. Лесная, 1", caller="the first"), told("ул. Лесная, 2"), third)

    assert outbreaks(seen, RULES, NOW) == ()


def test_two_streets_are_two_outbreaks_and_that_with_more_callers_is_first() -> None:
    seen = [told(f"ул. Лесная, {house}") for house in range(1, 4)]
    seen += [told(f"ул. Горная, {house}") for house in range(1, 6)]

    found = outbreaks(seen, RULES, NOW)

    assert [one.callers for one in found] == [5, 3]
    assert not found[0].streets & found[1].streets


def test_one_street_and_one_matter_are_the_same_whoever_called() -> None:
    def outbreak_on(street: str, matter: str) -> Outbreak:
        seen = [told(f"{street}, {house}", matter=matter) for house in range(1, 4)]
        (found,) = outbreaks(seen, RULES, NOW)
        return found

    one = outbreak_on("ул. Лесная", WATER)
    assert is_same(one, outbreak_on("на Лесной", WATER))
    assert not is_same(one, outbreak_on("ул. Лесная", LIGHT))
    assert not is_same(one, outbreak_on("ул. Горная", WATER))


def test_none_is_offered_where_the_city_wants_none() -> None:
    seen = [told(f"ул. Лесная, {house}") for house in range(1, 9)]

    assert outbreaks(seen, OutbreakRules(callers=0), NOW) == ()


STREETS = ("ул. Лесная, 1", "ул. Горная, 2", "нет воды на Лесной", "пр. Мира, 4", "тихо")
SEEN = st.builds(
    Sighting,
    caller=st.sampled_from("абвгде"),
    at=st.integers(-40, 5).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    told=st.sampled_from(STREETS),
    matter=st.sampled_from([WATER, LIGHT, None]),
)


@given(st.lists(SEEN, max_size=25), st.integers(1, 5), st.integers(1, 30))
def test_outbreaks_hold_what_the_rules_say(seen: list[Sighting], callers: int, within: int) -> None:
    rules = OutbreakRules(callers, timedelta(minutes=within))

    found = outbreaks(seen, rules, NOW)

    assert found == outbreaks(list(reversed(seen)), rules, NOW)
    for one in found:
        own = {
            each.caller
            for each in seen
            if each.matter == one.matter
            and NOW - rules.within < each.at <= NOW
            and speaks_of(each.told, one.streets)
        }
        assert callers <= one.callers <= len(own)
        assert NOW - rules.within < one.first_at <= one.last_at <= NOW
    # no caller that belongs to an incident is left out
    for matter in (WATER, LIGHT):
        for street in ("лесн", "горн", "мира"):
            own = {
                each.caller
                for each in seen
                if each.matter == matter
                and NOW - rules.within < each.at <= NOW
                and speaks_of(each.told, frozenset({street}))
            }
            if len(own) >= callers:
                assert any(one.matter == matter for one in found)


def test_a_street_is_known_without_its_kind_and_by_the_callers_own_words() -> None:
    assert streets_of("Лесная") == streets_of("ул. Лесная") == streets_of("лесная")
    assert streets_of("  ") == frozenset()
    assert name_in("нет воды на Лесной с утра", streets_of("ул. Лесная")) == "Лесной"
    assert not speaks_of("в лесу горит костёр", streets_of("ул. Лесная"))
    assert not speaks_of("ул. Лесная, 4", frozenset())


# --- responsibility ---


class Ledger:
    """Applies events by the rules, one after the other."""

    def __init__(self) -> None:
        self.events: list[IncidentEvent] = []
        self._number = 1000

    @property
    def known(self) -> tuple[Incident, ...]:
        return incidents_of(self.events)

    def take(
        self,
        act: IncidentAct,
        by: Operator = SENIOR,
        *,
        id: int = 77,
        street: str = "ул. Лесная",
        text: str = TEXT,
        based_on: int = 0,
        seen: Sequence[Incident] | None = None,
    ) -> IncidentEvent | IncidentProblem:
        self._number += 1
        at = NOW + timedelta(seconds=self._number)
        step = IncidentStep(act, UUID(int=id), street, WATER, text, based_on)
        known = self.known if seen is None else seen
        made = taken(step, known, by, at, UUID(int=self._number))
        if isinstance(made, IncidentEvent):
            self.events.append(made)
        return made


def test_an_operator_proposes_and_the_supervisor_declares_edits_and_ends() -> None:
    ledger = Ledger()

    ledger.take(IncidentAct.PROPOSED, OPERATOR, text="Разбираемся.")
    (proposed,) = ledger.known
    ledger.take(IncidentAct.DECLARED, based_on=1)
    ledger.take(IncidentAct.EDITED, text="Воду дали.", based_on=2)
    (edited,) = ledger.known
    ledger.take(IncidentAct.ENDED)
    (ended,) = ledger.known

    assert (proposed.state, proposed.text) == (IncidentState.PROPOSED, "Разбираемся.")
    assert (edited.state, edited.text, edited.version) == (IncidentState.DECLARED, "Воду дали.", 3)
    assert (ended.state, ended.text) == (IncidentState.ENDED, "Воду дали.")
    assert ended.ended_at is not None
    assert ended.declared_at is not None
    assert [one.by.name for one in ended.versions] == [OPERATOR.name, *[SENIOR.name] * 3]
    assert not ended.is_open


@pytest.mark.parametrize("act", [IncidentAct.DECLARED, IncidentAct.EDITED, IncidentAct.ENDED])
def test_an_operator_leads_no_incident(act: IncidentAct) -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.PROPOSED, OPERATOR)

    assert ledger.take(act, OPERATOR, based_on=1) is IncidentProblem.NOT_ALLOWED


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OBSERVER, Role.ADMINISTRATOR])
def test_who_takes_no_calls_proposes_none(role: Role) -> None:
    by = replace(OPERATOR, role=role)

    assert Ledger().take(IncidentAct.PROPOSED, by) is IncidentProblem.NOT_ALLOWED


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"street": " "}, IncidentProblem.STREET_MISSING),
        ({"text": " \n"}, IncidentProblem.TEXT_MISSING),
        ({"text": "а" * (LONGEST_TEXT + 1)}, IncidentProblem.TEXT_TOO_LONG),
    ],
)
def test_what_is_missing_is_told(wrong: dict[str, str], problem: IncidentProblem) -> None:
    ledger = Ledger()

    assert ledger.take(IncidentAct.DECLARED, **wrong) is problem  # type: ignore[arg-type]  # of one kind
    assert ledger.events == []


def test_there_is_one_incident_for_a_street_and_matter_until_it_is_over() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)

    again = ledger.take(IncidentAct.PROPOSED, OPERATOR, id=78, street="Лесная")
    ledger.take(IncidentAct.ENDED)
    anew = ledger.take(IncidentAct.DECLARED, id=79, street="Лесная")

    assert again is IncidentProblem.KNOWN_ALREADY
    assert isinstance(anew, IncidentEvent)
    assert [one.id.int for one in ledger.known] == [79, 77]


def test_a_proposal_that_is_none_is_declined_and_can_be_declared_no_more() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.PROPOSED, OPERATOR)
    ledger.take(IncidentAct.ENDED)

    assert ledger.known[0].state is IncidentState.DECLINED
    assert ledger.take(IncidentAct.DECLARED, based_on=2) is IncidentProblem.OVER


def test_an_edit_over_a_text_that_was_not_seen_is_refused() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)
    ledger.take(IncidentAct.EDITED, text="Воду дадут к 23 часам.", based_on=1)

    late = ledger.take(IncidentAct.EDITED, SECOND, text="Воду дадут утром.", based_on=1)

    assert late is IncidentProblem.OVERTAKEN
    assert ledger.known[0].text == "Воду дадут к 23 часам."


def test_of_two_edits_made_apart_the_later_holds_everywhere_and_both_are_kept() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)
    seen = ledger.known
    ledger.take(IncidentAct.EDITED, text="К 23 часам.", based_on=1, seen=seen)
    ledger.take(IncidentAct.EDITED, SECOND, text="Утром.", based_on=1, seen=seen)

    for order in permutations(ledger.events):
        (one,) = incidents_of(order)
        assert one.text == "Утром."
        assert [version.text for version in one.versions] == [TEXT, "К 23 часам.", "Утром."]
        assert [version.holds for version in one.versions] == [True, False, True]


def test_who_has_seen_a_text_has_the_last_word_with_a_slow_clock_too() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)
    ledger.take(IncidentAct.EDITED, SECOND, text="Утром.", based_on=1)
    # a workplace whose clock is an hour behind
    ledger.events[-1] = replace(ledger.events[-1], at=NOW - timedelta(hours=1))

    for order in permutations(ledger.events):
        (one,) = incidents_of(order)
        assert (one.text, one.version) == ("Утром.", 2)


def test_an_end_is_an_end_whatever_is_written_beside_it() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)
    seen = ledger.known
    ledger.take(IncidentAct.ENDED, seen=seen)
    ledger.take(IncidentAct.EDITED, SECOND, text="Утром.", based_on=1, seen=seen)

    assert ledger.known[0].state is IncidentState.ENDED


# --- declared concurrently at two workplaces ---


def begun_apart(
    first: IncidentAct = IncidentAct.DECLARED, second: IncidentAct = IncidentAct.DECLARED
) -> Ledger:
    ledger = Ledger()
    ledger.take(first)
    ledger.take(second, SECOND, id=78, street="Лесная", text="Чинят.", seen=())
    return ledger


def test_what_two_workplaces_declare_at_once_is_one_incident_for_all() -> None:
    ledger = begun_apart()
    ledger.events += [linked(1, 10), linked(2, 11, incident=78), linked(3, 11)]

    for order in permutations(ledger.events):
        (one,) = incidents_of(order)
        assert (one.id.int, {id.int for id in one.ids}) == (77, {77, 78})
        assert (one.state, one.text, one.calls) == (IncidentState.DECLARED, "Чинят.", 2)
        assert [version.holds for version in one.versions] == [False, True]


@pytest.mark.parametrize("id", [77, 78])
def test_the_one_is_edited_and_ended_under_either_identity(id: int) -> None:
    ledger = begun_apart()

    edited = ledger.take(IncidentAct.EDITED, id=id, text="Утром.", based_on=1)
    assert isinstance(edited, IncidentEvent)
    assert [one.text for one in ledger.known] == ["Утром."]
    assert ledger.take(IncidentAct.DECLARED, id=id, based_on=2) is IncidentProblem.OVERTAKEN
    assert isinstance(ledger.take(IncidentAct.ENDED, SECOND, id=id), IncidentEvent)

    assert [one.state for one in ledger.known] == [IncidentState.ENDED]


def test_what_is_declared_beside_a_proposal_is_ended_whole() -> None:
    ledger = begun_apart(first=IncidentAct.PROPOSED)
    (one,) = ledger.known
    assert (one.id.int, one.state, one.text) == (78, IncidentState.DECLARED, "Чинят.")

    ledger.take(IncidentAct.ENDED, id=one.id.int)

    assert [one.state for one in ledger.known] == [IncidentState.ENDED]


def test_two_proposals_of_one_thing_are_declined_at_once() -> None:
    ledger = begun_apart(first=IncidentAct.PROPOSED, second=IncidentAct.PROPOSED)

    ledger.take(IncidentAct.ENDED)

    assert [one.state for one in ledger.known] == [IncidentState.DECLINED]


def test_a_proposal_declined_here_takes_nothing_with_it_that_was_declared_elsewhere() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.PROPOSED, OPERATOR)
    proposed = ledger.known
    ledger.take(IncidentAct.DECLARED, SECOND, id=78, seen=())
    ledger.take(IncidentAct.ENDED, seen=proposed)

    for order in permutations(ledger.events):
        assert {one.id.int: one.state for one in incidents_of(order)} == {
            77: IncidentState.DECLINED,
            78: IncidentState.DECLARED,
        }


@pytest.mark.parametrize("other", [{"street": "ул. Горная"}, {}], ids=["street", "after the end"])
def test_another_street_and_another_evening_are_another_incident(other: dict[str, str]) -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)
    if not other:
        ledger.take(IncidentAct.ENDED)
    ledger.take(IncidentAct.DECLARED, SECOND, id=78, **other)  # type: ignore[arg-type]  # of one kind

    assert [one.id.int for one in ledger.known] == [78, 77]


def test_what_a_slow_clock_declares_after_an_end_is_not_over_with_it() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)
    ledger.take(IncidentAct.ENDED)
    ended = ledger.events[-1] = replace(ledger.events[-1], at=NOW + timedelta(hours=1))

    ledger.take(IncidentAct.DECLARED, SECOND, id=78)

    assert [one.state for one in ledger.known] == [IncidentState.DECLARED, IncidentState.ENDED]
    assert ledger.events[-1].at > ended.at


# --- calls ---


def linked(
    number: int, call: int, incident: int = 77, act: IncidentAct = IncidentAct.CALL_LINKED
) -> IncidentEvent:
    return call_linked(
        UUID(int=number), UUID(int=incident), UUID(int=call), person(OPERATOR), NOW, act=act
    )


def unlinked(number: int, call: int) -> IncidentEvent:
    return linked(number, call, act=IncidentAct.CALL_UNLINKED)


def test_each_call_counts_once_and_changes_no_text() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)
    ledger.events += [linked(1, 10), linked(2, 11), linked(3, 11), linked(1, 10)]

    (one,) = ledger.known

    assert (one.calls, one.text, one.version) == (2, TEXT, 1)


def test_a_call_that_is_linked_no_more_counts_no_more_in_whatever_order_it_is_heard() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)
    taken_back = [linked(1, 10), unlinked(2, 10), linked(3, 11)]

    for order in permutations(taken_back):
        (one,) = incidents_of([*ledger.events, *order])
        assert (one.calls, one.text, one.version) == (1, TEXT, 1)
    for order in permutations([*taken_back, linked(4, 10)]):
        assert incidents_of([*ledger.events, *order])[0].calls == 2


def test_calls_of_an_incident_that_has_not_come_yet_show_none() -> None:
    assert incidents_of([linked(1, 10)]) == ()


@pytest.mark.parametrize(
    ("text", "matter", "fits"),
    [
        ("нет воды на лесной", WATER, True),
        ("нет воды на лесной", None, True),
        ("Лесная, 15: кран сухой", None, True),
        ("нет света на лесной", LIGHT, False),
        ("нет воды на горной", WATER, False),
        ("нет воды", WATER, False),
        ("", None, False),
    ],
)
def test_a_caller_fits_by_street_and_by_category_where_there_is_one(
    text: str, matter: str | None, fits: bool
) -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)

    assert ledger.known[0].concerns(text, matter) is fits


def test_an_outbreak_of_what_is_declared_is_not_offered_anew() -> None:
    ledger = Ledger()
    ledger.take(IncidentAct.DECLARED)
    seen = [told(f"ул. Лесная, {house}") for house in range(1, 4)]
    seen += [told(f"ул. Лесная, {house}", matter=LIGHT) for house in range(4, 8)]

    light, water = outbreaks(seen, RULES, NOW)

    assert ledger.known[0].covers(water)
    assert not ledger.known[0].covers(light)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([act for act in IncidentAct if act not in OF_CALLS]),
            st.sampled_from([SENIOR, SECOND, OPERATOR]),
            st.integers(77, 79),
            st.integers(0, 5),
            st.sampled_from(["а", "б", ""]),
        ),
        max_size=20,
    ),
    st.randoms(use_true_random=False),
)
def test_whatever_is_asked_the_events_come_to_one_state_in_any_order(
    asked: list[tuple[IncidentAct, Operator, int, int, str]], random: object
) -> None:
    ledger = Ledger()
    for act, by, id, based_on, text in asked:
        street = f"ул. {('Лесная', 'Горная', 'Полевая')[id - 77]}"
        before = ledger.known
        made = ledger.take(act, by, id=id, street=street, text=text, based_on=based_on)
        if isinstance(made, IncidentProblem):
            assert ledger.known == before
    mixed = list(ledger.events)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis tells no type
    assert incidents_of(mixed) == ledger.known
    for one in ledger.known:
        assert [version.number for version in one.versions] == list(range(1, len(one.versions) + 1))
        led = [version for version in one.versions if version.act is not IncidentAct.PROPOSED]
        assert all(version.by.role is Role.SUPERVISOR for version in led)
        assert (one.ended_at is not None) is (not one.is_open)
