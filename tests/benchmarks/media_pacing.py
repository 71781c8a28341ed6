"""How evenly the media clock sends: packets/s and pacing error, quiet and under load.

Run as ``python -m tests.benchmarks.media_pacing [seconds]``. Four runs in a row on one machine:
nothing else to do; another process at 100 % Python, as the console beside the phone process; a
thread at 100 % Python in the same process; and the same with a short switch interval of the
interpreter. The limit is on all but the third, which shows why the phone has its own process.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time

import numpy as np

from telephony.media.devices.null import NullDevice
from telephony.media.engine import MediaEngine, MediaTarget

_SO_TIMESTAMPNS = 35
_LIMIT_MS = 3.0
_FRAME_S = 0.020
_SHORT_SWITCH_S = 0.0005
_FOR_COMPARISON = "busy thread within"
_BUSY = "while True: sum(range(1000))"


def measure(duration_s: float) -> tuple[float, float, float]:
    """Packets/s, and p50 and p99 of the interval's distance from 20 ms, in ms."""
    engine = MediaEngine(NullDevice(), port_first=41000, port_last=41999)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(2.0)
        # The kernel's own time of arrival: this receiver's delays are not the sender's.
        receiver.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        engine.start()
        session = engine.open("pacing")
        session.connect(MediaTarget("127.0.0.1", receiver.getsockname()[1]))
        arrivals: list[float] = []
        until = time.monotonic() + duration_s
        while time.monotonic() < until:
            _data, ancillary, _flags, _source = receiver.recvmsg(512, 128)
            seconds, nanoseconds = np.frombuffer(ancillary[0][2], dtype=np.int64)[:2]
            arrivals.append(float(seconds) + float(nanoseconds) * 1e-9)
        engine.stop()
    times = np.array(arrivals[5:])
    errors_ms = np.abs(np.diff(times) - _FRAME_S) * 1000
    rate = (times.size - 1) / (times[-1] - times[0])
    return float(rate), float(np.percentile(errors_ms, 50)), float(np.percentile(errors_ms, 99))


def busy_thread(stopping: threading.Event) -> None:
    """Pure Python work that never lets the interpreter go by itself."""
    while not stopping.is_set():
        sum(range(1000))


def main() -> int:
    """Print the four runs; 1 when a limited one is over the limit."""
    duration_s = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    results = {"quiet": measure(duration_s)}
    with subprocess.Popen([sys.executable, "-c", _BUSY]) as other:
        results["busy process beside"] = measure(duration_s)
        other.kill()
    stopping = threading.Event()
    worker = threading.Thread(target=busy_thread, args=(stopping,))
    worker.start()
    results[_FOR_COMPARISON] = measure(duration_s)
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(_SHORT_SWITCH_S)
    results["same, short switching"] = measure(duration_s)
    sys.setswitchinterval(usual_s)
    stopping.set()
    worker.join()
    failed = False
    for name, (rate, p50_ms, p99_ms) in results.items():
        limited = name != _FOR_COMPARISON
        failed = failed or (limited and p99_ms > _LIMIT_MS)
        limit = f"limit p99 {_LIMIT_MS:.0f} ms" if limited else "no limit"
        print(
            f"{name:21} {rate:8.3f} packets/s  p50 {p50_ms:6.3f} ms  p99 {p99_ms:6.3f} ms  {limit}"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
