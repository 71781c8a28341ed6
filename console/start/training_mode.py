"""Training mode: the same console on a folder of its own, from which nothing leaves."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess

from console.settings.workplace import THIS_MACHINE, ConsoleSettings, HeadsetChoice, PhoneChoice

FOLDER = "training"
# Who trains is asked for no password: all that is in the training mode is made up.
TRAINEE_LOGIN, TRAINEE_PASSWORD = "training", "training-mode"
ROOT = Path(__file__).resolve().parents[2]


def training_settings(settings: ConsoleSettings) -> ConsoleSettings:
    """Sound, looks and rules of the desk as at work, and nothing else of what was set.

    So no setting, not even one that is new, leads to a telephone system, centre, platform, mail
    or folder of the city. The line is open at any hour. Buttons of headsets lead calls of work
    alone: of two windows each would put out the lamps that the other has lit, and so end its call.
    """
    return ConsoleSettings(
        data_directory=settings.data_directory / FOLDER,
        file=settings.file,
        is_training=True,
        workplace=settings.workplace,
        phone=PhoneChoice(accept_from=THIS_MACHINE),
        audio=settings.audio,
        headset=HeadsetChoice(buttons=False),
        spelling=settings.spelling,
        states=settings.states,
        line_opens="00:00",
        line_closes="23:59",
        line_days=(0, 1, 2, 3, 4, 5, 6),
        next_message=settings.next_message,
        card_at=settings.card_at,
        theme=settings.theme,
        text_scale=settings.text_scale,
        language=settings.language,
    )


def training_command(settings: ConsoleSettings) -> tuple[str, ...]:
    """The command that starts training beside the console of these settings."""
    command = (sys.executable, "-m", "console", "--training", "--data")
    file = () if settings.file is None else ("--settings", str(settings.file))
    return (*command, str(settings.data_directory), *file)


def start_training_mode(settings: ConsoleSettings) -> bool:
    """Start it in a process of its own, or bring the one that runs to the front.

    Whether the system took the command.
    """
    program, *words = training_command(settings)
    process = QProcess()
    process.setProgram(program)
    process.setArguments(words)
    process.setWorkingDirectory(str(ROOT))
    started = process.startDetached()
    return bool(started[0] if isinstance(started, tuple) else started)
