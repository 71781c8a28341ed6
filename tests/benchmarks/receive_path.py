"""Quality of a received stream: delay, jitter, drift, loss and CPU cost.

Run as ``python -m tests.benchmarks.receive_path``. A stream of 20 ms A-law packets passes the
jitter buffer on a simulated clock: only the cost depends on the machine. Loss is measured with the
Russian speech of the training, compared with silence and with plain repetition of the last pitch
period instead of the product's concealment.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from telephony.measure import (
    align_and_correlate,
    log_spectral_distance_db,
    segment_snrs_db,
    sinad_windows_db,
    tone,
)
from telephony.media.codecs.codec import PCMA, Decoder
from telephony.media.packets.rtp import RtpPacket
from telephony.media.playout.continuous_audio import JitterBuffer
from telephony.media.samples import Samples, silence, to_samples
from telephony.media.wav import read_wav
from tests.benchmarks.rtp_stream import losses

_FRAME = 160
_FRAME_S = 0.020
_TONE_HZ = 1004.0
_BAD_DB = 20.0
_TRAINING = Path(__file__).parents[2] / "resources" / "training"


class _SilentDecoder:
    """Silence in place of a lost packet."""

    def __init__(self) -> None:
        self._played = silence(400)

    def decode(self, payload: bytes) -> Samples:
        samples = PCMA.decode(payload)
        self._played = np.concatenate((self._played, samples))[-400:]
        return samples

    def conceal(self, count: int) -> Samples | None:
        return silence(count)


class _RepeatingDecoder(_SilentDecoder):
    """The last pitch period again and again, fading within 60 ms (as ITU-T G.711 appendix I)."""

    def __init__(self) -> None:
        super().__init__()
        self._repeated = 0

    def decode(self, payload: bytes) -> Samples:
        samples = super().decode(payload)
        if self._repeated:
            rise = np.arange(1, 33) / 33
            former = self._repeat(32)
            samples = samples.copy()
            samples[:32] = samples[:32] * rise + former * (1 - rise)
            self._repeated = 0
        return samples

    def conceal(self, count: int) -> Samples | None:
        made = self._repeat(count)
        self._repeated += count
        return to_samples(made)

    def _repeat(self, count: int) -> npt.NDArray[np.float64]:
        past = self._played.astype(np.float64)
        recent = past[-160:]
        lags = np.arange(20, 122)
        parts = [past[past.size - 160 - lag : past.size - lag] for lag in lags]
        likeness = [part @ recent / (np.sqrt(part @ part) + 1) for part in parts]
        lag = int(lags[int(np.argmax(likeness))])
        places = self._repeated + np.arange(count)
        fade = np.clip((480 - places) / 400, 0.0, 1.0)
        return np.asarray(past[past.size - lag + places % lag] * fade)


@dataclass(frozen=True)
class _Run:
    heard: Samples
    buffer: JitterBuffer
    delays_ms: npt.NDArray[np.float64]
    cost_s_a_minute: float


def play(
    audio: Samples,
    *,
    jitter_s: float = 0.0,
    wake_s: float = 0.0,
    parts_per_million: float = 0.0,
    lost: Collection[int] = (),
    phase_s: float = 0.011,
    seed: int = 1,
    decoder: Callable[[], Decoder] = PCMA.decoder,
) -> _Run:
    """Receive the audio; ``wake_s`` is the mean oversleeping of sender and receiver."""
    chance = np.random.default_rng(seed)
    count = audio.size // _FRAME
    sent_s = np.arange(count) * _FRAME_S * (1 + parts_per_million * 1e-6)
    arrivals_s = sent_s + chance.uniform(0, jitter_s, count) + chance.exponential(wake_s, count)
    order = [int(number) for number in np.argsort(arrivals_s, kind="stable")]
    packets = [
        RtpPacket(
            8,
            (65_000 + number) & 0xFFFF,
            (0xFFFF0000 + number * _FRAME) & 0xFFFFFFFF,
            1,
            PCMA.encode(audio[number * _FRAME : (number + 1) * _FRAME]),
        )
        for number in range(count)
    ]
    buffer = JitterBuffer(decoder())
    heard: list[Samples] = []
    delays_ms: list[float] = []
    cost_s = 0.0
    taken = 0
    while taken < count:
        now_s = len(heard) * _FRAME_S + phase_s - _FRAME_S + float(chance.exponential(wake_s))
        begin = taken
        while taken < count and arrivals_s[order[taken]] <= now_s:
            taken += 1
        arrived = [(packets[each], arrivals_s[each]) for each in order[begin:taken]]
        kept = [
            each
            for each, number in zip(arrived, order[begin:taken], strict=True)
            if number not in lost
        ]
        started_s = time.perf_counter()
        for packet, arrived_s in kept:
            buffer.put(packet, float(arrived_s))
        heard.append(buffer.get(now_s))
        cost_s += time.perf_counter() - started_s
        delays_ms.append(buffer.delay_ms)
    minutes = count * _FRAME_S / 60
    return _Run(np.concatenate(heard), buffer, np.array(delays_ms), cost_s / minutes)


def report_tone(name: str, duration_s: float, **conditions: float) -> bool:
    """Print the tone's figures under these conditions; whether no half second was bad."""
    run = play(tone(_TONE_HZ, -10, duration_s), **conditions)  # type: ignore[arg-type]
    first = int(np.flatnonzero(run.heard)[0])
    windows_db = sinad_windows_db(run.heard[first:], 8000, _TONE_HZ)
    bad = int(np.sum(windows_db < _BAD_DB))
    playing = run.delays_ms[run.delays_ms > 0]
    counts = run.buffer.counts
    print(
        f"{name:34} SINAD median {np.median(windows_db):5.1f} least {windows_db.min():5.1f} dB"
        f"  bad {bad} of {windows_db.size}  delay first {playing[0]:3.0f} median"
        f" {np.median(playing):3.0f} greatest {playing.max():3.0f} ms  shorter"
        f" {counts.shortened} longer {counts.lengthened} late {counts.late} concealed"
        f" {counts.concealed}  {run.cost_s_a_minute:.3f} s a minute"
    )
    return bad == 0


def report_starts(
    name: str, count: int, duration_s: float, *, silence_at_s: float = 0.5, **conditions: float
) -> bool:
    """Print how many streams of so many that begin at random have a bad half second.

    They are a tone with a silence of 0.2 s, where delay that is not needed is given back.
    """
    audio = tone(_TONE_HZ, -10, duration_s)
    begin = round(silence_at_s * 8000)
    audio[begin : begin + 1600] = 0
    least_db, first_ms, last_ms = [], [], []
    for seed in range(count):
        phase_s = float(np.random.default_rng(1000 + seed).uniform(0, _FRAME_S))
        run = play(audio, phase_s=phase_s, seed=seed, **conditions)  # type: ignore[arg-type]
        first = int(np.flatnonzero(run.heard)[0])
        # After the silence, which may have become longer, the windows restart.
        parts = run.heard[first : first + begin], run.heard[first + begin + 2000 :]
        windows_db = [sinad_windows_db(part, 8000, _TONE_HZ) for part in parts]
        least_db.append(float(np.concatenate(windows_db).min()))
        first_ms.append(run.delays_ms[run.delays_ms > 0][0])
        last_ms.append(run.delays_ms[-1])
    bad = sum(each < _BAD_DB for each in least_db)
    print(
        f"{name:34} {count} starts: bad {bad}, least SINAD {min(least_db):.1f} dB, delay first"
        f" {min(first_ms):.0f} to {max(first_ms):.0f} ms, after {duration_s:.0f} s"
        f" {min(last_ms):.0f} to {max(last_ms):.0f} ms"
    )
    return bad == 0


def report_loss(speech: Samples, share: float, burst: int, jitter_s: float) -> bool:
    """Print each way of concealment under one pattern; whether ours is the best."""
    lost = losses(speech.size // _FRAME, share, burst, seed=7)
    reference = PCMA.decode(PCMA.encode(speech))
    print(f"{share:.0%} loss in bursts of {burst}, jitter {jitter_s * 1000:.0f} ms:")
    results = []
    for name, decoder in (
        ("silence", _SilentDecoder),
        ("repetition", _RepeatingDecoder),
        ("this phone", PCMA.decoder),
    ):
        run = play(speech, lost=lost, jitter_s=jitter_s, decoder=decoder)
        lag = round(align_and_correlate(reference, run.heard).delay_s * 8000)
        heard = run.heard[lag:]
        touched = np.zeros(reference.size // _FRAME, dtype=np.bool_)
        touched[sorted(lost | {number + 1 for number in lost})] = True
        touched = touched[: heard.size // _FRAME]
        ratios_db = segment_snrs_db(reference, heard)[: touched.size]
        distances_db = log_spectral_distance_db(reference, heard)[: touched.size]
        whole, part, distance = (
            float(np.nanmean(ratios_db)),
            float(np.nanmean(ratios_db[touched])),
            float(np.nanmean(distances_db[touched])),
        )
        results.append((whole, distance))
        print(
            f"  {name:12} segmental SNR {whole:5.2f} dB, of lost packets and the next"
            f" {part:5.2f} dB, log-spectral distance {distance:5.2f} dB,"
            f" {run.cost_s_a_minute:.3f} s a minute"
        )
    silent, repeated, own = results
    return own[0] > repeated[0] and own[1] < min(silent[1], repeated[1])


def main() -> int:
    """Prints the figures; returns 1 if one misses its target."""
    good = [report_tone(f"clean, phase {ms} ms", 20, phase_s=ms / 1000) for ms in (1, 7, 13, 19)]
    good.append(report_tone("clean, wake-ups 3 ms late", 20, wake_s=0.003))
    good.append(report_starts("clean", 200, 2))
    good.append(report_starts("wake-ups 1 ms late", 100, 3, wake_s=0.001))
    good.append(report_starts("jitter 0-40 ms", 400, 3, jitter_s=0.040))
    good += [report_tone(f"jitter 0-40 ms, run {n}", 20, jitter_s=0.040, seed=n) for n in range(5)]
    good += [report_tone(f"drift {ppm:+d} ppm", 600, parts_per_million=ppm) for ppm in (-200, 200)]
    speech = np.concatenate([read_wav(path) for path in sorted(_TRAINING.glob("*.wav"))])
    for share, burst in ((0.03, 1), (0.05, 1), (0.10, 1), (0.05, 2), (0.05, 3)):
        good.append(report_loss(speech, share, burst, 0.0))
    good.append(report_loss(speech, 0.03, 1, 0.040))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
