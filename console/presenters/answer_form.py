"""An answer that is written down by hand: an organ's, or the operator's own (9.3-9.5, 9.9)."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.answer_begun import BegunAnswer, begun_of
from console.presenters.answer_check import AnswerCheck
from console.presenters.answer_files import AnswerFilesPort, ChosenFiles
from console.presenters.message_detail import Naming
from console.presenters.notices import LONG_S, Notice
from console.presenters.typed import read_date
from sync.errors import StoreError
from sync.register.checks.finding import Finding
from sync.register.handling.answers import Answer, AnswerKind, AnswerLack, Attachment
from sync.register.handling.confidential import Confidential, confidential_of
from sync.register.handling.events import Doer, Step, person
from sync.register.handling.facts import AnswerGiven, Facts
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.history import StepRefused
from sync.register.handling.states import State
from sync.register.kept_words import FormPlace, KeptWords, Typed
from sync.register.operators import Operator

_FIELDS: Mapping[AnswerLack, str] = {
    AnswerLack.TEXT: "text",
    AnswerLack.PLANNED_DATE: "planned",
    AnswerLack.PLANNED_DATE_AHEAD: "planned",
    AnswerLack.MEASURES: "measures",
    AnswerLack.GROUNDS: "grounds",
    AnswerLack.ATTACHMENT_FORMAT: "files",
}


class TakePort(Protocol):
    """Takes a step; the future resolves after COMMIT."""

    def take(
        self, message_id: UUID, step: Step, by: Doer, facts: Facts = ...
    ) -> "Future[StepDone | StepRefused]": ...


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that goes with the answer, in words."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class AnswerFormState:
    """All that the form shows; ``problems`` has words under the names of fields.

    ``organ`` is empty where the operator answers himself. ``marked`` is what of 6.12 is said to
    stand in the answer; ``found`` is where the check sees it. ``arrived`` is an answer that has
    come from elsewhere while another one was typed here. ``found_again`` says that an earlier
    start has left it.
    """

    message_id: UUID | None = None
    number: str = ""
    message_text: str = ""
    organ: str = ""
    kinds: tuple[AnswerKind, ...] = tuple(AnswerKind)
    kind: AnswerKind = AnswerKind.SOLVED
    text: str = ""
    arrived: str = ""
    planned: str = ""
    measures: str = ""
    grounds: str = ""
    files: tuple[FileRow, ...] = ()
    marked: frozenset[Confidential] = frozenset()
    found: tuple[Finding, ...] = ()
    is_published: bool = False
    is_busy: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    found_again: str = ""


class AnswerFormPresenter(QObject):
    """One answer at a time; what was typed for another message waits. Of the GUI thread.

    Each operator has her own: nobody goes on with what another one has begun.
    """

    changed = Signal(object)  # AnswerFormState
    left_to_another = Signal()  # somebody else works here now, and has no answer open
    taken = Signal(object)  # StepDone
    incomplete = Signal()
    told = Signal(object)  # Notice

    def __init__(
        self,
        handling: TakePort,
        store: AnswerFilesPort,
        files: ChosenFiles,
        check: AnswerCheck,
        naming: Naming,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._store = store
        self._files = files
        self._check = check
        self._naming = naming
        self._deliveries = deliveries
        self._operator = operator
        self._handled: HandledMessage | None = None
        self._of = operator().id
        self._begun: dict[UUID, dict[UUID, BegunAnswer]] = {}  # by operator and by message
        self._offered = ""
        self._found_at: datetime | None = None
        # Marks that a person has set or taken away stay as he left them.
        self._by_hand: frozenset[Confidential] = frozenset()
        self._state = AnswerFormState()
        files.changed.connect(self._files_changed)
        files.told.connect(self.told)
        check.changed.connect(self._found)

    @property
    def state(self) -> AnswerFormState:
        return self._state

    def signed_in(self) -> None:
        """Nothing that another person has typed stands before who works here now."""
        operator = self._operator().id
        if operator != self._of:
            self._put_away()
            self._of = operator
            self._clear()
            self._show()
            self.left_to_another.emit()

    # --- what is kept ---

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """All answers that are not given yet, with their files (``KeepingPage``)."""
        return {
            place: typed
            for message_id, answer in self._answers_of(operator_id).items()
            for place, typed in answer.as_kept(message_id).items()
        }

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Have what an earlier start left, where nothing is typed (``KeepingPage``)."""
        begun = begun_of(found)
        self._begun[operator_id] = begun | self._answers_of(operator_id)
        open_now = self._handled
        if open_now is not None and operator_id == self._of and not self._current.is_typed:
            self._handled = None
            self.begin(open_now)
        self._show()

    @property
    def begun_to(self) -> frozenset[UUID]:
        """The messages whose answers who works here has begun."""
        return frozenset(self._answers_of(self._of))

    def _answers_of(self, operator_id: UUID) -> dict[UUID, BegunAnswer]:
        answers = dict(self._begun.get(operator_id, {}))
        if operator_id == self._of and self._handled is not None:
            answers.pop(self._handled.id, None)
            if self._current.is_typed:
                answers[self._handled.id] = self._current
        return answers

    @property
    def _current(self) -> BegunAnswer:
        state = self._state
        return BegunAnswer(
            kind=state.kind,
            text=state.text,
            planned=state.planned,
            measures=state.measures,
            grounds=state.grounds,
            files=self._files.files,
            marked=state.marked,
            by_hand=self._by_hand,
            offered=self._offered,
            found_at=self._found_at,
        )

    def _put_away(self) -> None:
        """Keep what was typed, for when its message is worked on again."""
        self._begun[self._of] = self._answers_of(self._of)
        self._handled = None

    def _clear(self) -> None:
        self._handled, self._found_at = None, None
        self._offered, self._by_hand = "", frozenset()
        self._state = AnswerFormState()
        self._files.show(())

    # --- the message whose answer is written ---

    def begin(self, handled: HandledMessage) -> None:
        """Write the answer to this message: from the platform's words, or go on with one begun."""
        self._put_away()
        standing = handled.standing
        unjudged = handled.unjudged_answer or ""
        begun = self._begun[self._of].pop(handled.id, None)
        if begun is None or (unjudged and not begun.text.strip()):
            begun = BegunAnswer(text=unjudged, offered=unjudged)
        self._handled = handled
        own = standing.organ is None
        kinds = tuple(kind for kind in AnswerKind if not (own and kind is AnswerKind.PLANNED))
        self._by_hand, self._offered = begun.by_hand, begun.offered
        self._found_at = begun.found_at
        self._state = AnswerFormState(
            message_id=handled.id,
            number=str(handled.record.number),
            message_text=standing.contents.text,
            organ=self._naming.organ(standing.organ) if standing.organ else "",
            kinds=kinds,
            kind=begun.kind if begun.kind in kinds else AnswerKind.SOLVED,
            text=begun.text,
            planned=begun.planned,
            measures=begun.measures,
            grounds=begun.grounds,
            marked=begun.marked,
            is_published=standing.is_published,
            arrived=_beside(begun.text, handled),
        )
        self._files.show(begun.files)
        self._check.show(self._state.text)
        self._found(self._check.found)
        self._show()

    def follow(self, known: Callable[[UUID], HandledMessage | None]) -> None:
        """Show beside what is typed the answer that has come to its message from elsewhere."""
        before = self._handled
        now = None if before is None else known(before.id)
        if before is None or now is None or now == before or self._state.is_busy:
            return
        self._handled = now
        arrived = _arrived(now)
        if arrived and not self._state.text.strip():
            self._offered = arrived
            self.set_text(arrived)
        elif _beside(self._state.text, now) != self._state.arrived:
            self._edit(replace(self._state, arrived=_beside(self._state.text, now)))

    # --- what is typed and chosen ---

    def set_kind(self, name: str) -> None:
        self._edit(replace(self._state, kind=AnswerKind(name)))

    def set_text(self, text: str) -> None:
        self._edit(replace(self._state, text=text))
        self._check.follow(text)

    def set_planned(self, text: str) -> None:
        self._edit(replace(self._state, planned=text))

    def set_measures(self, text: str) -> None:
        self._edit(replace(self._state, measures=text))

    def set_grounds(self, text: str) -> None:
        self._edit(replace(self._state, grounds=text))

    def set_marked(self, kind: Confidential, marked: bool) -> None:
        """Say what stands in the answer, or that the check is wrong (6.12)."""
        self._by_hand |= {kind}
        others = self._state.marked - {kind}
        self._edit(replace(self._state, marked=others | {kind} if marked else others))

    def attach(self, path: Path) -> None:
        self._files.add(path)

    def remove_file(self, place: int) -> None:
        self._files.remove(place)

    def _edit(self, state: AnswerFormState) -> None:
        self._state = replace(state, problems={})
        if not self._current.is_typed:
            self._found_at = None
        self._show()

    def _files_changed(self) -> None:
        rows = tuple(
            FileRow(
                file.attachment.name,
                f"{file.attachment.format.value} · {words.answer_files.size(len(file.content))}",
            )
            for file in self._files.files
        )
        self._state = replace(self._state, files=rows)
        self._show()

    def _found(self, found: tuple[Finding, ...]) -> None:
        proposed = confidential_of(found) - self._by_hand
        kept = self._state.marked & self._by_hand
        self._state = replace(self._state, found=found, marked=kept | proposed)
        self._show()

    # --- giving it ---

    def confirm(self) -> None:
        """Keep the files, then take the answer in; what is missing stands beside its field."""
        handled = self._handled
        if handled is None or self._state.is_busy:
            return
        self._state = replace(self._state, is_busy=True)
        self._show()
        files, by = self._files.files, self._operator()
        if not files:
            self._give(handled, (), by)
            return
        self._deliveries.deliver(
            self._store.keep(handled.id, files, by),
            lambda kept: self._give(handled, kept, by),
            lambda _error: self._not_written(handled, by),
            expected=(StoreError,),
        )

    def _give(self, handled: HandledMessage, files: tuple[Attachment, ...], by: Operator) -> None:
        own = handled.standing.organ is None
        step = Step.ANSWER_BY_OPERATOR if own else Step.RECEIVE_ANSWER
        facts = AnswerGiven(self._answer(handled, files))
        self._deliveries.deliver(
            self._handling.take(handled.id, step, person(by), facts),
            lambda outcome: self._given(outcome, handled, by),
            lambda _error: self._not_written(handled, by),
            expected=(StoreError,),
        )

    def _answer(self, handled: HandledMessage, files: tuple[Attachment, ...]) -> Answer:
        state = self._state
        planned = state.kind is AnswerKind.PLANNED
        impossible = state.kind is AnswerKind.IMPOSSIBLE
        return Answer(
            kind=state.kind,
            text=state.text.strip(),
            organ=handled.standing.organ,
            planned_on=self._planned_on() if planned else None,
            measures=state.measures.strip() if planned else "",
            grounds=state.grounds.strip() if impossible else "",
            attachments=files,
            confidential=tuple(kind for kind in Confidential if kind in state.marked),
        )

    def _planned_on(self) -> date | None:
        return read_date(self._state.planned)

    def _given(
        self, outcome: StepDone | StepRefused, handled: HandledMessage, by: Operator
    ) -> None:
        is_open = self._is_open(handled, by)
        if isinstance(outcome, StepRefused):
            if is_open:
                self._state = replace(self._state, is_busy=False)
                self._refused(outcome)
            return
        self._begun.get(by.id, {}).pop(handled.id, None)
        if is_open:
            self._clear()
            self.taken.emit(outcome)
        self._show()

    def _is_open(self, handled: HandledMessage, by: Operator) -> bool:
        """Whether this answer still stands in the form, before who has written it."""
        is_shown = self._handled is not None and self._handled.id == handled.id
        return is_shown and self._of == by.id

    def _refused(self, refusal: StepRefused) -> None:
        fields: dict[str, list[str]] = {}
        for missing in refusal.missing:
            if isinstance(missing.lack, AnswerLack):
                name = _FIELDS[missing.lack]
                fields.setdefault(name, []).append(words.steps.missing(missing))
        self._state = replace(
            self._state, problems={name: " ".join(texts) for name, texts in fields.items()}
        )
        self._show()
        if fields:
            self.incomplete.emit()
        else:
            self.told.emit(Notice(*words.steps.refused(refusal), LONG_S, problem=True))

    def _not_written(self, handled: HandledMessage, by: Operator) -> None:
        """The disk refused: what was typed stays, to be given again."""
        if self._is_open(handled, by):
            self._state = replace(self._state, is_busy=False)
            self._show()
        head, body = words.status.store_failed_head(), words.status.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _show(self) -> None:
        at = self._found_at
        found = "" if at is None else words.kept.found_again(self._naming.moment(at))
        self._state = replace(self._state, found_again=found)
        self.changed.emit(self._state)


def _arrived(handled: HandledMessage) -> str:
    """The answer that is to be looked at: from the platform, or taken in at another workplace."""
    answer = handled.standing.answer
    taken_in = answer.answer.text if answer and handled.standing.state is State.ANSWERED else ""
    return handled.unjudged_answer or taken_in


def _beside(typed: str, handled: HandledMessage) -> str:
    """What has come, where something else is typed."""
    arrived = _arrived(handled)
    return "" if not typed.strip() or arrived.strip() == typed.strip() else arrived
