"""What is said of a telephone that somebody of the team has to do with at this moment."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.words.formats import short_name
from sync.register.call_claims import ClaimHolder, ClaimStage


def in_list(holder: ClaimHolder) -> tuple[str, str, str]:
    """Words, icon and colour role in the place of what became of the call."""
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
    """Said in the place of dialling."""
    match holder.stage:
        case ClaimStage.CALLING:
            head = QCoreApplication.translate("Words", "%1 is calling this number now")
        case ClaimStage.TALKING:
            head = QCoreApplication.translate("Words", "%1 is talking with this number now")
        case ClaimStage.WRITING:
            head = QCoreApplication.translate(
                "Words", "%1 is writing the record of a talk with this number"
            )
        case _:
            assert_never(holder.stage)
    body = QCoreApplication.translate("Words", "Press once more to call all the same.")
    return head.replace("%1", short_name(holder.by_name)), body
