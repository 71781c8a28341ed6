"""Which test files run beside each other, for pytest-xdist."""

from __future__ import annotations

from collections.abc import Callable

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

# Real sound, and peers with timers of their own: two such files at once would wait for a core.
TIMED = ("tests/integration/telephony/",)
# Many files that take little each come last: so the processes end at about the same time.
LITTLE = ("tests/unit/",)
FIRST = "gw0"


def is_timed(path: str) -> bool:
    """Whether no other such file may run beside this one; the path is from the root."""
    return path.startswith(TIMED)


class SideBySide(LoadFileScheduling):  # type: ignore[misc]  # xdist is published without types
    """Whole files to processes: the timed ones to the first, one after another; then it helps."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        chosen = self._next_for(node)
        if chosen is not None:
            self.workqueue.move_to_end(chosen, last=False)
            super()._assign_work_unit(node)

    def _reschedule(self, node: WorkerController) -> None:
        if self._next_for(node) is None:
            node.shutdown()  # once it has done what it was given
        else:
            super()._reschedule(node)

    def _next_for(self, node: WorkerController) -> str | None:
        def first(is_meant: Callable[[str], bool]) -> str | None:
            return next(filter(is_meant, self.workqueue), None)

        timed = first(is_timed) if node.gateway.id == FIRST else None
        return (
            timed
            or first(lambda path: not path.startswith((*TIMED, *LITTLE)))
            or first(lambda path: path.startswith(LITTLE))
        )
