"""Phone process: one phone behind a private local socket, for one console at a time."""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
from dataclasses import dataclass

from telephony.calls.book import ENDED_LIMIT
from telephony.calls.media import build_media
from telephony.commands import Forget, refused
from telephony.errors import ProtocolError, TelephonyError
from telephony.events import (
    CallEnded,
    CallRinging,
    CallSnapshot,
    CommandRefused,
    ConsoleAsked,
    Direction,
    MediaReported,
    PhoneConnected,
    PhoneEvent,
    ToConsole,
)
from telephony.link.attendance import Attendance
from telephony.link.local_socket import Door, ProcessLock
from telephony.link.phone_commands import carry_out
from telephony.link.protocol import (
    LINE_LIMIT_BYTES,
    PROTOCOL_VERSION,
    Configure,
    FromConsole,
    Hello,
    Here,
    Shutdown,
    decode_from_console,
    encode,
)
from telephony.link.spawn import DEFAULT_LINGER_S
from telephony.phone import Phone, refusal_code
from telephony.settings import PhoneSettings
from telephony.sip.syntax.address import format_host_port

_log = logging.getLogger(__name__)
_HELLO_TIMEOUT_S = 5.0
_UNREAD_LIMIT_BYTES = 1 << 20
UNNOTED_KEPT_S = 3600.0
"""Maximum time for which unacknowledged calls are retained in memory without a console."""


@dataclass(slots=True)
class _Console:
    """Connected console. The flag is True after PhoneConnected was sent, unless the console does
    not respond.
    """

    writer: asyncio.StreamWriter
    told: bool = False


class PhoneServer:
    """Runs the phone while a console is connected or a call is live, and ``linger_s`` longer.

    A call without a console and without received audio for ``linger_s`` is hung up. Without a
    console calls cannot be answered; this is published immediately, and the next console publishes
    its own state. Ringing calls continue for ``console_wait_s`` and are not answered automatically.
    Later calls are rejected immediately, which makes the PBX offer the caller to another workplace.
    The same applies while a console does not respond (``Attendance``). Repeated attempts of a
    caller count as one missed call. The next console receives all calls that have ended since,
    missed or answered. For ``unnoted_kept_s`` these calls prolong the process, which has already
    unregistered.
    """

    def __init__(
        self,
        door: Door,
        linger_s: float = DEFAULT_LINGER_S,
        unnoted_kept_s: float = UNNOTED_KEPT_S,
    ) -> None:
        self._door = door
        self._linger_s = linger_s
        self._unnoted_kept_s = unnoted_kept_s
        self._unnoted: tuple[CallSnapshot, ...] = ()  # ended calls of a phone that was stopped
        self._leaving: asyncio.Task[None] | None = None
        self._configuring = asyncio.Lock()
        self._token = ""
        self._phone: Phone | None = None
        self._console: _Console | None = None
        self._linger: asyncio.TimerHandle | None = None
        self._attendance = Attendance(
            lambda delay_s, work: asyncio.get_running_loop().call_later(delay_s, work),
            ask=lambda number: self._tell(ConsoleAsked(number)),
            on_hang=self._stop_telling,
            on_back=self._tell_again,
        )
        self._heard: dict[str, tuple[int, float]] = {}
        # Calls that rang or ended since the state was last sent to a console:
        self._rang_unseen: set[str] = set()
        self._ended_unseen: set[str] = set()
        self._end = asyncio.Event()
        self._connections: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}

    async def run(self) -> bool:
        """Serves until the phone is no longer needed; False if another process already serves."""
        lock = ProcessLock(self._door.path.with_suffix(".lock"))
        if not lock.acquire():
            return False
        try:
            server, self._token = await self._door.listen(self._accept, LINE_LIMIT_BYTES)
            self._watch()
            await self._end.wait()
            server.close()
            if self._leaving is not None:
                await self._leaving
            if self._phone is not None:
                await self._phone.stop()
            for writer in list(self._connections):
                writer.close()
            await asyncio.gather(*self._connections.values())
            self._door.path.unlink(missing_ok=True)
        finally:
            lock.release()
        return True

    def end(self) -> None:
        """Ends the process in an orderly way, as on SIGTERM."""
        self._end.set()

    # Console connection.

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._connections[writer] = task
        task.add_done_callback(lambda _: self._connections.pop(writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        console = _Console(writer)
        try:
            if await self._greet(reader, writer):
                self._replace_console(console)
                while line := await reader.readline():
                    await self._take(console, decode_from_console(line))
        except ProtocolError as error:
            _log.warning("console: invalid line: %s", error.code)
        except (ConnectionError, TimeoutError, ValueError):
            # ValueError: a line longer than the limit.
            _log.info("console: connection lost")
        finally:
            if self._console is console:
                self._console = None
            writer.close()
            self._miss_console()
            self._watch()

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        line = await asyncio.wait_for(reader.readline(), _HELLO_TIMEOUT_S)
        hello = decode_from_console(line)
        if not isinstance(hello, Hello) or not hmac.compare_digest(hello.token, self._token):
            return False
        writer.write(encode(Hello(PROTOCOL_VERSION, os.getpid())))
        await writer.drain()
        if hello.version != PROTOCOL_VERSION and not self._is_needed():
            # a console of another version is connecting; it then starts its own phone process
            self.end()
        return hello.version == PROTOCOL_VERSION

    def _replace_console(self, console: _Console) -> None:
        """Makes the newest console the active one: an older one is dead or about to end."""
        if self._console is not None:
            self._console.writer.close()
        self._console = console
        self._attendance.came()
        self._watch()

    def _tell(self, event: ToConsole) -> None:
        console = self._console
        if console is None or not console.told:
            return
        if console.writer.transport.get_write_buffer_size() > _UNREAD_LIMIT_BYTES:
            _log.warning("console: connection closed: output not read")
            console.writer.transport.abort()
            self._console = None
            return
        console.writer.write(encode(event))

    def _miss_console(self) -> None:
        if self._console is None and not self._end.is_set():
            self._attendance.left()

    def _stop_telling(self) -> None:
        """Stops sending events to an unresponsive console: it will get a current snapshot later
        instead.
        """
        _log.warning("console: unresponsive while a call rings")
        if self._console is not None:
            self._console.told = False

    def _tell_again(self) -> None:
        _log.warning("console: responsive again")
        if self._console is not None and self._phone is not None:
            self._introduce(self._console, self._phone)

    # Commands.

    async def _take(self, console: _Console, message: FromConsole) -> None:
        match message:
            case Hello():
                raise ProtocolError("hello")
            case Configure(settings):
                await self._configure(console, settings)
            case Shutdown():
                self.end()
            case Here(number):
                if console is self._console:
                    self._attendance.answered(number)
            case command:
                if isinstance(command, Forget):
                    kept = (each for each in self._unnoted if each.call_id != command.call_id)
                    self._unnoted = tuple(kept)
                if self._phone is None:
                    console.writer.write(encode(refused(command, "not_connected")))
                else:
                    carry_out(self._phone, command)

    async def _configure(self, console: _Console, settings: PhoneSettings) -> None:
        async with self._configuring:  # serializes consoles: there is only one phone
            await self._use(console, settings)
        if self._phone is not None and not console.told and not self._attendance.hangs:
            self._introduce(console, self._phone)

    async def _use(self, console: _Console, settings: PhoneSettings) -> None:
        if self._leaving is not None:
            await self._leaving  # the stopping phone must first release its address
        try:
            if self._phone is None:
                phone = Phone(settings, self._on_event, build_media(settings))
                await phone.start()
                self._phone = phone
                self._attendance.use(phone)
            else:
                await self._phone.configure(settings)
        except TelephonyError as error:
            _log.warning("phone: settings rejected: %s", type(error).__name__)
            refused = CommandRefused(None, "configure", refusal_code(error))
            console.writer.write(encode(refused))

    def _introduce(self, console: _Console, phone: Phone) -> None:
        """Sends PhoneConnected, then the state outside of calls; all later events follow."""
        local = phone.local_address
        address = format_host_port(local.host, local.port)
        calls = (*self._unnoted, *phone.calls())
        connected = PhoneConnected(os.getpid(), address, phone.registration, calls)
        console.writer.write(encode(connected))
        for event in phone.standing():
            console.writer.write(encode(event))
        console.told = True
        self._rang_unseen.clear()
        self._ended_unseen.clear()
        if console is self._console:
            self._attendance.met()

    # Events.

    def _on_event(self, event: PhoneEvent) -> None:
        self._tell(event)
        match event:
            case MediaReported():
                self._end_if_deserted(event)
            case CallRinging(direction=Direction.INCOMING):
                if not self._is_seen:
                    self._rang_unseen.add(event.call_id)
                self._attendance.rang()
            case CallEnded(call_id=call_id):
                self._heard.pop(call_id, None)
                if not self._is_seen:
                    self._count_unseen(call_id)
            case _:
                pass
        self._watch()

    @property
    def _is_seen(self) -> bool:
        """Whether a console receives the events."""
        return self._console is not None and self._console.told

    def _count_unseen(self, call_id: str) -> None:
        """Merges repeated attempts of a caller that no console has seen.

        A call whose ring was reported to a console is not merged, and no call is merged into one
        whose end was reported.
        """
        if self._phone is not None and call_id in self._rang_unseen:
            self._phone.count_as_try(call_id, self._ended_unseen)
        self._rang_unseen.discard(call_id)
        self._ended_unseen.add(call_id)

    def _end_if_deserted(self, report: MediaReported) -> None:
        """Hangs up a call if no console is connected and no audio is received.

        The remote party's BYE may never arrive, after a crash or a broken connection; the process
        and its registration would then remain forever.
        """
        now_s = asyncio.get_running_loop().time()
        received, since_s = self._heard.get(report.call_id, (-1, now_s))
        if self._console is not None or report.packets_received != received:
            self._heard[report.call_id] = report.packets_received, now_s
        elif now_s - since_s > self._linger_s and self._phone is not None:
            _log.warning("call: hung up: no console and no audio")
            # Deferred, because this runs within the phone's loop over its reports.
            asyncio.get_running_loop().call_soon(self._phone.hang_up, report.call_id)

    def _watch(self) -> None:
        """Stops the countdown to the end of the phone while it is needed; starts it otherwise."""
        needed = self._is_needed()
        if needed and self._linger is not None:
            self._linger.cancel()
            self._linger = None
        elif not needed and self._linger is None:
            self._linger = asyncio.get_running_loop().call_later(self._linger_s, self._leave)

    def _is_needed(self) -> bool:
        """Whether the phone must keep running; rejected callers do not prolong it."""
        if self._console is not None:
            return True
        calls = () if self._phone is None else self._phone.calls()
        return any(
            each.ended is None and not (self._attendance.is_deserted and _is_unanswered(each))
            for each in calls
        )

    def _leave(self) -> None:
        """Stops the phone, and the process too if it has no unacknowledged calls."""
        calls = () if self._phone is None else self._phone.calls()
        over = (each for each in calls if each.ended is not None)
        self._unnoted = (*self._unnoted, *over)[-ENDED_LIMIT:]
        if not self._unnoted:
            self.end()
            return
        loop = asyncio.get_running_loop()
        if self._phone is not None:
            phone, self._phone = self._phone, None
            self._attendance.use(None)
            self._leaving = loop.create_task(phone.stop())
        self._linger = loop.call_later(self._unnoted_kept_s, self.end)


def _is_unanswered(call: CallSnapshot) -> bool:
    return call.direction is Direction.INCOMING and call.answered_at is None
