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
    return QCoreApplication.translate("Words", "Saved, and holds from now on")


def saved_account() -> Words:
    return (
        QCoreApplication.translate("Words", "Saved"),
        QCoreApplication.translate(
            "Words", "The phone registers with it as soon as the line is free; watch its state."
        ),
    )


def saved_without_account() -> str:
    return QCoreApplication.translate("Words", "Saved: the phone works without a telephone system")


def saved_devices() -> str:
    return QCoreApplication.translate("Words", "Saved: the phone uses these devices from now on")


def saved_for_restart() -> Words:
    return (
        QCoreApplication.translate("Words", "Saved; it holds after the next start"),
        QCoreApplication.translate(
            "Words", "Start the program again when the line is free: drafts are kept."
        ),
    )


def call_before_restart() -> str:
    return QCoreApplication.translate(
        "Words", "A call is there: start the program again when the line is free"
    )


def busy_before_restart() -> str:
    return QCoreApplication.translate(
        "Words", "Something is being tried or saved: start again when it is done"
    )


def typed_before_restart() -> str:
    return QCoreApplication.translate(
        "Words", "On a page of the settings something is typed and not kept: keep it or drop it"
    )


def disk_refused() -> str:
    return QCoreApplication.translate(
        "Words", "Not saved: the disk takes no file. What you have typed stands here still."
    )


def administrators_file_wrong() -> str:
    return QCoreApplication.translate(
        "Words",
        "Saved, but it does not hold yet: the administrator's file cannot be read any more.",
    )


def own_file_unread(place: str) -> str:
    text = QCoreApplication.translate(
        "Words",
        "What was chosen in the window before cannot be read (%1) and does not hold. The next"
        " saving puts that file aside.",
    )
    return text.replace("%1", place)


def not_allowed() -> str:
    return QCoreApplication.translate(
        "Words", "A senior operator or an administrator may change this"
    )


def look_at_fields() -> str:
    return QCoreApplication.translate("Words", "Correct the marked fields")


def fixed_by_administrator() -> str:
    return QCoreApplication.translate("Words", "set by the administrator")


def kept_secret() -> str:
    return QCoreApplication.translate("Words", "kept; type to change it")


# --- tests ---


def trying() -> str:
    return QCoreApplication.translate("Words", "Trying…")


def changed_meanwhile() -> str:
    return QCoreApplication.translate(
        "Words", "What stands here was changed during the trial: try once more"
    )


def call_is_on() -> str:
    return QCoreApplication.translate("Words", "A call is there: try when the line is free")


def trial_broke_down() -> str:
    return QCoreApplication.translate("Words", "The trial itself broke down: repeat it")


# --- phone account ---


def server_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the telephone system's address")


def no_account() -> str:
    return QCoreApplication.translate("Words", "There is no account to try")


def user_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the phone's number or user name")


def password_needed() -> str:
    return QCoreApplication.translate("Words", "Enter the password of this number")


def port_wrong() -> str:
    return QCoreApplication.translate("Words", "A port is a number from 1 to 65535")


def value_unfit() -> str:
    return QCoreApplication.translate("Words", 'Neither spaces nor the signs < > " @ ; , fit here')


def ca_file_wrong() -> str:
    return QCoreApplication.translate("Words", "No file with certificates (PEM) is there")


def account_finding(found: Finding) -> tuple[str, str, str]:
    """Field to check (empty if none), result of the test, and advice."""
    if found.code.startswith("presence_"):
        return _presence_finding(found)
    if found.verdict is Verdict.PASSED:
        return (
            "",
            QCoreApplication.translate("Words", "The telephone system lets this account in"),
            "",
        )
    if found.code == "refused" and found.value in _PASSWORD_REFUSED:
        text = QCoreApplication.translate("Words", "The number or its password is wrong (%1)")
        advice = QCoreApplication.translate(
            "Words", "Type the password once more; the layout and Caps Lock matter."
        )
        return "password", text.replace("%1", f"{found.value:.0f}"), advice
    if found.code == "refused" and found.value == 404:
        text = QCoreApplication.translate("Words", "The telephone system has no such number (404)")
        return "user", text, ""
    if found.code in ("tls.ca_file", "tls.certificate_file"):
        return "ca_file", ca_file_wrong(), ""
    if found.code == "port_taken":
        text = QCoreApplication.translate("Words", "There is no free port for the trial")
        return "", text, QCoreApplication.translate("Words", "Repeat in a minute.")
    text, _advice = phone_words.finding(found)
    field, advice = _account_advice(found.code)
    return field, text, advice


def _presence_finding(found: Finding) -> tuple[str, str, str]:
    """Result for an account whose registration was accepted."""
    if found.code == "presence_told":
        text = QCoreApplication.translate(
            "Words", "The telephone system lets this account in and takes the operator's state"
        )
        return "", text, ""
    if found.code == "presence_not_taken":
        text = QCoreApplication.translate("Words", "The telephone system takes no presence (%1)")
        advice = QCoreApplication.translate(
            "Words",
            "The account itself is let in, and calls come. Tell it by codes, or have presence"
            " switched on there.",
        )
        return "told_by", text.replace("%1", f"{found.value:.0f}"), advice
    advice = QCoreApplication.translate(
        "Words", "The account itself is let in, and calls come. Repeat the trial."
    )
    if found.value is None:
        text = QCoreApplication.translate(
            "Words", "The telephone system did not answer when it was told the operator's state"
        )
        return "told_by", text, advice
    text = QCoreApplication.translate(
        "Words", "The telephone system did not take the operator's state (%1)"
    )
    return "told_by", text.replace("%1", f"{found.value:.0f}"), advice


def _account_advice(code: str) -> tuple[str, str]:
    match code:
        case "name_unknown":
            return "server", QCoreApplication.translate(
                "Words", "Look for a slip in the address; this computer's DNS must know it."
            )
        case "connection_refused":
            return "server", QCoreApplication.translate(
                "Words", "Look at address, port and transport: nothing listens there."
            )
        case "no_answer" | "connect_timeout" | "unreachable":
            return "server", QCoreApplication.translate(
                "Words", "Look at address, port and transport, and whether a firewall is between."
            )
        case "tls_certificate":
            return "ca_file", QCoreApplication.translate(
                "Words",
                "Name the file with the certificate of its authority, and the server by the name"
                " that stands in its certificate.",
            )
        case "tls_failed":
            return "transport", QCoreApplication.translate(
                "Words", "Perhaps this port does not take TLS: it usually is 5061."
            )
        case _:
            return "", ""


# --- devices ---


def usual_device() -> str:
    return QCoreApplication.translate("Words", "as the system chooses")


def device_away(name: str) -> str:
    text = QCoreApplication.translate("Words", "%1 – not plugged in")
    return text.replace("%1", name)


def reminder_choices(on: str, off: str) -> tuple[tuple[str, str], ...]:
    """Choices for the reminder sound of scheduled callbacks."""
    return (
        (on, QCoreApplication.translate("Words", "a soft sound on the ringer")),
        (off, QCoreApplication.translate("Words", "no sound")),
    )


def reminder_played(*, is_heard: bool) -> Words:
    if is_heard:
        return (
            QCoreApplication.translate("Words", "The soft sound was played"),
            QCoreApplication.translate(
                "Words", "Not heard? Turn up the volume of its loudspeaker."
            ),
        )
    return (
        QCoreApplication.translate("Words", "The sound could not be played"),
        QCoreApplication.translate("Words", "Choose another ringer, or plug it in."),
    )


def sound_of_files() -> str:
    return QCoreApplication.translate(
        "Words", "The administrator's file takes sound from elsewhere than this computer's devices."
    )


def listen(part: Part) -> str:
    match part:
        case Part.MICROPHONE:
            return QCoreApplication.translate("Words", "Speak now, for example: one, two, three…")
        case Part.EARPIECE:
            return QCoreApplication.translate("Words", "It rings in the headset now: listen")
        case Part.RINGER:
            return QCoreApplication.translate("Words", "The phone rings now: listen")
        case Part.WHOLE | Part.REGISTRATION:
            return trying()
        case _:
            assert_never(part)


def device_finding(found: Finding, part: Part) -> Words:
    """Result of a device test; for a microphone with its level."""
    if part is Part.EARPIECE:
        if found.code == "played":
            return (
                QCoreApplication.translate("Words", "It rang in the headset"),
                QCoreApplication.translate(
                    "Words", "Not heard? Turn up its volume, or choose another device."
                ),
            )
        if found.code == "missing":
            return (
                QCoreApplication.translate("Words", "There is nothing to hear with"),
                QCoreApplication.translate("Words", "Plug in the headset and try again."),
            )
    text, advice = phone_words.finding(found)
    if part is Part.MICROPHONE and found.value is not None and found.code != "missing":
        text = f"{text} ({level(found.value)})"
    return text, advice


def level(level_dbfs: float) -> str:
    """Level as shown by the meter."""
    shown = QLocale().toString(round(level_dbfs))
    return QCoreApplication.translate("Words", "level %1 dB").replace("%1", shown)


# --- headset buttons ---


def looking_for_headset() -> str:
    return QCoreApplication.translate("Words", "Looking for a headset with buttons…")


def press_a_button(model: str) -> str:
    text = QCoreApplication.translate("Words", "%1: press one of its buttons")
    return text.replace("%1", model)


def nothing_pressed() -> Words:
    return (
        QCoreApplication.translate("Words", "No button was pressed"),
        QCoreApplication.translate("Words", "Try once more, and press one meanwhile."),
    )


# --- central database ---


def dsn_needed() -> str:
    return QCoreApplication.translate("Words", "Enter how the database is reached")


def no_centre() -> str:
    return QCoreApplication.translate("Words", "There is no database to try")


def centre_finding(outcome: TrialOutcome) -> Words:
    """Result of the connection test, and advice."""
    match outcome:
        case TrialOutcome.REACHED:
            return QCoreApplication.translate(
                "Words", "The city's database lets this workplace in"
            ), ""
        case TrialOutcome.DSN_UNREADABLE:
            return (
                QCoreApplication.translate("Words", "This connection string cannot be read"),
                QCoreApplication.translate(
                    "Words", "It looks like host=… dbname=… user=… or postgresql://…"
                ),
            )
        case TrialOutcome.NAME_UNKNOWN:
            return (
                QCoreApplication.translate("Words", "The name of the server is not found"),
                QCoreApplication.translate(
                    "Words", "Look for a slip in host; this computer's DNS must know it."
                ),
            )
        case TrialOutcome.PORT_CLOSED:
            return (
                QCoreApplication.translate("Words", "No database listens at this address"),
                QCoreApplication.translate(
                    "Words", "Look at host and port; the server may be switched off."
                ),
            )
        case TrialOutcome.NO_ANSWER:
            return (
                QCoreApplication.translate("Words", "The server does not answer"),
                QCoreApplication.translate(
                    "Words", "Look at host and port, and whether a firewall is between."
                ),
            )
        case TrialOutcome.NO_SERVER:
            return (
                QCoreApplication.translate("Words", "What answers there is no PostgreSQL"),
                QCoreApplication.translate("Words", "Look at host and port."),
            )
        case _:
            return _centre_refusal(outcome)


def _centre_refusal(outcome: TrialOutcome) -> Words:
    """Reason why a reachable server refused the connection."""
    match outcome:
        case TrialOutcome.NO_TLS:
            return (
                QCoreApplication.translate("Words", "The server does not encrypt"),
                QCoreApplication.translate(
                    "Words", "Personal data would go in the open: switch TLS on at the server."
                ),
            )
        case TrialOutcome.CA_FILE:
            return ca_file_wrong(), QCoreApplication.translate(
                "Words", "Name the file with the certificate of the server's authority."
            )
        case TrialOutcome.CERTIFICATE:
            return (
                QCoreApplication.translate("Words", "The server's certificate is not trusted"),
                QCoreApplication.translate(
                    "Words", "The file belongs to another authority, or the term has run out."
                ),
            )
        case TrialOutcome.CERTIFICATE_NAME:
            return (
                QCoreApplication.translate("Words", "The certificate is another server's"),
                QCoreApplication.translate(
                    "Words", "Name the server in host as it stands in its certificate."
                ),
            )
        case TrialOutcome.PASSWORD:
            return (
                QCoreApplication.translate("Words", "The login or its password is wrong"),
                QCoreApplication.translate(
                    "Words", "A workplace has its own: central enrol-workplace gives both."
                ),
            )
        case TrialOutcome.DATABASE_MISSING:
            return (
                QCoreApplication.translate("Words", "The server has no database of this name"),
                QCoreApplication.translate("Words", "Look at dbname."),
            )
        case TrialOutcome.SCHEMA_MISSING:
            return (
                QCoreApplication.translate("Words", "The database has no tables yet"),
                QCoreApplication.translate("Words", "Its administrator runs central init."),
            )
        case TrialOutcome.SCHEMA_OLD:
            return (
                QCoreApplication.translate("Words", "The database is older than this program"),
                QCoreApplication.translate("Words", "Its administrator runs central init."),
            )
        case TrialOutcome.RIGHTS_MISSING:
            return (
                QCoreApplication.translate("Words", "This login may not write here"),
                QCoreApplication.translate(
                    "Words", "A workplace has its own: central enrol-workplace gives both."
                ),
            )
        case TrialOutcome.STATION:
            return (
                QCoreApplication.translate("Words", "The login is another workplace's"),
                QCoreApplication.translate(
                    "Words", "Each workplace has a login and a code of its own."
                ),
            )
        case TrialOutcome.READ_ONLY:
            return (
                QCoreApplication.translate("Words", "The server takes no records now"),
                QCoreApplication.translate("Words", "It is a standby: name the main server."),
            )
        case _:
            return (
                QCoreApplication.translate("Words", "The server does not let this login in"),
                QCoreApplication.translate(
                    "Words", "Its administrator looks at pg_hba.conf and at the server's log."
                ),
            )


# --- missing settings, as shown on other pages ---
