"""Votes for published messages in the local store, as the platform tells them (10.5, 10.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from sync.register.handling.votes import Tally, Vote, VoterKind, tally
from sync.store.reading import RegisterReading
from sync.store.register import RegisterStore
from sync.store.workplace_tables.messages import message_vote

MESSAGES_AT_ONCE = 500  # SQLite takes a limited number of values in one statement


@dataclass(frozen=True, slots=True)
class VotesKept:
    """``added`` were new; ``known`` were votes of people who had voted for the message already."""

    added: int
    known: int


class VoteReading:
    """The votes as they stood at the last commit; on any thread, StoreError where unreadable."""

    def __init__(self, register: RegisterReading) -> None:
        self._reading = register

    def tallies(self, published: Mapping[UUID, datetime]) -> Mapping[UUID, Tally]:
        """The votes for each message that has any; given are the moments of publication."""
        wanted = tuple(published)
        votes: dict[UUID, list[Vote]] = {}
        for start in range(0, len(wanted), MESSAGES_AT_ONCE):
            votes |= self._votes(wanted[start : start + MESSAGES_AT_ONCE])
        return {key: tally(key, published[key], own) for key, own in votes.items()}

    def _votes(self, messages: Sequence[UUID]) -> dict[UUID, list[Vote]]:
        return self._reading.read(lambda connection: _votes(connection, messages))


class MessageVotes(VoteReading):
    """The votes, for reading and for taking in what the platform has told."""

    def __init__(self, register: RegisterStore) -> None:
        super().__init__(register)
        self._register = register

    def keep(self, votes: Iterable[Vote]) -> Future[VotesKept]:
        """Keep the votes, each person's earliest for a message; all of them or none.

        May be called on any thread; the future resolves after COMMIT. A vote for a message that
        the store does not know makes it fail with an error of the database.
        """
        told = tuple(votes)
        return self._register.write(lambda connection: _keep(connection, told))


def _keep(connection: Connection, votes: Sequence[Vote]) -> VotesKept:
    before = connection.scalar(select(func.count()).select_from(message_vote)) or 0
    for vote in votes:
        added = insert(message_vote).values(
            message_id=vote.message_id, kind=vote.kind.value, voter=vote.voter, at=vote.at
        )
        connection.execute(
            added.on_conflict_do_update(
                index_elements=["message_id", "kind", "voter"],
                set_={"at": added.excluded.at},
                where=added.excluded.at < message_vote.c.at,
            )
        )
    after = connection.scalar(select(func.count()).select_from(message_vote)) or 0
    return VotesKept(after - before, len(votes) - (after - before))


def _votes(connection: Connection, messages: Sequence[UUID]) -> dict[UUID, list[Vote]]:
    rows = connection.execute(
        select(message_vote).where(message_vote.c.message_id.in_(messages))
    ).mappings()
    votes: dict[UUID, list[Vote]] = {}
    for row in rows:
        vote = Vote(row["message_id"], VoterKind(row["kind"]), row["voter"], row["at"])
        votes.setdefault(vote.message_id, []).append(vote)
    return votes
