"""Display texts of the status bar and its banner: phone, database, platform, backup, training."""

from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted, duration_text, moment
from console.core.keymap import with_keys
from sync.exchange.events import ServerRefused
from sync.exchange.failures import FailureKind
from sync.exchange.supervision import Health, ServiceState
from sync.exchange.timeline import Verdict


def phone_state(is_ready: bool) -> str:
    if is_ready:
        return QCoreApplication.translate("Words", "Phone")
    return QCoreApplication.translate("Words", "Phone: no connection")


def phone_since(since: str) -> str:
    return QCoreApplication.translate("Words", "Phone up since %1").replace("%1", since)


def check_key() -> str:
    return with_keys(QCoreApplication.translate("Words", "F12: pre-shift check"), Key.CHECK)


def phone_starting() -> str:
    return QCoreApplication.translate("Words", "The phone is starting")


def phone_silent() -> str:
    return with_keys(
        QCoreApplication.translate("Words", "The phone program is not responding. Details: F12."),
        Key.CHECK,
    )


def phone_lost() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The phone program has ended"),
        with_keys(
            QCoreApplication.translate(
                "Words",
                "It restarts automatically; the current call may have dropped. Details: F12.",
            ),
            Key.CHECK,
        ),
    )


def phone_back() -> str:
    return QCoreApplication.translate("Words", "The phone program works again")


def phone_direct(address: str) -> str:
    text = QCoreApplication.translate("Words", "No PBX configured; listening at %1")
    return text.replace("%1", address)


def phone_registered() -> str:
    return QCoreApplication.translate("Words", "Phone registered with the PBX")


def registrar_away(since: str) -> str:
    """`since` is a formatted time, empty if the PBX has never answered."""
    if not since:
        return QCoreApplication.translate("Words", "The PBX is not responding")
    text = QCoreApplication.translate("Words", "PBX not responding since %1")
    return text.replace("%1", since)


def account_unfinished() -> str:
    return QCoreApplication.translate(
        "Words",
        "The phone account has no number or password: a supervisor enters them in settings.",
    )


def refuses_all_calls() -> str:
    """Warning that the administrator's setting rejects all calls."""
    return QCoreApplication.translate(
        "Words", "The phone is set to reject all calls (do_not_disturb): call the administrator."
    )


def database_local() -> str:
    return QCoreApplication.translate("Words", "Records on this computer")


def database_reached() -> str:
    return QCoreApplication.translate("Words", "Database")


def database_connecting() -> str:
    return QCoreApplication.translate("Words", "Database: connecting")


def database_away(since: str) -> str:
    text = QCoreApplication.translate("Words", "Database down since %1")
    return text.replace("%1", since)


def feed_until(last_local: datetime, now_local: datetime) -> str:
    """Time up to which data of the central database is available."""
    at = moment(last_local, now_local)
    if last_local.date() == now_local.date():
        at = QCoreApplication.translate("Words", "today %1").replace("%1", at)
    text = QCoreApplication.translate("Words", "From the central database: %1")
    return text.replace("%1", at)


def feed_never() -> str:
    return QCoreApplication.translate("Words", "Nothing from the central database yet")


def feed_behind(since: str) -> str:
    text = QCoreApplication.translate("Words", "No central database updates since %1")
    return text.replace("%1", since)


def feed_aside(count: int) -> tuple[str, str]:
    """Notice that the central database contains data of a newer version."""
    text = QCoreApplication.translate(
        "Words",
        "Not read: %1. A newer program wrote them; nothing is lost, the rest arrives as "
        "before. They will be read once the administrator updates this workplace.",
    )
    head = QCoreApplication.translate("Words", "Central program is newer")
    return head, text.replace("%1", str(count))


def feed_held() -> str:
    """Notice that an open transaction in the central database delays the feed, with advice."""
    return QCoreApplication.translate(
        "Words",
        "A long operation in the central database is blocking them. Your records are "
        "sent; the directory and messages from other workplaces may be out of date. Tell "
        "the administrator.",
    )


def feed_stopped() -> str:
    return QCoreApplication.translate(
        "Words",
        "Your records are sent; the directory and messages from other workplaces may be "
        "out of date. The reason is in the log: tell the administrator.",
    )


def platform_reached() -> str:
    return QCoreApplication.translate("Words", "Platform")


def platform_connecting() -> str:
    return QCoreApplication.translate("Words", "Platform: connecting")


def platform_away(since: str) -> str:
    text = QCoreApplication.translate("Words", "Platform down since %1")
    return text.replace("%1", since)


def platform_away_means() -> str:
    return QCoreApplication.translate(
        "Words",
        "Work as usual: messages go to the platform automatically once it responds. New "
        "ones from it arrive then, too.",
    )


def all_sent() -> str:
    return QCoreApplication.translate("Words", "All sent")


def unsent(count: int, minutes: int) -> str:
    text = Counted().unsent(count)
    oldest = Counted().oldest(minutes)
    return f"{text}, {oldest}"


def sent_later() -> str:
    return QCoreApplication.translate(
        "Words", "Sending continues; the rest is sent after the next operator signs in."
    )


def sent_at_next_start() -> str:
    return QCoreApplication.translate(
        "Words", "Nothing is lost: the next console opened here sends the rest."
    )


def poisoned(count: int) -> str:
    return Counted().refused(count)


def central_away_head(since: str, kind: FailureKind | None) -> str:
    text = QCoreApplication.translate("Words", "City database down since %1")
    text = text.replace("%1", since)
    return f"{text}." if kind is None else f"{text}: {central_reason(kind)}."


def central_away_body(waiting: int) -> str:
    if not waiting:
        return QCoreApplication.translate(
            "Words", "Work as usual: records will go by themselves later."
        )
    head = QCoreApplication.translate("Words", "Work as usual:")
    return f"{head} " + Counted().will_go(waiting)


def clock_wrong(ahead_s: float) -> str:
    """Deviation of the local clock from the central one."""
    if ahead_s > 0:
        text = QCoreApplication.translate("Words", "The clock is fast by %1")
    else:
        text = QCoreApplication.translate("Words", "The clock is slow by %1")
    return text.replace("%1", duration_text(abs(ahead_s)))


def clock_advice() -> str:
    return QCoreApplication.translate(
        "Words",
        "Call times use this computer's clock. Numbers and order do not depend on it; "
        "the administrator corrects the clock.",
    )


def server_refused(event: ServerRefused) -> str:
    """Notice of an invalid server of the central database, by host and port."""
    if event.why is Verdict.OLDER:
        text = QCoreApplication.translate("Words", "A former database server responds: %1.")
    else:
        text = QCoreApplication.translate("Words", "A server of another database responds: %1.")
    return text.replace("%1", event.name)


def server_refused_body() -> str:
    return QCoreApplication.translate(
        "Words", "Nothing is sent to it; records go to the correct one. Tell the administrator."
    )


def save_again() -> str:
    """Advice to save again after an automatic recovery."""
    return QCoreApplication.translate("Words", "Once this line disappears, save again.")


def backup_missed(last_local: datetime | None, now_local: datetime) -> str:
    if last_local is None:
        return QCoreApplication.translate("Words", "No backup yet")
    text = QCoreApplication.translate("Words", "No backup since %1")
    return text.replace("%1", moment(last_local, now_local))


def backup_reason(code: str) -> str:
    """Reason why the backup failed, for the administrator."""
    match code:
        case "directory_missing":
            return QCoreApplication.translate("Words", "The backup folder is unavailable")
        case "SQLITE_FULL":
            return QCoreApplication.translate("Words", "The backup folder is full")
        case "store":
            return QCoreApplication.translate(
                "Words", "The register cannot be read: call the administrator now"
            )
        case _:
            return QCoreApplication.translate("Words", "Cannot write to the backup folder")


def services_stopped() -> str:
    return QCoreApplication.translate("Words", "Background work has stopped")


def services_restarted() -> str:
    return QCoreApplication.translate("Words", "Background work resumed")


def services_advice() -> str:
    return QCoreApplication.translate(
        "Words", "It resumes automatically. Tell the administrator; details are in the log."
    )


def fact_services() -> str:
    return QCoreApplication.translate("Words", "Background work")


def service_line(health: Health, since: str) -> str:
    """Service stopped by an error, with its state and time."""
    match health.state:
        case ServiceState.BACKING_OFF:
            text = QCoreApplication.translate("Words", "%1: stopped since %2")
        case ServiceState.RUNNING:
            text = QCoreApplication.translate("Words", "%1: resumed at %2")
        case ServiceState.STOPPED:
            text = QCoreApplication.translate("Words", "%1: ended at %2")
        case _:
            assert_never(health.state)
    return text.replace("%1", service_name(health.name)).replace("%2", since)


def service_name(name: str) -> str:
    """Function of a background thread, by its name in the log."""
    names = {
        "exchange": QCoreApplication.translate("Words", "Sending to the central database"),
        "answer_files": QCoreApplication.translate("Words", "Answer file exchange"),
        "feed": QCoreApplication.translate("Words", "Fetching central updates"),
        "platform": QCoreApplication.translate("Words", "City platform exchange"),
        "notices": QCoreApplication.translate("Words", "Letters and reminders"),
        "terms": QCoreApplication.translate("Words", "Personal data retention"),
        "erasures": QCoreApplication.translate("Words", "Personal data erasure"),
        "backup": QCoreApplication.translate("Words", "Register backup"),
        "pages": QCoreApplication.translate("Words", "Register file check"),
    }
    return names.get(name, name)


def program_error() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Something went wrong in the program"),
        QCoreApplication.translate("Words", "It is logged; call records are intact."),
    )


def desk_not_made() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The workplace could not open"),
        QCoreApplication.translate(
            "Words",
            "A program error was logged; records are not affected. Close the program and "
            "start it again. If that does not help, call the administrator.",
        ),
    )


def training_without_phone() -> str:
    return QCoreApplication.translate(
        "Words", "The phone is not ready yet: wait for its indicator at the bottom of the window"
    )


def training_not_ready() -> str:
    return with_keys(
        QCoreApplication.translate(
            "Words",
            "You are not taking calls, including this one: press F9 first or save the record",
        ),
        Key.STATE,
    )


def training_is_on() -> str:
    return QCoreApplication.translate("Words", "A training call is already on")


def central_reason(kind: FailureKind) -> str:
    """Reason why the central database cannot be reached, for operator and administrator."""
    match kind:
        case FailureKind.UNREACHABLE | FailureKind.TIMED_OUT:
            return QCoreApplication.translate("Words", "it is not responding")
        case FailureKind.OVERLOADED:
            return QCoreApplication.translate("Words", "it is overloaded")
        case FailureKind.READ_ONLY:
            return QCoreApplication.translate("Words", "it accepts no records now")
        case FailureKind.SCHEMA_MISSING:
            return QCoreApplication.translate(
                "Words", "its tables are not ready: the administrator must run central init"
            )
        case FailureKind.RIGHTS_MISSING | FailureKind.SIGN_IN_REFUSED:
            return QCoreApplication.translate(
                "Words", "it rejects this workplace: call the administrator"
            )
        case FailureKind.STATION_TAKEN:
            return QCoreApplication.translate(
                "Words", "another computer uses this workplace's code: call the administrator"
            )
        case FailureKind.STORE_BEHIND:
            return QCoreApplication.translate(
                "Words",
                "the local register is older than what it has sent: call the administrator",
            )
        case FailureKind.OLDER_BRANCH:
            return QCoreApplication.translate(
                "Words",
                "only a former server responds, records would be lost there: call the "
                "administrator",
            )
        case FailureKind.OTHER_CENTRE:
            return QCoreApplication.translate(
                "Words",
                "another database responds: if it replaces the former one, the "
                "administrator runs central take-over",
            )
        case FailureKind.STORE:
            return QCoreApplication.translate("Words", "the local register cannot be read")
        case FailureKind.OTHER:
            return QCoreApplication.translate("Words", "the reason is in the log")
        case _:
            assert_never(kind)
