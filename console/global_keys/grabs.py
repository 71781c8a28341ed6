"""What takes keys from all programs of a computer: what it is told, what it tells, who it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from console.keys.defaults import Key


class GrabTrouble(StrEnum):
    """Why no key works while another program is in front."""

    WAYLAND = "wayland"
    """A Wayland desktop gives no program the keys of others."""
    NO_WAY = "no_way"
    """None is known for this system."""
    LOST = "lost"
    """The display did not let us in, or is gone."""


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
