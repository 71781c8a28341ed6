"""Words of the check before a shift: what was found at the workplace and what to do about it."""

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QLocale

from console.keys.defaults import Key
from console.keys.installed import with_keys
from console.words.formats import NO_VALUE, Counted, duration_text
from console.words.headset import buttons
from console.words.status import backup_reason, store_refuses
from sync.register.shift_check import Place, PlaceFinding, PlaceVerdict

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
            return QCoreApplication.translate("Words", "Records here")
        case Place.CENTRE:
            return QCoreApplication.translate("Words", "City's database")
        case Place.DISK:
            return QCoreApplication.translate("Words", "Room on the disk")
        case Place.CLOCK:
            return QCoreApplication.translate("Words", "Clock")
        case Place.BACKUP:
            return QCoreApplication.translate("Words", "Copy of the records")
        case _:
            assert_never(place)


def finding(found: PlaceFinding) -> Words:
    """What was found, and what to do about it; a code of a newer program is shown as it is."""
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
    registered = QCoreApplication.translate("Words", "The telephone system knows this phone")
    return {
        "registered": (registered, ""),
        "direct": (
            QCoreApplication.translate("Words", "No telephone system is set: direct calls only"),
            "",
        ),
        "phone_away": (
            QCoreApplication.translate("Words", "The phone's program does not work"),
            QCoreApplication.translate(
                "Words", "It starts by itself; else call the administrator."
            ),
        ),
        "refuses_all": (
            QCoreApplication.translate("Words", "The phone is set to refuse all calls"),
            _call_administrator(),
        ),
        "not_registered": (
            QCoreApplication.translate("Words", "The telephone system does not know this phone"),
            with_keys(
                QCoreApplication.translate("Words", "Calls do not arrive: F12 and Enter tell why."),
                Key.CHECK,
            ),
        ),
    }


def _headset() -> dict[str, Words]:
    return {
        "heard": (QCoreApplication.translate("Words", "You are heard, %1 dB"), ""),
        "there": (
            QCoreApplication.translate("Words", "Microphone and earpiece are there"),
            with_keys(
                QCoreApplication.translate(
                    "Words", "Whether you are heard is told by F12 and Enter."
                ),
                Key.CHECK,
            ),
        ),
        "quiet": (
            QCoreApplication.translate("Words", "You are heard too quietly, %1 dB"),
            QCoreApplication.translate("Words", "Bring the microphone nearer to your mouth."),
        ),
        "loud": (
            QCoreApplication.translate("Words", "The microphone is too loud"),
            QCoreApplication.translate("Words", "Move it away or turn it down."),
        ),
        "silent": (
            QCoreApplication.translate("Words", "Nothing is heard of you"),
            QCoreApplication.translate("Words", "Turn the microphone on and repeat the check."),
        ),
        "stand_in": (
            QCoreApplication.translate("Words", "Another sound device stands in"),
            QCoreApplication.translate("Words", "Plug in your headset."),
        ),
        "no_microphone": (
            QCoreApplication.translate("Words", "The microphone is away"),
            QCoreApplication.translate("Words", "Plug in your headset: callers will not hear you."),
        ),
        "no_earpiece": (
            QCoreApplication.translate("Words", "The earpiece is away"),
            QCoreApplication.translate("Words", "Plug in your headset: you will hear no caller."),
        ),
        "missing": (
            QCoreApplication.translate("Words", "The headset is unplugged"),
            QCoreApplication.translate("Words", "Plug it in before you take calls."),
        ),
    }


def _ringer() -> dict[str, Words]:
    return {
        "played": (QCoreApplication.translate("Words", "It was played"), ""),
        "there": (
            QCoreApplication.translate("Words", "Its loudspeaker is there"),
            with_keys(
                QCoreApplication.translate("Words", "How it sounds is told by F12 and Enter."),
                Key.CHECK,
            ),
        ),
        "stand_in": (
            QCoreApplication.translate("Words", "It will ring on another device"),
            QCoreApplication.translate("Words", "Plug in the loudspeaker, or listen for the ring."),
        ),
        "missing": (
            QCoreApplication.translate("Words", "There is nothing to ring on"),
            QCoreApplication.translate(
                "Words", "You will not hear calls, only see them: plug in a device."
            ),
        ),
    }


def _store(found: PlaceFinding) -> Words:
    if found.code == "takes_records":
        return QCoreApplication.translate("Words", "Records are taken and kept"), ""
    return QCoreApplication.translate("Words", "Records are not taken"), store_refuses(found.code)


def _centre() -> dict[str, Words]:
    later = QCoreApplication.translate("Words", "Work as usual: records go by themselves later.")
    return {
        "not_set": (QCoreApplication.translate("Words", "Not set: records stay here"), ""),
        "reached": (QCoreApplication.translate("Words", "It answers; not sent yet: %1"), ""),
        "connecting": (
            QCoreApplication.translate("Words", "It has not answered yet; not sent: %1"),
            later,
        ),
        "away": (QCoreApplication.translate("Words", "It does not answer; not sent: %1"), later),
    }


def _disk() -> dict[str, Words]:
    free = QCoreApplication.translate("Words", "Free: %1 MB")
    return {
        "unknown": (QCoreApplication.translate("Words", "It could not be asked"), ""),
        "free": (free, ""),
        "low": (free, QCoreApplication.translate("Words", "Tell the administrator today.")),
        "full": (
            free,
            QCoreApplication.translate(
                "Words", "Records will soon be refused: call the administrator now."
            ),
        ),
    }


def _clock() -> dict[str, Words]:
    tell = QCoreApplication.translate(
        "Words", "Times of calls are wrong by that: tell the administrator."
    )
    return {
        "goes_right": (QCoreApplication.translate("Words", "Nothing speaks against it"), ""),
        "fast": (QCoreApplication.translate("Words", "The clock is fast by %1"), tell),
        "slow": (QCoreApplication.translate("Words", "The clock is slow by %1"), tell),
        "before_records": (
            QCoreApplication.translate("Words", "It stands %1 before the last record"),
            QCoreApplication.translate(
                "Words", "It was set back: do not take calls, call the administrator."
            ),
        ),
    }


def _backup(found: PlaceFinding) -> Words:
    known = {
        "not_set": (QCoreApplication.translate("Words", "Not set by the administrator"), ""),
        "none_yet": (QCoreApplication.translate("Words", "The first one is being made"), ""),
    }
    if found.code in known:
        return known[found.code]
    if found.value is None:
        text = QCoreApplication.translate("Words", "There is no copy yet")
    else:
        ago = Counted().ago(round(found.value))
        text = QCoreApplication.translate("Words", "The last copy: %1").replace("%1", ago)
    if found.code == "fresh":
        return text, ""
    tell = QCoreApplication.translate("Words", "Tell the administrator.")
    return text, tell if found.code == "old" else f"{backup_reason(found.code)}. {tell}"


def verdict(findings: Sequence[PlaceFinding], worst: PlaceVerdict) -> Words:
    """The plain word, and what stands against it; without a test, that nothing was heard."""
    is_unheard = any(each.code == "there" for each in findings)
    match worst:
        case PlaceVerdict.PASSED | PlaceVerdict.NOT_TRIED if is_unheard:
            head = QCoreApplication.translate("Words", "Ready for work, the sound not tried")
        case PlaceVerdict.PASSED | PlaceVerdict.NOT_TRIED:
            head = QCoreApplication.translate("Words", "Ready for work")
        case PlaceVerdict.DOUBTFUL:
            head = QCoreApplication.translate("Words", "Ready for work, with remarks")
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
                    "Words", "Headset and ring tone were not listened to yet: F12, Enter."
                ),
                Key.CHECK,
            )
        )
    return head, "\n".join(lines)


def _sentences(found: PlaceFinding) -> tuple[str, ...]:
    text, advice = finding(found)
    return tuple(part for part in (f"{text[:1].lower()}{text[1:]}.", advice) if part)


def not_kept() -> str:
    return QCoreApplication.translate("Words", "The outcome of the check could not be kept")
