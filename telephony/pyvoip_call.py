"""pyVoIP's call over one of this phone's calls."""

from __future__ import annotations

import time
from typing import Any

from telephony.events import CallEnded
from telephony.media.devices.buffer import BufferDevice
from telephony.pyvoip_audio import PayloadType, RTPClient
from telephony.pyvoip_client import Face
from telephony.pyvoip_message import pyVoIP

CallState = pyVoIP.VoIP.CallState
InvalidStateError = pyVoIP.VoIP.InvalidStateError
SIP = pyVoIP.SIP

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
