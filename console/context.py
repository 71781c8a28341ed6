"""Shared context of the console's features, signals of replicated changes, and opening hours.

The context contains the stores, executors and settings. The signals are for the GUI thread only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.deliveries import Deliveries
from console.core.idle_queue import AfterPainting
from console.core.milestones import Milestones
from console.core.paper import Drawing
from console.core.services import STOP_DEADLINE_S, Beginnings
from console.core.settings.current import ChosenSettings
from console.core.settings.workplace import CITY_ZONE, ConsoleSettings
from console.shared.messages.terms import CityCalendar
from console.shared.texts.reader import TextReader
from kb.store import Directory
from sync.exchange.claims import OperatorSignIn
from sync.exchange.feed_reader import FeedEvent, FeedLost, FeedReached, FeedRefused, FeedTaken
from sync.exchange.supervision import ServiceBoard
from sync.records.feed_values import Feed
from sync.register.calendar.line_hours import Interval, LineHours, is_out_of_hours
from sync.register.calls.planned import PlannedOvertaken
from sync.store.local.calls.missed import ClaimBoard
from sync.store.local.city import CityStore
from sync.store.local.messages.handling import StepsOvertaken
from sync.store.local.register import RegisterStore

LOG = logging.getLogger(__name__)
GATHER_MS = 1000  # minimum interval between two reported directory changes


class Arrivals(QObject):
    """Signals of changes in the local stores. GUI thread only."""

    is_directory_shared = False
    """Whether the directory is replicated from the central database."""

    directory = Signal()
    city = Signal()
    messages = Signal()
    overtaken = Signal(object)  # StepsOvertaken
    settings = Signal()
    history = Signal()  # call history of other workplaces
    incidents = Signal()
    claims = Signal()  # callback locks of other operators
    planned = Signal()  # scheduled callbacks of any workplace
    planned_overtaken = Signal(object)  # PlannedOvertaken
    reached = Signal()  # the central database is available

    def __init__(self, parent: QObject | None = None, *, gather_ms: int = GATHER_MS) -> None:
        super().__init__(parent)
        self._has_more = False
        self._gathers = QTimer(self)
        self._gathers.setSingleShot(True)
        self._gathers.setInterval(gather_ms)
        self._gathers.timeout.connect(self._tell_gathered)

    def receive(self, event: FeedEvent | StepsOvertaken | PlannedOvertaken) -> None:
        """Emits the signals of a feed event."""
        match event:
            case FeedTaken(feed=feed):
                self._tell(feed)
            case FeedRefused(feed=feed, code=code):
                LOG.error("feed: cannot write: %s: %s", feed.value, code)
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
        """Emits immediately, then at most once per interval while an editor changes several
        entries.

        Each signal reloads authority names, topics and search terms.
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


Stop = tuple[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Shared:
    """Stores, threads and settings of this console; ``parent`` owns every presenter.

    ``stops`` run in reverse order at exit, each with a name for the log.
    """

    settings: ConsoleSettings
    chosen: ChosenSettings
    """The same settings as edited on the settings pages."""
    settings_worker: ThreadPoolExecutor
    resources: Path
    register: RegisterStore
    directory: Directory
    city_store: CityStore
    calendar: CityCalendar
    readers: ThreadPoolExecutor
    unhurried: AfterPainting
    """Executor on the same threads for reloads: they run after the change that caused them is
    painted.
    """
    reader: TextReader
    """Checks texts for all features and recognises the people of the directory."""
    thinker: ThreadPoolExecutor
    directory_writer: ThreadPoolExecutor
    deliveries: Deliveries
    arrivals: Arrivals
    milestones: Milestones
    parent: QObject
    beginnings: Beginnings
    people: OperatorSignIn | None
    """Signs operators in against the central database; None without one."""
    services: ServiceBoard
    """Health of the background threads, shown in status and diagnostics."""
    stops: list[Stop] = field(default_factory=list)
    drawing: Drawing = field(default_factory=Drawing)
    claim_board: ClaimBoard = field(default_factory=ClaimBoard)
    """Callback locks of other workplaces, received with the feed."""

    def __post_init__(self) -> None:
        self.stops.insert(0, ("papers", partial(self.drawing.stop, STOP_DEADLINE_S)))


def line_of_file(settings: ConsoleSettings) -> LineHours:
    """Opening hours of the settings file; they apply until the city defines its own."""
    day = (
        Interval(time.fromisoformat(settings.line_opens), time.fromisoformat(settings.line_closes)),
    )
    week = tuple(day if weekday in settings.line_days else () for weekday in range(7))
    return LineHours(week=week, moved_working_day=day)


def out_of_hours(calendar: CityCalendar) -> Callable[[datetime], bool]:
    """Returns a predicate that is True outside the opening hours valid at the time of the call."""
    return lambda at: is_out_of_hours(
        at, calendar.line.hours, CITY_ZONE, calendar.is_working_day, calendar.is_short_day
    )
