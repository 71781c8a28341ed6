"""Words of the first start, signing in and what stands in the way."""

from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.words.formats import Counted
from sync.errors import (
    KeyUnavailable,
    StoreCopied,
    StoreError,
    StoreInUse,
    StoreTooNew,
    StoreUnavailable,
    StoreUnreadable,
)
from sync.store.accounts import SignInCode, SignInRefusal


def sign_in_words(mode: str) -> tuple[str, str, str]:
    """Title, lead and the button's word of the sign-in page."""
    return {
        "first-operator": (
            QCoreApplication.translate("Words", "First start"),
            QCoreApplication.translate(
                "Words",
                "Everything is kept encrypted on this computer. Name the first person; a senior"
                " operator has all rights.",
            ),
            QCoreApplication.translate("Words", "Begin work"),
        ),
        "sign-in": (
            QCoreApplication.translate("Words", "Sign in"),
            "",
            QCoreApplication.translate("Words", "Sign in"),
        ),
        "locked": (
            QCoreApplication.translate("Words", "The desk is locked"),
            "",
            QCoreApplication.translate("Words", "Unlock"),
        ),
        "change-password": (
            QCoreApplication.translate("Words", "Another password"),
            QCoreApplication.translate(
                "Words", "Enter the password that holds now, then the new one twice."
            ),
            QCoreApplication.translate("Words", "Change and sign in"),
        ),
    }[mode]


def locked_lead(name: str) -> str:
    text = QCoreApplication.translate("Words", "%1, enter your password to go on.")
    return text.replace("%1", name)


def call_while_locked() -> str:
    return QCoreApplication.translate("Words", "A call is coming in: unlock to answer it")


def name_needed() -> str:
    return QCoreApplication.translate("Words", "Enter at least surname and first name")


def login_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the login")


def password_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the password")


def password_short(least: int) -> str:
    return Counted().password_characters(least)


def passwords_differ() -> str:
    return QCoreApplication.translate("Words", "The two passwords differ")


def sign_in_refused(refusal: SignInRefusal, now: datetime) -> str:
    match refusal.code:
        case SignInCode.WRONG:
            text = QCoreApplication.translate("Words", "Login or password is wrong")
        case SignInCode.TOO_SOON:
            text = QCoreApplication.translate("Words", "Too many attempts")
        case SignInCode.EXPIRED:
            text = QCoreApplication.translate(
                "Words", "The password was not confirmed for too long"
            )
        case SignInCode.DISABLED:
            text = QCoreApplication.translate("Words", "Access is closed")
        case SignInCode.CENTRE_AWAY:
            text = QCoreApplication.translate("Words", "The central database does not answer")
        case _:
            assert_never(refusal.code)
    if refusal.retry_at is not None and refusal.retry_at > now:
        seconds = max(1, round((refusal.retry_at - now).total_seconds()))
        wait = Counted().try_again(seconds)
        return f"{text}; {wait}"
    return text


def sign_in_advice(refusal: SignInRefusal) -> str:
    """What to do about a refusal, where the words of ``sign_in_refused`` leave it open."""
    match refusal.code:
        case SignInCode.EXPIRED:
            return QCoreApplication.translate(
                "Words",
                "Sign in once while the central database answers, or call the administrator.",
            )
        case SignInCode.DISABLED:
            return QCoreApplication.translate("Words", "The administrator closed it: turn to him.")
        case SignInCode.CENTRE_AWAY:
            return QCoreApplication.translate(
                "Words", "The password is kept there: change it later, the present one holds."
            )
        case SignInCode.WRONG:
            return QCoreApplication.translate(
                "Words", "Type the password once more; the layout and Caps Lock matter."
            )
        case SignInCode.TOO_SOON:
            return ""
        case _:
            assert_never(refusal.code)


def store_problem(error: StoreError) -> tuple[str, str]:
    """Why the register does not open and what to do, in the administrator's terms."""
    head = QCoreApplication.translate("Words", "The register does not open")
    match error:
        case StoreInUse():
            return (
                QCoreApplication.translate("Words", "The program is running already"),
                QCoreApplication.translate(
                    "Words", "Another window of it works with this register: use that one."
                ),
            )
        case StoreTooNew():
            body = QCoreApplication.translate(
                "Words",
                "A newer version of the program wrote it. Install that version; the records are"
                " safe.",
            )
        case KeyUnavailable():
            body = QCoreApplication.translate(
                "Words",
                "Its key cannot be read (%1). Unlock the system's keyring or give back the key"
                " file beside the register; without the key the records cannot be read.",
            ).replace("%1", error.code)
        case StoreUnreadable(code="damaged"):
            body = QCoreApplication.translate(
                "Words",
                "A page of its file is damaged. Do not delete it: the administrator takes out what"
                " is only there and restores the register from a copy: python -m sync"
                " export-outbox, then restore.",
            )
        case StoreUnreadable():
            body = QCoreApplication.translate(
                "Words",
                "The file is damaged or belongs to another key (%1). Do not delete it: call the"
                " administrator, who restores it from the backup.",
            ).replace("%1", error.code)
        case StoreCopied(code="backup"):
            head = QCoreApplication.translate("Words", "This file is a backup copy")
            body = QCoreApplication.translate(
                "Words",
                "Numbers given from it could be given twice. The administrator restores the"
                " register from it: python -m sync restore.",
            )
        case StoreCopied():
            head = QCoreApplication.translate("Words", "The register was copied from another place")
            body = QCoreApplication.translate(
                "Words",
                "Two registers of one workplace would give the same numbers. Work where it lay"
                " before, or let the administrator take it over here: python -m sync restore.",
            )
        case StoreUnavailable():
            body = QCoreApplication.translate(
                "Words", "The disk refuses it (%1). Check free space and rights of the data folder."
            ).replace("%1", error.code)
        case _:
            body = QCoreApplication.translate("Words", "Reason: %1. Call the administrator.")
            body = body.replace("%1", type(error).__name__)
    return head, body


def runs_already() -> tuple[str, str]:
    """A console has the data of this workplace and does not answer a second start."""
    return (
        QCoreApplication.translate("Words", "The program runs already"),
        QCoreApplication.translate(
            "Words", "It does not answer. Close it, or restart the computer, and start again."
        ),
    )


def settings_problem(place: str) -> tuple[str, str]:
    """Which setting cannot work; the settings file is the administrator's."""
    text = QCoreApplication.translate(
        "Words", "The value of %1 cannot work. Correct it in console.toml and start again."
    )
    return (
        QCoreApplication.translate("Words", "A setting is wrong"),
        text.replace("%1", place),
    )
