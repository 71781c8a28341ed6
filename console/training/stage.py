"""Runs a console on a virtual display, sends it keys, and verifies results from outside.

Used by the demo and the screenshots. Needs Xvfb and xdotool.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

AT_THE_DESK = frozenset({"recordings", "script_steps"})
"""Call data of the workplace that the central database does not store."""
BUG = " console unhandled exception: "  # log text of `console.core.crash`
START_LIMIT_S = 30.0
STILL_S, STILL_LIMIT_S = 0.25, 20.0
KEY_DELAY_MS = 60  # pace of a fast typist
QUICK_KEY_MS = 10  # maximum pace of the display, for unobserved input
KEYBOARD = frozenset(
    "".join(map(chr, range(32, 127))) + "".join(map(chr, range(ord("А"), ord("я") + 1))) + "Ёё№\n"
)
"""Characters available on the keyboard of the virtual display. xdotool maps other characters to a
spare key one by one, which a busy console may process too late at a fast pace.
"""
COMMAND_LIMIT_S = 30.0
LOOK_S = 0.05  # polling interval of the timing log


class StageFailure(Exception):
    """An expected result did not occur."""

    def __init__(self, step: str, why: str) -> None:
        super().__init__(f"{step}: {why}")
        self.step = step
        self.why = why


class Stage:
    """Starts Xvfb and the console, and ends them by their process ids.

    `settings` is the console's TOML file; by default the microphone plays the operator's recorded
    speech and the headset writes a file. The console can be restarted with the same data. `program`
    contains the Python arguments that start the console. `key_ms` is the delay per typed character,
    and `turn_limit_s` the limit of the operator's turn between two lines of the training caller.
    """

    program: tuple[str, ...] = ("-m", "console")

    def __init__(
        self,
        folder: Path,
        out: Path,
        theme: str,
        size: str,
        dsn: str | None,
        resources: Path,
        settings: str | None = None,
        *,
        key_ms: int = KEY_DELAY_MS,
        turn_limit_s: float | None = None,
    ) -> None:
        self._folder = folder
        self._out = out
        self._theme = theme
        self._size = size
        self._dsn = dsn
        self._resources = resources
        self._data = folder / "data"
        self._settings = folder / "console.toml"
        self._recorded = folder / "heard-at-desk.wav"
        self._settings_text = self._file_audio() if settings is None else settings
        self._xvfb: subprocess.Popen[bytes] | None = None
        self._console: subprocess.Popen[bytes] | None = None
        self._display = ""
        self._noted: list[dict[str, Any]] = []
        self._noted_bytes = 0
        self._milestones_read = 0
        self._register = self._data / "register.db"
        self._callers = folder / "callers"
        self._caller: subprocess.Popen[bytes] | None = None
        self._training_lesson = ""
        self._key_ms = key_ms
        self._caller_options = [] if turn_limit_s is None else ["--turn-s", str(turn_limit_s)]

    @property
    def has_central(self) -> bool:
        return self._dsn is not None

    @property
    def data_folder(self) -> Path:
        """Folder with databases, logs and the phone's socket."""
        return self._data

    @property
    def register_file(self) -> Path:
        """Register file of the console."""
        return self._register

    @property
    def reports_folder(self) -> Path:
        return self._data / "reports"

    # --- start and stop ---

    def open(self) -> None:
        """Starts display and console; raises `StageFailure` if one of them fails."""
        for program in ("Xvfb", "setxkbmap", "xdotool", "import", "pdftotext", "pdftoppm"):
            if shutil.which(program) is None:
                raise StageFailure(
                    "stage", f"{program} is not installed; run: python3 run.py setup"
                )
        if self._dsn is not None:
            self._run([sys.executable, "-m", "sync", "central", "init", "--dsn", self._dsn])
        self._settings.write_text(self._settings_text, encoding="utf-8")
        self._start_display()
        self.start_console()

    def start_console(self) -> None:
        """Starts the console on the virtual display with the existing data; returns when its window
        exists.
        """
        environment = {**os.environ, "DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb"}
        environment.pop("WAYLAND_DISPLAY", None)
        if self._dsn is not None:
            environment["EDINYI_NOMER_CENTRAL_DSN"] = self._dsn
        command = [
            sys.executable, *self.program, "--settings", str(self._settings),
            "--data", str(self._data), "--theme", self._theme,
        ]  # fmt: skip
        with (self._folder / "console.err").open("ab") as log:
            self._console = subprocess.Popen(command, env=environment, stderr=log)
        self._focus_window()

    def kill_console(self) -> None:
        """Kills the console, as a power failure would; display, phone and data remain."""
        if self._console is not None:
            self._console.kill()
            self._console.wait()

    def _file_audio(self) -> str:
        return (
            "[audio]\n"
            'driver = "file"\n'
            f"input_file = {json.dumps(str(self._resources / 'training' / 'operator.wav'))}\n"
            f"output_file = {json.dumps(str(self._recorded))}\n"
            "[desk]\nlock_after_min = 60\n"
        )

    def _start_display(self) -> None:
        reader, writer = os.pipe()
        size = f"{self._size}x24"
        display = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp",
             "-noreset"],
            pass_fds=(writer,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writer)
        self._xvfb = display
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        if not number:
            raise StageFailure("stage", "Xvfb did not start")
        self._display = f":{number}"
        # With Russian letters on the keyboard, xdotool need not map each to a spare key first, a
        # change that a busy console may process too late.
        self._run(["setxkbmap", "-display", self._display, "-layout", "us,ru"])

    def _focus_window(self, title: str = ".") -> None:
        """Sets size and focus of the window, because the display has no window manager."""
        found = self._xdotool_until(["search", "--onlyvisible", "--name", title])
        window = found.split()[-1]
        width, height = self._size.split("x")
        self._xdotool(["windowmove", window, "0", "0"])
        self._xdotool(["windowsize", window, width, height])
        self._xdotool(["windowfocus", window])

    def close(self) -> None:
        """Stops the console regularly, then the display."""
        for process in (self._caller, self._console, self._xvfb):
            if process is None:
                continue
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)

    def refuse_bugs(self) -> None:
        """Raises `StageFailure` if the console logged a bug, regardless of other results."""
        for log in sorted((self._data / "log").glob("console.log*")):
            for line in log.read_text(encoding="utf-8").splitlines():
                if BUG in line:
                    raise StageFailure("bug", line)

    # --- keys and screenshots ---

    def press(self, key: str, times: int = 1) -> None:
        """Presses a key or key combination, given by X key names."""
        for _ in range(times):
            self._xdotool(["key", "--clearmodifiers", key])
            time.sleep(0.05)

    def type(self, text: str, *, key_ms: int | None = None) -> None:
        """Types text, by default at the configured pace."""
        pace_ms = self._key_ms if key_ms is None else key_ms
        if not KEYBOARD.issuperset(text):
            pace_ms = max(pace_ms, KEY_DELAY_MS)
        self._xdotool(["type", "--delay", str(pace_ms), text])

    def pause(self, seconds: float) -> None:
        """Gives the window time to paint before a screenshot; proves nothing."""
        time.sleep(seconds)

    def wait_until_still(self, limit_s: float = STILL_LIMIT_S) -> None:
        """Waits until the window has stopped painting; raises `StageFailure` at the limit.

        The required time without changes is shorter than the blink interval of the text cursor, and
        at least one polling interval.
        """
        until_s = time.monotonic() + limit_s
        before, since_s = self._grab(), time.monotonic()
        while time.monotonic() < until_s:
            now = self._grab()
            if now != before:
                before, since_s = now, time.monotonic()
            elif time.monotonic() - since_s >= STILL_S:
                return
        raise StageFailure("picture", "the window did not stop changing")

    def _grab(self) -> bytes:
        done = subprocess.run(
            ["import", "-display", self._display, "-window", "root", "ppm:-"],
            capture_output=True,
            timeout=COMMAND_LIMIT_S,
            check=True,
        )
        return sha256(done.stdout).digest()

    def picture(self, name: str, *, colours: int | None = None) -> None:
        """Saves a screenshot of the display, with a reduced number of colours if given."""
        if self._display:
            few = [] if colours is None else ["+dither", "-colors", str(colours)]
            kind = "" if colours is None else "PNG8:"
            self._run(
                ["import", "-display", self._display, "-window", "root", *few,
                 f"{kind}{self._out / name}.png"]
            )  # fmt: skip

    def _xdotool(self, words: list[str]) -> str:
        return self._run(["xdotool", *words], {"DISPLAY": self._display})

    def _xdotool_until(self, words: list[str]) -> str:
        until_s = time.monotonic() + START_LIMIT_S
        while time.monotonic() < until_s:
            done = subprocess.run(
                ["xdotool", *words],
                env={**os.environ, "DISPLAY": self._display},
                capture_output=True,
                text=True,
                timeout=COMMAND_LIMIT_S,
                check=False,
            )
            if done.returncode == 0 and done.stdout.strip():
                return done.stdout
            time.sleep(0.1)
        raise StageFailure("stage", "the window did not appear")

    def _run(self, command: list[str], environment: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            command,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=COMMAND_LIMIT_S,
            check=False,
        )
        if done.returncode != 0:
            raise StageFailure(Path(command[0]).name, done.stderr.strip()[-400:])
        return done.stdout

    # --- timing log of the console ---

    def wait_for(self, step: str, limit_s: float = START_LIMIT_S) -> dict[str, Any]:
        """Returns the next event of this name, skipping others; raises `StageFailure` if none
        occurs.
        """
        until_s = time.monotonic() + limit_s
        while time.monotonic() < until_s:
            found = self.look_for(step)
            if found is not None:
                return found
            if self._has_ended():
                raise StageFailure(step, "the console ended")
            time.sleep(LOOK_S)
        raise StageFailure(step, f"no event within {limit_s:.0f} s")

    def wait_until(
        self,
        step: str,
        is_so: Callable[[dict[str, Any]], bool],
        limit_s: float = START_LIMIT_S,
    ) -> None:
        """Waits until the latest event of this name satisfies the condition, even if read
        before.
        """
        until_s = time.monotonic() + limit_s
        while time.monotonic() < until_s:
            of_step = [told for told in self._milestones() if told["step"] == step]
            if of_step and is_so(of_step[-1]):
                return
            if self._has_ended():
                raise StageFailure(step, "the console ended")
            time.sleep(LOOK_S)
        raise StageFailure(step, f"condition not met within {limit_s:.0f} s")

    def _has_ended(self) -> bool:
        return self._console is None or self._console.poll() is not None

    def look_for(self, step: str) -> dict[str, Any] | None:
        """Returns the next existing event of this name, or None."""
        fresh = islice(self._milestones(), self._milestones_read, None)
        for number, told in enumerate(fresh, self._milestones_read + 1):
            if told["step"] == step:
                self._milestones_read = number
                return told
        return None

    def _milestones(self) -> list[dict[str, Any]]:
        """Returns all events, reading the new ones from the file."""
        file = self._data / "log" / "milestones.jsonl"
        if not file.exists():
            return self._noted
        with file.open("rb") as notes:
            notes.seek(self._noted_bytes)
            fresh = notes.read()
        whole = fresh[: fresh.rfind(b"\n") + 1]
        self._noted += [json.loads(line) for line in whole.splitlines()]
        self._noted_bytes += len(whole)
        return self._noted

    # --- training caller ---

    def ring(self, lesson: str, address: str) -> None:
        """Starts the training caller in another process; it calls the phone at this address.

        The console creates a regular record.
        """
        self._end_caller()
        self._training_lesson = lesson
        shutil.rmtree(self._callers / lesson, ignore_errors=True)
        self._caller = subprocess.Popen(
            [sys.executable, "-m", "console.training", "call", "--lesson", lesson,
             "--to", address, "--into-the-register", "--record", str(self._callers / lesson),
             *self._caller_options],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def _end_caller(self) -> None:
        if self._caller is not None:
            self._caller.terminate()
            self._caller.wait(COMMAND_LIMIT_S)
            self._caller = None

    def wait_for_training(self, step: str, *, line: int, limit_s: float = 90.0) -> None:
        """Waits until the training caller has reached this step of its scenario."""
        file = self._callers / self._training_lesson / "call.jsonl"
        until_s = time.monotonic() + limit_s
        while time.monotonic() < until_s:
            lines = file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []
            for text in lines:
                told = json.loads(text)
                if told["step"] == step and told.get("line") == line:
                    return
            time.sleep(0.1)
        raise StageFailure("training caller", f"no event: {step} {line}")

    def desk_heard(self) -> Path:
        """Audio played by the console's headset in the last call."""
        return self._recorded

    def caller_heard(self, lesson: str) -> Path:
        """Returns the audio received by the caller, saved when its phone has stopped."""
        file = self._callers / lesson / "heard.wav"
        until_s = time.monotonic() + START_LIMIT_S
        while not file.exists():
            if time.monotonic() > until_s:
                raise StageFailure("training caller", "no recording was written")
            time.sleep(0.1)
        return file

    # --- external verification ---

    def calls_today(self) -> list[dict[str, Any]]:
        """Returns all calls of the store in order of arrival, read by a new process."""
        return [record for record in self._records_today() if record["kind"] == "call"]

    def _records_today(self) -> list[dict[str, Any]]:
        text = self._sync("list", "--store", str(self._register))
        records: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
        return records

    def newest_record(self) -> dict[str, Any]:
        """Returns the latest call, read by a new process."""
        return self._show(str(self.calls_today()[-1]["number"]))

    def message_of(self, record: dict[str, Any]) -> dict[str, Any]:
        """Returns the message of a call, read by a new process."""
        if record["message_id"] is None:
            raise StageFailure("message", "the call record has no message")
        for message in self._records_today():
            if message["kind"] == "message" and message["id"] == record["message_id"]:
                return self._show(str(message["number"]))
        raise StageFailure("message", "the message is not in the register")

    def phone_listens(self, address: str) -> bool:
        """Whether the phone listens at the address, that is, binding to it fails."""
        host, _, port = address.rpartition(":")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind((host, int(port)))
            except OSError:
                return True
        return False

    def _show(self, number: str) -> dict[str, Any]:
        told = self._sync("show", number, "--store", str(self._register), "--json")
        shown: dict[str, Any] = json.loads(told)
        return shown

    def _sync(self, *words: str) -> str:
        return self._run([sys.executable, "-m", "sync", *words])

    def search(self, text: str) -> list[dict[str, Any]]:
        """Returns the results of a new process for the same directory."""
        directory = str(self._data / "directory.db")
        found: dict[str, Any] = json.loads(
            self._kb("search", text, "--directory", directory, "--limit", "9", "--json")
        )
        hits: list[dict[str, Any]] = found["hits"]
        return hits

    def _kb(self, *words: str) -> str:
        return self._run([sys.executable, "-m", "kb", *words])

    def pdf_text(self, file: Path) -> str:
        return self._run(["pdftotext", "-layout", str(file), "-"])

    def pdf_picture(self, file: Path, name: str) -> None:
        self._run(
            ["pdftoppm", "-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile", str(file),
             str(self._out / name)]
        )  # fmt: skip

    def central_difference(self, record: dict[str, Any], limit_s: float = 30.0) -> str | None:
        """Returns None if the record equals its row in PostgreSQL, otherwise the difference."""
        if self._dsn is None:
            return None
        until_s = time.monotonic() + limit_s
        difference = "it did not arrive"
        while time.monotonic() < until_s:
            done = subprocess.run(
                [sys.executable, "-m", "sync", "central", "show", str(record["number"]),
                 "--dsn", self._dsn],
                capture_output=True,
                text=True,
                timeout=COMMAND_LIMIT_S,
                check=False,
            )  # fmt: skip
            if done.returncode == 0:
                row: dict[str, Any] = json.loads(done.stdout)
                fields = sorted(
                    name for name in record.keys() - AT_THE_DESK if row.get(name) != record[name]
                )
                if not fields:
                    return None
                difference = f"differs in {', '.join(fields)}"
            time.sleep(0.3)
        return difference
