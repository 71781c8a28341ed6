"""Display texts of the support bundle."""

from PySide6.QtCore import QCoreApplication


def writing() -> str:
    return QCoreApplication.translate("Words", "The diagnostics are being put together…")


def written(name: str, folder: str) -> tuple[str, str]:
    """Location of the bundle, and the data that it does not contain."""
    head = QCoreApplication.translate("Words", "Diagnostics written: %1").replace("%1", name)
    body = QCoreApplication.translate(
        "Words", "%1. No names, telephones or texts are in it: send it to the administrator."
    )
    return head, body.replace("%1", folder)


def not_written(folder: str) -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "The diagnostics could not be written")
    body = QCoreApplication.translate(
        "Words", "%1 takes no file: free some space or call the administrator."
    )
    return head, body.replace("%1", folder)
