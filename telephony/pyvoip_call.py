"""Provides pyVoIP's ``VoIPCall``, ``RTPClient`` and ``SIPClient`` on top of this package's phone.

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

# Must be imported before pyVoIP; see that module.


SampleWidth = Literal[1, 2]
RTP = pyVoIP.RTP
PayloadType = RTP.PayloadType


class RTPClient(RTP.RTPClient):
    """Audio of one call for pyVoIP programs: read() and write() of linear samples."""

    def __init__(self, audio: BufferDevice, codec: PayloadType, *, sample_width: SampleWidth):
        super().__init__({int(codec): codec}, "", 0, "", 0, RTP.TransmitType.SENDRECV, dtmf=None)
        self._audio = audio
        self._sample_width = sample_width

    def start(self) -> None:
        """Does nothing: the phone has already started the audio."""

    def stop(self) -> None:
        """Wakes blocked readers; the phone ends the audio."""
        self.NSD = False
        self._audio.close()

    def read(self, length: int = 160, blocking: bool = True) -> bytes:
        """Returns ``length`` received samples, 160 being 20 ms.

        8-bit unsigned, or 16-bit signed little-endian with ``sample_width=2``. A blocking read
        returns at the rate of the call. Without blocking, and after the end of the call, missing
        samples are silence.
        """
        samples = self._audio.read(length, None if blocking else 0.0)
        if self._sample_width == 2:
            return bytes(samples.astype("<i2").tobytes())
        rounded = (samples.astype(np.int32) + 128 >> 8) + 128
        return bytes(np.clip(rounded, 0, 255).astype(np.uint8).tobytes())

    def write(self, data: bytes) -> None:
        """Queues samples of the same format for sending. Does not block."""
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
    """Interface of the phone for its client and calls."""

    sip: SIPClient
    sample_width: SampleWidth

    def become_ready(self) -> None:
        """Sets REGISTERED without a registrar: pyVoIP has no other status for a ready phone."""
        self._status = PhoneStatus.REGISTERED

    @property
    def is_registering(self) -> bool:
        """Whether the first result of the registration is pending."""
        return bool(self._status == PhoneStatus.REGISTERING)

    def take_event(self, event: PhoneEvent) -> None:
        """Handles an event of the phone, on its thread."""
        raise NotImplementedError


class SIPClient(SIP.SIPClient):
    """Runs the phone on an asyncio loop in the thread "pyvoip-phone"; owned by VoIPPhone.

    As with pyVoIP, a program whose main thread has ended accepts calls until stop().
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
        """Binds and registers; returns after the first result, or after 30 s without one.

        Raises BindError if the SIP port is in use. A failed registration is retried indefinitely.
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
        """Hangs up, unregisters and ends the thread."""
        if not self.NSD or self._loop is None:
            return
        self.NSD = False
        loop, self._loop = self._loop, None
        loop.run(self.engine.stop(), _LIFE_TIMEOUT_S)
        loop.stop()

    def command(self, work: Callable[[Phone], Result]) -> Result:
        """Runs ``work`` on the phone's thread and returns its result. Raises InvalidStateError if
        stopped.
        """
        loop = self._loop
        if loop is None:
            raise InvalidStateError("Phone is not running")
        return loop.call(lambda: work(self.engine), _COMMAND_TIMEOUT_S)

    def command_soon(self, work: Callable[[Phone], object]) -> None:
        """Runs ``work`` after the current event."""
        if self._loop is not None:
            self._loop.call_soon(lambda: work(self.engine))

    def wait_for_event(self, timeout_s: float) -> None:
        """Blocks until the next event of the phone, or until the timeout."""
        with self._happened:
            # An event may have arrived just before: the caller checks again soon.
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
    """Call; read_audio(), write_audio() and get_dtmf() are pyVoIP's own, based on RTPClient.

    ``request`` is the INVITE. ``end`` has the reason after the end of the call.
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
        # Prevents the base class from creating media: the phone has its own.
        body, request.body = request.body, {"c": [], "m": []}
        super().__init__(phone, callstate, request, session_id, myIP, ms, sendmode)
        request.body = body
        self.end: CallEnded | None = None

    def answer(self) -> None:
        """Answers the call. Raises InvalidStateError if it no longer rings.

        No error if the remote party ended the call immediately after the answer; see ``state``.
        """
        self._must_be(CallState.RINGING, "Call is not ringing")
        self.phone.sip.command(lambda engine: engine.answer(self.call_id))
        until_s = time.monotonic() + _ANSWER_TIMEOUT_S
        # A call without an offer is established only by the caller's ACK.
        while self.state == CallState.RINGING and time.monotonic() < until_s:
            self.phone.sip.wait_for_event(until_s - time.monotonic())
        if self.state != CallState.ANSWERED and not self.RTPClients:
            raise InvalidStateError("Call is not ringing")

    def deny(self) -> None:
        """Rejects the call as busy. Raises InvalidStateError if it no longer rings."""
        self._must_be(CallState.RINGING, "Call is not ringing")
        self.phone.sip.command(lambda engine: engine.reject(self.call_id))
        self.over()

    def hangup(self) -> None:
        """Ends the call, or cancels it while dialling."""
        if self.state not in (CallState.ANSWERED, CallState.DIALING):
            raise InvalidStateError("Call is not answered")
        self.phone.sip.command(lambda engine: engine.hang_up(self.call_id))
        self.over()

    def send_dtmf(self, digits: str) -> bool:
        """Sends DTMF (RFC 4733); False if not supported by the remote party. Not part of pyVoIP."""
        self._must_be(CallState.ANSWERED, "Call is not answered")
        session = self.phone.sip.media.session(self.call_id)
        return self.phone.sip.command(lambda _: session.send_digits(digits))

    def bye(self) -> None:
        """Handles the end of the call; called by the phone."""
        self.over()

    def not_found(self, request: SIP.SIPMessage) -> None:
        """Handles an unknown number (404); called by the phone."""
        self.over()

    def unavailable(self, request: SIP.SIPMessage) -> None:
        """Handles an unavailable server (503); called by the phone."""
        self.over()

    def ended(self, end: CallEnded) -> None:
        """Dispatches the end to pyVoIP's method for it; called by the phone."""
        self.end = end
        if self.state == CallState.DIALING and end.status_code == 404:
            self.not_found(self.request)
        elif self.state == CallState.DIALING and end.status_code == 503:
            self.unavailable(self.request)
        else:
            self.bye()

    def renegotiate(self, request: SIP.SIPMessage) -> None:
        """Does nothing: the phone answers re-INVITEs itself."""

    def established(self, audio: BufferDevice, codec_name: str) -> None:
        """Handles the answer; called by the phone."""
        codec = PayloadType.PCMA if codec_name == "PCMA" else PayloadType.PCMU
        self.RTPClients = [RTPClient(audio, codec, sample_width=self.phone.sample_width)]
        self.state = CallState.ANSWERED

    def over(self) -> None:
        """Ends the audio and state of this object, and removes it from the phone."""
        self.state = CallState.ENDED
        for client in self.RTPClients:
            client.stop()
        self.phone.calls.pop(self.call_id, None)

    def _must_be(self, state: pyVoIP.VoIP.CallState, otherwise: str) -> None:
        if self.state != state:
            raise InvalidStateError(otherwise)
