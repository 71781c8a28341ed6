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
    """The media engine that the settings describe, not started; DeviceError without a driver."""
    return MediaEngine(
        build_device(settings.audio),
        bind_host=settings.listen_host,
        port_first=settings.rtp_port_first,
        port_last=settings.rtp_port_last,
    )


class CallMedia:
    """Sessions by call id, on one engine.

    ``call_device`` gives a call an audio device of its own; None is the engine's common one.
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
        """Start the engine.

        ``on_digit`` gets a call's id and what its far side pressed, ``on_device`` the state of
        the common device when it changes during a call; both on the running loop.
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
        """Close all sessions and stop the engine."""
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()
        self._engine.stop()

    def adapt(self, former: PhoneSettings, settings: PhoneSettings) -> None:
        """Move to another port range; no session may be open."""
        if _range(former) != _range(settings):
            engine = build_media(settings)
            self._engine.stop()
            self._engine = engine
            self._start_engine()

    def use_devices(self, settings: PhoneSettings) -> None:
        """Move the live calls to other devices; DeviceError when those cannot work."""
        self._engine.use_device(build_device(settings.audio))

    def play_ring(self, ringing: bool) -> None:
        """Ring, or stop."""
        self._engine.play_ring(ringing)

    def tell_of_another(self) -> None:
        """One soft beep in the ear of who is talking: another call comes in."""
        self._engine.play_tone(waiting_tone())

    def open(self, call_id: str, device: AudioDevice | None = None) -> int | None:
        """The call's local RTP port; None when the range has none left.

        ``device`` is for this call alone.
        """
        try:
            if device is None and self._call_device is not None:
                device = self._call_device(call_id)
            session = self._engine.open(call_id, device=device)
        except BindError:
            _log.warning("no RTP port left")
            return None
        session.on_digit = lambda digit: self._take_digit(call_id, digit)
        self._sessions[call_id] = session
        return session.local_port

    def _take_digit(self, call_id: str, digit: str) -> None:
        if self._on_digit is not None:
            self._on_digit(call_id, digit)

    def connect(self, call_id: str, media: AgreedMedia) -> bool:
        """Begin or change the stream; False when there is no audio device for it."""
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
            _log.warning("audio device: %s %s", error.driver, error.code)
            return False
        return True

    def close(self, call_id: str) -> None:
        """End the call's stream."""
        session = self._sessions.pop(call_id, None)
        self._muted.discard(call_id)
        self._held.discard(call_id)
        if session is not None:
            session.close()

    def set_muted(self, call_id: str, muted: bool) -> bool:
        """Mute or unmute the microphone for the call; False when it has no session."""
        session = self._sessions.get(call_id)
        if session is None:
            return False
        (self._muted.add if muted else self._muted.discard)(call_id)
        self._apply_silence(call_id, session)
        return True

    def set_held(self, call_id: str, held: bool) -> None:
        """Let the call hear nothing from here while it is held, whether it is muted or not."""
        session = self._sessions.get(call_id)
        if session is not None:
            (self._held.add if held else self._held.discard)(call_id)
            self._apply_silence(call_id, session)

    def _apply_silence(self, call_id: str, session: MediaSession) -> None:
        session.set_muted(call_id in self._muted or call_id in self._held)

    def send_digits(self, call_id: str, digits: str) -> bool:
        """Send keys in the audio (RFC 4733); False where the far side has not agreed to it."""
        session = self._sessions.get(call_id)
        return session is not None and session.send_digits(digits)

    def set_conference(self, call_ids: tuple[str, ...]) -> None:
        """Let these calls hear each other; none ends it."""
        sessions = (self._sessions.get(call_id) for call_id in call_ids)
        self._engine.set_conference(tuple(each for each in sessions if each is not None))

    def start_recording(
        self, call_id: str, recorder: Recorder, announcement: Samples | None
    ) -> None:
        """Give the call's audio to the recorder, after telling the far side about it."""
        session = self._sessions.get(call_id)
        if session is not None:
            session.start_recording(recorder)
            if announcement is not None:
                session.play(announcement)

    def play(self, call_id: str, samples: Samples) -> None:
        """Let the far side hear these samples of 8 kHz, once, from now on."""
        session = self._sessions.get(call_id)
        if session is not None:
            session.play(samples)

    def stop_recording(self, call_id: str) -> None:
        """Finish the call's recording."""
        session = self._sessions.get(call_id)
        if session is not None:
            session.stop_recording()

    def move_recorder(self, former_id: str, call_id: str) -> None:
        """Go on recording in another call."""
        former, session = self._sessions.get(former_id), self._sessions.get(call_id)
        if former is not None and session is not None:
            recorder = former.release_recording()
            if recorder is not None:
                session.start_recording(recorder)

    def reports(self, call_ids: Iterable[str], at: datetime) -> list[MediaReported]:
        """Counts and levels of these calls so far."""
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
    """``then`` gets whether the far side agreed to the hold. ``waits`` is true between tries."""

    held: bool
    then: Callable[[bool], None] | None = None
    retries: int = 0
    waits: bool = False


class HoldChanges:
    """At most one wish a call.

    From the moment of ``hold`` on the microphone is off for that call, whatever the far side says
    later. While another change of the call is under way, for example the ACK of an answer is yet
    to come, the wish is tried again.
    """

    def __init__(self, signalling: Signalling, media: CallMedia) -> None:
        self._signalling = signalling
        self._media = media
        self._wanted: dict[str, _Wanted] = {}

    def wants(self, call_id: str) -> bool:
        """Whether a wish for this call is not settled yet."""
        return call_id in self._wanted

    def hold(self, call_id: str, then: Callable[[bool], None] | None = None) -> None:
        """Put an established call on hold."""
        self._media.set_held(call_id, True)
        self._want(call_id, _Wanted(True, then))

    def resume(self, call_id: str) -> None:
        """Take a held call up again."""
        self._want(call_id, _Wanted(False))

    def _want(self, call_id: str, wanted: _Wanted) -> None:
        former = self._wanted.pop(call_id, None)
        if former is None:
            self._wanted[call_id] = wanted
            self._try(call_id)
        elif former.waits and former.held != wanted.held:
            # Nothing was asked of the far side yet: all is as it should be.
            self._media.set_held(call_id, wanted.held)
        else:
            # The change that is under way is the same, or this one follows it.
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
        """The far side has agreed to a change of ``side``'s."""
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
        """A command has failed; True when it is a wish of this place that is tried again."""
        wanted = self._wanted.get(call_id)
        if wanted is None or command not in ("hold", "resume"):
            return False
        if command != ("hold" if wanted.held else "resume"):
            # The change before this wish has failed, so that there is nothing to take back.
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
        """The call is over: nobody waits for its hold any more."""
        wanted = self._wanted.pop(call_id, None)
        if wanted is not None and wanted.then is not None:
            wanted.then(False)
