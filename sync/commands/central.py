"""Commands under ``central``: directory, settings and templates, call report, schema, takeover.

The commands are import-directory, put-document, report, upgrade, status, partitions and take-over.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from uuid_utils.compat import uuid7

from sync.commands.directory_files import LineProblem, read_directory
from sync.errors import StoreTooNew
from sync.exchange.mail.texts import template_fault, template_names
from sync.records.feed_values import DocumentEntity
from sync.register.figures.call_statistics import Average, CallFigures, CallReport, Spread
from sync.register.numbering import INTAKE_STATION
from sync.store.central.administration import CentralState, central_state, declare_successor
from sync.store.central.connection import central_transaction, initialise
from sync.store.central.intake.messages import IntakeState
from sync.store.central.partitions import (
    AHEAD_MONTHS,
    MonthMade,
    make_ahead,
    make_month,
    months_of,
)
from sync.store.central.reading import CentralRegister
from sync.store.central.shared_documents import SharedDocument, put_documents

CITY_ZONE = ZoneInfo("Europe/Moscow")
EXIT_OK = 0
EXIT_USAGE = 2


def add_documents_command(central_commands: Any) -> None:
    """Adds ``import-directory`` and ``put-document``."""
    load = central_commands.add_parser(
        "import-directory",
        help="put the directory's entries into the centre, for all workplaces",
        description=(
            "Takes a file of JSON Lines as `python -m kb export` writes it, or a folder of such. "
            "Lines of attachments.jsonl tell of documents: id, entry_id, kind, title, file_name, "
            "and in file the name of a file beside it. Lines of synonyms.jsonl are synonyms: "
            "phrase, meaning, both_ways; the first ones take the place of those that each "
            "workplace has. Nothing is imported while a line is wrong; "
            "importing the same again changes nothing."
        ),
    )
    load.add_argument("path", type=Path, metavar="FILE|FOLDER")
    load.add_argument("--dsn", required=True, help="libpq keywords or URI")
    load.add_argument("--by", default="", metavar="NAME", help="who brings it, for the history")
    load.add_argument(
        "--close-others", action="store_true", help="end today whatever is not among them"
    )
    load.add_argument("--json", action="store_true", help="one JSON object")
    load.set_defaults(run=_import)
    _add_put(central_commands)


def _add_put(central_commands: Any) -> None:
    put = central_commands.add_parser(
        "put-document",
        help="put a setting or a template into the centre, for all workplaces",
        description=(
            "A setting is a JSON object, a template a text. The setting `places` is the file that "
            "`python -m sync places import` writes: every workplace takes its streets from there. "
            "The setting `regulation` is that of `python -m sync regulation import`. "
            "A template takes the place of the file of its name in resources/templates/notices, "
            "once every letter that it may be of has come out whole."
        ),
    )
    put.add_argument("kind", choices=["setting", "template"])
    put.add_argument("name", metavar="NAME")
    put.add_argument("file", type=Path, metavar="FILE", nargs="?")
    put.add_argument(
        "--withdraw",
        action="store_true",
        help="let it hold no more: of a template, the program's own does",
    )
    put.add_argument("--dsn", required=True, help="libpq keywords or URI")
    put.add_argument("--by", default="", metavar="NAME", help="who brings it, for the history")
    put.add_argument("--json", action="store_true", help="one JSON object")
    put.set_defaults(run=_put)


def _put(options: argparse.Namespace) -> int:
    entity = DocumentEntity(options.kind)
    if options.withdraw == (options.file is not None):
        print("either a file or --withdraw is needed", file=sys.stderr)
        return EXIT_USAGE
    if options.withdraw:
        today = datetime.now(CITY_ZONE).date()
        return _put_all(options, [SharedDocument(entity, options.name, None, today)])
    try:
        text = options.file.read_text(encoding="utf-8-sig")
        document = {"text": text} if entity is DocumentEntity.TEMPLATE else json.loads(text)
    except (OSError, ValueError):
        document = None
    if not isinstance(document, dict):
        print(f"{options.file.name}: cannot be read, or is no JSON object", file=sys.stderr)
        return EXIT_USAGE
    if entity is DocumentEntity.TEMPLATE and not _is_good(options.name, text):
        return EXIT_USAGE
    return _put_all(options, [SharedDocument(entity, options.name, document)])


def _is_good(name: str, text: str) -> bool:
    """Whether the text is valid for this template; prints the error otherwise."""
    fault = template_fault(name, text)
    if fault is None:
        return True
    place = f"{name}:{fault.line}" if fault.line else name
    print(f"{place}: {fault.code}{f' ({fault.detail})' if fault.detail else ''}", file=sys.stderr)
    if fault.code == "unknown_template":
        print(f"templates: {', '.join(template_names())}", file=sys.stderr)
    return False


def _import(options: argparse.Namespace) -> int:
    found = read_directory(options.path)
    problems = [one for one in found if isinstance(one, LineProblem)]
    for problem in problems:
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        print(f"{place}: {problem.code}", file=sys.stderr)
    if problems:
        return EXIT_USAGE
    documents = [one for one in found if isinstance(one, SharedDocument)]
    today = datetime.now(CITY_ZONE).date()
    return _put_all(options, documents, today if options.close_others else None)


def _put_all(
    options: argparse.Namespace,
    documents: Sequence[SharedDocument],
    close_others_on: date | None = None,
) -> int:
    try:
        imported = put_documents(
            options.dsn, documents, by=options.by, close_others_on=close_others_on
        )
    except ValueError:
        print("a text holds what the database cannot: a NUL character", file=sys.stderr)
        return EXIT_USAGE
    if options.json:
        print(json.dumps(asdict(imported)))
    else:
        print(
            f"changed: {imported.changed}, as they were: {imported.unchanged}, "
            f"closed: {imported.closed}"
        )
    return EXIT_OK


_COUNTS = (
    "answered",
    "answered_out_of_hours",
    "missed",
    "missed_out_of_hours",
    "taken_elsewhere",
    "ringing",
    "outgoing",
    "by_hand",
    "further_questions",
)
_TIMES = ("wait", "talk", "wrap_up", "wait_missed")


def add_report_command(commands: Any, zone: ZoneInfo) -> None:
    """Adds ``report``; days are in ``zone``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "report",
        help="the calls of a period over all workplaces: counts and mean times",
        description="Asked with a login that may read all calls; last month unless told otherwise.",
    )
    parser.add_argument("--dsn", required=True, help="libpq keywords or URI")
    parser.add_argument("--first", type=date.fromisoformat, metavar="DAY", help="YYYY-MM-DD")
    parser.add_argument("--last", type=date.fromisoformat, metavar="DAY", help="YYYY-MM-DD")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=lambda options: _report(options, zone))


def _report(options: argparse.Namespace, zone: ZoneInfo) -> int:
    first, last = _period(options.first, options.last, datetime.now(zone).date())
    report = CentralRegister(options.dsn).call_report(first, last, zone)
    if options.json:
        print(json.dumps(_as_json(report), ensure_ascii=False))
        return EXIT_OK
    print(f"{first} - {last}: {report.total.calls} calls")
    for name, value in _figures(report.total).items():
        print(f"{name}: {'-' if value is None else value}")
    return EXIT_OK


def _period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    if first is None and last is None:
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    return first or last or today, last or first or today


def _as_json(report: CallReport) -> dict[str, Any]:
    return {
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "calls": report.total.calls,
        **_figures(report.total),
        "formal_appeals": report.formal_appeals,
        "from_directory": report.from_directory,
        "pace": {step.value: _spread(one) for step, one in report.pace.items()},
        "by_day": {day.isoformat(): _figures(one) for day, one in report.by_day},
        "by_hour": [_figures(one) for one in report.by_hour],
        "by_operator": [
            {"id": str(one.operator_id), "name": one.operator_name, **_figures(one.figures)}
            for one in report.by_operator
        ],
        "by_result": [{"result": one.result, **_figures(one.figures)} for one in report.by_result],
    }


def _figures(figures: CallFigures) -> dict[str, int | float | None]:
    """Counts, and mean times in seconds."""
    counts: dict[str, int | float | None] = {name: getattr(figures, name) for name in _COUNTS}
    return counts | {f"{name}_s": _mean_s(getattr(figures, name)) for name in _TIMES}


def _spread(spread: Spread) -> dict[str, int | float | None]:
    """Number of calls, median and 90th percentile in seconds."""
    median, ninetieth = spread.median, spread.ninetieth
    return {
        "calls": spread.count,
        "median_s": None if median is None else median.total_seconds(),
        "p90_s": None if ninetieth is None else ninetieth.total_seconds(),
    }


def _mean_s(average: Average) -> float | None:
    mean = average.mean
    return None if mean is None else round(mean.total_seconds(), 1)


EXIT_CENTRE = 4


def add_schema_commands(commands: Any) -> None:
    """Adds ``upgrade``, ``status`` and ``partitions``; they require the DSN of the owner."""
    upgrade = commands.add_parser(
        "upgrade",
        help="bring the schema up to date while the workplaces go on; there is no way back",
        description=(
            "Workplaces of the program before go on sending. A schema is never taken back: "
            "a newer one than this program's is refused and left as it is."
        ),
    )
    upgrade.set_defaults(run=_upgrade)
    status = commands.add_parser(
        "status", help="schema, months, workplaces, and the oldest transaction that writes"
    )
    status.set_defaults(run=_status)
    partitions = commands.add_parser(
        "partitions",
        help="make the partitions of this month and the next ones (the worker does so daily)",
        description=(
            "Rows of a month that has no partition stand in a default one. A month that is made "
            "takes its rows from there; the tables are locked meanwhile, a month at a time."
        ),
    )
    partitions.add_argument(
        "--months",
        type=_count,
        default=AHEAD_MONTHS,
        metavar="N",
        help=f"how many after this one (default: {AHEAD_MONTHS})",
    )
    partitions.add_argument(
        "--month", type=_month, action="append", default=[], metavar="YYMM", help="this one too"
    )
    partitions.add_argument(
        "--past", action="store_true", help="every past month that has rows in the default one too"
    )
    partitions.set_defaults(run=_partitions)
    for parser in (upgrade, status, partitions):
        parser.add_argument("--dsn", required=True, help="libpq keywords or URI")
        parser.add_argument("--json", action="store_true", help="one JSON object")


def _upgrade(options: argparse.Namespace) -> int:
    with central_transaction(options.dsn) as connection:
        before = central_state(connection)
    if before is None:
        print("the database has no schema yet: central init makes it", file=sys.stderr)
        return EXIT_CENTRE
    try:
        initialise(options.dsn)
    except StoreTooNew as error:
        print(
            f"the schema {error.found} is of a newer program; this one knows {error.known} and"
            " takes nothing back: use the newer program, or a backup made before its upgrade",
            file=sys.stderr,
        )
        return EXIT_CENTRE
    if options.json:
        _print_json({"before": before.revision, "revision": before.known})
    elif before.is_older:
        print(f"schema {before.revision} -> {before.known}")
    else:
        print(f"schema {before.known} was up to date")
    return EXIT_OK


def _status(options: argparse.Namespace) -> int:
    with central_transaction(options.dsn) as connection:
        state = central_state(connection)
    if state is None:
        print("the database has no schema yet: central init makes it", file=sys.stderr)
        return EXIT_CENTRE
    if options.json:
        _print_json({**asdict(state), "is_older": state.is_older})
    else:
        _print_state(state)
    return EXIT_OK


def _print_state(state: CentralState) -> None:
    told = " (central upgrade brings it up to date)" if state.is_older else ""
    print(f"schema: {state.revision}, this program's: {state.known}{told}")
    print(f"months: up to {state.months.newest or '-'}, now {state.months.this}")
    for period, rows in state.months.others:
        print(f"without a partition: {period}, {rows} rows")
    age = state.watermark.age
    if age is None:
        print("oldest writing transaction: not seen by this role (pg_read_all_stats)")
    else:
        by = f" of {state.watermark.application}" if state.watermark.database else ""
        print(f"oldest writing transaction: {age.total_seconds():.1f} s{by}")
    for workplace in state.workplaces:
        last = workplace.last_record_at
        told = {None: "", True: ", connected", False: ", not connected"}[workplace.is_connected]
        print(f"workplace {workplace.code}: last record {last.isoformat() if last else '-'}{told}")
    if state.intake is not None:
        _print_intake(state.intake)


def _print_intake(intake: IntakeState) -> None:
    asked = intake.told_at.isoformat() if intake.told_at else "-"
    print(f"messages of the platform: {intake.taken} taken in, last asked {asked}")
    for code, count in intake.left.items():
        print(f"left on the platform: {count}, {code}")
    if intake.is_code_taken:
        print(f"nothing is taken in: workplace {INTAKE_STATION} has the code kept for it")


def _partitions(options: argparse.Namespace) -> int:
    with central_transaction(options.dsn) as connection:
        if central_state(connection) is None:
            print("the database has no schema yet: central init makes it", file=sys.stderr)
            return EXIT_CENTRE
        made = list(make_ahead(connection, options.months))
        found = months_of(connection)
    wanted = dict.fromkeys(options.month)
    if options.past:
        wanted |= dict.fromkeys(period for period, _rows in found.others if period < found.this)
    for period in wanted:
        # one transaction per month, so tables are locked only briefly
        with central_transaction(options.dsn) as connection:
            made += make_month(connection, period)
    with central_transaction(options.dsn) as connection:
        found = months_of(connection)
    if options.json:
        _print_json({"new": [asdict(month) for month in made], **asdict(found)})
        return EXIT_OK
    for month in made:
        print(_made(month))
    print(f"months: up to {found.newest or '-'}, now {found.this}")
    for period, rows in found.others:
        print(f"without a partition: {period}, {rows} rows")
    return EXIT_OK


def _made(month: MonthMade) -> str:
    return f"made: {month.table} {month.period}, {month.moved} rows taken in"


def _month(text: str) -> str:
    if not re.fullmatch(r"[0-9]{2}(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError("a month is YYMM")
    return text


def _count(text: str) -> int:
    if not (text.isdigit() and int(text) <= 120):
        raise argparse.ArgumentTypeError("a number of months from 0 to 120")
    return int(text)


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case _:
            return str(value)


def add_take_over_command(central_commands: Any) -> None:
    """Adds ``take-over``."""
    parser: argparse.ArgumentParser = central_commands.add_parser(
        "take-over",
        help="let workplaces come over from a former centre to this one",
        description=(
            "A workplace refuses a database other than the one it last wrote to, and an older "
            "branch of its history. After a centre was made anew from a dump, or an older state "
            "of it was chosen on purpose, run this once against the one that stays: workplaces "
            "come over by themselves and send all they have once more."
        ),
    )
    parser.add_argument("--dsn", required=True, help="libpq keywords or URI")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    branch = declare_successor(options.dsn, uuid7())
    if options.json:
        facts = {"system_identifier": branch.system_identifier, "timeline": branch.timeline}
        print(json.dumps(facts))
    else:
        print(
            f"system {branch.system_identifier}, timeline {branch.timeline}: workplaces come over"
        )
    return EXIT_OK
