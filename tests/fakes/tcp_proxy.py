"""A TCP proxy on loopback that plays a bad network, and tells of every commit that passes."""

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
QUERY = b"Q"  # and how long it is, in four bytes that count themselves
READY = b"Z\x00\x00\x00\x05I"  # what was asked is done, and no transaction is open
REFUSED = b"SERROR\0"
RECORD_WRITTEN = b"INSERT INTO call_record"
JOIN_S = 10.0


_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: no more of the connection than an RST


class CommitMoment(StrEnum):
    """How far a commit has come."""

    ASKED = "asked"
    """The server does not know of it."""
    DONE = "done"
    """The server has answered, and the client does not know."""
    HEARD = "heard"
    """The client has been sent the answer."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How each piece of data fares, in both directions: seconds late, bytes a second."""

    least_delay_s: float = 0.0
    greatest_delay_s: float = 0.0
    bytes_per_s: float | None = None


class TcpProxy:
    """Forwards every connection to one server; used as a context manager.

    A message that writes calls is a transaction of its own and is meant by a commit; others are
    not, since a client whose every sign-in breaks sends nothing. ``commits_to_lose`` counts those
    whose answer never arrives: the server performs them, and the connection breaks before the
    client has heard all of it. ``at_commit`` is called on the proxy's threads at every moment of
    every commit, which goes no further where it is False.
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
        """Let nothing through from now on, or nothing one way; every connection stays up."""
        if requests:
            self._requests_open.clear()
        if answers:
            self._answers_open.clear()

    def thaw(self) -> None:
        self._requests_open.set()
        self._answers_open.set()

    def reset(self) -> None:
        """Break every connection off with an RST to both sides."""
        with self._lock:
            lines = list(self._lines)
            self._torn |= set(lines)
        for line in lines:
            try:
                line.shutdown(socket.SHUT_RD)  # its threads stop reading, and close it
            except OSError:
                continue  # down already

    def refuse(self) -> None:
        """Let nobody listen here any more, and break off who is connected."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.reset()

    def listen_again(self) -> None:
        """Listen on the same port after ``refuse``."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._start(self._accept)

    def lose_server(self) -> None:
        """The server's side of every connection is gone, and the client is never told."""
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
        missing, is_commit = 0, False  # of a message that comes in pieces
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
            is_commit = False  # the first pieces of an answer come before it
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
        """Return when so many bytes have come through the weather."""
        way.wait()
        weather = self.weather
        late_s = random.uniform(weather.least_delay_s, weather.greatest_delay_s)  # noqa: S311
        if weather.bytes_per_s is not None:
            late_s += size / weather.bytes_per_s
        if late_s:
            self._ended.wait(late_s)
        way.wait()


def _length(data: bytes) -> int:
    """How long the query is that begins here."""
    return 1 + int.from_bytes(data[1:5]) if data.startswith(QUERY) else len(data)


def receive(line: socket.socket) -> bytes:
    """The next piece; empty where the line is down."""
    try:
        return line.recv(65536)
    except OSError:
        return b""


def send(line: socket.socket, data: bytes) -> bool:
    """Whether it went out."""
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
