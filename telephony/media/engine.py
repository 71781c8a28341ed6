"""Media thread: moves one audio frame of every call each 20 ms, and mixes calls per device.

``BufferedEngine`` gives each call an in-memory device, for programs that read and write samples.
"""

from __future__ import annotations

import selectors
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from telephony.media.devices.buffer import BufferDevice
from telephony.media.devices.device import AudioDevice, DeviceStatus, NullDevice
from telephony.media.packets.ports import HAS_ARRIVAL_TIMES, PortRange, stamp_arrivals
from telephony.media.samples import FRAME_MS, TELEPHONE_RATE_HZ, Mixer, Samples
from telephony.media.session import Conference, MediaSession, MediaStatistics, MediaTarget
from telephony.media.thread_priority import raise_thread_priority
from telephony.media.wav import Announcement

__all__ = ["MediaEngine", "MediaSession", "MediaStatistics", "MediaTarget"]

CLOSED = -1  # file number of a closed socket
_FRAME_S = FRAME_MS / 1000
_REPORT_FRAMES = 1000 // FRAME_MS
# A thread that woke up late sends up to this many missed frames immediately. It skips longer gaps,
# because the remote party's jitter buffer would discard a longer burst.
_OWED_FRAMES = 10
# epoll has a resolution of whole milliseconds; the rest is slept with the precise clock.
_COARSE_WAIT_S = 0.001
# Limit of datagrams read from one port before the clock is checked again.
_DATAGRAMS_A_TURN = 256
_STOP_TIMEOUT_S = 5.0


@dataclass(slots=True)
class _Lane:
    """A device and the sessions that share it."""

    device: AudioDevice
    sessions: list[MediaSession] = field(default_factory=list)
    mixer: Mixer = field(default_factory=Mixer)
    tone: Announcement | None = None

    def play(self, heard: list[Samples], size: int) -> None:
        """Plays the mix of received audio on the device, with the active tone if there is one."""
        tone = None if self.tone is None else self.tone.next_frame(size)
        if tone is None:
            self.tone = None
        else:
            heard.append(tone)
        self.device.write_frame(self.mixer.mix(heard, size))


class MediaEngine:
    """Carries the audio of all calls; the audio of one device is mixed from its calls.

    All methods must be called on one controlling thread. ``on_report`` is called on the thread
    "media" about once a second for each connected call and must not block. ``on_device_status`` is
    called on the same thread when the state of the common device has changed during a call; the
    initial state is DeviceStatus().
    """

    def __init__(
        self,
        device: AudioDevice,
        *,
        bind_host: str = "127.0.0.1",
        port_first: int = 16384,
        port_last: int = 32767,
        on_report: Callable[[MediaStatistics], None] | None = None,
        on_device_status: Callable[[DeviceStatus], None] | None = None,
    ) -> None:
        self._device = device
        self._ports = PortRange(bind_host, port_first, port_last)
        self._on_report = on_report
        self.on_device_status = on_device_status
        self._device_status = DeviceStatus()
        self._conference: Conference[MediaSession] = Conference()
        self._devices: dict[MediaSession, AudioDevice] = {}
        self._connected: list[MediaSession] = []
        self._lanes: tuple[_Lane, ...] = ()
        self._arrived: deque[MediaSession] = deque()
        self._retired: deque[MediaSession] = deque()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def device(self) -> AudioDevice:
        """The common device, used by every session that was opened without its own device."""
        return self._device

    def start(self) -> None:
        """Starts the thread "media"; it is idle until a session is opened."""
        if self._thread is not None:
            return
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="media", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Closes every session and device, and ends the thread."""
        for session in list(self._devices):
            session.close()
        self._device.play_ring(False)
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_STOP_TIMEOUT_S)
            self._thread = None
        self._discard_retired(None)

    def open(self, call_id: str, *, device: AudioDevice | None = None) -> MediaSession:
        """Opens a session with bound ports; raises BindError if the port range is exhausted.

        The audio device is opened when the first session that uses it is connected, at the rate of
        that session's codec, and closed with the last one. A ``device`` given here serves only this
        session.
        """
        session = MediaSession(call_id, self._ports.reserve(), self)
        self._devices[session] = device or self._device
        self._arrived.append(session)
        self._wake.set()
        return session

    def use_device(self, device: AudioDevice) -> None:
        """Moves the live calls of the common device to another one without a gap in their RTP."""
        former = self._device
        former.play_ring(False)
        in_use = self._is_in_use(former)
        if in_use:
            device.open(self._rate_of(former))
        self._device = device
        for session, used in self._devices.items():
            if used is former:
                self._devices[session] = device
        self._renew_lanes()
        if in_use:
            former.close()

    def play_ring(self, ringing: bool) -> None:
        """Starts or stops the ring tone on the ringer of the device."""
        self._device.play_ring(ringing)

    def play_tone(self, samples: Samples) -> None:
        """Plays these 8 kHz samples once to the operator; remote parties do not hear them."""
        for lane in self._lanes:
            lane.tone = Announcement(samples)

    @property
    def conference(self) -> tuple[MediaSession, ...]:
        """Sessions of the conference; empty if there is none."""
        return self._conference.members

    def set_conference(self, sessions: tuple[MediaSession, ...]) -> None:
        """Connects these calls and the operator in a conference, in which all hear each other.

        A call that is held or muted remains a member. A call that ends is removed; the conference
        ends when only one call is left. Fewer than two sessions end it.
        """
        members = tuple(each for each in sessions if each in self._devices)
        self._conference = Conference(members if len(members) > 1 else ())

    def session_connected(self, session: MediaSession, rate_hz: int) -> None:
        """Opens the session's device if it is not in use, and schedules the session's frames."""
        if session in self._connected:
            return
        device = self._devices[session]
        if not self._is_in_use(device):
            device.open(rate_hz)
        self._connected.append(session)
        self._renew_lanes()

    def session_closed(self, session: MediaSession) -> None:
        """Stops the session's frames and closes its device after the last session."""
        device = self._devices.pop(session, None)
        if device is None:
            return
        was_connected = session in self._connected
        if was_connected:
            self._connected.remove(session)
        if session in self.conference:
            self.set_conference(tuple(each for each in self.conference if each is not session))
        self._renew_lanes()
        self._retired.append(session)
        self._wake.set()
        if self._thread is None:
            self._discard_retired(None)
        if was_connected and not self._is_in_use(device):
            device.close()

    def _is_in_use(self, device: AudioDevice) -> bool:
        return any(self._devices[session] is device for session in self._connected)

    def _rate_of(self, device: AudioDevice) -> int:
        """The rate of the first session on the device."""
        rates_hz = (each.rate_hz for each in self._connected if self._devices[each] is device)
        return next(rates_hz, TELEPHONE_RATE_HZ)

    def _renew_lanes(self) -> None:
        lanes: list[_Lane] = []
        for session in self._connected:
            device = self._devices[session]
            lane = next((each for each in lanes if each.device is device), None)
            if lane is None:
                lane = _Lane(device)
                lanes.append(lane)
            lane.sessions.append(session)
        # A single assignment: the media thread sees either the old or the new lanes.
        self._lanes = tuple(lanes)
        self._wake.set()

    def _run(self) -> None:
        raise_thread_priority()
        with selectors.DefaultSelector() as selector:
            next_frame_s = time.monotonic()
            frames = 0
            while not self._stopping.is_set():
                if self._wake.is_set():
                    self._take_changes(selector)
                if not self._lanes:
                    if not self._stopping.is_set():
                        self._wake.wait()
                    next_frame_s = time.monotonic()
                    continue
                self._wait_until(selector, next_frame_s)
                self._drain(selector, time.monotonic())
                next_frame_s += _FRAME_S
                now_s = time.monotonic()
                next_frame_s += self._skip_overslept(now_s - next_frame_s)
                self._move_frame(now_s)
                frames += 1
                if frames % _REPORT_FRAMES == 0:
                    self._report()
            self._take_changes(selector)

    def _take_changes(self, selector: selectors.BaseSelector) -> None:
        self._wake.clear()
        while self._arrived:
            session = self._arrived.popleft()
            # A call may be opened and closed before this runs; its ports are closed then.
            if session.ports.rtp.fileno() != CLOSED:
                for each, take in (
                    (session.ports.rtp, session.on_readable),
                    (session.ports.rtcp, session.on_control_readable),
                ):
                    stamp_arrivals(each)
                    selector.register(each, selectors.EVENT_READ, take)
        self._discard_retired(selector)

    def _discard_retired(self, selector: selectors.BaseSelector | None) -> None:
        while self._retired:
            session = self._retired.popleft()
            if selector is not None:
                registered = selector.get_map()
                for each in (session.ports.rtp, session.ports.rtcp):
                    if each in registered:
                        selector.unregister(each)
            session.on_retired(time.monotonic())
            session.ports.close()

    def _wait_until(self, selector: selectors.BaseSelector, moment_s: float) -> None:
        while (remaining_s := moment_s - time.monotonic()) > 0:
            if HAS_ARRIVAL_TIMES or remaining_s <= _COARSE_WAIT_S:
                time.sleep(remaining_s)
            else:
                # This system has no arrival timestamps, so packets are read when they arrive.
                self._read(selector.select(remaining_s - _COARSE_WAIT_S), time.monotonic())

    def _drain(self, selector: selectors.BaseSelector, now_s: float) -> None:
        """Reads all pending datagrams, one from every port at a time."""
        for _ in range(_DATAGRAMS_A_TURN):
            ready = selector.select(0)
            if not ready:
                return
            self._read(ready, now_s)

    def _read(self, ready: list[tuple[selectors.SelectorKey, int]], now_s: float) -> None:
        for key, _events in ready:
            key.data(now_s)

    def _skip_overslept(self, late_s: float) -> float:
        """Time to skip if the thread overslept more frames than it may send late."""
        if late_s <= _OWED_FRAMES * _FRAME_S:
            return 0.0
        frames = int(late_s / _FRAME_S)
        for lane in self._lanes:
            for session in lane.sessions:
                session.on_skipped(frames)
        return frames * _FRAME_S

    def _move_frame(self, now_s: float) -> None:
        conference = self._conference
        if not conference.members:
            for lane in self._lanes:
                microphone = lane.device.read_frame()
                frames = [session.on_frame(microphone, now_s) for session in lane.sessions]
                lane.play(frames, microphone.size)
            return
        voices: dict[MediaSession, Samples] = {}
        microphones: dict[MediaSession, Samples] = {}
        for lane in self._lanes:
            microphone = lane.device.read_frame()
            heard: list[Samples] = []
            for session in lane.sessions:
                if session in conference.members:
                    microphones[session] = microphone
                    voices[session] = session.on_hear(microphone.size, now_s)
                    heard.append(voices[session])
                else:
                    heard.append(session.on_frame(microphone, now_s))
            lane.play(heard, microphone.size)
        for session, microphone in microphones.items():
            session.on_speak(microphone, conference.others(session, voices, microphone.size))

    def _report(self) -> None:
        self._report_device()
        if self._on_report is None:
            return
        for lane in self._lanes:
            for session in lane.sessions:
                if session.target is not None:
                    self._on_report(session.statistics())

    def _report_device(self) -> None:
        device = self._device
        if self.on_device_status is None or all(lane.device is not device for lane in self._lanes):
            return
        status = device.status()
        if status != self._device_status:
            self._device_status = status
            self.on_device_status(status)


class BufferedEngine(MediaEngine):
    """Gives each call its own BufferDevice."""

    def __init__(self, *, bind_host: str, port_first: int, port_last: int) -> None:
        super().__init__(
            NullDevice(), bind_host=bind_host, port_first=port_first, port_last=port_last
        )
        self._calls: dict[str, tuple[MediaSession, BufferDevice]] = {}

    @property
    def call_ids(self) -> tuple[str, ...]:
        """Ids of the calls that were opened and not forgotten."""
        return tuple(self._calls)

    def open(self, call_id: str, *, device: AudioDevice | None = None) -> MediaSession:
        """Opens a session with its own device, which ``audio()`` returns."""
        audio = BufferDevice()
        session = super().open(call_id, device=device or audio)
        self._calls[call_id] = session, audio
        return session

    def session(self, call_id: str) -> MediaSession:
        """Returns the session of a call."""
        return self._calls[call_id][0]

    def audio(self, call_id: str) -> BufferDevice:
        """Returns the device that the program reads and writes for this call."""
        return self._calls[call_id][1]

    def forget(self, call_id: str) -> None:
        """Removes the session and device of an ended call."""
        self._calls.pop(call_id, None)
