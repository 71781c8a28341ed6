"""Builds message handling: review, answers, look-up, history, notifications and calendar.

The calendar defines the working days for deadlines.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from uuid_utils.compat import uuid7

from console.assembly.directory_part import DirectoryPart
from console.assembly.intake_part import IntakePart, make_photos, make_topic_route
from console.context import Shared
from console.core.deliveries import Bridge
from console.core.milestones import Milestone
from console.core.settings.workplace import CITY_ZONE
from console.features.answers.feature import make_answers, naming_of
from console.features.answers.page import AnswersPresenters
from console.features.calendar.presenter import CalendarPresenter
from console.features.call_backs.presenter import CallBacksPresenter
from console.features.history.call import ShownRecordPresenter
from console.features.history.message import MessageHistoryPresenter
from console.features.lookup.presenter import LookUpPresenter
from console.features.review.feature import make_reviews
from console.features.review.page import ReviewPresenters
from console.features.review.review_flow import ReviewDesk
from console.shared.directory.documents import AnswerDocuments, DocumentOpener, document
from console.shared.messages.notice_service import NoticeEventsPresenter, NoticeService
from console.shared.session.desk import DeskPresenter
from console.shell.notices import NoticesPresenter
from sync.errors import StoreError
from sync.exchange.central_choice import CentralReading
from sync.exchange.mail.delivery import NoticeEvent
from sync.exchange.record_search import RecordSearch
from sync.store.local.calls.script_steps import ScriptSteps
from sync.store.local.calls.search import LocalCalls
from sync.store.local.messages.attachments import VoteReading
from sync.store.local.messages.photos import AnswerFiles

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HandlingPart:
    """Presenters of message handling, and the notification service."""

    reviews: ReviewDesk
    review: ReviewPresenters
    answers: AnswersPresenters
    look_up: LookUpPresenter
    history: MessageHistoryPresenter
    shown_record: ShownRecordPresenter
    calendar: CalendarPresenter
    call_backs: CallBacksPresenter
    notice_service: NoticeService


def make_handling_part(
    shared: Shared,
    desk: DeskPresenter,
    directory: DirectoryPart,
    intake: IntakePart,
    notices: NoticesPresenter,
    messages_changed: Callable[[], None],
) -> HandlingPart:
    """Builds the presenters; ``messages_changed`` is called after changes made by timers."""
    service, call_backs = _make_notices(shared, desk, intake, notices, messages_changed)
    answers = _make_answers(shared, desk, directory, intake, notices, service)
    naming = naming_of(intake.classifier, intake.organs, CITY_ZONE)
    shared.arrivals.overtaken.connect(lambda told: notices.steps_overtaken(told, naming.moment))
    search = _record_search(shared, desk, intake)
    look_up = LookUpPresenter(
        intake.handling,
        search,
        intake.terms,
        naming,
        shared.readers,
        shared.deliveries,
        operator=lambda: desk.operator,
        card=lambda: desk.state.card,
        change_card=desk.change_card,
        area_code=shared.settings.area_code,
        parent=shared.parent,
    )
    history = MessageHistoryPresenter(
        intake.handling,
        shared.register,
        service.outbox,
        ScriptSteps(shared.register),
        naming,
        shared.readers,
        shared.deliveries,
        parent=shared.parent,
    )
    intake.organs.changed.connect(answers.answers.show_again)
    _note_messages(shared, answers, look_up)
    reviews, review = make_reviews(
        intake.handling,
        intake.reader,
        lambda new: intake.finder.find(new, intake.terms.rules, shared.calendar.calendar),
        make_photos(shared, lambda: desk.operator, may_attach=False),
        intake.terms,
        intake.classifier,
        intake.organs,
        answers.undo,
        service.composer.proposed_explanation,
        service.composer,
        intake.spelling,
        make_topic_route(shared, intake.classifier, intake.organs, directory),
        shared.register,
        desk,
        shared.readers,
        shared.deliveries,
        shared.milestones,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        opens_next=shared.settings.next_message,
        new_id=uuid7,
        area_code=shared.settings.area_code,
        parent=shared.parent,
    )
    calendar = CalendarPresenter(
        shared.calendar,
        shared.city_store,
        intake.handling,
        intake.terms,
        shared.readers,
        shared.deliveries,
        shared.milestones,
        documents=shared.directory,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    return HandlingPart(
        reviews=reviews,
        review=review,
        answers=answers,
        look_up=look_up,
        history=history,
        shown_record=ShownRecordPresenter(
            intake.handling,
            shared.register,
            ScriptSteps(shared.register),
            intake.classifier,
            shared.readers,
            shared.deliveries,
            zone=CITY_ZONE,
            elsewhere=search.message_of,
            parent=shared.parent,
        ),
        calendar=calendar,
        call_backs=call_backs,
        notice_service=service,
    )


def _record_search(shared: Shared, desk: DeskPresenter, intake: IntakePart) -> RecordSearch:
    """Searches via the central database for operators signed in there, otherwise locally (9.11)."""
    people = shared.people
    here = LocalCalls(shared.register)
    if people is None:
        return RecordSearch(intake.handling, here)
    return RecordSearch(
        intake.handling,
        here,
        CentralReading(lambda: people.session_of(desk.operator)),
        lambda: people.session_of(desk.operator) is not None,
    )


def _make_notices(
    shared: Shared,
    desk: DeskPresenter,
    intake: IntakePart,
    notices: NoticesPresenter,
    messages_changed: Callable[[], None],
) -> tuple[NoticeService, CallBacksPresenter]:
    """Builds the notifications to authors and authorities, by e-mail and telephone."""
    events = NoticeEventsPresenter(shared.parent)
    bridge: Bridge[NoticeEvent] = Bridge(events.receive, shared.parent)
    service = NoticeService(
        shared.settings,
        shared.resources,
        shared.register,
        shared.directory,
        lambda: intake.terms.rules,
        shared.calendar,
        bridge.post,
    )

    def take_templates() -> None:
        shared.deliveries.deliver(
            shared.readers.submit(service.take_templates),
            lambda _none: None,
            lambda error: LOG.warning("templates: not synchronised: %s", type(error).__name__),
            expected=(StoreError,),
        )

    take_templates()
    shared.arrivals.settings.connect(take_templates)
    call_backs = CallBacksPresenter(
        service.outbox,
        shared.readers,
        shared.deliveries,
        operator=lambda: desk.operator,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    events.told.connect(notices.tell)
    events.messages_changed.connect(messages_changed)
    events.mail_lost.connect(call_backs.set_mail_lost)
    events.tasks_changed.connect(call_backs.reload)
    return service, call_backs


def _make_answers(
    shared: Shared,
    desk: DeskPresenter,
    directory: DirectoryPart,
    intake: IntakePart,
    notices: NoticesPresenter,
    service: NoticeService,
) -> AnswersPresenters:
    answer_files = AnswerFiles(shared.register)
    file_opener = DocumentOpener(
        AnswerDocuments(answer_files),
        shared.readers,
        shared.deliveries,
        shared.milestones,
        folder=directory.copies,
        show=lambda file: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))),
        parent=shared.parent,
    )
    file_opener.told.connect(notices.tell)
    return make_answers(
        intake.handling,
        VoteReading(shared.register),
        answer_files,
        intake.terms,
        intake.classifier,
        intake.organs,
        intake.reader.check,
        service.composer,
        lambda message_id, name: file_opener.open(document(message_id, name)),
        intake.spelling,
        make_topic_route(shared, intake.classifier, intake.organs, directory),
        shared.readers,
        shared.unhurried,
        shared.deliveries,
        operator=lambda: desk.operator,
        formats=lambda: shared.calendar.settings.attachment_formats,
        zone=CITY_ZONE,
        parent=shared.parent,
    )


def _note_messages(shared: Shared, answers: AnswersPresenters, look_up: LookUpPresenter) -> None:
    """Writes views of messages and decisions about them to the timing log."""
    note = shared.milestones.note
    for taken in (answers.form.taken, answers.decisions.taken):
        taken.connect(lambda done: note(Milestone.DECIDED, decision=done.events[-1].step.value))
    answers.answers.loaded.connect(lambda count: note(Milestone.ANSWERS_READ, count=count))
    look_up.read_out.connect(
        lambda reading: note(
            Milestone.LOOKED_UP, number=reading.number, protected=int(reading.protected)
        )
    )
