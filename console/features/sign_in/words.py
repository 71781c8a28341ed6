"""Display strings of the first start, sign-in and screen lock, and of startup errors."""

from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted, short_name, time_text
from sync.store.local.accounts import SignInCode, SignInRefusal


def sign_in_words(mode: str) -> tuple[str, str, str]:
    """Title, lead and button label of the sign-in page."""
    return {
        "first-operator": (
            QCoreApplication.translate("Words", "First start"),
            QCoreApplication.translate(
                "Words",
                "All data is stored encrypted on this computer. Add the first user; a "
                "supervisor has all rights.",
            ),
            QCoreApplication.translate("Words", "Start work"),
        ),
        "sign-in": (
            QCoreApplication.translate("Words", "Sign in"),
            "",
            QCoreApplication.translate("Words", "Sign in"),
        ),
        "locked": (
            QCoreApplication.translate("Words", "Workplace locked"),
            "",
            QCoreApplication.translate("Words", "Unlock"),
        ),
        "change-password": (
            QCoreApplication.translate("Words", "Password change"),
            QCoreApplication.translate(
                "Words", "Enter the current password, then the new one twice."
            ),
            QCoreApplication.translate("Words", "Change and sign in"),
        ),
    }[mode]


def locked_lead(name: str, since_local: datetime, *, is_idle: bool) -> str:
    """Text on the operator who locked the console; surname and initials only, as anyone can read
    the screen.
    """
    text = (
        QCoreApplication.translate("Words", "%1 · since %2, inactivity")
        if is_idle
        else QCoreApplication.translate("Words", "%1 · since %2, by key")
    )
    return text.replace("%1", short_name(name)).replace("%2", time_text(since_local))


def call_while_locked() -> str:
    return QCoreApplication.translate("Words", "Incoming call: unlock to answer")


def name_needed() -> str:
    return QCoreApplication.translate("Words", "Enter at least last and first name")


def login_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the login")


def password_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the password")


def password_short(least: int) -> str:
    return Counted().password_characters(least)


def passwords_differ() -> str:
    return QCoreApplication.translate("Words", "Passwords do not match")


def sign_in_refused(refusal: SignInRefusal, now: datetime) -> str:
    match refusal.code:
        case SignInCode.WRONG:
            text = QCoreApplication.translate("Words", "Incorrect login or password")
        case SignInCode.TOO_SOON:
            text = QCoreApplication.translate("Words", "Too many attempts")
        case SignInCode.EXPIRED:
            text = QCoreApplication.translate("Words", "Password not confirmed for too long")
        case SignInCode.DISABLED:
            text = QCoreApplication.translate("Words", "Access revoked")
        case SignInCode.CENTRE_AWAY:
            text = QCoreApplication.translate("Words", "The central database is not responding")
        case _:
            assert_never(refusal.code)
    if refusal.retry_at is not None and refusal.retry_at > now:
        seconds = max(1, round((refusal.retry_at - now).total_seconds()))
        wait = Counted().try_again(seconds)
        return f"{text}; {wait}"
    return text


def sign_in_advice(refusal: SignInRefusal) -> str:
    """Advice on a refusal, if the text of ``sign_in_refused`` contains none."""
    match refusal.code:
        case SignInCode.EXPIRED:
            return QCoreApplication.translate(
                "Words",
                "Sign in once while the central database is available, or call the administrator.",
            )
        case SignInCode.DISABLED:
            return QCoreApplication.translate(
                "Words", "The administrator revoked it: contact them."
            )
        case SignInCode.CENTRE_AWAY:
            return QCoreApplication.translate(
                "Words",
                "The password is stored there: change it later, use the current one for now.",
            )
        case SignInCode.WRONG:
            return QCoreApplication.translate(
                "Words", "Re-enter the password; check the layout and Caps Lock."
            )
        case SignInCode.TOO_SOON:
            return ""
        case _:
            assert_never(refusal.code)


def runs_already() -> tuple[str, str]:
    """Error that another console uses the data of this workplace and does not respond to the new
    process.
    """
    return (
        QCoreApplication.translate("Words", "The program already runs"),
        QCoreApplication.translate(
            "Words", "It is not responding. Close it or restart the computer, then start again."
        ),
    )


def settings_problem(place: str) -> tuple[str, str]:
    """Error that a setting is invalid; the administrator must correct the settings file."""
    text = QCoreApplication.translate(
        "Words", "The value of %1 is invalid. Correct it in console.toml and start again."
    )
    return (
        QCoreApplication.translate("Words", "Invalid setting"),
        text.replace("%1", place),
    )
