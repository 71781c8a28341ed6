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
    return QCoreApplication.translate("Words", "Picture from the clipboard")


def mark(reason: PhotoReason) -> tuple[str, str, str]:
    """Text, icon and colour role under an attached photo."""
    match reason:
        case PhotoReason.NEEDS_TURNING:
            text = QCoreApplication.translate("Words", "On its side, par. 6.7")
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
                "It lies on its side in the file, as “As sent” shows: a ground of refusal, par."
                " 6.7.",
            )
        case PhotoReason.NEEDS_CROPPING:
            return QCoreApplication.translate(
                "Words",
                "A long strip that would have to be cropped: a ground of refusal, par. 6.7.",
            )
        case PhotoReason.NEEDS_ENLARGING:
            return QCoreApplication.translate(
                "Words",
                "So small that it would have to be enlarged: a ground of refusal, par. 6.7.",
            )
        case _:
            return ""


def put_upright() -> str:
    return QCoreApplication.translate(
        "Words", "It lies on its side in the file; the published copy stands upright."
    )


def turned_by_hand() -> str:
    return QCoreApplication.translate(
        "Words", "The copy was turned by hand; the file stays as it was sent."
    )


def location() -> str:
    return QCoreApplication.translate(
        "Words", "The place of the photo is in the file: it is left out of the published copy."
    )


def location_short() -> str:
    return QCoreApplication.translate("Words", "with its place")


def none_yet(may_attach: bool) -> tuple[str, str]:
    head = QCoreApplication.translate("Words", "The message has no photo")
    if not may_attach:
        return head, ""
    return head, with_keys(
        QCoreApplication.translate("Words", "Alt+A attaches one from a file."), Key.ATTACH
    )


def nothing_copied() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Neither a picture nor a file was copied"),
        QCoreApplication.translate("Words", "Copy it in the other program, then paste it here."),
    )


def not_turned() -> tuple[str, str]:
    """Notice that only the author may rotate photos (Regulation 6.7), unless the city
    permits it.
    """
    return (
        QCoreApplication.translate("Words", "The city does not let operators turn photos"),
        QCoreApplication.translate(
            "Words", "A photo that has to be turned is a ground of refusal (6.7)."
        ),
    )


def not_shown() -> str:
    return QCoreApplication.translate(
        "Words", "The photo cannot be shown: it was taken away, or the disk does not give it."
    )


def opening() -> str:
    return QCoreApplication.translate("Words", "Opening…")


# --- reasons for rejecting a file ---


def checking() -> str:
    return QCoreApplication.translate("Words", "is being checked…")


def removed() -> str:
    return QCoreApplication.translate("Words", "taken away")


def unreadable() -> str:
    return QCoreApplication.translate(
        "Words", "cannot be read: is it there, and closed in other programs?"
    )


def not_stored() -> str:
    return QCoreApplication.translate(
        "Words", "the disk did not take it. Attach it again in a moment."
    )


def not_attached() -> str:
    return QCoreApplication.translate("Words", "The photo is not attached")


def not_changed() -> str:
    return QCoreApplication.translate("Words", "The photo stays as it was")


def not_read() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The photos are not shown"),
        QCoreApplication.translate(
            "Words", "The register cannot be read just now. The message itself is in order."
        ),
    )


def problem(problem: PhotoProblem) -> str:
    match problem:
        case PhotoProblem.TOO_MANY:
            return QCoreApplication.translate(
                "Words",
                "a message has at most four photos, and every page counts (par. 6.6). Take one"
                " away with Delete first.",
            )
        case PhotoProblem.ALREADY_THERE:
            return QCoreApplication.translate("Words", "this very photo is attached already")
        case PhotoProblem.FIXED:
            return QCoreApplication.translate(
                "Words", "the message has been handed in, its photos do not change any more"
            )
        case PhotoProblem.NOT_ALLOWED:
            return QCoreApplication.translate("Words", "your role does not make messages")
        case PhotoProblem.GONE:
            return QCoreApplication.translate("Words", "the photo was taken away already")
        case _:
            assert_never(problem)


def refused(found: PhotoJudgement) -> str:
    """Reason why the check rejected the file, with advice."""
    limits = PhotoLimits()
    match found.reason:
        case PhotoReason.EMPTY:
            return QCoreApplication.translate(
                "Words", "there is nothing in the file. Ask to send the photo once more."
            )
        case PhotoReason.WRONG_FORMAT:
            return _other_format(found.format)
        case PhotoReason.DAMAGED:
            return QCoreApplication.translate(
                "Words",
                "the file is damaged or cut off: the picture does not come to its end. Ask to send"
                " it once more.",
            )
        case PhotoReason.FILE_TOO_BIG:
            text = QCoreApplication.translate(
                "Words", "larger than %1. Save it as JPEG or with fewer pixels."
            )
            return text.replace("%1", size_text(limits.most_bytes))
        case PhotoReason.TOO_MANY_PIXELS:
            text = QCoreApplication.translate(
                "Words",
                "too many pixels for a photo (%1 × %2): it would fill the memory. If it is one,"
                " save it smaller as an ordinary JPEG.",
            )
            return text.replace("%1", str(found.width)).replace("%2", str(found.height))
        case PhotoReason.TOO_MANY_PAGES:
            return QCoreApplication.translate(
                "Words",
                "more than four pages in one file (par. 6.6). Save the pages that matter as photos"
                " of their own.",
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
                "a %1 photo, as iPhones make them; JPEG, PNG and TIFF are taken (par. 6.5). On the"
                " phone: Settings, Camera, Formats, Most Compatible. Or save it as JPEG.",
            )
        case FileFormat.PDF:
            text = QCoreApplication.translate(
                "Words",
                "a PDF document and no photo (par. 6.5). Save the page as JPEG or PNG and attach"
                " that.",
            )
        case FileFormat.VIDEO:
            text = QCoreApplication.translate(
                "Words", "a video (par. 6.5). Save one frame of it as JPEG or PNG."
            )
        case FileFormat.OFFICE:
            text = QCoreApplication.translate(
                "Words",
                "a text document and no photo (par. 6.5). Save the picture in it as JPEG or PNG.",
            )
        case FileFormat.ARCHIVE:
            text = QCoreApplication.translate(
                "Words",
                "an archive or a document (par. 6.5). Take the photos out of it and attach them"
                " one by one.",
            )
        case FileFormat.TEXT:
            text = QCoreApplication.translate(
                "Words", "a text (par. 6.5). Put it into the text of the message."
            )
        case FileFormat.WEBP | FileFormat.GIF:
            text = QCoreApplication.translate(
                "Words",
                "a %1 picture, as web sites and chats give them; JPEG, PNG and TIFF are taken"
                " (par. 6.5). Open it and save it as JPEG or PNG.",
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
                "a %1 picture; JPEG, PNG and TIFF are taken (par. 6.5). Open it and save it as JPEG"
                " or PNG.",
            )
        case FileFormat.JPEG | FileFormat.PNG | FileFormat.TIFF | FileFormat.UNKNOWN:
            text = QCoreApplication.translate(
                "Words", "no photo: JPEG, PNG and TIFF are taken (par. 6.5)"
            )
        case _:
            assert_never(found)
    return text.replace("%1", found.value)
