"""Who calls: the card that is filled in, what is known of the number, and the persons behind it."""

from dataclasses import dataclass

from console.assembly.intake_part import IntakePart
from console.assembly.shared import Shared
from console.presenters.caller_history import CallerHistoryPresenter
from console.presenters.caller_persons import CallerPersonsPresenter
from console.presenters.caller_reading import CallerReading
from console.presenters.card import CardPresenter
from console.presenters.desk import DeskPresenter
from console.settings.workplace import CITY_ZONE
from sync.store.known_callers import known_caller
from sync.store.known_persons import find_persons, persons_behind


@dataclass(frozen=True, slots=True)
class CallerPart:
    """The presenters of the card and of what earlier calls and messages say of its caller."""

    card: CardPresenter
    history: CallerHistoryPresenter
    persons: CallerPersonsPresenter


def make_caller_part(shared: Shared, desk: DeskPresenter, intake: IntakePart) -> CallerPart:
    """Make and connect them; of one caller the register is read once for all."""
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
