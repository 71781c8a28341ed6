"""Applies deadlines to message summaries: in time or late, and after how many days.

Thousands of messages share few days and deadlines, so each result is computed once and cached.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sync.register.calendar.calendar import WorkingCalendar
from sync.register.calendar.terms import DayOfSending, ReviewTerm, review_term, term_end
from sync.register.figures.course import MessageCourse, SentAnswer, TermBasis
from sync.register.figures.figures import MessageFigures, Spread, sum_of
from sync.register.handling.answers import AnswerTermRule, rule_for

QUARTER_S = 900
"""All UTC offsets are multiples of this, so a quarter of an hour belongs to one day."""

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class CountingRules:
    """Rules for deadlines, and the ``day`` in the city on which lateness is evaluated."""

    rules: Sequence[AnswerTermRule]
    calendar: WorkingCalendar
    sending: DayOfSending
    zone: ZoneInfo
    day: date


class Remembered(dict[Key, Value]):
    """Memoized function: computes each value at its first lookup."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        value = self[key] = self._make(key)
        return value


class Reckoner:
    """Evaluates summaries by one set of rules. Not thread-safe."""

    def __init__(self, by: CountingRules) -> None:
        self._by = by
        self._days: Remembered[int, date] = Remembered(self._day_of_quarter)
        self._terms: Remembered[date, ReviewTerm] = Remembered(
            lambda day: review_term(day, by.calendar)
        )
        self._rules: Remembered[
            tuple[str | None, str | None, str | None, date], AnswerTermRule | None
        ]
        self._rules = Remembered(lambda of: rule_for(by.rules, *of))
        self._ends: Remembered[tuple[AnswerTermRule, date], date] = Remembered(
            lambda of: term_end(of[1], of[0].days, of[0].days_of, by.calendar)
        )
        self._works: Remembered[date, bool] = Remembered(by.calendar.is_working_day)
        # Equal figures share one object, even if computed from different days.
        same: Remembered[MessageFigures, MessageFigures] = Remembered(lambda figures: figures)
        self._reviews: Remembered[tuple[date, date | None], MessageFigures] = Remembered(
            lambda days: same[self._review(*days)]
        )
        self._answered: Remembered[tuple[bool | None, bool, int], MessageFigures] = Remembered(
            lambda found: _answered(*found)
        )

    def day_of(self, seconds: int) -> date:
        """Returns the day in the city at this Unix time."""
        return self._days[seconds // QUARTER_S]

    def figures(self, course: MessageCourse) -> MessageFigures:
        """Returns all figures of one message."""
        return sum_of((course.told, *self.judged(course)))

    def judged(self, course: MessageCourse) -> tuple[MessageFigures, ...]:
        """Returns the figures that depend on deadlines."""
        return (
            self.review(course.submitted_s, course.decided_s, course.told),
            *self.answers(course.sent, course.awaited, course.promised_on),
        )

    def review(
        self, submitted_s: int | None, decided_s: int | None, told: MessageFigures
    ) -> MessageFigures:
        """Evaluates the review deadline (7.11); ``told`` are the other counts of the message."""
        if submitted_s is None or (decided_s is None and told.not_notified):
            return _NOTHING
        days = self._days
        decided = None if decided_s is None else days[decided_s // QUARTER_S]
        return self._reviews[days[submitted_s // QUARTER_S], decided]

    def answers(
        self,
        sent: Sequence[SentAnswer],
        awaited: TermBasis | None,
        promised_on: date | None,
    ) -> tuple[MessageFigures, ...]:
        """Evaluates the deadlines of the answers, sent and awaited."""
        found = [self._sent(one) for one in sent]
        if awaited is not None:
            found.append(self._awaited(awaited))
        if promised_on is not None:
            found.append(_AWAITED if self._by.day < promised_on else _COME)
        return tuple(found)

    def _day_of_quarter(self, quarter: int) -> date:
        return datetime.fromtimestamp(quarter * QUARTER_S, self._by.zone).date()

    def _review(self, submitted: date, decided: date | None) -> MessageFigures:
        by = self._by
        term = self._terms[submitted]
        due = term.last_day(by.sending)
        if decided is None:
            overdue = by.day > due
            return MessageFigures(review_overdue=int(overdue), review_running=int(not overdue))
        took = Spread((self._working_days(term, decided),))
        if decided > due:
            return MessageFigures(reviewed_late=1, review_days=took)
        return MessageFigures(reviewed_in_time=1, review_days=took)

    def _sent(self, one: SentAnswer) -> MessageFigures:
        day, due = self.day_of(one.sent_s), self._due(one.basis)
        is_late = None if due is None else day > due
        return self._answered[is_late, one.ends_promise, (day - self.day_of(one.began_s)).days]

    def _awaited(self, basis: TermBasis) -> MessageFigures:
        due = self._due(basis)
        if due is None:
            return _UNTIMED
        return _OVERDUE if self._by.day > due else _RUNNING

    def _due(self, basis: TermBasis) -> date | None:
        """Returns the last day for the answer; None if no deadline is set."""
        if basis.promised_on is not None:
            return basis.promised_on
        if basis.from_s is None:
            return None
        start = self.day_of(basis.from_s)
        registered = start if basis.registered_s is None else self.day_of(basis.registered_s)
        rule = self._rules[basis.topic, basis.category, basis.organ, registered]
        return None if rule is None else self._ends[rule, start]

    def _working_days(self, term: ReviewTerm, day: date) -> int:
        """Counts the working days after the time of 7.12, up to and including the day."""
        days = (day - term.moment_day).days
        following = (term.moment_day + timedelta(days=count) for count in range(1, days + 1))
        return sum(map(self._works.__getitem__, following))


def _answered(is_late: bool | None, ends_promise: bool, days: int) -> MessageFigures:
    """Returns the figures of an answer; ``is_late`` is None if no deadline was set."""
    ended = int(ends_promise)
    return MessageFigures(
        answered_untimed=int(is_late is None),
        answered_late=int(is_late is True),
        answered_in_time=int(is_late is False),
        kept=0 if is_late else ended,
        kept_late=ended if is_late else 0,
        answer_days=Spread((days,)),
    )


_NOTHING = MessageFigures()
_AWAITED, _COME = MessageFigures(awaited=1), MessageFigures(come=1)
_OVERDUE, _RUNNING = MessageFigures(answer_overdue=1), MessageFigures(answer_running=1)
_UNTIMED = MessageFigures(answer_untimed=1)
