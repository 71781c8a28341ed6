"""Uploads the files of answers to the platform, each once, before or after their answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID, uuid5

from sync.exchange.platform.port import (
    FailureKind,
    MediaTaken,
    Noted,
    NotSupported,
    PlatformPort,
    Rejected,
    Unavailable,
)
from sync.register.handling.notices import PlatformNews
from sync.store.local.messages.platform_media import (
    LATE_STEP,
    LateFiles,
    PlatformMedia,
    QueuedFile,
)

AGAIN_AFTER = timedelta(days=1)
NOT_SUPPORTED = "not_supported"
WITH_ANSWER_TRIES = 5
"""Attempts per file before its answer is sent without it, in case the server fails on the file."""
TRIES_LIMIT = 15
_OF_ONE_FILE = frozenset({FailureKind.UNREACHABLE, FailureKind.TIMED_OUT, FailureKind.SERVER_ERROR})


def media_key(event_id: UUID, sha256: str) -> UUID:
    """Returns the idempotency key of a file; it never changes."""
    return uuid5(event_id, sha256)


def hand_over_files(
    store: PlatformMedia, platform: PlatformPort, platform_id: str, event_id: UUID, at: datetime
) -> Unavailable | None:
    """Uploads the pending files; returns a failure if the platform must be retried later.

    Errors of a file are stored with it and never block the answer permanently. Raises the errors of
    the database.
    """
    for file in store.waiting(event_id):
        content = store.content(file)
        if content is None:
            store.absent(file, at)
            continue
        outcome = platform.attach(platform_id, media_key(event_id, file.sha256), content)
        match outcome:
            case MediaTaken(media_id):
                store.take(file, media_id)
            case Rejected(code):
                store.refuse(file, code)
            case NotSupported():
                for one in store.waiting(event_id):
                    _put_off_a_day(store, one, NOT_SUPPORTED, at)
                return None
            case Unavailable():
                if not _gives_way(store, file, outcome, at):
                    return outcome
            case _:
                assert_never(outcome)
    return None


def with_files(news: PlatformNews, media_ids: tuple[str, ...]) -> PlatformNews:
    """Returns the status update with the ids of the uploaded files."""
    if not media_ids:
        return news
    return replace(news, details={**news.details, "media": " ".join(media_ids)})


def follow_with_files(
    store: PlatformMedia, platform: PlatformPort, at: datetime, limit: int
) -> tuple[LateFiles, ...] | Unavailable:
    """Uploads files of answers that were sent without them, and posts further status updates."""
    late = store.late(at, limit)
    for files in late:
        failure = _followed(store, platform, files, at)
        if failure is not None:
            return failure
    return late


def _followed(
    store: PlatformMedia, platform: PlatformPort, late: LateFiles, at: datetime
) -> Unavailable | None:
    failure = hand_over_files(store, platform, late.platform_id, late.event_id, at)
    media_ids = store.taken(late.event_id)
    if failure is not None or not media_ids:
        return failure
    details = {"step": LATE_STEP, "answer": str(late.event_id)}
    news = with_files(replace(late.news, details=details), media_ids)
    update_id = uuid5(late.event_id, " ".join(media_ids))
    outcome = platform.tell(late.platform_id, update_id, at, news)
    match outcome:
        case Noted():
            store.name(late.event_id, media_ids)
        case Rejected(code):
            store.name(late.event_id, media_ids, code)
        case NotSupported():
            store.name(late.event_id, media_ids, NOT_SUPPORTED)
        case Unavailable():
            return outcome
        case _:
            assert_never(outcome)
    return None


def _gives_way(store: PlatformMedia, file: QueuedFile, failure: Unavailable, at: datetime) -> bool:
    """Whether the answer is sent without this file, which then follows later."""
    if failure.kind not in _OF_ONE_FILE or not failure.may_have_it:
        return False
    if file.tries + 1 < WITH_ANSWER_TRIES:
        store.put_off(file, failure.kind.value, None)
        return False
    _put_off_a_day(store, file, failure.kind.value, at)
    return True


def _put_off_a_day(store: PlatformMedia, file: QueuedFile, code: str, at: datetime) -> None:
    if file.tries + 1 < TRIES_LIMIT:
        store.put_off(file, code, at + AGAIN_AFTER)
    else:
        store.refuse(file, code)
