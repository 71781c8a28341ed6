"""Builds the presenter that writes the support bundle for the administrator."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from console.context import Shared
from console.core.milestones import Milestone
from console.core.settings.workplace import CITY_ZONE
from console.features.diagnostics.bundle import write_bundle
from console.features.diagnostics.presenter import DiagnosticsPresenter
from console.shared.workplace.status import StatusPresenter
from console.shell.notices import NoticesPresenter


def make_diagnostics(
    shared: Shared, status: StatusPresenter, notices: NoticesPresenter
) -> DiagnosticsPresenter:
    """Builds the presenter with the opened register and the current state of the window."""
    settings = shared.settings

    def write(file: Path, at: datetime, live: Mapping[str, object]) -> Path:
        return write_bundle(file, settings, at, register=shared.register, live=live)

    made = DiagnosticsPresenter(
        write,
        settings.diagnostics_directory,
        settings.workplace,
        status,
        notices.tell,
        shared.readers,
        shared.deliveries,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    made.written.connect(lambda: shared.milestones.note(Milestone.DIAGNOSTICS_WRITTEN))
    return made
