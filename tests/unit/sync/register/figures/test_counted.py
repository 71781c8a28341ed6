"""Statistics of one message (Regulation 11): every state, deadline, promise and undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sync.register.calendar.terms import DayOfSending
from sync.register.checks.finding import Ground
from sync.register.figures.course import way_of
from sync.register.figures.figures import MessageFigures, Spread, sum_of
from sync.register.figures.tables import Channel, CountedMessage, counted
from sync.register.handling import step_facts
from sync.register.handling.answers import Rating
from sync.register.handling.events import Source, Step
from sync.register.handling.history import begun
from sync.register.handling.step_facts import Link, LinkKind, TakenBack
from tests.unit.sync.register.figures.counted_messages import (
    IMPOSSIBLE,
    TEN_DAYS,
    begun_by_platform,
    rules,
    sent_on,
    told,
)
from tests.unit.sync.register.handling import way as ways
from tests.unit.sync.register.handling.way import BAD, GOOD, OTHER, PLANNED, SOLVED, Way

OTHER_TERM = replace(TEN_DAYS, topic="roads")
ELSEWHERE = step_facts.Routed("roads", ways.ORGAN, "Фонарь стоит на дороге.")


def count(way: Way, *, days: int = 0) -> CountedMessage:
    found = counted(told(way), rules(way.at + timedelta(days=days)))
    assert found is not None
    return found


def figures(way: Way, *, days: int = 0) -> MessageFigures:
    """Figures this number of days after the last step."""
    return count(way, days=days).figures


def test_where_the_review_stands() -> None:
    for days, running in ((0, 1), (2, 1), (3, 0)):  # Tuesday, so Thursday is the last day
        found = figures(ways.submitted(), days=days)
        assert (found.waiting, found.review_running, found.review_overdue) == (
            1,
            running,
            1 - running,
        )
    strict = counted(
        told(ways.submitted()),
        rules(ways.BEGAN + timedelta(days=2), sending=DayOfSending.COUNTED),
    )
    assert strict is not None
    assert strict.figures.review_overdue == 1


def test_a_decision_is_in_time_or_late_by_working_days() -> None:
    # A week from Tuesday: five working days, two more than allowed.
    for days, in_time, took in ((0, 1, 0), (2, 1, 2), (7, 0, 5)):
        way = ways.under_review().later(days).step(Step.REGISTER, ways.NUMBERED)
        found = figures(way)
        assert (found.reviewed_in_time, found.reviewed_late) == (in_time, 1 - in_time)
        assert found.review_days == Spread((took,))
        assert (found.registered, found.reviewed, found.waiting) == (1, 1, 0)


def test_what_becomes_of_a_message() -> None:
    repeated = step_facts.Repeated(OTHER, is_in_term=True)
    twice = ways.published().step(Step.REMOVE_DUPLICATE, repeated)
    assert figures(refused()).refused == 1
    assert count(refused()).grounds == {Ground.NO_PLACE}
    found = figures(twice)
    assert (found.duplicates, found.registered, found.reviewed_in_time) == (1, 0, 1)
    assert (figures(ways.published()).published, figures(ways.registered()).non_public) == (1, 1)
    withheld = ways.published().step(Step.WITHHOLD, ways.EXPLAINED)
    assert (figures(withheld).published, figures(withheld).non_public) == (0, 1)
    assert sum_of([found, figures(refused()), figures(withheld)]).received == 3


def refused() -> Way:
    return ways.under_review().step(Step.REFUSE, ways.REFUSED_ON)


def notified(way: Way, outcome: step_facts.NoticeOutcome, code: str = "") -> Way:
    return way.step(Step.NOTIFY, step_facts.Notified(outcome, code), by=Source.SYSTEM)


@pytest.mark.parametrize("by", [step_facts.NoticeOutcome.EMAIL, step_facts.NoticeOutcome.PHONE])
def test_a_refusal_is_in_time_by_the_moment_its_notice_was_sent(
    by: step_facts.NoticeOutcome,
) -> None:
    """Handed in and refused on Tuesday: the term of 7.11 ends on Thursday."""
    unsent = figures(refused(), days=2)
    assert (unsent.review_running, unsent.review_overdue, unsent.reviewed) == (1, 0, 0)
    assert figures(refused(), days=3).review_overdue == 1

    for days, in_time in ((0, 1), (2, 1), (3, 0)):
        found = figures(notified(refused().later(days), by), days=7)
        assert (found.reviewed_in_time, found.reviewed_late) == (in_time, 1 - in_time)
        assert (found.refused, found.review_overdue, found.not_notified) == (1, 0, 0)


def test_a_refused_author_without_any_contact_is_counted_apart() -> None:
    nobody = notified(refused(), step_facts.NoticeOutcome.NOBODY, "no_contact")
    found = figures(nobody, days=30)
    assert (found.refused, found.not_notified) == (1, 1)
    assert (found.reviewed, found.review_running, found.review_overdue) == (0, 0, 0)


def test_a_letter_that_came_back_was_sent_in_time_and_reached_nobody() -> None:
    sent = notified(refused(), step_facts.NoticeOutcome.EMAIL)
    came_back = notified(sent.later(5), step_facts.NoticeOutcome.NOBODY, "bounced 5.1.1")
    found = figures(came_back)
    assert (found.reviewed_in_time, found.not_notified) == (1, 1)
    called = figures(notified(came_back, step_facts.NoticeOutcome.PHONE))
    assert (called.reviewed_in_time, called.not_notified) == (1, 0)


def test_a_draft_counts_only_where_its_caller_joined_a_known_matter() -> None:
    joined = Way().step(Step.JOIN, step_facts.Linked(Link(LinkKind.JOINS, OTHER)))
    discarded = Way().step(Step.DISCARD, ways.EXPLAINED)
    assert (figures(joined).joined, figures(joined).received) == (1, 0)
    assert counted(told(discarded), rules()) is None
    assert counted(replace(told(Way()), history=begun(ways.MESSAGE)), rules()) is None


def test_how_a_message_came_in_and_who_decided() -> None:
    platform = counted(told(begun_by_platform(), from_call=False), rules())
    manual = counted(told(ways.submitted(), from_call=False), rules())
    assert platform is not None
    assert manual is not None
    assert (platform.channel, manual.channel) == (Channel.PLATFORM, Channel.MANUAL)
    found = count(ways.registered())
    assert (found.channel, found.decided_by) == (Channel.CALL, ways.MODERATOR)
    assert platform.decided_by is None
    assert (found.topic, found.category, found.organ) == ("light", "light/lamp", None)


def test_an_answer_by_its_kind_and_by_its_term() -> None:
    for days, in_time in ((0, 1), (10, 1), (11, 0)):
        found = figures(sent_on(ways.at_organ().later(days), SOLVED))
        assert (found.answered_in_time, found.answered_late) == (in_time, 1 - in_time)
        assert (found.solved, found.answer_days, found.unanswered) == (1, Spread((days,)), 0)
    assert figures(sent_on(ways.at_organ(), IMPOSSIBLE)).impossible == 1
    own = ways.registered().step(Step.ANSWER_BY_OPERATOR, ways.OWN).step(Step.SEND_ANSWER)
    assert (figures(own).own_answers, figures(own).answers) == (1, 1)
    untimed = counted(told(sent_on(ways.at_organ(), SOLVED)), rules(ways.BEGAN, OTHER_TERM))
    assert untimed is not None
    assert (untimed.figures.answered_untimed, untimed.figures.in_time_share) == (1, None)


@pytest.mark.parametrize("begin", [ways.registered, ways.at_organ, ways.answered, ways.rework])
def test_an_awaited_answer_runs_or_is_overdue(begin: Callable[[], Way]) -> None:
    for days, overdue in ((0, 0), (10, 0), (11, 1)):
        found = figures(begin(), days=days)
        assert (found.answer_running, found.answer_overdue) == (1 - overdue, overdue)
    untimed = counted(told(begin()), rules(ways.BEGAN, OTHER_TERM))
    assert untimed is not None
    assert (untimed.figures.answer_untimed, untimed.figures.unanswered) == (1, 1)


def promised() -> Way:
    """On the 24th of November to the 1st of December; the term of the answer ends on the 4th."""
    return ways.planned()


def come() -> Way:
    return promised().later(7).step(Step.REOPEN_PLANNED, by=Source.SYSTEM)


def test_a_promised_date_is_awaited_and_comes() -> None:
    assert figures(promised(), days=6).awaited == 1
    assert figures(promised(), days=7).come == 1
    found = figures(come(), days=11)
    assert (found.come, found.answer_overdue, found.planned) == (1, 1, 1)


def test_what_becomes_of_a_promise() -> None:
    later = step_facts.AnswerGiven(replace(PLANNED.answer, planned_on=date(2026, 12, 20)))
    for way, expected in (
        (sent_on(promised(), SOLVED), MessageFigures(kept=1)),
        (sent_on(come(), SOLVED), MessageFigures(kept=1)),
        (sent_on(come().later(11), SOLVED), MessageFigures(kept_late=1)),
        (sent_on(come(), IMPOSSIBLE), MessageFigures(given_up=1)),
        (sent_on(come(), later), MessageFigures(moved=1, awaited=1)),
    ):
        found = figures(way)
        for one in (found, expected):
            assert one.kept + one.kept_late + one.moved + one.given_up + one.awaited > 0
        for name in ("kept", "kept_late", "given_up", "moved", "awaited", "come"):
            assert getattr(found, name) == getattr(expected, name), name


def test_an_answer_up_to_the_promised_date_is_in_time() -> None:
    far = step_facts.AnswerGiven(replace(PLANNED.answer, planned_on=date(2027, 2, 1)))
    way = sent_on(ways.at_organ(), far).later(60)
    way.step(Step.RECEIVE_ANSWER, SOLVED, Source.PLATFORM)
    assert figures(way).answer_running == 1
    found = figures(way.step(Step.SEND_ANSWER))
    assert (found.answered_in_time, found.answered_late, found.kept) == (2, 0, 1)


def test_ratings_reworks_returns_and_votes() -> None:
    found = figures(ways.answer_sent().step(Step.RATE, GOOD, Source.PLATFORM))
    assert (found.good, found.bad_share) == (1, 0.0)
    found = figures(sent_on(ways.rework(), SOLVED).step(Step.RATE_NEGATIVELY, BAD))
    assert (found.bad, found.bad_share, found.reworks, found.answers) == (2, 1.0, 1, 2)
    fair = step_facts.Rated(Rating.FAIR)
    assert figures(ways.answer_sent().step(Step.RATE, fair)).fair == 1
    assert figures(ways.answered().step(Step.RETURN_ANSWER, ways.EXPLAINED)).returned == 1
    assert figures(ways.passed_on()).passed_on == 1


def test_another_organ_is_counted_where_it_is_chosen() -> None:
    assert figures(ways.at_organ()).other_organs == 0
    elsewhere = ways.published().step(Step.SEND_TO_ORGAN, ELSEWHERE)
    assert figures(elsewhere).other_organs == 1
    back = elsewhere.step(Step.REDIRECT, ways.ROUTED)
    assert figures(back).other_organs == 1
    again = back.step(Step.REDIRECT, ELSEWHERE)
    sent_on(again, SOLVED).step(Step.RATE_NEGATIVELY, BAD)
    again.step(Step.SEND_TO_REWORK, ELSEWHERE)
    assert figures(again).other_organs == 2


def test_what_was_taken_back_never_was() -> None:
    way = ways.under_review()
    event = way.event(Step.REFUSE, ways.REFUSED_ON)
    way.try_event(event)
    assert figures(way).refused == 1
    way.at -= timedelta(seconds=50)  # the next step is ten seconds after it
    way.step(Step.TAKE_BACK, TakenBack(event.id))
    found = count(way)
    assert (found.figures.refused, found.figures.waiting, found.grounds) == (0, 1, frozenset())
    way.step(Step.REGISTER, ways.NUMBERED)
    assert figures(way).reviewed == 1


def test_with_a_decision_goes_all_that_followed_from_it() -> None:
    way = ways.under_review()
    registered = way.event(Step.REGISTER, ways.NUMBERED)
    way.at -= timedelta(seconds=59)
    sent = way.event(Step.SEND_TO_ORGAN, ELSEWHERE)
    back = way.event(Step.TAKE_BACK, TakenBack(registered.id))
    events = (*way.history.events, registered, sent, back)
    passages = way_of(replace(way.history, events=events))
    assert tuple(passage.event for passage in passages) == way.history.events


def test_a_spread_tells_median_and_ninth_decile() -> None:
    assert (Spread().median, Spread().most) == (None, None)
    assert (Spread((7,)).median, Spread((7,)).most) == (7, 7)
    assert Spread((4, 1, 3, 2)).median == 2.5
    assert Spread(tuple(range(10, 0, -1))).most == 9
    assert Spread(tuple(range(1, 12))).most == 10
