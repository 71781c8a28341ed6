"""File format of a photo by content, not by name (Regulation 6.5); detection of truncated files."""

from __future__ import annotations

import re
from enum import StrEnum

HEAD_BYTES = 1024


class FileFormat(StrEnum):
    """File formats of photos, and of other files sent by mistake."""

    JPEG = "JPEG"
    PNG = "PNG"
    TIFF = "TIFF"
    HEIC = "HEIC"
    AVIF = "AVIF"
    WEBP = "WebP"
    GIF = "GIF"
    BMP = "BMP"
    JPEG_2000 = "JPEG 2000"
    JPEG_XL = "JPEG XL"
    RAW = "RAW"
    SVG = "SVG"
    PSD = "PSD"
    ICON = "ICO"
    PDF = "PDF"
    VIDEO = "video"
    OFFICE = "document"
    ARCHIVE = "archive"
    TEXT = "text"
    UNKNOWN = "unknown"


ALLOWED = frozenset({FileFormat.JPEG, FileFormat.PNG, FileFormat.TIFF})
MEDIA_TYPES = {
    FileFormat.JPEG: "image/jpeg",
    FileFormat.PNG: "image/png",
    FileFormat.TIFF: "image/tiff",
    FileFormat.PDF: "application/pdf",
}
"""Media types (RFC 6838) allowed in a message or an answer."""

_BEGINNINGS: tuple[tuple[bytes, FileFormat], ...] = (
    (b"\xff\xd8\xff", FileFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileFormat.PNG),
    (b"GIF8", FileFormat.GIF),
    (b"BM", FileFormat.BMP),
    (b"8BPS", FileFormat.PSD),
    (b"\x00\x00\x01\x00", FileFormat.ICON),
    (b"\x00\x00\x00\x0cjP  ", FileFormat.JPEG_2000),
    (b"\xff\x4f\xff\x51", FileFormat.JPEG_2000),
    (b"\x00\x00\x00\x0cJXL ", FileFormat.JPEG_XL),
    (b"\xff\x0a", FileFormat.JPEG_XL),
    (b"FUJIFILMCCD-RAW", FileFormat.RAW),
    (b"IIRO", FileFormat.RAW),
    (b"IIU\x00", FileFormat.RAW),
    (b"\x1aE\xdf\xa3", FileFormat.VIDEO),
    (b"\x00\x00\x01\xba", FileFormat.VIDEO),
    (b"\x00\x00\x01\xb3", FileFormat.VIDEO),
    (b"\xd0\xcf\x11\xe0", FileFormat.OFFICE),
    (b"{\\rtf", FileFormat.OFFICE),
    (b"PK\x03\x04", FileFormat.ARCHIVE),
    (b"Rar!", FileFormat.ARCHIVE),
    (b"7z\xbc\xaf", FileFormat.ARCHIVE),
    (b"\x1f\x8b", FileFormat.ARCHIVE),
)
_PNG_END = b"IEND\xaeB`\x82"
_JPEG_SCAN = b"\xff\xda"
_JPEG_END = b"\xff\xd9"
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_RAW_IN_TIFF = re.compile(rb"^II\*\x00.{4}CR\x02|(?i:NIKON CORPORATION|SONY\x00DSLR)", re.S)
_PICTURE_BRANDS = {
    b"avif": FileFormat.AVIF,
    b"avis": FileFormat.AVIF,
    b"crx ": FileFormat.RAW,
    **dict.fromkeys(
        (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1"), FileFormat.HEIC
    ),
}


def format_of(head: bytes) -> FileFormat:
    """Detects the format from the first bytes of a file; ``HEAD_BYTES`` are enough."""
    if head.startswith(_TIFF):
        return FileFormat.RAW if _RAW_IN_TIFF.search(head) else FileFormat.TIFF
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head[:4] == b"RIFF":
        return FileFormat.WEBP if head[8:12] == b"WEBP" else FileFormat.VIDEO
    if head[4:8] == b"ftyp":
        return _of_brand(head)
    # PDF readers ignore bytes before the signature.
    if b"%PDF-" in head[:HEAD_BYTES]:
        return FileFormat.PDF
    return _of_text(head)


def has_end(data: bytes, of: FileFormat) -> bool:
    """Whether the file of a decoded picture contains its end marker; more bytes may follow the
    marker.

    A decoder that already has all pixels does not notice a few bytes missing at the end.
    """
    if of is FileFormat.PNG:
        return _PNG_END in data
    return of is not FileFormat.JPEG or data.find(_JPEG_END, _scan_of(data)) >= 0


def _scan_of(data: bytes) -> int:
    """Returns the offset of the image data of a JPEG, after a thumbnail that has its own end
    marker.
    """
    place = 2
    while data[place : place + 1] == b"\xff" and data[place : place + 2] != _JPEG_SCAN:
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return place


def _of_brand(head: bytes) -> FileFormat:
    size = int.from_bytes(head[:4], "big")
    brands = [head[8:12], *(head[place : place + 4] for place in range(16, min(size, 96), 4))]
    known = [_PICTURE_BRANDS[brand] for brand in brands if brand in _PICTURE_BRANDS]
    if FileFormat.AVIF in known:
        return FileFormat.AVIF
    return known[0] if known else FileFormat.VIDEO


def _of_text(head: bytes) -> FileFormat:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The first bytes of a file may end in the middle of a character.
        if error.start < len(head) - 3:
            return FileFormat.UNKNOWN
        text = head[: error.start].decode("utf-8")
    if "<svg" in text.lower():
        return FileFormat.SVG
    is_text = bool(text) and all(
        letter.isprintable() or letter in "\r\n\t\ufeff" for letter in text
    )
    return FileFormat.TEXT if is_text else FileFormat.UNKNOWN
