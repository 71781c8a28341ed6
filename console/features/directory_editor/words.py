"""Display texts of the entry editor: fields, input errors, drafts, versions, and publishing.

``phones_text`` and ``read_phones`` convert phone numbers to text and back.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted, date_and_time, date_text, time_text
from console.core.keymap import with_keys
from console.shared.directory.words import _who
from kb.entries.entries import EntryKind, Phone
from sync.register.messages import MessageRecord

"""Longest speaking time that a caller can follow."""


def field_name(name: str) -> str:
    return {
        "title": QCoreApplication.translate("Words", "Title"),
        "place": QCoreApplication.translate("Words", "Topic"),
        "spoken": QCoreApplication.translate("Words", "Say"),
        "body": QCoreApplication.translate("Words", "Send"),
        "names": QCoreApplication.translate("Words", "Also called"),
        "owner": QCoreApplication.translate("Words", "Responsible"),
        "source": QCoreApplication.translate("Words", "Source"),
        "source_url": QCoreApplication.translate("Words", "Link"),
        "checked_on": QCoreApplication.translate("Words", "Checked on"),
        "valid_from": QCoreApplication.translate("Words", "Valid from"),
        "valid_to": QCoreApplication.translate("Words", "Closed from"),
        "parent": QCoreApplication.translate("Words", "Belongs to"),
        "short_title": QCoreApplication.translate("Words", "Short title"),
        "unit_kind": QCoreApplication.translate("Words", "Authority type"),
        "address": QCoreApplication.translate("Words", "Address"),
        "phones": QCoreApplication.translate("Words", "Phones"),
        "email": QCoreApplication.translate("Words", "E-mail"),
        "hours": QCoreApplication.translate("Words", "Hours"),
        "steps": QCoreApplication.translate("Words", "Steps"),
        "documents": QCoreApplication.translate("Words", "Documents"),
        "term": QCoreApplication.translate("Words", "Time limit"),
        "fee": QCoreApplication.translate("Words", "Fee"),
        "unit": QCoreApplication.translate("Words", "Works at"),
        "post": QCoreApplication.translate("Words", "Position"),
        "room": QCoreApplication.translate("Words", "Room"),
        "reception": QCoreApplication.translate("Words", "Visiting hours"),
        "participants": QCoreApplication.translate("Words", "Participants"),
        "route": QCoreApplication.translate("Words", "Route"),
        "answer_days": QCoreApplication.translate("Words", "Answer within"),
        "answer_kind": QCoreApplication.translate("Words", "Days"),
        "checklist": QCoreApplication.translate("Words", "What to check"),
    }[name]


def body_name(kind: EntryKind) -> str:
    match kind:
        case EntryKind.UNIT:
            return QCoreApplication.translate("Words", "Powers")
        case EntryKind.PERSON:
            return QCoreApplication.translate("Words", "About the person")
        case EntryKind.TOPIC:
            return QCoreApplication.translate("Words", "Description")
        case EntryKind.QUESTION | EntryKind.SERVICE:
            return field_name("body")


def unit_kinds() -> dict[str, str]:
    """Returns the kinds of authorities by the identifier stored in an entry."""
    return {
        "department": QCoreApplication.translate("Words", "Administration department"),
        "institution": QCoreApplication.translate("Words", "City institution"),
        "enterprise": QCoreApplication.translate("Words", "Enterprise"),
        "emergency": QCoreApplication.translate("Words", "Emergency service"),
        "state": QCoreApplication.translate("Words", "State authority"),
    }


def form_problem(name: str) -> str:
    """Returns the error text of a form field, which states the expected input."""
    return {
        "phones": QCoreApplication.translate(
            "Words", "One number per line: number, ext. 215 — purpose"
        ),
        "hours": QCoreApplication.translate(
            "Words", "Format: mon–fri 8:30–17:30, lunch 13:00–14:00"
        ),
        "answer_days": QCoreApplication.translate("Words", "Enter a number of days, e.g. 30"),
        "parent": QCoreApplication.translate("Words", "An entry cannot belong to itself"),
        "valid_to": QCoreApplication.translate(
            "Words", "Enter the date as DD.MM.YYYY, later than the first"
        ),
    }.get(name) or QCoreApplication.translate("Words", "Enter the date as DD.MM.YYYY")


def title_is_empty() -> str:
    return QCoreApplication.translate("Words", "Without a title operators will hardly find it")


# --- phone numbers as text ---


def phones_text(phones: Sequence[Phone]) -> str:
    """Returns phone numbers as text, one per line: «+7 900 555-02-20, доб. 12-34 — приёмная»."""
    return "\n".join(_phone_text(phone) for phone in phones)


def _phone_text(phone: Phone) -> str:
    text = phone.number
    if phone.extension:
        ext = QCoreApplication.translate("Words", "ext. %1").replace("%1", phone.extension)
        text = f"{text}, {ext}"
    return f"{text} — {phone.purpose}" if phone.purpose else text


def read_phones(text: str) -> tuple[Phone, ...] | None:
    """Parses phone numbers, one per line; returns None if a line contains no number."""
    word = QCoreApplication.translate("Words", "ext. %1").replace("%1", "").strip(" .")
    pattern = re.compile(
        rf"(?P<number>[+\d][\d ()\-]*?)(?:[ ,]+{re.escape(word)}\.?\s*(?P<ext>[\d-]+))?"
        r"(?:\s+[—–-]\s*(?P<purpose>.+))?",
        re.IGNORECASE,
    )
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        read = pattern.fullmatch(line.strip())
        if read is None:
            return None
        found.append(Phone(read["number"].strip(), read["ext"] or "", read["purpose"] or ""))
    return tuple(found)


# --- page ---


def subtitle(owner: str, number: int) -> str:
    """Returns owner and version number of the entry as text."""
    if number == 0:
        return QCoreApplication.translate("Words", "New entry, not published yet")
    version = QCoreApplication.translate("Words", "version %1").replace("%1", str(number))
    if not owner:
        return version
    text = QCoreApplication.translate("Words", "Owner: %1").replace("%1", owner)
    return f"{text} · {version}"


def draft_kept(at_local: datetime) -> str:
    return QCoreApplication.translate("Words", "Draft saved at %1").replace(
        "%1", time_text(at_local)
    )


def draft_not_kept() -> str:
    return QCoreApplication.translate("Words", "Draft not saved: retrying")


def never_checked() -> str:
    return QCoreApplication.translate("Words", "Never checked")


def checked_long_ago(day: date) -> str:
    return QCoreApplication.translate("Words", "Checked on %1, long ago").replace(
        "%1", date_text(day)
    )


def is_closed(day: date) -> str:
    return QCoreApplication.translate("Words", "Closed from %1").replace("%1", date_text(day))


def changed_meanwhile(
    by: str, at: datetime, kind: EntryKind, fields: Sequence[str], zone: ZoneInfo
) -> str:
    """Returns author, time and fields of a change made while this editor had the entry open."""
    text = QCoreApplication.translate("Words", "%1 changed this entry at %2: %3")
    return (
        text.replace("%1", _who(by))
        .replace("%2", date_and_time(at.astimezone(zone)))
        .replace("%3", changed_fields(kind, fields))
    )


def changed_fields(kind: EntryKind, names: Sequence[str]) -> str:
    if not names:
        return QCoreApplication.translate("Words", "no fields")
    return ", ".join(body_name(kind) if name == "body" else field_name(name) for name in names)


def history_what(action: str, number: int, kind: EntryKind, names: Sequence[str]) -> str:
    if number == 1:
        return QCoreApplication.translate("Words", "Entry created")
    if action == "restore":
        return QCoreApplication.translate("Words", "Old version restored")
    if list(names) == ["checked_on"]:
        return QCoreApplication.translate("Words", "Checked")
    return changed_fields(kind, names)


def history_who(by: str, at_local: datetime) -> str:
    return f"{date_text(at_local.date())} {time_text(at_local)} · {_who(by)}"


def version(number: int) -> str:
    return QCoreApplication.translate("Words", "version %1").replace("%1", str(number))


def draft() -> str:
    return QCoreApplication.translate("Words", "draft")


def unsent_draft() -> str:
    return QCoreApplication.translate("Words", "not sent")


def centre_was_away() -> str:
    return QCoreApplication.translate("Words", "No reply from central database")


def drafts_group() -> str:
    return QCoreApplication.translate("Words", "Not published yet")


def no_topic() -> str:
    return QCoreApplication.translate("Words", "No topic")


def group_of_kind(kind: EntryKind) -> str:
    match kind:
        case EntryKind.UNIT:
            return QCoreApplication.translate("Words", "City authorities and services")
        case EntryKind.PERSON:
            return QCoreApplication.translate("Words", "Officials")
        case EntryKind.TOPIC:
            return QCoreApplication.translate("Words", "Topics and categories")
        case EntryKind.QUESTION | EntryKind.SERVICE:
            return no_topic()


def published() -> str:
    return QCoreApplication.translate("Words", "Entry published")


def published_what() -> str:
    return QCoreApplication.translate("Words", "Operators can find it now.")


def published_to_all() -> str:
    return QCoreApplication.translate("Words", "All workplaces will find it within seconds.")


def kept_as_draft() -> str:
    return with_keys(
        QCoreApplication.translate(
            "Words",
            "Not published. Your text is saved here as a draft; press Ctrl+Enter to send it later.",
        ),
        Key.SAVE,
    )


def not_published_yet(reason: str) -> str:
    text = with_keys(
        QCoreApplication.translate("Words", "Not published: %1. Press Ctrl+Enter to retry."),
        Key.SAVE,
    )
    return text.replace("%1", reason[:1].lower() + reason[1:])


def unsent_waits(count: int) -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Central database is back"),
        Counted().entries_wait(count),
    )


def answer_source(message: MessageRecord, zone: ZoneInfo) -> str:
    """Returns the source text of a directory question made from the answer to a message (9.8)."""
    text = QCoreApplication.translate("Words", "Authority's answer to message № %1 of %2")
    at = message.registered_at or message.created_at
    day = date_text(at.astimezone(zone).date())
    return text.replace("%1", str(message.number)).replace("%2", day)


def personal_data(found: Sequence[str]) -> str:
    """Returns the warning that lists personal data to remove from a typical question (9.8)."""
    text = QCoreApplication.translate("Words", "Personal data: remove %1")
    return text.replace("%1", ", ".join(f"«{one}»" for one in found))


def personal_data_unread() -> str:
    return QCoreApplication.translate(
        "Words", "Could not check for personal data: read the text yourself"
    )


def publish_personal_data() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The text contains personal data"),
        with_keys(
            QCoreApplication.translate("Words", "Press Ctrl+Enter again to publish it as is."),
            Key.SAVE,
        ),
    )


def restored(number: int) -> str:
    return QCoreApplication.translate("Words", "Version %1 restored").replace("%1", str(number))


def nothing_to_publish() -> str:
    return QCoreApplication.translate("Words", "Nothing changed")


def mend_fields() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Entry not published"),
        QCoreApplication.translate("Words", "Errors are marked in the form."),
    )


def publish_or_drop_first() -> str:
    return QCoreApplication.translate("Words", "Publish or discard your changes first")


def topics_not_allowed() -> str:
    return with_keys(
        QCoreApplication.translate(
            "Words", "Only supervisors edit topics and categories; propose a change: Alt+N"
        ),
        Key.NEW_PROPOSAL,
    )
