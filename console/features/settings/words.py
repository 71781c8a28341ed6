"""Display strings of the settings: input errors, notes on saving, and test results."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication, QLocale

from console.shared.workplace import phone_words
from sync.store.central.hosts import TrialOutcome
from telephony.findings import Finding, Part, Verdict

Words = tuple[str, str]
_PASSWORD_REFUSED = (401, 403, 407)


# --- saving ---


def saved() -> str:
    return QCoreApplication.translate("Words", "Saved and in effect")


def saved_account() -> Words:
    return (
        QCoreApplication.translate("Words", "Saved"),
        QCoreApplication.translate(
            "Words", "The phone registers with it once the line is free; watch its status."
        ),
    )


def saved_without_account() -> str:
    return QCoreApplication.translate("Words", "Saved: the phone works without a PBX")


def saved_devices() -> str:
    return QCoreApplication.translate("Words", "Saved: the phone now uses these devices")


def saved_for_restart() -> Words:
    return (
        QCoreApplication.translate("Words", "Saved; takes effect after restart"),
        QCoreApplication.translate(
            "Words", "Restart the program when the line is free: drafts are kept."
        ),
    )


def call_before_restart() -> str:
    return QCoreApplication.translate(
        "Words", "Call in progress: restart the program when the line is free"
    )


def busy_before_restart() -> str:
    return QCoreApplication.translate(
        "Words", "A test or save is in progress: restart when it is done"
    )


def typed_before_restart() -> str:
    return QCoreApplication.translate(
        "Words", "Settings have unsaved changes: save or discard them"
    )


def disk_refused() -> str:
    return QCoreApplication.translate(
        "Words", "Not saved: cannot write to disk. Your input is still on this page."
    )


def administrators_file_wrong() -> str:
    return QCoreApplication.translate(
        "Words",
        "Saved but not in effect yet: the administrator's file can no longer be read.",
    )


def own_file_unread(place: str) -> str:
    text = QCoreApplication.translate(
        "Words",
        "Earlier settings from the window cannot be read (%1) and are not in effect. The "
        "next save sets that file aside.",
    )
    return text.replace("%1", place)


def not_allowed() -> str:
    return QCoreApplication.translate(
        "Words", "Only a supervisor or an administrator can change this"
    )


def look_at_fields() -> str:
    return QCoreApplication.translate("Words", "Correct the marked fields")


def fixed_by_administrator() -> str:
    return QCoreApplication.translate("Words", "set by the administrator")


def kept_secret() -> str:
    return QCoreApplication.translate("Words", "saved; type to change")


# --- tests ---


def trying() -> str:
    return QCoreApplication.translate("Words", "Testing…")


def changed_meanwhile() -> str:
    return QCoreApplication.translate("Words", "The fields changed during the test: test again")


def call_is_on() -> str:
    return QCoreApplication.translate("Words", "Call in progress: test when the line is free")


def trial_broke_down() -> str:
    return QCoreApplication.translate("Words", "The test was interrupted: repeat it")


# --- phone account ---


def server_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the PBX address")


def no_account() -> str:
    return QCoreApplication.translate("Words", "No account to test")


def user_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the phone's number or login")


def password_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the password for this number")


def port_wrong() -> str:
    return QCoreApplication.translate("Words", "Port must be a number from 1 to 65535")


def value_unfit() -> str:
    return QCoreApplication.translate("Words", 'Spaces and < > " @ ; , are not allowed')


def ca_file_wrong() -> str:
    return QCoreApplication.translate("Words", "No certificate file (PEM) here")


def account_finding(found: Finding) -> tuple[str, str, str]:
    """Returns the field to check (empty if none), the result of the test, and advice."""
    if found.code.startswith("presence_"):
        return _presence_finding(found)
    if found.verdict is Verdict.PASSED:
        return (
            "",
            QCoreApplication.translate("Words", "The PBX accepts this account"),
            "",
        )
    if found.code == "refused" and found.value in _PASSWORD_REFUSED:
        text = QCoreApplication.translate("Words", "Wrong number or password (%1)")
        advice = QCoreApplication.translate(
            "Words", "Re-enter the password; check the layout and Caps Lock."
        )
        return "password", text.replace("%1", f"{found.value:.0f}"), advice
    if found.code == "refused" and found.value == 404:
        text = QCoreApplication.translate("Words", "The PBX has no such number (404)")
        return "user", text, ""
    if found.code in ("tls.ca_file", "tls.certificate_file"):
        return "ca_file", ca_file_wrong(), ""
    if found.code == "port_taken":
        text = QCoreApplication.translate("Words", "No free port for the test")
        return "", text, QCoreApplication.translate("Words", "Try again in a minute.")
    text, _advice = phone_words.finding(found)
    field, advice = _account_advice(found.code)
    return field, text, advice


def _presence_finding(found: Finding) -> tuple[str, str, str]:
    """Result of the presence test, for an account whose registration was accepted."""
    if found.code == "presence_told":
        text = QCoreApplication.translate(
            "Words", "The PBX accepts this account and the operator state"
        )
        return "", text, ""
    if found.code == "presence_not_taken":
        text = QCoreApplication.translate("Words", "The PBX does not accept SIP presence (%1)")
        advice = QCoreApplication.translate(
            "Words",
            "The account works and calls arrive. Use codes for the state, or have SIP "
            "presence enabled on the PBX.",
        )
        return "told_by", text.replace("%1", f"{found.value:.0f}"), advice
    advice = QCoreApplication.translate(
        "Words", "The account works and calls arrive. Repeat the test."
    )
    if found.value is None:
        text = QCoreApplication.translate("Words", "The PBX did not respond to the operator state")
        return "told_by", text, advice
    text = QCoreApplication.translate("Words", "The PBX did not accept the operator state (%1)")
    return "told_by", text.replace("%1", f"{found.value:.0f}"), advice


def _account_advice(code: str) -> tuple[str, str]:
    match code:
        case "name_unknown":
            return "server", QCoreApplication.translate(
                "Words", "Check the address for typos; this computer's DNS must resolve it."
            )
        case "connection_refused":
            return "server", QCoreApplication.translate(
                "Words", "Check address, port and transport: nothing is listening there."
            )
        case "no_answer" | "connect_timeout" | "unreachable":
            return "server", QCoreApplication.translate(
                "Words", "Check address, port, transport and any firewall in between."
            )
        case "tls_certificate":
            return "ca_file", QCoreApplication.translate(
                "Words",
                "Select the CA certificate file, and enter the PBX name as shown in its "
                "certificate.",
            )
        case "tls_failed":
            return "transport", QCoreApplication.translate(
                "Words", "This port may not support TLS: it is usually 5061."
            )
        case _:
            return "", ""


# --- devices ---


def usual_device() -> str:
    return QCoreApplication.translate("Words", "system default")


def device_away(name: str) -> str:
    text = QCoreApplication.translate("Words", "%1 – not plugged in")
    return text.replace("%1", name)


def reminder_choices(on: str, off: str) -> tuple[tuple[str, str], ...]:
    """Choices for the reminder sound of scheduled callbacks."""
    return (
        (on, QCoreApplication.translate("Words", "a soft tone on the ringer")),
        (off, QCoreApplication.translate("Words", "no sound")),
    )


def reminder_played(*, is_heard: bool) -> Words:
    if is_heard:
        return (
            QCoreApplication.translate("Words", "The soft tone was played"),
            QCoreApplication.translate("Words", "Can't hear it? Turn up the speaker volume."),
        )
    return (
        QCoreApplication.translate("Words", "The tone could not be played"),
        QCoreApplication.translate("Words", "Choose another ringer, or plug it in."),
    )


def sound_of_files() -> str:
    return QCoreApplication.translate(
        "Words", "The administrator's file does not take sound from this computer's devices."
    )


def listen(part: Part) -> str:
    match part:
        case Part.MICROPHONE:
            return QCoreApplication.translate("Words", "Speak now, for example: one, two, three…")
        case Part.EARPIECE:
            return QCoreApplication.translate("Words", "The headset is ringing: listen")
        case Part.RINGER:
            return QCoreApplication.translate("Words", "The phone is ringing: listen")
        case Part.WHOLE | Part.REGISTRATION:
            return trying()
        case _:
            assert_never(part)


def device_finding(found: Finding, part: Part) -> Words:
    """Text and advice for the result of a device test; the text for a microphone includes its
    level.
    """
    if part is Part.EARPIECE:
        if found.code == "played":
            return (
                QCoreApplication.translate("Words", "The headset rang"),
                QCoreApplication.translate(
                    "Words", "Can't hear it? Turn up the volume or choose another device."
                ),
            )
        if found.code == "missing":
            return (
                QCoreApplication.translate("Words", "No device to listen on"),
                QCoreApplication.translate("Words", "Plug in the headset and try again."),
            )
    text, advice = phone_words.finding(found)
    if part is Part.MICROPHONE and found.value is not None and found.code != "missing":
        text = f"{text} ({level(found.value)})"
    return text, advice


def level(level_dbfs: float) -> str:
    """Microphone level as display text of the level meter."""
    shown = QLocale().toString(round(level_dbfs))
    return QCoreApplication.translate("Words", "level %1 dB").replace("%1", shown)


# --- headset buttons ---


def looking_for_headset() -> str:
    return QCoreApplication.translate("Words", "Looking for a headset with buttons…")


def press_a_button(model: str) -> str:
    text = QCoreApplication.translate("Words", "%1: press any button")
    return text.replace("%1", model)


def nothing_pressed() -> Words:
    return (
        QCoreApplication.translate("Words", "No button was pressed"),
        QCoreApplication.translate("Words", "Test again and press a button meanwhile."),
    )


# --- central database ---


def dsn_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the database connection")


def no_centre() -> str:
    return QCoreApplication.translate("Words", "No database to test")


def centre_finding(outcome: TrialOutcome) -> Words:
    """Result of the connection test as display text, and advice."""
    match outcome:
        case TrialOutcome.REACHED:
            return QCoreApplication.translate(
                "Words", "The city database accepts this workplace"
            ), ""
        case TrialOutcome.DSN_UNREADABLE:
            return (
                QCoreApplication.translate("Words", "Cannot parse the connection string"),
                QCoreApplication.translate(
                    "Words", "It looks like host=… dbname=… user=… or postgresql://…"
                ),
            )
        case TrialOutcome.NAME_UNKNOWN:
            return (
                QCoreApplication.translate("Words", "Server name not found"),
                QCoreApplication.translate(
                    "Words", "Check host for typos; this computer's DNS must resolve it."
                ),
            )
        case TrialOutcome.PORT_CLOSED:
            return (
                QCoreApplication.translate("Words", "No database responds at this address"),
                QCoreApplication.translate("Words", "Check host and port; the server may be off."),
            )
        case TrialOutcome.NO_ANSWER:
            return (
                QCoreApplication.translate("Words", "The server is not responding"),
                QCoreApplication.translate(
                    "Words", "Check host, port and any firewall in between."
                ),
            )
        case TrialOutcome.NO_SERVER:
            return (
                QCoreApplication.translate("Words", "The responding server is not PostgreSQL"),
                QCoreApplication.translate("Words", "Check host and port."),
            )
        case _:
            return _centre_refusal(outcome)


def _centre_refusal(outcome: TrialOutcome) -> Words:
    """Reason why a reachable server refused the connection, and advice."""
    match outcome:
        case TrialOutcome.NO_TLS:
            return (
                QCoreApplication.translate("Words", "No encryption on the server"),
                QCoreApplication.translate(
                    "Words", "Personal data would be sent unencrypted: enable TLS on the server."
                ),
            )
        case TrialOutcome.CA_FILE:
            return ca_file_wrong(), QCoreApplication.translate(
                "Words", "Select the server's CA certificate file."
            )
        case TrialOutcome.CERTIFICATE:
            return (
                QCoreApplication.translate("Words", "The server's certificate is not trusted"),
                QCoreApplication.translate(
                    "Words", "The file is from another CA, or the certificate has expired."
                ),
            )
        case TrialOutcome.CERTIFICATE_NAME:
            return (
                QCoreApplication.translate("Words", "The certificate is for another server"),
                QCoreApplication.translate(
                    "Words", "Enter the server name in host as shown in its certificate."
                ),
            )
        case TrialOutcome.PASSWORD:
            return (
                QCoreApplication.translate("Words", "Wrong login or password"),
                QCoreApplication.translate(
                    "Words", "Each workplace has its own: central enrol-workplace issues them."
                ),
            )
        case TrialOutcome.DATABASE_MISSING:
            return (
                QCoreApplication.translate("Words", "The server has no database with this name"),
                QCoreApplication.translate("Words", "Check dbname."),
            )
        case TrialOutcome.SCHEMA_MISSING:
            return (
                QCoreApplication.translate("Words", "The database has no tables yet"),
                QCoreApplication.translate("Words", "Its administrator must run central init."),
            )
        case TrialOutcome.SCHEMA_OLD:
            return (
                QCoreApplication.translate("Words", "The database is older than this program"),
                QCoreApplication.translate("Words", "Its administrator must run central init."),
            )
        case TrialOutcome.RIGHTS_MISSING:
            return (
                QCoreApplication.translate("Words", "This login has no write access"),
                QCoreApplication.translate(
                    "Words", "Each workplace has its own: central enrol-workplace issues them."
                ),
            )
        case TrialOutcome.STATION:
            return (
                QCoreApplication.translate("Words", "Login of another workplace"),
                QCoreApplication.translate("Words", "Each workplace has its own login and code."),
            )
        case TrialOutcome.READ_ONLY:
            return (
                QCoreApplication.translate("Words", "The server accepts no records now"),
                QCoreApplication.translate("Words", "It is a standby: use the primary server."),
            )
        case _:
            return (
                QCoreApplication.translate("Words", "The server rejects this login"),
                QCoreApplication.translate(
                    "Words", "Its administrator should check pg_hba.conf and the server log."
                ),
            )
