"""pyVoIP's ``VoIPCall``, ``RTPClient`` and ``SIPClient`` on top of this package's phone.

``SIPClient`` runs the phone on an asyncio loop in the thread "pyvoip-phone".
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import numpy as np

from telephony.events import CallEnded, PhoneEvent, RegistrationState
from telephony.media.devices.buffer import BufferDevice
from telephony.media.engine import BufferedEngine
from telephony.media.samples import Samples
from telephony.phone import Phone
from telephony.pyvoip_message import pyVoIP
from telephony.settings import PhoneSettings, check_settings
from telephony.signalling import LoopThread

# Before pyVoIP itself, see there.


SampleWidth = Literal[1, 2]
RTP = pyVoIP.RTP
PayloadType = RTP.PayloadType


class RTPClient(RTP.RTPClient):
    """The audio of one call as pyVoIP programs see it: read() and write() of linear samples."""

    def __init__(self, audio: BufferDevice, codec: PayloadType, *, sample_width: SampleWidth):
        super().__init__({int(codec): codec}, "", 0, "", 0, RTP.TransmitType.SENDRECV, dtmf=None)
        self._audio = audio
        self._sample_width = sample_width

    def start(self) -> None:
        """The phone has started the audio already."""

    def stop(self) -> None:
        """Wake up waiting readers; the phone ends the audio."""
        self.NSD = False
        self._audio.close()

    def read(self, length: int = 160, blocking: bool = True) -> bytes:
        """``length`` samples of what was heard, 160 being 20 ms.

        8-bit unsigned, or 16-bit signed little-endian with ``sample_width=2``. Blocking waits for
        them at the call's pace; without blocking, and after the call's end, silence fills up.
        """
        samples = self._audio.read(length, None if blocking else 0.0)
        if self._sample_width == 2:
            return bytes(samples.astype("<i2").tobytes())
        rounded = (samples.astype(np.int32) + 128 >> 8) + 128
        return bytes(np.clip(rounded, 0, 255).astype(np.uint8).tobytes())

    def write(self, data: bytes) -> None:
        """Queue samples of the same form to be sent; returns at once whatever their number."""
        self._audio.write(self._samples(data))

    def _samples(self, data: bytes) -> Samples:
        if self._sample_width == 2:
            whole = data[: len(data) // 2 * 2]
            return np.frombuffer(whole, dtype="<i2").astype(np.int16)
        values = np.frombuffer(data, dtype=np.uint8).astype(np.int16)
        return ((values - 128) << 8).astype(np.int16)


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


CallState = pyVoIP.VoIP.CallState


_ANSWER_TIMEOUT_S = 5.0


class VoIPCall(pyVoIP.VoIP.VoIPCall):
    """One call; read_audio(), write_audio() and get_dtmf() are pyVoIP's own over RTPClient.

    ``request`` is the INVITE. ``end`` tells after the call why it is over.
    """

    phone: Face

    def __init__(
        self,
        phone: Face,
        callstate: pyVoIP.VoIP.CallState,
        request: SIP.SIPMessage,
        session_id: int,
        myIP: str,
        ms: dict[int, Any] | None = None,
        sendmode: str = "sendonly",
    ) -> None:
        # No media for the base class to make: the phone has its own.
        body, request.body = request.body, {"c": [], "m": []}
        super().__init__(phone, callstate, request, session_id, myIP, ms, sendmode)
        request.body = body
        self.end: CallEnded | None = None

    def answer(self) -> None:
        """Take the call; InvalidStateError when it does not ring any more.

        One that the far end has ended as soon as it was up was taken: its state tells.
        """
        self._must_be(CallState.RINGING, "Call is not ringing")
        self.phone.sip.command(lambda engine: engine.answer(self.call_id))
        until_s = time.monotonic() + _ANSWER_TIMEOUT_S
        # A call without an offer is up only with the caller's ACK.
        while self.state == CallState.RINGING and time.monotonic() < until_s:
            self.phone.sip.wait_for_event(until_s - time.monotonic())
        if self.state != CallState.ANSWERED and not self.RTPClients:
            raise InvalidStateError("Call is not ringing")

    def deny(self) -> None:
        """Refuse the call as busy; InvalidStateError when it does not ring any more."""
        self._must_be(CallState.RINGING, "Call is not ringing")
        self.phone.sip.command(lambda engine: engine.reject(self.call_id))
        self.over()

    def hangup(self) -> None:
        """End the call; also gives up one that is still dialling."""
        if self.state not in (CallState.ANSWERED, CallState.DIALING):
            raise InvalidStateError("Call is not answered")
        self.phone.sip.command(lambda engine: engine.hang_up(self.call_id))
        self.over()

    def send_dtmf(self, digits: str) -> bool:
        """Press keys (RFC 4733); False when the far side takes none. Beyond pyVoIP."""
        self._must_be(CallState.ANSWERED, "Call is not answered")
        session = self.phone.sip.media.session(self.call_id)
        return self.phone.sip.command(lambda _: session.send_digits(digits))

    def bye(self) -> None:
        """Take note of the end; called by the phone."""
        self.over()

    def not_found(self, request: SIP.SIPMessage) -> None:
        """Take note that the number does not exist (404); called by the phone."""
        self.over()

    def unavailable(self, request: SIP.SIPMessage) -> None:
        """Take note that the server cannot help (503); called by the phone."""
        self.over()

    def ended(self, end: CallEnded) -> None:
        """Hand the end to the method that pyVoIP has for it; called by the phone."""
        self.end = end
        if self.state == CallState.DIALING and end.status_code == 404:
            self.not_found(self.request)
        elif self.state == CallState.DIALING and end.status_code == 503:
            self.unavailable(self.request)
        else:
            self.bye()

    def renegotiate(self, request: SIP.SIPMessage) -> None:
        """Nothing to do: the phone answers re-INVITEs itself."""

    def established(self, audio: BufferDevice, codec_name: str) -> None:
        """Take note of the answer; called by the phone."""
        codec = PayloadType.PCMA if codec_name == "PCMA" else PayloadType.PCMU
        self.RTPClients = [RTPClient(audio, codec, sample_width=self.phone.sample_width)]
        self.state = CallState.ANSWERED

    def over(self) -> None:
        """End this object's audio and state; the phone forgets it."""
        self.state = CallState.ENDED
        for client in self.RTPClients:
            client.stop()
        self.phone.calls.pop(self.call_id, None)

    def _must_be(self, state: pyVoIP.VoIP.CallState, otherwise: str) -> None:
        if self.state != state:
            raise InvalidStateError(otherwise)
