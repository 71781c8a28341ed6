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
    """The connection is over; ``code`` is that of PhoneDisconnected."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def start_ahead(runtime_directory: Path, linger_s: float = DEFAULT_LINGER_S) -> SpawnedProcess:
    """A phone process that is being read in, for a PhoneProcess of the same folder.

    It has no settings yet, so it takes no calls; nobody needing it, it ends after ``linger_s``.
    Where one runs in the folder already it ends at once. Raises OSError and SocketPathError.
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
    """Finds or starts the phone process, keeps the connection, brings its events.

    Methods may be called from any thread and return at once, ``close`` excepted. ``on_event`` is
    called on the thread "phone-events". After ``start`` the first event is PhoneConnected, or
    PhoneDisconnected when the process does not come up; it is then tried again, for ever. Who shows
    the calls answers each ConsoleAsked by ``tell_here``: without that callers are turned away.
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
        """``ahead`` is what ``start_ahead`` gave for this folder."""
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
        """Begin; SocketPathError when the runtime directory's path is too long for a socket."""
        self._door.check()
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._thread.start()

    def close(self, end_process: bool = False) -> None:
        """Let go of the phone process, or end it: its calls too. Waits for the thread."""
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
        """Take a ringing call."""
        self._put(Answer(call_id))

    def reject(self, call_id: str, status_code: int = 486) -> None:
        """Refuse a ringing call with this final status."""
        self._put(Reject(call_id, status_code))

    def hang_up(self, call_id: str) -> None:
        """End a call, whatever its state."""
        self._put(HangUp(call_id))

    def call(self, number: str) -> str:
        """Call a number or SIP URI; gives the call_id its events will have."""
        call_id = uuid.uuid4().hex
        self._put(Dial(call_id, number))
        return call_id

    def set_muted(self, call_id: str, muted: bool) -> None:
        """Send silence in place of the microphone, or stop doing so."""
        self._put(SetMuted(call_id, muted))

    def hold(self, call_id: str) -> None:
        """Put a call on hold."""
        self._put(Hold(call_id))

    def resume(self, call_id: str) -> None:
        """Take a held call up again; the other calls are put on hold."""
        self._put(Resume(call_id))

    def transfer(self, call_id: str, number: str) -> None:
        """Hand the far side over to a number without asking there first."""
        self._put(Transfer(call_id, number))

    def consult(self, call_id: str, number: str) -> str:
        """Hold the call and call a number about it; gives the id of the consultation."""
        consultation_id = uuid.uuid4().hex
        self._put(Consult(call_id, number, consultation_id))
        return consultation_id

    def complete(self, call_id: str) -> None:
        """Connect the held far side with the consulted one; either call may be named."""
        self._put(Complete(call_id))

    def back(self, call_id: str) -> None:
        """End the consultation and take the held call up again; either call may be named."""
        self._put(Back(call_id))

    def send_digits(self, call_id: str, digits: str) -> None:
        """Press keys of the telephone: 0-9, *, #, A-D."""
        self._put(SendDigits(call_id, digits))

    def redirect(self, call_id: str, number: str) -> None:
        """Send the caller of a ringing call to another number."""
        self._put(Redirect(call_id, number))

    def record(self, call_id: str, action: RecordingAction) -> None:
        """Start, pause, resume or stop the recording of a call."""
        self._put(Record(call_id, action))

    def set_conference(self, call_ids: tuple[str, ...]) -> None:
        """Let these calls hear each other; fewer than two end the conference."""
        self._put(SetConference(call_ids))

    def set_do_not_disturb(self, wanted: bool) -> None:
        """Refuse all new calls from now on, or no longer; survives the phone process.

        DoNotDisturbChanged tells that it is so.
        """
        with self._lock:
            self._settings = replace(self._settings, do_not_disturb=wanted)
        self._put(SetDoNotDisturb(wanted))

    def set_closed_line(self, closed: ClosedLine | None) -> None:
        """See to all new calls by itself from now on, or let them ring; survives the phone process.

        CommandRefused tells what cannot be done: calls ring then.
        """
        with self._lock:
            self._settings = replace(self._settings, closed_line=closed)
        self._put(SetClosedLine(closed))

    def set_presence(self, presence: Presence | None) -> None:
        """Have the telephone system know this of the operator; survives the phone process.

        PresenceChanged tells what came of it.
        """
        with self._lock:
            self._settings = replace(self._settings, presence=presence)
        self._put(SetPresence(presence))

    def refresh_registration(self) -> None:
        """Register now; RegistrationChanged tells what came of it."""
        self._put(RefreshRegistration())

    def expect_self_call(self, caller: str) -> None:
        """Answer the self-test's call by itself; it may be made after SelfCallExpected."""
        self._put(ExpectSelfCall(caller))

    def end_self_call(self) -> None:
        """Hang up the self-test's call, and expect none any more."""
        self._put(EndSelfCall())

    def forget(self, call_id: str) -> None:
        """Tell that the end of this call is noted: it will not be reported again."""
        self._put(Forget(call_id))

    def tell_here(self, number: int) -> None:
        """All that was told before the question of this number has been taken in."""
        self._put(Here(number))

    def configure(self, settings: PhoneSettings) -> None:
        """Use other settings: audio at once, all else as soon as no call is live."""
        check_settings(settings)
        with self._lock:
            self._settings = settings
        self._put(Configure(settings))

    def adopt(self, settings: PhoneSettings) -> None:
        """As ``configure``, but what was asked for last stays: whether new calls are refused, what
        is done while the line is closed, and what the telephone system knows."""
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
            pass  # So many wake-ups wait already that one more changes nothing.
        except OSError:
            _log.info("command after close")

    # The thread.

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
            _log.warning("phone process: %s", code)
            self._on_event(PhoneDisconnected(datetime.now(UTC), code))
            if time.monotonic() - began_s > _START_TIMEOUT_S:
                back_off_s = _BACK_OFF_FIRST_S
            self._pause(back_off_s)
            back_off_s = min(2 * back_off_s, _BACK_OFF_LIMIT_S)
        if self._shut_down and self._process is not None:
            # Where it could not be told, or did not listen.
            self._process.terminate()

    def _pause(self, duration_s: float) -> None:
        """Wait without a connection, refusing commands as they come."""
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
        """Refuse what was asked for meanwhile: a call must not be dialled seconds later."""
        kept: list[Configure | Shutdown | SetDoNotDisturb | SetClosedLine | SetPresence] = []
        while self._outgoing:
            command = self._outgoing.popleft()
            if isinstance(command, (Configure, Shutdown)):
                kept.append(command)
            elif isinstance(command, (SetDoNotDisturb, SetClosedLine, SetPresence)):
                # It says how things are to be: the settings sent already may be older, and of
                # many only the last one holds.
                kept = [each for each in kept if type(each) is not type(command)]
                kept.append(command)
            elif not isinstance(command, Here):  # nobody waits for that answer any more
                self._on_event(refused(command, "not_connected"))
        self._outgoing.extendleft(reversed(kept))

    def _connect(self) -> socket.socket:
        """A greeted connection to the running phone process, or to one started now."""
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
                    # It is gone again; another console's process may hold the lock.
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
        """Carry lines both ways until the connection or this handle is closed."""
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
            _log.warning("phone process: unreadable line: %s", error.code)
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
        """Let the phone process read all it was sent: a socket that is closed upon unread lines of
        its own would throw that away."""
        try:
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(_READ_BYTES):
                pass
        except OSError:
            _log.warning("phone process: did not take leave")

    def _wait_for_end(self, connection: socket.socket) -> None:
        """After Shutdown the phone process hangs up and leaves the registrar before it ends."""
        if not self._shut_down:
            self._take_leave(connection)
            return
        connection.settimeout(_END_TIMEOUT_S)
        try:
            while connection.recv(_READ_BYTES):
                pass
        except OSError:
            _log.warning("phone process: did not end in time")
        deadline_s = time.monotonic() + _END_TIMEOUT_S
        while self._process is not None and self._process.exit_status() is None:
            if time.monotonic() > deadline_s:
                return
            time.sleep(_POLL_S)
