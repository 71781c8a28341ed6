"""Builds everything once and stops it in reverse order."""

import logging
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from uuid_utils.compat import uuid7

from console import words
from console.answer_documents import AnswerDocuments, document
from console.answers_desk import make_answers, naming_of
from console.bridge import Bridge, Deliveries
from console.crash import catch_bugs
from console.mail_settings import smtp_settings
from console.milestones import Milestone, Milestones
from console.notice_service import NoticeService
from console.phone_settings import phone_settings
from console.presenters.answer_terms import answer_rules
from console.presenters.calendar_page import CalendarPresenter
from console.presenters.call_backs import CallBacksPresenter
from console.presenters.call_bar import CallBarPresenter
from console.presenters.card import CardPresenter
from console.presenters.city_calendar import CityCalendar
from console.presenters.classifier import Classifier, ClassifierReader
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import LineState
from console.presenters.directory import DirectoryPresenter
from console.presenters.directory_export import DirectoryExportPresenter
from console.presenters.directory_import import DirectoryImportPresenter
from console.presenters.documents import DocumentOpener, EntryDocumentsPresenter
from console.presenters.entry_editor import EntryEditorPresenter
from console.presenters.entry_list import EntryListPresenter
from console.presenters.entry_queries import EntryQueriesPresenter
from console.presenters.formal_appeal import FormalAppealPresenter
from console.presenters.hit_documents import HitDocumentsPresenter
from console.presenters.journal import JournalPresenter
from console.presenters.look_up import LookUpPresenter
from console.presenters.message import MessagePresenter
from console.presenters.message_checks import MessageChecksPresenter
from console.presenters.message_history import MessageHistoryPresenter
from console.presenters.message_near import MessageNearPresenter
from console.presenters.message_steps import MessageSteps, cleared_reason
from console.presenters.notice_events import NoticeEventsPresenter
from console.presenters.notices import Notice, NoticesPresenter
from console.presenters.organs import Organs
from console.presenters.personal_data import PersonalDataPresenter
from console.presenters.phone_check import PhoneCheckPresenter
from console.presenters.photos import PhotosPresenter
from console.presenters.places import PlacesPresenter
from console.presenters.promise import Promise
from console.presenters.proposals import ProposalsPresenter
from console.presenters.report import ReportPresenter
from console.presenters.report_sources import MessageSources, ReportKind, call_source
from console.presenters.self_test_process import SelfTestProcess
from console.presenters.sign_in import SignInPresenter
from console.presenters.spelling import SpellingPresenter
from console.presenters.stale_report import StaleReportPresenter
from console.presenters.status import StatusPresenter
from console.presenters.synonyms import SynonymsPresenter
from console.presenters.terms import Terms
from console.presenters.topic_route import TopicRoutePresenter
from console.presenters.training import TrainingPresenter
from console.presenters.unanswered import UnansweredPresenter
from console.reviews_desk import make_reviews
from console.settings import CITY_ZONE, ConsoleSettings
from console.similar_messages import SimilarFinder
from console.spelling.hunspell import HunspellDictionary
from console.spelling.speller import Speller
from console.text_reader import TextReader
from console.training.lessons import read_lessons
from console.views.answers.answers_page import AnswersPresenters
from console.views.desk_page import DeskPage, DeskPresenters
from console.views.main_window import MainWindow
from console.views.sign_in import SignInPage
from console.views.theme import Theme, ThemeChoice
from kb.errors import DirectoryError
from kb.events import DirectoryEvent
from kb.files.words import read_words
from kb.importers import read_folder
from kb.store import Directory
from sync.errors import (
    DsnInvalid,
    MailSettingsInvalid,
    PlacesUnreadable,
    PlatformSettingsInvalid,
    StoreError,
)
from sync.exchange.mail import SmtpMail
from sync.exchange.notice_events import NoticeEvent
from sync.exchange.platform import PlatformClient, PlatformSettings
from sync.exchange.platform_events import PlatformEvent
from sync.exchange.sender import CentralLost, Sender, SenderEvent
from sync.jobs import PlatformJobs
from sync.register.calendar import REGION, read_calendar
from sync.register.hours import Interval, LineHours, is_out_of_hours
from sync.register.messages import MessageRecord
from sync.register.operators import Operator
from sync.register.places.place_list import PlaceList
from sync.register.places.rows import read_rows
from sync.store.answer_files import AnswerFiles
from sync.store.central import complete_dsn
from sync.store.city import CityStore
from sync.store.handling import MessageHandling
from sync.store.keys import open_key
from sync.store.photos import MessagePhotos
from sync.store.place_file import read_table, write_places
from sync.store.platform_intake import LocalPlatformIntake
from sync.store.platform_news import LocalPlatformNews
from sync.store.platform_queue import LocalPlatformQueue
from sync.store.register import RegisterStore
from sync.store.votes import VoteReading
from telephony.errors import SettingsError
from telephony.events import (
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    RegistrationChanged,
    RegistrationState,
)
from telephony.process import PhoneProcess
from telephony.settings import check_settings

LOG = logging.getLogger(__name__)
READER_THREADS = 2
STOP_DEADLINE_S = 5.0
_QT_STOPS = ("training call", "self-test")  # Qt's processes belong to the GUI thread


class StartProblem(Exception):
    """The program cannot start; both texts are for the operator's eyes."""

    def __init__(self, head: str, body: str) -> None:
        super().__init__(head)
        self.head = head
        self.body = body


class Console(QObject):
    """The running console of one workplace.

    ``start`` opens the stores and asks who works here; the phone, the sender and the desk are
    there once somebody has signed in, and stay while the desk is locked.
    """

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        theme: Theme,
        settings: ConsoleSettings,
        resources: Path,
    ) -> None:
        super().__init__()
        self._application = application
        self._window = window
        self._theme = theme
        self._settings = settings
        self._resources = resources
        self._deliveries = Deliveries(self)
        self._readers = ThreadPoolExecutor(READER_THREADS, thread_name_prefix="reader")
        self._thinker = ThreadPoolExecutor(1, thread_name_prefix="meaning")
        self._directory_writer = ThreadPoolExecutor(1, thread_name_prefix="directory-writer")
        self._milestones = Milestones(
            settings.log_directory / "milestones.jsonl", lambda: datetime.now(UTC)
        )
        self._stops: list[tuple[str, Callable[[], object]]] = []
        self._presenters: DeskPresenters | None = None
        self._promise: Promise | None = None
        self._told_before_sign_in: list[DirectoryEvent] = []
        self._desk_page: DeskPage | None = None
        self._operator: Operator | None = None
        self._sign_in: SignInPresenter | None = None
        self._sign_in_page: SignInPage | None = None

    # --- start ---

    def start(self) -> None:
        """Open the stores and show the sign-in page; StartProblem says what stands in the way."""
        settings = self._settings
        self._check_settings()
        built_in = read_calendar(self._resources / "calendars", REGION)
        self._hours = _line_hours(settings)
        try:
            self._register = RegisterStore.open(
                settings.register_file,
                open_key(settings.register_file),
                first_station=settings.workplace,
                home_area_code=settings.area_code,
            )
            self._city_store = CityStore(self._register, built_in)
            self._calendar = CityCalendar(built_in, self._city_store.city(), parent=self)
        except StoreError as error:
            LOG.error("register: %s", type(error).__name__)
            raise StartProblem(*words.access.store_problem(error)) from error
        self._stops.append(
            ("register", lambda: self._register.close_store(deadline_s=STOP_DEADLINE_S))
        )
        self._register.steps.set_city(self._calendar.settings.rules)
        try:
            directory_bridge: Bridge[DirectoryEvent] = Bridge(self._directory_told, self)
            self._directory = Directory.open(settings.directory_file, tell=directory_bridge.post)
            if not self._directory.mark():
                sample = read_folder(self._resources / "directory" / "sample")
                self._directory.replace_all(sample, "sample")
                self._use_sample_places()
        except DirectoryError as error:
            LOG.error("directory: %s", type(error).__name__)
            raise StartProblem(*words.directory.directory_problem(error)) from error
        self._stops.append(("directory", self._close_directory))
        self._sign_in = SignInPresenter(
            self._register, self._readers, self._deliveries, parent=self
        )
        self._sign_in.signed_in.connect(self._signed_in)
        self._sign_in.founded.connect(self._offer_training)
        self._sign_in_page = SignInPage(self._theme, self._sign_in)
        self._window.show_page(self._sign_in_page)
        self._sign_in.changed.connect(lambda _state: self._focus_sign_in())
        # Only when the page knows whom it asks, and its caret waits, can anybody type into it.
        self._sign_in.changed.connect(
            lambda _state: self._milestones.note(Milestone.STARTED),
            Qt.ConnectionType.SingleShotConnection,
        )
        self._sign_in.start()

    def _use_sample_places(self) -> None:
        """The sample city's streets beside its directory, where no list was imported yet."""
        file = self._settings.places_file
        sample = read_rows(read_table(self._resources / "places" / "sample.csv"))
        if isinstance(sample, PlaceList) and not file.exists():
            try:
                write_places(file, sample)
            except PlacesUnreadable as error:
                LOG.warning("sample places: %s", error)

    def _close_directory(self) -> None:
        """Close it once everything that editors typed is written."""
        self._directory_writer.shutdown(wait=True)
        self._directory.close()

    def _check_settings(self) -> None:
        """Find what cannot work before anything is opened, and name the place in the file."""
        settings = self._settings
        try:
            check_settings(phone_settings(settings))
            if settings.central_dsn is not None:
                complete_dsn(settings.central_dsn)
            if settings.platform_url is not None:
                PlatformClient(_platform_settings(settings)).close()
            server = smtp_settings(settings)
            if server is not None:
                SmtpMail(server, lambda: datetime.now(UTC))
        except MailSettingsInvalid as error:
            raise StartProblem(*words.access.settings_problem(f"[mail] {error.code}")) from error
        except SettingsError as error:
            raise StartProblem(*words.access.settings_problem(f"[phone] {error.field}")) from error
        except DsnInvalid as error:
            raise StartProblem(*words.access.settings_problem("[central] dsn")) from error
        except PlatformSettingsInvalid as error:
            raise StartProblem(*words.access.settings_problem("[platform]")) from error

    def _focus_sign_in(self) -> None:
        if self._sign_in_page is not None and self._window.shown_page() is self._sign_in_page:
            self._sign_in_page.focus_first()

    def _signed_in(self, operator: Operator) -> None:
        self._operator = operator
        if self._desk_page is None:
            self._build_desk(operator)
        if self._presenters is not None and self._desk_page is not None:
            self._presenters.desk.set_operator(operator)
            self._window.show_page(self._desk_page)
            self._desk_page.setFocus()
            for event in self._told_before_sign_in:
                self._presenters.notices.receive_directory(event)
            self._told_before_sign_in.clear()

    def _offer_training(self) -> None:
        """A newcomer sees the main job within a minute: offer the first training call."""
        if self._presenters is not None:
            self._presenters.training.offer()

    # --- the desk ---

    def _build_desk(self, operator: Operator) -> None:
        settings, register = self._settings, self._register
        phone_bridge: Bridge[PhoneEvent] = Bridge(self._phone_told, self)
        sender_bridge: Bridge[SenderEvent] = Bridge(self._sender_told, self)
        platform_bridge: Bridge[PlatformEvent] = Bridge(self._platform_told, self)
        phone = PhoneProcess(
            phone_settings(settings), settings.runtime_directory, phone_bridge.post
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
        status = StatusPresenter(
            register,
            self._readers,
            self._deliveries,
            has_central=settings.central_dsn is not None,
            has_registrar=settings.account is not None,
            has_platform=settings.platform_url is not None and settings.central_dsn is None,
            is_out_of_hours=self._is_out_of_hours,
            zone=CITY_ZONE,
            parent=self,
        )
        reader = self._make_reader()
        # Talking begins some time before the message does.
        desk.changed.connect(
            lambda state: reader.prepare() if state.line is LineState.TALKING else None
        )
        spelling = self._make_spelling()
        classifier = Classifier(self._directory.topics(), self._directory.categories(), self)
        self._promise = Promise(
            self._calendar,
            lambda: answer_rules(classifier.topics, classifier.categories),
            CITY_ZONE,
        )
        card = CardPresenter(
            desk, classifier, zone=CITY_ZONE, area_code=settings.area_code, parent=self
        )
        organs = Organs(
            self._directory, self._readers, self._deliveries, zone=CITY_ZONE, parent=self
        )
        terms = Terms(
            self._calendar, classifier, zone=CITY_ZONE, unit_title=organs.title, parent=self
        )
        handling = MessageHandling(register)
        begun = register.message_drafts()
        message_checks = self._make_checks(reader, handling, begun)
        message_near = MessageNearPresenter(
            handling,
            reader,
            self._readers,
            self._deliveries,
            self._milestones,
            terms,
            zone=CITY_ZONE,
            parent=self,
        )
        message = MessagePresenter(
            desk,
            classifier,
            message_checks,
            message_near,
            MessageSteps(handling, self._deliveries, lambda: desk.operator, self),
            self._directory.unit,
            uuid7,
            begun=begun,
            zone=CITY_ZONE,
            parent=self,
        )
        places = PlacesPresenter(settings.places_file, self._readers, self._deliveries, self)
        places.look()
        days = self._calendar.days
        directory = DirectoryPresenter(
            self._directory,
            self._readers,
            self._thinker,
            self._directory_writer,
            self._deliveries,
            self._milestones,
            zone=CITY_ZONE,
            days=days,
            take=desk.accept_entry,
            parent=self,
        )
        self._document_copies = TemporaryDirectory(prefix="documents-", ignore_cleanup_errors=True)
        self._stops.append(("document copies", self._document_copies.cleanup))
        document_opener = DocumentOpener(
            self._directory,
            self._readers,
            self._deliveries,
            self._milestones,
            folder=Path(self._document_copies.name),
            show=lambda file: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))),
            parent=self,
        )
        hit_documents = HitDocumentsPresenter(
            self._directory, document_opener, self._readers, self._deliveries, parent=self
        )
        entry_documents = EntryDocumentsPresenter(
            self._directory,
            document_opener,
            self._readers,
            self._directory_writer,
            self._deliveries,
            operator=lambda: desk.operator,
            new_id=uuid7,
            zone=CITY_ZONE,
            parent=self,
        )
        entry_documents.changed.connect(lambda _state: hit_documents.read_again())
        entries = EntryListPresenter(
            self._directory,
            self._readers,
            self._deliveries,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=self,
        )
        editor = EntryEditorPresenter(
            self._directory,
            self._readers,
            self._directory_writer,
            self._deliveries,
            self._milestones,
            operator=lambda: desk.operator,
            new_id=uuid7,
            zone=CITY_ZONE,
            days=days,
            parent=self,
        )
        proposals = ProposalsPresenter(
            self._directory,
            self._readers,
            self._directory_writer,
            self._deliveries,
            operator=lambda: desk.operator,
            new_id=uuid7,
            zone=CITY_ZONE,
            parent=self,
        )
        table_words = read_words(self._resources / "directory" / "headings-ru.json")
        directory_import = DirectoryImportPresenter(
            self._directory,
            self._readers,
            self._directory_writer,
            self._deliveries,
            self._milestones,
            table_words,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=self,
        )
        directory_import.stored.connect(entries.reload)
        classifier_reader = ClassifierReader(
            classifier, self._directory, self._readers, self._deliveries, self
        )
        for stored in (editor.stored, proposals.stored, directory_import.stored):
            stored.connect(organs.read)
            stored.connect(classifier_reader.read)
            stored.connect(reader.read_directory)
        directory_export = DirectoryExportPresenter(
            self._directory,
            read_folder(self._resources / "directory" / "example.jsonl"),
            self._readers,
            self._deliveries,
            table_words,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=self,
        )
        queries = EntryQueriesPresenter(
            self._directory, self._readers, self._deliveries, zone=CITY_ZONE, parent=self
        )
        synonyms = SynonymsPresenter(
            self._directory,
            self._readers,
            self._directory_writer,
            self._deliveries,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=self,
        )
        unanswered = UnansweredPresenter(
            self._directory,
            self._readers,
            self._directory_writer,
            self._deliveries,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            days=days,
            parent=self,
        )
        stale = StaleReportPresenter(
            self._directory,
            self._readers,
            self._directory_writer,
            self._deliveries,
            operator=lambda: desk.operator,
            folder=settings.reports_directory,
            zone=CITY_ZONE,
            parent=self,
        )
        journal = JournalPresenter(
            register, self._readers, self._deliveries, zone=CITY_ZONE, parent=self
        )
        calendar = CalendarPresenter(
            self._calendar,
            self._city_store,
            handling,
            terms,
            self._readers,
            self._deliveries,
            self._milestones,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=self,
        )
        notices = NoticesPresenter(desk, parent=self)
        notice_service, call_backs = self._make_notices(desk, classifier, notices)
        training = TrainingPresenter(
            read_lessons(self._resources / "training"),
            status,
            Path(sys.executable),
            settings.data_directory / "training",
            parent=self,
        )
        self_test = SelfTestProcess(Path(sys.executable), self)
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
        of_messages = MessageSources(
            handling,
            self._directory,
            self._calendar,
            terms,
            classifier,
            organs,
            CITY_ZONE,
        )
        line_hours = words.formats.line_hours_text(settings.line_opens, settings.line_closes)
        report = ReportPresenter(
            {
                ReportKind.CALLS: call_source(register, line_hours, CITY_ZONE),
                ReportKind.MESSAGES: of_messages.statistics,
                ReportKind.CATEGORIES: of_messages.categories,
                ReportKind.OTHER_ORGANS: of_messages.other_organs,
            },
            of_messages.names,
            handling.handled,
            self._readers,
            self._deliveries,
            notices,
            self._milestones,
            folder=settings.reports_directory,
            templates=self._resources / "templates",
            city=settings.city,
            zone=CITY_ZONE,
            operator=lambda: desk.operator,
            parent=self,
        )
        call_bar = CallBarPresenter(
            desk, status, training, zone=CITY_ZONE, area_code=settings.area_code, parent=self
        )
        spelling = self._make_spelling()
        answer_files = AnswerFiles(register)
        file_opener = DocumentOpener(
            AnswerDocuments(answer_files),
            self._readers,
            self._deliveries,
            self._milestones,
            folder=Path(self._document_copies.name),
            show=lambda file: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))),
            parent=self,
        )
        file_opener.told.connect(notices.tell)
        answers = make_answers(
            handling,
            VoteReading(register),
            answer_files,
            terms,
            classifier,
            organs,
            reader.check,
            notice_service.composer,
            lambda message_id, name: file_opener.open(document(message_id, name)),
            spelling,
            self._make_topic_route(classifier, organs, document_opener, entry_documents),
            self._readers,
            self._deliveries,
            operator=lambda: desk.operator,
            formats=lambda: self._calendar.settings.attachment_formats,
            zone=CITY_ZONE,
            parent=self,
        )
        naming = naming_of(classifier, organs, CITY_ZONE)
        look_up = LookUpPresenter(
            handling,
            register,
            terms,
            naming,
            self._readers,
            self._deliveries,
            operator=lambda: desk.operator,
            card=lambda: desk.state.card,
            change_card=desk.change_card,
            area_code=settings.area_code,
            parent=self,
        )
        history = MessageHistoryPresenter(
            handling,
            register,
            notice_service.outbox,
            naming,
            self._readers,
            self._deliveries,
            parent=self,
        )
        organs.changed.connect(answers.answers.show_again)
        self._note_messages(answers, look_up)
        finder = SimilarFinder(reader, handling, CITY_ZONE, lambda: datetime.now(UTC))
        finder.begin()
        reviews, review = make_reviews(
            handling,
            reader,
            lambda new: finder.find(new, terms.rules, self._calendar.calendar),
            self._make_photos(lambda: desk.operator, may_attach=False),
            terms,
            classifier,
            organs,
            answers.undo,
            notice_service.composer.proposed_explanation,
            notice_service.composer,
            spelling,
            self._make_topic_route(classifier, organs, document_opener, entry_documents),
            self._readers,
            self._deliveries,
            self._milestones,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            opens_next=settings.next_message,
            new_id=uuid7,
            area_code=settings.area_code,
            parent=self,
        )
        organs.read()
        self._presenters = DeskPresenters(
            answers=answers,
            look_up=look_up,
            history=history,
            desk=desk,
            call_bar=call_bar,
            card=card,
            message=message,
            topic_route=self._make_topic_route(
                classifier, organs, document_opener, entry_documents
            ),
            message_checks=message_checks,
            photos=self._make_photos(
                lambda: desk.operator, may_attach=True, keep_message=message.keep
            ),
            message_near=message_near,
            places=places,
            directory=directory,
            entries=entries,
            hit_documents=hit_documents,
            document_opener=document_opener,
            entry_documents=entry_documents,
            editor=editor,
            queries=queries,
            proposals=proposals,
            synonyms=synonyms,
            unanswered=unanswered,
            stale=stale,
            directory_import=directory_import,
            directory_export=directory_export,
            journal=journal,
            report=report,
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
            calendar=calendar,
            reviews=reviews,
            review=review,
            spelling=spelling,
            call_backs=call_backs,
            personal_data=self._make_personal_data(reader),
            status=status,
            training=training,
            phone_check=phone_check,
            notices=notices,
        )
        self._connect(self._presenters)
        self._desk_page = DeskPage(self._theme, self._presenters, CITY_ZONE)
        self._desk_page.lock_asked.connect(self._lock)
        self._desk_page.theme_asked.connect(self._next_theme)
        self._window.became_idle.connect(self._lock_when_idle)
        self._window.watch_idleness(self._application)
        bug_bridge: Bridge[str] = Bridge(self._bug_told, self)
        catch_bugs(bug_bridge.post)
        journal.reload()
        directory.start()
        status.refresh()
        self._start_exchange(sender_bridge, platform_bridge)
        notice_service.start()
        call_backs.start()
        self._stops.append(("notices", lambda: notice_service.stop(STOP_DEADLINE_S)))
        phone.start()
        self._stops.append(("phone", lambda: phone.close(end_process=False)))
        self._stops.append(("training call", training.stop))
        self._stops.append(("self-test", self_test.close))

    def _make_photos(
        self,
        operator: Callable[[], Operator],
        *,
        may_attach: bool,
        keep_message: Callable[[], None] = lambda: None,
    ) -> PhotosPresenter:
        """The photos of the message of one screen; a worker of their own, for they take long."""
        worker = ThreadPoolExecutor(1, thread_name_prefix="photos")
        self._stops.append(("photos", lambda: worker.shutdown(wait=True, cancel_futures=True)))
        return PhotosPresenter(
            MessagePhotos(self._register),
            worker,
            self._deliveries,
            self._milestones,
            operator=operator,
            may_attach=may_attach,
            turning_allowed=lambda: self._calendar.settings.turns_photos,
            keep_message=keep_message,
            parent=self,
        )

    def _make_notices(
        self, desk: DeskPresenter, classifier: Classifier, notices: NoticesPresenter
    ) -> tuple[NoticeService, CallBacksPresenter]:
        """What tells authors and organs of the steps of messages, and who is to be called."""
        events = NoticeEventsPresenter(self)
        bridge: Bridge[NoticeEvent] = Bridge(events.receive, self)
        service = NoticeService(
            self._settings,
            self._resources,
            self._register,
            self._directory,
            lambda: answer_rules(classifier.topics, classifier.categories),
            self._calendar,
            bridge.post,
        )
        call_backs = CallBacksPresenter(
            service.outbox,
            self._readers,
            self._deliveries,
            operator=lambda: desk.operator,
            zone=CITY_ZONE,
            parent=self,
        )
        events.told.connect(notices.tell)
        events.messages_changed.connect(self._messages_changed)
        events.mail_lost.connect(call_backs.set_mail_lost)
        events.tasks_changed.connect(call_backs.reload)
        return service, call_backs

    def _make_topic_route(
        self,
        classifier: Classifier,
        organs: Organs,
        opener: DocumentOpener,
        documents: EntryDocumentsPresenter,
    ) -> TopicRoutePresenter:
        """One for each page, since each shows another message."""
        route = TopicRoutePresenter(
            classifier, organs, self._directory, opener, self._readers, self._deliveries, self
        )
        documents.changed.connect(lambda _state: route.read_again())
        return route

    def _note_messages(self, answers: AnswersPresenters, look_up: LookUpPresenter) -> None:
        """Note when messages came to the screen, and what was decided about them."""
        note = self._milestones.note
        for taken in (answers.form.taken, answers.decisions.taken):
            taken.connect(lambda done: note(Milestone.DECIDED, decision=done.events[-1].step.value))
        answers.answers.loaded.connect(lambda count: note(Milestone.ANSWERS_READ, count=count))
        look_up.read_out.connect(
            lambda reading: note(
                Milestone.LOOKED_UP, number=reading.number, protected=int(reading.protected)
            )
        )

    def _make_spelling(self) -> SpellingPresenter:
        settings = self._settings

        def open_speller() -> Speller:
            chosen = settings.spelling
            return Speller(
                HunspellDictionary(chosen.library, chosen.dictionary),
                settings.added_words_file,
                lambda: (entry.title for entry in self._directory.summaries("")),
            )

        spelling = SpellingPresenter(
            open_speller,
            ThreadPoolExecutor(1, thread_name_prefix="spelling"),
            self._deliveries,
            enabled=settings.spelling.enabled,
            parent=self,
        )
        spelling.suggested.connect(lambda: self._milestones.note(Milestone.WORDS_SUGGESTED))
        self._stops.append(("spelling", spelling.close))
        return spelling

    def _make_reader(self) -> TextReader:
        worker = ThreadPoolExecutor(1, thread_name_prefix="text-reader")
        reader = TextReader(worker, self._directory.entries)
        self._stops.append(("text reader", reader.close))
        return reader

    def _make_checks(
        self, reader: TextReader, handling: MessageHandling, begun: tuple[MessageRecord, ...]
    ) -> MessageChecksPresenter:
        checks = MessageChecksPresenter(reader, self._deliveries, self._milestones, self)
        for draft in begun:
            handled = handling.handled(draft.id)
            reason = "" if handled is None else cleared_reason(handled)
            if reason:
                checks.restore(str(draft.id), reason)
        return checks

    def _make_personal_data(self, reader: TextReader) -> PersonalDataPresenter:
        presenter = PersonalDataPresenter(reader.personal_data, self._deliveries, self)
        presenter.told.connect(lambda _notice: self._milestones.note(Milestone.PERSONAL_DATA_TOLD))
        return presenter

    def _connect(self, presenters: DeskPresenters) -> None:
        desk = presenters.desk
        desk.register_changed.connect(presenters.journal.reload)
        desk.register_changed.connect(presenters.status.refresh)
        desk.register_changed.connect(presenters.answers.answers.reload)
        desk.changed.connect(lambda state: presenters.status.set_store_failed(state.store_failed))
        desk.changed.connect(lambda state: self._tell_locked(state.line))
        desk.changed.connect(lambda state: presenters.journal.set_in_front(state.card))
        desk.saved.connect(lambda _saved: presenters.directory.finish_search())
        presenters.editor.stored.connect(presenters.directory.refresh)
        presenters.proposals.stored.connect(presenters.directory.refresh)
        presenters.message.registered.connect(self._message_registered)
        presenters.message.joined.connect(self._call_joined)
        self._calendar.changed.connect(self._calendar_changed)
        presenters.message.handed_in.connect(self._message_handed_in)
        presenters.reviews.stored.connect(presenters.journal.reload)
        presenters.reviews.stored.connect(presenters.status.refresh)

    def _start_exchange(
        self, sender_bridge: Bridge[SenderEvent], platform_bridge: Bridge[PlatformEvent]
    ) -> None:
        """With a centre its worker talks to the platform; without one, this console does."""
        settings = self._settings
        if settings.central_dsn is not None:
            sender = Sender(self._register, settings.central_dsn, sender_bridge.post)
            self._register.on_queued(sender.wake)
            sender.start()
            self._stops.append(("sender", lambda: sender.stop(STOP_DEADLINE_S)))
        elif settings.platform_url is not None:
            client = PlatformClient(_platform_settings(settings))
            intake = LocalPlatformIntake(self._register, home_area_code=settings.area_code)
            news = LocalPlatformNews(self._register)
            news.follow_steps()
            jobs = PlatformJobs(
                LocalPlatformQueue(self._register),
                client,
                platform_bridge.post,
                intake=intake if settings.platform_intake else None,
                news=news,
            )
            self._register.on_queued(jobs.wake)
            jobs.start()
            self._stops.append(("platform", lambda: jobs.stop(STOP_DEADLINE_S)))

    # --- what the engines tell ---

    def _phone_told(self, event: PhoneEvent) -> None:
        presenters = self._presenters
        if presenters is None:
            return
        self._note_phone(event)
        presenters.status.receive_phone(event)
        presenters.desk.receive(event)
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
            case _:
                return

    def _sender_told(self, event: SenderEvent) -> None:
        if isinstance(event, CentralLost):
            LOG.warning("central database: %s", event.kind.value)
        if self._presenters is not None:
            self._presenters.status.receive_sender(event)

    def _platform_told(self, event: PlatformEvent) -> None:
        presenters = self._presenters
        if presenters is not None:
            presenters.status.receive_platform(event)
            presenters.notices.receive_platform(event)
            presenters.journal.reload()
            presenters.answers.answers.reload()

    def _messages_changed(self) -> None:
        """A promised date has come: its message is open again."""
        if self._presenters is not None:
            self._presenters.journal.reload()
            self._presenters.answers.answers.reload()

    def _directory_told(self, event: DirectoryEvent) -> None:
        LOG.info("directory: %s, %s", type(event).__name__, event.reason.value)
        if self._presenters is None:
            self._told_before_sign_in.append(event)
        else:
            self._presenters.notices.receive_directory(event)

    def _message_registered(self, message: MessageRecord) -> None:
        if self._presenters is not None:
            self._presenters.notices.message_registered(message)
            if self._promise is not None:
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

    def _lock(self) -> None:
        """Hide the desk; a call that is up goes on, and its card keeps what was typed."""
        presenters = self._presenters
        if self._sign_in is None or self._sign_in_page is None or presenters is None:
            return
        if self._window.shown_page() is self._sign_in_page:
            return
        self._sign_in.lock()
        self._window.show_page(self._sign_in_page)
        self._sign_in_page.focus_first()

    def _lock_when_idle(self) -> None:
        """A long talk without a key is no idleness: the lock waits for the end of the call."""
        presenters = self._presenters
        busy = presenters is not None and presenters.desk.state.line in (
            LineState.RINGING,
            LineState.TALKING,
        )
        if busy:
            self._window.restart_idleness()
        else:
            self._lock()

    def _next_theme(self) -> None:
        """Light, dark, high contrast, and round again; the choice is kept for the next start."""
        order = (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST)
        shown = order.index(ThemeChoice(self._theme.name))
        self._theme.choose(order[(shown + 1) % len(order)])
        self._window.keep_theme(self._theme.choice)

    def _tell_locked(self, line: LineState) -> None:
        if self._sign_in is None or self._window.shown_page() is not self._sign_in_page:
            return
        ringing = line is LineState.RINGING
        self._sign_in.show_notice(words.access.call_while_locked() if ringing else "")

    def _is_out_of_hours(self, at: datetime) -> bool:
        calendar = self._calendar
        return is_out_of_hours(at, self._hours, calendar.is_working_day, calendar.is_short_day)

    # --- stop ---

    def stop(self) -> None:
        """Write what was typed last and stop everything, the newest first, each with a deadline.

        The phone process keeps its calls for another console and ends by itself a minute later.
        """
        if self._presenters is not None:
            self._presenters.message.keep()
            self._presenters.editor.keep_now()
            self._presenters.directory_import.stop()
            future = self._presenters.desk.flush()
            if future is not None:
                # A disk that hangs must not keep the rest from being stopped in order.
                wait([future], STOP_DEADLINE_S)
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
        self._milestones.close()


def _line_hours(settings: ConsoleSettings) -> LineHours:
    day = (
        Interval(time.fromisoformat(settings.line_opens), time.fromisoformat(settings.line_closes)),
    )
    week = tuple(day if weekday in settings.line_days else () for weekday in range(7))
    return LineHours(week=week, zone=CITY_ZONE, moved_working_day=day)


def _platform_settings(settings: ConsoleSettings) -> PlatformSettings:
    return PlatformSettings(
        settings.platform_url or "",
        api_key=settings.platform_key,
        jurisdiction_id=settings.platform_jurisdiction,
    )
