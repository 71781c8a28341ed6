"""What leaves this computer and comes to it: the centre's both ways, or the city's platform."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from console.assembly.shared import Shared
from console.directory.feed import DirectoryFeed
from console.settings.outer import central_dsn, platform_settings
from console.start.stopping import STOP_DEADLINE_S
from console.texts.search_terms import SearchTerms
from console.texts.text_reader import TextReader
from sync.anchoring import HOUR_S
from sync.backups import BackupEvent, BackupSettings, HourlyBackup
from sync.daily_jobs import (
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
from sync.exchange.feed_reader import FeedEvent, FeedReader, FeedStatus
from sync.exchange.platform_events import PlatformEvent
from sync.exchange.sender import Sender, SenderSettings
from sync.exchange.sender_events import RowPoisoned, SenderEvent
from sync.jobs import PlatformJobs
from sync.page_reading import PageReading
from sync.register.planned_calls import PlannedOvertaken
from sync.store.central_feed import CentralFeed
from sync.store.central_mark import read_branch
from sync.store.city_feed import CityFeed
from sync.store.feed_standing import kept_feed_read, note_feed_read
from sync.store.handling_feed import HandlingFeed, StepsOvertaken
from sync.store.incident_feed import IncidentFeed
from sync.store.keys import StoreKey
from sync.store.known_callers import HistoryFeed
from sync.store.outbox import Entity
from sync.store.page_check import PageCheck
from sync.store.planned_feed import PlannedFeed
from sync.store.platform_intake import LocalPlatformIntake
from sync.store.platform_news import LocalPlatformNews
from sync.store.platform_queue import LocalPlatformQueue
from sync.store.register import RegisterStore
from sync.store.retention import Terms, end_terms
from sync.store.searched_names import forget_searched
from sync.store.shared_settings import SettingsFeed
from sync.store.sound_files import SoundFiles
from sync.store.sounds import end_sounds
from sync.store.told_erasures import take_erasures

LOG = logging.getLogger(__name__)
GATHER_S = 0.3  # to speak to the centre beside the painting of "saved" would keep that waiting


def queue_platform_news(shared: Shared) -> None:
    """Steps are told to the platform from now on; before anybody can take one."""
    if central_dsn(shared.settings) is None and shared.settings.platform_url is not None:
        LocalPlatformNews(shared.register).follow_steps()


def start_exchange(
    shared: Shared,
    sender_told: Callable[[SenderEvent], None],
    feed_told: Callable[[FeedEvent | StepsOvertaken | PlannedOvertaken], None],
    platform_told: Callable[[PlatformEvent], None],
) -> Callable[[], FeedStatus] | None:
    """With a centre its worker talks to the platform; without one, this console does.

    Not on the GUI thread. The callables are called on other threads. How what comes from the
    centre stands may be asked on any thread, where there is one.
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
        )

        def told(event: SenderEvent) -> None:
            if isinstance(event, RowPoisoned) and event.entity is Entity.MESSAGE_EVENT:
                feed.wake()  # another step has its place in the centre: fetch that one
            sender_told(event)

        sender = Sender(register, dsn, told, settings=SenderSettings(gather_s=GATHER_S))
        register.on_queued(sender.wake)
        feed.start()
        sender.start()
        shared.stops.append(("feed", lambda: feed.stop(STOP_DEADLINE_S)))
        shared.stops.append(("sender", lambda: sender.stop(STOP_DEADLINE_S)))
        return feed.status
    if settings.platform_url is not None:
        # What speaks HTTP is read in where there is a platform to speak to.
        from sync.exchange.platform import PlatformClient

        intake = LocalPlatformIntake(register, home_area_code=settings.area_code)
        jobs = PlatformJobs(
            LocalPlatformQueue(register),
            PlatformClient(platform_settings(settings)),
            platform_told,
            intake=intake if settings.platform_intake else None,
            news=LocalPlatformNews(register),
        )
        register.on_queued(jobs.wake)
        jobs.start()
        shared.stops.append(("platform", lambda: jobs.stop(STOP_DEADLINE_S)))
    return None


def start_backup(shared: Shared, key: StoreKey, told: Callable[[BackupEvent], None]) -> None:
    """Copies of the register every hour, where a folder is set; not on the GUI thread.

    ``told`` is for other threads.
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
    backup.start()
    shared.stops.append(("backup", lambda: backup.stop(STOP_DEADLINE_S)))


def make_page_reading(register: RegisterStore, path: Path, key: StoreKey) -> PageReading:
    """Reads all pages of the register beside the work; damage is told by the register."""
    return PageReading(register, path, key, _note_pages)


def _note_pages(check: PageCheck) -> None:
    """Counts alone, in the log; on the thread that read."""
    LOG.info("pages: %s, %d in %.1f s", check.verdict.value, check.pages, check.took_s)


def start_retention(shared: Shared, reader: TextReader) -> None:
    """Personal data leave this computer when their term has passed or the centre has erased them.

    Not on the GUI thread, and not beside the sign-in or a call where that can be helped: the first
    pass begins at once and takes a tenth of a second of Python. What was done stands in the log.
    """
    register, chosen = shared.register, shared.settings.retention
    dsn = central_dsn(shared.settings)
    terms = Terms(chosen.calls_days, chosen.messages_days, chosen.synced_days, chosen.notes_days)
    recordings = shared.settings.recording.directory
    files = SoundFiles(None if recordings is None else Path(recordings))
    end = terms_end(lambda at: end_terms(register, terms, at, has_central=dsn is not None))
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
    works = [
        ("terms", DailyJobs([end, searches_forgotten("searches", searches.end)], _note_retention)),
        ("erasures", DailyJobs(erasing, _note_retention, day_s=HOUR_S)),
    ]
    for name, jobs in works:
        jobs.start()
        shared.stops.append((name, partial(jobs.stop, STOP_DEADLINE_S)))


def _note_retention(event: DailyEvent) -> None:
    """Counts and codes alone, in the log; on the thread of the job."""
    match event:
        case TermsEnded(calls=calls, messages=messages, notes=notes):
            LOG.info("terms: %d calls, %d messages, %d notes of sheets", calls, messages, notes)
        case SearchesForgotten(count=count):
            LOG.info("searches forgotten: %d", count)
        case ErasuresTaken(count=count):
            LOG.info("erased as in the centre: %d", count)
        case SoundsRemoved(removed=removed, left=left):
            LOG.log(
                logging.WARNING if left else logging.INFO,
                "sound of erased calls: %d files removed, %d left",
                removed,
                left,
            )
        case JobFailed(job=job, kind=kind):
            LOG.warning("%s: %s", job, kind.value)
        case _:
            return
