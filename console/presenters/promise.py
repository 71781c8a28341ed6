"""What the operator tells the caller of a message just registered: its number and the days."""

from collections.abc import Callable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from console import words
from console.presenters.city_calendar import CityCalendar
from sync.register.handling.answer_terms import AnswerTerm, AnswerTermRule, answer_term
from sync.register.messages import MessageRecord
from sync.register.terms import review_term


class Promise:
    """Makes the sentence by the calendar and the answer terms as they stand now."""

    def __init__(
        self, city: CityCalendar, rules: Callable[[], Sequence[AnswerTermRule]], zone: ZoneInfo
    ) -> None:
        self._city = city
        self._rules = rules
        self._zone = zone

    def of_known(self, known: MessageRecord) -> str:
        """The words for a caller whose matter is known by an earlier message (6.4)."""
        if known.number is None or known.submitted_at is None:
            return ""
        sent_on = known.submitted_at.astimezone(self._zone).date()
        return words.messages.joined_promise(known.number, self._answered(known, sent_on))

    def of(self, message: MessageRecord) -> str:
        """The words for a message that is registered; empty for one that is not.

        One that another person will decide has the day of 7.11; the answer has a day where a term
        is set for it, counted from the registration.
        """
        if message.number is None or message.submitted_at is None:
            return ""
        sent_on = message.submitted_at.astimezone(self._zone).date()
        calendar = self._city.calendar
        if message.registered_at is not None:
            return words.messages.promise(message.number, self._answered(message, sent_on))
        decided = review_term(sent_on, calendar).last_day(self._city.sending)
        return words.messages.handed_in_promise(message.number, decided)

    def _answered(self, message: MessageRecord, sent_on: date) -> date | None:
        """The last day of the answer's term, where one is set."""
        term = answer_term(
            self._rules(),
            topic=message.topic,
            category=message.category,
            organ=message.unit,
            start=sent_on,
            calendar=self._city.calendar,
        )
        return term.due if isinstance(term, AnswerTerm) else None
