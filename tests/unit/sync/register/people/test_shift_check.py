"""The check before a shift: meaning of each finding, and the overall verdict."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.people.shift import (
    CLOCK_BEHIND,
    COPY_OLD,
    DISK_FULL_BYTES,
    DISK_LOW_BYTES,
    Place,
    PlaceFinding,
    PlaceVerdict,
    judge_backup,
    judge_buttons,
    judge_centre,
    judge_clock,
    judge_disk,
    judge_store,
    overall,
)

NOW = datetime(2026, 11, 27, 5, tzinfo=UTC)
PASSED, DOUBTFUL = PlaceVerdict.PASSED, PlaceVerdict.DOUBTFUL
FAILED, NOT_TRIED = PlaceVerdict.FAILED, PlaceVerdict.NOT_TRIED


@given(st.lists(st.sampled_from(PlaceVerdict)))
def test_the_worst_decides_and_what_was_not_tried_speaks_for_nothing(
    verdicts: list[PlaceVerdict],
) -> None:
    worst = overall(PlaceFinding(Place.PHONE, verdict, "") for verdict in verdicts)

    assert (worst is FAILED) == (FAILED in verdicts)
    assert (worst is DOUBTFUL) == (DOUBTFUL in verdicts and FAILED not in verdicts)
    assert (worst is NOT_TRIED) == (set(verdicts) <= {NOT_TRIED})


def test_a_store_that_refuses_or_is_damaged_stops_the_shift() -> None:
    assert judge_store(None, is_damaged=False).verdict is PASSED
    assert judge_store("SQLITE_FULL", is_damaged=False) == PlaceFinding(
        Place.STORE, FAILED, "SQLITE_FULL"
    )
    assert judge_store(None, is_damaged=True).code == "damaged"


@pytest.mark.parametrize(
    ("is_set", "is_reached", "expected"),
    [
        (False, None, (NOT_TRIED, "not_set")),
        (True, None, (DOUBTFUL, "connecting")),
        (True, False, (DOUBTFUL, "away")),
        (True, True, (PASSED, "reached")),
    ],
)
def test_without_the_centre_one_works_and_is_told(
    is_set: bool, is_reached: bool | None, expected: tuple[PlaceVerdict, str]
) -> None:
    found = judge_centre(is_set=is_set, is_reached=is_reached, waiting=4)

    assert (found.verdict, found.code) == expected


def test_a_disk_is_judged_by_what_is_free() -> None:
    assert judge_disk(DISK_LOW_BYTES).verdict is PASSED
    assert judge_disk(DISK_LOW_BYTES - 1).verdict is DOUBTFUL
    assert judge_disk(DISK_FULL_BYTES).verdict is DOUBTFUL
    assert judge_disk(DISK_FULL_BYTES - 1).verdict is FAILED
    assert judge_disk(DISK_FULL_BYTES).value == 200
    assert judge_disk(None).verdict is NOT_TRIED


def test_a_clock_before_the_newest_record_was_set_back() -> None:
    newest = NOW + CLOCK_BEHIND + timedelta(seconds=1)

    assert judge_clock(NOW, newest, None) == PlaceFinding(Place.CLOCK, FAILED, "before_records", 61)
    assert judge_clock(NOW, newest, None, is_compared=True).verdict is PASSED
    assert judge_clock(NOW, newest, -61.0, is_compared=True).verdict is FAILED
    assert judge_clock(NOW, NOW + CLOCK_BEHIND, None).verdict is PASSED
    assert judge_clock(NOW, None, None).verdict is PASSED
    assert judge_clock(NOW, NOW, 30.0) == PlaceFinding(Place.CLOCK, DOUBTFUL, "fast", 30.0)
    assert judge_clock(NOW, NOW, -30.0) == PlaceFinding(Place.CLOCK, DOUBTFUL, "slow", 30.0)


def test_a_copy_is_missed_only_where_one_was_wanted_and_due() -> None:
    def told(newest: datetime | None, missed: str | None = None) -> tuple[PlaceVerdict, str]:
        found = judge_backup(is_set=True, missed=missed, newest=newest, now=NOW)
        return found.verdict, found.code

    assert judge_backup(is_set=False, missed=None, newest=None, now=NOW).code == "not_set"
    assert told(None) == (NOT_TRIED, "none_yet")
    assert told(NOW - COPY_OLD) == (PASSED, "fresh")
    assert told(NOW - COPY_OLD - timedelta(seconds=1)) == (DOUBTFUL, "old")
    assert told(NOW, "directory_missing") == (DOUBTFUL, "directory_missing")
    # a backup dated in the future has an age of zero, not a negative one
    assert judge_backup(is_set=True, missed=None, newest=NOW + COPY_OLD, now=NOW).value == 0


@pytest.mark.parametrize(
    ("is_set", "is_there", "trouble", "pressed", "verdict", "code"),
    [
        (False, True, "", "hook", PlaceVerdict.NOT_TRIED, "off"),
        (True, True, "", "hook", PlaceVerdict.PASSED, "hook"),
        (True, True, "no_permission", "", PlaceVerdict.NOT_TRIED, "press"),
        (True, False, "no_permission", "", PlaceVerdict.DOUBTFUL, "no_permission"),
        (True, False, "not_opened", "", PlaceVerdict.DOUBTFUL, "not_opened"),
        (True, False, "not_understood", "", PlaceVerdict.NOT_TRIED, "not_understood"),
        (True, False, "", "", PlaceVerdict.NOT_TRIED, "none"),
    ],
)
def test_buttons_of_a_headset_count_only_where_they_can_be_mended(
    is_set: bool, is_there: bool, trouble: str, pressed: str, verdict: PlaceVerdict, code: str
) -> None:
    found = judge_buttons(is_set=is_set, is_there=is_there, trouble=trouble, pressed=pressed)

    assert found == PlaceFinding(Place.BUTTONS, verdict, code)
