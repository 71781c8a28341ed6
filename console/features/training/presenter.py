"""Presenters of the training calls, and of the offer of the training mode in the console.

GUI thread only. The training caller is a second phone in a separate process; it calls over SIP.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QProcess, Signal

from console.core.deliveries import Deliveries
from console.core.view_data import Notice
from console.features.training import words as training_words
from console.features.training.lessons import (
    Lesson,
    Result,
    Standing,
    keep_result,
    read_results,
    standings,
)
from console.features.training.score import ScoreShown, TitleOf, TrainingState, score_shown
from console.shared.session.live_calls import CardSaved
from console.shared.workplace import status_words
from console.shared.workplace.status import StatusPresenter
from kb.errors import DirectoryError
from sync.errors import StoreError
from sync.register.calls.calls import CallRecord
from sync.register.training import Work, points, score

_UNREAD = (StoreError, DirectoryError, OSError, TimeoutError)


class WorkPort(Protocol):
    """Reads the records made in a training call; called on a reader thread."""

    def read(self, call: CallRecord) -> Work: ...


@dataclass(frozen=True, slots=True)
class TrainingPlace:
    """Paths of the Python interpreter and of the results file of the training mode."""

    python: Path
    results: Path


class TrainingPresenter(QObject):
    """Starts the training caller, a second phone in a separate process, and scores the record."""

    changed = Signal(object)  # TrainingState
    offered = Signal()
    started = Signal()

    def __init__(
        self,
        lessons: tuple[Lesson, ...],
        status: StatusPresenter,
        work: WorkPort,
        title_of: TitleOf,
        place: TrainingPlace,
        readers: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
        *,
        takes_calls: Callable[[], bool] = lambda: True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``takes_calls`` returns whether the operator accepts calls at present; without that no
        training call starts. ``title_of`` is called on a reader thread.
        """
        super().__init__(parent)
        self._status = status
        self._work = work
        self._title_of = title_of
        self._place = place
        self._readers = readers
        self._deliveries = deliveries
        self._takes_calls = takes_calls
        self._clock = clock
        self._process: QProcess | None = None
        self._begun = ""  # key of the last lesson started
        self._is_saved = False  # its record is saved, so its call has ended
        self._wanted = ""  # starts after the current caller hangs up
        self._missed: dict[UUID, tuple[Lesson, CallRecord]] = {}  # missed calls not handled yet
        self._state = TrainingState(lessons=lessons)

    @property
    def state(self) -> TrainingState:
        return self._state

    def read_results(self) -> None:
        """Loads the results of previous sessions."""
        self._deliveries.deliver(
            self._readers.submit(lambda: standings(read_results(self._place.results))),
            self._show_standings,
            self._not_read,
            expected=_UNREAD,
        )

    def offer(self) -> None:
        """Shows the lessons; a call starts only after a selection."""
        self._show(replace(self._state, problem="", score=None))
        self.offered.emit()

    def begin(self, key: str) -> None:
        """Starts the training caller of a lesson, which calls this workplace over SIP."""
        lesson = self._lesson(key)
        address = self._status.health.local_address
        if not address:
            self._show(replace(self._state, problem=status_words.training_without_phone()))
            return
        if not self._takes_calls():
            self._show(replace(self._state, problem=status_words.training_not_ready()))
            return
        if self._process is not None and self._is_saved:
            self._wanted = key
            return
        if self._process is not None:
            self._show(replace(self._state, problem=status_words.training_is_on()))
            return
        if lesson.after and lesson.after not in self._state.standings:
            before = self._lesson(lesson.after).title
            self._show(replace(self._state, problem=training_words.first_play(before)))
            return
        self._start(lesson, address)
        self._begun, self._is_saved = lesson.key, False
        self._show(replace(self._state, running=lesson, problem="", score=None))
        self.started.emit()

    def _start(self, lesson: Lesson, address: str) -> None:
        process = QProcess(self)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.start(
            str(self._place.python),
            ["-m", "console.training", "call", "--lesson", lesson.key, "--to", address,
             "--into-the-register"],
        )  # fmt: skip
        self._process = process

    def stop(self, deadline_ms: int = 2000) -> None:
        """Ends a running training call at program exit. Blocks for up to twice the deadline."""
        if self._process is not None:
            process, self._process = self._process, None
            process.finished.disconnect(self._finished)
            process.terminate()
            if not process.waitForFinished(deadline_ms):
                process.kill()
                process.waitForFinished(deadline_ms)

    # --- scoring ---

    def receive_saved(self, saved: CardSaved) -> None:
        """Scores a saved record of a training call. A missed call is scored once it is handled."""
        lesson = self._lesson_of(saved.card)
        if lesson is None:
            return
        self._is_saved = self._is_saved or lesson.key == self._begun
        if lesson.expected.dealt_with and saved.by_itself:
            self._missed[saved.card.id] = (lesson, saved.card)
            return
        self._read_work(lesson, saved.card)

    def look_at_missed(self, _shown: object = None) -> None:
        """Scores missed calls that have been handled; called after a change of the lists."""
        for lesson, card in tuple(self._missed.values()):
            self._read_work(lesson, card)

    def _read_work(self, lesson: Lesson, card: CallRecord) -> None:
        def read() -> tuple[Work, ScoreShown, Result]:
            work = self._work.read(card)
            items = score(lesson.expected, work)
            earned, most = points(items)
            shown = score_shown(lesson, str(card.number), items, self._title_of)
            return work, shown, Result(lesson.key, self._clock().isoformat(), earned, most)

        self._deliveries.deliver(
            self._readers.submit(read),
            lambda told: self._scored(card, *told),
            self._not_read,
            expected=_UNREAD,
        )

    def _scored(self, card: CallRecord, work: Work, shown: ScoreShown, result: Result) -> None:
        if card.id in self._missed:
            if not work.is_dealt_with:
                return
            del self._missed[card.id]

        def keep() -> dict[str, Standing]:
            keep_result(self._place.results, result)
            return standings(read_results(self._place.results))

        self._deliveries.deliver(
            self._readers.submit(keep), self._show_standings, self._not_read, expected=_UNREAD
        )
        self._show(replace(self._state, score=shown, problem=""))
        self.offered.emit()

    def _lesson_of(self, card: CallRecord) -> Lesson | None:
        """Returns the lesson started last if its number called, otherwise the first lesson with
        this number.
        """
        if card.direction != "incoming":
            return None
        of_number = [
            lesson
            for lesson in self._state.lessons
            if lesson.caller_number == card.caller_number_raw
        ]
        begun = [lesson for lesson in of_number if lesson.key == self._begun]
        return next(iter(begun or of_number), None)

    def _lesson(self, key: str) -> Lesson:
        return next(lesson for lesson in self._state.lessons if lesson.key == key)

    def _show_standings(self, found: dict[str, Standing]) -> None:
        self._show(replace(self._state, standings=found))

    def _not_read(self, _error: Exception) -> None:
        self._show(replace(self._state, problem=training_words.score_unread()))

    # --- training caller ---

    def _finished(self, _code: int, _status: QProcess.ExitStatus) -> None:
        self._process = None
        self._show(replace(self._state, running=None))
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.begin(wanted)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._process = None
            self._show(
                replace(self._state, running=None, problem=status_words.training_without_phone())
            )

    def _show(self, state: TrainingState) -> None:
        self._state = state
        self.changed.emit(state)


@dataclass(frozen=True, slots=True)
class OfferState:
    """View state of the page that offers the training mode."""

    problem: str = ""


class TrainingOffer(QObject):
    """Presenter of the page that offers the training mode. Training calls never reach this console
    or its register.
    """

    changed = Signal(object)  # OfferState
    offered = Signal()
    started = Signal()
    told = Signal(object)  # Notice

    def __init__(self, start: Callable[[], bool], parent: QObject | None = None) -> None:
        """``start`` starts the training mode and returns whether it succeeded."""
        super().__init__(parent)
        self._start = start
        self._state = OfferState()

    @property
    def state(self) -> OfferState:
        return self._state

    def offer(self) -> None:
        """Shows the description of the training mode without starting it."""
        self._show(OfferState())
        self.offered.emit()

    def begin(self) -> None:
        """Starts the training mode in a separate window."""
        if not self._start():
            self._show(OfferState(training_words.not_started()))
            return
        self._show(OfferState())
        self.told.emit(Notice(*training_words.opens_beside()))
        self.started.emit()

    def _show(self, state: OfferState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)
