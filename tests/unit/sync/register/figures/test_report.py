"""The report of a period, and the lists of 2.6 and 7.9: parts add up to totals, without personal
data.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from sync.register.calendar.terms import DaysOf
from sync.register.checks.finding import Ground
from sync.register.figures.course import SentAnswer, TermBasis
from sync.register.figures.figures import MessageFigures, Spread, Street, street_of, sum_of
from sync.register.figures.reckoner import Reckoner
from sync.register.figures.report import (
    Group,
    StreetGroup,
    Unfit,
    message_report,
    other_organs,
    overdue_now,
    together,
    unfit_groups,
)
from sync.register.figures.tables import Channel, CountedMessage, counted, table_of
from sync.register.handling import step_facts
from sync.register.handling.answers import AnswerTermRule, RuleSource
from sync.register.handling.events import Step
from sync.register.messages import State
from sync.register.people.operators import Person, Role
from tests.unit.sync.register.figures.counted_messages import rules, told
from tests.unit.sync.register.handling import way as ways
from tests.unit.sync.register.handling.way import BEGAN, CONTENTS, ORGAN, Way

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 25)
ROADS = step_facts.Routed("roads", ORGAN, "Фонарь стоит на дороге.")
CATEGORY = step_facts.RefusedOn(frozenset({Ground.CATEGORY}), "Такой темы на платформе нет.")


def corrected(category: str) -> Way:
    way = ways.under_review()
    return way.step(Step.CORRECT, step_facts.Told(replace(CONTENTS, category=category)))


@st.composite
def messages(draw: st.DrawFn) -> CountedMessage:
    """Messages of all kinds, as ``counted`` returns them."""
    outcome = draw(st.sampled_from(["waiting", "registered", "refused", "duplicates"]))
    review = draw(
        st.sampled_from(
            ["review_running", "review_overdue"]
            if outcome == "waiting"
            else ["reviewed_in_time", "reviewed_late"]
        )
    )
    days = st.lists(st.integers(0, 40), max_size=3).map(lambda days: Spread(tuple(days)))
    others = draw(
        st.dictionaries(st.sampled_from(["solved", "bad", "kept", "reworks"]), st.integers(0, 3))
    )
    by = st.integers(1, 3).map(lambda low: Person(UUID(int=low), f"Имя {low}", Role.OPERATOR))
    counts: dict[str, Any] = {outcome: 1, review: 1, **others}
    return CountedMessage(
        id=draw(st.uuids()),
        number=None,
        on=FIRST + timedelta(days=draw(st.integers(-1, 4))),
        state=draw(st.sampled_from(State)),
        topic=draw(st.none() | st.sampled_from(["light", "roads"])),
        category=draw(st.none() | st.sampled_from(["light/lamp", "roads/hole"])),
        organ=draw(st.none() | st.sampled_from(["lighting", "roads"])),
        street=draw(
            st.none() | st.sampled_from([Street("мир", "Мира"), Street("киров", "ул. Кирова")])
        ),
        channel=draw(st.sampled_from(Channel)),
        decided_by=draw(st.none() | by),
        grounds=draw(st.frozensets(st.sampled_from(Ground), max_size=2)),
        figures=replace(
            MessageFigures(),
            **counts,
            review_days=draw(days),
            answer_days=draw(days),
        ),
    )


@given(st.lists(messages(), max_size=12, unique_by=lambda one: one.id))
def test_every_side_adds_up_to_the_total(found: list[CountedMessage]) -> None:
    report = message_report(found, FIRST, LAST)
    inside = [one for one in found if FIRST <= one.on <= LAST]
    sides: tuple[tuple[Group[object], ...], ...] = (
        report.by_day,
        report.by_channel,
        report.by_topic,
        report.by_category,
        report.by_organ,
        report.by_street,
        report.by_operator,
    )
    for side in sides:
        total = sum_of(group.figures for group in side)
        for field in fields(MessageFigures):
            was, now = getattr(report.total.figures, field.name), getattr(total, field.name)
            if isinstance(was, Spread):
                assert sorted(was.days) == sorted(now.days)
            else:
                assert was == now
        told_once = [one.id for group in side for one in group.messages]
        assert sorted(told_once) == sorted(one.id for one in inside)
    assert report.total.figures.received == len(inside)
    assert report.total.figures.reviewed + report.total.figures.waiting == len(inside)
    for ground in report.by_ground:
        assert all(ground.key in one.grounds for one in ground.messages)
    assert sum(len(one.grounds) for one in inside) == sum(
        len(ground.messages) for ground in report.by_ground
    )
    rare = [one for group in report.by_street if group.key is StreetGroup.RARE
            for one in group.messages]  # fmt: skip
    for group in report.by_street:
        if isinstance(group.key, str):
            assert len(group.messages) >= 3
    assert all(one.street is not None for one in rare)


def test_a_period_has_all_its_days_and_the_newest_name() -> None:
    older = replace(ways.MODERATOR, name="Прежнее Имя")
    first = counted(told(ways.registered(), low=1, created_at=BEGAN - timedelta(days=1)), rules())
    second = counted(told(ways.registered(), low=2), rules())
    assert first is not None
    assert second is not None
    report = message_report([second, replace(first, decided_by=older)], FIRST, LAST)
    assert [len(day.messages) for day in report.by_day] == [1, 1, 0]
    assert report.operator_names == {ways.MODERATOR.id: ways.MODERATOR.name}
    assert [group.key for group in report.by_operator] == [ways.MODERATOR.id]
    assert [group.key for group in report.by_organ] == [None]


def test_what_is_overdue_now_is_of_any_day_and_by_organ() -> None:
    late = rules(BEGAN + timedelta(days=30))
    made = [
        counted(told(way, low=low), late)
        for low, way in enumerate((ways.at_organ(), ways.submitted(), ways.answer_sent()), start=1)
    ]
    found = overdue_now(one for one in made if one is not None)
    assert [(group.key, group.figures.answer_overdue) for group in found] == [(None, 0), (ORGAN, 1)]


def test_the_messages_of_groups_are_counted_and_listed_together() -> None:
    late = rules(BEGAN + timedelta(days=30))
    made = [
        counted(told(way, low=low), late)
        for low, way in enumerate((ways.at_organ(), ways.submitted(), ways.answer_sent()), start=1)
    ]
    table = table_of(one for one in made if one is not None)
    found = overdue_now(table)
    listed = together(found)
    assert [one.id for one in listed] == [one.id for group in found for one in group.messages]
    assert {one.id for one in listed} == {UUID(int=1), UUID(int=2)}
    assert len(table) == 3
    # A slice is a list equal to one of the same messages, built on demand.
    assert listed[1:] == together(found[1:])
    assert listed[1:] != listed
    assert listed[0] == found[0].messages[0]
    assert together(()) == ()


def test_without_a_beginning_an_answer_has_no_term() -> None:
    basis = TermBasis(promised_on=None, from_s=None, topic="light", category=None, organ=None)
    sent = SentAnswer(sent_s=86_400, began_s=0, basis=basis, ends_promise=False)
    (figures,) = Reckoner(rules()).answers((sent,), None, None)
    assert (figures.answered_untimed, figures.answered_in_time) == (1, 0)
    (figures,) = Reckoner(rules()).answers((), basis, None)
    assert figures.answer_untimed == 1


def test_an_answer_is_counted_by_the_rule_of_the_day_of_registration() -> None:
    day_s = 86_400
    then = AnswerTermRule(
        "light", None, None, 2, DaysOf.CALENDAR, RuleSource.REGULATION, valid_to=date(1970, 1, 5)
    )
    later = replace(then, days=60, valid_from=date(1970, 1, 6), valid_to=None)
    by = replace(rules(), rules=(then, later))
    late = TermBasis(None, 20 * day_s, "light", None, None, registered_s=day_s)
    sent = SentAnswer(sent_s=30 * day_s, began_s=20 * day_s, basis=late, ends_promise=False)
    for registered_s, counts in ((day_s, (1, 0)), (10 * day_s, (0, 1)), (None, (0, 1))):
        told = replace(sent, basis=replace(late, registered_s=registered_s))
        (figures,) = Reckoner(by).answers((told,), None, None)
        assert (figures.answered_late, figures.answered_in_time) == counts


def test_a_place_gives_its_street_and_no_house() -> None:
    for place, street in (
        ("улица Садовая, 5", "улица Садовая"),
        ("ул. Мира 12а, у подъезда", "ул. Мира"),
        ("ул. Мира д. 12/3", "ул. Мира"),
        ("Мира, 5, кв. 7", "Мира"),
        ("ул. 10 Апреля, 7", "ул. 10 Апреля"),
        ("перекрёсток Мира и Кирова", "перекрёсток Мира и Кирова"),
        ("остановка «Рынок»", None),
        ("", None),
    ):
        found = street_of(place)
        assert (None if found is None else found.name) == street


def test_a_street_has_one_name_and_is_told_from_three_messages_on() -> None:
    made = counted(told(ways.registered()), rules())
    assert made is not None
    written = ["ул. Мира, 5", "улица Мира, 7", "ул. Мира, 9", "Кирова, 1", "парк"]
    found = [
        replace(made, id=UUID(int=low), street=street_of(place))
        for low, place in enumerate(written, start=1)
    ]
    report = message_report(found, FIRST, LAST)
    assert [(group.key, len(group.messages)) for group in report.by_street] == [
        ("ул. Мира", 3),
        (StreetGroup.NONE, 1),
        (StreetGroup.RARE, 1),
    ]


def test_what_shows_that_categories_do_not_suffice() -> None:
    # Both of another category, one moved there; refused; nothing to report.
    found = unfit_groups(
        [
            told(corrected("light/other"), low=1),
            told(corrected("light/other").step(Step.REGISTER, ways.NUMBERED), low=2),
            told(ways.under_review().step(Step.REFUSE, CATEGORY), low=3),
            told(ways.at_organ(), low=4),
            told(corrected("light/lamp"), low=5),
            told(Way(), low=6),
        ],
        {"light/other"},
    )
    assert [(one.kind, one.category, one.became, len(one.ids)) for one in found] == [
        (Unfit.CORRECTED, "light/lamp", "light/other", 2),
        (Unfit.OTHER, "light/other", None, 2),
        (Unfit.REFUSED, "light/lamp", None, 1),
    ]
    assert found[0].ids == (UUID(int=1), UUID(int=2))


def test_the_organs_of_unfit_messages_stand_most_often_first() -> None:
    other = replace(CONTENTS, category="light/other")
    at_roads = ways.under_review().step(Step.CORRECT, step_facts.Told(other))
    at_roads.step(Step.REGISTER, ways.NUMBERED).step(Step.SEND_TO_ORGAN, ROADS)
    found = unfit_groups(
        [told(at_roads, low=1), told(at_roads.step(Step.REDIRECT, ways.ROUTED), low=2)],
        {"light/other"},
    )
    assert found[1].organs == ("roads", ORGAN)


def test_every_choice_of_another_organ_with_its_reason() -> None:
    way = ways.published().step(Step.SEND_TO_ORGAN, ROADS).later(1)
    way.step(Step.REDIRECT, ways.ROUTED).later(1)
    way.step(Step.REDIRECT, replace(ROADS, route_organ=None, reason="Так решено."))
    found = other_organs([told(way), told(ways.at_organ())])
    assert [(one.organ, one.route_organ, one.reason) for one in found] == [
        ("roads", None, "Так решено."),
        ("roads", ORGAN, ROADS.reason),
    ]
    assert found[0].by == ways.MODERATOR
    assert found[0].topic == "light"
