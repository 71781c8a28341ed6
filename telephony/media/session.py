"""Media session of one call: RTP stream, recording and statistics; conference of sessions.

The classes state the thread of each method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from telephony.media.codecs.codec import PCMA, PCMA_PAYLOAD_TYPE
from telephony.media.codecs.registry import codec_named
from telephony.media.packets.ports import PortPair, drop_datagrams, take_datagram
from telephony.media.packets.rtp import KEY_BYTES, SrtpReceiver, SrtpSender
from telephony.media.reports import ControlPort, LossWindow, estimate_mos
from telephony.media.samples import (
    FRAME_MS,
    TELEPHONE_RATE_HZ,
    Mixer,
    RateAdapter,
    Samples,
    silence,
)
from telephony.media.streams.dtmf import read_digits
from telephony.media.streams.receiver import RtpReceiver
from telephony.media.streams.sender import RtpSender
from telephony.media.wav import Announcement
from telephony.srtp_keys import SrtpKeys

MemberT = TypeVar("MemberT")


class Conference(Generic[MemberT]):
    """Conference of sessions: provides each member with the voices of the others.

    Used by the media thread; may be created on any thread.
    """

    def __init__(self, members: tuple[MemberT, ...] = ()) -> None:
        self.members = members
        self._rates: dict[tuple[MemberT, MemberT], RateAdapter] = {}

    def others(
        self, listener: MemberT, heard: Mapping[MemberT, Samples], count: int
    ) -> list[Samples]:
        """Returns the voices of the other members for this listener, ``count`` samples each.

        ``heard`` contains this frame's voice of every connected member, at 8 or 16 kHz. Call it
        once per frame and listener.
        """
        return [
            self._adapter(listener, speaker).fit(heard[speaker], count)
            for speaker in self.members
            if speaker != listener and speaker in heard
        ]

    def _adapter(self, listener: MemberT, speaker: MemberT) -> RateAdapter:
        return self._rates.setdefault((listener, speaker), RateAdapter())


@dataclass(frozen=True, slots=True)
class MediaTarget:
    """Media agreed with the remote party by signalling; the fields are those of ``AgreedMedia``.

    ``codec`` is one of available_codecs(). ``sending`` and ``receiving`` are the directions of RFC
    3264 from this side's view. ``ptime_ms`` is the duration of sent packets. ``rtcp_port`` 0 means
    the port above ``port``. With ``srtp`` nothing is sent or accepted unencrypted.
    ``wants_voip_metrics`` adds extended reports to RTCP.
    """

    host: str
    port: int
    codec: str = "PCMA"
    payload_type: int = PCMA_PAYLOAD_TYPE
    telephone_event_payload_type: int | None = None
    sending: bool = True
    receiving: bool = True
    ptime_ms: int = FRAME_MS
    comfort_noise_payload_type: int | None = None
    rtcp_port: int = 0
    srtp: SrtpKeys | None = None
    format_parameters: str = ""
    telephone_event_clock_hz: int = TELEPHONE_RATE_HZ
    wants_voip_metrics: bool = False


@dataclass(frozen=True, slots=True)
class MediaStatistics:
    """Audio statistics of one call so far.

    ``packets_late`` arrived too late for playout and are not counted as lost. ``packets_concealed``
    counts played frames of 20 ms with concealed audio. Levels are those of the last second, in dBFS
    by AES17. ``buffer_ms`` is the mean time that received audio waits for playout. ``mos`` is the
    estimate of ITU-T G.107 for the last 10 s received; None while nothing is received.
    ``round_trip_ms``, ``far_lost_percent`` and ``far_jitter_ms`` are from the remote party's RTCP;
    None before its first report.
    """

    call_id: str
    packets_sent: int = 0
    packets_received: int = 0
    packets_lost: int = 0
    packets_late: int = 0
    packets_concealed: int = 0
    level_sent_dbfs: float = -100.0
    level_received_dbfs: float = -100.0
    jitter_ms: float = 0.0
    packets_discarded: int = 0
    send_errors: int = 0
    buffer_ms: float = 0.0
    mos: float | None = None
    round_trip_ms: float | None = None
    far_lost_percent: float | None = None
    far_jitter_ms: float | None = None


class SessionOwner(Protocol):
    """Callbacks of a session to its engine, on the controlling thread."""

    def session_connected(self, session: MediaSession, rate_hz: int) -> None:
        """Called when the session has a target and needs its device, preferably at this rate."""

    def session_closed(self, session: MediaSession) -> None:
        """Called when the session is over; the media thread must release its ports."""


class Recorder(Protocol):
    """Records both parties of a call; see CallRecorder."""

    def attach(self) -> None:
        """Called before the session's first frame, on the controlling thread."""

    def put(self, far: Samples, near: Samples) -> None:
        """Receives 20 ms as heard here and as sent; called on the media thread, must not block."""

    def skip(self, frames: int) -> None:
        """Reports frames that were skipped; called on the media thread, must not block."""

    def stop(self) -> None:
        """Called after the last frame, on the controlling thread; must not block."""


class MediaSession:
    """RTP stream of one call; created by MediaEngine.open().

    connect(), set_muted(), send_digits(), play(), the recording methods and close() are called on
    the thread that controls the engine. statistics() is thread-safe. The methods named ``on_...``
    are called on the media thread.
    """

    def __init__(self, call_id: str, ports: PortPair, owner: SessionOwner) -> None:
        self.call_id = call_id
        self.local_port = ports.rtp_port
        self.ports = ports
        self.on_digit: Callable[[str], None] | None = None
        """Called on the media thread with each digit of the remote party; must not block."""
        self._owner = owner
        self._target: MediaTarget | None = None
        self._muted = False
        self._recorder: Recorder | None = None
        self._announcement: Announcement | None = None
        # Media thread only.
        self._applied: MediaTarget | None = None
        self._sender = RtpSender(ports.rtp)
        self._receiver = RtpReceiver()
        self._mixer = Mixer()
        self._heard = silence(0)
        self._losses = LossWindow()
        self._control = ControlPort(ports.rtcp, self._sender, self._receiver)

    @property
    def target(self) -> MediaTarget | None:
        """The target of the last connect()."""
        return self._target

    @property
    def rate_hz(self) -> int:
        """Sample rate of the codec of the last connect()."""
        codec = None if self._target is None else codec_named(self._target.codec)
        return (codec or PCMA).sample_rate_hz

    def connect(self, target: MediaTarget) -> None:
        """Starts sending to and receiving from the target with the next frame of 20 ms.

        A later call changes target, codec or direction; SSRC, sequence number and timestamp
        continue. The first call opens the audio device and raises DeviceError if that fails.
        """
        codec = codec_named(target.codec)
        if codec is None:
            raise ValueError(target.codec)
        keys = target.srtp
        if keys is not None and (len(keys.sent), len(keys.received)) != (KEY_BYTES, KEY_BYTES):
            raise ValueError("srtp")
        self._owner.session_connected(self, codec.sample_rate_hz)
        if self._target is None:
            # Packets received before the call was connected do not belong to it.
            for each in (self.ports.rtp, self.ports.rtcp):
                drop_datagrams(each)
        self._target = target

    def set_muted(self, muted: bool) -> None:
        """Sends silence instead of the microphone, at the same packet rate, or stops doing so."""
        self._muted = muted

    def start_recording(self, recorder: Recorder) -> None:
        """Passes every frame to the recorder, from the next one until the session is closed."""
        recorder.attach()
        self._recorder = recorder

    def stop_recording(self) -> None:
        """Finishes the recording, if there is one."""
        recorder = self.release_recording()
        if recorder is not None:
            recorder.stop()

    def release_recording(self) -> Recorder | None:
        """Detaches the unfinished recorder: another session of the same call continues with it."""
        recorder, self._recorder = self._recorder, None
        return recorder

    def send_digits(self, digits: str) -> bool:
        """Sends ``0-9*#A-D`` in sequence instead of the microphone, 5 a second (RFC 4733).

        Returns False if telephone events were not agreed or sending is not allowed now. Raises
        ValueError for other characters.
        """
        wanted = read_digits(digits)
        target = self._target
        if target is None or not target.sending or target.telephone_event_payload_type is None:
            return False
        self._sender.digits.queue(wanted)
        return True

    def play(self, samples: Samples | None) -> None:
        """Sends these 8 kHz samples once instead of the microphone; None cancels them.

        The remote party hears them even if the microphone is muted.
        """
        self._announcement = None if samples is None else Announcement(samples)

    def close(self) -> None:
        """Ends stream and recording and releases the ports; a second call does nothing."""
        self.stop_recording()
        self._target = None
        self._owner.session_closed(self)

    def statistics(self) -> MediaStatistics:
        """Returns the current counts and levels."""
        sender, receiver, control = self._sender, self._receiver, self._control
        reception, counts = receiver.reception, receiver.counts
        return MediaStatistics(
            call_id=self.call_id,
            packets_sent=sender.packets_sent,
            packets_received=reception.received,
            packets_lost=reception.lost,
            packets_late=counts.late,
            packets_concealed=counts.concealed,
            level_sent_dbfs=sender.level_dbfs,
            level_received_dbfs=receiver.level_dbfs,
            jitter_ms=reception.jitter_ms,
            packets_discarded=receiver.discarded + control.invalid,
            send_errors=sender.send_errors,
            buffer_ms=receiver.delay_ms,
            mos=self._estimate_mos(),
            round_trip_ms=control.round_trip_ms,
            far_lost_percent=control.far_lost_percent,
            far_jitter_ms=control.far_jitter_ms,
        )

    def _estimate_mos(self) -> float | None:
        lost_percent = self._losses.percent
        target = self._target
        if lost_percent is None or target is None:
            return None
        # The delay of the remote party's own jitter buffer is unknown.
        delay_ms = target.ptime_ms + self._receiver.delay_ms
        delay_ms += (self._control.round_trip_ms or 0.0) / 2
        return estimate_mos(codec=target.codec, lost_percent=lost_percent, delay_ms=delay_ms)

    def on_readable(self, now_s: float) -> None:
        """Reads the next RTP datagram, if there is one."""
        self._apply_target(now_s)
        datagram = take_datagram(self.ports.rtp, now_s)
        if datagram is None or self._applied is None:
            # Packets received before the call was connected do not belong to it.
            return
        digit = self._receiver.take(*datagram)
        if digit is not None and self.on_digit is not None:
            self.on_digit(digit)

    def on_control_readable(self, now_s: float) -> None:
        """Reads the next RTCP datagram, if there is one."""
        self._apply_target(now_s)
        datagram = take_datagram(self.ports.rtcp, now_s)
        if datagram is not None and self._applied is not None:
            self._control.take(*datagram)

    def on_frame(self, microphone: Samples, now_s: float) -> Samples:
        """Sends one frame and returns the received one to be played with it.

        The microphone's frame may be of 8 or 16 kHz; the returned frame has the same size.
        """
        self._apply_target(now_s)
        self._control.report_if_due(now_s)
        near = self._speak(microphone, ())
        heard = self._hear(microphone.size, now_s)
        self._record(heard, near)
        return heard

    def on_hear(self, size: int, now_s: float) -> Samples:
        """First half of on_frame() in a conference: receives audio before any member's is sent."""
        self._apply_target(now_s)
        self._control.report_if_due(now_s)
        self._heard = self._hear(size, now_s)
        return self._heard

    def on_speak(self, microphone: Samples, others: Sequence[Samples]) -> None:
        """Second half: sends the microphone and the other members' voices, all of the same size."""
        self._record(self._heard, self._speak(microphone, others))

    def on_skipped(self, frames: int) -> None:
        """Skips frames that the media thread overslept; the timestamp advances in real time."""
        self._sender.skip(frames)
        recorder = self._recorder
        if recorder is not None:
            recorder.skip(frames)

    def on_retired(self, now_s: float) -> None:
        """Sends the RTCP BYE; the ports are closed next."""
        self._control.say_goodbye(now_s)

    def _speak(self, microphone: Samples, others: Sequence[Samples]) -> Samples:
        """Sends a frame and returns it, at the microphone's rate."""
        size = microphone.size
        target, destination = self._applied, self._receiver.destination
        if target is None or destination is None:
            return silence(size)
        if not target.sending or target.port == 0:
            self._sender.rest(destination if target.receiving and target.port else None)
            return silence(size)
        near = self._next_announced(size)
        if near is None:
            near = silence(size) if self._muted else microphone
        if others:
            near = self._mixer.mix([near, *others], size)
        self._sender.send(near, destination)
        return near

    def _hear(self, size: int, now_s: float) -> Samples:
        if self._applied is None:
            return silence(size)
        receiver = self._receiver
        if self._losses.tick():
            reception = receiver.reception
            self._losses.note(reception.received, reception.lost, receiver.counts.late)
        return receiver.play(size, now_s)

    def _record(self, far: Samples, near: Samples) -> None:
        recorder = self._recorder
        if recorder is not None and self._applied is not None:
            recorder.put(far, near)

    def _next_announced(self, size: int) -> Samples | None:
        announcement = self._announcement
        if announcement is None:
            return None
        frame = announcement.next_frame(size)
        if frame is None and self._announcement is announcement:
            self._announcement = None
        return frame

    def _apply_target(self, now_s: float) -> None:
        target = self._target
        if target is None or target is self._applied:
            return
        codec = codec_named(target.codec) or PCMA
        event_payload_type = target.telephone_event_payload_type
        self._apply_keys(target)
        self._receiver.use(
            (target.host, target.port),
            codec,
            target.payload_type,
            event_payload_type,
            target.comfort_noise_payload_type,
            target.receiving,
        )
        self._sender.use(
            codec,
            target.payload_type,
            event_payload_type,
            target.telephone_event_clock_hz,
            target.ptime_ms,
            target.format_parameters,
        )
        self._control.use(
            (target.host, target.port),
            target.rtcp_port,
            codec.clock_hz,
            now_s,
            sends_metrics=target.wants_voip_metrics,
        )
        self._applied = target

    def _apply_keys(self, target: MediaTarget) -> None:
        """Applies the keys of each direction that differ from those in use.

        A new address or key of the remote party may belong to another endpoint, which counts its
        packets from the start and does not know our packet count.
        """
        keys, applied = target.srtp, self._applied
        if keys is None:
            self._sender.srtp = None
            self._receiver.use_srtp(None)
            return
        former = None if applied is None else applied.srtp
        if applied is None or former is None:
            self._sender.srtp = SrtpSender(keys.suite, keys.sent)
            self._receiver.use_srtp(SrtpReceiver(keys.suite, keys.received))
            return
        if (former.suite, former.sent) != (keys.suite, keys.sent):
            self._sender.srtp = SrtpSender(keys.suite, keys.sent)
        is_moved = (applied.host, applied.port) != (target.host, target.port)
        if is_moved or (former.suite, former.received) != (keys.suite, keys.received):
            self._receiver.use_srtp(SrtpReceiver(keys.suite, keys.received))
            self._sender.face_newcomer()
