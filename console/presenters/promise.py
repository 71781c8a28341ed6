"""What the operator tells the caller of a message just registered: its number and the days."""

from collections.abc import Callable, Sequence
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

    def of(self, message: MessageRecord) -> str:
        """The words for a message that is registered; empty for one that is not.

        The decision of 7.11 has its day always, the answer only where a term is set for it.
        """
        if message.number is None or message.submitted_at is None:
            return ""
        sent_on = message.submitted_at.astimezone(self._zone).date()
        calendar = self._city.calendar
        term = answer_term(
            self._rules(),
            topic=message.topic,
            category=message.category,
            organ=message.unit,
            start=sent_on,
            calendar=calendar,
        )
        decided = review_term(sent_on, calendar).last_day(self._city.sending)
        answered = term.due if isinstance(term, AnswerTerm) else None
        return words.messages.promise(message.number, decided, answered)
