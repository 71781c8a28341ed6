"""Display texts of the phone check: test results, advice, and facts about the phone."""

from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.formats import NO_VALUE, Counted, time_text
from telephony.findings import Check, Finding


def name_account() -> str:
    return QCoreApplication.translate("Words", "Enter phone account")


def choose_devices() -> str:
    return QCoreApplication.translate("Words", "Choose sound devices")


_PASSWORD_REFUSED = (401, 403, 407)
Words = tuple[str, str]


def check_name(check: Check) -> str:
    match check:
        case Check.REGISTRATION:
            return QCoreApplication.translate("Words", "Registration")
        case Check.CALL:
            return QCoreApplication.translate("Words", "Call to own number")
        case Check.ECHO:
            return QCoreApplication.translate("Words", "Two-way audio")
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
            return QCoreApplication.translate("Words", "Is the phone registered with the PBX?")
        case Check.CALL:
            return QCoreApplication.translate("Words", "Do calls arrive here?")
        case Check.ECHO:
            return QCoreApplication.translate("Words", "Does voice pass both ways?")
        case Check.MICROPHONE:
            return QCoreApplication.translate("Words", "Can you be heard? You will need to speak.")
        case Check.RINGER:
            return QCoreApplication.translate("Words", "Does the phone ring out loud?")
        case _:
            assert_never(check)


def running(check: Check) -> str:
    match check:
        case Check.REGISTRATION:
            return QCoreApplication.translate("Words", "Contacting the PBX…")
        case Check.CALL:
            return QCoreApplication.translate("Words", "Calling own number…")
        case Check.ECHO:
            return QCoreApplication.translate("Words", "Listening for the echo…")
        case Check.MICROPHONE:
            return QCoreApplication.translate(
                "Words", "Speak into the microphone now, for example: one, two, three…"
            )
        case Check.RINGER:
            return QCoreApplication.translate("Words", "The phone is ringing: listen")
        case _:
            assert_never(check)


def state_name(state: str) -> str:
    """Status of a check in one word; `state` is the value of `CheckState`."""
    return {
        "waiting": QCoreApplication.translate("Words", "queued"),
        "running": QCoreApplication.translate("Words", "checking"),
        "passed": QCoreApplication.translate("Words", "in order"),
        "doubtful": QCoreApplication.translate("Words", "has an issue"),
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
    unknown = QCoreApplication.translate("Words", "Unknown result: %1").replace("%1", code)
    text, advice = table.get(code, (unknown, _call_administrator()))
    value = NO_VALUE if found.value is None else f"{found.value:.0f}"
    return text.replace("%1", value), advice


def _call_administrator() -> str:
    return QCoreApplication.translate("Words", "Call the administrator.")


def _name_the_code() -> str:
    return QCoreApplication.translate("Words", "Call the administrator and quote this code.")


def _check_cable() -> str:
    return QCoreApplication.translate(
        "Words", "Check the network cable; if the network works, call the administrator."
    )


def _plug_in_headset() -> str:
    return QCoreApplication.translate("Words", "Plug in your headset and repeat the check.")


def _registration() -> dict[str, Words]:
    return {
        "registered": (
            QCoreApplication.translate("Words", "The PBX accepted the registration"),
            "",
        ),
        "no_account": (
            QCoreApplication.translate("Words", "No PBX configured: direct calls only"),
            "",
        ),
        "no_answer": (
            QCoreApplication.translate("Words", "The PBX is not responding"),
            _check_cable(),
        ),
        "password": (
            QCoreApplication.translate("Words", "The PBX rejected the phone account (%1)"),
            QCoreApplication.translate(
                "Words", "Call the administrator: the phone's number or password is wrong."
            ),
        ),
        "refused": (
            QCoreApplication.translate("Words", "The PBX rejected the registration (%1)"),
            _name_the_code(),
        ),
        "name_unknown": (
            QCoreApplication.translate("Words", "PBX name not found"),
            QCoreApplication.translate(
                "Words",
                "Check the network cable; if it is fine, the administrator checks name and DNS.",
            ),
        ),
        "connection_refused": (
            QCoreApplication.translate("Words", "The PBX refuses the connection"),
            QCoreApplication.translate(
                "Words", "Call the administrator: the PBX is off or its port is closed."
            ),
        ),
        "unreachable": (
            QCoreApplication.translate("Words", "No network route to the PBX"),
            _check_cable(),
        ),
        "connect_timeout": (
            QCoreApplication.translate("Words", "The PBX does not respond to connections"),
            _check_cable(),
        ),
        "connection_lost": (
            QCoreApplication.translate("Words", "The PBX connection was lost"),
            _check_cable(),
        ),
        "tls_certificate": (
            QCoreApplication.translate("Words", "The PBX certificate is not trusted"),
            QCoreApplication.translate(
                "Words", "Call the administrator: the certificate is for another server or expired."
            ),
        ),
        "tls_failed": (
            QCoreApplication.translate("Words", "Cannot encrypt the PBX connection"),
            _call_administrator(),
        ),
    }


def _call() -> dict[str, Words]:
    return {
        "answered": (QCoreApplication.translate("Words", "Calls arrive at this phone"), ""),
        "no_answer": (
            QCoreApplication.translate("Words", "The call did not arrive within 10 seconds"),
            QCoreApplication.translate(
                "Words",
                "Citizens' calls may not arrive either: call the administrator to check "
                "where the PBX routes them.",
            ),
        ),
        "not_found": (
            QCoreApplication.translate("Words", "The PBX cannot find this number"),
            QCoreApplication.translate(
                "Words", "Register again; if that does not help, call the administrator."
            ),
        ),
        "busy": (
            QCoreApplication.translate("Words", "Own number is busy or rejects calls"),
            QCoreApplication.translate(
                "Words",
                "Another phone with this number may be on a call, or do-not-disturb is set.",
            ),
        ),
        "password": (
            QCoreApplication.translate("Words", "The PBX rejected the phone account (%1)"),
            QCoreApplication.translate(
                "Words", "Call the administrator: the phone's number or password is wrong."
            ),
        ),
        "refused": (
            QCoreApplication.translate("Words", "The PBX did not connect (%1)"),
            _name_the_code(),
        ),
        "port_taken": (
            QCoreApplication.translate("Words", "No free port for the check"),
            QCoreApplication.translate(
                "Words", "Try again in a minute, then call the administrator."
            ),
        ),
        "depends": (
            QCoreApplication.translate("Words", "Not checked: registration required first"),
            "",
        ),
    }


def _echo() -> dict[str, Words]:
    return {
        "clear": (
            QCoreApplication.translate("Words", "Clear both ways, delay %1 ms"),
            "",
        ),
        "silent": (
            QCoreApplication.translate("Words", "No sound came back"),
            QCoreApplication.translate(
                "Words",
                "You and the caller would not hear each other: call the administrator. "
                "Voice ports are closed, or the PBX sends your own number to voicemail.",
            ),
        ),
        "distorted": (
            QCoreApplication.translate("Words", "The returned sound is distorted"),
            QCoreApplication.translate(
                "Words",
                "Voices will break up. Stop large downloads and try again; if it "
                "persists, call the administrator.",
            ),
        ),
        "delayed": (
            QCoreApplication.translate("Words", "The sound is delayed: %1 ms"),
            QCoreApplication.translate(
                "Words",
                "You and the caller will talk over each other. Repeat the check; if it "
                "persists, call the administrator.",
            ),
        ),
        "depends": (
            QCoreApplication.translate("Words", "Not checked: no call"),
            "",
        ),
    }


def _microphone() -> dict[str, Words]:
    return {
        "heard": (QCoreApplication.translate("Words", "You can be heard well"), ""),
        "quiet": (
            QCoreApplication.translate("Words", "You are hard to hear"),
            QCoreApplication.translate(
                "Words", "Move the microphone closer or turn it up in system settings."
            ),
        ),
        "loud": (
            QCoreApplication.translate("Words", "Too loud: your voice is clipped"),
            QCoreApplication.translate(
                "Words", "Move the microphone away or turn it down in system settings."
            ),
        ),
        "silent": (
            QCoreApplication.translate("Words", "No sound from the microphone"),
            QCoreApplication.translate(
                "Words",
                "Check the headset switch, and speak during the microphone check.",
            ),
        ),
        "missing": (
            QCoreApplication.translate("Words", "No microphone found"),
            _plug_in_headset(),
        ),
        "fallback": (
            QCoreApplication.translate("Words", "Another microphone picks you up"),
            QCoreApplication.translate(
                "Words", "The selected headset is unplugged: plug it in and repeat the check."
            ),
        ),
        "no_sound_system": (
            QCoreApplication.translate("Words", "Computer sound is not working"),
            _call_administrator(),
        ),
    }


def _ringer() -> dict[str, Words]:
    return {
        "played": (
            QCoreApplication.translate("Words", "The ring tone was played"),
            QCoreApplication.translate("Words", "Can't hear it? Turn up the speaker volume."),
        ),
        "missing": (
            QCoreApplication.translate("Words", "No device to ring on"),
            QCoreApplication.translate(
                "Words", "You will see calls but not hear them: plug in a speaker or headset."
            ),
        ),
        "fallback": (
            QCoreApplication.translate("Words", "It rings on another device"),
            QCoreApplication.translate(
                "Words", "The selected ringer is unplugged: plug it in and repeat the check."
            ),
        ),
        "depends": (
            QCoreApplication.translate("Words", "Not checked: no sound"),
            "",
        ),
    }


# --- self-test ---


def call_is_on() -> str:
    return QCoreApplication.translate("Words", "Call in progress: check when the line is free.")


def phone_is_away() -> str:
    return QCoreApplication.translate("Words", "The phone is starting: try again in a few seconds.")


def stopped() -> str:
    return QCoreApplication.translate("Words", "Check stopped.")


def call_came() -> str:
    return QCoreApplication.translate("Words", "Incoming call: check interrupted.")


def phone_was_lost() -> str:
    return QCoreApplication.translate(
        "Words", "The phone program ended and is restarting: repeat the check."
    )


def broke_down() -> str:
    return QCoreApplication.translate(
        "Words", "The check failed: repeat it, then call the administrator."
    )


def summary(troubles: int, at_local: datetime) -> str:
    text = QCoreApplication.translate("Words", "Checked at %1.").replace("%1", time_text(at_local))
    if not troubles:
        return f"{text} " + QCoreApplication.translate("Words", "The phone is OK.")
    return f"{text} " + Counted().troubles(troubles)


def no_registrar() -> str:
    return QCoreApplication.translate("Words", "No PBX configured: nowhere to register")


# --- phone status ---


def fact_registration() -> str:
    return QCoreApplication.translate("Words", "PBX")


def fact_last_success() -> str:
    return QCoreApplication.translate("Words", "Last registration")


def fact_presence() -> str:
    return QCoreApplication.translate("Words", "PBX state")


def fact_process() -> str:
    return QCoreApplication.translate("Words", "Phone program")


def fact_sound() -> str:
    return QCoreApplication.translate("Words", "Sound")


def direct_calls(address: str) -> str:
    return QCoreApplication.translate("Words", "none, direct calls to %1").replace("%1", address)


def connected_since(since: str) -> str:
    return QCoreApplication.translate("Words", "connected since %1").replace("%1", since)


def not_connected_since(since: str) -> str:
    return QCoreApplication.translate("Words", "disconnected since %1").replace("%1", since)


def ago(seconds: float) -> str:
    """Elapsed time in whole minutes."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return QCoreApplication.translate("Words", "less than a minute ago")
    return Counted().ago(minutes)


def process_works(restarted: str | None) -> str:
    if restarted is None:
        return QCoreApplication.translate("Words", "running")
    text = QCoreApplication.translate("Words", "restarted at %1")
    return text.replace("%1", restarted)


def process_starts(since: str | None) -> str:
    if since is None:
        return QCoreApplication.translate("Words", "starting")
    text = QCoreApplication.translate("Words", "failed at %1, restarting")
    return text.replace("%1", since)


def sound_unremarkable() -> str:
    return QCoreApplication.translate("Words", "no issues")
