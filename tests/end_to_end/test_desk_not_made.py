"""A failure to build the desk is reported instead of an endless start page."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.fakes.console_stage import RESOURCES, STEP_LIMIT_S, ConsoleStage
from tests.fakes.held_process import HeldProcess
from tests.fakes.rtp_peer import wait_until

LACKING = "directory/headings-ru.json"


class BrokenStage(ConsoleStage):
    """The program lacks a file of the desk, as after an interrupted update."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        resources = folder / "resources"
        shutil.copytree(RESOURCES, resources)
        (resources / LACKING).unlink()
        self.program = ("-m", "tests.fakes.console_with_resources", str(resources))
        self._log = self.data_folder / "log" / "console.log"

    def _wait_for_phone(self) -> None:
        """The phone process has no settings and accepts no call, but it runs and must be ended."""
        wait_until(self._has_phone, timeout_s=STEP_LIMIT_S)

    def _has_phone(self) -> bool:
        """The socket exists slightly before its listener."""
        try:
            self._phone = HeldProcess.behind(self.data_folder / "run" / "phone.sock")
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        return True

    def bugs(self) -> list[str]:
        lines = self._log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if "unhandled exception:" in line]

    def refuse_bugs(self) -> None:
        """Expects exactly the bug under test."""
        (bug,) = self.bugs()
        assert "FileNotFoundError" in bug


def test_who_signs_in_is_told_and_may_close_the_program(folder: Path) -> None:
    with BrokenStage(folder) as desk:
        wait_until(lambda: bool(desk.bugs()), timeout_s=STEP_LIMIT_S)
        # The error page has one button, which has the focus.
        desk.press("space")
        assert desk.wait_for_end() == 0
