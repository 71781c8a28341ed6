"""Reasons why global hotkeys do not work, as codes and display texts."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QCoreApplication


class GrabTrouble(StrEnum):
    """Reason why hotkeys do not work while another application is active."""

    WAYLAND = "wayland"
    """Wayland does not permit global hotkeys."""
    NO_WAY = "no_way"
    """The system has no supported method."""
    LOST = "lost"
    """The display connection was refused or lost."""


def not_possible(trouble: GrabTrouble) -> tuple[str, str]:
    """Reason why hotkeys work only in the window, with advice."""
    match trouble:
        case GrabTrouble.WAYLAND:
            body = QCoreApplication.translate(
                "Words",
                "On Wayland only the front program gets keys: sign in to the computer "
                "with X11, or answer with the headset.",
            )
        case GrabTrouble.NO_WAY:
            body = QCoreApplication.translate("Words", "This system does not support it.")
        case GrabTrouble.LOST:
            body = QCoreApplication.translate("Words", "The display took them back.")
        case _:
            assert_never(trouble)
    return QCoreApplication.translate("Words", "Keys work only in this window"), body
