"""Builds all presenters of the main page, the phone process, form autosave and preferences.

Each feature is built by its module in ``console.assembly``.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale

from console.assembly.caller_part import make_caller_part
from console.assembly.calls_part import make_calls_part
from console.assembly.claims_part import make_claims
from console.assembly.diagnostics_part import make_diagnostics
from console.assembly.directory_part import make_directory_part
from console.assembly.first_reading import FirstReading
from console.assembly.handling_part import HandlingPart, make_handling_part
from console.assembly.handover_part import make_handover
from console.assembly.incident_part import make_incident_part
from console.assembly.intake_part import IntakePart, make_intake_part
from console.assembly.regulation_part import make_paragraphs
from console.assembly.report_part import make_call_register, make_report
from console.assembly.saved_call_part import make_saved_call
from console.assembly.script_part import make_script_part
from console.assembly.settings_part import make_desk_settings
from console.assembly.shift_part import make_shift_check
from console.assembly.state_part import StatePart, make_line_gate, make_state_part
from console.assembly.training_part import make_training_part
from console.context import Shared
from console.core.drafts import KeptForms
from console.core.look import look_of
from console.core.own_desk import OwnDeskPresenter
from console.core.settings.adapters import phone_settings
from console.core.settings.workplace import CITY_ZONE
from console.features.call_card.by_hand import ByHandPresenter
from console.features.call_card.saved_call import RecordingNotes
from console.features.call_script.phrases import FormalAppealPresenter
from console.features.journal.presenter import JournalPresenter
from console.features.own_desk.feature import RoamingDesk
from console.features.own_desk.keys import KeyChoicePresenter
from console.features.shift_check.phone_check import PhoneCheckPresenter, SelfTestProcess
from console.routing import DeskNews
from console.shared.session.desk import DeskPresenter
from console.shared.workplace.status import StatusPresenter
from console.shell.notices import NoticesPresenter
from console.shell.page_presenters import DeskPresenters
from console.startup import Opening
from sync.exchange.claims import OwnDeskRoaming
from sync.register.handling.form_drafts import KeptForm
from sync.register.people.operators import Operator
from sync.store.local.calls.missed import MissedCalls
from sync.store.local.calls.recordings import CallRecordings
from sync.store.local.people.shifts import KeptWordsStore
from telephony.link.spawn import SpawnedProcess
from telephony.process import PhoneProcess


@dataclass(frozen=True, slots=True)
class DeskPart:
    """All presenters, and the parts that the caller still starts or connects."""

    presenters: DeskPresenters
    phone: PhoneProcess
    self_test: SelfTestProcess
    states: StatePart
    recordings: RecordingNotes
    intake: IntakePart
    handling: HandlingPart


def make_desk_part(
    shared: Shared,
    news: DeskNews,
    operator: Operator,
    first: FirstReading,
    *,
    own_desk: OwnDeskPresenter,
    key_choice: KeyChoicePresenter,
    is_out_of_hours: Callable[[datetime], bool],
    phone_ahead: SpawnedProcess | None,
) -> DeskPart:
    """Builds the presenters of the first operator; the phone is not started. ``news`` receives
    events.
    """
    settings, register, parent = shared.settings, shared.register, shared.parent
    phone = PhoneProcess(
        phone_settings(settings),
        settings.runtime_directory,
        news.phone.post,
        ahead=phone_ahead,
    )
    desk = DeskPresenter(
        phone,
        register,
        shared.deliveries,
        shared.milestones,
        operator=operator,
        is_out_of_hours=is_out_of_hours,
        parent=parent,
    )
    recordings = RecordingNotes(
        CallRecordings(register), shared.deliveries, desk.call, parent=parent
    )
    status = _make_status(shared, is_out_of_hours)
    states = make_state_part(shared, phone, desk, status, operator)
    make_line_gate(shared, phone, is_out_of_hours)
    notices = NoticesPresenter(desk, parent=parent)
    directory = make_directory_part(shared, desk)
    intake = make_intake_part(shared, desk, directory, first)
    handling = make_handling_part(shared, desk, directory, intake, notices, news.messages_changed)
    incidents = make_incident_part(shared, desk, intake)
    training = make_training_part(
        shared, desk, status, notices, intake, lambda: states.state.status.wants_calls
    )
    self_test = SelfTestProcess(Path(sys.executable), parent)
    caller = make_caller_part(shared, desk, intake)
    scripts = make_script_part(shared, desk, intake, caller.history)
    calls = make_calls_part(shared, phone, desk, status, training, states.state)
    phone_check = PhoneCheckPresenter(
        phone,
        self_test,
        desk,
        status,
        notices.tell,
        shared.milestones,
        phone_settings(settings),
        zone=CITY_ZONE,
        parent=parent,
    )
    shift_check = make_shift_check(shared, desk, status, phone_check)
    claims = make_claims(shared, first.station, desk, status)
    presenters = DeskPresenters(
        desk=desk,
        saved_call=make_saved_call(shared, desk, handling.answers.undo, states.state, intake),
        operator_state=states.state,
        alarm=states.alarm,
        calls=calls.calls,
        numbers=calls.numbers,
        keypad=calls.keypad,
        call_bar=calls.call_bar,
        card=caller.card,
        script=scripts.script,
        call_hint=scripts.hint,
        phrases=scripts.phrases,
        by_hand=ByHandPresenter(desk, zone=CITY_ZONE, parent=parent),
        persons=caller.persons,
        planned=calls.planned,
        claims=claims,
        message=intake.message,
        message_checks=intake.message_checks,
        topic_route=intake.topic_route,
        message_near=intake.message_near,
        photos=intake.photos,
        places=intake.places,
        directory=directory.directory,
        hit_documents=directory.hit_documents,
        document_opener=directory.document_opener,
        entry_documents=directory.entry_documents,
        entries=directory.entries,
        editor=directory.editor,
        queries=directory.queries,
        proposals=directory.proposals,
        directory_import=directory.directory_import,
        directory_export=directory.directory_export,
        synonyms=directory.synonyms,
        unanswered=directory.unanswered,
        stale=directory.stale,
        journal=JournalPresenter(
            register,
            shared.unhurried,
            shared.deliveries,
            MissedCalls(register),
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            holders=claims.holders,
            parent=parent,
        ),
        call_register=make_call_register(shared, desk, intake),
        answers=handling.answers,
        look_up=handling.look_up,
        history=handling.history,
        shown_record=handling.shown_record,
        report=make_report(shared, desk, intake, notices),
        formal_appeal=FormalAppealPresenter(
            desk,
            shared.directory,
            shared.readers,
            shared.deliveries,
            unit=settings.appeals_unit,
            templates=shared.resources / "templates",
            zone=CITY_ZONE,
            parent=parent,
        ),
        calendar=handling.calendar,
        reviews=handling.reviews,
        review=handling.review,
        call_backs=handling.call_backs,
        incidents=incidents.watch,
        incident_page=incidents.page,
        spelling=intake.spelling,
        personal_data=intake.personal_data,
        status=status,
        training=training,
        phone_check=phone_check,
        settings=make_desk_settings(shared, phone, desk, status, phone_check, own_desk),
        shift_check=shift_check,
        handover=make_handover(shared, desk, intake, handling, shift_check),
        diagnostics=make_diagnostics(shared, status, notices),
        notices=notices,
        paragraphs=make_paragraphs(shared),
        key_choice=key_choice,
        own_desk=own_desk,
    )
    intake.organs.read()
    return DeskPart(
        presenters=presenters,
        phone=phone,
        self_test=self_test,
        states=states,
        recordings=recordings,
        intake=intake,
        handling=handling,
    )


def _make_status(shared: Shared, is_out_of_hours: Callable[[datetime], bool]) -> StatusPresenter:
    settings = shared.settings
    return StatusPresenter(
        shared.register,
        shared.unhurried,
        shared.deliveries,
        has_central=settings.central_dsn is not None,
        has_registrar=settings.has_registrar,
        refuses_calls=settings.phone.do_not_disturb,
        has_platform=settings.platform_url is not None and settings.central_dsn is None,
        is_out_of_hours=is_out_of_hours,
        closed_act=lambda: shared.calendar.line.act,
        zone=CITY_ZONE,
        parent=shared.parent,
    )


def make_kept_forms(shared: Shared, desk: DeskPresenter, presenters: DeskPresenters) -> KeptForms:
    """Builds the autosave of forms, stored per operator in the local register."""
    made = KeptForms(
        KeptWordsStore(shared.register),
        desk,
        shared.readers,
        shared.deliveries,
        operator=lambda: desk.operator,
        parent=shared.parent,
    )
    watch_pages(made, presenters)
    made.told.connect(presenters.notices.tell)
    return made


def watch_pages(kept: KeptForms, presenters: DeskPresenters) -> None:
    """Registers every page with input that is no record before it is sent."""
    answers = presenters.answers.form
    kept.watch(KeptForm.ANSWER, answers, answers.changed, sent=answers.taken)
    decisions = presenters.answers.decisions
    kept.watch(KeptForm.DECISION, decisions, decisions.changed, sent=decisions.taken)
    decision = presenters.review.decision
    kept.watch(KeptForm.REVIEW, decision.begun, decision.begun.typed, sent=decision.decided)
    clearing = presenters.message_checks.clearing
    kept.watch(KeptForm.CLEARING, clearing, clearing.typed)
    calendar = presenters.calendar
    kept.watch(KeptForm.CALENDAR, calendar, calendar.changed, calendar.typed)
    planned, handover = presenters.planned, presenters.handover
    kept.watch(KeptForm.HANDOVER, handover, handover.changed, handover.typed, sent=handover.signed)
    kept.watch(KeptForm.PLANNED_CALL, planned, planned.changed, sent=planned.planned)
    proposals = presenters.proposals
    kept.watch(KeptForm.PROPOSAL, proposals, proposals.changed, sent=proposals.sent)
    synonyms = presenters.synonyms
    kept.watch(KeptForm.SYNONYM, synonyms, synonyms.typed, sent=synonyms.sent)
    incidents = presenters.incident_page
    kept.watch(KeptForm.INCIDENT, incidents, incidents.changed)


def make_own_desk(opening: Opening) -> OwnDeskPresenter:
    """Built before the main page, for the look of the sign-in page."""
    return OwnDeskPresenter(
        opening.own_desks,
        opening.deliveries,
        partial(look_of, settings=opening.settings),
        spoken="ru" if QLocale().language() is QLocale.Language.Russian else "en",
        parent=opening,
    )


def make_roaming(opening: Opening, own_desk: OwnDeskPresenter) -> RoamingDesk | None:
    """Synchronises preferences with the central database; None without one."""
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
