"""Who calls: what is typed of the person into the card, and how it was read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from console.presenters.card_state import PersonRead
from console.presenters.desk import DeskPresenter
from console.presenters.person_entry import (
    NOTHING,
    email_line,
    name_line,
    next_reading,
    phone_line,
)
from sync.register import calls
from sync.register.calls import CallRecord
from sync.register.email_reading import read_email
from sync.register.known_persons import name_text
from sync.register.name_reading import split_name
from sync.register.phones import canonical_phone
from sync.register.values import Absence, canonical_email


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """What was typed of the person into one card, as it was typed.

    ``in_field`` is the field that is being typed into: it is read when it is left.
    """

    card_id: UUID | None = None
    name: str = ""
    phone: str = ""
    in_field: str = ""

    def name_of(self, name: str) -> str:
        """The line as it was typed, where this name was read from it, else the name itself."""
        return self.name if sorted(_words(self.name)) == sorted(_words(name)) else name


class CardPerson:
    """Name, telephone and address of the card in front; without a card typing does nothing."""

    def __init__(self, desk: DeskPresenter, area_code: str, show: Callable[[], None]) -> None:
        """``show`` is called where only the reading has changed, and not the record."""
        self._desk = desk
        self._area_code = area_code
        self._show = show
        self._typed = TypedPerson()

    @property
    def typed(self) -> TypedPerson:
        """As it was typed into the card of its ``card_id``."""
        return self._typed

    def read(self, card: CallRecord) -> PersonRead:
        """How the fields of the card were read; nothing of one that is being typed into."""
        typed = self._typed_into(card)
        name = "" if isinstance(card.name, Absence) else name_text(card.name)
        return PersonRead(
            name_line(card.name, typed.name_of(name)),
            NOTHING
            if typed.in_field == "phone"
            else phone_line(card, typed.phone, self._area_code),
            NOTHING if typed.in_field == "email" else email_line(card),
        )

    # --- the name ---

    def set_name(self, text: str) -> None:
        """A whole name in one line; how it was read is shown while it is typed."""
        card = self._desk.state.card
        if card is not None:
            self._typed = replace(self._typed_into(card), name=text)
            name = split_name(text)
            self._change(calls.edit(card, name=Absence.NOT_ASKED if name.is_empty else name))

    def name_left(self) -> None:
        """On leaving the field its words stand in their order, with their capitals."""
        self._show()

    def mend_name(self) -> None:
        """Put the letters that are meant, or read the same words in another way."""
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
        """Whom the matter is about, where the caller speaks for somebody else."""
        card = self._desk.state.card
        if card is not None:
            self._change(calls.edit(card, concerned=text.strip()))

    # --- the telephone ---

    def set_phone(self, text: str) -> None:
        card = self._desk.state.card
        if card is not None:
            self._typed = replace(self._typed_into(card), phone=text.strip(), in_field="phone")
            self._change(calls.edit(card, phone=text if text.strip() else Absence.NOT_ASKED))

    def phone_left(self) -> None:
        """On leaving the field a number takes its canonical form, where it has one."""
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

    # --- the address ---

    def set_email(self, text: str) -> None:
        card = self._desk.state.card
        if card is not None:
            value = text.strip()
            self._typed = replace(self._typed_into(card), in_field="email")
            self._change(calls.edit(card, email=value or Absence.NOT_ASKED))

    def email_left(self) -> None:
        """On leaving the field the address is read: what to say back, or what looks wrong."""
        card = self._desk.state.card
        if card is not None and not isinstance(card.email, Absence):
            self._leave(card, _with_canonical_email(card))

    def mend_email(self) -> None:
        """Put the address that is proposed; one that is still typed is read first."""
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

    # --- leaving ---

    def settle(self) -> None:
        """Take every field as if it were left, before the record is closed."""
        card = self._desk.state.card
        if card is not None:
            self._leave(card, _with_canonical_email(self._with_canonical_phone(card)))

    def _leave(self, card: CallRecord, read: CallRecord) -> None:
        """Nobody types in a field of the card any more; ``read`` is the card as it is now."""
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
