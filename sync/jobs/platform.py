"""Thread for the city platform: submission, polling for answers, import, status updates."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import assert_never

import psycopg2

from sync.errors import CentralNotReady, StoreError
from sync.exchange.failures import Permanent, classify, grown_s
from sync.exchange.platform.events import (
    MessageEvent,
    MessageLeft,
    MessageTakenIn,
    PlatformEvent,
    PlatformLost,
    PlatformReached,
)
from sync.exchange.platform.hand_over import JobSettings, Polling, Posting, RoundClock
from sync.exchange.platform.media import follow_with_files, hand_over_files, with_files
from sync.exchange.platform.port import (
    FailureKind,
    Noted,
    NotSupported,
    PlatformPort,
    Rejected,
    Unavailable,
)
from sync.exchange.supervision import Service
from sync.store.local.messages.platform_intake import PlatformIntake, PlatformNewsQueue
from sync.store.local.messages.platform_media import PlatformMedia
from sync.store.local.messages.platform_queue import Claim, PlatformQueue

NEWS_AGAIN_AFTER = timedelta(days=1)  # a proxy also returns 404 during an upgrade of the platform
ERRORS_IN_A_ROW = 3  # consecutive server errors that count as an outage


@dataclass(frozen=True, slots=True)
class RoundResult:
    """Result of one round.

    ``failure``: the platform is unavailable. ``is_reached``: the platform responded at least once.
    ``is_more``: there may be more due items.
    """

    events: tuple[MessageEvent, ...]
    is_reached: bool
    is_more: bool
    failure: Unavailable | None


NOTHING_DUE = RoundResult((), False, False, None)


def post_messages(
    store: PlatformQueue,
    platform: PlatformPort,
    at: datetime,
    settings: JobSettings | None = None,
) -> RoundResult:
    """Submits the messages that are due.

    The start of a POST is committed before it is sent. After an unknown outcome the message is
    searched for on the platform before another POST. Raises the errors of the database.
    """
    chosen = settings or JobSettings()
    job = Posting(store, platform, RoundClock(at), chosen)
    return _run(store, store.to_post(at, chosen.batch_size), job, chosen)


def poll_messages(
    store: PlatformQueue,
    platform: PlatformPort,
    at: datetime,
    settings: JobSettings | None = None,
) -> RoundResult:
    """Polls status and answer of the messages that are due; raises the errors of the database."""
    chosen = settings or JobSettings()
    job = Polling(store, platform, RoundClock(at), chosen)
    return _run(store, store.to_poll(at, chosen.batch_size), job, chosen)


def take_in_messages(
    store: PlatformIntake,
    platform: PlatformPort,
    at: datetime,
    settings: JobSettings | None = None,
) -> RoundResult:
    """Imports messages that users sent on the platform; raises the errors of the database."""
    chosen = settings or JobSettings()
    if not store.is_due(at, chosen.intake_s):
        return NOTHING_DUE
    outcome = platform.submitted(store.since(at))
    if isinstance(outcome, Unavailable):
        return RoundResult((), False, False, outcome)
    taken = store.take_in(outcome, at)
    events: list[MessageEvent] = [
        MessageTakenIn(at, record.id, str(record.number), record.platform_id or "")
        for record in taken.records
    ]
    events += [MessageLeft(at, one.platform_id, one.code) for one in taken.left]
    return RoundResult(tuple(events), True, False, None)


def tell_news(
    store: PlatformNewsQueue,
    platform: PlatformPort,
    at: datetime,
    settings: JobSettings | None = None,
    media: PlatformMedia | None = None,
) -> RoundResult | NotSupported:
    """Posts pending status updates in order; raises the errors of the database.

    With ``media``, files of an answer are uploaded before its update, and late files after it.
    """
    chosen = settings or JobSettings()
    due = store.due(at, chosen.batch_size)
    for news in due:
        failure, told = None, news.news
        if media is not None:
            failure = hand_over_files(media, platform, news.platform_id, news.event_id, at)
            told = with_files(told, media.taken(news.event_id))
        outcome = failure or platform.tell(news.platform_id, news.event_id, news.at, told)
        match outcome:
            case Noted():
                store.told(news)
            case Rejected(code):
                store.reject(news, code)
            case NotSupported():
                return outcome
            case Unavailable():
                delay_s = outcome.retry_after_s or grown_s(
                    chosen.first_delay_s, chosen.longest_delay_s, news.tries
                )
                store.put_off(news, outcome.kind.value, at + timedelta(seconds=delay_s))
                return RoundResult((), False, False, outcome)
            case _:
                assert_never(outcome)
    late = () if media is None else follow_with_files(media, platform, at, chosen.batch_size)
    if isinstance(late, Unavailable):
        return RoundResult((), False, False, late)
    is_reached = bool(due) or bool(late)
    return RoundResult((), is_reached, len(due) == chosen.batch_size, None)


def _run(
    store: PlatformQueue,
    claims: tuple[Claim, ...],
    job: Posting | Polling,
    settings: JobSettings,
) -> RoundResult:
    events: list[MessageEvent] = []
    failure: Unavailable | None = None
    is_reached = False
    errors_in_a_row = 0
    for index, claim in enumerate(claims):
        outcome = job.carry_on(claim)
        if not isinstance(outcome, Unavailable):
            is_reached, errors_in_a_row = True, 0
            events += [] if outcome is None else [outcome]
            continue
        failure, errors_in_a_row = outcome, errors_in_a_row + 1
        # A server error may concern only this message; the others continue.
        if failure.kind is not FailureKind.SERVER_ERROR or errors_in_a_row == ERRORS_IN_A_ROW:
            store.release(claims[index + 1 :])
            return RoundResult(tuple(events), is_reached, False, failure)
    is_more = len(claims) == settings.batch_size
    return RoundResult(tuple(events), is_reached, is_more, None if is_reached else failure)


class PlatformState(StrEnum):
    """State of the exchange with the platform."""

    UNKNOWN = "unknown"
    """No request was necessary yet."""
    REACHED = "reached"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class PlatformStatus:
    """Status of the exchange; ``since`` is the time of the last change."""

    state: PlatformState
    since: datetime
    kind: FailureKind | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """Interval of the queue checks, and retry delays while the platform is unavailable."""

    tick_s: float = 5.0
    first_delay_s: float = 1.0
    longest_delay_s: float = 60.0


class PlatformJobs(Service):
    """Runs the platform jobs on a dedicated thread until it is stopped.

    ``intake`` imports messages of users; without it they are not imported. ``news`` are the status
    updates, ``media`` the files of answers.

    Events are emitted on that thread. The process may end at any time; an unfinished submission is
    searched for on the platform after the next start.
    """

    def __init__(
        self,
        store: PlatformQueue,
        platform: PlatformPort,
        on_event: Callable[[PlatformEvent], None],
        *,
        intake: PlatformIntake | None = None,
        news: PlatformNewsQueue | None = None,
        media: PlatformMedia | None = None,
        settings: JobSettings | None = None,
        pace: Pace | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__("platform")
        self._store = store
        self._intake = intake
        self._news = news
        self._media = media
        self._platform = platform
        self._on_event = on_event
        self._settings = settings or JobSettings()
        self._pace = pace or Pace()
        self._clock = clock
        self._status = PlatformStatus(PlatformState.UNKNOWN, clock())
        self._failures = 0
        self._news_refused_at: datetime | None = None
        self._wake = threading.Event()

    def wake(self) -> None:
        """Triggers a check of the queue, for example after a registration. Thread-safe."""
        self._wake.set()

    def status(self) -> PlatformStatus:
        """Returns the status of the exchange. Thread-safe."""
        return self._status

    def _interrupt(self) -> None:
        self._wake.set()

    def _run(self) -> None:
        try:
            self._rounds()
        finally:
            self._platform.close()

    def _rounds(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                is_more = self._round()
            except (StoreError, CentralNotReady, psycopg2.Error) as error:
                if isinstance(classify(error), Permanent):
                    raise  # our own rows are rejected only because of a bug
                self._lost(Unavailable(FailureKind.STORE, may_have_it=False))
            else:
                if not is_more:
                    self._wake.wait(self._pace.tick_s)

    def _round(self) -> bool:
        """Runs all jobs once; False if nothing more is due."""
        is_more = False
        for run in (self._post, self._poll, self._take_in, self._tell_news):
            if self._stopping.is_set():
                return False
            result = run(self._clock())
            if result.is_reached:
                self._reached()
            for event in result.events:
                self._on_event(event)
            if result.failure is not None:
                self._lost(result.failure)
                return True  # the delay has already elapsed
            is_more |= result.is_more
        return is_more

    def _post(self, at: datetime) -> RoundResult:
        return post_messages(self._store, self._platform, at, self._settings)

    def _poll(self, at: datetime) -> RoundResult:
        return poll_messages(self._store, self._platform, at, self._settings)

    def _take_in(self, at: datetime) -> RoundResult:
        if self._intake is None:
            return NOTHING_DUE
        return take_in_messages(self._intake, self._platform, at, self._settings)

    def _tell_news(self, at: datetime) -> RoundResult:
        refused_at = self._news_refused_at
        is_left_alone = refused_at is not None and abs(at - refused_at) < NEWS_AGAIN_AFTER
        if self._news is None or is_left_alone:
            return NOTHING_DUE
        result = tell_news(self._news, self._platform, at, self._settings, self._media)
        if isinstance(result, NotSupported):
            self._news_refused_at = at  # pending updates remain queued
            return NOTHING_DUE
        return result

    def _reached(self) -> None:
        self._failures = 0
        if self._status.state is not PlatformState.REACHED:
            now = self._clock()
            self._status = PlatformStatus(PlatformState.REACHED, now)
            self._on_event(PlatformReached(now))

    def _lost(self, failure: Unavailable) -> None:
        """Reports that the platform is unavailable and waits, longer after each failure."""
        if self._stopping.is_set():
            return
        if self._status.kind is not failure.kind:
            now = self._clock()
            self._status = PlatformStatus(PlatformState.LOST, now, failure.kind)
            self._on_event(PlatformLost(now, failure.kind))
        longest_s = grown_s(self._pace.first_delay_s, self._pace.longest_delay_s, self._failures)
        # Full jitter, to prevent workers from reconnecting simultaneously.
        delay_s = random.uniform(0.0, longest_s)  # noqa: S311
        self._failures += 1
        # Honours Retry-After; otherwise ``wake`` ends the wait, but not before the first delay.
        unbroken_s = failure.retry_after_s or min(delay_s, self._pace.first_delay_s)
        if not self._stopping.wait(unbroken_s):
            self._wake.wait(max(0.0, delay_s - unbroken_s))
