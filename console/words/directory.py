"""Words about the directory: hits, opening hours, what to say and what to send."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from console.words.formats import Counted, date_text, day_words, with_time
from kb.entries import (
    AnswerTerm,
    Entry,
    EntryKind,
    PersonDetails,
    Phone,
    ServiceDetails,
    TopicDetails,
    UnitDetails,
)
from kb.errors import DirectoryError, DirectoryTooNew, DirectoryUnusable
from kb.hours import MIDNIGHT, Opening, OpeningState, clock_text
from kb.query import Reading

DAYS_OF_A_WEEK = 7
MOST_COUNTED = 99  # more are not told apart


def entry_kind(kind: EntryKind) -> str:
    match kind:
        case EntryKind.QUESTION:
            return QCoreApplication.translate("Words", "Question")
        case EntryKind.UNIT:
            return QCoreApplication.translate("Words", "Contacts")
        case EntryKind.SERVICE:
            return QCoreApplication.translate("Words", "Service")
        case EntryKind.PERSON:
            return QCoreApplication.translate("Words", "Official")
        case EntryKind.TOPIC:
            return QCoreApplication.translate("Words", "Topic")


def kind_heading(kind: EntryKind) -> str:
    """The name of a kind's entries together."""
    match kind:
        case EntryKind.QUESTION:
            return QCoreApplication.translate("Words", "Questions")
        case EntryKind.UNIT:
            return QCoreApplication.translate("Words", "Contacts of bodies")
        case EntryKind.SERVICE:
            return QCoreApplication.translate("Words", "Services")
        case EntryKind.PERSON:
            return QCoreApplication.translate("Words", "Officials")
        case EntryKind.TOPIC:
            return QCoreApplication.translate("Words", "Topics")


def kind_name(kind: EntryKind) -> str:
    """The same in one short word."""
    match kind:
        case EntryKind.UNIT:
            return QCoreApplication.translate("Words", "Contacts", "many")
        case EntryKind.PERSON:
            return QCoreApplication.translate("Words", "People")
        case _:
            return kind_heading(kind)


def kind_count(count: int) -> str:
    """How many entries of a kind were found."""
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


def category_texts(topics: Sequence[Entry], categories: Sequence[Entry]) -> dict[str, str]:
    """Each category's id with its name below its topic's: «Тема › Категория»."""
    titles = {topic.id: topic.title for topic in topics}
    return {
        category.id: f"{titles.get(category.parent or '', category.parent)} › {category.title}"
        for category in categories
    }


def reading_text(typed: str, reading: Reading) -> str:
    """How the typed text was understood."""
    understood = " ".join(reading.words)
    text = QCoreApplication.translate("Words", "Searching for “%1”").replace("%1", understood)
    if reading.layout_corrected:
        return f"{text} · " + QCoreApplication.translate("Words", "layout corrected")
    if reading.typos_corrected:
        return f"{text} · " + QCoreApplication.translate("Words", "typos corrected")
    if reading.offered:
        like = QCoreApplication.translate("Words", "like “%1”")
        return f"{text} · " + like.replace("%1", " ".join(reading.offered))
    return text


def offer_text(offered: str) -> str:
    """What Enter looks for where nothing was found."""
    return QCoreApplication.translate("Words", "Enter: look for “%1”").replace("%1", offered)


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


def stale_mark() -> str:
    return QCoreApplication.translate("Words", "out of date", "entry")


def phone_texts(phone: Phone) -> tuple[str, ...]:
    """What stands for the number beside a title, the shortest first."""
    if not phone.extension:
        return (phone.number,)
    extension = QCoreApplication.translate("Words", "ext. %1").replace("%1", phone.extension)
    return extension, f"{phone.number}, {extension}"


def opening_text(state: Opening, now_local: datetime) -> tuple[str, str, str]:
    """Words, icon and colour role of a unit's hours as they stand now."""
    match state.state:
        case OpeningState.AROUND_THE_CLOCK:
            return QCoreApplication.translate("Words", "Round the clock"), "check-circle-fill", "ok"
        case OpeningState.OPEN:
            return _open_text(state.until, now_local), "check-circle-fill", "ok"
        case OpeningState.BREAK:
            text = QCoreApplication.translate("Words", "Break until %1")
            return with_time(text, state.opens_at), "clock-fill", "warn"
        case OpeningState.CLOSED:
            return _opens_text(state.opens_at, now_local), "minus-circle", "text-2"
        case OpeningState.UNKNOWN:
            text = QCoreApplication.translate("Words", "hours not stated")
            return text, "question-fill", "text-3"


def _open_text(until: datetime | None, now_local: datetime) -> str:
    text = QCoreApplication.translate("Words", "Open until %1")
    if until is None:
        return with_time(text, until)
    is_midnight = until.time() == MIDNIGHT
    last_day = (until - timedelta(days=1) if is_midnight else until).date()
    if last_day > now_local.date():
        text = QCoreApplication.translate("Words", "Open until %2, %1")
        text = text.replace("%2", day_words(last_day, "ddd"))
    return text.replace("%1", clock_text(MIDNIGHT)) if is_midnight else with_time(text, until)


def _opens_text(opens_at: datetime | None, now_local: datetime) -> str:
    if opens_at is None:
        return QCoreApplication.translate("Words", "Closed")
    days = (opens_at.date() - now_local.date()).days
    if days == 0:
        text = QCoreApplication.translate("Words", "Closed, opens at %1")
    elif days == 1:
        text = QCoreApplication.translate("Words", "Closed, tomorrow from %1")
    else:
        # A weekday's name would mean the nearest one.
        day = day_words(opens_at.date(), "ddd" if days < DAYS_OF_A_WEEK else "d MMMM")
        text = QCoreApplication.translate("Words", "Closed, %2 from %1").replace("%2", day)
    return with_time(text, opens_at)


def entry_texts(entry: Entry, unit_title: str = "") -> tuple[str, str]:
    """What to say and what to send of an entry; ``unit_title`` names the unit of an official."""
    match entry.details:
        case UnitDetails() as unit:
            spoken = _sentences(entry.title, _reached(unit.phones, unit.address))
            written = [entry.title, entry.body, spoken, _email(unit.email)]
        case PersonDetails() as person:
            post = ", ".join(part for part in (person.post, unit_title) if part)
            name = f"{post}: {entry.title}" if post else entry.title
            spoken = _sentences(
                name, _in_room(person.room), _received(person), _reached(person.phones, "")
            )
            written = [spoken, entry.body, _email(person.email)]
        case TopicDetails() as topic:
            spoken = _sentences(entry.title, _answered_within(topic.answer_term))
            written = [spoken, entry.body]
        case ServiceDetails() as service:
            steps = [f"{number}. {step}" for number, step in enumerate(service.steps, start=1)]
            spoken = entry.body or " ".join(service.steps)
            written = [entry.body or "\n".join(steps), *_needed(service)]
        case _:
            return entry.spoken or entry.body, entry.body
    return entry.spoken or spoken, "\n".join(part for part in written if part)


def _sentences(title: str, *others: str) -> str:
    return " ".join(part for part in (f"{title}.", *others) if part)


def _reached(phones: Sequence[Phone], address: str) -> str:
    parts = []
    if phones:
        numbers = "; ".join(_phone(phone) for phone in phones)
        parts.append(QCoreApplication.translate("Words", "Phone: %1.").replace("%1", numbers))
    if address:
        parts.append(QCoreApplication.translate("Words", "Address: %1.").replace("%1", address))
    return " ".join(parts)


def _phone(phone: Phone) -> str:
    number = phone.number
    if phone.extension:
        ext = QCoreApplication.translate("Words", "ext. %1").replace("%1", phone.extension)
        number = f"{number}, {ext}"
    return f"{number} ({phone.purpose})" if phone.purpose else number


def _in_room(room: str) -> str:
    if not room:
        return ""
    return QCoreApplication.translate("Words", "Room %1.").replace("%1", room)


def _received(person: PersonDetails) -> str:
    if not person.reception:
        return ""
    text = QCoreApplication.translate("Words", "Receives visitors: %1.")
    return text.replace("%1", person.reception)


def _needed(service: ServiceDetails) -> Iterator[str]:
    """What to bring, how long it takes and what it costs."""
    for text, value in (
        (QCoreApplication.translate("Words", "Documents: %1"), "; ".join(service.documents)),
        (QCoreApplication.translate("Words", "Term: %1"), service.term),
        (QCoreApplication.translate("Words", "Fee: %1"), service.fee),
    ):
        if value:
            yield text.replace("%1", value)


def _email(email: str) -> str:
    if not email:
        return ""
    return QCoreApplication.translate("Words", "E-mail: %1").replace("%1", email)


def answer_term(term: AnswerTerm) -> str:
    """So many days, working or calendar."""
    counted = Counted()
    working = term.kind == "working"
    return counted.working_days(term.days) if working else counted.calendar_days(term.days)


def _answered_within(term: AnswerTerm | None) -> str:
    if term is None:
        return ""
    text = QCoreApplication.translate("Words", "Answered within %1.")
    return text.replace("%1", answer_term(term))


def directory_mended(damaged_file: str) -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "The directory was damaged and has been mended")
    body = QCoreApplication.translate(
        "Words", "Nothing of it was lost. The damaged file is kept as %1 for the administrator."
    )
    return head, body.replace("%1", damaged_file)


def directory_not_mended() -> str:
    return QCoreApplication.translate("Words", "The directory is damaged and cannot be mended")


def index_not_made() -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "The directory's index could not be made anew")
    body = QCoreApplication.translate(
        "Words", "The disk refuses it. The search goes on; tell the administrator."
    )
    return head, body


def not_read(error: Exception) -> tuple[str, str]:
    """That the directory cannot be read while the program runs, and what to do about it."""
    head = QCoreApplication.translate("Words", "The directory cannot be read")
    reason = error.reason if isinstance(error, DirectoryUnusable) else ""
    if isinstance(error, DirectoryTooNew):
        return head, directory_problem(error)[1]
    if reason.startswith("SQLITE_FULL"):
        body = QCoreApplication.translate(
            "Words", "The disk is full. Free some space: then it goes on by itself."
        )
    elif reason.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "not_a_directory")):
        body = QCoreApplication.translate(
            "Words",
            "Its file directory.db is damaged. Restart the program; if that is no help,"
            " call the administrator.",
        )
    elif reason.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        body = QCoreApplication.translate(
            "Words", "Another program holds its file, such as a backup. Try again in a minute."
        )
    else:
        body = QCoreApplication.translate(
            "Words",
            "The disk does not give its file directory.db. Try again; if that is no help,"
            " restart the program and call the administrator. Calls go on as before.",
        )
    return head, body


def directory_problem(error: DirectoryError) -> tuple[str, str]:
    """Why the directory does not open and what to do."""
    head = QCoreApplication.translate("Words", "The directory does not open")
    if isinstance(error, DirectoryTooNew):
        body = QCoreApplication.translate(
            "Words", "A newer version of the program wrote it. Install that version."
        )
    else:
        body = directory_damaged()
    return head, body


def directory_damaged() -> str:
    """What became of the file, and what may be done."""
    return QCoreApplication.translate(
        "Words",
        "Its file directory.db is damaged or the disk refuses it. The administrator may move"
        " it away: the program makes it anew at the next start.",
    )
