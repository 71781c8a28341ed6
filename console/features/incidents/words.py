"""Display strings of incidents: official text, states, versions, steps and input errors."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted
from console.core.keymap import with_keys
from sync.register.incidents import (
    LONGEST_TEXT,
    Incident,
    IncidentAct,
    IncidentProblem,
    IncidentState,
    TextVersion,
)

Moment = Callable[[datetime], str]
"""Formats the local time of day, with the date if it is not today."""


def title(street: str, matter: str) -> str:
    """Returns the title of an incident, street and matter: «ул. Лесная: нет воды»."""
    told = matter.rpartition("›")[2].strip()
    if told[1:2].islower():
        told = told[:1].lower() + told[1:]
    return ": ".join(part for part in (street, told) if part)


def proposed_text(street: str, matter: str) -> str:
    """Returns the official text suggested for a new incident, limited to confirmed facts."""
    text = QCoreApplication.translate(
        "Words", "We are aware of this: %1. We are finding out the cause and timing."
    )
    return text.replace("%1", title(street, matter))


def meta(incident: Incident, moment: Moment) -> str:
    """Returns a line with start time, number of callers informed, and time of the last change of
    the text.
    """
    parts = [
        since(incident.declared_at or incident.begun_at, moment),
        Counted().calls_told(incident.calls),
    ]
    if incident.current.act is IncidentAct.EDITED:
        text = QCoreApplication.translate("Words", "text changed at %1")
        parts.append(text.replace("%1", moment(incident.current.at)))
    return " · ".join(parts)


def since(at: datetime, moment: Moment) -> str:
    return QCoreApplication.translate("Words", "since %1").replace("%1", moment(at))


def over(incident: Incident, moment: Moment) -> str:
    """Returns a line about an ended incident: start, end, duration, and number of callers
    informed.
    """
    begun, ended = incident.declared_at or incident.begun_at, incident.ended_at or incident.begun_at
    span = QCoreApplication.translate("Words", "from %1 to %2")
    span = span.replace("%1", moment(begun)).replace("%2", moment(ended))
    return " · ".join((span, duration(ended - begun), Counted().calls_told(incident.calls)))


def duration(lasted: timedelta) -> str:
    """Duration in hours and minutes."""
    hours, minutes = divmod(max(0, round(lasted.total_seconds() / 60)), 60)
    text = QCoreApplication.translate("Words", "%1 h %2 min")
    if not hours and not minutes:
        return QCoreApplication.translate("Words", "less than a minute")
    if not hours:
        return QCoreApplication.translate("Words", "%1 min").replace("%1", str(minutes))
    return text.replace("%1", str(hours)).replace("%2", str(minutes))


def not_edited() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "All workplaces already show this text"),
        QCoreApplication.translate("Words", "Change it before showing it."),
    )


def offered(name: str) -> str:
    text = QCoreApplication.translate("Words", "Possible incident — %1")
    return text.replace("%1", name)


def offered_why(callers: int, within: timedelta) -> str:
    minutes = round(within.total_seconds() / 60)
    return Counted().callers_within(callers).replace("%1", str(minutes))


def proposed(name: str) -> str:
    return QCoreApplication.translate("Words", "Incident proposed — %1").replace("%1", name)


def proposed_by(incident: Incident, moment: Moment) -> str:
    text = QCoreApplication.translate("Words", "by %1 at %2; awaiting the supervisor")
    first = incident.versions[0]
    return text.replace("%1", first.by.name).replace("%2", moment(first.at))


def state_name(incident: Incident) -> str:
    match incident.state:
        case IncidentState.PROPOSED:
            return QCoreApplication.translate("Words", "proposed")
        case IncidentState.DECLARED:
            return QCoreApplication.translate("Words", "active")
        case IncidentState.ENDED:
            return QCoreApplication.translate("Words", "ended")
        case IncidentState.DECLINED:
            return QCoreApplication.translate("Words", "declined")
        case _:
            assert_never(incident.state)


def version(one: TextVersion, moment: Moment) -> str:
    """Returns a version of the official text with its step, author and time."""
    head = f"{moment(one.at)} · {act_name(one.act)} · {one.by.name}"
    if not one.holds:
        is_overtaken = QCoreApplication.translate("Words", "not in effect")
        head = f"{head} · {is_overtaken}"
    return head if one.act is IncidentAct.ENDED else f"{head}\n{one.text}"


def act_name(act: IncidentAct) -> str:
    match act:
        case IncidentAct.PROPOSED:
            return QCoreApplication.translate("Words", "proposed")
        case IncidentAct.DECLARED:
            return QCoreApplication.translate("Words", "declared")
        case IncidentAct.EDITED:
            return QCoreApplication.translate("Words", "text changed")
        case IncidentAct.ENDED:
            return QCoreApplication.translate("Words", "ended")
        case IncidentAct.CALL_LINKED:
            return QCoreApplication.translate("Words", "call linked")
        case IncidentAct.CALL_UNLINKED:
            return QCoreApplication.translate("Words", "call unlinked")
        case _:
            assert_never(act)


def done(act: IncidentAct) -> tuple[str, str]:
    """Confirmation of a step, with its consequence."""
    match act:
        case IncidentAct.PROPOSED:
            return (
                QCoreApplication.translate("Words", "Incident proposed"),
                QCoreApplication.translate("Words", "The supervisor approves the text."),
            )
        case IncidentAct.DECLARED:
            return (
                QCoreApplication.translate("Words", "Incident declared"),
                QCoreApplication.translate("Words", "The text is shown at all workplaces."),
            )
        case IncidentAct.EDITED:
            return (
                QCoreApplication.translate("Words", "Text changed"),
                QCoreApplication.translate("Words", "The new text is shown at all workplaces."),
            )
        case IncidentAct.ENDED:
            return (
                QCoreApplication.translate("Words", "Incident ended"),
                QCoreApplication.translate("Words", "The text is no longer shown."),
            )
        case IncidentAct.CALL_LINKED:
            return QCoreApplication.translate("Words", "Call linked"), ""
        case IncidentAct.CALL_UNLINKED:
            return QCoreApplication.translate("Words", "Call unlinked"), ""
        case _:
            assert_never(act)


def problem(found: IncidentProblem) -> str:
    match found:
        case IncidentProblem.NOT_ALLOWED:
            return QCoreApplication.translate("Words", "Only a supervisor can do this")
        case IncidentProblem.STREET_MISSING:
            return QCoreApplication.translate("Words", "Enter the street")
        case IncidentProblem.TEXT_MISSING:
            return QCoreApplication.translate("Words", "Enter what to say")
        case IncidentProblem.TEXT_TOO_LONG:
            text = QCoreApplication.translate("Words", "Longer than %1 characters: shorten it")
            return text.replace("%1", str(LONGEST_TEXT))
        case IncidentProblem.KNOWN_ALREADY:
            return QCoreApplication.translate("Words", "This street already has an incident")
        case IncidentProblem.OVER:
            return QCoreApplication.translate("Words", "This incident has ended")
        case IncidentProblem.OVERTAKEN:
            return QCoreApplication.translate("Words", "A colleague was first; your text is saved")
        case _:
            assert_never(found)


def problem_field(found: IncidentProblem) -> str:
    """Field of the form to which a problem belongs; empty if it belongs to none."""
    match found:
        case IncidentProblem.STREET_MISSING | IncidentProblem.KNOWN_ALREADY:
            return "street"
        case IncidentProblem.TEXT_MISSING | IncidentProblem.TEXT_TOO_LONG:
            return "text"
        case IncidentProblem.NOT_ALLOWED | IncidentProblem.OVER | IncidentProblem.OVERTAKEN:
            return ""
        case _:
            assert_never(found)


def overtaken(incident: Incident) -> tuple[str, str]:
    """Notice that another operator edited the text concurrently and that the other text is in
    effect.
    """
    text = QCoreApplication.translate("Words", "The text by %1 applies")
    return (
        text.replace("%1", incident.current.by.name),
        QCoreApplication.translate("Words", "Yours is saved among the incident's versions."),
    )


def changed_meanwhile(incident: Incident, moment: Moment) -> str:
    """Heading of the text that another operator saved during the input; shown next to the input."""
    text = QCoreApplication.translate(
        "Words", "While you were typing, %1 changed the text at %2. All workplaces say:"
    )
    current = incident.current
    return text.replace("%1", current.by.name).replace("%2", moment(current.at))


def look_first() -> tuple[str, str]:
    """Warning at the first Ctrl+Enter if another operator has changed the text since."""
    return (
        QCoreApplication.translate("Words", "The text has changed since"),
        with_keys(
            QCoreApplication.translate("Words", "Press Ctrl+Enter again to replace it with yours."),
            Key.SAVE,
        ),
    )


def nothing_to_tell(is_declared: bool) -> str:
    if is_declared:
        return QCoreApplication.translate("Words", "No call card to close")
    return QCoreApplication.translate("Words", "No declared incidents")


def confirm(act: IncidentAct) -> str:
    """Label of the main button for the step."""
    match act:
        case IncidentAct.PROPOSED:
            return QCoreApplication.translate("Words", "Propose to the supervisor")
        case IncidentAct.DECLARED:
            return QCoreApplication.translate("Words", "Declare")
        case IncidentAct.EDITED:
            return QCoreApplication.translate("Words", "Change the text for all")
        case IncidentAct.ENDED | IncidentAct.CALL_LINKED | IncidentAct.CALL_UNLINKED:
            return ""
        case _:
            assert_never(act)


def subtitle(declared: int) -> str:
    if declared:
        return Counted().incidents_on(declared)
    return QCoreApplication.translate("Words", "No declared incidents")


def new_heading() -> str:
    return QCoreApplication.translate("Words", "New incident")


def seen_in_calls(callers: int) -> str:
    return Counted().callers(callers)


def not_offered_any_more() -> str:
    """Notice that a suggested incident has expired while an operator is still working on it."""
    return QCoreApplication.translate(
        "Words", "No longer suggested: its calls ended or a colleague has decided"
    )


def new() -> str:
    return QCoreApplication.translate("Words", "new")


def offer() -> str:
    return QCoreApplication.translate("Words", "possible")
