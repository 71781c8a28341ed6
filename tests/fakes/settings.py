"""Settings pages over a real file in a folder, with fakes for the phone test and servers."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.settings.current import ChosenSettings
from console.core.settings.file import read_settings
from console.features.settings.account import AccountSettings, ButtonSettings, CentreSettings
from console.features.settings.devices import DeviceSettings
from console.features.settings.form import Asking, Restart
from console.features.settings.sections_view import SettingsPresenters
from console.shared.workplace.devices import HeadsetTrial
from console.shared.workplace.global_key_trouble import GrabTrouble
from sync.store.central.hosts import TrialOutcome
from telephony.errors import DeviceError
from telephony.headset.watch import HeadsetEvent, Tell
from telephony.phone_devices import SoundDevice
from telephony.settings import AudioSettings
from tests.fakes.console_fakes import HeldExecutor, InlineExecutor
from tests.fakes.console_phone import FakeSelfTest

HEADSET = SoundDevice("alsa.headset", "Гарнитура", False)
HEADSET_MICROPHONE = SoundDevice("alsa.headset.in", "Гарнитура, микрофон", True)
SPEAKER = SoundDevice("alsa.speaker", "Колонки", False)


class FakeWatch:
    """Reports the headsets that a test plugs in."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self.is_running = False

    def start(self) -> None:
        self.is_running = True

    def stop(self, deadline_s: float) -> bool:
        self.is_running = False
        return deadline_s > 0

    def tell(self, *events: HeadsetEvent) -> None:
        for event in events:
            self._tell(event)


class SettingsBench:
    """The pages of one workplace; ``laid_down`` is the administrator's file.

    With ``held`` writes wait for the test; ``others`` may require a restart too.
    """

    def __init__(
        self,
        folder: Path,
        owner: QObject,
        laid_down: str = "",
        held: HeldExecutor | None = None,
        others: Sequence[Asking] = (),
    ) -> None:
        self.file = folder / "console.toml"
        self.file.write_text(laid_down, encoding="utf-8")
        self.folder = folder / "chosen"
        self.environment: dict[str, str] = {}
        self.devices: tuple[SoundDevice, ...] = (HEADSET, HEADSET_MICROPHONE, SPEAKER)
        self.account_test, self.device_test = FakeSelfTest(owner), FakeSelfTest(owner)
        self.asked: list[tuple[str, str | None, str]] = []
        self.outcome = TrialOutcome.REACHED
        self.may_configure = True
        self.line_is_free = True
        self.registered_again = 0
        self.reminders: list[AudioSettings] = []
        self.reminder_is_heard = True
        self.headsets: list[FakeWatch] = []
        self.grab_trouble: GrabTrouble | None = None
        deliveries, worker = Deliveries(owner), InlineExecutor()
        self.chosen = ChosenSettings(
            read_settings(self.file, self.environment, self.folder),
            lambda: read_settings(self.file, self.environment, self.folder),
            held or worker,
            deliveries,
            owner,
        )
        self.presenters = SettingsPresenters(
            account=AccountSettings(
                self.chosen,
                self.account_test,
                may_change=lambda: self.may_configure,
                is_line_free=lambda: self.line_is_free,
                tried=self._tried,
                parent=owner,
            ),
            devices=DeviceSettings(
                self.chosen,
                self.device_test,
                lambda: self.devices,
                self._play,
                worker,
                deliveries,
                is_line_free=lambda: self.line_is_free,
                parent=owner,
            ),
            buttons=ButtonSettings(
                self.chosen,
                HeadsetTrial(self._watch, worker, owner),
                may_change=lambda: self.may_configure,
                find_trouble=lambda: self.grab_trouble,
                is_line_free=lambda: self.line_is_free,
                parent=owner,
            ),
            centre=CentreSettings(
                self.chosen,
                self._try_centre,
                worker,
                deliveries,
                may_change=lambda: self.may_configure,
                parent=owner,
            ),
            may_configure=lambda: self.may_configure,
        )
        made = self.presenters
        Restart(
            self.chosen,
            (made.account, made.devices, made.buttons, made.centre),
            others,
            is_line_free=lambda: self.line_is_free,
            parent=owner,
        )

    def _watch(self, tell: Tell) -> FakeWatch:
        self.headsets.append(FakeWatch(tell))
        return self.headsets[-1]

    def _play(self, audio: AudioSettings) -> Future[bool]:
        """Without a sound system no sound is played."""
        self.reminders.append(audio)
        heard: Future[bool] = Future()
        if audio.ring_device == "broken":
            heard.set_exception(DeviceError("pulse", "unreachable"))
        else:
            heard.set_result(self.reminder_is_heard)
        return heard

    def _tried(self) -> None:
        self.registered_again += 1

    def _try_centre(self, dsn: str, ca_file: str | None, station: str) -> TrialOutcome:
        self.asked.append((dsn, ca_file, station))
        return self.outcome
