"""Display strings of reports: notes, column labels, file names and errors."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted, date_text, line_hours_text
from console.core.keymap import with_keys
from console.shared.session import call_words
from sync.register.calendar.line_hours import LineHours
from sync.register.calls.calls import CallRecord
from sync.register.figures.call_statistics import PaceStep
from sync.register.figures.report import StreetGroup, Unfit
from sync.register.figures.tables import Channel


def report_file_name() -> str:
    return QCoreApplication.translate("Words", "calls")


def reports_refused() -> str:
    return QCoreApplication.translate("Words", "Your role cannot view reports")


def export_refused() -> str:
    return QCoreApplication.translate("Words", "Your role cannot export reports")


def total() -> str:
    return QCoreApplication.translate("Words", "Total")


def records_apart() -> str:
    """Note on the counting of records that are not separate calls."""
    return QCoreApplication.translate(
        "Words",
        "Records without a call, entered by hand, and additional questions of a call are "
        "listed separately: they have no wait, talk or missed calls. Results cover all "
        "records.",
    )


def kind_of_record(record: CallRecord) -> str:
    """Kind of a record as display text, for the list of call records."""
    if record.part_of is not None:
        return QCoreApplication.translate("Words", "Additional question")
    if record.way is not None:
        return call_words.way_name(record.way)
    if record.direction == "outgoing":
        return QCoreApplication.translate("Words", "Outgoing call")
    if record.out_of_hours:
        return QCoreApplication.translate("Words", "After-hours incoming call")
    return QCoreApplication.translate("Words", "Incoming call")


def formal_appeals() -> str:
    """Label of the number of calls whose callers asked for a formal appeal (1.3)."""
    return QCoreApplication.translate("Words", "of which asked about a 59-FZ formal request")


def pace_step(step: PaceStep) -> str:
    """Name of a measured interval, with its start and end."""
    match step:
        case PaceStep.ANSWER:
            return QCoreApplication.translate("Words", "Ring to answer")
        case PaceStep.FIRST_KEY:
            return QCoreApplication.translate("Words", "Answer to first edit of the card")
        case PaceStep.HIT:
            return QCoreApplication.translate("Words", "Answer to directory match")
        case PaceStep.SAVED:
            return QCoreApplication.translate("Words", "Hang-up to save")
        case _ as unreachable:
            assert_never(unreachable)


def calls_lead(line_hours: str) -> str:
    text = QCoreApplication.translate("Words", "Incoming calls; line hours: %1.")
    return text.replace("%1", line_hours)


def hours_in_force(lines: Sequence[tuple[date, LineHours]], first: date, last: date) -> str:
    """Line hours of the period as display text; each change with the day from which it is valid."""
    (_since, hours), *later = lines
    since = QCoreApplication.translate("Words", "from %1: %2")
    told = [line_hours_text(hours, first, last)]
    for day, changed in later:
        text = line_hours_text(changed, first, last)
        told.append(since.replace("%1", date_text(day)).replace("%2", text))
    return "; ".join(told)


def no_topic() -> str:
    return QCoreApplication.translate("Words", "no topic")


def no_organ() -> str:
    return QCoreApplication.translate("Words", "no authority")


def messages_file_name() -> str:
    return QCoreApplication.translate("Words", "messages")


def messages_lead() -> str:
    return QCoreApplication.translate(
        "Words", "What was received in the period and its current status."
    )


def message_notes() -> tuple[str, ...]:
    """Notes on the counting rules, for the printed report and the parameter sheet of the Excel
    file.
    """
    return (
        QCoreApplication.translate(
            "Words",
            "Received = registered + refused + removed as duplicates + under review. A "
            "decision undone within 15 seconds is not counted.",
        ),
        QCoreApplication.translate(
            "Words",
            "Decided on time: within the par. 7.11 deadline, counted from the moment in "
            "par. 7.12. Days to decision are working days after that moment.",
        ),
        QCoreApplication.translate(
            "Words",
            "Answers count when sent to authors, each with its own deadline; up to the "
            "promised date it is on time. On time = on time / (on time + late). Days to "
            "answer are calendar days from the start of the term.",
        ),
        QCoreApplication.translate(
            "Words",
            "A message is listed under its current authority. A refusal may have several "
            "grounds. Streets with fewer than three messages are grouped.",
        ),
    )


def of_them_public(count: int) -> str:
    return QCoreApplication.translate("Words", "public: %1").replace("%1", str(count))


def of_answers(count: int) -> str:
    return QCoreApplication.translate("Words", "answers: %1").replace("%1", str(count))


def of_ratings(count: int) -> str:
    return QCoreApplication.translate("Words", "ratings: %1").replace("%1", str(count))


def of_the_period(count: int) -> str:
    return QCoreApplication.translate("Words", "for the period: %1").replace("%1", str(count))


def half_within(name: str) -> str:
    return QCoreApplication.translate("Words", "%1: median").replace("%1", name)


def most_within(name: str) -> str:
    return QCoreApplication.translate("Words", "%1: 90th percentile").replace("%1", name)


def channel(of: Channel) -> str:
    return {
        Channel.CALL: QCoreApplication.translate("Words", "phone call"),
        Channel.PLATFORM: QCoreApplication.translate("Words", "platform"),
        Channel.MANUAL: QCoreApplication.translate("Words", "by hand, no call"),
    }[of]


def street_group(group: StreetGroup) -> str:
    return {
        StreetGroup.RARE: QCoreApplication.translate("Words", "streets with 1–2 messages"),
        StreetGroup.NONE: QCoreApplication.translate("Words", "place with no street"),
    }[group]


def unfit_file_name() -> str:
    return QCoreApplication.translate("Words", "categories")


def unfit_lead() -> str:
    return QCoreApplication.translate("Words", "Messages that fit no category (par. 2.6).")


def unfit_notes() -> tuple[str, ...]:
    return (
        QCoreApplication.translate(
            "Words",
            "Failed searches cover all the time the directory remembers.",
        ),
    )


def unfit_kind(kind: Unfit) -> str:
    return {
        Unfit.OTHER: QCoreApplication.translate("Words", "Category “Other”"),
        Unfit.REFUSED: QCoreApplication.translate("Words", "Refused: no category (par. 7.7)"),
        Unfit.CORRECTED: QCoreApplication.translate("Words", "Category corrected"),
    }[kind]


def different_searches() -> str:
    return QCoreApplication.translate("Words", "distinct")


def proposed_route(organ: str) -> str:
    text = QCoreApplication.translate("Words", "Messages in this category go to: %1")
    return text.replace("%1", organ)


def other_organs_file_name() -> str:
    return QCoreApplication.translate("Words", "other authorities")


def other_organs_lead() -> str:
    return QCoreApplication.translate(
        "Words",
        "Sent to an authority other than the topic's (par. 7.9).",
    )


def not_read() -> str:
    return QCoreApplication.translate("Words", "The report cannot be read right now")


def all_workplaces() -> str:
    """Sentence placed before the description of the counted records, if all workplaces are
    counted.
    """
    return QCoreApplication.translate("Words", "All workplaces.")


def centre_unread(code: str) -> str:
    """Reason why the figures of all workplaces are unavailable, with advice."""
    if code == "rights_missing":
        return QCoreApplication.translate(
            "Words", "Your login cannot see these figures for all workplaces"
        )
    if code in ("not_signed_in", "sign_in_refused"):
        return QCoreApplication.translate(
            "Words", "You signed in offline: sign in again when the central database is up"
        )
    return with_keys(
        QCoreApplication.translate(
            "Words", "Central database not responding; figures for this workplace: Alt+G"
        ),
        Key.REPORT_SCOPE,
    )


def message_elsewhere() -> str:
    return QCoreApplication.translate("Words", "This message is stored at another workplace")


def behind_number(row: str, column: str, count: int) -> str:
    """Title of the list of messages that are counted in a figure."""
    number = Counted().messages(count)
    return " · ".join(part for part in (row, column, number) if part)


def nothing_to_list() -> str:
    return QCoreApplication.translate("Words", "No messages behind this figure")
