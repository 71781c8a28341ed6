"""What the desk is given: its presenters, made once by the application."""

from dataclasses import dataclass

from console.presenters.alarm import AlarmPresenter
from console.presenters.by_hand import ByHandPresenter
from console.presenters.calendar_page import CalendarPresenter
from console.presenters.call_backs import CallBacksPresenter
from console.presenters.call_bar import CallBarPresenter
from console.presenters.call_claims import CallClaimsPresenter
from console.presenters.call_control import CallControl
from console.presenters.call_hint import CallHintPresenter
from console.presenters.caller_persons import CallerPersonsPresenter
from console.presenters.card import CardPresenter
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
from console.presenters.notices import NoticesPresenter
from console.presenters.number_choice import NumberChoicePresenter
from console.presenters.operator_state import OperatorStatePresenter
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
from console.presenters.review_desk import ReviewDesk
from console.presenters.saved_call import SavedCallPresenter
from console.presenters.script import ScriptPresenter
from console.presenters.shift_check import ShiftCheckPresenter
from console.presenters.shown_record import ShownRecordPresenter
from console.presenters.spelling import SpellingPresenter
from console.presenters.stale_report import StaleReportPresenter
from console.presenters.status import StatusPresenter
from console.presenters.synonyms import SynonymsPresenter
from console.presenters.topic_route import TopicRoutePresenter
from console.presenters.training import TrainingPresenter
from console.presenters.training_offer import TrainingOffer
from console.presenters.unanswered import UnansweredPresenter
from console.views.answers.answers_page import AnswersPresenters
from console.views.review.review_page import ReviewPresenters
from console.views.settings.sections import SettingsPresenters


@dataclass(frozen=True, slots=True)
class DeskPresenters:
    """The presenters of the desk, made once by the application."""

    desk: DeskPresenter
    saved_call: SavedCallPresenter
    calls: CallControl
    numbers: NumberChoicePresenter
    keypad: KeypadPresenter
    operator_state: OperatorStatePresenter
    alarm: AlarmPresenter
    call_bar: CallBarPresenter
    card: CardPresenter
    script: ScriptPresenter
    call_hint: CallHintPresenter
    phrases: PhrasesPresenter
    by_hand: ByHandPresenter
    persons: CallerPersonsPresenter
    planned: PlannedCallsPresenter
    claims: CallClaimsPresenter
    message: MessagePresenter
    message_checks: MessageChecksPresenter
    topic_route: TopicRoutePresenter
    message_near: MessageNearPresenter
    photos: PhotosPresenter
    places: PlacesPresenter
    directory: DirectoryPresenter
    hit_documents: HitDocumentsPresenter
    document_opener: DocumentOpener
    entry_documents: EntryDocumentsPresenter
    entries: EntryListPresenter
    editor: EntryEditorPresenter
    queries: EntryQueriesPresenter
    proposals: ProposalsPresenter
    directory_import: DirectoryImportPresenter
    directory_export: DirectoryExportPresenter
    synonyms: SynonymsPresenter
    unanswered: UnansweredPresenter
    stale: StaleReportPresenter
    journal: JournalPresenter
    answers: AnswersPresenters
    look_up: LookUpPresenter
    history: MessageHistoryPresenter
    report: ReportPresenter
    formal_appeal: FormalAppealPresenter
    calendar: CalendarPresenter
    reviews: ReviewDesk
    review: ReviewPresenters
    call_backs: CallBacksPresenter
    incidents: IncidentWatch
    incident_page: IncidentPagePresenter
    spelling: SpellingPresenter
    personal_data: PersonalDataPresenter
    status: StatusPresenter
    training: TrainingPresenter | TrainingOffer
    phone_check: PhoneCheckPresenter
    settings: SettingsPresenters
    diagnostics: DiagnosticsPresenter
    shift_check: ShiftCheckPresenter
    shown_record: ShownRecordPresenter
    handover: HandoverPresenter
    notices: NoticesPresenter
    paragraphs: ParagraphsPresenter
    key_choice: KeyChoicePresenter
    own_desk: OwnDeskPresenter
