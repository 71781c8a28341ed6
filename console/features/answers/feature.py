"""Factory of the presenters for the page «Ответы и сроки» (answers and deadlines)."""

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.spelling import SpellingPresenter
from console.features.answers.decisions import AnswerDecisions
from console.features.answers.form import (
    AnswerCheck,
    AnswerFilesPort,
    AnswerFormPresenter,
    CheckText,
    ChosenFiles,
    TakePort,
)
from console.features.answers.page import AnswersPresenters
from console.features.answers.presenter import AnswersPort, AnswersPresenter, VotesPort
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.message_detail import Naming
from console.shared.messages.notice_preview import FindPort, NoticePreviewPresenter, PreviewPort
from console.shared.messages.organ_choice import OrganChoice
from console.shared.messages.terms import Terms
from console.shared.messages.topic_route import TopicRoutePresenter
from console.shared.session.undo import TakeBackPort, Undo
from sync.register.checks.photo_formats import FileFormat
from sync.register.people.operators import Operator


class HandlingPort(AnswersPort, TakePort, TakeBackPort, FindPort, Protocol):
    """Message handling operations that the page «Ответы и сроки» uses."""


def naming_of(
    classifier: Classifier,
    organs: Organs,
    zone: ZoneInfo,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Naming:
    """Builds the object that returns display texts for directory keys, authorities and times."""
    return Naming(organs.title, lambda: classifier.texts, zone, clock)


def make_answers(
    handling: HandlingPort,
    votes: VotesPort,
    files: AnswerFilesPort,
    terms: Terms,
    classifier: Classifier,
    organs: Organs,
    check: CheckText,
    composer: PreviewPort,
    open_file: Callable[[UUID, str], None],
    spelling: SpellingPresenter,
    route: TopicRoutePresenter,
    readers: Executor,
    unhurried: Executor,
    deliveries: Deliveries,
    *,
    operator: Callable[[], Operator],
    formats: Callable[[], frozenset[FileFormat]],
    zone: ZoneInfo,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    parent: QObject,
) -> AnswersPresenters:
    """Builds the presenters of the page; ``parent`` owns them. GUI thread only.

    ``unhurried`` is the executor for list reloads after an action. ``formats`` returns the accepted
    file formats of attachments (9.9).
    """
    naming = naming_of(classifier, organs, zone, clock)
    answers = AnswersPresenter(
        handling,
        votes,
        terms,
        naming,
        unhurried,
        deliveries,
        operator=operator,
        parent=parent,
    )
    form = AnswerFormPresenter(
        handling,
        files,
        ChosenFiles(readers, deliveries, formats, parent),
        AnswerCheck(check, deliveries, parent),
        naming,
        deliveries,
        operator=operator,
        parent=parent,
    )
    answers.changed.connect(lambda _state: form.follow(answers.known))
    decisions = AnswerDecisions(
        handling,
        OrganChoice(classifier, organs, parent),
        NoticePreviewPresenter(
            composer,
            handling,
            readers,
            deliveries,
            operator=operator,
            clock=clock,
            parent=parent,
        ),
        naming,
        deliveries,
        operator=operator,
        parent=parent,
    )
    for begun in (form.changed, decisions.changed):
        begun.connect(lambda _state: answers.mark_begun(form.begun_to, decisions.begun_about))
    return AnswersPresenters(
        answers=answers,
        form=form,
        decisions=decisions,
        check=AnswerCheck(check, deliveries, parent),
        undo=Undo(handling, deliveries, operator=operator, clock=clock, parent=parent),
        open_file=open_file,
        spelling=spelling,
        route=route,
    )
