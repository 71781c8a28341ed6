"""Audible parties in joined calls, and the engine's reports on its device."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import numpy as np
import pytest

from telephony.media.codecs.codec import PCMA
from telephony.media.codecs.g722 import G722Codec
from telephony.media.devices.device import DeviceStatus, NullDevice
from telephony.media.engine import MediaEngine, MediaSession, MediaTarget
from telephony.media.samples import Samples
from tests.fakes.rtp_peer import RtpPeer, wait_until

# Levels whose sums are all different.
NEAR, FIRST, SECOND = 1000, 3000, 9000


class LevelDevice(NullDevice):
    """A microphone with one level, and the last frame of the earpiece."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = np.zeros(160, dtype=np.int16)
        self.state = DeviceStatus()

    def read_frame(self) -> Samples:
        return np.full_like(super().read_frame(), NEAR)

    def write_frame(self, samples: Samples) -> None:
        self.heard = samples

    def status(self) -> DeviceStatus:
        return self.state


class Caller:
    """A remote party that sends one level and measures the received level."""

    def __init__(self, peer: RtpPeer, session: MediaSession, level: int, wide: bool) -> None:
        self.peer, self.session = peer, session
        self.frame = np.full(320 if wide else 160, level, np.int16)
        self.coder = G722Codec() if wide else PCMA
        self.encoder = self.coder.encoder()
        self.payload_type = 9 if wide else 8
        self.decoder = self.coder.decoder()
        session.connect(
            MediaTarget("127.0.0.1", peer.port, self.coder.name, payload_type=self.payload_type)
        )

    def say(self) -> None:
        payload = self.encoder.encode(self.frame)
        self.peer.send(self.session.local_port, payload, self.payload_type)

    def hears(self) -> int:
        [packet] = self.peer.receive(1)
        return int(self.decoder.decode(packet.payload)[-1])


class Meeting:
    """Two callers on one engine, paced by the packets of the first caller."""

    def __init__(self, engine: MediaEngine, device: LevelDevice) -> None:
        self.engine, self.device = engine, device
        self.callers: list[Caller] = []

    def settles(self, near: int, *expected: int) -> None:
        """Waits until operator and callers receive these levels, within the codec's step."""
        until = time.monotonic() + 5
        found: list[int] = []
        while time.monotonic() < until:
            for caller in self.callers:
                caller.say()
            found = [int(self.device.heard[-1]), *(caller.hears() for caller in self.callers)]
            wanted = [near, *expected]
            if all(abs(a - b) <= 300 for a, b in zip(found, wanted, strict=True)):
                return
        raise AssertionError(found)


@pytest.fixture
def device() -> LevelDevice:
    return LevelDevice()


@pytest.fixture
def meeting(device: LevelDevice, request: pytest.FixtureRequest) -> Iterator[Meeting]:
    engine = MediaEngine(device, port_first=48000, port_last=48999)
    engine.start()
    meeting = Meeting(engine, device)
    with ExitStack() as stack:
        for level, wide in ((FIRST, False), (SECOND, getattr(request, "param", False))):
            peer = stack.enter_context(RtpPeer())
            meeting.callers.append(Caller(peer, engine.open(str(level)), level, wide))
        yield meeting
        engine.stop()


@pytest.mark.parametrize("meeting", [False, True], indirect=True, ids=["one rate", "two rates"])
def test_members_hear_each_other_only_while_they_are_joined(meeting: Meeting) -> None:
    meeting.settles(FIRST + SECOND, NEAR, NEAR)
    meeting.engine.set_conference(tuple(each.session for each in meeting.callers))
    meeting.settles(FIRST + SECOND, NEAR + SECOND, NEAR + FIRST)
    meeting.engine.set_conference(())
    meeting.settles(FIRST + SECOND, NEAR, NEAR)


def test_a_muted_near_side_does_not_mute_the_others(meeting: Meeting) -> None:
    meeting.engine.set_conference(tuple(each.session for each in meeting.callers))
    for caller in meeting.callers:
        caller.session.set_muted(True)
    meeting.settles(FIRST + SECOND, SECOND, FIRST)


def test_a_member_on_hold_neither_speaks_nor_hears(meeting: Meeting) -> None:
    first, second = meeting.callers
    meeting.engine.set_conference((first.session, second.session))
    meeting.settles(FIRST + SECOND, NEAR + SECOND, NEAR + FIRST)
    target = MediaTarget("127.0.0.1", first.peer.port, sending=False, receiving=False)
    first.session.connect(target)
    meeting.callers = [second]
    meeting.settles(SECOND, NEAR)


def test_a_member_that_ends_leaves_and_the_last_two_go_on(meeting: Meeting) -> None:
    with RtpPeer() as peer:
        third = Caller(peer, meeting.engine.open("third"), 500, False)
        meeting.callers.append(third)
        sessions = tuple(each.session for each in meeting.callers)
        meeting.engine.set_conference(sessions)
        meeting.settles(
            FIRST + SECOND + 500, NEAR + SECOND + 500, NEAR + FIRST + 500, NEAR + FIRST + SECOND
        )
        third.session.close()
        meeting.callers.remove(third)
        meeting.settles(FIRST + SECOND, NEAR + SECOND, NEAR + FIRST)
        assert meeting.engine.conference == sessions[:2]
    second = meeting.callers.pop()
    second.session.close()
    meeting.settles(FIRST, NEAR)
    assert meeting.engine.conference == ()


def test_what_the_device_can_do_is_told_when_it_changes(
    meeting: Meeting, device: LevelDevice
) -> None:
    told: list[DeviceStatus] = []
    meeting.engine.on_device_status = told.append
    device.state = DeviceStatus(input_works=False)
    wait_until(lambda: told == [DeviceStatus(input_works=False)])
    device.state = DeviceStatus()
    wait_until(lambda: told[1:] == [DeviceStatus()])
    frames = meeting.callers[0].session.statistics().packets_sent + 60
    wait_until(lambda: meeting.callers[0].session.statistics().packets_sent >= frames)
    assert len(told) == 2


class Tap:
    """A recorder that stores its input."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.frames: list[tuple[int, int]] = []

    def attach(self) -> None:
        self.calls.append("attach")

    def put(self, far: Samples, near: Samples) -> None:
        self.frames.append((int(far[-1]), int(near[-1])))

    def skip(self, frames: int) -> None:
        self.calls.append(f"skip {frames}")

    def stop(self) -> None:
        self.calls.append("stop")

    def has(self, far: int, near: int) -> bool:
        return any(abs(a - far) <= 300 and abs(b - near) <= 300 for a, b in list(self.frames))


def test_a_recording_has_what_was_heard_and_what_was_sent(meeting: Meeting) -> None:
    tap = Tap()
    first, second = meeting.callers
    first.session.start_recording(tap)
    meeting.settles(FIRST + SECOND, NEAR, NEAR)
    assert tap.has(FIRST, NEAR)
    meeting.engine.set_conference((first.session, second.session))
    meeting.settles(FIRST + SECOND, NEAR + SECOND, NEAR + FIRST)
    assert tap.has(FIRST, NEAR + SECOND)
    first.session.set_muted(True)
    meeting.settles(FIRST + SECOND, SECOND, NEAR + FIRST)
    assert tap.has(FIRST, SECOND)
    released = first.session.release_recording()
    assert released is tap
    assert first.session.release_recording() is None
    second.session.start_recording(tap)
    wait_until(lambda: tap.has(0, NEAR + FIRST) or tap.has(SECOND, NEAR + FIRST))
    second.session.close()
    assert tap.calls == ["attach", "attach", "stop"]


def test_a_call_on_hold_is_recorded_as_silence(meeting: Meeting) -> None:
    tap = Tap()
    first = meeting.callers[0]
    target = MediaTarget("127.0.0.1", first.peer.port, sending=False, receiving=False)
    first.session.start_recording(tap)
    first.session.connect(target)
    first.peer.empty()
    wait_until(lambda: len(tap.frames) > 25)
    assert set(tap.frames[-20:]) == {(0, 0)}


def test_an_announcement_is_in_the_recording_and_goes_to_its_call_alone(meeting: Meeting) -> None:
    tap = Tap()
    first = meeting.callers[0]
    first.session.start_recording(tap)
    first.session.play(np.full(8000, 6000, dtype=np.int16))
    meeting.settles(FIRST + SECOND, 6000, NEAR)
    assert tap.has(FIRST, 6000)
    meeting.settles(FIRST + SECOND, NEAR, NEAR)
    assert tap.has(FIRST, NEAR)
