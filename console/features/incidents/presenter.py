"""Presenter of the incidents page: propose, declare, edit the official text, end, decline.

GUI thread only. Unsaved input is stored per operator. An edit by another operator is shown next to
the unsaved text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.features.incidents import words as incidents_words
from console.features.incidents.incident_rows import (
    Form,
    IncidentPageState,
    OfferNames,
    OwnWork,
    Row,
    as_it_stands,
    list_row,
    next_act,
    with_form,
)
from console.features.incidents.watch import IncidentsPort, IncidentWatch, Offer
from sync.errors import StoreError
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.incidents import (
    IncidentAct,
    IncidentEvent,
    IncidentProblem,
    IncidentState,
    IncidentStep,
)
from sync.register.people.operators import Action, Operator, may


class IncidentPagePresenter(QObject):
    """Presenter of the incidents page; stores selection and unsaved input of each operator. GUI
    thread only.
    """

    changed = Signal(object)  # IncidentPageState
    told = Signal(object)  # Notice
    proposed = Signal()  # sent to the supervisor; the operator continues with calls

    def __init__(
        self,
        watch: IncidentWatch,
        incidents: IncidentsPort,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        new_id: Callable[[], UUID],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watch = watch
        self._store = incidents
        self._deliveries = deliveries
        self._operator = operator
        self._new_id = new_id
        self._works: dict[UUID, OwnWork] = {}  # by operator
        self._offers = OfferNames(new_id)
        self._is_busy = self._is_seen = False
        self._state = IncidentPageState()
        watch.read.connect(self._incidents_read)
        self._show()

    @property
    def state(self) -> IncidentPageState:
        return self._state

    def signed_in(self) -> None:
        """Shows rights and unsaved input of the signed-in operator."""
        self._show()

    def be_seen(self, is_seen: bool) -> None:
        """Sets whether the page is visible; while it is visible, the selected row is not
        removed.
        """
        self._is_seen = is_seen
        self._show()

    def may_lead(self) -> bool:
        """Whether the operator may declare, edit and end incidents."""
        return may(self._operator().role, Action.LEAD_INCIDENTS)

    def may_propose(self) -> bool:
        return may(self._operator().role, Action.TAKE_CALLS)

    @property
    def _own(self) -> OwnWork:
        return self._work_of(self._operator())

    def _work_of(self, operator: Operator) -> OwnWork:
        return self._works.setdefault(operator.id, OwnWork())

    # --- selection ---

    def open(self) -> bool:
        """Reloads the incidents and selects the next row to work on; returns whether there is such
        a row.

        Rows with input restored from a previous session precede pending decisions.
        """
        self._watch.reload()
        rows = self._rows()
        waiting = [row for row in rows if row.waits]
        found = [row for row in rows if self._form(row).found_at and self._is_changed(row)]
        if self._is_idle():
            first = [*found, *waiting]
            self._choose_id(first[0].id if first else self._lasting())
        self._show()
        return bool(found or waiting)

    def _is_idle(self) -> bool:
        """Whether no row with unsaved input is selected."""
        row = self._row()
        return row is None or not self._is_changed(row)

    def _lasting(self) -> UUID | None:
        """Id of the selected row, unless it is an expired offer."""
        row = self._row()
        return None if row is None or row.is_gone else row.id

    def choose(self, index: int) -> None:
        rows = self._rows()
        if 0 <= index < len(rows):
            self._choose_id(rows[index].id)
            self._show()

    def _choose_id(self, id: UUID | None) -> None:
        own = self._own
        if id != own.chosen:
            own.chosen, own.problem = id, None

    def begin(self) -> None:
        """Starts an incident by hand, for example after a call from the water company."""
        if not self.may_propose():
            return
        own = self._own
        empty = next((id for id in own.begun if id not in own.forms), None)
        if empty is None:
            empty = self._new_id()
            own.begun.insert(0, empty)
        self._choose_id(empty)
        self._show()

    # --- input ---

    def set_street(self, text: str) -> None:
        self._type(street=text)

    def set_matter(self, key: str) -> None:
        self._type(matter=key)

    def set_text(self, text: str) -> None:
        self._type(text=text)

    def _type(
        self, *, street: str | None = None, matter: str | None = None, text: str | None = None
    ) -> None:
        row = self._row()
        if row is None:
            return
        form = self._form(row)
        self._own.forms[row.id] = replace(
            form,
            street=form.street if street is None else street,
            matter=form.matter if matter is None else matter,
            text=form.text if text is None else text,
        )
        self._own.problem = None
        self._show()

    def take_theirs(self) -> None:
        """Discards the operator's input and shows the current official text."""
        own = self._own
        if own.chosen is not None and own.forms.pop(own.chosen, None) is not None:
            own.problem = None
            self._show()

    # --- saved input ---

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the unsaved input of an operator, to be autosaved (``KeepingPage``)."""
        work = self._works.get(operator_id)
        if work is None or not work.forms:
            return {}
        rows = {row.id: row for row in self._rows(work)}
        return {
            FormPlace(KeptForm.INCIDENT, str(id)): form.as_kept()
            for id, form in work.forms.items()
            if self._is_typed(form, rows.get(id))
        }

    def _is_typed(self, form: Form, row: Row | None) -> bool:
        if row is None:  # not loaded yet; input for an expired offer is dropped
            return form.based_on is not None
        return form.written != as_it_stands(row, self._watch).written

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores the input of a previous session; newer input is not overwritten
        (``KeepingPage``).
        """
        work = self._works.setdefault(operator_id, OwnWork())
        work.find_again(found)
        work.follow(self._watch.incidents)
        self._show()

    # --- actions ---

    def confirm(self) -> None:
        """Proposes, declares or edits the incident, depending on its state and the operator's
        rights.
        """
        row = self._row()
        act = None if row is None else self._act(row)
        if row is None or act is None or self._is_busy:
            return
        form = self._form(row)
        version = 0 if row.incident is None else row.incident.version
        seen = None if row.incident is None else row.incident.current.event_id
        if seen not in (form.based_on, form.looked_at):
            # The other text is already visible next to the input. Warn once; the next attempt
            # saves.
            self._own.forms[row.id] = replace(form, looked_at=seen)
            self.told.emit(Notice(*incidents_words.look_first(), LONG_S, problem=True))
            self._show()
            return
        if act is IncidentAct.EDITED and not self._is_changed(row):
            self.told.emit(Notice(*incidents_words.not_edited(), problem=True))
            return
        self._take(IncidentStep(act, row.id, *form.written, version))

    def end(self) -> None:
        """Ends the incident or declines the proposal. This console does not suggest a declined
        offer again.
        """
        row = self._row()
        if row is None or self._is_busy:
            return
        own = self._own
        if row.incident is None:
            own.forms.pop(row.id, None)
            if row.id in own.begun:
                own.begun.remove(row.id)
            self._choose_id(None)
            if row.offer is not None and not row.is_gone:
                self._watch.decline(row.offer)
            self._show()
        elif row.incident.is_open and self.may_lead():
            one = row.incident
            self._take(
                IncidentStep(
                    IncidentAct.ENDED, one.id, one.street, one.matter, one.text, one.version
                )
            )

    def _take(self, step: IncidentStep) -> None:
        by = self._operator()
        self._is_busy = True
        self._show()
        self._deliveries.deliver(
            self._store.take(step, by),
            lambda outcome: self._taken(step, outcome, by),
            self._not_taken,
            (StoreError,),
        )

    def _taken(
        self, step: IncidentStep, outcome: IncidentEvent | IncidentProblem, by: Operator
    ) -> None:
        """Applies the result of a step; another operator may have signed in during the write."""
        self._is_busy = False
        own, is_here = self._work_of(by), by.id == self._operator().id
        if isinstance(outcome, IncidentProblem):
            own.problem = outcome
            if is_here:
                self.told.emit(Notice(incidents_words.problem(outcome), "", LONG_S, problem=True))
            self._watch.reload()
            self._show()
            return
        own.problem = None
        form = own.forms.get(step.incident_id)
        if form is not None and form.written == (step.street, step.matter, step.text):
            del own.forms[step.incident_id]  # otherwise the input has changed since
        elif form is not None:
            own.forms[step.incident_id] = replace(form, based_on=outcome.id)
        if step.incident_id in own.begun:
            own.begun.remove(step.incident_id)
        self._watch.wrote(outcome)
        if not is_here:
            self._show()
            return
        self.told.emit(Notice(*incidents_words.done(step.act)))
        if step.act is IncidentAct.PROPOSED:
            self.proposed.emit()

    def _not_taken(self, _error: Exception) -> None:
        self._is_busy = False
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))
        self._show()

    # --- rows ---

    def _incidents_read(self) -> None:
        for work in self._works.values():
            work.follow(self._watch.incidents)
        self._show()

    def _rows(self, of: OwnWork | None = None) -> tuple[Row, ...]:
        """Returns the rows in display order: incidents started by hand, offers, open incidents,
        ended incidents.
        """
        incidents, own = self._watch.incidents, self._own if of is None else of
        known = {id for one in incidents for id in one.ids}
        offered = self._offers.rows(self._watch.offers, self._is_before_somebody)
        return (
            *(Row(id) for id in own.begun if id not in known),
            *(row for row in offered if row.id not in known and self._is_of(own, row)),
            *(Row(one.id, one) for one in incidents if one.is_open),
            *(Row(one.id, one) for one in incidents if not one.is_open),
        )

    def _is_before_somebody(self, id: UUID, offer: Offer) -> bool:
        """Whether an operator has input for an expired offer or is reading it, so its row must
        remain.
        """
        row = Row(id, None, offer, is_gone=True)
        return any(self._is_of(work, row) for work in self._works.values())

    def _is_of(self, work: OwnWork, row: Row) -> bool:
        is_read = self._is_seen and work is self._own and work.chosen == row.id
        if not row.is_gone or is_read:
            return True
        typed = work.forms.get(row.id)
        return typed is not None and typed.written != as_it_stands(row, self._watch).written

    def _row(self) -> Row | None:
        chosen = self._own.chosen
        return next((row for row in self._rows() if row.id == chosen), None)

    def _form(self, row: Row) -> Form:
        return self._own.forms.get(row.id) or as_it_stands(row, self._watch)

    def _is_changed(self, row: Row) -> bool:
        return self._form(row).written != as_it_stands(row, self._watch).written

    def _act(self, row: Row) -> IncidentAct | None:
        return next_act(row, leads=self.may_lead(), proposes=self.may_propose())

    # --- view state ---

    def _show(self) -> None:
        rows, chosen = self._rows(), self._own.chosen
        row = next((one for one in rows if one.id == chosen), None)
        if row is None and rows:
            row = rows[0]
            self._choose_id(row.id)
        declared = sum(one.state is IncidentState.DECLARED for one in self._watch.incidents)
        state = IncidentPageState(
            rows=tuple(list_row(one, number, self._watch) for number, one in enumerate(rows, 1)),
            subtitle=incidents_words.subtitle(declared),
            may_begin=self.may_propose(),
        )
        if row is not None:
            state = with_form(
                replace(state, chosen=rows.index(row)),
                row,
                self._form(row),
                self._watch,
                act=self._act(row),
                leads=self.may_lead(),
                problem=self._own.problem,
                is_busy=self._is_busy,
            )
        if state != self._state:
            self._state = state
            self.changed.emit(state)
