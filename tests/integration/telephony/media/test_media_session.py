"""One session on loopback: encryption, reports, DTMF, announcements, as the remote party
sees them.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from telephony.media.codecs.codec import PCMA
from telephony.media.devices.buffer import BufferDevice
from telephony.media.devices.device import NullDevice
from telephony.media.engine import MediaEngine, MediaTarget
from telephony.media.packets.rtcp import (
    Goodbye,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    VoipMetrics,
    parse_compound,
    serialise_report,
)
from telephony.media.packets.rtp import RtpPacket, SrtpReceiver, SrtpSender, parse_packet
from telephony.media.reports import RtcpChannel
from telephony.media.session import MediaSession
from telephony.media.streams.reception import Reception
from telephony.srtp_keys import SrtpKeys, SrtpSuite
from tests.fakes.audio_measure import sinad_db, tone
from tests.fakes.rtp_peer import RtpPeer, wait_until

SUITE: SrtpSuite = "AES_CM_128_HMAC_SHA1_80"
OURS, THEIRS, THEIRS_NEXT = bytes(range(30)), bytes(range(50, 80)), bytes(range(100, 130))
LOUD = np.full(160, 8000, dtype=np.int16)


@pytest.fixture
def device() -> BufferDevice:
    return BufferDevice()


@pytest.fixture
def engine() -> Iterator[MediaEngine]:
    """Not started: the test runs its sessions at simulated times."""
    engine = MediaEngine(NullDevice(), port_first=42000, port_last=42999)
    yield engine
    engine.stop()


@pytest.fixture
def session(engine: MediaEngine, device: BufferDevice) -> MediaSession:
    """A session on a running engine."""
    engine.start()
    return engine.open("a", device=device)


@pytest.fixture
def peer() -> Iterator[RtpPeer]:
    with RtpPeer() as peer:
        yield peer


@pytest.fixture
def control() -> Iterator[socket.socket]:
    """The remote party's RTCP port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(6.0)
        yield receiver


def report_of(session: MediaSession, control: socket.socket) -> bytes:
    """Returns the next report of this session: former sessions may still send to a reused port."""
    while True:
        data, source = control.recvfrom(2048)
        if source == ("127.0.0.1", session.local_port + 1):
            return data


def target_of(peer: RtpPeer, control: socket.socket | None = None) -> MediaTarget:
    port = 0 if control is None else control.getsockname()[1]
    return MediaTarget("127.0.0.1", peer.port, telephone_event_payload_type=101, rtcp_port=port)


def heard_loud(device: BufferDevice) -> bool:
    return bool(np.abs(device.read(160, 0.05).astype(int)).max() > 7000)


def is_plain(data: bytes) -> bool:
    """Whether an RTP datagram ends in A-law silence."""
    return data.endswith(b"\xd5" * 100)


# --- SRTP ---


def test_with_keys_nothing_goes_out_or_comes_in_plain(
    session: MediaSession, device: BufferDevice, peer: RtpPeer
) -> None:
    session.connect(replace(target_of(peer), srtp=SrtpKeys(SUITE, OURS, THEIRS)))
    receiver = SrtpReceiver(SUITE, OURS)
    for _ in range(5):
        data = peer.socket.recv(2048)
        assert not is_plain(data)
        plain = receiver.unprotect(data)
        assert plain is not None
        assert is_plain(plain)
    for _ in range(4):
        peer.send(session.local_port, PCMA.encode(LOUD))
    wait_until(lambda: session.statistics().packets_discarded == 4)
    assert session.statistics().packets_received == 0

    peer.srtp = SrtpSender(SUITE, THEIRS)
    for _ in range(10):
        peer.send(session.local_port, PCMA.encode(LOUD))
    wait_until(lambda: heard_loud(device))
    peer.resend(session.local_port)
    wait_until(lambda: session.statistics().packets_discarded == 5)
    assert session.statistics().packets_received == 10


def test_new_keys_take_over_in_the_call_without_a_gap(session: MediaSession, peer: RtpPeer) -> None:
    keys = SrtpKeys(SUITE, OURS, THEIRS)
    session.connect(replace(target_of(peer), srtp=keys))
    receiver = SrtpReceiver(SUITE, OURS)
    assert receiver.unprotect(peer.socket.recv(2048)) is not None
    former = SrtpSender(SUITE, THEIRS)
    peer.srtp = former
    for _ in range(3):
        peer.send(session.local_port, PCMA.encode(LOUD))
    # Only their key changes: our stream must continue under the same one.
    session.connect(replace(target_of(peer), srtp=replace(keys, received=THEIRS_NEXT)))
    for _ in range(5):
        assert receiver.unprotect(peer.socket.recv(2048)) is not None
    for srtp, count in ((former, 2), (SrtpSender(SUITE, THEIRS_NEXT), 3)):
        peer.srtp = srtp
        for _ in range(count):
            peer.send(session.local_port, PCMA.encode(LOUD))
    wait_until(lambda: session.statistics().packets_received == 8)
    assert session.statistics().packets_discarded == 0
    # After the first packet under the new key the former one is invalid.
    peer.srtp = former
    peer.send(session.local_port, PCMA.encode(LOUD))
    wait_until(lambda: session.statistics().packets_discarded == 1)

    fresh = SrtpKeys("AES_CM_128_HMAC_SHA1_32", THEIRS, THEIRS_NEXT)
    session.connect(replace(target_of(peer), srtp=fresh))
    changed = SrtpReceiver("AES_CM_128_HMAC_SHA1_32", THEIRS)
    wait_until(lambda: changed.unprotect(peer.socket.recv(2048)) is not None)


def in_secret(engine: MediaEngine, peer: RtpPeer) -> tuple[MediaSession, MediaTarget]:
    """Returns an encrypted session that no thread runs."""
    session = engine.open("a")
    target = replace(target_of(peer), srtp=SrtpKeys(SUITE, OURS, THEIRS))
    session.connect(target)
    return session, target


@pytest.mark.parametrize("sent", [32_700, 65_534, 66_000])
def test_a_new_far_endpoint_hears_a_stream_however_often_it_has_wrapped(
    engine: MediaEngine, peer: RtpPeer, sent: int
) -> None:
    session, target = in_secret(engine, peer)
    former = SrtpReceiver(SUITE, OURS)
    frame = np.zeros(160, dtype=np.int16)
    now_s = 0.0
    # The packets between these are not needed to count wraps.
    for sequence in (*range(0, sent, 20_000), sent - 1):
        session._sender._sequence = sequence
        session.on_frame(frame, now_s)
        assert former.unprotect(peer.socket.recv(2048)) is not None
    with RtpPeer() as other:
        session.connect(replace(target, port=other.port))
        for number in range(10):
            session.on_frame(frame, now_s + 0.02 * number)
        heard = [other.socket.recv(2048) for _ in range(10)]
        # The first packets were lost in transit.
        newcomer = SrtpReceiver(SUITE, OURS)
        assert [newcomer.unprotect(data) is not None for data in heard[5:]] == [True] * 5
        assert session.statistics().send_errors == 0


def test_a_new_far_endpoint_with_the_same_key_is_heard_from_its_beginning(
    engine: MediaEngine, peer: RtpPeer
) -> None:
    session, target = in_secret(engine, peer)
    far = SrtpSender(SUITE, THEIRS)
    peer.srtp = far
    peer.sequence = 65_000
    for number in range(1000):
        peer.send(session.local_port, PCMA.encode(LOUD))
        session.on_readable(0.02 * number)
    assert session.statistics().packets_received == 1000
    with RtpPeer() as other:
        session.connect(replace(target, port=other.port))
        # Late packets of the former party, then the same numbers that started the call.
        peer.send(session.local_port, PCMA.encode(LOUD))
        session.on_readable(21.0)
        other.srtp = SrtpSender(SUITE, THEIRS)
        other.sequence = 65_000
        for _ in range(5):
            other.send(session.local_port, PCMA.encode(LOUD))
            session.on_readable(24.0)
    assert session.statistics().packets_received == 1005


def test_keys_of_a_wrong_length_are_a_mistake_of_the_caller(
    session: MediaSession, peer: RtpPeer
) -> None:
    with pytest.raises(ValueError, match="srtp"):
        session.connect(replace(target_of(peer), srtp=SrtpKeys(SUITE, OURS[:-1], THEIRS)))


# --- RTCP ---


def test_reports_tell_the_stream_and_the_end(
    session: MediaSession, peer: RtpPeer, control: socket.socket
) -> None:
    session.connect(target_of(peer, control))
    first = peer.receive(1)[0]
    for _ in range(10):
        peer.send(session.local_port, PCMA.encode(LOUD))
    data, source = control.recvfrom(2048)
    packets = parse_compound(data)
    assert packets is not None
    report = packets[0]
    assert isinstance(report, SenderReport)
    assert report.ssrc == first.ssrc
    assert report.octets == 160 * report.packets
    assert (report.rtp_timestamp - first.timestamp) & 0xFFFFFFFF == 160 * report.packets
    assert [(block.ssrc, block.lost) for block in report.blocks] == [(0xCAFE, 0)]
    assert source == ("127.0.0.1", session.local_port + 1)
    # The report contains the wall clock: 2**32 units per second.
    assert report.ntp / 2**32 - 2208988800 == pytest.approx(time.time(), abs=2)
    session.close()
    goodbye = parse_compound(control.recv(2048))
    assert goodbye is not None
    assert goodbye[-1] == Goodbye((first.ssrc,))


def test_the_far_side_s_reports_reach_the_statistics(
    session: MediaSession, peer: RtpPeer, control: socket.socket
) -> None:
    session.connect(target_of(peer, control))
    ssrc = peer.receive(1)[0].ssrc
    assert session.statistics().round_trip_ms is None
    block = ReportBlock(ssrc, 64, 5, 100, 80)
    report = serialise_report(ReceiverReport(9, (block,)), "far")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.2", 0))
        stranger.sendto(report, ("127.0.0.1", session.local_port + 1))
        wait_until(lambda: session.statistics().packets_discarded == 1)
    assert session.statistics().far_lost_percent is None
    control.sendto(report, ("127.0.0.1", session.local_port + 1))
    wait_until(lambda: session.statistics().far_lost_percent == 25.0)
    assert session.statistics().far_jitter_ms == pytest.approx(10.0)


def test_round_trip_is_measured_between_two_sides(
    session: MediaSession, peer: RtpPeer, control: socket.socket
) -> None:
    session.connect(target_of(peer, control))
    first = peer.receive(1)[0]
    far = RtcpChannel(0xCAFE, 0.0, 0.0)
    reception = Reception()
    reception.take(RtpPacket(8, 0, 0, first.ssrc, b""), 0.0)
    arrived_s = 100.0
    assert far.take(control.recv(2048), arrived_s)
    # The remote party claims a report delay that is 50 ms shorter than the real one.
    time.sleep(0.06)
    answer = far.compose(arrived_s + 0.01, reception, 0, 0, 0)
    control.sendto(answer, ("127.0.0.1", session.local_port + 1))
    wait_until(lambda: session.statistics().round_trip_ms is not None)
    assert session.statistics().round_trip_ms == pytest.approx(50, abs=25)


@pytest.mark.parametrize("wanted", [False, True])
def test_who_wants_them_gets_voip_metrics_too(
    engine: MediaEngine, peer: RtpPeer, control: socket.socket, wanted: bool
) -> None:
    session = engine.open("a")
    session.connect(replace(target_of(peer, control), wants_voip_metrics=wanted))
    frame = np.zeros(160, dtype=np.int16)
    # After the reduction of the initial delay: a gap is the best time to shorten it.
    lost = {300, 301, 302, 303, 304, 350}
    for number in range(700):
        if number in lost:
            peer.sequence += 1
            peer.timestamp += 160
        else:
            peer.send(session.local_port, PCMA.encode(LOUD))
        session.on_readable(0.02 * number)
        session.on_frame(frame, 0.02 * number)
    control.settimeout(0.0)
    reports = [parse_compound(data) or () for data in received(control)]
    found = [each for packets in reports for each in packets if isinstance(each, VoipMetrics)]
    if not wanted:
        assert reports
        assert not found
        return
    metrics = found[-1]
    assert metrics.ssrc == peer.ssrc
    assert metrics.loss_rate in range(2, 7)  # of 256, six packets of at most 700
    assert (metrics.discard_rate, metrics.burst_ms, metrics.burst_density) == (0, 100, 255)
    assert 20 <= metrics.buffer_ms <= metrics.greatest_buffer_ms <= 80
    assert metrics.end_system_delay_ms == metrics.buffer_ms + 20
    assert 60 < metrics.rating < 93
    assert 30 < metrics.conversational_score <= metrics.listening_score < 45


def received(control: socket.socket) -> Iterator[bytes]:
    """Yields the pending datagrams."""
    while True:
        try:
            yield control.recv(2048)
        except BlockingIOError:
            return


def test_reports_are_protected_when_the_audio_is(
    session: MediaSession, peer: RtpPeer, control: socket.socket
) -> None:
    session.connect(replace(target_of(peer, control), srtp=SrtpKeys(SUITE, OURS, THEIRS)))
    data = SrtpReceiver(SUITE, OURS).unprotect_control(report_of(session, control))
    assert data is not None
    packets = parse_compound(data)
    assert packets is not None
    ssrc = packets[0].ssrc if isinstance(packets[0], SenderReport) else 0
    report = serialise_report(ReceiverReport(9, (ReportBlock(ssrc, 128, 5, 100, 80),)), "far")
    there = ("127.0.0.1", session.local_port + 1)
    control.sendto(report, there)
    wait_until(lambda: session.statistics().packets_discarded == 1)
    protected = SrtpSender(SUITE, THEIRS).protect_control(report)
    assert protected is not None
    control.sendto(protected, there)
    wait_until(lambda: session.statistics().far_lost_percent == 50.0)


# --- digits ---


def test_digits_go_out_in_place_of_the_audio(session: MediaSession, peer: RtpPeer) -> None:
    assert not session.send_digits("1"), "nothing is agreed yet"
    session.connect(target_of(peer))
    peer.receive(2)
    assert session.send_digits("1#")
    packets = peer.receive(30)
    begin = next(number for number, each in enumerate(packets) if each.payload_type == 101)
    packets = packets[begin : begin + 21]
    assert [each.payload_type for each in packets] == [*[101] * 7, *[8] * 3] * 2 + [8]
    for number, packet in enumerate(packets):
        assert packet.sequence == (packets[0].sequence + number) & 0xFFFF
        passed = (packet.timestamp - packets[0].timestamp) & 0xFFFFFFFF
        expected = number - number % 10 if packet.payload_type == 101 else number
        assert passed == 160 * expected
    assert [each.marker for each in packets] == ([True] + [False] * 9) * 2 + [False]
    assert packets[0].payload.hex() == "010a00a0"
    assert packets[16].payload.hex() == "0b8a0320"


def test_durations_of_digits_count_by_their_own_clock(session: MediaSession, peer: RtpPeer) -> None:
    session.connect(
        MediaTarget(
            "127.0.0.1",
            peer.port,
            "opus",
            96,
            telephone_event_payload_type=101,
            telephone_event_clock_hz=8000,
        )
    )
    before = peer.receive(1)[0]
    assert session.send_digits("1")
    packets = peer.receive(12)
    events = [each for each in packets if each.payload_type == 101]
    assert [int.from_bytes(each.payload[2:]) for each in events[:5]] == [160, 320, 480, 640, 800]
    assert {(each.timestamp - before.timestamp) % 960 for each in packets} == {0}


def test_digits_need_an_agreement_and_a_way_out(session: MediaSession, peer: RtpPeer) -> None:
    session.connect(replace(target_of(peer), telephone_event_payload_type=None))
    assert not session.send_digits("1")
    session.connect(replace(target_of(peer), sending=False))
    assert not session.send_digits("1")
    with pytest.raises(ValueError, match="digits"):
        session.send_digits("hash")


def test_two_phones_understand_each_other_s_digits() -> None:
    digits: list[str] = []
    engines = [MediaEngine(NullDevice(), port_first=at, port_last=at + 99) for at in (42100, 42200)]
    for engine in engines:
        engine.start()
    first, second = (engine.open("a") for engine in engines)
    second.on_digit = digits.append
    for session, other in ((first, second), (second, first)):
        session.connect(
            MediaTarget(
                "127.0.0.1",
                other.local_port,
                codec="opus",
                payload_type=96,
                telephone_event_payload_type=97,
            )
        )
    assert first.send_digits("15#d")
    wait_until(lambda: digits == ["1", "5", "#", "D"])
    for engine in engines:
        engine.stop()


# --- announcement, hold, packets ---


def test_an_announcement_takes_the_microphone_s_place_once(
    session: MediaSession, device: BufferDevice, peer: RtpPeer
) -> None:
    session.connect(target_of(peer))
    session.set_muted(True)
    sound = tone(1004.0, -10, 0.39)
    session.play(sound)
    packets = peer.receive(28)
    spoken = np.concatenate([PCMA.decode(each.payload) for each in packets])
    begin = int(np.flatnonzero(np.abs(spoken) > 100)[0])
    assert sinad_db(spoken[begin : begin + sound.size - 20], 8000, 1004.0) > 35
    assert np.abs(spoken[begin + sound.size + 20 :]).max() <= 8
    session.set_muted(False)
    session.play(tone(1004.0, -10, 30.0))
    session.play(None)
    device.write(np.full(8000, 1000, dtype=np.int16))
    wait_until(lambda: abs(int(PCMA.decode(peer.receive(1)[0].payload)[0]) - 1000) < 40)


def test_an_announcement_of_8_khz_is_sent_by_a_wide_band_codec(
    session: MediaSession, peer: RtpPeer
) -> None:
    session.connect(MediaTarget("127.0.0.1", peer.port, codec="opus", payload_type=96, ptime_ms=40))
    session.play(tone(1004.0, -10, 2.0))
    packets = peer.receive(4)
    assert {
        (later.timestamp - earlier.timestamp) & 0xFFFFFFFF
        for earlier, later in zip(packets, packets[1:], strict=False)
    } == {1920}
    assert {each.payload_type for each in packets} == {96}


def test_a_held_side_keeps_its_way_through_a_nat_open(peer: RtpPeer) -> None:
    engine = MediaEngine(NullDevice(), port_first=42300, port_last=42399)
    session = engine.open("a")
    session.connect(replace(target_of(peer), sending=False))
    frame = np.zeros(160, dtype=np.int16)
    for number in range(1501):
        session.on_frame(frame, 0.02 * number)
    assert [peer.socket.recv(2048) for _ in range(2)] == [b"", b""]
    assert peer.is_quiet(0.05)
    session.connect(replace(target_of(peer), sending=False, receiving=False))
    for number in range(1501):
        session.on_frame(frame, 0.02 * number)
    assert peer.is_quiet(0.05)
    engine.stop()


def test_voice_asks_the_network_for_haste(session: MediaSession) -> None:
    for each in (session.ports.rtp, session.ports.rtcp):
        assert each.getsockopt(socket.IPPROTO_IP, socket.IP_TOS) == 0xB8


@pytest.mark.parametrize("ptime_ms", [10, 30, 60])
def test_packets_of_other_lengths_keep_the_clock_over_digits_and_codecs(
    session: MediaSession, peer: RtpPeer, ptime_ms: int
) -> None:
    session.connect(replace(target_of(peer), ptime_ms=ptime_ms))
    peer.receive(2)
    session.send_digits("1")
    packets: list[RtpPacket] = []
    begun_s = time.monotonic()
    while not packets or packets[-1].payload_type == 101 or len(packets) < 15:
        packet = parse_packet(peer.socket.recv(2048))
        assert packet is not None
        packets.append(packet)
    elapsed_s = time.monotonic() - begun_s
    audio = [each for each in packets if each.payload_type == 8]
    assert {len(each.payload) for each in audio} == {8 * ptime_ms}
    passed = (audio[-1].timestamp - packets[0].timestamp) & 0xFFFFFFFF
    assert passed / 8000 == pytest.approx(elapsed_s, abs=0.1)


def test_voice_and_reports_go_over_ipv6() -> None:
    engines = [
        MediaEngine(NullDevice(), bind_host="::1", port_first=at, port_last=at + 99)
        for at in (42400, 42500)
    ]
    for engine in engines:
        engine.start()
    first, second = (engine.open("a", device=BufferDevice()) for engine in engines)
    for session, other in ((first, second), (second, first)):
        session.connect(MediaTarget("::1", other.local_port))
    for each in (first.ports.rtp, first.ports.rtcp):
        assert each.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS) == 0xB8
    wait_until(lambda: second.statistics().packets_received > 20)
    # Reports are sent after 2 s at the earliest, and a close is reported immediately.
    first.close()
    wait_until(lambda: second.statistics().far_jitter_ms is not None)
    assert second.statistics().packets_discarded == 0
    for engine in engines:
        engine.stop()


def test_the_verdict_falls_with_the_loss(peer: RtpPeer) -> None:
    engine = MediaEngine(NullDevice(), port_first=42600, port_last=42699)
    session = engine.open("a")
    session.connect(target_of(peer))
    frame = np.zeros(160, dtype=np.int16)
    verdicts = []
    now_s = 0.0
    for loss in (0, 4):
        assert session.statistics().mos is None or loss
        for number in range(550):
            if not loss or number % loss:
                peer.send(session.local_port, PCMA.encode(LOUD))
            else:
                peer.sequence += 1
                peer.timestamp += 160
            session.on_readable(now_s)
            session.on_frame(frame, now_s)
            now_s += 0.02
        verdicts.append(session.statistics().mos or 0.0)
    assert verdicts[0] > 4.3
    assert 1.0 < verdicts[1] < 3.5
    for _ in range(600):
        session.on_frame(frame, now_s)
        now_s += 0.02
    assert session.statistics().mos is None
    engine.stop()
