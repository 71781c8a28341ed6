"""What puts the file for the administrator together."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from console.assembly.shared import Shared
from console.diagnostics.bundle import write_bundle
from console.milestones import Milestone
from console.presenters.diagnostics import DiagnosticsPresenter
from console.presenters.notices import NoticesPresenter
from console.presenters.status import StatusPresenter
from console.settings.workplace import CITY_ZONE


def make_diagnostics(
    shared: Shared, status: StatusPresenter, notices: NoticesPresenter
) -> DiagnosticsPresenter:
    """Of the register that is open here and of what the window shows."""
    settings = shared.settings

    def write(file: Path, at: datetime, live: Mapping[str, object]) -> Path:
        return write_bundle(file, settings, at, register=shared.register, live=live)

    made = DiagnosticsPresenter(
        write,
        settings.diagnostics_directory,
        settings.workplace,
        status,
        notices,
        shared.readers,
        shared.deliveries,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    made.written.connect(lambda: shared.milestones.note(Milestone.DIAGNOSTICS_WRITTEN))
    return made
