"""A console without a window, made to be killed: writes events as JSON lines, reads commands.

Run as ``python -m tests.fakes.console_client DIRECTORY LINGER_S``. The first line of standard input
contains the settings as JSON; then follow "answer ID", "mute ID", "hold ID", "hang_up ID", "forget
ID", "call NUMBER".
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from telephony.events import ConsoleAsked, ToConsole
from telephony.process import PhoneProcess
from telephony.settings import settings_from_json
from telephony.terminal import event_line


def main() -> None:
    settings = settings_from_json(json.loads(sys.stdin.readline()))

    def show(event: ToConsole) -> None:
        if isinstance(event, ConsoleAsked):
            process.tell_here(event.number)
            return
        sys.stdout.write(event_line(event) + "\n")
        sys.stdout.flush()

    process = PhoneProcess(settings, Path(sys.argv[1]), show, linger_s=float(sys.argv[2]))
    process.start()
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        match command:
            case "answer":
                process.answer(argument)
            case "hang_up":
                process.hang_up(argument)
            case "forget":
                process.forget(argument)
            case "mute":
                process.set_muted(argument, True)
            case "hold":
                process.hold(argument)
            case "call":
                process.call(argument)
            case _:
                raise ValueError(command)
    process.close()


if __name__ == "__main__":
    main()
