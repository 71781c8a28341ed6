"""The script of the call in front: its steps, what is done of them, and whether 112 comes first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.caller_history import CallerKnown
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from console.presenters.notices import Notice
from console.presenters.writes import Writes
from sync.errors import StoreError
from sync.register.calls import CallRecord
from sync.register.operators import Operator
from sync.register.scripts.choice import CallFacts, MarkedNumbers, caller_kind, fitting_script
from sync.register.scripts.course import Course, TickedStep, course, last_ticked
from sync.register.scripts.script import Script, Step, Way


class StepsPort(Protocol):
    """Where ticks are kept; ``of`` is called on a reader thread."""

    def of(self, call_id: UUID) -> tuple[TickedStep, ...]: ...

    def keep(self, call_id: UUID, ticked: TickedStep, by: Operator) -> Future[None]: ...

    def drop(self, call_id: UUID, step: str) -> Future[None]: ...


@dataclass(frozen=True, slots=True)
class ScriptRow:
    """A step as it is shown; ``aloud`` is what to say, with its seconds."""

    key: str
    text: str
    aloud: str
    way: Way | None
    is_current: bool
    is_question: bool
    is_danger: bool


@dataclass(frozen=True, slots=True)
class ScriptState:
    """All that is shown of the script; without a title there is none.

    ``danger`` is head and sentence of the banner; ``trouble`` says between calls what is wrong
    with the files.
    """

    title: str = ""
    progress: str = ""
    rows: tuple[ScriptRow, ...] = ()
    may_go_back: bool = False
    danger: tuple[str, str] | None = None
    trouble: tuple[str, str] | None = None

    @property
    def current(self) -> ScriptRow | None:
        """The step that comes next."""
        return next((row for row in self.rows if row.is_current), None)


class ScriptPresenter(QObject):
    """Follows the card in front; ticks are on the disk with it. Belongs to the GUI thread."""

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
        self._dropped: set[str] = set()  # since the ticks of this card were asked for
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
        """These are the city's scripts, the numbers it has marked, and what is left out and why."""
        self._scripts, self._marked, self._trouble = scripts, marked, trouble
        self._choose()

    def caller_known(self, known: CallerKnown) -> None:
        """Something is known of the caller of a card, or nothing is."""
        self._known = known
        self._choose()

    # --- what the operator does ---

    def go_on(self) -> None:
        """The step that comes next is done, or its question answered with yes."""
        shown = self._course()
        if shown is not None and shown.current is not None:
            self._tick(shown.current, Way.YES if shown.current.is_question else Way.DONE)

    def say_no(self) -> None:
        """The question that comes next is answered with no."""
        shown = self._course()
        if shown is not None and shown.current is not None and shown.current.is_question:
            self._tick(shown.current, Way.NO)

    def go_back(self) -> None:
        """Take the last tick back."""
        shown = self._course()
        if shown is None:
            return
        last = last_ticked(shown, {key: each.at for key, each in self._ticked.items()})
        if last is not None:
            self._drop(last)

    def press(self, key: str) -> None:
        """A step's box was pressed: done or not; of a question yes, no, and open again."""
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
        """Bring the tick to the disk as it stands now; repeated where the disk refuses."""
        ticked = self._ticked.get(key)

        def again() -> None:
            # Only the card in front can have changed since.
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
        self.told.emit(Notice(*words.scripts.not_kept(), problem=True))

    # --- what is shown ---

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
                lambda _error: None,  # the desk tells of a store that cannot be read
                expected=(StoreError,),
            )
        self._choose()

    def _read(self, card_id: UUID, ticks: tuple[TickedStep, ...]) -> None:
        """What was ticked before this card came to the front; what was ticked since goes first."""
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
                progress=words.scripts.progress(shown.done, len(rows)),
                rows=rows,
                may_go_back=shown.done > 0,
            )
            if shown.danger is not None:
                head = words.scripts.danger_head()
                state = replace(state, danger=(head, shown.danger.say or shown.danger.text))
        if state != self._state:
            self._state = state
            self.changed.emit(state)


def _matter(card: CallRecord | None) -> tuple[object, ...]:
    """All of a card that a script is chosen by."""
    if card is None:
        return ()
    return card.id, card.dialled_line, card.topic, card.category, card.phone


def _aloud(step: Step) -> str:
    if not step.say:
        return ""
    return words.scripts.aloud(step.say, words.formats.speaking_seconds(step.say))
