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
    """Keeps the newest of each fact; ``has_registrar`` is what the settings want."""

    def __init__(self, *, has_registrar: bool) -> None:
        self.has_registrar = has_registrar
        self.is_account_unfinished = False
        """Whether number or password are missing: nobody registers then."""
        self.process_up = False
        self.lost_at: datetime | None = None
        """When the phone process was last lost, also after it has come back."""
        self.silent_since: datetime | None = None
        """Since when the phone process has been there without doing what it is told."""
        self.registration: RegistrationChanged | None = None
        self.sound: AudioDeviceChanged | None = None
        """None as long as no call has had trouble with its devices."""
        self.presence: PresenceChanged | None = None
        """What the telephone system knows of the operator; None where it is told nothing."""
        self.devices: DevicePresence | None = None
        """What is plugged in, as it was seen last; None where nobody looks."""
        self._address = ""

    @property
    def is_registered(self) -> bool:
        registration = self.registration
        return registration is not None and registration.state is RegistrationState.REGISTERED

    @property
    def local_address(self) -> str:
        """``host:port`` where the phone listens; empty while it is away."""
        return self._address if self.process_up else ""

    def receive(self, event: PhoneEvent) -> bool:
        """Take in one event of the phone; False for one that tells nothing of its health."""
        match event:
            case PhoneConnected():
                self.process_up, self.silent_since = True, None
                self._address = event.local_address
                self.registration = event.registration
                self.sound = self.presence = None  # What stands is told again after this.
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
        """A check has just heard the microphone: the trouble of an earlier call is over."""
        self.sound = None


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One state of the status bar: icon, words, colour role, and more in the tool tip."""

    icon: str
    text: str
    role: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """What is grave enough to stand under the call bar."""

    kind: str
    head: str
    body: str


@dataclass(frozen=True, slots=True)
class StatusState:
    """The health of the workplace."""

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
    """What becomes of calls out of hours."""
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
    """The same health for those who judge it: no words in it.

    ``central_reached`` is None until it is known. ``clock_ahead_s`` is None where the clock is
    right or nobody could compare it. ``backup_missed`` is a code, None where no copy is missing.
    """

    is_damaged: bool
    has_central: bool
    central_reached: bool | None
    waiting: int
    clock_ahead_s: float | None
    backup_missed: str | None


HELD_LONG = timedelta(minutes=10)
"""So long the centre may hold up its own news before the window says so under the call bar."""


class CentreHealth:
    """Keeps the newest of each fact that the sender told, and puts them into words."""

    def __init__(self, *, is_wanted: bool, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        """``is_wanted`` is what the settings say: without a centre nothing is wrong with it."""
        self.is_wanted = is_wanted
        self._zone = zone
        self._clock = clock
        self.feed: Callable[[], FeedStatus] | None = None
        """How what comes from the centre stands; None where nothing does."""
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
        """How far the clock here is off; None where it is right or was not compared."""
        return None if self._clock_told is None else self._clock_told.ahead_s

    @property
    def compared_ahead_s(self) -> float | None:
        """How far the clock here is ahead of the centre's; None where none can be compared now."""
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

    # --- as words ---

    def item(self) -> StatusItem:
        """The centre in the status bar."""
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
        """That the clock of this computer is wrong by the centre's."""
        told = self._clock_told
        if told is None:
            return None
        text = status_words.clock_wrong(told.ahead_s)
        return StatusItem("warning-fill", text, "warn", status_words.clock_advice())

    def banner(self, now: datetime, waiting: int) -> Banner | None:
        """What is grave enough to stand under the call bar, with so many records ``waiting``."""
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
        """Since when news of the centre are missing; None too until it was asked for them."""
        return feed.read.behind_since(now) if feed is not None and feed.has_looked else None

    def _feed_behind(self, since: datetime) -> str:
        return status_words.feed_behind(self._since(since))

    def _since(self, at: datetime) -> str:
        return formats.since(at, self._clock(), self._zone)

    def _feed_line(self, feed: FeedStatus | None, now: datetime) -> str:
        """Up to when what comes from the centre is here; empty where nothing can come."""
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
DAMAGED = "damaged"  # of StoreUnreadable
REFUSED = ("warning-octagon-fill", "danger")


class StorePort(Protocol):
    """The store as far as its health goes."""

    def outbox_status(self) -> OutboxStatus:
        """How many records wait; called on a reader thread."""

    def try_disk(self) -> "Future[None]":
        """Learn whether the disk takes records again, which the store then tells by itself."""


class StatusPresenter(QObject):
    """Puts what phone and sender tell into words; asks how many records wait every few seconds."""

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
        """The background threads; asked each few seconds."""
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
        """What is plugged in, also while no call is up."""
        self.health.devices = devices
        self._tell(self.state)

    def receive_phone(self, event: PhoneEvent) -> None:
        if self.health.receive(event):
            self._tell(self.state)

    def set_phone_silent(self, is_silent: bool) -> None:
        """The phone process does not say whether it takes calls, or says it again."""
        self.health.silent_since = self._clock() if is_silent else None
        self._tell(self.state)

    def sound_is_proved(self) -> None:
        """A check has just heard the microphone."""
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
        """The local store refused a write: the gravest thing there is."""
        if failed != self._store_failed:
            self._store_failed = failed
            self._tell(self.state)

    def receive_trouble(self, trouble: Trouble | None) -> None:
        """Disk or file refuse what is written, whoever wrote it; None when they take it again.

        A file that is damaged takes nothing more until it is restored.
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
        """Ask for the number of waiting records and show everything again."""
        if self._trouble is not None and not self._is_damaged:
            self._store.try_disk()
        future = self._readers.submit(self._store.outbox_status)

        def show(status: OutboxStatus) -> None:
            self._waiting = status
            # After each ring, each save and each batch that left: mostly all is as it was.
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
        """What is told to one who leaves the desk; empty when the centre has it all."""
        item = self._waiting_item(self._clock())
        if item is None or item.role == "ok":
            return ""
        return f"{item.text[:1].upper()}{item.text[1:]}. {status_words.sent_later()}"

    def told_before_closing(self) -> tuple[str, str] | None:
        """What is told to one who closes the program; None when the centre has it all."""
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
        """What stands behind the phone's word: the last good REGISTER, and what to press."""
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
        """Background work that a bug has ended; it stays in the bar until the program ends."""
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
