"""Missed calls: each stays until somebody has dealt with it, nights and weekends included."""

from __future__ import annotations

from enum import StrEnum


class MissedOutcome(StrEnum):
    """What became of a missed call, where a person says so.

    Where the two sides have talked since, nobody has to: the calls themselves tell it.
    """

    CALLED_BACK = "called_back"
    """From another telephone, or the caller was met."""
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    """A mistake, an advertisement, a number that is hidden."""
    BEFORE = "before"
    """Older than the list itself: marked by the program that brought it."""
    ELSEWHERE = "elsewhere"
    """Another workplace has talked with this telephone since, or said what became of its call."""


CHOICES = (MissedOutcome.CALLED_BACK, MissedOutcome.NOT_REACHED, MissedOutcome.NOT_NEEDED)
"""What a person may say, in the order of the digits."""
