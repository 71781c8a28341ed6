"""Persons named in records: candidates for a caller, and search of personal data by person.

A phone number may belong to a family. Two names denote one person only if all parts present in both
are equal; a short name that fits several persons remains separate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.register.people.values import Absence, PersonName, Stated

MOST_PERSONS = 9
"""A digit key selects one of them."""


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """Data of a person in an earlier call or message; ``about`` is its subject.

    ``records`` is the number of records with the same personal details; this is the newest of them.
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
    """A person named in records: the fullest name, and the latest record.

    ``email`` is the latest one given; ``records`` is the number of records that name the person.
    """

    name: PersonName
    phone: str | None
    email: str | None
    last: NamedRecord
    records: int


def name_text(name: PersonName) -> str:
    """Returns surname, given name, patronymic in one line, without missing parts."""
    parts = (name.surname, name.given_name, name.patronymic)
    return " ".join(part.strip() for part in parts if part.strip())


def folded(text: str) -> str:
    """Folds text for comparison: lower case, «е» for «ё»."""
    return text.strip().casefold().replace("ё", "е")


def persons_of(records: Iterable[NamedRecord]) -> tuple[KnownPerson, ...]:
    """Returns the persons of these records, latest record first.

    Records with different phone numbers (or e-mail addresses, if there is no phone number) belong
    to different persons, regardless of names.
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
    """Groups records of one contact by person; a shorter name joins a fuller one it fits."""
    groups: list[list[NamedRecord]] = []
    fuller: list[list[NamedRecord]] = []
    ordered = sorted(records, key=lambda one: -len(_given(one.name)))
    for number, record in enumerate(ordered):
        parts = _given(record.name)
        if number == 0 or len(parts) < len(_given(ordered[number - 1].name)):
            fuller = list(groups)  # names of equal length never join through each other
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
    """Returns the parts of a name that are present, folded."""
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
    """Returns the words of a search by name."""
    return tuple(query.split())


def is_named(person: KnownPerson, query: str) -> bool:
    """Whether every search word is the start of a word of the name, in any order."""
    known = folded(name_text(person.name)).replace("-", " ").split()
    return all(any(word.startswith(folded(asked)) for word in known) for asked in name_words(query))


class DataCategory(StrEnum):
    """Category of personal data, as named in an erasure report."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    TALK = "talk"
    """Notes about a telephone call."""
    MESSAGE = "message"
    """Text and location of a message, and notes about it."""
    PHOTO = "photo"
    ANSWER_FILE = "answer_file"
    NOTICE = "notice"
    NOTE = "note"
    """Note of a scheduled callback."""
    SHEET_NOTE = "sheet_note"
    """Note of a shift handover report."""
    TYPED = "typed"
    """Content of an unsubmitted form."""
    ROUTE = "route"
    """The person's phone number in the routing data of another caller's call."""


class Left(StrEnum):
    """Reason why a matching record is not erased."""

    OTHER_NAME = "other_name"
    """The phone number or e-mail address matches, but the name is another one."""
    OPEN = "open"
    """An open card, or a message still in progress: the law requires an answer."""
    PROMISED = "promised"
    """A scheduled callback not made yet."""


class RecordKind(StrEnum):
    """Kind of record with personal data."""

    CALL = "call"
    MESSAGE = "message"
    PROMISED = "promised"
    """A scheduled callback; has no registration number."""
    SHEET = "sheet"
    """A shift handover report with a note about the person; only at this workplace."""
    TYPED = "typed"
    """An unsubmitted form with data of the person; only at this workplace."""


class SoundFate(StrEnum):
    """Outcome of erasing the recording of a call."""

    REMOVED = "removed"
    MISSING = "missing"
    """The file no longer existed."""
    NO_FOLDER = "no_folder"
    """The folder of the files is not configured: the workplace removes the file if it can."""
    REFUSED = "refused"
    """The file could not be deleted now: the workplace retries."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording file of a call; ``fate`` is None until an erasure."""

    file: str
    fate: SoundFate | None = None


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record of the person with its data categories; ``left`` is why it is not erased.

    ``at`` is the time of a record without a number; ``sounds`` are the files of a call.
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
        """Whether the record belongs to another caller and only its routing names the person."""
        return self.categories == (DataCategory.ROUTE,)


@dataclass(frozen=True, slots=True)
class PersonQuery:
    """A person as named in a request: by phone number (E.164), e-mail address or name.

    Records are found by phone number or e-mail address. A name in addition excludes records with
    another name; a name alone finds everyone of that name. ``sheets`` are shift handover reports,
    by the minute of their signature, whose notes mention the person in a way no search can find.
    """

    phone: str | None = None
    email: str | None = None
    name: PersonName | None = None
    sheets: frozenset[datetime] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.phone or self.email or self.name)


def has_contact(query: PersonQuery, phones: Iterable[str | None], email: str | None) -> bool:
    """Whether a phone number or the e-mail address of a record is the person's."""
    forms = phone_forms(query.phone) if query.phone else ()
    is_address = bool(query.email and email and email.lower() == query.email.lower())
    return is_address or any(phone in forms for phone in phones)


def phone_forms(phone: str) -> tuple[str, ...]:
    """Returns the forms sent by trunks: E.164, without its plus, and national."""
    digits = phone.removeprefix("+")
    if not digits.startswith("7"):
        return (phone, digits)
    return (phone, digits, f"8{digits[1:]}", digits[1:])


def name_forms(part: str) -> tuple[str, ...]:
    """Returns the spellings in which a part of a name may be stored."""
    spellings = {part, part.replace("ё", "е").replace("Ё", "Е")}
    forms = {form for one in spellings for form in (one, one.lower(), one.upper(), one.title())}
    return tuple(sorted(forms))


def is_called(query: PersonQuery, name: PersonName | Absence) -> bool:
    """Whether a record with this name may be the person's; a record without a name may."""
    if query.name is None or isinstance(name, Absence):
        return True
    asked, known = _parts(query.name), _parts(name)
    pairs = zip(asked, known, strict=True)
    return all(not mine or not theirs or mine == theirs for mine, theirs in pairs)


def stated_categories(
    name: PersonName | Absence, phone: Stated, email: Stated
) -> tuple[DataCategory, ...]:
    """Returns which of the three categories a record has."""
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
