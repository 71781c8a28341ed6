"""Builds the presenter of the shift handover, and collects the open work of this workplace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from console.assembly.handling_part import HandlingPart
from console.assembly.intake_part import IntakePart
from console.context import Shared
from console.core.milestones import Milestone
from console.core.settings.adapters import central_dsn
from console.core.settings.workplace import CITY_ZONE
from console.features.handover.presenter import HandoverPresenter, OpenWork
from console.features.shift_check.presenter import ShiftCheckPresenter
from console.shared.messages.terms import CityCalendar, Terms
from console.shared.session.desk import DeskPresenter
from sync.register.calls.missed import Missed
from sync.register.handling.clocks import WITH_TERM, awaited_on
from sync.register.handling.events import Step
from sync.register.messages import State
from sync.register.people.shift import Line, Part
from sync.store.local.calls.missed import MissedCalls
from sync.store.local.calls.planned import PlannedCalls
from sync.store.local.incidents import Incidents
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.notices import NoticeOutbox
from sync.store.local.people.shifts import Handovers
from sync.store.local.register import RegisterStore


@dataclass(frozen=True, slots=True)
class OpenWorkHere:
    """Reads missed calls, drafts, callbacks and deadlines. Blocks; call on a worker thread."""

    register: RegisterStore
    missed: MissedCalls
    handling: MessageHandling
    notices: NoticeOutbox
    terms: Terms
    city: CityCalendar
    planned: PlannedCalls
    incidents: Incidents
    sheets: Handovers
    has_centre: bool

    def __call__(self, today: date) -> OpenWork:
        awaited = self._awaited()
        promised = [Line("", at=one.at) for one in self.planned.still_open()]
        due = self.notices.due_calls(datetime.now(UTC))
        told = [Line(one.number, at=one.next_try_at) for one in due]
        incidents = (one for one in self.incidents.all() if one.is_open)
        return OpenWork(
            {
                Part.MISSED: _of_calls(self.missed.still_open()),
                Part.CALL_BACKS: (*promised, *told),
                Part.DRAFTS: self._drafts(),
                Part.OVERDUE: tuple(line for line, day in awaited if day < today),
                Part.DUE_TODAY: tuple(line for line, day in awaited if day == today),
                Part.INCIDENTS: tuple(Line(one.street, at=one.begun_at) for one in incidents),
            },
            # Without a central database the rows of the outbox are never sent.
            self.register.outbox_status().waiting if self.has_centre else 0,
            self.sheets.last_sheet(),
        )

    def _drafts(self) -> tuple[Line, ...]:
        """Drafts of calls and of messages; a message has no number before its review."""
        begun = self.register.messages_unfinished()
        return (
            *_of_calls(self.register.drafts()),
            *(Line("", at=one.created_at) for one in begun),
        )

    def _awaited(self) -> list[tuple[Line, date]]:
        """Messages with the date of the next expected action, the earliest first."""
        rules, by = self.terms.rules, self.city.reckoning
        found = []
        owed = self.handling.in_states_after({State.RATED}, Step.RATE_NEGATIVELY)
        for handled in (*self.handling.in_states(WITH_TERM), *owed):
            day = awaited_on(handled.standing, rules, by, CITY_ZONE)
            if day is not None:
                found.append((Line(str(handled.record.number), on=day), day))
        return sorted(found, key=lambda one: (one[1], one[0].number))


def _of_calls(cards: Sequence[Missed]) -> tuple[Line, ...]:
    return tuple(Line(str(card.number), at=card.arrived_at) for card in cards)


def make_handover(
    shared: Shared,
    desk: DeskPresenter,
    intake: IntakePart,
    handling: HandlingPart,
    shift_check: ShiftCheckPresenter,
) -> HandoverPresenter:
    """Builds the presenter; signatures are stored in the local register and its audit log."""
    settings, sheets = shared.settings, Handovers(shared.register)
    has_centre = central_dsn(settings) is not None
    work = OpenWorkHere(
        shared.register,
        MissedCalls(shared.register),
        intake.handling,
        handling.notice_service.outbox,
        intake.terms,
        shared.calendar,
        PlannedCalls(shared.register),
        Incidents(shared.register),
        sheets,
        has_centre,
    )
    made = HandoverPresenter(
        work,
        sheets,
        shift_check,
        intake.reader.personal_data,
        shared.readers,
        shared.drawing,
        shared.deliveries,
        operator=lambda: desk.operator,
        has_centre=has_centre,
        workplace=settings.workplace,
        city=settings.city,
        folder=settings.reports_directory,
        templates=shared.resources / "templates",
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    made.signed.connect(
        lambda is_taken: shared.milestones.note(
            Milestone.SHIFT_ACCEPTED if is_taken else Milestone.SHIFT_LEFT
        )
    )
    made.shown.connect(lambda: shared.milestones.note(Milestone.SHEET_SHOWN))
    made.arrived.connect(lambda: shared.milestones.note(Milestone.SHEET_WAITS))
    return made
