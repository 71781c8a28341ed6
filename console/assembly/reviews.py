"""The queue of messages to be checked and the review of one of them, made once (7.5-7.10)."""

from collections.abc import Callable
from concurrent.futures import Executor
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.begun_review import BegunReviews
from console.presenters.classifier import Classifier
from console.presenters.decision import DecisionPresenter
from console.presenters.decision_preview import DecisionPreview
from console.presenters.handling_port import HandlingPort
from console.presenters.message_checks import TextChecks
from console.presenters.new_message import NewMessagePresenter
from console.presenters.new_message_draft import BegunPort, KeepsDrafts
from console.presenters.notice_preview import NoticePreviewPresenter, PreviewPort
from console.presenters.organ_choice import OrganChoice
from console.presenters.organs import Organs
from console.presenters.photos import PhotosPresenter
from console.presenters.refusal import Explain
from console.presenters.review import FindsSimilar, ReviewPresenter
from console.presenters.review_desk import ReviewDesk
from console.presenters.review_queue import ReviewQueuePresenter
from console.presenters.spelling import SpellingPresenter
from console.presenters.terms import Terms
from console.presenters.topic_route import TopicRoutePresenter
from console.presenters.undo import Undo
from console.views.review.review_page import ReviewPresenters
from sync.register.operators import Operator


def make_reviews(
    handling: HandlingPort,
    checks: TextChecks,
    find_similar: FindsSimilar,
    photos: PhotosPresenter,
    terms: Terms,
    classifier: Classifier,
    organs: Organs,
    undo: Undo,
    explain: Explain,
    composer: PreviewPort,
    spelling: SpellingPresenter,
    route: TopicRoutePresenter,
    begun: BegunPort,
    drafts: KeepsDrafts,
    readers: Executor,
    deliveries: Deliveries,
    milestones: Milestones,
    *,
    operator: Callable[[], Operator],
    new_id: Callable[[], UUID],
    area_code: str,
    zone: ZoneInfo,
    opens_next: bool,
    parent: QObject,
) -> tuple[ReviewDesk, ReviewPresenters]:
    """The presenters, which belong to the GUI thread and to ``parent``; ``undo`` is the desk's."""
    queue = ReviewQueuePresenter(
        handling,
        terms,
        classifier,
        readers,
        deliveries,
        operator=operator,
        zone=zone,
        parent=parent,
    )
    review = ReviewPresenter(
        handling,
        checks,
        find_similar,
        photos,
        terms,
        classifier,
        deliveries,
        milestones,
        operator=operator,
        zone=zone,
        parent=parent,
    )
    choice = OrganChoice(classifier, organs, parent)
    decision = DecisionPresenter(
        handling,
        review,
        choice,
        BegunReviews(review, choice, operator=operator, parent=parent),
        terms,
        classifier,
        explain,
        readers,
        deliveries,
        milestones,
        operator=operator,
        parent=parent,
    )
    notices = NoticePreviewPresenter(
        composer, handling, readers, deliveries, operator=operator, parent=parent
    )
    preview = DecisionPreview(review, decision, choice, notices, parent)
    new = NewMessagePresenter(
        handling,
        begun,
        drafts,
        readers,
        deliveries,
        new_id,
        operator=operator,
        area_code=area_code,
        parent=parent,
    )
    reviews = ReviewDesk(queue, review, decision, new, undo, opens_next=opens_next, parent=parent)
    undo.undone.connect(lambda _done: milestones.note(Milestone.DECISION_UNDONE))
    queue.reload()
    presenters = ReviewPresenters(
        review, decision, photos, preview, choice, classifier, spelling, route
    )
    return reviews, presenters
