"""Preferences of a person, as they are read and written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.people.own_desk import (
    CARD_AT,
    LANGUAGES,
    LEAST_COLUMN_PX,
    LEAST_RIGHT_PX,
    MOST_COLUMN_PX,
    MOST_RIGHT_PX,
    THEMES,
    KeptDesk,
    OwnDesk,
    chosen,
    in_time_of_centre,
    merged,
    newer,
    taken,
)

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WIDTHS = {"journal.calls": {"phone": 180, "result": 120}}
DESK = OwnDesk(
    "dark", 125, "en", "answer", True, 480, {"answer": "Ctrl+S"}, WIDTHS, {"sound": "low"}
)

desks = st.builds(
    OwnDesk,
    theme=st.none() | st.sampled_from(THEMES),
    text_percent=st.none() | st.integers(100, 200),
    language=st.none() | st.sampled_from(LANGUAGES),
    card_at=st.none() | st.sampled_from(CARD_AT),
    left_folded=st.none() | st.booleans(),
    right_px=st.none() | st.integers(LEAST_RIGHT_PX, MOST_RIGHT_PX),
    keys=st.dictionaries(st.text(), st.text(), max_size=3),
    widths=st.dictionaries(
        st.text(),
        st.dictionaries(
            st.text(), st.integers(LEAST_COLUMN_PX, MOST_COLUMN_PX), min_size=1, max_size=3
        ),
        max_size=3,
    ),
    further=st.dictionaries(st.just("sound"), st.integers(), max_size=1),
)


@given(desks)
def test_what_is_kept_is_read_again(desk: OwnDesk) -> None:
    assert OwnDesk.read(desk.kept()) == desk


@pytest.mark.parametrize("kept", [None, [], ["theme"], "dark", 5, True])
def test_what_is_no_desk_at_all_is_read_as_nothing_chosen(kept: object) -> None:
    assert OwnDesk.read(kept) == OwnDesk()


def test_what_was_changed_here_since_stays_over_what_came_from_elsewhere() -> None:
    base = OwnDesk("light", 100, keys={"answer": "Ctrl+S", "hold": "F7"})
    ours = OwnDesk("dark", None, keys={"answer": "Ctrl+S", "mute": "F12"})
    theirs = OwnDesk(
        "contrast", 150, "en", keys={"answer": "F9", "hold": "F10"}, further={"sound": "low"}
    )

    assert merged(base, ours, theirs) == OwnDesk(
        "dark", None, "en", keys={"answer": "F9", "mute": "F12"}, further={"sound": "low"}
    )


@given(desks, desks)
def test_with_one_side_unchanged_the_other_holds(base: OwnDesk, other: OwnDesk) -> None:
    assert merged(base, base, other) == other
    assert merged(base, other, base) == other
    assert merged(base, other, other) == other


def test_only_choices_are_written_down() -> None:
    assert OwnDesk().kept() == {}
    assert OwnDesk(theme="dark").kept() == {"theme": "dark"}
    assert OwnDesk(left_folded=False).kept() == {"left_folded": False}


@given(
    st.dictionaries(
        st.sampled_from(sorted(DESK.kept())),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers()),
    )
)
def test_whatever_was_written_there_is_read_without_a_fault(kept: dict[str, Any]) -> None:
    read = OwnDesk.read(kept)

    assert read.theme in (None, *THEMES)
    assert read.text_percent is None or 100 <= read.text_percent <= 200
    assert OwnDesk.read(read.kept()) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("text_percent", 99),
        ("text_percent", 201),
        ("text_percent", True),
        ("text_percent", "125"),
        ("language", "de"),
        ("card_at", 1),
        ("left_folded", "yes"),
        ("right_px", LEAST_RIGHT_PX - 1),
        ("right_px", MOST_RIGHT_PX + 1),
        ("keys", ["F2"]),
        ("keys", {"answer": 2}),
        ("widths", [180]),
        ("widths", {"queue": 180}),
        ("widths", {"queue": {}}),
        ("widths", {"queue": {"term": "180"}}),
        ("widths", {"queue": {"term": True}}),
        ("widths", {"queue": {"term": LEAST_COLUMN_PX - 1}}),
        ("widths", {"queue": {"term": MOST_COLUMN_PX + 1}}),
        ("widths", {1: {"term": 180}}),
        ("widths", {"queue": {1: 180}}),
    ],
)
def test_what_can_be_no_choice_is_none(name: str, value: object) -> None:
    assert OwnDesk.read({name: value}) == OwnDesk()


def test_what_a_newer_program_keeps_stays_with_it() -> None:
    read = OwnDesk.read({"theme": "dark", "sound": {"ring": 3}})

    assert read.kept() == {"theme": "dark", "sound": {"ring": 3}}


def test_widths_of_both_hold_column_by_column() -> None:
    base = OwnDesk(widths={"queue": {"term": 180, "place": 90}, "calls": {"phone": 100}})
    ours = OwnDesk(widths={"queue": {"term": 200, "place": 90}})
    theirs = OwnDesk(widths={"queue": {"term": 180}, "calls": {"phone": 100, "time": 60}})

    assert merged(base, ours, theirs).widths == {"queue": {"term": 200}, "calls": {"time": 60}}


def test_widths_of_tables_that_only_a_newer_program_has_stay_with_it() -> None:
    kept = {"widths": {"queue": {"term": 180, "weight": 90}, "bills": {"sum": 120}}}

    assert OwnDesk.read(kept).kept() == kept


@pytest.mark.parametrize("wrong_by", [timedelta(hours=-3), timedelta(), timedelta(days=400)])
def test_a_choice_is_counted_by_the_centre_s_clock_whatever_this_one_says(
    wrong_by: timedelta,
) -> None:
    kept = chosen(DESK, AT + wrong_by, None)
    later = AT + timedelta(minutes=10)

    assert in_time_of_centre(kept, later + wrong_by, later) == KeptDesk(DESK, AT)


def test_no_choice_is_later_than_the_centre_s_clock_nor_earlier_than_what_it_follows() -> None:
    came = KeptDesk(OwnDesk(), AT)
    slow = AT - timedelta(hours=1)
    follows = chosen(DESK, slow, came)
    assert follows.changed_at > AT
    # and the clock was corrected before the central database was queried
    later = AT + timedelta(minutes=10)
    assert in_time_of_centre(follows, later, later).changed_at == follows.changed_at
    assert in_time_of_centre(follows, slow, later).changed_at == later
    # a time already set by the central database is unchanged
    assert in_time_of_centre(came, slow, later) == came
    assert in_time_of_centre(came, slow, slow).changed_at == slow


def test_what_is_chosen_while_the_centre_is_asked_is_newer_than_its_answer() -> None:
    asked, came = chosen(OwnDesk(), AT, None), KeptDesk(OwnDesk(theme="light"), AT)
    since = chosen(DESK, AT + timedelta(minutes=1), asked)

    assert taken(came, asked, asked) is came
    assert taken(came, None, None) is came
    assert taken(came, asked, since) == since
    ahead = KeptDesk(OwnDesk(), AT + timedelta(hours=1))
    assert taken(ahead, asked, since).changed_at > ahead.changed_at
    assert taken(ahead, asked, since).desk == DESK


def test_the_last_change_holds_and_of_two_at_one_moment_the_first() -> None:
    early, late = KeptDesk(OwnDesk(), AT), KeptDesk(DESK, AT + timedelta(seconds=1))
    beside = KeptDesk(DESK, AT)

    assert newer(early, late) is late
    assert newer(late, early) is late
    assert newer(early, beside) is early
    assert newer(None, early) is early
    assert newer(early, None) is early
    assert newer(None, None) is None
