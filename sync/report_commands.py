"""``python -m sync central report``: the calls of a period over all workplaces."""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sync.register.call_pace import Spread
from sync.register.statistics import Average, CallFigures, CallReport
from sync.store.central_register import CentralRegister

EXIT_OK = 0

_COUNTS = (
    "answered",
    "missed",
    "missed_out_of_hours",
    "taken_elsewhere",
    "ringing",
    "outgoing",
    "by_hand",
    "further_questions",
)
_TIMES = ("wait", "talk", "wrap_up", "wait_missed")


def add_command(commands: Any, zone: ZoneInfo) -> None:
    """Add the command to those of ``central``; days are those of ``zone``."""
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
    """How many calls, and what half of them and nine of ten stay within, in seconds."""
    median, ninetieth = spread.median, spread.ninetieth
    return {
        "calls": spread.count,
        "median_s": None if median is None else median.total_seconds(),
        "p90_s": None if ninetieth is None else ninetieth.total_seconds(),
    }


def _mean_s(average: Average) -> float | None:
    mean = average.mean
    return None if mean is None else round(mean.total_seconds(), 1)
