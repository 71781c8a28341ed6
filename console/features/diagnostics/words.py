"""Display texts of the support bundle."""

from PySide6.QtCore import QCoreApplication


def writing() -> str:
    return QCoreApplication.translate("Words", "Collecting diagnostics…")


def written(name: str, folder: str) -> tuple[str, str]:
    """Returns title and text of the notice: location of the bundle, and the data it leaves out."""
    head = QCoreApplication.translate("Words", "Diagnostics saved: %1").replace("%1", name)
    body = QCoreApplication.translate(
        "Words", "%1. It contains no names, phones or texts: send it to the administrator."
    )
    return head, body.replace("%1", folder)


def not_written(folder: str) -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "Could not save diagnostics")
    body = QCoreApplication.translate(
        "Words", "Cannot write to %1: free up space or contact the administrator."
    )
    return head, body.replace("%1", folder)
