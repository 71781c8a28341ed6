"""Ten simultaneous calls through a foreign proxy, with audio both ways: our phone and baresip.

Run as ``python -m tests.benchmarks.ten_calls [--seconds S] [--calls N]``. Our phone and baresip are
registered at kamailio and receive ten calls each. The calls are joined in pairs here, and both
streams of each are captured with the kernel's times. Every figure is the worst of the ten. Exit
status 1 if our phone misses a limit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples
from tests.benchmarks.both_phones import USERS, both_phones
from tests.benchmarks.far_side import carry, legs
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.measured_phone import footprint_of
from tests.benchmarks.rtp_stream import decoded, pacing
from tests.fakes.audio_measure import sinad_windows_db, tone
from tests.fakes.kamailio import KamailioProxy

_TONE_HZ = 1004.0
_LIMIT_DB = 36.0
_LIMIT_MS = 3.0
_LIMIT_CPU_S = 1.0
_SETUP_S = 30.0
# Excludes the beginning of the call, when one side may not be connected yet.
_GUARD_S = 2.0


def _sinad_db(heard: Samples) -> float:
    """The usual half second's; a stall of the machine spoils the one that it falls into."""
    begin = int(np.flatnonzero(heard)[0]) + round(_GUARD_S * TELEPHONE_RATE_HZ)
    return float(np.median(sinad_windows_db(heard[begin:], TELEPHONE_RATE_HZ, _TONE_HZ)))


def measure(calls: int, duration_s: float) -> Iterator[Figure]:
    """All calls up, then measured for so long."""
    sound = tone(_TONE_HZ, -10, duration_s + _SETUP_S)
    with (
        tempfile.TemporaryDirectory() as folder,
        KamailioProxy(USERS) as proxy,
        both_phones(Path(folder), sound, calls=calls, proxy=proxy) as phones,
    ):
        process_ids = phones.own.process.pid, phones.peer.process_id
        made = [phones.call_own] * calls + [phones.call_peer] * calls
        with legs(*made) as up:
            own, peer = up[:calls], up[calls:]
            carry(_GUARD_S, joined=list(zip(own, peer, strict=True)))
            for leg in up:
                leg.arrivals.clear()
            before_s, began_s = _cpu_s(process_ids), time.monotonic()
            carry(duration_s, joined=list(zip(own, peer, strict=True)))
            minutes = (time.monotonic() - began_s) / 60
            used_s = _cpu_s(process_ids) - before_s
        sides = [
            (
                min(_sinad_db(decoded(leg.arrivals, "PCMA")) for leg in side),
                max(pacing(leg.arrivals).p99_ms for leg in side),
                max((pacing(leg.arrivals).rate_error_ppm for leg in side), key=abs),
            )
            for side in (own, peer)
        ]
        heard_db = min(_sinad_db(phones.own_heard(number + 1)) for number in range(calls))
    (our_db, our_ms, our_ppm), (peers_db, peers_ms, peers_ppm) = sides
    our_cpu_s, peers_cpu_s = used_s / minutes / calls
    yield Figure("sent, SINAD", "dB", our_db, peers_db, least=_LIMIT_DB)
    # Our phone receives the audio that the peer has sent.
    yield Figure("heard, SINAD", "dB", heard_db, least=_LIMIT_DB)
    yield Figure("|interval - 20 ms| p99", "ms", our_ms, peers_ms, greatest=_LIMIT_MS)
    yield Figure("rate error", "ppm", our_ppm, peers_ppm)
    yield Figure("CPU a call and minute", "s", our_cpu_s, peers_cpu_s, greatest=_LIMIT_CPU_S)


def _cpu_s(process_ids: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([footprint_of(each).cpu_s for each in process_ids])


def main() -> int:
    """Print the worst of all calls; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=20.0, help="of talk; default 20")
    parser.add_argument("--calls", type=int, default=10, help="at once; default 10")
    options = parser.parse_args()
    return int(not print_figures(measure(options.calls, options.seconds)))


if __name__ == "__main__":
    sys.exit(main())
