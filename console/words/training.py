"""Words of the training mode."""

from PySide6.QtCore import QCoreApplication


def trainee() -> str:
    """Who works in the training mode, by name in its records."""
    return QCoreApplication.translate("Words", "Trainee")


def opens_beside() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Training opens in a window of its own"),
        QCoreApplication.translate(
            "Words", "Real calls go on coming here: F9 if you do not want them meanwhile."
        ),
    )


def not_started() -> str:
    return QCoreApplication.translate(
        "Words", "The training mode could not be started: call the administrator"
    )


def is_never_locked() -> str:
    return QCoreApplication.translate(
        "Words", "The training mode is not locked: what is in it is made up"
    )
