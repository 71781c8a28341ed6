"""The phone: commands in, events out, on one asyncio loop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import assert_never

from telephony.call_book import CallBook
from telephony.call_media import CallMedia
from telephony.errors import BindError, DeviceError, TelephonyError
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallProgressed,
    CallRinging,
    CallSnapshot,
    CommandRefused,
    Direction,
    PhoneEvent,
    RegistrationChanged,
    RegistrationState,
)
from telephony.identity import accepted_hosts, build_identity, dialled_uri
from telephony.media.engine import MediaEngine
from telephony.settings import PhoneSettings, check_settings
from telephony.sip.address import Address
from telephony.sip.agent import AgentLimits, UserAgent
from telephony.sip.effects import (
    CallEffect,
    CallEstablished,
    CallOffered,
    CallProgressing,
    CallTerminated,
    Datagram,
    Effect,
    MediaAgreed,
    RegistrationUpdated,
)
from telephony.sip.identifiers import Identifiers, RandomIdentifiers
from telephony.sip.network import SipNetwork
from telephony.sip.offer_answer import AgreedMedia, LocalMedia
from telephony.sip.transaction import TimerValues

_REPORT_INTERVAL_S = 1.0
_LEAVE_TIMEOUT_S = 1.0


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def refusal_code(error: TelephonyError) -> str:
    """The code of CommandRefused for settings that could not be put into force."""
    match error:
        case BindError():
            return "bind_failed"
        case DeviceError():
            return "no_media"
        case _:
            return "bad_settings"


class Phone:
    """One phone with its registration and calls.

    All methods belong to the running loop, and ``on_event`` is called on it. ``media`` is started
    and stopped by the phone.
    """

    def __init__(
        self,
        settings: PhoneSettings,
        on_event: Callable[[PhoneEvent], None],
        media: MediaEngine,
        *,
        now: Callable[[], datetime] = utc_now,
        identifiers: Identifiers | None = None,
        timer_values: TimerValues | None = None,
    ) -> None:
        check_settings(settings)
        self._settings = settings
        self._on_event = on_event
        self._media = CallMedia(media)
        self._now = now
        self._identifiers = identifiers or RandomIdentifiers()
        self._timer_values = timer_values or TimerValues()
        self._book = CallBook()
        self._network: SipNetwork | None = None
        self._agent: UserAgent | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._report_timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._settled = asyncio.Event()
        self._wanted: PhoneSettings | None = None
        self._local_host = ""
        self._registration = RegistrationChanged(RegistrationState.OFF, now())

    # What is.

    @property
    def settings(self) -> PhoneSettings:
        """The settings in force."""
        return self._settings

    @property
    def registration(self) -> RegistrationChanged:
        """The last state of the registration."""
        return self._registration

    @property
    def local_address(self) -> Address:
        """Where others reach the SIP socket; ("", 0) before the start."""
        return Address(self._local_host, 0 if self._network is None else self._network.local_port)

    def calls(self) -> tuple[CallSnapshot, ...]:
        """The live calls, and the ended ones that were not forgotten, oldest first."""
        return self._book.snapshots()

    @property
    def has_live_calls(self) -> bool:
        return self._book.has_live

    # Life.

    async def start(self) -> None:
        """Bind, register, take calls; BindError when the address is taken."""
        await self._open_network()
        self._media.start()
        self._start_agent()

    async def stop(self) -> None:
        """Hang up, leave the registrar, close everything; takes at most a good second."""
        await self._leave()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._report_timer is not None:
            self._report_timer.cancel()
            self._report_timer = None
        self._media.stop()
        await self._close_network()

    async def configure(self, settings: PhoneSettings) -> None:
        """Use other settings: audio devices at once, all else as soon as no call is live.

        SettingsError, BindError or DeviceError tell that they could not be put into force.
        """
        check_settings(settings)
        if settings.audio != self._settings.audio:
            self._media.use_devices(settings)
            self._settings = replace(self._settings, audio=settings.audio)
            self._update_ring()
        if settings == self._settings:
            self._wanted = None
        elif self.has_live_calls:
            self._wanted = settings
        else:
            await self._apply(settings)

    async def _apply_wanted(self) -> None:
        if self._wanted is None or self.has_live_calls:
            return
        try:
            await self._apply(self._wanted)
        except (BindError, DeviceError) as error:
            self._on_event(CommandRefused(None, "configure", refusal_code(error)))

    async def _apply(self, settings: PhoneSettings) -> None:
        self._wanted = None
        former = self._settings
        await self._leave()
        self._settings = settings
        self._media.adapt(former, settings)
        former_socket = (former.listen_host, former.listen_port)
        if former_socket != (settings.listen_host, settings.listen_port) or not self._network:
            await self._close_network()
            await self._open_network()
        else:
            await self._find_registrar(self._network)
        self._start_agent()

    async def _open_network(self) -> None:
        settings = self._settings
        self._network = await SipNetwork.open(
            settings.listen_host, settings.listen_port, self._on_datagram, self._on_found
        )
        await self._find_registrar(self._network)

    async def _close_network(self) -> None:
        if self._network is not None:
            network, self._network = self._network, None
            await network.close()

    async def _find_registrar(self, network: SipNetwork) -> None:
        account = self._settings.account
        server_host = None if account is None else account.server_host
        if server_host is not None:
            await network.look_up(server_host)
        self._local_host = network.local_host_towards(server_host)

    def _accepted_hosts(self) -> frozenset[str]:
        account, network = self._settings.account, self._network
        servers: frozenset[str] = frozenset()
        if account is not None and network is not None:
            servers = network.known_hosts(account.server_host)
        return accepted_hosts(self._settings, servers)

    def _on_found(self) -> None:
        if self._agent is not None:
            self._agent.accept_from(self._accepted_hosts())

    def _start_agent(self) -> None:
        settings = self._settings
        limits = AgentLimits(self._accepted_hosts(), settings.ring_limit_s)
        identity = build_identity(settings, self.local_address)
        self._agent = UserAgent(identity, limits, self._identifiers, self._timer_values)
        self._run(self._agent.start(self._time_s()))

    async def _leave(self) -> None:
        """Stop the agent and give it a moment for its last answers."""
        if self._agent is None:
            return
        self._settled.clear()
        self._run(self._agent.stop(self._time_s()))
        if not self._agent.settled:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._settled.wait(), _LEAVE_TIMEOUT_S)
        self._agent = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    # Commands.

    def answer(self, call_id: str) -> None:
        """Take a ringing call."""
        agent = self._agent
        if agent is None or not agent.is_ringing(call_id):
            self._refuse(call_id, "answer")
            return
        local = self._open_media(call_id, "answer")
        if local is not None:
            self._run(agent.answer(call_id, local, self._time_s()))

    def reject(self, call_id: str, status_code: int = 486) -> None:
        """Refuse a ringing call with this final status."""
        agent = self._agent
        if agent is None or not agent.is_ringing(call_id) or not 300 <= status_code <= 699:
            self._refuse(call_id, "reject")
        else:
            self._run(agent.reject(call_id, status_code, self._time_s()))

    def hang_up(self, call_id: str) -> None:
        """End a call, whatever its state."""
        agent = self._agent
        if agent is None or not agent.is_live(call_id):
            self._refuse(call_id, "hang_up")
        else:
            self._run(agent.hang_up(call_id, self._time_s()))

    def call(self, number: str, call_id: str | None = None) -> str | None:
        """Call a number or SIP URI; gives the new call's id, None when that was refused."""
        target = dialled_uri(number, self._settings.account)
        agent = self._agent
        call_id = call_id or self._identifiers.call_id()
        if target is None or agent is None or not target.host:
            self._on_event(CommandRefused(call_id, "call", "bad_number"))
            return None
        if self._book.find(call_id) is not None:
            self._on_event(CommandRefused(call_id, "call", "wrong_state"))
            return None
        local = self._open_media(call_id, "call")
        if local is None:
            return None
        self._begin(CallRinging(call_id, Direction.OUTGOING, number, "", number, self._now()))
        self._run(agent.call(call_id, target, local, self._time_s()))
        return call_id

    def set_muted(self, call_id: str, muted: bool) -> None:
        """Send silence in place of the microphone, or stop doing so."""
        if not self._media.set_muted(call_id, muted):
            self._refuse(call_id, "set_muted")

    def forget(self, call_id: str) -> None:
        """Drop an ended call from ``calls``."""
        self._book.forget(call_id)

    def _refuse(self, call_id: str, command: str) -> None:
        known = self._book.find(call_id) is not None
        code = "wrong_state" if known else "unknown_call"
        self._on_event(CommandRefused(call_id, command, code))

    def _open_media(self, call_id: str, command: str) -> LocalMedia | None:
        port = self._media.open(call_id)
        if port is None:
            self._on_event(CommandRefused(call_id, command, "no_media"))
            return None
        return LocalMedia(self._local_host, port)

    # Datagrams and time.

    def _time_s(self) -> float:
        return asyncio.get_running_loop().time()

    def _on_datagram(self, data: bytes, source: Address) -> None:
        if self._agent is not None:
            self._run(self._agent.receive(data, source, self._time_s()))

    def _on_timer(self) -> None:
        self._timer = None
        if self._agent is not None:
            self._run(self._agent.on_time(self._time_s()))

    def _run(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Datagram(data, destination):
                    if self._network is not None:
                        self._network.send(data, destination)
                case RegistrationUpdated(state, status_code):
                    self._on_registration(state, status_code)
                case (
                    CallOffered()
                    | CallProgressing()
                    | MediaAgreed()
                    | CallEstablished()
                    | CallTerminated()
                ):
                    self._on_call(effect)
                case _:
                    assert_never(effect)
        self._arm_timer()
        if self._agent is not None and self._agent.settled:
            self._settled.set()

    def _arm_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        next_at = None if self._agent is None else self._agent.next_at()
        if next_at is not None:
            self._timer = asyncio.get_running_loop().call_at(next_at, self._on_timer)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # What the core tells.

    def _on_registration(self, state: RegistrationState, status_code: int | None) -> None:
        at = self._now()
        success = state is RegistrationState.REGISTERED
        last_success_at = at if success else self._registration.last_success_at
        self._registration = RegistrationChanged(state, at, last_success_at, status_code)
        self._on_event(self._registration)

    def _on_call(self, effect: CallEffect) -> None:
        at, call_id = self._now(), effect.call_id
        match effect:
            case CallOffered(_, number, name, line):
                self._begin(CallRinging(call_id, Direction.INCOMING, number, name, line, at))
            case CallProgressing(_, status_code):
                self._on_event(CallProgressed(call_id, at, status_code))
            case MediaAgreed(_, media):
                self._connect_media(call_id, media)
            case CallEstablished(_, codec):
                self._book.answered(call_id, at)
                self._on_event(CallAnswered(call_id, at, codec))
                self._arm_reports()
            case CallTerminated(_, cause, status_code):
                self._finish(CallEnded(call_id, at, cause, status_code))
            case _:
                assert_never(effect)
        self._update_ring()

    def _begin(self, ringing: CallRinging) -> None:
        self._book.begin(ringing)
        self._on_event(ringing)

    def _finish(self, ended: CallEnded) -> None:
        self._media.close(ended.call_id)
        self._book.ended(ended)
        self._on_event(ended)
        if self._wanted is not None and not self.has_live_calls:
            self._spawn(self._apply_wanted())

    def _connect_media(self, call_id: str, media: AgreedMedia) -> None:
        if not self._media.connect(call_id, media):
            self._on_event(CommandRefused(call_id, "connect", "no_media"))
            asyncio.get_running_loop().call_soon(self._hang_up_deaf, call_id)

    def _hang_up_deaf(self, call_id: str) -> None:
        """End a call that has no audio device: neither side would hear the other."""
        if self._agent is not None and self._agent.is_live(call_id):
            self._run(self._agent.hang_up(call_id, self._time_s()))

    def _update_ring(self) -> None:
        self._media.play_ring(self._book.rings_alone)

    def _arm_reports(self) -> None:
        if self._report_timer is None:
            loop = asyncio.get_running_loop()
            self._report_timer = loop.call_later(_REPORT_INTERVAL_S, self._report)

    def _report(self) -> None:
        self._report_timer = None
        for report in self._media.reports(self._book.established(), self._now()):
            self._on_event(report)
            self._arm_reports()
