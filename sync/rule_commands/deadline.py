"""``python -m sync deadline``: until when a message is to be registered, and why."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sync.errors import CalendarUnreadable
from sync.register.calendar import REGION, WorkingCalendar, read_calendar
from sync.register.calendar_files import with_file
from sync.register.terms import CalendarWithoutWorkingDays, ReviewTerm, review_term
from sync.rule_commands.json_lines import BadLine, answer_standard_input

CITY_ZONE = ZoneInfo("Europe/Moscow")
CALENDARS = Path(__file__).resolve().parents[2] / "resources" / "calendars"

_EXIT_USAGE = 2


def add_command(commands: Any) -> None:
    """Add the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "deadline",
        help="until when messages are to be registered, published or refused",
        description='Reads {"id", "sent"} a line, sent being a date or a time of ISO 8601 (of '
        'Moscow where it has no offset); writes {"id", "moment_day", "due", "due_strict", "why"}. '
        "due does not count the day of sending, due_strict does (Regulation 7.11, 7.12).",
    )
    parser.add_argument("--json", action="store_true", help="the only form; may be left out")
    parser.add_argument(
        "--regional", action="store_true", help="the region's own days off count as days off"
    )
    parser.add_argument(
        "--calendar",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="days above the built-in calendar: a year (JSON as in resources/calendars, or XML of "
        "xmlcalendar.ru), or single days (JSON or CSV of date, kind, reason; kind is off, working "
        "or short); may be given several times",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        calendar = read_calendar(CALENDARS, REGION if options.regional else None)
        for path in options.calendar:
            calendar = with_file(calendar, path)
    except CalendarUnreadable as error:
        sys.stderr.write(f"calendar: {error.name} {error.code}\n")
        return _EXIT_USAGE
    return answer_standard_input(lambda asked: _answer(asked, calendar))


def _answer(asked: dict[str, Any], calendar: WorkingCalendar) -> dict[str, Any] | BadLine:
    sent = asked.get("sent")
    day = _day_of(sent.strip()) if isinstance(sent, str) else None
    if day is None:
        return BadLine("not_a_date")
    try:
        term = review_term(day, calendar)
    except (CalendarWithoutWorkingDays, OverflowError):
        return BadLine("no_working_day")
    return {
        "moment_day": term.moment_day.isoformat(),
        "due": term.due.isoformat(),
        "due_strict": term.due_strict.isoformat(),
        "why": _reasons(term),
    }


def _day_of(text: str) -> date | None:
    """The day in the city; None for what is no date."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(CITY_ZONE) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def _reasons(term: ReviewTerm) -> str:
    parts = [f"sent {term.sent_on.isoformat()}"]
    if term.moment_day != term.sent_on:
        parts.append(f"not a working day, counts as sent {term.moment_day.isoformat()} (7.12)")
    for counted in term.days[1:]:
        if counted.number:
            parts.append(f"{counted.day.isoformat()} is working day {counted.number}")
        elif counted.day != term.moment_day:
            parts.append(f"{counted.day.isoformat()} is left out: {counted.kind.value}")
    parts.append(f"at most two working days end {term.due.isoformat()} (7.11)")
    parts.append(f"with the day of sending counted, {term.due_strict.isoformat()}")
    parts += [f"moved days of {year} are not known" for year in term.unknown_years]
    return "; ".join(parts)
