"""Phone, database, waiting records and working hours, as the window shows them all the time."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from typing import Protocol, assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.centre_health import CentreHealth
from console.presenters.phone_health import PhoneHealth
from console.presenters.status_state import Banner, StatusFacts, StatusItem, StatusState
from sync.backups import BackupEvent, BackupMade, BackupMissed
from sync.errors import StoreError, StoreUnavailable
from sync.exchange.platform_events import (
    MessageAnswered,
    MessageLeft,
    MessagePosted,
    MessageRejected,
    MessageTakenIn,
    PlatformEvent,
    PlatformLost,
    PlatformReached,
)
from sync.exchange.sender_events import SenderEvent
from sync.store.outbox import OutboxStatus
from sync.store.writer import Trouble
from telephony.device_presence import DevicePresence
from telephony.events import PhoneEvent
from telephony.findings import judge_registration

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
        self._refuses_calls = refuses_calls
        self._has_platform = has_platform
        self._platform_reached: bool | None = None
        self._platform_since: datetime | None = None
        self._is_out_of_hours = is_out_of_hours
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
            out_of_hours=self._is_out_of_hours(now),
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
        return f"{item.text[:1].upper()}{item.text[1:]}. {words.status.sent_later()}"

    def told_before_closing(self) -> tuple[str, str] | None:
        """What is told to one who closes the program; None when the centre has it all."""
        item = self._waiting_item(self._clock())
        if item is None or item.role == "ok":
            return None
        return item.text[:1].upper() + item.text[1:], words.status.sent_at_next_start()

    def _phone(self) -> tuple[bool, str, datetime | None]:
        health = self.health
        if not health.process_up:
            return False, words.status.phone_starting(), health.lost_at
        if health.silent_since is not None:
            return False, words.status.phone_silent(), health.silent_since
        if health.is_account_unfinished:
            return False, words.status.account_unfinished(), None
        if not health.has_registrar:
            return True, words.status.phone_direct(health.local_address), None
        registration = health.registration
        if registration is None or not health.is_registered:
            last = registration.last_success_at if registration else None
            since = (registration.since or registration.at) if registration else None
            detail = words.status.registrar_away("" if last is None else self._since(last))
            if registration is not None and (registration.status_code or registration.fault):
                found = judge_registration(registration, registers=True)
                detail = words.phone_check.finding(found)[0]
            return False, detail, since
        return True, words.status.phone_registered(), None

    def _phone_text(self, ready: bool) -> str:
        registration = self.health.registration
        if not ready or not self.health.has_registrar or registration is None:
            return words.status.phone_state(ready)
        return words.status.phone_since(self._since(registration.since or registration.at))

    def _since(self, at: datetime) -> str:
        return words.formats.since(at, self._clock(), self._zone)

    def _more(self, detail: str, now: datetime) -> str:
        """What stands behind the phone's word: the last good REGISTER, and what to press."""
        registration = self.health.registration
        lines = [detail]
        if self.health.has_registrar and registration is not None and registration.last_success_at:
            lines.append(
                words.phone_check.fact_last_success()
                + ": "
                + words.phone_check.ago((now - registration.last_success_at).total_seconds())
            )
        if (presence := self.health.presence) is not None and self.health.is_registered:
            known = words.operator_states.presence_state(
                presence.state, presence.told, presence.status_code
            )
            lines.append(f"{words.phone_check.fact_presence()}: {known}")
        return "\n".join((*lines, words.status.check_key()))

    def _sound(self) -> StatusItem | None:
        trouble = words.sound.sound_trouble(self.health.sound)
        if trouble is None and self.health.devices is not None:
            trouble = words.sound.devices_trouble(self.health.devices)
        if trouble is None:
            return None
        text, advice, icon, role = trouble
        return StatusItem(icon, text, role, advice)

    def _platform(self) -> StatusItem | None:
        if not self._has_platform:
            return None
        if self._platform_reached is None:
            return StatusItem("minus-circle", words.status.platform_connecting(), "text-2")
        if self._platform_since is not None:
            text = words.status.platform_away(self._since(self._platform_since))
            return StatusItem("warning-fill", text, "warn", words.status.platform_away_means())
        return StatusItem("check-circle-fill", words.status.platform_reached(), "ok")

    def _waiting_item(self, now: datetime) -> StatusItem | None:
        status = self._waiting
        if not self.centre.is_wanted or status is None:
            return None
        if status.waiting == 0 and not status.poison:
            return StatusItem("cloud-check", words.status.all_sent(), "ok")
        texts = []
        if status.poison:
            texts.append(words.status.poisoned(status.poison))
        if status.waiting:
            minutes = 0
            if status.oldest_at is not None:
                minutes = max(0, int((now - status.oldest_at).total_seconds() // 60))
            texts.append(words.status.unsent(status.waiting, minutes))
        icon, role = ("clock-fill", "warn") if not status.poison else REFUSED
        return StatusItem(icon, "; ".join(texts), role)

    def _backup_item(self, now: datetime) -> StatusItem | None:
        missed = self._backup_missed
        if missed is None:
            return None
        last = missed.last_at and missed.last_at.astimezone(self._zone)
        text = words.status.backup_missed(last, now.astimezone(self._zone))
        return StatusItem("warning-fill", text, "warn", words.status.backup_reason(missed.code))

    def _banner(self, phone_ready: bool, detail: str, now: datetime) -> Banner | None:
        if self._is_damaged:
            return Banner("danger", words.status.damaged_head(), words.status.damaged_body())
        if self._store_failed or self._trouble is not None:
            body = words.status.store_failed_body(self._trouble or "")
            return Banner(
                "danger",
                words.status.store_failed_head(),
                f"{body} {words.status.save_again()}",
            )
        starting = not self.health.process_up and self.health.lost_at is None
        if not phone_ready and not starting:
            return Banner("danger", words.calls.no_calls_arrive() + ".", detail)
        if self._refuses_calls:
            return Banner(
                "danger", words.calls.no_calls_arrive() + ".", words.status.refuses_all_calls()
            )
        devices = self.health.devices
        if devices is not None and (silent := words.sound.devices_banner(devices)) is not None:
            return Banner("danger", *silent)
        return self.centre.banner(now, self._waiting.waiting if self._waiting else 0)
