"""The lock of the desk: by key and by idle time, and what a locked desk still tells."""

from __future__ import annotations

from PySide6.QtCore import QObject

from console import words
from console.presenters.live_calls import LineState
from console.presenters.notices import Notice
from console.presenters.sign_in import SignInPresenter
from console.views.desk_presenters import DeskPresenters
from console.views.main_window import MainWindow
from console.views.sign_in import SignInPage


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
                presenters.notices.tell(Notice(words.training.is_never_locked()))
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
        self._sign_in.show_notice(words.access.call_while_locked() if ringing else waiting)
