"""Answers, promised dates, ratings, rework and votes (Regulation 7.9, 9, 10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from sync.register.checks.photo_formats import FileFormat
from sync.register.handling import step_facts
from sync.register.handling.answers import (
    ATTACHMENT_FORMATS,
    Answer,
    AnswerKind,
    AnswerLack,
    Attachment,
    Rating,
    lacks_of,
)
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Source, Step
from sync.register.handling.needs import CityRules, Lack, Need
from sync.register.handling.notices import Notice
from sync.register.messages import State
from tests.unit.sync.register.handling.way import (
    BAD,
    EXPLAINED,
    GOOD,
    ORGAN,
    OWN,
    PLANNED,
    ROUTED,
    SOLVED,
    VOTED,
    Way,
    answer_sent,
    answered,
    at_organ,
    passed_on,
    planned,
    published,
    rated_negatively,
    registered,
    rework,
)

TODAY = date(2026, 11, 24)
IMPOSSIBLE = Answer(AnswerKind.IMPOSSIBLE, "Решить нельзя.", ORGAN, grounds="Земля частная.")
ELSEWHERE = step_facts.Routed("roads", ORGAN, "Фонарь стоит на дороге.")


def test_a_message_goes_to_the_organ_of_its_topic() -> None:
    way = published().step(Step.SEND_TO_ORGAN, ROUTED)
    assert way.standing.state is State.AT_ORGAN
    assert way.standing.organ == ORGAN
    assert way.standing.is_published
    assert way.notices == (Notice.MESSAGE_FOR_ORGAN,)


@pytest.mark.parametrize("route", [ORGAN, None])
def test_another_organ_needs_a_reason(route: str | None) -> None:
    told = replace(ELSEWHERE, route_organ=route)
    way = registered()
    assert way.lacks(Step.SEND_TO_ORGAN, replace(told, reason=" ")) == (
        Need.REASON_FOR_OTHER_ORGAN,
    )
    assert way.step(Step.SEND_TO_ORGAN, told).standing.organ == "roads"


def test_no_organ_is_none() -> None:
    assert registered().lacks(Step.SEND_TO_ORGAN, step_facts.Routed(" ", " ")) == (Need.ORGAN,)


@pytest.mark.parametrize("begin", [at_organ, rework, passed_on])
def test_a_message_is_redirected_to_an_organ_that_has_it_not(begin: Callable[[], Way]) -> None:
    way = begin()
    state = way.standing.state
    assert way.lacks(Step.REDIRECT, ROUTED) == (Need.ANOTHER_ORGAN,)
    way.step(Step.REDIRECT, ELSEWHERE)
    assert (way.standing.state, way.standing.organ) == (state, "roads")


@pytest.mark.parametrize(
    ("answer", "lacks"),
    [
        (SOLVED.answer, ()),
        (replace(SOLVED.answer, text=" "), (AnswerLack.TEXT,)),
        (PLANNED.answer, ()),
        (replace(PLANNED.answer, planned_on=None), (AnswerLack.PLANNED_DATE,)),
        (replace(PLANNED.answer, planned_on=TODAY), (AnswerLack.PLANNED_DATE_AHEAD,)),
        (replace(PLANNED.answer, measures=""), (AnswerLack.MEASURES,)),
        (IMPOSSIBLE, ()),
        (replace(IMPOSSIBLE, grounds=" "), (AnswerLack.GROUNDS,)),
        (
            replace(IMPOSSIBLE, text="", grounds=""),
            (AnswerLack.TEXT, AnswerLack.GROUNDS),
        ),
    ],
)
def test_each_kind_of_answer_has_its_needs(answer: Answer, lacks: tuple[Lack, ...]) -> None:
    assert lacks_of(answer, TODAY, ATTACHMENT_FORMATS) == lacks
    if lacks:
        assert at_organ().lacks(Step.RECEIVE_ANSWER, step_facts.AnswerGiven(answer)) == lacks
    else:
        way = at_organ().step(Step.RECEIVE_ANSWER, step_facts.AnswerGiven(answer))
        assert way.standing.state is State.ANSWERED


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_scans_are_of_the_formats_of_photos_or_pdf(file_format: FileFormat) -> None:
    scan = Attachment("scan", file_format)
    told = step_facts.AnswerGiven(replace(SOLVED.answer, attachments=(scan,)))
    is_taken = file_format in {
        FileFormat.JPEG,
        FileFormat.PNG,
        FileFormat.TIFF,
        FileFormat.PDF,
    }
    way = at_organ()
    way.try_step(Step.RECEIVE_ANSWER, told)
    names = [file.name for given in way.standing.answers for file in given.answer.attachments]
    assert names == (["scan"] if is_taken else [])


def test_the_city_sets_the_formats_of_scans() -> None:
    told = step_facts.AnswerGiven(
        replace(SOLVED.answer, attachments=(Attachment("scan.pdf", FileFormat.PDF),))
    )
    city = CityRules(attachment_formats=frozenset({FileFormat.JPEG}))
    way = published(city).step(Step.SEND_TO_ORGAN, ROUTED)
    assert way.lacks(Step.RECEIVE_ANSWER, told) == (AnswerLack.ATTACHMENT_FORMAT,)


def test_the_operator_answers_what_is_at_no_organ() -> None:
    way = registered().step(Step.ANSWER_BY_OPERATOR, OWN).step(Step.SEND_ANSWER)
    assert way.standing.state is State.ANSWER_SENT
    assert registered().lacks(Step.ANSWER_BY_OPERATOR, SOLVED) == (Need.OWN_ANSWER,)
    returned = answered().step(Step.RETURN_ANSWER, EXPLAINED)
    assert returned.lacks(Step.ANSWER_BY_OPERATOR, OWN) == (Need.OWN_ANSWER,)


def test_the_operator_promises_nothing_himself() -> None:
    own_plan = step_facts.AnswerGiven(replace(PLANNED.answer, organ=None))
    assert registered().lacks(Step.ANSWER_BY_OPERATOR, own_plan) == (Need.ORGAN_TO_KEEP_PLAN,)


@pytest.mark.parametrize("organ", [None, " "])
def test_an_organs_answer_names_the_organ(organ: str | None) -> None:
    nobodys = step_facts.AnswerGiven(replace(SOLVED.answer, organ=organ))
    assert at_organ().lacks(Step.RECEIVE_ANSWER, nobodys) == (Need.ORGANS_ANSWER,)


def test_what_was_at_no_organ_has_no_organs_answer() -> None:
    way = registered().step(Step.ANSWER_BY_OPERATOR, OWN).step(Step.RETURN_ANSWER, EXPLAINED)
    assert way.lacks(Step.RECEIVE_ANSWER, SOLVED) == (Need.ORGANS_ANSWER,)
    assert way.step(Step.ANSWER_BY_OPERATOR, OWN).standing.state is State.ANSWERED


def test_an_answer_goes_back_with_a_note_and_its_better_form_has_its_number() -> None:
    way = answered()
    assert way.lacks(Step.RETURN_ANSWER, step_facts.Explained(" ")) == (Need.REASON,)
    way.step(Step.RETURN_ANSWER, EXPLAINED)
    assert way.standing.state is State.ANSWER_RETURNED
    assert way.notices == (Notice.ANSWER_RETURNED,)
    way.step(Step.RECEIVE_ANSWER, SOLVED).step(Step.SEND_ANSWER)
    returned, sent = way.standing.answers
    assert (returned.number, returned.returned_with, returned.is_sent) == (1, EXPLAINED.text, False)
    assert (sent.number, sent.returned_with, sent.is_sent) == (1, None, True)


def test_an_answer_that_holds_personal_data_is_not_shown() -> None:
    answer = replace(SOLVED.answer, confidential=(Confidential.PERSONAL_DATA,))
    way = answered(step_facts.AnswerGiven(answer))
    assert way.lacks(Step.SEND_ANSWER) == (Need.FIT_TO_PUBLISH,)
    way.step(Step.WITHHOLD, EXPLAINED).step(Step.SEND_ANSWER)
    assert not way.standing.is_published


def test_a_plan_is_sent_as_a_plan_and_another_answer_is_not() -> None:
    assert answered(PLANNED).lacks(Step.SEND_ANSWER) == (Need.FINAL_ANSWER,)
    assert answered().lacks(Step.SEND_PLAN) == (Need.PLAN,)
    assert answered().standing.planned_on is None
    way = planned()
    assert way.standing.state is State.PLANNED
    assert way.standing.planned_on == date(2026, 12, 1)
    assert way.notices == (Notice.ANSWER,)


def test_the_planned_date_opens_the_message_again() -> None:
    way = planned().later(days=6)
    assert way.lacks(Step.REOPEN_PLANNED, by=Source.SYSTEM) == (Need.PLANNED_DATE_COME,)
    way.later(days=1).step(Step.REOPEN_PLANNED, by=Source.SYSTEM)
    assert way.standing.state is State.AT_ORGAN
    assert way.standing.answer_term_from == way.at
    assert way.standing.planned_on is None
    assert way.notices == (Notice.FURTHER_ANSWER_DUE,)
    way.step(Step.RECEIVE_ANSWER, SOLVED, Source.PLATFORM).step(Step.SEND_ANSWER)
    assert [given.number for given in way.standing.answers] == [1, 2]


def test_the_planned_date_is_of_the_citys_clock() -> None:
    # 21:30 UTC is 00:30 of the next day in Moscow.
    way = planned()
    way.at = way.at.replace(month=11, day=30, hour=21, minute=30)
    way.step(Step.REOPEN_PLANNED, by=Source.SYSTEM)
    assert way.standing.state is State.AT_ORGAN


def test_a_further_answer_may_come_before_the_planned_date() -> None:
    way = planned().step(Step.RECEIVE_ANSWER, SOLVED)
    assert way.standing.state is State.ANSWERED
    assert way.standing.answers[-1].number == 2


@pytest.mark.parametrize("rating", [Rating.GOOD, Rating.FAIR])
def test_an_answer_is_rated_once(rating: Rating) -> None:
    way = answer_sent().step(Step.RATE, step_facts.Rated(rating), Source.PLATFORM)
    assert way.standing.state is State.RATED
    assert way.standing.answers[-1].rating is rating
    assert way.lacks(Step.SEND_TO_REWORK, ROUTED) == (Need.RATED_NEGATIVELY,)
    assert way.step(Step.CLOSE).standing.state is State.CLOSED


def test_a_plan_is_rated_and_still_awaited() -> None:
    way = planned().step(Step.RATE, GOOD)
    assert way.standing.state is State.PLANNED
    assert way.lacks(Step.RATE, GOOD) == (Need.NOT_RATED_YET,)
    assert way.lacks(Step.RATE_NEGATIVELY, BAD) == (Need.NOT_RATED_YET,)


def test_a_negative_rating_needs_remarks() -> None:
    way = answer_sent()
    assert way.lacks(Step.RATE, BAD) == (Need.NOT_NEGATIVE,)
    assert way.lacks(Step.RATE_NEGATIVELY, GOOD) == (Need.NEGATIVE, Need.REMARKS)
    assert way.lacks(Step.RATE_NEGATIVELY, step_facts.Rated(Rating.BAD, " ")) == (Need.REMARKS,)
    way.step(Step.RATE_NEGATIVELY, BAD)
    assert way.standing.answers[-1].remarks == BAD.remarks
    assert way.lacks(Step.CLOSE) == (Need.NO_OPEN_REMARKS,)


def test_rework_is_counted_and_begins_a_new_term() -> None:
    way = rated_negatively()
    for count in (1, 2):
        way.step(Step.SEND_TO_REWORK, ROUTED, Source.SYSTEM)
        assert way.standing.state is State.REWORK
        assert way.standing.reworks == count
        assert way.standing.answer_term_from == way.at
        assert way.notices == (Notice.REWORK_FOR_ORGAN, Notice.REWORK_FOR_USER)
        way.step(Step.RECEIVE_ANSWER, SOLVED).step(Step.SEND_ANSWER)
        way.step(Step.RATE_NEGATIVELY, BAD)
    assert [given.number for given in way.standing.answers] == [1, 2, 3]


def test_an_operators_own_answer_goes_to_an_organ_for_rework() -> None:
    way = registered().step(Step.ANSWER_BY_OPERATOR, OWN).step(Step.SEND_ANSWER)
    way.step(Step.RATE_NEGATIVELY, BAD).step(Step.SEND_TO_REWORK, ROUTED)
    assert way.standing.organ == ORGAN


def test_votes_pass_a_published_message_on_once() -> None:
    way = published()
    began = way.standing.answer_term_from
    few = step_facts.VotesCounted(1_000, ORGAN)
    assert way.lacks(Step.FORWARD_BY_VOTES, few) == (Need.VOTES_OVER_MARK,)
    assert way.lacks(Step.FORWARD_BY_VOTES, replace(VOTED, organ="")) == (Need.ORGAN,)
    way.step(Step.FORWARD_BY_VOTES, VOTED)
    assert way.standing.state is State.PASSED_ON
    assert (way.standing.passed_on_at, way.standing.answer_term_from) == (way.at, began)
    assert way.notices == (Notice.PASSED_ON_BY_VOTES,)
    way.step(Step.RECEIVE_ANSWER, SOLVED).step(Step.SEND_ANSWER)
    assert way.lacks(Step.FORWARD_BY_VOTES, VOTED) == (Need.NOT_PASSED_ON_YET,)


def test_votes_for_an_answered_message_begin_a_new_term() -> None:
    way = answer_sent().step(Step.FORWARD_BY_VOTES, VOTED)
    assert way.standing.state is State.PASSED_ON
    assert way.standing.answer_term_from == way.at


@pytest.mark.parametrize("begin", [answered, planned, rated_negatively, rework])
def test_votes_leave_a_message_where_the_organ_has_it_anyway(begin: Callable[[], Way]) -> None:
    way = begin()
    state = way.standing.state
    way.step(Step.FORWARD_BY_VOTES, VOTED)
    assert way.standing.state is state
    assert way.standing.passed_on_at == way.at


def test_a_message_that_nobody_sees_is_not_passed_on() -> None:
    way = at_organ().step(Step.WITHHOLD, EXPLAINED)
    assert way.lacks(Step.FORWARD_BY_VOTES, VOTED) == (Need.PUBLISHED,)
