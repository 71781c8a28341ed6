"""Media sessions of a phone's calls, and hold and resume requests with retries.

Sessions are created per call id and connected to the media that SIP has negotiated.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from telephony.errors import BindError, DeviceError
from telephony.events import MediaReported, Side
from telephony.media.devices.buffer import waiting_tone
from telephony.media.devices.choice import build_device
from telephony.media.devices.device import AudioDevice, DeviceStatus
from telephony.media.engine import MediaEngine, MediaSession, MediaTarget
from telephony.media.samples import Samples
from telephony.media.session import Recorder
from telephony.settings import PhoneSettings
from telephony.signalling import Signalling
from telephony.sip.offer_answer import AgreedMedia

_log = logging.getLogger(__name__)


def build_media(settings: PhoneSettings) -> MediaEngine:
    """Builds the media engine, not started. Raises DeviceError without a driver."""
    return MediaEngine(
        build_device(settings.audio),
        bind_host=settings.listen_host,
        port_first=settings.rtp_port_first,
        port_last=settings.rtp_port_last,
    )


class CallMedia:
    """Media sessions by call ID, on one engine.

    ``call_device`` can return a dedicated audio device for a call; None means the engine's shared
    device.
    """

    def __init__(
        self,
        engine: MediaEngine,
        call_device: Callable[[str], AudioDevice | None] | None = None,
    ) -> None:
        self._engine = engine
        self._call_device = call_device
        self._on_digit: Callable[[str, str], None] | None = None
        self._on_device: Callable[[DeviceStatus], None] | None = None
        self._sessions: dict[str, MediaSession] = {}
        self._muted: set[str] = set()
        self._held: set[str] = set()

    def start(
        self, on_digit: Callable[[str, str], None], on_device: Callable[[DeviceStatus], None]
    ) -> None:
        """Starts the engine.

        ``on_digit`` receives the call ID and DTMF digit of a remote party; ``on_device`` receives
        the state of the shared device when it changes during a call. Both are called on the running
        loop.
        """
        loop = asyncio.get_running_loop()

        def tell_digit(call_id: str, digit: str) -> None:
            loop.call_soon_threadsafe(on_digit, call_id, digit)

        def tell_device(status: DeviceStatus) -> None:
            loop.call_soon_threadsafe(on_device, status)

        self._on_digit, self._on_device = tell_digit, tell_device
        self._start_engine()

    def _start_engine(self) -> None:
        self._engine.on_device_status = self._on_device
        self._engine.start()

    def stop(self) -> None:
        """Closes all sessions and stops the engine."""
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()
        self._engine.stop()

    def adapt(self, former: PhoneSettings, settings: PhoneSettings) -> None:
        """Switches to another port range; no session may be open."""
        if _range(former) != _range(settings):
            engine = build_media(settings)
            self._engine.stop()
            self._engine = engine
            self._start_engine()

    def use_devices(self, settings: PhoneSettings) -> None:
        """Moves the live calls to other audio devices. Raises DeviceError if those cannot
        be used.
        """
        self._engine.use_device(build_device(settings.audio))

    def play_ring(self, ringing: bool) -> None:
        """Starts or stops the ring tone."""
        self._engine.play_ring(ringing)

    def tell_of_another(self) -> None:
        """Plays one soft call-waiting beep to the operator."""
        self._engine.play_tone(waiting_tone())

    def open(self, call_id: str, device: AudioDevice | None = None) -> int | None:
        """Opens a session and returns its local RTP port; None if the range is exhausted.

        ``device`` is used for this call only.
        """
        try:
            if device is None and self._call_device is not None:
                device = self._call_device(call_id)
            session = self._engine.open(call_id, device=device)
        except BindError:
            _log.warning("media: no free RTP port")
            return None
        session.on_digit = lambda digit: self._take_digit(call_id, digit)
        self._sessions[call_id] = session
        return session.local_port

    def _take_digit(self, call_id: str, digit: str) -> None:
        if self._on_digit is not None:
            self._on_digit(call_id, digit)

    def connect(self, call_id: str, media: AgreedMedia) -> bool:
        """Starts or changes the stream; False if there is no audio device for it."""
        session = self._sessions.get(call_id)
        if session is None:
            return True
        target = MediaTarget(
            media.host,
            media.port,
            media.codec,
            media.payload_type,
            media.telephone_event_payload_type,
            media.sending,
            media.receiving,
            media.ptime_ms,
            media.comfort_noise_payload_type,
            media.rtcp_port,
            media.srtp,
            media.format_parameters,
            media.telephone_event_clock_hz,
            media.wants_voip_metrics,
        )
        try:
            session.connect(target)
        except DeviceError as error:
            _log.warning("audio device: %s: %s", error.driver, error.code)
            return False
        return True

    def close(self, call_id: str) -> None:
        """Closes the session of the call."""
        session = self._sessions.pop(call_id, None)
        self._muted.discard(call_id)
        self._held.discard(call_id)
        if session is not None:
            session.close()

    def set_muted(self, call_id: str, muted: bool) -> bool:
        """Mutes or unmutes the microphone for the call; False without a session."""
        session = self._sessions.get(call_id)
        if session is None:
            return False
        (self._muted.add if muted else self._muted.discard)(call_id)
        self._apply_silence(call_id, session)
        return True

    def set_held(self, call_id: str, held: bool) -> None:
        """Silences a held call; independent of its mute state."""
        session = self._sessions.get(call_id)
        if session is not None:
            (self._held.add if held else self._held.discard)(call_id)
            self._apply_silence(call_id, session)

    def _apply_silence(self, call_id: str, session: MediaSession) -> None:
        session.set_muted(call_id in self._muted or call_id in self._held)

    def send_digits(self, call_id: str, digits: str) -> bool:
        """Sends DTMF in the audio stream (RFC 4733); False if not negotiated."""
        session = self._sessions.get(call_id)
        return session is not None and session.send_digits(digits)

    def set_conference(self, call_ids: tuple[str, ...]) -> None:
        """Mixes the audio of these calls; an empty tuple ends the conference."""
        sessions = (self._sessions.get(call_id) for call_id in call_ids)
        self._engine.set_conference(tuple(each for each in sessions if each is not None))

    def start_recording(
        self, call_id: str, recorder: Recorder, announcement: Samples | None
    ) -> None:
        """Starts recording the call, and plays the announcement to the remote party."""
        session = self._sessions.get(call_id)
        if session is not None:
            session.start_recording(recorder)
            if announcement is not None:
                session.play(announcement)

    def play(self, call_id: str, samples: Samples) -> None:
        """Plays these 8 kHz samples to the remote party once, starting immediately."""
        session = self._sessions.get(call_id)
        if session is not None:
            session.play(samples)

    def stop_recording(self, call_id: str) -> None:
        """Finishes the call's recording."""
        session = self._sessions.get(call_id)
        if session is not None:
            session.stop_recording()

    def move_recorder(self, former_id: str, call_id: str) -> None:
        """Moves the recorder of the call ``former_id`` to ``call_id``, in which the recording
        continues.
        """
        former, session = self._sessions.get(former_id), self._sessions.get(call_id)
        if former is not None and session is not None:
            recorder = former.release_recording()
            if recorder is not None:
                session.start_recording(recorder)

    def reports(self, call_ids: Iterable[str], at: datetime) -> list[MediaReported]:
        """Returns a report of the audio counts and levels of each of these calls."""
        found = []
        for call_id in call_ids:
            session = self._sessions.get(call_id)
            if session is None:
                continue
            counts = session.statistics()
            found.append(
                MediaReported(
                    call_id,
                    at,
                    counts.packets_sent,
                    counts.packets_received,
                    counts.packets_lost,
                    counts.level_sent_dbfs,
                    counts.level_received_dbfs,
                    packets_late=counts.packets_late,
                    packets_concealed=counts.packets_concealed,
                    jitter_ms=counts.jitter_ms,
                    buffer_ms=counts.buffer_ms,
                    mos=counts.mos,
                    round_trip_ms=counts.round_trip_ms,
                    far_lost_percent=counts.far_lost_percent,
                    far_jitter_ms=counts.far_jitter_ms,
                )
            )
        return found


def _range(settings: PhoneSettings) -> tuple[str, int, int]:
    return settings.listen_host, settings.rtp_port_first, settings.rtp_port_last


_RETRY_S = 0.1
_RETRIES = 50


@dataclass(slots=True)
class _Wanted:
    """Requested hold state. ``then`` receives whether the remote party accepted the hold. ``waits``
    is True between two attempts.
    """

    held: bool
    then: Callable[[bool], None] | None = None
    retries: int = 0
    waits: bool = False


class HoldChanges:
    """Hold and resume requests, at most one pending per call.

    ``hold`` mutes the microphone for the call immediately, regardless of the remote party's later
    response. While another change of the call is in progress, for example before the ACK of an
    answer, the request is retried.
    """

    def __init__(self, signalling: Signalling, media: CallMedia) -> None:
        self._signalling = signalling
        self._media = media
        self._wanted: dict[str, _Wanted] = {}

    def wants(self, call_id: str) -> bool:
        """Whether a request for this call is pending."""
        return call_id in self._wanted

    def hold(self, call_id: str, then: Callable[[bool], None] | None = None) -> None:
        """Requests hold of an established call."""
        self._media.set_held(call_id, True)
        self._want(call_id, _Wanted(True, then))

    def resume(self, call_id: str) -> None:
        """Requests to resume a held call."""
        self._want(call_id, _Wanted(False))

    def _want(self, call_id: str, wanted: _Wanted) -> None:
        former = self._wanted.pop(call_id, None)
        if former is None:
            self._wanted[call_id] = wanted
            self._try(call_id)
        elif former.waits and former.held != wanted.held:
            # The earlier request was never sent: the state is already as requested.
            self._media.set_held(call_id, wanted.held)
        else:
            # If another change is in progress, this request follows it.
            self._wanted[call_id] = wanted
        if former is not None and former.then is not None:
            former.then(False)

    def _try(self, call_id: str) -> None:
        agent, wanted = self._signalling.agent, self._wanted.get(call_id)
        if agent is None or wanted is None:
            return
        wanted.waits = False
        change = agent.hold if wanted.held else agent.resume
        self._signalling.run(change(call_id, self._signalling.time_s()))

    def changed(self, call_id: str, side: Side, held: bool) -> None:
        """Records that ``side`` now holds the call or has resumed it, after both parties have
        agreed.
        """
        if side is not Side.NEAR:
            return
        self._media.set_held(call_id, held)
        wanted = self._wanted.get(call_id)
        if wanted is None:
            return
        if wanted.held != held:
            self._media.set_held(call_id, wanted.held)
            self._try(call_id)
            return
        del self._wanted[call_id]
        if wanted.then is not None:
            wanted.then(True)

    def failed(self, call_id: str, command: str, code: str) -> bool:
        """Handles a failed command. Returns True if it is a hold or resume request that will be
        retried.
        """
        wanted = self._wanted.get(call_id)
        if wanted is None or command not in ("hold", "resume"):
            return False
        if command != ("hold" if wanted.held else "resume"):
            # The change before this request has failed, so there is nothing to revert.
            del self._wanted[call_id]
            self._media.set_held(call_id, wanted.held)
            return False
        wanted.retries += 1
        if code == "busy" and wanted.retries <= _RETRIES:
            wanted.waits = True
            asyncio.get_running_loop().call_later(_RETRY_S, self._try, call_id)
            return True
        del self._wanted[call_id]
        self._media.set_held(call_id, not wanted.held)
        if wanted.then is not None:
            wanted.then(False)
        return False

    def ended(self, call_id: str) -> None:
        """Drops the pending request of an ended call."""
        wanted = self._wanted.pop(call_id, None)
        if wanted is not None and wanted.then is not None:
            wanted.then(False)
