"""The training call: choosing a lesson, and what the training caller is doing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from console import words
from console.presenters.status import StatusPresenter
from console.training.lessons import Lesson


@dataclass(frozen=True, slots=True)
class TrainingState:
    """All that the page of lessons shows."""

    lessons: tuple[Lesson, ...] = ()
    running: Lesson | None = None
    problem: str = ""


class TrainingPresenter(QObject):
    """Starts the training caller, a second phone in a process of its own."""

    changed = Signal(object)  # TrainingState
    offered = Signal()
    started = Signal()

    def __init__(
        self,
        lessons: tuple[Lesson, ...],
        status: StatusPresenter,
        python: Path,
        folder: Path,
        parent: QObject | None = None,
        *,
        takes_calls: Callable[[], bool] = lambda: True,
    ) -> None:
        """``takes_calls`` tells whether the telephone rings now; a training call is a call."""
        super().__init__(parent)
        self._status = status
        self._takes_calls = takes_calls
        self._python = python
        self._folder = folder
        self._process: QProcess | None = None
        self._state = TrainingState(lessons=lessons)

    @property
    def state(self) -> TrainingState:
        return self._state

    def offer(self) -> None:
        """Show the lessons; nothing rings before one is chosen."""
        self._show(replace(self._state, problem=""))
        self.offered.emit()

    def begin(self, key: str) -> None:
        """Let the training caller of a lesson call this workplace over real SIP."""
        lesson = next(lesson for lesson in self._state.lessons if lesson.key == key)
        address = self._status.health.local_address
        if not address:
            self._show(replace(self._state, problem=words.status.training_without_phone()))
            return
        if not self._takes_calls():
            self._show(replace(self._state, problem=words.status.training_not_ready()))
            return
        if self._process is not None:
            self._show(replace(self._state, problem=words.status.training_is_on()))
            return
        process = QProcess(self)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.start(
            str(self._python),
            [
                "-m",
                "console.training",
                "call",
                "--lesson",
                lesson.key,
                "--to",
                address,
                "--record",
                str(self._folder / lesson.key),
            ],
        )
        self._process = process
        self._show(replace(self._state, running=lesson, problem=""))
        self.started.emit()

    def stop(self, deadline_ms: int = 2000) -> None:
        """End a training call that is still on, at the end of the program."""
        if self._process is not None:
            process, self._process = self._process, None
            process.finished.disconnect(self._finished)
            process.terminate()
            if not process.waitForFinished(deadline_ms):
                process.kill()
                process.waitForFinished(deadline_ms)

    def _finished(self, _code: int, _status: QProcess.ExitStatus) -> None:
        self._process = None
        self._show(replace(self._state, running=None))

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._process = None
            self._show(
                replace(self._state, running=None, problem=words.status.training_without_phone())
            )

    def _show(self, state: TrainingState) -> None:
        self._state = state
        self.changed.emit(state)
