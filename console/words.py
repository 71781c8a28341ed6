"""Every word the window makes out of codes and values that the engines return.

Sources are English; the Russian stands in ``resources/translations``. Dates are ДД.ММ.ГГГГ and
hours 24, always in the city's zone, which callers pass in already applied.
"""

from datetime import date, datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

import phonenumbers
from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject

from kb.entries import Entry, EntryKind, Phone, Procedure, Question, Unit
from kb.errors import DirectoryError, DirectoryTooNew
from kb.hours import Opening, OpeningState
from kb.query import Reading
from sync.errors import (
    KeyUnavailable,
    StoreError,
    StoreInUse,
    StoreTooNew,
    StoreUnavailable,
    StoreUnreadable,
)
from sync.register.calls import CallProblem, CallRecord, CallResult, CallState
from sync.register.messages import MessageProblem, MessageRecord, MessageState
from sync.register.values import Absence, PersonName, Stated
from sync.store.accounts import SignInCode, SignInRefusal

WORDS_PER_SECOND = 2.3  # the pace of a calm voice on the phone
NO_VALUE = "—"


class Counted(QObject):
    """Phrases with a number; Qt's tools see numerus forms only in ``self.tr``."""

    def calls_waiting(self, count: int) -> str:
        return self.tr("%n more call(s) waiting", "", count)

    def unsent(self, count: int) -> str:
        return self.tr("%n unsent", "", count)

    def oldest(self, minutes: int) -> str:
        return self.tr("oldest %n min", "", minutes)

    def refused(self, count: int) -> str:
        return self.tr("%n record(s) refused by the centre", "", count)

    def will_go(self, count: int) -> str:
        return self.tr("%n record(s) will go by themselves.", "", count)

    def password_characters(self, count: int) -> str:
        return self.tr("The password needs at least %n character(s)", "", count)

    def try_again(self, seconds: int) -> str:
        return self.tr("try again in %n second(s)", "", seconds)

    def out_of_hours_apart(self, count: int) -> str:
        return self.tr("%n out of hours apart", "", count)


def date_text(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def day_words(day: date, pattern: str) -> str:
    """A day by a pattern of QLocale, with the names of days and months of the chosen language."""
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def time_text(at_local: datetime) -> str:
    return at_local.strftime("%H:%M")


def moment_text(at_local: datetime, today: date) -> str:
    """``сегодня 14:05``, ``вчера 14:05`` or ``24.11.2026, 14:05``."""
    day = at_local.date()
    if day == today:
        return QCoreApplication.translate("Words", "today %1").replace("%1", time_text(at_local))
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("Words", "yesterday %1").replace(
            "%1", time_text(at_local)
        )
    return f"{date_text(day)}, {time_text(at_local)}"


def duration_text(seconds: float | None) -> str:
    """Minutes and seconds, or a dash where there is nothing to average."""
    if seconds is None:
        return NO_VALUE
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def phone_text(number: str) -> str:
    """A number as people read it, ``+7 (900) 555-01-37``; what is no number stays as it came."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    parts = shown.split(" ", 2)
    if len(parts) != 3:
        return shown
    # The local part hyphenated in twos, as Russian readers expect.
    return f"{parts[0]} ({parts[1]}) {parts[2].replace(' ', '-')}"


def speaking_seconds(text: str) -> int:
    """How long it takes to read the text aloud, in whole seconds."""
    return max(1, round(len(text.split()) / WORDS_PER_SECOND))


# --- directory ---


def entry_kind(kind: EntryKind) -> str:
    match kind:
        case EntryKind.QUESTION:
            return QCoreApplication.translate("Words", "Question")
        case EntryKind.UNIT:
            return QCoreApplication.translate("Words", "Contacts")
        case EntryKind.PROCEDURE:
            return QCoreApplication.translate("Words", "Service")


def reading_text(typed: str, reading: Reading) -> str:
    """How the typed text was understood, where that is not what was typed."""
    understood = " ".join(reading.words)
    text = QCoreApplication.translate("Words", "Searching for “%1”").replace("%1", understood)
    if reading.layout_corrected:
        return f"{text} · " + QCoreApplication.translate("Words", "layout corrected")
    if reading.typos_corrected:
        return f"{text} · " + QCoreApplication.translate("Words", "typos corrected")
    return text


def hit_count(shown: int, total: int) -> str:
    if total == 0:
        return QCoreApplication.translate("Words", "nothing found")
    return (
        QCoreApplication.translate("Words", "%1 of %2")
        .replace("%1", str(shown))
        .replace("%2", str(total))
    )


def frequent_heading() -> str:
    return QCoreApplication.translate("Words", "Asked most often")


def checked_on(day: date) -> str:
    return QCoreApplication.translate("Words", "checked %1").replace("%1", date_text(day))


def stale(checked: str) -> str:
    return QCoreApplication.translate("Words", "%1 — out of date").replace("%1", checked)


def unit_phone(phone: Phone) -> str:
    if phone.extension:
        return QCoreApplication.translate("Words", "ext. %1").replace("%1", phone.extension)
    return phone.number


def opening_text(state: Opening, now_local: datetime) -> tuple[str, str, str]:
    """Words, icon and colour role of a unit's hours as they stand now."""
    match state.state:
        case OpeningState.AROUND_THE_CLOCK:
            return QCoreApplication.translate("Words", "Round the clock"), "check-circle-fill", "ok"
        case OpeningState.OPEN:
            text = QCoreApplication.translate("Words", "Open until %1")
            return _with_time(text, state.until), "check-circle-fill", "ok"
        case OpeningState.LUNCH:
            text = QCoreApplication.translate("Words", "Lunch until %1")
            return _with_time(text, state.opens_at), "clock-fill", "warn"
        case OpeningState.CLOSED:
            return _opens_text(state.opens_at, now_local), "minus-circle", "text-2"
        case OpeningState.UNKNOWN:
            text = QCoreApplication.translate("Words", "hours not stated")
            return text, "question-fill", "text-3"


def _with_time(text: str, at: datetime | None) -> str:
    return text.replace("%1", NO_VALUE if at is None else time_text(at))


def _opens_text(opens_at: datetime | None, now_local: datetime) -> str:
    if opens_at is None:
        return QCoreApplication.translate("Words", "Closed")
    days = (opens_at.date() - now_local.date()).days
    if days == 0:
        text = QCoreApplication.translate("Words", "Closed, opens at %1")
    elif days == 1:
        text = QCoreApplication.translate("Words", "Closed, tomorrow from %1")
    else:
        weekday = day_words(opens_at.date(), "ddd")
        text = QCoreApplication.translate("Words", "Closed, %2 from %1").replace("%2", weekday)
    return _with_time(text, opens_at)


def entry_texts(entry: Entry) -> tuple[str, str]:
    """What to say and what to send of an entry."""
    match entry:
        case Question() | Procedure():
            return entry.spoken, entry.written
        case Unit():
            return _unit_spoken(entry), _unit_written(entry)


def _unit_phones(unit: Unit) -> str:
    parts = []
    for phone in unit.phones:
        number = phone.number
        if phone.extension:
            ext = QCoreApplication.translate("Words", "ext. %1").replace("%1", phone.extension)
            number = f"{number}, {ext}"
        parts.append(f"{number} ({phone.purpose})" if phone.purpose else number)
    return "; ".join(parts)


def _unit_spoken(unit: Unit) -> str:
    parts = [unit.title + "."]
    if unit.phones:
        text = QCoreApplication.translate("Words", "Phone: %1.")
        parts.append(text.replace("%1", _unit_phones(unit)))
    if unit.address:
        parts.append(
            QCoreApplication.translate("Words", "Address: %1.").replace("%1", unit.address)
        )
    return " ".join(parts)


def _unit_written(unit: Unit) -> str:
    parts = [unit.title, unit.powers, _unit_spoken(unit)]
    if unit.email:
        parts.append(QCoreApplication.translate("Words", "E-mail: %1").replace("%1", unit.email))
    return "\n".join(part for part in parts if part)


# --- call ---


def talking() -> str:
    return QCoreApplication.translate("Words", "Talking")


def wrap_up() -> str:
    return QCoreApplication.translate("Words", "Wrap-up")


def ready() -> str:
    return QCoreApplication.translate("Words", "Ready")


def disconnected() -> str:
    return QCoreApplication.translate("Words", "Disconnected")


def rings() -> str:
    return QCoreApplication.translate("Words", "rings")


def not_heard() -> str:
    return QCoreApplication.translate("Words", "You are not heard")


def out_of_hours() -> str:
    return QCoreApplication.translate("Words", "Out of hours")


def line_free() -> str:
    return QCoreApplication.translate("Words", "The line is free")


def no_calls_arrive() -> str:
    return QCoreApplication.translate("Words", "Calls do not arrive")


def without_phone() -> str:
    return QCoreApplication.translate("Words", "no connection")


def hidden_number() -> str:
    return QCoreApplication.translate("Words", "Number hidden")


def saves_at_end() -> str:
    return QCoreApplication.translate("Words", "The record closes with the call")


def saves_at_end_more() -> str:
    return QCoreApplication.translate(
        "Words", "Go on typing: everything is kept until the hang-up."
    )


def second_call(count: int) -> str:
    return Counted().calls_waiting(count)


def probably(name: str) -> str:
    return QCoreApplication.translate("Words", "Probably %1").replace("%1", name)


def line(number: str) -> str:
    return QCoreApplication.translate("Words", "line %1").replace("%1", number)


def waited(duration: str) -> str:
    return QCoreApplication.translate("Words", "waited %1").replace("%1", duration)


def short_name(name: str) -> str:
    """Surname and initials of a full name in the usual order."""
    parts = name.split()
    if len(parts) < 2:
        return name
    return f"{parts[0]} " + " ".join(f"{part[0]}." for part in parts[1:3])


def end_cause(code: str | None) -> str:
    """Why a call ended; a code of a newer phone process is shown as it is."""
    if code is None:
        return ""
    known = {
        "caller_gave_up": QCoreApplication.translate("Words", "the caller gave up"),
        "answered_elsewhere": QCoreApplication.translate("Words", "answered by a colleague"),
        "rejected": QCoreApplication.translate("Words", "rejected"),
        "busy": QCoreApplication.translate("Words", "busy"),
        "not_answered": QCoreApplication.translate("Words", "not answered in time"),
        "far_end": QCoreApplication.translate("Words", "the caller hung up"),
        "near_end": QCoreApplication.translate("Words", "you hung up"),
        "cancelled": QCoreApplication.translate("Words", "cancelled"),
        "failed": QCoreApplication.translate("Words", "technical failure"),
    }
    return known.get(code, code)


def call_over(card: CallRecord | None, zone: ZoneInfo) -> str:
    """What the call block says after the end: who hung up and when."""
    if card is None or card.ended_at is None:
        return QCoreApplication.translate("Words", "The call is over")
    text = QCoreApplication.translate("Words", "%1 at %2")
    return text.replace("%1", end_cause(card.end_cause)).replace(
        "%2", time_text(card.ended_at.astimezone(zone))
    )


# --- card ---


def save() -> str:
    return QCoreApplication.translate("Words", "Save")


def save_at_end() -> str:
    return QCoreApplication.translate("Words", "Saves at the end")


def typical_answer() -> str:
    return QCoreApplication.translate("Words", "typical answer")


def contacts() -> str:
    return QCoreApplication.translate("Words", "contacts")


def service() -> str:
    return QCoreApplication.translate("Words", "service")


def card_title(card: CallRecord) -> str:
    if card.answered_at is None and card.ended_at is None:
        return QCoreApplication.translate("Words", "New call")
    return QCoreApplication.translate("Words", "Telephone call")


def card_subtitle(card: CallRecord, zone: ZoneInfo) -> str:
    local = card.arrived_at.astimezone(zone)
    return f"№ {card.number} · {date_text(local.date())}, {local:%H:%M:%S}"


def draft_saved(at: datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return ""
    text = QCoreApplication.translate("Words", "Draft saved %1")
    return text.replace("%1", time_text(at.astimezone(zone)))


def problem_field(problem: CallProblem) -> str:
    """The card's field that a problem belongs to."""
    match problem:
        case CallProblem.CONTENT_MISSING:
            return "content"
        case CallProblem.CONTACTS_MISSING:
            return "used"
        case (
            CallProblem.RESULT_MISSING
            | CallProblem.MESSAGE_MISSING
            | CallProblem.ALREADY_CLOSED
            | CallProblem.NOT_ALLOWED
        ):
            return "result"
        case _:
            assert_never(problem)


def card_problem(problem: CallProblem) -> str:
    """What is wrong, what to do, and the paragraph that asks for it."""
    match problem:
        case CallProblem.CONTENT_MISSING:
            return QCoreApplication.translate(
                "Words", "Write what the call was about: the record needs it (par. 7.3)"
            )
        case CallProblem.RESULT_MISSING:
            return QCoreApplication.translate(
                "Words", "Choose the result with Ctrl and a digit (par. 7.3, 7.4)"
            )
        case CallProblem.CONTACTS_MISSING:
            return QCoreApplication.translate(
                "Words", "Insert the contacts that were given, or write them above (par. 7.4)"
            )
        case CallProblem.MESSAGE_MISSING:
            return QCoreApplication.translate(
                "Words", "There is no message yet: make it with Ctrl+3 (par. 7.4)"
            )
        case CallProblem.ALREADY_CLOSED:
            return QCoreApplication.translate("Words", "This record is closed already")
        case CallProblem.NOT_ALLOWED:
            return QCoreApplication.translate("Words", "Your role does not take calls")
        case _:
            assert_never(problem)


def card_phone(card: CallRecord) -> str:
    if isinstance(card.phone, str) and not isinstance(card.phone, Absence):
        return phone_text(card.phone)
    if card.caller_number_raw:
        return card.caller_number_raw
    return hidden_number()


def used_titles(card: CallRecord) -> str:
    return "; ".join(entry.title for entry in card.used_entries)


def first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0]


def result_name(result: CallResult) -> str:
    match result:
        case CallResult.ANSWERED:
            return QCoreApplication.translate("Words", "answered")
        case CallResult.CONTACTS:
            return QCoreApplication.translate("Words", "gave contacts")
        case CallResult.MESSAGE:
            return QCoreApplication.translate("Words", "message")
        case CallResult.NOT_ANSWERED:
            return QCoreApplication.translate("Words", "not answered")
        case CallResult.DROPPED:
            return QCoreApplication.translate("Words", "cut off")
        case CallResult.SILENT:
            return QCoreApplication.translate("Words", "silence")
        case CallResult.WRONG_NUMBER:
            return QCoreApplication.translate("Words", "wrong number")
        case _:
            assert_never(result)


def result_mark(card: CallRecord) -> tuple[str, str, str]:
    """Words, icon and colour role of a record's result in the lists."""
    if card.state is CallState.DRAFT:
        return QCoreApplication.translate("Words", "draft"), "note-pencil", "warn"
    if card.result is None:
        return NO_VALUE, "", "text-2"
    text = result_name(card.result)
    if card.result is CallResult.NOT_ANSWERED:
        if card.end_cause == "answered_elsewhere":
            return end_cause(card.end_cause), "headset", "text-2"
        return text, "phone-x", "danger"
    if card.result.is_technical:
        return text, "minus-circle", "text-2"
    icon = "envelope-simple" if card.result is CallResult.MESSAGE else "check-circle-fill"
    return text, icon, "ok"


# --- message ---


def message_subtitle(card: CallRecord | None) -> str:
    if card is None:
        return ""
    text = QCoreApplication.translate(
        "Words", "from call № %1; its own number comes on registration"
    )
    return text.replace("%1", str(card.number))


def person_name(name: PersonName | Absence) -> str:
    if isinstance(name, Absence):
        return QCoreApplication.translate("Words", "name not given")
    return " ".join(part for part in (name.surname, name.given_name, name.patronymic) if part)


def author(name: PersonName | Absence, phone: Stated, email: Stated) -> str:
    """The author of a message in one line, carried over from the card."""
    parts = [person_name(name)]
    if isinstance(phone, Absence):
        parts.append(QCoreApplication.translate("Words", "no phone"))
    else:
        parts.append(phone_text(phone))
    if isinstance(email, Absence):
        parts.append(QCoreApplication.translate("Words", "no e-mail"))
    else:
        parts.append(email)
    return " · ".join(parts)


def message_problem_field(problem: MessageProblem) -> str:
    match problem:
        case MessageProblem.TEXT_MISSING:
            return "text"
        case MessageProblem.DATE_MISSING | MessageProblem.TIME_MISSING:
            return "when"
        case MessageProblem.PLACE_MISSING:
            return "place"
        case (
            MessageProblem.CATEGORY_MISSING
            | MessageProblem.ALREADY_REGISTERED
            | MessageProblem.NOT_ALLOWED
        ):
            return "category"
        case _:
            assert_never(problem)


def message_problem(problem: MessageProblem) -> str:
    match problem:
        case MessageProblem.TEXT_MISSING:
            return QCoreApplication.translate(
                "Words", "Write what has happened: without a text there is no message (par. 6.1)"
            )
        case MessageProblem.DATE_MISSING:
            return QCoreApplication.translate("Words", "State the day as DD.MM.YYYY (par. 6.1)")
        case MessageProblem.TIME_MISSING:
            return QCoreApplication.translate(
                "Words", "State the hour, at least roughly, as HH:MM (par. 6.1)"
            )
        case MessageProblem.PLACE_MISSING:
            return QCoreApplication.translate(
                "Words",
                "State the house or a landmark: without a place it cannot be registered (par. 6.1)",
            )
        case MessageProblem.CATEGORY_MISSING:
            return QCoreApplication.translate(
                "Words", "Choose the category: it decides who answers (par. 5.3, 7.9)"
            )
        case MessageProblem.ALREADY_REGISTERED:
            return QCoreApplication.translate("Words", "This message is registered already")
        case MessageProblem.NOT_ALLOWED:
            return QCoreApplication.translate("Words", "Your role does not register messages")
        case _:
            assert_never(problem)


def message_mark(message: MessageRecord) -> tuple[str, str, str]:
    """Words, icon and colour role of a message in the list."""
    if message.answer_text:
        return QCoreApplication.translate("Words", "answer received"), "chat-centered-text", "ok"
    if message.platform_id:
        return QCoreApplication.translate("Words", "on the platform"), "check-circle-fill", "ok"
    match message.state:
        case MessageState.REGISTERED:
            return QCoreApplication.translate("Words", "registered"), "check-circle-fill", "ok"
        case MessageState.SUBMITTED:
            return QCoreApplication.translate("Words", "submitted"), "clock-fill", "warn"
        case MessageState.DRAFT:
            return QCoreApplication.translate("Words", "draft"), "note-pencil", "warn"
        case _:
            assert_never(message.state)


def message_registered(number: str) -> str:
    return QCoreApplication.translate("Words", "Message № %1 is registered").replace("%1", number)


def promise(number: str) -> str:
    """What the operator tells the caller of a message just registered (7.4, 7.11)."""
    text = QCoreApplication.translate(
        "Words",
        "Your message is registered, its number is %1. The decision on it comes within two"
        " working days.",
    )
    return text.replace("%1", number)


# --- lists ---


def list_title(name: str) -> str:
    return {
        "calls": QCoreApplication.translate("Words", "Calls today"),
        "missed": QCoreApplication.translate("Words", "Missed today"),
        "drafts": QCoreApplication.translate("Words", "Drafts"),
        "messages": QCoreApplication.translate("Words", "Messages today"),
    }[name]


def list_subtitle(name: str, today: date) -> str:
    if name == "drafts":
        return QCoreApplication.translate("Words", "Enter opens a draft; nothing typed is lost.")
    day = day_words(today, "dddd, d MMMM yyyy")
    return day[:1].upper() + day[1:]


def empty_list(name: str) -> tuple[str, str]:
    """What is so, and the next best thing to do."""
    return {
        "calls": (
            QCoreApplication.translate("Words", "No calls yet today"),
            QCoreApplication.translate(
                "Words", "A call appears here at its first ring. Ctrl+T rings you for training."
            ),
        ),
        "missed": (
            QCoreApplication.translate("Words", "Nobody was missed"),
            QCoreApplication.translate(
                "Words", "A call that nobody answers is registered here by itself."
            ),
        ),
        "drafts": (
            QCoreApplication.translate("Words", "No unfinished records"),
            QCoreApplication.translate("Words", "A card put aside with Ctrl+D waits here."),
        ),
        "messages": (
            QCoreApplication.translate("Words", "No messages yet today"),
            QCoreApplication.translate(
                "Words", "Ctrl+3 in a call's card makes a message for a written answer."
            ),
        ),
    }[name]


# --- status ---


def phone_state(is_ready: bool) -> str:
    if is_ready:
        return QCoreApplication.translate("Words", "Phone")
    return QCoreApplication.translate("Words", "Phone: no connection")


def phone_starting() -> str:
    return QCoreApplication.translate("Words", "The phone is starting")


def phone_direct(address: str) -> str:
    text = QCoreApplication.translate("Words", "No telephone system is set; listening at %1")
    return text.replace("%1", address)


def phone_registered() -> str:
    return QCoreApplication.translate("Words", "Registered at the telephone system")


def registrar_away(last_local: datetime | None) -> str:
    if last_local is None:
        return QCoreApplication.translate("Words", "The telephone system does not answer")
    text = QCoreApplication.translate("Words", "The telephone system does not answer since %1")
    return text.replace("%1", time_text(last_local))


def database_local() -> str:
    return QCoreApplication.translate("Words", "Records on this computer")


def database_reached() -> str:
    return QCoreApplication.translate("Words", "Database")


def database_connecting() -> str:
    return QCoreApplication.translate("Words", "Database: connecting")


def database_away(since_local: datetime) -> str:
    text = QCoreApplication.translate("Words", "Database away since %1")
    return text.replace("%1", time_text(since_local))


def platform_reached() -> str:
    return QCoreApplication.translate("Words", "Platform")


def platform_connecting() -> str:
    return QCoreApplication.translate("Words", "Platform: connecting")


def platform_away(since_local: datetime) -> str:
    text = QCoreApplication.translate("Words", "Platform away since %1")
    return text.replace("%1", time_text(since_local))


def message_answered(number: str) -> str:
    text = QCoreApplication.translate("Words", "Message № %1 has news from the platform")
    return text.replace("%1", number)


def message_rejected(number: str, code: str) -> str:
    text = QCoreApplication.translate("Words", "The platform refuses message № %1 (%2)")
    return text.replace("%1", number).replace("%2", code)


def message_rejected_more() -> str:
    return QCoreApplication.translate(
        "Words", "The message is registered here; tell the administrator."
    )


def all_sent() -> str:
    return QCoreApplication.translate("Words", "All sent")


def unsent(count: int, minutes: int) -> str:
    text = Counted().unsent(count)
    oldest = Counted().oldest(minutes)
    return f"{text}, {oldest}"


def poisoned(count: int) -> str:
    return Counted().refused(count)


def central_away_head(since_local: datetime) -> str:
    text = QCoreApplication.translate("Words", "The city's database is away since %1.")
    return text.replace("%1", time_text(since_local))


def central_away_body(waiting: int) -> str:
    head = QCoreApplication.translate("Words", "Work as usual:")
    return f"{head} " + Counted().will_go(waiting)


def store_failed_head() -> str:
    return QCoreApplication.translate("Words", "Not saved.")


def store_failed_body() -> str:
    return QCoreApplication.translate(
        "Words",
        "The disk does not take the record. The text stays on the screen; free some space or call"
        " the administrator, then save again.",
    )


# --- notices ---


def call_saved(number: str) -> str:
    return QCoreApplication.translate("Words", "Call № %1 is saved").replace("%1", number)


def missed_registered(number: str) -> str:
    text = QCoreApplication.translate("Words", "Missed call № %1 is registered")
    return text.replace("%1", number)


def missed_where() -> str:
    return QCoreApplication.translate("Words", "It stands in the list of missed calls.")


def card_incomplete() -> str:
    return QCoreApplication.translate("Words", "The card cannot be closed yet")


def see_marked_fields() -> str:
    return QCoreApplication.translate("Words", "What is missing is marked in the card.")


def put_aside(number: str) -> str:
    return QCoreApplication.translate("Words", "Call № %1 is put aside").replace("%1", number)


def put_aside_where() -> str:
    return QCoreApplication.translate("Words", "It waits in the drafts.")


def command_refused(code: str) -> str:
    """Why the phone did not do what was asked."""
    known = {
        "unknown_call": QCoreApplication.translate("Words", "This call is over already"),
        "wrong_state": QCoreApplication.translate("Words", "The call is not in a state for that"),
        "no_media": QCoreApplication.translate("Words", "There is no sound device for the call"),
        "not_connected": QCoreApplication.translate("Words", "The phone is not connected"),
        "bad_number": QCoreApplication.translate("Words", "This number cannot be dialled"),
    }
    return known.get(code, QCoreApplication.translate("Words", "The phone could not do that"))


def program_error() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Something went wrong in the program"),
        QCoreApplication.translate("Words", "It is written to the log; records are not touched."),
    )


# --- training ---


def training_without_phone() -> str:
    return QCoreApplication.translate(
        "Words", "The phone is not ready yet: wait for its mark at the foot of the window"
    )


def training_is_on() -> str:
    return QCoreApplication.translate("Words", "A training call is on already")


# --- sign-in ---


def sign_in_words(mode: str) -> tuple[str, str, str]:
    """Title, lead and the button's word of the sign-in page."""
    return {
        "first-operator": (
            QCoreApplication.translate("Words", "First start"),
            QCoreApplication.translate(
                "Words",
                "Everything is kept encrypted on this computer. Name the first person: a senior"
                " operator, who has all rights.",
            ),
            QCoreApplication.translate("Words", "Begin work"),
        ),
        "sign-in": (
            QCoreApplication.translate("Words", "Sign in"),
            "",
            QCoreApplication.translate("Words", "Sign in"),
        ),
        "locked": (
            QCoreApplication.translate("Words", "The desk is locked"),
            "",
            QCoreApplication.translate("Words", "Unlock"),
        ),
    }[mode]


def locked_lead(name: str) -> str:
    text = QCoreApplication.translate("Words", "%1, enter your password to go on.")
    return text.replace("%1", name)


def call_while_locked() -> str:
    return QCoreApplication.translate("Words", "A call is coming in: unlock to answer it")


def name_needed() -> str:
    return QCoreApplication.translate("Words", "Enter at least surname and first name")


def login_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the login")


def password_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the password")


def password_short(least: int) -> str:
    return Counted().password_characters(least)


def passwords_differ() -> str:
    return QCoreApplication.translate("Words", "The two passwords differ")


# --- reports ---


def report_written(name: str) -> str:
    return QCoreApplication.translate("Words", "Report saved: %1").replace("%1", name)


def report_file_name() -> str:
    return QCoreApplication.translate("Words", "calls")


def report_not_written() -> str:
    return QCoreApplication.translate("Words", "The report could not be written there")


def reports_refused() -> str:
    return QCoreApplication.translate("Words", "Your role does not see reports")


def export_refused() -> str:
    return QCoreApplication.translate("Words", "Your role does not export reports")


def period_text(first: date, last: date) -> str:
    if first == last:
        day = day_words(first, "dddd, d MMMM yyyy")
        return day[:1].upper() + day[1:]
    text = QCoreApplication.translate("Words", "From %1 to %2")
    return text.replace("%1", date_text(first)).replace("%2", date_text(last))


def day_text(day: date) -> str:
    return f"{date_text(day)}, {day_words(day, 'ddd')}"


def number_text(value: float) -> str:
    """One digit after the comma."""
    return f"{value:.1f}".replace(".", QLocale().decimalPoint())


def percent_text(share: float | None) -> str:
    if share is None:
        return NO_VALUE
    return f"{number_text(share * 100)} %"


def line_hours_text(opens: str, closes: str) -> str:
    text = QCoreApplication.translate("Words", "Monday to Friday, %1–%2")
    return text.replace("%1", opens).replace("%2", closes)


# --- what stands in the way ---


def sign_in_refused(refusal: SignInRefusal, now: datetime) -> str:
    match refusal.code:
        case SignInCode.WRONG:
            text = QCoreApplication.translate("Words", "Login or password is wrong")
        case SignInCode.TOO_SOON:
            text = QCoreApplication.translate("Words", "Too many attempts")
        case _:
            assert_never(refusal.code)
    if refusal.retry_at is not None and refusal.retry_at > now:
        seconds = max(1, round((refusal.retry_at - now).total_seconds()))
        wait = Counted().try_again(seconds)
        return f"{text}; {wait}"
    return text


def store_problem(error: StoreError) -> tuple[str, str]:
    """Why the register does not open and what to do, in the administrator's terms."""
    head = QCoreApplication.translate("Words", "The register does not open")
    match error:
        case StoreInUse():
            return (
                QCoreApplication.translate("Words", "The program is running already"),
                QCoreApplication.translate(
                    "Words", "Another window of it works with this register: use that one."
                ),
            )
        case StoreTooNew():
            body = QCoreApplication.translate(
                "Words",
                "A newer version of the program wrote it. Install that version; the records are"
                " safe.",
            )
        case KeyUnavailable():
            body = QCoreApplication.translate(
                "Words",
                "Its key cannot be read (%1). Unlock the system's keyring or give back the key"
                " file beside the register; without the key the records cannot be read.",
            ).replace("%1", error.code)
        case StoreUnreadable():
            body = QCoreApplication.translate(
                "Words",
                "The file is damaged or belongs to another key (%1). Do not delete it: call the"
                " administrator, who restores it from the backup.",
            ).replace("%1", error.code)
        case StoreUnavailable():
            body = QCoreApplication.translate(
                "Words", "The disk refuses it (%1). Check free space and rights of the data folder."
            ).replace("%1", error.code)
        case _:
            body = QCoreApplication.translate("Words", "Reason: %1. Call the administrator.")
            body = body.replace("%1", type(error).__name__)
    return head, body


def directory_problem(error: DirectoryError) -> tuple[str, str]:
    """Why the directory does not open and what to do; it holds nothing that cannot come back."""
    head = QCoreApplication.translate("Words", "The directory does not open")
    if isinstance(error, DirectoryTooNew):
        body = QCoreApplication.translate(
            "Words", "A newer version of the program wrote it. Install that version."
        )
    else:
        body = QCoreApplication.translate(
            "Words",
            "Its file directory.db is damaged or the disk refuses it. The administrator may move"
            " it away: the program makes it anew at the next start.",
        )
    return head, body
