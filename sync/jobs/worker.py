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
        help="look after the central database and exchange with the city platform, until SIGTERM",
        description=(
            "Runs beside the central database. Prints one JSON line for each event. "
            f"The platform's key is taken from {KEY_VARIABLE} or from a file."
        ),
    )
    parser.add_argument("--dsn", required=True, help="the central database: libpq keywords or URI")
    parser.add_argument(
        "--platform",
        metavar="URL",
        help="root of its Open311 API; without it only the database is looked after",
    )
    add_platform_options(parser)
    pace, settings = Pace(), JobSettings()
    parser.add_argument(
        "--tick-s", type=float, default=pace.tick_s, help="how often the queue is looked at"
    )
    parser.add_argument(
        "--poll-s", type=float, default=settings.poll_s, help="how often a message is asked for"
    )
    parser.add_argument(
        "--settle-s",
        type=float,
        default=settings.settle_s,
        help="how long the platform may be at work on a request whose answer was lost",
    )
    parser.add_argument(
        "--intake-s",
        type=float,
        default=settings.intake_s,
        help="how often the platform is asked for new messages of users",
    )
    parser.add_argument(
        "--no-intake", action="store_true", help="leave what users send on the platform there"
    )
    parser.add_argument(
        "--area-code", default="", help="area code of the city, for telephones without one"
    )
    parser.add_argument(
        "--retry-rejected",
        action="store_true",
        help="try refused messages, and users' messages that were left, once more at the start",
    )
    for what in ("calls", "messages"):
        parser.add_argument(
            f"--{what}-days",
            type=term_days,
            default=0,
            metavar="N",
            help=f"once a day, take personal data out of {what} older than this (0: never)",
        )
    parser.add_argument(
        "--directory-feed",
        type=Path,
        metavar="FOLDER",
        help="where the public part of the directory is written as JSON, with its schema",
    )
    parser.add_argument(
        "--stale-days",
        type=int,
        default=0,
        metavar="N",
        help="mail each body its entries that were not checked for so many days (0: never)",
    )
    parser.add_argument(
        "--stale-every-days", type=int, default=30, metavar="N", help="once in so many days"
    )
    anchoring.add_options(parser)
    parser.set_defaults(run=run)


def add_platform_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the platform, except its URL."""
    parser.add_argument("--jurisdiction", help="jurisdiction_id of the city")
    parser.add_argument("--key-file", type=Path, help="a file with the platform's API key")
    parser.add_argument(
        "--services", type=Path, help="a JSON object: category of ours to service_code of theirs"
    )
    parser.add_argument(
        "--author",
        default=",".join(AuthorField),
        help="what of the author is passed on: name,email,phone or any part of it, or none",
    )
    parser.add_argument("--ca-file", type=Path, help="certificates that the platform is checked by")
    parser.add_argument("--proxy", help="URL of an HTTP proxy")
    parser.add_argument(
        "--allow-plain-http", action="store_true", help="send without TLS in a closed network"
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
