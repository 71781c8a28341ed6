"""Deadlines of messages: answer rules from the directory, city calendar, and display state.

Sources: Regulation 3.1-3.3 and 7.11. ``CityCalendar`` can be read on any thread; the rest is GUI
thread only.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.shared.directory.hits import CityDays
from console.shared.messages import term_words
from console.shared.messages.classifier import Classifier
from kb.entries.entries import Entry, TopicDetails, UnitDetails
from sync.register.calendar.calendar import WorkingCalendar
from sync.register.calendar.line_hours import (
    Intervals,
    LineHours,
    hours_of_day,
    working_week,
)
from sync.register.calendar.terms import REVIEW_WORKING_DAYS, DayOfSending, DaysOf, ReviewTerm
from sync.register.city import City, CitySettings, LineChosen
from sync.register.handling.answers import AnswerTerm, AnswerTermRule, TermNotSet
from sync.register.handling.clocks import Reckoning, running_term
from sync.register.handling.standing import Standing
from sync.register.thematic import rules_of


def answer_rules(
    topics: Sequence[Entry], categories: Sequence[Entry], units: Sequence[Entry]
) -> tuple[AnswerTermRule, ...]:
    """Returns the answer deadline rules of topics, categories and bodies, in this order."""
    return (
        *(AnswerTermRule(key, None, None, days, of) for key, days, of in _terms(topics)),
        *(AnswerTermRule(None, key, None, days, of) for key, days, of in _terms(categories)),
        *(AnswerTermRule(None, None, key, days, of) for key, days, of in _terms(units)),
    )


def _terms(entries: Sequence[Entry]) -> Iterator[tuple[str, int, DaysOf]]:
    for entry in entries:
        match entry.details:
            case TopicDetails(answer_term=term) | UnitDetails(answer_term=term) if term is not None:
                yield entry.id, term.days, DaysOf(term.kind)
            case _:
                pass


NOTHING_SETTLED = City()
USUAL_HOURS = working_week(time(8), time(20))


class CityCalendar(QObject):
    """Current calendar and rules of the city. Reading is thread-safe; updates are GUI
    thread only.
    """

    changed = Signal()

    def __init__(
        self,
        built_in: WorkingCalendar,
        city: City = NOTHING_SETTLED,
        line_of_file: LineHours = USUAL_HOURS,
        parent: QObject | None = None,
    ) -> None:
        """`built_in` is the calendar supplied with the application, including regional holidays.

        `line_of_file` are the configured business hours, used until the city sets its own.
        """
        super().__init__(parent)
        self.built_in = built_in
        self.line_of_file = line_of_file
        self._city = city
        self._calendar = city.calendar(built_in)

    @property
    def city(self) -> City:
        """All settings of the city."""
        return self._city

    @property
    def calendar(self) -> WorkingCalendar:
        return self._calendar

    @property
    def settings(self) -> CitySettings:
        return self._city.settings

    @property
    def line(self) -> LineChosen:
        """Current business hours of the hotline, and the handling of calls outside them (clause
        5.4).
        """
        return self._city.line or LineChosen(self.line_of_file)

    def hours_of(self, day: date) -> Intervals:
        """Opening times on the day; empty if the hotline is closed."""
        return hours_of_day(day, self.line.hours, self.is_working_day, self.is_short_day)

    @property
    def sending(self) -> DayOfSending:
        """Interpretation of clause 7.11 chosen by the city."""
        return self._city.settings.sending

    @property
    def reckoning(self) -> Reckoning:
        """Current calendar and interpretation for the computation of deadlines."""
        return Reckoning(self._calendar, self.sending)

    @property
    def days(self) -> CityDays:
        """Day predicates that always use the current calendar."""
        return CityDays(self.is_working_day, self.is_short_day)

    def is_working_day(self, day: date) -> bool:
        return self._calendar.is_working_day(day)

    def is_short_day(self, day: date) -> bool:
        return self._calendar.is_short_day(day)

    def use(self, city: City) -> None:
        """Applies the settings of the city."""
        self._city = city
        self._calendar = city.calendar(self.built_in)
        self.changed.emit()


REVIEW_WARNS_DAYS = 1  # working days before the last day, when the stricter interpretation ends
ANSWER_WARNS_DAYS = 2
DAY_LOOKED_AT_MS = 60_000


class Urgency(StrEnum):
    """Urgency of a deadline."""

    NOT_SET = "not_set"
    CALM = "calm"
    NEAR = "near"
    LAST_DAY = "last_day"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class TermState:
    """View state of a deadline; `share` is the remaining part, 0 to 1.

    `short` is for a narrow row; `until` and `left` are shown together, and `left` may be empty.
    `due` is None if no deadline is set.
    """

    urgency: Urgency
    due: date | None
    short: str
    until: str
    left: str
    share: float
    why: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Deadline in one line without the reasons."""
        return ", ".join(part for part in (self.until, self.left) if part)


NO_TERM = TermState(Urgency.NOT_SET, None, "", "", "", 0.0, ())


@dataclass(frozen=True, slots=True)
class _Left:
    """Remaining days after today of the `whole` period."""

    days: int
    of: DaysOf
    whole: int
    is_little: bool


class Terms(QObject):
    """Running deadlines by the current calendar and directory. GUI thread only."""

    changed = Signal()  # calendar, rules or date changed; query again
    day_changed = Signal()  # in the city

    def __init__(
        self,
        city: CityCalendar,
        classifier: Classifier,
        *,
        zone: ZoneInfo,
        unit_title: Callable[[str], str] = str,
        now: Callable[[], datetime] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`unit_title` returns the name of a body's key."""
        super().__init__(parent)
        self._city = city
        self._classifier = classifier
        self._zone = zone
        self._unit_title = unit_title
        self._now = now or (lambda: datetime.now(zone))
        self._rules = self._read_rules()
        self._today = self.today
        city.changed.connect(self._rules_changed)
        classifier.changed.connect(self._rules_changed)
        timer = QTimer(self)
        timer.setInterval(DAY_LOOKED_AT_MS)
        timer.timeout.connect(self.look_at_day)
        timer.start()

    @property
    def rules(self) -> tuple[AnswerTermRule, ...]:
        """Current answer deadline rules of directory, regulations and maps."""
        return self._rules

    def rules_by(self, city: City) -> tuple[AnswerTermRule, ...]:
        """Answer deadline rules under other settings of the city."""
        filed = self._classifier
        by_directory = answer_rules(filed.topics, filed.categories, filed.units)
        return (*by_directory, *rules_of(city.records))

    @property
    def today(self) -> date:
        """Current date in the city."""
        return self._now().astimezone(self._zone).date()

    def moment(self, at: datetime) -> str:
        """Time as text in the city's time zone."""
        now = self._now().astimezone(self._zone)
        return formats.moment(at.astimezone(self._zone), now)

    def of(self, standing: Standing) -> TermState | None:
        """Returns the running deadline or the awaited promised date; None if there is none."""
        if standing.planned_on is not None:
            return planned_state(standing.planned_on, self.today)
        by = self._city.reckoning
        term = running_term(standing, self._rules, by.calendar, self._zone)
        if term is None:
            return None
        return term_state(term, self.today, by.calendar, by.sending, self.name)

    def look_at_day(self) -> None:
        """Signals a new day, after which all deadlines must be queried again."""
        if self.today != self._today:
            self._today = self.today
            self.changed.emit()
            self.day_changed.emit()

    def _rules_changed(self) -> None:
        self._rules = self._read_rules()
        self.changed.emit()

    def _read_rules(self) -> tuple[AnswerTermRule, ...]:
        return self.rules_by(self._city.city)

    def is_filed(self, key: str) -> bool:
        """Whether the key is a topic, category or body in force."""
        return self._classifier.entry(key) is not None or self._unit_title(key) != key

    def name(self, key: str) -> str:
        """Title of a directory key; the key itself if it no longer exists."""
        classifier = self._classifier
        return classifier.texts.get(key) or classifier.topic_title(key) or self._unit_title(key)


def term_state(
    term: ReviewTerm | AnswerTerm | TermNotSet,
    today: date,
    calendar: WorkingCalendar,
    sending: DayOfSending,
    name: Callable[[str], str],
) -> TermState:
    """Returns the view state of a deadline; `name` returns the title of a directory key."""
    match term:
        case ReviewTerm():
            due = term.last_day(sending)
            left = _working_days(today, due, calendar)
            days = _Left(left, DaysOf.WORKING, REVIEW_WORKING_DAYS, left <= REVIEW_WARNS_DAYS)
            return _state(due, today, days, term_words.why_review(term, sending, calendar))
        case AnswerTerm(rule=rule, due=due):
            working = _working_days(today, due, calendar)
            left = working if rule.days_of is DaysOf.WORKING else max(0, (due - today).days)
            days = _Left(left, rule.days_of, rule.days, working <= ANSWER_WARNS_DAYS)
            return _state(due, today, days, term_words.why_answer(term, calendar, name))
        case TermNotSet():
            text = term_words.not_set()
            return TermState(Urgency.NOT_SET, None, text, text, "", 0.0, term_words.why_not_set())
        case _ as unreachable:
            assert_never(unreachable)


def planned_state(day: date, today: date) -> TermState:
    """Returns the view state of a promised date (clause 9.6), which has no remaining share."""
    urgency = Urgency.CALM if today < day else Urgency.LAST_DAY
    return TermState(
        urgency,
        day,
        term_words.short_until(day, today),
        term_words.planned_until(day),
        "",
        1.0 if today < day else 0.0,
        term_words.why_planned(day),
    )


def _state(due: date, today: date, left: _Left, why: tuple[str, ...]) -> TermState:
    until = term_words.until(due)
    if today > due:
        late = term_words.over((today - due).days)
        return TermState(Urgency.OVER, due, late, until, late, 0.0, why)
    urgency = Urgency.NEAR if left.is_little else Urgency.CALM
    return TermState(
        Urgency.LAST_DAY if today == due else urgency,
        due,
        term_words.short_until(due, today),
        until,
        term_words.left(left.days, left.of),
        min(1.0, left.days / left.whole),
        why,
    )


def _working_days(today: date, due: date, calendar: WorkingCalendar) -> int:
    """Number of working days after today up to and including the due date."""
    days = (today + timedelta(days=count) for count in range(1, (due - today).days + 1))
    return sum(map(calendar.is_working_day, days))
