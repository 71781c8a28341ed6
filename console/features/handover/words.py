"""Display strings of the shift handover report: its page, its notices and its PDF."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted, date_text, moment, short_name
from console.core.keymap import with_keys
from console.shared.workplace.sound_words import finding, place_name
from sync.register.people.shift import (
    HandoverRefusal,
    Line,
    Part,
    PlaceFinding,
    PlaceVerdict,
    Signature,
)


def title() -> str:
    return QCoreApplication.translate("Words", "Handover sheet")


def lead(mode: str) -> str:
    """Returns the instruction at the top of the page; ``mode`` is a value of SheetMode."""
    return {
        "new": QCoreApplication.translate(
            "Words", "Open items from your shift. Add what the next shift should know, and sign."
        ),
        "waiting": QCoreApplication.translate(
            "Words", "Left by the previous shift. Read it and sign to take over."
        ),
        "signed": QCoreApplication.translate(
            "Words", "Signed. A colleague will see it at the next sign-in."
        ),
        "accepted": QCoreApplication.translate("Words", "Signed by both."),
        "refused": QCoreApplication.translate(
            "Words", "Only operators who take calls hand over shifts."
        ),
    }[mode]


def part_name(part: Part) -> str:
    match part:
        case Part.MISSED:
            return QCoreApplication.translate("Words", "Missed, not handled")
        case Part.CALL_BACKS:
            return QCoreApplication.translate("Words", "To call back")
        case Part.DRAFTS:
            return QCoreApplication.translate("Words", "Record drafts")
        case Part.OVERDUE:
            return QCoreApplication.translate("Words", "Overdue messages")
        case Part.DUE_TODAY:
            return QCoreApplication.translate("Words", "Messages due today")
        case Part.INCIDENTS:
            return QCoreApplication.translate("Words", "Active incidents")
        case _:
            assert_never(part)


def line(told: Line, now_local: datetime) -> str:
    """Returns the registration number of a record with its time or deadline; never the person
    concerned.
    """
    when = ""
    if told.at is not None:
        when = moment(told.at.astimezone(now_local.tzinfo), now_local)
    elif told.on is not None:
        when = until(told)
    return " · ".join(part for part in (told.number, when) if part)


def until(told: Line) -> str:
    day = "" if told.on is None else date_text(told.on)
    return QCoreApplication.translate("Words", "until %1").replace("%1", day)


def further(count: int) -> str:
    return Counted().further_lines(count)


def unsent_name() -> str:
    return QCoreApplication.translate("Words", "Not sent to the database")


def note_name() -> str:
    return QCoreApplication.translate("Words", "Note")


def workplace_name() -> str:
    return QCoreApplication.translate("Words", "Workplace")


def workplace(findings: Sequence[PlaceFinding]) -> tuple[str, ...]:
    """Returns the lines of the workplace part: its problems, or a single line if there are none."""
    troubled = [
        f"{place_name(each.place)}: {finding(each)[0]}"
        for each in findings
        if each.verdict in (PlaceVerdict.FAILED, PlaceVerdict.DOUBTFUL)
    ]
    if not findings:
        return (QCoreApplication.translate("Words", "unchecked"),)
    return tuple(troubled) or (QCoreApplication.translate("Words", "in order"),)


def signatures_name() -> str:
    return QCoreApplication.translate("Words", "Signatures")


def left_by(signature: Signature, now_local: datetime) -> str:
    text = QCoreApplication.translate("Words", "Handed over: %1, %2")
    return _signed(text, signature, now_local)


def accepted_by(signature: Signature | None, now_local: datetime) -> str:
    if signature is None:
        return QCoreApplication.translate("Words", "Taken over: no one yet")
    text = QCoreApplication.translate("Words", "Taken over: %1, %2")
    return _signed(text, signature, now_local)


def _signed(text: str, signature: Signature, now_local: datetime) -> str:
    at = signature.at.astimezone(now_local.tzinfo)
    when = f"{date_text(at.date())} {at:%H:%M}"
    return text.replace("%1", short_name(signature.by_name)).replace("%2", when)


def is_left() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Sheet signed"),
        with_keys(
            QCoreApplication.translate(
                "Words", "Ctrl+L locks the workplace; the next user sees the sheet."
            ),
            Key.LOCK,
        ),
    )


def is_left_typed() -> tuple[str, str]:
    """Notice that the note was changed while the report was being saved, so the change is not in
    the report.
    """
    return (
        is_left()[0],
        QCoreApplication.translate(
            "Words", "Text entered after signing is not included; it goes to your next sheet."
        ),
    )


def is_accepted() -> str:
    return QCoreApplication.translate("Words", "You have taken over the shift")


def waits() -> tuple[str, str]:
    """Notice that the previous shift left a report, which is not shown now because of a call."""
    return (
        QCoreApplication.translate("Words", "You have a sheet from the last shift"),
        with_keys(QCoreApplication.translate("Words", "Press Ctrl+H to view."), Key.HANDOVER),
    )


def refused(why: HandoverRefusal) -> tuple[str, str]:
    match why:
        case HandoverRefusal.ROLE:
            return lead("refused"), QCoreApplication.translate(
                "Words", "Your role does not take calls: ask a supervisor."
            )
        case HandoverRefusal.OWN:
            return (
                QCoreApplication.translate("Words", "This is your own sheet"),
                QCoreApplication.translate(
                    "Words", "A colleague will accept it at the next sign-in."
                ),
            )
        case HandoverRefusal.ACCEPTED:
            return (
                QCoreApplication.translate("Words", "Already signed by a colleague"),
                with_keys(
                    QCoreApplication.translate("Words", "Press Ctrl+H to see the current state."),
                    Key.HANDOVER,
                ),
            )
        case _:
            assert_never(why)


def nothing_to_sign() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Nothing to sign here"),
        with_keys(
            QCoreApplication.translate("Words", "Press Ctrl+H again to start a new sheet."),
            Key.HANDOVER,
        ),
    )


def people_in_note(found: Sequence[str]) -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "Personal data in the note: %1")
    return (
        head.replace("%1", ", ".join(found)),
        with_keys(
            QCoreApplication.translate(
                "Words",
                "Use the record number instead; press Ctrl+Enter again to sign as is.",
            ),
            Key.SAVE,
        ),
    )


def note_not_checked() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The note was not checked for names"),
        with_keys(
            QCoreApplication.translate(
                "Words",
                "Cannot read the directory. Check the note; press Ctrl+Enter again to sign as is.",
            ),
            Key.SAVE,
        ),
    )


def not_read() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Could not create the sheet"),
        QCoreApplication.translate(
            "Words", "The register is not responding: retry or contact the administrator."
        ),
    )


def file_name() -> str:
    return QCoreApplication.translate("Words", "handover")


def paper_lead(workplace_code: str) -> str:
    text = QCoreApplication.translate("Words", "Workplace %1. Numbers as in the register.")
    return text.replace("%1", workplace_code)


def paper_heads() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Number"),
        QCoreApplication.translate("Words", "When"),
    )


def paper_signature_heads() -> tuple[str, str, str]:
    return (
        QCoreApplication.translate("Words", "Side"),
        QCoreApplication.translate("Words", "Who and when"),
        QCoreApplication.translate("Words", "Signature"),
    )


def sides() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Handed over"),
        QCoreApplication.translate("Words", "Taken over"),
    )


def signed_where(signature: Signature | None, now_local: datetime) -> str:
    if signature is None:
        return "—"
    at = signature.at.astimezone(now_local.tzinfo)
    return f"{signature.by_name}, {date_text(at.date())} {at:%H:%M}"
