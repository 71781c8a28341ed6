"""Commands under ``central`` for logins of workplaces, workers and operators; password prompt.

Also lists records with operators unknown to the central database.
"""

from __future__ import annotations

import argparse
import getpass
import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from uuid_utils.compat import uuid7

from sync.register.numbering import INTAKE_STATION
from sync.register.people.operators import Role
from sync.store.central.logins import (
    Enrolled,
    KnownLogin,
    add_operator,
    enrol_worker,
    enrol_workplace,
    known_logins,
    set_disabled,
    set_password,
    set_reviews,
)
from sync.store.central.operators import strangers


def ask_password(prompt: str) -> str:
    """Prompts for a password without echo; reads a line if the input is a pipe."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


EXIT_OK = 0

REASONS = {
    "taken": "the server has a login of this name already",
    "enrolled": "this workplace has a login; --anew makes it a new one for another store",
    "unfit": "a login has Latin letters, digits and . _ - inside, 40 at most",
    "short_password": "the password must have at least 8 characters",
    "unknown": "the centre has no such login or workplace",
}


def add_commands(commands: Any) -> None:
    """Adds the commands of logins; each requires the DSN of the database's owner."""
    workplace = _command(
        commands,
        "enrol-workplace",
        _enrol_workplace,
        "a login for a workplace; prints its connection string with the password, once",
    )
    workplace.add_argument("code", type=_code, help="the workplace's four digits")
    workplace.add_argument(
        "--login",
        help="default: workplace_CODE; one that is there already keeps its password",
    )
    workplace.add_argument(
        "--anew",
        action="store_true",
        help="a new password, and the next store that comes takes the code over",
    )
    worker = _command(
        commands,
        "enrol-worker",
        _enrol_worker,
        "a login for python -m sync worker; prints its connection string, once",
    )
    worker.add_argument("--login", default="worker_1", help="default: worker_1")
    operator = _command(
        commands,
        "add-operator",
        _add_operator,
        "a person who may sign in at every workplace; asks for the password, or reads a line",
    )
    operator.add_argument("--login", required=True)
    operator.add_argument("--name", required=True, help="full name, as in the reports")
    operator.add_argument(
        "--role", choices=[role.value for role in Role], default=Role.OPERATOR.value
    )
    for name, run, words in (
        ("set-password", _set_password, "a new password for an operator; asks for it"),
        ("disable", _disable, "shut a login out: of a person, or of a lost computer"),
        ("enable", _enable, "let a login in again"),
    ):
        _command(commands, name, run, words).add_argument("login")
    for name, run, words in (
        ("review-all", _review_all, "let a workplace review the messages of all workplaces"),
        ("review-own", _review_own, "let it review its own messages only, as at first"),
    ):
        _command(commands, name, run, words).add_argument(
            "code", type=_code, help="the workplace's four digits"
        )
    _command(commands, "list", _list, "the logins of workplaces and people")
    strange = _command(
        commands,
        "check-operators",
        _check_operators,
        "operators named by records whom the centre does not know, or had shut out before",
    )
    strange.add_argument("--days", type=int, default=31, help="how far back (default: 31)")


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], words: str
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    made.add_argument("--dsn", required=True, help="the database's owner: libpq keywords or URI")
    made.add_argument("--json", action="store_true", help="JSON objects, one a line")
    made.set_defaults(run=run)
    return made


def _code(given: str) -> str:
    if not re.fullmatch("[0-9]{4}", given):
        raise argparse.ArgumentTypeError("four digits")
    if given == INTAKE_STATION:
        raise argparse.ArgumentTypeError("kept for the messages of the platform")
    return given


def _enrol_workplace(options: argparse.Namespace) -> int:
    made = enrol_workplace(options.dsn, options.code, login=options.login, is_anew=options.anew)
    return _tell(options, made)


def _enrol_worker(options: argparse.Namespace) -> int:
    return _tell(options, enrol_worker(options.dsn, options.login))


def _tell(options: argparse.Namespace, made: Enrolled) -> int:
    print(json.dumps({"login": made.login, "dsn": made.dsn}) if options.json else made.dsn)
    return EXIT_OK


def _add_operator(options: argparse.Namespace) -> int:
    made = add_operator(
        options.dsn,
        login=options.login,
        name=options.name,
        role=Role(options.role),
        password=ask_password(f"New password of {options.login}: "),
        new_id=uuid7,
    )
    facts = {"id": str(made.id), "login": made.login, "role": made.role.value}
    print(json.dumps(facts) if options.json else f"{made.login}: {made.role.value}")
    return EXIT_OK


def _set_password(options: argparse.Namespace) -> int:
    set_password(options.dsn, options.login, ask_password(f"New password of {options.login}: "))
    return _done(options, "password")


def _disable(options: argparse.Namespace) -> int:
    set_disabled(options.dsn, options.login, is_disabled=True)
    return _done(options, "disabled")


def _enable(options: argparse.Namespace) -> int:
    set_disabled(options.dsn, options.login, is_disabled=False)
    return _done(options, "enabled")


def _review_all(options: argparse.Namespace) -> int:
    set_reviews(options.dsn, options.code, reviews=True)
    return _changed(options, "workplace", options.code, "reviews all messages")


def _review_own(options: argparse.Namespace) -> int:
    set_reviews(options.dsn, options.code, reviews=False)
    return _changed(options, "workplace", options.code, "reviews its own messages")


def _done(options: argparse.Namespace, change: str) -> int:
    return _changed(options, "login", options.login, change)


def _changed(options: argparse.Namespace, kind: str, name: str, change: str) -> int:
    print(json.dumps({kind: name, "changed": change}) if options.json else f"{name}: {change}")
    return EXIT_OK


def _list(options: argparse.Namespace) -> int:
    for known in known_logins(options.dsn):
        facts = _facts(known)
        if options.json:
            print(json.dumps(facts, ensure_ascii=False))
        else:
            print("  ".join(str(value) for value in facts.values() if value not in (None, False)))
    return EXIT_OK


def _facts(known: KnownLogin) -> dict[str, Any]:
    return {
        "kind": known.kind.value,
        "login": known.login,
        "name": known.name,
        "role": None if known.role is None else known.role.value,
        "has_come": known.has_come,
        "reviews": known.reviews,
        "disabled_at": None if known.disabled_at is None else known.disabled_at.isoformat(),
    }


def _check_operators(options: argparse.Namespace) -> int:
    since = datetime.now(UTC) - timedelta(days=options.days)
    for stranger in strangers(options.dsn, since):
        facts = {
            "workplace": stranger.station,
            "operator_id": str(stranger.operator_id),
            "doubt": stranger.doubt.value,
            "records": stranger.records,
            "last_at": stranger.last_at.isoformat(),
        }
        print(json.dumps(facts) if options.json else "  ".join(map(str, facts.values())))
    return EXIT_OK
