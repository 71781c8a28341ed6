"""Words of a headset's buttons: what they are called, and why they cannot be used."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from telephony.headset.usages import Button
from telephony.headset.watch import HeadsetTrouble


def unusable(model: str, trouble: HeadsetTrouble) -> tuple[str, str]:
    """What is wrong with the buttons of a headset that is there, and what to do."""
    head = QCoreApplication.translate("Words", "The buttons of the headset do not work: %1")
    match trouble:
        case HeadsetTrouble.NO_PERMISSION:
            body = QCoreApplication.translate(
                "Words",
                "The system keeps them from this user: the administrator's guide has the udev rule."
                " The keys work.",
            )
        case HeadsetTrouble.NOT_OPENED:
            body = QCoreApplication.translate(
                "Words", "Another program may have them, or it was just unplugged. The keys work."
            )
        case HeadsetTrouble.NOT_UNDERSTOOD:
            body = QCoreApplication.translate(
                "Words", "This model does not tell its buttons in the usual way. The keys work."
            )
        case HeadsetTrouble.NO_LIBRARY:
            head = QCoreApplication.translate("Words", "Headset buttons cannot be read here")
            body = QCoreApplication.translate(
                "Words", "The part that reads them is not installed. The keys work."
            )
        case _:
            assert_never(trouble)
    return head.replace("%1", model), body


def buttons(code: str) -> tuple[str, str]:
    """What the check found of the buttons, and what to do; the code of a button: it was pressed."""
    if code in set(Button):
        pressed = QCoreApplication.translate("Words", "Pressed: %1")
        return pressed.replace("%1", button(Button(code))), ""
    if code in set(HeadsetTrouble):
        _head, advice = unusable("", HeadsetTrouble(code))
        return QCoreApplication.translate("Words", "The buttons are not read"), advice
    match code:
        case "press":
            return (
                QCoreApplication.translate("Words", "The buttons are there"),
                QCoreApplication.translate(
                    "Words", "Press one: without a call it does nothing, and is named here."
                ),
            )
        case "off":
            return QCoreApplication.translate("Words", "Off by the settings"), ""
        case _:
            return (
                QCoreApplication.translate("Words", "No headset with buttons is plugged in"),
                QCoreApplication.translate("Words", "Calls are led by keys."),
            )


def button(pressed: Button) -> str:
    """A button by what it is for."""
    match pressed:
        case Button.HOOK:
            return QCoreApplication.translate("Words", "answer and end")
        case Button.MUTE:
            return QCoreApplication.translate("Words", "microphone")
        case Button.FLASH:
            return QCoreApplication.translate("Words", "hold or the second call")
        case Button.HOLD:
            return QCoreApplication.translate("Words", "hold")
        case Button.REJECT:
            return QCoreApplication.translate("Words", "reject")
        case Button.DROP:
            return QCoreApplication.translate("Words", "end")
        case Button.REDIAL:
            return QCoreApplication.translate("Words", "the last number once more")
        case Button.VOLUME_UP:
            return QCoreApplication.translate("Words", "louder")
        case Button.VOLUME_DOWN:
            return QCoreApplication.translate("Words", "quieter")
        case _:
            assert_never(pressed)
