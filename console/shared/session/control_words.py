"""Display texts of call control: dialling, hold, consultation, transfer, recording, failures."""

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.keymap import with_keys
from console.core.record_words import Record
from console.shared.session.call_words import command_refused
from telephony.events import EndCause


def called_back(number: str) -> str:
    """Content of the record of a callback about a notification."""
    return Record().called_back().replace("%1", number)


BUSY, NOT_FOUND, DECLINED = (486, 600), (404, 410, 484, 604), (403, 603)
NO_ANSWER = (408, 480, 487)


def status_reason(status_code: int | None) -> str:
    """Reason why a number was not reached, derived from the SIP status."""
    if status_code in BUSY:
        return QCoreApplication.translate("Words", "the number is busy")
    if status_code in NO_ANSWER:
        return QCoreApplication.translate("Words", "there is no answer")
    if status_code in NOT_FOUND:
        return QCoreApplication.translate("Words", "no such number")
    if status_code in DECLINED:
        return QCoreApplication.translate("Words", "the call was declined")
    if status_code is None:
        return QCoreApplication.translate("Words", "the PBX gave no reason")
    text = QCoreApplication.translate("Words", "the PBX rejected it (code %1)")
    return text.replace("%1", str(status_code))


def transfer_failed(reason: str) -> str:
    return QCoreApplication.translate("Words", "Not transferred: %1").replace("%1", reason)


def caller_comes_back() -> str:
    """Announces the caller's return before the remote party has confirmed it."""
    return QCoreApplication.translate("Words", "The caller returns to you.")


def caller_waits() -> str:
    return with_keys(
        QCoreApplication.translate(
            "Words", "The caller is on hold: F3 resumes, F7 tries another number."
        ),
        Key.HOLD,
        Key.TRANSFER,
    )


def caller_waits_behind() -> str:
    """Advice while the operator talks to another caller."""
    return with_keys(
        QCoreApplication.translate(
            "Words", "The caller is still on hold: Shift+F9 switches to them."
        ),
        Key.SWITCH,
    )


def asked_about_already() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "You are already consulting about this caller"),
        with_keys(
            QCoreApplication.translate("Words", "F7 connects them, F3 returns to the caller."),
            Key.TRANSFER,
            Key.HOLD,
        ),
    )


def held_has_left() -> tuple[str, str]:
    """Notice that a held caller hung up while the operator was talking to another caller."""
    return (
        QCoreApplication.translate("Words", "The caller on hold hung up"),
        with_keys(
            QCoreApplication.translate("Words", "Their record is in drafts: Ctrl+Shift+D."),
            Key.DRAFTS,
        ),
    )


def handed_over() -> str:
    return QCoreApplication.translate("Words", "Caller transferred")


def hand_over_goes_on() -> str:
    return with_keys(
        QCoreApplication.translate(
            "Words", "Transfer in progress: wait for the outcome, or return to the caller with F3"
        ),
        Key.HOLD,
    )


def nobody_to_transfer() -> str:
    return QCoreApplication.translate("Words", "No caller to transfer")


def wait_for_answer() -> str:
    return QCoreApplication.translate("Words", "Wait for an answer")


def press_again_to_end_both() -> str:
    return with_keys(
        QCoreApplication.translate(
            "Words", "Both calls would end: to end them, press F8 again in a second"
        ),
        Key.HANG_UP,
    )


def call_has_changed() -> str:
    return with_keys(
        QCoreApplication.translate(
            "Words",
            "F8 was ignored: the active call has just changed. Press it again to end this one",
        ),
        Key.HANG_UP,
    )


def line_is_busy() -> str:
    return QCoreApplication.translate("Words", "Finish the current call first")


def recording_failed() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The call is no longer recorded"),
        QCoreApplication.translate(
            "Words",
            "Cannot write the recording to disk; the call continues. Tell the administrator.",
        ),
    )


def consultation_over(cause: EndCause, status_code: int | None) -> str:
    """Reason why the consultation ended; empty if the operator ended it."""
    match cause:
        case EndCause.FAR_END:
            return QCoreApplication.translate("Words", "The other party hung up")
        case EndCause.BUSY:
            reason = status_reason(BUSY[0])
        case EndCause.NOT_ANSWERED:
            reason = status_reason(NO_ANSWER[0])
        case EndCause.FAILED | EndCause.REJECTED:
            reason = status_reason(status_code)
        case _:
            return ""
    return QCoreApplication.translate("Words", "Not reached: %1").replace("%1", reason)


def _deed(command: str) -> str:
    known = {
        "answer": QCoreApplication.translate("Words", "answer the call"),
        "hang_up": QCoreApplication.translate("Words", "end the call"),
        "hold": QCoreApplication.translate("Words", "hold the caller"),
        "resume": QCoreApplication.translate("Words", "take the caller off hold"),
        "set_muted": QCoreApplication.translate("Words", "toggle the microphone"),
        "record": QCoreApplication.translate("Words", "toggle recording"),
        "transfer": QCoreApplication.translate("Words", "transfer the caller"),
        "consult": QCoreApplication.translate("Words", "start a consult"),
        "complete": QCoreApplication.translate("Words", "connect the two"),
        "set_conference": QCoreApplication.translate("Words", "start conference"),
        "call": QCoreApplication.translate("Words", "call the number"),
    }
    return known.get(command, command)


def not_confirmed(command: str) -> tuple[str, str]:
    """Notice that a command was not confirmed in time and has no effect."""
    head = QCoreApplication.translate("Words", "Could not %1: try again")
    return (
        head.replace("%1", _deed(command)),
        QCoreApplication.translate("Words", "The other party did not confirm within 3 seconds."),
    )


def refused(command: str, code: str) -> tuple[str, str]:
    if command == "record" and code == "no_media":
        return (
            QCoreApplication.translate("Words", "Call recording is off here"),
            QCoreApplication.translate("Words", "The administrator sets the recording folder."),
        )
    head = QCoreApplication.translate("Words", "Could not %1").replace("%1", _deed(command))
    return head, command_refused(code) + "."


def waiting_for(command: str) -> str:
    """Status of a pending command."""
    known = {
        "answer": QCoreApplication.translate("Words", "connecting…"),
        "hang_up": QCoreApplication.translate("Words", "ending…"),
        "hold": QCoreApplication.translate("Words", "holding…"),
        "resume": QCoreApplication.translate("Words", "returning…"),
        "transfer": QCoreApplication.translate("Words", "transferring…"),
        "consult": QCoreApplication.translate("Words", "holding…"),
        "complete": QCoreApplication.translate("Words", "connecting…"),
        "set_conference": QCoreApplication.translate("Words", "joining…"),
    }
    return known.get(command, "")


def dialling() -> str:
    return QCoreApplication.translate("Words", "dialling")


def far_rings() -> str:
    return QCoreApplication.translate("Words", "ringing there")


def on_hold() -> str:
    return QCoreApplication.translate("Words", "On hold")


def held_long() -> str:
    return QCoreApplication.translate("Words", "on hold over a minute")


def held_too_long() -> str:
    return QCoreApplication.translate("Words", "on hold over two minutes")


def go_back_to_caller() -> str:
    return QCoreApplication.translate("Words", "Return to the caller")


def held_by_far() -> str:
    return QCoreApplication.translate("Words", "You are on hold")


def consulting() -> str:
    return QCoreApplication.translate("Words", "consulting")


def caller_held(who: str) -> str:
    """Label after the duration of the hold."""
    return QCoreApplication.translate("Words", "on hold: %1").replace("%1", who)


def three_hear() -> str:
    return QCoreApplication.translate("Words", "all three hear each other")


def conference() -> str:
    return QCoreApplication.translate("Words", "three-way")


def both(first: str, second: str) -> str:
    text = QCoreApplication.translate("Words", "%1 and %2", "two on the line")
    return text.replace("%1", first).replace("%2", second)


def handing_over() -> str:
    return QCoreApplication.translate("Words", "transferring")


def handed_to(target: str) -> str:
    return QCoreApplication.translate("Words", "To %1").replace("%1", target)


def recording() -> str:
    return QCoreApplication.translate("Words", "Recording")


def recording_paused() -> str:
    return QCoreApplication.translate("Words", "Recording paused")


def recording_key() -> str:
    return with_keys(
        QCoreApplication.translate("Words", "Shift+F3 pauses and resumes recording"),
        Key.PAUSE_RECORDING,
    )


def second_call(who: str) -> str:
    return QCoreApplication.translate("Words", "Second call: %1").replace("%1", who)


def waits() -> str:
    return QCoreApplication.translate("Words", "waiting")


def and_more(count: int) -> str:
    return QCoreApplication.translate("Words", "and %1 more").replace("%1", str(count))


def answer_second() -> str:
    return QCoreApplication.translate("Words", "answer, hold the first")


def switch_over() -> str:
    return QCoreApplication.translate("Words", "switch")
