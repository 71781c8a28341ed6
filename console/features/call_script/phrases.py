"""Canned texts with variables, and the text to read to callers with a formal appeal (law 59-FZ).

Source for formal appeals: Regulation 1.3. GUI thread only.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from PySide6.QtCore import QObject, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.record_words import Record
from console.shared.directory import words as directory_words
from console.shared.session import card_words
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState
from kb.entries.entries import Entry, Phone, UnitDetails
from kb.errors import DirectoryError
from kb.text import to_cyrillic
from sync.register.calls.by_hand import FORMAL_APPEAL_KEY
from sync.register.calls.calls import CallRecord, UsedEntry
from sync.register.calls.phrases import (
    FilledPhrase,
    Phrase,
    Variable,
    filled,
    matching_phrases,
    part_of_day,
    triggered,
)
from sync.register.messages import MessageRecord
from sync.register.people.values import PersonName

TEMPLATE = "formal_appeal.txt"


class UnitPort(Protocol):
    """Directory query for a unit; called on a reader thread."""

    def unit(self, entry_id: str) -> Entry | None: ...


@dataclass(frozen=True, slots=True)
class FormalAppealState:
    """Text about formal appeals to read to the caller; empty while hidden."""

    text: str = ""


class FormalAppealPresenter(QObject):
    """Presenter of the text about formal appeals, with the city's current contacts. GUI thread
    only.
    """

    changed = Signal(object)  # FormalAppealState

    def __init__(
        self,
        desk: DeskPresenter,
        directory: UnitPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        unit: str,
        templates: Path,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        """``unit`` is the directory key of the office for formal appeals."""
        super().__init__(parent)
        self._desk = desk
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._unit = unit
        self._zone = zone
        self._templates = templates
        self._before: CallRecord | None = None  # card at the time of the request
        self._state = FormalAppealState()
        desk.changed.connect(self._desk_changed)

    @property
    def state(self) -> FormalAppealState:
        return self._state

    def toggle(self) -> None:
        """Shows the text and adds it to the card's used entries; the second use of the key reverts
        both.
        """
        if self._before is not None:
            before = self._before
            self.hide()
            self._desk.take_back_script(before, _script())
            return
        card = self._desk.state.card
        if card is None:
            return
        self._before = card
        self._desk.use_script(_script())
        self._deliveries.deliver(
            self._readers.submit(self._directory.unit, self._unit),
            self._show,
            # The text is complete without contacts.
            lambda _error: self._show(None),
            expected=(DirectoryError,),
        )

    def hide(self) -> None:
        """Hides the text; it stays among the card's used entries."""
        self._before = None
        self._tell("")

    def _desk_changed(self, state: DeskState) -> None:
        before = self._before
        if before is not None and (state.card is None or state.card.id != before.id):
            self.hide()

    @cached_property
    def _template(self) -> Template:
        """Template of the text, loaded on first use because on most days there is no formal
        appeal.
        """
        environment = Environment(
            loader=FileSystemLoader(self._templates),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701  # plain text, never HTML
            trim_blocks=True,
        )
        return environment.get_template(TEMPLATE)

    def _show(self, unit: Entry | None) -> None:
        if self._before is None:
            return  # the call ended, or the request was reverted
        if unit is not None and not unit.holds_on(datetime.now(self._zone).date()):
            unit = None
        details = UnitDetails()
        if unit is not None and isinstance(unit.details, UnitDetails):
            details = unit.details
        text = self._template.render(
            unit="" if unit is None else unit.title,
            address=details.address,
            hours="; ".join(directory_words.hours_text(details.hours).splitlines()),
            phones="; ".join(map(_phone_text, details.phones)),
        )
        self._tell(text.strip())

    def _tell(self, text: str) -> None:
        if text != self._state.text:
            self._state = FormalAppealState(text)
            self.changed.emit(self._state)


def _script() -> UsedEntry:
    return UsedEntry(FORMAL_APPEAL_KEY, "script", Record().formal_appeal())


def _phone_text(phone: Phone) -> str:
    number = directory_words.phone_texts(phone)[-1]
    return f"{number} ({phone.purpose})" if phone.purpose else number


class PhrasesPresenter(QObject):
    """Finds canned texts and fills their variables; the view inserts them. GUI thread only."""

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
        """``term_of`` returns the review deadline of a message.

        Without a message it returns the deadline of a message that would be sent on the given day.
        """
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
        """Sets the canned texts of the city."""
        self._phrases = phrases

    def message_made(self, message: MessageRecord) -> None:
        """Sets the latest message; texts used in its call may contain its number and deadline."""
        self._message = message

    def triggered(self, word: str) -> Phrase | None:
        """Returns the canned text with this shortcut, typed in either keyboard layout, or None."""
        return triggered(self._phrases, word) or triggered(self._phrases, to_cyrillic(word))

    def matching(self, typed: str) -> tuple[Phrase, ...]:
        return matching_phrases(self._phrases, typed)

    def is_beginning(self, word: str) -> bool:
        """Whether the word is the start of any shortcut."""
        begun = word.casefold()
        return bool(begun) and any(
            each.trigger.casefold().startswith(begun) for each in self._phrases
        )

    def filled(self, phrase: Phrase) -> FilledPhrase:
        """Fills the canned text with data of the active call and the current time."""
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
            Variable.GREETING: card_words.greeting(part_of_day(now.time())),
            Variable.DATE: formats.date_text(now.date()),
            Variable.TIME: formats.time_text(now),
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
        values[Variable.TERM] = formats.date_text(self._term_of(message, now.date()))
        return values
