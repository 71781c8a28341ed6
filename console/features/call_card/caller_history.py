"""Lookup of a caller by phone number: when the call starts to ring, and after each number change.

Create ``CallerReading`` before the presenters that query it: it must see a new card first.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.features.call_card import words as call_card_words
from console.shared.messages.classifier import Classifier
from console.shared.session.caller import CallerKnown
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState, LiveCall
from sync.errors import StoreError
from sync.register.people.persons import KnownPerson
from sync.register.people.phones import canonical_phone
from sync.register.people.values import Absence
from sync.store.local.callers import KnownCaller

Find = Callable[[str, UUID], Future[KnownCaller]]
"""Finds the history of a phone number (E.164); runs on a reader thread.

The second argument is the record to leave out.
"""


class CallerHistoryPresenter(QObject):
    """Looks up the history of the active card's phone number, again after each change of it."""

    found = Signal(object)  # CallerKnown

    def __init__(
        self,
        desk: DeskPresenter,
        find: Find,
        deliveries: Deliveries,
        classifier: Classifier,
        *,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._find = find
        self._deliveries = deliveries
        self._classifier = classifier
        self._zone = zone
        self._asked: tuple[UUID, str] | None = None
        desk.changed.connect(self._look)

    def _look(self, desk: DeskState) -> None:
        card = desk.card
        asked = None
        if card is not None and isinstance(card.phone, str) and card.phone:
            asked = (card.id, card.phone)
        if asked == self._asked:
            return
        self._asked = asked
        if card is None:
            return
        if asked is None:
            self.found.emit(CallerKnown(card.id, "", ""))
            return
        found = self._find(asked[1], asked[0])
        if found.done() and found.exception() is None:
            # The lookup finished while the card was written: card and history appear with one
            # layout.
            self._tell(asked, found.result())
            return
        self._deliveries.deliver(
            found,
            lambda known: self._tell(asked, known),
            # The day list reports a read error.
            lambda _error: None,
            expected=(StoreError,),
        )

    def _tell(self, asked: tuple[UUID, str], known: KnownCaller) -> None:
        if asked != self._asked:
            return
        line = call_card_words.known_line(known, self._category, self._zone)
        detail = call_card_words.known_detail(known, self._category, self._zone)
        self.found.emit(CallerKnown(asked[0], line, detail))

    def _category(self, key: str | None) -> str:
        return self._classifier.texts.get(key or "", "")


MOST_AHEAD = 10  # maximum number of simultaneous calls

ReadCaller = Callable[[str, UUID | None], KnownCaller]
"""Finds the history of a phone number (E.164) without one record; called on a reader thread."""
ReadPersons = Callable[[str, UUID | None], tuple[KnownPerson, ...]]
"""Finds the persons of a phone number (E.164) without one record; called on a reader thread."""


@dataclass(frozen=True, slots=True)
class BehindPhone:
    """Pending lookups of history and persons for a phone number; both may fail with StoreError."""

    caller: Future[KnownCaller]
    persons: Future[tuple[KnownPerson, ...]]


class CallerReading(QObject):
    """Cache of caller lookups, which start as soon as a call rings. GUI thread only.

    Create it before the presenters that query it, because it must see a new card first.
    """

    def __init__(
        self,
        desk: DeskPresenter,
        read_caller: ReadCaller,
        read_persons: ReadPersons,
        readers: Executor,
        *,
        area_code: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read_caller = read_caller
        self._read_persons = read_persons
        self._readers = readers
        self._area_code = area_code
        self._ahead: dict[str, tuple[str, BehindPhone]] = {}
        """Phone number and lookups by Call-ID, for calls whose card is being written."""
        self._asked: tuple[UUID, str] | None = None
        self._answer: BehindPhone | None = None
        desk.rang.connect(self._rang)
        desk.changed.connect(self._follow)
        desk.register_changed.connect(self._forget_ahead)

    def of(self, phone: str, card_id: UUID) -> BehindPhone:
        """Returns the lookups for the card's phone number; starts them if needed."""
        if self._answer is None or self._asked != (card_id, phone):
            self._asked = (card_id, phone)
            self._answer = self._begin(phone, card_id)
        return self._answer

    def _begin(self, phone: str, without: UUID | None) -> BehindPhone:
        return BehindPhone(
            self._readers.submit(self._read_caller, phone, without),
            self._readers.submit(self._read_persons, phone, without),
        )

    def _rang(self, call: LiveCall) -> None:
        phone = canonical_phone(call.number, self._area_code)
        if phone is not None:
            # No record is left out: this call is not in the register yet.
            self._ahead[call.call_id] = phone, self._begin(phone, None)
            # Limits the cache: some calls never get a card.
            while len(self._ahead) > MOST_AHEAD:
                del self._ahead[next(iter(self._ahead))]

    def _forget_ahead(self) -> None:
        """Discards the lookups of ringing calls: after a change of the register they may be
        outdated.
        """
        self._ahead.clear()

    def _follow(self, desk: DeskState) -> None:
        """Selects the lookups of the active card; a card that is shown again gets new ones."""
        card = desk.card
        asked = None
        if card is not None and isinstance(card.phone, str) and not isinstance(card.phone, Absence):
            asked = (card.id, card.phone)
        if asked == self._asked:
            return
        self._asked, self._answer = asked, None
        if card is not None and asked is not None:
            phone, answer = self._ahead.pop(card.sip_call_id, ("", None))
            if phone == card.phone:
                self._answer = answer
