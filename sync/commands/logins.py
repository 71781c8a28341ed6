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
    "taken": "the server already has a login with this name",
    "enrolled": "this workplace already has a login; use --anew to replace its local database",
    "unfit": (
        "invalid login: use at most 40 Latin letters, digits and . _ -, and start with a letter or"
        " digit"
    ),
    "short_password": "the password must have at least 8 characters",
    "unknown": "no such login or workplace in the central database",
}


def add_commands(commands: Any) -> None:
    """Adds the commands of logins; each requires the DSN of the database's owner."""
    workplace = _command(
        commands,
        "enrol-workplace",
        _enrol_workplace,
        "create a login for a workplace; prints its connection string with the password once",
    )
    workplace.add_argument("code", type=_code, help="four-digit code of the workplace")
    workplace.add_argument(
        "--login",
        help="login (default: workplace_CODE); an existing login keeps its password",
    )
    workplace.add_argument(
        "--anew",
        action="store_true",
        help="set a new password and let the next local database that connects take the code",
    )
    worker = _command(
        commands,
        "enrol-worker",
        _enrol_worker,
        "create a login for `python -m sync worker`; prints its connection string once",
    )
    worker.add_argument("--login", default="worker_1", help="login (default: worker_1)")
    operator = _command(
        commands,
        "add-operator",
        _add_operator,
        "add an operator for all workplaces; prompts for the password, or reads it from a pipe",
    )
    operator.add_argument("--login", required=True, help="login of the new operator")
    operator.add_argument("--name", required=True, help="full name, as shown in reports")
    operator.add_argument(
        "--role",
        choices=[role.value for role in Role],
        default=Role.OPERATOR.value,
        help="role (default: %(default)s)",
    )
    for name, run, words in (
        ("set-password", _set_password, "set the password of an operator; prompts for it"),
        ("disable", _disable, "disable a login of an operator or a workplace"),
        ("enable", _enable, "enable a disabled login"),
    ):
        _command(commands, name, run, words).add_argument("login", help="name of the login")
    for name, run, words in (
        ("review-all", _review_all, "allow a workplace to review the messages of all workplaces"),
        (
            "review-own",
            _review_own,
            "restrict a workplace to the review of its own messages (default)",
        ),
    ):
        _command(commands, name, run, words).add_argument(
            "code", type=_code, help="four-digit code of the workplace"
        )
    _command(commands, "list", _list, "list the logins of workplaces and operators")
    strange = _command(
        commands,
        "check-operators",
        _check_operators,
        "list operators of records who have no login, or whose login was disabled before",
    )
    strange.add_argument(
        "--days", type=int, default=31, help="number of days to check (default: 31)"
    )


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], words: str
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    made.add_argument(
        "--dsn",
        required=True,
        help="connection string of the database owner: libpq keywords or URI",
    )
    made.add_argument("--json", action="store_true", help="print one JSON object per line")
    made.set_defaults(run=run)
    return made


def _code(given: str) -> str:
    if not re.fullmatch("[0-9]{4}", given):
        raise argparse.ArgumentTypeError(f"invalid code: {given!r}, expected four digits")
    if given == INTAKE_STATION:
        raise argparse.ArgumentTypeError(f"code {given} is reserved for messages from the platform")
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
    return _done(options, "password", "password changed")


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


def _done(options: argparse.Namespace, change: str, text: str = "") -> int:
    return _changed(options, "login", options.login, change, text)


def _changed(options: argparse.Namespace, kind: str, name: str, change: str, text: str = "") -> int:
    words = f"{name}: {text or change}"
    print(json.dumps({kind: name, "changed": change}) if options.json else words)
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
