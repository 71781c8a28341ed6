"""Shows and hides the call card at ring, answer and end of a call, and moves the focus."""

from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from console.shared.session.live_calls import DeskState, LineState
from console.shell.column_layout import DeskColumns, Page
from console.shell.page_presenters import DeskPresenters
from console.shell.page_turning import PageTurning
from console.ui.keyboard import KeptCaret
from telephony.events import Direction


class CardInFront(QObject):
    """Shows the card of the active call; does not interrupt typing or work on other pages."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        turning: PageTurning,
    ) -> None:
        super().__init__(page)
        self._presenters = presenters
        self._columns = columns
        self._turning = turning
        self._talking_to = ""  # call whose card was opened last on answer
        self._shown: UUID | None = None  # card that was shown last
        # page covered by the card of a ringing call, with its focused widget
        self._rung_over: tuple[Page, KeptCaret] | None = None
        presenters.desk.changed.connect(self._follow)

    def forget_page(self) -> None:
        """Forgets the covered page, because another operator may sign in."""
        self._rung_over = None

    def _follow(self, state: DeskState) -> None:
        page = self._columns.current
        answered = self._has_turned(state)
        talking = state.line is LineState.TALKING
        if answered:
            self._rung_over = None
        if state.card is None and talking:
            # The record is still being created and receives all input from now on.
            if answered and page is not self._columns.message:
                self._turning.show(self._columns.card)
                self._columns.card.widget.focus_content()
            return
        if state.card is None:
            is_alone = page is self._columns.message and self._presenters.message.is_of_saved_call
            if page in (self._columns.card, self._columns.message) and not is_alone:
                self._leave_card(page)
            self._rung_over = None
            self._shown = None
            return
        is_another = state.card.id != self._shown
        if not is_another and not answered:
            return  # Only the content of the shown card changed.
        stays = (
            self._columns.card,
            self._columns.message,
            self._columns.report,
            self._columns.call_register,
            self._columns.calendar,
            self._columns.queue,
            self._columns.review,
            self._columns.editor,
            self._columns.files,
            self._columns.answers,
            self._columns.incidents,
            self._columns.look_up,
            self._columns.history,
            self._columns.keys,
            self._columns.key_choice,
            self._columns.own_desk,
            self._columns.planned,
            self._columns.handover,
            self._columns.settings,
        )
        waits = self._is_calling_back(state) or self._waits_for_answer(state)
        # Events of the active card do not close pages that the operator opened in addition to it.
        appears = is_another and page not in stays and not waits
        if not waits:
            self._shown = state.card.id
        if appears:
            typing = self._is_typing()
            rings = state.call is not None and state.call.is_offered
            self._rung_over = (page, KeptCaret(QApplication.focusWidget())) if rings else None
            self._turning.show(self._columns.card)
            if not typing:
                self._columns.card.widget.focus_content()
        stays_with = page is self._columns.message or self._is_calling_back(state)
        if answered and (not stays_with or self._message_is_of_another(page, state)):
            # The operator answered deliberately, so the focus moves to the first field.
            self._turning.show(self._columns.card)
            self._columns.card.widget.focus_content()

    def _has_turned(self, state: DeskState) -> bool:
        """Whether the operator has just answered a call or resumed it from hold.

        False for holding, for a consultation and for the return from it.
        """
        call = state.call
        if state.line is not LineState.TALKING or call is None:
            self._talking_to = ""
            return False
        if not call.is_up or call.held_since is not None or call.consultation_of is not None:
            return False
        turned = call.call_id != self._talking_to
        self._talking_to = call.call_id
        return turned

    def _is_calling_back(self, state: DeskState) -> bool:
        """Whether the operator is reading a notification to the citizen called for it."""
        is_outgoing = state.call is not None and state.call.direction is Direction.OUTGOING
        return is_outgoing and self._columns.current is self._columns.call_backs

    def _waits_for_answer(self, state: DeskState) -> bool:
        """Whether the card belongs to a ringing call and is configured to appear on answer."""
        card = state.card
        shown_at = self._presenters.own_desk.state.look.card_at
        if card is None or shown_at == "ring" or card.direction != "incoming":
            return False
        return card.answered_at is None and card.ended_at is None

    def _message_is_of_another(self, page: Page, state: DeskState) -> bool:
        """Whether the message being written belongs to another call than the active card."""
        if page is not self._columns.message or state.card is None:
            return False
        return self._presenters.message.call_id not in (None, state.card.id)

    def _leave_card(self, page: Page) -> None:
        """Leaves a closed card for the list; focus remains if the operator types elsewhere.

        Returns to an open review, or to the page that a ringing call covered.
        """
        if self._presenters.reviews.is_open:
            self._turning.show_review()
            return
        focused = QApplication.focusWidget()
        elsewhere = (
            focused is not None and not page.widget.isAncestorOf(focused) and self._is_typing()
        )
        if self._rung_over is not None and self._rung_over[0] is not self._columns.journal:
            covered, caret = self._rung_over
            self._turning.show(covered)
            if not elsewhere and not caret.give_back():
                covered.widget.setFocus()
            return
        self._turning.show(self._columns.journal)
        if not elsewhere:
            self._columns.journal.widget.table.setFocus()

    def _is_typing(self) -> bool:
        """Whether the focus is in a text field; a ringing call never takes it from there."""
        focused = QApplication.focusWidget()
        return focused is not None and bool(focused.inputMethodQuery(Qt.InputMethodQuery.ImEnabled))
