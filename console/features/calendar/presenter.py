"""Presenter of the calendar page: selected day, stages of an edit, and its draft.

GUI thread only.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core import drafts, formats
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Notice
from console.features.calendar import edit_form, regulation_words
from console.features.calendar import words as calendar_words
from console.features.calendar.calendar_state import (
    CalendarState,
    FormState,
    MovedTogether,
    OpenMessages,
    Stage,
    day_state,
    edit_rows,
    look_what_moves,
    moved_state,
    year_cells,
    year_subtitle,
    year_warning,
)
from console.features.calendar.edit_form import Draft, draft_of, form_state
from console.shared.directory.documents import HitDocumentsPort
from console.shared.messages.terms import CityCalendar, Terms
from kb.errors import DirectoryError
from sync.errors import CalendarUnreadable, StoreError
from sync.register.calendar.calendar import (
    CalendarContent,
    CalendarYear,
    OrderedDay,
    OrderedKind,
)
from sync.register.city import (
    CityChange,
    CityEdit,
    DaysOrdered,
    EditProblem,
    RegulationsGiven,
    Revoked,
    SettingsChosen,
    YearGiven,
    problem_of,
)
from sync.register.handling.clocks import MovedTerm, Reckoning
from sync.register.handling.events import person
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.people.operators import Action, Operator, Refusal, may
from sync.register.thematic import Record
from sync.register.thematic_file import city_content_of_file

_PLACE = FormPlace(KeptForm.CALENDAR)


@dataclass(frozen=True, slots=True)
class BegunCalendar:
    """Draft of the edit form, or the file path entered before the form opens.

    ``found_at`` is the time when the draft was saved in a previous session; None for this session.
    """

    draft: Draft | None = None
    path: str = ""
    found_at: datetime | None = None

    def as_kept(self) -> dict[FormPlace, Typed]:
        """Returns the draft for saving; empty if it has no input."""
        if self.draft is not None:
            return {_PLACE: self.draft.as_kept()} if self.draft.is_typed else {}
        return {_PLACE: Typed({"path": self.path})} if self.path.strip() else {}


def begun_calendar_of(kept: KeptWords) -> BegunCalendar:
    """Parses a saved draft."""
    texts = kept.typed.words
    if "path" in texts:
        return BegunCalendar(path=texts["path"], found_at=kept.at)
    return BegunCalendar(draft_of(texts), found_at=kept.at)


@dataclass(frozen=True, slots=True)
class _ReadFile:
    """Content of an imported file.

    ``without_file`` are the records whose document is not attached in the directory.
    """

    content: CalendarContent | RegulationsGiven
    without_file: tuple[Record, ...] = ()


def _read(path: Path, documents: HitDocumentsPort) -> _ReadFile:
    """Reads a calendar file or a file of regulations.

    Blocks; call on a worker thread. Raises CalendarUnreadable, DirectoryError.
    """
    content = city_content_of_file(path)
    if not isinstance(content, RegulationsGiven):
        return _ReadFile(content)

    def is_there(one: Record) -> bool:
        at = (*one.keys, *((one.body,) if one.body else ()))
        return any(found.file_name == one.file for found in documents.attachments(*at))

    # A record without a file name is rejected later, with a specific error.
    named = [one for one in content.records if one.file]
    return _ReadFile(content, tuple(one for one in named if not is_there(one)))


class CityPort(Protocol):
    """Store of the calendar edits; the future resolves after the commit."""

    def edit(
        self,
        change: CityChange,
        by: Operator,
        *,
        reason: str,
        document: str = ...,
        moved: tuple[MovedTerm, ...] = ...,
    ) -> Future[CityEdit | EditProblem | Refusal]: ...


class CalendarPresenter(QObject):
    """Presenter of the year, the selected day and the stages of an edit. GUI thread only."""

    changed = Signal(object)  # CalendarState
    typed = Signal()  # the input may have changed
    told = Signal(object)  # Notice

    def __init__(
        self,
        city: CityCalendar,
        store: CityPort,
        messages: OpenMessages,
        terms: Terms,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        documents: HitDocumentsPort,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        """``documents`` returns files attached in the directory, where regulations have their
        documents.
        """
        super().__init__(parent)
        self._documents = documents
        self._city = city
        self._store = store
        self._messages = messages
        self._terms = terms
        self._readers = readers
        self._deliveries = deliveries
        self._milestones = milestones
        self._operator = operator
        self._zone = zone
        self._draft: Draft | None = None
        self._moved: tuple[MovedTerm, ...] = ()
        self._asked = 0
        self._begun_by = operator().id
        self._left: dict[UUID, BegunCalendar] = {}  # drafts of operators who are not signed in
        self._found_at: datetime | None = None
        self._warned_on: dict[UUID, date] = {}  # date of the last warning, by operator
        self._state = CalendarState(terms.today, terms.today)
        city.changed.connect(self._show)
        terms.changed.connect(self._show)
        self._show()

    @property
    def state(self) -> CalendarState:
        return self._state

    def may_edit(self) -> bool:
        return may(self._operator().role, Action.EDIT_CALENDAR)

    def open(self) -> None:
        """Selects today, or continues an unfinished edit."""
        if self._state.stage is Stage.LOOK:
            self._state = replace(self._state, chosen=self._terms.today)
            self._show()

    def signed_in(self) -> None:
        """Saves the previous operator's draft and restores that of the operator who has
        signed in.
        """
        operator = self._operator().id
        if operator != self._begun_by:
            self._left[self._begun_by] = self._typed
            self._begun_by = operator
            self._leave()
            self._go_on_with(self._left.pop(operator, BegunCalendar()))
        self._warn_of_missing_year()

    def _warn_of_missing_year(self) -> None:
        """Warns about a missing year, once a day for each operator who may import it."""
        today, operator = self._terms.today, self._operator().id
        missing = self._city.calendar.missing_year(today)
        if missing is None or not self.may_edit() or self._warned_on.get(operator) == today:
            return
        self._warned_on[operator] = today
        head, body, _action = calendar_words.missing_year(missing)
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    # --- drafts ---

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the operator's unconfirmed edit (``KeepingPage``)."""
        if operator_id == self._begun_by:
            return self._typed.as_kept()
        return self._left.get(operator_id, BegunCalendar()).as_kept()

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores the operator's draft of a previous session (``KeepingPage``)."""
        if self.typed_by(operator_id):
            return
        for kept in found:
            left = begun_calendar_of(kept)
            if operator_id == self._begun_by:
                self._leave()
                self._go_on_with(left)
            else:
                self._left[operator_id] = left

    @property
    def _typed(self) -> BegunCalendar:
        path = self._state.path if self._state.stage is Stage.FILE else ""
        return BegunCalendar(self._draft, path, self._found_at)

    def _go_on_with(self, left: BegunCalendar) -> None:
        if left.draft is None and not left.path:
            return
        self._found_at = left.found_at
        if left.draft is None:
            self._state = replace(self._state, stage=Stage.FILE, path=left.path)
        else:
            self._draft = replace(left.draft, problem="")
            self._state = replace(
                self._state,
                stage=Stage.FORM,
                form_key=self._state.form_key + 1,
                chosen=left.draft.day or self._state.chosen,
            )
        self._show()

    # --- year ---

    def choose(self, day: date) -> None:
        """Selects a day of any year."""
        if self._state.stage is Stage.LOOK:
            self._state = replace(self._state, chosen=day)
            self._show()

    def move_year(self, steps: int) -> None:
        """Selects the same day of another year; 29 February becomes 28 February."""
        day = self._state.chosen
        year = day.year + steps
        if date.min.year < year < date.max.year:
            is_leap_day = (day.month, day.day) == (2, 29)
            self.choose(day.replace(year=year, day=28) if is_leap_day else day.replace(year=year))

    # --- starting an edit ---

    def begin_day(self) -> None:
        """Opens the form for the selected day; a working day is preset to become a day off, and
        vice versa.
        """
        day = self._state.chosen
        kind = OrderedKind.OFF if self._city.is_working_day(day) else OrderedKind.WORKING
        self._begin(DaysOrdered((OrderedDay(day, kind, ""),)))

    def begin_revoking(self, row: int | None = None) -> None:
        """Opens the form that revokes an edit: of this list row, or else of the selected day."""
        city = self._city.city
        if row is None:
            edit = city.edit_of(self._state.chosen)
        else:
            newest_first = tuple(reversed(city.edits))
            edit = newest_first[row] if 0 <= row < len(newest_first) else None
        if edit in city.in_force and edit is not None:
            self._begin(Revoked(edit.id))

    def look_at_edit(self, row: int) -> None:
        """Shows the regulations and maps of the edit in this list row; -1 selects no row."""
        newest_first = tuple(reversed(self._city.city.edits))
        change = newest_first[row].change if 0 <= row < len(newest_first) else None
        lines = (
            edit_form.record_lines(change, self._terms.name)
            if isinstance(change, RegulationsGiven)
            else ()
        )
        if lines != self._state.edit_lines:
            self._state = replace(self._state, edit_lines=lines)
            self._emit()

    def begin_rules(self) -> None:
        """Opens the form with the city's rules."""
        self._begin(SettingsChosen(self._city.settings))

    def begin_line(self) -> None:
        """Opens the form with the opening hours of the phone line."""
        self._begin(self._city.line)

    def act_on_warning(self) -> None:
        """Resolves the shown warning.

        Opens the import of a missing year, or the form that marks the shown year as compared with
        the decree.
        """
        if self._city.calendar.missing_year(self._state.today) is not None:
            self.begin_file()
        else:
            known = self._city.calendar.years.get(self._state.chosen.year)
            if known is not None and known.provisional:
                self._begin(YearGiven(replace(known, provisional=False)))

    def begin_file(self) -> None:
        """Opens the panel for importing a calendar file."""
        if self.may_edit() and self._state.stage is Stage.LOOK:
            self._state = replace(self._state, stage=Stage.FILE, path="", path_problem="")
            self._emit()

    def set_path(self, path: str) -> None:
        self._state = replace(self._state, path=path, path_problem="")
        self.typed.emit()

    def read_file(self) -> None:
        """Reads the file and opens the form with its changes."""
        path = Path(self._state.path.strip())
        if self._state.stage is Stage.FILE and path.name and not self._state.is_busy:
            self._be_busy(True)
            self._deliveries.deliver(
                self._readers.submit(lambda: _read(path, self._documents)),
                self._file_read,
                self._file_not_read,
                expected=(CalendarUnreadable, DirectoryError),
            )

    def _file_read(self, read: _ReadFile) -> None:
        content = read.content
        self._be_busy(False)
        if self._state.stage is not Stage.FILE:
            return
        if isinstance(content, CalendarYear):
            self._begin(YearGiven(content))
            return
        if isinstance(content, RegulationsGiven):
            self._begin_regulations(content, read.without_file)
            return
        if not content:
            problem = calendar_words.edit_problem(EditProblem.NO_DAYS)
            self._state = replace(self._state, path_problem=problem)
            self._emit()
            return
        self._begin(DaysOrdered(content))

    def _begin_regulations(self, given: RegulationsGiven, without_file: Sequence[Record]) -> None:
        """Opens the form, or shows an error if the directory lacks a key or document of the
        records.
        """
        unknown = [key for key in regulation_words.keys_of(given) if not self._terms.is_filed(key)]
        if unknown or without_file:
            problem = (
                regulation_words.unknown_key(unknown[0])
                if unknown
                else regulation_words.unknown_file(without_file[0])
            )
            self._state = replace(self._state, path_problem=problem)
            self._emit()
            return
        self._begin(given)

    def _file_not_read(self, error: Exception) -> None:
        self._be_busy(False)
        if isinstance(error, CalendarUnreadable):
            problem = calendar_words.file_problem(error)
        else:
            problem = regulation_words.directory_not_read()
        self._state = replace(self._state, path_problem=problem)
        self._emit()

    def _begin(self, change: CityChange) -> None:
        if self._state.stage not in (Stage.LOOK, Stage.FILE):
            return  # retains the input of another edit
        if not self.may_edit():
            self.told.emit(Notice(calendar_words.edit_refused(), problem=True))
            return
        state = self._state
        orders = edit_form.orders_of(change, self._city.city)
        self._draft, self._found_at = replace(edit_form.begun(change), orders=orders), None
        if state.stage is Stage.FILE:
            self._draft = replace(self._draft, at_first=None)
        self._state = replace(state, stage=Stage.FORM, form_key=state.form_key + 1)
        self._emit()

    # --- form ---

    def answer(self, key: str, value: str) -> None:
        """Sets the value of a choice field."""
        if self._draft is not None:
            change = edit_form.chosen(self._draft.change, key, value)
            self._draft = replace(self._draft, change=change, problem="")
            self._emit()

    def set_reason(self, text: str) -> None:
        self._type(reason=text)

    def set_document(self, text: str) -> None:
        self._type(document=text)

    def set_list(self, key: str, text: str) -> None:
        """Sets the text of a text field."""
        if self._draft is not None:
            self._draft = replace(self._draft, lists={**self._draft.lists, key: text})
            self.typed.emit()

    def _type(self, **texts: str) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, **texts)  # type: ignore[arg-type]  # of texts only
            self.typed.emit()

    def go_on(self) -> None:
        """Continues from path to form, from form to preview, and from preview to saving."""
        match self._state.stage:
            case Stage.FILE:
                self.read_file()
            case Stage.FORM:
                self._look_what_moves()
            case Stage.CONFIRM:
                self._store_it()
            case Stage.LOOK:
                pass

    def go_back(self) -> bool:
        """Goes back one stage; returns False if no edit is open and the page may be closed."""
        if self._state.stage is Stage.LOOK:
            return False
        if self._state.stage is Stage.CONFIRM:
            self._asked += 1
            self._state = replace(self._state, stage=Stage.FORM, is_busy=False)
            self._emit()
        else:
            self._leave()
        return True

    def _leave(self) -> None:
        self._asked += 1
        self._draft = None
        self._found_at = None
        self._moved = ()
        self._state = replace(self._state, stage=Stage.LOOK, is_busy=False, path="")
        self._show()

    # --- preview of moved deadlines ---

    def _look_what_moves(self) -> None:
        if self._draft is None or self._state.is_busy:
            return
        draft = edit_form.taken(self._draft)
        if not draft.problem:
            draft = edit_form.compared(draft, self._city.city)
        if not draft.problem:
            problem = problem_of(self._city.city, self._as_edit(draft), self._city.built_in)
            draft = replace(draft, problem=calendar_words.edit_problem(problem) if problem else "")
        self._draft = draft
        if draft.problem:
            self._emit()
            return
        self._asked += 1
        asked = self._asked
        before, after = self._city.reckoning, self._reckoning_after(draft)
        rules, zone = self._terms.rules, self._zone
        rules_after = self._terms.rules_by(self._city.city.with_edit(self._as_edit(draft)))

        def look() -> MovedTogether:
            return look_what_moves(self._messages, rules, before, after, zone, rules_after)

        def show(looked: MovedTogether) -> None:
            if asked == self._asked:
                self._confirm(looked)

        def not_read(_error: Exception) -> None:
            if asked == self._asked:
                self._fail(calendar_words.not_read())

        self._be_busy(True)
        self._deliveries.deliver(self._readers.submit(look), show, not_read, expected=(StoreError,))

    def _as_edit(self, draft: Draft) -> CityEdit:
        return edit_form.edit_of(draft, person(self._operator()), datetime.now(UTC))

    def _reckoning_after(self, draft: Draft) -> Reckoning:
        city = self._city.city.with_edit(self._as_edit(draft))
        return Reckoning(city.calendar(self._city.built_in), city.settings.sending)

    def _confirm(self, looked: MovedTogether) -> None:
        self._moved = looked.terms
        self._milestones.note(Milestone.TERMS_LOOKED_AT, moved=len(looked.terms))
        # An operator may edit the calendar without the right to read messages.
        may_read = may(self._operator().role, Action.SEE_REGISTER)
        shown = moved_state(looked, self._terms.today, shows_text=may_read)
        self._state = replace(self._state, stage=Stage.CONFIRM, moved=shown, is_busy=False)
        self._emit()

    def _store_it(self) -> None:
        draft, whose = self._draft, self._begun_by
        if draft is None or self._state.is_busy:
            return
        looked_at = edit_form.compared(draft, self._city.city)
        if looked_at is not draft:
            self._draft = looked_at
            self._fail(looked_at.problem)
            return
        self._be_busy(True)
        future = self._store.edit(
            draft.change,
            self._operator(),
            reason=draft.reason,
            document=draft.document,
            moved=self._moved,
        )
        self._deliveries.deliver(
            future,
            lambda outcome: self._stored(outcome, whose),
            lambda _error: self._not_stored(calendar_words.not_stored(), whose),
            expected=(StoreError,),
        )

    def _stored(self, outcome: CityEdit | EditProblem | Refusal, whose: UUID) -> None:
        match outcome:
            case CityEdit():
                moved = len(outcome.moved)
                head, body = calendar_words.changed_notice(outcome.change, moved)
                if whose == self._begun_by:
                    self._leave()
                else:
                    self._left.pop(whose, None)
                self._city.use(self._city.city.with_edit(outcome))
                self._milestones.note(Milestone.CITY_CHANGED, moved=moved)
                self.told.emit(Notice(head, body, LONG_S))
            case EditProblem():
                self._not_stored(calendar_words.edit_problem(outcome), whose)
            case Refusal():
                self._not_stored(calendar_words.edit_refused(), whose)

    def _not_stored(self, problem: str, whose: UUID) -> None:
        """Shows the error in the form, unless another operator has signed in since."""
        if whose == self._begun_by:
            self._fail(problem)

    def _fail(self, problem: str) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, problem=problem)
        self._state = replace(self._state, stage=Stage.FORM, is_busy=False)
        self._emit()

    # --- view state ---

    def _be_busy(self, busy: bool) -> None:
        self._state = replace(self._state, is_busy=busy)
        self._emit()

    def _show(self) -> None:
        """Rebuilds the view state of the year, the selected day and the edits."""
        calendar, city, chosen = self._city.calendar, self._city.city, self._state.chosen
        today = self._terms.today
        edits = edit_rows(city, self._zone)
        # If the list of edits has changed, no row is selected.
        looked_at = self._state.edit_lines if edits == self._state.edits else ()
        self._state = replace(
            self._state,
            today=today,
            cells=year_cells(chosen.year, calendar),
            subtitle=year_subtitle(chosen.year, calendar),
            warning=year_warning(today, chosen.year, calendar),
            lacks_year=calendar.missing_year(today) is not None,
            day=day_state(chosen, calendar, city, self._zone, self._city.hours_of(chosen)),
            edits=edits,
            edit_lines=looked_at,
        )
        self._emit()

    def _emit(self) -> None:
        form = FormState() if self._draft is None else self._form_state(self._draft)
        self._state = replace(
            self._state, form=form, may_edit=self.may_edit(), found=self._found_again()
        )
        self.changed.emit(self._state)

    def _form_state(self, draft: Draft) -> FormState:
        return form_state(draft, self._city.city, self._terms.name)

    def _found_again(self) -> str:
        if self._found_at is None:
            return ""
        at, now = (each.astimezone(self._zone) for each in (self._found_at, datetime.now(UTC)))
        return drafts.found_again(formats.moment(at, now))
