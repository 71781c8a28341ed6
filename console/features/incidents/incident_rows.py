"""List rows, view state and unsaved input of the incidents page; no Qt and no I/O.

An offer is a group of similar calls that no operator has proposed as an incident yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from console.core import drafts
from console.core.view_data import HistoryRow
from console.features.incidents import words as incidents_words
from console.features.incidents.watch import IncidentWatch, Offer
from console.shared.directory import words as directory_words
from sync.register.handling.form_drafts import KeptWords, Typed
from sync.register.incidents import (
    Incident,
    IncidentAct,
    IncidentProblem,
    IncidentState,
    Outbreak,
    is_same,
)


@dataclass(frozen=True, slots=True)
class Form:
    """Unsaved input for one incident; retained until it is saved, even if another operator changes
    the incident.

    ``based_on`` is the event of the text on which the input is based, ``looked_at`` the event of
    the newer text that the operator was warned about. Event ids are compared, because two
    concurrent texts may share a version number. ``found_at`` is the time at which a previous
    session saved the input.
    """

    street: str = ""
    matter: str = ""
    text: str = ""
    based_on: UUID | None = None
    looked_at: UUID | None = None
    found_at: datetime | None = None

    @property
    def written(self) -> tuple[str, str, str]:
        return self.street, self.matter, self.text

    def as_kept(self) -> Typed:
        """Returns the input as a draft to be saved."""
        return Typed(
            {
                "street": self.street,
                "matter": self.matter,
                "text": self.text,
                "based_on": None if self.based_on is None else str(self.based_on),
                "looked_at": None if self.looked_at is None else str(self.looked_at),
            }
        )


def form_of(kept: KeptWords) -> Form:
    """Restores the form from saved input."""
    words = kept.typed.words
    based_on, looked_at = words["based_on"], words["looked_at"]
    return Form(
        words["street"],
        words["matter"],
        words["text"],
        None if based_on is None else UUID(based_on),
        None if looked_at is None else UUID(looked_at),
        kept.at,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """Row of the list. Without an incident it is an offer (similar calls, not proposed yet) or an
    incident started by hand.

    ``is_gone``: the offer has expired, and the row remains because of its unsaved input.
    """

    id: UUID
    incident: Incident | None = None
    offer: Offer | None = None
    is_gone: bool = False

    @property
    def waits(self) -> bool:
        """Whether the row requires a decision."""
        if self.incident is None:
            return self.offer is not None and not self.is_gone
        return self.incident.state is IncidentState.PROPOSED


@dataclass(slots=True)
class OwnWork:
    """Work of one operator: unsaved input, incidents started by hand, and the selected row.

    ``problem`` is the reason why the operator's last step was refused.
    """

    forms: dict[UUID, Form] = field(default_factory=dict)
    begun: list[UUID] = field(default_factory=list)
    chosen: UUID | None = None
    problem: IncidentProblem | None = None

    def find_again(self, found: Sequence[KeptWords]) -> None:
        """Restores the input of a previous session; newer input is not overwritten.

        Offers have new identities after a restart, so input for an offer becomes an incident
        started by hand.
        """
        for kept in found:
            id, form = UUID(kept.place.subject), form_of(kept)
            if id not in self.forms:
                self.forms[id] = form
                if form.based_on is None and id not in self.begun:
                    self.begun.append(id)

    def follow(self, incidents: Sequence[Incident]) -> None:
        """Moves input and selection to the current id of an incident that was also started
        elsewhere under another id.
        """
        for one in incidents:
            for id in one.ids - {one.id}:
                if self.chosen == id:
                    self.chosen = one.id
                form = self.forms.pop(id, None)
                if form is not None:
                    self.forms.setdefault(one.id, form)


class OfferNames:
    """Assigns each offer an id, which remains the same while an operator works on the offer."""

    def __init__(self, new_id: Callable[[], UUID]) -> None:
        self._new_id = new_id
        self._known: dict[UUID, Offer] = {}

    def rows(
        self, offers: Sequence[Offer], is_kept: Callable[[UUID, Offer], bool]
    ) -> tuple[Row, ...]:
        """Returns rows for all current offers, and for former offers accepted by ``is_kept``."""
        named: dict[UUID, Offer] = {}
        for offer in offers:
            named[self._name(offer.outbreak, named)] = offer
        gone = {id: one for id, one in self._known.items() if id not in named and is_kept(id, one)}
        self._known = named | gone
        return (
            *(Row(id, None, offer) for id, offer in named.items()),
            *(Row(id, None, offer, is_gone=True) for id, offer in gone.items()),
        )

    def _name(self, outbreak: Outbreak, taken: dict[UUID, Offer]) -> UUID:
        """Returns the id of the known offer for the same outbreak, or a new id."""
        alike = [
            id
            for id, known in self._known.items()
            if id not in taken and is_same(known.outbreak, outbreak)
        ]
        exact = [id for id in alike if self._known[id].outbreak.streets == outbreak.streets]
        return (exact or alike or [self._new_id()])[0]


_LOOKS = {
    IncidentState.PROPOSED: ("megaphone", "warn"),
    IncidentState.DECLARED: ("megaphone", "danger"),
    IncidentState.ENDED: ("check", "text-2"),
    IncidentState.DECLINED: ("x", "text-2"),
}


@dataclass(frozen=True, slots=True)
class IncidentPageState:
    """View state of the page; ``key`` changes with the incident shown in the form.

    ``theirs`` is the text that another operator wrote during the input; ``meanwhile`` is its
    heading.
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
    found: str = ""
    meanwhile: str = ""
    theirs: str = ""
    versions: tuple[str, ...] = ()
    act: IncidentAct | None = None
    may_move: bool = False
    """Whether street and category can still be changed."""
    may_begin: bool = False
    may_end: bool = False
    may_decline: bool = False
    is_begun: bool = False
    is_changed: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    is_busy: bool = False


def as_it_stands(row: Row, watch: IncidentWatch) -> Form:
    """Returns the content of the form before any input."""
    if row.incident is not None:
        one = row.incident
        return Form(one.street, one.matter, one.text, one.current.event_id)
    if row.offer is not None:
        street, matter = row.offer.street, row.offer.outbreak.matter
        text = incidents_words.proposed_text(street, watch.matter_text(matter))
        return Form(street, matter, text)
    return Form()


def next_act(row: Row, *, leads: bool, proposes: bool) -> IncidentAct | None:
    """Returns the next step on the incident for an operator with these rights; None if there is
    none.
    """
    if row.incident is None:
        if leads:
            return IncidentAct.DECLARED
        return IncidentAct.PROPOSED if proposes else None
    match row.incident.state:
        case IncidentState.PROPOSED if leads:
            return IncidentAct.DECLARED
        case IncidentState.DECLARED if leads:
            return IncidentAct.EDITED
        case _:
            return None


def with_form(
    state: IncidentPageState,
    row: Row,
    form: Form,
    watch: IncidentWatch,
    *,
    act: IncidentAct | None,
    leads: bool,
    problem: IncidentProblem | None,
    is_busy: bool,
) -> IncidentPageState:
    """Returns the page state with the form of the selected row; ``act`` is the next step on this
    row.
    """
    incident = row.incident
    length, verdict, is_good = directory_words.speaking(form.text)
    where = "" if problem is None else incidents_words.problem_field(problem)
    is_behind = incident is not None and incident.current.event_id != form.based_on
    is_changed = form.written != as_it_stands(row, watch).written
    return replace(
        state,
        key=str(row.id),
        heading=_name(row, watch),
        about=_about(row, watch),
        street=form.street,
        matter=form.matter,
        matter_text=watch.matter_text(form.matter),
        text=form.text,
        length=" · ".join(part for part in (length, verdict) if part),
        length_is_good=is_good,
        found=_found_again(form, watch) if is_changed else "",
        meanwhile=(
            incidents_words.changed_meanwhile(incident, watch.moment)
            if incident is not None and is_behind
            else ""
        ),
        theirs=incident.text if incident is not None and is_behind else "",
        versions=tuple(
            incidents_words.version(one, watch.moment)
            for one in reversed(() if incident is None else incident.versions)
        ),
        act=act,
        may_move=act in (IncidentAct.PROPOSED, IncidentAct.DECLARED),
        may_end=incident is not None and incident.state is IncidentState.DECLARED and leads,
        is_begun=incident is None and row.offer is None,
        may_decline=incident is None or (incident.state is IncidentState.PROPOSED and leads),
        is_changed=is_changed,
        problems={where: incidents_words.problem(problem)} if problem and where else {},
        is_busy=is_busy,
    )


def list_row(row: Row, number: int, watch: IncidentWatch) -> HistoryRow:
    """Formats a row of the list; ``number`` is its position, starting at 1."""
    icon, role = "warning-fill", "warn"
    version = incidents_words.new()
    if row.incident is not None:
        icon, role = _LOOKS[row.incident.state]
        version = incidents_words.state_name(row.incident)
    elif row.offer is None:
        icon = "note-pencil"
    else:
        version = incidents_words.offer()
    return HistoryRow(
        number=number,
        what=_name(row, watch),
        who=_about(row, watch),
        version=version,
        icon=icon,
        role=role,
    )


def _found_again(form: Form, watch: IncidentWatch) -> str:
    at = form.found_at
    return "" if at is None else drafts.found_again(watch.moment(at))


def _name(row: Row, watch: IncidentWatch) -> str:
    form = as_it_stands(row, watch)
    return watch.title_of(form.street, form.matter) or incidents_words.new_heading()


def _about(row: Row, watch: IncidentWatch) -> str:
    if row.is_gone:
        return incidents_words.not_offered_any_more()
    if row.offer is not None:
        return incidents_words.seen_in_calls(row.offer.outbreak.callers)
    if row.incident is None:
        return ""
    if row.incident.is_open:
        return incidents_words.meta(row.incident, watch.moment)
    return incidents_words.over(row.incident, watch.moment)
