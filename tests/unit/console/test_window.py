"""The desk's window with real key events: keys, focus, names for screen readers, room for words."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.assembly.answers import make_answers, naming_of
from console.bridge import Deliveries
from console.milestones import Milestones
from console.presenters.call_backs import CallBacksPresenter
from console.presenters.call_bar import CallBarPresenter
from console.presenters.card import CardPresenter
from console.presenters.city_calendar import CityCalendar
from console.presenters.classifier import Classifier
from console.presenters.decision import Mode
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
from console.presenters.message_steps import MessageSteps
from console.presenters.notices import NoticesPresenter
from console.presenters.organs import Organs
from console.presenters.personal_data import PersonalDataPresenter
from console.presenters.phone_check import PhoneCheckPresenter
from console.presenters.photos import PhotosPresenter
from console.presenters.places import PlacesPresenter
from console.presenters.proposals import ProposalsPresenter
from console.presenters.report import ReportPresenter
from console.presenters.spelling import SpellingPresenter
from console.presenters.stale_report import StaleReportPresenter
from console.presenters.status import StatusPresenter
from console.presenters.synonyms import SynonymsPresenter
from console.presenters.terms import Terms
from console.presenters.training import TrainingPresenter
from console.presenters.unanswered import UnansweredPresenter
from console.settings import CITY_ZONE
from console.training.lessons import read_lessons
from console.views.call_card import CallCard
from console.views.category_field import CategoryField
from console.views.components.buttons import ThemedButton
from console.views.components.call_block import CallBlock
from console.views.components.fields import TextField
from console.views.components.labels import ElidedLabel, KeyHint, Pill
from console.views.components.navigation import NavRow
from console.views.components.notices import Toast
from console.views.components.topic_route import TopicRouteView
from console.views.confidential_strip import ConfidentialStrip
from console.views.desk_page import DeskPage, DeskPresenters
from console.views.directory_panel import DirectoryPanel, SearchField
from console.views.editor.editor_page import EditorPage
from console.views.editor.entry_form import EntryForm
from console.views.editor.entry_list import EntryListColumn
from console.views.editor.proposals_view import ProposalsView
from console.views.editor.stale_view import StaleView
from console.views.editor.synonyms_view import SynonymsView
from console.views.editor.unanswered_view import UnansweredView
from console.views.formal_appeal import FormalAppealBlock
from console.views.journal import JournalPage
from console.views.message_checks import ChecksPanel
from console.views.message_form import MessageForm
from console.views.message_history import MessageHistoryPage
from console.views.navigation import NavigationColumn
from console.views.near_messages import NearMessages
from console.views.phone_check_page import PhoneCheckPage
from console.views.place_field import PlaceField
from console.views.report_page import ReportPage
from console.views.review.queue_page import QueuePage
from console.views.review.review_page import ReviewPage, ReviewPresenters
from console.views.status_bar import StatusBar
from console.views.theme import Theme, ThemeChoice, Tokens
from kb.attachments import Attachment, AttachmentKind
from kb.entries import EntryKind
from kb.files.words import FIELD_NAMES
from kb.store import Directory
from sync.exchange.failures import FailureKind
from sync.exchange.sender_events import CentralLost
from sync.register.calendar import read_calendar
from sync.register.calls import CallRecord, CallResult, CallState
from sync.register.checks.finding import FindingKind, Level
from sync.register.handling.answers import ATTACHMENT_FORMATS
from sync.register.handling.handled import HandledMessage, projected
from sync.register.places.place_list import HouseRange, Landmark, PlaceList, Street
from sync.register.values import Absence, PersonName
from sync.store.outbox import OutboxStatus
from sync.store.place_file import write_places
from telephony.events import (
    AudioDeviceChanged,
    EndCause,
    MediaReported,
    PhoneEvent,
    RegistrationState,
    SelfCallExpected,
)
from telephony.findings import Check, Finding, Verdict
from telephony.settings import PhoneSettings
from tests.fakes.answer_messages import FakeAnswerFiles, FakeVotes
from tests.fakes.city import Calendars
from tests.fakes.console_fakes import (
    AREA_CODE,
    CATEGORIES,
    OPERATOR,
    RANG_AT,
    SUPERVISOR,
    TOPICS,
    USUAL_DAYS,
    Call,
    Clock,
    FakeDirectory,
    FakePhone,
    FakeRegister,
    FakeSelfTest,
    InlineExecutor,
    NoCalls,
    Told,
    connected,
    hit,
    new_ids,
    registration,
    sample_question,
    sample_unit,
)
from tests.fakes.documents import topic_route
from tests.fakes.handling import FakeHandling
from tests.fakes.message_photos import FakePhotos
from tests.fakes.message_ways import UP, dozen, led, registered
from tests.fakes.notices import FewOrgans, make_composer
from tests.fakes.reader import FakeNear, FakeReader
from tests.fakes.records import answered_message
from tests.fakes.reports import FakeMessages, FakeTitles, message_sources, report_sources
from tests.fakes.review_fakes import ReviewBench, message_record, settle
from tests.fakes.spelling import open_speller

# Qt's own remark on a screen that is none.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
CALENDAR = read_calendar(RESOURCES / "calendars")
SMALL_SCREEN = (1366, 768)
SETTER_CALLS = 500
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SECOND = Call("two@test.invalid", "89005550102")


def find_phones(text: str) -> Future[tuple[str, ...]]:
    """Stands for the finder of personal data."""
    found: Future[tuple[str, ...]] = Future()
    found.set_result(tuple(re.findall(r"\d{3}-\d\d-\d\d", text)))
    return found


class Window:
    """The whole page over fakes, shown at the smallest usual size, with a person's hands."""

    def __init__(
        self, theme: Theme, owner: QObject, milestones: Milestones, clock: Clock, folder: Path
    ) -> None:
        self.entries = Directory.open(folder / "directory.db", starters=None)
        self.entries.replace_all((*TOPICS, *CATEGORIES, sample_question(), sample_unit()))
        self.phone, self.register, self.directory = FakePhone(), FakeRegister(), FakeDirectory()
        question = hit(sample_question())
        self.directory.found = {"ям": (question, hit(sample_unit()))}
        deliveries, readers = Deliveries(owner), InlineExecutor()
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
        notices = NoticesPresenter(desk, owner)
        self.self_test = FakeSelfTest(owner)
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
        training = TrainingPresenter(
            read_lessons(RESOURCES / "training"), status, Path(sys.executable), folder, owner
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
        checks = MessageChecksPresenter(self.reader, deliveries, milestones, owner)
        of_messages = message_sources(owner, FakeMessages(), FakeTitles())
        self.handling = FakeHandling(clock)
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
        history = MessageHistoryPresenter(
            self.handling, self.register, NoCalls(), naming, readers, deliveries, owner
        )
        near = MessageNearPresenter(
            FakeNear(self.handling),
            deliveries,
            milestones,
            terms,
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
            deliveries,
            operator=lambda: desk.operator,
            formats=lambda: ATTACHMENT_FORMATS,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.bench = bench = ReviewBench(owner, milestones, clock, operator=SUPERVISOR)
        self.clock = clock
        self.calendars = Calendars(
            readers, deliveries, milestones, lambda: desk.operator, owner, clock
        )
        self.presenters = DeskPresenters(
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
            desk=desk,
            call_bar=CallBarPresenter(
                desk, status, training, zone=CITY_ZONE, area_code=AREA_CODE, parent=owner
            ),
            card=CardPresenter(
                desk,
                Classifier(TOPICS, CATEGORIES),
                zone=CITY_ZONE,
                area_code=AREA_CODE,
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
            places=PlacesPresenter(folder / "places.json", readers, deliveries, owner),
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
                readers,
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
                self.register, readers, deliveries, zone=CITY_ZONE, parent=owner
            ),
            report=ReportPresenter(
                report_sources(self.register, of_messages),
                of_messages.names,
                FakeMessages().handled,
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
            notices=notices,
        )
        desk.register_changed.connect(self.presenters.journal.reload)
        status.receive_phone(connected())
        self.page = DeskPage(theme, self.presenters, CITY_ZONE)
        self.locks = Told(self.page.lock_asked)
        self.page.resize(*SMALL_SCREEN)
        self.page.show()
        QTest.qWaitForWindowActive(self.page)
        self.page.setFocus()

    # --- what happens ---

    def tell(self, *events: object) -> None:
        for event in events:
            self.desk.receive(event)  # type: ignore[arg-type]
            QCoreApplication.processEvents()

    def hear(self, *events: PhoneEvent) -> None:
        """As the application does: what the phone tells goes to all that listen, in its order."""
        for event in events:
            self.presenters.status.receive_phone(event)
            self.tell(event)
            self.presenters.call_bar.receive_phone(event)
            self.presenters.notices.receive_phone(event)
            self.presenters.phone_check.receive(event)
            QCoreApplication.processEvents()

    def talk(self, call: Call | None = None) -> None:
        one = call or Call()
        self.tell(one.ringing(), one.answered())

    # --- hands ---

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        target = QApplication.focusWidget() or self.page
        QTest.keyClick(target, key, modifier)
        QCoreApplication.processEvents()

    def enter(self, text: str) -> None:
        """Letters as a keyboard of any layout gives them: text, and no key code to rely on."""
        for letter in text:
            target = QApplication.focusWidget()
            assert target is not None
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, event)
        QCoreApplication.processEvents()

    # --- eyes ---

    @property
    def card(self) -> CallRecord:
        card = self.desk.state.card
        assert card is not None
        return card

    def part(self, kind: type[QWidget]) -> QWidget:
        found = self.page.findChild(kind)
        assert isinstance(found, QWidget)
        return found

    def shows(self, kind: type[QWidget]) -> bool:
        return self.part(kind).isVisible()

    def field(self, kind: type[QWidget], name: str) -> QWidget:
        """The control of a page by the name that a screen reader says."""
        found = [
            child
            for child in self.part(kind).findChildren(QWidget)
            if child.accessibleName() == name and child.focusPolicy() is not Qt.FocusPolicy.NoFocus
        ]
        assert len(found) == 1, (name, found)
        return found[0]


@pytest.fixture(scope="session")
def tokens() -> Tokens:
    return Tokens.read(RESOURCES / "styles" / "tokens.json")


@pytest.fixture(params=[ThemeChoice.LIGHT])
def theme(
    request: pytest.FixtureRequest, qapp: QApplication, tokens: Tokens, owner: QObject
) -> Theme:
    made = Theme(tokens, request.param, parent=owner)
    made.install(qapp)
    return made


@pytest.fixture
def window(
    theme: Theme,
    owner: QObject,
    milestones: Milestones,
    clock: Clock,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Window]:
    made = Window(theme, owner, milestones, clock, tmp_path)
    qtbot.addWidget(made.page)
    yield made
    made.page.hide()
    made.entries.close()


# --- keys ---


def test_f2_answers_and_f8_hangs_up(window: Window) -> None:
    call = Call()
    window.tell(call.ringing())
    window.press(Qt.Key.Key_F2)
    window.tell(call.answered())
    window.press(Qt.Key.Key_F6)
    window.press(Qt.Key.Key_F8)

    assert window.phone.commands == [
        ("answer", call.call_id),
        ("mute", call.call_id),
        ("hang_up", call.call_id),
    ]


def test_f8_rejects_a_ring(window: Window) -> None:
    window.tell(Call().ringing())
    window.press(Qt.Key.Key_F8)

    assert window.phone.commands == [("reject", Call().call_id)]


def test_answering_puts_the_caret_where_the_first_words_belong(window: Window) -> None:
    window.talk()
    window.enter("Не вывозят мусор")

    assert window.card.content == "Не вывозят мусор"


def test_digits_choose_the_result(window: Window) -> None:
    window.talk()
    chosen = []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_0):
        window.press(key, CTRL)
        chosen.append(window.card.result)

    assert chosen == [
        CallResult.ANSWERED,
        CallResult.CONTACTS,
        CallResult.DROPPED,
        CallResult.SILENT,
    ]


def test_ctrl_enter_says_what_is_missing_and_then_saves(window: Window) -> None:
    call = Call()
    window.talk(call)
    window.tell(call.ended())
    window.press(Qt.Key.Key_1, CTRL)
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.register.of_call(call.call_id) is not None
    assert "content" in window.presenters.card.state.problems

    window.enter("Справка")
    window.press(Qt.Key.Key_Return, CTRL)

    record = window.register.of_call(call.call_id)
    assert record is not None
    assert (record.state, record.content) == (CallState.CLOSED, "Справка")
    assert window.shows(JournalPage)


def test_ctrl_enter_types_no_line_break(window: Window) -> None:
    window.talk()
    window.enter("Справка")
    window.press(Qt.Key.Key_Return, CTRL)

    assert window.card.content == "Справка"


def test_ctrl_e_is_for_the_field_with_the_caret(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_E, CTRL)
    assert (window.card.email, window.card.name) == (Absence.NOT_GIVEN, Absence.NOT_ASKED)

    window.field(CallCard, "Фамилия").setFocus()
    window.press(Qt.Key.Key_E, CTRL)
    assert window.card.name is Absence.NOT_GIVEN

    window.field(CallCard, "+7 (900) 000-00-00").setFocus()
    window.press(Qt.Key.Key_E, CTRL)
    assert window.card.phone is Absence.NOT_GIVEN
    window.enter("8")
    assert window.presenters.card.state.phone == "8"


def test_saving_with_the_caret_in_a_field_takes_it_as_if_left(window: Window) -> None:
    call = Call(number="")
    window.talk(call)
    window.enter("Справка")
    window.press(Qt.Key.Key_1, CTRL)
    window.field(CallCard, "Фамилия").setFocus()
    window.enter("Проба Анна Петровна")
    window.field(CallCard, "+7 (900) 000-00-00").setFocus()
    window.enter("89005550107")
    window.tell(call.ended())

    window.press(Qt.Key.Key_Return, CTRL)

    record = window.register.of_call(call.call_id)
    assert record is not None
    assert record.state is CallState.CLOSED
    assert record.phone == "+79005550107"
    assert record.name == PersonName("Проба", "Анна", "Петровна")


def test_f5_searches_enter_inserts_and_esc_goes_back_to_the_field(window: Window) -> None:
    window.talk()
    window.enter("Звонок о ")
    window.press(Qt.Key.Key_F5)
    assert isinstance(QApplication.focusWidget(), SearchField)

    window.enter("ям")
    window.press(Qt.Key.Key_Return)
    assert [used.key for used in window.card.used_entries] == ["q-1"]
    assert window.card.result is CallResult.ANSWERED
    assert isinstance(QApplication.focusWidget(), SearchField)
    window.press(Qt.Key.Key_Escape)
    window.enter("!")

    assert window.card.content.startswith("Звонок о\n")
    assert window.card.content.endswith("!")


def test_alt_digit_inserts_a_hit_from_any_field(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_2, ALT)

    assert [used.key for used in window.card.used_entries] == ["road-service"]
    assert window.card.result is CallResult.CONTACTS


def test_tab_in_the_search_turns_the_preview(window: Window) -> None:
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    window.press(Qt.Key.Key_Tab)

    assert window.presenters.directory.state.written_shown
    assert isinstance(QApplication.focusWidget(), SearchField)


def test_ctrl_3_makes_a_message_and_ctrl_enter_registers_it(window: Window) -> None:
    window.talk()
    window.enter("Яма на дороге")
    window.press(Qt.Key.Key_3, CTRL)
    assert window.shows(MessageForm)
    window.enter("ул. Пробная, 5")
    window.field(MessageForm, "ЧЧ:ММ").setFocus()
    window.enter("0830")
    window.part(MessageForm).findChildren(CategoryField)[0].setFocus()
    window.enter("ям")
    window.press(Qt.Key.Key_Return, CTRL)
    QCoreApplication.processEvents()  # The text is read first, on another thread.

    assert len(window.register.messages) == 1
    message = next(iter(window.register.messages.values()))
    assert (message.text, message.place) == ("Яма на дороге", "ул. Пробная, 5")
    assert message.category == "roads-pits"
    assert window.shows(CallCard)
    assert window.card.message_id == message.id


def test_ctrl_9_tells_where_a_formal_appeal_is_written_and_notes_it(window: Window) -> None:
    call = Call()
    window.press(Qt.Key.Key_9, CTRL)
    assert not window.presenters.formal_appeal.state.text
    window.talk(call)
    window.press(Qt.Key.Key_9, CTRL)
    QCoreApplication.processEvents()
    text = window.presenters.formal_appeal.state.text
    assert "Дорожная служба, ул. Пробная, 1. Телефон: +79005550150 (приёмная)" in text
    assert window.shows(FormalAppealBlock)
    assert isinstance(QApplication.focusWidget(), TextField)
    assert [used.title for used in window.card.used_entries] == ["Обращение по 59-ФЗ"]
    assert window.card.result is CallResult.CONTACTS

    window.press(Qt.Key.Key_3, CTRL)
    assert window.shows(MessageForm)
    assert window.shows(FormalAppealBlock)
    window.press(Qt.Key.Key_9, CTRL)
    assert not window.shows(FormalAppealBlock)
    window.press(Qt.Key.Key_9, CTRL)
    QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Escape)
    window.tell(call.ended())
    assert window.shows(FormalAppealBlock)
    window.press(Qt.Key.Key_Return, CTRL)
    assert not window.shows(FormalAppealBlock)


def test_a_directory_without_the_unit_leaves_the_law(window: Window) -> None:
    window.entries.replace_all((*TOPICS, *CATEGORIES, sample_question()))
    window.talk()
    window.press(Qt.Key.Key_9, CTRL)
    QCoreApplication.processEvents()
    text = window.presenters.formal_appeal.state.text
    assert "• на бумаге: в приёмную администрации города.\n• в электронном виде" in text


def test_a_report_of_missing_categories_begins_the_proposal(window: Window) -> None:
    fields = {"parent": "roads", "name": "Самокаты", "owner": "road-service", "route": "в отдел"}
    window.presenters.report.proposal_asked.emit(fields)
    for _round in range(8):
        QCoreApplication.processEvents()
    assert window.shows(ProposalsView)
    assert window.presenters.proposals.state.fields["owner"] == "road-service"
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "Самокаты"


def test_a_message_behind_a_number_is_looked_at_and_left(window: Window) -> None:
    window.press(Qt.Key.Key_R, CTRL)
    window.presenters.report.message_asked.emit(dozen()[0])
    QCoreApplication.processEvents()
    assert window.shows(MessageHistoryPage)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(ReportPage)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.part(ReportPage).isAncestorOf(focused)


def test_findings_stand_beside_the_message_and_keys_lead_to_their_words(
    window: Window, qtbot: QtBot
) -> None:
    window.reader.finds["голос"] = (FindingKind.EMERGENCY, Level.WARN, "fire")
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.enter("Слышу голос, звоните +7 900 555-01-37")
    checks = window.presenters.message_checks
    qtbot.waitUntil(lambda: len(checks.state.marks) == 2, timeout=5000)
    QCoreApplication.processEvents()  # New rows are shown when they are laid out.
    panel = window.part(ChecksPanel)
    assert panel.isVisible()
    assert not window.shows(DirectoryPanel)
    shown = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "Сначала 112" in shown
    assert any(text.startswith("2. Персональные данные") for text in shown)
    assert any(text.startswith("Спросите: «Можно не писать") for text in shown)
    text = window.part(MessageForm).findChildren(TextField)[0]
    # PySide6's stubs leave out the public fields of ExtraSelection.
    marked = [one.cursor.selectedText() for one in text.extraSelections()]  # type: ignore[attr-defined]
    assert marked == ["голос", "+7 900 555-01-37"]

    route = panel.findChildren(TopicRouteView)[0]
    assert not route.isVisible()
    window.presenters.message.set_category("roads-pits")
    assert route.isVisible()
    assert route.accessibleName().startswith("Дороги › Ямы. Отвечает: ")

    window.press(Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_2, ALT)
    assert text.hasFocus()
    assert text.textCursor().selectedText() == "+7 900 555-01-37"
    window.press(Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.field(MessageForm, "Улица, дом или ориентир")

    window.press(Qt.Key.Key_F5)
    assert window.shows(DirectoryPanel)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(ChecksPanel)


def test_a_place_goes_on_from_the_list_by_keys_and_a_strange_house_is_pointed_out(
    window: Window, tmp_path: Path
) -> None:
    street = Street("ул.", "Родниковая", (HouseRange(1, 25),))
    write_places(tmp_path / "places.json", PlaceList((street,), (Landmark("Парк «Источник»"),)))
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)  # which looks at the list
    place = window.field(MessageForm, "Улица, дом или ориентир")
    assert isinstance(place, PlaceField)
    place.setFocus()
    window.enter("родн")
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return)
    assert place.text() == "ул. Родниковая, д. "
    window.enter("14")
    window.press(Qt.Key.Key_Tab)
    assert window.presenters.message.state.place == "ул. Родниковая, д. 14"
    assert not place.hasFocus()

    place.setFocus()
    window.enter("0")
    shown = [label.text() for label in window.page.findChildren(ElidedLabel) if label.isVisible()]
    assert any(text.startswith("В списке нет дома 140 на ул. Родниковая") for text in shown)

    place.selectAll()
    window.enter("родн")
    window.press(Qt.Key.Key_Tab)  # nothing was chosen: what was typed stays
    assert place.text() == "родн"
    place.setFocus()
    place.selectAll()
    window.enter("ист")
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Tab)
    assert window.presenters.message.state.place == "Парк «Источник»"
    place.setFocus()
    place.selectAll()
    window.enter("родн")
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_Tab)  # no house came
    assert window.presenters.message.state.place == "ул. Родниковая"


def test_arrows_choose_a_moment_and_words_are_taken_on_leaving(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    day = window.field(MessageForm, "ДД.ММ.ГГГГ")
    hour = window.field(MessageForm, "ЧЧ:ММ")
    assert isinstance(day, QLineEdit)
    assert isinstance(hour, QLineEdit)
    day.setFocus()
    window.press(Qt.Key.Key_Down)
    assert (day.text(), hour.text()) == ("25.11.2026", "12:00")
    window.press(Qt.Key.Key_Up)
    assert (day.text(), hour.text()) == ("24.11.2026", "19:00")
    day.selectAll()
    window.enter("позавчера 18:30")
    window.press(Qt.Key.Key_Tab)
    assert (day.text(), hour.text()) == ("23.11.2026", "18:30")
    shown = [label.text() for label in visible(window.page, ElidedLabel)]  # type: ignore[attr-defined]
    assert "позавчера, понедельник 23 ноября, 18:30" in shown


def test_ctrl_d_ties_the_call_to_what_is_known_and_alt_s_splits(
    window: Window, qtbot: QtBot
) -> None:
    steps = (UP, registered(7))
    for low in (7, 8):
        way = led(low, steps, place="ул. Пробная, 5")
        record = projected(way.record, way.standing, way.history.events)
        window.handling.messages[record.id] = HandledMessage(record, way.history)
    window.talk()
    window.enter("Яма. Лампа")
    window.press(Qt.Key.Key_3, CTRL)
    text = window.part(MessageForm).findChildren(TextField)[0]
    text.setFocus()
    for _ in "Лампа":
        window.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    window.press(Qt.Key.Key_S, ALT)
    assert text.toPlainText() == "Яма."
    assert "сообщение 1 из 2" in [pill.accessibleName() for pill in visible(window.page, Pill)]

    window.field(MessageForm, "Улица, дом или ориентир").setFocus()
    window.enter("ул. Пробная, 5")
    near = window.part(NearMessages)
    qtbot.waitUntil(near.isVisible, timeout=5000)
    window.press(Qt.Key.Key_L, ALT)
    window.press(Qt.Key.Key_D, CTRL)
    assert window.card.message_id == UUID(int=8)
    # The other question of the call is in front now, and is not forgotten at saving.
    assert window.shows(MessageForm)
    assert text.toPlainText() == "Лампа"
    window.tell(Call().ended())
    window.press(Qt.Key.Key_Escape)
    assert window.shows(CallCard)
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.shows(MessageForm)
    assert window.card.state is CallState.DRAFT
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.desk.state.card is None, timeout=5000)


def test_tab_comes_to_the_chosen_cell_and_an_arrow_chooses_its_neighbour(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.part(MessageForm).findChildren(CategoryField)[0].setFocus()
    window.press(Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_Left)
    assert window.presenters.message.state.publicity == "public"


def test_alt_n_says_why_it_is_no_personal_data(window: Window, qtbot: QtBot) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.enter("Звоните +7 900 555-01-37")
    window.presenters.message.set_publicity("public")
    checks = window.presenters.message_checks
    qtbot.waitUntil(lambda: checks.state.may_clear, timeout=5000)
    strip = window.part(ConfidentialStrip)
    assert strip.isVisible()
    window.press(Qt.Key.Key_N, ALT)
    window.enter("телефон магазина")
    window.press(Qt.Key.Key_Return)
    assert not checks.keeps_from_others
    assert checks.state.publicity_note == "Отмечено: не персональные данные — телефон магазина"
    window.press(Qt.Key.Key_N, ALT)
    assert checks.keeps_from_others


def test_esc_leaves_the_message_for_the_card(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)
    window.press(Qt.Key.Key_Escape)

    assert window.shows(CallCard)
    window.enter("дальше")
    assert window.card.content == "дальше"


def test_ctrl_d_puts_aside_and_ctrl_l_locks(window: Window) -> None:
    call = Call()
    window.talk(call)
    window.tell(call.ended())
    window.enter("потом")
    window.press(Qt.Key.Key_D, CTRL)
    window.press(Qt.Key.Key_L, CTRL)

    assert window.desk.state.card is None
    assert window.shows(JournalPage)
    record = window.register.of_call(call.call_id)
    assert record is not None
    assert record.content == "потом"
    assert len(window.locks.values) == 1


def test_f1_shows_the_keys_and_esc_comes_back_to_the_card(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_F1)
    assert not window.shows(CallCard)
    window.press(Qt.Key.Key_Escape)

    assert window.shows(CallCard)


# --- focus ---


# --- the phone's check ---


def begin_check(window: Window) -> None:
    """Start it, and have the phone ready for its call."""
    window.press(Qt.Key.Key_Return)
    window.hear(SelfCallExpected(Call().rang_at, window.phone.commands[-1][1]))


def fail_everything(window: Window) -> None:
    """The longest words of every row."""
    begin_check(window)
    for check, code in (
        (Check.CALL, "no_answer"),
        (Check.ECHO, "silent"),
        (Check.MICROPHONE, "silent"),
        (Check.RINGER, "missing"),
    ):
        window.self_test.found.emit(Finding(check, Verdict.FAILED, code))
    window.self_test.ended.emit(True)
    QCoreApplication.processEvents()


def test_f12_shows_the_check_enter_starts_it_esc_stops_and_leaves(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    assert window.shows(PhoneCheckPage)
    begin_check(window)
    assert window.self_test.runs
    window.press(Qt.Key.Key_Escape)
    assert not window.self_test.runs
    assert window.shows(PhoneCheckPage)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(JournalPage)


def test_arrows_and_page_keys_scroll_what_is_too_long(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    fail_everything(window)
    window.page.resize(SMALL_SCREEN[0], 400)
    QCoreApplication.processEvents()
    area = window.part(PhoneCheckPage).findChildren(QScrollArea)[0]
    places = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        window.press(key)
        places.append(area.verticalScrollBar().value())

    longest = area.verticalScrollBar().maximum()
    assert longest > 0
    assert places[0] > 0
    assert places[1] == longest
    assert places[2] < longest
    assert places[3] == 0


def test_the_buttons_of_the_check_do_the_same(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    button(window, "Начать проверку").click()
    assert window.presenters.phone_check.state.running
    button(window, "Остановить").click()
    assert not window.presenters.phone_check.state.running
    assert not button(window, "Зарегистрировать заново").isEnabled()


def button(window: Window, text: str) -> QAbstractButton:
    (found,) = (
        child
        for child in window.part(PhoneCheckPage).findChildren(QAbstractButton)
        if child.text() == text and child.isVisible()
    )
    return found


def test_each_row_of_the_check_says_its_state_in_words(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    fail_everything(window)

    names = [
        child.accessibleName()
        for child in window.part(PhoneCheckPage).findChildren(QWidget)
        if child.accessibleName().startswith("Микрофон: ")
    ]
    assert names == [
        "Микрофон: неисправно. Микрофон не передаёт звук. Проверьте выключатель на гарнитуре и"
        " говорите, пока идёт проверка микрофона."
    ]


def test_a_ring_during_the_check_brings_the_call(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    begin_check(window)
    window.hear(Call().ringing())

    assert not window.self_test.runs
    assert window.shows(CallCard)
    window.press(Qt.Key.Key_F2)
    assert ("answer", Call().call_id) in window.phone.commands


def test_ctrl_g_registers_again_from_anywhere(window: Window) -> None:
    window.talk()
    window.presenters.status.health.has_registrar = True
    window.press(Qt.Key.Key_G, CTRL)

    assert ("refresh_registration",) in window.phone.commands


def test_a_quiet_notice_of_the_headset_leaves_caret_and_text(window: Window) -> None:
    window.talk()
    window.enter("Не вы")
    window.hear(AudioDeviceChanged(Call().rang_at, False, False, False))
    toast = window.part(Toast)
    assert toast.isVisible()
    assert toast.accessibleName().startswith("Гарнитура отключена. Подключите её")
    window.enter("возят")

    assert window.card.content == "Не вывозят"


def test_the_call_block_says_how_the_call_sounds(window: Window) -> None:
    call = Call()
    window.hear(call.ringing(), call.answered())
    for second in range(3):
        at = call.answered().at + timedelta(seconds=second)
        window.hear(MediaReported(call.call_id, at, 50, 50 * second, 0, -25.0, -25.0, mos=2.4))

    block = window.part(CallBlock)
    assert "плохая связь" in block.accessibleName()
    assert "Оценка (MOS): 2,4 из 4,5" in block.toolTip()
    before = block.grab().toImage()
    window.hear(call.ended())
    assert "связь" not in block.accessibleName()
    assert block.grab().toImage() != before


# --- a ring while typing ---


def test_a_ring_never_takes_a_letter_from_a_field_being_typed_in(window: Window) -> None:
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    now = datetime.now(UTC)  # of today, so that the list has them
    rings = [Call(f"ring-{index}@test.invalid", rang_at=now) for index in range(20)]
    for call in rings:
        window.tell(call.ringing())
        window.enter("а")
        window.tell(call.ended(EndCause.CALLER_GAVE_UP))
        window.enter("б")

    search = window.part(SearchField)
    assert isinstance(search, QLineEdit)
    assert search.text() == "ям" + "аб" * len(rings)
    assert search.hasFocus()
    assert window.phone.commands == [("forget", call.call_id) for call in rings]
    assert all(card.content == "" for card in window.register.records.values())


def test_a_ring_in_wrap_up_leaves_caret_and_text(window: Window) -> None:
    first = Call()
    window.talk(first)
    window.tell(first.ended())
    window.enter("Первый ")
    window.tell(SECOND.ringing())
    window.enter("звонок")

    assert window.card.sip_call_id == first.call_id
    assert window.card.content == "Первый звонок"
    assert window.desk.state.line is LineState.RINGING
    window.tell(SECOND.answered())
    window.enter("второй")
    assert window.card.sip_call_id == SECOND.call_id
    assert window.card.content == "второй"
    kept = window.register.of_call(first.call_id)
    assert kept is not None
    assert kept.content == "Первый звонок"


def test_a_ring_leaves_the_message_that_is_being_typed(window: Window) -> None:
    first = Call()
    window.talk(first)
    window.tell(first.ended())
    window.press(Qt.Key.Key_3, CTRL)
    window.enter("текст")
    window.tell(SECOND.ringing())
    window.enter(" дальше")

    assert window.shows(MessageForm)
    assert window.presenters.message.state.text == "текст дальше"


def test_a_ring_without_typing_brings_the_card_and_its_caret(window: Window) -> None:
    window.tell(Call().ringing())

    assert window.shows(CallCard)
    window.enter("до ответа")
    assert window.card.content == "до ответа"


# --- the category field ---


@pytest.fixture
def category(window: Window) -> CategoryField:
    window.talk()
    found = window.part(CallCard).findChildren(CategoryField)[0]
    found.setFocus()
    return found


def test_beginnings_of_words_find_a_category(window: Window, category: CategoryField) -> None:
    emptied, taken = [], {}
    for typed, key in (
        ("ямы", Qt.Key.Key_Return),
        ("дор", Qt.Key.Key_Return),
        ("ям дор", Qt.Key.Key_Tab),
        ("ЯМ", Qt.Key.Key_Enter),
    ):
        category.setFocus()
        category.selectAll()
        window.press(Qt.Key.Key_Backspace)
        window.field(CallCard, "Фамилия").setFocus()
        emptied.append(window.card.category)
        category.setFocus()
        window.enter(typed)
        window.press(key)
        taken[typed] = (window.card.category, category.text())

    assert emptied == [None] * len(taken)
    assert taken == dict.fromkeys(taken, ("roads-pits", "Дороги › Ямы"))


def test_arrows_choose_another_match(window: Window, category: CategoryField) -> None:
    window.enter("дор")
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return)

    assert window.card.category == "roads-signs"


def test_io_and_ie_are_one_letter(window: Window, category: CategoryField) -> None:
    window.enter("елки")
    window.press(Qt.Key.Key_Return)

    assert window.card.category == "waste-green"


def test_esc_closes_the_list_and_keeps_the_caret(window: Window, category: CategoryField) -> None:
    window.enter("дор")
    window.press(Qt.Key.Key_Escape)

    assert category.hasFocus()
    assert window.card.category is None


def test_leaving_takes_a_single_match_and_gives_back_what_matches_nothing(
    window: Window, category: CategoryField
) -> None:
    window.enter("знаки")
    window.field(CallCard, "Фамилия").setFocus()
    assert window.card.category == "roads-signs"

    category.setFocus()
    category.selectAll()
    window.enter("ничего такого")
    window.field(CallCard, "Фамилия").setFocus()
    assert category.text() == "Дороги › Знаки и разметка"
    assert window.card.category == "roads-signs"


def test_an_emptied_category_is_none(window: Window, category: CategoryField) -> None:
    window.enter("знаки")
    window.press(Qt.Key.Key_Return)
    category.selectAll()
    window.press(Qt.Key.Key_Backspace)
    window.field(CallCard, "Фамилия").setFocus()

    assert window.card.category is None


# --- names and room ---


def controls(root: QWidget) -> list[QWidget]:
    """Everything on the page that a person can operate."""
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)
    return [
        child
        for child in root.findChildren(QWidget)
        if isinstance(child, kinds)
        or child.focusPolicy() in (Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.TabFocus)
    ]


def spoken_name(control: QWidget) -> str:
    if control.accessibleName():
        return control.accessibleName()
    return control.text() if isinstance(control, QAbstractButton) else ""


def test_every_control_has_a_name_for_screen_readers(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_R, CTRL)
    pages = {"KeysPage", "TrainingPage"}  # take keys as a whole and have no value
    nameless = [
        control
        for control in controls(window.page)
        if not spoken_name(control)
        and type(control).__name__ not in pages
        and control.objectName() not in ("qt_scrollarea_viewport",)
        and control.isEnabled()
        and control.parentWidget() is not None
        and not isinstance(control.parentWidget(), QAbstractItemView)
        and not hidden_for_good(control, window)
    ]

    assert [describe(control) for control in nameless] == []


def hidden_for_good(control: QWidget, window: Window) -> bool:
    """A button of the banner without an action is not part of the page."""
    return isinstance(control, ThemedButton) and not control.text() and not control.isVisible()


def describe(control: QWidget) -> str:
    parents = []
    parent: QWidget | None = control
    while parent is not None:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(parents)


def visible(root: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [child for child in root.findChildren(kind) if child.isVisible()]


@pytest.mark.parametrize(
    "page", ["ring", "talk", "wrap-up", "message", "list", "training", "check", "keys"]
)
def test_all_words_have_room_on_a_small_screen(window: Window, page: str) -> None:
    call = Call()
    match page:
        case "ring":
            window.tell(call.ringing())
        case "talk":
            window.talk(call)
        case "wrap-up":
            window.talk(call)
            window.tell(call.ended())
        case "message":
            window.talk(call)
            window.press(Qt.Key.Key_3, CTRL)
        case "training":
            window.press(Qt.Key.Key_T, CTRL)
        case "check":
            window.press(Qt.Key.Key_F12)
            fail_everything(window)
        case "keys":
            window.press(Qt.Key.Key_F1)
        case _:
            pass
    QCoreApplication.processEvents()

    cut = [
        f"{describe(child)}: {spoken_name(child)}"
        for child in visible(window.page, ThemedButton)
        if child.width() < child.sizeHint().width() or child.height() < child.sizeHint().height()
    ]
    cut += [
        child.text()
        for child in visible(window.page, QLabel)
        if isinstance(child, QLabel)
        and not child.wordWrap()
        and child.width() < child.sizeHint().width()
    ]
    outside = [
        describe(child)
        for child in visible(window.page, ThemedButton)
        if not on_the_page(child, window.page)
    ]
    assert (cut, outside) == ([], [])


def on_the_page(child: QWidget, page: QWidget) -> bool:
    return page.rect().contains(QRect(child.mapTo(page, child.rect().topLeft()), child.size()))


def test_the_foot_s_hints_make_room_for_what_is_wrong(window: Window) -> None:
    status = window.presenters.status
    hints = window.part(StatusBar).findChildren(KeyHint)
    assert all(hint.isVisible() for hint in hints)
    status.receive_sender(CentralLost(RANG_AT, FailureKind.UNREACHABLE))
    window.register.outbox = OutboxStatus(12, RANG_AT - timedelta(minutes=35), 0)
    window.hear(registration(RegistrationState.REGISTERED, RANG_AT))
    status.health.has_registrar = True
    window.hear(AudioDeviceChanged(RANG_AT, True, True, True))
    status.refresh()
    for _ in range(3):
        QCoreApplication.processEvents()

    assert window.page.width() == SMALL_SCREEN[0]
    shown = [hint for hint in hints if hint.isVisible()]
    assert shown
    assert len(shown) < len(hints)
    assert shown[-1].accessibleName().startswith("F1")
    assert "Телефон на связи с" in status.state.phone.text
    cut = [
        label.text()
        for label in visible(window.part(StatusBar), QLabel)
        if isinstance(label, QLabel) and label.width() < label.sizeHint().width()
    ]
    assert cut == []


def test_the_hints_that_may_give_way_are_whole_at_the_usual_size(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_3, CTRL)

    cut = [
        child.text()
        for child in visible(window.part(MessageForm), ElidedLabel)
        if isinstance(child, ElidedLabel) and child.width() < child.sizeHint().width()
    ]
    assert cut == []


@pytest.mark.parametrize(
    "theme", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST], indirect=True
)
def test_every_theme_renders_without_a_warning(window: Window, theme: Theme) -> None:
    """pytest fails a test whose Qt log holds a warning; ``grab`` paints every visible widget."""
    window.talk()
    pictures = [window.page.grab().toImage()]
    for key, modifier in (
        (Qt.Key.Key_3, CTRL),
        (Qt.Key.Key_R, CTRL),
        (Qt.Key.Key_T, CTRL),
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    ):
        window.press(key, modifier)
        pictures.append(window.page.grab().toImage())

    assert all(not picture.isNull() for picture in pictures)
    assert pictures[0].pixelColor(2, SMALL_SCREEN[1] - 10) == theme.colour("surface")


def test_a_change_of_theme_repaints_at_once(window: Window, theme: Theme) -> None:
    window.talk()
    before = window.page.grab().toImage()
    theme.choose(ThemeChoice.DARK)
    QCoreApplication.processEvents()

    assert window.page.grab().toImage() != before


# --- the binding itself ---


def test_the_binding_leaves_the_count_of_none_alone(qapp: QApplication) -> None:
    """PySide6 6.12.0 lost one reference to None a call until Python aborted."""
    label = QLabel()
    before = sys.getrefcount(None)
    for index in range(SETTER_CALLS):
        label.setText(str(index))

    assert before - sys.getrefcount(None) < SETTER_CALLS / 10


# --- the directory's editor ---


def _open_editor(window: Window) -> None:
    window.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    for _round in range(6):
        QCoreApplication.processEvents()


def test_shift_f5_edits_the_directory_by_keys_alone(window: Window) -> None:
    _open_editor(window)
    window.enter("кто чинит")
    for _round in range(4):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Return)
    for _round in range(4):
        QCoreApplication.processEvents()
    assert window.presenters.editor.state.entry_id == "q-1"
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_End)
    window.enter(" Вот")
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()

    entry = window.entries.entry("q-1")
    assert entry is not None
    assert entry.title == f"{sample_question().title} Вот"
    assert not window.shows(DirectoryPanel)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(EditorPage)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(JournalPage)


def test_who_leaves_the_form_while_the_list_is_read_loses_no_letter(window: Window) -> None:
    _open_editor(window)
    window.presenters.editor.open("q-1")
    for _round in range(4):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Return)
    window.part(EntryForm).findChildren(QLineEdit)[0].setFocus()
    window.presenters.entries.set_query("кто")
    for _press in range(2):
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, Qt.Key.Key_Escape)  # before the answer to the query is here
        assert not window.presenters.entries.is_settled
    assert window.shows(JournalPage)
    window.press(Qt.Key.Key_F5)
    window.enter("ям")

    search = window.part(SearchField)
    assert isinstance(search, QLineEdit)
    assert search.text() == "ям"


def test_an_answer_that_comes_late_does_not_take_the_keyboard_away(window: Window) -> None:
    _open_editor(window)
    found = QApplication.focusWidget()
    assert found is not None
    window.presenters.entries.set_query("кто")
    QTest.keyClick(found, Qt.Key.Key_Return)
    assert not window.presenters.entries.is_settled
    QTest.keyClick(found, Qt.Key.Key_Tab)
    elsewhere = QApplication.focusWidget()
    assert elsewhere is not found
    for _round in range(4):
        QCoreApplication.processEvents()

    assert window.presenters.entries.is_settled
    assert QApplication.focusWidget() is elsewhere


def test_a_call_does_not_take_the_editor_away_before_it_is_answered(window: Window) -> None:
    _open_editor(window)
    call = Call()
    window.tell(call.ringing())
    assert window.shows(EditorPage)

    window.tell(call.answered())
    assert window.shows(CallCard)


def test_who_may_not_edit_is_offered_no_editor(window: Window) -> None:
    row = next(row for row in window.page.findChildren(NavRow) if row.text() == "Справочник")
    assert row.isVisible()

    window.page.hide()
    window.desk.set_operator(OPERATOR)
    window.page.show()
    QCoreApplication.processEvents()
    assert not row.isVisible()
    _open_editor(window)
    assert not window.shows(EntryListColumn)


def test_every_kind_of_entry_has_a_form_that_fits(window: Window) -> None:
    _open_editor(window)
    for kind in EntryKind:
        window.presenters.editor.create(kind.value)
        QCoreApplication.processEvents()
        form = window.page.findChild(EntryForm)
        assert isinstance(form, EntryForm)
        for field in form.findChildren(QLineEdit):
            if field.isVisible():
                assert field.width() >= 90, (kind, field.accessibleName(), field.width())
                assert field.accessibleName(), kind


def test_sections_are_opened_and_left_by_keys_and_tell_how_much_waits(window: Window) -> None:
    window.entries.abandoned("рюкзачок")
    _open_editor(window)
    for key, view in (
        (Qt.Key.Key_U, UnansweredView),
        (Qt.Key.Key_S, SynonymsView),
        (Qt.Key.Key_O, StaleView),
        (Qt.Key.Key_P, ProposalsView),
    ):
        window.press(key, ALT)
        assert window.shows(view)
        assert not window.shows(EntryListColumn)
    window.press(Qt.Key.Key_P, ALT)
    assert window.shows(EntryListColumn)
    tab = window.field(EditorPage, "Не нашли 1")
    assert tab.isVisible()

    window.press(Qt.Key.Key_U, ALT)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(EntryListColumn)


def test_a_search_in_vain_becomes_a_question_or_a_synonym_by_one_key(window: Window) -> None:
    window.entries.abandoned("рюкзачок")
    _open_editor(window)
    window.press(Qt.Key.Key_U, ALT)
    for _round in range(6):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Y, ALT)
    assert window.shows(SynonymsView)
    assert window.presenters.synonyms.state.phrase == "рюкзачок"
    assert window.field(SynonymsView, "Значит").hasFocus()

    window.press(Qt.Key.Key_U, ALT)
    window.press(Qt.Key.Key_Insert)
    assert window.shows(EntryForm)
    state = window.presenters.editor.state
    assert (state.kind, state.title) == (EntryKind.QUESTION, "рюкзачок")
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(8):
        QCoreApplication.processEvents()
    assert window.entries.unanswered_searches() == ()


def test_a_key_pressed_before_the_list_is_read_is_not_lost(window: Window) -> None:
    _open_editor(window)
    window.entries.abandoned("рюкзачок")
    for key in (Qt.Key.Key_U, Qt.Key.Key_Y):
        # No event comes in between: the list is still on its way.
        QTest.keyClick(QApplication.focusWidget() or window.page, key, ALT)
    for _round in range(8):
        QCoreApplication.processEvents()
    assert window.shows(SynonymsView)
    assert window.presenters.synonyms.state.phrase == "рюкзачок"


def test_enter_opens_an_entry_that_is_out_of_date(window: Window) -> None:
    window.entries.upsert(replace(sample_question(), checked_on=date(2020, 1, 1)))
    _open_editor(window)
    window.press(Qt.Key.Key_O, ALT)
    for _round in range(6):
        QCoreApplication.processEvents()
    window.presenters.stale.choose("q-1")
    window.press(Qt.Key.Key_Return)
    for _round in range(6):
        QCoreApplication.processEvents()

    assert window.shows(EntryForm)
    assert window.presenters.editor.state.entry_id == "q-1"


def test_a_proposal_is_written_down_and_decided_by_keys(window: Window) -> None:
    _open_editor(window)
    window.press(Qt.Key.Key_P, ALT)
    for name, text in (
        ("name", "Мосты"),
        ("owner", "road-service"),
        ("route", "в отдел"),
        ("organ", "road-service"),
    ):
        window.presenters.proposals.set_field(name, text)
    for _round in range(4):
        QCoreApplication.processEvents()
    assert window.shows(ProposalsView)
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.entries.proposals()[0].decision is None
    listed = window.field(ProposalsView, "Предложения")
    listed.setFocus()
    window.press(Qt.Key.Key_Down)
    assert window.presenters.proposals.state.may_decide
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()

    assert "Мосты" in [topic.title for topic in window.entries.topics()]
    window.press(Qt.Key.Key_Escape)
    assert window.shows(EntryListColumn)


def test_the_report_asks_for_no_room_beside_the_directory(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_R, CTRL)
    beside = window.part(DirectoryPanel).width()
    report = window.part(ReportPage)
    needed = report.minimumSizeHint().width()

    assert window.page.minimumSizeHint().width() < needed + beside
    window.page.resize(1024, 640)
    QCoreApplication.processEvents()
    assert report.width() >= needed


def test_alt_q_makes_a_question_of_an_answer_and_points_at_personal_data(window: Window) -> None:
    answered = answered_message("Яму заделают. Мастер 555-01-37.", datetime.now(UTC))
    window.register.messages[answered.id] = answered
    window.presenters.journal.reload()
    for _round in range(4):
        QCoreApplication.processEvents()
    window.press(Qt.Key.Key_Q, ALT)
    assert window.field(JournalPage, "Сделать типовым вопросом, Alt+Q").isVisible()
    window.press(Qt.Key.Key_Q, ALT)
    for _round in range(6):
        QCoreApplication.processEvents()
    assert window.shows(EntryForm)
    entry_id = window.presenters.editor.state.entry_id
    window.enter("Когда заделают яму?")
    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()
    shown = [
        label.text() for label in window.part(EntryForm).findChildren(QLabel) if label.isVisible()
    ]
    assert "Персональные данные: уберите «555-01-37»" in shown
    assert window.entries.entry(entry_id) is None

    window.press(Qt.Key.Key_Return, CTRL)
    for _round in range(6):
        QCoreApplication.processEvents()
    entry = window.entries.entry(entry_id)
    assert entry is not None
    assert (entry.title, entry.owner) == ("Когда заделают яму?", "road-service")


def test_the_calendar_is_marked_once_the_next_year_should_be_there(window: Window) -> None:
    rows = window.part(NavigationColumn).findChildren(NavRow)
    calendar = next(row for row in rows if row.text() == "Календарь")
    assert calendar.accessibleName() == "Календарь"
    window.clock.now = datetime(2027, 10, 1, 9, 0, tzinfo=UTC)
    window.calendars.terms.look_at_day()
    assert calendar.accessibleName() == "Календарь: 1"


def test_who_may_not_edit_is_offered_no_question_of_an_answer(window: Window) -> None:
    answered = answered_message("Яму заделают.", datetime.now(UTC))
    window.register.messages[answered.id] = answered
    window.page.hide()
    window.desk.set_operator(OPERATOR)
    window.page.show()
    window.presenters.journal.reload()
    for _round in range(4):
        QCoreApplication.processEvents()
    rows = window.part(NavigationColumn).findChildren(NavRow)
    next(row for row in rows if row.text() == "Ответы органов").click()
    QCoreApplication.processEvents()

    assert not window.field(JournalPage, "Сделать типовым вопросом, Alt+Q").isVisible()
    window.press(Qt.Key.Key_Q, ALT)
    assert window.shows(JournalPage)


def test_a_form_with_documents_of_long_names_is_as_wide_as_its_page(window: Window) -> None:
    title = "Тематический регламент по работе с сообщениями о ямах и других неисправностях"
    document = Attachment("d-1", "q-1", AttachmentKind.REGULATION, title, "regulation.pdf")
    window.entries.attach(document, b"%PDF-1.7")
    _open_editor(window)
    window.presenters.editor.open("q-1")
    for _round in range(8):
        QCoreApplication.processEvents()
    form = window.part(EntryForm)
    button = window.field(EntryForm, f"Открыть: {title}")
    assert button.isVisible()
    assert button.width() < button.sizeHint().width()
    fields = [field for field in form.findChildren(QLineEdit) if field.isVisible()]
    assert fields
    for field in fields:
        right = field.mapTo(form, field.rect().topRight()).x()
        assert right < form.width(), field.accessibleName()


def test_a_call_interrupts_a_review_and_gives_it_back(window: Window) -> None:
    window.bench.city.submit(message_record(1, "Яма у дома"))
    window.press(Qt.Key.Key_F10)
    settle()
    assert window.shows(QueuePage)
    window.press(Qt.Key.Key_Return)
    settle()
    assert window.shows(ReviewPage)
    assert not window.part(DirectoryPanel).isVisible()
    window.tell(SECOND.ringing())
    assert window.shows(ReviewPage)
    window.press(Qt.Key.Key_2, ALT)
    settle()
    assert window.bench.decision.state.mode is Mode.REFUSE
    window.tell(SECOND.answered())
    assert window.shows(CallCard)
    window.tell(SECOND.ended())
    window.desk.put_aside()
    settle()
    assert window.shows(ReviewPage)
    assert window.bench.decision.state.mode is Mode.REFUSE
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Escape)
    settle()
    assert window.shows(QueuePage)
    assert window.bench.city.holder(1) == ""


def test_no_key_of_the_desk_is_also_one_of_a_page(window: Window) -> None:
    """Of two shortcuts with one key Qt takes neither."""
    shortcuts = window.page.findChildren(QShortcut)
    of_desk = {one.key().toString() for one in shortcuts if one.parent() is window.page}
    of_pages = {one.key().toString() for one in shortcuts if one.parent() is not window.page}

    # The desk's own is off while the page of answers, which has it too, is shown.
    assert of_desk & of_pages == {"Ctrl+Z"}
