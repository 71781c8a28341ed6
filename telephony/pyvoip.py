"""pyVoIP's public face over this phone's own signalling and audio.

A program written for pyVoIP 1.6.8 changes its import to ``from telephony.pyvoip import VoIPPhone,
CallState, ...`` and keeps the rest. The object model is pyVoIP's: these classes are subclasses of
its own. Its signalling and media code does not run; calls are carried by telephony.phone.Phone
and telephony.media.

Beyond pyVoIP: 16-bit audio (``sample_width=2``), hanging up a call that is still dialling, and
direct calls without a registrar (``register=False``, or an empty ``username``).
"""

from __future__ import annotations

import secrets
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any, Literal, TypeVar, assert_never

import numpy as np

with warnings.catch_warnings():
    # pyVoIP imports audioop, which Python 3.11 and 3.12 deprecate; nothing here uses it.
    warnings.simplefilter("ignore", DeprecationWarning)
    # The package has a circular import that only this order gets through.
    import pyVoIP.VoIP
    from pyVoIP import RTP, SIP

from telephony.events import (
    AudioDeviceChanged,
    CallAnswered,
    CallEnded,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    CommandRefused,
    ConferenceChanged,
    DigitReceived,
    Direction,
    MediaReported,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    RecordingChanged,
    RegistrationChanged,
    RegistrationState,
    TransferProgressed,
)
from telephony.loop_thread import LoopThread
from telephony.media.buffer_device import BufferDevice
from telephony.media.buffered_engine import BufferedEngine
from telephony.media.samples import Samples
from telephony.phone import Phone
from telephony.settings import PhoneSettings, SipAccount, check_settings
from telephony.sip.transport import local_host_towards

__all__ = [
    "CallState",
    "InvalidRangeError",
    "InvalidStateError",
    "NoPortsAvailableError",
    "PayloadType",
    "PhoneStatus",
    "RTPClient",
    "VoIPCall",
    "VoIPPhone",
]

CallState = pyVoIP.VoIP.CallState
InvalidRangeError = pyVoIP.VoIP.InvalidRangeError
InvalidStateError = pyVoIP.VoIP.InvalidStateError
NoPortsAvailableError = pyVoIP.VoIP.NoPortsAvailableError
PayloadType = RTP.PayloadType
PhoneStatus = pyVoIP.VoIP.PhoneStatus

SampleWidth = Literal[1, 2]
Result = TypeVar("Result")

_REGISTER_TIMEOUT_S = 30.0
_ANSWER_TIMEOUT_S = 5.0
_COMMAND_TIMEOUT_S = 5.0
_LIFE_TIMEOUT_S = 15.0
_UNSPECIFIED = ("0.0.0.0", "::")  # noqa: S104


class _Request(SIP.SIPMessage):
    """What a program may read of the INVITE: pyVoIP's shapes, filled from the phone's facts."""

    def __init__(self, ringing: CallRinging, host: str) -> None:
        self._ringing = ringing
        self._host = host
        super().__init__(b"")

    def parse(self, data: bytes) -> None:
        """Fill in the fields; there are no bytes, the phone has parsed the message."""
        ringing = self._ringing
        incoming = ringing.direction is Direction.INCOMING
        self.type = SIP.SIPMessageType.MESSAGE
        self.method = "INVITE"
        self.headers = {
            "Via": [],
            "Call-ID": ringing.call_id,
            "CSeq": {"check": "1", "method": "INVITE"},
            "From": self._party(ringing.caller_number if incoming else "", ringing.caller_name),
            "To": self._party(ringing.dialled_line, ""),
        }
        # No media for the base class to make: this phone has its own.
        self.body = {"c": [], "m": []}

    def _party(self, number: str, name: str) -> dict[str, str]:
        address = f"{number}@{self._host}" if number else self._host
        return {
            "raw": f"{name} <sip:{address}>".lstrip(),
            "tag": "",
            "address": address,
            "number": number,
            "caller": name,
            "host": self._host,
        }


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


class VoIPCall(pyVoIP.VoIP.VoIPCall):
    """One call; read_audio(), write_audio() and get_dtmf() are pyVoIP's own over RTPClient."""

    phone: VoIPPhone

    def answer(self) -> None:
        """Take the call; InvalidStateError when it does not ring any more."""
        self._must_be(CallState.RINGING, "Call is not ringing")
        self.phone.sip.command(lambda engine: engine.answer(self.call_id))
        until_s = time.monotonic() + _ANSWER_TIMEOUT_S
        # A call without an offer is up only with the caller's ACK.
        while self.state == CallState.RINGING and time.monotonic() < until_s:
            self.phone.sip.wait_for_event(until_s - time.monotonic())
        if self.state != CallState.ANSWERED:
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

    def bye(self) -> None:
        """Take note of the end; called by the phone."""
        self.over()

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


class SIPClient(SIP.SIPClient):
    """Runs the phone on an asyncio loop in the thread "pyvoip-phone"; VoIPPhone owns one.

    As with pyVoIP, a program whose main thread has ended goes on taking calls until stop().
    """

    engine: Phone

    def __init__(self, phone: VoIPPhone, settings: PhoneSettings) -> None:
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
            on_digit=phone.take_digit,
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
        self.engine = Phone(self._settings, self._take_event, self.media)
        await self.engine.start()
        if self.engine.registration.state is RegistrationState.OFF:
            self._face.become_ready()

    def _take_event(self, event: PhoneEvent) -> None:
        self._face.take_event(event)
        with self._happened:
            self._happened.notify_all()


class VoIPPhone(pyVoIP.VoIP.VoIPPhone):
    """pyVoIP's phone; the arguments up to ``rtpPortHigh`` are pyVoIP's own.

    ``sample_width`` is 1 for pyVoIP's 8-bit unsigned audio or 2 for 16-bit signed audio.
    ``register=False`` calls through ``server`` without registering, and an empty ``username``
    calls without any identity; then ``server`` may be another phone. ``accept_from`` are addresses
    that may call beside the server's. ``sipPort`` 0 takes any free port.
    """

    sip: SIPClient

    def __init__(
        self,
        server: str,
        port: int,
        username: str,
        password: str,
        myIP: str = "0.0.0.0",  # noqa: S104
        callCallback: Callable[[Any], None] | None = None,
        sipPort: int = 5060,
        rtpPortLow: int = 10000,
        rtpPortHigh: int = 20000,
        *,
        sample_width: SampleWidth = 1,
        register: bool = True,
        display_name: str = "",
        accept_from: tuple[str, ...] = (),
    ) -> None:
        super().__init__(
            server,
            port,
            username,
            password,
            myIP,
            callCallback,
            sipPort,
            rtpPortLow,
            rtpPortHigh,
        )
        self.sample_width = sample_width
        account = None
        if username:
            account = SipAccount(server, username, password, port, display_name, register=register)
        host = myIP
        if account is None and myIP in _UNSPECIFIED:
            host = local_host_towards(server) or "127.0.0.1"
        settings = PhoneSettings(
            account=account,
            listen_host=host,
            listen_port=sipPort,
            rtp_port_first=rtpPortLow,
            rtp_port_last=rtpPortHigh,
            accept_from=(server, *accept_from),
        )
        self._dialled: VoIPCall | None = None
        self._refusal: CommandRefused | None = None
        self.sip = SIPClient(self, settings)

    @property
    def local_address(self) -> tuple[str, int]:
        """Host and port of the SIP socket while the phone runs."""
        address = self.sip.engine.local_address
        return address.host, address.port

    def call(self, number: str) -> VoIPCall:
        """Call a number or a SIP URI; the call is DIALING until it is ANSWERED or ENDED.

        NoPortsAvailableError without a free RTP port, ValueError for what cannot be dialled.
        """
        is_uri = number.lower().startswith(("sip:", "sips:"))
        target = number if self.username or is_uri else f"sip:{number}@{self.server}:{self.port}"

        def dial(engine: Phone) -> VoIPCall | None:
            self._dialled = None
            engine.call(target)
            return self._dialled

        call = self.sip.command(dial)
        if call is not None:
            return call
        if self._refusal is not None and self._refusal.code == "no_media":
            raise NoPortsAvailableError("No ports were available to be assigned")
        raise ValueError("number")

    def take_event(self, event: PhoneEvent) -> None:
        """Take what the phone tells; on its thread."""
        match event:
            case RegistrationChanged(state):
                self._status = self._status_of(state)
            case CallRinging(direction=Direction.INCOMING):
                self._take_incoming(event)
            case CallRinging():
                request = _Request(event, self.server)
                self._dialled = VoIPCall(
                    self, CallState.DIALING, request, _session_id(), self.myIP, ms={}
                )
                self.calls[event.call_id] = self._dialled
            case CallAnswered(call_id, _, codec):
                if (call := self._find(call_id)) is not None:
                    call.established(self.sip.media.audio(call_id), codec)
            case CallEnded(call_id):
                self.sip.media.forget(call_id)
                self.sip.command_soon(lambda engine: engine.forget(call_id))
                if (call := self._find(call_id)) is not None:
                    call.bye()
            case CommandRefused():
                self._refusal = event
            case (
                CallProgressed()
                | CallHeld()
                | CallResumed()
                | TransferProgressed()
                | DigitReceived()
                | RecordingChanged()
                | ConferenceChanged()
                | AudioDeviceChanged()
                | MediaReported()
                | PhoneConnected()
                | PhoneDisconnected()
            ):
                pass
            case _:
                assert_never(event)

    def take_digit(self, call_id: str, digit: str) -> None:
        """Hand a received digit to its call; on the media thread."""
        if (call := self._find(call_id)) is not None:
            call.dtmf_callback(digit)

    def become_ready(self) -> None:
        """Without a registrar: pyVoIP has no other word for a phone that is ready."""
        self._status = PhoneStatus.REGISTERED

    @property
    def is_registering(self) -> bool:
        """Whether the first outcome of the registration is still to come."""
        return bool(self._status == PhoneStatus.REGISTERING)

    def _find(self, call_id: str) -> VoIPCall | None:
        call = self.calls.get(call_id)
        return call if isinstance(call, VoIPCall) else None

    def _create_Call(self, request: SIP.SIPMessage, sess_id: int) -> None:
        """pyVoIP's seam for call classes of a program's own: puts the call into ``calls``."""
        self.calls[request.headers["Call-ID"]] = VoIPCall(
            self, CallState.RINGING, request, sess_id, self.myIP, sendmode=self.recvmode
        )

    def _take_incoming(self, ringing: CallRinging) -> None:
        call_id = ringing.call_id
        if self.callCallback is None:
            self.sip.command_soon(lambda engine: engine.reject(call_id))
            return
        self._create_Call(_Request(ringing, self.server), _session_id())
        threading.Thread(
            target=self.callCallback,
            args=(self.calls[call_id],),
            name=f"Phone Call: {call_id}",
        ).start()

    def _status_of(self, state: RegistrationState) -> PhoneStatus:
        match state:
            case RegistrationState.REGISTERED:
                return PhoneStatus.REGISTERED
            case RegistrationState.REGISTERING:
                return PhoneStatus.REGISTERING
            case RegistrationState.FAILED:
                return PhoneStatus.FAILED
            case RegistrationState.OFF:
                return PhoneStatus.INACTIVE
            case _:
                assert_never(state)


def _session_id() -> int:
    return secrets.randbelow(100000) + 1
