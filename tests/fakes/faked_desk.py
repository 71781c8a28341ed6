"""A desk over fakes: every presenter of it, and what stands in for phone, register and people."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from concurrent.futures import Future
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject

from console.assembly.answers import make_answers, naming_of
from console.bridge import Deliveries
from console.laid_down import LaidDown, read_laid_down
from console.look import look_of
from console.milestones import Milestones
from console.presenters.by_hand import ByHandPresenter
from console.presenters.call_backs import CallBacksPresenter
from console.presenters.call_bar import CallBarPresenter
from console.presenters.call_claims import CallClaimsPresenter
from console.presenters.call_control import CallControl
from console.presenters.call_hint import CallHintPresenter
from console.presenters.caller_persons import CallerPersonsPresenter
from console.presenters.card import CardPresenter
from console.presenters.city_calendar import CityCalendar
from console.presenters.classifier import Classifier
from console.presenters.clearing_reasons import ClearingReasons
from console.presenters.desk import DeskPresenter
from console.presenters.diagnostics import DiagnosticsPresenter
from console.presenters.directory import DirectoryPresenter
from console.presenters.directory_export import DirectoryExportPresenter
from console.presenters.directory_import import DirectoryImportPresenter
from console.presenters.documents import DocumentOpener, EntryDocumentsPresenter
from console.presenters.entry_editor import EntryEditorPresenter
from console.presenters.entry_list import EntryListPresenter
from console.presenters.entry_queries import EntryQueriesPresenter
from console.presenters.formal_appeal import FormalAppealPresenter
from console.presenters.handover import HandoverPresenter
from console.presenters.hit_documents import HitDocumentsPresenter
from console.presenters.incident_page import IncidentPagePresenter
from console.presenters.incident_watch import IncidentWatch
from console.presenters.journal import JournalPresenter
from console.presenters.key_choice import KeyChoicePresenter
from console.presenters.keypad import KeypadPresenter
from console.presenters.look_up import LookUpPresenter
from console.presenters.message import MessagePresenter
from console.presenters.message_checks import MessageChecksPresenter
from console.presenters.message_history import MessageHistoryPresenter
from console.presenters.message_near import MessageNearPresenter
from console.presenters.message_steps import MessageSteps
from console.presenters.notices import NoticesPresenter
from console.presenters.number_choice import NumberChoicePresenter
from console.presenters.organs import Organs
from console.presenters.own_desk import OwnDeskPresenter
from console.presenters.paragraphs import ParagraphsPresenter
from console.presenters.personal_data import PersonalDataPresenter
from console.presenters.phone_check import PhoneCheckPresenter
from console.presenters.photos import PhotosPresenter
from console.presenters.phrases import PhrasesPresenter
from console.presenters.places import PlacesPresenter
from console.presenters.planned_calls import PlannedCallsPresenter
from console.presenters.proposals import ProposalsPresenter
from console.presenters.report import ReportPresenter
from console.presenters.saved_call import SavedCallPresenter
from console.presenters.script import ScriptPresenter
from console.presenters.shift_check import ShiftCheckPresenter
from console.presenters.shown_record import ShownRecordPresenter
from console.presenters.spelling import SpellingPresenter
from console.presenters.stale_report import StaleReportPresenter
from console.presenters.status import StatusPresenter
from console.presenters.synonyms import SynonymsPresenter
from console.presenters.terms import Terms
from console.presenters.training import TrainingPlace, TrainingPresenter
from console.presenters.unanswered import UnansweredPresenter
from console.settings import CITY_ZONE, ConsoleSettings
from console.training.lessons import read_lessons
from console.views.desk_presenters import DeskPresenters
from console.views.review.review_page import ReviewPresenters
from kb.files.words import FIELD_NAMES
from kb.store import Directory
from sync.register.calendar import read_calendar
from sync.register.handling.answers import ATTACHMENT_FORMATS
from sync.register.incidents.outbreak import OutbreakRules
from sync.register.known_persons import KnownPerson, is_named
from telephony.settings import PhoneSettings
from tests.fakes.answer_messages import FakeAnswerFiles, FakeVotes
from tests.fakes.call_claims import FakeTeam
from tests.fakes.city import Calendars
from tests.fakes.console_directory import (
    CATEGORIES,
    TOPICS,
    FakeDirectory,
    hit,
    sample_question,
    sample_unit,
    search_notes,
)
from tests.fakes.console_fakes import (
    AREA_CODE,
    SUPERVISOR,
    USUAL_DAYS,
    Clock,
    InlineExecutor,
    NoCalls,
    new_ids,
)
from tests.fakes.console_phone import FakePhone, FakeSelfTest, connected
from tests.fakes.console_register import FakeMissed, FakeRegister
from tests.fakes.documents import topic_route
from tests.fakes.handling import FakeHandling
from tests.fakes.incidents import FakeIncidents
from tests.fakes.message_photos import FakePhotos
from tests.fakes.notices import FewOrgans, make_composer
from tests.fakes.operator_state import StateBench
from tests.fakes.own_desks import FakeOwnDesks
from tests.fakes.planned import FakePlanned
from tests.fakes.reader import FakeNear, FakeReader
from tests.fakes.reports import FakeMessages, FakeTitles, message_sources, report_sources
from tests.fakes.review_fakes import ReviewBench
from tests.fakes.script_steps import FakeScriptSteps
from tests.fakes.settings import SettingsBench
from tests.fakes.sheets import FakeSheets
from tests.fakes.spelling import open_speller
from tests.fakes.training_records import KnownWork
from tests.fakes.workplace import FakeWorkplace

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
CALENDAR = read_calendar(RESOURCES / "calendars")


lessons_of = cache(read_lessons)


@cache
def laid_down_by_nobody() -> LaidDown:
    """The scripts and phrases that come with the program, read once for all desks."""
    with TemporaryDirectory() as empty:
        return read_laid_down(Path(empty), RESOURCES, lambda number: number)


@cache
def filled_directory() -> bytes:
    """The file of a directory with one entry of each kind, made once: its schema takes time."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "directory.db"
        made = Directory.open(file, starters=None)
        made.replace_all((*TOPICS, *CATEGORIES, sample_question(), sample_unit()))
        made.close()
        return file.read_bytes()


def find_phones(text: str) -> Future[tuple[str, ...]]:
    """Stands for the finder of personal data."""
    found: Future[tuple[str, ...]] = Future()
    found.set_result(tuple(re.findall(r"\d{3}-\d\d-\d\d", text)))
    return found


class FakedDesk:
    """The presenters of a whole desk, in the order of their needs; belongs to the GUI thread."""

    def __init__(
        self,
        owner: QObject,
        milestones: Milestones,
        clock: Clock,
        folder: Path,
        before: FakedDesk | None = None,
    ) -> None:
        """``before`` is an earlier start: its messages and incidents are there again."""
        self.workplace, self.sheets = FakeWorkplace(), FakeSheets()
        self.handover_folder = folder / "handover"
        self.diagnostics: list[tuple[Path, Mapping[str, object]]] = []
        self.disk_takes_diagnostics = True
        (folder / "directory.db").write_bytes(filled_directory())
        self.entries = Directory.open(folder / "directory.db", starters=None)
        self.phone, self.register, self.directory = FakePhone(), FakeRegister(), FakeDirectory()
        question = hit(sample_question())
        self.register.now = clock
        self.missed = FakeMissed(self.register)
        self.directory.found = {"ям": (question, hit(sample_unit()))}
        deliveries, readers = Deliveries(owner), InlineExecutor()
        self.own_desks = FakeOwnDesks()
        own_desk = OwnDeskPresenter(
            self.own_desks,
            deliveries,
            partial(look_of, settings=ConsoleSettings(data_directory=folder, theme="light")),
            spoken="ru",
            parent=owner,
        )
        self.settings_bench = SettingsBench(folder, owner, others=(own_desk,))
        self.desk = desk = DeskPresenter(
            self.phone,
            self.register,
            deliveries,
            milestones,
            operator=SUPERVISOR,
            is_out_of_hours=lambda _at: False,
            clock=clock,
            parent=owner,
        )
        status = StatusPresenter(
            self.register,
            readers,
            deliveries,
            has_central=True,
            has_registrar=False,
            is_out_of_hours=lambda _at: False,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.state_bench = StateBench(self.phone, desk, status, deliveries, clock, owner)
        self.operator_state = operator_state = self.state_bench.state
        notices = NoticesPresenter(desk, owner)
        self.self_test = FakeSelfTest(owner)
        self.pressed_s = 0.0  # every press of a test is one that was meant

        def seconds() -> float:
            self.pressed_s += 10
            return self.pressed_s

        calls = CallControl(
            self.phone,
            desk,
            milestones,
            can_call=lambda: status.state.phone_ready,
            monotonic_s=seconds,
            parent=owner,
        )
        phone_check = PhoneCheckPresenter(
            self.phone,
            self.self_test,
            desk,
            status,
            notices,
            milestones,
            PhoneSettings(),
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.work = KnownWork()
        training = TrainingPresenter(
            lessons_of(RESOURCES / "training"),
            status,
            self.work,
            lambda key: key,
            TrainingPlace(Path(sys.executable), folder / "results.jsonl"),
            readers,
            deliveries,
            owner,
            clock=clock,
        )
        shift_check = ShiftCheckPresenter(
            self.workplace,
            phone_check,
            status,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            refuses_calls=False,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.opener = DocumentOpener(
            self.directory,
            readers,
            deliveries,
            milestones,
            folder=folder / "copies",
            show=lambda _file: True,
            parent=owner,
        )
        self.spelling = SpellingPresenter(
            lambda: open_speller(folder), readers, deliveries, enabled=False, parent=owner
        )
        self.reader = FakeReader()
        self.photos = FakePhotos()
        self.people: dict[str, tuple[KnownPerson, ...]] = {}  # whom records name, by telephone
        self.planned = FakePlanned(clock)
        checks = MessageChecksPresenter(
            self.reader,
            deliveries,
            milestones,
            ClearingReasons(operator=lambda: desk.operator, parent=owner),
            owner,
        )
        of_messages = message_sources(owner, FakeMessages(), FakeTitles())
        self.handling: FakeHandling = FakeHandling(clock) if before is None else before.handling
        classifier = Classifier(TOPICS, CATEGORIES, owner)
        terms = Terms(CityCalendar(CALENDAR), classifier, zone=CITY_ZONE, now=clock, parent=owner)
        organs = Organs(self.entries, readers, deliveries, zone=CITY_ZONE, parent=owner)
        naming = naming_of(classifier, organs, CITY_ZONE, clock)
        look_up = LookUpPresenter(
            self.handling,
            self.register,
            terms,
            naming,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            card=lambda: desk.state.card,
            change_card=desk.change_card,
            area_code=AREA_CODE,
            parent=owner,
        )
        self.script_steps = FakeScriptSteps()
        history = MessageHistoryPresenter(
            self.handling,
            self.register,
            NoCalls(),
            self.script_steps,
            naming,
            readers,
            deliveries,
            owner,
        )
        near = MessageNearPresenter(
            FakeNear(self.handling),
            deliveries,
            milestones,
            terms,
            self.photos,
            readers,
            zone=CITY_ZONE,
            parent=owner,
        )
        answers = make_answers(
            self.handling,
            FakeVotes(),
            FakeAnswerFiles(),
            terms,
            classifier,
            organs,
            self.reader.check,
            make_composer(FewOrgans()),
            lambda _message, _name: None,
            self.spelling,
            topic_route(classifier, organs, milestones, folder, owner),
            readers,
            readers,
            deliveries,
            operator=lambda: desk.operator,
            formats=lambda: ATTACHMENT_FORMATS,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        bench = ReviewBench(
            owner,
            milestones,
            clock,
            operator=SUPERVISOR,
            city=None if before is None else before.bench.city,
        )
        self.bench: ReviewBench = bench
        self.clock = clock
        self.calendars = Calendars(
            readers, deliveries, milestones, lambda: desk.operator, owner, clock
        )
        places = PlacesPresenter(folder / "places.json", readers, deliveries, owner)
        self.incidents: FakeIncidents = FakeIncidents(clock) if before is None else before.incidents
        incidents = IncidentWatch(
            self.incidents,
            desk,
            classifier,
            places,
            readers,
            deliveries,
            milestones,
            rules=OutbreakRules(),
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.team = FakeTeam(readers)
        self.team.is_reachable = False  # until a test needs a centre
        claims = CallClaimsPresenter(
            self.team.of_centre,
            deliveries,
            operator=lambda: desk.operator,
            new_id=new_ids(9500),
            area_code=AREA_CODE,
            monotonic_s=lambda: self.team.now_s,
            parent=owner,
        )
        desk.changed.connect(claims.follow)
        self.presenters = DeskPresenters(
            claims=claims,
            incidents=incidents,
            incident_page=IncidentPagePresenter(
                incidents,
                self.incidents,
                deliveries,
                operator=lambda: desk.operator,
                new_id=new_ids(9000),
                parent=owner,
            ),
            answers=answers,
            reviews=bench.desk,
            review=ReviewPresenters(
                bench.review,
                bench.decision,
                bench.photos,
                bench.preview,
                bench.organs,
                bench.classifier,
                self.spelling,
                bench.route,
            ),
            look_up=look_up,
            history=history,
            shown_record=ShownRecordPresenter(
                self.handling,
                self.script_steps,
                classifier,
                readers,
                deliveries,
                zone=CITY_ZONE,
                clock=clock,
                parent=owner,
            ),
            desk=desk,
            saved_call=SavedCallPresenter(
                desk,
                answers.undo,
                self.register,
                self.handling,
                readers,
                deliveries,
                milestones,
                record_reopened=operator_state.record_reopened,
                parent=owner,
            ),
            operator_state=operator_state,
            alarm=self.state_bench.alarm,
            calls=calls,
            numbers=NumberChoicePresenter(
                calls,
                self.directory,
                readers,
                deliveries,
                zone=CITY_ZONE,
                days=USUAL_DAYS,
                parent=owner,
            ),
            keypad=KeypadPresenter(calls, owner),
            call_bar=CallBarPresenter(
                desk,
                calls,
                status,
                training,
                operator_state,
                zone=CITY_ZONE,
                area_code=AREA_CODE,
                clock=clock,
                parent=owner,
            ),
            card=CardPresenter(
                desk,
                Classifier(TOPICS, CATEGORIES),
                zone=CITY_ZONE,
                area_code=AREA_CODE,
                clock=clock,
                parent=owner,
            ),
            script=ScriptPresenter(
                desk,
                self.script_steps,
                readers,
                deliveries,
                milestones,
                clock=clock,
                parent=owner,
            ),
            call_hint=CallHintPresenter(desk, self.reader, deliveries, milestones, owner),
            phrases=PhrasesPresenter(
                desk,
                milestones,
                term_of=lambda _message, today: today,
                city="Белоключевск",
                zone=CITY_ZONE,
                clock=clock,
                parent=owner,
            ),
            by_hand=ByHandPresenter(desk, zone=CITY_ZONE, clock=clock, parent=owner),
            persons=CallerPersonsPresenter(
                desk,
                lambda phone, _call: readers.submit(self.people.get, phone, ()),
                self._named_people,
                readers,
                deliveries,
                milestones,
                Classifier(TOPICS, CATEGORIES),
                zone=CITY_ZONE,
                parent=owner,
            ),
            planned=PlannedCallsPresenter(
                self.planned,
                readers,
                deliveries,
                operator=lambda: desk.operator,
                new_id=new_ids(9000),
                zone=CITY_ZONE,
                area_code=AREA_CODE,
                clock=clock,
                parent=owner,
            ),
            message=MessagePresenter(
                desk,
                Classifier(TOPICS, CATEGORIES),
                checks,
                near,
                MessageSteps(self.handling, deliveries, lambda: desk.operator, owner),
                sample_unit,
                new_ids(),
                begun=(),
                zone=CITY_ZONE,
                clock=clock,
                parent=owner,
            ),
            message_checks=checks,
            topic_route=topic_route(classifier, organs, milestones, folder, owner),
            message_near=near,
            photos=PhotosPresenter(
                self.photos,
                readers,
                deliveries,
                milestones,
                operator=lambda: desk.operator,
                may_attach=True,
                turning_allowed=lambda: False,
                parent=owner,
            ),
            places=places,
            document_opener=self.opener,
            hit_documents=HitDocumentsPresenter(
                self.directory, self.opener, readers, deliveries, parent=owner
            ),
            entry_documents=EntryDocumentsPresenter(
                self.entries,
                self.opener,
                readers,
                readers,
                deliveries,
                operator=lambda: desk.operator,
                new_id=new_ids(),
                zone=CITY_ZONE,
                parent=owner,
            ),
            directory=DirectoryPresenter(
                self.directory,
                readers,
                readers,
                search_notes(self.directory, readers, deliveries),
                deliveries,
                milestones,
                zone=CITY_ZONE,
                days=USUAL_DAYS,
                take=desk.accept_entry,
                parent=owner,
            ),
            entries=EntryListPresenter(
                self.entries,
                readers,
                deliveries,
                operator=lambda: desk.operator,
                zone=CITY_ZONE,
                parent=owner,
            ),
            editor=EntryEditorPresenter(
                self.entries,
                readers,
                readers,
                deliveries,
                milestones,
                operator=lambda: desk.operator,
                new_id=new_ids(),
                zone=CITY_ZONE,
                days=USUAL_DAYS,
                parent=owner,
            ),
            proposals=ProposalsPresenter(
                self.entries,
                readers,
                readers,
                deliveries,
                operator=lambda: desk.operator,
                new_id=new_ids(7000),
                zone=CITY_ZONE,
                clock=clock,
                parent=owner,
            ),
            directory_import=DirectoryImportPresenter(
                self.entries,
                readers,
                readers,
                deliveries,
                milestones,
                FIELD_NAMES,
                operator=lambda: desk.operator,
                zone=CITY_ZONE,
                parent=owner,
            ),
            directory_export=DirectoryExportPresenter(
                self.entries,
                (),
                readers,
                deliveries,
                FIELD_NAMES,
                operator=lambda: desk.operator,
                zone=CITY_ZONE,
                parent=owner,
            ),
            queries=EntryQueriesPresenter(
                self.entries, readers, deliveries, zone=CITY_ZONE, parent=owner
            ),
            synonyms=SynonymsPresenter(
                self.entries,
                readers,
                readers,
                deliveries,
                operator=lambda: desk.operator,
                zone=CITY_ZONE,
                clock=clock,
                parent=owner,
            ),
            unanswered=UnansweredPresenter(
                self.entries,
                readers,
                readers,
                deliveries,
                operator=lambda: desk.operator,
                zone=CITY_ZONE,
                days=USUAL_DAYS,
                parent=owner,
            ),
            stale=StaleReportPresenter(
                self.entries,
                readers,
                readers,
                deliveries,
                operator=lambda: desk.operator,
                folder=folder,
                zone=CITY_ZONE,
                parent=owner,
            ),
            journal=JournalPresenter(
                self.register,
                readers,
                deliveries,
                self.missed,
                operator=lambda: desk.operator,
                zone=CITY_ZONE,
                clock=clock,
                holders=claims.holders,
                parent=owner,
            ),
            report=ReportPresenter(
                report_sources(self.register, of_messages),
                of_messages.names,
                FakeMessages().handled,
                readers,
                readers,
                deliveries,
                notices,
                milestones,
                folder=folder,
                templates=RESOURCES / "templates",
                city="Белоключевск",
                zone=CITY_ZONE,
                operator=lambda: desk.operator,
                parent=owner,
            ),
            calendar=self.calendars.presenter,
            formal_appeal=FormalAppealPresenter(
                desk,
                self.entries,
                readers,
                deliveries,
                unit="road-service",
                templates=RESOURCES / "templates",
                zone=CITY_ZONE,
                parent=owner,
            ),
            call_backs=CallBacksPresenter(
                NoCalls(),
                readers,
                deliveries,
                operator=lambda: desk.operator,
                zone=CITY_ZONE,
                parent=owner,
            ),
            spelling=self.spelling,
            personal_data=PersonalDataPresenter(find_phones, deliveries, parent=owner),
            status=status,
            training=training,
            phone_check=phone_check,
            settings=self.settings_bench.presenters,
            shift_check=shift_check,
            handover=HandoverPresenter(
                self.sheets,
                self.sheets,
                shift_check,
                find_phones,
                readers,
                readers,
                deliveries,
                operator=lambda: desk.operator,
                has_centre=True,
                workplace="0001",
                city="Белоключевск",
                folder=self.handover_folder,
                templates=RESOURCES / "templates",
                zone=CITY_ZONE,
                clock=clock,
                parent=owner,
            ),
            diagnostics=DiagnosticsPresenter(
                self.write_diagnostics,
                folder / "diagnostics",
                "0001",
                status,
                notices,
                readers,
                deliveries,
                zone=CITY_ZONE,
                clock=clock,
                parent=owner,
            ),
            notices=notices,
            paragraphs=ParagraphsPresenter(lambda: clock.now.date(), parent=owner),
            key_choice=KeyChoicePresenter(own_desk, parent=owner),
            own_desk=own_desk,
        )
        laid_down = laid_down_by_nobody()
        self.presenters.script.use(laid_down.scripts, laid_down.marked)
        self.presenters.phrases.use(laid_down.phrases)
        desk.saved.connect(lambda saved: self.presenters.journal.take_saved(saved.card))
        desk.register_changed.connect(self.presenters.journal.reload)
        desk.changed.connect(self.presenters.journal.follow)
        claims.changed.connect(self.presenters.journal.claims_changed)
        status.receive_phone(connected())

    def write_diagnostics(self, file: Path, _at: datetime, live: Mapping[str, object]) -> Path:
        if not self.disk_takes_diagnostics:
            raise OSError(28, "No space left on device")
        self.diagnostics.append((file, live))
        return file

    def _named_people(self, query: str) -> tuple[KnownPerson, ...]:
        return tuple(
            one for people in self.people.values() for one in people if is_named(one, query)
        )
