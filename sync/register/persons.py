"""Whose records are meant, when a person asks for what is kept of him or to have it erased.

Federal law 152, articles 14, 20 and 21.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.register.values import Absence, PersonName, Stated


class DataCategory(StrEnum):
    """A kind of personal data, as the act of an erasure names it."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    TALK = "talk"
    """What was written down of a telephone call."""
    MESSAGE = "message"
    """Text and place of a message, and what was written about it."""
    PHOTO = "photo"
    ANSWER_FILE = "answer_file"
    NOTICE = "notice"
    NOTE = "note"
    """What was noted for a promised call."""
    SHEET_NOTE = "sheet_note"
    """The note of a hand-over sheet."""
    TYPED = "typed"
    """What stands in a form that an operator has not sent yet."""
    ROUTE = "route"
    """His telephone on the way that somebody else's call has come; all else of it is not his."""


class Left(StrEnum):
    """Why a record that was found is left as it is."""

    OTHER_NAME = "other_name"
    """It has the telephone or the address, and somebody else's name."""
    OPEN = "open"
    """A card that is not closed, or a message that is still handled: the law wants its answer."""
    PROMISED = "promised"
    """A call that was promised and not made yet."""


class RecordKind(StrEnum):
    """What kind of record holds personal data."""

    CALL = "call"
    MESSAGE = "message"
    PROMISED = "promised"
    """A call that somebody is promised: without a number."""
    SHEET = "sheet"
    """A hand-over sheet whose note tells of the person: of this workplace alone."""
    TYPED = "typed"
    """A form that is not sent yet and tells of the person: of this workplace alone, too."""


class SoundFate(StrEnum):
    """What becomes of a file with the sound of an erased call."""

    REMOVED = "removed"
    MISSING = "missing"
    """It was there no more."""
    NO_FOLDER = "no_folder"
    """Nobody has told where the files lie: the workplace removes it, if it knows."""
    REFUSED = "refused"
    """The disk does not let it go now: the workplace tries again."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A file with the sound of a call; ``fate`` is None as long as nothing is erased."""

    file: str
    fate: SoundFate | None = None


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record of the person, with the kinds of his data in it; ``left`` says why it stays.

    ``at`` is the moment of what has no number; ``sounds`` are the files of a call.
    """

    kind: RecordKind
    id: UUID
    number: str
    categories: tuple[DataCategory, ...]
    left: Left | None = None
    at: datetime | None = None
    sounds: tuple[Sound, ...] = ()

    @property
    def is_of_another(self) -> bool:
        """Whether the record is somebody else's, and only its way tells of the person."""
        return self.categories == (DataCategory.ROUTE,)


@dataclass(frozen=True, slots=True)
class PersonQuery:
    """A person as the request names him: by telephone (E.164), by address, by name.

    A record is found by telephone or address. A name beside them leaves out records that carry
    another one; a name alone finds all who are called so. ``sheets`` are hand-over sheets, by the
    minute of their signature, whose notes tell of the person in words that nobody can search for.
    """

    phone: str | None = None
    email: str | None = None
    name: PersonName | None = None
    sheets: frozenset[datetime] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.phone or self.email or self.name)


def has_contact(query: PersonQuery, phones: Iterable[str | None], email: str | None) -> bool:
    """Whether one of a record's own telephones, or its address, is the person's."""
    forms = phone_forms(query.phone) if query.phone else ()
    is_address = bool(query.email and email and email.lower() == query.email.lower())
    return is_address or any(phone in forms for phone in phones)


def phone_forms(phone: str) -> tuple[str, ...]:
    """The number as trunks send it: E.164, without its plus, and within Russia."""
    digits = phone.removeprefix("+")
    if not digits.startswith("7"):
        return (phone, digits)
    return (phone, digits, f"8{digits[1:]}", digits[1:])


def name_forms(part: str) -> tuple[str, ...]:
    """A part of a name in the spellings that it may be kept in."""
    spellings = {part, part.replace("ё", "е").replace("Ё", "Е")}
    forms = {form for one in spellings for form in (one, one.lower(), one.upper(), one.title())}
    return tuple(sorted(forms))


def is_called(query: PersonQuery, name: PersonName | Absence) -> bool:
    """Whether a record of this name may be the person's: one without a name may."""
    if query.name is None or isinstance(name, Absence):
        return True
    asked, known = _parts(query.name), _parts(name)
    pairs = zip(asked, known, strict=True)
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def stated_categories(
    name: PersonName | Absence, phone: Stated, email: Stated
) -> tuple[DataCategory, ...]:
    """Which of the three a record holds."""
    held = (
        (not isinstance(name, Absence), DataCategory.NAME),
        (not isinstance(phone, Absence), DataCategory.PHONE),
        (not isinstance(email, Absence), DataCategory.EMAIL),
    )
    return tuple(category for is_there, category in held if is_there)


def _parts(name: PersonName) -> tuple[str, str, str]:
    return (_folded(name.surname), _folded(name.given_name), _folded(name.patronymic))


def _folded(text: str) -> str:
    return text.strip().casefold().replace("ё", "е")
