"""How the central database stands to this workplace: reached, of one mind, and up to date."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from console import words
from console.presenters.status_state import Banner, StatusItem
from sync.exchange.failures import FailureKind
from sync.exchange.feed_reader import FeedStatus
from sync.exchange.sender_events import (
    BatchSent,
    CentralLost,
    CentralReached,
    ClockCompared,
    RowPoisoned,
    SenderEvent,
    SentAgain,
    ServerRefused,
    ServersAgree,
)

HELD_LONG = timedelta(minutes=10)
"""So long the centre may hold up its own news before the window says so under the call bar."""


class CentreHealth:
    """Keeps the newest of each fact that the sender told, and puts them into words."""

    def __init__(self, *, is_wanted: bool, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        """``is_wanted`` is what the settings say: without a centre nothing is wrong with it."""
        self.is_wanted = is_wanted
        self._zone = zone
        self._clock = clock
        self.feed: Callable[[], FeedStatus] | None = None
        """How what comes from the centre stands; None where nothing does."""
        self._lost_at: datetime | None = None
        self._lost_kind: FailureKind | None = None
        self._reached = False
        self._refused_server: ServerRefused | None = None
        self._clock_told: ClockCompared | None = None

    @property
    def is_reached(self) -> bool | None:
        """None until it is known."""
        if self._lost_at is not None:
            return False
        return True if self._reached else None

    @property
    def clock_ahead_s(self) -> float | None:
        """How far the clock here is off; None where it is right or was not compared."""
        return None if self._clock_told is None else self._clock_told.ahead_s

    def receive(self, event: SenderEvent) -> None:
        match event:
            case CentralReached():
                self._lost_at, self._reached = None, True
            case CentralLost():
                self._lost_at, self._lost_kind = self._lost_at or event.at, event.kind
                self._reached = False
            case ServerRefused():
                self._refused_server = event
            case ServersAgree():
                self._refused_server = None
            case ClockCompared():
                self._clock_told = event if event.is_wrong else None
            case BatchSent() | RowPoisoned() | SentAgain():
                pass
            case _:
                assert_never(event)

    # --- as words ---

    def item(self) -> StatusItem:
        """The centre in the status bar."""
        if not self.is_wanted:
            return StatusItem("check-circle-fill", words.status.database_local(), "ok")
        if self._lost_at is not None:
            text = words.status.database_away(self._since(self._lost_at))
            reason = words.status.central_reason(self._lost_kind) if self._lost_kind else ""
            known = self._feed_line(self._feed_status(), self._clock())
            detail = "\n".join(line for line in (reason, known) if line)
            return StatusItem("warning-fill", text, "warn", detail)
        if not self._reached:
            return StatusItem("minus-circle", words.status.database_connecting(), "text-2")
        if self._refused_server is not None:
            head = words.status.server_refused(self._refused_server)
            return StatusItem("warning-fill", words.status.database_reached(), "warn", head)
        feed, now = self._feed_status(), self._clock()
        behind = self._behind_since(feed, now)
        if behind is not None:
            return StatusItem("warning-fill", self._feed_behind(behind), "warn", self._why(feed))
        detail = self._feed_line(feed, now)
        return StatusItem("check-circle-fill", words.status.database_reached(), "ok", detail)

    def clock_item(self) -> StatusItem | None:
        """That the clock of this computer is wrong by the centre's."""
        told = self._clock_told
        if told is None:
            return None
        text = words.status.clock_wrong(told.ahead_s)
        return StatusItem("warning-fill", text, "warn", words.status.clock_advice())

    def banner(self, now: datetime, waiting: int) -> Banner | None:
        """What is grave enough to stand under the call bar, with so many records ``waiting``."""
        if not self.is_wanted:
            return None
        if self._lost_at is not None:
            head = words.status.central_away_head(self._since(self._lost_at), self._lost_kind)
            return Banner("warn", head, words.status.central_away_body(waiting))
        if self._refused_server is not None:
            return Banner(
                "warn",
                words.status.server_refused(self._refused_server),
                words.status.server_refused_body(),
            )
        feed = self._feed_status()
        if feed is not None and feed.has_looked and feed.read.held_since is not None:
            since = feed.read.held_since
            if now - since >= HELD_LONG:
                return Banner("warn", f"{self._feed_behind(since)}.", words.status.feed_held())
        return None

    def _feed_status(self) -> FeedStatus | None:
        return None if self.feed is None else self.feed()

    def _behind_since(self, feed: FeedStatus | None, now: datetime) -> datetime | None:
        """Since when news of the centre are missing; None too until it was asked for them."""
        return feed.read.behind_since(now) if feed is not None and feed.has_looked else None

    def _feed_behind(self, since: datetime) -> str:
        return words.status.feed_behind(self._since(since))

    def _since(self, at: datetime) -> str:
        return words.formats.since(at, self._clock(), self._zone)

    def _feed_line(self, feed: FeedStatus | None, now: datetime) -> str:
        """Up to when what comes from the centre is here; empty where nothing can come."""
        if feed is None:
            return ""
        if feed.read.read_at is None:
            return words.status.feed_never()
        last = feed.read.read_at.astimezone(self._zone)
        return words.status.feed_until(last, now.astimezone(self._zone))

    def _why(self, feed: FeedStatus | None) -> str:
        is_held = feed is not None and feed.read.held_since is not None
        return words.status.feed_held() if is_held else words.status.feed_stopped()
