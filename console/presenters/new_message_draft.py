"""A message without a call as it is typed, and as its draft stands in the register."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from console import words
from sync.register.messages import MessageRecord, Publicity, edit
from sync.register.name_reading import split_name
from sync.register.phones import canonical_phone
from sync.register.values import Absence, Stated


@dataclass(frozen=True, slots=True)
class NewMessageState:
    """What is typed; ``problems`` has words under "text", "phone" and "email".

    ``id`` is the draft's, None before anything is typed.
    """

    id: UUID | None = None
    text: str = ""
    place: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    publicity: str = Publicity.NOT_STATED.value
    problems: dict[str, str] = field(default_factory=dict)
    is_busy: bool = False

    @property
    def is_begun(self) -> bool:
        """Whether there is anything to be kept."""
        typed = (self.text, self.place, self.name, self.phone, self.email)
        is_chosen = self.publicity != Publicity.NOT_STATED.value
        return is_chosen or any(text.strip() for text in typed)


class BegunPort(Protocol):
    """Where such drafts are read; called on a reader thread, raises StoreError."""

    def messages_begun(self, operator_id: UUID) -> tuple[MessageRecord, ...]: ...


class KeepsDrafts(Protocol):
    """Where they are written; what the disk refuses is told and tried again."""

    def keep_message(self, message: MessageRecord) -> None: ...

    def drop_message(self, message: MessageRecord) -> None: ...


def as_typed(draft: MessageRecord, state: NewMessageState, area_code: str) -> MessageRecord:
    """The draft with what stands in the form, also where it is no telephone or address yet."""
    name = split_name(state.name)
    phone = canonical_phone(state.phone, area_code) or state.phone.strip()
    return edit(
        draft,
        text=state.text,
        place=state.place,
        name=Absence.NOT_ASKED if name.is_empty else name,
        phone=phone or Absence.NOT_ASKED,
        email=state.email.strip() or Absence.NOT_ASKED,
        publicity=Publicity(state.publicity),
    )


def form_of(draft: MessageRecord, area_code: str) -> NewMessageState:
    """The form as it was when the draft was written; names and telephones as they were read."""
    name, phone = draft.name, _text(draft.phone)
    parts = () if isinstance(name, Absence) else (name.surname, name.given_name, name.patronymic)
    is_whole = bool(phone) and canonical_phone(phone, area_code) == phone
    return NewMessageState(
        text=draft.text,
        place=draft.place,
        name=" ".join(part for part in parts if part),
        phone=words.formats.phone_text(phone) if is_whole else phone,
        email=_text(draft.email),
        publicity=draft.publicity.value,
    )


def _text(stated: Stated) -> str:
    return "" if isinstance(stated, Absence) else stated
