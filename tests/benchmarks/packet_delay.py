"""Delay of audio in a phone on a clean network: packetising plus jitter buffer.

Run as ``python -m tests.benchmarks.packet_delay [--calls N] [--codec PCMA]``. Noise is sent to each
phone as RTP and returned as RTP: through a conference of two of our calls, and through baresip's
bridge from loudspeaker to microphone. Both streams have the kernel's times, so the position of the
noise in them gives the delay to the sample, independently of the phones' devices. The audio of a
packet counts as spoken in the 20 ms before it was sent, and as heard when its frame is played. The
first noise starts without a pause, in which the delay could be reduced; the second one follows a
silence. Each call starts at another phase of the phones' clocks. If this machine has sent the
packets of a call unevenly, the call is repeated. Exit status 1 if the delay after the pause exceeds
the limit in any of our calls.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from telephony.media.codecs.registry import codec_named
from telephony.media.packets.rtp import extend, parse_packet
from telephony.media.samples import FRAME_MS, Samples, silence
from telephony.media.thread_priority import raise_thread_priority
from tests.benchmarks.both_phones import both_phones
from tests.benchmarks.far_side import Arrival, Leg, carry, legs
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.rtp_stream import PAYLOAD_TYPES, decoded, departures
from tests.fakes.audio_measure import align_and_correlate

_LIMIT_MS = 60.0
_NOISE_S = 2.0
_PAUSE_S = 0.5
_TAIL_S = 0.5
_LEVEL = 2000.0
_LEAST_CORRELATION = 0.9
_EVEN_MS = 5.0
_MOST_ATTEMPTS = 4
_BRIDGE = ("module aubridge.so", "audio_source aubridge,loop", "audio_player aubridge,loop")
# The product joins the two calls of its conference in one frame. Baresip's bridge packetises the
# played audio like a microphone's: packets are sent after their 20 ms of audio.
_OUR_PACKETISING_MS = FRAME_MS


@dataclass(frozen=True, slots=True)
class Delays:
    """Of one call, in ms."""

    before_pause_ms: float
    after_pause_ms: float


def _sounds(rate_hz: int) -> tuple[Samples, list[int]]:
    """Two noises with a pause between, and where they begin."""
    chance = np.random.default_rng(7)
    count, pause = round(_NOISE_S * rate_hz), silence(round(_PAUSE_S * rate_hz))
    noises = [(chance.standard_normal(count) * _LEVEL).astype(np.int16) for _ in range(2)]
    return np.concatenate((noises[0], pause, noises[1], pause)), [0, count + pause.size]


def _begins_s(packets: Sequence[Arrival], clock_hz: int) -> npt.NDArray[np.float64]:
    """When the first sample of a stream was in time, by each packet of it."""
    numbers: list[int] = []
    times_s: list[float] = []
    for at_s, data in packets:
        packet = parse_packet(data)
        if packet is None:
            continue
        numbers.append(extend(packet.timestamp, numbers[-1] if numbers else packet.timestamp, 32))
        times_s.append(at_s)
    return np.array(times_s) - (np.array(numbers) - min(numbers)) / clock_hz


def _delay_ms(
    sent: Leg, got: Leg, sound: Samples, begin: int, codec: str, extra_ms: float
) -> float:
    """From said to heard, of the noise that begins at this sample."""
    found = codec_named(codec)
    assert found is not None
    rate_hz, clock_hz = found.sample_rate_hz, found.clock_hz
    # Excludes the time before the delay has settled, and the end, which a change could move.
    quarter = round(_NOISE_S * rate_hz) // 4
    first = begin + quarter
    heard = decoded(got.arrivals, codec)
    place = align_and_correlate(sound[first : first + 2 * quarter], heard, rate_hz)
    if place.correlation < _LEAST_CORRELATION:
        return float("nan")
    said_s = float(np.median(_begins_s(sent.departures, clock_hz))) + first / rate_hz
    heard_s = float(np.median(_begins_s(got.arrivals, clock_hz))) + place.delay_s
    return 1000 * (heard_s - said_s) + extra_ms


def _unevenness_ms(leg: Leg, clock_hz: int) -> float:
    """How much later than another a packet to the phone was sent."""
    return 1000 * float(np.ptp(_begins_s(leg.departures, clock_hz)))


def _call(
    made: Sequence[Leg], sound: Samples, begins: list[int], codec: str, extra_ms: float
) -> Delays:
    sent, got = made[0], made[-1]
    return Delays(*(_delay_ms(sent, got, sound, each, codec, extra_ms) for each in begins))


def measure(calls: int, codec: str) -> Iterator[Figure]:
    """So many calls of each phone one after another."""
    found = codec_named(codec)
    assert found is not None
    sound, begins = _sounds(found.sample_rate_hz)
    stream = departures(sound, codec=codec)
    duration_s = sound.size / found.sample_rate_hz + _TAIL_S
    ours: list[Delays] = []
    peers: list[Delays] = []
    uneven_ms: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        both_phones(
            Path(folder), None, codec=codec, rate_hz=found.sample_rate_hz, calls=2,
            configuration=_BRIDGE,
        ) as phones,
    ):  # fmt: skip
        for _ in range(calls * _MOST_ATTEMPTS):
            if len(ours) == calls:
                break
            with legs(phones.call_own, phones.call_own, phones.call_peer) as up:
                phones.own.write("conference")
                phones.own.expect("conference")
                for each in up:
                    # Earlier audio is discarded; it is not part of the stream.
                    list(each.take())
                    each.arrivals.clear()
                carry(duration_s, told=(up[0], up[2]), others=(up[1],), departures=stream)
                uneven_ms.append(max(_unevenness_ms(each, found.clock_hz) for each in up[::2]))
                if uneven_ms[-1] <= _EVEN_MS:
                    ours.append(_call(up[:2], sound, begins, codec, _OUR_PACKETISING_MS))
                    peers.append(_call(up[2:], sound, begins, codec, 0.0))
    yield Figure("calls on an even network", "", len(ours), len(peers), least=calls)
    yield Figure("unevenness of the calls made, median", "ms", float(np.median(uneven_ms)))
    if not ours:
        return
    for name, limit_ms, own, other in (
        (
            "before",
            None,
            [each.before_pause_ms for each in ours],
            [each.before_pause_ms for each in peers],
        ),
        (
            "after",
            _LIMIT_MS,
            [each.after_pause_ms for each in ours],
            [each.after_pause_ms for each in peers],
        ),
    ):
        for word, choose in (("median", np.median), ("greatest", np.max)):
            yield Figure(
                f"{name} the first pause, {word} of the calls", "ms",
                float(choose(own)), float(choose(other)), greatest=limit_ms,
            )  # fmt: skip


def main() -> int:
    """Print the table; 1 when ours misses the limit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=int, default=5, help="of each phone; default 5")
    parser.add_argument("--codec", choices=PAYLOAD_TYPES, default="PCMA", help="default PCMA")
    options = parser.parse_args()
    # This process simulates the network on a thread.
    raise_thread_priority()
    return int(not print_figures(measure(options.calls, options.codec)))


if __name__ == "__main__":
    sys.exit(main())
