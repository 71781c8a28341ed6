"""One console for each folder of data: a second start hands over to the first and ends.

The lock is taken before the first paint and needs nothing but QtCore; the door where others knock
is opened after it, since Qt's network takes its time to be loaded.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOG = logging.getLogger(__name__)
HAND_OVER_LIMIT_S = 20.0  # the first console may be starting itself, or ending
_CONNECT_MS = 500
_ANSWER_MS = 2000
_RETRY_S = 0.1
_MOST_BYTES = 4096
_TAKEN = b"taken\n"


class Place(StrEnum):
    """What became of a start."""

    OURS = "ours"
    HANDED_OVER = "handed-over"
    SILENT = "silent"
    """Another console has the place and does not answer."""


class Instance(QObject):
    """The place of the one console of a folder; belongs to the GUI thread."""

    asked = Signal(str)  # an address to call; empty: only come to the front

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """``folder`` is where the phone's socket lies too; it is made where it is not there."""
        super().__init__(parent)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / "console.lock"))
        self._lock.setStaleLockTime(0)  # it is held as long as its process lives
        self._name = _door_name(folder / "desk.sock")
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Whether this is the only console here; its end, also by a crash, gives the place back."""
        return self._lock.tryLock(0)

    def take_or_hand_over(self, address: str) -> Place:
        """Wait for either: the console that has the place takes the address, or it ends."""
        until_s = time.monotonic() + HAND_OVER_LIMIT_S
        while time.monotonic() < until_s:
            if self.take():
                return Place.OURS
            if self._knock(address):
                return Place.HANDED_OVER
            time.sleep(_RETRY_S)
        return Place.SILENT

    def open_door(self) -> None:
        """Hear who starts after this one; to be called by the one who has the place."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)  # of a console that was killed
        server.newConnection.connect(self._knocked)
        if not server.listen(self._name):
            LOG.warning("no door for a second start: %s", server.serverError().name)
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
        """The program ends: who starts now waits for the place."""
        if self._server is not None:
            self._server.close()

    def close(self) -> None:
        """Give the place back."""
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
    """A path where sockets are files; on Windows a name that its pipes may have."""
    if sys.platform != "win32":
        return str(path)
    return f"edinyi-nomer-{sha256(str(path).encode()).hexdigest()[:16]}"


def _address_of(line: bytes) -> str | None:
    """The address of a message; None for what no console has sent."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return None
    address = document.get("address") if isinstance(document, dict) else None
    return address if isinstance(address, str) else None
