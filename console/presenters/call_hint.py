"""What the caller's words ask for before all else: 112, or the body that decides the matter."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable
from sync.register.calls import CallState
from sync.register.checks.finding import Finding, FindingKind

LOOK_MS = 300  # behind the first new key, however long the typing goes on


class TextChecks(Protocol):
    """What is asked of the reader of texts."""

    def check(self, text: str) -> Future[tuple[Finding, ...]]: ...


@dataclass(frozen=True, slots=True)
class CallHint:
    """Head and body of what is shown; ``is_danger`` where it is 112."""

    head: str = ""
    body: str = ""
    is_danger: bool = False


class CallHintPresenter(QObject):
    """Reads what is typed into the card on the thread of texts; belongs to the GUI thread."""

    changed = Signal(object)  # CallHint

    def __init__(
        self,
        desk: DeskPresenter,
        reader: TextChecks,
        deliveries: Deliveries,
        milestones: Milestones,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._deliveries = deliveries
        self._milestones = milestones
        self._asked: tuple[UUID, str] | None = None
        self._now: tuple[UUID, str] | None = None
        self._is_reading = False
        self._state = CallHint()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(LOOK_MS)
        self._wait.timeout.connect(self._look)
        desk.changed.connect(self._follow)

    @property
    def state(self) -> CallHint:
        return self._state

    def _follow(self, desk: DeskState) -> None:
        card = desk.card
        if card is None or card.state is not CallState.DRAFT or not card.content.strip():
            self._now = self._asked = None
            self._wait.stop()
            self._tell(CallHint())
            return
        if self._now is not None and self._now[0] != card.id:
            self._tell(CallHint())
        self._now = (card.id, card.content)
        if self._now != self._asked and not self._wait.isActive():
            self._wait.start()

    def _look(self) -> None:
        asked = self._now
        if asked is None or self._is_reading:
            return  # one text at a time: a reader that is busy is not to have hundreds waiting
        self._asked, self._is_reading = asked, True
        self._deliveries.deliver(
            self._reader.check(asked[1]),
            lambda found: self._took(asked, found),
            lambda _error: self._read_on(),  # a hint that cannot be given is none; the form tells
            (DirectoryError, OfficialsUnreadable),
        )

    def _took(self, asked: tuple[UUID, str], found: tuple[Finding, ...]) -> None:
        if self._now is not None and self._now[0] == asked[0]:
            self._tell(_hint(found))
        self._read_on()

    def _read_on(self) -> None:
        """The reader is done: what was typed meanwhile is read next, after the usual pause."""
        self._is_reading = False
        if self._now != self._asked and not self._wait.isActive():
            self._wait.start()

    def _tell(self, hint: CallHint) -> None:
        if hint == self._state:
            return
        self._state = hint
        if hint.head:
            kind = "danger" if hint.is_danger else "other_body"
            self._milestones.note(Milestone.CALL_HINT, kind=kind)
        self.changed.emit(hint)


def _hint(found: tuple[Finding, ...]) -> CallHint:
    """The gravest of what was found: a danger comes before whose matter it is."""
    danger = next((each for each in found if each.kind is FindingKind.EMERGENCY), None)
    if danger is not None:
        return CallHint(*words.checks.emergency(danger), is_danger=True)
    federal = next((each for each in found if each.kind is FindingKind.FEDERAL), None)
    return CallHint() if federal is None else CallHint(*words.checks.not_ours(federal))
