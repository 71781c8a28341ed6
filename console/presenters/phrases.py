"""Canned texts at the desk: what is known of the call fills them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from console import words
from console.milestones import Milestone, Milestones
from console.presenters.desk import DeskPresenter
from kb.layout import to_cyrillic
from sync.register.messages import MessageRecord
from sync.register.part_of_day import part_of_day
from sync.register.phrases import (
    FilledPhrase,
    Phrase,
    Variable,
    filled,
    matching_phrases,
    triggered,
)
from sync.register.values import PersonName


class PhrasesPresenter(QObject):
    """Finds and fills texts; puts nothing anywhere. Belongs to the GUI thread."""

    def __init__(
        self,
        desk: DeskPresenter,
        milestones: Milestones,
        *,
        term_of: Callable[[MessageRecord | None, date], date],
        city: str,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        """``term_of`` gives the last day of review of a message, or of one sent on this day."""
        super().__init__(parent)
        self._desk = desk
        self._milestones = milestones
        self._term_of = term_of
        self._city = city
        self._zone = zone
        self._clock = clock
        self._phrases: tuple[Phrase, ...] = ()
        self._message: MessageRecord | None = None

    def use(self, phrases: tuple[Phrase, ...]) -> None:
        """These are the texts from now on."""
        self._phrases = phrases

    def message_made(self, message: MessageRecord) -> None:
        """The newest message, whose number and term the texts of its call may name."""
        self._message = message

    def triggered(self, word: str) -> Phrase | None:
        """The text that this word calls, typed in either layout."""
        return triggered(self._phrases, word) or triggered(self._phrases, to_cyrillic(word))

    def matching(self, typed: str) -> tuple[Phrase, ...]:
        return matching_phrases(self._phrases, typed)

    def is_beginning(self, word: str) -> bool:
        """Whether a text is called by a word that begins so."""
        begun = word.casefold()
        return bool(begun) and any(
            each.trigger.casefold().startswith(begun) for each in self._phrases
        )

    def filled(self, phrase: Phrase) -> FilledPhrase:
        """The text with what is known of the call in front and of this moment."""
        return filled(phrase, self._values())

    def list_shown(self) -> None:
        self._milestones.note(Milestone.PHRASES_SHOWN)

    def inserted(self, phrase: Phrase) -> None:
        self._milestones.note(Milestone.PHRASE_INSERTED, phrase=phrase.trigger)

    def slip_mended(self) -> None:
        self._milestones.note(Milestone.SLIP_MENDED)

    def _values(self) -> dict[Variable, str]:
        now = self._clock().astimezone(self._zone)
        values = {
            Variable.GREETING: words.greeting.greeting(part_of_day(now.time())),
            Variable.DATE: words.formats.date_text(now.date()),
            Variable.TIME: words.formats.time_text(now),
            Variable.OPERATOR: self._desk.operator.name,
            Variable.CITY: self._city,
        }
        card = self._desk.state.card
        message = None
        if card is not None:
            values[Variable.NUMBER] = str(card.number)
            if isinstance(card.name, PersonName):
                values[Variable.CALLED] = card.name.called
            if self._message is not None and self._message.call_id == card.id:
                message = self._message
                values[Variable.MESSAGE_NUMBER] = str(message.number or "")
        values[Variable.TERM] = words.formats.date_text(self._term_of(message, now.date()))
        return values
