"""CPU cost of call media: CPU seconds per call and minute, by codec and number of calls.

Run as ``python -m tests.benchmarks.media_cpu [seconds]``. Two processes exchange audio from null
devices with a tone; one of them is measured, with all of its threads. The packet rate and the
packet loss are printed too. Exit status 1 if a call costs more than a second of CPU a minute.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection

from telephony.measure import tone
from telephony.media.codecs.registry import codec_named
from telephony.media.devices.device import NullDevice
from telephony.media.engine import MediaEngine, MediaTarget
from telephony.media.samples import Samples
from telephony.srtp_keys import SrtpKeys

_LIMIT_S_A_MINUTE = 1.0
_SETTLING_S = 1.0
_PAYLOAD_TYPES = {"PCMA": 8, "G722": 9, "opus": 96}
_KEY = bytes(range(30))
_FIRST_PORT = 42000
_PORTS = 900
_RUNS = (
    (1, "PCMA", False),
    (10, "PCMA", False),
    (10, "PCMA", True),
    (10, "G722", False),
    (10, "opus", False),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one side of all calls together."""

    cpu_s: float
    elapsed_s: float
    packets_sent: int
    packets_lost: int


class HummingDevice(NullDevice):
    """A microphone with a tone, because silence would be cheap to encode."""

    def __init__(self, rate_hz: int) -> None:
        super().__init__()
        self._frames = tone(700.0, -20.0, 1.0, rate_hz).reshape(50, -1)
        self._turn = 0

    def read_frame(self) -> Samples:
        self._turn = (self._turn + 1) % len(self._frames)
        frame: Samples = self._frames[self._turn]
        return frame


def talk(
    side: Connection, first_port: int, calls: int, codec_name: str, secret: bool, duration_s: float
) -> None:
    """Runs one process: reports its ports, receives the other's, sends audio, reports the Cost."""
    codec = codec_named(codec_name)
    if codec is None:
        raise LookupError(codec_name)
    engine = MediaEngine(NullDevice(), port_first=first_port, port_last=first_port + _PORTS - 1)
    engine.start()
    sessions = [
        engine.open(str(number), device=HummingDevice(codec.sample_rate_hz))
        for number in range(calls)
    ]
    side.send([session.local_port for session in sessions])
    keys = SrtpKeys("AES_CM_128_HMAC_SHA1_80", _KEY, _KEY) if secret else None
    for session, port in zip(sessions, side.recv(), strict=True):
        session.connect(
            MediaTarget("127.0.0.1", port, codec_name, _PAYLOAD_TYPES[codec_name], srtp=keys)
        )
    time.sleep(_SETTLING_S)
    sent = sum(session.statistics().packets_sent for session in sessions)
    cpu_s, begun_s = time.process_time(), time.monotonic()
    time.sleep(duration_s)
    cpu_s, elapsed_s = time.process_time() - cpu_s, time.monotonic() - begun_s
    counts = [session.statistics() for session in sessions]
    side.send(
        Cost(
            cpu_s,
            elapsed_s,
            sum(each.packets_sent for each in counts) - sent,
            sum(each.packets_lost for each in counts),
        )
    )
    side.recv()
    engine.stop()


def measure(calls: int, codec_name: str, secret: bool, duration_s: float) -> Cost:
    """Returns the cost of the first of two processes."""
    context = multiprocessing.get_context("spawn")
    sides, processes = [], []
    for number in range(2):
        ours, theirs = context.Pipe()
        first_port = _FIRST_PORT + number * _PORTS
        process = context.Process(
            target=talk, args=(theirs, first_port, calls, codec_name, secret, duration_s)
        )
        process.start()
        sides.append(ours)
        processes.append(process)
    ports = [side.recv() for side in sides]
    for side, others in zip(sides, reversed(ports), strict=True):
        side.send(others)
    costs: list[Cost] = [side.recv() for side in sides]
    for side, process in zip(sides, processes, strict=True):
        side.send(None)
        process.join()
    return costs[0]


def main() -> int:
    """Prints every run; returns 1 if one exceeds the limit."""
    duration_s = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    failed = False
    for calls, codec_name, secret in _RUNS:
        if codec_named(codec_name) is None:
            print(f"{codec_name:5} not on this machine")
            continue
        cost = measure(calls, codec_name, secret, duration_s)
        a_minute_s = cost.cpu_s / cost.elapsed_s * 60 / calls
        failed = failed or a_minute_s > _LIMIT_S_A_MINUTE
        print(
            f"{codec_name:5}{' SRTP' if secret else '':5} {calls:2} calls: "
            f"{a_minute_s:.3f} CPU s/min and call (limit {_LIMIT_S_A_MINUTE:.1f}), "
            f"{cost.packets_sent / cost.elapsed_s / calls:.3f} packets/s, {cost.packets_lost} lost",
            flush=True,
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
