"""Builds the presenter of regulation clauses, and loads the city's versions of their text.

The text is read again every minute, when the panel opens, and after an update by the central
database.
"""

import logging
from datetime import UTC, datetime

from PySide6.QtCore import QTimer

from console.context import Shared
from console.core.milestones import Milestone
from console.core.settings.workplace import CITY_ZONE
from console.features.regulation.presenter import ParagraphsPresenter, ParagraphsState
from sync.errors import RegulationUnreadable, StoreError
from sync.register.regulation import Editions
from sync.store.local.feed import REGULATION, shared_setting_of
from sync.store.local.sidecar_files import editions_of, read_editions, write_editions

LOOK_MS = 60_000
LOG = logging.getLogger(__name__)


def make_paragraphs(shared: Shared) -> ParagraphsPresenter:
    """Builds the presenter; the text is reloaded on opening and every minute after an import.

    The central database's text replaces the local one. Message actions record the version that is
    in force at their time.
    """
    file = shared.settings.regulation_file
    made = ParagraphsPresenter(
        today=lambda: datetime.now(UTC).astimezone(CITY_ZONE).date(), parent=shared.parent
    )

    def failed(error: Exception) -> None:
        code = error.code if isinstance(error, RegulationUnreadable) else type(error).__name__
        LOG.warning("regulation: cannot read: %s", code)
        made.tell_unreadable()

    def read() -> None:
        shared.deliveries.deliver(
            shared.readers.submit(read_editions, file),
            made.set_editions,
            failed,
            expected=(RegulationUnreadable,),
        )

    def take() -> Editions:
        given = shared_setting_of(shared.register, REGULATION)
        if given is None:
            return read_editions(file)
        editions = editions_of(given)
        write_editions(file, editions)
        return editions

    def take_of_centre() -> None:
        shared.deliveries.deliver(
            shared.readers.submit(take),
            made.set_editions,
            failed,
            expected=(RegulationUnreadable, StoreError),
        )

    def note(state: ParagraphsState) -> None:
        numbers = " ".join(one.number for one in state.shown)
        letters = sum(len(one.text) for one in state.shown)
        shared.milestones.note(Milestone.PARAGRAPHS_SHOWN, numbers=numbers, text_letters=letters)

    def edition_at(at: datetime) -> str:
        edition = made.editions.on(at.astimezone(CITY_ZONE).date())
        return "" if edition is None else edition.name

    shared.register.steps.set_edition(edition_at)
    # logged after painting
    made.changed.connect(lambda state: QTimer.singleShot(0, made, lambda: note(state)))
    made.opened.connect(read)
    # Decisions record the name of the version, even if the panel is never opened.
    look = QTimer(made)
    look.setInterval(LOOK_MS)
    look.timeout.connect(read)
    look.start()
    shared.arrivals.settings.connect(take_of_centre)
    read()
    return made
