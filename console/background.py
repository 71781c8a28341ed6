"""Starts background services: exchange, backup, retention, devices, notifications, incidents.

With a central database the console exchanges records with it; otherwise it may call the city's
platform directly. Starting exchange, backup and retention blocks; call it on a worker thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path

from console.assembly.handling_part import HandlingPart
from console.assembly.intake_part import IntakePart
from console.assembly.shift_part import start_device_watch
from console.context import Shared
from console.core.services import STOP_DEADLINE_S
from console.core.settings.adapters import central_dsn, platform_settings
from console.features.incidents.watch import IncidentWatch
from console.shared.directory.edited import DirectoryFeed
from console.shared.texts.reader import TextReader
from console.shared.texts.similar import SearchTerms
from console.shared.workplace.status import StatusPresenter
from sync.exchange.events import RowPoisoned, SenderEvent
from sync.exchange.feed_reader import FeedEvent, FeedReader, FeedStatus
from sync.exchange.platform.events import PlatformEvent
from sync.exchange.sender import Sender, SenderSettings
from sync.jobs.daily import (
    HOUR_S,
    DailyEvent,
    DailyJobs,
    ErasuresTaken,
    JobFailed,
    SearchesForgotten,
    SoundsRemoved,
    TermsEnded,
    erasures_taken,
    searches_forgotten,
    sounds_end,
    terms_end,
)
from sync.jobs.platform import PlatformJobs
from sync.jobs.store_care import BackupEvent, BackupSettings, HourlyBackup, PageReading
from sync.records.table_rules import Entity
from sync.register.calls.planned import PlannedOvertaken
from sync.store.central.feed import CentralFeed
from sync.store.central.server_identity import read_branch
from sync.store.central.told_erasures import take_erasures
from sync.store.local.callers import HistoryFeed
from sync.store.local.calls.planned import PlannedFeed
from sync.store.local.calls.recordings import SoundFiles, end_sounds
from sync.store.local.city import CityFeed
from sync.store.local.feed import ItemsAside, SettingsFeed
from sync.store.local.incidents import IncidentFeed
from sync.store.local.keys import StoreKey
from sync.store.local.messages.handling import HandlingFeed, StepsOvertaken
from sync.store.local.messages.platform_intake import LocalPlatformIntake, LocalPlatformNews
from sync.store.local.messages.platform_media import LocalPlatformMedia
from sync.store.local.messages.platform_queue import LocalPlatformQueue
from sync.store.local.opening import PageCheck
from sync.store.local.outbox import kept_feed_read, note_feed_read
from sync.store.local.people.persons import forget_searched
from sync.store.local.people.retention import TermClock, Terms, end_terms
from sync.store.local.register import RegisterStore

LOG = logging.getLogger(__name__)
GATHER_S = 0.3  # gathers rows: sending immediately would delay painting the "saved" state


def queue_platform_news(shared: Shared) -> None:
    """Enables status updates to the city's platform; must run before the first message action."""
    if central_dsn(shared.settings) is None and shared.settings.platform_url is not None:
        LocalPlatformNews(shared.register).follow_steps()


def start_exchange(
    shared: Shared,
    sender_told: Callable[[SenderEvent], None],
    feed_told: Callable[[FeedEvent | StepsOvertaken | PlannedOvertaken], None],
    platform_told: Callable[[PlatformEvent], None],
) -> Callable[[], FeedStatus] | None:
    """Starts the exchange with the central database or, without one, with the city's platform.

    Blocks; call on a worker thread. The callables are called on other threads. Returns a
    thread-safe function for the feed status; None without a central database.
    """
    settings, register = shared.settings, shared.register
    dsn = central_dsn(settings)
    if dsn is not None:
        feed = FeedReader(
            CentralFeed(dsn, register.station().code, lambda: register.read(read_branch)),
            [
                DirectoryFeed(shared.directory),
                CityFeed(register),
                HandlingFeed(register, feed_told),
                HistoryFeed(register),
                SettingsFeed(register),
                IncidentFeed(register),
                shared.claim_board,
                PlannedFeed(register, feed_told),
            ],
            feed_told,
            kept=register.read(kept_feed_read),
            keep=lambda read: register.write(partial(note_feed_read, read=read)),
            aside=ItemsAside(register, _program()),
        )

        def told(event: SenderEvent) -> None:
            if isinstance(event, RowPoisoned) and event.entity is Entity.MESSAGE_EVENT:
                feed.wake()  # the central database has another event at this position: fetch it
            sender_told(event)

        sender = Sender(register, dsn, told, settings=SenderSettings(gather_s=GATHER_S))
        register.on_queued(sender.wake)
        from sync.exchange.answer_files import AnswerFileExchange

        files = AnswerFileExchange(register, dsn)
        shared.services.add(files)
        files.start()
        shared.stops.append(("answer files", lambda: files.stop(STOP_DEADLINE_S)))
        shared.services.add(feed)
        shared.services.add(sender)
        feed.start()
        sender.start()
        shared.stops.append(("feed", lambda: feed.stop(STOP_DEADLINE_S)))
        shared.stops.append(("sender", lambda: sender.stop(STOP_DEADLINE_S)))
        return feed.status
    if settings.platform_url is not None:
        # The HTTP modules are imported only if a platform is configured.
        from sync.exchange.platform.open311 import PlatformClient

        intake = LocalPlatformIntake(register, home_area_code=settings.area_code)
        jobs = PlatformJobs(
            LocalPlatformQueue(register),
            PlatformClient(platform_settings(settings)),
            platform_told,
            intake=intake if settings.platform_intake else None,
            news=LocalPlatformNews(register),
            media=LocalPlatformMedia(register),
        )
        register.on_queued(jobs.wake)
        shared.services.add(jobs)
        jobs.start()
        shared.stops.append(("platform", lambda: jobs.stop(STOP_DEADLINE_S)))
    return None


def _program() -> str:
    """Returns the installed version; empty for a checkout, identified by the register's schema."""
    try:
        return metadata.version("edinyi-nomer")
    except metadata.PackageNotFoundError:
        return ""


def start_backup(shared: Shared, key: StoreKey, told: Callable[[BackupEvent], None]) -> None:
    """Starts hourly backups of the register if a folder is configured.

    Blocks; call on a worker thread. The callback is called on the backup thread.
    """
    settings = shared.settings
    chosen = settings.backup
    if not chosen.directory:
        return
    backup = HourlyBackup(
        settings.register_file,
        key,
        shared.register.station().code,
        BackupSettings(Path(chosen.directory), chosen.keep_hourly, chosen.keep_daily),
        told,
    )
    shared.services.add(backup)
    backup.start()
    shared.stops.append(("backup", lambda: backup.stop(STOP_DEADLINE_S)))


def make_page_reading(register: RegisterStore, path: Path, key: StoreKey) -> PageReading:
    """Returns the service that scans all pages of the register; the register reports damage."""
    return PageReading(register, path, key, _note_pages)


def _note_pages(check: PageCheck) -> None:
    """Logs counts only; called on the scanning thread."""
    LOG.info("page check: %s: %d pages in %.1f s", check.verdict.value, check.pages, check.took_s)


def start_retention(
    shared: Shared, reader: TextReader, ahead_s: Callable[[], float | None]
) -> None:
    """Starts the erasure of personal data after the retention period or after erasure in the
    central database.

    Blocks; call on a worker thread. Avoid calling it during sign-in or a call: the first pass
    starts immediately and takes 0.1 s of Python. The result is logged. ``ahead_s`` returns the
    seconds by which the local clock is ahead of the central database's; None if unknown.
    """
    register, chosen = shared.register, shared.settings.retention
    dsn = central_dsn(shared.settings)
    terms = Terms(chosen.calls_days, chosen.messages_days, chosen.synced_days, chosen.notes_days)
    recordings = shared.settings.recording.directory
    files = SoundFiles(None if recordings is None else Path(recordings))
    clock = TermClock(register, ahead_s)
    end = terms_end(
        clock.checked(lambda at: end_terms(register, terms, at, has_central=dsn is not None))
    )
    erasing = [sounds_end(lambda: end_sounds(register, files))]
    if dsn is not None:
        take = erasures_taken(lambda at: take_erasures(register, dsn, at, files))
        erasing.insert(0, take)
    searches = SearchTerms(shared.directory, reader.of_nobody, chosen.searches_days)
    erasing.append(
        searches_forgotten(
            "erased searches", lambda _at: forget_searched(register, searches.forget)
        )
    )
    ending = [end, searches_forgotten("searches", clock.checked(searches.end))]
    for jobs in (
        DailyJobs(ending, _note_retention, name="terms"),
        DailyJobs(erasing, _note_retention, day_s=HOUR_S, name="erasures"),
    ):
        shared.services.add(jobs)
        jobs.start()
        shared.stops.append((jobs.health.name, partial(jobs.stop, STOP_DEADLINE_S)))


def _note_retention(event: DailyEvent) -> None:
    """Logs counts and codes only; called on the thread of the job."""
    match event:
        case TermsEnded(calls=calls, messages=messages, notes=notes):
            LOG.info(
                "retention: erased: %d calls, %d messages, %d handover notes",
                calls,
                messages,
                notes,
            )
        case SearchesForgotten(count=count):
            LOG.info("retention: searches deleted: %d", count)
        case ErasuresTaken(count=count):
            LOG.info("retention: central erasures applied: %d", count)
        case SoundsRemoved(removed=removed, left=left):
            LOG.log(
                logging.WARNING if left else logging.INFO,
                "retention: recordings deleted: %d, remaining: %d",
                removed,
                left,
            )
        case JobFailed(job=job, kind=kind):
            LOG.warning("%s: %s", job, kind.value)
        case _:
            return


@dataclass(frozen=True, slots=True)
class Told:
    """Callbacks of the background services; called on the services' threads."""

    sender: Callable[[SenderEvent], None]
    platform: Callable[[PlatformEvent], None]
    feed: Callable[[FeedEvent | StepsOvertaken | PlannedOvertaken], None]
    backup: Callable[[BackupEvent], None]


def begin_beside(
    shared: Shared,
    told: Told,
    key: StoreKey,
    status: StatusPresenter,
    handling: HandlingPart,
    incidents: IncidentWatch,
) -> Iterator[None]:
    """Starts device watch, exchange, notifications, incident monitor and backup, one service per
    step.

    Started all together, they would take both processors from the main page that is being painted.
    """
    begin, service = shared.beginnings, handling.notice_service

    def follow(feed: Callable[[], FeedStatus] | None) -> None:
        status.centre.feed = feed

    status.services = shared.services.health
    start_device_watch(shared, status)
    yield
    begin.run(partial(start_exchange, shared, told.sender, told.feed, told.platform), follow)
    yield
    handling.call_backs.start()
    yield
    incidents.start()
    yield
    shared.services.add(service.jobs)
    begin.begin("notices", service.start, partial(service.stop, STOP_DEADLINE_S))
    yield
    begin.run(partial(start_backup, shared, key, told.backup), lambda _none: None)


def begin_at_leisure(shared: Shared, intake: IntakePart, status: StatusPresenter) -> Iterator[None]:
    """Starts low-priority jobs that use much CPU time, one per step.

    Retention periods are checked some seconds after sign-in if the operator is idle, otherwise
    minutes later: on the same day in any case.
    """
    intake.finder.begin()
    yield
    start = partial(start_retention, shared, intake.reader, lambda: status.centre.compared_ahead_s)
    shared.beginnings.run(start, lambda _none: None)
    yield
