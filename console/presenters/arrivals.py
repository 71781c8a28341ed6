"""What the feed has brought from the centre, told to whoever shows it."""

from __future__ import annotations

import logging
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from sync.exchange.feed_reader import FeedEvent, FeedLost, FeedReached, FeedRefused, FeedTaken
from sync.store.feed_values import Feed
from sync.store.handling_feed import StepsOvertaken

LOG = logging.getLogger(__name__)


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
    reached = Signal()  # the centre answers, again or for the first time

    def receive(self, event: FeedEvent | StepsOvertaken) -> None:
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
            case _:
                assert_never(event)

    def _tell(self, feed: Feed) -> None:
        match feed:
            case Feed.DIRECTORY:
                self.is_directory_shared = True
                self.directory.emit()
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
            case _:
                assert_never(feed)
