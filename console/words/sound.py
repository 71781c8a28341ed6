"""Words of microphone, earpiece and how a call sounds."""

from PySide6.QtCore import QCoreApplication

from console.words.formats import NO_VALUE, number_text
from telephony.device_presence import DevicePresence, Presence
from telephony.events import AudioDeviceChanged

Trouble = tuple[str, str, str, str]


def sound_trouble(sound: AudioDeviceChanged | None) -> Trouble | None:
    """Words, what to do, icon and role of what is wrong with the devices; None when all is well."""
    if sound is None:
        return None
    if not sound.input_works and not sound.output_works:
        return (
            QCoreApplication.translate("Words", "The headset is unplugged"),
            QCoreApplication.translate(
                "Words", "Plug it in: the call goes on, and the sound comes back by itself."
            ),
            "headset",
            "danger",
        )
    if not sound.input_works:
        return (
            QCoreApplication.translate("Words", "The microphone is away"),
            QCoreApplication.translate(
                "Words", "The caller does not hear you: check the headset's plug."
            ),
            "microphone-slash",
            "danger",
        )
    if not sound.output_works:
        return (
            QCoreApplication.translate("Words", "The earpiece is away"),
            QCoreApplication.translate(
                "Words", "You do not hear the caller: check the headset's plug."
            ),
            "speaker-slash",
            "danger",
        )
    if sound.is_fallback:
        return (
            QCoreApplication.translate("Words", "Another sound device stands in"),
            QCoreApplication.translate(
                "Words", "The chosen headset is away: plug it in, and it is used again by itself."
            ),
            "headset",
            "warn",
        )
    if not sound.echo_cancellation_works:
        return (
            QCoreApplication.translate("Words", "Echo is not cancelled"),
            QCoreApplication.translate(
                "Words", "The caller may hear himself: use a headset and no loudspeakers."
            ),
            "waves",
            "warn",
        )
    return None


def devices_trouble(devices: DevicePresence) -> Trouble | None:
    """The same of what is plugged in while no call is up; None where each place has its device."""
    microphone, earpiece, ringer = devices.microphone, devices.earpiece, devices.ringer
    if microphone is Presence.MISSING or earpiece is Presence.MISSING:
        return (
            _away(devices),
            QCoreApplication.translate(
                "Words", "Plug it in before a call comes: it is used again by itself."
            ),
            "headset",
            "danger",
        )
    if Presence.STAND_IN in (microphone, earpiece):
        return (
            QCoreApplication.translate("Words", "Another sound device stands in"),
            QCoreApplication.translate(
                "Words", "The chosen headset is away: plug it in, and it is used again by itself."
            ),
            "headset",
            "warn",
        )
    if ringer is not Presence.THERE:
        return (
            QCoreApplication.translate("Words", "It rings on another device"),
            QCoreApplication.translate(
                "Words", "The device that was chosen for the ring tone is away: plug it in."
            ),
            "speaker-slash",
            "warn",
        )
    return None


def devices_banner(devices: DevicePresence) -> tuple[str, str] | None:
    """What calls come to while nothing can ring or nobody can be heard; None where all can."""
    if devices.ringer is Presence.MISSING and devices.earpiece is Presence.MISSING:
        return (
            QCoreApplication.translate("Words", "You will not hear calls."),
            QCoreApplication.translate(
                "Words", "There is no sound device: plug in your headset. Calls are shown here."
            ),
        )
    if devices.microphone is Presence.MISSING:
        return (
            QCoreApplication.translate("Words", "Callers will not hear you."),
            QCoreApplication.translate("Words", "The microphone is away: plug in your headset."),
        )
    return None


def _away(devices: DevicePresence) -> str:
    if devices.microphone is not Presence.MISSING:
        return QCoreApplication.translate("Words", "The earpiece is away")
    if devices.earpiece is not Presence.MISSING:
        return QCoreApplication.translate("Words", "The microphone is away")
    return QCoreApplication.translate("Words", "The headset is unplugged")


def sound_well_again(before: AudioDeviceChanged) -> str:
    """What is said when the trouble of ``before`` is over."""
    if not before.input_works or not before.output_works:
        return QCoreApplication.translate("Words", "The headset works again")
    if before.is_fallback:
        return QCoreApplication.translate("Words", "The chosen headset is used again")
    return QCoreApplication.translate("Words", "Echo is cancelled again")


def caller_silent() -> str:
    return QCoreApplication.translate("Words", "The caller is not heard")


def microphone_silent() -> str:
    return QCoreApplication.translate("Words", "The microphone is silent")


def quality(level: int) -> tuple[str, str, str]:
    """Word, icon and kind of pill for a level of CallQuality: 0 good, 1 poor, 2 bad."""
    return (
        (QCoreApplication.translate("Words", "good sound"), "cell-signal-full-fill", "neutral"),
        (QCoreApplication.translate("Words", "poor sound"), "cell-signal-medium-fill", "warn"),
        (QCoreApplication.translate("Words", "bad sound"), "cell-signal-low-fill", "danger"),
    )[level]


def quality_figures(
    mos: float | None,
    lost_percent: float,
    jitter_ms: float,
    round_trip_ms: float | None,
    far_lost_percent: float | None,
) -> str:
    """The figures behind the level, one a line, for the one who asks."""

    def shown(text: str, value: float | None, digits: int = 0) -> str:
        if value is None:
            return text.replace("%1", NO_VALUE)
        return text.replace("%1", number_text(value) if digits else f"{value:.0f}")

    return "\n".join(
        (
            shown(QCoreApplication.translate("Words", "Score (MOS): %1 of 4.5"), mos, 1),
            shown(QCoreApplication.translate("Words", "Lost here: %1 %"), lost_percent, 1),
            shown(QCoreApplication.translate("Words", "Jitter: %1 ms"), jitter_ms),
            shown(QCoreApplication.translate("Words", "There and back: %1 ms"), round_trip_ms),
            shown(
                QCoreApplication.translate("Words", "Lost at the caller's: %1 %"),
                far_lost_percent,
                1,
            ),
        )
    )


def quality_advice(level: int) -> str:
    """What the operator can do about the sound of a call."""
    if not level:
        return ""
    return QCoreApplication.translate(
        "Words", "Speak slowly and have numbers repeated; if it stays so, offer to call back."
    )
