"""Screen reader announcements: calls, hold, wrap-up, longer lists and incident texts.

A toast is announced by its own widget. GUI thread only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from console.core.default_keys import Key
from console.core.keymap import shown
from console.features.call_backs.presenter import CallBacksPresenter, CallBackState
from console.features.call_bar.block_content import BlockContent, StripContent
from console.features.call_bar.presenter import CallBarPresenter, CallBarState
from console.features.incidents.watch import IncidentWatch, SaidText, WatchState
from console.features.journal.presenter import JournalList, JournalPresenter, JournalState
from console.features.review.queue import QueueState, ReviewQueuePresenter
from console.shared.session.operator_state import OperatorStatePresenter
from console.shell import words as shell_words
from console.shell.page_presenters import DeskPresenters
from console.ui.keyboard import announce

LAST_SECONDS = 10  # of a wrap-up; enough time to extend it
_URGENT = ("accent", "danger")  # a ringing call, and a fault


@dataclass(frozen=True, slots=True)
class Announcement:
    """One sentence; an urgent announcement interrupts the current speech."""

    text: str
    is_urgent: bool = False


class AnnouncementsPresenter(QObject):
    """Converts state changes into sentences to announce. GUI thread only."""

    said = Signal(object)  # Announcement

    def __init__(
        self,
        call_bar: CallBarPresenter,
        operator_state: OperatorStatePresenter,
        journal: JournalPresenter,
        queue: ReviewQueuePresenter,
        call_backs: CallBacksPresenter,
        incidents: IncidentWatch,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._operator_state = operator_state
        bar = call_bar.state
        self._block = _spoken(bar.block)
        self._marks = _marks(bar.block)
        self._strip = _spoken_strip(bar.strip)
        self._text = incidents.state.said
        self._news = incidents.state.news
        self._counts: dict[str, int] = {}
        self._wrap_up = QTimer(self)
        self._wrap_up.setSingleShot(True)
        self._wrap_up.timeout.connect(self.wrap_up_ends_soon)
        call_bar.changed.connect(self._bar_changed)
        operator_state.changed.connect(self._state_changed)
        journal.changed.connect(self._journal_changed)
        queue.changed.connect(self._queue_changed)
        call_backs.changed.connect(self._call_backs_changed)
        incidents.changed.connect(self._incidents_changed)

    # --- calls ---

    def _bar_changed(self, state: CallBarState) -> None:
        block, marks, strip = _spoken(state.block), _marks(state.block), _spoken_strip(state.strip)
        urgent = state.block.tint in _URGENT
        if block != self._block:
            self._say(shell_words.line(*block, state.block.detail), urgent)
        for mark in marks:
            if mark not in self._marks:
                self._say(mark, urgent)
        if strip is not None and strip != self._strip:
            self._say(shell_words.line(strip[1], strip[0], ""), True)
        self._block, self._marks, self._strip = block, marks, strip

    # --- wrap-up ---

    def _state_changed(self, _status: object) -> None:
        left_s = self._operator_state.wrap_up_left_s - LAST_SECONDS
        if left_s > 0:
            self._wrap_up.start(round(left_s * 1000))
        else:
            self._wrap_up.stop()

    def wrap_up_ends_soon(self) -> None:
        """Announces the last seconds of the wrap-up."""
        key = shown(Key.HOLD) if self._operator_state.may_extend else ""
        self._say(shell_words.wrap_up_ends(LAST_SECONDS, key))

    # --- lists ---

    def _journal_changed(self, state: JournalState) -> None:
        missed = state.counts.get(JournalList.MISSED)
        if missed is not None:
            self._counted("missed", missed, shell_words.missed)

    def _queue_changed(self, state: QueueState) -> None:
        self._counted("review", len(state.rows), shell_words.under_review)

    def _call_backs_changed(self, state: CallBackState) -> None:
        self._counted("call-backs", state.waiting, shell_words.to_call_back)

    # --- incidents ---

    def _incidents_changed(self, state: WatchState) -> None:
        before, text = self._text, state.said
        news_before, news = self._news, state.news
        self._text, self._news = text, news
        if before is not None and not before.ended and (text is None or text.ended):
            self._say(shell_words.incident_ended(before.title))
        elif text is not None and not text.ended and _official(text) != _official(before):
            is_same = before is not None and before.incident_id == text.incident_id
            self._say(shell_words.incident(text.title, text.text, is_changed=is_same))
        if news is not None and (news_before is None or news.head != news_before.head):
            self._say(shell_words.line("", news.head, news.body))

    def _counted(self, name: str, count: int, sentence: Callable[[int], str]) -> None:
        """Announces a count that has grown; the initial count is not announced."""
        before = self._counts.get(name)
        self._counts[name] = count
        if before is not None and count > before:
            self._say(sentence(count))

    def _say(self, text: str, is_urgent: bool = False) -> None:
        self.said.emit(Announcement(text, is_urgent))


def _official(text: SaidText | None) -> tuple[UUID, str] | None:
    return None if text is None else (text.incident_id, text.text)


def _spoken(block: BlockContent) -> tuple[str, str]:
    """Parts that trigger an announcement when they change; other parts change too often."""
    return block.word, block.title


def _marks(block: BlockContent) -> tuple[str, ...]:
    return tuple(mark[0] for mark in (block.pill, block.recording) if mark is not None)


def _spoken_strip(strip: StripContent | None) -> tuple[str, str] | None:
    return None if strip is None else (strip.text, strip.word)


class Announcements(QObject):
    """Announces to the screen reader while the page is visible. GUI thread only."""

    def __init__(self, page: QWidget, presenters: DeskPresenters) -> None:
        super().__init__(page)
        self._page = page
        presenter = AnnouncementsPresenter(
            presenters.call_bar,
            presenters.operator_state,
            presenters.journal,
            presenters.reviews.queue,
            presenters.call_backs,
            presenters.incidents,
            parent=self,
        )
        presenter.said.connect(self._say)

    def _say(self, said: Announcement) -> None:
        if self._page.isVisible():  # no caller data while the screen is locked
            announce(self._page, said.text, is_urgent=said.is_urgent)
