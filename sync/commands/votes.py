"""Command ``votes import``: reads votes for messages from a JSON Lines file.

It is used until the city platform delivers the votes directly.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sync.errors import KeyUnavailable
from sync.register.handling.votes import Vote, VoterKind
from sync.register.messages import MessageRecord
from sync.register.numbering import NumberProblem, RegistrationNumber, parse
from sync.store.local.keys import find_key
from sync.store.local.messages.attachments import MessageVotes
from sync.store.local.register import RegisterStore

EXIT_OK = 0
EXIT_BAD_LINE = 2
BYTE_ORDER_MARK = "\ufeff"

Find = Callable[[RegistrationNumber], MessageRecord | None]


@dataclass(frozen=True, slots=True)
class BadVote:
    """Line that is not a vote for a message of this database, with an error code."""

    line: int
    code: str


def run(options: argparse.Namespace) -> int:
    """Imports the votes of the file; prints invalid lines and imports the others.

    The exit code is 2 if there were invalid lines. Raises StoreError.
    """
    key = find_key(options.store)
    if key is None:
        raise KeyUnavailable("missing")
    store = RegisterStore.open(options.store, key)
    try:
        with options.file.open(encoding="utf-8") as lines:
            votes, bad = read_votes(lines, store.message_by_number)
        kept = MessageVotes(store).keep(votes).result()
    except (OSError, UnicodeDecodeError) as error:
        print(f"{options.file}: {_reason(error)}", file=sys.stderr)
        return EXIT_BAD_LINE
    finally:
        store.close_store()
    print(f"added: {kept.added}, already present: {kept.known}, invalid lines: {len(bad)}")
    for one in bad:
        print(f"line {one.line}: {one.code}", file=sys.stderr)
    return EXIT_BAD_LINE if bad else EXIT_OK


def _reason(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "the file is not UTF-8"
    return error.strerror or type(error).__name__


def read_votes(lines: Iterable[str], find: Find) -> tuple[list[Vote], list[BadVote]]:
    """Parses votes; returns them and the invalid lines. Empty lines are skipped.

    A line is ``{"number": ..., "kind": "user" | "guest", "voter": ..., "at": ...}``: the message's
    registration number, the platform's key of the person, and an ISO 8601 time with its zone.
    """
    messages: dict[RegistrationNumber, UUID | None] = {}
    votes: list[Vote] = []
    bad: list[BadVote] = []
    for line, text in enumerate(lines, start=1):
        content = text.removeprefix(BYTE_ORDER_MARK).strip()
        if content:
            vote = _vote(content, messages, find)
            if isinstance(vote, Vote):
                votes.append(vote)
            else:
                bad.append(BadVote(line, vote))
    return votes, bad


def _vote(content: str, messages: dict[RegistrationNumber, UUID | None], find: Find) -> Vote | str:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return "not_json"
    if not isinstance(told, dict):
        return "not_an_object"
    number = parse(str(told.get("number", "")))
    if isinstance(number, NumberProblem):
        return f"number_{number.value}"
    if number not in messages:
        record = find(number)
        messages[number] = None if record is None else record.id
    message_id = messages[number]
    if message_id is None:
        return "no_such_message"
    return _of_message(message_id, told)


def _of_message(message_id: UUID, told: dict[str, Any]) -> Vote | str:
    kind, voter, moment = told.get("kind"), told.get("voter"), told.get("at")
    if kind not in set(VoterKind):
        return "kind"
    if not isinstance(voter, str) or not voter.strip():
        return "voter"
    try:
        at = datetime.fromisoformat(str(moment))
    except ValueError:
        return "at"
    if at.tzinfo is None:
        return "at_without_zone"
    return Vote(message_id, VoterKind(kind), voter.strip(), at)


def add_command(commands: Any, add_store: Callable[[argparse.ArgumentParser], None]) -> None:
    """Adds ``votes import``."""
    votes = commands.add_parser("votes", help="manage votes for published messages")
    vote_commands = votes.add_subparsers(required=True, metavar="COMMAND")
    taken: argparse.ArgumentParser = vote_commands.add_parser(
        "import",
        help="import votes from a JSON Lines file",
        description=(
            'A line is {"number": "2611-0001-00012-4", "kind": "user" or "guest", '
            '"voter": "the platform\'s key of the person", "at": "2026-11-26T12:00:00+03:00"}. '
            "Votes imported before are skipped. The console must be closed."
        ),
    )
    taken.add_argument("file", type=Path, metavar="FILE", help="JSON Lines file")
    add_store(taken)
    taken.set_defaults(run=run)
