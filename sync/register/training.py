"""Training scenarios: the expected record of a call, and the score of the trainee's record."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from sync.register.calls.calls import CallRecord, CallResult
from sync.register.checks.check import must_be_non_public
from sync.register.checks.finding import Finding, FindingKind
from sync.register.messages import MessageRecord, Publicity
from sync.register.people.values import Absence, PersonName, Stated

Words = tuple[tuple[str, ...], ...]
"""Groups of required words: the text must contain a word with one of the prefixes of each group.

The prefixes are in lower case.
"""


class Given(StrEnum):
    """Whether the caller gave the answer to a question or refused it."""

    GIVEN = "given"
    NOT_GIVEN = "not_given"


class WantedPublicity(StrEnum):
    """Publicity that the caller wants, and the resulting publicity (6.8-6.12)."""

    PUBLIC = "public"
    NON_PUBLIC = "non_public"
    NO_PERSONAL_DATA = "no_personal_data"
    """The caller wants a public message, but it contains personal data, so it is non-public
    (6.12).
    """


@dataclass(frozen=True, slots=True)
class ExpectedMessage:
    """One message expected from the call (6.1, 7.9)."""

    categories: tuple[str, ...]
    text: Words
    place: Words
    publicity: WantedPublicity
    clean: bool = False
    """True if the caller is rude; the text must then contain no rude words."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected record of a training call; empty fields and None are not checked.

    ``entries`` are directory keys, one of which must be used. ``script`` is the key of a built-in
    text. ``danger`` are emergency numbers: one of them must be given first, through ``entries`` or
    in the content. ``tied``: the call belongs to an existing message.
    """

    results: tuple[CallResult, ...]
    content: Words = ()
    entries: tuple[str, ...] = ()
    script: str = ""
    danger: tuple[str, ...] = ()
    name: Given | None = None
    email: Given | None = None
    messages: tuple[ExpectedMessage, ...] = ()
    no_message: bool = False
    tied: bool = False
    dealt_with: bool = False


def read_expected(raw: dict[str, object]) -> Expected:
    """Parses the expected record of a scenario in ``lessons.json``.

    Raises TypeError for an unknown field.
    """
    values = dict(raw)
    results = tuple(CallResult(str(one)) for one in _list(values.pop("results")))
    messages = tuple(_message(one) for one in _list(values.pop("messages", [])))
    given = {
        name: Given(str(values.pop(name))) if name in values else None for name in ("name", "email")
    }
    return Expected(
        results=results,
        messages=messages,
        content=words(values.pop("content", [])),
        entries=_texts(values.pop("entries", [])),
        danger=_texts(values.pop("danger", [])),
        name=given["name"],
        email=given["email"],
        **values,  # type: ignore[arg-type]  # what is left is of plain types, or a TypeError
    )


def _message(raw: object) -> ExpectedMessage:
    if not isinstance(raw, dict):
        raise TypeError("a message is an object")
    return ExpectedMessage(
        categories=_texts(raw["categories"]),
        text=words(raw["text"]),
        place=words(raw["place"]),
        publicity=WantedPublicity(raw["publicity"]),
        clean=raw.get("clean") is True,
    )


def words(raw: object) -> Words:
    """Parses groups of required words from texts such as «ям|выбоин»."""
    return tuple(tuple(text.split("|")) for text in _texts(raw))


def _texts(raw: object) -> tuple[str, ...]:
    return tuple(str(one) for one in _list(raw))


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise TypeError("a list is expected")
    return raw


ANSWER_WITHIN = timedelta(seconds=20)
DANGER_WITHIN = timedelta(seconds=60)
SAVE_WITHIN = timedelta(seconds=60)
_WORD = re.compile(r"\d+|[^\W\d]+")
_UNFIT = (FindingKind.OBSCENE, FindingKind.INSULT, FindingKind.THREAT)


class Point(StrEnum):
    """Criterion by which a training call is scored."""

    ANSWERED_SOON = "answered_soon"
    REGISTERED = "registered"
    CONTENT = "content"
    RESULT = "result"
    ENTRY = "entry"
    SCRIPT = "script"
    DANGER_FIRST = "danger_first"
    NAME = "name"
    EMAIL = "email"
    NO_MESSAGE = "no_message"
    TIED = "tied"
    NOT_TWICE = "not_twice"
    MESSAGE = "message"
    MESSAGES = "messages"
    TEXT = "text"
    CLEAN = "clean"
    PLACE = "place"
    WHEN = "when"
    CATEGORY = "category"
    PUBLICITY = "publicity"
    CONFIDENTIAL = "confidential"
    DEALT_WITH = "dealt_with"
    SAVED_SOON = "saved_soon"


_PARAGRAPHS = {
    Point.REGISTERED: "7.3",
    Point.CONTENT: "7.3",
    Point.RESULT: "7.4",
    Point.ENTRY: "8.1",
    Point.SCRIPT: "1.3",
    Point.DANGER_FIRST: "8.1",
    Point.NAME: "7.3",
    Point.EMAIL: "7.3",
    Point.NO_MESSAGE: "6.3",
    Point.TIED: "9.11",
    Point.NOT_TWICE: "6.4",
    Point.MESSAGE: "8.2",
    Point.MESSAGES: "6.3",
    Point.TEXT: "6.1",
    Point.CLEAN: "6.3",
    Point.PLACE: "6.1",
    Point.WHEN: "6.1",
    Point.CATEGORY: "7.9",
    Point.PUBLICITY: "6.8",
    Point.CONFIDENTIAL: "6.12",
    Point.DEALT_WITH: "7.2",
}
_WORTH = {Point.RESULT: 2, Point.CONTENT: 2, Point.ENTRY: 2, Point.DANGER_FIRST: 3}


@dataclass(frozen=True, slots=True)
class MessageWork:
    """Message of the call and the findings of the checks of section 6."""

    record: MessageRecord
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Trainee's result of a training call.

    ``messages`` were created from the call, in order. ``is_tied``: the call belongs to an existing
    message. ``is_dealt_with``: the call was missed and has been resolved.
    """

    call: CallRecord
    messages: tuple[MessageWork, ...] = ()
    is_tied: bool = False
    is_dealt_with: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Score of one criterion; ``place`` is the number of the message within the call, from 1, or 0.

    ``wanted`` is the correct value: results, keys of the directory or of the classifier, or
    prefixes of the missing words.
    """

    point: Point
    is_right: bool
    place: int = 0
    wanted: tuple[str, ...] = ()

    @property
    def paragraph(self) -> str:
        """Clause of the Regulation behind the criterion; empty for an internal rule."""
        return _PARAGRAPHS.get(self.point, "")

    @property
    def worth(self) -> int:
        """Points for a correct result."""
        return _WORTH.get(self.point, 1)


def points(items: Iterable[Item]) -> tuple[int, int]:
    """Returns the points earned and the maximum."""
    listed = tuple(items)
    return sum(one.worth for one in listed if one.is_right), sum(one.worth for one in listed)


def score(expected: Expected, work: Work) -> tuple[Item, ...]:
    """Compares the trainee's work with the expected record; returns the scored criteria in
    order.
    """
    call = work.call
    if expected.dealt_with:
        return (
            Item(Point.REGISTERED, call.result in expected.results),
            Item(Point.DEALT_WITH, work.is_dealt_with),
        )
    items = [
        Item(Point.ANSWERED_SOON, _within(call.arrived_at, call.answered_at, ANSWER_WITHIN)),
        *_danger(expected, call),
        *_call(expected, call),
    ]
    if expected.no_message:
        items.append(Item(Point.NO_MESSAGE, not work.messages))
    if expected.tied:
        items += [Item(Point.TIED, work.is_tied), Item(Point.NOT_TWICE, not work.messages)]
    items += _messages(expected.messages, work.messages)
    items.append(Item(Point.SAVED_SOON, _within(call.ended_at, call.saved_at, SAVE_WITHIN)))
    return tuple(items)


def _danger(expected: Expected, call: CallRecord) -> list[Item]:
    """Scores whether the emergency number was given first, as an entry or in the content,
    in time.
    """
    if not expected.danger:
        return []
    has_entry = any(used.key in expected.entries for used in call.used_entries)
    is_named = has_entry or _says(call.content, (expected.danger,))
    soon = _within(call.answered_at, call.hit_accepted_at or call.first_key_at, DANGER_WITHIN)
    return [Item(Point.DANGER_FIRST, is_named and soon)]


def _call(expected: Expected, call: CallRecord) -> list[Item]:
    technical = all(result.is_technical for result in expected.results)
    items = [Item(Point.REGISTERED, call.saved_at is not None)]
    if expected.content:
        items.append(_said(Point.CONTENT, call.content, expected.content))
    results = tuple(result.value for result in expected.results)
    items.append(Item(Point.RESULT, call.result in expected.results, wanted=results))
    if expected.entries:
        is_used = any(used.key in expected.entries for used in call.used_entries)
        items.append(Item(Point.ENTRY, is_used, wanted=expected.entries))
    if expected.script:
        items.append(
            Item(Point.SCRIPT, any(used.key == expected.script for used in call.used_entries))
        )
    if not technical and expected.name is not None:
        items.append(Item(Point.NAME, _is_as_given(call.name, expected.name)))
    if not technical and expected.email is not None:
        items.append(Item(Point.EMAIL, _is_as_given(call.email, expected.email)))
    return items


def _messages(expected: tuple[ExpectedMessage, ...], made: tuple[MessageWork, ...]) -> list[Item]:
    if not expected:
        return []
    point = Point.MESSAGES if len(expected) > 1 else Point.MESSAGE
    items = [Item(point, len(made) == len(expected))]
    left = list(made)
    for place, wanted in enumerate(expected, 1):
        found = _best(wanted, left)
        if found is not None:
            left.remove(found)
        items += _message_items(wanted, found, place if len(expected) > 1 else 0)
    return items


def _best(wanted: ExpectedMessage, left: list[MessageWork]) -> MessageWork | None:
    """Returns the message that matches the category; else the one that matches the text; else the
    next.
    """
    for is_meant in (
        lambda one: one.record.category in wanted.categories,
        lambda one: _says(one.record.text, wanted.text),
    ):
        found = next(filter(is_meant, left), None)
        if found is not None:
            return found
    return left[0] if left else None


def _message_items(wanted: ExpectedMessage, made: MessageWork | None, place: int) -> list[Item]:
    record = None if made is None else made.record
    findings = () if made is None else made.findings
    is_clean = record is not None and not any(one.kind in _UNFIT for one in findings)
    return [
        _said(Point.TEXT, "" if record is None else record.text, wanted.text, place),
        *([Item(Point.CLEAN, is_clean, place)] if wanted.clean else []),
        _said(Point.PLACE, "" if record is None else record.place, wanted.place, place),
        Item(Point.WHEN, record is not None and record.event_on is not None, place),
        Item(
            Point.CATEGORY,
            record is not None and record.category in wanted.categories,
            place,
            wanted.categories,
        ),
        _publicity(wanted.publicity, made, place),
    ]


def _publicity(wanted: WantedPublicity, made: MessageWork | None, place: int) -> Item:
    stated = None if made is None else made.record.publicity
    match wanted:
        case WantedPublicity.PUBLIC:
            return Item(Point.PUBLICITY, stated is Publicity.PUBLIC, place)
        case WantedPublicity.NON_PUBLIC:
            return Item(Point.PUBLICITY, stated is Publicity.NON_PUBLIC, place)
        case WantedPublicity.NO_PERSONAL_DATA:
            is_safe = made is not None and (
                stated is not Publicity.PUBLIC or not must_be_non_public(made.findings)
            )
            return Item(Point.CONFIDENTIAL, is_safe, place)
        case _ as unreachable:
            assert_never(unreachable)


def _is_as_given(stated: Stated | PersonName, given: Given) -> bool:
    """Whether the record agrees with the caller's answer: a value if given, "not given" if
    refused.
    """
    match given:
        case Given.GIVEN:
            return not isinstance(stated, Absence)
        case Given.NOT_GIVEN:
            return stated is Absence.NOT_GIVEN
        case _ as unreachable:
            assert_never(unreachable)


def _said(point: Point, text: str, words: Words, place: int = 0) -> Item:
    missing = _missing(text, words)
    return Item(point, not missing, place, missing)


def _says(text: str, words: Words) -> bool:
    return not _missing(text, words)


def _missing(text: str, words: Words) -> tuple[str, ...]:
    """Returns the first word of each group that is missing in the text.

    A number must be equal to a word of the text; other words match by prefix.
    """
    said = _WORD.findall(text.casefold().replace("ё", "е"))

    def is_said(word: str) -> bool:
        return any(one == word if word.isdigit() else one.startswith(word) for one in said)

    return tuple(group[0] for group in words if not any(map(is_said, group)))


def _within(start: datetime | None, end: datetime | None, limit: timedelta) -> bool:
    return start is not None and end is not None and end - start <= limit
