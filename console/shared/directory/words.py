"""Display texts of the directory: entries, opening hours, documents, read and edit errors.

``hours_text`` and ``read_hours`` convert opening hours to text and back.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from console.core.default_keys import Key
from console.core.formats import (
    Counted,
    date_text,
    day_words,
    short_name,
    speaking_seconds,
    time_text,
    with_time,
)
from console.core.keymap import with_keys
from console.core.record_words import Record
from console.shared.directory.edited import EditNotSent, EditOvertaken
from kb.entries.attachments import FORMATS, LARGEST_BYTES, AttachmentFault, AttachmentKind
from kb.entries.entries import (
    AnswerTerm,
    Entry,
    EntryKind,
    PersonDetails,
    Phone,
    ServiceDetails,
    TopicDetails,
    UnitDetails,
)
from kb.entries.hours import (
    CITY_ZONE,
    MIDNIGHT,
    UNSTATED,
    WEEKDAYS,
    Opening,
    OpeningState,
    Span,
    WeekHours,
    clock_text,
)
from kb.errors import DirectoryError, DirectoryTooNew, DirectoryUnusable
from kb.search.query import Reading

GOOD_SPEAKING_S = 20


def speaking(text: str) -> tuple[str, str, bool]:
    """Reading time of a text, its assessment, and whether it is short enough."""
    if not text.strip():
        return "", "", True
    counted = Counted()
    seconds = speaking_seconds(text)
    length = f"{counted.seconds_aloud(seconds)} · {counted.words(len(text.split()))}"
    if seconds <= GOOD_SPEAKING_S:
        return length, counted.good_to(GOOD_SPEAKING_S), True
    return length, counted.too_long(GOOD_SPEAKING_S), False


def no_title() -> str:
    return QCoreApplication.translate("Words", "Untitled")


def _who(by: str) -> str:
    return short_name(by) if by else QCoreApplication.translate("Words", "Import")


def not_sent(error: Exception) -> str:
    """Reason why the central database rejected an edit; empty for other errors."""
    if not isinstance(error, EditNotSent):
        return ""
    match error.code:
        case "not_signed_in" | "sign_in_refused":
            return with_keys(
                QCoreApplication.translate(
                    "Words", "Signed in offline: lock (Ctrl+L) and sign in again"
                ),
                Key.LOCK,
            )
        case "refused" | "rights_missing":
            return QCoreApplication.translate("Words", "Central database denies this change")
        case "schema_missing":
            return QCoreApplication.translate(
                "Words", "Central database is older than this program: call the administrator"
            )
        case "older_branch" | "other_centre":
            return QCoreApplication.translate(
                "Words", "Another server answers for the central database: call the administrator"
            )
        case _:
            return QCoreApplication.translate("Words", "Central database not responding")


def overtaken(by: str, at_local: datetime) -> tuple[str, str]:
    """Notice that another user has just changed the same document and nothing was written."""
    head = QCoreApplication.translate("Words", "%1 changed the same item at %2")
    return (
        head.replace("%1", _who(by)).replace("%2", time_text(at_local)),
        QCoreApplication.translate("Words", "Nothing was saved. See the current version."),
    )


def not_written(error: Exception | None = None) -> tuple[str, str]:
    if isinstance(error, EditOvertaken):
        return overtaken(error.by, error.at.astimezone(CITY_ZONE))
    reason = not_sent(error) if error is not None else ""
    if reason:
        return (
            reason,
            QCoreApplication.translate("Words", "Nothing was changed; your input is kept."),
        )
    return (
        QCoreApplication.translate("Words", "Could not write the directory"),
        QCoreApplication.translate(
            "Words", "Your input is not lost: it stays in the form. Tell the administrator."
        ),
    )


def not_allowed() -> str:
    return QCoreApplication.translate("Words", "Your role cannot edit the directory")


DAYS_OF_A_WEEK = 7
MOST_COUNTED = 99  # more is shown as 99+


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
    """Plural name of a kind, as a heading."""
    match kind:
        case EntryKind.QUESTION:
            return QCoreApplication.translate("Words", "Questions")
        case EntryKind.UNIT:
            return QCoreApplication.translate("Words", "Authority contacts")
        case EntryKind.SERVICE:
            return QCoreApplication.translate("Words", "Services")
        case EntryKind.PERSON:
            return QCoreApplication.translate("Words", "Officials")
        case EntryKind.TOPIC:
            return QCoreApplication.translate("Words", "Topics")


def kind_name(kind: EntryKind) -> str:
    """Plural name of a kind in one short word."""
    match kind:
        case EntryKind.UNIT:
            return QCoreApplication.translate("Words", "Contacts", "many")
        case EntryKind.PERSON:
            return QCoreApplication.translate("Words", "People")
        case _:
            return kind_heading(kind)


def kind_count(count: int) -> str:
    """Number of entries found of a kind."""
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


def category_texts(topics: Sequence[Entry], categories: Sequence[Entry]) -> dict[str, str]:
    """Returns «Тема › Категория» by category id."""
    titles = {topic.id: topic.title for topic in topics}
    return {
        category.id: f"{titles.get(category.parent or '', category.parent)} › {category.title}"
        for category in categories
    }


def reading_text(typed: str, reading: Reading) -> str:
    """Query as interpreted by the search."""
    understood = " ".join(reading.words)
    text = QCoreApplication.translate("Words", "Searching for “%1”").replace("%1", understood)
    if reading.layout_corrected:
        return f"{text} · " + QCoreApplication.translate("Words", "layout corrected")
    if reading.typos_corrected:
        return f"{text} · " + QCoreApplication.translate("Words", "typos corrected")
    if reading.offered:
        like = QCoreApplication.translate("Words", "close to “%1”")
        return f"{text} · " + like.replace("%1", " ".join(reading.offered))
    return text


def offer_text(offered: str) -> str:
    """Query that Enter searches for after an empty result."""
    return QCoreApplication.translate("Words", "Enter: search for “%1”").replace("%1", offered)


def hit_count(shown: int, total: int) -> str:
    if total == 0:
        return QCoreApplication.translate("Words", "nothing found")
    return (
        QCoreApplication.translate("Words", "%1 of %2")
        .replace("%1", str(shown))
        .replace("%2", str(total))
    )


def frequent_heading() -> str:
    return QCoreApplication.translate("Words", "Most asked")


def checked_on(day: date) -> str:
    return QCoreApplication.translate("Words", "checked %1").replace("%1", date_text(day))


def stale(checked: str) -> str:
    return QCoreApplication.translate("Words", "%1 — out of date").replace("%1", checked)


def stale_mark() -> str:
    return QCoreApplication.translate("Words", "out of date", "entry")


def phone_texts(phone: Phone) -> tuple[str, ...]:
    """Texts of a phone number in a row, shortest first."""
    if not phone.extension:
        return (phone.number,)
    extension = QCoreApplication.translate("Words", "ext. %1").replace("%1", phone.extension)
    return extension, f"{phone.number}, {extension}"


def opening_text(state: Opening, now_local: datetime) -> tuple[str, str, str]:
    """Text, icon and colour role of a unit's current opening state."""
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
        # A weekday name would refer to the next such day.
        day = day_words(opens_at.date(), "ddd" if days < DAYS_OF_A_WEEK else "d MMMM")
        text = QCoreApplication.translate("Words", "Closed, %2 from %1").replace("%2", day)
    return with_time(text, opens_at)


def entry_texts(entry: Entry, unit_title: str = "") -> tuple[str, str]:
    """Text to read out and text to send for an entry; `unit_title` is the unit of an official.

    Both are stored in records and use the language of the register.
    """
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
        parts.append(Record().phone().replace("%1", numbers))
    if address:
        parts.append(Record().address().replace("%1", address))
    return " ".join(parts)


def _phone(phone: Phone) -> str:
    number = phone.number
    if phone.extension:
        ext = Record().extension().replace("%1", phone.extension)
        number = f"{number}, {ext}"
    return f"{number} ({phone.purpose})" if phone.purpose else number


def _in_room(room: str) -> str:
    if not room:
        return ""
    return Record().room().replace("%1", room)


def _received(person: PersonDetails) -> str:
    if not person.reception:
        return ""
    return Record().receives().replace("%1", person.reception)


def _needed(service: ServiceDetails) -> Iterator[str]:
    record = Record()
    for text, value in (
        (record.documents(), "; ".join(service.documents)),
        (record.term(), service.term),
        (record.fee(), service.fee),
    ):
        if value:
            yield text.replace("%1", value)


def _email(email: str) -> str:
    if not email:
        return ""
    return Record().email().replace("%1", email)


def answer_term(term: AnswerTerm) -> str:
    """Deadline in working or calendar days."""
    counted = Counted()
    working = term.kind == "working"
    return counted.working_days(term.days) if working else counted.calendar_days(term.days)


def _answered_within(term: AnswerTerm | None) -> str:
    if term is None:
        return ""
    record = Record()
    working = term.kind == "working"
    days = record.working_days(term.days) if working else record.calendar_days(term.days)
    return record.answered_within().replace("%1", days)


def directory_mended(damaged_file: str) -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "The directory was damaged and has been repaired")
    body = QCoreApplication.translate(
        "Words", "No entries were lost. The damaged file is kept as %1 for the administrator."
    )
    return head, body.replace("%1", damaged_file)


def directory_not_mended() -> str:
    return QCoreApplication.translate("Words", "The directory is damaged and cannot be repaired")


def index_not_made() -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "Could not rebuild the directory index")
    body = QCoreApplication.translate(
        "Words", "Cannot write to disk. Search still works; tell the administrator."
    )
    return head, body


def not_read(error: Exception) -> tuple[str, str]:
    """Notice that the directory became unreadable, with advice."""
    head = QCoreApplication.translate("Words", "The directory cannot be read")
    reason = error.reason if isinstance(error, DirectoryUnusable) else ""
    if isinstance(error, DirectoryTooNew):
        return head, directory_problem(error)[1]
    if reason.startswith("SQLITE_FULL"):
        body = QCoreApplication.translate(
            "Words", "The disk is full. Free up space and it will resume by itself."
        )
    elif reason.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "not_a_directory")):
        body = QCoreApplication.translate(
            "Words",
            "Its file directory.db is damaged. Restart the program; if that does not "
            "help, call the administrator.",
        )
    elif reason.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        body = QCoreApplication.translate(
            "Words",
            "Its file is in use by another program, such as a backup. Try again in a minute.",
        )
    else:
        body = QCoreApplication.translate(
            "Words",
            "Cannot read directory.db from disk. Try again; if that does not help, "
            "restart the program and call the administrator. Calls still work.",
        )
    return head, body


def directory_problem(error: DirectoryError) -> tuple[str, str]:
    """Reason why the directory cannot be opened, with advice."""
    head = QCoreApplication.translate("Words", "Cannot open the directory")
    if isinstance(error, DirectoryTooNew):
        body = QCoreApplication.translate(
            "Words", "It was written by a newer version of the program. Install that version."
        )
    else:
        body = directory_damaged()
    return head, body


def directory_damaged() -> str:
    """Status of a damaged file, with advice."""
    return QCoreApplication.translate(
        "Words",
        "The file directory.db is damaged or the disk fails. The administrator can move "
        "it away: the program recreates it at the next start.",
    )


def kind(kind: AttachmentKind) -> str:
    match kind:
        case AttachmentKind.REGULATION:
            return QCoreApplication.translate("Words", "Thematic regulation")
        case AttachmentKind.MAP:
            return QCoreApplication.translate("Words", "Process map")
        case AttachmentKind.DOCUMENT:
            return QCoreApplication.translate("Words", "Document")


def name_filter() -> str:
    """File filter of the dialog for attachments."""
    endings = " ".join(f"*{ending} *{ending.upper()}" for ending in FORMATS)
    return f"PDF, DOCX, PNG, JPG, TIFF ({endings})"


def fault(fault: AttachmentFault) -> tuple[str, str]:
    """Reason why a file cannot be attached, with advice."""
    head = QCoreApplication.translate("Words", "The file is not attached")
    match fault:
        case AttachmentFault.FORMAT:
            return head, QCoreApplication.translate(
                "Words", "Allowed: PDF, DOCX, PNG, JPG and TIFF. Save it as PDF and attach that."
            )
        case AttachmentFault.EMPTY:
            return head, QCoreApplication.translate("Words", "It is empty.")
        case AttachmentFault.TOO_LARGE:
            size = QLocale().formattedDataSize(LARGEST_BYTES, 0)
            text = QCoreApplication.translate(
                "Words",
                "It is larger than %1, and every workplace downloads it. Make it "
                "smaller, e.g. a PDF with lower-resolution images.",
            )
            return head, text.replace("%1", size)
        case AttachmentFault.OTHER_CONTENT:
            return head, QCoreApplication.translate(
                "Words", "Its content does not match its name. Open it and save it again."
            )


def file_not_read() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The file is not attached"),
        QCoreApplication.translate(
            "Words", "It cannot be read: is it there and not open elsewhere?"
        ),
    )


def attached() -> str:
    return QCoreApplication.translate("Words", "Document attached")


def closed() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The document is closed"),
        QCoreApplication.translate("Words", "It is kept but no longer shown to anyone."),
    )


def publish_first() -> str:
    return QCoreApplication.translate("Words", "Publish the entry first, then attach documents")


def not_opened() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Cannot open the document"),
        QCoreApplication.translate(
            "Words", "This computer has no program for it, or the disk is full."
        ),
    )


ONE_BREAK = 2  # working periods

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d\d))?")
_LINE = re.compile(r"(?P<days>\D*)(?P<spans>\d.*)?")


def hours_text(hours: WeekHours) -> str:
    """Opening hours, one line for consecutive days with equal hours; empty if not set."""
    if hours.around_the_clock:
        return _around_the_clock()
    lines = []
    day = 0
    while day < len(hours.days):
        last = day
        while last + 1 < len(hours.days) and hours.days[last + 1] == hours.days[day]:
            last += 1
        if hours.days[day]:
            lines.append(f"{_days_text(day, last)} {_spans_text(hours.days[day])}")
        day = last + 1
    if hours.keeps_short_days:
        lines.append(_short_days_kept())
    return "\n".join(lines)


def read_hours(text: str) -> WeekHours | None:
    """Parses opening hours; returns None for invalid text and unset hours for empty text."""
    cleaned = text.strip().casefold()
    if not cleaned:
        return UNSTATED
    if cleaned == _around_the_clock():
        return WeekHours(UNSTATED.days, around_the_clock=True)
    week: dict[str, object] = {}
    for line in re.split(r"[;\n]", cleaned):
        line = line.strip()
        if not line:
            continue
        if line == _short_days_kept():
            week["keeps_short_days"] = True
            continue
        if line.endswith(_day_off()) and _read_days(line.removesuffix(_day_off())):
            continue
        found = _LINE.fullmatch(line)
        days = _read_days(found["days"]) if found else None
        spans = _read_spans(found["spans"] or "") if found else None
        if not days or not spans:
            return None
        for day in days:
            if WEEKDAYS[day] in week:
                return None
            week[WEEKDAYS[day]] = spans
    try:
        hours = WeekHours.parse(week)
        return hours if any(hours.days) else None
    except ValueError:
        return None


def _days_text(first: int, last: int) -> str:
    names = _short_days()
    if (first, last) == (0, 6):
        return _every_day()
    if first == last:
        return names[first]
    return f"{names[first]}–{names[last]}"


def _spans_text(spans: Sequence[Span]) -> str:
    text = _span_text(spans[0][0], spans[-1][1])
    word = _lunch() if len(spans) == ONE_BREAK else _break()
    for earlier, later in zip(spans, spans[1:], strict=False):
        text += f", {word} {_span_text(earlier[1], later[0])}"
    return text


def _span_text(start: time, end: time) -> str:
    return f"{start.hour}:{start:%M}–{clock_text(end).removeprefix('0')}"


def _read_days(text: str) -> list[int] | None:
    numbers: dict[str, int] = {}
    for number, short in enumerate(_short_days()):
        numbers[short] = number
        long = QLocale().dayName(number + 1, QLocale.FormatType.LongFormat)
        numbers[long.casefold()] = number
    found: list[int] = []
    for part in text.strip(" ,:.").split(","):
        if part.strip(" :.") == _every_day():
            return list(range(7))
        ends = [numbers.get(end.strip(" :.")) for end in re.split(r"[-–—]", part)]
        match ends:
            case [int(only)]:
                found.append(only)
            case [int(first), int(last)] if first < last:
                found.extend(range(first, last + 1))
            case _:
                return None
    return found


def _read_spans(text: str) -> list[str] | None:
    """Returns working periods without the breaks, or None for invalid text."""
    work: list[tuple[str, str]] = []
    for part in text.split(","):
        part = part.strip()
        is_break = part.startswith((_lunch(), _break()))
        found = _SPAN.fullmatch(part.removeprefix(_lunch()).removeprefix(_break()).strip())
        if found is None:
            return None
        start = f"{int(found[1]):02}:{found[2] or '00'}"
        end = f"{int(found[3]):02}:{found[4] or '00'}"
        if end == "00:00":
            end = clock_text(MIDNIGHT)
        if not is_break:
            work.append((start, end))
            continue
        if not work or not work[-1][0] < start < end < work[-1][1]:
            return None
        work[-1:] = [(work[-1][0], start), (end, work[-1][1])]
    return [f"{start}-{end}" for start, end in work]


def _short_days() -> tuple[str, ...]:
    return (
        QCoreApplication.translate("Words", "mon"),
        QCoreApplication.translate("Words", "tue"),
        QCoreApplication.translate("Words", "wed"),
        QCoreApplication.translate("Words", "thu"),
        QCoreApplication.translate("Words", "fri"),
        QCoreApplication.translate("Words", "sat"),
        QCoreApplication.translate("Words", "sun"),
    )


def _every_day() -> str:
    return QCoreApplication.translate("Words", "daily")


def _around_the_clock() -> str:
    return QCoreApplication.translate("Words", "round the clock")


def _lunch() -> str:
    return QCoreApplication.translate("Words", "lunch")


def _break() -> str:
    return QCoreApplication.translate("Words", "break")


def _day_off() -> str:
    return QCoreApplication.translate("Words", "day off")


def _short_days_kept() -> str:
    """Line of a unit without shorter hours before holidays."""
    return QCoreApplication.translate("Words", "same hours before holidays")
