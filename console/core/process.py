"""Processes of the console: single-instance lock, restart, and the separate training mode.

The lock needs only QtCore and is acquired before the first paint. The socket that accepts requests
of later starts is opened after the first paint, because Qt's network module loads slowly.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QProcess, Signal

from console.core.settings.workplace import (
    THIS_MACHINE,
    ConsoleSettings,
    HeadsetChoice,
    PhoneChoice,
)

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOG = logging.getLogger(__name__)
HAND_OVER_LIMIT_S = 20.0  # the running console may itself be starting or stopping
_CONNECT_MS = 500
_ANSWER_MS = 2000
_RETRY_S = 0.1
_MOST_BYTES = 4096
_TAKEN = b"taken\n"


class Place(StrEnum):
    """Result of the single-instance check."""

    OURS = "ours"
    HANDED_OVER = "handed-over"
    SILENT = "silent"
    """Another console holds the lock and does not respond."""


class Instance(QObject):
    """Single-instance lock of a folder, with a socket that accepts requests of later starts. GUI
    thread only.
    """

    asked = Signal(str)  # SIP address to call; empty: only raise the window

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """``folder`` contains the lock, and the phone's socket; it is created if missing."""
        super().__init__(parent)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / "console.lock"))
        self._lock.setStaleLockTime(0)  # never stale while its process is running
        self._name = _door_name(folder / "desk.sock")
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Acquires the lock if it is free; returns whether it was acquired.

        The operating system releases it at the end of the process, also after a crash.
        """
        return self._lock.tryLock(0)

    def take_or_hand_over(self, address: str) -> Place:
        """Acquires the lock, or passes the address to the running console; blocks for at
        most 20 s.
        """
        until_s = time.monotonic() + HAND_OVER_LIMIT_S
        while time.monotonic() < until_s:
            if self.take():
                return Place.OURS
            if self._knock(address):
                return Place.HANDED_OVER
            time.sleep(_RETRY_S)
        return Place.SILENT

    def open_door(self) -> None:
        """Opens the socket for requests of later starts; call it after ``take`` has succeeded."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)  # left by a killed console
        server.newConnection.connect(self._knocked)
        if not server.listen(self._name):
            LOG.warning("instance socket: cannot listen: %s", server.serverError().name)
        self._server = server

    def _knock(self, address: str) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MS):
            return False
        socket.write(json.dumps({"address": address}).encode("ascii") + b"\n")
        return socket.waitForReadyRead(_ANSWER_MS) and _answer(socket) == _TAKEN

    def close_door(self) -> None:
        """Closes the socket at exit; a later start then waits for the lock."""
        if self._server is not None:
            self._server.close()

    def close(self) -> None:
        """Closes the socket and releases the lock."""
        self.close_door()
        self._lock.unlock()

    def _knocked(self) -> None:
        server = self._server
        while server is not None and server.hasPendingConnections():
            socket = server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda s=socket: self._read(s))
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _MOST_BYTES:
                socket.abort()
            return
        address = _address_of(bytes(socket.readLine(_MOST_BYTES).data()))
        if address is None:
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        self.asked.emit(address)


def _answer(socket: QLocalSocket) -> bytes:
    return bytes(socket.readLine(_MOST_BYTES).data())


def _door_name(path: Path) -> str:
    """Returns the socket path, or on Windows a valid pipe name derived from it."""
    if sys.platform != "win32":
        return str(path)
    return f"edinyi-nomer-{sha256(str(path).encode()).hexdigest()[:16]}"


def _address_of(line: bytes) -> str | None:
    """Returns the address in a request of a later start; None if the request is invalid."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return None
    address = document.get("address") if isinstance(document, dict) else None
    return address if isinstance(address, str) else None


LANGUAGE_ARGUMENT = "--language"


def command_again(words: Sequence[str], address: str, language: str = "") -> tuple[str, ...]:
    """Returns the command that restarts this process; ``words`` are the original arguments of
    Python.

    The address is removed, because this process has already handled it. ``language`` is the
    language of the operator who requested the restart and applies to the next start only; empty if
    no operator is signed in.
    """
    kept = list(words[1:])
    if address and address in kept:
        kept.remove(address)
    if LANGUAGE_ARGUMENT in kept:
        place = kept.index(LANGUAGE_ARGUMENT)
        del kept[place : place + 2]
    chosen = (LANGUAGE_ARGUMENT, language) if language else ()
    return (sys.executable, *kept, *chosen)


def start_anew(command: Sequence[str]) -> None:
    """Restarts the program. Call it last, after all services have stopped and the lock is released.

    Except on Windows the process is replaced, which keeps its process id, and the function does not
    return. Raises OSError if the process cannot be created.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # None without a console window
            stream.flush()
    if sys.platform == "win32":
        subprocess.Popen(command, close_fds=True)  # noqa: S603  # our own command
    else:
        os.execv(command[0], list(command))  # noqa: S606  # our own command


FOLDER = "training"
# Training needs no password, because all its data is synthetic.
TRAINEE_LOGIN, TRAINEE_PASSWORD = "training", "training-mode"
ROOT = Path(__file__).resolve().parents[2]


def training_settings(settings: ConsoleSettings) -> ConsoleSettings:
    """Returns the settings of the training mode: audio, appearance and operator states of this
    workplace, and defaults for all others.

    No setting, even a new one, can therefore connect to a PBX, central database, platform, mail
    server or folder of the city. The phone line is always open. Headset buttons are disabled: each
    of the two consoles would turn off the LEDs of the other and so end its call.
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
    """Returns the command that starts the training mode in addition to this console."""
    command = (sys.executable, "-m", "console", "--training", "--data")
    file = () if settings.file is None else ("--settings", str(settings.file))
    return (*command, str(settings.data_directory), *file)


def start_training_mode(settings: ConsoleSettings) -> bool:
    """Starts the training mode as a separate process, or raises its window if it is already
    running.

    Returns whether the process could be started.
    """
    program, *words = training_command(settings)
    process = QProcess()
    process.setProgram(program)
    process.setArguments(words)
    process.setWorkingDirectory(str(ROOT))
    started = process.startDetached()
    return bool(started[0] if isinstance(started, tuple) else started)
