"""The media engine on loopback sockets, seen from the remote party."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest

from telephony.errors import BindError, DeviceError
from telephony.media.codecs.codec import PCMA, PCMU
from telephony.media.codecs.g722 import G722Codec
from telephony.media.devices.device import DeviceStatus, NullDevice
from telephony.media.engine import MediaEngine, MediaStatistics, MediaTarget
from telephony.media.samples import Samples, level_dbfs
from tests.fakes.rtp_peer import RtpPeer, wait_until

LOUD = np.full(160, 8000, dtype=np.int16)


class MemoryDevice:
    """A microphone with one endless sound, and an earpiece that stores its frames."""

    def __init__(self, sound: int = 0) -> None:
        self.sound = sound
        self.heard: deque[Samples] = deque(maxlen=500)
        self.opened = 0
        self.closed = 0
        self.rate_hz = 8000
        self.ringing = False

    def open(self, rate_hz: int) -> None:
        self.opened += 1
        self.rate_hz = rate_hz

    def close(self) -> None:
        self.closed += 1

    def read_frame(self) -> Samples:
        return np.full(self.rate_hz // 50, self.sound, dtype=np.int16)

    def write_frame(self, samples: Samples) -> None:
        self.heard.append(samples)

    def play_ring(self, ringing: bool) -> None:
        self.ringing = ringing

    def status(self) -> DeviceStatus:
        return DeviceStatus()

    def heard_level(self, value: int) -> bool:
        return any(abs(int(frame[80]) - value) < value // 20 for frame in list(self.heard))


class StallingDevice(NullDevice):
    """Stalls the media thread now and then, as a busy machine does."""

    def __init__(self, *, every: int, stall_s: float) -> None:
        self._every = every
        self._stall_s = stall_s
        self._frames = 0

    def read_frame(self) -> Samples:
        self._frames += 1
        if self._frames % self._every == 0:
            time.sleep(self._stall_s)
        return super().read_frame()


class BrokenDevice(NullDevice):
    def open(self, rate_hz: int) -> None:
        raise DeviceError("file", "missing")


@pytest.fixture
def device() -> MemoryDevice:
    return MemoryDevice(sound=4000)


@pytest.fixture
def engine(device: MemoryDevice) -> Iterator[MediaEngine]:
    engine = MediaEngine(device, port_first=42000, port_last=42999)
    engine.start()
    yield engine
    engine.stop()
    assert not [each for each in threading.enumerate() if each.name == "media"]


@pytest.fixture
def peer() -> Iterator[RtpPeer]:
    with RtpPeer() as peer:
        yield peer


def test_the_stream_is_numbered_as_rtp_wants(engine: MediaEngine, peer: RtpPeer) -> None:
    engine.open("a").connect(MediaTarget("127.0.0.1", peer.port))
    packets = peer.receive(10)
    first = packets[0]
    assert [packet.marker for packet in packets] == [True] + [False] * 9
    assert {packet.ssrc for packet in packets} == {first.ssrc}
    for number, packet in enumerate(packets):
        assert packet.sequence == (first.sequence + number) & 0xFFFF
        assert packet.timestamp == (first.timestamp + 160 * number) & 0xFFFFFFFF
        assert packet.payload_type == 8
        assert len(packet.payload) == 160


def test_the_clock_is_absolute_and_makes_up_for_stalls(peer: RtpPeer) -> None:
    engine = MediaEngine(StallingDevice(every=5, stall_s=0.03), port_first=42000, port_last=42999)
    engine.start()
    engine.open("a").connect(MediaTarget("127.0.0.1", peer.port))
    peer.receive(1)
    started_s = time.monotonic()
    packets = peer.receive(100)
    elapsed_s = time.monotonic() - started_s
    engine.stop()
    assert elapsed_s == pytest.approx(2.0, abs=0.06)
    assert not any(packet.marker for packet in packets)


def test_a_long_stall_is_skipped_in_true_time(peer: RtpPeer) -> None:
    engine = MediaEngine(StallingDevice(every=10, stall_s=0.5), port_first=42000, port_last=42999)
    engine.start()
    engine.open("a").connect(MediaTarget("127.0.0.1", peer.port))
    packets = peer.receive(18)
    engine.stop()
    late = next(number for number in range(1, 18) if packets[number].marker)
    before, after = packets[late - 1], packets[late]
    assert after.sequence == (before.sequence + 1) & 0xFFFF
    passed = (after.timestamp - before.timestamp) & 0xFFFFFFFF
    assert passed == pytest.approx(0.5 * 8000, abs=400)
    assert passed % 160 == 0


def test_a_sender_that_begins_anew_is_heard_at_once(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", peer.port))
    peer.receive(1)
    for ssrc, level in ((1, 2000), (2, 8000)):
        # The same numbers from another source are not duplicates.
        peer.sequence, peer.timestamp, peer.ssrc = 100, 5000, ssrc
        for _ in range(5):
            peer.send(session.local_port, PCMA.encode(np.full(160, level, dtype=np.int16)))
        wait_until(partial(device.heard_level, level))


def test_identities_of_streams_are_random_32_bits(engine: MediaEngine, peer: RtpPeer) -> None:
    seen = set()
    for number in range(8):
        session = engine.open(str(number))
        session.connect(MediaTarget("127.0.0.1", peer.port))
        peer.empty()
        seen.add(peer.receive(1)[0].ssrc)
        session.close()
        peer.empty()  # packets sent earlier, while this thread was blocked
        assert peer.is_quiet(0.1)
    assert len(seen) == 8
    assert max(seen) > 0xFFFF


def test_the_microphone_is_sent_in_the_agreed_law(engine: MediaEngine, peer: RtpPeer) -> None:
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", peer.port, codec="PCMU", payload_type=0))
    packet = peer.receive(2)[1]
    assert packet.payload_type == 0
    assert abs(int(PCMU.decode(packet.payload)[0]) - 4000) < 130


def test_another_codec_in_the_call_goes_on_with_the_same_stream(
    engine: MediaEngine, peer: RtpPeer
) -> None:
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", peer.port, codec="PCMU", payload_type=0))
    before = peer.receive(3)
    session.connect(MediaTarget("127.0.0.1", peer.port, codec="PCMA", payload_type=8))
    after = peer.receive(4)
    assert after[-1].payload_type == 8
    stream = [*before, *after]
    for earlier, later in zip(stream, stream[1:], strict=False):
        assert later.ssrc == earlier.ssrc
        assert later.sequence == (earlier.sequence + 1) & 0xFFFF
        assert later.timestamp == (earlier.timestamp + 160) & 0xFFFFFFFF


def test_the_device_opens_at_the_first_codec_s_rate_and_others_are_fitted(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    wide, narrow = engine.open("wide"), engine.open("narrow")
    wide.connect(MediaTarget("127.0.0.1", peer.port, codec="G722", payload_type=9))
    assert device.rate_hz == 16000
    packets = peer.receive(10)
    assert {len(packet.payload) for packet in packets} == {160}
    assert (packets[9].timestamp - packets[0].timestamp) & 0xFFFFFFFF == 9 * 160
    decoded = G722Codec().decoder().decode(b"".join(packet.payload for packet in packets))
    assert abs(int(decoded[-1]) - 4000) < 100
    with RtpPeer() as other:
        narrow.connect(MediaTarget("127.0.0.1", other.port))
        assert abs(int(PCMA.decode(other.receive(10)[-1].payload)[-1]) - 4000) < 130
        encoder = G722Codec().encoder()
        for _ in range(20):
            peer.send(wide.local_port, encoder.encode(np.full(320, 6000, np.int16)), 9)
            other.send(narrow.local_port, PCMA.encode(LOUD // 4))
        wait_until(lambda: device.heard_level(8000))
        assert {frame.size for frame in list(device.heard)} == {320}
        moved = MemoryDevice()
        engine.use_device(moved)
        assert moved.rate_hz == 16000


def test_mute_sends_silence_at_the_same_pace(engine: MediaEngine, peer: RtpPeer) -> None:
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", peer.port))
    session.set_muted(True)
    packets = peer.receive(5)
    assert packets[-1].payload == b"\xd5" * 160
    assert packets[-1].sequence == (packets[0].sequence + 4) & 0xFFFF
    session.set_muted(False)
    assert peer.receive(3)[-1].payload != b"\xd5" * 160


def test_a_stream_that_may_not_send_is_quiet_and_then_marks_its_start(
    engine: MediaEngine, peer: RtpPeer
) -> None:
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", peer.port))
    last = peer.receive(3)[-1]
    session.connect(MediaTarget("127.0.0.1", peer.port, sending=False))
    wait_until(lambda: peer.is_quiet(0.1))
    session.connect(MediaTarget("127.0.0.1", peer.port))
    resumed = peer.receive(1)[0]
    assert resumed.marker
    # The clock continued while nothing was sent (RFC 3550, section 5.1).
    assert (resumed.timestamp - last.timestamp) & 0xFFFFFFFF >= 160 * 5


def test_longer_packets_are_sent_when_asked_for(engine: MediaEngine, peer: RtpPeer) -> None:
    engine.open("a").connect(MediaTarget("127.0.0.1", peer.port, ptime_ms=30))
    packets = peer.receive(4)
    assert {len(packet.payload) for packet in packets} == {240}
    assert (packets[3].timestamp - packets[0].timestamp) & 0xFFFFFFFF == 720


def test_received_audio_reaches_the_device(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", peer.port))
    peer.receive(1)
    for _ in range(10):
        peer.send(session.local_port, PCMA.encode(LOUD))
    wait_until(lambda: device.heard_level(8000))
    statistics = session.statistics()
    assert statistics.packets_received == 10
    assert statistics.packets_lost == 0


def test_audio_follows_the_address_that_really_sends(engine: MediaEngine, peer: RtpPeer) -> None:
    session = engine.open("a")
    with RtpPeer() as signalled:
        session.connect(MediaTarget("127.0.0.1", signalled.port))
        signalled.receive(1)
        for _ in range(4):
            peer.send(session.local_port, PCMA.encode(LOUD))
        assert len(peer.receive(3)) == 3


def test_garbage_is_counted_and_harms_nothing(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", peer.port))
    peer.receive(1)
    for junk in (b"", b"\x80", b"\xff" * 50, bytes(200), b"\xb0\x08" + b"\xff" * 12):
        peer.socket.sendto(junk, ("127.0.0.1", session.local_port))
        peer.socket.sendto(junk, ("127.0.0.1", session.local_port + 1))
    peer.send(session.local_port, b"x" * 160, payload_type=77)
    wait_until(lambda: session.statistics().packets_discarded == 11)
    for _ in range(5):
        peer.send(session.local_port, PCMA.encode(LOUD))
    wait_until(lambda: device.heard_level(8000))


def test_digits_are_told_and_not_played(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    digits: list[str] = []
    session = engine.open("a")
    session.on_digit = digits.append
    session.connect(MediaTarget("127.0.0.1", peer.port, telephone_event_payload_type=101))
    peer.receive(1)
    for _ in range(5):
        peer.send(session.local_port, bytes([7, 0x0A, 0, 160]), payload_type=101)
        peer.timestamp -= 4
    wait_until(lambda: session.statistics().packets_received == 5)
    assert digits == ["7"]
    assert session.statistics().packets_discarded == 0
    assert not any(frame.any() for frame in list(device.heard))


def test_a_far_side_that_is_not_there_ends_nothing(engine: MediaEngine) -> None:
    with RtpPeer() as gone:
        port = gone.port
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", port))
    wait_until(lambda: session.statistics().packets_sent >= 10)


def test_two_calls_on_one_device_are_mixed(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    with RtpPeer() as other:
        sessions = [engine.open("a"), engine.open("b")]
        for session, each in zip(sessions, (peer, other), strict=True):
            session.connect(MediaTarget("127.0.0.1", each.port))
        peer.receive(1)
        other.receive(1)
        for _ in range(20):
            peer.send(sessions[0].local_port, PCMA.encode(LOUD))
            other.send(sessions[1].local_port, PCMA.encode(LOUD // 2))
        wait_until(lambda: device.heard_level(12000))
        assert device.opened == 1
        sessions[0].close()
        assert device.closed == 0
        sessions[1].close()
        assert device.closed == 1


def test_a_session_may_have_a_device_of_its_own(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    own = MemoryDevice(sound=1000)
    session = engine.open("a", device=own)
    session.connect(MediaTarget("127.0.0.1", peer.port))
    assert abs(int(PCMA.decode(peer.receive(1)[0].payload)[0]) - 1000) < 40
    assert (own.opened, device.opened) == (1, 0)


def test_another_device_takes_over_in_the_call(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", peer.port))
    before = peer.receive(2)[-1]
    other = MemoryDevice(sound=1000)
    engine.use_device(other)
    after = peer.receive(4)
    assert abs(int(PCMA.decode(after[-1].payload)[0]) - 1000) < 40
    assert after[-1].sequence == (before.sequence + 4) & 0xFFFF
    assert (device.closed, other.opened) == (1, 1)
    assert engine.device is other


def test_the_device_is_open_from_the_connection_to_the_end(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    session = engine.open("a")
    assert device.opened == 0
    session.connect(MediaTarget("127.0.0.1", peer.port))
    session.connect(MediaTarget("127.0.0.1", peer.port, sending=False))
    assert (device.opened, device.closed) == (1, 0)
    session.close()
    session.close()
    assert (device.opened, device.closed) == (1, 1)


def test_a_device_that_cannot_open_is_told_at_the_connection(peer: RtpPeer) -> None:
    engine = MediaEngine(BrokenDevice(), port_first=42000, port_last=42999)
    session = engine.open("a")
    with pytest.raises(DeviceError):
        session.connect(MediaTarget("127.0.0.1", peer.port))
    session.close()
    engine.stop()


def test_ports_are_even_pairs_and_free_again_after_the_call(engine: MediaEngine) -> None:
    small = MediaEngine(NullDevice(), port_first=43001, port_last=43005)
    small.start()
    first, second = small.open("a"), small.open("b")
    assert {first.local_port, second.local_port} == {43002, 43004}
    with pytest.raises(BindError):
        small.open("c")
    first.close()

    def is_free() -> bool:
        try:
            small.open("d")
        except BindError:
            return False
        return True

    wait_until(is_free)
    small.stop()


def test_a_stopped_engine_leaves_no_port_bound(peer: RtpPeer) -> None:
    for _ in range(3):
        engine = MediaEngine(NullDevice(), port_first=43100, port_last=43101)
        engine.start()
        engine.open("a").connect(MediaTarget("127.0.0.1", peer.port))
        peer.receive(1)
        engine.stop()


def test_reports_come_once_a_second_with_levels(peer: RtpPeer, device: MemoryDevice) -> None:
    reports: list[MediaStatistics] = []
    engine = MediaEngine(device, port_first=42000, port_last=42999, on_report=reports.append)
    engine.start()
    engine.open("waiting")
    engine.open("a").connect(MediaTarget("127.0.0.1", peer.port))
    wait_until(lambda: len(reports) >= 2)
    engine.stop()
    assert {report.call_id for report in reports} == {"a"}
    assert 48 <= reports[1].packets_sent - reports[0].packets_sent <= 52
    expected = level_dbfs(np.full(160, 4000))
    assert reports[1].level_sent_dbfs == pytest.approx(expected, abs=0.1)
    assert reports[1].level_received_dbfs == -100.0


def test_ringing_goes_to_the_device_and_ends_with_the_engine(device: MemoryDevice) -> None:
    engine = MediaEngine(device, port_first=42000, port_last=42999)
    engine.start()
    engine.play_ring(True)
    assert device.ringing
    engine.stop()
    assert not device.ringing


def test_a_tone_is_heard_here_once_and_goes_to_nobody_else(
    engine: MediaEngine, device: MemoryDevice, peer: RtpPeer
) -> None:
    session = engine.open("a")
    session.connect(MediaTarget("127.0.0.1", peer.port))
    peer.receive(1)
    wait_until(lambda: len(device.heard) > 3)
    engine.play_tone(np.full(480, 1500, dtype=np.int16))
    wait_until(lambda: device.heard_level(1500))
    wait_until(lambda: int(device.heard[-1].max()) == 0)
    assert sum(int(frame.max()) > 0 for frame in list(device.heard)) == 3
    sent = [PCMA.decode(packet.payload) for packet in peer.receive(20)]
    assert all(abs(int(frame.mean()) - device.sound) < 200 for frame in sent)


def test_an_unknown_codec_is_a_mistake_of_the_caller(engine: MediaEngine) -> None:
    with pytest.raises(ValueError, match="G729"):
        engine.open("a").connect(MediaTarget("127.0.0.1", 4000, codec="G729", payload_type=18))


def test_calls_that_come_and_go_at_once_do_not_deafen_the_next_one(
    engine: MediaEngine, peer: RtpPeer
) -> None:
    engine.open("long").connect(MediaTarget("127.0.0.1", peer.port))
    peer.receive(1)
    for number in range(40):
        for each in range(8):
            engine.open(f"brief {number} {each}").close()
        peer.receive(1)  # the ports of this turn are released in the meantime
    peer.empty()
    engine.open("after").connect(MediaTarget("127.0.0.1", peer.port))
    assert len(peer.receive(5)) == 5
