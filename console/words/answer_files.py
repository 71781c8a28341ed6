"""Words of the files that go with an answer (9.9)."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from console.words.formats import Counted
from sync.register.photos.formats import FileFormat


def name_filter() -> str:
    text = QCoreApplication.translate("Words", "Scans and photos")
    return f"{text} (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"


def not_attached() -> str:
    return QCoreApplication.translate("Words", "The file is not attached")


def not_read() -> str:
    return QCoreApplication.translate("Words", "It cannot be read: copy it to this computer first.")


def too_large(megabytes: int) -> str:
    return Counted().larger_than(megabytes)


def too_many(count: int) -> str:
    return Counted().most_files(count)


def other_format(found: FileFormat, taken: Collection[FileFormat]) -> str:
    """What the contents are, whatever the name says."""
    text = QCoreApplication.translate(
        "Words", "By its contents it is %1; the city takes %2 (par. 9.9)."
    )
    unknown = QCoreApplication.translate("Words", "of a kind that is not known")
    text = text.replace("%2", ", ".join(sorted(each.value for each in taken)))
    return text.replace("%1", unknown if found is FileFormat.UNKNOWN else found.value)


def size(size_bytes: int) -> str:
    """The size of a file as people read it."""
    kilobytes = max(1, round(size_bytes / 1024))
    if kilobytes < 1024:
        return QCoreApplication.translate("Words", "%1 KB").replace("%1", str(kilobytes))
    return QCoreApplication.translate("Words", "%1 MB").replace(
        "%1", f"{size_bytes / 2**20:.1f}".replace(".", ",")
    )
