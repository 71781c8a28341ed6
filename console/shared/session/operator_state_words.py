"""Display texts of operator states, their reasons, and the presence published to the PBX."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.keymap import with_keys
from sync.register.people.operator_states import NO_RIGHT, UNANSWERED, Cause, Doing, Standing
from telephony.presence import Activity, Presence, PublicationState


def doing(state: Doing) -> str:
    """Name of the state, one or two words."""
    match state:
        case Doing.OFFLINE:
            return QCoreApplication.translate("Words", "Disconnected")
        case Doing.READY:
            return QCoreApplication.translate("Words", "Ready")
        case Doing.TALKING:
            return QCoreApplication.translate("Words", "Talking")
        case Doing.WRAP_UP:
            return QCoreApplication.translate("Words", "Wrap-up")
        case Doing.NOT_READY:
            return QCoreApplication.translate("Words", "Not ready")
        case Doing.BREAK:
            return QCoreApplication.translate("Words", "Break")
        case Doing.AWAY:
            return QCoreApplication.translate("Words", "Away")
        case _:
            assert_never(state)


def mark(state: Doing) -> tuple[str, str]:
    """Icon and colour role of the state."""
    match state:
        case Doing.OFFLINE:
            return "warning-octagon-fill", "danger"
        case Doing.READY:
            return "check-circle-fill", "ok"
        case Doing.TALKING:
            return "phone-call-fill", "ok"
        case Doing.WRAP_UP:
            return "note-pencil", "wrap"
        case Doing.NOT_READY:
            return "minus-circle-fill", "warn"
        case Doing.BREAK:
            return "coffee", "text-2"
        case Doing.AWAY:
            return "lock-simple", "text-2"
        case _:
            assert_never(state)


def reason(code: str) -> str:
    """Reason for rejecting calls; reasons configured by the city are shown unchanged."""
    known = {
        "messages": QCoreApplication.translate("Words", "Reviewing messages"),
        "directory": QCoreApplication.translate("Words", "Directory work"),
        "lesson": QCoreApplication.translate("Words", "Training"),
        "other": QCoreApplication.translate("Words", "Other work"),
        "rest": QCoreApplication.translate("Words", "Rest"),
        "lunch": QCoreApplication.translate("Words", "Lunch"),
        UNANSWERED: QCoreApplication.translate("Words", "unanswered ring"),
        NO_RIGHT: QCoreApplication.translate("Words", "role takes no calls"),
    }
    return known.get(code, code)


def standing(wanted: Standing) -> str:
    """Name of a chosen state within a sentence."""
    name = doing(wanted.doing).lower()
    return f"{name}, {reason(wanted.reason).lower()}" if wanted.reason else name


def comes_next(wanted: Standing) -> str:
    return QCoreApplication.translate("Words", "Next: %1").replace("%1", standing(wanted))


def asked_for(wanted: Standing) -> str:
    text = QCoreApplication.translate("Words", "After the call: %1")
    return text.replace("%1", standing(wanted))


def ready_row() -> str:
    return QCoreApplication.translate("Words", "Ready to take calls")


def holds_now() -> str:
    """Screen reader text of the selected menu row."""
    return QCoreApplication.translate("Words", "selected")


def seconds_of(seconds: str) -> str:
    """Label under a countdown with the total duration."""
    return QCoreApplication.translate("Words", "left of %1").replace("%1", seconds)


def extended_enough() -> str:
    return QCoreApplication.translate("Words", "Wrap-up cannot be extended further")


def takes_calls_now() -> str:
    return QCoreApplication.translate("Words", "You are taking calls")


def takes_no_calls(wanted: Standing) -> str:
    text = QCoreApplication.translate("Words", "Not taking calls: %1")
    return text.replace("%1", standing(wanted))


def role_takes_no_calls() -> tuple[str, str]:
    """Notice that the role of the operator does not permit calls."""
    return (
        QCoreApplication.translate("Words", "Your role cannot take calls"),
        QCoreApplication.translate("Words", "No calls ring here while you are signed in."),
    )


def ready_key() -> str:
    return with_keys(QCoreApplication.translate("Words", "F9: ready to take calls"), Key.STATE)


def changed_by_itself(cause: Cause, state: Doing, why: str) -> tuple[str, str] | None:
    """Notice of an automatic change: new state and cause. None if no notice is needed."""
    if state is Doing.READY:
        head = takes_calls_now()
    elif state in (Doing.BREAK, Doing.NOT_READY):
        head = takes_no_calls(Standing(state, why))
    else:
        return None
    match cause:
        case Cause.WRAP_UP_OVER:
            return head, QCoreApplication.translate("Words", "Wrap-up time is over.")
        case Cause.RING_UNANSWERED:
            return (
                QCoreApplication.translate("Words", "You are no longer taking calls"),
                with_keys(
                    QCoreApplication.translate(
                        "Words", "A ring went unanswered. F9: ready to take calls again."
                    ),
                    Key.STATE,
                ),
            )
        case Cause.PHONE_BACK:
            return head, QCoreApplication.translate("Words", "The phone is connected again.")
        case Cause.UNLOCKED:
            return head, QCoreApplication.translate("Words", "Workplace unlocked.")
        case _:
            return None


def draft_waits() -> str:
    return with_keys(
        QCoreApplication.translate("Words", "Record not saved yet: Ctrl+Enter"), Key.SAVE
    )


def you_are(state: Doing) -> str:
    """Heading of the call block while the operator accepts no calls."""
    if state is Doing.BREAK:
        return QCoreApplication.translate("Words", "You are on a break")
    return QCoreApplication.translate("Words", "You are not ready")


def calls_pass_by() -> str:
    return QCoreApplication.translate("Words", "calls do not ring here")


def code_not_taken(code: str) -> tuple[str, str]:
    """Notice that the PBX rejected a feature code for the operator's availability."""
    head = QCoreApplication.translate("Words", "The PBX did not accept code %1")
    return (
        head.replace("%1", code),
        QCoreApplication.translate(
            "Words", "Calls may go to the wrong people or not arrive: tell the supervisor."
        ),
    )


def presence(told: Presence) -> str:
    """Published presence within a sentence."""
    if Activity.ON_THE_PHONE in told.activities:
        return doing(Doing.TALKING).lower()
    if Activity.AWAY in told.activities:
        return doing(Doing.AWAY).lower()
    return doing(Doing.READY if told.takes_calls else Doing.NOT_READY).lower()


def presence_state(state: PublicationState, told: Presence | None, status_code: int | None) -> str:
    """Status of presence publication; empty if publication is off."""
    match state:
        case PublicationState.OFF:
            return ""
        case PublicationState.WAITING:
            return QCoreApplication.translate("Words", "not confirmed yet")
        case PublicationState.TOLD:
            return "" if told is None else presence(told)
        case PublicationState.FAILED:
            if status_code is None:
                return QCoreApplication.translate("Words", "no answer; retrying")
            text = QCoreApplication.translate("Words", "not accepted (%1); retrying")
            return text.replace("%1", str(status_code))
        case PublicationState.NOT_TAKEN:
            text = QCoreApplication.translate("Words", "the PBX does not accept SIP presence (%1)")
            return text.replace("%1", str(status_code))
        case _:
            assert_never(state)


def presence_refused(state: PublicationState, status_code: int | None) -> tuple[str, str] | None:
    """Notice that the PBX rejected the presence; None if no notice is needed."""
    if state is PublicationState.NOT_TAKEN:
        head = QCoreApplication.translate("Words", "The PBX does not accept SIP presence (%1)")
    elif state is PublicationState.FAILED and status_code is not None:
        head = QCoreApplication.translate("Words", "The PBX did not accept your state (%1)")
    else:
        return None
    return (
        head.replace("%1", str(status_code)),
        QCoreApplication.translate(
            "Words",
            "It does not know if you take calls: tell the administrator.",
        ),
    )
