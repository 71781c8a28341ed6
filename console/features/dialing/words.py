"""Display texts of the number panel: numbers, input errors, and warnings of closed units."""

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import phone_text
from console.core.keymap import with_keys
from console.shared.session.call_control import DialAddress


def closed_warning(hours: str) -> str:
    """Returns the warning before a transfer to a closed unit; ``hours`` is its opening state."""
    text = QCoreApplication.translate(
        "Words", "%1. Tell the caller before transferring: there may be no answer."
    )
    return text.replace("%1", hours)


def address_text(address: DialAddress) -> str:
    """Returns the formatted phone number with its extension."""
    extension = f";ext={address.extension}" if address.extension else ""
    if address.number.startswith("+"):
        return phone_text(address.number + extension)
    if not extension:
        return address.number
    text = QCoreApplication.translate("Words", "ext. %1").replace("%1", address.extension)
    return f"{address.number}, {text}"


def choose_number() -> str:
    return QCoreApplication.translate("Words", "Choose an authority or enter a number")


def no_number() -> str:
    return QCoreApplication.translate("Words", "No number to call here")


def extension_follows(extension: str) -> str:
    text = with_keys(
        QCoreApplication.translate(
            "Words", "When they answer, press Shift+F6 and enter the extension: %1"
        ),
        Key.KEYPAD,
    )
    return text.replace("%1", extension)


def extension_needs_talk(extension: str) -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "This number has extension %1")
    body = with_keys(
        QCoreApplication.translate(
            "Words", "Talk first: enter the extension after the answer, then press F7 to connect."
        ),
        Key.TRANSFER,
    )
    return head.replace("%1", extension), body


def address_unreadable() -> str:
    return QCoreApplication.translate("Words", "The link has no phone number")
