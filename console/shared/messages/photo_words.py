"""Display texts of photos: check results, reasons for refusal and advice (Regulation 6.5-6.7)."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication, QLocale

from console.core.default_keys import Key
from console.core.formats import NO_VALUE
from console.core.keymap import with_keys
from sync.register.checks.photo_formats import FileFormat
from sync.register.checks.photos import PhotoJudgement, PhotoLimits, PhotoReason
from sync.register.handling.photos import MessagePhoto, PhotoProblem

# Accepted formats and frequent other formats, which are rejected with advice.
_ENDINGS = (
    *("jpg", "jpeg", "png", "tif", "tiff"),
    *("heic", "heif", "avif", "webp", "gif", "bmp", "pdf"),
)


def heading(count: int, most: int) -> str:
    text = QCoreApplication.translate("Words", "Photos: %1 of %2")
    return text.replace("%1", str(count)).replace("%2", str(most))


def position(number: int, count: int) -> str:
    text = QCoreApplication.translate("Words", "Photo %1 of %2")
    return text.replace("%1", str(number)).replace("%2", str(count))


def page(number: int, count: int) -> str:
    text = QCoreApplication.translate("Words", "page %1 of %2")
    return text.replace("%1", str(number)).replace("%2", str(count))


def name_filters() -> tuple[str, str]:
    """Filters of the file dialog: photos, and all files, which are rejected with a reason."""
    endings = " ".join(f"*.{ending} *.{ending.upper()}" for ending in _ENDINGS)
    photos = QCoreApplication.translate("Words", "Photos")
    everything = QCoreApplication.translate("Words", "All files")
    return f"{photos} ({endings})", f"{everything} (*)"


def from_clipboard() -> str:
    """File name of an image from the clipboard."""
    return QCoreApplication.translate("Words", "Image from the clipboard")


def mark(reason: PhotoReason) -> tuple[str, str, str]:
    """Text, icon and colour role under an attached photo."""
    match reason:
        case PhotoReason.NEEDS_TURNING:
            text = QCoreApplication.translate("Words", "Sideways, par. 6.7")
        case PhotoReason.NEEDS_CROPPING:
            text = QCoreApplication.translate("Words", "A strip, par. 6.7")
        case PhotoReason.NEEDS_ENLARGING:
            text = QCoreApplication.translate("Words", "Too small, par. 6.7")
        case _:
            return QCoreApplication.translate("Words", "Fits"), "check-circle-fill", "ok"
    return text, "warning-fill", "warn"


def facts(photo: MessagePhoto) -> str:
    """Format, size in pixels and bytes, and the operator who attached it, in one line."""
    found = photo.judgement
    added = QCoreApplication.translate("Words", "attached by %1")
    parts = [
        found.format.value,
        f"{found.width} × {found.height}",
        size_text(photo.size_bytes),
        added.replace("%1", photo.added_by_name or NO_VALUE),
    ]
    return " · ".join(parts)


def size_text(size_bytes: int) -> str:
    return QLocale().formattedDataSize(
        size_bytes, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )


def remark(reason: PhotoReason) -> str:
    """Note in the viewer on a photo that violates clause 6.7; empty for other photos."""
    match reason:
        case PhotoReason.NEEDS_TURNING:
            return QCoreApplication.translate(
                "Words",
                "The photo is sideways in the file (see “As sent”): grounds for refusal, par. 6.7.",
            )
        case PhotoReason.NEEDS_CROPPING:
            return QCoreApplication.translate(
                "Words",
                "A long strip that would need cropping: grounds for refusal, par. 6.7.",
            )
        case PhotoReason.NEEDS_ENLARGING:
            return QCoreApplication.translate(
                "Words",
                "Too small, would need enlarging: grounds for refusal, par. 6.7.",
            )
        case _:
            return ""


def put_upright() -> str:
    return QCoreApplication.translate(
        "Words", "Sideways in the file; the published copy is upright."
    )


def turned_by_hand() -> str:
    return QCoreApplication.translate(
        "Words", "The copy was rotated by hand; the file stays as sent."
    )


def location() -> str:
    return QCoreApplication.translate(
        "Words", "The file contains the photo's location: it is removed from the published copy."
    )


def location_short() -> str:
    return QCoreApplication.translate("Words", "with location")


def none_yet(may_attach: bool) -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "The message has no photo")
    if not may_attach:
        return head, ""
    return head, with_keys(
        QCoreApplication.translate("Words", "Alt+A attaches one from a file."), Key.ATTACH
    )


def nothing_copied() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The clipboard has no image or file"),
        QCoreApplication.translate("Words", "Copy it in the other program, then paste it here."),
    )


def not_turned() -> tuple[str, str]:
    """Notice that only the author may rotate photos (Regulation 6.7), unless the city
    permits it.
    """
    return (
        QCoreApplication.translate("Words", "The city does not let operators rotate photos"),
        QCoreApplication.translate(
            "Words", "A photo that needs rotating is grounds for refusal (6.7)."
        ),
    )


def not_shown() -> str:
    return QCoreApplication.translate(
        "Words", "Cannot show the photo: it was removed or the disk cannot read it."
    )


def opening() -> str:
    return QCoreApplication.translate("Words", "Opening…")


# --- reasons for rejecting a file ---


def checking() -> str:
    return QCoreApplication.translate("Words", "is being checked…")


def removed() -> str:
    return QCoreApplication.translate("Words", "removed")


def unreadable() -> str:
    return QCoreApplication.translate(
        "Words", "cannot be read: is it there and not open in another program?"
    )


def not_stored() -> str:
    return QCoreApplication.translate(
        "Words", "could not be written to disk. Attach it again in a moment."
    )


def not_attached() -> str:
    return QCoreApplication.translate("Words", "The photo is not attached")


def not_changed() -> str:
    return QCoreApplication.translate("Words", "The photo is unchanged")


def not_read() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The photos are not shown"),
        QCoreApplication.translate(
            "Words", "Cannot read the register right now. The message itself is fine."
        ),
    )


def problem(problem: PhotoProblem) -> str:
    match problem:
        case PhotoProblem.TOO_MANY:
            return QCoreApplication.translate(
                "Words",
                "a message has at most four photos, and every page counts (par. 6.6). "
                "Remove one with Delete first.",
            )
        case PhotoProblem.ALREADY_THERE:
            return QCoreApplication.translate("Words", "this photo is already attached")
        case PhotoProblem.FIXED:
            return QCoreApplication.translate(
                "Words", "the message is submitted, its photos can no longer be changed"
            )
        case PhotoProblem.NOT_ALLOWED:
            return QCoreApplication.translate("Words", "your role cannot create messages")
        case PhotoProblem.GONE:
            return QCoreApplication.translate("Words", "the photo was already removed")
        case _:
            assert_never(problem)


def refused(found: PhotoJudgement) -> str:
    """Reason why the check rejected the file, with advice."""
    limits = PhotoLimits()
    match found.reason:
        case PhotoReason.EMPTY:
            return QCoreApplication.translate(
                "Words", "the file is empty. Ask to send the photo again."
            )
        case PhotoReason.WRONG_FORMAT:
            return _other_format(found.format)
        case PhotoReason.DAMAGED:
            return QCoreApplication.translate(
                "Words",
                "the file is damaged or truncated: the image is incomplete. Ask to send it again.",
            )
        case PhotoReason.FILE_TOO_BIG:
            text = QCoreApplication.translate(
                "Words", "larger than %1. Save it as JPEG or at a smaller size."
            )
            return text.replace("%1", size_text(limits.most_bytes))
        case PhotoReason.TOO_MANY_PIXELS:
            text = QCoreApplication.translate(
                "Words",
                "too many pixels for a photo (%1 × %2): it would fill the memory. If it "
                "is a photo, save it smaller as a regular JPEG.",
            )
            return text.replace("%1", str(found.width)).replace("%2", str(found.height))
        case PhotoReason.TOO_MANY_PAGES:
            return QCoreApplication.translate(
                "Words",
                "more than four pages in one file (par. 6.6). Save the pages you need as "
                "separate photos.",
            )
        case (
            PhotoReason.NONE
            | PhotoReason.NEEDS_TURNING
            | PhotoReason.NEEDS_CROPPING
            | PhotoReason.NEEDS_ENLARGING
        ):
            return ""  # not reasons for rejection
        case _:
            assert_never(found.reason)


def _other_format(found: FileFormat) -> str:
    match found:
        case FileFormat.HEIC | FileFormat.AVIF:
            text = QCoreApplication.translate(
                "Words",
                "a %1 photo, as taken by iPhones; JPEG, PNG and TIFF are accepted (par. "
                "6.5). On the phone: Settings, Camera, Formats, Most Compatible. Or save "
                "it as JPEG.",
            )
        case FileFormat.PDF:
            text = QCoreApplication.translate(
                "Words",
                "a PDF document, not a photo (par. 6.5). Save the page as JPEG or PNG "
                "and attach it.",
            )
        case FileFormat.VIDEO:
            text = QCoreApplication.translate(
                "Words", "a video (par. 6.5). Save one frame as JPEG or PNG."
            )
        case FileFormat.OFFICE:
            text = QCoreApplication.translate(
                "Words",
                "a text document, not a photo (par. 6.5). Save its image as JPEG or PNG.",
            )
        case FileFormat.ARCHIVE:
            text = QCoreApplication.translate(
                "Words",
                "an archive or a document (par. 6.5). Extract the photos and attach them "
                "one by one.",
            )
        case FileFormat.TEXT:
            text = QCoreApplication.translate(
                "Words", "text (par. 6.5). Put it into the message text."
            )
        case FileFormat.WEBP | FileFormat.GIF:
            text = QCoreApplication.translate(
                "Words",
                "a %1 image, as web sites and chats save them; JPEG, PNG and TIFF are "
                "accepted (par. 6.5). Open it and save it as JPEG or PNG.",
            )
        case (
            FileFormat.BMP
            | FileFormat.JPEG_2000
            | FileFormat.JPEG_XL
            | FileFormat.RAW
            | FileFormat.SVG
            | FileFormat.PSD
            | FileFormat.ICON
        ):
            text = QCoreApplication.translate(
                "Words",
                "a %1 image; JPEG, PNG and TIFF are accepted (par. 6.5). Open it and "
                "save it as JPEG or PNG.",
            )
        case FileFormat.JPEG | FileFormat.PNG | FileFormat.TIFF | FileFormat.UNKNOWN:
            text = QCoreApplication.translate(
                "Words", "not a photo: JPEG, PNG and TIFF are accepted (par. 6.5)"
            )
        case _:
            assert_never(found)
    return text.replace("%1", found.value)
