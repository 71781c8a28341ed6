"""What is said of a telephone that somebody of the team calls or talks with at this moment."""

from PySide6.QtCore import QCoreApplication

from console.words.formats import short_name
from sync.register.call_claims import ClaimHolder


def in_list(holder: ClaimHolder) -> tuple[str, str, str]:
    """Words, icon and colour role in the place of what became of the call."""
    if holder.is_talk:
        text = QCoreApplication.translate("Words", "%1 is talking")
        return text.replace("%1", short_name(holder.by_name)), "headset", "accent"
    text = QCoreApplication.translate("Words", "%1 is calling")
    return text.replace("%1", short_name(holder.by_name)), "phone-outgoing", "accent"


def held(holder: ClaimHolder) -> tuple[str, str]:
    """Said in the place of dialling."""
    if holder.is_talk:
        head = QCoreApplication.translate("Words", "%1 is talking with this number now")
    else:
        head = QCoreApplication.translate("Words", "%1 is calling this number now")
    body = QCoreApplication.translate("Words", "Press once more to call all the same.")
    return head.replace("%1", short_name(holder.by_name)), body
