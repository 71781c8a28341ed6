"""Presenters of the call card: caller fields, content, category, and technical dispositions.

With a technical disposition (no conversation) the card is saved automatically after a delay, unless
it is edited.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.features.call_card.card_state import (
    NOTHING,
    CardState,
    PersonRead,
    email_line,
    name_line,
    next_reading,
    no_card,
    phone_line,
    shown_card,
)
from console.shared.messages.classifier import Classifier
from console.shared.session.caller import CallerKnown
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState, LineState
from sync.register.calls import by_hand, calls
from sync.register.calls.by_hand import is_apart
from sync.register.calls.calls import CallRecord, CallResult
from sync.register.calls.phrases import PartOfDay, part_of_day
from sync.register.people.email_reading import read_email
from sync.register.people.name_reading import split_name
from sync.register.people.persons import name_text
from sync.register.people.phones import canonical_phone
from sync.register.people.values import Absence, canonical_email


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """Raw input of the caller's fields of one card.

    ``in_field`` is the field with the focus; it is parsed when it loses focus.
    """

    card_id: UUID | None = None
    name: str = ""
    phone: str = ""
    in_field: str = ""

    def name_of(self, name: str) -> str:
        """Returns the raw input if it has the same words as the name, otherwise the name."""
        return self.name if sorted(_words(self.name)) == sorted(_words(name)) else name


class CardPerson:
    """Edits name, phone number and e-mail of the active card; without a card input is ignored."""

    def __init__(self, desk: DeskPresenter, area_code: str, show: Callable[[], None]) -> None:
        """``show`` is called if only the parse hints have changed."""
        self._desk = desk
        self._area_code = area_code
        self._show = show
        self._typed = TypedPerson()

    @property
    def typed(self) -> TypedPerson:
        """Raw input of the caller's fields, and the card to which it belongs."""
        return self._typed

    def read(self, card: CallRecord) -> PersonRead:
        """Returns the parse hints of the card's fields, except for the field with the focus."""
        typed = self._typed_into(card)
        name = "" if isinstance(card.name, Absence) else name_text(card.name)
        return PersonRead(
            name_line(card.name, typed.name_of(name)),
            NOTHING
            if typed.in_field == "phone"
            else phone_line(card, typed.phone, self._area_code),
            NOTHING if typed.in_field == "email" else email_line(card),
        )

    # --- name ---

    def set_name(self, text: str) -> None:
        """Parses a full name; the parse hint is updated on each keystroke."""
        card = self._desk.state.card
        if card is not None:
            self._typed = replace(self._typed_into(card), name=text)
            name = split_name(text)
            self._change(calls.edit(card, name=Absence.NOT_ASKED if name.is_empty else name))

    def name_left(self) -> None:
        """Shows the parsed name in standard order and capitalisation when the field loses focus."""
        self._show()

    def mend_name(self) -> None:
        """Applies the suggested correction of the name, or the next possible split into
        name parts.
        """
        card = self._desk.state.card
        if card is None or isinstance(card.name, Absence):
            return
        typed = self._typed_into(card).name or name_text(card.name)
        line = name_line(card.name, typed)
        if line.put:
            self._typed = replace(self._typed_into(card), name=line.put)
            self._change(calls.edit(card, name=split_name(line.put)))
        elif line.offer:
            self._typed = replace(self._typed_into(card), name=typed)
            self._change(calls.edit(card, name=next_reading(card.name, typed)))

    def set_name_absent(self, absent: bool) -> None:
        card = self._desk.state.card
        if card is not None:
            self._change(calls.edit(card, name=_absence(absent)))

    def toggle_name(self) -> None:
        card = self._desk.state.card
        if card is not None:
            self.set_name_absent(card.name is not Absence.NOT_GIVEN)

    def set_concerned(self, text: str) -> None:
        """Sets the name of the represented person, if the caller speaks for another person."""
        card = self._desk.state.card
        if card is not None:
            self._change(calls.edit(card, concerned=text.strip()))

    # --- phone number ---

    def set_phone(self, text: str) -> None:
        card = self._desk.state.card
        if card is not None:
            self._typed = replace(self._typed_into(card), phone=text.strip(), in_field="phone")
            self._change(calls.edit(card, phone=text if text.strip() else Absence.NOT_ASKED))

    def phone_left(self) -> None:
        """Converts a valid phone number to its canonical form when the field loses focus."""
        card = self._desk.state.card
        if card is not None and not isinstance(card.phone, Absence):
            self._leave(card, self._with_canonical_phone(card))

    def set_phone_absent(self, absent: bool) -> None:
        card = self._desk.state.card
        if card is not None:
            self._change(calls.edit(card, phone=_absence(absent)))

    def toggle_phone(self) -> None:
        card = self._desk.state.card
        if card is not None:
            self.set_phone_absent(card.phone is not Absence.NOT_GIVEN)

    # --- e-mail ---

    def set_email(self, text: str) -> None:
        card = self._desk.state.card
        if card is not None:
            value = text.strip()
            self._typed = replace(self._typed_into(card), in_field="email")
            self._change(calls.edit(card, email=value or Absence.NOT_ASKED))

    def email_left(self) -> None:
        """Parses the e-mail when the field loses focus; the hint is a text to read back, or an
        error.
        """
        card = self._desk.state.card
        if card is not None and not isinstance(card.email, Absence):
            self._leave(card, _with_canonical_email(card))

    def mend_email(self) -> None:
        """Applies the suggested correction of the e-mail; unparsed input is parsed first."""
        card = self._desk.state.card
        if card is None or isinstance(card.email, Absence):
            return
        proposal = read_email(card.email).proposal
        if self._typed_into(card).in_field == "email":
            self.email_left()
        elif proposal is not None:
            self._change(calls.edit(card, email=proposal))

    def set_email_absent(self, absent: bool) -> None:
        card = self._desk.state.card
        if card is not None:
            self._change(calls.edit(card, email=_absence(absent)))

    def toggle_email(self) -> None:
        card = self._desk.state.card
        if card is not None:
            self.set_email_absent(card.email is not Absence.NOT_GIVEN)

    # --- focus loss ---

    def settle(self) -> None:
        """Applies the input of every field as when it loses focus, before the record is closed."""
        card = self._desk.state.card
        if card is not None:
            self._leave(card, _with_canonical_email(self._with_canonical_phone(card)))

    def _leave(self, card: CallRecord, read: CallRecord) -> None:
        """Applies the parsed card after a field has lost focus."""
        self._typed = replace(self._typed_into(card), in_field="")
        if read != card:
            self._change(read)
        else:
            self._show()

    def _with_canonical_phone(self, card: CallRecord) -> CallRecord:
        if isinstance(card.phone, Absence):
            return card
        canonical = canonical_phone(card.phone, self._area_code)
        if canonical is None or canonical == card.phone:
            return card
        return calls.edit(card, phone=canonical)

    def _typed_into(self, card: CallRecord) -> TypedPerson:
        return self._typed if self._typed.card_id == card.id else TypedPerson(card.id)

    def _change(self, card: CallRecord) -> None:
        self._desk.change_card(card)


def _absence(absent: bool) -> Absence:
    return Absence.NOT_GIVEN if absent else Absence.NOT_ASKED


def _words(name: str) -> list[str]:
    return name.casefold().split()


def _with_canonical_email(card: CallRecord) -> CallRecord:
    if isinstance(card.email, Absence) or canonical_email(card.email) == card.email:
        return card
    return calls.edit(card, email=canonical_email(card.email))


TECHNICAL = (CallResult.DROPPED, CallResult.SILENT, CallResult.WRONG_NUMBER)
"""Technical dispositions in the order of Ctrl+0.

A record without an own call has only the last one, which then means "opened by mistake".
"""
SAVE_AFTER_MS = 1200  # time for another Ctrl+0; such a call may take two seconds


class TechnicalResult(QObject):
    """Automatically saves an ended call with a technical disposition, unless it is edited."""

    save_due = Signal()  # technical disposition selected, call ended: save now

    def __init__(
        self,
        desk: DeskPresenter,
        show: Callable[[], None],
        *,
        save_after_ms: int,
        parent: QObject,
    ) -> None:
        """``show`` is called when the delay before saving starts and ends."""
        super().__init__(parent)
        self._desk = desk
        self._show = show
        self._chosen: CallRecord | None = None  # the card when the disposition was selected
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(save_after_ms)
        self._pause.timeout.connect(self._save)

    @property
    def saves_itself(self) -> bool:
        """Whether the active record will be saved automatically; any edit cancels this."""
        return self._pause.isActive()

    def choose(self, value: str) -> None:
        self._choose(CallResult(value))

    def choose_next(self) -> None:
        """Ctrl+0: selects the first technical disposition, then the next one, cyclically."""
        card = self._desk.state.card
        if card is None:
            return
        order = TECHNICAL[-1:] if is_apart(card) else TECHNICAL
        if card.result in order:
            self._choose(order[(order.index(card.result) + 1) % len(order)])
        else:
            self._choose(order[0])

    def follow(self, card: CallRecord | None) -> None:
        """Cancels automatic saving if the card was edited."""
        if card != self._chosen:
            self._pause.stop()

    def _choose(self, result: CallResult) -> None:
        self._desk.set_result(result)
        self._chosen = self._desk.state.card
        if self._chosen is not None and self._chosen.ended_at is not None:
            self._pause.start()
            self._show()

    def _save(self) -> None:
        if self._chosen is not None and self._chosen == self._desk.state.card:
            self.save_due.emit()
        self._show()


class CardPresenter(QObject):
    """Presenter of the active card; `DeskPresenter` stores the record.

    ``person`` edits the caller's fields, ``technical`` sets the technical dispositions.
    """

    changed = Signal(object)  # CardState
    categories_changed = Signal()

    def __init__(
        self,
        desk: DeskPresenter,
        classifier: Classifier,
        *,
        zone: ZoneInfo,
        area_code: str,
        technical_save_ms: int = SAVE_AFTER_MS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._zone = zone
        self._classifier = classifier
        self._promise = ""
        self._promised_for: object = None
        self._known: CallerKnown | None = None
        self._state = no_card("")
        self.person = CardPerson(desk, area_code, self._show)
        self.technical = TechnicalResult(
            desk, self._show, save_after_ms=technical_save_ms, parent=self
        )
        # Text and disposition entered for an answered call whose record is not written yet.
        self._typed_ahead = ""
        self._chosen_ahead = ""
        self._beside: tuple[object, ...] = ()  # values of the last state, without the content
        desk.changed.connect(self._desk_changed)
        classifier.changed.connect(self.categories_changed)
        classifier.changed.connect(self._show)

    @property
    def state(self) -> CardState:
        return self._state

    def categories(self) -> dict[str, str]:
        """Returns the display texts «Тема › Категория» by category key, for the completer."""
        return dict(self._classifier.texts)

    def show_promise(self, text: str) -> None:
        """Adds a text to read to the caller before the end of the call.

        It is appended to earlier texts: a call with two questions has two messages, and the
        operator must read both numbers.
        """
        card = self._desk.state.card
        promised_for = None if card is None else card.id
        earlier = self._promise if promised_for == self._promised_for else ""
        self._promise = f"{earlier}\n{text}".strip()
        self._promised_for = promised_for
        self._show()

    def forget_promise(self, call_id: UUID | None) -> None:
        """Removes the text to read to the caller of this call: its message is no longer
        registered.
        """
        if call_id is not None and call_id == self._promised_for:
            self._promise = ""
            self._show()

    def show_known(self, known: CallerKnown) -> None:
        """Shows the history of the caller of the active card."""
        self._known = known
        self._show()

    # --- input ---

    def set_content(self, text: str) -> None:
        card = self._desk.state.card
        if card is not None:
            self._change(calls.edit(card, content=text))
        elif self._desk.state.line is LineState.TALKING:
            self._typed_ahead = text

    def set_category(self, key: str) -> None:
        self._desk.set_topic(self._classifier.category(key))

    def remove_used(self, key: str) -> None:
        card = self._desk.state.card
        if card is not None:
            self._change(by_hand.remove_entry(card, key))

    def choose_result(self, value: str) -> None:
        """Selects a disposition, even before the record of an answered call is written."""
        if self._desk.state.card is None:
            if self._desk.state.line is LineState.TALKING:
                self._chosen_ahead = value
        elif value == "technical":
            self.technical.choose_next()
        else:
            self._desk.set_result(CallResult(value))

    def _change(self, card: CallRecord) -> None:
        self._desk.change_card(card)

    # --- view state ---

    def _desk_changed(self, desk: DeskState) -> None:
        """Updates the view state; after a keystroke in the content only the content is updated."""
        card = desk.card
        if (
            card is None
            or self.technical.saves_itself  # any edit cancels the automatic saving
            or self._beside_content(desk, card) != self._beside
        ):
            self._refresh(desk)
        else:
            self._state = replace(self._state, content=card.content)
            self.changed.emit(self._state)

    def _beside_content(self, desk: DeskState, card: CallRecord) -> tuple[object, ...]:
        """Returns all values on which the view state depends, except for the content."""
        return (
            replace(card, content="", first_key_at=None),
            desk.saved_at,
            desk.store_failed,
            desk.closes_at_end,
            desk.problems,
            self.person.typed,
            self._part_of_day(),
        )

    def _part_of_day(self) -> PartOfDay:
        return part_of_day(self._clock().astimezone(self._zone).time())

    def _show(self) -> None:
        self._refresh(self._desk.state)

    def _refresh(self, desk: DeskState) -> None:
        card = desk.card
        self.technical.follow(card)
        if card is None:
            if desk.line is not LineState.TALKING:
                self._typed_ahead = self._chosen_ahead = ""
            self._beside = ()
            self._state = no_card(self._typed_ahead)
        else:
            typed_ahead, self._typed_ahead = self._typed_ahead, ""
            chosen, self._chosen_ahead = self._chosen_ahead, ""
            if typed_ahead:
                # A transferred call may already have text; both texts are retained.
                self._change(calls.edit(card, content=_followed(card.content, typed_ahead)))
            if chosen:
                self.choose_result(chosen)
            if typed_ahead or chosen:
                return  # the edit triggers another refresh
            self._beside = self._beside_content(desk, card)
            self._state = shown_card(
                desk,
                card,
                self.person.read(card),
                self._known,
                self._classifier,
                promise=self._promise if self._promised_for == card.id else "",
                saves_itself=self.technical.saves_itself,
                now=self._part_of_day(),
                zone=self._zone,
            )
        self.changed.emit(self._state)


def _followed(content: str, typed: str) -> str:
    """Appends the typed text to the content, separated by a space if needed."""
    is_apart = not content or content[-1].isspace() or typed[0].isspace()
    return content + typed if is_apart else f"{content} {typed}"
