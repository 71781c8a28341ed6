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
    """Follows the desk; who types or reads elsewhere is left there where that is right."""

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
        self._talking_to = ""  # the call whose card the operator was brought to last
        self._shown: UUID | None = None  # the card that was brought to the front last
        # the page that a ring has put a card over, with what had the keyboard there
        self._rung_over: tuple[Page, KeptCaret] | None = None
        presenters.desk.changed.connect(self._follow)

    def forget_page(self) -> None:
        """Somebody else may sit here now: no page is waiting behind the card."""
        self._rung_over = None

    def _follow(self, state: DeskState) -> None:
        page = self._columns.current
        answered = self._has_turned(state)
        talking = state.line is LineState.TALKING
        if answered:
            self._rung_over = None
        if state.card is None and talking:
            # Its record is being written: what is said and typed meanwhile goes into it.
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
            return  # A letter was typed into the card that is shown.
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
        # What was asked for beside the card in front is ended by nothing that happens to that card.
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
            # Answering is the operator's own act: the caret goes where the first words belong.
            self._turning.show(self._columns.card)
            self._columns.card.widget.focus_content()

    def _has_turned(self, state: DeskState) -> bool:
        """Whether the operator has just turned to a caller by answering or taking him up again.

        Holding somebody, a consultation and the way back from it are no such turns.
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
        """Whether the text of a notice is being read to somebody who was called for it."""
        is_outgoing = state.call is not None and state.call.direction is Direction.OUTGOING
        return is_outgoing and self._columns.current is self._columns.call_backs

    def _waits_for_answer(self, state: DeskState) -> bool:
        """Whether the card in front is of a call that only rings, and is to stay out of sight."""
        card = state.card
        shown_at = self._presenters.own_desk.state.look.card_at
        if card is None or shown_at == "ring" or card.direction != "incoming":
            return False
        return card.answered_at is None and card.ended_at is None

    def _message_is_of_another(self, page: Page, state: DeskState) -> bool:
        """Whether the message being written belongs to another call than the card in front."""
        if page is not self._columns.message or state.card is None:
            return False
        return self._presenters.message.call_id not in (None, state.card.id)

    def _leave_card(self, page: Page) -> None:
        """The card has gone: show the list, and leave the caret where somebody types elsewhere.

        Whoever was checking a message when the call came goes back to it, and whoever was on a page
        that only a ring has put the card over finds that page again.
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
        """Whether the caret stands where letters go: a ring never takes it away from there."""
        focused = QApplication.focusWidget()
        return focused is not None and bool(focused.inputMethodQuery(Qt.InputMethodQuery.ImEnabled))
