"""The program begins anew in its own place, as somebody has started it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Sequence


def command_again(words: Sequence[str], address: str) -> tuple[str, ...]:
    """The command of this process, from the interpreter on; ``words`` are Python's of its start.

    An address to call was offered once, and is offered no more.
    """
    kept = list(words[1:])
    if address and address in kept:
        kept.remove(address)
    return (sys.executable, *kept)


def start_anew(command: Sequence[str]) -> None:
    """Begin anew; to be called last, when everything is stopped and the place is given back.

    Elsewhere than on Windows it stays the same process, so that whoever watches over the program
    sees no end of it; this does not return then. OSError where the system gives no new process.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a program without a console window has none
            stream.flush()
    if sys.platform == "win32":
        subprocess.Popen(command, close_fds=True)  # noqa: S603  # our own command
    else:
        os.execv(command[0], list(command))  # noqa: S606  # our own command
