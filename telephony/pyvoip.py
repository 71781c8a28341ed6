"""Provides pyVoIP's ``VoIPPhone`` on top of the signalling and audio of this package.

A program written for pyVoIP 1.6.8 changes only its import to ``from telephony.pyvoip import
VoIPPhone, CallState, ...``. The classes are subclasses of pyVoIP's own. pyVoIP's signalling and
media code does not run; telephony.phone.Phone and telephony.media carry the calls.

Beyond pyVoIP: 16-bit audio (``sample_width=2``), DTMF (``send_dtmf``), hanging up a call that is
still dialling, and direct calls without a registrar (``register=False``, or no ``username``).
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import Any, Self, assert_never

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
    DoNotDisturbChanged,
    MediaReported,
    MuteChanged,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    PresenceChanged,
    RecordingChanged,
    RegistrationChanged,
    RegistrationState,
    SelfCallExpected,
    TransferProgressed,
)
from telephony.phone import Phone
from telephony.pyvoip_call import Face, PayloadType, RTPClient, SampleWidth, SIPClient, VoIPCall
from telephony.pyvoip_message import SIPMessage, pyVoIP
from telephony.settings import PhoneSettings, SipAccount
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

_UNSPECIFIED = ("0.0.0.0", "::")  # noqa: S104


class VoIPPhone(Face):
    """Phone with pyVoIP's interface; the arguments up to ``rtpPortHigh`` are pyVoIP's own.

    ``sample_width`` is 1 for pyVoIP's 8-bit unsigned audio or 2 for 16-bit signed audio.
    ``register=False`` calls through ``server`` without registering, and an empty ``username`` calls
    without an identity; ``server`` may then be another phone. ``accept_from`` lists further
    addresses that may call. ``sipPort`` 0 selects any free port.
    """

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
        """Builds a phone with all settings of this product (TLS, SRTP...) and 16-bit audio."""
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
        """Calls a number or a SIP URI; the call is DIALING until it is ANSWERED or ENDED.

        Raises NoPortsAvailableError without a free RTP port, ValueError for an invalid number.
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
        """Handles an event of the phone, on its thread."""
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
                | MuteChanged()
                | TransferProgressed()
                | RecordingChanged()
                | ConferenceChanged()
                | AudioDeviceChanged()
                | DoNotDisturbChanged()
                | PresenceChanged()
                | MediaReported()
                | SelfCallExpected()
                | PhoneConnected()
                | PhoneDisconnected()
            ):
                pass
            case _:
                assert_never(event)

    def _find(self, call_id: str) -> VoIPCall | None:
        call = self.calls.get(call_id)
        return call if isinstance(call, VoIPCall) else None

    def _create_Call(self, request: SIP.SIPMessage, sess_id: int) -> None:
        """pyVoIP's hook for custom call classes: adds the call to ``calls``."""
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
            # Already rejected by the phone, for example at the call limit.
            return
        self._create_Call(request, _session_id())
        threading.Thread(
            target=self.callCallback,
            args=(self.calls[call_id],),
            name=f"Phone Call: {call_id}",
        ).start()

    def _dial(self, engine: Phone, target: str) -> VoIPCall | None:
        """Dials on the phone's thread; None if refused."""
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
    """Returns the INVITE of a live call under the local call ID, also if a phone calls itself."""
    data = engine.invite(call_id)
    if data is None:
        return None
    message = SIPMessage(data)
    message.headers["Call-ID"] = call_id
    return message


def _session_id() -> int:
    return secrets.randbelow(100000) + 1
