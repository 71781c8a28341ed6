"""Who is calling: the people whom earlier records name, beside the card."""

from console.assembly.shared import Shared
from console.presenters.caller_persons import Behind, CallerPersonsPresenter
from console.presenters.classifier import Classifier
from console.presenters.desk import DeskPresenter
from console.settings import CITY_ZONE
from sync.store.known_persons import find_persons


def make_persons(
    shared: Shared, desk: DeskPresenter, behind: Behind, classifier: Classifier
) -> CallerPersonsPresenter:
    """Read from the register of this workplace, on its reader threads."""
    register, area_code = shared.register, shared.settings.area_code
    return CallerPersonsPresenter(
        desk,
        behind,
        lambda query: find_persons(register, query, area_code),
        shared.readers,
        shared.deliveries,
        shared.milestones,
        classifier,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
