"""What the page of incidents shows: the list, and the form of the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console import words
from console.presenters.entry_state import HistoryRow
from console.presenters.incident_rows import Form, Row
from console.presenters.incident_watch import IncidentWatch
from sync.register.incidents.incident import IncidentAct, IncidentProblem, IncidentState

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
    found: str = ""
    meanwhile: str = ""
    theirs: str = ""
    versions: tuple[str, ...] = ()
    act: IncidentAct | None = None
    may_move: bool = False
    """Whether street and category may still be changed."""
    may_begin: bool = False
    may_end: bool = False
    may_decline: bool = False
    is_begun: bool = False
    is_changed: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    is_busy: bool = False


def as_it_stands(row: Row, watch: IncidentWatch) -> Form:
    """The form before anybody types in it."""
    if row.incident is not None:
        one = row.incident
        return Form(one.street, one.matter, one.text, one.current.event_id)
    if row.offer is not None:
        street, matter = row.offer.street, row.offer.outbreak.matter
        text = words.incidents.proposed_text(street, watch.matter_text(matter))
        return Form(street, matter, text)
    return Form()


def next_act(row: Row, *, leads: bool, proposes: bool) -> IncidentAct | None:
    """What one who may do this does next with it; None where nothing is to be done."""
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
    """The page with what is typed of the chosen one; ``act`` is what is done next with it."""
    incident = row.incident
    length, verdict, is_good = words.editing.speaking(form.text)
    where = "" if problem is None else words.incidents.problem_field(problem)
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
            words.incidents.changed_meanwhile(incident, watch.moment)
            if incident is not None and is_behind
            else ""
        ),
        theirs=incident.text if incident is not None and is_behind else "",
        versions=tuple(
            words.incidents.version(one, watch.moment)
            for one in reversed(() if incident is None else incident.versions)
        ),
        act=act,
        may_move=act in (IncidentAct.PROPOSED, IncidentAct.DECLARED),
        may_end=incident is not None and incident.state is IncidentState.DECLARED and leads,
        is_begun=incident is None and row.offer is None,
        may_decline=incident is None or (incident.state is IncidentState.PROPOSED and leads),
        is_changed=is_changed,
        problems={where: words.incidents.problem(problem)} if problem and where else {},
        is_busy=is_busy,
    )


def list_row(row: Row, number: int, watch: IncidentWatch) -> HistoryRow:
    """One of the list; ``number`` is its place there, from 1."""
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
        what=_name(row, watch),
        who=_about(row, watch),
        version=version,
        icon=icon,
        role=role,
    )


def _found_again(form: Form, watch: IncidentWatch) -> str:
    at = form.found_at
    return "" if at is None else words.kept.found_again(watch.moment(at))


def _name(row: Row, watch: IncidentWatch) -> str:
    form = as_it_stands(row, watch)
    return watch.title_of(form.street, form.matter) or words.incidents.new_heading()


def _about(row: Row, watch: IncidentWatch) -> str:
    if row.is_gone:
        return words.incidents.not_offered_any_more()
    if row.offer is not None:
        return words.incidents.seen_in_calls(row.offer.outbreak.callers)
    if row.incident is None:
        return ""
    if row.incident.is_open:
        return words.incidents.meta(row.incident, watch.moment)
    return words.incidents.over(row.incident, watch.moment)
