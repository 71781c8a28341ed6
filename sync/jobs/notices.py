"""Thread for notifications: mail delivery, promised dates (9.6), review deadlines (7.11).

A message is reopened on its promised date; the authority is reminded shortly before, and before the
end of a rework deadline (10.3).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.errors import MailboxUnreadable, StoreError
from sync.exchange.failures import grown_s
from sync.exchange.mail.bounces import BounceBox, take_bounces
from sync.exchange.mail.composer import NoticeComposer
from sync.exchange.mail.delivery import (
    BouncesUnread,
    DeliverySettings,
    MailLost,
    MailReached,
    NoticeEvent,
    PlannedDateCame,
    ReviewTermsNear,
    deliver,
)
from sync.exchange.mail.smtp import MailFailure, MailPort, NotNow
from sync.exchange.supervision import Service
from sync.register.calendar.calendar import WorkingCalendar
from sync.register.calendar.terms import DayOfSending
from sync.register.handling.clocks import (
    ReviewsDue,
    plan_in_force,
    reviews_due,
    rework_in_force,
    working_days_before,
)
from sync.register.handling.events import Source, Step
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.notices import Reminder
from sync.register.messages import REVIEWED, State
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.notices import NoticeOutbox

RETURNED_WITHIN = timedelta(days=7)
"""A mail server gives up delivery after five days (RFC 5321, section 4.5.4.1)."""
PLANNED = frozenset({State.PLANNED})
PLANNED_DATE_NEAR = Reminder.PLANNED_DATE_NEAR
AT_REWORK = frozenset({State.REWORK})
REWORK_TERM_NEAR = Reminder.REWORK_TERM_NEAR


@dataclass(frozen=True, slots=True)
class CityDays:
    """City calendar; it is read for each use, because users edit it.

    The authority is reminded ``remind_working_days`` before a promised date or the end of a rework.
    """

    calendar: Callable[[], WorkingCalendar]
    sending: Callable[[], DayOfSending]
    zone: ZoneInfo
    remind_working_days: int = 1

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def is_near(self, day: date, at: datetime) -> bool:
        """Whether a reminder of that day is due."""
        first = working_days_before(day, self.remind_working_days, self.calendar())
        return self.day_of(at) >= first

    def reviews(self, waiting: Iterable[HandledMessage], at: datetime) -> ReviewsDue:
        """Returns the messages under review with a near or missed deadline."""
        return reviews_due(waiting, at, self.calendar(), self.sending(), self.zone)


def keep_plans(
    handling: MessageHandling,
    outbox: NoticeOutbox,
    composer: NoticeComposer,
    days: CityDays,
    at: datetime,
) -> tuple[PlannedDateCame, ...]:
    """Reopens messages on their promised date and queues reminders for near dates (9.6).

    Each workplace handles only its own messages. Idempotent. Raises the errors of the database.
    """
    came: list[PlannedDateCame] = []
    for handled in handling.own_in_states(PLANNED):
        planned_on, plan = handled.standing.planned_on, plan_in_force(handled.history)
        if planned_on is None or plan is None:
            continue
        if days.day_of(at) >= planned_on:
            came += _reopened(handling, handled, at)
        elif days.is_near(planned_on, at) and not outbox.has(plan.id, PLANNED_DATE_NEAR):
            outbox.add(composer.reminder(PLANNED_DATE_NEAR, handled, plan, at))
    return tuple(came)


def remind_of_reworks(
    handling: MessageHandling,
    outbox: NoticeOutbox,
    composer: NoticeComposer,
    days: CityDays,
    at: datetime,
) -> None:
    """Queues one reminder per rework with a near deadline (Regulation 10.3).

    Each workplace handles only its own messages. Raises the errors of the database.
    """
    for handled in handling.own_in_states(AT_REWORK):
        due, sent = composer.answer_due(handled.standing), rework_in_force(handled.history)
        if due is None or sent is None or not days.is_near(due, at):
            continue
        # No reminder on the day on which the rework was requested.
        is_day_of_letter = days.day_of(sent.at) == days.day_of(at)
        if not is_day_of_letter and not outbox.has(sent.id, REWORK_TERM_NEAR):
            outbox.add(composer.reminder(REWORK_TERM_NEAR, handled, sent, at))


def _reopened(
    handling: MessageHandling, handled: HandledMessage, at: datetime
) -> tuple[PlannedDateCame, ...]:
    future = handling.take(handled.id, Step.REOPEN_PLANNED, Source.SYSTEM)
    if not isinstance(future.result(), StepDone):
        return ()  # an operator or the platform was faster
    return (PlannedDateCame(at, handled.id, str(handled.record.number or "")),)


@dataclass(frozen=True, slots=True)
class NoticePace:
    """Intervals in seconds.

    The outbox needs no wake-up, because a mail is delayed by some seconds anyway. Promised dates
    change with the day, which is checked as often as the reviews; between days only new plans can
    be near.
    """

    tick_s: float = 5.0
    days_s: float = 60.0
    bounces_s: float = 120.0
    plans_s: float = 600.0
    first_delay_s: float = 5.0
    longest_delay_s: float = 300.0


@dataclass(frozen=True, slots=True)
class _Wait:
    """Waiting time measured with the wall clock; it also ends if the clock is set back by the same
    amount.
    """

    began_at: datetime
    length_s: float

    def is_over(self, now: datetime) -> bool:
        return abs(now - self.began_at) >= timedelta(seconds=self.length_s)


class NoticeJobs(Service):
    """Runs the notification jobs on a dedicated thread until it is stopped.

    Events are emitted on that thread. The process may end at any time; a mail in progress is then
    sent at most once more.
    """

    def __init__(
        self,
        handling: MessageHandling,
        outbox: NoticeOutbox,
        composer: NoticeComposer,
        mail: MailPort | None,
        days: CityDays,
        on_event: Callable[[NoticeEvent], None],
        *,
        bounces: BounceBox | None = None,
        settings: DeliverySettings | None = None,
        pace: NoticePace | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Creates the thread; without ``mail`` notifications become callback tasks."""
        super().__init__("notices")
        self._handling = handling
        self._outbox = outbox
        self._composer = composer
        self._mail = mail
        self._days = days
        self._bounces = bounces
        self._bounces_wait: _Wait | None = None
        self._bounces_lost = ""
        self._on_event = on_event
        self._settings = settings or DeliverySettings()
        self._pace = pace or NoticePace()
        self._clock = clock
        self._lost: MailFailure | None = None
        self._is_reached = False
        self._failures = 0
        self._mail_wait: _Wait | None = None
        self._days_wait: _Wait | None = None
        self._plans_wait: _Wait | None = None
        self._today: date | None = None
        self._reviews = ReviewsDue((), ())

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                is_more = self._round(self._clock())
            except StoreError:
                is_more = False
                self._lose(NotNow(MailFailure.STORE, may_have_it=False))
            if not is_more:
                self._stopping.wait(self._pace.tick_s)

    def _round(self, now: datetime) -> bool:
        """Processes dates, bounces and due mails; True if more mails are due."""
        if self._days_wait is None or self._days_wait.is_over(now):
            self._look_at_plans(now)
            self._look_at_reviews(now)
            self._days_wait = _Wait(now, self._pace.days_s)
        self._look_at_bounces(now)
        self._outbox.note_outcomes(now)
        if self._mail_wait is not None and not self._mail_wait.is_over(now):
            return False
        result = deliver(self._outbox, self._mail, now, self._settings, self._stopping.is_set)
        if result.is_reached:
            self._reach()
        for event in result.events:
            self._on_event(event)
        if result.failure is not None:
            self._lose(result.failure)
        return result.is_more

    def _look_at_bounces(self, now: datetime) -> None:
        """Processes bounces; an unreadable mailbox does not block the other jobs."""
        is_time = self._bounces_wait is None or self._bounces_wait.is_over(now)
        if self._bounces is None or not is_time:
            return
        self._bounces_wait = _Wait(now, self._pace.bounces_s)
        try:
            for event in take_bounces(self._outbox, self._bounces, now - RETURNED_WITHIN, now):
                self._on_event(event)
            self._bounces_lost = ""
        except MailboxUnreadable as error:
            if error.code != self._bounces_lost:
                self._on_event(BouncesUnread(now, error.code))
            self._bounces_lost = error.code

    def _look_at_plans(self, now: datetime) -> None:
        """Processes promised dates when the interval has passed or the day has changed; reads all
        messages with such dates.
        """
        today = self._days.day_of(now)
        is_time = self._plans_wait is None or self._plans_wait.is_over(now)
        if is_time or today != self._today:
            for came in keep_plans(self._handling, self._outbox, self._composer, self._days, now):
                self._on_event(came)
            remind_of_reworks(self._handling, self._outbox, self._composer, self._days, now)
            self._today = today
            self._plans_wait = _Wait(now, self._pace.plans_s)

    def _look_at_reviews(self, now: datetime) -> None:
        """Reports messages with a near or missed review deadline, once for each new one."""
        due = self._days.reviews(self._handling.in_states(REVIEWED), now)
        is_new = set(due.near) - set(self._reviews.near) or set(due.over) - set(self._reviews.over)
        self._reviews = due
        if is_new:
            self._on_event(ReviewTermsNear(now, len(due.near), len(due.over)))

    def _reach(self) -> None:
        if not self._is_reached:
            self._on_event(MailReached(self._clock()))
        self._is_reached, self._lost, self._failures, self._mail_wait = True, None, 0, None

    def _lose(self, failure: NotNow) -> None:
        """Reports that mail is unavailable and waits, longer after each consecutive failure."""
        now = self._clock()
        if self._lost is not failure.kind:
            self._on_event(MailLost(now, failure.kind))
        self._is_reached, self._lost = False, failure.kind
        longest_s = grown_s(self._pace.first_delay_s, self._pace.longest_delay_s, self._failures)
        self._failures += 1
        self._mail_wait = _Wait(now, longest_s * random.uniform(0.5, 1.0))  # noqa: S311
