"""RTP streams of benchmarks: created with seeded faults, and analysed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from telephony.media.codecs.registry import codec_named
from telephony.media.packets.rtp import RtpPacket, extend, parse_packet, serialise_packet
from telephony.media.samples import FRAME_MS, Samples, silence
from tests.benchmarks.far_side import Arrival, Departure

_FRAME_S = FRAME_MS / 1000
PAYLOAD_TYPES = {"PCMA": 8, "PCMU": 0, "G722": 9}


def departures(
    audio: Samples,
    *,
    codec: str = "PCMA",
    jitter_s: float = 0.0,
    lost: Collection[int] = (),
    seed: int = 1,
) -> list[Departure]:
    """Returns the audio in packets of 20 ms with random delay, reordering and loss."""
    chance = np.random.default_rng(seed)
    found = codec_named(codec)
    assert found is not None
    encoder = found.encoder()
    samples, ticks = found.sample_rate_hz * FRAME_MS // 1000, found.clock_hz * FRAME_MS // 1000
    made = []
    for number in range(audio.size // samples):
        payload = encoder.encode(audio[number * samples : (number + 1) * samples])
        packet = RtpPacket(
            PAYLOAD_TYPES[codec], 65_000 + number, 0xFFFF0000 + number * ticks, 1, payload
        )
        at_s = number * _FRAME_S + float(chance.uniform(0, jitter_s))
        if number not in lost:
            made.append(Departure(at_s, serialise_packet(packet)))
    return sorted(made)


def losses(count: int, share: float, burst: int, seed: int) -> set[int]:
    """Random losses of ``burst`` packets in a row; none at the ends."""
    chance = np.random.default_rng(seed)
    lost: set[int] = set()
    number = 10
    while number < count - 10:
        if chance.random() < share / burst:
            lost.update(range(number, number + burst))
            number += burst
        number += 1
    return lost


def decoded(arrivals: Sequence[Arrival], codec: str) -> Samples:
    """Returns the audio of the stream without a jitter buffer; silence for gaps."""
    found = codec_named(codec)
    assert found is not None
    decoder = found.decoder()
    placed: dict[int, bytes] = {}
    reference = None
    for arrival in arrivals:
        packet = parse_packet(arrival.data)
        if packet is None or packet.payload_type != PAYLOAD_TYPES[codec]:
            continue
        reference = packet.timestamp if reference is None else reference
        reference = extend(packet.timestamp, reference, 32)
        placed[reference] = packet.payload
    heard, expected = [silence(0)], min(placed)
    scale = found.sample_rate_hz // found.clock_hz
    for start in sorted(placed):
        samples = decoder.decode(placed[start])
        heard += [silence(max(0, start - expected) * scale), samples]
        expected = start + samples.size // scale
    return np.concatenate(heard)


@dataclass(frozen=True, slots=True)
class Pacing:
    """Regularity of a sent stream.

    ``rate_hz`` is the slope of packet numbers over time by least squares, so one late packet at an
    end of a short capture does not change the rate.
    """

    rate_hz: float
    p50_ms: float
    p99_ms: float
    packets: int

    @property
    def rate_error_ppm(self) -> float:
        """Distance of the rate from 50 packets/s."""
        return (self.rate_hz * _FRAME_S - 1) * 1e6


def pacing(arrivals: Sequence[Arrival]) -> Pacing:
    """Of all RTP but the first tenth of a second, which may still belong to the call's set-up."""
    times, numbers = [], []
    reference = None
    for arrival in arrivals[5:]:
        packet = parse_packet(arrival.data)
        if packet is None:
            continue
        reference = packet.sequence if reference is None else reference
        reference = extend(packet.sequence, reference, 16)
        times.append(arrival.at_s)
        numbers.append(reference)
    seconds = np.array(times) - times[0]
    errors_ms = np.abs(np.diff(seconds) - _FRAME_S) * 1000
    slope = float(np.polyfit(seconds, np.array(numbers, dtype=np.float64), 1)[0])
    p50_ms, p99_ms = np.percentile(errors_ms, (50, 99))
    return Pacing(slope, float(p50_ms), float(p99_ms), len(times))
