"""CPU time of the complete phone process and of baresip, for one call and for ten.

Run as ``python -m tests.benchmarks.phone_cpu [--seconds S] [--codec PCMA]``. Our phone on its
command line and baresip, both without a sound device, call each other; their processes contain only
the parts that a call needs. Exit status 1 if one of our calls uses more than a second of CPU time a
minute. The cost of each encoding is measured by media_cpu.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.both_phones import both_phones
from tests.benchmarks.far_side import carry, legs
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.measured_phone import footprint_of
from tests.benchmarks.rtp_stream import PAYLOAD_TYPES

_LIMIT_S = 1.0
_SETTLE_S = 2.0
_CALLS = (1, 10)
_RATES_HZ = {"PCMA": 8000, "PCMU": 8000, "G722": 16000}


def measure(codec: str, duration_s: float) -> Iterator[Figure]:
    """One call, then ten."""
    for calls in _CALLS:
        with (
            tempfile.TemporaryDirectory() as folder,
            both_phones(
                Path(folder), None, codec=codec, rate_hz=_RATES_HZ[codec], calls=calls
            ) as phones,
        ):
            process_ids = phones.own.process.pid, phones.peer.process_id
            made = [phones.call_own] * calls + [phones.call_peer] * calls
            with legs(*made) as up:
                joined = list(zip(up[:calls], up[calls:], strict=True))
                carry(_SETTLE_S, joined=joined)
                before, began_s = [footprint_of(each) for each in process_ids], time.monotonic()
                carry(duration_s, joined=joined)
                after = [footprint_of(each) for each in process_ids]
                minutes = (time.monotonic() - began_s) / 60
        ours, peers = (
            (late.cpu_s - early.cpu_s) / minutes for late, early in zip(after, before, strict=True)
        )
        name = f"{calls} call{'s' if calls > 1 else ''} of {codec}"
        if calls > 1:
            yield Figure(f"{name}, CPU a minute", "s", ours, peers)
        yield Figure(
            f"{name}, CPU a call and minute", "s", ours / calls, peers / calls, greatest=_LIMIT_S
        )
        yield Figure(f"{name}, memory", "MB", after[0].resident_mb, after[1].resident_mb)


def main() -> int:
    """Print both; 1 when a call costs too much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=30.0, help="of each run; default 30")
    parser.add_argument("--codec", choices=PAYLOAD_TYPES, default="PCMA", help="default PCMA")
    options = parser.parse_args()
    return int(not print_figures(measure(options.codec, options.seconds)))


if __name__ == "__main__":
    sys.exit(main())
