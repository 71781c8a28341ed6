"""Thread for periodic maintenance, its jobs and events; hourly publication of audit chain heads.

The heads go to the worker's log and, if configured, to a mailbox. A database owner who rewrites a
chain cannot change the published heads.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.exchange.failures import KNOWN_ERRORS, FailureKind, Permanent, classify
from sync.exchange.mail.smtp import (
    Delivered,
    MailPort,
    MailSecurity,
    NotNow,
    SmtpMail,
    SmtpSettings,
    Undeliverable,
)
from sync.exchange.supervision import Service
from sync.register.audit import Anchor, head_facts
from sync.register.handling.notices import RenderedNotice
from sync.store.central.partitions import MonthMade
from sync.store.local.calls.recordings import SoundsErased
from sync.store.local.people.retention import TermsPassed

DAY_S = 86_400.0
LOOK_S = 60.0
AGAIN_S = 600.0  # database unavailable, or tables locked


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """A partition was created, normally before its month; ``moved`` rows were moved into it."""

    at: datetime
    table: str
    period: str
    moved: int


@dataclass(frozen=True, slots=True)
class JobFailed:
    """A job failed and will be retried; ``code`` is the SQLSTATE, if there is one."""

    at: datetime
    job: str
    kind: FailureKind
    code: str


@dataclass(frozen=True, slots=True)
class HeadsTold:
    """Heads of the audit chains, for a log that outlives the database."""

    at: datetime
    heads: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class HeadsNotMailed:
    """The mail with the heads was not sent; ``code`` is the server's or an internal one."""

    at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class ChangesForgotten:
    """``count`` changes were deleted from the feed's log after all workplaces applied them."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class TermsEnded:
    """Personal data were erased from records at the end of the retention period.

    ``notes`` is the number of notes in shift handover reports.
    """

    at: datetime
    calls: int
    messages: int
    notes: int = 0


@dataclass(frozen=True, slots=True)
class SearchesForgotten:
    """Search texts were deleted from ``count`` rows of the directory's file."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class ErasuresTaken:
    """``count`` records were erased here because they were erased in the central database."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class SoundsRemoved:
    """Recordings of erased calls were deleted; ``left`` files could not be deleted yet."""

    at: datetime
    removed: int
    left: int


@dataclass(frozen=True, slots=True)
class CoursesKept:
    """Summaries of ``count`` messages were updated, after an upgrade or a long absence."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class FeedWritten:
    """The directory's public feed was written with this number of entries."""

    at: datetime
    entries: int


@dataclass(frozen=True, slots=True)
class FeedNotWritten:
    """The folder of the public feed cannot be written; ``code`` is the system's errno name."""

    at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class StaleMailed:
    """Stale entries were mailed to the authority that owns them; ``owner`` is its key in the
    directory.
    """

    at: datetime
    owner: str
    entries: int


@dataclass(frozen=True, slots=True)
class StaleNotMailed:
    """Stale entries could not be mailed to an authority; ``code`` is the reason."""

    at: datetime
    owner: str
    entries: int
    code: str


DailyEvent = (
    MonthAhead
    | JobFailed
    | HeadsTold
    | HeadsNotMailed
    | ChangesForgotten
    | TermsEnded
    | SearchesForgotten
    | ErasuresTaken
    | SoundsRemoved
    | CoursesKept
    | FeedWritten
    | FeedNotWritten
    | StaleMailed
    | StaleNotMailed
)


@dataclass(frozen=True, slots=True)
class DailyJob:
    """Named maintenance job; ``run`` returns events and raises the database's errors."""

    name: str
    run: Callable[[datetime], Sequence[DailyEvent]]


def months_ahead(make: Callable[[], Sequence[MonthMade]]) -> DailyJob:
    """Returns the job that creates the partitions of the next months."""
    return DailyJob(
        "partitions",
        lambda at: [MonthAhead(at, month.table, month.period, month.moved) for month in make()],
    )


def log_shortened(forget: Callable[[datetime], int]) -> DailyJob:
    """Returns the job that trims the change log; ``forget`` receives the current time."""

    def run(at: datetime) -> Sequence[DailyEvent]:
        count = forget(at)
        return [ChangesForgotten(at, count)] if count else []

    return DailyJob("feed_log", run)


def terms_end(end: Callable[[datetime], TermsPassed]) -> DailyJob:
    """Returns the job that applies retention periods; no event if nothing was erased."""

    def run(at: datetime) -> Sequence[DailyEvent]:
        passed = end(at)
        if not (passed.calls or passed.messages or passed.notes):
            return ()
        return [TermsEnded(at, passed.calls, passed.messages, passed.notes)]

    return DailyJob("terms", run)


def searches_forgotten(name: str, forget: Callable[[datetime], int]) -> DailyJob:
    """Returns a job that deletes search texts; no event if none were deleted."""

    def run(at: datetime) -> Sequence[DailyEvent]:
        count = forget(at)
        return [SearchesForgotten(at, count)] if count else ()

    return DailyJob(name, run)


def erasures_taken(take: Callable[[datetime], int]) -> DailyJob:
    """Returns the job that applies erasures requested in the central database."""

    def run(at: datetime) -> Sequence[DailyEvent]:
        count = take(at)
        return [ErasuresTaken(at, count)] if count else ()

    return DailyJob("erasures", run)


def sounds_end(end: Callable[[], SoundsErased]) -> DailyJob:
    """Returns the job that deletes recordings of erased calls; no event if there are none."""

    def run(at: datetime) -> Sequence[DailyEvent]:
        ended = end()
        if not ended.removed and not ended.left:
            return ()
        return [SoundsRemoved(at, ended.removed, ended.left)]

    return DailyJob("sounds", run)


def courses_kept(keep: Callable[[], int], told_from: int) -> DailyJob:
    """Returns the job that refreshes message summaries; event from ``told_from`` messages."""

    def run(at: datetime) -> Sequence[DailyEvent]:
        count = keep()
        return [CoursesKept(at, count)] if count >= told_from else ()

    return DailyJob("courses", run)


@dataclass(slots=True)
class _Turn:
    """Times of the last run of a job by the wall clock and the monotonic clock, and the interval
    until the next run.
    """

    job: DailyJob
    ran_at: datetime
    awake_s: float
    wait_s: float = 0.0

    def has_come(self, at: datetime, awake_s: float) -> bool:
        """Whether the job is due.

        Two clocks are used: the monotonic one pauses while the computer sleeps, the other may be
        set.
        """
        passed_s = max(awake_s - self.awake_s, abs((at - self.ran_at).total_seconds()))
        return passed_s >= self.wait_s


class DailyJobs(Service):
    """Runs each job at the start and then once per ``day_s``, on a dedicated thread.

    A job that failed for an external reason is reported and retried after ``again_s``; it does not
    delay other jobs. Time in which the computer sleeps is counted.
    """

    def __init__(
        self,
        jobs: Sequence[DailyJob],
        on_event: Callable[[DailyEvent], None],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        awake_s: Callable[[], float] = time.monotonic,
        again_s: float = AGAIN_S,
        day_s: float = DAY_S,
        look_s: float = LOOK_S,
        name: str = "daily jobs",
    ) -> None:
        """Creates the thread; both clocks are read every ``look_s`` seconds.

        ``clock`` may be set by the user, ``awake_s`` is monotonic.
        """
        super().__init__(name)
        self._jobs = jobs
        self._on_event = on_event
        self._clock = clock
        self._awake_s = awake_s
        self._look_s = min(look_s, again_s, day_s)
        self._again_s = again_s
        self._day_s = day_s

    def _run(self) -> None:
        at, awake_s = self._clock(), self._awake_s()
        turns = [_Turn(job, at, awake_s) for job in self._jobs]
        while not self._stopping.is_set():
            for turn in turns:
                at, awake_s = self._clock(), self._awake_s()
                if turn.has_come(at, awake_s) and not self._stopping.is_set():
                    turn.ran_at, turn.awake_s = at, awake_s
                    turn.wait_s = self._day_s if self._has_run(turn.job, at) else self._again_s
            self._stopping.wait(self._look_s)

    def _has_run(self, job: DailyJob, at: datetime) -> bool:
        try:
            events = job.run(at)
        except KNOWN_ERRORS as error:
            failure = classify(error)
            if isinstance(failure, Permanent):
                raise  # our own requests are rejected only because of a bug
            self._on_event(JobFailed(at, job.name, failure.kind, failure.code))
            return False
        for event in events:
            self._on_event(event)
        return True


HOUR_S = 3600.0
PASSWORD_VARIABLE = "EDINYI_NOMER_MAIL_PASSWORD"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Recipient of audit heads and the mail server to use."""

    address: str
    mail: MailPort


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options for the mailbox and its server to the worker's parser."""
    group = parser.add_argument_group(
        "mail", f"for audit heads and stale entries; the password is read from {PASSWORD_VARIABLE}"
    )
    group.add_argument(
        "--heads-to", metavar="ADDRESS", help="mailbox outside the control of the database owner"
    )
    group.add_argument("--mail-host", help="SMTP server")
    group.add_argument("--mail-port", type=int, help="SMTP port (default: by --mail-security)")
    group.add_argument(
        "--mail-security",
        choices=[security.value for security in MailSecurity],
        default=MailSecurity.STARTTLS.value,
        help="encryption (default: %(default)s)",
    )
    group.add_argument("--mail-sender", metavar="ADDRESS", help="sender address")
    group.add_argument("--mail-user", default="", help="user name (default: no authentication)")
    group.add_argument("--mail-ca-file", type=Path, help="CA certificates to verify the server")


def mailbox_of(options: argparse.Namespace) -> Mailbox | None:
    """Returns the mailbox of the options, None without one; raises MailSettingsInvalid."""
    return None if options.heads_to is None else Mailbox(options.heads_to, mail_of(options))


def mail_of(options: argparse.Namespace) -> SmtpMail:
    """Returns the mail server of the options; raises MailSettingsInvalid."""
    settings = SmtpSettings(
        host=options.mail_host or "",
        sender=options.mail_sender or "",
        sender_name="",
        port=options.mail_port,
        security=MailSecurity(options.mail_security),
        user=options.mail_user,
        password=os.environ.get(PASSWORD_VARIABLE, "") if options.mail_user else "",
        ca_file=options.mail_ca_file,
    )
    return SmtpMail(settings, lambda: datetime.now(UTC))


def anchoring(heads: Callable[[], tuple[Anchor, ...]], mailbox: Mailbox | None = None) -> DailyJob:
    """Returns the job that reports the audit heads and mails them if they have changed."""
    mailed: tuple[Anchor, ...] = ()

    def run(at: datetime) -> Sequence[DailyEvent]:
        nonlocal mailed
        found = heads()
        told = HeadsTold(at, found)
        if mailbox is None or found == mailed:
            return [told]
        match _mailed(mailbox, found, at):
            case Delivered():
                mailed = found
                return [told]
            case Undeliverable(code):
                return [told, HeadsNotMailed(at, code)]
            case NotNow(kind=kind):
                return [told, HeadsNotMailed(at, kind.value)]

    return DailyJob("audit_heads", run)


def _mailed(
    mailbox: Mailbox, heads: tuple[Anchor, ...], at: datetime
) -> Delivered | Undeliverable | NotNow:
    moment = at.isoformat(timespec="seconds")
    # One line per head, because mail servers wrap long lines.
    lines = [json.dumps({"heads": [facts]}) for facts in head_facts(heads)]
    text = "\n".join(lines)
    letter = RenderedNotice(f"audit heads {moment}", text, f"<pre>{text}</pre>", spoken="")
    header_id = mailbox.mail.header_id(f"audit-heads-{at.timestamp():.0f}")
    try:
        return mailbox.mail.send(mailbox.address, letter, header_id)
    finally:
        mailbox.mail.close()
