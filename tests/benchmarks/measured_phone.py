"""The phone on the command line under measurement: its process, its threads, its memory."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.json_lines import JsonLines

_TICKS_S = 100


@dataclass(frozen=True, slots=True)
class Footprint:
    """Resources of a process at one time; ``cpu_s`` is the CPU time since its start."""

    threads: int
    open_files: int
    resident_mb: float
    cpu_s: float


class MeasuredPhone(JsonLines):
    """``python -m telephony`` with these options, listening on loopback."""

    def __init__(self, *options: str) -> None:
        super().__init__("telephony", *options)
        address = self.expect("listening")["address"]
        self.host, self.port = str(address[0]), int(address[1])

    @property
    def uri(self) -> str:
        """SIP address of the phone for direct calls."""
        return f"sip:301@{self.host}:{self.port}"

    def footprint(self) -> Footprint:
        """Returns the current resources of the process."""
        return footprint_of(self.process.pid)

    def live_calls(self) -> int:
        """Returns the number of calls reported by the phone."""
        self.write("calls")
        return len(self.expect("calls")["calls"])


def footprint_of(process_id: int) -> Footprint:
    """Returns the current resources of any process."""
    folder = Path("/proc") / str(process_id)
    status = dict(
        line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line
    )
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    return Footprint(
        int(status["Threads"]),
        len(list((folder / "fd").iterdir())),
        int(status["VmRSS"].split()[0]) / 1024,
        (int(fields[11]) + int(fields[12])) / _TICKS_S,
    )


def wait_until_calm(phone: MeasuredPhone, limit_s: float = 60.0) -> None:
    """Waits until the phone has no call left; after the limit the caller's figures show the
    rest.
    """
    until_s = time.monotonic() + limit_s
    while phone.live_calls() and time.monotonic() < until_s:
        time.sleep(0.5)
