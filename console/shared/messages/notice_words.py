"""Display texts of notifications and of the phone calls that replace undelivered e-mail."""

from collections.abc import Callable
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QObject

from console.core.formats import date_text, phone_text, short_name, time_text
from console.core.regulation_words import marks
from sync.exchange.mail.delivery import FILE_GONE, MAIL_NOT_SET, OUTCOME_UNKNOWN, NoticeNotMailed
from sync.exchange.mail.smtp import MailFailure
from sync.register.handling.notices import PARAGRAPHS, TO_ORGAN, Notice, NoticeKind, Reminder
from sync.register.handling.step_facts import NoticeOutcome, Notified
from sync.store.local.messages.notices import (
    BOUNCED,
    CALLS_LIMIT,
    NO_CONTACT,
    NOT_REACHED,
    CallAttempt,
    CallOutcome,
    Channel,
    KeptNotice,
    NoticeState,
    OutgoingNotice,
)


class Messages(QObject):
    """Texts with the number of messages."""

    def near(self, count: int) -> str:
        return self.tr("%n message(s) to decide by the next working day (par. 7.11)", "", count)

    def over(self, count: int) -> str:
        return self.tr("%n message(s) overdue: the par. 7.11 deadline has passed", "", count)

    def not_notified(self, count: int) -> str:
        return self.tr("%n not notified", "", count)

    def tasks(self, count: int) -> str:
        return self.tr("%n waiting for a call", "", count)


def kind_by_paragraph(kind: NoticeKind) -> str:
    """Kind of a notification and the clauses that require it."""
    return f"{kind_name(kind)} · {marks(PARAGRAPHS[kind])}"


def kind_name(kind: NoticeKind) -> str:
    """Short name of a notification's kind."""
    return {
        Notice.REGISTERED: QCoreApplication.translate("Words", "Message registered"),
        Notice.REGISTERED_AND_PUBLISHED: QCoreApplication.translate(
            "Words", "Message registered and published"
        ),
        Notice.PUBLISHED: QCoreApplication.translate("Words", "Message published"),
        Notice.REFUSED: QCoreApplication.translate("Words", "Registration refused"),
        Notice.DUPLICATE_REMOVED: QCoreApplication.translate("Words", "Duplicate removed"),
        Notice.MESSAGE_FOR_ORGAN: QCoreApplication.translate(
            "Words", "New message for the authority"
        ),
        Notice.ANSWER_RETURNED: QCoreApplication.translate("Words", "Answer returned"),
        Notice.ANSWER: QCoreApplication.translate("Words", "Answer to the message"),
        Notice.FURTHER_ANSWER_DUE: QCoreApplication.translate("Words", "Further answer required"),
        Notice.REWORK_FOR_ORGAN: QCoreApplication.translate("Words", "Rework for the authority"),
        Notice.REWORK_FOR_USER: QCoreApplication.translate("Words", "Answer sent for rework"),
        Notice.PASSED_ON_BY_VOTES: QCoreApplication.translate("Words", "Forwarded by votes"),
        Reminder.PLANNED_DATE_NEAR: QCoreApplication.translate(
            "Words", "Promised date approaching"
        ),
        Reminder.REWORK_TERM_NEAR: QCoreApplication.translate("Words", "Rework due soon"),
    }[kind]


def notice_state(kept: KeptNotice) -> str:
    """Status of a notification."""
    match kept.state:
        case NoticeState.WAITING | NoticeState.SENDING if kept.channel is Channel.CALL:
            return QCoreApplication.translate("Words", "call needed")
        case NoticeState.WAITING | NoticeState.SENDING:
            return QCoreApplication.translate("Words", "letter queued")
        case NoticeState.SENT:
            return QCoreApplication.translate("Words", "letter sent")
        case NoticeState.CALLED:
            return QCoreApplication.translate("Words", "told by phone")
        case NoticeState.FAILED:
            return QCoreApplication.translate("Words", "not delivered")
        case NoticeState.CANCELLED:
            return QCoreApplication.translate("Words", "notification cancelled")
        case _ as unreachable:
            assert_never(unreachable)


def history_line(kept: KeptNotice, moment: Callable[[datetime], str]) -> str:
    """One notification in the history: recipient, status, time and error."""
    if kept.told.kind in TO_ORGAN:
        whom = QCoreApplication.translate("Words", "To the authority")
    elif kept.told.email or kept.told.phone:
        whom = QCoreApplication.translate("Words", "To the author")
    else:
        whom = QCoreApplication.translate("Words", "To the author (no contact details)")
    parts = [notice_state(kept)]
    if kept.ended_at is not None:
        parts.append(moment(kept.ended_at))
    if kept.last_error is not None and kept.last_error != NO_CONTACT:
        parts.append(why_called(kept.last_error))
    return f"{whom}: {', '.join(parts)}"


def notified(facts: Notified) -> str:
    """Notification of the author about a refusal, or the reason why it failed (clause 7.10)."""
    match facts.outcome:
        case NoticeOutcome.EMAIL:
            return QCoreApplication.translate("Words", "sent to the author by e-mail")
        case NoticeOutcome.PHONE:
            return QCoreApplication.translate("Words", "read to the author by phone")
        case NoticeOutcome.NOBODY:
            text = QCoreApplication.translate("Words", "author not notified: %1")
            return text.replace("%1", why_called(facts.code))
        case _ as unreachable:
            assert_never(unreachable)


def why_called(code: str | None) -> str:
    """Reason for a phone call instead of an e-mail, or for a failed notification; empty if no
    address was given.
    """
    if code is None:
        return ""
    known = {
        MAIL_NOT_SET: QCoreApplication.translate("Words", "e-mail is not configured here"),
        OUTCOME_UNKNOWN: QCoreApplication.translate("Words", "letter sent, delivery unknown"),
        FILE_GONE: QCoreApplication.translate(
            "Words", "a file promised in the letter is missing or damaged"
        ),
        NO_CONTACT: QCoreApplication.translate("Words", "no e-mail or phone given"),
        NOT_REACHED: QCoreApplication.translate("Words", "not reached in three attempts"),
        CallOutcome.WRONG_NUMBER.value: QCoreApplication.translate("Words", "invalid number"),
    }
    if code in known:
        return known[code]
    if code.startswith(BOUNCED):
        came_back = QCoreApplication.translate("Words", "the letter bounced (%1)")
        return came_back.replace("%1", code.removeprefix(BOUNCED).strip())
    text = QCoreApplication.translate("Words", "the mail server rejected the letter (%1)")
    return text.replace("%1", code.rpartition(" ")[2])


def outcome_name(outcome: CallOutcome) -> str:
    return {
        CallOutcome.TOLD: QCoreApplication.translate("Words", "told"),
        CallOutcome.NO_ANSWER: QCoreApplication.translate("Words", "no answer"),
        CallOutcome.ASKED_LATER: QCoreApplication.translate("Words", "asked to call later"),
        CallOutcome.WRONG_NUMBER: QCoreApplication.translate("Words", "wrong number"),
    }[outcome]


def attempt(number: int, made: CallAttempt, at_local: datetime) -> str:
    """Line of one attempt: number, time, outcome and operator."""
    text = QCoreApplication.translate("Words", "%1 of %2 · %3 · %4 · %5")
    moment = f"{date_text(at_local.date())} {time_text(at_local)}"
    parts = (
        str(number),
        str(CALLS_LIMIT),
        moment,
        outcome_name(made.outcome),
        short_name(made.by_name),
    )
    for place, part in enumerate(parts, 1):
        text = text.replace(f"%{place}", part)
    return text


# --- list of phone notifications ---


def recipient(kept: KeptNotice) -> str:
    name = kept.told.recipient
    return name or QCoreApplication.translate("Words", "name not given")


def about(kept: KeptNotice) -> str:
    return f"№ {kept.number} · {kind_name(kept.told.kind)}"


def phone(kept: KeptNotice) -> str:
    number = kept.told.phone
    return QCoreApplication.translate("Words", "no phone") if number is None else phone_text(number)


def why_sentence(code: str | None) -> str:
    """Reason for a phone call instead of an e-mail, as a sentence."""
    text = why_called(code)
    return text[:1].upper() + text[1:]


def not_before(at_local: datetime) -> str:
    text = QCoreApplication.translate("Words", "after %1")
    return text.replace("%1", time_text(at_local))


def not_reached() -> str:
    return QCoreApplication.translate("Words", "not notified")


def tasks_subtitle(waiting: int, unreached: int, lost: MailFailure | None) -> str:
    """Number of pending calls and of failed notifications, and the state of the mail server."""
    parts = [Messages().tasks(waiting) if waiting else nobody_to_call()]
    if unreached:
        parts.append(Messages().not_notified(unreached))
    if lost is not None:
        parts.append(mail_lost(lost)[0].lower())
    return " · ".join(parts)


def nobody_to_call() -> str:
    return QCoreApplication.translate("Words", "No one to call")


def tasks_unread() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The list cannot be read"),
        QCoreApplication.translate(
            "Words", "Data may be out of date. If this persists, call the administrator."
        ),
    )


def call_noted(outcome: CallOutcome) -> str:
    """Confirmation of a recorded outcome."""
    text = QCoreApplication.translate("Words", "Recorded: %1")
    return text.replace("%1", outcome_name(outcome))


def given_up(kept: KeptNotice) -> tuple[str, str]:
    """Notice that all attempts failed and the task is closed."""
    text = QCoreApplication.translate("Words", "Notification for message № %1 reached no one")
    return text.replace("%1", kept.number), why_sentence(kept.last_error)


# --- preview ---


def way(made: OutgoingNotice) -> str:
    """Recipient and channel of a notification."""
    name = made.recipient or QCoreApplication.translate("Words", "name not given")
    match made.channel:
        case Channel.EMAIL:
            text = QCoreApplication.translate("Words", "Letter to %1, %2")
            return text.replace("%1", name).replace("%2", made.email or "")
        case Channel.CALL:
            text = QCoreApplication.translate("Words", "By phone to %1, %2")
            return text.replace("%1", name).replace("%2", phone_text(made.phone or ""))
        case Channel.NONE:
            text = QCoreApplication.translate("Words", "%1 left no e-mail or phone")
            return text.replace("%1", name)
        case _ as unreachable:
            assert_never(unreachable)


def nothing_to_send() -> str:
    return QCoreApplication.translate("Words", "No one is notified of this")


def nothing_to_send_yet() -> str:
    return QCoreApplication.translate(
        "Words", "The notification appears once the decision has all it needs"
    )


def no_preview() -> str:
    return QCoreApplication.translate("Words", "Cannot show the notification: register unavailable")


# --- notices in the window ---


def mail_lost(kind: MailFailure) -> tuple[str, str]:
    """Notice that no e-mail is sent, with advice."""
    more = {
        MailFailure.UNREACHABLE: QCoreApplication.translate(
            "Words", "The mail server is not responding. Letters wait and will go out "
                "automatically."
        ),
        MailFailure.TIMED_OUT: QCoreApplication.translate(
            "Words", "The mail server is too slow. Letters wait and will go out automatically."
        ),
        MailFailure.OVERLOADED: QCoreApplication.translate(
            "Words", "The mail server asks to try later. Letters will go out automatically."
        ),
        MailFailure.TLS_REFUSED: QCoreApplication.translate(
            "Words", "The mail server's certificate is not trusted. Call the administrator."
        ),
        MailFailure.SIGN_IN_REFUSED: QCoreApplication.translate(
            "Words", "The mail server rejects our sign-in. Call the administrator."
        ),
        MailFailure.SENDER_REFUSED: QCoreApplication.translate(
            "Words", "The mail server rejects our sender address. Call the administrator."
        ),
        MailFailure.NOT_A_MAIL_SERVER: QCoreApplication.translate(
            "Words", "The server at this address is not a mail server. Call the administrator."
        ),
        MailFailure.STORE: QCoreApplication.translate(
            "Words", "The register cannot be read. If this persists, call the administrator."
        ),
    }  # fmt: skip
    return QCoreApplication.translate("Words", "Letters are not going out"), more.get(kind, "")


def bounces_unread(code: str) -> tuple[str, str]:
    """Notice that bounced e-mails are not detected, with the reason."""
    head = QCoreApplication.translate("Words", "Cannot read returned mail")
    text = QCoreApplication.translate(
        "Words",
        "Cannot tell which notifications bounced (%1). If this persists, call the administrator.",
    )
    return head, text.replace("%1", mailbox_problem(code))


def mailbox_problem(code: str) -> str:
    """Reason why the mailbox cannot be read, for an administrator."""
    known = {
        MailFailure.UNREACHABLE: QCoreApplication.translate("Words", "mailbox not available"),
        MailFailure.TIMED_OUT: QCoreApplication.translate("Words", "the server is too slow"),
        MailFailure.TLS_REFUSED: QCoreApplication.translate("Words", "no trusted encryption"),
        MailFailure.SIGN_IN_REFUSED: QCoreApplication.translate("Words", "sign-in refused"),
    }
    return next((text for kind, text in known.items() if kind.value == code), code)


def mail_back() -> str:
    return QCoreApplication.translate("Words", "Letters go out again")


def not_mailed(told: NoticeNotMailed) -> tuple[str, str]:
    """Notice that a phone call replaces an e-mail, or that the notification failed."""
    head = (
        QCoreApplication.translate("Words", "Call the addressee about message № %1")
        if told.is_call
        else QCoreApplication.translate("Words", "Notification for message № %1 reached no one")
    )
    return head.replace("%1", told.number), why_sentence(told.code)


def planned_date_came(number: str) -> tuple[str, str]:
    text = QCoreApplication.translate("Words", "Promised date reached for message № %1")
    return text.replace("%1", number), QCoreApplication.translate(
        "Words", "It is open again and the authority is notified (par. 9.6)."
    )


def terms_near(near: int, over: int) -> tuple[str, str]:
    """Notice of messages under review that are due or overdue; one line for each kind."""
    lines = [Messages().over(over)] if over else []
    lines += [Messages().near(near)] if near else []
    return lines[0], " ".join(lines[1:])
