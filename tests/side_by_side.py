"""Distribution of test files to parallel processes, for pytest-xdist."""

from __future__ import annotations

from collections.abc import Collection

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

# Real audio, and peers with timers: two such files in parallel would compete for a core.
TIMED = "tests/integration/telephony/"
# What comes first runs beside the timed ones, so it is what waits most and computes least. Many
# files that take little each come last: so the processes end at about the same time.
TURNS = (TIMED, "tests/integration/", "tests/end_to_end/", "tests/unit/")
FIRST = "gw0"
# These tests mostly wait: for a ring, an answer, a pause in typing, another process.
WAITING = ("tests/integration/", "tests/end_to_end/")
MANY_FILES = 25


def is_timed(path: str) -> bool:
    """Whether this file, given relative to the root, must not run in parallel with another timed
    file.
    """
    return path.startswith(TIMED)


def processes_for(paths: Collection[str], cores: int) -> int:
    """How many processes take these files; none for a few, which take less time than its start.

    One for each core, and one more where many wait, so that no core stands idle meanwhile.
    """
    if sum(not is_timed(path) for path in paths) < MANY_FILES:
        return 0
    return cores + 1 if sum(path.startswith(WAITING) for path in paths) >= MANY_FILES else cores


class SideBySide(LoadFileScheduling):  # type: ignore[misc]  # xdist is published without types
    """Whole files to processes: the timed ones to the first, one after another; then it helps."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        chosen = self._next_for(node)
        if chosen is not None:
            self.workqueue.move_to_end(chosen, last=False)
            super()._assign_work_unit(node)

    def _reschedule(self, node: WorkerController) -> None:
        if self._next_for(node) is None:
            node.shutdown()  # after its assigned work
        else:
            super()._reschedule(node)

    def _next_for(self, node: WorkerController) -> str | None:
        is_first = node.gateway.id == FIRST
        allowed = [path for path in self.workqueue if is_first or not is_timed(path)]
        return min(allowed, key=_turn, default=None)


def _turn(path: str) -> int:
    return next((turn for turn, folder in enumerate(TURNS) if path.startswith(folder)), len(TURNS))
