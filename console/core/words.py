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
    """Reason why the register cannot be opened, and advice for the administrator."""
    head = QCoreApplication.translate("Words", "The register does not open")
    match error:
        case StoreInUse():
            return (
                QCoreApplication.translate("Words", "The program is running already"),
                QCoreApplication.translate(
                    "Words", "Another window of it works with this register: use that one."
                ),
            )
        case StoreTooNew():
            body = QCoreApplication.translate(
                "Words",
                "A newer version of the program wrote it. Install that version; the records are"
                " safe.",
            )
        case KeyUnavailable():
            body = QCoreApplication.translate(
                "Words",
                "Its key cannot be read (%1). Unlock the system's keyring or give back the key"
                " file beside the register; without the key the records cannot be read.",
            ).replace("%1", error.code)
        case StoreUnreadable(code="damaged"):
            body = QCoreApplication.translate(
                "Words",
                "A page of its file is damaged. Do not delete it: the administrator takes out what"
                " is only there and restores the register from a copy: python -m sync"
                " export-outbox, then restore.",
            )
        case StoreUnreadable():
            body = QCoreApplication.translate(
                "Words",
                "The file is damaged or belongs to another key (%1). Do not delete it: call the"
                " administrator, who restores it from the backup.",
            ).replace("%1", error.code)
        case StoreCopied(code="backup"):
            head = QCoreApplication.translate("Words", "This file is a backup copy")
            body = QCoreApplication.translate(
                "Words",
                "Numbers given from it could be given twice. The administrator restores the"
                " register from it: python -m sync restore.",
            )
        case StoreCopied():
            head = QCoreApplication.translate("Words", "The register was copied from another place")
            body = QCoreApplication.translate(
                "Words",
                "Two registers of one workplace would give the same numbers. Work where it lay"
                " before, or let the administrator take it over here: python -m sync restore.",
            )
        case StoreUnavailable():
            body = QCoreApplication.translate(
                "Words", "The disk refuses it (%1). Check free space and rights of the data folder."
            ).replace("%1", error.code)
        case _:
            body = QCoreApplication.translate("Words", "Reason: %1. Call the administrator.")
            body = body.replace("%1", type(error).__name__)
    return head, body


def choice(text: str, number: int, count: int) -> str:
    """Selected list row with its position, for lists operated from a text field."""
    place = QCoreApplication.translate("Words", "%1 of %2")
    return f"{text}. {place.replace('%1', str(number)).replace('%2', str(count))}"


def nothing_found(offer: str = "") -> str:
    """Text for an empty result; ``offer`` describes the alternative on Enter."""
    found = QCoreApplication.translate("Words", "Nothing found")
    return f"{found}. {offer}" if offer else found


def report_written(name: str) -> str:
    return QCoreApplication.translate("Words", "Report saved: %1").replace("%1", name)


def report_not_written() -> str:
    return QCoreApplication.translate("Words", "The report could not be written there")


def chosen_is_gone() -> tuple[str, str]:
    """Notice if the selected call left the list just before a key press."""
    return (
        QCoreApplication.translate("Words", "The chosen call is in the list no more"),
        QCoreApplication.translate("Words", "Another one is chosen now: press once more for it."),
    )


def still_being_written() -> str:
    """Notice for a key press during the previous write."""
    return QCoreApplication.translate("Words", "The last one is still being written")


def store_failed_head() -> str:
    return QCoreApplication.translate("Words", "Not saved.")


def store_failed_body(code: str = "") -> str:
    """Reason of a failed write, and that no input is lost."""
    kept = QCoreApplication.translate("Words", "The text stays on the screen.")
    return f"{store_refuses(code)} {kept}"


def store_refuses(code: str) -> str:
    """Reason of a failed write by SQLite error name, and advice."""
    match code:
        case "SQLITE_FULL":
            return QCoreApplication.translate(
                "Words", "The disk is full: free some space or call the administrator."
            )
        case "SQLITE_READONLY" | "SQLITE_PERM":
            return QCoreApplication.translate(
                "Words", "The data folder may only be read: call the administrator."
            )
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return QCoreApplication.translate(
                "Words", "Another program holds the register: close it or call the administrator."
            )
        case "damaged":
            return f"{damaged_head()} {damaged_body()}"
        case _:
            return QCoreApplication.translate(
                "Words",
                "The disk does not take the record: free some space or call the administrator.",
            )


def damaged_head() -> str:
    return QCoreApplication.translate("Words", "The register is damaged, nothing more is saved.")


def damaged_body() -> str:
    return QCoreApplication.translate(
        "Words",
        "Write calls down and call the administrator: python -m sync restore. The text stays here.",
    )


def held_elsewhere() -> str:
    """Suffix for a key whose chord another application has registered."""
    return QCoreApplication.translate("Words", " — taken by another program")
