"""Whether a photo may be taken, must be refused, or is for the operator to judge (6.5-6.7)."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass, replace
from enum import StrEnum

from PIL import ExifTags, Image

from sync.register.photos.formats import ALLOWED, HEAD_BYTES, FileFormat, format_of, has_end

MOST_PHOTOS = 4
UPRIGHT = 1
# Nobody waits for the pictures of a file with thousands to be counted.
_MOST_COUNTED_PAGES = 100

_ORIENTATION = ExifTags.Base.Orientation
_ORIENTATIONS = range(1, 9)
_LATITUDE, _LONGITUDE = ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude
_JPEGS = ("JPEG", "MPO")
_READERS = [each.value for each in sorted(ALLOWED)]
# What Pillow raises on a damaged file; each was seen on one.
_DAMAGES = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class Verdict(StrEnum):
    """What becomes of a photo."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    OPERATOR = "operator"
    """A person looks at it: it seems to be one that 6.7 does not admit."""


class PhotoReason(StrEnum):
    """Why, for a photo that is not simply taken."""

    NONE = ""
    EMPTY = "empty"
    WRONG_FORMAT = "wrong_format"
    DAMAGED = "damaged"
    FILE_TOO_BIG = "file_too_big"
    TOO_MANY_PIXELS = "too_many_pixels"
    """Larger than any camera makes, or hardly any data for so many pixels."""
    TOO_MANY_PAGES = "too_many_pages"
    """More pictures in one file than a message may have (6.6)."""
    NEEDS_TURNING = "needs_turning"
    NEEDS_CROPPING = "needs_cropping"
    NEEDS_ENLARGING = "needs_enlarging"


_PARAGRAPHS = {
    PhotoReason.NONE: "",
    PhotoReason.EMPTY: "6.5",
    PhotoReason.WRONG_FORMAT: "6.5",
    PhotoReason.DAMAGED: "6.5",
    PhotoReason.FILE_TOO_BIG: "6.5",
    PhotoReason.TOO_MANY_PIXELS: "6.5",
    PhotoReason.TOO_MANY_PAGES: "6.6",
    PhotoReason.NEEDS_TURNING: "6.7",
    PhotoReason.NEEDS_CROPPING: "6.7",
    PhotoReason.NEEDS_ENLARGING: "6.7",
}
_FOR_THE_OPERATOR = frozenset(
    {PhotoReason.NEEDS_TURNING, PhotoReason.NEEDS_CROPPING, PhotoReason.NEEDS_ENLARGING}
)


@dataclass(frozen=True, slots=True)
class PhotoLimits:
    """Settings of the city; sizes in bytes and pixels.

    A file with fewer than ``least_bytes_a_pixel`` for each pixel is no photo when it has more
    than ``most_plain_pixels``: such a picture needs much memory and shows nothing. A progressive
    JPEG of more pixels than these is kept whole in memory while it is read, and no camera makes
    one. ``most_decoded_bytes`` holds for the formats that cannot be decoded at a smaller size.
    """

    most_bytes: int = 30 * 1024 * 1024
    most_pixels: int = 50_000_000
    most_plain_pixels: int = 16_000_000
    least_bytes_a_pixel: float = 0.05
    most_decoded_bytes: int = 64 * 1024 * 1024
    least_longer_side: int = 256
    greatest_side_ratio: float = 6.0


@dataclass(frozen=True, slots=True)
class PhotoJudgement:
    """What was found; numbers are 0 where the file could not be read so far.

    ``orientation`` is that of EXIF, 1 for upright. ``pages`` counts the pictures of the file.
    """

    verdict: Verdict
    reason: PhotoReason
    format: FileFormat
    width: int = 0
    height: int = 0
    orientation: int = UPRIGHT
    pages: int = 0
    has_location: bool = False

    @property
    def paragraph(self) -> str:
        """Of the regulation; none for a photo that is simply taken."""
        return _PARAGRAPHS[self.reason]


class PhotoDamaged(Exception):
    """The picture cannot be read to its end."""


class PhotoTooLarge(Exception):
    """The picture, or one of its pages, is far above every limit of pixels."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the header tells; nothing where it cannot be read."""

    width: int = 0
    height: int = 0
    orientation: int = UPRIGHT
    pages: int = 0
    has_location: bool = False


def judge(data: bytes, limits: PhotoLimits | None = None) -> PhotoJudgement:
    """What becomes of the photo; reads it whole unless its header refuses it already.

    Takes at most ``most_decoded_bytes`` of memory beside the data; not for the GUI thread.
    """
    limits = limits or PhotoLimits()
    found = format_of(data[:HEAD_BYTES])
    if not data:
        return PhotoJudgement(Verdict.REFUSE, PhotoReason.EMPTY, FileFormat.UNKNOWN)
    if found not in ALLOWED:
        return PhotoJudgement(Verdict.REFUSE, PhotoReason.WRONG_FORMAT, found)
    if len(data) > limits.most_bytes:
        return PhotoJudgement(Verdict.REFUSE, PhotoReason.FILE_TOO_BIG, found)
    facts, reason = _Facts(), PhotoReason.NONE
    try:
        with open_photo(data) as image:
            facts = _Facts(*image.size)
            if _has_too_many_pixels(image, len(data), limits):
                # Before anything else is asked of it: a PNG is decoded to tell its EXIF.
                raise PhotoTooLarge
            facts = _facts_of(image)
            reason = _reason_of(facts, limits)
            if _verdict_of(reason) is not Verdict.REFUSE:
                facts = _read_whole(image, facts, len(data), limits)
                reason = _reason_of(facts, limits)
                if not has_end(data, found):
                    raise PhotoDamaged
    except PhotoDamaged:
        reason = PhotoReason.DAMAGED
    except PhotoTooLarge:
        reason = PhotoReason.TOO_MANY_PIXELS
    return PhotoJudgement(
        _verdict_of(reason),
        reason,
        found,
        facts.width,
        facts.height,
        facts.orientation,
        facts.pages,
        facts.has_location,
    )


class open_photo:
    """The picture of a file of an allowed format, open; PhotoDamaged where it cannot be read.

    Whatever goes wrong with the picture while it is open is damage too.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __enter__(self) -> Image.Image:
        try:
            with warnings.catch_warnings():
                # Of large pictures, whose size is looked at here; of odd but readable EXIF.
                warnings.simplefilter("ignore")
                self._image: Image.Image = Image.open(io.BytesIO(self._data), formats=_READERS)
        except Image.DecompressionBombError as error:
            raise PhotoTooLarge from error
        except _DAMAGES as error:
            raise PhotoDamaged from error
        return self._image

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._image.close()
        if isinstance(error, _DAMAGES):
            raise PhotoDamaged from error


def orientation_of(image: Image.Image) -> int:
    """Of EXIF, 1 to 8; 1 where it says nothing sensible."""
    orientation = image.getexif().get(_ORIENTATION, UPRIGHT)
    return orientation if orientation in _ORIENTATIONS else UPRIGHT


def pages_of(image: Image.Image) -> int:
    """How many pictures the file shows; counted to a hundred.

    Phones keep a depth map or a darker copy behind the photo of a JPEG; it is one picture.
    """
    if image.format == FileFormat.PNG:
        return int(getattr(image, "n_frames", 1))
    if image.format != FileFormat.TIFF:
        return 1
    pages = 1
    try:
        while pages < _MOST_COUNTED_PAGES:
            image.seek(pages)
            pages += 1
    except EOFError:
        pass
    image.seek(0)
    return pages


def _facts_of(image: Image.Image) -> _Facts:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _Facts(*image.size, orientation_of(image), pages_of(image), _has_location(image))


def _has_location(image: Image.Image) -> bool:
    """Whether EXIF or XMP tell the place; 0, 0 is what a camera writes that does not know it."""
    place = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    if _LATITUDE in place and _LONGITUDE in place:
        return any(float(part) for tag in (_LATITUDE, _LONGITUDE) for part in place[tag])
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return (b"GPSLatitude" if isinstance(packet, bytes) else "GPSLatitude") in packet


def _has_too_many_pixels(image: Image.Image, size_bytes: int, limits: PhotoLimits) -> bool:
    pixels = image.width * image.height
    if pixels > limits.most_pixels:
        return True
    is_jpeg = image.format in _JPEGS
    if not is_jpeg and pixels * _decoded_bytes_a_pixel(image) > limits.most_decoded_bytes:
        return True
    is_plain = size_bytes < pixels * limits.least_bytes_a_pixel
    is_kept_whole = is_jpeg and bool(image.info.get("progressive"))
    return pixels > limits.most_plain_pixels and (is_plain or is_kept_whole)


def _decoded_bytes_a_pixel(image: Image.Image) -> int:
    """Of the memory of a picture and its copy: four for colours, two for shades."""
    return 2 if image.mode in ("1", "L", "P") or image.mode.startswith("I;16") else 4


def _reason_of(facts: _Facts, limits: PhotoLimits) -> PhotoReason:
    longer, shorter = max(facts.width, facts.height), min(facts.width, facts.height)
    checks = (
        (facts.pages > MOST_PHOTOS, PhotoReason.TOO_MANY_PAGES),
        (facts.orientation != UPRIGHT, PhotoReason.NEEDS_TURNING),
        (longer < limits.least_longer_side, PhotoReason.NEEDS_ENLARGING),
        (longer > shorter * limits.greatest_side_ratio, PhotoReason.NEEDS_CROPPING),
    )
    return next((reason for applies, reason in checks if applies), PhotoReason.NONE)


def _read_whole(image: Image.Image, facts: _Facts, size_bytes: int, limits: PhotoLimits) -> _Facts:
    """Decode every page, one at a time: only so a cut or damaged file is found out.

    Gives the facts with what the later pages, and the end of the file, tell of turns and place.
    """
    orientation, has_location = facts.orientation, facts.has_location
    for page in range(facts.pages):
        if facts.pages > 1:
            image.seek(page)
        if _has_too_many_pixels(image, size_bytes, limits):
            raise PhotoTooLarge
        if orientation == UPRIGHT:
            # Before it is decoded: a TIFF is put upright then.
            orientation = orientation_of(image)
        # A JPEG shows its damage at any size; at an eighth it takes hardly any memory.
        image.draft(None, (1, 1))
        image.load()
        # A PNG may tell its place behind the picture.
        has_location = has_location or _has_location(image)
    return replace(facts, orientation=orientation, has_location=has_location)


def _verdict_of(reason: PhotoReason) -> Verdict:
    if reason is PhotoReason.NONE:
        return Verdict.ACCEPT
    return Verdict.OPERATOR if reason in _FOR_THE_OPERATOR else Verdict.REFUSE
