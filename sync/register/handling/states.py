"""Where a message stands on its way (Regulation 6.4, 7, 9, 10)."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """One place on the way; which steps lead on stands in ``steps``."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    """Waits for the operator's review (7.5)."""
    UNDER_REVIEW = "under_review"
    """One person has it and decides (7.6)."""
    REGISTERED = "registered"
    """Has its number and is not shown to others (6.11)."""
    PUBLISHED = "published"
    """Has its number and is shown to everybody (6.9)."""
    REFUSED = "refused"
    REMOVED_AS_DUPLICATE = "removed_as_duplicate"
    AT_ORGAN = "at_organ"
    ANSWERED = "answered"
    """An answer has come and is to be checked (9.5)."""
    ANSWER_RETURNED = "answer_returned"
    ANSWER_SENT = "answer_sent"
    """The user has an answer that solves the question or says why it cannot be solved (9.4)."""
    PLANNED = "planned"
    """The user has an answer with a date and measures; the date is awaited (9.6)."""
    RATED = "rated"
    REWORK = "rework"
    """Back at the organ with the user's remarks (10.3)."""
    CLOSED = "closed"
    PASSED_ON = "passed_on"
    """At the organ because more than a thousand users voted for it (10.6)."""


REVIEWED = frozenset({State.SUBMITTED, State.UNDER_REVIEW})
"""The decision on the message is awaited (7.6, 7.11)."""
ENDS = frozenset({State.REFUSED, State.REMOVED_AS_DUPLICATE, State.CLOSED})
"""No step leads on from these; a decision just made can be taken back, a late call be linked."""
OPEN = frozenset(State) - ENDS
BEFORE_PUBLICATION = frozenset({State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.REGISTERED})
AFTER_PUBLICATION = OPEN - BEFORE_PUBLICATION - {State.PUBLISHED}
"""Sent on or answered; what was published before still is, unless it was withheld."""
