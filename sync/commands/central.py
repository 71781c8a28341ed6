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
        help="import directory entries into the central database, for all workplaces",
        description=(
            "Reads a JSON Lines file written by `python -m kb export`, or a folder of such files. "
            "A line of attachments.jsonl describes a document: id, entry_id, kind, title, "
            "file_name, and in file the name of a file in the same folder. A line of "
            "synonyms.jsonl is a synonym: phrase, meaning, both_ways; the first import replaces "
            "the synonyms of all workplaces. If any line is invalid, nothing is imported. "
            "Importing the same files again changes nothing."
        ),
    )
    load.add_argument(
        "path", type=Path, metavar="FILE|FOLDER", help="JSON Lines file, or folder of them"
    )
    load.add_argument("--dsn", required=True, help="libpq keywords or URI")
    load.add_argument("--by", default="", metavar="NAME", help="author, for the change history")
    load.add_argument(
        "--close-others", action="store_true", help="close all other entries as of today"
    )
    load.add_argument("--json", action="store_true", help="print one JSON object")
    load.set_defaults(run=_import)
    _add_put(central_commands)


def _add_put(central_commands: Any) -> None:
    put = central_commands.add_parser(
        "put-document",
        help="store a setting or a template in the central database, for all workplaces",
        description=(
            "A setting is a JSON object, a template is a text. The setting `places` is the file "
            "written by `python -m sync places import`; it replaces the streets of every "
            "workplace. The setting `regulation` is the file written by `python -m sync regulation "
            "import`. A template replaces the file of the same name in "
            "resources/templates/notices. It is rejected if a notification cannot be rendered "
            "from it."
        ),
    )
    put.add_argument("kind", choices=["setting", "template"], help="kind of the document")
    put.add_argument("name", metavar="NAME", help="name of the setting or template")
    put.add_argument("file", type=Path, metavar="FILE", nargs="?", help="file with its content")
    put.add_argument(
        "--withdraw",
        action="store_true",
        help="withdraw it; a template is replaced by the built-in one",
    )
    put.add_argument("--dsn", required=True, help="libpq keywords or URI")
    put.add_argument("--by", default="", metavar="NAME", help="author, for the change history")
    put.add_argument("--json", action="store_true", help="print one JSON object")
    put.set_defaults(run=_put)


def _put(options: argparse.Namespace) -> int:
    entity = DocumentEntity(options.kind)
    if options.withdraw == (options.file is not None):
        print("specify either FILE or --withdraw", file=sys.stderr)
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
        print(
            f"{options.file.name}: the file cannot be read, or is not a JSON object",
            file=sys.stderr,
        )
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
        print("invalid text: contains a NUL character", file=sys.stderr)
        return EXIT_USAGE
    if options.json:
        print(json.dumps(asdict(imported)))
    else:
        print(
            f"changed: {imported.changed}, unchanged: {imported.unchanged}, "
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
        help="report the calls of all workplaces in a period: counts and mean times",
        description="Requires a login that may read all calls. The default period is last month.",
    )
    parser.add_argument("--dsn", required=True, help="libpq keywords or URI")
    parser.add_argument("--first", type=date.fromisoformat, metavar="DAY", help="YYYY-MM-DD")
    parser.add_argument("--last", type=date.fromisoformat, metavar="DAY", help="YYYY-MM-DD")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
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
    """Returns the figures of calls for JSON: counts, and mean times in seconds."""
    counts: dict[str, int | float | None] = {name: getattr(figures, name) for name in _COUNTS}
    return counts | {f"{name}_s": _mean_s(getattr(figures, name)) for name in _TIMES}


def _spread(spread: Spread) -> dict[str, int | float | None]:
    """Returns a distribution of times for JSON: number of calls, median and 90th percentile in
    seconds.
    """
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
        help="upgrade the schema while workplaces are running; cannot be undone",
        description=(
            "Workplaces of the previous version continue to send. A schema cannot be downgraded: "
            "a schema newer than this version is refused and not changed."
        ),
    )
    upgrade.set_defaults(run=_upgrade)
    status = commands.add_parser(
        "status", help="show schema, partitions, workplaces and the oldest write transaction"
    )
    status.set_defaults(run=_status)
    partitions = commands.add_parser(
        "partitions",
        help="create the partitions of this and the next months (the worker does so daily)",
        description=(
            "Rows of a month without a partition are stored in the default partition. Creating "
            "the partition moves them there and locks the tables, one month at a time."
        ),
    )
    partitions.add_argument(
        "--months",
        type=_count,
        default=AHEAD_MONTHS,
        metavar="N",
        help=f"number of months after this one (default: {AHEAD_MONTHS})",
    )
    partitions.add_argument(
        "--month",
        type=_month,
        action="append",
        default=[],
        metavar="YYMM",
        help="also create the partition of this month",
    )
    partitions.add_argument(
        "--past",
        action="store_true",
        help="also create partitions of past months with rows in the default partition",
    )
    partitions.set_defaults(run=_partitions)
    for parser in (upgrade, status, partitions):
        parser.add_argument("--dsn", required=True, help="libpq keywords or URI")
        parser.add_argument("--json", action="store_true", help="print one JSON object")


def _upgrade(options: argparse.Namespace) -> int:
    with central_transaction(options.dsn) as connection:
        before = central_state(connection)
    if before is None:
        print("the database has no schema; run `central init`", file=sys.stderr)
        return EXIT_CENTRE
    try:
        initialise(options.dsn)
    except StoreTooNew as error:
        print(
            f"schema {error.found} is newer than this version supports ({error.known}); update"
            " the program, or restore a backup made before the upgrade",
            file=sys.stderr,
        )
        return EXIT_CENTRE
    if options.json:
        _print_json({"before": before.revision, "revision": before.known})
    elif before.is_older:
        print(f"schema upgraded: {before.revision} -> {before.known}")
    else:
        print(f"schema {before.known} is up to date")
    return EXIT_OK


def _status(options: argparse.Namespace) -> int:
    with central_transaction(options.dsn) as connection:
        state = central_state(connection)
    if state is None:
        print("the database has no schema; run `central init`", file=sys.stderr)
        return EXIT_CENTRE
    if options.json:
        _print_json({**asdict(state), "is_older": state.is_older})
    else:
        _print_state(state)
    return EXIT_OK


def _print_state(state: CentralState) -> None:
    told = " (outdated; run `central upgrade`)" if state.is_older else ""
    print(f"schema: {state.revision}, supported: {state.known}{told}")
    print(f"partitions: up to {state.months.newest or '-'}, current month {state.months.this}")
    for period, rows in state.months.others:
        print(f"no partition: {period}, rows: {rows}")
    age = state.watermark.age
    if age is None:
        print("oldest write transaction: permission denied; grant pg_read_all_stats to this role")
    else:
        by = f", {state.watermark.application}" if state.watermark.database else ""
        print(f"oldest write transaction: {age.total_seconds():.1f} s{by}")
    for workplace in state.workplaces:
        last = workplace.last_record_at
        told = {None: "", True: ", connected", False: ", not connected"}[workplace.is_connected]
        print(f"workplace {workplace.code}: last record {last.isoformat() if last else '-'}{told}")
    if state.intake is not None:
        _print_intake(state.intake)


def _print_intake(intake: IntakeState) -> None:
    asked = intake.told_at.isoformat() if intake.told_at else "-"
    print(f"messages from the platform: {intake.taken} imported, last polled {asked}")
    for code, count in intake.left.items():
        print(f"not imported: {count}, {code}")
    if intake.is_code_taken:
        print(
            f"import disabled: workplace {INTAKE_STATION} has the code reserved for the platform;"
            " give it another code"
        )


def _partitions(options: argparse.Namespace) -> int:
    with central_transaction(options.dsn) as connection:
        if central_state(connection) is None:
            print("the database has no schema; run `central init`", file=sys.stderr)
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
    print(f"partitions: up to {found.newest or '-'}, current month {found.this}")
    for period, rows in found.others:
        print(f"no partition: {period}, rows: {rows}")
    return EXIT_OK


def _made(month: MonthMade) -> str:
    return f"created: {month.table} {month.period}, rows moved: {month.moved}"


def _month(text: str) -> str:
    if not re.fullmatch(r"[0-9]{2}(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"invalid month: {text!r}, expected YYMM")
    return text


def _count(text: str) -> int:
    if not (text.isdigit() and int(text) <= 120):
        raise argparse.ArgumentTypeError(f"invalid number of months: {text!r}, expected 0 to 120")
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
        help="declare this database the replacement of a former central database",
        description=(
            "A workplace refuses a database other than the one it last wrote to, and a superseded "
            "timeline. After the central database was created again from a dump, or an older "
            "state was restored on purpose, run this command once against the database that "
            "remains in use. Workplaces then switch to it automatically and send all their "
            "records again."
        ),
    )
    parser.add_argument("--dsn", required=True, help="libpq keywords or URI")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    branch = declare_successor(options.dsn, uuid7())
    if options.json:
        facts = {"system_identifier": branch.system_identifier, "timeline": branch.timeline}
        print(json.dumps(facts))
    else:
        print(
            f"declared: system {branch.system_identifier}, timeline {branch.timeline}; workplaces"
            " switch to this database when they next connect"
        )
    return EXIT_OK
