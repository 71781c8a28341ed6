"""Kinds of reports, and the data source of each; a source reads records, then builds content.

Records are read on a reader thread. The content is built on the GUI thread.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from console.core.report_content import Heading, ReportContent, Section
from console.features.reports import words as reports_words
from console.features.reports.calls import call_content, call_list, operator_content
from console.features.reports.messages import Names, message_content
from console.features.reports.organs import UnfitReport, other_organ_content, unfit_content
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.terms import CityCalendar, Terms
from kb.search.usage import MOST_UNANSWERED, UnansweredSearch
from sync.register.calls.calls import CallRecord
from sync.register.figures.call_statistics import CallReport, call_report, joined_incidents
from sync.register.figures.operator_days import operator_days
from sync.register.figures.reckoner import CountingRules
from sync.register.figures.report import message_report, other_organs, overdue_now, unfit_groups
from sync.register.figures.tables import CountedTable, counted_all, table_of
from sync.register.handling.clocks import WITH_TERM
from sync.register.handling.handled import HandledMessage
from sync.register.incidents import Incident
from sync.register.messages import State
from sync.register.people.operator_states import KeptChange

# Title prefixes of catch-all categories.
OTHER_TITLES = ("другое", "другие", "прочее", "прочие", "иное", "иные", "разное")


class ReportKind(StrEnum):
    """Kinds of reports."""

    CALLS = "calls"
    MESSAGES = "messages"
    CATEGORIES = "categories"
    OTHER_ORGANS = "other_organs"
    OPERATORS = "operators"


Worded = Callable[[Heading], ReportContent]
Reading = Callable[[], Worded]


ReportSource = Callable[[date, date], Reading]
"""Returns the reading of a report from the first day to the last; called on the GUI thread.

The reading runs on a reader thread, and its result builds the content on the GUI thread.
"""


class CallsPort(Protocol):
    """Reads calls; called on a reader thread."""

    def calls_between(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]: ...


class CallReportPort(Protocol):
    """Counts the calls of all workplaces; called on a reader thread."""

    def call_report(self, first: date, last: date, zone: ZoneInfo) -> CallReport: ...


class MessagesPort(Protocol):
    """Reads messages; called on a reader thread."""

    def between(self, start: datetime, end: datetime) -> tuple[HandledMessage, ...]: ...

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]: ...


class CountedPort(Protocol):
    """Reads messages prepared for statistics; called on a reader thread."""

    def counted_between(
        self, start: datetime, end: datetime, by: CountingRules
    ) -> CountedTable: ...

    def counted_in_states(self, states: Collection[State], by: CountingRules) -> CountedTable: ...


class CountedHere:
    """Counts the messages of this workplace from their events on every request."""

    def __init__(self, messages: MessagesPort) -> None:
        self._messages = messages

    def counted_between(self, start: datetime, end: datetime, by: CountingRules) -> CountedTable:
        return table_of(counted_all(self._messages.between(start, end), by))

    def counted_in_states(self, states: Collection[State], by: CountingRules) -> CountedTable:
        return table_of(counted_all(self._messages.in_states(states), by))


class SearchesPort(Protocol):
    """Reads failed searches; called on a reader thread."""

    def unanswered_searches(self, *, limit: int = ...) -> tuple[UnansweredSearch, ...]: ...


IncidentsSince = Callable[[datetime], tuple[Incident, ...]]
"""Returns the incidents with events since that time; called on a reader thread."""
LineHoursOf = Callable[[date, date], str]
"""Formats the line hours from the first day to the last. GUI thread only."""


def line_hours_between(calendar: CityCalendar, zone: ZoneInfo, first: date, last: date) -> str:
    """Formats the line hours that were valid in the period."""
    lines = calendar.city.lines_between(*moments(first, last, zone))
    told = [(at.astimezone(zone).date(), line or calendar.line_of_file) for at, line in lines]
    return reports_words.hours_in_force(told, first, last)


def call_source(
    calls: CallsPort, incidents: IncidentsSince, line_hours: LineHoursOf, zone: ZoneInfo
) -> ReportSource:
    """Returns the source of the call report of this workplace."""

    def reading(first: date, last: date) -> Reading:
        def read() -> Worded:
            start, end = moments(first, last, zone)
            found = calls.calls_between(start, end)
            report = joined_incidents(call_report(found, first, last, zone), incidents(start))
            counted = frozenset(one.id.int for one in found)

            def listing() -> Section:
                again = calls.calls_between(start, end)
                return call_list((one for one in again if one.id.int in counted), zone)

            return lambda heading: replace(
                call_content(report, heading, line_hours=line_hours(first, last)),
                read_listing=listing,
            )

        return read

    return reading


def operator_source(
    calls: CallsPort,
    states: Callable[[datetime, datetime], tuple[KeptChange, ...]],
    zone: ZoneInfo,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> ReportSource:
    """Returns the source of the operator report; ``states`` reads the operators' state changes on a
    reader thread.
    """

    def reading(first: date, last: date) -> Reading:
        def read() -> Worded:
            start, end = moments(first, last, zone)
            until = min(clock(), end)
            days = operator_days(
                states(start, end),
                calls.calls_between(start, end),
                first=first,
                last=last,
                until=until,
                zone=zone,
            )
            return lambda heading: operator_content(days, heading, first, last, until)

        return read

    return reading


def central_call_source(
    reading: CallReportPort, incidents: IncidentsSince, line_hours: LineHoursOf, zone: ZoneInfo
) -> ReportSource:
    """Returns the source of the call report of all workplaces, counted by the central database."""

    def asked(first: date, last: date) -> Reading:
        def read() -> Worded:
            start, _end = moments(first, last, zone)
            report = joined_incidents(reading.call_report(first, last, zone), incidents(start))
            return lambda heading: call_content(report, heading, line_hours=line_hours(first, last))

        return read

    return asked


class MessageSources:
    """Sources of the message statistics, the missing categories, and the messages sent to other
    authorities.
    """

    def __init__(
        self,
        messages: MessagesPort,
        figures: CountedPort,
        searches: SearchesPort,
        city: CityCalendar,
        terms: Terms,
        classifier: Classifier,
        organs: Organs,
        zone: ZoneInfo,
    ) -> None:
        self._messages = messages
        self._figures = figures
        self._searches = searches
        self._city = city
        self._terms = terms
        self._classifier = classifier
        self._organs = organs
        self._zone = zone

    def statistics(self, first: date, last: date) -> Reading:
        """Source of the message statistics required by section 11 of the Regulation."""
        rules, names = self._rules(), self.names()

        def read() -> Worded:
            begun = self._figures.counted_between(*moments(first, last, self._zone), rules)
            report = message_report(begun, first, last)
            overdue = overdue_now(self._figures.counted_in_states(WITH_TERM, rules))
            return lambda heading: message_content(report, overdue, heading, names)

        return read

    def categories(self, first: date, last: date) -> Reading:
        """Source of the report of missing categories required by 2.6."""
        rules, names, others = self._rules(), self.names(), self._others()

        def read() -> Worded:
            found = self._between(first, last)
            report = UnfitReport(
                first,
                last,
                unfit_groups(found, others),
                {one.id: one for one in counted_all(found, rules)},
                self._searches.unanswered_searches(limit=MOST_UNANSWERED),
            )
            return lambda heading: unfit_content(report, heading, names)

        return read

    def other_organs(self, first: date, last: date) -> Reading:
        """Source of the report of messages sent to other authorities, for review under 7.9."""
        names, zone = self.names(), self._zone

        def read() -> Worded:
            cases = other_organs(self._between(first, last))
            return lambda heading: other_organ_content(cases, first, last, heading, names, zone)

        return read

    def _between(self, first: date, last: date) -> tuple[HandledMessage, ...]:
        return self._messages.between(*moments(first, last, self._zone))

    def _rules(self) -> CountingRules:
        city, terms = self._city, self._terms
        return CountingRules(terms.rules, city.calendar, city.sending, self._zone, terms.today)

    def names(self) -> Names:
        """Returns the current titles of topics, categories and authorities."""
        classifier = self._classifier
        topics = {topic.id: topic.title for topic in classifier.topics}
        return Names(topics, dict(classifier.texts), dict(self._organs.titles))

    def _others(self) -> frozenset[str]:
        return frozenset(
            category.id
            for category in self._classifier.categories
            if category.title.casefold().startswith(OTHER_TITLES)
        )


def moments(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Returns the start of the first day and the end of the last day, in UTC."""
    start = datetime.combine(first, time(), zone).astimezone(UTC)
    return start, datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
