"""The monkey test of an operator: its steps, and the checks after each."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import RowMapping, Table, select

from console.training.stage import BUG, StageFailure
from sync.records.replicated_tables import call_record, message
from sync.store.local.keys import open_key
from sync.store.local.reading import RegisterReading
from tests.benchmarks.walked_callers import Caller
from tests.benchmarks.walked_centre import WalkedCentre
from tests.benchmarks.walked_forms import WalkedForms, is_kept
from tests.benchmarks.walked_lists import list_faults
from tests.benchmarks.walked_stage import WalkedStage
from tests.fakes.console_stage import ENGLISH_TITLE, OPERATOR_PASSWORD, TITLE

ANSWER_LIMIT_S = 8.0  # for a busy machine
REST_LIMIT_S = 12.0
SIGN_IN_LIMIT_S = 15.0
PHONE_LIMIT_S = 30.0
CENTRE_LIMIT_S = 90.0
FOCUS_LIMIT_S = 1.5
KEPT_WITHIN_S = 1.0
READ_WITHIN_S = 2.0
AGREES_WITHIN_S = 4.0
ESCAPES = 12
FIELDS = 14  # more than the sign-in page has
SHOWN = 3000  # letters of the failure text
WORK = ("JournalPage", "CallCard", "MessageForm")
Step = list[Any]
REST: Step = ["rest"]


class WalkFailure(Exception):
    """A failure as a user would report it."""


def end_processes(folder: Path, is_meant: Callable[[list[str]], bool]) -> None:
    """Ends matching processes of this folder: a click may have started the training mode."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # it has just ended
        if str(folder) in command and is_meant(command.split("\0")):
            os.kill(int(process.name), signal.SIGTERM)


class Walk:
    """One operator at one desk; every method raises WalkFailure on a fault."""

    def __init__(
        self,
        desk: WalkedStage,
        callers: list[Caller],
        centre: WalkedCentre | None,
    ) -> None:
        self.desk = desk
        self.callers = callers
        self.folder = folder = desk.folder
        self._centre = centre
        self.steps = 0
        self.last: list[Step] = []
        self.forms = WalkedForms(desk, self.fresh)
        self.longest_ms = 0.0
        self.most_ran_ms = 0.0  # the longest uninterrupted run of the GUI thread
        self._told = folder / "told.json"
        self._since_start_s = time.monotonic()
        self._known: set[str] = set()
        self._in_doubt: dict[str, float] = {}
        self._log = (folder / "steps.jsonl").open("w", encoding="utf-8", buffering=1)

    # --- one step ---

    def take(self, step: Step) -> None:
        self._log.write(json.dumps(step, ensure_ascii=False) + "\n")
        self.steps += 1
        self.last = [*self.last[-7:], step]
        match step:
            case ["key", name]:
                self.desk._xdotool(["key", "--clearmodifiers", name])
            case ["burst", names]:
                self.desk._xdotool(["key", "--clearmodifiers", "--delay", "15", *names])
            case ["twice", name]:
                self.desk.press_twice_at_once(name)
            case ["type", text]:
                self.desk.type(text)
            case ["note", text]:
                self._note(text)
            case ["click", button, x, y]:
                self.desk._xdotool(["mousemove", str(x), str(y), "click", str(button)])
            case ["pause", seconds]:
                time.sleep(seconds)
            case [what, int(which)]:
                self._let_call(what, self.callers[which])
            case ["sign-in"]:
                self._sign_in()
            case ["rest"]:
                self.rest()
            case [what]:
                self._break(what)
        self._look()

    def _let_call(self, what: str, caller: Caller) -> None:
        match what:
            case "dial":
                caller.dial()
            case "caller-hang-up":
                caller.hang_up()
            case "caller-hold":
                caller.hold()
            case "caller-resume":
                caller.resume()

    def arrive(self) -> None:
        """Checks at the end that all records are in the central database."""
        if self._centre is not None:
            self._centre.be_there()
            self.desk.wait_until_waiting(0, CENTRE_LIMIT_S)

    def _break(self, what: str) -> None:
        """Stops the central database, console or phone process, and starts it or another one."""
        if what == "centre-turns":
            if self._centre is not None:
                self._centre.turn()
        elif what == "kill":
            self.desk.kill_console()
            left = self.forms.left()
            self._start_again()
            for fault in self.forms.lost(left):
                raise WalkFailure(fault)
        else:
            os.kill(self.desk.phone_pid, signal.SIGKILL)
            self._since_start_s = time.monotonic()
            self.desk.wait_for("phone_connected", PHONE_LIMIT_S)
            self.desk.adopt_phone()

    def shown(self) -> dict[str, Any]:
        """Returns the last report of the window."""
        try:
            told: dict[str, Any] = json.loads(self._told.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"beat": -1}
        return told

    def fresh(self) -> dict[str, Any]:
        """Returns the view state after all actions; WalkFailure if the window does not respond."""
        before, until_s = self.shown()["beat"], time.monotonic() + ANSWER_LIMIT_S
        while (told := self.shown())["beat"] < before + 2:
            if not self.desk.console_runs:
                raise WalkFailure("the console ended")
            if time.monotonic() > until_s:
                os.kill(self.desk.console_pid, signal.SIGUSR1)
                time.sleep(1)
                raise WalkFailure(f"the window did not answer for {ANSWER_LIMIT_S:.0f} s")
            time.sleep(0.02)
        return told

    def _look(self) -> None:
        told = self.fresh()
        self.longest_ms = max(self.longest_ms, told["longest_ms"])
        self.most_ran_ms = max(self.most_ran_ms, told["most_ran_ms"])
        if not told.get("is_active", True):
            # the training mode is a separate window, with the keyboard focus
            end_processes(self.folder, lambda words: "--training" in words)
            self._take_keyboard(told.get("over", ""))
        if told.get("store_failed"):
            raise WalkFailure("the store is said to have failed")
        self._look_at_focus(told)
        for line in self._bugs():
            raise WalkFailure(line)
        for caller in self.callers:
            caller.take_in()
        if time.monotonic() - self._since_start_s < 3 * AGREES_WITHIN_S or "up" not in told:
            return
        heard = {call for caller in self.callers for call in caller.up()}
        for_long = {call for caller in self.callers for call in caller.up(AGREES_WITHIN_S)}
        now_s, shown = time.monotonic(), set(told["up"])
        one_sided = (for_long - shown) | (shown - heard)
        for call in one_sided:
            if any(call in caller.seen for caller in self.callers):
                since_s = self._in_doubt.setdefault(call, now_s)
                if now_s - since_s > AGREES_WITHIN_S:
                    where = "the caller" if call in heard else "the window"
                    raise WalkFailure(f"call {call} is up for {where} alone")
        for call in set(self._in_doubt) - one_sided:
            del self._in_doubt[call]

    def _look_at_focus(self, told: dict[str, Any]) -> None:
        """A visible widget of the window must have the focus."""
        until_s = time.monotonic() + FOCUS_LIMIT_S
        while told.get("page") == "DeskPage" and not told["is_seen"] and not told["over"]:
            if time.monotonic() > until_s:
                raise WalkFailure(f"no key arrives where it is seen: {told['focus']}")
            self._take_keyboard("")
            told = self.fresh()

    def _take_keyboard(self, over: str) -> None:
        """Gives the focus to the dialog over the window, or to the window, as a window manager
        would.
        """
        main: list[str] = []
        for title in (TITLE, ENGLISH_TITLE):
            main += self._windows(title)
        others = [window for window in self._windows(".") if window not in main]
        for window in reversed(others if over else main):
            with suppress(StageFailure):  # it has closed
                self.desk._xdotool(["windowfocus", "--sync", window])
            if self.fresh().get("is_active"):
                return

    def _windows(self, title: str) -> list[str]:
        try:
            return self.desk._xdotool(["search", "--onlyvisible", "--name", title]).split()
        except StageFailure:
            return []  # no window has such a title

    def _bugs(self) -> Iterator[str]:
        for log in sorted((self.desk.data_folder / "log").glob("*.log*")):
            for line in log.read_text(encoding="utf-8").splitlines():
                if BUG in line or "Traceback" in line:
                    yield line
        text = (self.folder / "console.err").read_text(encoding="utf-8", errors="replace")
        if "Traceback" in text:
            yield text[text.index("Traceback") :][:SHOWN]
        fault = self.desk.data_folder / "log" / "fault.log"
        if fault.exists() and fault.stat().st_size:
            yield fault.read_text(encoding="utf-8", errors="replace")[:SHOWN]

    def _note(self, text: str) -> None:
        """Text typed into a card or an unsent form must be stored a second later."""
        if self.fresh().get("over"):
            self.desk.press("Escape")  # a menu that receives the letters
        if not is_kept(before := self.fresh()):
            return
        self.desk.type(text)
        shown = self.fresh()
        if not is_kept(shown) or shown["focus"] != before["focus"]:
            return  # a call arrived in between, or the card was saved
        time.sleep(KEPT_WITHIN_S)
        until_s = time.monotonic() + READ_WITHIN_S
        while not any(text.strip() in written for written in self._written()):
            if time.monotonic() > until_s:
                raise WalkFailure(f"what was typed is not in the store: {text}")
            time.sleep(0.1)

    def _sign_in(self) -> None:
        self.desk.press("Escape")
        for _ in range(FIELDS):
            told = self.fresh()
            if told.get("page") != "SignInPage":
                return
            self.desk.press("Tab")
            if "LineField" in self.fresh().get("focus", ""):
                break
        else:
            raise WalkFailure("no field to sign in by Tab")
        if told.get("asks_login"):
            self.desk._xdotool(["key", "shift+Tab"])
            for _ in range(FIELDS):
                if "Логин" in self.fresh()["focus"] or "Login" in self.fresh()["focus"]:
                    break
                self.desk.press("Tab")
            self.desk.press("ctrl+a")
            self.desk.type(self.desk.place.login)
            self.desk.press("Tab")
        self.desk.press("ctrl+a")
        self.desk.type(OPERATOR_PASSWORD)
        self.desk.press("Return")
        until_s = time.monotonic() + SIGN_IN_LIMIT_S
        while self.fresh().get("page") == "SignInPage":
            if time.monotonic() > until_s:
                raise WalkFailure("nobody could sign in")
            time.sleep(0.2)

    def _start_again(self) -> None:
        self._told.unlink(missing_ok=True)
        self.desk.start_again()
        self._since_start_s = time.monotonic()
        self._in_doubt.clear()

    # --- a rest ---

    def rest(self) -> None:
        """All parties hang up and Esc returns to the list; then store, phone and callers must
        agree.
        """
        if self.fresh().get("page") == "SignInPage":
            self._sign_in()
        for caller in self.callers:
            caller.hang_up_all()
        self._escape()
        until_s = time.monotonic() + REST_LIMIT_S
        while True:
            faults = [
                *self._unfinished(),
                *self._missing(),
                *self.forms.faults(),
                *self._unlisted(),
            ]
            if not faults:
                return
            if time.monotonic() > until_s:
                raise WalkFailure("; ".join(faults))
            time.sleep(0.3)

    def _escape(self) -> None:
        for _ in range(ESCAPES):
            told = self.fresh()
            if not told.get("over") and told.get("middle") in WORK:
                return
            if not told.get("is_active"):
                self._take_keyboard(told.get("over", ""))
            self.desk.press("Escape")
        raise WalkFailure(f"Esc does not lead away from {told}")

    def _unfinished(self) -> Iterator[str]:
        told = self.fresh()
        for caller in self.callers:
            caller.take_in()
            for call, (state, _since) in caller.seen.items():
                if state != "closed":
                    yield f"call {call} is {state} for its caller"
        if told.get("up") or told.get("offered"):
            yield f"the window shows calls: {told['up']} {told['offered']}"
        if told.get("line") not in ("free", "wrap-up", None):
            yield f"the line is shown as {told['line']}"

    def _missing(self) -> Iterator[str]:
        rows = self.records()
        numbers = [row["number"] for row in rows]
        if not self._known <= set(numbers):
            yield f"records are gone: {self._known - set(numbers)}"
        self._known |= set(numbers)
        if len(numbers) != len(set(numbers)):
            yield "a registration number stands twice"
        by_call = {row["sip_call_id"]: row for row in rows}
        for caller in self.callers:
            for call in caller.rung:
                row = by_call.get(call)
                if row is None:
                    yield f"call {call} rang and has no record"
                elif row["ended_at"] is None:
                    yield f"record {row['number']} has no end"
                elif row["answered_at"] is None and row["state"] != "closed":
                    yield f"missed call {row['number']} has not registered itself"

    def _unlisted(self) -> Iterator[str]:
        """Yields differences between the window's lists and the store."""
        shown = self.fresh()
        with self.register() as register:
            yield from list_faults(shown["lists"], register)

    def _written(self) -> Iterator[str]:
        """Yields callers' words, the texts of messages, and the content of forms."""
        yield from (row["content"] for row in self.records())
        yield from (row["text"] for row in self.rows(message))
        yield from self.forms.texts()

    def records(self) -> list[RowMapping]:
        """Returns the call records of the store."""
        return self.rows(call_record)

    def rows(self, table: Table) -> list[RowMapping]:
        """Returns all rows of this table in the store."""
        with self.register() as reading:
            return reading.read(lambda c: list(c.execute(select(table)).mappings()))

    @contextmanager
    def register(self) -> Iterator[RegisterReading]:
        file = self.desk.register_file
        reading = RegisterReading.open_for_reading(file, open_key(file))
        try:
            yield reading
        finally:
            reading.close_reading()
