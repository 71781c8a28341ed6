"""View state of the call card, and parse hints below name, phone number and e-mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from console.core import formats
from console.core.view_data import ReadLine
from console.features.call_card import words as call_card_words
from console.shared.messages.classifier import Classifier
from console.shared.session import call_words, card_words
from console.shared.session.caller import CallerKnown
from console.shared.session.live_calls import DeskState
from sync.register.calls import by_hand
from sync.register.calls.by_hand import is_apart
from sync.register.calls.calls import CallRecord
from sync.register.calls.phrases import PartOfDay
from sync.register.people.email_reading import read_email
from sync.register.people.name_reading import read_name, readings
from sync.register.people.persons import name_text
from sync.register.people.phones import (
    Phone,
    PhoneProblem,
    PhoneReading,
    canonical_phone,
    read_phone,
)
from sync.register.people.values import Absence, PersonName

NOTHING = ReadLine()


def name_line(name: PersonName | Absence, typed: str) -> ReadLine:
    """Returns the parse hint below the name field; ``typed`` is the text of the field."""
    if isinstance(name, Absence):
        return NOTHING
    reading = read_name(typed)
    if reading.doubt is not None and reading.mended is not None:
        mended = name_text(read_name(reading.mended).name)
        doubt = call_card_words.name_doubt(reading.doubt)
        return ReadLine(doubt, True, call_card_words.put(mended), mended)
    offer = call_card_words.read_otherwise() if len(typed.split()) > 1 else ""
    return ReadLine(call_card_words.name_read(name), offer=offer)


def next_reading(name: PersonName, typed: str) -> PersonName:
    """Returns the next possible split of the same words into name parts, cyclically."""
    ways = readings(typed)
    place = ways.index(name) if name in ways else -1
    return ways[(place + 1) % len(ways)]


def phone_line(card: CallRecord, typed: str, area_code: str) -> ReadLine:
    """Returns the parse hint below the phone field; ``typed`` is the raw input, or empty."""
    if isinstance(card.phone, Absence):
        return NOTHING
    read = read_phone(typed or card.phone, area_code)
    if isinstance(read, PhoneProblem):
        return ReadLine(call_card_words.phone_problem(read), warns=True)
    said = [_phone_read(read, typed)]
    own = canonical_phone(card.caller_number_raw, area_code)
    if own is not None and own != read.canonical:
        said.append(call_card_words.calls_from(own))
    return ReadLine(". ".join(filter(None, said)), warns=read.reading is PhoneReading.UNASSIGNED)


def _phone_read(read: Phone, typed: str) -> str:
    return call_card_words.phone_read(read.reading, typed)


def email_line(card: CallRecord) -> ReadLine:
    if isinstance(card.email, Absence):
        return NOTHING
    reading = read_email(card.email)
    text = call_card_words.email_read(reading)
    if reading.proposal is None:
        return ReadLine(text, warns=reading.problem is not None)
    return ReadLine(text, True, call_card_words.put(reading.proposal), reading.proposal)


@dataclass(frozen=True, slots=True)
class UsedRow:
    """Row of a directory entry used for the answer."""

    key: str
    title: str
    icon: str
    role: str
    note: str


@dataclass(frozen=True, slots=True)
class PersonRead:
    """Parse hints below the fields for name, phone number and e-mail."""

    name: ReadLine = NOTHING
    phone: ReadLine = NOTHING
    email: ReadLine = NOTHING


@dataclass(frozen=True, slots=True)
class CardState:
    """View state of the call card; ``problems`` maps field names to error texts."""

    key: str = ""  # changes with the record, not with its content
    title: str = ""
    subtitle: str = ""
    draft: str = ""
    name: str = ""
    name_absent: bool = False
    name_read: ReadLine = NOTHING
    concerned: str = ""
    phone: str = ""
    phone_absent: bool = False
    phone_read: ReadLine = NOTHING
    email: str = ""
    email_absent: bool = False
    email_read: ReadLine = NOTHING
    content: str = ""
    category: str = ""
    category_text: str = ""
    greeting: str = ""  # salutation to read aloud, by name and time of day
    route: str = ""
    known: str = ""
    known_detail: str = ""
    used: tuple[UsedRow, ...] = ()
    result: str | None = None
    technical: str | None = None
    promise: str = ""
    save_word: str = ""
    may_make_message: bool = True
    is_apart: bool = False  # record without an own call: manual, or additional question
    problems: dict[str, str] = field(default_factory=dict)


def shown_card(
    desk: DeskState,
    card: CallRecord,
    read: PersonRead,
    known: CallerKnown | None,
    classifier: Classifier,
    *,
    promise: str,
    saves_itself: bool,
    now: PartOfDay,
    zone: ZoneInfo,
) -> CardState:
    """Returns the view state of the active card; ``promise`` is the text to read to the caller."""
    is_known = known is not None and known.card_id == card.id
    technical = card.result is not None and card.result.is_technical
    return CardState(
        key=str(card.id),
        title=card_words.card_title(card),
        subtitle=card_words.card_subtitle(card, zone),
        draft="" if desk.store_failed else card_words.draft_saved(desk.saved_at, zone),
        name="" if isinstance(card.name, Absence) else name_text(card.name),
        name_absent=card.name is Absence.NOT_GIVEN,
        name_read=read.name,
        concerned=card.concerned,
        phone="" if isinstance(card.phone, Absence) else formats.phone_text(card.phone),
        phone_absent=card.phone is Absence.NOT_GIVEN,
        phone_read=read.phone,
        email="" if isinstance(card.email, Absence) else card.email,
        email_absent=card.email is Absence.NOT_GIVEN,
        email_read=read.email,
        content=card.content,
        category=card.category or "",
        category_text=_category_text(card, classifier),
        greeting=_greeting(card.name, now),
        route=_route(card),
        known=known.line if known is not None and is_known else "",
        known_detail=known.detail if known is not None and is_known else "",
        used=tuple(_used_row(entry.key, entry.kind, entry.title) for entry in card.used_entries),
        result="technical" if technical else (card.result.value if card.result else None),
        technical=card.result.value if card.result and technical else None,
        promise=promise,
        save_word=_save_word(desk, saves_itself),
        may_make_message=card.message_id is None,
        is_apart=is_apart(card),
        problems={
            card_words.problem_field(problem): card_words.card_problem(problem)
            for problem in desk.problems
        },
    )


def no_card(content: str) -> CardState:
    """Returns the view state without a card.

    ``content`` is text typed for a call whose record is not written yet.
    """
    return CardState(content=content, save_word=card_words.save())


def _greeting(name: PersonName | Absence, now: PartOfDay) -> str:
    return card_words.greeting_by_name(now, "" if isinstance(name, Absence) else name.called)


def _save_word(desk: DeskState, saves_itself: bool) -> str:
    if saves_itself:
        return card_words.saves_itself()
    return card_words.save_at_end() if desk.closes_at_end else card_words.save()


def _category_text(card: CallRecord, classifier: Classifier) -> str:
    if card.category:
        return classifier.texts.get(card.category, card.category)
    return classifier.topic_title(card.topic or "")


def _used_row(key: str, kind: str, title: str) -> UsedRow:
    match kind:
        case "question":
            return UsedRow(key, title, "chat-text", "accent", card_words.typical_answer())
        case "unit":
            return UsedRow(key, title, "bank", "ok", card_words.contacts())
        case "person":
            return UsedRow(key, title, "user", "ok", card_words.contacts())
        case "service" | "procedure":  # procedure: only in records of version 1
            return UsedRow(key, title, "files", "wrap", card_words.service())
        case "script" if key.startswith(by_hand.INCIDENT_KEY):
            return UsedRow(key, title, "megaphone", "warn", card_words.script())
        case "script":
            return UsedRow(key, title, "scales", "ok", card_words.contacts())
        case _:
            raise ValueError(f"unknown kind of entry: {kind}")


def _route(card: CallRecord) -> str:
    """Returns the dialled line and the forwarding; empty if the network reported no forwarding."""
    came = call_words.route(card.route)
    if not came:
        return ""
    return " · ".join(
        filter(None, (card.dialled_line and call_words.line(card.dialled_line), came))
    )
