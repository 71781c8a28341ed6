"""Time until the window is visible, compared with a minimal Qt window on this machine.

Run as ``python -m tests.benchmarks.console_start [calls]``, with this number of calls in the
register (0 by default). Prints the medians of several starts in seconds: from process start to a
visible window for a bare Qt window and for the console, which alternate; for the console until its
stores are open and sign-in is possible; and from Enter in the password field until the phone is
ready for calls. In addition it prints the CPU time of the console's process (all its threads,
without the phone process), which depends less on other load. Modules are compiled and cached
before: starts are warm.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from sync.register.people.operators import Role
from sync.store.local.keys import open_key
from sync.store.local.register import RegisterStore
from tests.benchmarks.local_store import fill
from tests.fakes.records import OPERATOR, closed, filled, new_call

STARTS = 5
LIMIT_S = 60.0
LOGIN = "orlova"
PASSWORD = "console-start-1"
BARE_WINDOW = (
    "from PySide6.QtWidgets import QApplication, QWidget; a = QApplication([]); w = QWidget();"
    " w.setWindowTitle('bare'); w.show(); a.exec()"
)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from process start, and from sign-in until the phone is ready.

    Each with the CPU time of the process in it.
    """

    window_s: float
    window_cpu_s: float
    open_s: float = 0.0
    open_cpu_s: float = 0.0
    phone_s: float = 0.0
    phone_cpu_s: float = 0.0


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    reader, writer = os.pipe()
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-noreset"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        environment = {**os.environ, "DISPLAY": f":{told.readline().strip()}"}
    # Compiled modules are cached, as in an installed console.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        with tempfile.TemporaryDirectory() as folder:
            make_register(Path(folder) / "register.db", calls)
            command = [
                sys.executable, "-m", "console", "--data", folder,
                "--settings", f"{folder}/none.toml",
            ]  # fmt: skip
            log = Path(folder) / "log" / "milestones.jsonl"
            bare_command = [sys.executable, "-c", BARE_WINDOW]
            bares, rounds = [], []
            for _ in range(1 + STARTS):
                bares.append(start(bare_command, environment, None))
                rounds.append(start(command, environment, log))
    finally:
        display.terminate()
        display.wait(10)
    # The first start of each compiles modules and reads them from disk.
    bare, console = middle(bares[1:]), middle(rounds[1:])
    print(f"calls in the register: {calls}; load {os.getloadavg()[0]:.1f}")
    print(f"bare Qt window: {told_s(bare.window_s, bare.window_cpu_s)}")
    print(f"console, window: {told_s(console.window_s, console.window_cpu_s)},"
          f" {console.window_s / bare.window_s:.1f} times the bare one")  # fmt: skip
    print(f"console, stores open: {told_s(console.open_s, console.open_cpu_s)}")
    print("console, from signing in to a phone that is ready:"
          f" {told_s(console.phone_s, console.phone_cpu_s)}")  # fmt: skip
    ready_s, cpu_s = console.open_s + console.phone_s, console.open_cpu_s + console.phone_cpu_s
    print(f"console, ready to take a call but for the typing: {told_s(ready_s, cpu_s)}")


def middle(rounds: Sequence[Times]) -> Times:
    """Returns the separate median of each time."""
    columns = zip(*(astuple(times) for times in rounds), strict=True)
    return Times(*(statistics.median(column) for column in columns))


def told_s(wall_s: float, cpu_s: float) -> str:
    return f"{wall_s:.2f} s ({cpu_s:.2f} s of a processor)"


def make_register(path: Path, calls: int) -> None:
    """Creates a register with an operator and this number of calls."""
    store = RegisterStore.open(path, open_key(path), home_area_code="87999")
    store.create_first_operator(
        name="Орлова Наталья Викторовна", login=LOGIN, password=PASSWORD, role=Role.SUPERVISOR
    ).result()
    if calls:
        store.close(closed(filled(store.open_card(new_call(0), OPERATOR).result()))).result()
        store.write(lambda connection: fill(connection, calls)).result()
    store.close_store()


def start(command: list[str], environment: dict[str, str], log: Path | None) -> Times:
    """Returns the times of one start; without a milestone log only the window's time."""
    opened, ready = _count(log, "started"), _count(log, "phone_connected")
    began_s = time.monotonic()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        while not _has_window(process.pid, environment):
            _check(began_s)
        window_s, window_cpu_s = time.monotonic() - began_s, _spent_s(process.pid)
        if log is None:
            return Times(window_s, window_cpu_s)
        while _count(log, "started") == opened:
            _check(began_s)
        open_s, open_cpu_s = time.monotonic() - began_s, _spent_s(process.pid)
        _sign_in(process.pid, environment)
        entered_s, entered_cpu_s = time.monotonic(), _spent_s(process.pid)
        while _count(log, "phone_connected") == ready:
            _check(began_s)
        phone_s, phone_cpu_s = time.monotonic() - entered_s, _spent_s(process.pid) - entered_cpu_s
        return Times(window_s, window_cpu_s, open_s, open_cpu_s, phone_s, phone_cpu_s)
    finally:
        process.terminate()
        process.wait(20)


def _spent_s(pid: int) -> float:
    """Returns the CPU time of the process and all its threads so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _sign_in(pid: int, environment: dict[str, str]) -> None:
    window = _windows(pid, environment).split()[-1]
    typed = ["type", "--delay", "30", "--args", "1", LOGIN, "key", "Tab"]
    for words in (["windowfocus", window], typed, ["type", "--delay", "30", PASSWORD]):
        subprocess.run(["xdotool", *words], env=environment, check=True)
    subprocess.run(["xdotool", "key", "Return"], env=environment, check=True)


def _has_window(pid: int, environment: dict[str, str]) -> bool:
    return bool(_windows(pid, environment).strip())


def _windows(pid: int, environment: dict[str, str]) -> str:
    return subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--pid", str(pid)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def _count(log: Path | None, step: str) -> int:
    if log is None or not log.exists():
        return 0
    lines = log.read_text(encoding="utf-8").split("\n")[:-1]
    return sum(1 for line in lines if json.loads(line)["step"] == step)


def _check(began_s: float) -> None:
    if time.monotonic() - began_s > LIMIT_S:
        raise TimeoutError("the window did not come")
    time.sleep(0.01)


if __name__ == "__main__":
    main()
