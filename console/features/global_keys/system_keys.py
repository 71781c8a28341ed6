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
    """The requested hotkeys are registered, except those of other applications in ``refused``."""

    refused: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class GrabsLost:
    """No hotkey is registered; ``trouble`` is the reason."""

    trouble: GrabTrouble


@dataclass(frozen=True, slots=True)
class GlobalKeyPressed:
    """A hotkey was pressed in any application; a held key is reported once."""

    key: Key


GrabEvent = GrabsMade | GrabsLost | GlobalKeyPressed
Tell = Callable[[GrabEvent], None]


class Grabs(Protocol):
    """Registers hotkeys on a dedicated thread and reports events on it; methods do not block."""

    def start(self) -> None: ...

    def want(self, chords: Mapping[Key, str]) -> None:
        """Registers these shortcuts; they replace the previous ones."""

    def stop(self, deadline_s: float) -> bool:
        """Unregisters all hotkeys; returns whether the thread ended before the deadline."""


def find_trouble(platform_name: str, environment: Mapping[str, str]) -> GrabTrouble | None:
    """Returns the reason why this desktop allows no hotkeys; None if it may allow them.

    An X11 application on a Wayland desktop would receive keys from other X11 applications only:
    hotkeys would seem to work, but not everywhere.
    """
    if platform_name.startswith("wayland") or environment.get("WAYLAND_DISPLAY"):
        return GrabTrouble.WAYLAND
    has_way = platform_name == "xcb" or sys.platform == "win32"
    return None if has_way else GrabTrouble.NO_WAY


def refused(chords: Sequence[str]) -> tuple[str, str]:
    """Heading and text of the notice that other applications own these shortcuts."""
    head = QCoreApplication.translate("Words", "%1 is used by another program")
    body = with_keys(
        QCoreApplication.translate(
            "Words",
            "It does not work outside this window: press F1 and Enter to change the shortcut.",
        ),
        Key.KEYS,
    )
    return head.replace("%1", ", ".join(chords)), body
