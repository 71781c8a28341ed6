"""What the feed has brought from the centre, told to whoever shows it."""

from __future__ import annotations

import logging
from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from sync.exchange.feed_reader import FeedEvent, FeedLost, FeedReached, FeedRefused, FeedTaken
from sync.register.planned_calls import PlannedOvertaken
from sync.store.feed_values import Feed
from sync.store.handling_feed import StepsOvertaken

LOG = logging.getLogger(__name__)
GATHER_MS = 1000  # between two changes of the directory that are told


class Arrivals(QObject):
    """Signals of what has changed in this workplace's stores; GUI thread."""

    is_directory_shared = False
    """Whether the directory of this workplace is the centre's."""

    directory = Signal()
    city = Signal()
    messages = Signal()
    overtaken = Signal(object)  # StepsOvertaken
    settings = Signal()
    history = Signal()  # what callers of other workplaces told
    incidents = Signal()
    claims = Signal()  # who of the team calls whom
    planned = Signal()  # promised calls of any workplace
    planned_overtaken = Signal(object)  # PlannedOvertaken
    reached = Signal()  # the centre answers, again or for the first time

    def __init__(self, parent: QObject | None = None, *, gather_ms: int = GATHER_MS) -> None:
        super().__init__(parent)
        self._has_more = False
        self._gathers = QTimer(self)
        self._gathers.setSingleShot(True)
        self._gathers.setInterval(gather_ms)
        self._gathers.timeout.connect(self._tell_gathered)

    def receive(self, event: FeedEvent | StepsOvertaken | PlannedOvertaken) -> None:
        """Tell of an event of the feed."""
        match event:
            case FeedTaken(feed=feed):
                self._tell(feed)
            case FeedRefused(feed=feed, code=code):
                LOG.error("feed %s cannot be written: %s", feed.value, code)
            case FeedLost(kind=kind):
                LOG.warning("feed: %s", kind.value)
            case FeedReached():
                LOG.info("feed: up to date")
                self.reached.emit()
            case StepsOvertaken():
                self.overtaken.emit(event)
            case PlannedOvertaken():
                self.planned_overtaken.emit(event)
            case _:
                assert_never(event)

    def _tell_directory(self) -> None:
        """At once, or with what comes meanwhile where somebody edits one entry after another.

        Each time names of bodies, topics and what was searched for are read anew.
        """
        if self._gathers.isActive():
            self._has_more = True
            return
        self._gathers.start()
        self.directory.emit()

    def _tell_gathered(self) -> None:
        if self._has_more:
            self._has_more = False
            self._tell_directory()

    def _tell(self, feed: Feed) -> None:
        match feed:
            case Feed.DIRECTORY:
                self.is_directory_shared = True
                self._tell_directory()
            case Feed.CITY:
                self.city.emit()
            case Feed.HANDLING:
                self.messages.emit()
            case Feed.SETTINGS:
                self.settings.emit()
            case Feed.HISTORY:
                self.history.emit()
            case Feed.INCIDENTS:
                self.incidents.emit()
            case Feed.CLAIMS:
                self.claims.emit()
            case Feed.PLANNED:
                self.planned.emit()
            case _:
                assert_never(feed)
