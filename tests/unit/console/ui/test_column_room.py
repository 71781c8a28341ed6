"""Columns of a table share its room, and no chosen width pushes another column out of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.ui.table_columns import ColumnRoom, have_room, share_room

REST = ColumnRoom(None, None, 120)


def test_what_was_chosen_holds_where_there_is_room() -> None:
    columns = (ColumnRoom(68, None, 40), ColumnRoom(156, 200, 40), REST)

    assert share_room(columns, 400) == (68, 200, None)


def test_a_small_window_takes_back_what_was_made_wider_each_by_its_part() -> None:
    wide, wider = ColumnRoom(100, 200, 40), ColumnRoom(100, 400, 40)

    assert share_room((wide, wider, REST), 720) == (200, 400, None)
    assert share_room((wide, wider, REST), 520) == (150, 250, None)
    assert share_room((wide, wider, REST), 320) == (100, 100, None)
    assert share_room((wide, wider, REST), 10) == (100, 100, None)


def test_room_for_all_is_that_for_what_they_were_made_with_or_less() -> None:
    columns = (ColumnRoom(100, 400, 40), ColumnRoom(100, 60, 40), REST)

    assert have_room(columns, 280)  # 100 + 60 + 120
    assert not have_room(columns, 279)


def test_a_column_that_was_made_narrower_gives_nothing_back() -> None:
    columns = (ColumnRoom(100, 50, 40), ColumnRoom(100, 300, 40), REST)

    assert share_room(columns, 300) == (50, 130, None)


def test_a_width_for_a_column_that_shares_the_rest_comes_back_to_the_least() -> None:
    columns = (REST, ColumnRoom(None, 300, 120), ColumnRoom(56, None, 40))

    assert share_room(columns, 1000) == (None, 300, 56)
    assert share_room(columns, 396) == (None, 220, 56)
    assert share_room(columns, 100) == (None, 120, 56)


@given(
    st.lists(
        st.builds(ColumnRoom, st.integers(40, 300), st.none() | st.integers(40, 1600), st.just(40)),
        max_size=8,
    ),
    st.integers(0, 3000),
)
def test_choices_never_take_more_room_than_there_is_or_was_made_to_be(
    columns: list[ColumnRoom], room_px: int
) -> None:
    shared = share_room((*columns, REST), room_px)

    taken = sum(width or 0 for width in shared) + REST.least_px
    made = sum(min(one.made_px or 0, one.chosen_px or 10**6) for one in columns) + REST.least_px
    assert shared[-1] is None
    assert taken <= max(room_px, made) + len(columns)
    for width, one in zip(shared, columns, strict=False):
        assert width is not None
        wanted = one.made_px if one.chosen_px is None else one.chosen_px
        assert wanted is not None
        assert min(one.made_px or 0, wanted) <= width <= wanted
