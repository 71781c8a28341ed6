"""Health of phone, central database and local store, shown in the status bar and a banner.

The number of unsent records is queried every 5 s on a reader thread. GUI thread only.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.shared.session import call_words, operator_state_words
from console.shared.workplace import phone_words, sound_words, status_words
from sync.errors import StoreError, StoreUnavailable
from sync.exchange.events import (
    BatchSent,
    CentralLost,
    CentralReached,
    ClockCompared,
    RowPoisoned,
    SenderEvent,
    SentAgain,
    ServerRefused,
    ServersAgree,
)
from sync.exchange.failures import FailureKind
from sync.exchange.feed_reader import FeedStatus
from sync.exchange.platform.events import (
    MessageAnswered,
    MessageLeft,
    MessagePosted,
    MessageRejected,
    MessageTakenIn,
    PlatformEvent,
    PlatformLost,
    PlatformReached,
)
from sync.exchange.supervision import Health, ServiceState, troubled
from sync.jobs.store_care import BackupEvent, BackupMade, BackupMissed
from sync.register.calendar.line_hours import ClosedAct
from sync.store.local.outbox import OutboxStatus
from sync.store.local.writer import Trouble
from telephony.events import (
    AudioDeviceChanged,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    PresenceChanged,
    RegistrationChanged,
    RegistrationState,
)
from telephony.findings import judge_registration
from telephony.phone_devices import DevicePresence
from telephony.presence import PublicationState


class PhoneHealth:
    """Latest state of the phone; `has_registrar`: a registrar is configured."""

    def __init__(self, *, has_registrar: bool) -> None:
        self.has_registrar = has_registrar
        self.is_account_unfinished = False
        """Whether number or password is missing, so no registration is attempted."""
        self.process_up = False
        self.lost_at: datetime | None = None
        """Time of the last loss of the phone process, retained after its return."""
        self.silent_since: datetime | None = None
        """Time since when the running phone process does not respond."""
        self.registration: RegistrationChanged | None = None
        self.sound: AudioDeviceChanged | None = None
        """None until a call has had a device problem."""
        self.presence: PresenceChanged | None = None
        """Operator state known to the PBX; None if presence is not published."""
        self.devices: DevicePresence | None = None
        """Devices last seen; None if devices are not monitored."""
        self._address = ""

    @property
    def is_registered(self) -> bool:
        registration = self.registration
        return registration is not None and registration.state is RegistrationState.REGISTERED

    @property
    def local_address(self) -> str:
        """`host:port` of the phone; empty while it is unavailable."""
        return self._address if self.process_up else ""

    def receive(self, event: PhoneEvent) -> bool:
        """Applies a phone event; returns False if it does not concern the health."""
        match event:
            case PhoneConnected():
                self.process_up, self.silent_since = True, None
                self._address = event.local_address
                self.registration = event.registration
                self.sound = self.presence = None  # The current state follows.
            case PhoneDisconnected():
                if self.process_up or self.lost_at is None:
                    self.lost_at = event.at
                self.process_up, self.silent_since = False, None
            case RegistrationChanged():
                self.registration = event
            case PresenceChanged():
                self.presence = None if event.state is PublicationState.OFF else event
            case AudioDeviceChanged():
                self.sound = event
            case _:
                return False
        return True

    def sound_is_proved(self) -> None:
        """Clears the sound problem after a check has heard the microphone."""
        self.sound = None


@dataclass(frozen=True, slots=True)
class StatusItem:
    """Item of the status bar: icon, text, colour role, and details in the tool tip."""

    icon: str
    text: str
    role: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """Serious problem, shown under the call bar."""

    kind: str
    head: str
    body: str


@dataclass(frozen=True, slots=True)
class StatusState:
    """Health of the workplace."""

    phone_ready: bool
    phone_detail: str
    phone_since: datetime | None
    phone: StatusItem
    sound: StatusItem | None
    database: StatusItem
    platform: StatusItem | None
    waiting: StatusItem | None
    backup: StatusItem | None
    clock: StatusItem | None
    services: StatusItem | None
    out_of_hours: bool
    closed_act: ClosedAct
    """Handling of calls outside business hours."""
    banner: Banner | None

    def items(self) -> tuple[StatusItem, ...]:
        parts = (
            self.phone,
            self.sound,
            self.database,
            self.platform,
            self.waiting,
            self.backup,
            self.clock,
            self.services,
        )
        return tuple(part for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """Health of the workplace without texts, for automatic evaluation.

    `central_reached` is None until it is known. `clock_ahead_s` is None if the clock is correct or
    was not compared. `backup_missed` is a code, None if no backup is missing.
    """

    is_damaged: bool
    has_central: bool
    central_reached: bool | None
    waiting: int
    clock_ahead_s: float | None
    backup_missed: str | None


HELD_LONG = timedelta(minutes=10)
"""Delay of the central feed after which a banner is shown."""


class CentreHealth:
    """Latest state of the central database as reported by the sender, with its display texts."""

    def __init__(self, *, is_wanted: bool, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        """`is_wanted`: a central database is configured; otherwise its absence is no problem."""
        self.is_wanted = is_wanted
        self._zone = zone
        self._clock = clock
        self.feed: Callable[[], FeedStatus] | None = None
        """Status of the feed from the central database; None if there is no feed."""
        self._lost_at: datetime | None = None
        self._lost_kind: FailureKind | None = None
        self._reached = False
        self._refused_server: ServerRefused | None = None
        self._clock_told: ClockCompared | None = None

    @property
    def is_reached(self) -> bool | None:
        """None until it is known."""
        if self._lost_at is not None:
            return False
        return True if self._reached else None

    @property
    def clock_ahead_s(self) -> float | None:
        """Deviation of the local clock; None if it is correct or was not compared."""
        return None if self._clock_told is None else self._clock_told.ahead_s

    @property
    def compared_ahead_s(self) -> float | None:
        """Seconds by which the local clock is ahead of the central one; None while it cannot be
        compared.
        """
        return (self.clock_ahead_s or 0.0) if self.is_reached else None

    def receive(self, event: SenderEvent) -> None:
        match event:
            case CentralReached():
                self._lost_at, self._reached = None, True
            case CentralLost():
                self._lost_at, self._lost_kind = self._lost_at or event.at, event.kind
                self._reached = False
            case ServerRefused():
                self._refused_server = event
            case ServersAgree():
                self._refused_server = None
            case ClockCompared():
                self._clock_told = event if event.is_wrong else None
            case BatchSent() | RowPoisoned() | SentAgain():
                pass
            case _:
                assert_never(event)

    # --- display texts ---

    def item(self) -> StatusItem:
        """Returns the item of the central database in the status bar."""
        if not self.is_wanted:
            return StatusItem("check-circle-fill", status_words.database_local(), "ok")
        if self._lost_at is not None:
            text = status_words.database_away(self._since(self._lost_at))
            reason = status_words.central_reason(self._lost_kind) if self._lost_kind else ""
            known = self._feed_line(self._feed_status(), self._clock())
            detail = "\n".join(line for line in (reason, known) if line)
            return StatusItem("warning-fill", text, "warn", detail)
        if not self._reached:
            return StatusItem("minus-circle", status_words.database_connecting(), "text-2")
        if self._refused_server is not None:
            head = status_words.server_refused(self._refused_server)
            return StatusItem("warning-fill", status_words.database_reached(), "warn", head)
        feed, now = self._feed_status(), self._clock()
        behind = self._behind_since(feed, now)
        if behind is not None:
            return StatusItem("warning-fill", self._feed_behind(behind), "warn", self._why(feed))
        if feed is not None and feed.aside:
            head, advice = status_words.feed_aside(feed.aside)
            return StatusItem("warning-fill", head, "warn", advice)
        detail = self._feed_line(feed, now)
        return StatusItem("check-circle-fill", status_words.database_reached(), "ok", detail)

    def clock_item(self) -> StatusItem | None:
        """Returns the warning that the local clock deviates, or None."""
        told = self._clock_told
        if told is None:
            return None
        text = status_words.clock_wrong(told.ahead_s)
        return StatusItem("warning-fill", text, "warn", status_words.clock_advice())

    def banner(self, now: datetime, waiting: int) -> Banner | None:
        """Returns the banner of a serious problem; `waiting` is the number of unsent records."""
        if not self.is_wanted:
            return None
        if self._lost_at is not None:
            head = status_words.central_away_head(self._since(self._lost_at), self._lost_kind)
            return Banner("warn", head, status_words.central_away_body(waiting))
        if self._refused_server is not None:
            return Banner(
                "warn",
                status_words.server_refused(self._refused_server),
                status_words.server_refused_body(),
            )
        feed = self._feed_status()
        if feed is not None and feed.has_looked and feed.read.held_since is not None:
            since = feed.read.held_since
            if now - since >= HELD_LONG:
                return Banner("warn", f"{self._feed_behind(since)}.", status_words.feed_held())
        return None

    def _feed_status(self) -> FeedStatus | None:
        return None if self.feed is None else self.feed()

    def _behind_since(self, feed: FeedStatus | None, now: datetime) -> datetime | None:
        """Returns the time since when the feed is behind; None until the first query."""
        return feed.read.behind_since(now) if feed is not None and feed.has_looked else None

    def _feed_behind(self, since: datetime) -> str:
        return status_words.feed_behind(self._since(since))

    def _since(self, at: datetime) -> str:
        return formats.since(at, self._clock(), self._zone)

    def _feed_line(self, feed: FeedStatus | None, now: datetime) -> str:
        """Returns the time up to which central data is available; empty without a feed."""
        if feed is None:
            return ""
        if feed.read.read_at is None:
            return status_words.feed_never()
        last = feed.read.read_at.astimezone(self._zone)
        return status_words.feed_until(last, now.astimezone(self._zone))

    def _why(self, feed: FeedStatus | None) -> str:
        is_held = feed is not None and feed.read.held_since is not None
        return status_words.feed_held() if is_held else status_words.feed_stopped()


REFRESH_MS = 5000
DAMAGED = "damaged"  # code of StoreUnreadable
REFUSED = ("warning-octagon-fill", "danger")


class StorePort(Protocol):
    """Health of the local database."""

    def outbox_status(self) -> OutboxStatus:
        """Number of unsent records. Blocks; call on a worker thread."""

    def try_disk(self) -> "Future[None]":
        """Checks whether writes succeed again; the store reports the recovery separately."""


class StatusPresenter(QObject):
    """Converts events of phone and sender to the status; queries unsent records every few
    seconds.
    """

    changed = Signal(object)  # StatusState

    def __init__(
        self,
        store: StorePort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        has_central: bool,
        has_registrar: bool,
        has_platform: bool = False,
        refuses_calls: bool = False,
        is_out_of_hours: Callable[[datetime], bool],
        closed_act: Callable[[], ClosedAct] = lambda: ClosedAct.RING,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._readers = readers
        self._deliveries = deliveries
        self.centre = CentreHealth(is_wanted=has_central, zone=zone, clock=clock)
        self.health = PhoneHealth(has_registrar=has_registrar)
        self.services: Callable[[], Sequence[Health]] = tuple
        """Health of the background threads, queried every few seconds."""
        self._refuses_calls = refuses_calls
        self._has_platform = has_platform
        self._platform_reached: bool | None = None
        self._platform_since: datetime | None = None
        self._is_out_of_hours = is_out_of_hours
        self._closed_act = closed_act
        self._zone = zone
        self._clock = clock
        self._waiting: OutboxStatus | None = None
        self._store_failed = False
        self._trouble: str | None = None
        self._backup_missed: BackupMissed | None = None
        self._told: StatusState | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    @property
    def state(self) -> StatusState:
        now = self._clock()
        ready, detail, since = self._phone()
        role = "ok" if ready else "danger"
        icon = "check-circle-fill" if ready else "warning-octagon-fill"
        return StatusState(
            phone_ready=ready,
            phone_detail=detail,
            phone_since=since,
            phone=StatusItem(icon, self._phone_text(ready), role, self._more(detail, now)),
            sound=self._sound(),
            database=self.centre.item(),
            platform=self._platform(),
            waiting=self._waiting_item(now),
            backup=self._backup_item(now),
            clock=self.centre.clock_item(),
            services=self._services_item(),
            out_of_hours=self._is_out_of_hours(now),
            closed_act=self._closed_act(),
            banner=self._banner(ready, detail, now),
        )

    @property
    def facts(self) -> StatusFacts:
        return StatusFacts(
            is_damaged=self._is_damaged,
            has_central=self.centre.is_wanted,
            central_reached=self.centre.is_reached,
            waiting=0 if self._waiting is None else self._waiting.waiting,
            clock_ahead_s=self.centre.clock_ahead_s,
            backup_missed=None if self._backup_missed is None else self._backup_missed.code,
        )

    def receive_devices(self, devices: DevicePresence) -> None:
        """Applies the connected devices, also outside of calls."""
        self.health.devices = devices
        self._tell(self.state)

    def receive_phone(self, event: PhoneEvent) -> None:
        if self.health.receive(event):
            self._tell(self.state)

    def set_phone_silent(self, is_silent: bool) -> None:
        """Sets whether the phone process fails to confirm that it accepts calls."""
        self.health.silent_since = self._clock() if is_silent else None
        self._tell(self.state)

    def sound_is_proved(self) -> None:
        """Clears the sound problem after a successful check."""
        self.health.sound_is_proved()
        self._tell(self.state)

    def receive_sender(self, event: SenderEvent) -> None:
        self.centre.receive(event)
        self.refresh()

    def receive_platform(self, event: PlatformEvent) -> None:
        match event:
            case PlatformReached():
                self._platform_reached, self._platform_since = True, None
            case PlatformLost():
                self._platform_since = self._platform_since or event.at
                self._platform_reached = False
            case (
                MessagePosted()
                | MessageAnswered()
                | MessageRejected()
                | MessageTakenIn()
                | MessageLeft()
            ):
                return
            case _:
                assert_never(event)
        self._tell(self.state)

    def set_store_failed(self, failed: bool) -> None:
        """Sets whether the local database rejected a write, the most serious problem."""
        if failed != self._store_failed:
            self._store_failed = failed
            self._tell(self.state)

    def receive_trouble(self, trouble: Trouble | None) -> None:
        """Applies a write error of any component; None after recovery.

        A damaged file accepts no writes until it is restored.
        """
        self._trouble = None if trouble is None else trouble.code
        self._tell(self.state)

    def receive_backup(self, event: BackupEvent) -> None:
        match event:
            case BackupMade():
                self._backup_missed = None
            case BackupMissed():
                self._backup_missed = event
            case _:
                assert_never(event)
        self._tell(self.state)

    def refresh(self) -> None:
        """Queries the number of unsent records and updates the status."""
        if self._trouble is not None and not self._is_damaged:
            self._store.try_disk()
        future = self._readers.submit(self._store.outbox_status)

        def show(status: OutboxStatus) -> None:
            self._waiting = status
            # Runs after every ring, save and sent batch; mostly nothing has changed.
            if (state := self.state) != self._told:
                self._tell(state)

        def unread(error: Exception) -> None:
            if isinstance(error, StoreUnavailable):
                self.receive_trouble(error)

        self._deliveries.deliver(future, show, unread, expected=(StoreError,))

    def _tell(self, state: StatusState) -> None:
        self._told = state
        self.changed.emit(state)

    @property
    def _is_damaged(self) -> bool:
        return self._trouble == DAMAGED

    def unsent_text(self) -> str:
        """Note on unsent records at sign-out; empty if all are sent."""
        item = self._waiting_item(self._clock())
        if item is None or item.role == "ok":
            return ""
        return f"{item.text[:1].upper()}{item.text[1:]}. {status_words.sent_later()}"

    def told_before_closing(self) -> tuple[str, str] | None:
        """Note on unsent records when the application is closed; None if all are sent."""
        item = self._waiting_item(self._clock())
        if item is None or item.role == "ok":
            return None
        return item.text[:1].upper() + item.text[1:], status_words.sent_at_next_start()

    def _phone(self) -> tuple[bool, str, datetime | None]:
        health = self.health
        if not health.process_up:
            return False, status_words.phone_starting(), health.lost_at
        if health.silent_since is not None:
            return False, status_words.phone_silent(), health.silent_since
        if health.is_account_unfinished:
            return False, status_words.account_unfinished(), None
        if not health.has_registrar:
            return True, status_words.phone_direct(health.local_address), None
        registration = health.registration
        if registration is None or not health.is_registered:
            last = registration.last_success_at if registration else None
            since = (registration.since or registration.at) if registration else None
            detail = status_words.registrar_away("" if last is None else self._since(last))
            if registration is not None and (registration.status_code or registration.fault):
                found = judge_registration(registration, registers=True)
                detail = phone_words.finding(found)[0]
            return False, detail, since
        return True, status_words.phone_registered(), None

    def _phone_text(self, ready: bool) -> str:
        registration = self.health.registration
        if not ready or not self.health.has_registrar or registration is None:
            return status_words.phone_state(ready)
        return status_words.phone_since(self._since(registration.since or registration.at))

    def _since(self, at: datetime) -> str:
        return formats.since(at, self._clock(), self._zone)

    def _more(self, detail: str, now: datetime) -> str:
        """Details of the phone item: last successful REGISTER and shortcuts."""
        registration = self.health.registration
        lines = [detail]
        if self.health.has_registrar and registration is not None and registration.last_success_at:
            lines.append(
                phone_words.fact_last_success()
                + ": "
                + phone_words.ago((now - registration.last_success_at).total_seconds())
            )
        if (presence := self.health.presence) is not None and self.health.is_registered:
            known = operator_state_words.presence_state(
                presence.state, presence.told, presence.status_code
            )
            lines.append(f"{phone_words.fact_presence()}: {known}")
        return "\n".join((*lines, status_words.check_key()))

    def _sound(self) -> StatusItem | None:
        trouble = sound_words.sound_trouble(self.health.sound)
        if trouble is None and self.health.devices is not None:
            trouble = sound_words.devices_trouble(self.health.devices)
        if trouble is None:
            return None
        text, advice, icon, role = trouble
        return StatusItem(icon, text, role, advice)

    def _platform(self) -> StatusItem | None:
        if not self._has_platform:
            return None
        if self._platform_reached is None:
            return StatusItem("minus-circle", status_words.platform_connecting(), "text-2")
        if self._platform_since is not None:
            text = status_words.platform_away(self._since(self._platform_since))
            return StatusItem("warning-fill", text, "warn", status_words.platform_away_means())
        return StatusItem("check-circle-fill", status_words.platform_reached(), "ok")

    def _waiting_item(self, now: datetime) -> StatusItem | None:
        status = self._waiting
        if not self.centre.is_wanted or status is None:
            return None
        if status.waiting == 0 and not status.poison:
            return StatusItem("cloud-check", status_words.all_sent(), "ok")
        texts = []
        if status.poison:
            texts.append(status_words.poisoned(status.poison))
        if status.waiting:
            minutes = 0
            if status.oldest_at is not None:
                minutes = max(0, int((now - status.oldest_at).total_seconds() // 60))
            texts.append(status_words.unsent(status.waiting, minutes))
        icon, role = ("clock-fill", "warn") if not status.poison else REFUSED
        return StatusItem(icon, "; ".join(texts), role)

    def _backup_item(self, now: datetime) -> StatusItem | None:
        missed = self._backup_missed
        if missed is None:
            return None
        last = missed.last_at and missed.last_at.astimezone(self._zone)
        text = status_words.backup_missed(last, now.astimezone(self._zone))
        return StatusItem("warning-fill", text, "warn", status_words.backup_reason(missed.code))

    def _services_item(self) -> StatusItem | None:
        """Background services stopped by an error; shown until the application ends."""
        failed = troubled(self.services())
        if not failed:
            return None
        waiting = [one.name for one in failed if one.state is ServiceState.BACKING_OFF]
        lines = [status_words.service_line(one, self._since(one.since)) for one in failed]
        return StatusItem(
            "warning-fill",
            status_words.services_stopped() if waiting else status_words.services_restarted(),
            "danger" if waiting else "warn",
            "\n".join((*lines, status_words.services_advice())),
        )

    def _banner(self, phone_ready: bool, detail: str, now: datetime) -> Banner | None:
        if self._is_damaged:
            return Banner("danger", core_words.damaged_head(), core_words.damaged_body())
        if self._store_failed or self._trouble is not None:
            body = core_words.store_failed_body(self._trouble or "")
            return Banner(
                "danger",
                core_words.store_failed_head(),
                f"{body} {status_words.save_again()}",
            )
        starting = not self.health.process_up and self.health.lost_at is None
        if not phone_ready and not starting:
            return Banner("danger", call_words.no_calls_arrive() + ".", detail)
        if self._refuses_calls:
            return Banner(
                "danger", call_words.no_calls_arrive() + ".", status_words.refuses_all_calls()
            )
        devices = self.health.devices
        if devices is not None and (silent := sound_words.devices_banner(devices)) is not None:
            return Banner("danger", *silent)
        return self.centre.banner(now, self._waiting.waiting if self._waiting else 0)
