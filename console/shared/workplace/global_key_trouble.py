"""Reasons why global hotkeys do not work, as codes and display texts."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QCoreApplication


class GrabTrouble(StrEnum):
    """Why no key works while another program is in front."""

    WAYLAND = "wayland"
    """A Wayland desktop gives no program the keys of others."""
    NO_WAY = "no_way"
    """None is known for this system."""
    LOST = "lost"
    """The display did not let us in, or is gone."""


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
