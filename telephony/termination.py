"""Ending a program by SIGTERM as if it ended by itself: what it has opened is closed on the way."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_AGAIN_S = 0.01


def exit_on_termination(code: int) -> None:
    """Raise SystemExit with the code on the main thread once SIGTERM comes; main thread."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        sys.exit(code)

    signal.signal(signal.SIGTERM, leave)
    sys.unraisablehook = _ask_again


def _ask_again(unraisable: sys.UnraisableHookArgs) -> None:
    """An exit asked for while an object is finalised goes no further than its finaliser."""
    if not isinstance(unraisable.exc_value, SystemExit):
        sys.__unraisablehook__(unraisable)
        return
    asking = threading.Timer(_AGAIN_S, os.kill, (os.getpid(), signal.SIGTERM))
    asking.daemon = True
    asking.start()
