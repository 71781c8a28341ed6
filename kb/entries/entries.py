"""Directory entries: dataclasses, JSON records, references; detection of contact data in text.

Search texts that contain contact data are not stored.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import NoneType
from typing import Any, Literal, TypeVar

from kb.entries.hours import UNSTATED, WeekHours
from kb.errors import ImportFault

LONGEST_PLAIN_NUMBER = 4  # digits, such as a house, a year, a law, an emergency number
_APART = r"[\s().+\u2010-\u2015\u2212-]*"  # separators of digits within a number
_NUMBER = re.compile(rf"\d(?:{_APART}\d){{{LONGEST_PLAIN_NUMBER},}}")


def holds_contact(text: str) -> bool:
    """Whether the text contains a number of five or more digits, or an @ sign.

    Such numbers are phone, passport and card numbers and dates of birth, with any separators
    between digits.
    """
    return "@" in text or "\uff20" in text or _NUMBER.search(text) is not None


class EntryKind(StrEnum):
    """The five kinds of entries; one search covers all of them."""

    QUESTION = "question"
    UNIT = "unit"
    SERVICE = "service"
    PERSON = "person"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Phone:
    """Phone number with extension and purpose."""

    number: str
    extension: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class AnswerTerm:
    """Deadline for an authority's answer, in working or calendar days."""

    days: int
    kind: Literal["working", "calendar"]


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """An authority, enterprise or service: its position in the hierarchy, and contacts (1.2, 2.7).

    ``answer_term`` is the deadline from its technological map (3.2); a topic may override it.
    """

    parent: str | None = None
    unit_kind: str = ""
    short_title: str = ""
    address: str = ""
    phones: tuple[Phone, ...] = ()
    email: str = ""
    hours: WeekHours = UNSTATED
    answer_term: AnswerTerm | None = None


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """Service procedure: steps, required documents, duration and fee (8.3)."""

    steps: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    term: str = ""
    fee: str = ""


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Responsible official: unit, post, room, contacts, and reception hours."""

    unit: str = ""
    post: str = ""
    phones: tuple[Phone, ...] = ()
    email: str = ""
    reception: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class TopicDetails:
    """Topic of messages, or with ``parent`` a category of that topic (Regulation 4.1).

    The owner of the entry is the responsible authority; ``participants`` are further authorities.
    ``checklist`` is the operator's checklist from the thematic regulation (3.1-3.3).
    """

    parent: str | None = None
    participants: tuple[str, ...] = ()
    route: str = ""
    answer_term: AnswerTerm | None = None
    checklist: tuple[str, ...] = ()


Details = UnitDetails | ServiceDetails | PersonDetails | TopicDetails

DETAILS_OF: Mapping[EntryKind, type[Details]] = {
    EntryKind.UNIT: UnitDetails,
    EntryKind.SERVICE: ServiceDetails,
    EntryKind.PERSON: PersonDetails,
    EntryKind.TOPIC: TopicDetails,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the directory; ``id`` is its permanent external key.

    ``kind`` may be a string. ``body`` is the text to send, a unit's powers or a person's biography;
    ``spoken`` is the short text to say. ``topic`` and ``section`` are free text, or ids of topic
    entries if they exist; ``owner`` is the id of the authority responsible for the entry. The entry
    is in force from ``valid_from`` until the day before ``valid_to``. Raises ValueError for an
    unknown kind, details of another kind, or an empty id.
    """

    id: str
    kind: EntryKind
    title: str
    body: str
    topic: str = ""
    section: str = ""
    names: tuple[str, ...] = ()
    spoken: str = ""
    owner: str = ""
    author: str = ""
    source: str = ""
    source_url: str = ""
    checked_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    details: Details | None = field(default=None)

    def __post_init__(self) -> None:
        kind = EntryKind(self.kind)
        object.__setattr__(self, "kind", kind)
        if not self.id:
            raise ValueError("an entry requires an id")
        wanted = DETAILS_OF.get(kind)
        if self.details is not None and type(self.details) is not wanted:
            raise ValueError(
                f"{type(self.details).__name__} is invalid for an entry of kind {kind}"
            )

    @property
    def parent(self) -> str | None:
        """Id of the parent unit of a unit, or of the topic of a category."""
        match self.details:
            case UnitDetails(parent=parent) | TopicDetails(parent=parent):
                return parent
            case _:
                return None

    @property
    def short_title(self) -> str:
        """Short name of a unit; the title for other entries."""
        match self.details:
            case UnitDetails(short_title=short) if short:
                return short
            case _:
                return self.title

    def holds_on(self, day: date) -> bool:
        """Whether the entry is in force on the day."""
        return holds_between(self.valid_from, self.valid_to, day)


def holds_between(first: date | None, end: date | None, day: date) -> bool:
    """Whether the day is in the range from ``first`` to the day before ``end``; None is
    unbounded.
    """
    return (first is None or first <= day) and (end is None or day < end)


Record = Mapping[str, Any]
Result = TypeVar("Result")

LONGEST_ID = 200  # characters
_BREAKS_A_LINE = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
SHOWN_VALUE = 60  # characters; longer values are left out of errors


class RecordFault(ValueError):
    """A field of a record is invalid."""

    def __init__(self, field: str, fault: ImportFault, value: str = "") -> None:
        super().__init__(f"{field}: {fault}")
        self.field = field
        self.fault = fault
        self.value = value if len(value) <= SHOWN_VALUE else ""


def _names(whole: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in fields_of(whole))


_ENTRY_FIELDS = _names(Entry)
_DETAILS_FIELDS = {kind: _names(details) for kind, details in DETAILS_OF.items()}
_PHONE_FIELDS = _names(Phone)
_TERM_FIELDS = _names(AnswerTerm)


class _Fields:
    """Reads the fields of one record; ``done`` rejects unknown fields.

    A missing or null field is empty; ``id`` and ``kind`` are required.
    """

    def __init__(self, record: Record, place: str = "") -> None:
        self._record = record
        self._place = place

    def name(self, field: str) -> str:
        return f"{self._place}{field}"

    def raw(self, field: str) -> Any:
        return self._record.get(field)

    def text(self, field: str) -> str:
        value = self._record.get(field)
        return "" if value is None else _text(value, self._place, field)

    def given_texts(self, fields: Iterable[str]) -> dict[str, str]:
        """Returns the texts of those of the ``fields`` that the record contains."""
        return {field: self.text(field) for field in fields if field in self._record}

    def needed(self, field: str) -> str:
        if field not in self._record:
            raise RecordFault(self.name(field), ImportFault.MISSING_FIELD)
        value = self.text(field)
        if not value:
            raise RecordFault(self.name(field), ImportFault.EMPTY)
        return value

    def id(self, field: str) -> str:
        value = self.needed(field)
        if not _is_id(value):
            raise RecordFault(self.name(field), ImportFault.BAD_VALUE, value)
        return value

    def id_or_none(self, field: str) -> str | None:
        return self.text(field) or None

    def kind(self, field: str) -> EntryKind:
        value = self.needed(field)
        try:
            return EntryKind(value)
        except ValueError as error:
            raise RecordFault(self.name(field), ImportFault.BAD_VALUE, value) from error

    def day(self, field: str) -> date | None:
        value = self.text(field)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise RecordFault(self.name(field), ImportFault.BAD_VALUE, value) from error

    def texts(self, field: str) -> tuple[str, ...]:
        found = []
        for number, value in enumerate(self._list(field)):
            place = f"[{number}]"
            text = _text(value, self.name(field), place)
            if not text:
                raise RecordFault(self.name(field) + place, ImportFault.EMPTY)
            found.append(text)
        return tuple(found)

    def phones(self, field: str) -> tuple[Phone, ...]:
        found = []
        for number, value in enumerate(self._list(field)):
            phone = _nested(value, f"{self.name(field)}[{number}]")
            found.append(
                Phone(phone.needed("number"), phone.text("extension"), phone.text("purpose"))
            )
            phone.done(_PHONE_FIELDS)
        return tuple(found)

    def hours(self, field: str) -> WeekHours:
        value = self.raw(field)
        if value is None:
            return UNSTATED
        if not isinstance(value, dict):
            raise RecordFault(self.name(field), ImportFault.WRONG_TYPE)
        try:
            return WeekHours.parse(value)
        except ValueError as error:
            raise RecordFault(self.name(field), ImportFault.BAD_VALUE, str(error)) from error

    def term(self, field: str) -> AnswerTerm | None:
        value = self.raw(field)
        if value is None:
            return None
        term = _nested(value, self.name(field))
        days = term.raw("days")
        if isinstance(days, bool) or not isinstance(days, int):
            raise RecordFault(term.name("days"), ImportFault.WRONG_TYPE)
        if days < 1:
            raise RecordFault(term.name("days"), ImportFault.BAD_VALUE, str(days))
        kind = _term_kind(term)
        term.done(_TERM_FIELDS)
        return AnswerTerm(days, kind)

    def details(
        self, field: str, read: Callable[["_Fields"], Result], known: Set[str]
    ) -> Result | None:
        value = self.raw(field)
        if value is None:
            return None
        details = _nested(value, self.name(field))
        found = read(details)
        details.done(known)
        return found

    def done(self, known: Set[str]) -> None:
        if not self._record.keys() <= known:
            field = min(self._record.keys() - known)
            raise RecordFault(self.name(field), ImportFault.UNKNOWN_FIELD)

    def _list(self, field: str) -> list[Any]:
        value = self.raw(field)
        if value is None:
            return []
        if not isinstance(value, list):
            raise RecordFault(self.name(field), ImportFault.WRONG_TYPE)
        return value


def _is_id(value: str) -> bool:
    return len(value) <= LONGEST_ID and not _BREAKS_A_LINE.search(value)


def _nested(value: object, place: str) -> _Fields:
    if not isinstance(value, dict):
        raise RecordFault(place, ImportFault.WRONG_TYPE)
    return _Fields(value, f"{place}.")


def _text(value: object, place: str, field: str) -> str:
    if not isinstance(value, str):
        raise RecordFault(place + field, ImportFault.WRONG_TYPE)
    if value.isascii():
        return value.strip()
    text = unicodedata.normalize("NFC", value).strip()
    try:
        text.encode()
    except UnicodeEncodeError as error:  # unpaired surrogate, cannot be stored
        raise RecordFault(place + field, ImportFault.BAD_VALUE) from error
    return text


def _term_kind(fields: _Fields) -> Literal["working", "calendar"]:
    match fields.needed("kind"):
        case "working":
            return "working"
        case "calendar":
            return "calendar"
        case other:
            raise RecordFault(fields.name("kind"), ImportFault.BAD_VALUE, other)


def entry_from(record: Record) -> Entry:
    """Parses an entry from a JSON object. Raises RecordFault."""
    fields = _Fields(record)
    kind = fields.kind("kind")
    entry = Entry(
        id=fields.id("id"),
        kind=kind,
        title=fields.text("title"),
        body=fields.text("body"),
        names=fields.texts("names"),
        checked_on=fields.day("checked_on"),
        valid_from=fields.day("valid_from"),
        valid_to=fields.day("valid_to"),
        details=_details(kind, fields),
        **fields.given_texts(_PLAIN_TEXTS),
    )
    fields.done(_ENTRY_FIELDS if kind in DETAILS_OF else _ENTRY_FIELDS - {"details"})
    return entry


def _details(kind: EntryKind, fields: _Fields) -> Details | None:
    match kind:
        case EntryKind.UNIT:
            return fields.details("details", _unit, _DETAILS_FIELDS[kind])
        case EntryKind.SERVICE:
            return fields.details("details", _service, _DETAILS_FIELDS[kind])
        case EntryKind.PERSON:
            return fields.details("details", _person, _DETAILS_FIELDS[kind])
        case EntryKind.TOPIC:
            return fields.details("details", _topic, _DETAILS_FIELDS[kind])
        case EntryKind.QUESTION:
            return None


def _unit(fields: _Fields) -> UnitDetails:
    return UnitDetails(
        parent=fields.id_or_none("parent"),
        unit_kind=fields.text("unit_kind"),
        short_title=fields.text("short_title"),
        address=fields.text("address"),
        phones=fields.phones("phones"),
        email=fields.text("email"),
        hours=fields.hours("hours"),
        answer_term=fields.term("answer_term"),
    )


def _service(fields: _Fields) -> ServiceDetails:
    return ServiceDetails(
        steps=fields.texts("steps"),
        documents=fields.texts("documents"),
        term=fields.text("term"),
        fee=fields.text("fee"),
    )


def _person(fields: _Fields) -> PersonDetails:
    return PersonDetails(
        unit=fields.text("unit"),
        post=fields.text("post"),
        room=fields.text("room"),
        phones=fields.phones("phones"),
        email=fields.text("email"),
        reception=fields.text("reception"),
    )


def _topic(fields: _Fields) -> TopicDetails:
    return TopicDetails(
        parent=fields.id_or_none("parent"),
        participants=fields.texts("participants"),
        route=fields.text("route"),
        answer_term=fields.term("answer_term"),
        checklist=fields.texts("checklist"),
    )


def reads_back(entry: Entry) -> bool:
    """Whether ``entry_from`` certainly restores this entry from its record.

    True for nearly all entries. This check is much faster than converting the entry to a record and
    back; False means that only this conversion gives the answer.
    """
    needed = [entry.id, *entry.names]
    texts = [entry.title, entry.body, *[getattr(entry, name) for name in _PLAIN_TEXTS]]
    match entry.details:
        case None:
            pass
        case UnitDetails(hours=hours, answer_term=None) as unit if _hours_read_back(hours):
            if unit.parent is not None:
                needed.append(unit.parent)
            texts += (unit.unit_kind, unit.short_title, unit.address, unit.email)
            for phone in unit.phones:
                needed.append(phone.number)
                texts += (phone.extension, phone.purpose)
        case PersonDetails() as person:
            texts += (person.unit, person.post, person.room, person.email, person.reception)
            for phone in person.phones:
                needed.append(phone.number)
                texts += (phone.extension, phone.purpose)
        case ServiceDetails() as service:
            needed += (*service.steps, *service.documents)
            texts += (service.term, service.fee)
        case _:
            return False
    days = {type(entry.checked_on), type(entry.valid_from), type(entry.valid_to)}
    texts += needed
    if not days <= {NoneType, date} or set(map(type, texts)) != {str} or not all(needed):
        return False
    return (
        _is_id(entry.id) and _is_plain("\x1f".join(texts)) and list(map(str.strip, texts)) == texts
    )


@lru_cache(maxsize=1000)  # many units have equal hours
def _hours_read_back(hours: WeekHours) -> bool:
    try:
        return WeekHours.parse(hours.as_json()) == hours
    except ValueError:
        return False


def _is_plain(text: str) -> bool:
    """Whether the text can be stored unchanged."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return unicodedata.is_normalized("NFC", text)


def entry_record(entry: Entry) -> dict[str, Any]:
    """JSON object of an entry; ``entry_from`` restores an equal entry.

    Empty fields are omitted, except title and body.
    """
    # The fields are listed explicitly: iterating over dataclass fields takes three times as long.
    record: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": entry.title,
        "body": entry.body,
    }
    if entry.names:
        record["names"] = list(entry.names)
    for name in _PLAIN_TEXTS:
        text = getattr(entry, name)
        if text:
            record[name] = text
    for name in _DAYS:
        day = getattr(entry, name)
        if day is not None:
            record[name] = day.isoformat()
    if entry.details is not None:
        record["details"] = _details_record(entry.details)
    return record


_PLAIN_TEXTS = ("topic", "section", "spoken", "owner", "author", "source", "source_url")
_DAYS = ("checked_on", "valid_from", "valid_to")


def _details_record(details: Details) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for each in fields_of(details):
        value = getattr(details, each.name)
        match value:
            case WeekHours():
                value = value.as_json()
            case AnswerTerm(days, kind):
                value = {"days": days, "kind": kind}
            case tuple():
                value = [_phone_record(one) if isinstance(one, Phone) else one for one in value]
            case _:
                pass
        if value:
            record[each.name] = value
    return record


def _phone_record(phone: Phone) -> dict[str, str]:
    record = {"number": phone.number, "extension": phone.extension, "purpose": phone.purpose}
    return {name: text for name, text in record.items() if text}


def references_of(entry: Entry) -> Iterator[tuple[str, str, EntryKind]]:
    """Yields field name, id and expected kind of each entry that this entry refers to.

    ``topic`` and ``section`` are free text, not references.
    """
    if entry.owner:
        yield "owner", entry.owner, EntryKind.UNIT
    match entry.details:
        case UnitDetails(parent=str(parent)):
            yield "details.parent", parent, EntryKind.UNIT
        case PersonDetails(unit=unit) if unit:
            yield "details.unit", unit, EntryKind.UNIT
        case TopicDetails() as topic:
            if topic.parent is not None:
                yield "details.parent", topic.parent, EntryKind.TOPIC
            for number, participant in enumerate(topic.participants):
                yield f"details.participants[{number}]", participant, EntryKind.UNIT
