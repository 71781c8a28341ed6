"""Conversion between a directory entry and the texts of its form; merging of edits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar, assert_never

from console.core import formats
from console.core.typed_moment import read_date
from console.features.directory_editor import words as directory_editor_words
from console.shared.directory import words as directory_words
from kb.entries.changes import EntrySummary
from kb.entries.entries import (
    AnswerTerm,
    Entry,
    EntryKind,
    PersonDetails,
    ServiceDetails,
    TopicDetails,
    UnitDetails,
)


@dataclass(frozen=True, slots=True)
class Choices:
    """Titles that the selection fields of an entry's form offer, by entry id."""

    units: Mapping[str, str] = field(default_factory=dict)
    classifier: Mapping[str, EntrySummary] = field(default_factory=dict)
    """Topics and categories in the order of the directory."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """Topics that may have categories."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Topics and categories; the name of a category is preceded by that of its topic."""

    def section_of(self, place: str) -> tuple[str, str]:
        """Returns the topic and the section for a selected topic or category."""
        found = self.classifier.get(place)
        if found is None or not found.parent:
            return place, ""
        return found.parent, place

    def with_entry(self, entry: EntrySummary) -> "Choices":
        """Returns a copy with a new entry or with a changed title."""
        match entry.kind:
            case EntryKind.UNIT:
                return replace(self, units={**self.units, entry.entry_id: entry.title})
            case EntryKind.TOPIC:
                return _choices(self.units, {**self.classifier, entry.entry_id: entry})
            case EntryKind.QUESTION | EntryKind.SERVICE | EntryKind.PERSON:
                return self


def choices_of(entries: Iterable[EntrySummary]) -> Choices:
    """Returns the choices for selection fields that result from these entries."""
    units: dict[str, str] = {}
    classifier: dict[str, EntrySummary] = {}
    for entry in entries:
        match entry.kind:
            case EntryKind.UNIT:
                units[entry.entry_id] = entry.title
            case EntryKind.TOPIC:
                classifier[entry.entry_id] = entry
            case EntryKind.QUESTION | EntryKind.SERVICE | EntryKind.PERSON:
                pass
    return _choices(units, classifier)


def _choices(units: Mapping[str, str], classifier: Mapping[str, EntrySummary]) -> Choices:
    topics = {one.entry_id: one.title for one in classifier.values() if not one.parent}
    places = {
        one.entry_id: f"{topics.get(one.parent, one.parent)} › {one.title}"
        if one.parent
        else one.title
        for one in classifier.values()
    }
    return Choices(units, classifier, topics, places)


Fields = Mapping[str, str]
T = TypeVar("T")

_DATES = ("checked_on", "valid_from", "valid_to")
_SHARED_END = ("source", "source_url", "names", "owner", *_DATES)

FIELDS_OF: Mapping[EntryKind, tuple[str, ...]] = {
    EntryKind.QUESTION: ("title", "place", "spoken", "body", *_SHARED_END),
    EntryKind.SERVICE: (
        *("title", "place", "spoken", "body", "steps", "documents", "term", "fee"),
        *_SHARED_END,
    ),
    EntryKind.UNIT: (
        *("title", "short_title", "unit_kind", "parent", "spoken", "body"),
        *("phones", "hours", "address", "email", "answer_days", "answer_kind"),
        *_SHARED_END,
    ),
    EntryKind.PERSON: (
        *("title", "post", "unit", "room", "spoken", "phones", "email", "reception", "body"),
        *_SHARED_END,
    ),
    EntryKind.TOPIC: (
        *("title", "parent", "participants", "route", "answer_days", "answer_kind"),
        *("checklist", "spoken", "body"),
        *_SHARED_END,
    ),
}
"""Form fields of each kind of entry, in the order of the form."""


@dataclass(frozen=True, slots=True)
class FormReading:
    """Entry parsed from a form; ``problems`` names the invalid fields.

    In the entry, an invalid field has the value of the previous version.
    """

    entry: Entry
    problems: tuple[str, ...]


def fields_of(entry: Entry) -> dict[str, str]:
    """Returns the texts of an entry's form by field name."""
    fields = {
        "title": entry.title,
        "spoken": entry.spoken,
        "body": entry.body,
        "names": _lines(entry.names),
        "owner": entry.owner,
        "source": entry.source,
        "source_url": entry.source_url,
    }
    for name in _DATES:
        day = getattr(entry, name)
        fields[name] = "" if day is None else formats.date_text(day)
    fields.update(_detail_fields(entry))
    return {name: fields[name] for name in FIELDS_OF[entry.kind]}


def _detail_fields(entry: Entry) -> dict[str, str]:
    match entry.kind:
        case EntryKind.QUESTION:
            return {"place": entry.section or entry.topic}
        case EntryKind.SERVICE:
            service = _service(entry)
            return {
                "place": entry.section or entry.topic,
                "steps": _lines(service.steps),
                "documents": _lines(service.documents),
                "term": service.term,
                "fee": service.fee,
            }
        case EntryKind.UNIT:
            unit = _unit(entry)
            return {
                "short_title": unit.short_title,
                "unit_kind": unit.unit_kind,
                "parent": unit.parent or "",
                "phones": directory_editor_words.phones_text(unit.phones),
                "hours": directory_words.hours_text(unit.hours),
                "address": unit.address,
                "email": unit.email,
                **_term_fields(unit.answer_term),
            }
        case EntryKind.PERSON:
            person = _person(entry)
            return {
                "post": person.post,
                "unit": person.unit,
                "room": person.room,
                "phones": directory_editor_words.phones_text(person.phones),
                "email": person.email,
                "reception": person.reception,
            }
        case EntryKind.TOPIC:
            topic = _topic(entry)
            return {
                "parent": topic.parent or "",
                "participants": _lines(topic.participants),
                "route": topic.route,
                **_term_fields(topic.answer_term),
                "checklist": _lines(topic.checklist),
            }
        case _:
            assert_never(entry.kind)


def _term_fields(term: AnswerTerm | None) -> dict[str, str]:
    return {
        "answer_days": "" if term is None else str(term.days),
        "answer_kind": "working" if term is None else term.kind,
    }


def read_form(
    fields: Fields, before: Entry, topic_of: Callable[[str], tuple[str, str]]
) -> FormReading:
    """Returns the previous version with the texts of the form applied.

    ``topic_of`` returns topic and section for the selected id of a topic or category.
    """
    reader = _Reader(fields_of(before) | dict(fields), before)
    days = {name: reader.day(name) for name in _DATES}
    if days["valid_to"] and days["valid_from"] and days["valid_to"] < days["valid_from"]:
        reader.problems.append("valid_to")
    topic, section = before.topic, before.section
    if "place" in fields and fields["place"] != (section or topic):
        topic, section = topic_of(fields["place"])
    entry = replace(
        before,
        title=reader.text("title"),
        spoken=reader.text("spoken"),
        body=reader.text("body"),
        names=reader.lines("names"),
        owner=reader.text("owner"),
        source=reader.text("source"),
        source_url=reader.text("source_url"),
        topic=topic,
        section=section,
        details=_read_details(reader, before),
        checked_on=days["checked_on"],
        valid_from=days["valid_from"],
        valid_to=days["valid_to"],
    )
    return FormReading(entry, tuple(dict.fromkeys(reader.problems)))


def _read_details(
    reader: "_Reader", before: Entry
) -> UnitDetails | ServiceDetails | PersonDetails | TopicDetails | None:
    match before.kind:
        case EntryKind.QUESTION:
            return None
        case EntryKind.SERVICE:
            return ServiceDetails(
                steps=reader.lines("steps"),
                documents=reader.lines("documents"),
                term=reader.text("term"),
                fee=reader.text("fee"),
            )
        case EntryKind.UNIT:
            unit = _unit(before)
            return replace(
                unit,
                parent=reader.parent(),
                short_title=reader.text("short_title"),
                unit_kind=reader.text("unit_kind"),
                address=reader.text("address"),
                phones=reader.value("phones", directory_editor_words.read_phones, unit.phones),
                email=reader.text("email"),
                hours=reader.value("hours", directory_words.read_hours, unit.hours),
                answer_term=reader.answer_term(unit.answer_term),
            )
        case EntryKind.PERSON:
            person = _person(before)
            return PersonDetails(
                unit=reader.text("unit"),
                post=reader.text("post"),
                room=reader.text("room"),
                phones=reader.value("phones", directory_editor_words.read_phones, person.phones),
                email=reader.text("email"),
                reception=reader.text("reception"),
            )
        case EntryKind.TOPIC:
            return TopicDetails(
                parent=reader.parent(),
                participants=reader.lines("participants"),
                route=reader.text("route"),
                answer_term=reader.answer_term(_topic(before).answer_term),
                checklist=reader.lines("checklist"),
            )
        case _:
            assert_never(before.kind)


class _Reader:
    """Parses texts of the form and records the names of invalid fields."""

    def __init__(self, fields: Fields, before: Entry) -> None:
        self._fields = fields
        self._before = before
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        return self._fields[name].strip()

    def lines(self, name: str) -> tuple[str, ...]:
        found = (line.strip() for line in self._fields[name].splitlines())
        return tuple(dict.fromkeys(line for line in found if line))

    def value(self, name: str, read: Callable[[str], T | None], before: T) -> T:
        found = read(self._fields[name])
        if found is None:
            self.problems.append(name)
            return before
        return found

    def day(self, name: str) -> date | None:
        text = self._fields[name].strip()
        if not text:
            return None
        found = read_date(text)
        if found is None:
            self.problems.append(name)
            before: date | None = getattr(self._before, name)
            return before
        return found

    def parent(self) -> str | None:
        parent = self.text("parent")
        if parent == self._before.id:
            self.problems.append("parent")
            return self._before.parent
        return parent or None

    def answer_term(self, before: AnswerTerm | None) -> AnswerTerm | None:
        text = self.text("answer_days")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and int(text)):
            self.problems.append("answer_days")
            return before
        working = self._fields["answer_kind"] != "calendar"
        return AnswerTerm(int(text), "working" if working else "calendar")


def changed_fields(before: Entry, after: Entry) -> tuple[str, ...]:
    """Returns the names of the fields in which two versions differ."""
    earlier, later = fields_of(before), fields_of(after)
    return tuple(name for name in later if earlier.get(name) != later[name])


def merged(old: Fields, mine: Fields, theirs: Fields) -> dict[str, str]:
    """Returns ``theirs``, with the fields that differ between ``old`` and ``mine`` taken from
    ``mine``.
    """
    return {name: mine[name] if mine[name] != old[name] else theirs[name] for name in theirs}


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(texts)


def _unit(entry: Entry) -> UnitDetails:
    return entry.details if isinstance(entry.details, UnitDetails) else UnitDetails()


def _service(entry: Entry) -> ServiceDetails:
    return entry.details if isinstance(entry.details, ServiceDetails) else ServiceDetails()


def _person(entry: Entry) -> PersonDetails:
    return entry.details if isinstance(entry.details, PersonDetails) else PersonDetails()


def _topic(entry: Entry) -> TopicDetails:
    return entry.details if isinstance(entry.details, TopicDetails) else TopicDetails()
