"""Locks the main page by key or after idle time; the sign-in page then shows calls and faults.

GUI thread only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from console.core.default_keys import ANYWHERE, Key
from console.core.settings.workplace import CITY_ZONE
from console.core.view_data import Notice
from console.features.call_bar import locked_words
from console.features.call_bar.locked_view import LockedCallCard
from console.features.sign_in import words as sign_in_words
from console.features.sign_in.page import SignInPage
from console.features.sign_in.presenter import SignInPresenter
from console.features.training import words as training_words
from console.shared.session.live_calls import LineState
from console.shell.main_window import MainWindow
from console.shell.page_presenters import DeskPresenters

# Global hotkeys allowed on the lock page: a person passing by cannot answer a call.
LOCKED_KEYS = (Key.MUTE_ANYWHERE, Key.HANG_UP_ANYWHERE)


class DeskLock(QObject):
    """Locks the main page by showing the sign-in page. GUI thread only."""

    def __init__(
        self,
        window: MainWindow,
        sign_in: SignInPresenter,
        sign_in_page: SignInPage,
        presenters: DeskPresenters,
        call: LockedCallCard,
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
        self._call = call
        sign_in_page.place_call(call)
        window.became_idle.connect(self.lock_when_idle)
        presenters.calls.told.connect(self._tell_of_call)
        presenters.calls.overtaken.connect(lambda _notice: self._call.show_problem(""))
        presenters.desk.changed.connect(lambda state: self._tell(state.line))
        presenters.status.changed.connect(lambda _state: self._tell(presenters.desk.state.line))

    def lock(self, *, is_idle: bool = False) -> None:
        """Shows the lock page; an active call continues, and its card retains unsaved input."""
        presenters = self._presenters
        if self.is_locked:
            return
        if self._is_training:
            if not is_idle:
                presenters.notices.tell(Notice(training_words.is_never_locked()))
            return
        self._sign_in.lock(is_idle=is_idle)
        presenters.operator_state.lock()
        presenters.answers.undo.forget()  # another operator may unlock
        presenters.persons.close()
        self._call.begin()
        self._window.show_page(self._sign_in_page)
        self._sign_in_page.focus_first()
        self._tell(presenters.desk.state.line)

    def lock_when_idle(self) -> None:
        """Locks after idle time, but not during a call."""
        busy = self._presenters.desk.state.line in (
            LineState.RINGING,
            LineState.DIALLING,
            LineState.TALKING,
        )
        if busy:
            self._window.restart_idleness()
        else:
            self.lock(is_idle=True)

    @property
    def is_locked(self) -> bool:
        """Whether the sign-in page is shown."""
        return self._window.shown_page() is self._sign_in_page

    def press(self, key: Key) -> None:
        """Handles a global hotkey while locked."""
        if self.is_locked and key in LOCKED_KEYS:
            self._call.press(ANYWHERE[key])

    def _tell_of_call(self, notice: Notice) -> None:
        """Shows a call notice on the lock page, because the notice bar is hidden."""
        if self.is_locked:
            self._call.show_problem(f"{notice.head}. {notice.body}" if notice.body else notice.head)

    def _tell(self, line: LineState) -> None:
        if not self.is_locked:
            return
        saved_at = self._presenters.desk.state.saved_at
        self._call.show_hidden(
            locked_words.hidden(None if saved_at is None else saved_at.astimezone(CITY_ZONE))
        )
        ringing = line is LineState.RINGING
        banner = self._presenters.status.state.banner
        is_grave = banner is not None and banner.kind == "danger"
        waiting = self._presenters.status.unsent_text()
        if banner is not None and is_grave:
            waiting = f"{banner.head} {banner.body}"
        self._sign_in.show_notice(sign_in_words.call_while_locked() if ringing else waiting)
