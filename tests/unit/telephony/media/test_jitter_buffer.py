"""The fixed jitter buffer under disorder, loss, repetition and clocks that jump."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from telephony.media.jitter_buffer import JitterBuffer
from telephony.media.samples import Samples
from tests.fakes.audio_measure import align_and_correlate, speech_like

FRAME = 160
DELAY_FRAMES = 3

SPEECH = speech_like(4.0, seed=3)


def frame(number: int) -> Samples:
    return SPEECH[number * FRAME : (number + 1) * FRAME]


def play(
    arrivals: dict[int, list[int]],
    ticks: int,
    *,
    sequence: int = 0,
    timestamp: int = 0,
) -> tuple[Samples, JitterBuffer]:
    """Put the packets that arrive before each tick, take a frame at each tick."""
    buffer = JitterBuffer()
    heard = []
    for tick in range(ticks):
        for number in arrivals.get(tick, []):
            buffer.put(
                (sequence + number) & 0xFFFF,
                (timestamp + number * FRAME) & 0xFFFFFFFF,
                frame(number),
            )
        heard.append(buffer.get())
    return np.concatenate(heard), buffer


def sent_after_delay(count: int) -> Samples:
    quiet = np.zeros(DELAY_FRAMES * FRAME, dtype=np.int16)
    return np.concatenate((quiet, SPEECH[: count * FRAME]))


@given(
    delays=st.lists(st.integers(0, DELAY_FRAMES), min_size=30, max_size=60),
    sequence=st.integers(0, 0xFFFF),
    timestamp=st.integers(0, 0xFFFFFFFF),
)
def test_disorder_within_the_delay_is_never_heard(
    delays: list[int], sequence: int, timestamp: int
) -> None:
    # The first packet sets the time; the others come up to 60 ms later than it promised.
    delays[0] = 0
    arrivals: dict[int, list[int]] = {}
    for number, delay in enumerate(delays):
        arrivals.setdefault(number + delay, []).append(number)
    ticks = len(delays) + DELAY_FRAMES
    heard, buffer = play(arrivals, ticks, sequence=sequence, timestamp=timestamp)
    assert np.array_equal(heard, sent_after_delay(len(delays)))
    assert buffer.counts.concealed == 0
    assert buffer.counts.late == 0


@given(st.sets(st.integers(5, 45), max_size=8))
def test_each_lost_packet_is_concealed_once_and_its_neighbours_stay(lost: set[int]) -> None:
    count = 50
    arrivals = {number: [number] for number in range(count) if number not in lost}
    heard, buffer = play(arrivals, count + DELAY_FRAMES)
    assert buffer.counts.concealed == len(lost)
    for number in range(count):
        if number in lost or number - 1 in lost:
            continue
        start = (number + DELAY_FRAMES) * FRAME
        assert np.array_equal(heard[start : start + FRAME], frame(number))


@given(st.lists(st.integers(0, 29), max_size=40))
def test_repeated_packets_are_counted_and_not_heard(repeated: list[int]) -> None:
    arrivals = {number: [number] for number in range(30)}
    for number in repeated:
        arrivals[number].append(number)
    heard, buffer = play(arrivals, 30 + DELAY_FRAMES)
    assert buffer.counts.duplicate == len(repeated)
    assert np.array_equal(heard, sent_after_delay(30))


def test_a_packet_after_its_time_is_counted_late_and_left_out() -> None:
    arrivals = {number: [number] for number in range(30) if number != 10}
    arrivals[10 + DELAY_FRAMES + 1] += [10]
    heard, buffer = play(arrivals, 30 + DELAY_FRAMES)
    assert (buffer.counts.late, buffer.counts.concealed) == (1, 1)
    place = (10 + DELAY_FRAMES) * FRAME
    assert not np.array_equal(heard[place : place + FRAME], frame(10))


def test_a_loss_does_not_leave_a_hole_in_a_steady_sound() -> None:
    steady = np.rint(8000 * np.sin(2 * np.pi * 200 * np.arange(FRAME * 30) / 8000)).astype(np.int16)
    buffer = JitterBuffer()
    heard = []
    for number in range(30):
        if number != 15:
            buffer.put(number, number * FRAME, steady[number * FRAME : (number + 1) * FRAME])
        heard.append(buffer.get())
    joined = np.concatenate(heard)[DELAY_FRAMES * FRAME :].astype(np.float64)
    gap = slice(15 * FRAME, 16 * FRAME)
    assert align_and_correlate(steady[gap], joined[gap]).correlation > 0.98
    steps = np.abs(np.diff(joined[14 * FRAME : 17 * FRAME]))
    assert steps.max() < 1.5 * np.abs(np.diff(steady.astype(np.float64))).max()


def test_a_longer_loss_goes_on_where_it_was_and_gets_quieter() -> None:
    steady = np.rint(8000 * np.sin(2 * np.pi * 170 * np.arange(FRAME * 30) / 8000)).astype(np.int16)
    buffer = JitterBuffer()
    heard = []
    for number in range(30):
        if number not in (15, 16, 17):
            buffer.put(number, number * FRAME, steady[number * FRAME : (number + 1) * FRAME])
        heard.append(buffer.get())
    joined = np.concatenate(heard)[DELAY_FRAMES * FRAME :].astype(np.float64)
    levels = [
        float(np.abs(joined[number * FRAME : (number + 1) * FRAME]).max())
        for number in (14, 15, 16, 17)
    ]
    assert levels[0] * 1.02 > levels[1] > levels[2] > levels[3]
    steps = np.abs(np.diff(joined[14 * FRAME : 18 * FRAME - 1]))
    assert steps.max() < 1.5 * np.abs(np.diff(steady.astype(np.float64))).max()


def test_a_long_loss_fades_to_silence_within_60_ms() -> None:
    steady = np.rint(8000 * np.sin(2 * np.pi * 170 * np.arange(FRAME * 20) / 8000)).astype(np.int16)
    buffer = JitterBuffer()
    for number in range(20):
        buffer.put(number, number * FRAME, steady[number * FRAME : (number + 1) * FRAME])
    heard = [buffer.get() for _ in range(20 + DELAY_FRAMES + 10)]
    after = heard[20 + DELAY_FRAMES :]
    assert all(frame.any() for frame in after[:3])
    assert not any(frame.any() for frame in after[3:])


def test_packets_of_another_length_are_played_whole() -> None:
    buffer = JitterBuffer()
    heard = []
    for tick in range(60):
        # 30 ms packets: two of them in every third 20 ms.
        if tick % 3 != 2:
            number = tick // 3 * 2 + tick % 3
            buffer.put(number, number * 240, SPEECH[number * 240 : (number + 1) * 240])
        heard.append(buffer.get())
    joined = np.concatenate(heard)
    assert buffer.counts.concealed == 0
    assert np.array_equal(joined, sent_after_delay(60 - DELAY_FRAMES))


def test_a_jump_of_the_senders_clock_starts_anew_and_loses_nothing_after_it() -> None:
    buffer = JitterBuffer()
    heard = []
    for tick in range(60):
        shift = 0 if tick < 30 else 5_000_000
        buffer.put(tick, tick * FRAME + shift, frame(tick))
        heard.append(buffer.get())
    assert buffer.counts.restarts == 1
    found = align_and_correlate(SPEECH[30 * FRAME : 57 * FRAME], np.concatenate(heard[30:]))
    assert found.delay_s == DELAY_FRAMES * 0.02
    assert found.correlation > 0.999


def test_a_sender_that_paused_its_clock_is_heard_again() -> None:
    buffer = JitterBuffer()
    heard = []
    for tick in range(100):
        if not 30 <= tick < 60:
            number = tick if tick < 30 else tick - 30
            buffer.put(number, number * FRAME, frame(number))
        heard.append(buffer.get())
    found = align_and_correlate(SPEECH[33 * FRAME : 60 * FRAME], np.concatenate(heard[60:]))
    assert found.correlation > 0.999


def test_delay_that_is_never_needed_is_given_back() -> None:
    buffer = JitterBuffer()
    zero = np.zeros(FRAME, dtype=np.int16)
    for number in range(6):
        buffer.put(number, number * FRAME, zero)
    for number in range(6, 2000):
        buffer.put(number, number * FRAME, zero)
        buffer.get()
    fresh = np.full(FRAME, 1000, dtype=np.int16)
    buffer.put(2000, 2000 * FRAME, fresh)
    waited = 0
    while not buffer.get().any():
        waited += 1
        assert waited < 20
    assert waited <= DELAY_FRAMES + 2


@given(
    st.lists(
        st.tuples(
            st.integers(0, 0xFFFF),
            st.integers(0, 0xFFFFFFFF),
            st.integers(0, 5000),
            st.booleans(),
            st.integers(0, 3),
        ),
        max_size=60,
    )
)
def test_any_packets_give_a_frame_each_tick(
    packets: list[tuple[int, int, int, bool, int]],
) -> None:
    buffer = JitterBuffer()
    for sequence, timestamp, size, marker, ticks in packets:
        buffer.put(sequence, timestamp, np.ones(size, dtype=np.int16), marker=marker)
        for _ in range(ticks):
            heard = buffer.get()
            assert heard.shape == (FRAME,)
            assert heard.dtype == np.int16
