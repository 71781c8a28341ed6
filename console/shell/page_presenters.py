"""Container of all presenters that the main page receives from the application."""

from dataclasses import dataclass

from console.core.own_desk import OwnDeskPresenter
from console.core.spelling import SpellingPresenter
from console.features.answers.page import AnswersPresenters
from console.features.calendar.presenter import CalendarPresenter
from console.features.call_backs.presenter import CallBacksPresenter
from console.features.call_bar.presenter import CallBarPresenter
from console.features.call_card.by_hand import ByHandPresenter
from console.features.call_card.persons import CallerPersonsPresenter
from console.features.call_card.presenter import CardPresenter
from console.features.call_card.saved_call import SavedCallPresenter
from console.features.call_register.presenter import CallRegisterPresenter
from console.features.call_script.phrases import FormalAppealPresenter, PhrasesPresenter
from console.features.call_script.presenter import CallHintPresenter, ScriptPresenter
from console.features.diagnostics.presenter import DiagnosticsPresenter
from console.features.dialing.presenter import KeypadPresenter, NumberChoicePresenter
from console.features.directory_editor.entry import EntryEditorPresenter
from console.features.directory_editor.entry_list import EntryListPresenter
from console.features.directory_editor.proposals import ProposalsPresenter
from console.features.directory_editor.publishing import (
    EntryQueriesPresenter,
    PersonalDataPresenter,
)
from console.features.directory_editor.stale import StaleReportPresenter
from console.features.directory_editor.synonyms import SynonymsPresenter
from console.features.directory_editor.unanswered import UnansweredPresenter
from console.features.directory_files.exporting import DirectoryExportPresenter
from console.features.directory_files.importing import DirectoryImportPresenter
from console.features.directory_search.presenter import (
    DirectoryPresenter,
    HitDocumentsPresenter,
)
from console.features.handover.presenter import HandoverPresenter
from console.features.history.call import ShownRecordPresenter
from console.features.history.message import MessageHistoryPresenter
from console.features.incidents.presenter import IncidentPagePresenter
from console.features.incidents.watch import IncidentWatch
from console.features.journal.presenter import JournalPresenter
from console.features.lookup.presenter import LookUpPresenter
from console.features.message_form.open_messages import MessageNearPresenter
from console.features.message_form.presenter import MessagePresenter
from console.features.own_desk.keys import KeyChoicePresenter
from console.features.planned_calls.presenter import PlannedCallsPresenter
from console.features.regulation.presenter import ParagraphsPresenter
from console.features.reports.presenter import ReportPresenter
from console.features.review.page import ReviewPresenters
from console.features.review.review_flow import ReviewDesk
from console.features.settings.sections_view import SettingsPresenters
from console.features.shift_check.phone_check import PhoneCheckPresenter
from console.features.shift_check.presenter import ShiftCheckPresenter
from console.features.training.presenter import TrainingOffer, TrainingPresenter
from console.shared.directory.documents import DocumentOpener, EntryDocumentsPresenter
from console.shared.messages.photos import PhotosPresenter
from console.shared.messages.places import PlacesPresenter
from console.shared.messages.topic_route import TopicRoutePresenter
from console.shared.session.call_claims import CallClaimsPresenter
from console.shared.session.call_control import CallControl
from console.shared.session.desk import DeskPresenter
from console.shared.session.operator_state import OperatorStatePresenter
from console.shared.texts.findings import MessageChecksPresenter
from console.shared.workplace.status import StatusPresenter
from console.shell.attention import AlarmPresenter
from console.shell.notices import NoticesPresenter


@dataclass(frozen=True, slots=True)
class DeskPresenters:
    """Presenters of the main page, created once by the application."""

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
    call_register: CallRegisterPresenter
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
