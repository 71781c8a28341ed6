"""Votes for a public message, and the number of votes that requires forwarding (10.5, 10.6).

A message is forwarded if more than 1,000 users voted within 72 hours of its publication.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

VOTES_MARK = 1_000
VOTING_WINDOW = timedelta(hours=72)
"""Three days, counted from the exact time of publication."""


class VoterKind(StrEnum):
    """Kind of voter: guests may vote (10.5), but only users count for 10.6."""

    USER = "user"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Vote:
    """Vote for a message; ``voter`` is the platform's key of the person, unique within the kind."""

    message_id: UUID
    kind: VoterKind
    voter: str
    at: datetime


class VoteProblem(StrEnum):
    """Reason why a vote does not count."""

    VOTED_ALREADY = "voted_already"
    """The person has already voted for this message (10.5)."""
    BEFORE_PUBLICATION = "before_publication"
    """The message was not visible at the time of the vote."""
    OTHER_MESSAGE = "other_message"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counted votes for one message.

    ``users_in_time`` is the number of users who voted within 72 hours of publication; ``refused``
    are the votes that do not count, with their reasons.
    """

    users: int
    guests: int
    users_in_time: int
    refused: tuple[tuple[Vote, VoteProblem], ...]

    @property
    def is_over_mark(self) -> bool:
        """Whether the operator must forward the message (10.6)."""
        return is_over_mark(self.users_in_time)


def is_over_mark(users_in_time: int) -> bool:
    """Whether more than one thousand users voted in time; exactly one thousand is not enough
    (10.6).
    """
    return users_in_time > VOTES_MARK


def tally(message_id: UUID, published_at: datetime, votes: Iterable[Vote]) -> Tally:
    """Counts the first vote of each person (10.5, 10.6); later ones are refused.

    A vote at exactly 72 hours is in time.
    """
    counted: dict[tuple[VoterKind, str], Vote] = {}
    refused: list[tuple[Vote, VoteProblem]] = []
    for vote in sorted(votes, key=lambda vote: vote.at):
        problem = _problem(vote, message_id, published_at, (vote.kind, vote.voter) in counted)
        if problem is None:
            counted[vote.kind, vote.voter] = vote
        else:
            refused.append((vote, problem))
    users = [vote for vote in counted.values() if vote.kind is VoterKind.USER]
    in_time = sum(vote.at - published_at <= VOTING_WINDOW for vote in users)
    return Tally(len(users), len(counted) - len(users), in_time, tuple(refused))


def _problem(
    vote: Vote, message_id: UUID, published_at: datetime, has_voted: bool
) -> VoteProblem | None:
    if vote.message_id != message_id:
        return VoteProblem.OTHER_MESSAGE
    if vote.at < published_at:
        return VoteProblem.BEFORE_PUBLICATION
    return VoteProblem.VOTED_ALREADY if has_voted else None
