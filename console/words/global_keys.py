"""Words of the keys that work while another program is in front."""

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.global_keys.grabs import GrabTrouble
from console.keys.defaults import Key
from console.keys.installed import with_keys


def refused(chords: Sequence[str]) -> tuple[str, str]:
    """Other programs have these chords already."""
    head = QCoreApplication.translate("Words", "Another program has %1 for itself")
    body = with_keys(
        QCoreApplication.translate(
            "Words",
            "Outside of this window it does nothing here: F1 and Enter give it another chord.",
        ),
        Key.KEYS,
    )
    return head.replace("%1", ", ".join(chords)), body


def held_elsewhere() -> str:
    """What is added to the purpose of a key whose chord another program has."""
    return QCoreApplication.translate("Words", " — taken by another program")


def not_possible(trouble: GrabTrouble) -> tuple[str, str]:
    """Why no key works outside of the window."""
    match trouble:
        case GrabTrouble.WAYLAND:
            body = QCoreApplication.translate(
                "Words",
                "A Wayland desktop gives keys to the program in front alone: sign in to the"
                " computer with X11, or answer by the headset.",
            )
        case GrabTrouble.NO_WAY:
            body = QCoreApplication.translate("Words", "This system has no way for it.")
        case GrabTrouble.LOST:
            body = QCoreApplication.translate("Words", "The display took them back.")
        case _:
            assert_never(trouble)
    return QCoreApplication.translate("Words", "Keys work only in this window"), body
