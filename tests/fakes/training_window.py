"""The training mode that a console has opened in a separate window and process."""

from __future__ import annotations

import json
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from console.training.stage import START_LIMIT_S, StageFailure
from tests.fakes.console_stage import POLL_S, SIGN_IN_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.held_process import HeldProcess

TITLE = "Учебный режим"


class TrainingWindow(ConsoleStage):
    """``with TrainingWindow(desk) as training``, after the desk was commanded to open it.

    It has the keyboard of the desk's display until ``give_back``; ended by its pids.
    """

    def __init__(self, desk: ConsoleStage) -> None:
        super().__init__(desk.folder, first_start=True)  # the window creates its own data
        self._display = desk.display
        self._data = desk.data_folder / "training"
        self._register = self._data / "register.db"
        self._window: HeldProcess | None = None
        self._pid = 0
        self._desk = desk
        self._scored = 0

    def __enter__(self) -> Self:
        try:
            self._focus_window(TITLE)
            self._pid = _owner_of(self._data / "run" / "console.lock")
            self._window = HeldProcess(self._pid)
            self.wait_for("started", SIGN_IN_LIMIT_S)
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

    def close(self) -> None:
        """Ends the window as a user would; the display belongs to the desk."""
        if self._window is not None:
            window, self._window = self._window, None
            window.end()
        self._desk.take_keyboard()

    def wait_for_score(self) -> dict[str, Any]:
        """Returns the next result, which the window writes when it has scored a record."""
        file = self._data / "results.jsonl"
        until_s = time.monotonic() + STEP_LIMIT_S
        while time.monotonic() < until_s:
            lines = file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []
            if len(lines) > self._scored:
                self._scored += 1
                told: dict[str, Any] = json.loads(lines[self._scored - 1])
                return told
            time.sleep(POLL_S)
        raise StageFailure("score", "the record was not scored")

    @property
    def console_pid(self) -> int:
        return self._pid

    def _has_ended(self) -> bool:
        return self._window is None or not self._window.runs


def _owner_of(lock: Path) -> int:
    """Returns the process that holds the instance lock, by its lock file."""
    until_s = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until_s:
        if lock.exists() and (text := lock.read_text(encoding="utf-8")):
            return int(text.split("\n")[0])
        time.sleep(0.05)
    raise StageFailure("training", "nobody has its folder")
