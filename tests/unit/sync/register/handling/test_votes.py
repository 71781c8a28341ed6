"""Votes for a public message (Regulation 10.5, 10.6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sync.register.handling.votes import Vote, VoteProblem, VoterKind, tally
from tests.unit.sync.register.handling.way import BEGAN, MESSAGE, OTHER

DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)


def users(count: int, after: timedelta = DAY) -> list[Vote]:
    return [Vote(MESSAGE, VoterKind.USER, str(name), BEGAN + after) for name in range(count)]


@pytest.mark.parametrize(("count", "is_over"), [(0, False), (1_000, False), (1_001, True)])
def test_the_mark_is_strictly_more_than_a_thousand(count: int, is_over: bool) -> None:
    result = tally(MESSAGE, BEGAN, users(count))
    assert (result.users, result.users_in_time, result.is_over_mark) == (count, count, is_over)


def test_guests_are_counted_apart_and_bring_nothing_over_the_mark() -> None:
    guests = [Vote(MESSAGE, VoterKind.GUEST, str(name), BEGAN + DAY) for name in range(5_000)]
    result = tally(MESSAGE, BEGAN, users(1_000) + guests)
    assert (result.users, result.guests, result.is_over_mark) == (1_000, 5_000, False)


@pytest.mark.parametrize(
    ("after", "in_time"),
    [(timedelta(0), 1), (3 * DAY, 1), (3 * DAY + MICROSECOND, 0)],
)
def test_the_window_is_72_hours_from_publication(after: timedelta, in_time: int) -> None:
    result = tally(MESSAGE, BEGAN, users(1, after))
    assert (result.users, result.users_in_time) == (1, in_time)


def test_one_person_has_one_vote_and_the_first_counts() -> None:
    early, late = users(1, DAY) + users(1, 4 * DAY)
    result = tally(MESSAGE, BEGAN, [late, early])
    assert (result.users, result.users_in_time) == (1, 1)
    assert result.refused == ((late, VoteProblem.VOTED_ALREADY),)


def test_votes_before_publication_or_for_another_message_do_not_count() -> None:
    early = Vote(MESSAGE, VoterKind.USER, "a", BEGAN - MICROSECOND)
    other = Vote(OTHER, VoterKind.USER, "b", BEGAN)
    result = tally(MESSAGE, BEGAN, [early, other])
    assert result.users == 0
    assert result.refused == (
        (early, VoteProblem.BEFORE_PUBLICATION),
        (other, VoteProblem.OTHER_MESSAGE),
    )
