"""Compares the Russian speech that our phone and baresip play when the network loses packets.

Run as ``python -m tests.benchmarks.bad_network [--seconds S] [--seed N]``. Both phones receive the
same datagrams at the same time: A-law with 3 % random loss, on an even network, with 0 to 40 ms of
jitter, and in bursts. The played audio is compared with the sent speech piece by piece, so a change
of the delay does not count as a difference. Baresip runs with its packet loss concealment. Exit
status 1 if our phone is worse than baresip.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from telephony.measure import align_and_correlate, log_spectral_distance_db, segment_snrs_db
from telephony.media.codecs.codec import PCMA
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, silence
from telephony.media.wav import read_wav
from tests.benchmarks.both_phones import both_phones
from tests.benchmarks.far_side import Departure, carry, legs
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.rtp_stream import departures, losses

_TRAINING = Path(__file__).parents[2] / "resources" / "training"
_FRAME = TELEPHONE_RATE_HZ // 50
_PIECE = TELEPHONE_RATE_HZ // 2
# Largest change of the delay between two pieces, in samples.
_REACH = TELEPHONE_RATE_HZ // 2
_TAIL_S = 1.0
_RUNS = (
    ("3 % loss", 0.03, 1, 0.0),
    ("3 % loss, jitter 0-40 ms", 0.03, 1, 0.040),
    ("5 % loss in bursts of 2", 0.05, 2, 0.0),
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Similarity of received and sent speech: means over all frames except pauses."""

    segment_snr_db: float
    spectral_distance_db: float


def likeness(sent: Samples, heard: Samples) -> Likeness:
    """Compares each half second of the sent speech with the most similar part of the received one.

    Frames of speech that was never played are included.
    """
    usual = round(align_and_correlate(sent, heard).delay_s * TELEPHONE_RATE_HZ)
    padded = np.concatenate((silence(_REACH), heard, silence(2 * _REACH + sent.size)))
    originals, found = [], []
    for start in range(0, sent.size - _PIECE + 1, _PIECE):
        piece = sent[start : start + _PIECE]
        first = max(0, start + usual)
        searched = padded[first : first + 2 * _REACH + _PIECE]
        lag = round(align_and_correlate(piece, searched).delay_s * TELEPHONE_RATE_HZ)
        lag = min(max(0, lag), searched.size - _PIECE)
        originals.append(piece)
        found.append(searched[lag : lag + _PIECE])
    original, other = np.concatenate(originals), np.concatenate(found)
    return Likeness(
        float(np.nanmean(segment_snrs_db(original, other))),
        float(np.nanmean(log_spectral_distance_db(original, other))),
    )


def hear(stream: list[Departure], duration_s: float) -> tuple[Samples, Samples]:
    """Returns the audio that our phone and baresip play from one stream."""
    sound = silence(round((duration_s + 60) * TELEPHONE_RATE_HZ))
    with (
        tempfile.TemporaryDirectory() as folder,
        both_phones(Path(folder), sound, configuration=("module plc.so",)) as phones,
    ):
        with legs(phones.call_own, phones.call_peer) as told:
            carry(duration_s + _TAIL_S, told=told, departures=stream)
        return phones.own_heard(), phones.peer_heard()


def measure(speech: Samples, seed: int) -> Iterator[Figure]:
    """Yields the figures of all runs; the A-law version of the speech is the upper bound."""
    reference = PCMA.decode(PCMA.encode(speech))
    duration_s = speech.size / TELEPHONE_RATE_HZ
    for name, share, burst, jitter_s in _RUNS:
        lost = losses(speech.size // _FRAME, share, burst, seed)
        stream = departures(speech, jitter_s=jitter_s, lost=lost, seed=seed)
        ours, peers = (likeness(reference, each) for each in hear(stream, duration_s))
        yield Figure(
            f"{name}, segmental SNR", "dB",
            ours.segment_snr_db, peers.segment_snr_db, least=peers.segment_snr_db,
        )  # fmt: skip
        yield Figure(
            f"{name}, log-spectral distance", "dB",
            ours.spectral_distance_db, peers.spectral_distance_db,
            greatest=peers.spectral_distance_db,
        )  # fmt: skip


def main() -> int:
    """Prints all runs; returns 1 if our phone is worse than the peer."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=30.0, help="of speech; default 30")
    parser.add_argument("--seed", type=int, default=7, help="of losses and jitter; default 7")
    options = parser.parse_args()
    speech = np.concatenate([read_wav(path) for path in sorted(_TRAINING.glob("*.wav"))])
    speech = speech[: round(options.seconds * TELEPHONE_RATE_HZ)]
    return int(not print_figures(measure(speech, options.seed)))


if __name__ == "__main__":
    sys.exit(main())
