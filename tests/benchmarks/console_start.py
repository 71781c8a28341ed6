"""How soon the window is there, against the least that a Qt window can take on this machine.

Prints seconds from starting the process to a visible window, medians of several starts, for a
bare Qt window and for the console; and for the console until its stores are open.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STARTS = 5
LIMIT_S = 30.0
BARE_WINDOW = (
    "from PySide6.QtWidgets import QApplication, QWidget; a = QApplication([]); w = QWidget();"
    " w.setWindowTitle('bare'); w.show(); a.exec()"
)


def main() -> None:
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
            start([sys.executable, "-c", BARE_WINDOW], environment, None)[0] for _ in range(STARTS)
        )
        with tempfile.TemporaryDirectory() as folder:
            command = [
                sys.executable, "-m", "console", "--data", folder,
                "--settings", f"{folder}/none.toml",
            ]  # fmt: skip
            log = Path(folder) / "log" / "milestones.jsonl"
            rounds = [start(command, environment, log) for _ in range(STARTS)]
    finally:
        display.terminate()
        display.wait(10)
    window = statistics.median(shown for shown, _ready in rounds)
    ready = statistics.median(ready for _shown, ready in rounds)
    print(f"bare Qt window: {bare:.2f} s")
    print(f"console, window: {window:.2f} s, {window / bare:.1f} times the bare one")
    print(f"console, stores open: {ready:.2f} s")


def start(command: list[str], environment: dict[str, str], log: Path | None) -> tuple[float, float]:
    """Seconds to the window and, where a log of milestones is given, to its next «started»."""
    before = _started(log)
    began_s = time.monotonic()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        while not _has_window(process.pid, environment):
            _check(began_s)
        shown_s = time.monotonic() - began_s
        while log is not None and _started(log) == before:
            _check(began_s)
        return shown_s, time.monotonic() - began_s
    finally:
        process.terminate()
        process.wait(20)


def _has_window(pid: int, environment: dict[str, str]) -> bool:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--pid", str(pid)],
        env=environment,
        capture_output=True,
        check=False,
    )
    return bool(found.stdout.strip())


def _started(log: Path | None) -> int:
    if log is None or not log.exists():
        return 0
    lines = log.read_text(encoding="utf-8").splitlines()
    return sum(1 for line in lines if json.loads(line)["step"] == "started")


def _check(began_s: float) -> None:
    if time.monotonic() - began_s > LIMIT_S:
        raise TimeoutError("the window did not come")
    time.sleep(0.01)


if __name__ == "__main__":
    main()
