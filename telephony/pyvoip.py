"""pyVoIP's public face over this phone's own signalling and audio.

A program written for pyVoIP 1.6.8 changes its import to ``from telephony.pyvoip import VoIPPhone,
CallState, ...`` and keeps the rest. The object model is pyVoIP's: these classes are subclasses of
its own. Its signalling and media code does not run; calls are carried by telephony.phone.Phone
and telephony.media.

Beyond pyVoIP: 16-bit audio (``sample_width=2``), keys (``send_dtmf``), hanging up a call that is
still dialling, and direct calls without a registrar (``register=False``, or no ``username``).
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from typing import Any, Self, TypeVar, assert_never

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
from telephony.media.buffered_engine import BufferedEngine
from telephony.media.devices.buffer import BufferDevice
from telephony.phone import Phone
from telephony.pyvoip_audio import PayloadType, RTPClient, SampleWidth
from telephony.pyvoip_message import SIPMessage, pyVoIP
from telephony.settings import PhoneSettings, SipAccount, check_settings
from telephony.sip.network.transport import local_host_towards

__all__ = [
    "CallState",
    "InvalidRangeError",
    "InvalidStateError",
    "NoPortsAvailableError",
    "PayloadType",
    "PhoneStatus",
    "RTPClient",
    "SIPClient",
    "SIPMessage",
    "VoIPCall",
    "VoIPPhone",
]

CallState = pyVoIP.VoIP.CallState
InvalidRangeError = pyVoIP.VoIP.InvalidRangeError
InvalidStateError = pyVoIP.VoIP.InvalidStateError
NoPortsAvailableError = pyVoIP.VoIP.NoPortsAvailableError
SIP = pyVoIP.SIP
PhoneStatus = pyVoIP.VoIP.PhoneStatus

Result = TypeVar("Result")

_REGISTER_TIMEOUT_S = 30.0
_ANSWER_TIMEOUT_S = 5.0
_COMMAND_TIMEOUT_S = 5.0
_LIFE_TIMEOUT_S = 15.0
_UNSPECIFIED = ("0.0.0.0", "::")  # noqa: S104


class VoIPCall(pyVoIP.VoIP.VoIPCall):
    """One call; read_audio(), write_audio() and get_dtmf() are pyVoIP's own over RTPClient.

    ``request`` is the INVITE. ``end`` tells after the call why it is over.
    """

    phone: VoIPPhone

    def __init__(
        self,
        phone: VoIPPhone,
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
        settings: PhoneSettings | None = None,
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
        if settings is None:
            account = None
            if username:
                account = SipAccount(
                    server, username, password, port, display_name, register=register
                )
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
                codecs=("pcma", "pcmu"),
            )
        self._refusal: CommandRefused | None = None
        self.sip = SIPClient(self, settings)

    @classmethod
    def from_settings(
        cls, settings: PhoneSettings, callCallback: Callable[[Any], None] | None = None
    ) -> Self:
        """A phone with all of this product's settings (TLS, SRTP...) and 16-bit audio."""
        account = settings.account
        return cls(
            "127.0.0.1" if account is None else account.server_host,
            (account and account.server_port) or 5060,
            "" if account is None else account.user,
            "" if account is None else account.password,
            settings.listen_host,
            callCallback,
            settings.listen_port,
            settings.rtp_port_first,
            settings.rtp_port_last,
            sample_width=2,
            settings=settings,
        )

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

        call = self.sip.command(lambda engine: self._dial(engine, target))
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
            case CallAnswered(call_id, _, codec):
                if (call := self._find(call_id)) is not None:
                    call.established(self.sip.media.audio(call_id), codec)
            case CallEnded(call_id):
                self.sip.media.forget(call_id)
                self.sip.command_soon(lambda engine: engine.forget(call_id))
                if (call := self._find(call_id)) is not None:
                    call.ended(event)
            case DigitReceived(call_id, _, digit):
                if (call := self._find(call_id)) is not None:
                    call.dtmf_callback(digit)
            case CommandRefused():
                self._refusal = event
            case (
                CallRinging()
                | CallProgressed()
                | CallHeld()
                | CallResumed()
                | TransferProgressed()
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
        request = _read_invite(self.sip.engine, call_id)
        if request is None:
            # The phone has refused it by itself, as when too many calls are there.
            return
        self._create_Call(request, _session_id())
        threading.Thread(
            target=self.callCallback,
            args=(self.calls[call_id],),
            name=f"Phone Call: {call_id}",
        ).start()

    def _dial(self, engine: Phone, target: str) -> VoIPCall | None:
        """The dialled call, None when it was refused; on the phone's thread."""
        call_id = engine.call(target)
        request = None if call_id is None else _read_invite(engine, call_id)
        if call_id is None or request is None:
            return None
        call = VoIPCall(
            self, CallState.DIALING, request, _session_id(), self.myIP, {}, self.sendmode
        )
        self.calls[call_id] = call
        return call

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


def _read_invite(engine: Phone, call_id: str) -> SIPMessage | None:
    """The INVITE of a live call under the call's own id, also where a phone calls itself."""
    data = engine.invite(call_id)
    if data is None:
        return None
    message = SIPMessage(data)
    message.headers["Call-ID"] = call_id
    return message


def _session_id() -> int:
    return secrets.randbelow(100000) + 1
