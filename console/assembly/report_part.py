"""The supervisor's reports of calls and of messages."""

from console import words
from console.assembly.intake_part import IntakePart
from console.assembly.shared import Shared
from console.presenters.desk import DeskPresenter
from console.presenters.notices import NoticesPresenter
from console.presenters.report import ReportPresenter
from console.presenters.report_sources import MessageSources, ReportKind, call_source
from console.settings import CITY_ZONE


def make_report(
    shared: Shared, desk: DeskPresenter, intake: IntakePart, notices: NoticesPresenter
) -> ReportPresenter:
    """One page for all of them."""
    settings = shared.settings
    of_messages = MessageSources(
        intake.handling,
        shared.directory,
        shared.calendar,
        intake.terms,
        intake.classifier,
        intake.organs,
        CITY_ZONE,
    )
    line_hours = words.formats.line_hours_text(settings.line_opens, settings.line_closes)
    return ReportPresenter(
        {
            ReportKind.CALLS: call_source(shared.register, line_hours, CITY_ZONE),
            ReportKind.MESSAGES: of_messages.statistics,
            ReportKind.CATEGORIES: of_messages.categories,
            ReportKind.OTHER_ORGANS: of_messages.other_organs,
        },
        of_messages.names,
        intake.handling.handled,
        shared.readers,
        shared.deliveries,
        notices,
        shared.milestones,
        folder=settings.reports_directory,
        templates=shared.resources / "templates",
        city=settings.city,
        zone=CITY_ZONE,
        operator=lambda: desk.operator,
        parent=shared.parent,
    )
