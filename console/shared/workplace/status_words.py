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
    return QCoreApplication.translate("Words", "Phone since %1").replace("%1", since)


def check_key() -> str:
    return with_keys(QCoreApplication.translate("Words", "F12: check before the shift"), Key.CHECK)


def phone_starting() -> str:
    return QCoreApplication.translate("Words", "The phone is starting")


def phone_silent() -> str:
    return with_keys(
        QCoreApplication.translate("Words", "The phone's program does not answer. F12 tells more."),
        Key.CHECK,
    )


def phone_lost() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The phone's program has ended"),
        with_keys(
            QCoreApplication.translate(
                "Words",
                "It is started again by itself; a call that was up may be lost. F12 tells more.",
            ),
            Key.CHECK,
        ),
    )


def phone_back() -> str:
    return QCoreApplication.translate("Words", "The phone's program works again")


def phone_direct(address: str) -> str:
    text = QCoreApplication.translate("Words", "No telephone system is set; listening at %1")
    return text.replace("%1", address)


def phone_registered() -> str:
    return QCoreApplication.translate("Words", "Registered at the telephone system")


def registrar_away(since: str) -> str:
    """`since` is a formatted time, empty if the PBX has never answered."""
    if not since:
        return QCoreApplication.translate("Words", "The telephone system does not answer")
    text = QCoreApplication.translate("Words", "The telephone system does not answer since %1")
    return text.replace("%1", since)


def account_unfinished() -> str:
    return QCoreApplication.translate(
        "Words",
        "The phone's account lacks number or password: a senior operator enters them in the"
        " settings.",
    )


def refuses_all_calls() -> str:
    """Warning that the administrator's setting rejects all calls."""
    return QCoreApplication.translate(
        "Words", "The phone is set to refuse all calls (do_not_disturb): call the administrator."
    )


def database_local() -> str:
    return QCoreApplication.translate("Words", "Records on this computer")


def database_reached() -> str:
    return QCoreApplication.translate("Words", "Database")


def database_connecting() -> str:
    return QCoreApplication.translate("Words", "Database: connecting")


def database_away(since: str) -> str:
    text = QCoreApplication.translate("Words", "Database away since %1")
    return text.replace("%1", since)


def feed_until(last_local: datetime, now_local: datetime) -> str:
    """Time up to which data of the central database is available."""
    at = moment(last_local, now_local)
    if last_local.date() == now_local.date():
        at = QCoreApplication.translate("Words", "today %1").replace("%1", at)
    text = QCoreApplication.translate("Words", "What comes from the centre: %1")
    return text.replace("%1", at)


def feed_never() -> str:
    return QCoreApplication.translate("Words", "Nothing has come from the centre yet")


def feed_behind(since: str) -> str:
    text = QCoreApplication.translate("Words", "The centre's news do not come since %1")
    return text.replace("%1", since)


def feed_aside(count: int) -> tuple[str, str]:
    """Notice that the central database contains data of a newer version."""
    text = QCoreApplication.translate(
        "Words",
        "Not read: %1. A newer program wrote it; nothing is lost, the rest comes as before."
        " The administrator updates the program here, then it is read.",
    )
    head = QCoreApplication.translate("Words", "The centre has a newer program")
    return head, text.replace("%1", str(count))


def feed_held() -> str:
    """Notice that an open transaction in the central database delays the feed, with advice."""
    return QCoreApplication.translate(
        "Words",
        "A long operation in the central database holds them up. Your records go there; directory"
        " and messages of other workplaces may be out of date. Tell the administrator.",
    )


def feed_stopped() -> str:
    return QCoreApplication.translate(
        "Words",
        "Your records go to the centre; directory and messages of other workplaces may be out of"
        " date. The reason is in the log: tell the administrator.",
    )


def platform_reached() -> str:
    return QCoreApplication.translate("Words", "Platform")


def platform_connecting() -> str:
    return QCoreApplication.translate("Words", "Platform: connecting")


def platform_away(since: str) -> str:
    text = QCoreApplication.translate("Words", "Platform away since %1")
    return text.replace("%1", since)


def platform_away_means() -> str:
    return QCoreApplication.translate(
        "Words",
        "Work as usual: messages go to the platform by themselves once it answers. What users send"
        " there comes then, too.",
    )


def all_sent() -> str:
    return QCoreApplication.translate("Words", "All sent")


def unsent(count: int, minutes: int) -> str:
    text = Counted().unsent(count)
    oldest = Counted().oldest(minutes)
    return f"{text}, {oldest}"


def sent_later() -> str:
    return QCoreApplication.translate(
        "Words", "It goes on being sent; the next one to sign in here sends the rest."
    )


def sent_at_next_start() -> str:
    return QCoreApplication.translate(
        "Words", "Nothing is lost: what is left is sent by the next console that is opened here."
    )


def poisoned(count: int) -> str:
    return Counted().refused(count)


def central_away_head(since: str, kind: FailureKind | None) -> str:
    text = QCoreApplication.translate("Words", "The city's database is away since %1")
    text = text.replace("%1", since)
    return f"{text}." if kind is None else f"{text}: {central_reason(kind)}."


def central_away_body(waiting: int) -> str:
    if not waiting:
        return QCoreApplication.translate("Words", "Work as usual: records go by themselves later.")
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
        "The times of calls are those of this computer. Numbers and order do not depend on them;"
        " the administrator sets the clock.",
    )


def server_refused(event: ServerRefused) -> str:
    """Notice of an invalid server of the central database, by host and port."""
    if event.why is Verdict.OLDER:
        text = QCoreApplication.translate("Words", "A former server of the database answers: %1.")
    else:
        text = QCoreApplication.translate("Words", "A server of another database answers: %1.")
    return text.replace("%1", event.name)


def server_refused_body() -> str:
    return QCoreApplication.translate(
        "Words", "Nothing is sent to it; records go to the right one. Tell the administrator."
    )


def save_again() -> str:
    """Advice to save again after an automatic recovery."""
    return QCoreApplication.translate("Words", "Once this line is gone, save again.")


def backup_missed(last_local: datetime | None, now_local: datetime) -> str:
    if last_local is None:
        return QCoreApplication.translate("Words", "No backup yet")
    text = QCoreApplication.translate("Words", "No backup since %1")
    return text.replace("%1", moment(last_local, now_local))


def backup_reason(code: str) -> str:
    """Reason why the backup failed, for the administrator."""
    match code:
        case "directory_missing":
            return QCoreApplication.translate("Words", "The folder for copies is not there")
        case "SQLITE_FULL":
            return QCoreApplication.translate("Words", "The folder for copies is full")
        case "store":
            return QCoreApplication.translate(
                "Words", "The register itself cannot be read: call the administrator now"
            )
        case _:
            return QCoreApplication.translate("Words", "The folder for copies cannot be written")


def services_stopped() -> str:
    return QCoreApplication.translate("Words", "Background work has stopped")


def services_restarted() -> str:
    return QCoreApplication.translate("Words", "Background work was restarted")


def services_advice() -> str:
    return QCoreApplication.translate(
        "Words", "It starts again by itself. Tell the administrator; the log says what happened."
    )


def fact_services() -> str:
    return QCoreApplication.translate("Words", "Background work")


def service_line(health: Health, since: str) -> str:
    """Service stopped by an error, with its state and time."""
    match health.state:
        case ServiceState.BACKING_OFF:
            text = QCoreApplication.translate("Words", "%1: stopped since %2")
        case ServiceState.RUNNING:
            text = QCoreApplication.translate("Words", "%1: runs again since %2")
        case ServiceState.STOPPED:
            text = QCoreApplication.translate("Words", "%1: ended at %2")
        case _:
            assert_never(health.state)
    return text.replace("%1", service_name(health.name)).replace("%2", since)


def service_name(name: str) -> str:
    """Function of a background thread, by its name in the log."""
    names = {
        "exchange": QCoreApplication.translate("Words", "Sending records to the centre"),
        "answer_files": QCoreApplication.translate("Words", "Exchange of answers' files"),
        "feed": QCoreApplication.translate("Words", "Fetching news of the centre"),
        "platform": QCoreApplication.translate("Words", "Exchange with the city's platform"),
        "notices": QCoreApplication.translate("Words", "Letters and reminders"),
        "terms": QCoreApplication.translate("Words", "Terms of personal data"),
        "erasures": QCoreApplication.translate("Words", "Erasure of personal data"),
        "backup": QCoreApplication.translate("Words", "Backup of the register"),
        "pages": QCoreApplication.translate("Words", "Check of the register's file"),
    }
    return names.get(name, name)


def program_error() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Something went wrong in the program"),
        QCoreApplication.translate("Words", "It is written to the log; records are not touched."),
    )


def desk_not_made() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The desk could not be made"),
        QCoreApplication.translate(
            "Words",
            "Something is wrong in the program, and it is written to the log; records are not"
            " touched. Close the program and start it anew. If that does not help, call the"
            " administrator.",
        ),
    )


def training_without_phone() -> str:
    return QCoreApplication.translate(
        "Words", "The phone is not ready yet: wait for its mark at the foot of the window"
    )


def training_not_ready() -> str:
    return with_keys(
        QCoreApplication.translate(
            "Words", "You take no calls now, not even this one: F9 first, or save the record"
        ),
        Key.STATE,
    )


def training_is_on() -> str:
    return QCoreApplication.translate("Words", "A training call is on already")


def central_reason(kind: FailureKind) -> str:
    """Reason why the central database cannot be reached, for operator and administrator."""
    match kind:
        case FailureKind.UNREACHABLE | FailureKind.TIMED_OUT:
            return QCoreApplication.translate("Words", "it does not answer")
        case FailureKind.OVERLOADED:
            return QCoreApplication.translate("Words", "it is overloaded")
        case FailureKind.READ_ONLY:
            return QCoreApplication.translate("Words", "it takes no records now")
        case FailureKind.SCHEMA_MISSING:
            return QCoreApplication.translate(
                "Words", "its tables are not ready: the administrator runs central init"
            )
        case FailureKind.RIGHTS_MISSING | FailureKind.SIGN_IN_REFUSED:
            return QCoreApplication.translate(
                "Words", "it does not let this workplace in: call the administrator"
            )
        case FailureKind.STATION_TAKEN:
            return QCoreApplication.translate(
                "Words", "another computer uses this workplace's code: call the administrator"
            )
        case FailureKind.STORE_BEHIND:
            return QCoreApplication.translate(
                "Words",
                "the store here is older than what it has sent: call the administrator",
            )
        case FailureKind.OLDER_BRANCH:
            return QCoreApplication.translate(
                "Words",
                "only a former server answers, where records would be lost: call the administrator",
            )
        case FailureKind.OTHER_CENTRE:
            return QCoreApplication.translate(
                "Words",
                "another database answers: if it replaces the former one,"
                " the administrator runs central take-over",
            )
        case FailureKind.STORE:
            return QCoreApplication.translate("Words", "the local store cannot be read")
        case FailureKind.OTHER:
            return QCoreApplication.translate("Words", "the reason is in the log")
        case _:
            assert_never(kind)
