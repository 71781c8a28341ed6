"""Builds the presenters of the call card, of the caller's history and of the caller's persons.

History and persons share one lookup of the register.
"""

from dataclasses import dataclass

from console.assembly.intake_part import IntakePart
from console.context import Shared
from console.core.settings.workplace import CITY_ZONE
from console.features.call_card.caller_history import CallerHistoryPresenter, CallerReading
from console.features.call_card.persons import CallerPersonsPresenter
from console.features.call_card.presenter import CardPresenter
from console.shared.session.desk import DeskPresenter
from sync.store.local.callers import find_persons, known_caller, persons_behind


@dataclass(frozen=True, slots=True)
class CallerPart:
    """Presenters of the call card, the caller's history and the suggested persons."""

    card: CardPresenter
    history: CallerHistoryPresenter
    persons: CallerPersonsPresenter


def make_caller_part(shared: Shared, desk: DeskPresenter, intake: IntakePart) -> CallerPart:
    """Builds and connects the presenters; each caller is looked up in the register once."""
    register, area_code = shared.register, shared.settings.area_code
    card = CardPresenter(
        desk, intake.classifier, zone=CITY_ZONE, area_code=area_code, parent=shared.parent
    )
    reading = CallerReading(
        desk,
        lambda phone, call_id: known_caller(register, phone, without=call_id),
        lambda phone, call_id: persons_behind(register, phone, without=call_id),
        shared.readers,
        area_code=area_code,
        parent=shared.parent,
    )
    history = CallerHistoryPresenter(
        desk,
        lambda phone, call_id: reading.of(phone, call_id).caller,
        shared.deliveries,
        intake.classifier,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    history.found.connect(card.show_known)
    persons = CallerPersonsPresenter(
        desk,
        lambda phone, call_id: reading.of(phone, call_id).persons,
        lambda query: find_persons(register, query, area_code),
        shared.readers,
        shared.deliveries,
        shared.milestones,
        intake.classifier,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    return CallerPart(card, history, persons)
