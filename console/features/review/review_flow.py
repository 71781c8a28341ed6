"""Coordinates queue, review, decision and undo: opens a message and continues with the next."""

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
    """Ties the presenters of the review together; belongs to the GUI thread.

    ``opens_next`` is whether a decision brings the next message of the queue by itself.
    """

    opened = Signal()  # a message is on the screen, asked for at the queue or come by itself
    came_back = Signal()  # one is there whose decision was taken back, wherever that was asked
    left = Signal()  # none is: the queue is to be shown
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
        self._opened_by: UUID | None = None  # the operator who has the message on the screen
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
        """Whether a message is on the screen of the review, or would be."""
        return self.review.message is not None

    def greet(self) -> None:
        """Somebody has signed in: what another person has under review is not shown to him."""
        if self.review.message is not None and self._opened_by != self.queue.operator_id:
            self.review.clear()
        self.queue.reload()
        self.new.greet()

    def release(self) -> None:
        """Give the message back to the queue, its corrections written, and show the queue."""
        message = self._give_back()
        if message is not None:
            self._release(message)
        self.left.emit()

    def skip(self) -> None:
        """Give the message back and take the one that comes after it."""
        message = self._give_back()
        if message is not None:
            self._release(message)
            self.queue.open_next(after=message.id)

    def _release(self, message: HandledMessage) -> None:
        """Give it back, where it was taken up at all; a look alone is no event of 7.6."""
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
        """It is anybody's again: what was typed to decide about it is thrown away."""
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
        """Show the message; one taken up while another came back stays taken and waits."""
        if not self.is_open:
            self._opened_by = self.queue.operator_id
            self.review.show(message)
            self.opened.emit()

    def _follow(self, messages: tuple[HandledMessage, ...]) -> None:
        """Show what has become elsewhere of the message on the screen; what is typed stays."""
        shown = self.review.message
        now = next((one for one in messages if shown is not None and one.id == shown.id), None)
        if shown is None or now is None or now.history == shown.history:
            return
        # What was read before the last step of here is older than what is on the screen.
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
        """Who works here now has not decided it: nothing is hers to take back, or comes to her."""
        self.stored.emit()
        self.queue.take_in(done.handled)

    def _go_on(self) -> None:
        if self.is_open:  # given back while it was decided, and another one is there
            self.queue.reload()
        elif self._opens_next:
            self.queue.open_next()
        else:
            self.queue.reload()
            self.left.emit()

    def _undone(self, done: StepDone) -> None:
        """A message that is under review again comes back; the one on the screen stays taken."""
        self.stored.emit()
        if done.handled.standing.state is State.UNDER_REVIEW:
            self._put_down()
            self._opened_by = self.queue.operator_id
            self.review.show(done.handled)
            self.came_back.emit()
        self.queue.reload()
