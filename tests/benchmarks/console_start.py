"""How soon the window is there, against the least that a Qt window can take on this machine.

Run as ``python -m tests.benchmarks.console_start [calls]``, with so many calls in the register
(0 by default). Prints seconds from starting the process to a visible window, medians of several
starts, for a bare Qt window and for the console; for the console until its stores are open and
somebody may sign in; and from the password's Enter until the phone is ready for calls.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sync.register.operators import Role
from sync.store.keys import open_key
from sync.store.register import RegisterStore
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
    """Seconds from the start of the process, and from signing in to a phone that is ready."""

    window_s: float
    open_s: float = 0.0
    phone_s: float = 0.0


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    reader, writer = os.pipe()
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        environment = {**os.environ, "DISPLAY": f":{told.readline().strip()}"}
    try:
        bare = statistics.median(
            start([sys.executable, "-c", BARE_WINDOW], environment, None).window_s
            for _ in range(STARTS)
        )
        with tempfile.TemporaryDirectory() as folder:
            make_register(Path(folder) / "register.db", calls)
            command = [
                sys.executable, "-m", "console", "--data", folder,
                "--settings", f"{folder}/none.toml",
            ]  # fmt: skip
            log = Path(folder) / "log" / "milestones.jsonl"
            rounds = [start(command, environment, log) for _ in range(STARTS)]
    finally:
        display.terminate()
        display.wait(10)
    window_s = statistics.median(times.window_s for times in rounds)
    open_s = statistics.median(times.open_s for times in rounds)
    phone_s = statistics.median(times.phone_s for times in rounds)
    print(f"calls in the register: {calls}")
    print(f"bare Qt window: {bare:.2f} s")
    print(f"console, window: {window_s:.2f} s, {window_s / bare:.1f} times the bare one")
    print(f"console, stores open: {open_s:.2f} s")
    print(f"console, from signing in to a phone that is ready: {phone_s:.2f} s")
    print(f"console, ready to take a call but for the typing: {open_s + phone_s:.2f} s")


def make_register(path: Path, calls: int) -> None:
    """A register with somebody who may sign in and so many calls."""
    store = RegisterStore.open(path, open_key(path), home_area_code="87999")
    store.create_first_operator(
        name="Орлова Наталья Викторовна", login=LOGIN, password=PASSWORD, role=Role.SUPERVISOR
    ).result()
    if calls:
        store.close(closed(filled(store.open_card(new_call(0), OPERATOR).result()))).result()
        store.write(lambda connection: fill(connection, calls)).result()
    store.close_store()


def start(command: list[str], environment: dict[str, str], log: Path | None) -> Times:
    """The times of one start; the window's alone where no log of milestones is given."""
    opened, ready = _count(log, "started"), _count(log, "phone_connected")
    began_s = time.monotonic()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        while not _has_window(process.pid, environment):
            _check(began_s)
        window_s = time.monotonic() - began_s
        if log is None:
            return Times(window_s)
        while _count(log, "started") == opened:
            _check(began_s)
        open_s = time.monotonic() - began_s
        _sign_in(process.pid, environment)
        entered_s = time.monotonic()
        while _count(log, "phone_connected") == ready:
            _check(began_s)
        return Times(window_s, open_s, time.monotonic() - entered_s)
    finally:
        process.terminate()
        process.wait(20)


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
