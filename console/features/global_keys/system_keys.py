"""Interface and events of the hotkey backends, and the check that the desktop allows hotkeys.

Wayland does not allow them. A backend reports its events on its own thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.keymap import with_keys
from console.shared.workplace.global_key_trouble import GrabTrouble


@dataclass(frozen=True, slots=True)
class GrabsMade:
    """The keys that were asked for last are taken, those apart that somebody else has."""

    refused: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class GrabsLost:
    """No key is taken any more."""

    trouble: GrabTrouble


@dataclass(frozen=True, slots=True)
class GlobalKeyPressed:
    """A key was pressed, in whatever program; held down it is pressed once."""

    key: Key


GrabEvent = GrabsMade | GrabsLost | GlobalKeyPressed
Tell = Callable[[GrabEvent], None]


class Grabs(Protocol):
    """Takes keys on a thread of its own, on which it tells; its methods return at once."""

    def start(self) -> None: ...

    def want(self, chords: Mapping[Key, str]) -> None:
        """Take these chords in place of those before."""

    def stop(self, deadline_s: float) -> bool:
        """Let go of all; True when the thread is gone by the deadline."""


def find_trouble(platform_name: str, environment: Mapping[str, str]) -> GrabTrouble | None:
    """Why this desktop allows none; None where it may.

    A program for X on a Wayland desktop would take keys from other programs for X alone, which
    looks like working and is not.
    """
    if platform_name.startswith("wayland") or environment.get("WAYLAND_DISPLAY"):
        return GrabTrouble.WAYLAND
    has_way = platform_name == "xcb" or sys.platform == "win32"
    return None if has_way else GrabTrouble.NO_WAY


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
