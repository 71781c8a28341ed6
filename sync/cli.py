"""Command line ``python -m sync``: argument parser, exit codes and the basic commands.

The basic commands are list, show, verify, calendar, operator add, outbox status, central init and
central show. All other commands are in ``sync.commands`` and ``sync.jobs.worker``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import platformdirs
import psycopg2

from sync.commands import audit as audit_commands
from sync.commands import central as central_database_commands
from sync.commands import logins as login_commands
from sync.commands import outbox as outbox_commands
from sync.commands import persons as person_commands
from sync.commands import platform as platform_commands
from sync.commands import records as record_commands
from sync.commands import regulation as regulation_commands
from sync.commands import rehearsal
from sync.commands import rules as rule_commands
from sync.commands import store as store_commands
from sync.commands import votes as vote_commands
from sync.commands.error_texts import error_text
from sync.commands.logins import ask_password
from sync.errors import (
    CentralNotReady,
    DsnInvalid,
    KeyUnavailable,
    LoginRefused,
    MailSettingsInvalid,
    PlatformSettingsInvalid,
    StoreError,
    StoreUnreadable,
)
from sync.jobs import worker
from sync.records.row_codec import call_row, message_row, plain
from sync.register.audit import COMMAND, Audited, AuditKind, Subject
from sync.register.numbering import NumberProblem, parse
from sync.register.people.operators import Refusal, Role
from sync.store.central.connection import initialise
from sync.store.central.logins import has_roles
from sync.store.central.reading import central_record
from sync.store.local.accounts import LoginTaken, SignInRefusal
from sync.store.local.calls.recordings import recordings_of
from sync.store.local.calls.script_steps import plain_steps
from sync.store.local.city import city_of, city_row
from sync.store.local.command_audit import note_command
from sync.store.local.keys import StoreKey, find_key
from sync.store.local.opening import Verdict, check_pages
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore

CITY_ZONE = ZoneInfo("Europe/Moscow")

EXIT_OK = 0
EXIT_NOT_FOUND = 1
EXIT_USAGE = 2
EXIT_STORE = 3
EXIT_CENTRE = 4
EXIT_REFUSED = 5


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns the exit code.

    0 success; 1 record not found or audit chain broken; 2 invalid usage; 3 local database unusable;
    4 central database unusable; 5 permission denied.
    """
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except StoreError as error:
        print(f"local database: {error_text(error)}", file=sys.stderr)
        return EXIT_STORE
    except DsnInvalid:
        print("connection string is invalid: expected libpq keywords or a URI", file=sys.stderr)
        return EXIT_USAGE
    except PlatformSettingsInvalid as error:
        print(f"platform: {error_text(error)}", file=sys.stderr)
        return EXIT_USAGE
    except MailSettingsInvalid as error:
        print(f"mail: {error_text(error)}", file=sys.stderr)
        return EXIT_USAGE
    except CentralNotReady as error:
        print(f"central database: {error_text(error)}", file=sys.stderr)
        return EXIT_CENTRE
    except LoginRefused as error:
        print(f"login: {login_commands.REASONS[error.code]}", file=sys.stderr)
        return EXIT_REFUSED
    except psycopg2.Error as error:
        print(f"central database: {error}".strip(), file=sys.stderr)
        return EXIT_CENTRE
    return code


def _central_init(options: argparse.Namespace) -> int:
    changed = initialise(options.dsn)
    print("schema created or upgraded" if changed else "schema is up to date")
    if not has_roles(options.dsn):
        print(
            "warning: roles were not created: permission denied; only the owner can use the"
            " database. Grant the permission (ALTER ROLE ... CREATEROLE) or run this command once"
            " as a superuser"
        )
    return EXIT_OK


def _central_show(options: argparse.Namespace) -> int:
    number = parse(options.number)
    if isinstance(number, NumberProblem):
        print(f"invalid registration number: {number.value}", file=sys.stderr)
        return EXIT_USAGE
    record = central_record(options.dsn, number)
    if record is None:
        print("no record with this registration number", file=sys.stderr)
        return EXIT_NOT_FOUND
    _print_json(record)
    return EXIT_OK


def _list(options: argparse.Namespace) -> int:
    first = datetime.combine(options.day or datetime.now(CITY_ZONE).date(), time(), CITY_ZONE)
    register = _open(options.store)
    found = register.calls_of_day(first, first + timedelta(days=1))
    messages = register.messages_of_day(first, first + timedelta(days=1))
    register.close_reading()
    _note(
        options.store,
        Audited(
            AuditKind.LIST_READ, source=COMMAND, detail="day", count=len(found) + len(messages)
        ),
    )
    for call in found:
        _print_json({"kind": "call", **plain(call_row(call))})
    for message in messages:
        _print_json({"kind": "message", **plain(message_row(message))})
    return EXIT_OK


def _calendar(options: argparse.Namespace) -> int:
    register = _open(options.store)
    city = city_of(register)
    register.close_reading()
    in_force = {edit.id for edit in city.in_force}
    for edit in city.edits:
        _print_json({**plain(city_row(edit)), "in_force": edit.id in in_force})
    return EXIT_OK


def _operator_add(options: argparse.Namespace) -> int:
    key = find_key(options.store)
    if key is None:
        raise KeyUnavailable("missing")
    store = RegisterStore.open(options.store, key)
    try:
        by = store.sign_in(
            options.by, ask_password(f"Password of {options.by}: "), datetime.now(UTC)
        ).result()
        if isinstance(by, SignInRefusal):
            print(f"{options.by}: sign-in failed: {by.code.value}", file=sys.stderr)
            return EXIT_REFUSED
        made = store.add_operator(
            by,
            name=options.name,
            login=options.login,
            password=ask_password(f"New password of {options.login}: "),
            role=Role(options.role),
        ).result()
    except LoginTaken:
        print(f"login {options.login} already exists", file=sys.stderr)
        return EXIT_REFUSED
    finally:
        store.close_store()
    if isinstance(made, Refusal):
        print(f"permission denied: {made.action.value} (role {made.role.value})", file=sys.stderr)
        return EXIT_REFUSED
    print(f"{made.login}: {made.role.value}")
    return EXIT_OK


def _outbox_status(options: argparse.Namespace) -> int:
    register = _open(options.store)
    status, poison = register.outbox_status(), register.outbox_poison()
    register.close_reading()
    oldest = None if status.oldest_at is None else status.oldest_at.isoformat()
    if options.json:
        refused = [
            {"entity": row.entity.value, "id": str(row.entity_id), "rev": row.rev,
             "error": row.error}
            for row in poison
        ]  # fmt: skip
        _print_json({"waiting": status.waiting, "oldest_at": oldest, "poison": refused})
        return EXIT_OK
    print(f"unsent: {status.waiting}, oldest: {oldest or '-'}, rejected: {status.poison}")
    for row in poison:
        print(f"rejected: {row.entity.value} {row.entity_id} revision {row.rev}: {row.error}")
    return EXIT_OK


def _verify(options: argparse.Namespace) -> int:
    register = _open(options.store)
    try:
        install_id = register.station().install_id
    finally:
        register.close_reading()
    check = check_pages(options.store, _key(options.store), install_id, Event(), share=1)
    if check.verdict is Verdict.DAMAGED:
        raise StoreUnreadable("damaged")
    print("no errors found")
    return EXIT_OK


def _show(options: argparse.Namespace) -> int:
    number = parse(options.number)
    if isinstance(number, NumberProblem):
        print(f"invalid registration number: {number.value}", file=sys.stderr)
        return EXIT_USAGE
    register = _open(options.store)
    call = register.call_by_number(number)
    message = register.message_by_number(number)
    script_steps = [] if call is None else plain_steps(register, call.id)
    recordings = [] if call is None else list(recordings_of(register, call))
    register.close_reading()
    if call is not None:
        subject, id, record = Subject.CALL, call.id, plain(call_row(call))
        record["script_steps"] = script_steps
        record["recordings"] = recordings
    elif message is not None:
        subject, id, record = Subject.MESSAGE, message.id, plain(message_row(message))
    else:
        print("no record with this registration number", file=sys.stderr)
        return EXIT_NOT_FOUND
    read = Audited(AuditKind.RECORD_READ, source=COMMAND, subject=subject, subject_id=id)
    _note(options.store, read)
    record = {"kind": subject.value, **record}
    if options.json:
        _print_json(record)
    else:
        for field, value in record.items():
            print(f"{field}: {'' if value is None else value}")
    return EXIT_OK


def _open(path: Path) -> RegisterReading:
    return RegisterReading.open_for_reading(path, _key(path))


def _key(path: Path) -> StoreKey:
    key = find_key(path)
    if key is None:
        raise KeyUnavailable("missing")
    return key


def _note(path: Path, read: Audited) -> None:
    """Writes an audit entry; an I/O error is printed and does not hide the records."""
    try:
        note_command(path, _key(path), read)
    except StoreError as error:
        print(f"warning: audit entry not written: {error_text(error)}", file=sys.stderr)


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sync",
        description="Manage the local and the central database of the call register.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    central = commands.add_parser("central", help="manage the central PostgreSQL database")
    central_commands = central.add_subparsers(required=True, metavar="COMMAND")
    init = central_commands.add_parser(
        "init", help="create the schema in an empty database, or upgrade it"
    )
    init.add_argument("--dsn", required=True, help="libpq keywords or URI")
    init.set_defaults(run=_central_init)

    login_commands.add_commands(central_commands)
    central_database_commands.add_take_over_command(central_commands)

    central_show = central_commands.add_parser(
        "show", help="show a record of the central database as one JSON object"
    )
    central_show.add_argument(
        "number", help="registration number YYMM-SSSS-NNNNN-C, with or without dashes"
    )
    central_show.add_argument("--dsn", required=True, help="libpq keywords or URI")
    central_show.set_defaults(run=_central_show)

    central_database_commands.add_schema_commands(central_commands)
    central_database_commands.add_report_command(central_commands, CITY_ZONE)
    central_database_commands.add_documents_command(central_commands)

    listed = commands.add_parser("list", help="list the records of a day, one JSON object per line")
    listed.add_argument("--day", type=date.fromisoformat, help="YYYY-MM-DD (default: today)")
    _add_store(listed)
    listed.set_defaults(run=_list)

    calendar = commands.add_parser(
        "calendar", help="list changes of the city's calendar and rules, one JSON object per line"
    )
    _add_store(calendar)
    calendar.set_defaults(run=_calendar)

    operator = commands.add_parser("operator", help="manage operators")
    operator_commands = operator.add_subparsers(required=True, metavar="COMMAND")
    add = operator_commands.add_parser(
        "add", help="add an operator; prompts for two passwords, or reads them as lines from a pipe"
    )
    add.add_argument(
        "--by", required=True, metavar="LOGIN", help="login of the supervisor who adds the operator"
    )
    add.add_argument("--login", required=True, help="login of the new operator")
    add.add_argument("--name", required=True, help="full name, as shown in reports")
    add.add_argument(
        "--role",
        choices=[role.value for role in Role],
        default=Role.OPERATOR.value,
        help="role (default: %(default)s)",
    )
    _add_store(add)
    add.set_defaults(run=_operator_add)

    outbox = commands.add_parser(
        "outbox", help="inspect the records not yet sent to the central database"
    )
    of_outbox = outbox.add_subparsers(required=True, metavar="COMMAND")
    status = of_outbox.add_parser(
        "status", help="show the number of unsent records and list the rejected ones"
    )
    _add_store(status)
    status.add_argument("--json", action="store_true", help="print one JSON object")
    status.set_defaults(run=_outbox_status)

    verify = commands.add_parser("verify", help="check every page of the local database")
    _add_store(verify)
    verify.set_defaults(run=_verify)

    show = commands.add_parser("show", help="show a call or a message by its registration number")
    show.add_argument(
        "number", help="registration number YYMM-SSSS-NNNNN-C, with or without dashes"
    )
    _add_store(show)
    show.add_argument("--json", action="store_true", help="print one JSON object")
    show.set_defaults(run=_show)

    audit_commands.add_commands(commands, central_commands, _add_store)
    person_commands.add_commands(commands, central_commands, _add_store)
    platform_commands.add_command(commands)
    record_commands.add_place_commands(commands)
    regulation_commands.add_command(commands)
    rule_commands.add_commands(commands)
    store_commands.add_command(commands, _add_store)
    record_commands.add_state_command(commands, _add_store)
    record_commands.add_incident_command(commands, _add_store)
    vote_commands.add_command(commands, _add_store)
    worker.add_command(commands)
    rehearsal.add_command(commands)
    outbox_commands.add_outbox_commands(commands, _add_store)
    outbox_commands.add_outbox_file_commands(commands, _add_store)
    return parser


def _add_store(parser: argparse.ArgumentParser) -> None:
    default = Path(platformdirs.user_data_dir("edinyi-nomer", appauthor=False)) / "register.db"
    parser.add_argument(
        "--store",
        type=_store_file,
        default=default,
        help="local database file, or its directory (default: that of this user)",
    )


def _store_file(text: str) -> Path:
    path = Path(text)
    return path / "register.db" if path.is_dir() else path
