"""Display texts of the phone check: test results, advice, and facts about the phone."""

from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.formats import NO_VALUE, Counted, time_text
from telephony.findings import Check, Finding


def name_account() -> str:
    return QCoreApplication.translate("Words", "Enter the phone's account")


def choose_devices() -> str:
    return QCoreApplication.translate("Words", "Choose sound devices")


_PASSWORD_REFUSED = (401, 403, 407)
Words = tuple[str, str]


def check_name(check: Check) -> str:
    match check:
        case Check.REGISTRATION:
            return QCoreApplication.translate("Words", "Registration")
        case Check.CALL:
            return QCoreApplication.translate("Words", "Call to the own number")
        case Check.ECHO:
            return QCoreApplication.translate("Words", "Sound both ways")
        case Check.MICROPHONE:
            return QCoreApplication.translate("Words", "Microphone")
        case Check.RINGER:
            return QCoreApplication.translate("Words", "Ring tone")
        case _:
            assert_never(check)


def purpose(check: Check) -> str:
    """Purpose of a check that has not started."""
    match check:
        case Check.REGISTRATION:
            return QCoreApplication.translate("Words", "Does the telephone system know this phone?")
        case Check.CALL:
            return QCoreApplication.translate("Words", "Does a call arrive here?")
        case Check.ECHO:
            return QCoreApplication.translate("Words", "Does the voice pass in both directions?")
        case Check.MICROPHONE:
            return QCoreApplication.translate("Words", "Are you heard? You will have to speak.")
        case Check.RINGER:
            return QCoreApplication.translate("Words", "Does the phone ring aloud?")
        case _:
            assert_never(check)


def running(check: Check) -> str:
    match check:
        case Check.REGISTRATION:
            return QCoreApplication.translate("Words", "Asking the telephone system…")
        case Check.CALL:
            return QCoreApplication.translate("Words", "Calling the own number…")
        case Check.ECHO:
            return QCoreApplication.translate("Words", "Listening for the echo…")
        case Check.MICROPHONE:
            return QCoreApplication.translate(
                "Words", "Speak into the microphone now, for example: one, two, three…"
            )
        case Check.RINGER:
            return QCoreApplication.translate("Words", "The phone rings now: listen")
        case _:
            assert_never(check)


def state_name(state: str) -> str:
    """Status of a check in one word; `state` is the value of `CheckState`."""
    return {
        "waiting": QCoreApplication.translate("Words", "waits"),
        "running": QCoreApplication.translate("Words", "under way"),
        "passed": QCoreApplication.translate("Words", "in order"),
        "doubtful": QCoreApplication.translate("Words", "with a remark"),
        "failed": QCoreApplication.translate("Words", "fault"),
        "not-possible": QCoreApplication.translate("Words", "not checked"),
    }[state]


def finding(found: Finding) -> Words:
    """Result of a check with advice; codes of a newer phone process are shown unchanged."""
    table = {
        Check.REGISTRATION: _registration,
        Check.CALL: _call,
        Check.ECHO: _echo,
        Check.MICROPHONE: _microphone,
        Check.RINGER: _ringer,
    }[found.check]()
    code = found.code
    if code == "refused" and found.value in _PASSWORD_REFUSED and found.check is not Check.ECHO:
        code = "password"
    unknown = QCoreApplication.translate("Words", "Unknown outcome: %1").replace("%1", code)
    text, advice = table.get(code, (unknown, _call_administrator()))
    value = NO_VALUE if found.value is None else f"{found.value:.0f}"
    return text.replace("%1", value), advice


def _call_administrator() -> str:
    return QCoreApplication.translate("Words", "Call the administrator.")


def _name_the_code() -> str:
    return QCoreApplication.translate("Words", "Call the administrator and name this code.")


def _check_cable() -> str:
    return QCoreApplication.translate(
        "Words", "Check the network cable; if the network is there, call the administrator."
    )


def _plug_in_headset() -> str:
    return QCoreApplication.translate("Words", "Plug in your headset and repeat the check.")


def _registration() -> dict[str, Words]:
    return {
        "registered": (
            QCoreApplication.translate("Words", "The telephone system knows this phone"),
            "",
        ),
        "no_account": (
            QCoreApplication.translate("Words", "No telephone system is set: direct calls only"),
            "",
        ),
        "no_answer": (
            QCoreApplication.translate("Words", "The telephone system does not answer"),
            _check_cable(),
        ),
        "password": (
            QCoreApplication.translate("Words", "The telephone system refuses the account (%1)"),
            QCoreApplication.translate(
                "Words", "Call the administrator: number or password of the phone are wrong."
            ),
        ),
        "refused": (
            QCoreApplication.translate("Words", "The telephone system refuses this phone (%1)"),
            _name_the_code(),
        ),
        "name_unknown": (
            QCoreApplication.translate("Words", "The telephone system's name is not found"),
            QCoreApplication.translate(
                "Words", "Check the network cable; then the administrator looks at name and DNS."
            ),
        ),
        "connection_refused": (
            QCoreApplication.translate("Words", "The telephone system takes no connection"),
            QCoreApplication.translate(
                "Words", "Call the administrator: it is switched off, or its port is closed."
            ),
        ),
        "unreachable": (
            QCoreApplication.translate("Words", "There is no way to the telephone system"),
            _check_cable(),
        ),
        "connect_timeout": (
            QCoreApplication.translate("Words", "The telephone system is silent when connected to"),
            _check_cable(),
        ),
        "connection_lost": (
            QCoreApplication.translate("Words", "The connection to the telephone system broke"),
            _check_cable(),
        ),
        "tls_certificate": (
            QCoreApplication.translate(
                "Words", "The telephone system's certificate is not trusted"
            ),
            QCoreApplication.translate(
                "Words", "Call the administrator: the certificate is another's or out of date."
            ),
        ),
        "tls_failed": (
            QCoreApplication.translate("Words", "Encryption with the telephone system fails"),
            _call_administrator(),
        ),
    }


def _call() -> dict[str, Words]:
    return {
        "answered": (QCoreApplication.translate("Words", "A call arrives at this phone"), ""),
        "no_answer": (
            QCoreApplication.translate("Words", "The call did not arrive within 10 seconds"),
            QCoreApplication.translate(
                "Words",
                "Citizens' calls may not arrive either: call the administrator, who looks where"
                " the telephone system sends them.",
            ),
        ),
        "not_found": (
            QCoreApplication.translate("Words", "The telephone system does not find this number"),
            QCoreApplication.translate(
                "Words", "Register again; if that does not help, call the administrator."
            ),
        ),
        "busy": (
            QCoreApplication.translate("Words", "The own number is busy or refuses calls"),
            QCoreApplication.translate(
                "Words",
                "Another phone of this number may be talking, or the settings say not to disturb.",
            ),
        ),
        "password": (
            QCoreApplication.translate("Words", "The telephone system refuses the account (%1)"),
            QCoreApplication.translate(
                "Words", "Call the administrator: number or password of the phone are wrong."
            ),
        ),
        "refused": (
            QCoreApplication.translate("Words", "The telephone system did not connect (%1)"),
            _name_the_code(),
        ),
        "port_taken": (
            QCoreApplication.translate("Words", "There is no free port for the check"),
            QCoreApplication.translate("Words", "Repeat in a minute, then call the administrator."),
        ),
        "depends": (
            QCoreApplication.translate("Words", "Not checked: registration comes first"),
            "",
        ),
    }


def _echo() -> dict[str, Words]:
    return {
        "clear": (
            QCoreApplication.translate("Words", "Clear both ways, the delay is %1 ms"),
            "",
        ),
        "silent": (
            QCoreApplication.translate("Words", "The sound did not come back"),
            QCoreApplication.translate(
                "Words",
                "You and the caller would not hear each other: call the administrator. Closed"
                " voice ports do this, or a system that sends the own number to voice mail.",
            ),
        ),
        "distorted": (
            QCoreApplication.translate("Words", "The sound comes back distorted"),
            QCoreApplication.translate(
                "Words",
                "Voices will break up. Stop large downloads and repeat; if it stays, call the"
                " administrator.",
            ),
        ),
        "delayed": (
            QCoreApplication.translate("Words", "The sound comes back late: %1 ms"),
            QCoreApplication.translate(
                "Words",
                "You and the caller will interrupt each other. Repeat the check; if it stays,"
                " call the administrator.",
            ),
        ),
        "depends": (
            QCoreApplication.translate("Words", "Not checked: there was no call"),
            "",
        ),
    }


def _microphone() -> dict[str, Words]:
    return {
        "heard": (QCoreApplication.translate("Words", "You are heard well"), ""),
        "quiet": (
            QCoreApplication.translate("Words", "You are hardly heard"),
            QCoreApplication.translate(
                "Words", "Move the microphone closer, or turn it up in the system's settings."
            ),
        ),
        "loud": (
            QCoreApplication.translate("Words", "Too loud: the voice is cut off"),
            QCoreApplication.translate(
                "Words", "Move the microphone away, or turn it down in the system's settings."
            ),
        ),
        "silent": (
            QCoreApplication.translate("Words", "The microphone gives no sound"),
            QCoreApplication.translate(
                "Words",
                "Look for the switch on the headset, and speak while the microphone is checked.",
            ),
        ),
        "missing": (
            QCoreApplication.translate("Words", "There is no microphone"),
            _plug_in_headset(),
        ),
        "fallback": (
            QCoreApplication.translate("Words", "You are heard by another microphone"),
            QCoreApplication.translate(
                "Words", "The chosen headset is away: plug it in and repeat the check."
            ),
        ),
        "no_sound_system": (
            QCoreApplication.translate("Words", "The computer's sound does not work"),
            _call_administrator(),
        ),
    }


def _ringer() -> dict[str, Words]:
    return {
        "played": (
            QCoreApplication.translate("Words", "The ring tone was played"),
            QCoreApplication.translate(
                "Words", "Not heard? Turn up the volume of its loudspeaker."
            ),
        ),
        "missing": (
            QCoreApplication.translate("Words", "There is nothing to ring on"),
            QCoreApplication.translate(
                "Words", "Calls will be seen but not heard: plug in loudspeaker or headset."
            ),
        ),
        "fallback": (
            QCoreApplication.translate("Words", "It rings on another device"),
            QCoreApplication.translate(
                "Words", "The chosen ringer is away: plug it in and repeat the check."
            ),
        ),
        "depends": (
            QCoreApplication.translate("Words", "Not checked: there is no sound"),
            "",
        ),
    }


# --- self-test ---


def call_is_on() -> str:
    return QCoreApplication.translate(
        "Words", "A call is there: the check is possible when the line is free."
    )


def phone_is_away() -> str:
    return QCoreApplication.translate("Words", "The phone is starting: try again in a few seconds.")


def stopped() -> str:
    return QCoreApplication.translate("Words", "The check is stopped.")


def call_came() -> str:
    return QCoreApplication.translate("Words", "A call came in: the check is broken off.")


def phone_was_lost() -> str:
    return QCoreApplication.translate(
        "Words", "The phone's program ended and is started again: repeat the check then."
    )


def broke_down() -> str:
    return QCoreApplication.translate(
        "Words", "The check itself broke down: repeat it, then call the administrator."
    )


def summary(troubles: int, at_local: datetime) -> str:
    text = QCoreApplication.translate("Words", "Checked at %1.").replace("%1", time_text(at_local))
    if not troubles:
        return f"{text} " + QCoreApplication.translate("Words", "The phone is in order.")
    return f"{text} " + Counted().troubles(troubles)


def no_registrar() -> str:
    return QCoreApplication.translate("Words", "No telephone system is set: nothing to register at")


# --- phone status ---


def fact_registration() -> str:
    return QCoreApplication.translate("Words", "Telephone system")


def fact_last_success() -> str:
    return QCoreApplication.translate("Words", "Last registration")


def fact_presence() -> str:
    return QCoreApplication.translate("Words", "State at the telephone system")


def fact_process() -> str:
    return QCoreApplication.translate("Words", "Phone's program")


def fact_sound() -> str:
    return QCoreApplication.translate("Words", "Sound")


def direct_calls(address: str) -> str:
    return QCoreApplication.translate("Words", "none, direct calls to %1").replace("%1", address)


def connected_since(since: str) -> str:
    return QCoreApplication.translate("Words", "connected since %1").replace("%1", since)


def not_connected_since(since: str) -> str:
    return QCoreApplication.translate("Words", "no connection since %1").replace("%1", since)


def ago(seconds: float) -> str:
    """Elapsed time in whole minutes."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return QCoreApplication.translate("Words", "less than a minute ago")
    return Counted().ago(minutes)


def process_works(restarted: str | None) -> str:
    if restarted is None:
        return QCoreApplication.translate("Words", "works")
    text = QCoreApplication.translate("Words", "restarted at %1")
    return text.replace("%1", restarted)


def process_starts(since: str | None) -> str:
    if since is None:
        return QCoreApplication.translate("Words", "is starting")
    text = QCoreApplication.translate("Words", "failed at %1, is starting again")
    return text.replace("%1", since)


def sound_unremarkable() -> str:
    return QCoreApplication.translate("Words", "nothing to remark")
