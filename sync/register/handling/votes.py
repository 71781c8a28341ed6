"""Votes for a public message, and the number that requires forwarding (Regulation 10.5, 10.6).

The number is more than 1,000 votes of users within 72 hours of publication.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

VOTES_MARK = 1_000
VOTING_WINDOW = timedelta(hours=72)
"""Three days from the very moment of publication."""


class VoterKind(StrEnum):
    """Who voted: 10.5 lets guests vote too, 10.6 counts users only."""

    USER = "user"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Vote:
    """``voter`` is the platform's key of the person, one of its own for users and for guests."""

    message_id: UUID
    kind: VoterKind
    voter: str
    at: datetime


class VoteProblem(StrEnum):
    """Why a vote does not count."""

    VOTED_ALREADY = "voted_already"
    """One person, one vote for one message (10.5)."""
    BEFORE_PUBLICATION = "before_publication"
    """Nobody could see the message then."""
    OTHER_MESSAGE = "other_message"


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes for one message.

    ``users_in_time`` are those of the users who voted within 72 hours of publication; ``refused``
    are the votes that do not count, each with why.
    """

    users: int
    guests: int
    users_in_time: int
    refused: tuple[tuple[Vote, VoteProblem], ...]

    @property
    def is_over_mark(self) -> bool:
        """Whether the operator is to pass the message on (10.6)."""
        return is_over_mark(self.users_in_time)


def is_over_mark(users_in_time: int) -> bool:
    """More than one thousand: the thousandth vote is not enough (10.6)."""
    return users_in_time > VOTES_MARK


def tally(message_id: UUID, published_at: datetime, votes: Iterable[Vote]) -> Tally:
    """The votes in the order of their moments, each person's first one counted (10.5, 10.6).

    A vote at the very end of the 72nd hour is in time.
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
