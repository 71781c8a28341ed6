"""Merging of unsaved input with changes that another operator makes to the same message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from console.core.typed_moment import fields_of, kept_beside
from sync.register.handling.contents import Contents

BEFORE = Contents(
    "Яма", 0, date(2026, 11, 24), time(7, 30), "ул. Садовая, 5", "roads", "roads-pits"
)


def test_fields_that_nobody_touched_follow_the_message() -> None:
    now = replace(BEFORE, place="ул. Садовая, 7", event_on=None, category=None)
    beside = kept_beside(fields_of(BEFORE), BEFORE, fields_of(BEFORE), now)

    assert beside.fields == fields_of(now)
    assert beside.disputed == frozenset()


def test_what_was_typed_stays_and_is_disputed_where_the_message_says_otherwise() -> None:
    fields = fields_of(BEFORE) | {"place": "ул. Новая, 2", "date": "25.11"}
    typed = replace(BEFORE, place="ул. Новая, 2", event_on=None)
    now = replace(BEFORE, place="ул. Садовая, 7", event_time=time(8))
    beside = kept_beside(fields, typed, fields_of(BEFORE), now)

    assert beside.fields == fields | {"time": "08:00"}
    assert beside.disputed == {"place"}


def test_two_who_have_written_the_same_do_not_disagree() -> None:
    fields = fields_of(BEFORE) | {"date": "25.11.2026 "}
    typed = now = replace(BEFORE, event_on=date(2026, 11, 25))
    beside = kept_beside(fields, typed, fields_of(BEFORE), now)

    assert beside.fields == fields
    assert beside.disputed == frozenset()
