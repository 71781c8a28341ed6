"""Presenter of the settings page of sound devices and reminder sound, with device tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.settings.adapters import phone_settings
from console.core.settings.current import ChosenSettings
from console.core.settings.file import Choices
from console.core.settings.workplace import ConsoleSettings
from console.features.settings import words as settings_words
from console.features.settings.form import Outcome, OutcomeKind, SettingsForm
from console.shared.workplace.devices import SelfTestPort
from telephony.errors import DeviceError
from telephony.findings import Finding, Part, SelfTestOrder, Verdict
from telephony.phone_devices import SoundDevice
from telephony.settings import AudioSettings

_TRIAL = "device-trial"
ON, OFF = "on", "off"
_PARTS = {
    "input_device": Part.MICROPHONE,
    "output_device": Part.EARPIECE,
    "ring_device": Part.RINGER,
}
_KINDS = {
    Verdict.PASSED: OutcomeKind.GOOD,
    Verdict.DOUBTFUL: OutcomeKind.DOUBTFUL,
    Verdict.FAILED: OutcomeKind.BAD,
    Verdict.NOT_TRIED: OutcomeKind.BUSY,
}


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """Choice in a list of devices; ``name`` is empty for the system default."""

    name: str
    label: str


class DeviceSettings(SettingsForm):
    """Settings of sound devices. Every operator may change them, because each uses a personal
    headset.
    """

    places = {
        "input_device": ("audio", "input_device"),
        "output_device": ("audio", "output_device"),
        "ring_device": ("audio", "ring_device"),
        "promised_call": ("sounds", "promised_call"),
    }

    def __init__(
        self,
        chosen: ChosenSettings,
        self_test: SelfTestPort,
        find_devices: Callable[[], tuple[SoundDevice, ...]],
        play_reminder: Callable[[AudioSettings], Future[bool]],
        worker: Executor,
        deliveries: Deliveries,
        *,
        is_line_free: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        """``find_devices`` is called on a worker thread; ``play_reminder`` never blocks."""
        super().__init__(chosen, may_change=lambda: True, is_line_free=is_line_free, parent=parent)
        self._self_test = self_test
        self._find_devices = find_devices
        self._play_reminder = play_reminder
        self._worker = worker
        self._deliveries = deliveries
        self._devices: tuple[SoundDevice, ...] = ()
        self._place = "input_device"
        self._found: Finding | None = None
        self.level_dbfs: float | None = None
        """Current level of the microphone; None while it is not tested."""
        self_test.found.connect(self._take)
        self_test.ended.connect(self._ended)

    @property
    def tried_place(self) -> str:
        """Field of the device that is being tested or was tested last."""
        return self._place

    def look(self) -> None:
        """Reads the list of connected devices from the system."""
        self._deliveries.deliver(
            self._worker.submit(self._find_devices),
            self._show_devices,
            lambda _error: self._show_devices(()),  # same as without a sound system
            expected=(OSError,),
        )

    def choices(self, name: str) -> tuple[DeviceChoice, ...]:
        """Returns the choices of a field. For devices: the system default, connected devices, and
        the configured device even if it is disconnected.
        """
        if name == "promised_call":
            return tuple(DeviceChoice(*one) for one in settings_words.reminder_choices(ON, OFF))
        is_input = name == "input_device"
        found = [
            DeviceChoice(each.name, each.label)
            for each in self._devices
            if each.is_input is is_input
        ]
        rows = (DeviceChoice("", settings_words.usual_device()), *found)
        value = self.state.fields[name].value
        if any(row.name == value for row in rows):
            return rows
        return (*rows, DeviceChoice(value, settings_words.device_away(value)))

    def try_device(self, name: str) -> None:
        """Tests a device: records from the microphone, or plays a sound."""
        if not self._is_busy:
            self._place = name
            self.try_it()

    def _show_devices(self, found: tuple[SoundDevice, ...]) -> None:
        self._devices = found
        self._tell()

    def _note(self, settings: ConsoleSettings) -> str:
        if settings.audio.driver != "pulse":
            return settings_words.sound_of_files()
        return super()._note(settings)

    def _stand(self, settings: ConsoleSettings) -> dict[str, str]:
        audio = settings.audio
        return {
            "input_device": audio.input_device or "",
            "output_device": audio.output_device or "",
            "ring_device": audio.ring_device or "",
            "promised_call": ON if settings.sounds.promised_call else OFF,
        }

    def _choices(self, values: Mapping[str, str]) -> Choices:
        """Returns the settings to be stored; None for a default, which is not stored."""
        return {
            **{self.places[name]: values[name] or None for name in _PARTS},
            self.places["promised_call"]: None if values["promised_call"] == ON else False,
        }

    def _what_saving_means(self) -> Outcome:
        return Outcome(OutcomeKind.GOOD, settings_words.saved_devices())

    # --- device test ---

    def _is_changed_since(self, begun: Mapping[str, str]) -> bool:
        # A reminder sound is tested on the ring device even if it is disabled.
        place = self._place if self._place in _PARTS else "ring_device"
        return begun[place] != self._values()[place]

    def _begin_trial(self, values: Mapping[str, str]) -> None:
        settings = self._chosen.settings
        audio = replace(
            settings.audio,
            input_device=values["input_device"] or None,
            output_device=values["output_device"] or None,
            ring_device=values["ring_device"] or None,
        )
        self._found, self.level_dbfs = None, None
        part = _PARTS.get(self._place, Part.RINGER)
        self._outcome = Outcome(OutcomeKind.BUSY, settings_words.listen(part))
        self._tell()
        if self._place not in _PARTS:
            self._deliveries.deliver(
                self._play_reminder(phone_settings(replace(settings, audio=audio)).audio),
                self._played,
                lambda _error: self._played(False),
                (DeviceError,),
            )
            return
        # Sound only: the test needs no account, and does not receive one.
        settings = replace(settings, account=None, audio=audio)
        order = SelfTestOrder(phone_settings(settings), _TRIAL, None, part=part)
        self._self_test.start(order)

    def _played(self, is_heard: bool) -> None:
        text, advice = settings_words.reminder_played(is_heard=is_heard)
        kind = OutcomeKind.GOOD if is_heard else OutcomeKind.BAD
        self._finish_trial("played" if is_heard else "missing", Outcome(kind, text, advice))

    def _take(self, finding: Finding) -> None:
        if finding.code == "listening":
            self.level_dbfs = finding.value
            self._tell()
        else:
            self._found = finding

    def _ended(self, _whole: bool) -> None:
        found, self._found = self._found, None
        self.level_dbfs = None
        if found is None:
            self._finish_trial(
                "broke_down", Outcome(OutcomeKind.BAD, settings_words.trial_broke_down())
            )
            return
        text, advice = settings_words.device_finding(found, _PARTS[self._place])
        self._finish_trial(found.code, Outcome(_KINDS[found.verdict], text, advice))
