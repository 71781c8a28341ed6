"""pyVoIP's SIP client, which runs this phone in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from telephony.events import PhoneEvent, RegistrationState
from telephony.loop_thread import LoopThread
from telephony.media.buffered_engine import BufferedEngine
from telephony.phone import Phone
from telephony.pyvoip_audio import SampleWidth
from telephony.pyvoip_message import pyVoIP
from telephony.settings import PhoneSettings, check_settings

InvalidStateError = pyVoIP.VoIP.InvalidStateError
SIP = pyVoIP.SIP
PhoneStatus = pyVoIP.VoIP.PhoneStatus

Result = TypeVar("Result")

_REGISTER_TIMEOUT_S = 30.0
_COMMAND_TIMEOUT_S = 5.0
_LIFE_TIMEOUT_S = 15.0


class Face(pyVoIP.VoIP.VoIPPhone):
    """What client and calls need of the phone that they belong to."""

    sip: SIPClient
    sample_width: SampleWidth

    def become_ready(self) -> None:
        """Without a registrar: pyVoIP has no other word for a phone that is ready."""
        self._status = PhoneStatus.REGISTERED

    @property
    def is_registering(self) -> bool:
        """Whether the first outcome of the registration is still to come."""
        return bool(self._status == PhoneStatus.REGISTERING)

    def take_event(self, event: PhoneEvent) -> None:
        """Take what the phone tells; on its thread."""
        raise NotImplementedError


class SIPClient(SIP.SIPClient):
    """Runs the phone on an asyncio loop in the thread "pyvoip-phone"; VoIPPhone owns one.

    As with pyVoIP, a program whose main thread has ended goes on taking calls until stop().
    """

    engine: Phone

    def __init__(self, phone: Face, settings: PhoneSettings) -> None:
        super().__init__(
            phone.server,
            phone.port,
            phone.username,
            phone.password,
            phone=phone,
            myIP=settings.listen_host,
            myPort=settings.listen_port,
        )
        check_settings(settings)
        self._face = phone
        self._settings = settings
        self._happened = threading.Condition()
        self._loop: LoopThread | None = None
        self.media = BufferedEngine(
            bind_host=settings.listen_host,
            port_first=settings.rtp_port_first,
            port_last=settings.rtp_port_last,
        )

    def start(self) -> None:
        """Bind and register; returns with the first outcome of that, or after 30 s without one.

        BindError when the SIP port is taken. A registration that failed is tried again for ever.
        """
        if self.NSD:
            raise RuntimeError("Attempted to start already started SIPClient")
        self.NSD = True
        self._loop = LoopThread("pyvoip-phone")
        self._loop.run(self._begin(), _LIFE_TIMEOUT_S)
        until_s = time.monotonic() + _REGISTER_TIMEOUT_S
        while self._face.is_registering and time.monotonic() < until_s:
            self.wait_for_event(until_s - time.monotonic())

    def stop(self) -> None:
        """Hang up, leave the registrar, end the thread."""
        if not self.NSD or self._loop is None:
            return
        self.NSD = False
        loop, self._loop = self._loop, None
        loop.run(self.engine.stop(), _LIFE_TIMEOUT_S)
        loop.stop()

    def command(self, work: Callable[[Phone], Result]) -> Result:
        """The result of ``work`` on the phone's thread; InvalidStateError when it is stopped."""
        loop = self._loop
        if loop is None:
            raise InvalidStateError("Phone is not running")
        return loop.call(lambda: work(self.engine), _COMMAND_TIMEOUT_S)

    def command_soon(self, work: Callable[[Phone], object]) -> None:
        """Have ``work`` done after the event that is being told now."""
        if self._loop is not None:
            self._loop.call_soon(lambda: work(self.engine))

    def wait_for_event(self, timeout_s: float) -> None:
        """Sleep until the phone tells something, or until the timeout."""
        with self._happened:
            # An event may have come just before: look again soon.
            self._happened.wait(min(timeout_s, 0.1))

    async def _begin(self) -> None:
        self.engine = Phone(self._settings, self._take_event, self.media, side_by_side=True)
        await self.engine.start()
        if self.engine.registration.state is RegistrationState.OFF:
            self._face.become_ready()

    def _take_event(self, event: PhoneEvent) -> None:
        self._face.take_event(event)
        with self._happened:
            self._happened.notify_all()
