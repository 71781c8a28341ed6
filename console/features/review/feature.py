"""Builds and connects the presenters of the review and of its queue."""

from collections.abc import Callable
from concurrent.futures import Executor
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.spelling import SpellingPresenter
from console.features.review.checklist import Explain
from console.features.review.decision import DecisionPresenter, DecisionPreview
from console.features.review.decision_state import BegunReviews
from console.features.review.new_message import BegunPort, KeepsDrafts, NewMessagePresenter
from console.features.review.page import ReviewPresenters
from console.features.review.presenter import FindsSimilar, ReviewPresenter
from console.features.review.queue import ReviewQueuePresenter
from console.features.review.review_flow import ReviewDesk
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.message_detail import HandlingPort
from console.shared.messages.notice_preview import NoticePreviewPresenter, PreviewPort
from console.shared.messages.organ_choice import OrganChoice
from console.shared.messages.photos import PhotosPresenter
from console.shared.messages.terms import Terms
from console.shared.messages.topic_route import TopicRoutePresenter
from console.shared.session.undo import Undo
from console.shared.texts.findings import TextChecks
from sync.register.people.operators import Operator


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
    """Builds the presenters of the review with the Qt parent `parent`. GUI thread only.

    `undo` is shared with other pages.
    """
    queue = ReviewQueuePresenter(
        handling,
        terms,
        classifier,
        readers,
        deliveries,
        operator=operator,
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
