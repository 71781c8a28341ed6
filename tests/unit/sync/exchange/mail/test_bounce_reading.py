"""Recognition of bounced mail and of the notification it belongs to."""

from __future__ import annotations

from uuid import UUID

import pytest

from sync.exchange.mail.bounces import Bounce, read_bounce
from tests.fakes.returned_letters import of_exim, out_of_office, report

ID = UUID("01900000-0000-7000-8000-000000000001")
HEADER_ID = f"<{ID}@belokluchevsk.example>"
RETURN = f"bounces+{ID}@belokluchevsk.example"


@pytest.mark.parametrize(
    "raw",
    [
        report(HEADER_ID),
        report("", to=RETURN),
        report("<other@mail.example>", to=f"Mail <{RETURN}>"),
        of_exim(HEADER_ID),
    ],
)
def test_a_returned_letter_names_its_notice_and_the_status(raw: bytes) -> None:
    assert read_bounce(raw) == Bounce(frozenset({ID}), "5.1.1")


@pytest.mark.parametrize(
    "raw",
    [
        report(HEADER_ID, action="delayed", status="4.4.1"),
        report("<other@mail.example>"),
        out_of_office(HEADER_ID),
        b"",
        b"\xff\xfe no letter at all",
    ],
)
def test_what_is_no_returned_letter_of_ours(raw: bytes) -> None:
    assert read_bounce(raw) is None


def test_a_report_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    raw = report(HEADER_ID)
    for end in range(0, len(raw), 7):
        found = read_bounce(raw[:end])
        assert found is None or found.notice_ids == {ID}
