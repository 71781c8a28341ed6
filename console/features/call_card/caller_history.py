"""Lookup of a caller by phone number, started at the first ring and after each change.

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
"""What is known of a telephone (E.164), but for this call; read on a reader thread."""


class CallerHistoryPresenter(QObject):
    """Looks a caller up when the card has a telephone, and again when it is changed."""

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
            # read while the card was written: it appears with it, and is laid out once
            self._tell(asked, found.result())
            return
        self._deliveries.deliver(
            found,
            lambda known: self._tell(asked, known),
            # The journal tells of a store that cannot be read.
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


MOST_AHEAD = 10  # as many as the phone has calls at once

ReadCaller = Callable[[str, UUID | None], KnownCaller]
"""What is known of a telephone (E.164), but for this call; asked on a reader thread."""
ReadPersons = Callable[[str, UUID | None], tuple[KnownPerson, ...]]
"""Whom records of a telephone (E.164) name, but for this call; asked on a reader thread."""


@dataclass(frozen=True, slots=True)
class BehindPhone:
    """What is being read of a telephone; both fail with a StoreError where nothing is read."""

    caller: Future[KnownCaller]
    persons: Future[tuple[KnownPerson, ...]]


class CallerReading(QObject):
    """To be made before those who ask it: it has to see the card before they do. GUI thread."""

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
        """By Call-ID, with the telephone: of calls whose card is being written."""
        self._asked: tuple[UUID, str] | None = None
        self._answer: BehindPhone | None = None
        desk.rang.connect(self._rang)
        desk.changed.connect(self._follow)
        desk.register_changed.connect(self._forget_ahead)

    def of(self, phone: str, card_id: UUID) -> BehindPhone:
        """What is known of the card's telephone."""
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
            # nothing of the call itself is in the register yet
            self._ahead[call.call_id] = phone, self._begin(phone, None)
            # one whose card comes to no front is never taken
            while len(self._ahead) > MOST_AHEAD:
                del self._ahead[next(iter(self._ahead))]

    def _forget_ahead(self) -> None:
        """What has changed may concern any of the telephones."""
        self._ahead.clear()

    def _follow(self, desk: DeskState) -> None:
        """Another card is asked for anew, and so is the same one that comes back."""
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
