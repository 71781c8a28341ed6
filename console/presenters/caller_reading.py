"""What is known of the telephone of the card in front, read once for all who show it.

It is read from the first ring on, beside the writing of the card: the card appears with it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject

from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from console.presenters.live_calls import LiveCall
from sync.register.known_persons import KnownPerson
from sync.register.phones import canonical_phone
from sync.register.values import Absence
from sync.store.known_callers import KnownCaller

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
