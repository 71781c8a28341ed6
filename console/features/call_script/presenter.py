"""Presenters of the call script, and of hints on emergencies and matters of other authorities.

GUI thread only. Completed script steps are saved with the card.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.services import Writes
from console.core.view_data import Notice
from console.features.call_script import words as call_script_words
from console.shared.session.caller import CallerKnown
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState
from console.shared.texts import finding_words
from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable, StoreError
from sync.register.calls.calls import CallRecord, CallState
from sync.register.calls.scripts import (
    CallFacts,
    Course,
    MarkedNumbers,
    Script,
    Step,
    TickedStep,
    Way,
    caller_kind,
    course,
    fitting_script,
    last_ticked,
)
from sync.register.checks.finding import Finding, FindingKind
from sync.register.people.operators import Operator

LOOK_MS = 300  # after the first keystroke; more typing does not delay it


class TextChecks(Protocol):
    """Analyser of a text; the check runs on another thread."""

    def check(self, text: str) -> Future[tuple[Finding, ...]]: ...


@dataclass(frozen=True, slots=True)
class CallHint:
    """Hint on the content of the active card; ``is_danger`` for an emergency (112)."""

    head: str = ""
    body: str = ""
    is_danger: bool = False


class CallHintPresenter(QObject):
    """Presenter of the hint on the active card, whose content it checks during typing.

    GUI thread only; the check runs on the text thread.
    """

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
            return  # one check at a time, to avoid a growing queue
        self._asked, self._is_reading = asked, True
        self._deliveries.deliver(
            self._reader.check(asked[1]),
            lambda found: self._took(asked, found),
            lambda _error: self._read_on(),  # no hint on failure; the message form reports it
            (DirectoryError, OfficialsUnreadable),
        )

    def _took(self, asked: tuple[UUID, str], found: tuple[Finding, ...]) -> None:
        if self._now is not None and self._now[0] == asked[0]:
            self._tell(_hint(found))
        self._read_on()

    def _read_on(self) -> None:
        """Schedules the next check if the content has changed during the last one."""
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
    """Returns the most important hint.

    An emergency has priority over a matter of another authority.
    """
    danger = next((each for each in found if each.kind is FindingKind.EMERGENCY), None)
    if danger is not None:
        return CallHint(*finding_words.emergency(danger), is_danger=True)
    federal = next((each for each in found if each.kind is FindingKind.FEDERAL), None)
    return CallHint() if federal is None else CallHint(*finding_words.not_ours(federal))


class StepsPort(Protocol):
    """Store of completed script steps; ``of`` is called on a reader thread."""

    def of(self, call_id: UUID) -> tuple[TickedStep, ...]: ...

    def keep(self, call_id: UUID, ticked: TickedStep, by: Operator) -> Future[None]: ...

    def drop(self, call_id: UUID, step: str) -> Future[None]: ...


@dataclass(frozen=True, slots=True)
class ScriptRow:
    """View state of a script step.

    ``aloud`` is the text to say, with its duration in seconds. ``way`` is the result: done, yes or
    no.
    """

    key: str
    text: str
    aloud: str
    way: Way | None
    is_current: bool
    is_question: bool
    is_danger: bool


@dataclass(frozen=True, slots=True)
class ScriptState:
    """View state of the script; without a ``title`` there is no script.

    ``danger`` is title and text of the banner for an emergency. ``trouble`` describes errors in the
    script files; it is shown between calls.
    """

    title: str = ""
    progress: str = ""
    rows: tuple[ScriptRow, ...] = ()
    may_go_back: bool = False
    danger: tuple[str, str] | None = None
    trouble: tuple[str, str] | None = None

    @property
    def current(self) -> ScriptRow | None:
        """The next step to complete; None if there is none."""
        return next((row for row in self.rows if row.is_current), None)


class ScriptPresenter(QObject):
    """Presenter of the active card's script; saves completed steps. GUI thread only."""

    changed = Signal(object)  # ScriptState
    told = Signal(object)  # Notice

    def __init__(
        self,
        desk: DeskPresenter,
        steps: StepsPort,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._steps = steps
        self._readers = readers
        self._deliveries = deliveries
        self._milestones = milestones
        self._clock = clock
        self._writes = Writes(deliveries, self)
        self._writes.refused.connect(self._not_kept)
        self._scripts: tuple[Script, ...] = ()
        self._marked = MarkedNumbers()
        self._trouble: tuple[str, str] | None = None
        self._known: CallerKnown | None = None
        self._card: CallRecord | None = None
        self._script: Script | None = None
        self._ticked: dict[str, TickedStep] = {}
        self._dropped: set[str] = set()  # since the stored steps were requested
        self._state = ScriptState()
        desk.changed.connect(self._desk_changed)

    @property
    def state(self) -> ScriptState:
        return self._state

    def use(
        self,
        scripts: tuple[Script, ...],
        marked: MarkedNumbers,
        trouble: tuple[str, str] | None = None,
    ) -> None:
        """Sets the city's scripts, the tagged phone numbers, and the errors of ignored files."""
        self._scripts, self._marked, self._trouble = scripts, marked, trouble
        self._choose()

    def caller_known(self, known: CallerKnown) -> None:
        """Selects the script again with the caller's history."""
        self._known = known
        self._choose()

    # --- actions of the operator ---

    def go_on(self) -> None:
        """Marks the next step as done, or answers its question with yes."""
        shown = self._course()
        if shown is not None and shown.current is not None:
            self._tick(shown.current, Way.YES if shown.current.is_question else Way.DONE)

    def say_no(self) -> None:
        """Answers the question of the next step with no."""
        shown = self._course()
        if shown is not None and shown.current is not None and shown.current.is_question:
            self._tick(shown.current, Way.NO)

    def go_back(self) -> None:
        """Reopens the last completed step."""
        shown = self._course()
        if shown is None:
            return
        last = last_ticked(shown, {key: each.at for key, each in self._ticked.items()})
        if last is not None:
            self._drop(last)

    def press(self, key: str) -> None:
        """Toggles a step between done and open; a question cycles through yes, no and open."""
        shown = self._course()
        found = (
            next((each for each in shown.steps if each.step.key == key), None) if shown else None
        )
        if found is None:
            return
        match found.way:
            case None:
                self._tick(found.step, Way.YES if found.step.is_question else Way.DONE)
            case Way.YES:
                self._tick(found.step, Way.NO)
            case _:
                self._drop(key)

    def _tick(self, step: Step, way: Way) -> None:
        card, script = self._card, self._script
        if card is None or script is None:
            return
        ticked = TickedStep(script.key, step.key, step.text, way, self._clock())
        self._ticked[step.key] = ticked
        self._dropped.discard(step.key)
        self._write(card.id, step.key)
        self._show()

    def _drop(self, key: str) -> None:
        if self._card is not None and self._ticked.pop(key, None) is not None:
            self._dropped.add(key)
            self._write(self._card.id, key)
            self._show()

    def _write(self, card_id: UUID, key: str) -> None:
        """Saves whether the step is completed; retries after a failed write."""
        ticked = self._ticked.get(key)

        def again() -> None:
            # If another card is active, its step cannot have changed since the failed write.
            if self._card is not None and self._card.id == card_id:
                self._write(card_id, key)
            else:
                send()

        def send() -> None:
            written = (
                self._steps.drop(card_id, key)
                if ticked is None
                else self._steps.keep(card_id, ticked, self._desk.operator)
            )
            self._writes.follow(
                f"{card_id} {key}",
                written,
                lambda _none: self._milestones.note(
                    Milestone.SCRIPT_STEP, script_step=key, way="" if ticked is None else ticked.way
                ),
                again=again,
            )

        send()

    def _not_kept(self, _code: str) -> None:
        self.told.emit(Notice(*call_script_words.not_kept(), problem=True))

    # --- view state ---

    def _desk_changed(self, state: DeskState) -> None:
        card, before = state.card, self._card
        if card is not None and card.direction != "incoming":
            card = None
        self._card = card
        if _matter(card) == _matter(before):
            return
        if card is not None and (before is None or before.id != card.id):
            self._ticked, self._dropped = {}, set()
            self._deliveries.deliver(
                self._readers.submit(self._steps.of, card.id),
                lambda ticks: self._read(card.id, ticks),
                lambda _error: None,  # the status area reports a read error
                expected=(StoreError,),
            )
        self._choose()

    def _read(self, card_id: UUID, ticks: tuple[TickedStep, ...]) -> None:
        """Adds the stored steps of the card; steps changed since the request have priority."""
        if self._card is None or self._card.id != card_id:
            return
        kept = {each.step: each for each in ticks if each.step not in self._dropped}
        self._ticked = {**kept, **self._ticked}
        self._show()

    def _choose(self) -> None:
        card = self._card
        self._script = None if card is None else fitting_script(self._scripts, self._facts(card))
        self._show()

    def _facts(self, card: CallRecord) -> CallFacts:
        known = self._known
        is_known = known is not None and known.card_id == card.id and bool(known.line)
        phone = card.phone if isinstance(card.phone, str) else None
        return CallFacts(
            card.dialled_line,
            card.topic,
            card.category,
            caller_kind(phone, is_known=is_known, marked=self._marked),
        )

    def _course(self) -> Course | None:
        if self._script is None:
            return None
        return course(self._script, {key: each.way for key, each in self._ticked.items()})

    def _show(self) -> None:
        shown, script = self._course(), self._script
        state = ScriptState(trouble=self._trouble if self._card is None else None)
        if shown is not None and script is not None:
            rows = tuple(
                ScriptRow(
                    each.step.key,
                    each.step.text,
                    _aloud(each.step),
                    each.way,
                    each.is_current,
                    each.step.is_question,
                    each.step.is_danger,
                )
                for each in shown.steps
            )
            state = ScriptState(
                title=script.title,
                progress=call_script_words.progress(shown.done, len(rows)),
                rows=rows,
                may_go_back=shown.done > 0,
            )
            if shown.danger is not None:
                head = call_script_words.danger_head()
                state = replace(state, danger=(head, shown.danger.say or shown.danger.text))
        if state != self._state:
            self._state = state
            self.changed.emit(state)


def _matter(card: CallRecord | None) -> tuple[object, ...]:
    """Returns the values of the card that determine its script."""
    if card is None:
        return ()
    return card.id, card.dialled_line, card.topic, card.category, card.phone


def _aloud(step: Step) -> str:
    if not step.say:
        return ""
    return call_script_words.aloud(step.say, formats.speaking_seconds(step.say))
