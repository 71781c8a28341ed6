"""Console side of the phone process: starts it, sends commands, delivers events.

Methods of ``PhoneProcess`` are thread-safe and do not block, except ``close``.
"""

from __future__ import annotations

import logging
import os
import selectors
import socket
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from telephony.commands import (
    Answer,
    Back,
    Complete,
    Consult,
    Dial,
    EndSelfCall,
    ExpectSelfCall,
    Forget,
    HangUp,
    Hold,
    Record,
    RecordingAction,
    Redirect,
    RefreshRegistration,
    Reject,
    Resume,
    SendDigits,
    SetClosedLine,
    SetConference,
    SetDoNotDisturb,
    SetMuted,
    SetPresence,
    Transfer,
    refused,
)
from telephony.errors import ProtocolError
from telephony.events import PhoneDisconnected, ToConsole
from telephony.link.local_socket import Door
from telephony.link.protocol import (
    LINE_LIMIT_BYTES,
    PROTOCOL_VERSION,
    Command,
    Configure,
    Hello,
    Here,
    Shutdown,
    decode_from_phone,
    encode,
)
from telephony.link.spawn import DEFAULT_LINGER_S, SpawnedProcess
from telephony.presence import Presence
from telephony.settings import ClosedLine, PhoneSettings, check_settings

_log = logging.getLogger(__name__)
_START_TIMEOUT_S = 15.0
_CONNECT_TIMEOUT_S = 2.0
_POLL_S = 0.02
_END_TIMEOUT_S = 5.0
_BACK_OFF_FIRST_S = 0.2
_BACK_OFF_LIMIT_S = 5.0
_READ_BYTES = 1 << 16


class _Lost(Exception):
    """The connection is closed; ``code`` is a code of PhoneDisconnected."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def start_ahead(runtime_directory: Path, linger_s: float = DEFAULT_LINGER_S) -> SpawnedProcess:
    """Starts a phone process in advance, for a PhoneProcess with the same folder.

    Without settings it accepts no calls. If unused, it ends after ``linger_s``; it ends immediately
    if another one already runs for the folder. Raises OSError and SocketPathError.
    """
    door = _door(runtime_directory)
    door.check()
    runtime_directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _spawned(door, runtime_directory, linger_s)


def _door(runtime_directory: Path) -> Door:
    return Door(runtime_directory / "phone.sock")


def _spawned(door: Door, directory: Path, linger_s: float) -> SpawnedProcess:
    arguments = ["serve", "--socket", str(door.path), "--linger-s", str(linger_s)]
    return SpawnedProcess(arguments, directory / "phone.log")


class PhoneProcess:
    """Finds or starts the phone process, maintains the connection and delivers its events.

    Methods are thread-safe and do not block, except ``close``. ``on_event`` is called on the thread
    "phone-events". After ``start`` the first event is PhoneConnected, or PhoneDisconnected if the
    process does not start; it is then retried indefinitely. The component that shows calls must
    answer each ConsoleAsked with ``tell_here``; otherwise callers are rejected.
    """

    def __init__(
        self,
        settings: PhoneSettings,
        runtime_directory: Path,
        on_event: Callable[[ToConsole], None],
        *,
        linger_s: float = DEFAULT_LINGER_S,
        ahead: SpawnedProcess | None = None,
    ) -> None:
        """``ahead`` is the result of ``start_ahead`` for this folder."""
        check_settings(settings)
        self._settings = settings
        self._directory = runtime_directory
        self._door = _door(runtime_directory)
        self._on_event = on_event
        self._linger_s = linger_s
        self._lock = threading.Lock()
        self._outgoing: deque[Command] = deque()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="phone-events", daemon=True)
        self._process = ahead
        self._shut_down = False

    def start(self) -> None:
        """Starts the connection. Raises SocketPathError if the folder's path is too long for a
        socket.
        """
        self._door.check()
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._thread.start()

    def close(self, end_process: bool = False) -> None:
        """Disconnects from the phone process, or ends it with its calls. Blocks until the thread
        has ended.
        """
        if end_process:
            self._shut_down = True
            self._put(Shutdown())
        self._closing.set()
        self._wake()
        if self._thread.ident is not None:
            self._thread.join(_END_TIMEOUT_S + _CONNECT_TIMEOUT_S)
        self._wake_reader.close()
        self._wake_writer.close()

    def answer(self, call_id: str) -> None:
        """Answers a ringing call."""
        self._put(Answer(call_id))

    def reject(self, call_id: str, status_code: int = 486) -> None:
        """Rejects a ringing call with this final status."""
        self._put(Reject(call_id, status_code))

    def hang_up(self, call_id: str) -> None:
        """Ends a call in any state."""
        self._put(HangUp(call_id))

    def call(self, number: str) -> str:
        """Calls a number or SIP URI; returns the call ID of its events."""
        call_id = uuid.uuid4().hex
        self._put(Dial(call_id, number))
        return call_id

    def set_muted(self, call_id: str, muted: bool) -> None:
        """Mutes or unmutes the microphone; a muted call gets silence."""
        self._put(SetMuted(call_id, muted))

    def hold(self, call_id: str) -> None:
        """Puts a call on hold."""
        self._put(Hold(call_id))

    def resume(self, call_id: str) -> None:
        """Resumes a held call and holds the other calls."""
        self._put(Resume(call_id))

    def transfer(self, call_id: str, number: str) -> None:
        """Transfers the remote party to a number without consultation."""
        self._put(Transfer(call_id, number))

    def consult(self, call_id: str, number: str) -> str:
        """Puts the call on hold and calls a number for consultation; returns the consultation's
        call ID.
        """
        consultation_id = uuid.uuid4().hex
        self._put(Consult(call_id, number, consultation_id))
        return consultation_id

    def complete(self, call_id: str) -> None:
        """Connects the held party with the consulted party; accepts either call ID."""
        self._put(Complete(call_id))

    def back(self, call_id: str) -> None:
        """Ends the consultation and resumes the held call; accepts either call ID."""
        self._put(Back(call_id))

    def send_digits(self, call_id: str, digits: str) -> None:
        """Sends DTMF digits: 0-9, *, #, A-D."""
        self._put(SendDigits(call_id, digits))

    def redirect(self, call_id: str, number: str) -> None:
        """Redirects a ringing call to another number."""
        self._put(Redirect(call_id, number))

    def record(self, call_id: str, action: RecordingAction) -> None:
        """Starts, pauses, resumes or stops the recording of a call."""
        self._put(Record(call_id, action))

    def set_conference(self, call_ids: tuple[str, ...]) -> None:
        """Joins these calls in a conference; fewer than two end it."""
        self._put(SetConference(call_ids))

    def set_do_not_disturb(self, wanted: bool) -> None:
        """Starts or stops rejecting all new calls; survives a restart of the phone process.

        DoNotDisturbChanged confirms the change.
        """
        with self._lock:
            self._settings = replace(self._settings, do_not_disturb=wanted)
        self._put(SetDoNotDisturb(wanted))

    def set_closed_line(self, closed: ClosedLine | None) -> None:
        """Sets the automatic treatment of new calls; with None they ring. Survives a restart of the
        phone process.

        CommandRefused reports errors; calls then ring.
        """
        with self._lock:
            self._settings = replace(self._settings, closed_line=closed)
        self._put(SetClosedLine(closed))

    def set_presence(self, presence: Presence | None) -> None:
        """Publishes the operator's presence to the PBX; survives a restart of the phone process.

        PresenceChanged reports the result.
        """
        with self._lock:
            self._settings = replace(self._settings, presence=presence)
        self._put(SetPresence(presence))

    def refresh_registration(self) -> None:
        """Registers again immediately; RegistrationChanged reports the result."""
        self._put(RefreshRegistration())

    def expect_self_call(self, caller: str) -> None:
        """Prepares the automatic answer of the self-test's call, which can be made after
        SelfCallExpected.
        """
        self._put(ExpectSelfCall(caller))

    def end_self_call(self) -> None:
        """Hangs up the self-test's call and stops expecting one."""
        self._put(EndSelfCall())

    def forget(self, call_id: str) -> None:
        """Acknowledges the end of this call, which is then not reported again."""
        self._put(Forget(call_id))

    def tell_here(self, number: int) -> None:
        """Answers a liveness ping: all events before it have been processed."""
        self._put(Here(number))

    def configure(self, settings: PhoneSettings) -> None:
        """Applies other settings: audio immediately, the other ones when no call is live."""
        check_settings(settings)
        with self._lock:
            self._settings = settings
        self._put(Configure(settings))

    def adopt(self, settings: PhoneSettings) -> None:
        """Applies other settings like ``configure``, but preserves the current do not disturb,
        closed-hotline treatment and presence.
        """
        with self._lock:
            asked = self._settings
        self.configure(
            replace(
                settings,
                do_not_disturb=asked.do_not_disturb,
                closed_line=asked.closed_line,
                presence=asked.presence,
            )
        )

    def _put(self, command: Command) -> None:
        self._outgoing.append(command)
        self._wake()

    def _wake(self) -> None:
        try:
            self._wake_writer.send(b"\0")
        except BlockingIOError:
            pass  # the buffer is full of wake-ups; one more is not needed
        except OSError:
            _log.info("phone process: command after close")

    # Thread "phone-events".

    def _run(self) -> None:
        back_off_s = _BACK_OFF_FIRST_S
        while not self._closing.is_set():
            began_s = time.monotonic()
            try:
                connection = self._connect()
                with connection:
                    self._refuse_waiting()
                    self._send_waiting(connection)
                    self._talk(connection)
                code = "closed"
            except _Lost as lost:
                code = lost.code
            if self._closing.is_set():
                break
            _log.warning("phone process: disconnected: %s", code)
            self._on_event(PhoneDisconnected(datetime.now(UTC), code))
            if time.monotonic() - began_s > _START_TIMEOUT_S:
                back_off_s = _BACK_OFF_FIRST_S
            self._pause(back_off_s)
            back_off_s = min(2 * back_off_s, _BACK_OFF_LIMIT_S)
        if self._shut_down and self._process is not None:
            # The process could not be notified, or did not respond.
            self._process.terminate()

    def _pause(self, duration_s: float) -> None:
        """Waits without a connection, and refuses incoming commands."""
        until_s = time.monotonic() + duration_s
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_reader, selectors.EVENT_READ)
            while not self._closing.is_set():
                self._refuse_waiting()
                remaining_s = until_s - time.monotonic()
                if remaining_s <= 0:
                    return
                if selector.select(remaining_s):
                    self._drain_wake_ups()

    def _refuse_waiting(self) -> None:
        """Refuses commands queued while disconnected: a call must not be dialled seconds later."""
        kept: list[Configure | Shutdown | SetDoNotDisturb | SetClosedLine | SetPresence] = []
        while self._outgoing:
            command = self._outgoing.popleft()
            if isinstance(command, (Configure, Shutdown)):
                kept.append(command)
            elif isinstance(command, (SetDoNotDisturb, SetClosedLine, SetPresence)):
                # These commands set a state: the settings already sent may be older, and only the
                # last command of a kind counts.
                kept = [each for each in kept if type(each) is not type(command)]
                kept.append(command)
            elif not isinstance(command, Here):  # the pong is no longer expected
                self._on_event(refused(command, "not_connected"))
        self._outgoing.extendleft(reversed(kept))

    def _connect(self) -> socket.socket:
        """Connects to the running phone process, or to a new one, and sends the greeting."""
        deadline_s = time.monotonic() + _START_TIMEOUT_S
        spawned = False
        while True:
            connection = self._try_to_connect()
            if connection is not None:
                return connection
            if self._closing.is_set():
                raise _Lost("closed")
            running = self._process is not None and self._process.exit_status() is None
            if not running:
                if spawned:
                    # It has ended again; the process of another console may hold the lock.
                    raise _Lost("not_started")
                self._spawn()
                spawned = True
            if time.monotonic() > deadline_s:
                raise _Lost("not_started")
            self._pause(_POLL_S)

    def _try_to_connect(self) -> socket.socket | None:
        try:
            connection, token = self._door.connect(_CONNECT_TIMEOUT_S)
        except (OSError, ProtocolError):
            return None
        try:
            connection.sendall(encode(Hello(PROTOCOL_VERSION, os.getpid(), token)))
            with self._lock:
                settings = self._settings
            connection.sendall(encode(Configure(settings)))
        except OSError:
            connection.close()
            return None
        return connection

    def _spawn(self) -> None:
        try:
            self._process = _spawned(self._door, self._directory, self._linger_s)
        except OSError as error:
            raise _Lost("not_started") from error

    def _talk(self, connection: socket.socket) -> None:
        """Transfers lines in both directions until the connection or this object is closed."""
        connection.settimeout(_CONNECT_TIMEOUT_S)
        unread = b""
        greeted = False
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            selector.register(self._wake_reader, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                if self._wake_reader in ready:
                    self._drain_wake_ups()
                    self._send_waiting(connection)
                    if self._closing.is_set():
                        self._wait_for_end(connection)
                        return
                if connection in ready:
                    unread += self._receive(connection)
                    *lines, unread = unread.split(b"\n")
                    for line in lines:
                        greeted = self._take(line, greeted)
                    if len(unread) > LINE_LIMIT_BYTES:
                        raise _Lost("protocol")

    def _drain_wake_ups(self) -> None:
        try:
            while self._wake_reader.recv(4096):
                pass
        except BlockingIOError:
            return

    def _send_waiting(self, connection: socket.socket) -> None:
        while self._outgoing:
            try:
                connection.sendall(encode(self._outgoing.popleft()))
            except OSError as error:
                raise _Lost("closed") from error

    def _receive(self, connection: socket.socket) -> bytes:
        try:
            data = connection.recv(_READ_BYTES)
        except OSError as error:
            raise _Lost("closed") from error
        if not data:
            raise _Lost("closed")
        return data

    def _take(self, line: bytes, greeted: bool) -> bool:
        try:
            message = decode_from_phone(line)
        except ProtocolError as error:
            _log.warning("phone process: invalid line: %s", error.code)
            raise _Lost("protocol") from error
        match message:
            case Hello(version) if not greeted:
                if version != PROTOCOL_VERSION:
                    raise _Lost("version")
                return True
            case Hello():
                raise _Lost("protocol")
            case event if greeted:
                self._on_event(event)
                return True
            case _:
                raise _Lost("protocol")

    def _take_leave(self, connection: socket.socket) -> None:
        """Waits until the phone process has read everything: closing a socket with unread input
        would discard it.
        """
        try:
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(_READ_BYTES):
                pass
        except OSError:
            _log.warning("phone process: no reply to close")

    def _wait_for_end(self, connection: socket.socket) -> None:
        """After Shutdown, waits until the phone process has hung up, unregistered and ended."""
        if not self._shut_down:
            self._take_leave(connection)
            return
        connection.settimeout(_END_TIMEOUT_S)
        try:
            while connection.recv(_READ_BYTES):
                pass
        except OSError:
            _log.warning("phone process: exit timed out")
        deadline_s = time.monotonic() + _END_TIMEOUT_S
        while self._process is not None and self._process.exit_status() is None:
            if time.monotonic() > deadline_s:
                return
            time.sleep(_POLL_S)
