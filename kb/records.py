"""Entries and classifier as JSON objects and back, with every fault named by its field."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar

from kb.entries import (
    AnswerTerm,
    Category,
    Entry,
    EntryKind,
    Official,
    Phone,
    Procedure,
    Question,
    Topic,
    Unit,
)
from kb.errors import ImportFault
from kb.hours import WeekHours

Record = Mapping[str, Any]
Result = TypeVar("Result")

UNIT_KINDS = ("department", "enterprise", "institution", "emergency", "state")
KEY = re.compile(r"[a-z0-9][a-z0-9/_.-]*")
SHOWN_VALUE = 60  # characters of a wrong value that an error may carry


class RecordFault(Exception):
    """A field that does not hold what it must."""

    def __init__(self, field: str, fault: ImportFault, value: str = "") -> None:
        super().__init__(f"{field}: {fault}")
        self.field = field
        self.fault = fault
        self.value = value if len(value) <= SHOWN_VALUE else ""


@dataclass
class _Fields:
    """One record, read field by field; ``done`` refuses what nobody asked for."""

    record: Record
    place: str = ""

    def __post_init__(self) -> None:
        self._left = set(self.record)

    def name(self, field: str) -> str:
        return f"{self.place}{field}"

    def raw(self, field: str) -> Any:
        self._left.discard(field)
        if field not in self.record:
            raise RecordFault(self.name(field), ImportFault.MISSING_FIELD)
        return self.record[field]

    def text(self, field: str) -> str:
        return _text(self.raw(field), self.name(field))

    def text_or_none(self, field: str) -> str | None:
        value = self.raw(field)
        return None if value is None else _text(value, self.name(field))

    def key(self, field: str) -> str:
        value = self.text(field)
        if KEY.fullmatch(value) is None:
            raise RecordFault(self.name(field), ImportFault.BAD_VALUE, value)
        return value

    def key_or_none(self, field: str) -> str | None:
        return None if self.raw(field) is None else self.key(field)

    def word(self, field: str, words: Collection[str]) -> str:
        value = self.text(field)
        if value not in words:
            raise RecordFault(self.name(field), ImportFault.BAD_VALUE, value)
        return value

    def day(self, field: str) -> date:
        value = self.text(field)
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise RecordFault(self.name(field), ImportFault.BAD_VALUE, value) from error

    def texts(self, field: str) -> tuple[str, ...]:
        values = _list(self.raw(field), self.name(field))
        return tuple(
            _text(value, f"{self.name(field)}[{number}]") for number, value in enumerate(values)
        )

    def objects(self, field: str, read: Callable[["_Fields"], Result]) -> tuple[Result, ...]:
        found = []
        for number, value in enumerate(_list(self.raw(field), self.name(field))):
            place = f"{self.name(field)}[{number}]"
            if not isinstance(value, dict):
                raise RecordFault(place, ImportFault.WRONG_TYPE)
            fields = _Fields(value, f"{place}.")
            found.append(read(fields))
            fields.done()
        return tuple(found)

    def hours(self, field: str) -> WeekHours:
        value = self.raw(field)
        if not isinstance(value, dict):
            raise RecordFault(self.name(field), ImportFault.WRONG_TYPE)
        try:
            return WeekHours.parse(value)
        except ValueError as error:
            raise RecordFault(self.name(field), ImportFault.BAD_VALUE, str(error)) from error

    def done(self) -> None:
        if self._left:
            raise RecordFault(self.name(sorted(self._left)[0]), ImportFault.UNKNOWN_FIELD)


def _text(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise RecordFault(field, ImportFault.WRONG_TYPE)
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        raise RecordFault(field, ImportFault.EMPTY)
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half a character: it cannot be stored
        raise RecordFault(field, ImportFault.BAD_VALUE) from error
    return text


def _list(value: object, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise RecordFault(field, ImportFault.WRONG_TYPE)
    return value


def entry_from(kind: EntryKind, record: Record) -> Entry:
    """The entry of a JSON object of the sample directory's form; raises RecordFault."""
    fields = _Fields(record)
    match kind:
        case EntryKind.UNIT:
            entry: Entry = _unit(fields)
        case EntryKind.QUESTION:
            entry = _question(fields)
        case EntryKind.PROCEDURE:
            entry = _procedure(fields)
    fields.done()
    return entry


def _unit(fields: _Fields) -> Unit:
    return Unit(
        key=fields.key("key"),
        parent=fields.key_or_none("parent"),
        kind=fields.word("kind", UNIT_KINDS),
        title=fields.text("title"),
        short_title=fields.text("short_title"),
        aliases=fields.texts("aliases"),
        powers=fields.text("powers"),
        address=fields.text("address"),
        phones=fields.objects(
            "phones",
            lambda phone: Phone(
                phone.text("number"), phone.text_or_none("extension"), phone.text("purpose")
            ),
        ),
        email=fields.text_or_none("email"),
        hours=fields.hours("hours"),
        officials=fields.objects(
            "officials",
            lambda person: Official(
                person.text("post"), person.text("name"), person.text_or_none("reception")
            ),
        ),
        checked_on=fields.day("checked_on"),
        valid_from=fields.day("valid_from"),
        author=fields.text("author"),
    )


def _question(fields: _Fields) -> Question:
    return Question(
        key=fields.key("key"),
        title=fields.text("title"),
        aliases=fields.texts("aliases"),
        spoken=fields.text("spoken"),
        written=fields.text("written"),
        unit=fields.key("unit"),
        topic=fields.key("topic"),
        category=fields.key_or_none("category"),
        source=fields.text("source"),
        checked_on=fields.day("checked_on"),
        valid_from=fields.day("valid_from"),
        author=fields.text("author"),
    )


def _procedure(fields: _Fields) -> Procedure:
    return Procedure(
        key=fields.key("key"),
        title=fields.text("title"),
        aliases=fields.texts("aliases"),
        spoken=fields.text("spoken"),
        written=fields.text("written"),
        steps=fields.texts("steps"),
        documents=fields.texts("documents"),
        term=fields.text("term"),
        fee=fields.text("fee"),
        unit=fields.key("unit"),
        topic=fields.key("topic"),
        source=fields.text("source"),
        source_url=fields.text("source_url"),
        checked_on=fields.day("checked_on"),
        valid_from=fields.day("valid_from"),
        author=fields.text("author"),
    )


def topic_from(record: Record) -> Topic:
    """The topic of a JSON object; raises RecordFault."""
    fields = _Fields(record)
    fields.word("type", ("topic",))
    topic = Topic(fields.key("key"), fields.text("title"), fields.key("unit"))
    fields.done()
    return topic


def category_from(record: Record) -> Category:
    """The category of a JSON object; raises RecordFault."""
    fields = _Fields(record)
    fields.word("type", ("category",))
    category = Category(
        key=fields.key("key"),
        topic=fields.key("topic"),
        title=fields.text("title"),
        unit=fields.key("unit"),
        participants=fields.texts("participants"),
        answer_term=_answer_term(fields),
    )
    fields.done()
    return category


def _answer_term(fields: _Fields) -> AnswerTerm | None:
    value = fields.raw("answer_term")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise RecordFault("answer_term", ImportFault.WRONG_TYPE)
    term = _Fields(value, "answer_term.")
    days = term.raw("days")
    if isinstance(days, bool) or not isinstance(days, int):
        raise RecordFault("answer_term.days", ImportFault.WRONG_TYPE)
    if days < 1:
        raise RecordFault("answer_term.days", ImportFault.BAD_VALUE, str(days))
    kind: Literal["working", "calendar"] = (
        "working" if term.word("kind", ("working", "calendar")) == "working" else "calendar"
    )
    term.done()
    return AnswerTerm(days, kind)


def entry_record(entry: Entry) -> dict[str, Any]:
    """The JSON object of an entry, which ``entry_from`` reads back to an equal one."""
    record = _plain(entry)
    if isinstance(entry, Unit):
        record["phones"] = [_plain(phone) for phone in entry.phones]
        record["officials"] = [_plain(official) for official in entry.officials]
        record["hours"] = entry.hours.as_json()
    record["checked_on"] = entry.checked_on.isoformat()
    record["valid_from"] = entry.valid_from.isoformat()
    return record


def topic_record(topic: Topic) -> dict[str, Any]:
    return {"type": "topic", **_plain(topic)}


def category_record(category: Category) -> dict[str, Any]:
    term = category.answer_term
    record = {"type": "category", **_plain(category)}
    record["answer_term"] = None if term is None else {"days": term.days, "kind": term.kind}
    return record


def _plain(value: Any) -> dict[str, Any]:
    """Fields of a dataclass without copying deep; tuples become lists."""
    found = {name: getattr(value, name) for name in value.__dataclass_fields__}
    return {name: list(part) if isinstance(part, tuple) else part for name, part in found.items()}
