"""Builds everything once and stops it in reverse order."""

import logging
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, time
from functools import partial
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from console import words
from console.after_painting import AfterPainting
from console.assembly.audit_part import watch_reading
from console.assembly.beside import Told, begin_at_leisure, begin_beside
from console.assembly.calls_part import make_calls_part
from console.assembly.diagnostics_part import make_diagnostics
from console.assembly.directory_part import make_directory_part
from console.assembly.exchange import make_page_reading, queue_platform_news
from console.assembly.first_reading import FirstReading, OpenedStores, open_stores, read_first
from console.assembly.global_keys_part import take_global_keys
from console.assembly.handling_part import make_handling_part
from console.assembly.handover_part import make_handover
from console.assembly.headset_part import start_headsets
from console.assembly.incident_part import make_incident_part
from console.assembly.intake_part import IntakePart, make_intake_part
from console.assembly.own_desk_part import make_own_desk, make_roaming
from console.assembly.persons_part import make_persons
from console.assembly.regulation_part import make_paragraphs
from console.assembly.report_part import make_report
from console.assembly.saved_call_part import make_saved_call
from console.assembly.script_part import make_script_part
from console.assembly.settings_part import make_desk_settings
from console.assembly.shared import Shared
from console.assembly.shift_part import make_shift_check
from console.assembly.state_part import make_state_part
from console.assembly.training_part import make_training_part
from console.assembly.unkept_words import where_words_are_unkept
from console.beginnings import Beginnings
from console.bridge import Bridge
from console.collector import look_every_minute, pass_over_what_is_there
from console.crash import catch_bugs
from console.kept_news import KeptNews
from console.milestones import Milestone
from console.opening import Opening
from console.phone_settings import phone_settings
from console.presenters.arrivals import Arrivals
from console.presenters.by_hand import ByHandPresenter
from console.presenters.caller_history import CallerHistoryPresenter
from console.presenters.caller_reading import CallerReading
from console.presenters.card import CardPresenter
from console.presenters.city_calendar import CityCalendar
from console.presenters.desk import DeskPresenter
from console.presenters.formal_appeal import FormalAppealPresenter
from console.presenters.journal import JournalPresenter
from console.presenters.key_choice import KeyChoicePresenter
from console.presenters.live_calls import LineState
from console.presenters.notices import Notice, NoticesPresenter
from console.presenters.own_desk import OwnDeskState
from console.presenters.phone_check import PhoneCheckPresenter
from console.presenters.phone_gate import PhoneGate
from console.presenters.promise import Promise
from console.presenters.recording_notes import RecordingNotes
from console.presenters.self_test_process import SelfTestProcess
from console.presenters.status import StatusPresenter
from console.presenters.training import TrainingPresenter
from console.settings import CITY_ZONE, ConsoleSettings
from console.steps import STILL_MS, Quiet, Steps
from console.stopping import STOP_DEADLINE_S
from console.views.attention import Attention
from console.views.desk_columns import DeskColumns
from console.views.desk_page import DeskPage
from console.views.desk_presenters import DeskPresenters
from console.views.main_window import MainWindow
from console.views.sign_in import SignInPage
from console.views.theme import Theme, ThemeChoice
from kb.errors import DirectoryError
from kb.events import DamagedFileRemoved, DirectoryEvent
from kb.store import Directory
from sync.backups import BackupEvent, BackupMissed
from sync.errors import (
    PlacesUnreadable,
    StoreError,
)
from sync.exchange.feed_reader import FeedEvent
from sync.exchange.platform_events import PlatformEvent
from sync.exchange.sender_events import CentralLost, CentralReached, SenderEvent
from sync.register.calendar import REGION, read_calendar
from sync.register.calls import CallRecord
from sync.register.hours import Interval, LineHours, is_out_of_hours
from sync.register.messages import MessageRecord
from sync.register.operators import Operator
from sync.store.city import CityStore
from sync.store.handling_feed import StepsOvertaken
from sync.store.known_callers import known_caller
from sync.store.known_persons import persons_behind
from sync.store.missed_calls import MissedCalls
from sync.store.place_file import places_of, read_places, write_places
from sync.store.recordings import CallRecordings
from sync.store.shared_settings import PLACES, shared_setting_of
from sync.store.writer import Trouble
from telephony.events import (
    AudioDeviceChanged,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    RegistrationChanged,
    RegistrationState,
)
from telephony.process import PhoneProcess

LOG = logging.getLogger(__name__)
BETWEEN_BEGINNINGS_MS = 200
STORE_ERRORS = (DirectoryError, StoreError)
_QT_STOPS = ("training call", "self-test")  # Qt's processes belong to the GUI thread


class Console(QObject):
    """The running console of one workplace, from the sign-in on.

    ``start`` opens what the desk needs beside the register; the phone, the sender and the desk are
    there once somebody has signed in, and stay while the desk is locked.
    """

    failed = Signal(str, str)  # head and body: the program cannot go on

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        theme: Theme,
        opening: Opening,
        sign_in_page: SignInPage,
        resources: Path,
    ) -> None:
        super().__init__()
        self._application = application
        self._window = window
        self._theme = theme
        self._settings = opening.settings
        self._resources = resources
        self._opening = opening
        self._register = opening.register
        self._sign_in = opening.sign_in
        self._sign_in_page = sign_in_page
        self._people = opening.people
        self._deliveries = opening.deliveries
        self._arrivals = Arrivals(self)
        self._readers = opening.readers
        self._thinker = ThreadPoolExecutor(1, thread_name_prefix="meaning")
        self._directory_writer = ThreadPoolExecutor(1, thread_name_prefix="directory-writer")
        self._milestones = opening.milestones
        self._stops = opening.stops
        self._beginnings = Beginnings(opening.stops, opening.deliveries)
        self._directory: Directory
        self._directory_bridge: Bridge[DirectoryEvent] = Bridge(self._directory_told, self)
        self._bugs: Bridge[str] = Bridge(self._bug_told, self)
        self._presenters: DeskPresenters | None = None
        self._own_desk = make_own_desk(opening)
        self._own_desk.changed.connect(self._wear)
        self._roaming = make_roaming(opening, self._own_desk)
        self._key_choice = KeyChoicePresenter(self._own_desk, parent=self)
        self._promise: Promise | None = None
        self._directory_news: KeptNews[DirectoryEvent] = KeptNews(self._show_directory_news)
        self._phone_news: KeptNews[PhoneEvent] = KeptNews(self._phone_told)
        self._address = ""  # that the start of the program asks to be called
        self._building: Steps | None = None
        self._beginning: Steps | None = None
        self._further: Steps | None = None
        self._at_leisure: Callable[[], Iterator[None]] = lambda: iter(())
        self._desk_page: DeskPage | None = None
        self._training_waits = False  # to be offered as soon as the desk is there
        self._operator: Operator | None = None
        self._gate: PhoneGate | None = None
        self._attention: Attention | None = None
        self._recordings: RecordingNotes | None = None

    # --- start ---

    def start(self) -> None:
        """Open what the desk needs, beside the window; ``failed`` says what stands in the way."""
        catch_bugs(self._bugs.post)
        settings = self._settings
        built_in = read_calendar(self._resources / "calendars", REGION)
        self._hours = _line_hours(settings)
        self._city_store = CityStore(self._register, built_in)
        self._calendar = CityCalendar(built_in, parent=self)
        pages = make_page_reading(self._register, settings.register_file, self._opening.key)
        self._beginnings.begin("page reading", pages.start, partial(pages.stop, STOP_DEADLINE_S))
        # the operator may be typing her password
        self._stores_come = self._directory_writer.submit(
            open_stores, settings, self._resources, self._city_store, self._directory_bridge.post
        )
        self._stops.append(("directory", self._close_directory))
        self._deliveries.deliver(
            self._stores_come, self._stores_opened, self._store_refused, expected=STORE_ERRORS
        )

    def _stores_opened(self, opened: OpenedStores) -> None:
        self._directory = opened.directory
        self._arrivals.is_directory_shared = opened.is_shared
        self._calendar.use(opened.city)
        self._register.steps.set_city(self._calendar.settings.rules)
        opening = self._opening
        opening.entered.connect(self._signed_in)
        opening.sign_in.founded.connect(self._offer_training)
        if opening.operator is not None:
            self._signed_in(opening.operator)
            if opening.is_founded:
                self._offer_training()

    def _store_refused(self, error: Exception) -> None:
        match error:
            case DirectoryError():
                LOG.error("directory: %s", type(error).__name__)
                self.failed.emit(*words.directory.directory_problem(error))
            case StoreError():
                LOG.error("register: %s", type(error).__name__)
                self.failed.emit(*words.access.store_problem(error))

    def _close_directory(self) -> None:
        """Close it once everything that editors typed is written."""
        self._directory_writer.shutdown(wait=True)
        if self._stores_come.exception() is None:
            self._stores_come.result().directory.close()

    def _signed_in(self, operator: Operator) -> None:
        is_another = self._operator is not None and self._operator.id != operator.id
        self._operator = operator
        self._own_desk.sign_in(operator, self._opening.own_desk)
        self._key_choice.use_kept()  # before any word of the desk names a key
        if self._roaming is not None:
            self._roaming.sign_in(operator)
        if self._desk_page is None:
            self._deliveries.deliver(
                self._readers.submit(read_first, self._directory, self._register),
                lambda first: self._build(operator, first),
                self._store_refused,
                expected=STORE_ERRORS,
            )
        else:
            self._come_in(operator, is_another=is_another)

    def _build(self, operator: Operator, first: FirstReading) -> None:
        building = self._building = Steps(self._build_desk(operator, first), self)
        building.done.connect(lambda: self._come_in(operator, is_another=False))
        # Nobody could go on from the page that says how the program starts.
        building.broken.connect(lambda: self.failed.emit(*words.status.desk_not_made()))
        building.start()

    def _come_in(self, operator: Operator, *, is_another: bool) -> None:
        """Show the desk to who has signed in."""
        if self._presenters is not None and self._desk_page is not None:
            self._presenters.desk.set_operator(operator)
            self._presenters.operator_state.sign_in(operator)
            if is_another:
                self._presenters.settings.forget_typed()
            self._presenters.journal.reload()  # the figures of the day are her own
            self._window.show_page(self._desk_page)
            self._desk_page.setFocus()
            self._directory_news.begin()
            self._presenters.shift_check.signed_in()
            self._presenters.handover.signed_in()
            self._presenters.planned.signed_in()
            self._presenters.incident_page.signed_in()
            self._phone_news.begin()
            self._make_further()
            self.offer_call("")
            if self._settings.is_training or self._training_waits:
                self._training_waits = False
                self._offer_training()

    def _make_further(self) -> None:
        """What works beside the desk, one after another, and the rest of what is soon wanted.

        A part of that is made at a time, when nobody types.
        """
        if self._further is None and self._beginning is not None:
            self._beginning.start()
            self._further = Steps(self._at_leisure(), self, quiet=Quiet(self._is_quiet))
            self._further.start()

    def _is_quiet(self) -> bool:
        """Whether a part of the desk may be made without anybody's feeling it."""
        rings = (
            self._presenters is not None and self._presenters.desk.state.line is LineState.RINGING
        )
        return self._window.still_ms() >= STILL_MS and not rings

    def offer_call(self, address: str) -> None:
        """Offer to call a tel: or sip: address; nothing is dialled before somebody says so.

        Before anybody has signed in it waits for that.
        """
        self._address = address or self._address
        if self._address and self._desk_page is not None and self._is_desk_shown():
            address, self._address = self._address, ""
            self._desk_page.offer_call(address)

    def _is_desk_shown(self) -> bool:
        return self._window.shown_page() is self._desk_page

    def _offer_training(self) -> None:
        """A newcomer sees the main job within a minute: offer the first training call."""
        if self._presenters is None or self._desk_page is None:
            self._training_waits = True
        else:
            self._presenters.training.offer()

    # --- the desk ---

    @property
    def is_desk_built(self) -> bool:
        """Whether the desk is shown to who signs in without any waiting."""
        return self._desk_page is not None

    def _build_desk(self, operator: Operator, first: FirstReading) -> Iterator[None]:
        """All of it, in pieces: the phone registers while the pages are made."""
        # What was set before the first operator holds for the desk.
        settings = self._settings = self._opening.chosen.in_force
        register = self._register
        shared = Shared(
            settings=settings,
            chosen=self._opening.chosen,
            settings_worker=self._opening.settings_worker,
            resources=self._resources,
            register=register,
            directory=self._directory,
            city_store=self._city_store,
            calendar=self._calendar,
            readers=self._readers,
            unhurried=AfterPainting(self._readers, self),
            thinker=self._thinker,
            directory_writer=self._directory_writer,
            deliveries=self._deliveries,
            arrivals=self._arrivals,
            milestones=self._milestones,
            parent=self,
            beginnings=self._beginnings,
            people=self._people,
            stops=self._stops,
        )
        phone_bridge: Bridge[PhoneEvent] = Bridge(self._phone_news.tell, self)
        sender_bridge: Bridge[SenderEvent] = Bridge(self._sender_told, self)
        platform_bridge: Bridge[PlatformEvent] = Bridge(self._platform_told, self)
        feed_bridge: Bridge[FeedEvent | StepsOvertaken] = Bridge(self._arrivals.receive, self)
        backup_bridge: Bridge[BackupEvent] = Bridge(self._backup_told, self)
        trouble_bridge: Bridge[Trouble | None] = Bridge(self._store_told, self)
        register.on_trouble(trouble_bridge.post)
        phone = PhoneProcess(
            phone_settings(settings),
            settings.runtime_directory,
            phone_bridge.post,
            ahead=self._opening.phone_ahead,
        )
        desk = DeskPresenter(
            phone,
            register,
            self._deliveries,
            self._milestones,
            operator=operator,
            is_out_of_hours=self._is_out_of_hours,
            parent=self,
        )
        self._recordings = RecordingNotes(
            CallRecordings(register), self._deliveries, desk.call, parent=self
        )
        status = StatusPresenter(
            register,
            shared.unhurried,
            self._deliveries,
            has_central=settings.central_dsn is not None,
            has_registrar=settings.has_registrar,
            refuses_calls=settings.phone.do_not_disturb,
            has_platform=settings.platform_url is not None and settings.central_dsn is None,
            is_out_of_hours=self._is_out_of_hours,
            zone=CITY_ZONE,
            parent=self,
        )
        states = make_state_part(shared, phone, desk, status, operator)
        self._gate = states.gate
        notices = NoticesPresenter(desk, parent=self)
        directory = make_directory_part(shared, desk)
        intake = make_intake_part(shared, desk, directory, first)
        handling = make_handling_part(
            shared, desk, directory, intake, notices, self._messages_changed
        )
        incidents = make_incident_part(shared, desk, intake)
        training = make_training_part(
            shared, desk, status, notices, intake, lambda: states.state.status.wants_calls
        )
        self_test = SelfTestProcess(Path(sys.executable), self)
        card = CardPresenter(
            desk, intake.classifier, zone=CITY_ZONE, area_code=settings.area_code, parent=self
        )
        reading = CallerReading(
            desk,
            lambda phone, call_id: known_caller(register, phone, without=call_id),
            lambda phone, call_id: persons_behind(register, phone, without=call_id),
            self._readers,
            area_code=settings.area_code,
            parent=self,
        )
        history = CallerHistoryPresenter(
            desk,
            lambda phone, call_id: reading.of(phone, call_id).caller,
            self._deliveries,
            intake.classifier,
            zone=CITY_ZONE,
            parent=self,
        )
        history.found.connect(card.show_known)
        scripts = make_script_part(shared, desk, intake, history)
        calls = make_calls_part(shared, phone, desk, status, training, states.state)
        phone_check = PhoneCheckPresenter(
            phone,
            self_test,
            desk,
            status,
            notices,
            self._milestones,
            phone_settings(settings),
            zone=CITY_ZONE,
            parent=self,
        )
        shift_check = make_shift_check(shared, desk, status, phone_check)
        self._promise = intake.promise
        self._presenters = DeskPresenters(
            desk=desk,
            saved_call=make_saved_call(shared, desk, handling.answers.undo, states.state, intake),
            operator_state=states.state,
            alarm=states.alarm,
            calls=calls.calls,
            numbers=calls.numbers,
            keypad=calls.keypad,
            call_bar=calls.call_bar,
            card=card,
            script=scripts.script,
            call_hint=scripts.hint,
            phrases=scripts.phrases,
            by_hand=ByHandPresenter(desk, zone=CITY_ZONE, parent=self),
            persons=make_persons(
                shared,
                desk,
                lambda phone, call_id: reading.of(phone, call_id).persons,
                intake.classifier,
            ),
            planned=calls.planned,
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
                self._deliveries,
                MissedCalls(register),
                operator=lambda: desk.operator,
                zone=CITY_ZONE,
                parent=self,
            ),
            answers=handling.answers,
            look_up=handling.look_up,
            history=handling.history,
            shown_record=handling.shown_record,
            report=make_report(shared, desk, intake, notices),
            formal_appeal=FormalAppealPresenter(
                desk,
                self._directory,
                self._readers,
                self._deliveries,
                unit=settings.appeals_unit,
                templates=self._resources / "templates",
                zone=CITY_ZONE,
                parent=self,
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
            settings=make_desk_settings(
                shared, phone, desk, status, phone_check, self._unkept_on, self._own_desk
            ),
            shift_check=shift_check,
            handover=make_handover(shared, desk, intake, handling, shift_check),
            diagnostics=make_diagnostics(shared, status, notices),
            notices=notices,
            paragraphs=make_paragraphs(shared),
            key_choice=self._key_choice,
            own_desk=self._own_desk,
        )
        intake.organs.read()
        self._connect(self._presenters)
        watch_reading(shared, desk, self._presenters)
        yield
        phone.start()
        self._stops.append(("phone", lambda: phone.close(end_process=False)))
        self._stops.append(("self-test", self_test.close))
        yield
        columns = DeskColumns(self._theme, self._presenters)
        yield
        desk_page = DeskPage(self._theme, self._presenters, columns, CITY_ZONE)
        for _part in desk_page.first_parts():
            yield
        self._attention = Attention(
            self._theme, states.attention, calls.calls.answer, self._window, self
        )
        self._show_desk(desk_page, self._presenters)
        yield
        queue_platform_news(shared)
        told = Told(sender_bridge.post, platform_bridge.post, feed_bridge.post, backup_bridge.post)
        key, watch = self._opening.key, incidents.watch
        beside = begin_beside(shared, told, key, status, handling, watch)
        self._beginning = Steps(beside, self, quiet=Quiet(lambda: True, BETWEEN_BEGINNINGS_MS))
        self._start_headsets(shared, self._presenters)
        self._at_leisure = partial(self._make_at_leisure, shared, intake, desk_page)
        pass_over_what_is_there()
        look_every_minute(self)

    def _make_at_leisure(
        self, shared: Shared, intake: IntakePart, page: DeskPage
    ) -> Iterator[None]:
        yield from page.further_parts()
        yield from begin_at_leisure(shared, intake)
        pass_over_what_is_there()

    def _unkept_on(self) -> str:
        return "" if self._presenters is None else where_words_are_unkept(self._presenters)

    def _start_headsets(self, shared: Shared, presenters: DeskPresenters) -> None:
        """Buttons of headsets, and keys pressed in other programs."""
        notices, diagnostics = presenters.notices, presenters.diagnostics
        desk, calls, numbers = presenters.desk, presenters.calls, presenters.numbers
        headsets = start_headsets(shared, desk, calls, numbers, self._is_desk_shown)
        if headsets is not None:
            headsets.told.connect(notices.tell)
            diagnostics.add("headset_buttons", lambda: headsets.facts)
            presenters.shift_check.watch_buttons(headsets)
        keys = take_global_keys(shared, notices, self._is_desk_shown, self._press)
        if keys is not None:
            keys.held_elsewhere.connect(self._key_choice.hold_elsewhere)
            diagnostics.add("global_keys", lambda: keys.facts)

    def _press(self, key: str) -> None:
        if self._desk_page is not None:
            self._desk_page.press(key)

    def _show_desk(self, page: DeskPage, presenters: DeskPresenters) -> None:
        self._desk_page = page
        page.lock_asked.connect(self._lock)
        page.key_refused.connect(lambda key: self._milestones.note(Milestone.KEY_REFUSED, key=key))
        page.foot_covered.connect(
            lambda strips: self._milestones.note(Milestone.FOOT_COVERED, strips=strips)
        )
        self._window.became_idle.connect(self._lock_when_idle)
        self._window.warn_before_closing(presenters.status.told_before_closing)
        self._window.watch_idleness(self._application)
        presenters.journal.reload()
        presenters.directory.start()
        presenters.status.refresh()

    def _connect(self, presenters: DeskPresenters) -> None:
        desk = presenters.desk
        desk.register_changed.connect(presenters.journal.reload)
        desk.register_changed.connect(presenters.status.refresh)
        planned, call_backs = presenters.planned, presenters.call_backs
        planned.changed.connect(lambda state: call_backs.set_planned_due(state.due))
        desk.register_changed.connect(presenters.answers.answers.reload)
        desk.changed.connect(lambda state: presenters.status.set_store_failed(state.store_failed))
        desk.changed.connect(lambda state: self._tell_locked(state.line))
        presenters.status.changed.connect(lambda _state: self._tell_locked(desk.state.line))
        desk.changed.connect(lambda state: presenters.journal.set_in_front(state.card))
        desk.saved.connect(lambda _saved: presenters.directory.finish_search())
        if isinstance(presenters.training, TrainingPresenter):
            presenters.journal.changed.connect(presenters.training.look_at_missed)
        presenters.editor.stored.connect(presenters.directory.refresh)
        presenters.proposals.stored.connect(presenters.directory.refresh)
        presenters.message.registered.connect(self._message_registered)
        presenters.message.registered.connect(presenters.saved_call.message_registered)
        presenters.saved_call.messages_taken_back.connect(self._messages_taken_back)
        presenters.answers.undo.undone.connect(
            lambda done: presenters.card.forget_promise(done.handled.record.call_id)
        )
        presenters.message.joined.connect(self._call_joined)
        self._calendar.changed.connect(self._calendar_changed)
        self._arrivals.city.connect(self._read_city)
        self._arrivals.settings.connect(self._take_places)
        # somebody elsewhere may have dealt with a missed call
        self._arrivals.history.connect(presenters.journal.reload)
        self._arrivals.messages.connect(self._messages_changed)
        presenters.message.handed_in.connect(self._message_handed_in)
        presenters.reviews.stored.connect(presenters.journal.reload)
        presenters.reviews.stored.connect(presenters.status.refresh)

    # --- what the engines tell ---

    def _phone_told(self, event: PhoneEvent) -> None:
        presenters, gate = self._presenters, self._gate
        if presenters is None or gate is None:
            return
        self._note_phone(event)
        told = gate.take(event)
        if told is None:
            return  # a code for the telephone system, and nobody's call
        event = told
        presenters.status.receive_phone(event)
        presenters.operator_state.receive_phone(event)
        presenters.desk.receive(event)
        if self._recordings is not None:
            self._recordings.receive(event)
        presenters.calls.receive(event)
        presenters.call_bar.receive_phone(event)
        presenters.notices.receive_phone(event)
        presenters.phone_check.receive(event)

    def _note_phone(self, event: PhoneEvent) -> None:
        match event:
            case PhoneConnected():
                self._milestones.note(Milestone.PHONE_CONNECTED, address=event.local_address)
            case PhoneDisconnected():
                self._milestones.note(Milestone.PHONE_LOST, code=event.detail_code)
            case RegistrationChanged(state=RegistrationState.REGISTERED):
                self._milestones.note(Milestone.REGISTERED)
            case AudioDeviceChanged():
                self._milestones.note(
                    Milestone.SOUND_CHANGED,
                    input=int(event.input_works),
                    output=int(event.output_works),
                    fallback=int(event.is_fallback),
                )
            case RegistrationChanged(state=RegistrationState.FAILED):
                self._note_lost_registration(event)
            case _:
                return

    def _note_lost_registration(self, told: RegistrationChanged) -> None:
        """Once for each time that it is lost, however often the phone tries in vain."""
        if self._presenters is None:
            return
        known = self._presenters.status.health.registration
        if known is None or known.state is not RegistrationState.FAILED:
            why = told.fault or str(told.status_code or "")
            self._milestones.note(Milestone.REGISTRATION_LOST, code=why)

    def _sender_told(self, event: SenderEvent) -> None:
        if isinstance(event, CentralLost):
            LOG.warning("central database: %s", event.kind.value)
        if isinstance(event, CentralReached) and self._people is not None:
            self._people.refresh(event.at)
            if self._roaming is not None:
                self._roaming.settle()
        if self._presenters is not None:
            self._presenters.status.receive_sender(event)

    def _store_told(self, trouble: Trouble | None) -> None:
        LOG.warning("register: %s", "takes records" if trouble is None else trouble.code)
        if self._presenters is not None:
            self._presenters.status.receive_trouble(trouble)
            if trouble is None:
                self._presenters.desk.disk_is_back()
                if self._recordings is not None:
                    self._recordings.disk_is_back()
                self._presenters.operator_state.disk_is_back()

    def _backup_told(self, event: BackupEvent) -> None:
        if isinstance(event, BackupMissed):
            LOG.warning("backup: %s", event.code)
        if self._presenters is not None:
            self._presenters.status.receive_backup(event)

    def _platform_told(self, event: PlatformEvent) -> None:
        presenters = self._presenters
        if presenters is not None:
            presenters.status.receive_platform(event)
            presenters.notices.receive_platform(event)
            presenters.journal.reload()
            presenters.answers.answers.reload()

    def _read_city(self) -> None:
        """Another workplace has changed the calendar or the rules."""
        self._deliveries.deliver(
            self._readers.submit(self._city_store.city),
            self._calendar.use,
            # The next look at the calendar tells of a store that cannot be read.
            lambda _error: None,
            expected=(StoreError,),
        )

    def _take_places(self) -> None:
        """The centre's list of streets in place of ours, where it gives one."""
        file = self._settings.places_file

        def take() -> None:
            given = shared_setting_of(self._register, PLACES)
            if given is not None and (places := places_of(given)) != read_places(file):
                write_places(file, places)

        self._deliveries.deliver(
            self._readers.submit(take),
            lambda _none: None,
            lambda error: LOG.warning("places of the centre: %s", error),
            expected=(StoreError, PlacesUnreadable),
        )

    def _messages_changed(self) -> None:
        """A promised date has come, or something was done with our messages elsewhere."""
        if self._presenters is not None:
            self._presenters.journal.reload()
            self._presenters.answers.answers.reload()
            self._presenters.reviews.queue.reload()

    def _messages_taken_back(self, card: CallRecord) -> None:
        """Messages of this call are under review again, with the call itself."""
        if self._presenters is not None:
            self._presenters.card.forget_promise(card.id)
        self._messages_changed()

    def _directory_told(self, event: DirectoryEvent) -> None:
        if isinstance(event, DamagedFileRemoved):
            LOG.info("directory: %s removed", event.file.name)
        else:
            LOG.info("directory: %s, %s", type(event).__name__, event.reason.value)
        self._directory_news.tell(event)

    def _show_directory_news(self, event: DirectoryEvent) -> None:
        if self._presenters is not None:
            self._presenters.notices.receive_directory(event)

    def _message_registered(self, message: MessageRecord) -> None:
        if self._presenters is not None and self._promise is not None:
            self._presenters.card.show_promise(self._promise.of(message))

    def _call_joined(self, known: MessageRecord) -> None:
        """The call was about a message that is known already."""
        if self._presenters is not None and self._promise is not None:
            self._presenters.notices.tell(Notice(words.messages.joined(str(known.number))))
            self._presenters.card.show_promise(self._promise.of_known(known))

    def _calendar_changed(self) -> None:
        """What is told by the calendar is told anew, and steps are judged by the city's rules."""
        self._register.steps.set_city(self._calendar.settings.rules)
        if self._presenters is not None:
            self._presenters.directory.refresh()
            self._presenters.status.refresh()

    def _message_handed_in(self, message: MessageRecord) -> None:
        if self._presenters is not None:
            self._presenters.reviews.queue.reload()
            self._presenters.notices.message_handed_in(message)
            if self._promise is not None:
                self._presenters.card.show_promise(self._promise.of(message))

    def _bug_told(self, _kind: str) -> None:
        if self._presenters is not None:
            head, body = words.status.program_error()
            self._presenters.notices.tell(Notice(head, body, problem=True))

    # --- lock ---

    def _lock(self, *, is_idle: bool = False) -> None:
        """Hide the desk; a call that is up goes on, and its card keeps what was typed."""
        presenters = self._presenters
        if presenters is None:
            return
        if self._window.shown_page() is self._sign_in_page:
            return
        if self._settings.is_training:
            if not is_idle:
                presenters.notices.tell(Notice(words.training.is_never_locked()))
            return
        self._sign_in.lock(is_idle=is_idle)
        presenters.operator_state.lock()
        presenters.answers.undo.forget()  # somebody else may unlock the desk
        presenters.persons.close()
        self._window.show_page(self._sign_in_page)
        self._sign_in_page.focus_first()
        self._tell_locked(presenters.desk.state.line)

    def _lock_when_idle(self) -> None:
        """A long talk without a key is no idleness: the lock waits for the end of the call."""
        presenters = self._presenters
        busy = presenters is not None and presenters.desk.state.line in (
            LineState.RINGING,
            LineState.DIALLING,
            LineState.TALKING,
        )
        if busy:
            self._window.restart_idleness()
        else:
            self._lock(is_idle=True)

    def _wear(self, state: OwnDeskState) -> None:
        """The window looks as who sits here has chosen, now and when it opens the next time."""
        look = state.look
        self._theme.choose(ThemeChoice(look.theme), look.text_scale)
        self._window.keep_look(state.own)
        self._milestones.note(
            Milestone.LOOK_CHANGED,
            theme=look.theme,
            text=look.text_percent,
            language=look.language,
            right=look.right_px or 0,
        )

    def _tell_locked(self, line: LineState) -> None:
        if self._window.shown_page() is not self._sign_in_page:
            return
        ringing = line is LineState.RINGING
        waiting = ""
        if self._presenters is not None:
            banner = self._presenters.status.state.banner
            is_grave = banner is not None and banner.kind == "danger"
            waiting = self._presenters.status.unsent_text()
            if banner is not None and is_grave:
                waiting = f"{banner.head} {banner.body}"
        self._sign_in.show_notice(words.access.call_while_locked() if ringing else waiting)

    def _is_out_of_hours(self, at: datetime) -> bool:
        calendar = self._calendar
        return is_out_of_hours(at, self._hours, calendar.is_working_day, calendar.is_short_day)

    # --- stop ---

    def stop(self) -> None:
        """Write what was typed last and stop everything, the newest first, each with a deadline.

        The phone process keeps its calls for another console and ends by itself a minute later.
        """
        for steps in (self._building, self._beginning, self._further):
            if steps is not None:
                steps.stop()
        self._beginnings.close()
        if self._attention is not None:
            self._attention.close()
        if self._presenters is not None:
            self._presenters.operator_state.sign_out()
            self._own_desk.keep_now()
            self._presenters.message.keep()
            self._presenters.editor.keep_now()
            self._presenters.directory_import.stop()
            future = self._presenters.desk.flush()
            if future is not None:
                # A disk that hangs must not keep the rest from being stopped in order.
                wait([future], STOP_DEADLINE_S)
        self._sign_in.leave()
        self._people = None  # asked nothing more by what was told last
        for name, stop in reversed(self._stops):
            worker = Thread(target=stop, name=f"stop-{name}", daemon=True)
            if name in _QT_STOPS:
                stop()
                continue
            worker.start()
            worker.join(STOP_DEADLINE_S + 5)
            LOG.info("%s: %s", name, "still busy" if worker.is_alive() else "stopped")
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._thinker.shutdown(wait=True, cancel_futures=True)
        # One may be waiting for a server that does not answer, and nobody waits for that.
        self._opening.settings_worker.shutdown(wait=False, cancel_futures=True)
        self._milestones.close()


def _line_hours(settings: ConsoleSettings) -> LineHours:
    day = (
        Interval(time.fromisoformat(settings.line_opens), time.fromisoformat(settings.line_closes)),
    )
    week = tuple(day if weekday in settings.line_days else () for weekday in range(7))
    return LineHours(week=week, zone=CITY_ZONE, moved_working_day=day)
