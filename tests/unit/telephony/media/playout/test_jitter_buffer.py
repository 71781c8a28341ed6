"""The adaptive jitter buffer under disorder, loss, repetition, drift and clocks that jump."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.media.codecs.codec import PCMA
from telephony.media.codecs.registry import available_codecs, codec_named
from telephony.media.packets.rtp import RtpPacket
from telephony.media.playout.continuous_audio import JitterBuffer
from telephony.media.samples import Samples, silence
from tests.fakes.audio_measure import (
    align_and_correlate,
    sinad_db,
    sinad_windows_db,
    speech_like,
    tone,
)

FRAME = 160
FRAME_S = 0.020
DELAY_FRAMES = 3

SPEECH = PCMA.decode(PCMA.encode(speech_like(4.0, seed=3)))


def packet(
    number: int,
    audio: Samples = SPEECH,
    *,
    size: int = FRAME,
    sequence: int = 0,
    timestamp: int = 0,
    marker: bool = False,
) -> RtpPacket:
    return RtpPacket(
        8,
        (sequence + number) & 0xFFFF,
        (timestamp + number * size) & 0xFFFFFFFF,
        1,
        PCMA.encode(audio[number * size : (number + 1) * size]),
        marker,
    )


@dataclass
class Listener:
    """Takes a frame from the buffer every 20 ms.

    Every other packet arrives a little earlier in its frame. Otherwise the network would be
    perfectly even, and the first delay would remain for two seconds.
    """

    buffer: JitterBuffer = field(default_factory=lambda: JitterBuffer(PCMA.decoder()))
    now_s: float = 100.0
    frames: list[Samples] = field(default_factory=list)

    def put(self, *packets: RtpPacket) -> None:
        for each in packets:
            self.buffer.put(each, self.now_s - 0.009 * (each.sequence % 2))

    def tick(self, count: int = 1) -> None:
        for _ in range(count):
            self.frames.append(self.buffer.get(self.now_s))
            self.now_s += FRAME_S

    @property
    def heard(self) -> Samples:
        return np.concatenate(self.frames)


def listen(
    arrivals_s: dict[int, float],
    audio: Samples,
    *,
    duration_s: float,
    sequence: int = 65500,
    timestamp: int = 0xFFFFF000,
) -> Listener:
    """Plays packets of 20 ms that arrive at these times."""
    listener = Listener()
    order = sorted(arrivals_s, key=lambda number: arrivals_s[number])
    begin_s = listener.now_s
    while listener.now_s < begin_s + duration_s:
        while order and arrivals_s[order[0]] <= listener.now_s - begin_s:
            number = order.pop(0)
            listener.buffer.put(
                packet(number, audio, sequence=sequence, timestamp=timestamp),
                begin_s + arrivals_s[number],
            )
        listener.tick()
    return listener


def sent_after_delay(count: int, delay_frames: int = DELAY_FRAMES) -> Samples:
    return np.concatenate((silence(delay_frames * FRAME), SPEECH[: count * FRAME]))


@given(
    delays=st.lists(st.integers(0, DELAY_FRAMES), min_size=30, max_size=60),
    sequence=st.integers(0, 0xFFFF),
    timestamp=st.integers(0, 0xFFFFFFFF),
)
def test_disorder_within_the_delay_is_never_heard(
    delays: list[int], sequence: int, timestamp: int
) -> None:
    # The first packet sets the timing; the others arrive up to 40 ms later than it implies.
    delays[0] = 0
    arrivals: dict[int, list[int]] = {}
    for number, delay in enumerate(delays):
        arrivals.setdefault(number + delay, []).append(number)
    listener = Listener()
    for tick in range(len(delays) + DELAY_FRAMES):
        for number in arrivals.get(tick, []):
            listener.put(packet(number, sequence=sequence, timestamp=timestamp))
        listener.tick()
    counts = listener.buffer.counts
    assert (counts.concealed, counts.late, counts.shortened) == (0, 0, 0)
    if not counts.lengthened:
        waited = int(np.flatnonzero(listener.heard)[0]) - int(np.flatnonzero(SPEECH)[0])
        assert waited == DELAY_FRAMES * FRAME
        count = listener.heard.size - waited
        assert np.array_equal(listener.heard[waited:], SPEECH[:count])


@given(st.lists(st.integers(0, 15), min_size=40, max_size=60))
@settings(deadline=None)
def test_whatever_the_order_no_sample_is_played_twice_or_left_out(delays: list[int]) -> None:
    """Each packet has a different level; time scaling blends neighbours, but levels never
    decrease.
    """
    listener = Listener()
    levels = np.repeat(np.arange(100, 100 + len(delays), dtype=np.int16) * 64, FRAME)
    arrivals: dict[int, list[int]] = {}
    for number, delay in enumerate(delays):
        arrivals.setdefault(number + delay, []).append(number)
    for tick in range(len(delays) + 40):
        for number in arrivals.get(tick, []):
            listener.put(packet(number, levels))
        listener.tick()
        assert listener.frames[-1].size == FRAME
    counts = listener.buffer.counts
    heard_packets = {int(value) for value in np.unique(listener.heard)}
    codes = {int(PCMA.decode(PCMA.encode(levels[n * FRAME :][:1]))[0]) for n in range(len(delays))}
    if not counts.late and not counts.restarts:
        assert codes <= heard_packets


@given(st.sets(st.integers(5, 45), max_size=8))
def test_each_lost_packet_is_concealed_once_and_its_neighbours_stay(lost: set[int]) -> None:
    count = 50
    listener = Listener()
    for number in range(count):
        if number not in lost:
            listener.put(packet(number))
        listener.tick()
    listener.tick(DELAY_FRAMES)
    assert listener.buffer.counts.concealed == len(lost)
    for number in range(count):
        if {number - 1, number} & lost:
            continue
        start = (number + DELAY_FRAMES) * FRAME
        assert np.array_equal(
            listener.heard[start : start + FRAME], SPEECH[number * FRAME : (number + 1) * FRAME]
        )


@given(st.lists(st.integers(0, 29), max_size=40))
def test_repeated_packets_are_counted_and_not_heard(repeated: list[int]) -> None:
    listener = Listener()
    for number in range(30):
        listener.put(packet(number), *[packet(number)] * repeated.count(number))
        listener.tick()
    listener.tick(DELAY_FRAMES)
    assert listener.buffer.counts.duplicate == len(repeated)
    assert np.array_equal(listener.heard, sent_after_delay(30))


def test_a_packet_after_its_time_is_counted_late_and_left_out() -> None:
    listener = Listener()
    for tick in range(30):
        if tick != 10:
            listener.put(packet(tick))
        if tick == 10 + DELAY_FRAMES + 1:
            listener.put(packet(10))
        listener.tick()
    counts = listener.buffer.counts
    assert (counts.late, counts.concealed) == (1, 1)


def test_audio_that_all_came_late_is_played_and_not_thrown_away() -> None:
    """No packet arrives for 100 ms: the delay grows, and no speech is lost."""
    listener = Listener()
    for tick in range(60):
        if not 30 <= tick < 35:
            first = 30 if tick == 35 else tick
            listener.put(*(packet(number) for number in range(first, tick + 1)))
        listener.tick()
    listener.tick(10)
    after = listener.heard[33 * FRAME :]
    found = align_and_correlate(SPEECH[31 * FRAME : 38 * FRAME], after)
    assert found.correlation > 0.95
    assert listener.buffer.counts.late == 0


def test_a_loss_does_not_leave_a_hole_in_a_steady_sound() -> None:
    steady = np.rint(8000 * np.sin(2 * np.pi * 200 * np.arange(FRAME * 30) / 8000)).astype(np.int16)
    listener = Listener()
    for number in range(30):
        if number != 15:
            listener.put(packet(number, steady))
        listener.tick()
    joined = listener.heard[DELAY_FRAMES * FRAME :].astype(np.float64)
    gap = slice(15 * FRAME, 16 * FRAME)
    assert align_and_correlate(steady[gap], joined[gap]).correlation > 0.98
    steps = np.abs(np.diff(joined[14 * FRAME : 17 * FRAME]))
    assert steps.max() < 1.5 * np.abs(np.diff(steady.astype(np.float64))).max()


@pytest.mark.parametrize(("size", "every"), [(80, 1), (240, 3), (320, 2), (480, 3)])
def test_packets_of_another_length_are_played_whole(size: int, every: int) -> None:
    listener = Listener()
    sent = 0
    for tick in range(60):
        while (sent + 1) * size <= (tick + 1) * FRAME:
            listener.put(packet(sent, size=size))
            sent += 1
        listener.tick()
    first = int(np.flatnonzero(listener.heard)[0]) - int(np.flatnonzero(SPEECH)[0])
    assert listener.buffer.counts.concealed == 0
    if not listener.buffer.counts.lengthened:
        part = listener.heard[first:]
        assert np.array_equal(part, SPEECH[: part.size])
    assert every * FRAME >= size or size < FRAME


def test_a_jump_of_the_senders_clock_starts_anew_and_loses_nothing_after_it() -> None:
    listener = Listener()
    for tick in range(60):
        shift = 0 if tick < 30 else 5_000_000
        listener.put(packet(tick, timestamp=shift))
        listener.tick()
    assert listener.buffer.counts.restarts == 1
    found = align_and_correlate(SPEECH[30 * FRAME : 57 * FRAME], listener.heard[30 * FRAME :])
    assert 0.02 <= found.delay_s <= 0.05
    assert found.correlation > 0.999


def test_one_packet_of_another_time_changes_nothing() -> None:
    listener = Listener()
    for tick in range(40):
        listener.put(packet(tick))
        if tick == 20:
            listener.put(RtpPacket(8, 20_000, 77_000_000, 1, bytes(FRAME)))
        listener.tick()
    assert listener.buffer.counts.restarts == 0
    assert np.array_equal(listener.heard, sent_after_delay(40)[: 40 * FRAME])


def test_a_sender_that_paused_its_clock_is_heard_again() -> None:
    listener = Listener()
    for tick in range(100):
        if not 30 <= tick < 60:
            listener.put(packet(tick if tick < 30 else tick - 30))
        listener.tick()
    found = align_and_correlate(SPEECH[30 * FRAME : 60 * FRAME], listener.heard[60 * FRAME :])
    assert found.correlation > 0.999
    assert found.delay_s <= 0.06


def test_a_sender_that_paused_and_kept_its_clock_is_heard_after_the_same_delay() -> None:
    listener = Listener()
    for tick in range(120):
        if not 30 <= tick < 90:
            listener.put(packet(tick, marker=tick == 90))
        listener.tick()
    found = align_and_correlate(SPEECH[92 * FRAME : 116 * FRAME], listener.heard)
    # The pause may have been used to reduce excess delay.
    latest_s = (92 + DELAY_FRAMES) * FRAME_S
    assert latest_s - FRAME_S <= found.delay_s <= latest_s
    assert found.correlation > 0.999
    assert listener.buffer.counts.concealed <= 50 + DELAY_FRAMES


@pytest.mark.parametrize("seed", range(4))
def test_random_jitter_of_40_ms_is_not_heard(seed: int) -> None:
    chance = np.random.default_rng(seed)
    audio = tone(1004, -10, 10)
    arrivals_s = {number: number * FRAME_S + chance.uniform(0, 0.040) for number in range(500)}
    listener = listen(arrivals_s, audio, duration_s=9.9)
    heard = listener.heard
    windows_db = sinad_windows_db(heard[np.flatnonzero(heard)[0] :], 8000, 1004)
    assert windows_db.min() > 20
    assert np.median(windows_db) > 36


def test_no_beginning_suffers_from_jitter_of_40_ms() -> None:
    audio = tone(1004, -10, 1)
    least_db = []
    for seed in range(100):
        chance = np.random.default_rng(seed)
        phase_s = chance.uniform(0, FRAME_S)
        arrivals_s = {
            number: number * FRAME_S + phase_s + chance.uniform(0, 0.040) for number in range(40)
        }
        heard = listen(arrivals_s, audio, duration_s=0.7).heard
        first = int(np.flatnonzero(heard)[0])
        least_db.append(sinad_windows_db(heard[first:], 8000, 1004).min())
    assert min(least_db) > 20


def test_an_even_network_gives_its_first_delay_back_in_the_first_silence() -> None:
    arrivals_s = {number: number * FRAME_S + 0.013 for number in range(100)}
    sound = tone(1000, -10, 0.5)
    audio = np.concatenate((sound, silence(1600), sound, sound))
    spoken = listen(arrivals_s, audio, duration_s=0.4)
    assert 40 <= spoken.buffer.delay_ms <= 60
    assert spoken.buffer.counts.shortened == 0
    settled = listen(arrivals_s, audio, duration_s=1.0)
    assert settled.buffer.delay_ms <= 40
    heard = settled.heard
    first = int(np.flatnonzero(heard)[0])
    sounds = heard[first : first + sound.size], heard[-800:]
    assert min(sinad_db(each, 8000, 1000) for each in sounds) > 36


@pytest.mark.parametrize("phase_s", [0.001, 0.007, 0.013, 0.019])
def test_a_clean_network_gets_at_most_40_ms_of_delay(phase_s: float) -> None:
    arrivals_s = {number: number * FRAME_S + phase_s for number in range(500)}
    listener = listen(arrivals_s, tone(1004, -10, 10), duration_s=9.9)
    assert 15 <= listener.buffer.delay_ms <= 40
    assert listener.buffer.counts.concealed == 0


@pytest.mark.parametrize("parts_per_million", [-200, 200])
def test_clocks_that_drift_apart_are_not_heard(parts_per_million: int) -> None:
    audio = np.tile(tone(1000, -10, 1), 120)
    step_s = FRAME_S * (1 + parts_per_million * 1e-6)
    arrivals_s = {number: number * step_s + 0.005 for number in range(6000)}
    listener = listen(arrivals_s, audio, duration_s=119)
    heard = listener.heard
    windows_db = sinad_windows_db(heard[np.flatnonzero(heard)[0] :], 8000, 1000)
    assert windows_db.min() > 20
    assert listener.buffer.counts.concealed == 0
    assert listener.buffer.delay_ms <= 45


def test_delay_grown_under_jitter_is_given_back() -> None:
    chance = np.random.default_rng(5)
    arrivals_s = {
        number: number * FRAME_S + (chance.uniform(0, 0.15) if number < 200 else 0.0)
        for number in range(1500)
    }
    listener = Listener()
    audio = np.tile(SPEECH, 8)
    grown = listen(arrivals_s, audio, duration_s=4.0)
    assert grown.buffer.delay_ms > 60
    listener = listen(arrivals_s, audio, duration_s=29.0)
    assert listener.buffer.delay_ms <= 45


@given(
    st.lists(
        st.tuples(
            st.integers(0, 0xFFFF),
            st.one_of(st.integers(0, 0xFFFFFFFF), st.integers(0, 3000)),
            st.integers(0, 2000),
            st.booleans(),
            st.integers(0, 3),
            st.floats(-2.0, 2.0),
        ),
        max_size=60,
    )
)
@settings(deadline=None)
def test_any_packets_give_a_frame_each_tick(
    packets: list[tuple[int, int, int, bool, int, float]],
) -> None:
    listener = Listener()
    for sequence, timestamp, size, marker, ticks, error_s in packets:
        hostile = RtpPacket(8, sequence, timestamp, 1, b"\x2a" * size, marker)
        listener.buffer.put(hostile, listener.now_s + error_s)
        listener.tick(ticks)
        assert all(heard.shape == (FRAME,) for heard in listener.frames)
        assert all(heard.dtype == np.int16 for heard in listener.frames)
        assert 0 <= listener.buffer.delay_ms < 100_000


def test_a_flood_is_kept_within_bounds() -> None:
    listener = Listener()
    for number in range(20_000):
        flood = RtpPacket(8, number & 0xFFFF, number % 7_000, 1, bytes(1400))
        listener.buffer.put(flood, listener.now_s)
    assert len(listener.buffer._audio._waiting) <= 200
    listener.tick(5)
    assert listener.heard.size == 5 * FRAME


@pytest.mark.parametrize("name", available_codecs())
def test_every_codec_is_decoded_in_order_at_its_own_clock(name: str) -> None:
    """G.722 counts 8000 a second for 16 kHz audio, Opus 48000 (RFC 3551, RFC 7587)."""
    codec = codec_named(name)
    assert codec is not None
    encoder = codec.encoder()
    rate_hz, step = codec.sample_rate_hz, codec.clock_hz // 50
    audio = tone(1004, -10, 6, rate_hz)
    frame = rate_hz // 50
    buffer = JitterBuffer(codec.decoder(), sample_rate_hz=rate_hz, clock_hz=codec.clock_hz)
    packets = [
        RtpPacket(
            100,
            (65_400 + number) & 0xFFFF,
            (0xFFFFF000 + number * step) & 0xFFFFFFFF,
            1,
            encoder.encode(audio[number * frame : (number + 1) * frame]),
        )
        for number in range(300)
    ]
    heard = []
    for tick in range(300):
        # Pairs arrive in the wrong order, the earlier packet 20 ms late.
        for number in {0: [tick + 1], 1: [tick - 1]}[tick % 2]:
            buffer.put(packets[number], tick * FRAME_S)
        heard.append(buffer.get(tick * FRAME_S))
        assert heard[-1].size == frame
    assert buffer.counts.late == 0
    assert buffer.counts.concealed == 0
    windows_db = sinad_windows_db(np.concatenate(heard)[rate_hz // 2 :], rate_hz, 1004)
    assert windows_db.min() > 20


def test_a_reader_that_overslept_goes_on_with_a_bounded_delay() -> None:
    listener = Listener()
    audio = np.tile(SPEECH, 2)
    for tick in range(150):
        listener.put(packet(tick, audio))
        # The process was suspended for 0.8 s: packets arrived, but no frame was taken.
        if 50 <= tick < 90:
            listener.now_s += FRAME_S
        else:
            listener.tick()
        assert listener.buffer.delay_ms < 330 or 50 <= tick < 91
    assert listener.buffer.counts.restarts == 1
    found = align_and_correlate(audio[145 * FRAME : 148 * FRAME], listener.heard)
    assert listener.buffer.delay_ms < 300
    assert found.correlation > 0


@pytest.mark.parametrize(("every_s", "is_kept"), [(100, False), (2, True)])
def test_delay_is_kept_for_what_happens_again_and_again(every_s: int, is_kept: bool) -> None:
    """The network delivers nothing for 150 ms, once or every 2 s."""
    arrivals_s = {number: number * FRAME_S for number in range(600)}
    for number in arrivals_s:
        since_s = (number * FRAME_S - 1.0) % every_s
        if number * FRAME_S >= 1.0 and since_s < 0.150:
            arrivals_s[number] += 0.150 - since_s
    listener = listen(arrivals_s, np.tile(SPEECH, 4), duration_s=8.8)
    assert listener.buffer.counts.late == 0
    assert (listener.buffer.delay_ms > 130) == is_kept
    assert is_kept or listener.buffer.delay_ms < 60
