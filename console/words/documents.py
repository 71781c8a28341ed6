"""Words of documents attached to entries: thematic regulations, technological maps (3.1-3.3)."""

from PySide6.QtCore import QCoreApplication, QLocale

from kb.attachments import FORMATS, LARGEST_BYTES, AttachmentFault, AttachmentKind


def kind(kind: AttachmentKind) -> str:
    match kind:
        case AttachmentKind.REGULATION:
            return QCoreApplication.translate("Words", "Thematic regulation")
        case AttachmentKind.MAP:
            return QCoreApplication.translate("Words", "Technological map")
        case AttachmentKind.DOCUMENT:
            return QCoreApplication.translate("Words", "Document")


def name_filter() -> str:
    """The files that may be attached, as the system's file window shows them."""
    endings = " ".join(f"*{ending} *{ending.upper()}" for ending in FORMATS)
    return f"PDF, DOCX, PNG, JPG, TIFF ({endings})"


def fault(fault: AttachmentFault) -> tuple[str, str]:
    """Why the file is not attached, and what to do."""
    head = QCoreApplication.translate("Words", "The file is not attached")
    match fault:
        case AttachmentFault.FORMAT:
            return head, QCoreApplication.translate(
                "Words", "PDF, DOCX, PNG, JPG and TIFF can be. Save it as PDF and attach that."
            )
        case AttachmentFault.EMPTY:
            return head, QCoreApplication.translate("Words", "There is nothing in it.")
        case AttachmentFault.TOO_LARGE:
            size = QLocale().formattedDataSize(LARGEST_BYTES, 0)
            text = QCoreApplication.translate(
                "Words",
                "It is larger than %1, and every workplace gets it. Save it smaller,"
                " such as a PDF with images of less resolution.",
            )
            return head, text.replace("%1", size)
        case AttachmentFault.OTHER_CONTENT:
            return head, QCoreApplication.translate(
                "Words", "Its content is not what its name says. Open it and save it anew."
            )


def file_not_read() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The file is not attached"),
        QCoreApplication.translate(
            "Words", "It cannot be read: is it there, and closed elsewhere?"
        ),
    )


def attached() -> str:
    return QCoreApplication.translate("Words", "The document is attached")


def closed() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The document is closed"),
        QCoreApplication.translate("Words", "It is kept, but nobody is shown it any more."),
    )


def publish_first() -> str:
    return QCoreApplication.translate("Words", "Publish the entry first, then attach documents")


def not_opened() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The document does not open"),
        QCoreApplication.translate(
            "Words", "This computer has no program for it, or the disk is full."
        ),
    )
