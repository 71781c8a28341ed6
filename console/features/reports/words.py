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
    return QCoreApplication.translate("Words", "Your role does not see reports")


def export_refused() -> str:
    return QCoreApplication.translate("Words", "Your role does not export reports")


def total() -> str:
    return QCoreApplication.translate("Words", "Total")


def records_apart() -> str:
    """Note on the counting of records that are not calls."""
    return QCoreApplication.translate(
        "Words",
        "Requests without a call, registered by hand, and further questions of one call stand"
        " apart: no wait, talk or missed call is counted of them. Results are of all records.",
    )


def kind_of_record(record: CallRecord) -> str:
    """Kind of a record, for the list of a period."""
    if record.part_of is not None:
        return QCoreApplication.translate("Words", "Further question")
    if record.way is not None:
        return call_words.way_name(record.way)
    if record.direction == "outgoing":
        return QCoreApplication.translate("Words", "Outgoing call")
    if record.out_of_hours:
        return QCoreApplication.translate("Words", "Incoming call out of hours")
    return QCoreApplication.translate("Words", "Incoming call")


def formal_appeals() -> str:
    """Label of the calls whose callers wanted a formal appeal (1.3)."""
    return QCoreApplication.translate("Words", "of them asked for a formal appeal under 59-FZ")


def pace_step(step: PaceStep) -> str:
    """Name of a measured interval, with its start and end."""
    match step:
        case PaceStep.ANSWER:
            return QCoreApplication.translate("Words", "From ring to answer")
        case PaceStep.FIRST_KEY:
            return QCoreApplication.translate("Words", "From answer to the first key in the card")
        case PaceStep.HIT:
            return QCoreApplication.translate("Words", "From answer to a hit of the directory")
        case PaceStep.SAVED:
            return QCoreApplication.translate("Words", "From hang-up to saved")
        case _ as unreachable:
            assert_never(unreachable)


def calls_lead(line_hours: str) -> str:
    text = QCoreApplication.translate("Words", "Incoming calls; the line's working hours: %1.")
    return text.replace("%1", line_hours)


def hours_in_force(lines: Sequence[tuple[date, LineHours]], first: date, last: date) -> str:
    """Line hours of the period; each change with the day from which it is valid."""
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
    return QCoreApplication.translate("Words", "no body")


def messages_file_name() -> str:
    return QCoreApplication.translate("Words", "messages")


def messages_lead() -> str:
    return QCoreApplication.translate(
        "Words", "What came in the period, and what has become of it by now."
    )


def message_notes() -> tuple[str, ...]:
    """Notes on the counting, for the printed report and the parameter sheet."""
    return (
        QCoreApplication.translate(
            "Words",
            "Received = registered + refused + removed as repetitions + under review. A decision"
            " that was taken back within 15 seconds is not counted.",
        ),
        QCoreApplication.translate(
            "Words",
            "Decided in time: within the term of par. 7.11 from the moment of par. 7.12. Days to"
            " the decision are working days after that moment.",
        ),
        QCoreApplication.translate(
            "Words",
            "Answers are counted as they were sent to authors, each by its own term; up to a"
            " promised date it is in time. In time = in time / (in time + late). Days to the"
            " answer are calendar days from the beginning of the term.",
        ),
        QCoreApplication.translate(
            "Words",
            "A message stands under the body that has it now. A refusal may rest on several"
            " grounds. Streets with fewer than three messages stand together.",
        ),
    )


def of_them_public(count: int) -> str:
    return QCoreApplication.translate("Words", "public: %1").replace("%1", str(count))


def of_answers(count: int) -> str:
    return QCoreApplication.translate("Words", "answers: %1").replace("%1", str(count))


def of_ratings(count: int) -> str:
    return QCoreApplication.translate("Words", "ratings: %1").replace("%1", str(count))


def of_the_period(count: int) -> str:
    return QCoreApplication.translate("Words", "of the period: %1").replace("%1", str(count))


def half_within(name: str) -> str:
    return QCoreApplication.translate("Words", "%1: half within").replace("%1", name)


def most_within(name: str) -> str:
    return QCoreApplication.translate("Words", "%1: nine of ten within").replace("%1", name)


def channel(of: Channel) -> str:
    return {
        Channel.CALL: QCoreApplication.translate("Words", "telephone call"),
        Channel.PLATFORM: QCoreApplication.translate("Words", "platform"),
        Channel.MANUAL: QCoreApplication.translate("Words", "by hand, without a call"),
    }[of]


def street_group(group: StreetGroup) -> str:
    return {
        StreetGroup.RARE: QCoreApplication.translate("Words", "streets with one or two messages"),
        StreetGroup.NONE: QCoreApplication.translate("Words", "place without a street"),
    }[group]


def unfit_file_name() -> str:
    return QCoreApplication.translate("Words", "categories")


def unfit_lead() -> str:
    return QCoreApplication.translate("Words", "What no category fitted in the period (par. 2.6).")


def unfit_notes() -> tuple[str, ...]:
    return (
        QCoreApplication.translate(
            "Words",
            "What was looked for in vain is of all the time that the directory remembers.",
        ),
    )


def unfit_kind(kind: Unfit) -> str:
    return {
        Unfit.OTHER: QCoreApplication.translate("Words", "Category “Other”"),
        Unfit.REFUSED: QCoreApplication.translate("Words", "Refused: no category (par. 7.7)"),
        Unfit.CORRECTED: QCoreApplication.translate("Words", "Category corrected"),
    }[kind]


def different_searches() -> str:
    return QCoreApplication.translate("Words", "different ones")


def proposed_route(organ: str) -> str:
    text = QCoreApplication.translate("Words", "Messages of this category go to: %1")
    return text.replace("%1", organ)


def other_organs_file_name() -> str:
    return QCoreApplication.translate("Words", "other bodies")


def other_organs_lead() -> str:
    return QCoreApplication.translate(
        "Words",
        "What went to another body than that of its topic (par. 7.9).",
    )


def not_read() -> str:
    return QCoreApplication.translate("Words", "The report could not be read just now")


def all_workplaces() -> str:
    """Precedes the sentence on the counted records."""
    return QCoreApplication.translate("Words", "All workplaces.")


def centre_unread(code: str) -> str:
    """Reason why the figures of all workplaces are unavailable, with advice."""
    if code == "rights_missing":
        return QCoreApplication.translate(
            "Words", "Your login does not see these figures of all workplaces"
        )
    if code in ("not_signed_in", "sign_in_refused"):
        return QCoreApplication.translate(
            "Words", "You came in without the centre: sign in again while it answers"
        )
    return with_keys(
        QCoreApplication.translate(
            "Words", "The centre does not answer: the figures of this workplace are there (Alt+G)"
        ),
        Key.REPORT_SCOPE,
    )


def message_elsewhere() -> str:
    return QCoreApplication.translate("Words", "The message is kept at another workplace")


def behind_number(row: str, column: str, count: int) -> str:
    """Title of the list of messages behind a figure."""
    number = Counted().messages(count)
    return " · ".join(part for part in (row, column, number) if part)


def nothing_to_list() -> str:
    return QCoreApplication.translate("Words", "No messages stand behind this number")
