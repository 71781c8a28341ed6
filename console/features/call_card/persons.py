"""Choice of the caller among the persons known for a phone number.

A suggestion does not change the card. A selected person is written into the card like typed input,
and is suggested again at the next call from the number.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.features.call_card import words as call_card_words
from console.shared.directory.hits import HitRow, MetaPart
from console.shared.messages.classifier import Classifier
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState
from kb.entries.entries import EntryKind
from sync.errors import StoreError
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.register.people.persons import KnownPerson, is_named, name_text
from sync.register.people.values import Absence, PersonName, Stated

Behind = Callable[[str, UUID], Future[tuple[KnownPerson, ...]]]
"""Finds the persons of a phone number (E.164); runs on a reader thread.

The second argument is the record to leave out.
"""
Find = Callable[[str], tuple[KnownPerson, ...]]
"""Finds persons by name or phone number; called on a reader thread."""
Persons = tuple[KnownPerson, ...]


@dataclass(frozen=True, slots=True)
class CallerPersonsState:
    """State of the suggestion on the card and of the selection panel.

    ``guess`` is empty without a suggestion. ``selected`` is the row that Enter takes, or -1.
    """

    guess: str = ""
    guess_detail: str = ""
    is_open: bool = False
    query: str = ""
    hint: str = ""
    rows: tuple[HitRow, ...] = ()
    selected: int = -1


@dataclass(frozen=True, slots=True)
class _Taken:
    """Values that a selection wrote into a card; another selection removes them."""

    name: PersonName | None = None
    email: str | None = None


class CallerPersonsPresenter(QObject):
    """Suggests the persons known for the card's phone number and writes the selected one into the
    card.

    GUI thread only.
    """

    changed = Signal(object)  # CallerPersonsState
    opened = Signal()
    closed = Signal()
    name_asked = Signal()  # another person calls: enter the name
    looked = Signal(str, int)  # search was made: kind, number of results

    def __init__(
        self,
        desk: DeskPresenter,
        behind: Behind,
        find: Find,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        classifier: Classifier,
        *,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._behind = behind
        self._find = find
        self._readers = readers
        self._deliveries = deliveries
        self._milestones = milestones
        self._classifier = classifier
        self._zone = zone
        self._asked: tuple[UUID, str] | None = None
        self._followed: tuple[UUID, Stated, bool] | None = None  # lookup key of the active card
        self._known: Persons = ()  # persons of the active card's number
        self._found: Persons = ()  # results of the search
        self._search = 0
        self._others: set[UUID] = set()  # cards whose caller is none of the known persons
        self._taken: dict[UUID, _Taken] = {}  # by card
        self._keeps_typed = False  # the card has an entered name that is not the selection's
        self._state = self._told = CallerPersonsState()
        desk.changed.connect(self._follow)
        classifier.changed.connect(self._show)

    @property
    def state(self) -> CallerPersonsState:
        return self._state

    # --- persons of the number ---

    def _follow(self, desk: DeskState) -> None:
        card = desk.card
        followed = None
        if card is not None:
            followed = (card.id, card.phone, card.name is Absence.NOT_ASKED)
            if followed == self._followed:
                return
        self._followed = followed
        asked = None
        if card is not None and isinstance(card.phone, str) and not isinstance(card.phone, Absence):
            asked = (card.id, card.phone)
        if asked != self._asked:
            other_card = card is None or self._asked is None or self._asked[0] != card.id
            self._asked, self._known = asked, ()
            if asked is not None and card is not None:
                self._ask(asked, card.sip_call_id)
            if other_card:
                self.close()
        if card is None:
            self.close()
        self._show()

    def _ask(self, asked: tuple[UUID, str], sip_call_id: str) -> None:
        card_id, phone = asked

        def told(persons: Persons) -> None:
            if asked != self._asked:
                return
            self._known = persons
            self._milestones.note(Milestone.PERSONS_FOUND, sip_call_id, count=len(persons))
            self._show()

        behind = self._behind(phone, card_id)
        if behind.done() and behind.exception() is None:
            told(behind.result())  # the lookup finished while the card was written
            return
        self._deliveries.deliver(
            behind,
            told,
            # The day list reports a read error.
            lambda _error: None,
            expected=(StoreError,),
        )

    # --- list ---

    def open(self) -> None:
        """Opens the list of persons of the phone number, or a search if there are none.

        Requires an active card. It also works if the card is closed or the caller refused to give a
        name.
        """
        if self._desk.state.card is None:
            return
        self._found, self._search, self._keeps_typed = (), self._search + 1, False
        self._state = replace(self._state, is_open=True, query="")
        self._select_first()
        self._show()
        self.opened.emit()

    def close(self) -> None:
        if self._state.is_open:
            self._found, self._search = (), self._search + 1
            self._state = replace(self._state, is_open=False, query="")
            self._show()
            self.closed.emit()

    def set_query(self, text: str) -> None:
        """Searches persons by name or phone number; an empty text lists the persons of the call's
        number.
        """
        self._search += 1
        search = self._search
        self._found, self._keeps_typed = (), False
        self._state = replace(self._state, query=text, hint="")
        self._select_first()
        self._show()
        if not text.strip():
            return

        def told(persons: Persons) -> None:
            if persons or not _is_short(text):
                self.looked.emit("person", len(persons))
            if search == self._search:
                self._found = persons
                self._milestones.note(
                    Milestone.PERSONS_FOUND, count=len(persons), letters=len(text)
                )
                self._state = replace(self._state, hint=_found_hint(text, persons))
                self._select_first()
                self._show()

        def failed(_error: Exception) -> None:
            if search == self._search:
                self._state = replace(self._state, hint=call_card_words.not_read())
                self._show()

        self._deliveries.deliver(
            self._readers.submit(self._find, text), told, failed, expected=(StoreError,)
        )

    def move(self, steps: int) -> None:
        if self._state.rows:
            last = len(self._state.rows) - 1
            self.select(max(0, min(last, self._state.selected + steps)))

    def select(self, row: int) -> None:
        self._state = replace(self._state, selected=row)
        self._show()

    def press_digit(self, digit: int) -> None:
        """Selects the row of this digit; 0 selects "another person"."""
        place = len(self._shown()) if digit == 0 else digit - 1
        if digit == 0 or place < len(self._shown()):
            self._take(place)

    def take(self) -> None:
        """Writes the person of the selected row into the card."""
        if 0 <= self._state.selected < len(self._state.rows):
            self._take(self._state.selected)

    # --- selection ---

    def _take(self, place: int) -> None:
        card = self._desk.state.card
        persons = self._shown()
        if card is None or not self._state.is_open:
            return
        if place >= len(persons):
            self._others.add(card.id)
            self._write(card, None)
            self.close()
            self.name_asked.emit()
            return
        person = persons[place]
        if self._is_of_another(card, person):
            self._keeps_typed = True
            self._show()
            return
        self._others.discard(card.id)
        self._write(card, person)
        self.close()

    def _is_of_another(self, card: CallRecord, person: KnownPerson) -> bool:
        """Whether the card has an entered name of another person, which the operator must clear
        first.
        """
        if isinstance(card.name, Absence) or card.name == self._taken_from(card).name:
            return False
        return not is_named(person, name_text(card.name))

    def _taken_from(self, card: CallRecord) -> _Taken:
        return self._taken.get(card.id, _Taken())

    def _write(self, card: CallRecord, person: KnownPerson | None) -> None:
        """Writes name and e-mail of the person into the card; an entered or refused e-mail is
        retained.

        Without a person only the values of a previous selection are removed.
        """
        taken = self._taken_from(card)
        is_open = card.email is Absence.NOT_ASKED or card.email == taken.email
        email, name = card.email, card.name
        if is_open:
            email = Absence.NOT_ASKED if person is None or not person.email else person.email
        if person is not None:
            name = person.name
        elif isinstance(name, Absence) or name == taken.name:
            name = Absence.NOT_ASKED
        self._taken[card.id] = _Taken(
            None if person is None else person.name,
            email if is_open and isinstance(email, str) else None,
        )
        self._desk.change_card(calls.edit(card, name=name, email=email))

    # --- view state ---

    def _shown(self) -> Persons:
        return self._found if self._state.query.strip() else self._known

    def _select_first(self) -> None:
        self._state = replace(self._state, selected=0 if self._shown() else -1)

    def _show(self) -> None:
        card = self._desk.state.card
        persons, is_search = self._shown(), bool(self._state.query.strip())
        guess = detail = ""
        is_guessed = card is not None and card.name is Absence.NOT_ASKED and bool(self._known)
        if card is not None and is_guessed and card.id not in self._others:
            first = self._known[0]
            is_one = len(self._known) == 1
            guess = call_card_words.guess(first) if is_one else call_card_words.one_of(self._known)
            detail = "\n".join(
                f"{name_text(one.name)} — {self._last_asked(one)}" for one in self._known
            )
        rows = tuple(
            self._row(place, person, is_guess=bool(guess) and not is_search and place == 0)
            for place, person in enumerate(persons)
        )
        if self._known and not is_search:
            rows += (_other_row(),)
        hint = self._state.hint
        if not is_search:
            hint = call_card_words.choose_by_digit() if persons else call_card_words.nobody_known()
        if self._keeps_typed:
            hint = call_card_words.typed_name_stays()
        state = replace(
            self._state,
            guess=guess,
            guess_detail=detail,
            rows=rows if self._state.is_open else (),
            hint=hint if self._state.is_open else "",
            selected=self._state.selected if self._state.is_open else -1,
        )
        self._state = state
        if state != self._told:
            self._told = state
            self.changed.emit(state)

    def _row(self, place: int, person: KnownPerson, *, is_guess: bool) -> HitRow:
        is_search = bool(self._state.query.strip())
        meta = [MetaPart("clock-counter-clockwise", self._last_asked(person), "text-2", (), False)]
        if is_search and person.phone:
            phone = formats.phone_text(person.phone)
            meta.insert(0, MetaPart("phone", phone, "text-2"))
        return HitRow(
            key=str(place),
            digit="" if is_search else str(place + 1),  # in the search digits are input
            title=name_text(person.name),
            marks=(),
            kind=EntryKind.PERSON,
            badge=call_card_words.is_guess() if is_guess else call_card_words.records(person),
            meta=tuple(meta),
        )

    def _last_asked(self, person: KnownPerson) -> str:
        texts = self._classifier.texts
        return call_card_words.last_asked(person, lambda key: texts.get(key or "", ""), self._zone)


def _other_row() -> HitRow:
    return HitRow(
        key="other",
        digit="0",
        title=call_card_words.somebody_else(),
        marks=(),
        kind=EntryKind.PERSON,
        badge=call_card_words.new_person(),
        meta=(MetaPart("note-pencil", call_card_words.name_is_to_be_asked(), "text-2"),),
    )


def _found_hint(query: str, persons: Persons) -> str:
    if persons:
        return call_card_words.found()
    return call_card_words.type_more() if _is_short(query) else call_card_words.nobody_found()


def _is_short(query: str) -> bool:
    """Whether the query is too short for a search."""
    return sum(character.isalnum() for character in query) < 3
