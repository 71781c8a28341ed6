"""A TCP proxy on loopback that can freeze a line, break it, or swallow the answer to a COMMIT."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

COMMIT_ASKED = b"COMMIT\0"  # the simple query of the PostgreSQL protocol
JOIN_S = 10.0


class TcpProxy:
    """Forwards every connection to one server; used as a context manager.

    ``commits_to_lose`` counts COMMITs whose answer never arrives: the server performs them, and
    the connection breaks before the client hears of it.
    """

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open = threading.Event()
        self._open.set()
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.commits_to_lose = 0
        self.commits_lost = 0
        self.requests = 0

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def freeze(self) -> None:
        """Let nothing through from now on, while every connection stays up."""
        self._open.clear()

    def thaw(self) -> None:
        self._open.set()

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            lines, threads = list(self._lines), list(self._threads)
        for line in lines:
            _shut(line)
        for thread in threads:
            thread.join(JOIN_S)
        for line in lines:
            line.close()

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, name="tcp-proxy")
        with self._lock:
            self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return  # closed
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                client.close()
                continue
            with self._lock:
                self._lines += [client, server]
            losing = threading.Event()
            self._start(self._forward_requests, client, server, losing)
            self._start(self._forward_answers, server, client, losing)

    def _forward_requests(
        self, client: socket.socket, server: socket.socket, losing: threading.Event
    ) -> None:
        while data := _receive(client):
            self._open.wait()
            self.requests += 1
            if COMMIT_ASKED in data and self.commits_to_lose > 0:
                self.commits_to_lose -= 1
                losing.set()
            if not _send(server, data):
                break
        _shut(client, server)

    def _forward_answers(
        self, server: socket.socket, client: socket.socket, losing: threading.Event
    ) -> None:
        while data := _receive(server):
            self._open.wait()
            if losing.is_set():
                self.commits_lost += 1
                break  # the server has answered, so the commit is done
            if not _send(client, data):
                break
        _shut(client, server)


def _receive(line: socket.socket) -> bytes:
    try:
        return line.recv(65536)
    except OSError:
        return b""


def _send(line: socket.socket, data: bytes) -> bool:
    try:
        line.sendall(data)
    except OSError:
        return False
    return True


def _shut(*lines: socket.socket) -> None:
    for line in lines:
        try:
            line.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue  # down already
