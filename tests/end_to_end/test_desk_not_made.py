"""A desk that cannot be made is told, in place of a page that says for ever that it starts."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.fakes.console_stage import RESOURCES, STEP_LIMIT_S, ConsoleStage
from tests.fakes.held_process import HeldProcess
from tests.fakes.rtp_peer import wait_until

LACKING = "directory/headings-ru.json"


class BrokenStage(ConsoleStage):
    """The program lacks a file that the desk is made of, as after half an update."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        resources = folder / "resources"
        shutil.copytree(RESOURCES, resources)
        (resources / LACKING).unlink()
        self.program = ("-m", "tests.fakes.console_with_resources", str(resources))
        self._log = self.data_folder / "log" / "console.log"

    def _wait_for_phone(self) -> None:
        """It is told no settings and takes no call, but it is there and has to be ended."""
        wait_until(self._has_phone, timeout_s=STEP_LIMIT_S)

    def _has_phone(self) -> bool:
        """The socket has its name a moment before anybody listens there."""
        try:
            self._phone = HeldProcess.behind(self.data_folder / "run" / "phone.sock")
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        return True

    def bugs(self) -> list[str]:
        lines = self._log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if "bug:" in line]

    def refuse_bugs(self) -> None:
        """The one that is looked for was written down."""
        (bug,) = self.bugs()
        assert "FileNotFoundError" in bug


def test_who_signs_in_is_told_and_may_close_the_program(folder: Path) -> None:
    with BrokenStage(folder) as desk:
        wait_until(lambda: bool(desk.bugs()), timeout_s=STEP_LIMIT_S)
        # The page with what is wrong has one button, and the keyboard is there.
        desk.press("space")
        assert desk.wait_for_end() == 0
