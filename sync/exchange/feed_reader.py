"""The thread that brings all receivers of the central change feed up to date; its events."""

from __future__ import annotations

import logging
import random
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sync.errors import NotTaken
from sync.exchange.central_choice import Watchdog
from sync.exchange.failures import READING_ERRORS, FailureKind, Transient, classify, grown_s
from sync.exchange.feed import AsidePort, FeedTarget, Taken, catch_up, compare
from sync.exchange.supervision import Service
from sync.records.feed_values import UNREADABLE, Feed
from sync.store.central.feed import CentralFeed
from sync.store.local.outbox import FeedRead

LOG = logging.getLogger(__name__)

UNREAD = "unread"
"""Code of a feed with an unreadable item that was not quarantined."""
KEPT_EVERY = timedelta(minutes=1)
NOTHING_READ = FeedRead()


@dataclass(frozen=True, slots=True)
class FeedTaken:
    """A receiver has applied ``count`` items, or a full snapshot."""

    feed: Feed
    count: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class FeedRefused:
    """A receiver could not store changes.

    Emitted once until it can or the reason changes.
    """

    feed: Feed
    code: str


@dataclass(frozen=True, slots=True)
class FeedLost:
    """The feed cannot be read. Emitted once until it is readable again or the reason changes."""

    kind: FailureKind


@dataclass(frozen=True, slots=True)
class FeedReached:
    """The feed is readable again and all receivers are up to date."""


FeedEvent = FeedTaken | FeedRefused | FeedLost | FeedReached


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """State of the feed.

    - ``read``: time up to which all receivers are up to date, and blocked changes.
    - ``has_looked``: the central database was polled since the start, successfully or not.
    - ``hears``: change notifications are received without polling.
    - ``aside``: number of quarantined items.
    """

    kind: FailureKind | None = None
    read: FeedRead = FeedRead()
    has_looked: bool = False
    hears: bool = False
    aside: int = 0


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """Intervals of the feed, in seconds.

    - ``poll_s``: range of the random poll interval, which spreads the load of 1,000 workplaces.
    - ``spread_s``: longest random delay between a change notification and the poll.
    - ``held_s``: first poll interval for changes that cannot be applied yet; it then grows.
    """

    poll_s: tuple[float, float] = (15.0, 30.0)
    spread_s: float = 0.5
    held_s: float = 0.25
    compare_s: float = 24 * 3600.0
    first_delay_s: float = 0.5
    longest_delay_s: float = 60.0
    answer_limit_s: float = 15.0


class FeedReader(Service):
    """Thread ``feed``, which brings the receivers up to date until it is stopped.

    ``on_event`` is called on this thread. A failing receiver does not block the others.
    """

    def __init__(
        self,
        central: CentralFeed,
        targets: Sequence[FeedTarget],
        on_event: Callable[[FeedEvent], None],
        *,
        settings: FeedSettings | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        kept: FeedRead = NOTHING_READ,
        keep: Callable[[FeedRead], object] = lambda _read: None,
        aside: AsidePort | None = None,
    ) -> None:
        """Creates the thread without starting it.

        ``keep`` saves the freshness of the feed. It is called on the feed thread once a minute, and
        when changes become blocked or unblocked; its last value is passed at the next start.
        Without ``aside`` an unreadable item stops its feed.
        """
        super().__init__("feed")
        self._central = central
        self._targets = tuple(targets)
        self._on_event = on_event
        self._settings = settings or FeedSettings()
        self._clock = clock
        self._watchdog = Watchdog(central.abort, self._settings.answer_limit_s)
        central.guard = self._watchdog.watching
        self._status = FeedStatus(read=kept)
        self._kept, self._keep = NOTHING_READ, keep
        self._aside = aside
        self._has_read = False
        self._refused: dict[Feed, str] = {}
        self._failures = 0
        self._held_looks = 0
        self._compared_at, self._compare_wait = self._clock(), self._next_comparison()
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._woken.setblocking(False)

    def wake(self) -> None:
        """Triggers a poll. Thread-safe; do not call after ``stop``."""
        try:
            self._wake.send(b"\0")
        except BlockingIOError:
            return  # the buffer is full of wake-up bytes

    def status(self) -> FeedStatus:
        """Returns the state of the feed. Thread-safe."""
        return self._status

    def stop(self, deadline_s: float) -> bool:
        """Stops after the current batch; True if the thread has ended by the deadline."""
        self._halt()
        if not self._join(deadline_s / 2):
            self._central.abort()
            if not self._join(deadline_s / 2):
                return False
        self._wake.close()
        self._woken.close()
        return True

    def _interrupt(self) -> None:
        self.wake()

    def _run(self) -> None:
        try:
            self._look_all()
        finally:
            self._central.close()

    def _look_all(self) -> None:
        while not self._stopping.is_set():
            try:
                is_held = self._read()
                self._reached()
                self._wait(self._next_look_s(is_held))
            except READING_ERRORS as error:
                self._failed(error)

    def _read(self) -> bool:
        """Brings every receiver up to date; True if some changes cannot be applied yet."""
        if not self._central.is_connected:
            self._central.connect()
        held: list[datetime] = []
        # The absolute difference, so a clock that was set back does not delay the comparison.
        must_compare = abs(self._clock() - self._compared_at) >= self._compare_wait
        for target in self._targets:
            if self._stopping.is_set():
                return False
            try:
                taken = catch_up(self._central, target, self._aside)
                self._tell(target, taken)
                if (
                    must_compare
                    and (renewed := compare(self._central, target, self._aside)) is not None
                ):
                    self._tell(target, renewed)
            except NotTaken as error:
                self._refuse(target.feed, error.code)
                continue
            except UNREADABLE as error:
                LOG.warning(
                    "feed: %s: changes not applied: %s", target.feed.value, type(error).__name__
                )
                self._refuse(target.feed, UNREAD)
                continue
            self._refused.pop(target.feed, None)
            if taken.held_since is not None:
                held.append(taken.held_since)
        if must_compare:
            self._compared_at, self._compare_wait = self._clock(), self._next_comparison()
        # A receiver that failed to write is not up to date.
        read_at = self._status.read.read_at if self._refused else self._clock()
        read = FeedRead(read_at, min(held, default=None))
        aside = 0 if self._aside is None else sum(self._aside.counts().values())
        self._status = replace(
            self._status, read=read, has_looked=True, hears=self._central.hears, aside=aside
        )
        self._keep_read(read)
        return bool(held)

    def _keep_read(self, read: FeedRead) -> None:
        if read.read_at is None:
            return
        kept = self._kept
        is_old = kept.read_at is None or abs(read.read_at - kept.read_at) >= KEPT_EVERY
        if is_old or (kept.held_since is None) != (read.held_since is None):
            self._kept = read
            self._keep(read)

    def _tell(self, target: FeedTarget, taken: Taken) -> None:
        if taken.count or taken.is_whole:
            self._on_event(FeedTaken(target.feed, taken.count, taken.is_whole))

    def _refuse(self, feed: Feed, code: str) -> None:
        if self._refused.get(feed) != code:
            self._refused[feed] = code
            self._on_event(FeedRefused(feed, code))

    def _wait(self, timeout_s: float) -> None:
        heard = self._central.wait(timeout_s, self._woken)
        self._empty_wake()
        if heard:
            self._stopping.wait(random.uniform(0.0, self._settings.spread_s))  # noqa: S311
            self._central.hear()  # drops notifications that the next poll covers

    def _empty_wake(self) -> None:
        try:
            self._woken.recv(4096)
        except BlockingIOError:
            return

    def _reached(self) -> None:
        self._failures = 0
        if not self._has_read or self._status.kind is not None:
            self._has_read = True
            self._status = replace(self._status, kind=None)
            self._on_event(FeedReached())

    def _failed(self, error: Exception) -> None:
        kind = self._kind(error)
        self._central.close()
        if self._stopping.is_set():
            return
        if self._status.kind is not kind:
            self._status = replace(self._status, kind=kind, has_looked=True, hears=False)
            self._on_event(FeedLost(kind))
        longest_s = grown_s(
            self._settings.first_delay_s, self._settings.longest_delay_s, self._failures
        )
        self._failures += 1
        # Full jitter, as in the sender; ``wake`` ends the wait.
        self._central.wait(random.uniform(0.0, longest_s), self._woken)  # noqa: S311
        self._empty_wake()

    def _kind(self, error: Exception) -> FailureKind:
        if self._watchdog.has_bitten:
            return FailureKind.TIMED_OUT
        match classify(error):
            case Transient(kind):
                return kind
            case _:
                return FailureKind.OTHER

    def _next_look_s(self, is_held: bool) -> float:
        poll_s = random.uniform(*self._settings.poll_s)  # noqa: S311
        if not is_held:
            self._held_looks = 0
            return poll_s
        self._held_looks += 1
        return grown_s(self._settings.held_s, poll_s, self._held_looks - 1)

    def _next_comparison(self) -> timedelta:
        wait_s = self._settings.compare_s * random.uniform(0.75, 1.0)  # noqa: S311
        return timedelta(seconds=wait_s)
