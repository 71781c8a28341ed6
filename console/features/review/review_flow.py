"""Coordinates queue, review, decision and undo: opens a message and continues with the next one."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console.core.view_data import LONG_S, Notice
from console.features.review import words as review_words
from console.features.review.decision import DecisionPresenter
from console.features.review.decision_state import DecisionState, Mode
from console.features.review.new_message import NewMessagePresenter
from console.features.review.presenter import ReviewPresenter
from console.features.review.queue import ReviewQueuePresenter
from console.shared.session.undo import Undo
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.messages import State


class ReviewDesk(QObject):
    """Coordinates the presenters of the review. GUI thread only.

    `opens_next`: a decision automatically opens the next message of the queue.
    """

    opened = Signal()  # a message is on the screen
    came_back = Signal()  # a message is on the screen again after an undo
    left = Signal()  # no message is left, so the queue must be shown
    told = Signal(object)  # Notice
    stored = Signal()  # the register has changed

    def __init__(
        self,
        queue: ReviewQueuePresenter,
        review: ReviewPresenter,
        decision: DecisionPresenter,
        new: NewMessagePresenter,
        undo: Undo,
        *,
        opens_next: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.queue = queue
        self.review = review
        self.decision = decision
        self.new = new
        self.undo = undo
        self._opens_next = opens_next
        self._mode = Mode.NONE
        self._opened_by: UUID | None = None  # operator who opened the message on the screen
        queue.taken.connect(review.follow)
        review.touched.connect(self._take_up)
        decision.changed.connect(self._follow_decision)
        queue.opened.connect(self._open)
        queue.read.connect(self._follow)
        queue.empty.connect(self._nothing_left)
        decision.decided.connect(self._decided)
        decision.asked.connect(self._asked)
        decision.done_behind.connect(self._done_behind)
        undo.undone.connect(self._undone)
        new.submitted.connect(self._written_down)
        for told in (queue.told, review.told, decision.told, new.told):
            told.connect(self.told)

    @property
    def is_open(self) -> bool:
        """Whether a message is on the screen of the review."""
        return self.review.message is not None

    def greet(self) -> None:
        """Handles a sign-in: hides the message that another operator had opened and reloads the
        queue.
        """
        if self.review.message is not None and self._opened_by != self.queue.operator_id:
            self.review.clear()
        self.queue.reload()
        self.new.greet()

    def release(self) -> None:
        """Saves the corrections, releases the message on the screen and shows the queue."""
        message = self._give_back()
        if message is not None:
            self._release(message)
        self.left.emit()

    def skip(self) -> None:
        """Releases the message on the screen and opens the next one."""
        message = self._give_back()
        if message is not None:
            self._release(message)
            self.queue.open_next(after=message.id)

    def _release(self, message: HandledMessage) -> None:
        """Releases the message if it was claimed; a message that was only opened needs no release
        (clause 7.6).
        """
        if self.queue.is_mine(message) or self.queue.is_taking(message):
            self.queue.release(message)

    def _take_up(self) -> None:
        message = self.review.message
        if message is not None:
            self.queue.take_up(message)

    def _follow_decision(self, state: DecisionState) -> None:
        before, self._mode = self._mode, state.mode
        if state.mode is not before and state.mode not in (Mode.NONE, Mode.CITY):
            self._take_up()

    def _give_back(self) -> HandledMessage | None:
        """Closes the message, discards the input for its decision, and returns the message, or
        None.
        """
        message = self._put_down()
        self.decision.begun.forget()
        return message

    def _put_down(self) -> HandledMessage | None:
        message = self.review.message
        self.review.keep()
        if self.review.is_disputed:
            self.told.emit(Notice(*review_words.theirs_stays(), LONG_S, problem=True))
        self.review.clear()
        return message

    def _open(self, message: HandledMessage) -> None:
        """Shows the message, unless another message is already open, for example after an undo.

        In that case the message remains claimed.
        """
        if not self.is_open:
            self._opened_by = self.queue.operator_id
            self.review.show(message)
            self.opened.emit()

    def _follow(self, messages: tuple[HandledMessage, ...]) -> None:
        """Updates the message on the screen with changes from other workplaces; input is
        retained.
        """
        shown = self.review.message
        now = next((one for one in messages if shown is not None and one.id == shown.id), None)
        if shown is None or now is None or now.history == shown.history:
            return
        # The queue may have been read before the last action at this workplace.
        if len(now.history.events) >= len(shown.history.events):
            self.review.follow(now)

    def _written_down(self, message: HandledMessage) -> None:
        self.stored.emit()
        self.queue.open(message)

    def _nothing_left(self) -> None:
        if not self.is_open:
            self.left.emit()

    def _decided(self, done: StepDone) -> None:
        self.undo.offer(done)
        self.stored.emit()
        self.queue.take_in(done.handled)
        self._go_on()

    def _asked(self, done: StepDone) -> None:
        self.queue.take_in(done.handled)
        self._go_on()

    def _done_behind(self, done: StepDone) -> None:
        """Updates the queue after a decision of an operator who has signed out.

        The signed-in operator gets no undo and no next message.
        """
        self.stored.emit()
        self.queue.take_in(done.handled)

    def _go_on(self) -> None:
        if self.is_open:  # already released, and another message is open
            self.queue.reload()
        elif self._opens_next:
            self.queue.open_next()
        else:
            self.queue.reload()
            self.left.emit()

    def _undone(self, done: StepDone) -> None:
        """Reopens the message if the undo returned it to review.

        The message that was on the screen remains claimed.
        """
        self.stored.emit()
        if done.handled.standing.state is State.UNDER_REVIEW:
            self._put_down()
            self._opened_by = self.queue.operator_id
            self.review.show(done.handled)
            self.came_back.emit()
        self.queue.reload()
