"""Spell-check for the text fields: asks a speller on a thread of its own, remembers its answers."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.notices import Notice
from console.spelling.hunspell import NoDictionary
from console.spelling.speller import Speller

LOG = logging.getLogger(__name__)
# Hunspell's words come back in 0.2 s, and most slips of a text stand near each other.
REST_EVERY_MS = 120_000


class SpellingStatus(StrEnum):
    """Whether words are checked, and if not, why."""

    OFF = "off"
    LOADING = "loading"
    READY = "ready"
    NO_DICTIONARY = "no_dictionary"


class SpellingPresenter(QObject):
    """Answers at once what is known of a word, and tells when more is; GUI thread only.

    Nothing is loaded before the first word is asked about.
    """

    checked = Signal()  # words were judged, or count otherwise now: ask again
    suggested = Signal()  # similar words are shown
    told = Signal(object)  # Notice

    def __init__(
        self,
        open_speller: Callable[[], Speller],
        worker: Executor,
        deliveries: Deliveries,
        *,
        enabled: bool,
        parent: QObject | None = None,
        rest_every_ms: int = REST_EVERY_MS,
    ) -> None:
        """``open_speller`` runs on the worker and raises NoDictionary; the worker has one
        thread."""
        super().__init__(parent)
        self._open_speller = open_speller
        self._worker = worker
        self._deliveries = deliveries
        self._speller: Speller | None = None  # the worker's own
        self._verdicts: dict[str, bool] = {}
        self._asked: set[str] = set()
        self._waiting: set[str] = set()
        self._sending = QTimer(self)
        self._sending.setSingleShot(True)
        self._sending.setInterval(0)
        self._sending.timeout.connect(self._send)
        self._resting = QTimer(self)
        self._resting.setInterval(rest_every_ms)
        self._resting.timeout.connect(self._rest)
        self.status = SpellingStatus.LOADING if enabled else SpellingStatus.OFF
        self._loading = False

    def is_wrong(self, word: str) -> bool:
        """Whether the word is known to be misspelled; ``checked`` follows when it was not known."""
        verdict = self._verdicts.get(word)
        if verdict is None:
            self._ask(word)
            return False
        return not verdict

    def is_pending(self, word: str) -> bool:
        return word not in self._verdicts and self._can_check()

    def when_checked(self, go_on: Callable[[], None]) -> None:
        """Call back on the GUI thread once everything asked so far is answered."""
        self._send()
        self._deliveries.deliver(self._worker.submit(lambda: None), lambda _none: go_on())

    def suggest(self, word: str, show: Callable[[tuple[str, ...]], None]) -> None:
        """Call ``show`` on the GUI thread with what may have been meant."""

        def find() -> tuple[str, ...]:
            return () if self._speller is None else self._speller.suggestions(word)

        def shown(found: tuple[str, ...]) -> None:
            show(found)
            self.suggested.emit()

        self._deliveries.deliver(self._worker.submit(find), shown)

    def add(self, word: str) -> None:
        """Count the word as right from now on, also after the next start."""

        def write() -> None:
            if self._speller is not None:
                self._speller.add(word)

        self._deliveries.deliver(
            self._worker.submit(write), lambda _none: self._forget(), self._not_added, (OSError,)
        )

    def read_city(self) -> None:
        """The directory has changed: its words count as right."""

        def read() -> None:
            if self._speller is not None:
                self._speller.read_city()

        if self.status is SpellingStatus.READY:
            self._deliveries.deliver(self._worker.submit(read), lambda _none: self._forget())

    def tell_status(self) -> None:
        """Say in words why nothing is underlined, or that nothing is wrong."""
        head, body = words.spelling.status(self.status.value)
        self.told.emit(Notice(head, body))

    def close(self) -> None:
        """Finish what is being written and give the memory back; any thread."""

        def end() -> None:
            if self._speller is not None:
                self._speller.close()
                self._speller = None

        self._worker.submit(end)
        self._worker.shutdown(wait=True)

    # --- behind it ---

    def _can_check(self) -> bool:
        return self.status in (SpellingStatus.LOADING, SpellingStatus.READY)

    def _ask(self, word: str) -> None:
        if not self._can_check():
            return
        if not self._loading:
            self._loading = True
            self._deliveries.deliver(
                self._worker.submit(self._load), self._loaded, self._not_loaded, (NoDictionary,)
            )
        if word not in self._asked:
            self._asked.add(word)
            self._waiting.add(word)
            self._sending.start()

    def _load(self) -> None:
        self._speller = self._open_speller()

    def _loaded(self, _none: None) -> None:
        self.status = SpellingStatus.READY
        self._resting.start()

    def _rest(self) -> None:
        def rest() -> None:
            if self._speller is not None:
                self._speller.rest()

        if self._speller is not None:  # else the worker ends
            self._deliveries.deliver(self._worker.submit(rest), lambda _none: None)

    def _not_loaded(self, error: Exception) -> None:
        LOG.info("spell-check: no %s", error)
        self.status = SpellingStatus.NO_DICTIONARY
        self.checked.emit()

    def _send(self) -> None:
        self._sending.stop()
        if not self._waiting:
            return
        asked, self._waiting = tuple(self._waiting), set()

        def judge() -> dict[str, bool]:
            speller = self._speller
            return {} if speller is None else {word: speller.is_right(word) for word in asked}

        self._deliveries.deliver(self._worker.submit(judge), self._judged)

    def _judged(self, verdicts: dict[str, bool]) -> None:
        self._asked.difference_update(verdicts)
        self._verdicts.update(verdicts)
        self.checked.emit()

    def _forget(self) -> None:
        self._verdicts.clear()
        self._asked.clear()
        self.checked.emit()

    def _not_added(self, error: Exception) -> None:
        LOG.warning("spell-check: added words: %s", type(error).__name__)
        head, body = words.spelling.not_added()
        self.told.emit(Notice(head, body, problem=True))
