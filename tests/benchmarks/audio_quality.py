"""How clean our phone and baresip send and hear tones and speech, in one and the same call.

Run as ``python -m tests.benchmarks.audio_quality [--seconds S] [--codecs PCMA,PCMU,G722]``. Both
phones say the same: a tone of 1004 Hz at three levels, then the Russian speech of the training.
Their streams are taken down on the way, and their own recordings afterwards, so that each of the
four figures of a line has another program's encoder or decoder in it, but "sent", which is decoded
here. Afterwards the same tone reaches both with 0 to 40 ms of jitter and out of order. 1 as the
exit status when ours misses a limit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples, silence
from telephony.media.wav import read_wav
from tests.benchmarks.both_phones import both_phones
from tests.benchmarks.far_side import carry, legs
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.rtp_stream import decoded, departures
from tests.fakes.audio_measure import (
    align_and_correlate,
    segmental_snr_db,
    sinad_windows_db,
    tone,
)

TONE_HZ = 1004.0
_LEVELS_DBFS = (-10, -26, -40)
# SINAD in dB at these levels. The limits of G.711 itself are 36.5, 38.2 and 34.2 (A-law), 37.3,
# 37.9 and 34.2 (mu-law).
_LIMITS_DB = {
    "PCMA": (36.0, 37.0, 33.0),
    "PCMU": (36.0, 36.0, 31.0),
    "G722": (46.0, 44.0, 35.0),
}
_SPEECH_LIMIT_DB = 36.0
_RATES_HZ = {"PCMA": 8000, "PCMU": 8000, "G722": 16000}
_SPEECH = Path(__file__).parents[2] / "resources" / "training" / "operator.wav"
_SPEECH_S = 15.0
# At both ends of a tone, where a buffer may still settle.
_GUARD_S = 1.0
_TAIL_S = 2.0
_JITTER_S = 0.040
_JITTER_SEED = 20
BAD_WINDOW_DB = 20.0
_LOUD = 3000


class Said:
    """The tones and the speech, one after another, and where they are in a recording."""

    def __init__(self, tone_s: float, rate_hz: int) -> None:
        self.rate_hz = rate_hz
        self._tone_s = tone_s
        self.speech = read_wav(_SPEECH, rate_hz)[: round(_SPEECH_S * rate_hz)]
        tones = [tone(TONE_HZ, level, tone_s, rate_hz) for level in _LEVELS_DBFS]
        self.whole = np.concatenate((*tones, self.speech))

    @property
    def duration_s(self) -> float:
        return self.whole.size / self.rate_hz

    def measure(self, heard: Samples) -> list[float]:
        """Median SINAD of each tone and segmental SNR of the speech, in dB."""
        begin_s = align_and_correlate(self.speech, heard, self.rate_hz).delay_s
        begin_s -= len(_LEVELS_DBFS) * self._tone_s
        found = []
        for number in range(len(_LEVELS_DBFS)):
            start_s = begin_s + number * self._tone_s + _GUARD_S
            first, last = (
                round(each * self.rate_hz)
                for each in (start_s, start_s + self._tone_s - 2 * _GUARD_S)
            )
            windows_db = sinad_windows_db(heard[max(0, first) : last], self.rate_hz, TONE_HZ)
            found.append(float(np.median(windows_db)))
        speech_at = round((begin_s + len(_LEVELS_DBFS) * self._tone_s) * self.rate_hz)
        found.append(segmental_snr_db(self.speech, heard[speech_at:], self.rate_hz))
        return found


def measure_codec(codec: str, tone_s: float) -> Iterator[Figure]:
    """Both phones joined to each other."""
    rate_hz = _RATES_HZ[codec]
    said = Said(tone_s, rate_hz)
    sound = np.concatenate((said.whole, silence(round(60 * rate_hz))))
    with (
        tempfile.TemporaryDirectory() as folder,
        both_phones(Path(folder), sound, codec=codec, rate_hz=rate_hz) as phones,
    ):
        with legs(phones.call_own, phones.call_peer) as (own, peer):
            carry(said.duration_s + _TAIL_S, joined=[(own, peer)])
        sent = [said.measure(decoded(leg.arrivals, codec)) for leg in (own, peer)]
        heard = [said.measure(each) for each in (phones.own_heard(), phones.peer_heard())]
    limits_db = (*_LIMITS_DB[codec], _SPEECH_LIMIT_DB)
    names = (*(f"tone {level} dBFS, SINAD" for level in _LEVELS_DBFS), "speech, segmental SNR")
    for way, (ours, peers) in (("sent", sent), ("heard", heard)):
        for name, our, peers_own, limit_db in zip(names, ours, peers, limits_db, strict=True):
            yield Figure(f"{codec} {way}, {name}", "dB", our, peers_own, least=limit_db)


def measure_jitter(duration_s: float) -> Iterator[Figure]:
    """The same jittered and reordered tone to both."""
    said = tone(TONE_HZ, -10, duration_s)
    stream = departures(said, jitter_s=_JITTER_S, seed=_JITTER_SEED)
    with (
        tempfile.TemporaryDirectory() as folder,
        both_phones(Path(folder), silence(TELEPHONE_RATE_HZ * 300)) as phones,
    ):
        with legs(phones.call_own, phones.call_peer) as told:
            carry(duration_s + _TAIL_S, told=told, departures=stream)
        ours, peers = (
            _tone_windows(heard, duration_s) for heard in (phones.own_heard(), phones.peer_heard())
        )
    yield Figure("jitter 0-40 ms, SINAD", "dB", ours[0], peers[0], least=_LIMITS_DB["PCMA"][0])
    yield Figure("jitter 0-40 ms, bad half seconds", "of them", ours[1], peers[1], greatest=0)


def _tone_windows(heard: Samples, duration_s: float) -> tuple[float, int]:
    """Median SINAD and number of bad windows between the tone's beginning and end."""
    begin = int(np.flatnonzero(np.abs(heard) > _LOUD)[0])
    part = heard[begin : begin + round(duration_s * TELEPHONE_RATE_HZ)]
    windows_db = sinad_windows_db(part, TELEPHONE_RATE_HZ, TONE_HZ)
    return float(np.median(windows_db)), int(np.sum(windows_db < BAD_WINDOW_DB))


def main() -> int:
    """Print all figures; 1 when one of ours misses its limit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=6.0, help="of each tone; default 6")
    parser.add_argument("--codecs", default="PCMA,PCMU,G722", help="default PCMA,PCMU,G722")
    options = parser.parse_args()
    good = True
    for codec in options.codecs.split(","):
        good = print_figures(measure_codec(codec, options.seconds)) and good
    good = print_figures(measure_jitter(3 * options.seconds)) and good
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
