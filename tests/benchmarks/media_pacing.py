"""Regularity of the packets sent by our phone and by baresip, in one capture, with the console's
window idle and busy.

Run as ``python -m tests.benchmarks.media_pacing [--minutes N]``; ten minutes give the true rate.
Our phone and baresip call each other; both streams are captured in between, with the kernel's
times. First our phone runs from its command line only; then it is the process of a console with a
continuous load of searching, typing and resizing. Exit status 1 if our phone misses a limit.

``--engine`` measures the media engine within this process instead: without load; with another
process at 100 % Python; with a thread at 100 % Python; and the same with a short switch interval of
the interpreter. The third run has no limit; it shows why the phone has a separate process.
"""

from __future__ import annotations

import argparse
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from console.training.stage import KEY_DELAY_MS
from telephony.media.devices.device import NullDevice
from telephony.media.engine import MediaEngine, MediaTarget
from telephony.media.samples import TELEPHONE_RATE_HZ, silence
from telephony.media.wav import write_wav
from tests.benchmarks.far_side import SO_TIMESTAMPNS, Arrival, Leg, carry, legs
from tests.benchmarks.figures import Figure, print_figures
from tests.benchmarks.measured_phone import MeasuredPhone, footprint_of
from tests.benchmarks.plain_caller import LOOPBACK
from tests.benchmarks.rtp_stream import Pacing, pacing
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, ConsoleStage
from tests.fakes.kamailio import KamailioProxy

_LIMIT_MS = 3.0
_LIMIT_PPM = 50.0
_SHORT_SWITCH_S = 0.0005
_FOR_COMPARISON = "busy thread within"
_BUSY = "while True: sum(range(1000))"
_LINE = "301"
_PASSWORD = "line-secret"
_SEARCHES = ("вывоз мусора", "горячая вода", "яма на дороге", "управляющая компания")
_SIZES = ((1024, 700), (1440, 900), (1200, 800), (1366, 768))


def measure_phone(minutes: float) -> Iterator[Figure]:
    """Our phone on its command line, joined to baresip."""
    with MeasuredPhone("--bind", LOOPBACK, "--allow-any", "--auto-answer", "0") as phone:
        own = (phone.host, phone.port)
        yield from _figures("alone", *_joined(minutes, lambda: Leg(own, _LINE)))


def measure_console(minutes: float) -> Iterator[Figure]:
    """Measures the phone of a busy console in a call with baresip."""
    with tempfile.TemporaryDirectory() as name, KamailioProxy({_LINE: _PASSWORD}) as proxy:
        phone: dict[str, str | int] = {
            "server": proxy.host,
            "port": proxy.port,
            "user": _LINE,
            "password": _PASSWORD,
            "listen_host": LOOPBACK,
            "listen_port": 0,
        }
        with ConsoleStage(Path(name), settings={"phone": phone}, key_ms=KEY_DELAY_MS) as desk:
            proxy.wait_until_registered(_LINE)

            def answer() -> None:
                desk.wait_for("t_offer", RING_LIMIT_S)
                desk.answer()

            def call() -> Leg:
                return Leg((proxy.host, proxy.port), _LINE, answer=answer)

            with storm(desk) as busy_share:
                own, peer = _joined(minutes, call)
            yield from _figures("window busy", own, peer)
            yield Figure("window busy, CPU of the console", "%", 100 * busy_share())


def _joined(minutes: float, call_own: Callable[[], Leg]) -> tuple[Pacing, Pacing]:
    """Both streams of one call between our phone and baresip."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.wav"
        write_wav(said, silence(round((60 * minutes + 60) * TELEPHONE_RATE_HZ)))
        with BaresipCaller("302", play=said, auto_answer=True) as baresip:
            peer = (LOOPBACK, baresip.port)
            with legs(call_own, lambda: Leg(peer, "302")) as (near, far):
                carry(60 * minutes, joined=[(near, far)])
            return pacing(near.arrivals), pacing(far.arrivals)


def _figures(name: str, own: Pacing, peer: Pacing) -> Iterator[Figure]:
    yield Figure(f"{name}, packets", "", own.packets, peer.packets)
    yield Figure(
        f"{name}, rate error", "ppm",
        own.rate_error_ppm, peer.rate_error_ppm, least=-_LIMIT_PPM, greatest=_LIMIT_PPM,
    )  # fmt: skip
    yield Figure(f"{name}, |interval - 20 ms| p50", "ms", own.p50_ms, peer.p50_ms)
    yield Figure(
        f"{name}, |interval - 20 ms| p99", "ms", own.p99_ms, peer.p99_ms, greatest=_LIMIT_MS
    )


@contextmanager
def storm(desk: ConsoleStage) -> Iterator[Callable[[], float]]:
    """Keep the window busy; gives what share of a core the console has used, once it is over."""
    stopping = threading.Event()
    used: list[float] = []

    def blow() -> None:
        began_s, before_s = time.monotonic(), footprint_of(desk.console_pid).cpu_s
        while not stopping.is_set():
            for query, (width, height) in zip(_SEARCHES, _SIZES, strict=True):
                desk.resize(width, height)
                desk.press("F5")
                desk.type(query)
        cpu_s = footprint_of(desk.console_pid).cpu_s - before_s
        used.append(cpu_s / (time.monotonic() - began_s))

    thread = threading.Thread(target=blow)
    thread.start()
    try:
        yield lambda: used[0]
    finally:
        stopping.set()
        thread.join()


def measure_engine(duration_s: float) -> Pacing:
    """The engine of this process, sending to a socket of it."""
    engine = MediaEngine(NullDevice(), port_first=41000, port_last=41999)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind((LOOPBACK, 0))
        receiver.settimeout(2.0)
        # The kernel's arrival time excludes the delays of this receiver.
        receiver.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        engine.start()
        session = engine.open("pacing")
        session.connect(MediaTarget(LOOPBACK, receiver.getsockname()[1]))
        arrivals: list[Arrival] = []
        until = time.monotonic() + duration_s
        while time.monotonic() < until:
            data, ancillary, _flags, _source = receiver.recvmsg(512, 128)
            seconds, nanoseconds = struct.unpack("qq", ancillary[0][2][:16])
            arrivals.append(Arrival(seconds + nanoseconds * 1e-9, data))
        engine.stop()
    return pacing(arrivals)


def busy_thread(stopping: threading.Event) -> None:
    """Runs pure Python that never releases the interpreter lock voluntarily."""
    while not stopping.is_set():
        sum(range(1000))


def measure_engines(duration_s: float) -> Iterator[Figure]:
    """The four runs of the engine."""
    results = {"quiet": measure_engine(duration_s)}
    with subprocess.Popen([sys.executable, "-c", _BUSY]) as other:
        results["busy process beside"] = measure_engine(duration_s)
        other.kill()
    stopping = threading.Event()
    worker = threading.Thread(target=busy_thread, args=(stopping,))
    worker.start()
    results[_FOR_COMPARISON] = measure_engine(duration_s)
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(_SHORT_SWITCH_S)
    results["same, short switching"] = measure_engine(duration_s)
    sys.setswitchinterval(usual_s)
    stopping.set()
    worker.join()
    for name, result in results.items():
        limit_ms = None if name == _FOR_COMPARISON else _LIMIT_MS
        yield Figure(f"{name}, rate", "packets/s", result.rate_hz)
        yield Figure(f"{name}, p99", "ms", result.p99_ms, greatest=limit_ms)


def main() -> int:
    """Print the runs; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="of each run; default 1")
    parser.add_argument("--engine", action="store_true", help="only the engine, 20 s a run")
    options = parser.parse_args()
    if options.engine:
        return int(not print_figures(measure_engines(20.0), "-"))
    good = print_figures(measure_phone(options.minutes))
    return int(not (print_figures(measure_console(options.minutes)) and good))


if __name__ == "__main__":
    sys.exit(main())
