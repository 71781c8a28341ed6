"""Answer to a message: form presenter, draft, attached files, and check for personal data.

Personal data in an answer are restricted by Regulation 6.12. The presenters are GUI thread only;
files are read and texts are checked on other threads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import drafts
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.typed_moment import read_date
from console.core.view_data import LONG_S, Notice
from console.features.answers import decision_words
from console.shared.messages import step_words
from console.shared.messages.message_detail import Naming
from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable, StoreError
from sync.register.checks.finding import Finding, FindingKind
from sync.register.checks.photo_formats import HEAD_BYTES, FileFormat, format_of
from sync.register.handling.answers import Answer, AnswerKind, AnswerLack, Attachment
from sync.register.handling.contents import Confidential, confidential_of
from sync.register.handling.events import Doer, Step, person
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.history import StepRefused
from sync.register.handling.step_facts import AnswerGiven, Facts
from sync.register.messages import State
from sync.register.people.operators import Operator
from sync.store.local.messages.photos import AnswerFile


@dataclass(frozen=True, slots=True)
class BegunAnswer:
    """Draft of an answer, restored when its message is selected again.

    ``offered`` is the automatic initial text. ``by_hand`` are the kinds of personal data (6.12)
    whose checkbox was set or cleared by the operator. ``found_at`` is the time when the draft was
    saved in a previous session; None for a draft of this session.
    """

    kind: AnswerKind = AnswerKind.SOLVED
    text: str = ""
    planned: str = ""
    measures: str = ""
    grounds: str = ""
    files: tuple[AnswerFile, ...] = ()
    marked: frozenset[Confidential] = frozenset()
    by_hand: frozenset[Confidential] = frozenset()
    offered: str = ""
    found_at: datetime | None = None

    @property
    def is_typed(self) -> bool:
        """Whether the draft has files or text other than the automatic initial text."""
        text = "" if self.text == self.offered else self.text
        typed = (text, self.planned, self.measures, self.grounds)
        return bool(self.files) or any(each.strip() for each in typed)

    def as_kept(self, message_id: UUID) -> dict[FormPlace, Typed]:
        """Returns the draft for saving: one record for its fields, and one for each file."""
        subject = str(message_id)
        words = {
            "kind": self.kind.value,
            "text": self.text,
            "planned": self.planned,
            "measures": self.measures,
            "grounds": self.grounds,
            "marked": sorted(self.marked),
            "by_hand": sorted(self.by_hand),
            "offered": self.offered,
        }
        files = {
            FormPlace(KeptForm.ANSWER, subject, part): Typed(
                {"name": file.attachment.name, "format": file.attachment.format.value},
                file.content,
            )
            for part, file in enumerate(self.files, start=1)
        }
        return {FormPlace(KeptForm.ANSWER, subject): Typed(words), **files}


def begun_of(found: Sequence[KeptWords]) -> dict[UUID, BegunAnswer]:
    """Parses saved drafts; the result is by message id."""
    ordered = sorted(found, key=lambda one: (one.place.subject, one.place.part))
    return {
        UUID(subject): _begun(tuple(parts))
        for subject, parts in groupby(ordered, key=lambda one: one.place.subject)
    }


def _begun(parts: tuple[KeptWords, ...]) -> BegunAnswer:
    first, *files = parts
    words = first.typed.words
    return BegunAnswer(
        kind=AnswerKind(words["kind"]),
        text=words["text"],
        planned=words["planned"],
        measures=words["measures"],
        grounds=words["grounds"],
        files=tuple(map(_file, files)),
        marked=frozenset(map(Confidential, words["marked"])),
        by_hand=frozenset(map(Confidential, words["by_hand"])),
        offered=words["offered"],
        found_at=max(one.at for one in parts),
    )


def _file(kept: KeptWords) -> AnswerFile:
    words, content = kept.typed.words, kept.typed.content
    return AnswerFile(Attachment(words["name"], FileFormat(words["format"])), content or b"")


PAUSE_MS = 300

CheckText = Callable[[str], "Future[tuple[Finding, ...]]"]
"""Function that finds violations of section 6 in a text; the check runs on another thread."""


class AnswerCheck(QObject):
    """Checks the text of an answer for personal data under 6.12. GUI thread only.

    Other findings are ignored: an authority's text is not checked against 6.3.
    """

    changed = Signal(object)  # tuple[Finding, ...]

    def __init__(
        self, check: CheckText, deliveries: Deliveries, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._deliveries = deliveries
        self._text = ""
        self._found: tuple[Finding, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)

    @property
    def found(self) -> tuple[Finding, ...]:
        """Findings in the last checked text."""
        return self._found

    @property
    def is_settled(self) -> bool:
        """Whether no check is scheduled after a pause in typing."""
        return not self._pause.isActive()

    def follow(self, text: str) -> None:
        """Schedules a check of the edited text after a pause in typing."""
        if text != self._text:
            self._text = text
            self._pause.start()

    def show(self, text: str) -> None:
        """Checks the text immediately, unless it equals the previous one."""
        if text == self._text:
            return
        self._pause.stop()
        self._text = text
        self._tell(())
        self._look()

    def _look(self) -> None:
        self._pause.stop()
        text = self._text
        if not text.strip():
            self._tell(())
            return
        self._deliveries.deliver(
            self._check(text),
            lambda found: self._took(text, found),
            # The directory page reports this error; an operator reviews the answer in any case.
            lambda _error: None,
            (DirectoryError, OfficialsUnreadable),
        )

    def _took(self, text: str, found: tuple[Finding, ...]) -> None:
        if text == self._text:
            self._tell(tuple(one for one in found if one.kind is FindingKind.PERSONAL_DATA))

    def _tell(self, found: tuple[Finding, ...]) -> None:
        if found != self._found:
            self._found = found
            self.changed.emit(found)


LARGEST_BYTES = 10 * 2**20
MOST_FILES = 10
_ENDINGS: Mapping[FileFormat, tuple[str, ...]] = {
    FileFormat.JPEG: (".jpg", ".jpeg"),
    FileFormat.PNG: (".png",),
    FileFormat.TIFF: (".tif", ".tiff"),
    FileFormat.PDF: (".pdf",),
}


class AnswerFilesPort(Protocol):
    """Store of an answer's attachments; the future resolves after COMMIT."""

    def keep(
        self, message_id: UUID, files: Sequence[AnswerFile], by: Operator
    ) -> Future[tuple[Attachment, ...]]: ...


@dataclass(frozen=True, slots=True)
class _Refused:
    """Error text of a rejected file."""

    problem: str


class ChosenFiles(QObject):
    """Files attached to the answer that the operator is writing. GUI thread only."""

    changed = Signal()
    told = Signal(object)  # Notice

    def __init__(
        self,
        readers: Executor,
        deliveries: Deliveries,
        formats: Callable[[], frozenset[FileFormat]],
        parent: QObject | None = None,
    ) -> None:
        """``formats`` returns the accepted file formats (9.9)."""
        super().__init__(parent)
        self._readers = readers
        self._deliveries = deliveries
        self._formats = formats
        self._files: tuple[AnswerFile, ...] = ()

    @property
    def files(self) -> tuple[AnswerFile, ...]:
        return self._files

    def show(self, files: tuple[AnswerFile, ...]) -> None:
        """Replaces all files; used when the form shows another answer."""
        self._files = files
        self.changed.emit()

    def add(self, path: Path) -> None:
        """Attaches a file, or emits a notice that states why it is rejected."""
        if len(self._files) >= MOST_FILES:
            self._tell(decision_words.too_many(MOST_FILES))
            return
        self._deliveries.deliver(
            self._readers.submit(_read, path, self._formats()),
            self._read,
            self._not_read,
            (OSError,),
        )

    def remove(self, place: int) -> None:
        """Removes the file at this index."""
        if 0 <= place < len(self._files):
            self.show((*self._files[:place], *self._files[place + 1 :]))

    def _read(self, file: AnswerFile | _Refused) -> None:
        if isinstance(file, _Refused):
            self._tell(file.problem)
        else:
            self.show((*self._files, file))

    def _not_read(self, _error: Exception) -> None:
        self._tell(decision_words.not_read())

    def _tell(self, problem: str) -> None:
        head = decision_words.not_attached()
        self.told.emit(Notice(head, problem, LONG_S, problem=True))


def _read(path: Path, formats: frozenset[FileFormat]) -> AnswerFile | _Refused:
    """Reads the file, at most one byte over the size limit. Returns an error text if it is too
    large or its format is not accepted.
    """
    with path.open("rb") as stream:
        content = stream.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        return _Refused(decision_words.too_large(LARGEST_BYTES // 2**20))
    found = format_of(content[:HEAD_BYTES])
    if found not in formats:
        return _Refused(decision_words.other_format(found, formats))
    return AnswerFile(Attachment(_named(path, found), found), content)


def _named(path: Path, found: FileFormat) -> str:
    """Returns the file name with the suffix of the detected format: viewers depend on the
    suffix.
    """
    endings = _ENDINGS.get(found, ())
    known = not endings or path.suffix.casefold() in endings
    return path.name if known else f"{path.name}{endings[0]}"


_FIELDS: Mapping[AnswerLack, str] = {
    AnswerLack.TEXT: "text",
    AnswerLack.PLANNED_DATE: "planned",
    AnswerLack.PLANNED_DATE_AHEAD: "planned",
    AnswerLack.MEASURES: "measures",
    AnswerLack.GROUNDS: "grounds",
    AnswerLack.ATTACHMENT_FORMAT: "files",
}


class TakePort(Protocol):
    """Executes message actions; the future resolves after COMMIT."""

    def take(
        self, message_id: UUID, step: Step, by: Doer, facts: Facts = ...
    ) -> Future[StepDone | StepRefused]: ...


@dataclass(frozen=True, slots=True)
class FileRow:
    """Row of an attached file; ``about`` is its format and size as text."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class AnswerFormState:
    """View state of the answer form; ``problems`` maps field names to error texts.

    ``organ`` is empty if the operator's own answer is entered. ``marked`` are the kinds of personal
    data (6.12) whose checkbox is set; ``found`` are the findings of the automatic check.
    ``arrived`` is an answer received from another source during input. ``found_again`` is the note
    about a draft of a previous session.
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
    """Presenter of the answer form, one answer at a time. GUI thread only.

    Drafts for other messages are retained; each operator has separate drafts.
    """

    changed = Signal(object)  # AnswerFormState
    left_to_another = Signal()  # another operator signed in; the form is empty
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
        # Checkboxes changed by the operator are not changed by the automatic check.
        self._by_hand: frozenset[Confidential] = frozenset()
        self._state = AnswerFormState()
        files.changed.connect(self._files_changed)
        files.told.connect(self.told)
        check.changed.connect(self._found)

    @property
    def state(self) -> AnswerFormState:
        return self._state

    def signed_in(self) -> None:
        """Closes the previous operator's answer if another operator has signed in; its draft is
        saved.
        """
        operator = self._operator().id
        if operator != self._of:
            self._put_away()
            self._of = operator
            self._clear()
            self._show()
            self.left_to_another.emit()

    # --- drafts ---

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the operator's unsent answers with their files (``KeepingPage``)."""
        return {
            place: typed
            for message_id, answer in self._answers_of(operator_id).items()
            for place, typed in answer.as_kept(message_id).items()
        }

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores the operator's drafts of a previous session (``KeepingPage``)."""
        begun = begun_of(found)
        self._begun[operator_id] = begun | self._answers_of(operator_id)
        open_now = self._handled
        if open_now is not None and operator_id == self._of and not self._current.is_typed:
            self._handled = None
            self.begin(open_now)
        self._show()

    @property
    def begun_to(self) -> frozenset[UUID]:
        """Messages for which the signed-in operator has a draft answer."""
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
        """Stores the open answer as a draft until its message is selected again."""
        self._begun[self._of] = self._answers_of(self._of)
        self._handled = None

    def _clear(self) -> None:
        self._handled, self._found_at = None, None
        self._offered, self._by_hand = "", frozenset()
        self._state = AnswerFormState()
        self._files.show(())

    # --- current message ---

    def begin(self, handled: HandledMessage) -> None:
        """Opens the form with the message's draft, or with the unreviewed answer from the
        platform.
        """
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
        """Shows an answer that arrived from another source during input.

        If the text field is empty, it gets the arrived answer. ``known`` returns the reloaded
        message.
        """
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

    # --- input ---

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
        """Sets or clears the checkbox of a kind of personal data; overrides the automatic check
        (6.12).
        """
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
                f"{file.attachment.format.value} · {decision_words.size(len(file.content))}",
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

    # --- confirmation ---

    def confirm(self) -> None:
        """Saves the attached files, then the answer; errors are shown at their fields."""
        handled = self._handled
        if handled is None or self._state.is_busy:
            return
        self._state = replace(self._state, is_busy=True)
        self._show()
        files, by = self._files.files, self._operator()
        # Built here, because another message may be open when the files are saved.
        answer = self._answer(handled)
        if not files:
            self._give(handled, answer, by)
            return
        self._deliveries.deliver(
            self._store.keep(handled.id, files, by),
            lambda kept: self._give(handled, replace(answer, attachments=kept), by),
            lambda _error: self._not_written(handled, by),
            expected=(StoreError,),
        )

    def _give(self, handled: HandledMessage, answer: Answer, by: Operator) -> None:
        own = handled.standing.organ is None
        step = Step.ANSWER_BY_OPERATOR if own else Step.RECEIVE_ANSWER
        facts = AnswerGiven(answer)
        self._deliveries.deliver(
            self._handling.take(handled.id, step, person(by), facts),
            lambda outcome: self._given(outcome, handled, by),
            lambda _error: self._not_written(handled, by),
            expected=(StoreError,),
        )

    def _answer(self, handled: HandledMessage) -> Answer:
        """Returns the answer as entered, without its files."""
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
        if self._of == by.id:
            self.taken.emit(outcome)
        self._show()

    def _is_open(self, handled: HandledMessage, by: Operator) -> bool:
        """Whether this answer is still open and the operator who confirmed it is still
        signed in.
        """
        is_shown = self._handled is not None and self._handled.id == handled.id
        return is_shown and self._of == by.id

    def _refused(self, refusal: StepRefused) -> None:
        fields: dict[str, list[str]] = {}
        for missing in refusal.missing:
            if isinstance(missing.lack, AnswerLack):
                name = _FIELDS[missing.lack]
                fields.setdefault(name, []).append(step_words.missing(missing))
        self._state = replace(
            self._state, problems={name: " ".join(texts) for name, texts in fields.items()}
        )
        self._show()
        if fields:
            self.incomplete.emit()
        else:
            self.told.emit(Notice(*step_words.refused(refusal), LONG_S, problem=True))

    def _not_written(self, handled: HandledMessage, by: Operator) -> None:
        """Reports a failed write; the input is retained."""
        if self._is_open(handled, by):
            self._state = replace(self._state, is_busy=False)
            self._show()
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _show(self) -> None:
        at = self._found_at
        found = "" if at is None else drafts.found_again(self._naming.moment(at))
        self._state = replace(self._state, found_again=found)
        self.changed.emit(self._state)


def _arrived(handled: HandledMessage) -> str:
    """Returns the answer to review: from the platform, or entered at another workplace."""
    answer = handled.standing.answer
    taken_in = answer.answer.text if answer and handled.standing.state is State.ANSWERED else ""
    return handled.unjudged_answer or taken_in


def _beside(typed: str, handled: HandledMessage) -> str:
    """Returns the received answer if it differs from the typed text, otherwise an empty string."""
    arrived = _arrived(handled)
    return "" if not typed.strip() or arrived.strip() == typed.strip() else arrived
