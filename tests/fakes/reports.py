"""The sources of the reports over data set by a test."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.features.reports.sources import (
    CallsPort,
    CountedHere,
    MessageSources,
    ReportKind,
    ReportSource,
    call_source,
    operator_source,
)
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.terms import CityCalendar, Terms
from kb.entries.changes import EntrySummary
from kb.entries.entries import Entry
from kb.search.usage import UnansweredSearch
from sync.errors import StoreUnavailable
from sync.register.calendar.calendar import read_calendar
from sync.register.handling.handled import HandledMessage
from sync.register.messages import State
from tests.fakes.console_directory import CATEGORIES, TOPICS
from tests.fakes.console_fakes import InlineExecutor

CALENDARS = Path(__file__).resolve().parents[2] / "resources" / "calendars"


class FakeMessages:
    """The messages of a test; while ``failing`` they cannot be read."""

    def __init__(self, messages: Sequence[HandledMessage] = ()) -> None:
        self.messages = tuple(messages)
        self.failing = False

    def between(self, start: datetime, end: datetime) -> tuple[HandledMessage, ...]:
        if self.failing:
            raise StoreUnavailable("SQLITE_IOERR")
        return tuple(one for one in self.messages if start <= one.record.created_at < end)

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        return tuple(one for one in self.messages if one.standing.state in states)

    def handled(self, message_id: UUID) -> HandledMessage | None:
        return next((one for one in self.messages if one.id == message_id), None)


class FakeTitles:
    """Units of a directory, and searches without results."""

    def __init__(
        self, units: Sequence[EntrySummary] = (), searches: Sequence[UnansweredSearch] = ()
    ) -> None:
        self.units = tuple(units)
        self.searches = tuple(searches)

    def officials(self, today: date) -> dict[str, dict[str, str]]:
        return {}

    def unit_titles(self, today: date) -> dict[str, str]:
        return {one.entry_id: one.title for one in self.units if one.holds_on(today)}

    def unanswered_searches(self, *, limit: int = 0) -> tuple[UnansweredSearch, ...]:
        return self.searches


def message_sources(
    owner: QObject,
    messages: FakeMessages,
    titles: FakeTitles,
    *,
    topics: Sequence[Entry] = TOPICS,
    categories: Sequence[Entry] = CATEGORIES,
    now: Callable[[], datetime] | None = None,
) -> MessageSources:
    """Returns the message reports with the city's calendar; the bodies are already loaded."""
    city = CityCalendar(read_calendar(CALENDARS), parent=owner)
    classifier = Classifier(topics, categories, owner)
    organs = Organs(titles, InlineExecutor(), Deliveries(owner), zone=CITY_ZONE, parent=owner)
    organs.read()
    terms = Terms(city, classifier, zone=CITY_ZONE, now=now, parent=owner)
    return MessageSources(
        messages, CountedHere(messages), titles, city, terms, classifier, organs, CITY_ZONE
    )


def report_sources(calls: CallsPort, messages: MessageSources) -> dict[ReportKind, ReportSource]:
    """Returns all reports."""
    return {
        ReportKind.CALLS: call_source(
            calls, lambda _since: (), lambda _first, _last: "", CITY_ZONE
        ),
        ReportKind.MESSAGES: messages.statistics,
        ReportKind.CATEGORIES: messages.categories,
        ReportKind.OTHER_ORGANS: messages.other_organs,
        ReportKind.OPERATORS: operator_source(calls, lambda _start, _end: (), CITY_ZONE),
    }
