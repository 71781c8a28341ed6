"""Documents attached to entries: thematic regulations and technological maps (3.1-3.3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePath

LARGEST_BYTES = 10 * 1024 * 1024  # the file is carried to every workplace

_ZIP, _TIFF = (b"PK\x03\x04",), (b"II*\x00", b"MM\x00*")
FORMATS = {
    ".pdf": (b"%PDF-",),
    ".docx": _ZIP,
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": _TIFF,
    ".tiff": _TIFF,
}
"""Endings of the files that may be attached, and how the content of such a file begins."""


class AttachmentKind(StrEnum):
    """What a document is: a thematic regulation, a technological map of an answer, or another."""

    REGULATION = "regulation"
    MAP = "map"
    DOCUMENT = "document"


class AttachmentFault(StrEnum):
    """Why a file cannot be attached."""

    FORMAT = "format"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_CONTENT = "other_content"
    """The content is not what the file's name says."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document of an entry, without its content; ``id`` is its key in the outside world.

    ``kind`` may be given as its plain word; on ``valid_to`` the document holds no more. Raises
    ValueError for an unknown kind, an empty id or file name.
    """

    id: str
    entry_id: str
    kind: AttachmentKind
    title: str
    file_name: str
    valid_to: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", AttachmentKind(self.kind))
        if not self.id or not self.file_name:
            raise ValueError("an attachment needs an id and a file name")


def content_hash(content: bytes) -> str:
    """SHA-256 in hexadecimal: by it a feed names a content."""
    return sha256(content).hexdigest()


def has_known_format(file_name: str) -> bool:
    """Whether a file of the name may be attached and opened: no program, no macros."""
    return PurePath(file_name).suffix.casefold() in FORMATS


def fault_of(file_name: str, content: bytes) -> AttachmentFault | None:
    """Why the file cannot be attached; None where it can."""
    if not has_known_format(file_name):
        return AttachmentFault.FORMAT
    if not content:
        return AttachmentFault.EMPTY
    if len(content) > LARGEST_BYTES:
        return AttachmentFault.TOO_LARGE
    begins = FORMATS[PurePath(file_name).suffix.casefold()]
    return None if content.startswith(begins) else AttachmentFault.OTHER_CONTENT
