"""A message submitted by a user on the platform, as a draft in the product (7.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from sync.register.messages import NOBODY, Publicity, State, SubmittedMessage, draft_of
from sync.register.people.values import Absence, PersonName, Stated

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
SENT = SubmittedMessage("C-1", AT, "Яма", "ул. Пробная, 1", "roads", Publicity.NOT_STATED)


def test_nobody_here_wrote_it_down_and_it_is_on_the_platform_already() -> None:
    draft = draft_of(SENT, UUID(int=5), AT, "87999")
    assert (draft.state, draft.operator_id, draft.platform_id) == (State.DRAFT, NOBODY, "C-1")
    assert (draft.name, draft.phone, draft.email) == (Absence.NOT_GIVEN,) * 3
    named = replace(SENT, name=PersonName("Пробная", "", ""), email="one@test.invalid")
    draft = draft_of(named, UUID(int=5), AT, "87999")
    assert (draft.name, draft.email) == (named.name, named.email)


@pytest.mark.parametrize(
    ("phone", "kept"),
    [("8 900 555-01-07", "+79005550107"), ("нет", "нет"), ("", Absence.NOT_GIVEN)],
)
def test_a_phone_is_read_where_it_can_be_and_kept_as_it_came_where_not(
    phone: str, kept: Stated
) -> None:
    assert draft_of(replace(SENT, phone=phone), UUID(int=5), AT, "87999").phone == kept
