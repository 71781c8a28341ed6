"""The operator's console in its own process on its own display, driven by real key events.

Results are checked outside the window: the store through the command line, PostgreSQL, the
milestones in the log, the files of its microphone and headset.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from console.training.stage import AT_THE_DESK, KEY_DELAY_MS, QUICK_KEY_MS, Stage, StageFailure
from kb.cli import main as directory_command_line
from sync.cli import main as command_line
from tests.fakes.close_request import request_close
from tests.fakes.held_process import HeldProcess, listener_pid
from tests.fakes.prepared_desk import LOGIN, NAME, PASSWORD, copy_directory, copy_prepared

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
OPERATOR_NAME, OPERATOR_LOGIN, OPERATOR_PASSWORD = NAME, LOGIN, PASSWORD
TITLE, ENGLISH_TITLE = "^Единый номер", "^Single Number"
SIGN_IN_LIMIT_S = 30.0
RING_LIMIT_S = 20.0
STEP_LIMIT_S = 20.0
POLL_S = 0.05
FORM_DELAY_MS = 6

Tables = Mapping[str, Mapping[str, str | int]]


class ConsoleStage(Stage):
    """``with ConsoleStage(folder, ...) as desk``: an operator at her own desk.

    She has worked there before; the existing store may be changed before the ``with`` block starts.
    With a central database she is the first operator, and only the directory exists; for tests of
    the ``first_start`` nothing exists. ``settings`` are the tables of the console's TOML file over
    the defaults, which use a file as the microphone (the operator's recorded speech) and another
    file as the headset. At the end console, phone process and display are ended by the pids they
    were started with; a failure leaves a screenshot ``failure.png`` in the folder.
    """

    def __init__(
        self,
        folder: Path,
        *,
        dsn: str | None = None,
        settings: Tables | None = None,
        first_start: bool = False,
        key_ms: int = QUICK_KEY_MS,
    ) -> None:
        self.folder = folder
        self.heard = folder / "headset.wav"
        self._phone: HeldProcess | None = None
        tables: dict[str, dict[str, str | int]] = {
            "audio": {
                "driver": "file",
                "input_file": str(RESOURCES / "training" / "operator.wav"),
                "output_file": str(self.heard),
            },
            "desk": {"lock_after_min": 60},
        }
        for name, values in (settings or {}).items():
            tables.setdefault(name, {}).update(values)
        super().__init__(
            folder, folder, "light", "1440x900", dsn, RESOURCES, _toml(tables), key_ms=key_ms
        )
        self.address = ""
        has_centre = dsn is not None or "central" in tables
        self._is_first_start = first_start or has_centre
        if not self._is_first_start:
            copy_prepared(self._data)
        elif not first_start:
            copy_directory(self._data)

    def __enter__(self) -> Self:
        try:
            self.open()
            self.wait_for("started")
            if self._is_first_start:
                self._type_fields((NAME, LOGIN, PASSWORD, PASSWORD))
            else:
                self._type_fields((LOGIN, PASSWORD))
            self._wait_for_phone()
        except BaseException:
            self._leave(failed=True)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave(failed=error is not None)

    def _leave(self, *, failed: bool) -> None:
        try:
            if failed:
                self.picture("failure")
        finally:
            self.close()
            if self._phone is not None:
                self._phone.end()
        if not failed:
            self.refuse_bugs()

    # --- sign-in ---

    def start_again(self) -> None:
        """Starts a console on the same data after ``kill_console``; the same operator signs in."""
        self.start_console()
        self.wait_for("started")
        self._type_fields((OPERATOR_LOGIN, OPERATOR_PASSWORD))
        self._wait_for_phone()

    def sign_in_as(self, login: str, password: str) -> None:
        """Fills in the sign-in page of a console that has just started."""
        self._type_fields((login, password))

    def start_once_more(self, address: str) -> int:
        """Starts a console while another one runs, as a link does; returns its exit code."""
        command = [
            sys.executable, "-m", "console", "--settings", str(self._settings),
            "--data", str(self._data), address,
        ]  # fmt: skip
        environment = {**os.environ, "DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb"}
        done = subprocess.run(command, env=environment, timeout=SIGN_IN_LIMIT_S, check=False)
        return done.returncode

    def _type_fields(self, texts: Sequence[str]) -> None:
        """Fills in a form and submits it, as fast as the display accepts keys."""
        words: list[str] = []
        for text, key in zip(texts, ["Tab"] * (len(texts) - 1) + ["Return"], strict=True):
            words += ["type", "--delay", str(FORM_DELAY_MS), "--args", "1", text, "key", key]
        self._xdotool(words)

    def _wait_for_phone(self) -> None:
        self.address = str(self.wait_for("phone_connected", SIGN_IN_LIMIT_S)["address"])
        if self._phone is None:
            self._phone = HeldProcess.behind(self.data_folder / "run" / "phone.sock")

    # --- the phone process, which outlives consoles ---

    def adopt_phone(self) -> None:
        """Adopts the process that replaced a killed one as the phone process to end at last."""
        if self._phone is not None:
            self._phone.end()
        self._phone = HeldProcess.behind(self.data_folder / "run" / "phone.sock")

    @property
    def display(self) -> str:
        """Name of the X display of the window."""
        return self._display

    def take_keyboard(self, title: str = TITLE) -> None:
        """Takes the keyboard focus back from another window on this display."""
        self._focus_window(title)

    @property
    def phone_runs(self) -> bool:
        """Whether the phone process started by the first console still runs."""
        return self._phone is not None and self._phone.runs

    @property
    def console_pid(self) -> int:
        """Process id of the console started last."""
        assert self._console is not None
        return self._console.pid

    @property
    def console_runs(self) -> bool:
        return self._console is not None and self._console.poll() is None

    @property
    def phone_pid(self) -> int:
        """Process id of the current listener on the phone's socket."""
        return listener_pid(self.data_folder / "run" / "phone.sock")

    # --- steps of the operator's work ---

    def answer(self) -> None:
        """Answers the ringing call; the cursor is then in the content field of the card."""
        self.press("F2")
        self.wait_for("t_answer", STEP_LIMIT_S)

    def press_twice_at_once(self, key: str) -> None:
        """Presses a key twice within a tenth of a second, as a slip of the hand does."""
        self._xdotool(["key", "--clearmodifiers", "--delay", "20", key, key])

    def type_and_press(self, text: str, key: str) -> None:
        """Types letters and presses a key immediately after them."""
        self._xdotool(["type", "--delay", str(KEY_DELAY_MS), "--args", "1", text, "key", key])

    def take_first_hit(self, query: str) -> str:
        """Types a query into the search and copies the first hit into the card; returns the hit's
        id.
        """
        wanted = [str(hit["id"]) for hit in self.search(query)[:3]]
        self.press("F5")
        self.type(query)
        until_s = time.monotonic() + STEP_LIMIT_S
        found: list[str] = []
        while found != wanted:
            remaining_s = until_s - time.monotonic()
            found = str(self.wait_for("t_search", remaining_s)["hits"]).split()
        self.press("Return")
        self.wait_for("t_hit_accepted", STEP_LIMIT_S)
        return wanted[0]

    def hang_up(self) -> None:
        self.press("F8")
        self.wait_for("t_hangup", STEP_LIMIT_S)

    def resize(self, width: int, height: int) -> None:
        """Resizes the console's window, as by its frame."""
        window = self._xdotool(["getwindowfocus"]).strip()
        self._xdotool(["windowsize", window, str(width), str(height)])

    def ask_to_close(self) -> None:
        """Closes the window as a window manager does."""
        request_close(self._display, int(self._xdotool(["getwindowfocus"])))

    def wait_for_end(self) -> int:
        """Returns the exit code of the console after it has ended without a kill."""
        assert self._console is not None
        return self._console.wait(STEP_LIMIT_S)

    def save(self) -> None:
        """Closes the active card and waits until it is committed."""
        self.press("ctrl+Return")
        self.wait_for("t_saved", STEP_LIMIT_S)

    # --- checks outside the window ---

    def windows(self) -> int:
        """Returns the number of visible windows on the display."""
        return len(self._xdotool(["search", "--onlyvisible", "--name", "."]).split())

    def record(self, number: str) -> dict[str, Any]:
        """Returns the complete record of the store by its registration number, through the command
        line.
        """
        return self._json("show", number, "--store", str(self._register), "--json")

    def record_for_centre(self, number: str) -> dict[str, Any]:
        """Returns the record without the fields that are not sent to the central database."""
        record = self.record(number)
        return {name: value for name, value in record.items() if name not in AT_THE_DESK}

    def states(self) -> list[tuple[str, str, str]]:
        """Returns today's operator states: state, reason and cause of each change, through the
        command line.
        """
        told = self._sync("states", "--store", str(self._register))
        changes = [json.loads(line) for line in told.splitlines()]
        return [(one["doing"], one["reason"], one["cause"]) for one in changes]

    def wait_for_state(self, doing: str, limit_s: float = STEP_LIMIT_S) -> str:
        """Returns the cause when the operator is in this state; other changes are skipped."""
        until_s = time.monotonic() + limit_s
        while True:
            told = self.wait_for("state_changed", max(0.1, until_s - time.monotonic()))
            if told["doing"] == doing:
                return str(told["cause"])

    def waiting(self) -> int:
        """Returns the number of unsent records, through the command line."""
        status = self._json("outbox", "status", "--store", str(self._register), "--json")
        return int(status["waiting"])

    def status(self) -> dict[str, Any]:
        """Returns the output of ``python -m sync status``."""
        return self._json("status", "--store", str(self._register), "--json")

    def wait_until_waiting(self, count: int, limit_s: float = STEP_LIMIT_S) -> None:
        """Returns when this number of records is unsent."""
        until_s = time.monotonic() + limit_s
        while (waiting := self.waiting()) != count:
            if time.monotonic() > until_s:
                raise StageFailure("outbox", f"{waiting} wait and not {count}")
            time.sleep(POLL_S)

    def wait_for_heard(self, duration_s: float, limit_s: float) -> None:
        """Returns when the headset has played this duration of the call."""
        until_s = time.monotonic() + limit_s
        wanted_bytes = round(duration_s * 8000) * 2
        while not self.heard.exists() or self.heard.stat().st_size < wanted_bytes:
            if time.monotonic() > until_s:
                raise StageFailure("headset", f"played less than {duration_s} s")
            time.sleep(POLL_S)

    def _json(self, *words: str) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self._sync(*words))
        return shown

    def _sync(self, *words: str) -> str:
        """Runs the command line in this process: starting a new process takes most of a second."""
        code, told = run_command_line(*words)
        if code != 0:
            raise StageFailure("sync", f"{words[0]} ended with {code}")
        return told

    def _kb(self, *words: str) -> str:
        """Runs the command line of the directory in this process too."""
        with redirect_stdout(StringIO()) as told:
            code = directory_command_line(words)
        if code != 0:
            raise StageFailure("kb", f"{words[0]} ended with {code}")
        return told.getvalue()


def run_command_line(*words: str) -> tuple[int, str]:
    """Runs ``python -m sync`` with these arguments; returns the exit code and the output."""
    with redirect_stdout(StringIO()) as told:
        code = command_line(words)
    return code, told.getvalue()


def central_record(number: str, dsn: str) -> dict[str, Any] | None:
    """Returns the record of the central database by its registration number, through the command
    line.
    """
    code, told = run_command_line("central", "show", number, "--dsn", dsn)
    if code == 1:
        return None
    assert code == 0
    record: dict[str, Any] = json.loads(told)
    return record


def wait_for_central_record(number: str, dsn: str, limit_s: float) -> dict[str, Any]:
    """Returns the record as soon as the central database has it."""
    until_s = time.monotonic() + limit_s
    while (record := central_record(number, dsn)) is None:
        if time.monotonic() > until_s:
            raise StageFailure("centre", f"the record did not arrive within {limit_s:.0f} s")
        time.sleep(POLL_S)
    return record


def _toml(tables: Tables) -> str:
    """JSON's notation for strings and integers is valid TOML."""
    lines: list[str] = []
    for name, values in tables.items():
        lines.append(f"[{name}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"
