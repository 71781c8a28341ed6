"""Jobs of the worker for the directory: public feed (Regulation 2.6), stale entries (2.3)."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import assert_never
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from sync.exchange.directory_feed import StaleOfOwner, stale_by_owner, write_feed
from sync.exchange.mail.smtp import Delivered, MailPort, NotNow, Undeliverable
from sync.jobs.daily import (
    DailyEvent,
    DailyJob,
    FeedNotWritten,
    FeedWritten,
    StaleMailed,
    StaleNotMailed,
)
from sync.register.handling.notices import RenderedNotice
from sync.store.central.shared_documents import SharedDocument

CITY_ZONE = ZoneInfo("Europe/Moscow")
TEMPLATES = Path(__file__).resolve().parents[2] / "resources" / "templates" / "directory"
NO_OWNER = "no_owner"
NO_ADDRESS = "no_address"

Entries = Callable[[], Sequence[SharedDocument]]


def feed_written(entries: Entries, folder: Path) -> DailyJob:
    """Returns the job that writes the public feed; no event if it is unchanged."""

    def run(at: datetime) -> Sequence[DailyEvent]:
        try:
            count = write_feed(entries(), at.astimezone(CITY_ZONE).date(), folder)
        except OSError as error:
            return [FeedNotWritten(at, errno.errorcode.get(error.errno or 0, "unknown"))]
        return () if count is None else [FeedWritten(at, count)]

    return DailyJob("directory_feed", run)


@dataclass(frozen=True, slots=True)
class StalePace:
    """Limits of stale entries: ``days`` without a check; an owner is mailed once per ``every``."""

    days: int
    every: timedelta


def stale_mailed(
    entries: Entries,
    mail: MailPort,
    begin: Callable[[str, datetime], bool],
    end: Callable[[str, datetime], None],
    pace: StalePace,
) -> DailyJob:
    """Returns the job that mails each authority its stale entries.

    ``begin`` reserves and ``end`` confirms a mail in the database. ``begin`` returns False if a
    mail is not due.
    """
    letters = _Letters(pace)

    def sent(owed: StaleOfOwner, at: datetime) -> DailyEvent | None:
        if not owed.email:
            code = NO_ADDRESS if owed.owner else NO_OWNER
            return StaleNotMailed(at, owed.owner, len(owed.entries), code)
        if not begin(owed.owner, at):
            return None
        header_id = mail.header_id(_letter_name(owed.owner, at))
        outcome = mail.send(owed.email, letters.of(owed), header_id)
        match outcome:
            case Delivered():
                end(owed.owner, at)
                return StaleMailed(at, owed.owner, len(owed.entries))
            case Undeliverable(code):
                return StaleNotMailed(at, owed.owner, len(owed.entries), code)
            case NotNow(kind=kind):
                return StaleNotMailed(at, owed.owner, len(owed.entries), kind.value)
            case _ as unreachable:
                assert_never(unreachable)

    def run(at: datetime) -> Sequence[DailyEvent]:
        day = at.astimezone(CITY_ZONE).date()
        try:
            outcomes = [sent(owed, at) for owed in stale_by_owner(entries(), day, pace.days)]
        finally:
            mail.close()
        return [one for one in outcomes if one is not None]

    return DailyJob("stale_entries", run)


class _Letters:
    """Renders the mails with stale entries."""

    def __init__(self, pace: StalePace) -> None:
        self._pace = pace
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(("html.j2",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def of(self, owed: StaleOfOwner) -> RenderedNotice:
        subject, text, html = (
            self._environment.get_template(f"stale.{part}.j2").render(
                owner=owed.name,
                titles=owed.entries,
                days=self._pace.days,
                every_days=self._pace.every.days,
            )
            for part in ("subject", "text", "html")
        )
        return RenderedNotice(subject.strip(), text, html, spoken="")


def _letter_name(owner: str, at: datetime) -> str:
    """Returns a name that is equal for repeated mails of one day; hashed because keys are free
    text.
    """
    digest = hashlib.sha256(owner.encode()).hexdigest()[:16]
    return f"stale-{digest}-{at.astimezone(CITY_ZONE):%Y%m%d}"
