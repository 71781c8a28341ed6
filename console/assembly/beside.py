"""What works beside the desk, begun once the desk is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from console.assembly.exchange import start_backup, start_exchange, start_retention
from console.assembly.handling_part import HandlingPart
from console.assembly.intake_part import IntakePart
from console.assembly.shared import Shared
from console.assembly.shift_part import start_device_watch
from console.presenters.incident_watch import IncidentWatch
from console.presenters.status import StatusPresenter
from console.start.stopping import STOP_DEADLINE_S
from sync.backups import BackupEvent
from sync.exchange.feed_reader import FeedEvent, FeedStatus
from sync.exchange.platform_events import PlatformEvent
from sync.exchange.sender_events import SenderEvent
from sync.register.planned_calls import PlannedOvertaken
from sync.store.handling_feed import StepsOvertaken
from sync.store.keys import StoreKey


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told what; called on other threads."""

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
    """The watch over devices, the exchange, letters, what is looked for in the register, copies.

    One in each step: all at once they take both processors from the desk that is being painted.
    """
    begin, service = shared.beginnings, handling.notice_service

    def follow(feed: Callable[[], FeedStatus] | None) -> None:
        status.centre.feed = feed

    start_device_watch(shared, status)
    yield
    begin.run(partial(start_exchange, shared, told.sender, told.feed, told.platform), follow)
    yield
    handling.call_backs.start()
    yield
    incidents.start()
    yield
    begin.begin("notices", service.start, partial(service.stop, STOP_DEADLINE_S))
    yield
    begin.run(partial(start_backup, shared, key, told.backup), lambda _none: None)


def begin_at_leisure(shared: Shared, intake: IntakePart) -> Iterator[None]:
    """What takes a processor for long, a step for each; nobody waits for any of it.

    The terms are looked at here, some seconds after the sign-in where the desk stands still, and
    minutes after it at the latest: on the same day in any case.
    """
    intake.finder.begin()
    yield
    shared.beginnings.run(partial(start_retention, shared, intake.reader), lambda _none: None)
    yield
