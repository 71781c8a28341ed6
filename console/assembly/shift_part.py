"""Builds the check before a shift, and starts the watch of connected audio devices."""

import shutil
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from console.context import Shared
from console.core.deliveries import Bridge
from console.core.milestones import Milestone
from console.core.settings.adapters import phone_settings
from console.core.settings.workplace import CITY_ZONE, ConsoleSettings
from console.features.shift_check.phone_check import PhoneCheckPresenter
from console.features.shift_check.presenter import DeviceWatch, PlaceFacts, ShiftCheckPresenter
from console.shared.session.desk import DeskPresenter
from console.shared.workplace.status import StatusPresenter
from sync.register.people.operators import Operator
from sync.register.people.shift import KeptCheck, PlaceFinding, overall
from sync.store.local.backup import copies
from sync.store.local.people.shifts import ShiftChecks
from sync.store.local.register import RegisterStore
from telephony.phone_devices import DevicePresence, look_at_devices

STOP_DEADLINE_S = 2.0


@dataclass(frozen=True, slots=True)
class Workplace:
    """Free space, backups and store of this workplace, for the shift check."""

    settings: ConsoleSettings
    register: RegisterStore
    checks: ShiftChecks

    def look(self, operator_id: UUID) -> PlaceFacts:
        folder = self.settings.backup.directory
        return PlaceFacts(
            free_bytes=shutil.disk_usage(self.settings.data_directory).free,
            newest_record_at=self.checks.newest_record_at(),
            copies_are_set=bool(folder),
            newest_copy_at=max(
                (
                    copy.taken_at
                    for copy in (copies(Path(folder)) if folder else ())
                    if copy.station == self.register.station().code
                ),
                default=None,
            ),
            last_check=self.checks.last_check_of(operator_id),
        )

    def try_disk(self) -> "Future[None]":
        return self.register.try_disk()

    def note_check(self, by: Operator, findings: tuple[PlaceFinding, ...]) -> "Future[KeptCheck]":
        return self.checks.note_check(by, findings)


def make_shift_check(
    shared: Shared, desk: DeskPresenter, status: StatusPresenter, phone_check: PhoneCheckPresenter
) -> ShiftCheckPresenter:
    """Builds and connects the presenter; it runs after each sign-in."""
    made = ShiftCheckPresenter(
        Workplace(shared.settings, shared.register, ShiftChecks(shared.register)),
        phone_check,
        status,
        shared.readers,
        shared.deliveries,
        operator=lambda: desk.operator,
        refuses_calls=shared.settings.phone.do_not_disturb,
        zone=CITY_ZONE,
        parent=shared.parent,
    )
    made.kept.connect(
        lambda kept: shared.milestones.note(
            Milestone.SHIFT_CHECKED,
            verdict=overall(kept.findings).value,
            **{each.place.value: each.code for each in kept.findings},
        )
    )
    return made


def start_device_watch(shared: Shared, status: StatusPresenter) -> None:
    """Reports connected audio devices to the window, unless files replace the headset."""
    if shared.settings.audio.driver != "pulse":
        return

    def look() -> DevicePresence:
        return look_at_devices(phone_settings(shared.chosen.settings).audio)

    def seen(devices: DevicePresence) -> None:
        status.receive_devices(devices)
        shared.milestones.note(
            Milestone.DEVICES_SEEN,
            microphone=devices.microphone.value,
            earpiece=devices.earpiece.value,
            ringer=devices.ringer.value,
        )

    bridge: Bridge[DevicePresence] = Bridge(seen, shared.parent)
    watch = DeviceWatch(look, bridge.post)
    shared.beginnings.begin("device watch", watch.start, lambda: watch.stop(STOP_DEADLINE_S))
