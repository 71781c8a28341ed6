"""What a person may say of a missed call."""

from __future__ import annotations

from sync.register.missed_calls import CHOICES, MissedOutcome


def test_a_person_says_what_he_did_and_never_what_a_program_marked() -> None:
    assert len(set(CHOICES)) == len(CHOICES)
    assert set(MissedOutcome) - set(CHOICES) == {MissedOutcome.BEFORE, MissedOutcome.ELSEWHERE}
