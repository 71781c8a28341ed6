"""Private local socket of console and phone process, and the phone process's instance lock.

AF_UNIX with mode 0600. On Windows it is TCP on loopback; a file that only the user can read
contains the port and a secret token.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from telephony.errors import ProtocolError, SocketPathError

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]

HAS_UNIX_SOCKETS = sys.platform != "win32"
_PATH_LIMIT_BYTES = 103 if sys.platform == "darwin" else 107
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Door:
    """Local socket address of the phone process. ``unix`` False means TCP with a token file at
    ``path``.
    """

    path: Path
    unix: bool = HAS_UNIX_SOCKETS

    def check(self) -> None:
        """Raises SocketPathError if the path is too long for a socket."""
        length_bytes = len(os.fsencode(self.path))
        if self.unix and length_bytes > _PATH_LIMIT_BYTES:
            raise SocketPathError(length_bytes, _PATH_LIMIT_BYTES)

    async def listen(self, handler: Handler, line_limit_bytes: int) -> tuple[asyncio.Server, str]:
        """Opens the socket, replacing one left by a dead process; returns the server and the token.

        The caller must hold ``ProcessLock``, which ensures that no other process listens.
        """
        self.check()
        self.path.unlink(missing_ok=True)
        if self.unix:
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.setblocking(False)
            former = os.umask(0o177)
            try:
                listener.bind(os.fspath(self.path))
            finally:
                os.umask(former)
            server = await asyncio.start_unix_server(handler, sock=listener, limit=line_limit_bytes)
            return server, ""
        server = await asyncio.start_server(handler, _LOOPBACK, 0, limit=line_limit_bytes)
        token = secrets.token_hex(32)
        port = server.sockets[0].getsockname()[1]
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump({"port": port, "token": token}, file)
        return server, token

    def connect(self, timeout_s: float) -> tuple[socket.socket, str]:
        """Connects and returns a blocking socket and the token to send. Raises OSError if no
        process listens.
        """
        if self.unix:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            token = ""
            address: str | tuple[str, int] = os.fspath(self.path)
        else:
            port, token = self._read_token_file()
            connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            address = (_LOOPBACK, port)
        try:
            connection.settimeout(timeout_s)
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection, token

    def _read_token_file(self) -> tuple[int, str]:
        try:
            document = json.loads(self.path.read_text(encoding="ascii"))
            return int(document["port"]), str(document["token"])
        except (ValueError, KeyError, TypeError) as error:
            raise ProtocolError("token_file") from error


class ProcessLock:
    """Lock that limits each socket to one phone process; released by the system after a crash."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Acquires the lock; False if another process holds it. The system releases it with the
        process.
        """
        flags = os.O_RDWR | os.O_CREAT
        descriptor = os.open(self._path, flags, 0o600)
        try:
            _lock_descriptor(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Releases the lock."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with contextlib.suppress(OSError):
                os.close(descriptor)


def _lock_descriptor(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
