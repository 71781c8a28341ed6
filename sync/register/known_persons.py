"""Who may stand behind a telephone: the people whom earlier records of it name.

A telephone may be a family's. Nobody is taken for another because the number is the same: two
names are one person's only where every part that both have is the same, and where a short name
fits several people it stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.register.values import PersonName

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
