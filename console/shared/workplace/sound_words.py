"""Display texts of headset buttons, the pre-shift check, audio devices, and call quality."""

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QLocale

from console.core.default_keys import Key
from console.core.formats import NO_VALUE, Counted, duration_text, number_text
from console.core.keymap import with_keys
from console.core.words import store_refuses
from console.shared.workplace.status_words import backup_reason
from sync.register.people.shift import Place, PlaceFinding, PlaceVerdict
from telephony.events import AudioDeviceChanged
from telephony.headset.descriptor import Button
from telephony.headset.watch import HeadsetTrouble
from telephony.phone_devices import DevicePresence, Presence


def unusable(model: str, trouble: HeadsetTrouble) -> tuple[str, str]:
    """Problem with the buttons of a connected headset, with advice."""
    head = QCoreApplication.translate("Words", "Headset buttons do not work: %1")
    match trouble:
        case HeadsetTrouble.NO_PERMISSION:
            body = QCoreApplication.translate(
                "Words",
                "The system denies this user access: see the udev rule in the "
                "administrator's guide. Keys still work.",
            )
        case HeadsetTrouble.NOT_OPENED:
            body = QCoreApplication.translate(
                "Words",
                "Another program may be using them, or it was just unplugged. Keys still work.",
            )
        case HeadsetTrouble.NOT_UNDERSTOOD:
            body = QCoreApplication.translate(
                "Words", "This model reports its buttons in a non-standard way. Keys still work."
            )
        case HeadsetTrouble.NO_LIBRARY:
            head = QCoreApplication.translate("Words", "Headset buttons cannot be read here")
            body = QCoreApplication.translate(
                "Words", "The component that reads them is not installed. Keys still work."
            )
        case _:
            assert_never(trouble)
    return head.replace("%1", model), body


def buttons(code: str) -> tuple[str, str]:
    """Result of the button check with advice; a button code means that the button was pressed."""
    if code in set(Button):
        pressed = QCoreApplication.translate("Words", "Pressed: %1")
        return pressed.replace("%1", button(Button(code))), ""
    if code in set(HeadsetTrouble):
        _head, advice = unusable("", HeadsetTrouble(code))
        return QCoreApplication.translate("Words", "Buttons cannot be read"), advice
    match code:
        case "press":
            return (
                QCoreApplication.translate("Words", "Buttons detected"),
                QCoreApplication.translate(
                    "Words", "Press one: outside a call it does nothing and is named here."
                ),
            )
        case "off":
            return QCoreApplication.translate("Words", "Off in settings"), ""
        case _:
            return (
                QCoreApplication.translate("Words", "No headset with buttons"),
                QCoreApplication.translate("Words", "Use keys to control calls."),
            )


def button(pressed: Button) -> str:
    """Function of a button."""
    match pressed:
        case Button.HOOK:
            return QCoreApplication.translate("Words", "answer and end")
        case Button.MUTE:
            return QCoreApplication.translate("Words", "microphone")
        case Button.FLASH:
            return QCoreApplication.translate("Words", "hold or second call")
        case Button.HOLD:
            return QCoreApplication.translate("Words", "hold")
        case Button.REJECT:
            return QCoreApplication.translate("Words", "reject")
        case Button.DROP:
            return QCoreApplication.translate("Words", "end")
        case Button.REDIAL:
            return QCoreApplication.translate("Words", "redial last number")
        case Button.VOLUME_UP:
            return QCoreApplication.translate("Words", "louder")
        case Button.VOLUME_DOWN:
            return QCoreApplication.translate("Words", "quieter")
        case _:
            assert_never(pressed)


Words = tuple[str, str]


def place_name(place: Place) -> str:
    match place:
        case Place.PHONE:
            return QCoreApplication.translate("Words", "Phone")
        case Place.HEADSET:
            return QCoreApplication.translate("Words", "Headset")
        case Place.RINGER:
            return QCoreApplication.translate("Words", "Ring tone")
        case Place.BUTTONS:
            return QCoreApplication.translate("Words", "Headset buttons")
        case Place.STORE:
            return QCoreApplication.translate("Words", "Local records")
        case Place.CENTRE:
            return QCoreApplication.translate("Words", "City database")
        case Place.DISK:
            return QCoreApplication.translate("Words", "Disk space")
        case Place.CLOCK:
            return QCoreApplication.translate("Words", "Clock")
        case Place.BACKUP:
            return QCoreApplication.translate("Words", "Records backup")
        case _:
            assert_never(place)


def finding(found: PlaceFinding) -> Words:
    """Result of a pre-shift check with advice; codes of a newer version are shown unchanged."""
    match found.place:
        case Place.PHONE:
            table = _phone()
        case Place.HEADSET:
            table = _headset()
        case Place.RINGER:
            table = _ringer()
        case Place.BUTTONS:
            return buttons(found.code)
        case Place.STORE:
            return _store(found)
        case Place.CENTRE:
            table = _centre()
        case Place.DISK:
            table = _disk()
        case Place.CLOCK:
            table = _clock()
        case Place.BACKUP:
            return _backup(found)
        case _:
            assert_never(found.place)
    text, advice = table.get(found.code, (found.code, _call_administrator()))
    return text.replace("%1", _value(found)), advice


def _value(found: PlaceFinding) -> str:
    if found.value is None:
        return NO_VALUE
    if found.place is Place.CLOCK:
        return duration_text(found.value)
    return QLocale().toString(round(found.value))


def _call_administrator() -> str:
    return QCoreApplication.translate("Words", "Call the administrator.")


def _phone() -> dict[str, Words]:
    registered = QCoreApplication.translate("Words", "The PBX accepted the registration")
    return {
        "registered": (registered, ""),
        "direct": (
            QCoreApplication.translate("Words", "No PBX configured: direct calls only"),
            "",
        ),
        "phone_away": (
            QCoreApplication.translate("Words", "The phone program is not running"),
            QCoreApplication.translate(
                "Words", "It starts automatically; if not, call the administrator."
            ),
        ),
        "refuses_all": (
            QCoreApplication.translate("Words", "The phone is set to reject all calls"),
            _call_administrator(),
        ),
        "not_registered": (
            QCoreApplication.translate("Words", "The PBX does not know this phone"),
            with_keys(
                QCoreApplication.translate(
                    "Words", "Calls do not arrive: press F12 and Enter to see why."
                ),
                Key.CHECK,
            ),
        ),
    }


def _headset() -> dict[str, Words]:
    return {
        "heard": (QCoreApplication.translate("Words", "You can be heard, %1 dB"), ""),
        "there": (
            QCoreApplication.translate("Words", "Microphone and earpiece connected"),
            with_keys(
                QCoreApplication.translate("Words", "To test if you can be heard: F12 and Enter."),
                Key.CHECK,
            ),
        ),
        "quiet": (
            QCoreApplication.translate("Words", "You are too quiet, %1 dB"),
            QCoreApplication.translate("Words", "Move the microphone closer."),
        ),
        "loud": (
            QCoreApplication.translate("Words", "The microphone is too loud"),
            QCoreApplication.translate("Words", "Move it away or turn it down."),
        ),
        "silent": (
            QCoreApplication.translate("Words", "You cannot be heard"),
            QCoreApplication.translate("Words", "Turn the microphone on and repeat the check."),
        ),
        "stand_in": (
            QCoreApplication.translate("Words", "Another sound device is in use"),
            QCoreApplication.translate("Words", "Plug in your headset."),
        ),
        "no_microphone": (
            QCoreApplication.translate("Words", "Microphone unplugged"),
            QCoreApplication.translate("Words", "Plug in your headset: callers cannot hear you."),
        ),
        "no_earpiece": (
            QCoreApplication.translate("Words", "Earpiece unplugged"),
            QCoreApplication.translate("Words", "Plug in your headset: you cannot hear callers."),
        ),
        "missing": (
            QCoreApplication.translate("Words", "The headset is unplugged"),
            QCoreApplication.translate("Words", "Plug it in before you take calls."),
        ),
    }


def _ringer() -> dict[str, Words]:
    return {
        "played": (QCoreApplication.translate("Words", "Ring tone played"), ""),
        "there": (
            QCoreApplication.translate("Words", "The ringer is connected"),
            with_keys(
                QCoreApplication.translate("Words", "To hear the ring tone: F12 and Enter."),
                Key.CHECK,
            ),
        ),
        "stand_in": (
            QCoreApplication.translate("Words", "It will ring on another device"),
            QCoreApplication.translate(
                "Words", "Plug in the selected device, or listen for the ring."
            ),
        ),
        "missing": (
            QCoreApplication.translate("Words", "No device to ring on"),
            QCoreApplication.translate(
                "Words", "You will see calls but not hear them: plug in a device."
            ),
        ),
    }


def _store(found: PlaceFinding) -> Words:
    if found.code == "takes_records":
        return QCoreApplication.translate("Words", "Records are accepted and stored"), ""
    return QCoreApplication.translate("Words", "Records are not accepted"), store_refuses(
        found.code
    )


def _centre() -> dict[str, Words]:
    later = QCoreApplication.translate(
        "Words", "Work as usual: records will go by themselves later."
    )
    return {
        "not_set": (QCoreApplication.translate("Words", "Not set up: records stay here"), ""),
        "reached": (QCoreApplication.translate("Words", "Responding; not sent: %1"), ""),
        "connecting": (
            QCoreApplication.translate("Words", "No response yet; not sent: %1"),
            later,
        ),
        "away": (QCoreApplication.translate("Words", "Not responding; not sent: %1"), later),
    }


def _disk() -> dict[str, Words]:
    free = QCoreApplication.translate("Words", "Free: %1 MB")
    return {
        "unknown": (QCoreApplication.translate("Words", "Could not check"), ""),
        "free": (free, ""),
        "low": (free, QCoreApplication.translate("Words", "Tell the administrator today.")),
        "full": (
            free,
            QCoreApplication.translate(
                "Words", "Records will soon be rejected: call the administrator now."
            ),
        ),
    }


def _clock() -> dict[str, Words]:
    tell = QCoreApplication.translate(
        "Words", "Call times are off by this much: tell the administrator."
    )
    return {
        "goes_right": (QCoreApplication.translate("Words", "No issues"), ""),
        "fast": (QCoreApplication.translate("Words", "The clock is fast by %1"), tell),
        "slow": (QCoreApplication.translate("Words", "The clock is slow by %1"), tell),
        "before_records": (
            QCoreApplication.translate("Words", "It is %1 behind the last record"),
            QCoreApplication.translate(
                "Words", "The clock was set back: do not take calls, call the administrator."
            ),
        ),
    }


def _backup(found: PlaceFinding) -> Words:
    known = {
        "not_set": (QCoreApplication.translate("Words", "Not set up by administrator"), ""),
        "none_yet": (QCoreApplication.translate("Words", "First backup in progress"), ""),
    }
    if found.code in known:
        return known[found.code]
    if found.value is None:
        text = QCoreApplication.translate("Words", "No backup made yet")
    else:
        ago = Counted().ago(round(found.value))
        text = QCoreApplication.translate("Words", "Last backup: %1").replace("%1", ago)
    if found.code == "fresh":
        return text, ""
    tell = QCoreApplication.translate("Words", "Tell the administrator.")
    return text, tell if found.code == "old" else f"{backup_reason(found.code)}. {tell}"


def verdict(findings: Sequence[PlaceFinding], worst: PlaceVerdict) -> Words:
    """Overall result and the problems; without a sound test, states that sound was not checked."""
    is_unheard = any(each.code == "there" for each in findings)
    match worst:
        case PlaceVerdict.PASSED | PlaceVerdict.NOT_TRIED if is_unheard:
            head = QCoreApplication.translate("Words", "Ready for work, sound not tested")
        case PlaceVerdict.PASSED | PlaceVerdict.NOT_TRIED:
            head = QCoreApplication.translate("Words", "Ready for work")
        case PlaceVerdict.DOUBTFUL:
            head = QCoreApplication.translate("Words", "Ready for work, with issues")
        case PlaceVerdict.FAILED:
            head = QCoreApplication.translate("Words", "Not ready for work")
        case _:
            assert_never(worst)
    troubles = [each for each in findings if each.verdict is worst]
    if worst in (PlaceVerdict.PASSED, PlaceVerdict.NOT_TRIED):
        troubles = []
    lines = [" ".join((f"{place_name(each.place)}:", *_sentences(each))) for each in troubles]
    if is_unheard:
        lines.append(
            with_keys(
                QCoreApplication.translate(
                    "Words", "Headset and ring tone not tested by ear yet: F12, Enter."
                ),
                Key.CHECK,
            )
        )
    return head, "\n".join(lines)


def _sentences(found: PlaceFinding) -> tuple[str, ...]:
    text, advice = finding(found)
    return tuple(part for part in (f"{text[:1].lower()}{text[1:]}.", advice) if part)


def not_kept() -> str:
    return QCoreApplication.translate("Words", "Check result not saved")


Trouble = tuple[str, str, str, str]


def sound_trouble(sound: AudioDeviceChanged | None) -> Trouble | None:
    """Problem with audio devices: text, advice, icon and colour role; None if there is none."""
    if sound is None:
        return None
    if not sound.input_works and not sound.output_works:
        return (
            QCoreApplication.translate("Words", "The headset is unplugged"),
            QCoreApplication.translate(
                "Words", "Plug it in: the call continues and sound returns automatically."
            ),
            "headset",
            "danger",
        )
    if not sound.input_works:
        return (
            QCoreApplication.translate("Words", "Microphone unplugged"),
            QCoreApplication.translate(
                "Words", "The caller cannot hear you: check the headset plug."
            ),
            "microphone-slash",
            "danger",
        )
    if not sound.output_works:
        return (
            QCoreApplication.translate("Words", "Earpiece unplugged"),
            QCoreApplication.translate(
                "Words", "You cannot hear the caller: check the headset plug."
            ),
            "speaker-slash",
            "danger",
        )
    if sound.is_fallback:
        return (
            QCoreApplication.translate("Words", "Another sound device is in use"),
            QCoreApplication.translate(
                "Words",
                "The selected headset is missing: plug it in, and it is used again automatically.",
            ),
            "headset",
            "warn",
        )
    if not sound.echo_cancellation_works:
        return (
            QCoreApplication.translate("Words", "Echo is not cancelled"),
            QCoreApplication.translate(
                "Words", "Callers may hear themselves: use a headset, not loudspeakers."
            ),
            "waves",
            "warn",
        )
    return None


def devices_trouble(devices: DevicePresence) -> Trouble | None:
    """Problem with connected devices outside of calls; None if all devices are present."""
    microphone, earpiece, ringer = devices.microphone, devices.earpiece, devices.ringer
    if microphone is Presence.MISSING or earpiece is Presence.MISSING:
        return (
            _away(devices),
            QCoreApplication.translate(
                "Words", "Plug it in before a call: it is used again automatically."
            ),
            "headset",
            "danger",
        )
    if Presence.STAND_IN in (microphone, earpiece):
        return (
            QCoreApplication.translate("Words", "Another sound device is in use"),
            QCoreApplication.translate(
                "Words",
                "The selected headset is missing: plug it in, and it is used again automatically.",
            ),
            "headset",
            "warn",
        )
    if ringer is not Presence.THERE:
        return (
            QCoreApplication.translate("Words", "It rings on another device"),
            QCoreApplication.translate("Words", "The selected ringer is unplugged: plug it in."),
            "speaker-slash",
            "warn",
        )
    return None


def devices_banner(devices: DevicePresence) -> tuple[str, str] | None:
    """Banner while calls cannot ring or the operator cannot be heard; None otherwise."""
    if devices.ringer is Presence.MISSING and devices.earpiece is Presence.MISSING:
        return (
            QCoreApplication.translate("Words", "You will not hear calls."),
            QCoreApplication.translate(
                "Words", "No sound device: plug in your headset. Calls are shown here."
            ),
        )
    if devices.microphone is Presence.MISSING:
        return (
            QCoreApplication.translate("Words", "Callers will not hear you."),
            QCoreApplication.translate(
                "Words", "The microphone is unplugged: plug in your headset."
            ),
        )
    return None


def _away(devices: DevicePresence) -> str:
    if devices.microphone is not Presence.MISSING:
        return QCoreApplication.translate("Words", "Earpiece unplugged")
    if devices.earpiece is not Presence.MISSING:
        return QCoreApplication.translate("Words", "Microphone unplugged")
    return QCoreApplication.translate("Words", "The headset is unplugged")


def sound_well_again(before: AudioDeviceChanged) -> str:
    """Notice that the problem in `before` is resolved."""
    if not before.input_works or not before.output_works:
        return QCoreApplication.translate("Words", "The headset works again")
    if before.is_fallback:
        return QCoreApplication.translate("Words", "The selected headset is in use again")
    return QCoreApplication.translate("Words", "Echo is cancelled again")


def caller_silent() -> str:
    return QCoreApplication.translate("Words", "The caller cannot be heard")


def microphone_silent() -> str:
    return QCoreApplication.translate("Words", "The microphone is silent")


def quality(level: int) -> tuple[str, str, str]:
    """Text, icon and badge kind of a `CallQuality` level: 0 good, 1 poor, 2 bad."""
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
    """Measurements behind the quality level, one a line."""

    def shown(text: str, value: float | None, digits: int = 0) -> str:
        if value is None:
            return text.replace("%1", NO_VALUE)
        return text.replace("%1", number_text(value) if digits else f"{value:.0f}")

    return "\n".join(
        (
            shown(QCoreApplication.translate("Words", "Score (MOS): %1 of 4.5"), mos, 1),
            shown(QCoreApplication.translate("Words", "Lost here: %1 %"), lost_percent, 1),
            shown(QCoreApplication.translate("Words", "Jitter: %1 ms"), jitter_ms),
            shown(QCoreApplication.translate("Words", "Round trip: %1 ms"), round_trip_ms),
            shown(
                QCoreApplication.translate("Words", "Lost on caller's side: %1 %"),
                far_lost_percent,
                1,
            ),
        )
    )


def quality_advice(level: int) -> str:
    """Advice to the operator on poor call quality."""
    if not level:
        return ""
    return QCoreApplication.translate(
        "Words",
        "Speak slowly and have numbers repeated; if it persists, ask the caller to call back.",
    )
