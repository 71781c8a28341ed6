"""Thread for notices: mail delivery, planned dates (Regulation 9.6), review terms (7.11).

A message is reopened on its planned date; the body is reminded shortly before, and before the end
of a rework's term (10.3).
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
"""A mail server gives a letter up after five days (RFC 5321, 4.5.4.1)."""
PLANNED = frozenset({State.PLANNED})
PLANNED_DATE_NEAR = Reminder.PLANNED_DATE_NEAR
AT_REWORK = frozenset({State.REWORK})
REWORK_TERM_NEAR = Reminder.REWORK_TERM_NEAR


@dataclass(frozen=True, slots=True)
class CityDays:
    """The city's days: the calendar is read anew each time, since people change it.

    ``remind_working_days`` before a planned date, or the end of a rework, its organ is reminded.
    """

    calendar: Callable[[], WorkingCalendar]
    sending: Callable[[], DayOfSending]
    zone: ZoneInfo
    remind_working_days: int = 1

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def is_near(self, day: date, at: datetime) -> bool:
        """Whether it is time to remind of that day."""
        first = working_days_before(day, self.remind_working_days, self.calendar())
        return self.day_of(at) >= first

    def reviews(self, waiting: Iterable[HandledMessage], at: datetime) -> ReviewsDue:
        """Which messages under review want a decision soon."""
        return reviews_due(waiting, at, self.calendar(), self.sending(), self.zone)


def keep_plans(
    handling: MessageHandling,
    outbox: NoticeOutbox,
    composer: NoticeComposer,
    days: CityDays,
    at: datetime,
) -> tuple[PlannedDateCame, ...]:
    """Open the messages whose planned date has come, and remind the organs of those near (9.6).

    Of messages of other workplaces their own workplaces see to it. Doing it again changes nothing.
    Raises what the store raises.
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
    """Remind the organs of reworks whose term ends soon, each once (10.3).

    Of messages of other workplaces their own workplaces see to it. Raises what the store raises.
    """
    for handled in handling.own_in_states(AT_REWORK):
        due, sent = composer.answer_due(handled.standing), rework_in_force(handled.history)
        if due is None or sent is None or not days.is_near(due, at):
            continue
        # a body is not reminded on the day of the letter that began the rework
        is_day_of_letter = days.day_of(sent.at) == days.day_of(at)
        if not is_day_of_letter and not outbox.has(sent.id, REWORK_TERM_NEAR):
            outbox.add(composer.reminder(REWORK_TERM_NEAR, handled, sent, at))


def _reopened(
    handling: MessageHandling, handled: HandledMessage, at: datetime
) -> tuple[PlannedDateCame, ...]:
    future = handling.take(handled.id, Step.REOPEN_PLANNED, Source.SYSTEM)
    if not isinstance(future.result(), StepDone):
        return ()  # a person or the platform was quicker
    return (PlannedDateCame(at, handled.id, str(handled.record.number or "")),)


@dataclass(frozen=True, slots=True)
class NoticePace:
    """How often the outbox and the days are looked at, and how patiently a server is tried.

    A letter waits some seconds anyhow, so that nothing needs to wake the jobs. Plans change with
    the day, which is looked at as often as the reviews; in between only new ones can be near.
    """

    tick_s: float = 5.0
    days_s: float = 60.0
    bounces_s: float = 120.0
    plans_s: float = 600.0
    first_delay_s: float = 5.0
    longest_delay_s: float = 300.0


@dataclass(frozen=True, slots=True)
class _Wait:
    """A wait by the wall clock; it is over, too, when that was set back by as much."""

    began_at: datetime
    length_s: float

    def is_over(self, now: datetime) -> bool:
        return abs(now - self.began_at) >= timedelta(seconds=self.length_s)


class NoticeJobs(Service):
    """Runs the jobs of notices on a thread of its own until it is stopped.

    Events come on that thread. It may end with the process at any moment: a letter that was under
    way is sent once more at most.
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
        """Without ``mail`` letters become call-back tasks; ``bounces`` has returned letters."""
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
        """What the days bring, and the letters; True when there are more of those."""
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
        """Take the letters that came back; a mailbox that cannot be read holds up nothing else."""
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
        """Keep the plans, at once on another day; their messages are all read for that."""
        today = self._days.day_of(now)
        is_time = self._plans_wait is None or self._plans_wait.is_over(now)
        if is_time or today != self._today:
            for came in keep_plans(self._handling, self._outbox, self._composer, self._days, now):
                self._on_event(came)
            remind_of_reworks(self._handling, self._outbox, self._composer, self._days, now)
            self._today = today
            self._plans_wait = _Wait(now, self._pace.plans_s)

    def _look_at_reviews(self, now: datetime) -> None:
        """Tell of messages that want a decision; once for each that comes to them."""
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
        """Tell that no letter goes out, and wait; longer after each failure in a row."""
        now = self._clock()
        if self._lost is not failure.kind:
            self._on_event(MailLost(now, failure.kind))
        self._is_reached, self._lost = False, failure.kind
        longest_s = grown_s(self._pace.first_delay_s, self._pace.longest_delay_s, self._failures)
        self._failures += 1
        self._mail_wait = _Wait(now, longest_s * random.uniform(0.5, 1.0))  # noqa: S311
