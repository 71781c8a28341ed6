"""Display texts of calls, manual records, additional questions, and locks of other operators."""

from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted, phone_text, short_name, time_text
from console.core.record_words import Record
from sync.register.calendar.line_hours import ClosedAct
from sync.register.calls.by_hand import MomentProblem
from sync.register.calls.calls import CallRecord, CallRoute, RequestWay
from sync.register.calls.missed import ClaimHolder, ClaimStage
from sync.register.numbering import RegistrationNumber


def way_name(way: RequestWay) -> str:
    """Intake channel, for the selection and the lists."""
    match way:
        case RequestWay.WALK_IN:
            return QCoreApplication.translate("Words", "In person")
        case RequestWay.MOBILE:
            return QCoreApplication.translate("Words", "Mobile")
        case RequestWay.LETTER:
            return QCoreApplication.translate("Words", "Letter")
        case RequestWay.OTHER:
            return QCoreApplication.translate("Words", "Other")
        case _:
            assert_never(way)


def record_title() -> str:
    return QCoreApplication.translate("Words", "Record without a call")


def question_title() -> str:
    return QCoreApplication.translate("Words", "Additional question, same person")


def made_by_hand() -> str:
    """Label after the number that marks a manual record."""
    return QCoreApplication.translate("Words", "by hand")


def question_of(first: RegistrationNumber) -> str:
    return QCoreApplication.translate("Words", "to record № %1").replace("%1", str(first))


def further_question() -> str:
    """Label before the content of an additional question in a list."""
    return QCoreApplication.translate("Words", "Additional question")


def opened_by_mistake() -> str:
    """Technical disposition of a record without a request."""
    return QCoreApplication.translate("Words", "opened by mistake")


def moment_unread() -> str:
    return QCoreApplication.translate(
        "Words", "Date and time not recognized: use 26.11.2026 14:30 or yesterday 14:30"
    )


def hour_missing() -> str:
    return QCoreApplication.translate("Words", "Add the time: 14:30")


def moment_problem(problem: MomentProblem) -> str:
    match problem:
        case MomentProblem.AHEAD:
            return QCoreApplication.translate(
                "Words", "This time is in the future: enter a past time"
            )
        case MomentProblem.TOO_OLD:
            return QCoreApplication.translate(
                "Words",
                "Before last month: keep today's date and put the old one in the text",
            )
        case _:
            assert_never(problem)


def record_saved() -> str:
    """Notice after saving a record that is not a call."""
    return QCoreApplication.translate("Words", "Record saved")


def nothing_to_divide() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "No call to add a question to"),
        QCoreApplication.translate("Words", "Open its card, or save it first."),
    )


def talking() -> str:
    return QCoreApplication.translate("Words", "Talking")


def wrap_up() -> str:
    return QCoreApplication.translate("Words", "Wrap-up")


def ready() -> str:
    return QCoreApplication.translate("Words", "Ready")


def disconnected() -> str:
    return QCoreApplication.translate("Words", "Disconnected")


def rings() -> str:
    return QCoreApplication.translate("Words", "ringing")


def not_heard() -> str:
    return QCoreApplication.translate("Words", "You cannot be heard")


def out_of_hours() -> str:
    return QCoreApplication.translate("Words", "After hours")


def out_of_hours_means(act: ClosedAct) -> str:
    """Effect of the business hours on incoming calls."""
    match act:
        case ClosedAct.RING:
            return QCoreApplication.translate(
                "Words", "The line is closed: calls still ring here and are counted separately"
            )
        case ClosedAct.ANNOUNCE:
            return QCoreApplication.translate(
                "Words", "The line is closed: callers hear the announcement"
            )
        case ClosedAct.REDIRECT:
            return QCoreApplication.translate(
                "Words", "The line is closed: calls go to the configured number"
            )
        case _ as unreachable:
            assert_never(unreachable)


def closed_line_refused(code: str) -> tuple[str, str]:
    """Reason why the rule for calls out of hours does not work, and the effect on callers."""
    head = QCoreApplication.translate("Words", "The line is closed, but calls still ring")
    known = {
        "bad_number": QCoreApplication.translate(
            "Words", "Cannot forward to the configured number: tell the administrator."
        ),
        "announcement_missing": QCoreApplication.translate(
            "Words", "The announcement file is missing: tell the administrator."
        ),
        "announcement_format": QCoreApplication.translate(
            "Words",
            "The announcement must be WAV, 8 or 16 kHz, 16-bit, mono: tell the administrator.",
        ),
    }
    unread = QCoreApplication.translate(
        "Words", "The announcement file cannot be read: tell the administrator."
    )
    return head, known.get(code, unread)


def line_free() -> str:
    return QCoreApplication.translate("Words", "The line is free")


def no_calls_arrive() -> str:
    return QCoreApplication.translate("Words", "Calls are not arriving")


def without_phone() -> str:
    return QCoreApplication.translate("Words", "no connection")


def hidden_number() -> str:
    return QCoreApplication.translate("Words", "Hidden number")


def saves_at_end() -> str:
    return QCoreApplication.translate("Words", "The record closes with the call")


def saves_at_end_more() -> str:
    return QCoreApplication.translate("Words", "Keep typing: everything is saved until hang-up.")


def second_call(count: int) -> str:
    return Counted().calls_waiting(count)


def probably(name: str) -> str:
    return QCoreApplication.translate("Words", "Probably %1").replace("%1", name)


def line(number: str) -> str:
    return QCoreApplication.translate("Words", "line %1").replace("%1", number)


def route(told: CallRoute) -> str:
    """Route of a call; empty if the network sent no data on it."""
    parts = (
        (QCoreApplication.translate("Words", "queue %1"), told.queue),
        (
            QCoreApplication.translate("Words", "transferred by %1"),
            number_or_name(told.transferred_by),
        ),
        (
            QCoreApplication.translate("Words", "forwarded from %1"),
            number_or_name(told.diverted_from),
        ),
    )
    return " · ".join(text.replace("%1", value) for text, value in parts if value)


def number_or_name(told: str) -> str:
    """Formatted phone number; an internal number or a name is returned unchanged."""
    return phone_text(told) if told.startswith("+") else told


def waited(duration: str) -> str:
    return QCoreApplication.translate("Words", "waited %1").replace("%1", duration)


def end_cause(code: str | None) -> str:
    """Reason for the end of a call; codes of a newer phone process are shown unchanged."""
    if code is None:
        return ""
    known = {
        "caller_gave_up": QCoreApplication.translate("Words", "caller abandoned"),
        "answered_elsewhere": QCoreApplication.translate("Words", "answered by a colleague"),
        "rejected": QCoreApplication.translate("Words", "rejected"),
        "busy": QCoreApplication.translate("Words", "busy"),
        "not_answered": QCoreApplication.translate("Words", "not answered in time"),
        "far_end": QCoreApplication.translate("Words", "the caller hung up"),
        "near_end": QCoreApplication.translate("Words", "you hung up"),
        "do_not_disturb": QCoreApplication.translate("Words", "arrived while you were not ready"),
        "nobody_there": QCoreApplication.translate(
            "Words", "arrived while the window was closed or frozen"
        ),
        "announced_out_of_hours": QCoreApplication.translate(
            "Words", "heard the after-hours announcement"
        ),
        "redirected_out_of_hours": QCoreApplication.translate("Words", "forwarded after hours"),
        "cancelled": QCoreApplication.translate("Words", "cancelled"),
        "transferred": QCoreApplication.translate("Words", "transferred"),
        "replaced": QCoreApplication.translate("Words", "taken over by another call"),
        "no_common_codec": QCoreApplication.translate("Words", "not accepted: no common codec"),
        "no_common_encryption": QCoreApplication.translate(
            "Words", "not accepted: no common encryption"
        ),
        "failed": QCoreApplication.translate("Words", "technical failure"),
    }
    return known.get(code, code)


def further_tries(count: int, last_at: datetime) -> str:
    """Number of further attempts of the caller and the local time of the last one."""
    return Record().further_tries(count).replace("%1", time_text(last_at))


def unanswered(code: str | None) -> str:
    """Outcome of an unanswered call, short enough for a list."""
    known = {
        "caller_gave_up": QCoreApplication.translate("Words", "abandoned"),
        "answered_elsewhere": QCoreApplication.translate("Words", "answered by a colleague"),
        "not_answered": QCoreApplication.translate("Words", "nobody answered"),
        "rejected": QCoreApplication.translate("Words", "rejected"),
        "busy": QCoreApplication.translate("Words", "line was busy"),
        "do_not_disturb": QCoreApplication.translate("Words", "no calls taken"),
        "nobody_there": QCoreApplication.translate("Words", "window not running"),
        "announced_out_of_hours": QCoreApplication.translate("Words", "announcement"),
        "redirected_out_of_hours": QCoreApplication.translate("Words", "forwarded"),
        "no_common_codec": QCoreApplication.translate("Words", "no common codec"),
        "no_common_encryption": QCoreApplication.translate("Words", "no common encryption"),
        "failed": QCoreApplication.translate("Words", "technical failure"),
    }
    return known.get(code or "", QCoreApplication.translate("Words", "not answered"))


def call_over(card: CallRecord | None, zone: ZoneInfo) -> str:
    """Text of the call block after the call: the party that hung up, and the time."""
    if card is None or card.ended_at is None:
        return QCoreApplication.translate("Words", "Call ended")
    text = QCoreApplication.translate("Words", "%1 at %2")
    return text.replace("%1", end_cause(card.end_cause)).replace(
        "%2", time_text(card.ended_at.astimezone(zone))
    )


def command_refused(code: str) -> str:
    """Reason why the phone rejected a command."""
    known = {
        "unknown_call": QCoreApplication.translate("Words", "This call has already ended"),
        "wrong_state": QCoreApplication.translate("Words", "Not possible for this call now"),
        "no_media": QCoreApplication.translate("Words", "No sound device for the call"),
        "not_connected": QCoreApplication.translate("Words", "The phone is not connected"),
        "busy": QCoreApplication.translate("Words", "Another change to this call is in progress"),
        "refused": QCoreApplication.translate("Words", "The other party does not allow it"),
        "no_consultation": QCoreApplication.translate(
            "Words", "No one was consulted about the caller"
        ),
        "bad_number": QCoreApplication.translate("Words", "This number cannot be dialled"),
    }
    return known.get(code, QCoreApplication.translate("Words", "The phone failed to do that"))


def in_list(holder: ClaimHolder) -> tuple[str, str, str]:
    """Text, icon and colour role of a locked number, shown instead of the outcome of the call."""
    match holder.stage:
        case ClaimStage.CALLING:
            text, icon = QCoreApplication.translate("Words", "%1 is calling"), "phone-outgoing"
        case ClaimStage.TALKING:
            text, icon = QCoreApplication.translate("Words", "%1 is talking"), "headset"
        case ClaimStage.WRITING:
            text = QCoreApplication.translate("Words", "%1 is writing the record")
            icon = "note-pencil"
        case _:
            assert_never(holder.stage)
    return text.replace("%1", short_name(holder.by_name)), icon, "accent"


def held(holder: ClaimHolder) -> tuple[str, str]:
    """Warning shown instead of dialling a locked number."""
    match holder.stage:
        case ClaimStage.CALLING:
            head = QCoreApplication.translate("Words", "%1 is calling this number now")
        case ClaimStage.TALKING:
            head = QCoreApplication.translate("Words", "%1 is talking with this number now")
        case ClaimStage.WRITING:
            head = QCoreApplication.translate("Words", "%1 is writing up a call with this number")
        case _:
            assert_never(holder.stage)
    body = QCoreApplication.translate("Words", "Press again to call anyway.")
    return head.replace("%1", short_name(holder.by_name)), body
