"""Words about the directory: hits, opening hours, what to say and what to send."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from console.words.formats import date_text, day_words, with_time
from kb.entries import Entry, EntryKind, Phone, Procedure, Question, Unit
from kb.errors import DirectoryError, DirectoryTooNew
from kb.hours import Opening, OpeningState
from kb.query import Reading


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
            return with_time(text, state.until), "check-circle-fill", "ok"
        case OpeningState.LUNCH:
            text = QCoreApplication.translate("Words", "Lunch until %1")
            return with_time(text, state.opens_at), "clock-fill", "warn"
        case OpeningState.CLOSED:
            return _opens_text(state.opens_at, now_local), "minus-circle", "text-2"
        case OpeningState.UNKNOWN:
            text = QCoreApplication.translate("Words", "hours not stated")
            return text, "question-fill", "text-3"


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
    return with_time(text, opens_at)


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
