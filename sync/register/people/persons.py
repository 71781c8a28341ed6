"""Persons named in records: candidates for a caller, and search of personal data by person.

A phone number may belong to a family. Two names are one person's only if all parts present in both
are equal; a short name that fits several persons stays separate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.register.people.values import Absence, PersonName, Stated

MOST_PERSONS = 9
"""A digit chooses one of them."""


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """What an earlier call or message says of somebody; ``about`` is what he asked or told.

    ``records`` is how many say the same of who he is, of which this one is the newest.
    """

    number: str
    at: datetime
    name: PersonName
    phone: str | None
    email: str | None
    topic: str | None
    category: str | None
    about: str
    records: int = 1


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody whom records name: as the fullest of them does, with the newest of his words.

    ``email`` is the one he gave last; ``records`` is how many records name him.
    """

    name: PersonName
    phone: str | None
    email: str | None
    last: NamedRecord
    records: int


def name_text(name: PersonName) -> str:
    """Surname, given name, patronymic in one line, without what was not given."""
    parts = (name.surname, name.given_name, name.patronymic)
    return " ".join(part.strip() for part in parts if part.strip())


def folded(text: str) -> str:
    """Letters as they are compared: small, with «е» for «ё»."""
    return text.strip().casefold().replace("ё", "е")


def persons_of(records: Iterable[NamedRecord]) -> tuple[KnownPerson, ...]:
    """The people of these records, who spoke last first.

    Records without the same telephone, or the same address where none has one, are different
    people's, whatever their names are.
    """
    by_contact: dict[str, list[NamedRecord]] = {}
    for record in records:
        if not record.name.is_empty:
            contact = record.phone or (record.email or record.number).casefold()
            by_contact.setdefault(contact, []).append(record)
    persons = [
        _person(group) for of_contact in by_contact.values() for group in _groups(of_contact)
    ]
    return tuple(sorted(persons, key=lambda one: (one.last.at, one.last.number), reverse=True))


def _groups(records: Sequence[NamedRecord]) -> list[list[NamedRecord]]:
    """Records of one contact by who is named; fuller names first, shorter ones join them."""
    groups: list[list[NamedRecord]] = []
    fuller: list[list[NamedRecord]] = []
    ordered = sorted(records, key=lambda one: -len(_given(one.name)))
    for number, record in enumerate(ordered):
        parts = _given(record.name)
        if number == 0 or len(parts) < len(_given(ordered[number - 1].name)):
            fuller = list(groups)  # names of one length never join through each other
        same = [group for group in groups if _given(group[0].name) == parts]
        wider = [group for group in fuller if parts.items() <= _given(group[0].name).items()]
        if same:
            same[0].append(record)
        elif len(wider) == 1:
            wider[0].append(record)
        else:
            groups.append([record])
    return groups


def _given(name: PersonName) -> dict[str, str]:
    """The parts that were given, as they are compared."""
    parts = {
        "surname": name.surname,
        "given_name": name.given_name,
        "patronymic": name.patronymic,
    }
    return {part: folded(text) for part, text in parts.items() if text.strip()}


def _person(group: Sequence[NamedRecord]) -> KnownPerson:
    newest = sorted(group, key=lambda one: (one.at, one.number), reverse=True)
    fullest = max(newest, key=lambda one: len(_given(one.name)))
    email = next((one.email for one in newest if one.email), None)
    records = sum(one.records for one in newest)
    return KnownPerson(fullest.name, newest[0].phone, email, newest[0], records)


def name_words(query: str) -> tuple[str, ...]:
    """The words of a search by name."""
    return tuple(query.split())


def is_named(person: KnownPerson, query: str) -> bool:
    """Whether every word of a search begins some word of the person's name, in any order."""
    known = folded(name_text(person.name)).replace("-", " ").split()
    return all(any(word.startswith(folded(asked)) for word in known) for asked in name_words(query))


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
