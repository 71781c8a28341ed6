"""Display texts used by several features: store errors, full disk, reports, lists and keys."""

from PySide6.QtCore import QCoreApplication

from sync.errors import (
    KeyUnavailable,
    StoreCopied,
    StoreError,
    StoreInUse,
    StoreTooNew,
    StoreUnavailable,
    StoreUnreadable,
)


def store_problem(error: StoreError) -> tuple[str, str]:
    """Returns the reason why the register cannot be opened, and what to do about it."""
    head = QCoreApplication.translate("Words", "Cannot open the call register")
    match error:
        case StoreInUse():
            return (
                QCoreApplication.translate("Words", "The program is already running"),
                QCoreApplication.translate(
                    "Words", "Another window is using this register: switch to it."
                ),
            )
        case StoreTooNew():
            body = QCoreApplication.translate(
                "Words",
                "It was written by a newer version of the program. Install it; the "
                "records are safe.",
            )
        case KeyUnavailable():
            body = QCoreApplication.translate(
                "Words",
                "Cannot read its key (%1). Unlock the system keyring or put the key file "
                "back next to the register; without the key the records cannot be read.",
            ).replace("%1", error.code)
        case StoreUnreadable(code="damaged"):
            body = QCoreApplication.translate(
                "Words",
                "A page of its file is damaged. Do not delete it: the administrator can "
                "export unsent data and restore the register from a backup: python -m "
                "sync export-outbox, then restore.",
            )
        case StoreUnreadable():
            body = QCoreApplication.translate(
                "Words",
                "The file is damaged or encrypted with another key (%1). Do not delete "
                "it: contact the administrator to restore it from the backup.",
            ).replace("%1", error.code)
        case StoreCopied(code="backup"):
            head = QCoreApplication.translate("Words", "This file is a backup")
            body = QCoreApplication.translate(
                "Words",
                "It could assign the same numbers twice. The administrator can restore "
                "the register from it: python -m sync restore.",
            )
        case StoreCopied():
            head = QCoreApplication.translate(
                "Words", "The register was copied from another location"
            )
            body = QCoreApplication.translate(
                "Words",
                "Two registers of one workplace would assign the same numbers. Use it in "
                "its original location or ask the administrator to adopt it here: python "
                "-m sync restore.",
            )
        case StoreUnavailable():
            body = QCoreApplication.translate(
                "Words", "Disk error (%1). Check free space and permissions of the data folder."
            ).replace("%1", error.code)
        case _:
            body = QCoreApplication.translate("Words", "Reason: %1. Contact the administrator.")
            body = body.replace("%1", type(error).__name__)
    return head, body


def choice(text: str, number: int, count: int) -> str:
    """Returns the selected list row with its position, read by a screen reader for lists that are
    operated from a text field.
    """
    place = QCoreApplication.translate("Words", "%1 of %2")
    return f"{text}. {place.replace('%1', str(number)).replace('%2', str(count))}"


def nothing_found(offer: str = "") -> str:
    """Returns the text for an empty search result; ``offer`` describes what Enter does instead."""
    found = QCoreApplication.translate("Words", "Nothing found")
    return f"{found}. {offer}" if offer else found


def report_written(name: str) -> str:
    return QCoreApplication.translate("Words", "Report saved: %1").replace("%1", name)


def report_not_written() -> str:
    return QCoreApplication.translate("Words", "Could not save the report there")


def chosen_is_gone() -> tuple[str, str]:
    """Returns the notice that the selected call left the list just before a keystroke, so the
    action was not run.
    """
    return (
        QCoreApplication.translate("Words", "The selected call is no longer in the list"),
        QCoreApplication.translate(
            "Words", "Another one is now selected: press again to apply to it."
        ),
    )


def still_being_written() -> str:
    """Returns the notice for a keystroke while the previous record is still being saved."""
    return QCoreApplication.translate("Words", "The previous one is still being saved")


def store_failed_head() -> str:
    return QCoreApplication.translate("Words", "Not saved.")


def store_failed_body(code: str = "") -> str:
    """Returns the reason of a failed write, and that the input is not lost; ``code`` is the SQLite
    error name.
    """
    kept = QCoreApplication.translate("Words", "The text stays on the screen.")
    return f"{store_refuses(code)} {kept}"


def store_refuses(code: str) -> str:
    """Returns the reason of a failed write and advice; ``code`` is the SQLite error name."""
    match code:
        case "SQLITE_FULL":
            return QCoreApplication.translate(
                "Words", "The disk is full: free up space or contact the administrator."
            )
        case "SQLITE_READONLY" | "SQLITE_PERM":
            return QCoreApplication.translate(
                "Words", "The data folder is read-only: contact the administrator."
            )
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return QCoreApplication.translate(
                "Words",
                "Another program is using the register: close it or contact the administrator.",
            )
        case "damaged":
            return f"{damaged_head()} {damaged_body()}"
        case _:
            return QCoreApplication.translate(
                "Words",
                "Could not save the record: free up space or contact the administrator.",
            )


def damaged_head() -> str:
    return QCoreApplication.translate(
        "Words", "The register is damaged; records are no longer saved."
    )


def damaged_body() -> str:
    return QCoreApplication.translate(
        "Words",
        "Note calls on paper and contact the administrator: python -m sync restore. Your "
        "text stays here.",
    )


def held_elsewhere() -> str:
    """Returns the text shown after a global hotkey whose chord another application has
    registered.
    """
    return QCoreApplication.translate("Words", " — in use by another program")
