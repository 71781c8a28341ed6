"""Locks the main page by key or after idle time; the sign-in page then shows calls and faults.

GUI thread only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from console.core.view_data import Notice
from console.features.sign_in import words as sign_in_words
from console.features.sign_in.page import SignInPage
from console.features.sign_in.presenter import SignInPresenter
from console.features.training import words as training_words
from console.shared.session.live_calls import LineState
from console.shell.main_window import MainWindow
from console.shell.page_presenters import DeskPresenters


class DeskLock(QObject):
    """Hides the desk behind the page that asks who works here; belongs to the GUI thread."""

    def __init__(
        self,
        window: MainWindow,
        sign_in: SignInPresenter,
        sign_in_page: SignInPage,
        presenters: DeskPresenters,
        *,
        is_training: bool,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._sign_in = sign_in
        self._sign_in_page = sign_in_page
        self._presenters = presenters
        self._is_training = is_training
        window.became_idle.connect(self.lock_when_idle)
        presenters.desk.changed.connect(lambda state: self._tell(state.line))
        presenters.status.changed.connect(lambda _state: self._tell(presenters.desk.state.line))

    def lock(self, *, is_idle: bool = False) -> None:
        """Hide the desk; a call that is up goes on, and its card keeps what was typed."""
        presenters = self._presenters
        if self._window.shown_page() is self._sign_in_page:
            return
        if self._is_training:
            if not is_idle:
                presenters.notices.tell(Notice(training_words.is_never_locked()))
            return
        self._sign_in.lock(is_idle=is_idle)
        presenters.operator_state.lock()
        presenters.answers.undo.forget()  # somebody else may unlock the desk
        presenters.persons.close()
        self._window.show_page(self._sign_in_page)
        self._sign_in_page.focus_first()
        self._tell(presenters.desk.state.line)

    def lock_when_idle(self) -> None:
        """A long talk without a key is no idleness: the lock waits for the end of the call."""
        busy = self._presenters.desk.state.line in (
            LineState.RINGING,
            LineState.DIALLING,
            LineState.TALKING,
        )
        if busy:
            self._window.restart_idleness()
        else:
            self.lock(is_idle=True)

    def _tell(self, line: LineState) -> None:
        if self._window.shown_page() is not self._sign_in_page:
            return
        ringing = line is LineState.RINGING
        banner = self._presenters.status.state.banner
        is_grave = banner is not None and banner.kind == "danger"
        waiting = self._presenters.status.unsent_text()
        if banner is not None and is_grave:
            waiting = f"{banner.head} {banner.body}"
        self._sign_in.show_notice(sign_in_words.call_while_locked() if ringing else waiting)
