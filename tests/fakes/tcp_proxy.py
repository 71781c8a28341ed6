"""A TCP proxy on loopback that simulates a bad network and reports every commit that passes."""

from __future__ import annotations

import random
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

# PostgreSQL's protocol, "Message Formats"
QUERY = b"Q"  # followed by the length in four bytes, which include themselves
READY = b"Z\x00\x00\x00\x05I"  # the query is finished, and no transaction is open
REFUSED = b"SERROR\0"
RECORD_WRITTEN = b"INSERT INTO call_record"
JOIN_S = 10.0


_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close with an RST


class CommitMoment(StrEnum):
    """Progress of a commit."""

    ASKED = "asked"
    """The server has not received it."""
    DONE = "done"
    """The server has answered, and the client does not know."""
    HEARD = "heard"
    """The answer was sent to the client."""


@dataclass(frozen=True, slots=True)
class Weather:
    """Delay in seconds and rate in bytes a second, for both directions."""

    least_delay_s: float = 0.0
    greatest_delay_s: float = 0.0
    bytes_per_s: float | None = None


class TcpProxy:
    """Forwards every connection to one server; used as a context manager.

    A message that writes calls is a separate transaction and counts as a commit; others do not,
    since a client whose every sign-in breaks sends nothing. ``commits_to_lose`` is the number of
    commits whose answer never arrives: the server performs them, and the connection breaks before
    the client has received the complete answer. ``at_commit`` is called on the proxy's threads at
    every moment of every commit; if it returns False, the commit is not forwarded.
    """

    def __init__(
        self, server_port: int, at_commit: Callable[[CommitMoment], bool] = lambda _moment: True
    ) -> None:
        self._server_port = server_port
        self._at_commit = at_commit
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._requests_open, self._answers_open = threading.Event(), threading.Event()
        self.thaw()
        self._ended = threading.Event()
        self.weather = Weather()
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._deaf: set[socket.socket] = set()
        self._torn: set[socket.socket] = set()
        self._port: int = self._listener.getsockname()[1]
        self.commits_to_lose = 0
        self.commits_lost = 0
        self.requests = 0

    @property
    def port(self) -> int:
        return self._port

    def freeze(self, *, requests: bool = True, answers: bool = True) -> None:
        """Stops forwarding in both directions or one; every connection remains open."""
        if requests:
            self._requests_open.clear()
        if answers:
            self._answers_open.clear()

    def thaw(self) -> None:
        self._requests_open.set()
        self._answers_open.set()

    def reset(self) -> None:
        """Breaks every connection with an RST to both sides."""
        with self._lock:
            lines = list(self._lines)
            self._torn |= set(lines)
        for line in lines:
            try:
                line.shutdown(socket.SHUT_RD)  # its threads stop reading, and close it
            except OSError:
                continue  # down already

    def refuse(self) -> None:
        """Stops listening and breaks all connections."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.reset()

    def listen_again(self) -> None:
        """Listens on the same port after ``refuse``."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._start(self._accept)

    def lose_server(self) -> None:
        """Drops the server's side of every connection without notifying the client."""
        with self._lock:
            self._deaf |= set(self._lines)

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self.thaw()
        _shut(self._listener)
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
        listener = self._listener
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return  # closed
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                client.close()
                continue
            with self._lock:
                self._lines += [client, server]
            committing, losing = threading.Event(), threading.Event()
            self._start(self._forward_requests, client, server, committing, losing)
            self._start(self._forward_answers, server, client, committing, losing)

    def _forward_requests(
        self,
        client: socket.socket,
        server: socket.socket,
        committing: threading.Event,
        losing: threading.Event,
    ) -> None:
        missing, is_commit = 0, False  # of a message in several pieces
        while data := receive(client):
            if missing <= 0:
                missing, is_commit = _length(data), False
            is_commit = is_commit or RECORD_WRITTEN in data
            missing -= len(data)
            self._pass(len(data), self._requests_open)
            self.requests += 1
            if self._is_deaf(client):
                continue
            if is_commit and missing <= 0:  # with this piece the server has all of it
                if self.commits_to_lose > 0 and not losing.is_set():
                    self.commits_to_lose -= 1
                    losing.set()
                if not self._at_commit(CommitMoment.ASKED):
                    break
                committing.set()
            if not send(server, data):
                break
        self._end(client, server)

    def _forward_answers(
        self,
        server: socket.socket,
        client: socket.socket,
        committing: threading.Event,
        losing: threading.Event,
    ) -> None:
        end, is_refused = b"", False
        while data := receive(server):
            self._pass(len(data), self._answers_open)
            if self._is_deaf(client):
                continue
            end = (end + data)[-len(READY) :]
            is_refused = is_refused or REFUSED in data
            is_commit = False  # earlier pieces of an answer precede it
            if end == READY and committing.is_set():
                is_commit = not is_refused
                committing.clear()
            if end == READY:
                is_refused = False
            if is_commit and losing.is_set():
                self.commits_lost += 1
                break
            if is_commit and not self._at_commit(CommitMoment.DONE):
                break
            if not send(client, data):
                break
            if is_commit and not self._at_commit(CommitMoment.HEARD):
                break
        self._end(client, server)

    def _end(self, client: socket.socket, server: socket.socket) -> None:
        with self._lock:
            is_deaf, is_torn = client in self._deaf, client in self._torn
        if is_torn:
            _tear(client, server)
        elif not is_deaf:
            _shut(client, server)

    def _is_deaf(self, client: socket.socket) -> bool:
        with self._lock:
            return client in self._deaf

    def _pass(self, size: int, way: threading.Event) -> None:
        """Returns when this number of bytes has passed the simulated delay and rate."""
        way.wait()
        weather = self.weather
        late_s = random.uniform(weather.least_delay_s, weather.greatest_delay_s)  # noqa: S311
        if weather.bytes_per_s is not None:
            late_s += size / weather.bytes_per_s
        if late_s:
            self._ended.wait(late_s)
        way.wait()


def _length(data: bytes) -> int:
    """Returns the length of the query at the start of the data."""
    return 1 + int.from_bytes(data[1:5]) if data.startswith(QUERY) else len(data)


def receive(line: socket.socket) -> bytes:
    """Returns the next piece; empty if the connection is closed."""
    try:
        return line.recv(65536)
    except OSError:
        return b""


def send(line: socket.socket, data: bytes) -> bool:
    """Returns whether the data was sent."""
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


def _tear(*lines: socket.socket) -> None:
    for line in lines:
        try:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            line.shutdown(socket.SHUT_RD)  # wakes the thread of the other direction
        except OSError:
            pass  # down already
        line.close()
