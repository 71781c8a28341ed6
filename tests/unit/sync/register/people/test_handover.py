"""Permissions to hand over and accept a shift, and the size limit of a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from sync.register.people.operators import Operator, Role
from sync.register.people.shift import (
    MOST_LINES,
    HandoverRefusal,
    Line,
    Part,
    Sheet,
    SheetContent,
    Signature,
    accept_refusal,
    leave_refusal,
    part_of,
)
from tests.fakes.records import OPERATOR

AT = datetime(2026, 11, 27, 14, 5, tzinfo=UTC)
CONTENT = SheetContent({Part.MISSED: part_of(())}, 0, (), "")
SHEET = Sheet(UUID(int=9), CONTENT, Signature(OPERATOR.id, OPERATOR.name, AT))
COLLEAGUE = Operator(UUID(int=2), "second", "Вторая Проба", Role.OPERATOR)


def test_a_colleague_takes_over_and_nobody_from_himself() -> None:
    assert accept_refusal(SHEET, COLLEAGUE) is None
    assert accept_refusal(SHEET, OPERATOR) is HandoverRefusal.OWN
    signed = replace(SHEET, accepted=Signature(COLLEAGUE.id, COLLEAGUE.name, AT))
    assert accept_refusal(signed, COLLEAGUE) is HandoverRefusal.ACCEPTED


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.EDITOR, Role.ADMINISTRATOR])
def test_who_takes_no_calls_has_no_shift(role: Role) -> None:
    other = replace(COLLEAGUE, role=role)

    assert leave_refusal(other) is HandoverRefusal.ROLE
    assert accept_refusal(SHEET, other) is HandoverRefusal.ROLE
    assert leave_refusal(COLLEAGUE) is None


def test_a_long_list_is_counted_and_its_beginning_kept() -> None:
    lines = tuple(Line(f"2611-0001-{count:05}-0", at=AT) for count in range(MOST_LINES + 3))

    part = part_of(lines)

    assert part.count == MOST_LINES + 3
    assert part.lines == lines[:MOST_LINES]
