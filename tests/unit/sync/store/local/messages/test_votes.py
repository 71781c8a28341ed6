"""Votes are stored once for each person, regardless of order and repetition (10.5, 10.6)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.register.handling.votes import VOTING_WINDOW, Vote, VoterKind
from sync.register.messages import message_from_call
from sync.store.local.messages.attachments import MessageVotes, VotesKept
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, new_call

WAIT_S = 10
PUBLISHED_AT = RANG_AT


def kept_message(store: RegisterStore) -> UUID:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    message = message_from_call(card, uuid7(), RANG_AT, OPERATOR)
    store.save_message(message).result(WAIT_S)
    return message.id


def test_a_person_votes_once_and_the_earliest_vote_stays(store: RegisterStore) -> None:
    message_id, votes = kept_message(store), MessageVotes(store)
    early, late = PUBLISHED_AT + timedelta(hours=1), PUBLISHED_AT + VOTING_WINDOW * 2

    def vote(voter: str, kind: VoterKind = VoterKind.USER, *, is_late: bool = False) -> Vote:
        return Vote(message_id, kind, voter, late if is_late else early)

    first = [vote("u-1", is_late=True), vote("u-2"), vote("u-1", VoterKind.GUEST)]
    assert votes.keep(first).result(WAIT_S) == VotesKept(added=3, known=0)
    again = [vote("u-1"), vote("u-2", is_late=True), vote("u-3")]
    assert votes.keep(again).result(WAIT_S) == VotesKept(added=1, known=2)

    counted = votes.tallies({message_id: PUBLISHED_AT, uuid7(): PUBLISHED_AT})

    assert list(counted) == [message_id]
    tally = counted[message_id]
    assert (tally.users, tally.guests, tally.users_in_time, tally.refused) == (3, 1, 3, ())


def test_more_than_a_thousand_users_are_over_the_mark(store: RegisterStore) -> None:
    message_id, votes = kept_message(store), MessageVotes(store)
    thousand = [
        Vote(message_id, VoterKind.USER, f"u-{number}", PUBLISHED_AT) for number in range(1_000)
    ]
    votes.keep(thousand).result(WAIT_S)
    assert not votes.tallies({message_id: PUBLISHED_AT})[message_id].is_over_mark

    votes.keep([Vote(message_id, VoterKind.USER, "one more", PUBLISHED_AT)]).result(WAIT_S)
    assert votes.tallies({message_id: PUBLISHED_AT})[message_id].is_over_mark
