"""Command ``worker``: headless process for the central database, for all workplaces.

Daily it creates partitions, trims the change log and applies retention periods. Hourly it publishes
the audit chain heads. Every ten seconds it refreshes the message summaries for reports. With a city
platform configured, it submits messages, polls for their answers, imports messages that users send
there and reports every action to the platform. On request it writes the directory's public feed
every five minutes and mails stale entries to their owners.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.errors import PlatformSettingsInvalid
from sync.exchange.central_choice import Watchdog
from sync.exchange.platform.events import PlatformEvent
from sync.exchange.platform.hand_over import JobSettings
from sync.exchange.platform.open311 import AuthorField, PlatformClient, PlatformSettings
from sync.jobs import daily as anchoring
from sync.jobs.daily import (
    DailyEvent,
    DailyJob,
    DailyJobs,
    courses_kept,
    log_shortened,
    months_ahead,
    terms_end,
)
from sync.jobs.directory import StalePace, feed_written, stale_mailed
from sync.jobs.platform import Pace, PlatformJobs
from sync.records.feed_values import DocumentEntity
from sync.store.central.administration import earlier_clock, forget_changes
from sync.store.central.audit import audit_heads
from sync.store.central.connection import central_transaction
from sync.store.central.courses import AT_ONCE, add_courses, keep_courses
from sync.store.central.intake.messages import CentralPlatformIntake
from sync.store.central.partitions import MonthMade, make_ahead
from sync.store.central.persons import end_central_terms
from sync.store.central.platform_news import CentralPlatformMedia, CentralPlatformNews
from sync.store.central.platform_queue import CentralPlatformQueue
from sync.store.central.shared_documents import SharedDocument, newest_documents
from sync.store.central.stale_letters import begin_letter, end_letter
from sync.store.local.people.retention import Terms, term_days

KEY_VARIABLE = "EDINYI_NOMER_PLATFORM_KEY"
ANSWER_LIMIT_S = 15.0  # a frozen database server still acknowledges TCP
FEED_EVERY_S = 300.0
COURSES_EVERY_S = 10.0  # reports count later changes themselves
COURSES_LIMIT_S = 20.0  # for one batch of summaries after an upgrade
_OF_A_PLATFORM = ("jurisdiction", "key_file", "services", "ca_file", "proxy", "retry_rejected")
STOP_S = 120.0  # longer than any request to a platform


def add_command(commands: Any) -> None:
    """Adds ``worker`` to the commands of ``python -m sync``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "worker",
        help="maintain the central database and exchange data with the city platform",
        description=(
            "Runs until SIGTERM next to the central database and prints one JSON object per event. "
            f"The API key of the platform is read from {KEY_VARIABLE} or from a file."
        ),
    )
    parser.add_argument("--dsn", required=True, help="central database: libpq keywords or URI")
    parser.add_argument(
        "--platform",
        metavar="URL",
        help="base URL of the platform's Open311 API (default: database maintenance only)",
    )
    add_platform_options(parser)
    pace, settings = Pace(), JobSettings()
    parser.add_argument(
        "--tick-s", type=float, default=pace.tick_s, help="interval of queue checks in seconds"
    )
    parser.add_argument(
        "--poll-s",
        type=float,
        default=settings.poll_s,
        help="polling interval of a message in seconds",
    )
    parser.add_argument(
        "--settle-s",
        type=float,
        default=settings.settle_s,
        help="maximum processing time at the platform of a request without a response, in seconds",
    )
    parser.add_argument(
        "--intake-s",
        type=float,
        default=settings.intake_s,
        help="polling interval of new messages from users in seconds",
    )
    parser.add_argument(
        "--no-intake", action="store_true", help="do not import messages from users"
    )
    parser.add_argument("--area-code", default="", help="area code for phone numbers without one")
    parser.add_argument(
        "--retry-rejected",
        action="store_true",
        help="at start, retry rejected messages and user messages that were not imported",
    )
    for what in ("calls", "messages"):
        parser.add_argument(
            f"--{what}-days",
            type=term_days,
            default=0,
            metavar="N",
            help=f"erase personal data from {what} older than this, once a day (0: never)",
        )
    parser.add_argument(
        "--directory-feed",
        type=Path,
        metavar="FOLDER",
        help="write the public part of the directory as JSON with its schema to this folder",
    )
    parser.add_argument(
        "--stale-days",
        type=int,
        default=0,
        metavar="N",
        help="mail each authority its entries not verified for this many days (0: never)",
    )
    parser.add_argument(
        "--stale-every-days",
        type=int,
        default=30,
        metavar="N",
        help="minimum days between mails to one authority (default: %(default)s)",
    )
    anchoring.add_options(parser)
    parser.set_defaults(run=run)


def add_platform_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the platform, except its URL."""
    parser.add_argument("--jurisdiction", help="Open311 jurisdiction_id of the city")
    parser.add_argument("--key-file", type=Path, help="file with the API key of the platform")
    parser.add_argument(
        "--services", type=Path, help="JSON file that maps categories to service codes"
    )
    parser.add_argument(
        "--author",
        default=",".join(AuthorField),
        help="author fields to send: a list of name,email,phone, or none (default: %(default)s)",
    )
    parser.add_argument("--ca-file", type=Path, help="CA certificates to verify the platform")
    parser.add_argument("--proxy", help="HTTP proxy URL")
    parser.add_argument(
        "--allow-plain-http",
        action="store_true",
        help="allow HTTP without TLS; for closed networks only",
    )


def run(options: argparse.Namespace) -> int:
    """Runs until SIGTERM or SIGINT; returns 0 after a clean stop, 1 after a failed job.

    Raises PlatformSettingsInvalid, MailSettingsInvalid and DsnInvalid; with ``--retry-rejected``
    psycopg2.Error too.
    """
    platform = _platform_settings(options)
    mailbox = anchoring.mailbox_of(options)
    holder = uuid7()
    queue = CentralPlatformQueue(options.dsn, holder)
    connection = queue.connection
    connection.guard = Watchdog(connection.abort, ANSWER_LIMIT_S).watching
    intake = CentralPlatformIntake(connection, home_area_code=options.area_code)
    if options.retry_rejected:
        queue.retry_rejected()
        intake.retry_left()
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, end)
    months = months_ahead(lambda: _make_months(options.dsn))
    log = log_shortened(lambda at: forget_changes(options.dsn, earlier_clock(options.dsn, at)))
    chosen = Terms(options.calls_days, options.messages_days)
    terms = terms_end(
        lambda at: end_central_terms(options.dsn, chosen, earlier_clock(options.dsn, at))
    )
    added = courses_kept(lambda: add_courses(options.dsn, COURSES_LIMIT_S), 1)
    stale = () if options.stale_days <= 0 else (_stale_job(options),)
    daily = DailyJobs([months, log, terms, added, *stale], _print)
    kept = courses_kept(lambda: keep_courses(options.dsn, COURSES_LIMIT_S), AT_ONCE)
    courses = DailyJobs([kept], _print, day_s=COURSES_EVERY_S)
    heads = anchoring.anchoring(lambda: audit_heads(options.dsn), mailbox)
    hourly = DailyJobs([heads], _print, day_s=anchoring.HOUR_S)
    running: list[PlatformJobs | DailyJobs] = [daily, hourly, courses]
    if options.directory_feed is not None:
        feed = feed_written(lambda: _entries(options.dsn), options.directory_feed)
        running.append(DailyJobs([feed], _print, day_s=FEED_EVERY_S))
    if platform is not None:
        news = CentralPlatformNews(connection, holder)
        running.append(
            PlatformJobs(
                queue,
                PlatformClient(platform),
                _print,
                intake=None if options.no_intake else intake,
                news=news,
                media=CentralPlatformMedia(connection, news),
                settings=JobSettings(
                    poll_s=options.poll_s,
                    settle_s=options.settle_s,
                    intake_s=options.intake_s,
                ),
                pace=Pace(tick_s=options.tick_s),
            )
        )
    for one in running:
        one.start()
    while not ended.wait(1.0):
        if not all(one.is_running() for one in running):
            return 1  # the thread has logged the reason
    is_clean = all([one.stop(STOP_S) for one in running])
    if is_clean:
        queue.close()
    return 0 if is_clean else 1


def _make_months(dsn: str) -> tuple[MonthMade, ...]:
    with central_transaction(dsn) as connection:
        return make_ahead(connection)


def _entries(dsn: str) -> tuple[SharedDocument, ...]:
    return newest_documents(dsn, DocumentEntity.ENTRY)


def _stale_job(options: argparse.Namespace) -> DailyJob:
    """Returns the job for stale entries; raises MailSettingsInvalid without a mail server."""
    pace = StalePace(options.stale_days, timedelta(days=max(1, options.stale_every_days)))
    return stale_mailed(
        lambda: _entries(options.dsn),
        anchoring.mail_of(options),
        lambda owner, at: begin_letter(options.dsn, owner, at, pace.every),
        lambda owner, at: end_letter(options.dsn, owner, at),
        pace,
    )


def _platform_settings(options: argparse.Namespace) -> PlatformSettings | None:
    """Returns None without a platform; raises if platform options are given without it."""
    if options.platform is None:
        if any(getattr(options, name) for name in _OF_A_PLATFORM):
            raise PlatformSettingsInvalid("platform_missing")
        return None
    return platform_settings(options.platform, options)


def platform_settings(url: str, options: argparse.Namespace) -> PlatformSettings:
    """Returns the platform's settings; raises PlatformSettingsInvalid for an unreadable file."""
    return PlatformSettings(
        url=url,
        api_key=_key(options.key_file),
        jurisdiction_id=options.jurisdiction,
        service_codes=_services(options.services),
        author_fields=_author_fields(options.author),
        allow_plain_http=options.allow_plain_http,
        ca_file=options.ca_file,
        proxy=options.proxy,
    )


def _key(path: Path | None) -> str | None:
    if path is None:
        return os.environ.get(KEY_VARIABLE) or None
    try:
        return path.read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        raise PlatformSettingsInvalid("key_unreadable") from None


def _services(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        services = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise PlatformSettingsInvalid("services_unreadable") from None
    if not isinstance(services, dict) or not all(type(code) is str for code in services.values()):
        raise PlatformSettingsInvalid("services_unreadable")
    return services


def _author_fields(words: str) -> frozenset[AuthorField]:
    names = [word.strip() for word in words.split(",") if word.strip()]
    if names == ["none"]:
        return frozenset()
    if not names or not set(names) <= set(AuthorField):
        raise PlatformSettingsInvalid("author_fields_unknown")
    return frozenset(map(AuthorField, names))


def _print(event: PlatformEvent | DailyEvent) -> None:
    facts = {name: _plain(value) for name, value in asdict(event).items()}
    sys.stdout.write(json.dumps({"event": type(event).__name__, **facts}) + "\n")
    sys.stdout.flush()


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value
