"""Builds the incident watch of every workplace and the presenter of the supervisor's page."""

from dataclasses import dataclass
from datetime import timedelta

from uuid_utils.compat import uuid7

from console.assembly.intake_part import IntakePart
from console.context import Shared
from console.core.settings.workplace import CITY_ZONE
from console.features.incidents.presenter import IncidentPagePresenter
from console.features.incidents.watch import IncidentWatch
from console.shared.session.desk import DeskPresenter
from sync.register.incidents import OutbreakRules
from sync.store.local.incidents import Incidents


@dataclass(frozen=True, slots=True)
class IncidentPart:
    """Presenters of the incident bar and the incident page."""

    watch: IncidentWatch
    page: IncidentPagePresenter


def make_incident_part(shared: Shared, desk: DeskPresenter, intake: IntakePart) -> IncidentPart:
    """Builds and connects the presenters; events of other workplaces are evaluated on arrival."""
    chosen = shared.settings.incidents
    store = Incidents(shared.register)
    watch = IncidentWatch(
        store,
        desk,
        intake.classifier,
        intake.places,
        shared.unhurried,
        shared.deliveries,
        shared.milestones,
        rules=OutbreakRules(chosen.callers, timedelta(minutes=chosen.within_min)),
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    for arrived in (shared.arrivals.incidents, shared.arrivals.history):
        arrived.connect(watch.reload)
    page = IncidentPagePresenter(
        watch,
        store,
        shared.deliveries,
        operator=lambda: desk.operator,
        new_id=uuid7,
        parent=shared.parent,
    )
    return IncidentPart(watch, page)
