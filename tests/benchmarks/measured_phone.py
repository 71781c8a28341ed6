"""The phone on the command line as a thing to be measured: its process, its threads, its memory."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.json_lines import JsonLines

_TICKS_S = 100


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a process holds at a moment; ``cpu_s`` is what it has used since its start."""

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
        """Where it is called directly."""
        return f"sip:301@{self.host}:{self.port}"

    def footprint(self) -> Footprint:
        """What the process holds now."""
        return footprint_of(self.process.pid)

    def live_calls(self) -> int:
        """How many calls the phone itself says it has."""
        self.write("calls")
        return len(self.expect("calls")["calls"])


def footprint_of(process_id: int) -> Footprint:
    """What any process holds now."""
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
    """Wait until the phone has no call left; the limit passing is told by the caller's figures."""
    until_s = time.monotonic() + limit_s
    while phone.live_calls() and time.monotonic() < until_s:
        time.sleep(0.5)
