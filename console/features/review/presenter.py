"""Presenter of the message under review: findings, similar messages, corrected fields.

GUI thread only; texts are checked and compared on other threads. A finding of Regulation 6.12 makes
the message non-public, unless a reviewer has declared the message public.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core import regulation_words
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Mark, Notice
from console.features.review import words as review_words
from console.features.review.checklist import CheckLine, check_lines
from console.features.review.edited_fields import ReviewFields, in_row, told_elsewhere
from console.features.review.queue import last_question
from console.shared.messages import step_words
from console.shared.messages import words as messages_words
from console.shared.messages.classifier import Classifier
from console.shared.messages.message_detail import HandlingPort, Outcome
from console.shared.messages.photos import PhotosPresenter
from console.shared.messages.terms import Terms, TermState
from console.shared.texts import finding_words
from console.shared.texts.findings import TextChecks
from console.shared.texts.similar import SimilarMessage
from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable, StoreError
from sync.register.checks.finding import Finding, Ground
from sync.register.handling.contents import Confidential, Contents, confidential_of
from sync.register.handling.events import Source, Step, person
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.history import StepRefused
from sync.register.handling.step_facts import ConfidentialFound, Told
from sync.register.likeness.search import Verdict
from sync.register.messages import MessageProblem
from sync.register.people.operators import Operator, Person


@dataclass(frozen=True, slots=True)
class FindingRow:
    """View state of a finding.

    `mark` is the index of its highlighted text range, None if it is not in the text.
    """

    icon: str
    role: str
    title: str
    paragraph: str
    evidence: str
    mark: int | None


@dataclass(frozen=True, slots=True)
class ReviewState:
    """View state of the message under review; `key` is None if no message is shown.

    `pointed` is the index of the finding shown in full, or -1. `fields` contains "place", "date",
    "time", "category" and "category_text" as shown in the form, and `elsewhere` the changes of
    other operators to "place", "when" or "category".
    """

    key: UUID | None = None
    title: str = ""
    subtitle: str = ""
    author: str = ""
    publicity: tuple[str, str, str] = ("", "", "neutral")
    term: TermState | None = None
    text: str = ""
    photos: int = 0
    marks: tuple[Mark, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    pointed: int = -1
    lines: tuple[CheckLine, ...] = ()
    question: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""


def finding_rows(
    findings: Sequence[Finding], length: int
) -> tuple[tuple[FindingRow, ...], tuple[Mark, ...]]:
    """Returns the rows of the findings and the ranges of the text to highlight.

    A finding beyond `length`, the length of the text, is in the location field and is not
    highlighted.
    """
    rows: list[FindingRow] = []
    marks: list[Mark] = []
    for found in findings:
        look = finding_words.mark(found)
        mark = None
        end = min(found.end, length)
        if look and found.start < end:
            mark = len(marks)
            marks.append(Mark(found.start, end, look))
        icon, role = finding_words.look(found)
        rows.append(
            FindingRow(
                icon,
                role,
                finding_words.title(found),
                regulation_words.mark(found.paragraph),
                finding_words.evidence(found),
                mark,
            )
        )
    return tuple(rows), tuple(marks)


class FindsSimilar(Protocol):
    """Searches similar earlier messages on another thread."""

    def __call__(self, message: HandledMessage) -> "Future[tuple[SimilarMessage, ...]]": ...


class ReviewPresenter(QObject):
    """Presenter of the message under review. GUI thread only.

    Texts are checked and compared on other threads.
    """

    changed = Signal(object)  # ReviewState
    shown = Signal(object)  # HandledMessage just shown
    moved_on = Signal(object)  # HandledMessage after an action or a check
    typed = Signal()  # unsaved input may have changed
    touched = Signal()  # a field is about to change, so the message must be claimed
    told = Signal(object)  # Notice

    def __init__(
        self,
        handling: HandlingPort,
        checks: TextChecks,
        find_similar: FindsSimilar,
        photos: PhotosPresenter,
        terms: Terms,
        classifier: Classifier,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._checks = checks
        self._find_similar = find_similar
        self._photos = photos
        self._terms = terms
        self._classifier = classifier
        self._deliveries = deliveries
        self._milestones = milestones
        self._operator = operator
        self._zone = zone
        self._message: HandledMessage | None = None
        self._findings: tuple[Finding, ...] | None = None
        self._similar: tuple[SimilarMessage, ...] | None = None
        self._fields = ReviewFields(self._category_of)
        self._looked_at: Contents | None = None  # content when a conflict was last reported
        self._problems: tuple[MessageProblem, ...] = ()
        self._keeping = False
        self._then: Callable[[], None] | None = None
        self._once_checked: Callable[[], None] | None = None
        self._state = ReviewState()
        photos.changed.connect(lambda _state: self._photos_read())
        terms.changed.connect(self._show)
        classifier.changed.connect(self._show)

    @property
    def state(self) -> ReviewState:
        return self._state

    @property
    def message(self) -> HandledMessage | None:
        """Message on the screen, under review by the signed-in operator."""
        return self._message

    @property
    def findings(self) -> tuple[Finding, ...] | None:
        """Violations of section 6 of the Regulation found in the text; None while the check is
        running.
        """
        return self._findings

    @property
    def similar(self) -> tuple[SimilarMessage, ...] | None:
        """Similar earlier messages, the most similar first; None while the search is running."""
        return self._similar

    @property
    def photo_grounds(self) -> tuple[Ground, ...]:
        """Grounds for refusal found by the photo check (clause 6.7)."""
        return tuple(each.ground for each in self._photos.grounds() if each.preset)

    def _photos_read(self) -> None:
        if self._message is not None:
            self._show()
            self.moved_on.emit(self._message)

    # --- displayed message ---

    def show(self, message: HandledMessage) -> None:
        """Shows a message and starts its checks."""
        self._message = message
        self._findings = self._similar = None
        self._problems = ()
        self._then = self._once_checked = None
        self._fields.show(message.standing.contents)
        self._looked_at = None
        self._state = ReviewState(key=message.id)
        self._milestones.note(Milestone.REVIEW_OPENED, number=str(message.record.number or ""))
        self._read()
        self._look_for_similar()
        self._photos.show_message(message.id)
        self._show()
        self.shown.emit(message)

    def clear(self) -> None:
        """Removes the message from the screen."""
        self._message = None
        self._findings = self._similar = None
        self._then = self._once_checked = None
        self._state = ReviewState()
        self._photos.show_message(None)
        self.changed.emit(self._state)

    def follow(self, message: HandledMessage) -> None:
        """Updates the message on the screen after an action; unsaved input is retained.

        The update can include corrections by other operators.
        """
        before = self._message
        if before is None or before.id != message.id:
            return
        self._fields.follow(message.standing.contents)
        self._message = message
        if _told(message) != _told(before):
            self._findings = None
            self._read()
            self._similar = None
            self._look_for_similar()
        self._show()
        self.moved_on.emit(message)

    # --- conflicts ---

    @property
    def is_disputed(self) -> bool:
        """Whether another operator has changed a field with unsaved input."""
        message = self._message
        return message is not None and bool(self._fields.disputed(message.standing.contents))

    def take_theirs(self, row: str = "") -> None:
        """Replaces the conflicting input of a form row with the saved values.

        If the row has no conflict, the input of all conflicting fields is replaced.
        """
        message = self._message
        if message is None or not self.is_disputed:
            self.told.emit(Notice(review_words.nothing_disputed()))
            return
        contents = message.standing.contents
        self._fields.take_theirs(contents, in_row(self._fields.disputed(contents), row))
        self._show()
        self.typed.emit()

    def settle_disputed(self) -> bool:
        """Returns whether the input may be saved; False if it conflicts with another operator's
        change.

        A second call with the same conflict confirms that the input overwrites the changes of other
        operators.
        """
        message = self._message
        if message is None or not self.is_disputed:
            return True
        now = message.standing.contents
        if self._looked_at != now:
            self._looked_at = now
            return False
        self._fields.keep_mine(now)
        self._show()
        return True

    # --- checks ---

    def _read(self) -> None:
        message = self._message
        if message is None:
            return
        told = _told(message)
        self._deliveries.deliver(
            self._checks.check_message(*told),
            lambda found: self._took(message.id, told, found),
            lambda _error: self._not_read(message.id),
            (DirectoryError, OfficialsUnreadable),
        )

    def when_checked(self, then: Callable[[], None]) -> None:
        """Calls `then` when the text check is complete.

        A finding of clause 6.12 can still make the message non-public.
        """
        if self._findings is not None or self._state.trouble:
            then()
        else:
            self._once_checked = then

    def _took(self, message_id: UUID, told: tuple[str, str], found: tuple[Finding, ...]) -> None:
        message = self._message
        if message is None or message.id != message_id or _told(message) != told:
            return
        self._findings = found
        self._milestones.note(Milestone.REVIEW_CHECKED, findings=len(found))
        self._mark_confidential(message, confidential_of(found))
        self._show()
        self.moved_on.emit(message)
        once_checked, self._once_checked = self._once_checked, None
        if once_checked is not None:
            once_checked()

    def _not_read(self, message_id: UUID) -> None:
        if self._message is not None and self._message.id == message_id:
            self._once_checked = None  # the reviewer must read the text before registering
            self._state = replace(self._state, trouble=review_words.text_unread())
            self.changed.emit(self._state)
            self.told.emit(Notice(review_words.text_unread(), seconds=LONG_S, problem=True))

    def _mark_confidential(self, message: HandledMessage, kinds: frozenset[Confidential]) -> None:
        """Marks the message as confidential for the found kinds of content.

        Does nothing if a reviewer has ever cleared a confidentiality kind of this message.
        """
        cleared = any(event.step is Step.CLEAR_CONFIDENTIAL for event in message.history.events)
        new = kinds - message.standing.confidential
        if new and not cleared:
            self._take(message.id, Step.MARK_CONFIDENTIAL, ConfidentialFound(new), Source.SYSTEM)

    def _look_for_similar(self) -> None:
        message = self._message
        if message is None:
            return

        def took(found: tuple[SimilarMessage, ...]) -> None:
            if self._message is not None and self._message.id == message.id:
                self._similar = found
                self._milestones.note(Milestone.SIMILAR_FOUND, count=len(found))
                self._show()
                self.moved_on.emit(self._message)

        self._deliveries.deliver(
            self._find_similar(message),
            took,
            lambda _error: took(()),
            (StoreError, DirectoryError, OfficialsUnreadable),
        )

    # --- findings ---

    def point(self, number: int) -> None:
        """Shows the finding with this index in full; an invalid index shows none."""
        known = 0 <= number < len(self._state.findings)
        self._state = replace(self._state, pointed=number if known else -1)
        self.changed.emit(self._state)

    def point_next(self, steps: int = 1) -> None:
        """Selects the next finding, cyclically; a negative `steps` selects previous ones."""
        count = len(self._state.findings)
        if count:
            pointed = self._state.pointed
            first = 0 if steps > 0 else count - 1
            self.point(first if pointed < 0 else (pointed + steps) % count)

    # --- corrections ---

    def set_field(self, name: str, text: str) -> None:
        """Sets the input of "place", "date" or "time"; it is saved when the field loses the
        focus.
        """
        self.touched.emit()
        was_disputed = self.is_disputed
        self._fields.set(name, text)
        self._forget_problems()
        if was_disputed != self.is_disputed:
            self._show()
        self.typed.emit()

    @property
    def unwritten(self) -> Mapping[str, str]:
        """Unsaved input by field, without the category, which is saved immediately."""
        message = self._message
        return {} if message is None else self._fields.unwritten(message.standing.contents)

    @property
    def typed_over(self) -> Mapping[str, str]:
        """Saved values of the fields in `unwritten` when their input was made."""
        message = self._message
        return {} if message is None else self._fields.over(message.standing.contents)

    def type_again(self, fields: Mapping[str, str], over: Mapping[str, str]) -> None:
        """Restores input of an earlier visit; `over` contains the saved values when the input was
        made.

        Input without a conflict is saved like new input.
        """
        if fields:
            self.touched.emit()
            self._fields.again(fields, over)
            self._show()

    def set_category(self, key: str) -> None:
        """Sets the category and saves it immediately."""
        self.touched.emit()
        self._fields.set("category", key)
        self._forget_problems()
        self.keep()

    def _forget_problems(self) -> None:
        if self._problems:
            self._problems = ()
            self._show()

    def show_problems(self, problems: Sequence[MessageProblem]) -> None:
        """Shows the problems that prevent the registration next to their fields (clauses 6.1 and
        5.3).
        """
        self._problems = tuple(problems)
        self._show()

    def keep(self, then: Callable[[], None] | None = None) -> None:
        """Saves corrections that have no conflict, if there are any, and then calls `then`."""
        message = self._message
        if message is None:
            return
        if self._keeping:
            # A write is already running, for example if the decision key also moves the focus.
            self._then = then or self._then
            return
        contents = self._fields.to_write(message.standing.contents)
        if contents == message.standing.contents:
            if then is not None:
                then()
            return
        self.touched.emit()
        self._keeping, self._then = True, then
        self._take(message.id, Step.CORRECT, Told(contents), person(self._operator()))

    def _kept(self, done: bool) -> None:
        """Continues after a correction was saved (`done`) or rejected."""
        if self._keeping:
            self._keeping = False
            then, self._then = self._then, None
            if done:
                self.keep(then)

    def _category_of(self, key: str) -> tuple[str, str | None] | None:
        category = self._classifier.category(key)
        return None if category is None else (category.id, category.parent)

    # --- actions that leave the message on the screen ---

    def _take(
        self,
        message_id: UUID,
        step: Step,
        facts: Told | ConfidentialFound,
        by: Person | Source,
    ) -> None:
        corrects = step is Step.CORRECT
        before = None if self._message is None else self._message.standing.contents

        def done(outcome: Outcome) -> None:
            is_done = isinstance(outcome, StepDone)
            if isinstance(outcome, StepDone):
                is_shown = self._message is not None and self._message.id == message_id
                if isinstance(facts, Told) and before is not None and is_shown:
                    self._fields.written(before, facts.contents)
                self.follow(outcome.handled)
            else:
                self.tell_refused(outcome)
            if corrects:
                self._kept(is_done)

        def failed(error: Exception) -> None:
            self.tell_unwritten(error)
            if corrects:
                self._kept(False)

        self._deliveries.deliver(
            self._handling.take(message_id, step, by, facts), done, failed, (StoreError,)
        )

    def tell_refused(self, refused: StepRefused) -> None:
        """Shows a notice with the rejected action and the reason."""
        head, body = step_words.refused(refused)
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def tell_unwritten(self, _error: Exception) -> None:
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    # --- view state ---

    def _show(self) -> None:
        message = self._message
        if message is None:
            return
        record, standing = message.record, message.standing
        contents = standing.contents
        sent_at = (standing.submitted_at or record.created_at).astimezone(self._zone)
        rows, marks = finding_rows(self._findings or (), len(contents.text))
        asked = last_question(message)
        self._state = replace(
            self._state,
            key=message.id,
            title=review_words.message_title(str(record.number or "")),
            subtitle=review_words.received(sent_at, from_call=record.call_id is not None),
            author=messages_words.author(record.name, record.phone, record.email),
            publicity=review_words.publicity_pill(standing.publicity, standing.confidential),
            term=self._terms.of(standing),
            text=contents.text,
            photos=contents.photos,
            marks=marks,
            findings=rows,
            pointed=self._state.pointed if self._state.pointed < len(rows) else -1,
            lines=check_lines(
                standing,
                record.name,
                self._findings,
                _likest(self._similar),
                self.photo_grounds,
                likeness_known=self._similar is not None,
            ),
            question="" if asked is None else review_words.asks(*asked),
            fields={
                **self._fields.texts,
                "category_text": self._classifier.texts.get(self._fields.texts["category"], ""),
            },
            elsewhere=told_elsewhere(
                message, self._fields.disputed(contents), self._classifier.texts
            ),
            problems=messages_words.problems_by_field(self._problems),
        )
        self.changed.emit(self._state)


def _told(message: HandledMessage) -> tuple[str, str]:
    """Returns text and location of the message, which are the parts that the text check reads."""
    contents = message.standing.contents
    return contents.text, contents.place


def _likest(similar: tuple[SimilarMessage, ...] | None) -> Verdict | None:
    return similar[0].likeness.verdict if similar else None
