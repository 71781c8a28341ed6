"""The desk as a person has set it up, over the store and the administrator's file."""

from functools import partial

from PySide6.QtCore import QLocale

from console.look import look_of
from console.presenters.own_desk import OwnDeskPresenter
from console.roaming_desk import RoamingDesk
from console.start.opening import Opening
from sync.exchange.own_desk_roaming import OwnDeskRoaming


def make_own_desk(opening: Opening) -> OwnDeskPresenter:
    """It is there before the desk: what the window looks like is nobody's yet."""
    return OwnDeskPresenter(
        opening.own_desks,
        opening.deliveries,
        partial(look_of, settings=opening.settings),
        spoken="ru" if QLocale().language() is QLocale.Language.Russian else "en",
        parent=opening,
    )


def make_roaming(opening: Opening, own_desk: OwnDeskPresenter) -> RoamingDesk | None:
    """What takes it to the centre and brings it from there; None without one."""
    people = opening.people
    if people is None:
        return None
    made = RoamingDesk(
        own_desk,
        OwnDeskRoaming(opening.own_desks),
        opening.deliveries,
        people.session_of,
        parent=opening,
    )
    opening.stops.append(("own desk", made.close))
    return made
