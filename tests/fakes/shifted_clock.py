"""Environment variables that give a child process the shifted clock of the tests."""

from __future__ import annotations

import os

NAMES = ("LD_PRELOAD", "CLOCK_SHIFT_S")


def clock_of_the_tests() -> dict[str, str]:
    """Returns the variables to add to the otherwise empty environment of a child."""
    return {name: os.environ[name] for name in NAMES if name in os.environ}
