"""Thread for the city platform: submission, polling for answers, import, status news."""

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

NEWS_AGAIN_AFTER = timedelta(days=1)  # a proxy answers 404, too, while a platform is upgraded
ERRORS_IN_A_ROW = 3  # so many messages that fail the server's own way mean the server


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What one round brought.

    ``failure``: the platform does not serve us. ``is_reached``: it answered at least once.
    ``is_more``: there may be more whose turn it is.
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
    """Hand over the messages whose turn it is.

    That a POST begins is on the disk before it is sent. Where its outcome stayed unknown, the
    message is looked for on the platform before another POST. Raises what the store raises.
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
    """Ask for status and answer of the messages whose turn it is; raises what the store raises."""
    chosen = settings or JobSettings()
    job = Polling(store, platform, RoundClock(at), chosen)
    return _run(store, store.to_poll(at, chosen.batch_size), job, chosen)


def take_in_messages(
    store: PlatformIntake,
    platform: PlatformPort,
    at: datetime,
    settings: JobSettings | None = None,
) -> RoundResult:
    """Fetch what users have sent on the platform, each once; raises what the store raises."""
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
    """Tell the platform what became of messages, in order; raises what the store raises.

    With ``media`` the files of an answer go before it, and those that were late behind it.
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
        # an error of the server's own may be about this one message: the others go on
        if failure.kind is not FailureKind.SERVER_ERROR or errors_in_a_row == ERRORS_IN_A_ROW:
            store.release(claims[index + 1 :])
            return RoundResult(tuple(events), is_reached, False, failure)
    is_more = len(claims) == settings.batch_size
    return RoundResult(tuple(events), is_reached, is_more, None if is_reached else failure)


class PlatformState(StrEnum):
    """How the exchange with the platform stands."""

    UNKNOWN = "unknown"
    """There was nothing to ask of it yet."""
    REACHED = "reached"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class PlatformStatus:
    """The exchange as it stands; ``since`` is the moment of the last change."""

    state: PlatformState
    since: datetime
    kind: FailureKind | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the queue is looked at, and how patiently a platform that is away is tried."""

    tick_s: float = 5.0
    first_delay_s: float = 1.0
    longest_delay_s: float = 60.0


class PlatformJobs(Service):
    """Runs the platform's jobs on a thread of its own until it is stopped.

    ``intake`` is for what users send on the platform; without it, that is left there. ``news`` is
    what the platform is told of messages, ``media`` are the files of their answers.

    Events come on that thread. It may end with the process at any moment: what was under way is
    looked for at the next start.
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
        """Look at the queue now, as after a message was registered; any thread."""
        self._wake.set()

    def status(self) -> PlatformStatus:
        """The exchange as it stands; any thread."""
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
                    raise  # what we write ourselves is not refused but by a bug
                self._lost(Unavailable(FailureKind.STORE, may_have_it=False))
            else:
                if not is_more:
                    self._wake.wait(self._pace.tick_s)

    def _round(self) -> bool:
        """Run both jobs once; False when there is nothing more to do for now."""
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
                return True  # waited already
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
            self._news_refused_at = at  # what waits is kept
            return NOTHING_DUE
        return result

    def _reached(self) -> None:
        self._failures = 0
        if self._status.state is not PlatformState.REACHED:
            now = self._clock()
            self._status = PlatformStatus(PlatformState.REACHED, now)
            self._on_event(PlatformReached(now))

    def _lost(self, failure: Unavailable) -> None:
        """Tell that the platform is away and wait; longer after each failure in a row."""
        if self._stopping.is_set():
            return
        if self._status.kind is not failure.kind:
            now = self._clock()
            self._status = PlatformStatus(PlatformState.LOST, now, failure.kind)
            self._on_event(PlatformLost(now, failure.kind))
        longest_s = grown_s(self._pace.first_delay_s, self._pace.longest_delay_s, self._failures)
        # full jitter: many workers that lost one platform do not come back as one
        delay_s = random.uniform(0.0, longest_s)  # noqa: S311
        self._failures += 1
        # the platform's own wish is kept; else a wake ends the wait, but never makes it a storm
        unbroken_s = failure.retry_after_s or min(delay_s, self._pace.first_delay_s)
        if not self._stopping.wait(unbroken_s):
            self._wake.wait(max(0.0, delay_s - unbroken_s))
