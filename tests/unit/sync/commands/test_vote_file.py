"""A file of votes: valid lines are imported, invalid ones reported by line number and code."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

from sync.commands.votes import BadVote, read_votes
from sync.register.handling.votes import Vote, VoterKind
from sync.register.messages import MessageRecord
from sync.register.numbering import RegistrationNumber, next_number
from tests.fakes.records import answered_message

MESSAGE = answered_message("Готово.")
NUMBER = str(MESSAGE.number)
AT = "2026-11-26T12:00:00+03:00"


def find(number: RegistrationNumber) -> MessageRecord | None:
    return MESSAGE if number == MESSAGE.number else None


def line(**changes: object) -> str:
    return json.dumps({"number": NUMBER, "kind": "user", "voter": "u-1", "at": AT} | changes)


def test_votes_are_read_and_bad_lines_are_told() -> None:
    lines = [
        "\ufeff" + line(),
        "",
        line(kind="guest", voter=" g-1 ", number=NUMBER.replace("-", " ")),
        "{",
        "[]",
        line(number=NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)),
        line(number=str(next_number("2611", "0001", 8))),
        line(kind="robot"),
        line(voter=""),
        line(voter=7),
        line(at="yesterday"),
        line(at="2026-11-26T12:00:00"),
    ]

    votes, bad = read_votes(lines, find)

    at = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    assert votes == [
        Vote(UUID(int=71), VoterKind.USER, "u-1", at),
        Vote(UUID(int=71), VoterKind.GUEST, "g-1", at),
    ]
    assert bad == [
        BadVote(4, "not_json"),
        BadVote(5, "not_an_object"),
        BadVote(6, "number_check_digit"),
        BadVote(7, "no_such_message"),
        BadVote(8, "kind"),
        BadVote(9, "voter"),
        BadVote(10, "voter"),
        BadVote(11, "at"),
        BadVote(12, "at_without_zone"),
    ]
