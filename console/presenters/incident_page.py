"""The page of incidents: proposing, declaring, one text for all edited live, and the end of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.entry_state import HistoryRow
from console.presenters.incident_watch import IncidentsPort, IncidentWatch, Offer
from console.presenters.notices import LONG_S, Notice
from sync.errors import StoreError
from sync.register.incidents.incident import (
    Incident,
    IncidentAct,
    IncidentEvent,
    IncidentProblem,
    IncidentState,
    IncidentStep,
)
from sync.register.operators import Operator
from sync.register.rights import Action, may

_LOOKS = {
    IncidentState.PROPOSED: ("megaphone", "warn"),
    IncidentState.DECLARED: ("megaphone", "danger"),
    IncidentState.ENDED: ("check", "text-2"),
    IncidentState.DECLINED: ("x", "text-2"),
}


@dataclass(frozen=True, slots=True)
class IncidentPageState:
    """All that the page shows; ``key`` changes with the incident that stands in the form.

    ``theirs`` is the text that somebody else wrote while this one was typed, under ``meanwhile``.
    """

    rows: tuple[HistoryRow, ...] = ()
    chosen: int = -1
    subtitle: str = ""
    key: str = ""
    heading: str = ""
    about: str = ""
    street: str = ""
    matter: str = ""
    matter_text: str = ""
    text: str = ""
    length: str = ""
    length_is_good: bool = True
    meanwhile: str = ""
    theirs: str = ""
    versions: tuple[str, ...] = ()
    act: IncidentAct | None = None
    may_move: bool = False
    """Whether street and category may still be changed."""
    may_end: bool = False
    may_decline: bool = False
    is_changed: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    is_busy: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """What is typed of one incident; kept while the program runs, whatever comes meanwhile."""

    street: str
    matter: str
    text: str
    based_on: int


@dataclass(frozen=True, slots=True)
class _Row:
    id: UUID
    incident: Incident | None
    offer: Offer | None = None


class IncidentPagePresenter(QObject):
    """Chooses one of the list and keeps what is typed of each; belongs to the GUI thread."""

    changed = Signal(object)  # IncidentPageState
    told = Signal(object)  # Notice
    proposed = Signal()  # an operator has handed it to the supervisor, and goes back to work

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
        self._forms: dict[UUID, _Form] = {}
        self._offered: list[tuple[UUID, Offer]] = []  # with the identity each may get
        self._begun: list[UUID] = []  # by hand, and in no store yet
        self._chosen: UUID | None = None
        self._problem: IncidentProblem | None = None
        self._is_busy = False
        self._state = IncidentPageState()
        watch.read.connect(self._show)
        self._show()

    @property
    def state(self) -> IncidentPageState:
        return self._state

    def may_lead(self) -> bool:
        """Whether the one who has signed in declares, edits and ends."""
        return may(self._operator().role, Action.LEAD_INCIDENTS)

    def may_propose(self) -> bool:
        return may(self._operator().role, Action.TAKE_CALLS)

    # --- what is chosen ---

    def open(self) -> bool:
        """Read anew, and choose what waits for a decision; whether there is such a thing."""
        self._watch.reload()
        waiting = [row for row in self._rows() if _waits(row)]
        if waiting and self._is_idle():
            self._choose_id(waiting[0].id)
        self._show()
        return bool(waiting)

    def _is_idle(self) -> bool:
        """Whether nothing is being typed of the chosen one."""
        row = self._row()
        return row is None or not self._is_changed(row)

    def choose(self, index: int) -> None:
        rows = self._rows()
        if 0 <= index < len(rows):
            self._choose_id(rows[index].id)
            self._show()

    def _choose_id(self, id: UUID) -> None:
        if id != self._chosen:
            self._chosen, self._problem = id, None

    def begin(self) -> None:
        """A new one by hand, as when the water company has called first."""
        if not self.may_propose():
            return
        empty = next((id for id in self._begun if id not in self._forms), None)
        if empty is None:
            empty = self._new_id()
            self._begun.insert(0, empty)
        self._choose_id(empty)
        self._show()

    # --- what is typed ---

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
        self._forms[row.id] = replace(
            form,
            street=form.street if street is None else street,
            matter=form.matter if matter is None else matter,
            text=form.text if text is None else text,
        )
        self._problem = None
        self._show()

    def take_theirs(self) -> None:
        """Leave what was typed here for what everybody says now."""
        if self._chosen is not None and self._forms.pop(self._chosen, None) is not None:
            self._problem = None
            self._show()

    # --- what is done ---

    def confirm(self) -> None:
        """Propose, declare or change the text, by what stands and by who is here."""
        row = self._row()
        act = None if row is None else self._act(row)
        if row is None or act is None or self._is_busy:
            return
        form = self._form(row)
        if row.incident is not None and row.incident.version != form.based_on:
            # the other text has been shown beside; this once it is pointed at
            self._forms[row.id] = replace(form, based_on=row.incident.version)
            self.told.emit(Notice(*words.incidents.look_first(), LONG_S, problem=True))
            self._show()
            return
        if act is IncidentAct.EDITED and not self._is_changed(row):
            return
        self._take(IncidentStep(act, row.id, form.street, form.matter, form.text, form.based_on))

    def end(self) -> None:
        """The incident is over, or a proposal is none; an offer is not made here again."""
        row = self._row()
        if row is None or self._is_busy:
            return
        if row.offer is not None:
            self._forms.pop(row.id, None)
            self._watch.decline(row.offer)
        elif row.incident is None:
            self._forms.pop(row.id, None)
            self._begun.remove(row.id)
            self._show()
        elif row.incident.is_open and self.may_lead():
            one = row.incident
            self._take(
                IncidentStep(
                    IncidentAct.ENDED, one.id, one.street, one.matter, one.text, one.version
                )
            )

    def _take(self, step: IncidentStep) -> None:
        self._is_busy = True
        self._show()
        self._deliveries.deliver(
            self._store.take(step, self._operator()),
            lambda outcome: self._taken(step, outcome),
            self._not_taken,
            (StoreError,),
        )

    def _taken(self, step: IncidentStep, outcome: IncidentEvent | IncidentProblem) -> None:
        self._is_busy = False
        if isinstance(outcome, IncidentProblem):
            self._problem = outcome
            self.told.emit(Notice(words.incidents.problem(outcome), "", LONG_S, problem=True))
            self._watch.reload()
            self._show()
            return
        self._problem = None
        form = self._forms.get(step.incident_id)
        if form is not None and (form.street, form.text) == (step.street, step.text):
            del self._forms[step.incident_id]  # else it was typed on meanwhile
        elif form is not None:
            self._forms[step.incident_id] = replace(form, based_on=outcome.version)
        if step.incident_id in self._begun:
            self._begun.remove(step.incident_id)
        self.told.emit(Notice(*words.incidents.done(step.act)))
        self._watch.wrote(outcome)
        if step.act is IncidentAct.PROPOSED:
            self.proposed.emit()

    def _not_taken(self, _error: Exception) -> None:
        self._is_busy = False
        head, body = words.status.store_failed_head(), words.status.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))
        self._show()

    # --- what there is ---

    def _rows(self) -> tuple[_Row, ...]:
        """By hand, offers, then those that are on and proposed, then those that are over."""
        incidents = self._watch.incidents
        known = {one.id for one in incidents}
        self._offered = [(self._identity(offer), offer) for offer in self._watch.offers]
        return (
            *(_Row(id, None) for id in self._begun if id not in known),
            *(_Row(id, None, offer) for id, offer in self._offered if id not in known),
            *(_Row(one.id, one) for one in incidents if one.is_open),
            *(_Row(one.id, one) for one in incidents if not one.is_open),
        )

    def _identity(self, offer: Offer) -> UUID:
        """One for an offer as long as it is made, so that what is typed of it stays with it."""
        key = (offer.outbreak.matter, offer.outbreak.streets)
        for id, known in self._offered:
            if (known.outbreak.matter, known.outbreak.streets) == key:
                return id
        return self._new_id()

    def _row(self) -> _Row | None:
        return next((row for row in self._rows() if row.id == self._chosen), None)

    def _form(self, row: _Row) -> _Form:
        return self._forms.get(row.id) or self._as_it_stands(row)

    def _as_it_stands(self, row: _Row) -> _Form:
        if row.incident is not None:
            one = row.incident
            return _Form(one.street, one.matter, one.text, one.version)
        if row.offer is not None:
            street, matter = row.offer.street, row.offer.outbreak.matter
            text = words.incidents.proposed_text(street, self._watch.matter_text(matter))
            return _Form(street, matter, text, 0)
        return _Form("", "", "", 0)

    def _is_changed(self, row: _Row) -> bool:
        typed, stands = self._form(row), self._as_it_stands(row)
        return (typed.street, typed.matter, typed.text) != (
            stands.street,
            stands.matter,
            stands.text,
        )

    def _act(self, row: _Row) -> IncidentAct | None:
        leads = self.may_lead()
        if row.incident is None:
            if leads:
                return IncidentAct.DECLARED
            return IncidentAct.PROPOSED if self.may_propose() else None
        match row.incident.state:
            case IncidentState.PROPOSED if leads:
                return IncidentAct.DECLARED
            case IncidentState.DECLARED if leads:
                return IncidentAct.EDITED
            case _:
                return None

    # --- what is shown ---

    def _show(self) -> None:
        rows = self._rows()
        row = next((one for one in rows if one.id == self._chosen), None)
        if row is None and rows:
            row = rows[0]
            self._choose_id(row.id)
        declared = sum(one.state is IncidentState.DECLARED for one in self._watch.incidents)
        state = IncidentPageState(
            rows=tuple(self._list_row(one, number) for number, one in enumerate(rows, 1)),
            subtitle=words.incidents.subtitle(declared),
        )
        if row is not None:
            state = self._with_form(replace(state, chosen=rows.index(row)), row)
        if state != self._state:
            self._state = state
            self.changed.emit(state)

    def _with_form(self, state: IncidentPageState, row: _Row) -> IncidentPageState:
        form, incident = self._form(row), row.incident
        length, verdict, is_good = words.editing.speaking(form.text)
        problem = self._problem
        where = "" if problem is None else words.incidents.problem_field(problem)
        is_behind = incident is not None and incident.version != form.based_on
        act = self._act(row)
        return replace(
            state,
            key=str(row.id),
            heading=self._name(row),
            about=self._about(row),
            street=form.street,
            matter=form.matter,
            matter_text=self._watch.matter_text(form.matter),
            text=form.text,
            length=" · ".join(part for part in (length, verdict) if part),
            length_is_good=is_good,
            meanwhile=(
                words.incidents.changed_meanwhile(incident, self._watch.moment)
                if incident is not None and is_behind
                else ""
            ),
            theirs=incident.text if incident is not None and is_behind else "",
            versions=tuple(
                words.incidents.version(one, self._watch.moment)
                for one in reversed(() if incident is None else incident.versions)
            ),
            act=act,
            may_move=act in (IncidentAct.PROPOSED, IncidentAct.DECLARED),
            may_end=incident is not None
            and incident.state is IncidentState.DECLARED
            and self.may_lead(),
            may_decline=incident is None
            or (incident.state is IncidentState.PROPOSED and self.may_lead()),
            is_changed=self._is_changed(row),
            problems={where: words.incidents.problem(problem)} if problem and where else {},
            is_busy=self._is_busy,
        )

    def _name(self, row: _Row) -> str:
        form = self._as_it_stands(row)
        return self._watch.title_of(form.street, form.matter) or words.incidents.new_heading()

    def _about(self, row: _Row) -> str:
        if row.offer is not None:
            return words.incidents.seen_in_calls(row.offer.outbreak.callers)
        if row.incident is None:
            return ""
        if row.incident.is_open:
            return words.incidents.meta(row.incident, self._watch.moment)
        return words.incidents.over(row.incident, self._watch.moment)

    def _list_row(self, row: _Row, number: int) -> HistoryRow:
        icon, role = "warning-fill", "warn"
        version = words.incidents.new()
        if row.incident is not None:
            icon, role = _LOOKS[row.incident.state]
            version = words.incidents.state_name(row.incident)
        elif row.offer is None:
            icon = "note-pencil"
        else:
            version = words.incidents.offer()
        return HistoryRow(
            number=number,
            what=self._name(row),
            who=self._about(row),
            version=version,
            icon=icon,
            role=role,
        )


def _waits(row: _Row) -> bool:
    """Whether somebody has to decide about it."""
    if row.offer is not None:
        return True
    return row.incident is not None and row.incident.state is IncidentState.PROPOSED
