"""Presenter of the shift handover report: collects open work, signs, accepts, writes the PDF.

GUI thread only; open work is read on a reader thread. The unsaved note of each operator is
autosaved until the report is signed.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core import drafts, formats
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.paper import write_pdf
from console.core.view_data import LONG_S, Notice
from console.features.handover import words as handover_words
from console.features.handover.paper import handover_paper
from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable, StoreError
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.people.operators import Operator
from sync.register.people.shift import (
    LONGEST_NOTE,
    HandoverRefusal,
    Line,
    Part,
    PartOfSheet,
    PlaceFinding,
    Sheet,
    SheetContent,
    accept_refusal,
    leave_refusal,
    part_of,
)

NOTICE_S = 12
LINES_SHOWN = 8  # of each part in the window; the PDF has more


class SheetMode(StrEnum):
    """Mode of the page: new report, report to be accepted, signed, accepted, or refused for this
    role.
    """

    NEW = "new"
    WAITING = "waiting"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Open work of this workplace, read on a reader thread."""

    parts: dict[Part, tuple[Line, ...]]
    unsent: int
    last: Sheet | None


class WorkPort(Protocol):
    """Reads the open work; called on a reader thread, raises StoreError."""

    def __call__(self, today: date) -> OpenWork: ...


class ShiftCheckPort(Protocol):
    """Check of the workplace before a shift. GUI thread only."""

    @property
    def findings(self) -> tuple[PlaceFinding, ...]:
        """Findings of the last check; empty before the first."""

    def look(self, *, keeps: bool, then: Callable[[], None]) -> None:
        """Checks the workplace, saves the result if ``keeps``, then calls ``then``."""


class SheetsPort(Protocol):
    """Store of signed reports; futures resolve after COMMIT."""

    def last_sheet(self) -> Sheet | None: ...

    def leave(self, by: Operator, content: SheetContent) -> "Future[Sheet | HandoverRefusal]": ...

    def accept(self, by: Operator, sheet_id: UUID) -> "Future[Sheet | HandoverRefusal]": ...


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """Part of the report as display texts; ``count`` is 0 if the part is empty, ``more`` the number
    of items not listed.
    """

    title: str
    count: int
    lines: tuple[str, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class HandoverState:
    """View state of the page; ``blocks`` is empty until the work has been read."""

    mode: SheetMode = SheetMode.NEW
    lead: str = ""
    blocks: tuple[SheetBlock, ...] = ()
    note: str = ""
    signatures: tuple[str, ...] = ()
    is_busy: bool = False
    found: str = ""


_PLACE = FormPlace(KeptForm.HANDOVER)


class HandoverPresenter(QObject):
    """Presenter of the report; stores the note of each operator until the report is signed. GUI
    thread only.
    """

    changed = Signal(object)  # HandoverState
    typed = Signal()  # the note may have changed
    told = Signal(object)  # Notice
    shown = Signal()  # the data read are visible
    arrived = Signal()  # a report is pending for the signed-in operator
    signed = Signal(bool)  # saved; True if a shift was accepted
    printed = Signal(object, object)  # operator, and the id of a signed report

    def __init__(
        self,
        work: WorkPort,
        sheets: SheetsPort,
        shift_check: ShiftCheckPort,
        find_people: Callable[[str], "Future[tuple[str, ...]]"],
        readers: Executor,
        drawing: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        has_centre: bool,
        workplace: str,
        city: str,
        folder: Path,
        templates: Path,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheets = sheets
        self._shift_check = shift_check
        self._find_people = find_people
        self._readers = readers
        self._drawing = drawing
        self._deliveries = deliveries
        self._operator = operator
        self._has_centre = has_centre
        self._workplace = workplace
        self._city = city
        self._folder = folder
        self._templates = templates
        self._zone = zone
        self._clock = clock
        self._content: SheetContent | None = None
        self._read_on: date | None = None  # day of the deadlines in a new report
        self._sheet: Sheet | None = None
        self._notes: dict[UUID, str] = {}  # by operator
        self._found_at: dict[UUID, datetime] = {}  # time at which a previous session saved the note
        self._warned_of = ""
        self._shown_to: UUID | None = None
        self._is_printing = False
        self._state = HandoverState()

    @property
    def state(self) -> HandoverState:
        return self._state

    # --- view state ---

    def signed_in(self) -> None:
        """Checks whether the previous shift left a report for this operator.

        The content for another operator is cleared. After unlocking, the same operator finds the
        page unchanged, including the unsaved note.
        """
        if self._shown_to != self._operator().id:
            self._shown_to = self._operator().id
            self._sheet = self._content = None
            self._warned_of = ""
            self._show(HandoverState())
        self._look_for_waiting()

    def _look_for_waiting(self) -> None:
        def found(sheet: Sheet | None) -> None:
            if sheet is not None and accept_refusal(sheet, self._operator()) is None:
                self._show_sheet(sheet, SheetMode.WAITING)
                self.arrived.emit()

        self._deliveries.deliver(
            self._readers.submit(self._sheets.last_sheet),
            found,
            lambda _error: None,  # the banner reports an unreadable store
            expected=(StoreError,),
        )

    def open(self) -> None:
        """Shows the report that is pending for this operator; if there is none, a new report."""
        if leave_refusal(self._operator()) is not None:
            self._sheet = self._content = None
            self._show(HandoverState(SheetMode.REFUSED, handover_words.lead("refused")))
            return
        today = self._now.date()

        def read(work: OpenWork) -> None:
            last = work.last
            if last is not None and accept_refusal(last, self._operator()) is None:
                self._show_sheet(last, SheetMode.WAITING)
                self.shown.emit()
            else:
                self._shift_check.look(keeps=False, then=lambda: self._show_new(work, today))

        self._deliveries.deliver(
            self._readers.submit(self._work, today),
            read,
            lambda _error: self._tell(*handover_words.not_read(), problem=True),
            expected=(StoreError,),
        )

    def _show_new(self, work: OpenWork, today: date) -> None:
        self._sheet = None
        self._read_on = today
        self._content = SheetContent(
            {part: part_of(work.parts.get(part, ())) for part in Part},
            work.unsent,
            self._shift_check.findings,
            "",
        )
        signatures: tuple[str, ...] = ()
        last = work.last
        if last is not None and last.accepted is None:
            signatures = (handover_words.left_by(last.left, self._now),)
        self._show(
            HandoverState(
                SheetMode.NEW,
                handover_words.lead("new"),
                self._blocks(self._content),
                signatures=signatures,
            )
        )
        self.shown.emit()

    def _show_sheet(self, sheet: Sheet, mode: SheetMode) -> None:
        self._sheet, self._content = sheet, sheet.content
        self._show(
            HandoverState(
                mode,
                handover_words.lead(mode.value),
                self._blocks(sheet.content),
                sheet.content.note,
                (
                    handover_words.left_by(sheet.left, self._now),
                    handover_words.accepted_by(sheet.accepted, self._now),
                ),
            )
        )

    def _blocks(self, content: SheetContent) -> tuple[SheetBlock, ...]:
        now = self._now
        parts = (self._block(part, content.parts.get(part, part_of(())), now) for part in Part)
        unsent = SheetBlock(handover_words.unsent_name(), content.unsent, ())
        return (
            *parts,
            *((unsent,) if self._has_centre else ()),
            SheetBlock(
                handover_words.workplace_name(), 0, handover_words.workplace(content.findings)
            ),
        )

    def _block(self, part: Part, told: PartOfSheet, now: datetime) -> SheetBlock:
        lines = tuple(handover_words.line(one, now) for one in told.lines[:LINES_SHOWN])
        left = told.count - len(lines)
        more = handover_words.further(left) if left else ""
        return SheetBlock(handover_words.part_name(part), told.count, lines, more)

    @property
    def _now(self) -> datetime:
        return self._clock().astimezone(self._zone)

    # --- signing ---

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the note of the operator's unsigned report, to be autosaved (``KeepingPage``)."""
        note = self._notes.get(operator_id, "")
        return {_PLACE: Typed({"note": note})} if note.strip() else {}

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores the note of a previous session; newer input is not overwritten
        (``KeepingPage``).
        """
        if not self.typed_by(operator_id):
            for kept in found:
                self._notes[operator_id] = kept.typed.words["note"]
                self._found_at[operator_id] = kept.at
            self._show(self._state)

    def set_note(self, text: str) -> None:
        """Sets the note of the operator who hands over; it is stored until the report is signed."""
        operator = self._operator().id
        self._notes[operator] = text[:LONGEST_NOTE]
        if not text.strip() and self._found_at.pop(operator, None) is not None:
            self._show(self._state)
        self.typed.emit()

    @property
    def _note(self) -> str:
        return self._notes.get(self._operator().id, "")

    def sign(self) -> None:
        """Signs the shown report: a new one as the operator who hands over, a pending one as the
        operator who accepts it.
        """
        if self._state.is_busy:
            self._tell(core_words.still_being_written())
            return
        if self._is_of_another_day:
            self._open_again()
            return
        match self._state.mode:
            case SheetMode.NEW if self._content is not None:
                self._leave(self._content, self._operator())
            case SheetMode.WAITING if self._sheet is not None:
                self._accept(self._sheet, self._operator())
            case _:
                self._tell(*handover_words.nothing_to_sign(), problem=True)

    @property
    def _is_of_another_day(self) -> bool:
        """Whether the page shows a new report with the deadlines of a previous day."""
        return self._state.mode is SheetMode.NEW and self._read_on != self._now.date()

    def _open_again(self) -> None:
        """Reopens the report with today's data instead of signing, because operators must see the
        lines before they sign.
        """
        self.open()
        self._tell(handover_words.lead("new"))

    def _leave(self, content: SheetContent, by: Operator) -> None:
        typed = self._note
        note = typed.strip()

        def looked(people: Sequence[str]) -> None:
            if people and self._warned_of != note:
                warn(handover_words.people_in_note(people))
                return
            signing = self._sheets.leave(by, replace(content, note=note))
            self._write(signing, by, typed, is_taken=False)

        def unlooked(_error: Exception) -> None:
            if self._warned_of != note:
                warn(handover_words.note_not_checked())
                return
            looked(())

        def warn(words: tuple[str, str]) -> None:
            self._let_go(by)
            if self._is_here(by):
                self._warned_of = note
                self._tell(*words, problem=True)

        self._show(replace(self._state, is_busy=True))
        if note:
            self._deliveries.deliver(
                self._find_people(note),
                looked,
                unlooked,
                expected=(DirectoryError, OfficialsUnreadable),
            )
        else:
            looked(())

    def _accept(self, sheet: Sheet, by: Operator) -> None:
        self._show(replace(self._state, is_busy=True))
        self._write(self._sheets.accept(by, sheet.id), by, "", is_taken=True)

    def _write(
        self,
        writing: "Future[Sheet | HandoverRefusal]",
        by: Operator,
        typed: str,
        *,
        is_taken: bool,
    ) -> None:
        def written(outcome: Sheet | HandoverRefusal) -> None:
            if isinstance(outcome, HandoverRefusal):
                self._let_go(by)
                self._tell(*handover_words.refused(outcome), problem=True)
                return
            # Input entered during the write is not part of the report.
            is_all = is_taken or self._notes.get(by.id, "") == typed
            if is_all and not is_taken:
                self._notes.pop(by.id, None)
                self._found_at.pop(by.id, None)
                self.typed.emit()
            self.signed.emit(is_taken)
            if not self._is_here(by):
                self._look_for_waiting()  # for the operator who has signed in since
                return
            self._warned_of = ""
            self._show_sheet(outcome, SheetMode.ACCEPTED if is_taken else SheetMode.SIGNED)
            if is_taken:
                self._tell(handover_words.is_accepted())
            else:
                self._tell(
                    *(handover_words.is_left() if is_all else handover_words.is_left_typed())
                )

        def unwritten(_error: Exception) -> None:
            self._let_go(by)
            self._tell(core_words.store_failed_head(), core_words.store_failed_body(), problem=True)

        self._deliveries.deliver(writing, written, unwritten, expected=(StoreError,))

    def _is_here(self, by: Operator) -> bool:
        return by.id == self._operator().id

    def _let_go(self, by: Operator) -> None:
        """Ends the busy state of the page, unless another operator has signed in."""
        if self._is_here(by):
            self._show(replace(self._state, is_busy=False))

    # --- PDF ---

    def write_pdf(self) -> None:
        """Writes the shown report as an A4 PDF into the report folder and shows its path."""
        content, by = self._content, self._operator()
        refused = leave_refusal(by)
        if refused is not None:
            self._tell(*handover_words.refused(refused), problem=True)
            return
        if content is None:
            self._tell(*handover_words.nothing_to_sign(), problem=True)
            return
        if self._is_printing:
            self._tell(core_words.still_being_written())
            return
        if self._is_of_another_day:
            self._open_again()
            return
        if self._sheet is None:
            content = replace(content, note=self._note.strip())
        now, sheet = self._now, self._sheet
        paper = handover_paper(
            content,
            sheet,
            now,
            city=self._city,
            workplace=self._workplace,
            made_by=formats.short_name(by.name),
            has_centre=self._has_centre,
        )
        file = self._folder / f"{paper.file_name}_{now:%Y-%m-%d_%H%M}.pdf"

        def written(_pages: int) -> None:
            self._is_printing = False
            self.printed.emit(by, None if sheet is None else sheet.id)
            self._tell(core_words.report_written(file.name), str(self._folder))

        def unwritten(_error: Exception) -> None:
            self._is_printing = False
            self._tell(core_words.report_not_written(), str(self._folder), problem=True)

        self._is_printing = True
        self._deliveries.deliver(
            self._drawing.submit(write_pdf, paper, file, self._templates),
            written,
            unwritten,
            expected=(OSError,),
        )

    def _tell(self, head: str, body: str = "", *, problem: bool = False) -> None:
        self.told.emit(Notice(head, body, NOTICE_S if body else LONG_S, problem=problem))

    def _show(self, state: HandoverState) -> None:
        """Shows the state; the operator's current note is added if the report is new."""
        is_new = state.mode is SheetMode.NEW
        self._state = (
            replace(state, note=self._note, found=self._found_again()) if is_new else state
        )
        self.changed.emit(self._state)

    def _found_again(self) -> str:
        at = self._found_at.get(self._operator().id)
        if at is None:
            return ""
        moment = formats.moment(at.astimezone(self._zone), self._now)
        return drafts.found_again(moment)
