"""Builds the presenter of reports about calls, messages and operators.

Reports of all workplaces need a sign-in at the central database.
"""

from collections.abc import Mapping
from functools import partial

from console.assembly.intake_part import IntakePart
from console.context import Shared
from console.core.settings.workplace import CITY_ZONE
from console.features.call_register.presenter import CallRegisterPresenter
from console.features.reports.presenter import ReportPresenter
from console.features.reports.sources import (
    CountedHere,
    MessageSources,
    ReportKind,
    ReportSource,
    call_source,
    central_call_source,
    line_hours_between,
    operator_source,
)
from console.shared.session.desk import DeskPresenter
from console.shell.notices import NoticesPresenter
from sync.exchange.central_choice import CentralReading
from sync.register.people.operators import Action, may
from sync.store.local.calls.search import LocalCalls
from sync.store.local.incidents import incidents_since
from sync.store.local.people.operators import changes_of_period


def make_call_register(
    shared: Shared, desk: DeskPresenter, intake: IntakePart
) -> CallRegisterPresenter:
    """Builds the call register: of all workplaces for a supervisor with a central sign-in."""
    people, settings = shared.people, shared.settings
    reading = None if people is None else CentralReading(lambda: people.session_of(desk.operator))

    def everywhere() -> CentralReading | None:
        is_known = people is not None and people.session_of(desk.operator) is not None
        is_senior = may(desk.operator.role, Action.SEE_REPORTS)
        return reading if is_known and is_senior else None

    made = CallRegisterPresenter(
        LocalCalls(shared.register),
        everywhere,
        intake.classifier,
        shared.readers,
        shared.drawing,
        shared.deliveries,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        area_code=settings.area_code,
        folder=settings.reports_directory,
        parent=shared.parent,
    )
    shared.stops.append(("call register", made.close))
    return made


def make_report(
    shared: Shared, desk: DeskPresenter, intake: IntakePart, notices: NoticesPresenter
) -> ReportPresenter:
    """Builds the presenter of the report page."""
    settings = shared.settings
    of_messages = MessageSources(
        intake.handling,
        CountedHere(intake.handling),
        shared.directory,
        shared.calendar,
        intake.terms,
        intake.classifier,
        intake.organs,
        CITY_ZONE,
    )
    people = shared.people
    reading = None if people is None else CentralReading(lambda: people.session_of(desk.operator))
    of_all = None if reading is None else _sources_of_all(shared, intake, reading)

    def everywhere() -> Mapping[ReportKind, ReportSource] | None:
        """None without a central database, or if the operator signed in offline."""
        is_known = people is not None and people.session_of(desk.operator) is not None
        return of_all if is_known else None

    return ReportPresenter(
        {
            ReportKind.CALLS: call_source(
                shared.register,
                partial(incidents_since, shared.register),
                partial(line_hours_between, shared.calendar, CITY_ZONE),
                CITY_ZONE,
            ),
            ReportKind.MESSAGES: of_messages.statistics,
            ReportKind.CATEGORIES: of_messages.categories,
            ReportKind.OTHER_ORGANS: of_messages.other_organs,
            ReportKind.OPERATORS: operator_source(
                shared.register, partial(changes_of_period, shared.register), CITY_ZONE
            ),
        },
        of_messages.names,
        intake.handling.handled,
        shared.readers,
        shared.drawing,
        shared.deliveries,
        notices.tell,
        shared.milestones,
        folder=settings.reports_directory,
        templates=shared.resources / "templates",
        city=settings.city,
        zone=CITY_ZONE,
        operator=lambda: desk.operator,
        everywhere=everywhere,
        parent=shared.parent,
    )


def _sources_of_all(
    shared: Shared, intake: IntakePart, reading: CentralReading
) -> Mapping[ReportKind, ReportSource]:
    of_messages = MessageSources(
        reading,
        reading,
        shared.directory,
        shared.calendar,
        intake.terms,
        intake.classifier,
        intake.organs,
        CITY_ZONE,
    )
    return {
        ReportKind.CALLS: central_call_source(
            reading,
            partial(incidents_since, shared.register),
            partial(line_hours_between, shared.calendar, CITY_ZONE),
            CITY_ZONE,
        ),
        ReportKind.MESSAGES: of_messages.statistics,
        ReportKind.CATEGORIES: of_messages.categories,
        ReportKind.OTHER_ORGANS: of_messages.other_organs,
    }
