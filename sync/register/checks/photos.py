"""Photos: verdict on a file (Regulation 6.5-6.7), copies to publish, thumbnails and pixels.

Functions that decode a picture block; call them on a worker thread.
"""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from PIL import ExifTags, Image, ImageCms, ImageOps

from sync.register.checks.photo_formats import (
    ALLOWED,
    HEAD_BYTES,
    FileFormat,
    format_of,
    has_end,
)

MOST_PHOTOS = 4
UPRIGHT = 1
# Maximum number of pages counted in one file.
_MOST_COUNTED_PAGES = 100

_ORIENTATION = ExifTags.Base.Orientation
_ORIENTATIONS = range(1, 9)
_LATITUDE, _LONGITUDE = ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude
_JPEGS = ("JPEG", "MPO")
_READERS = [each.value for each in sorted(ALLOWED)]
# Exceptions of Pillow for damaged files; each was observed.
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
    """Decision on a photo."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    OPERATOR = "operator"
    """The operator decides: the photo seems to violate 6.7."""


class PhotoReason(StrEnum):
    """Reason for a verdict other than ACCEPT."""

    NONE = ""
    EMPTY = "empty"
    WRONG_FORMAT = "wrong_format"
    DAMAGED = "damaged"
    FILE_TOO_BIG = "file_too_big"
    TOO_MANY_PIXELS = "too_many_pixels"
    """More pixels than any camera produces, or too few bytes per pixel."""
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
    """Limits for photos, set by the city; sizes in bytes and pixels.

    A file of more than ``most_plain_pixels`` pixels is refused if it has fewer than
    ``least_bytes_a_pixel`` bytes per pixel: such a picture needs much memory and shows nothing. A
    progressive JPEG of more pixels is refused too, because it is decoded completely in memory and
    no camera produces one. A picture with a side below its minimum is too small to show anything.
    ``most_decoded_bytes`` applies to formats that cannot be decoded at a smaller size.
    """

    most_bytes: int = 30 * 1024 * 1024
    most_pixels: int = 50_000_000
    most_plain_pixels: int = 16_000_000
    least_bytes_a_pixel: float = 0.05
    most_decoded_bytes: int = 64 * 1024 * 1024
    least_longer_side: int = 320
    least_shorter_side: int = 120
    greatest_side_ratio: float = 6.0


@dataclass(frozen=True, slots=True)
class PhotoJudgement:
    """Result of the validation of a photo; numbers are 0 if the file could not be read that far.

    ``orientation`` is the EXIF value, 1 for upright. ``pages`` is the number of pictures in the
    file.
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
        """Clause of the Regulation behind the reason; empty for an accepted photo."""
        return _PARAGRAPHS[self.reason]


class PhotoDamaged(Exception):
    """The picture is damaged or incomplete."""


class PhotoTooLarge(Exception):
    """The picture, or one of its pages, exceeds the pixel limit."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """Data from the file header; defaults if the header cannot be read."""

    width: int = 0
    height: int = 0
    orientation: int = UPRIGHT
    pages: int = 0
    has_location: bool = False
    has_small_page: bool = False


def judge(data: bytes, limits: PhotoLimits | None = None) -> PhotoJudgement:
    """Validates a photo; decodes it completely unless the header already leads to refusal.

    Uses at most ``most_decoded_bytes`` of memory in addition to the data. Blocks; call on a worker
    thread.
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
                # Checked before the EXIF, because reading the EXIF of a PNG decodes the picture.
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
    """Context manager for the picture of a file of an allowed format.

    Raises PhotoDamaged if the file cannot be opened, or if reading fails inside the context.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __enter__(self) -> Image.Image:
        try:
            with warnings.catch_warnings():
                # Pillow warns about large pictures, whose size is checked here, and about unusual
                # but readable EXIF.
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
    """Returns the EXIF orientation, 1 to 8; 1 if it is missing or invalid."""
    orientation = image.getexif().get(_ORIENTATION, UPRIGHT)
    return orientation if orientation in _ORIENTATIONS else UPRIGHT


def pages_of(image: Image.Image) -> int:
    """Returns the number of pictures in the file, counted up to 100.

    Phones append a depth map or a darker copy to the photo in a JPEG; such a file counts as one
    picture.
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
    """Whether EXIF or XMP contain a location; cameras write 0, 0 for an unknown location."""
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
    """Returns the memory per pixel of a picture and its copy: 4 bytes for colour, 2 for
    grayscale.
    """
    return 2 if image.mode in ("1", "L", "P") or image.mode.startswith("I;16") else 4


def _reason_of(facts: _Facts, limits: PhotoLimits) -> PhotoReason:
    longer, shorter = max(facts.width, facts.height), min(facts.width, facts.height)
    checks = (
        (facts.pages > MOST_PHOTOS, PhotoReason.TOO_MANY_PAGES),
        (facts.orientation != UPRIGHT, PhotoReason.NEEDS_TURNING),
        (longer < limits.least_longer_side, PhotoReason.NEEDS_ENLARGING),
        (longer > shorter * limits.greatest_side_ratio, PhotoReason.NEEDS_CROPPING),
        (shorter < limits.least_shorter_side, PhotoReason.NEEDS_ENLARGING),
        (facts.has_small_page, PhotoReason.NEEDS_ENLARGING),
    )
    return next((reason for applies, reason in checks if applies), PhotoReason.NONE)


def _read_whole(image: Image.Image, facts: _Facts, size_bytes: int, limits: PhotoLimits) -> _Facts:
    """Decodes every page separately, which is the only reliable check for damage.

    Returns the header data, updated with the orientation and location of later pages.
    """
    orientation, has_location = facts.orientation, facts.has_location
    has_small_page = False
    for page in range(facts.pages):
        if facts.pages > 1:
            image.seek(page)
        if _has_too_many_pixels(image, size_bytes, limits):
            raise PhotoTooLarge
        has_small_page |= max(image.size) < limits.least_longer_side
        has_small_page |= min(image.size) < limits.least_shorter_side
        if orientation == UPRIGHT:
            # Read before decoding, which rotates a TIFF upright.
            orientation = orientation_of(image)
        # Damage of a JPEG is detected at any scale; one eighth takes little memory.
        image.draft(None, (1, 1))
        image.load()
        # A PNG may contain its location after the picture.
        has_location = has_location or _has_location(image)
    return replace(
        facts,
        orientation=orientation,
        has_location=has_location,
        has_small_page=has_small_page,
    )


def _verdict_of(reason: PhotoReason) -> Verdict:
    if reason is PhotoReason.NONE:
        return Verdict.ACCEPT
    return Verdict.OPERATOR if reason in _FOR_THE_OPERATOR else Verdict.REFUSE


_JPEG_QUALITY = 90
# Sufficient for any screen; more would cost memory on this computer and time on the reader's.
_LONGEST_SIDE = 4096
# A JPEG with more pixels is shown at half its size, which is enough for viewing.
_FULL_SIZE_PIXELS = 16_000_000
_SIXTEEN_BITS = 256
_SMALLEST_VIEW = 400
_BAND_ROWS = 256
_TURNS = (
    None,
    Image.Transpose.ROTATE_270,  # Pillow counts counterclockwise.
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_90,
)
# Transformations that restore the original position of a picture rotated by its EXIF.
_TURNED_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True, slots=True)
class PublishedCopy:
    """A picture to publish; ``suffix`` is .jpg for a JPEG and .png for other formats."""

    data: bytes
    suffix: str


def published_copies(data: bytes, quarter_turns: int = 0) -> tuple[PublishedCopy, ...]:
    """Returns a copy of every page, rotated clockwise by quarter turns and without metadata.

    Raises PhotoDamaged. Blocks; call on a worker thread.
    """
    is_jpeg = format_of(data) is FileFormat.JPEG
    with open_photo(data) as image:
        _limit_size(image)
        return tuple(_copy(_turned(page, quarter_turns), is_jpeg=is_jpeg) for page in _pages(image))


def thumbnail(data: bytes, side: int, quarter_turns: int = 0) -> bytes:
    """Returns a PNG of the first page, upright, at most ``side`` pixels wide and high.

    Raises PhotoDamaged. Blocks; call on a worker thread.
    """
    with open_photo(data) as image:
        if format_of(data) is FileFormat.JPEG:
            image.draft("RGB", (side, side))
        upright = _seen(image)
        upright.thumbnail((side, side))
        return _copy(_turned(upright, quarter_turns), is_jpeg=False).data


@dataclass(frozen=True, slots=True)
class Pixels:
    """Pixels of a picture, four bytes each (blue, green, red, alpha), row by row.

    Without ``has_opacity`` the fourth byte has no meaning.
    """

    width: int
    height: int
    data: bytearray
    has_opacity: bool


def pixels_as_published(data: bytes, page: int = 0, quarter_turns: int = 0) -> tuple[Pixels, ...]:
    """Returns the pixels of a page as they will be published, without encoding a file.

    The first item has full size; each further item has half the width and height of the previous
    one, for smaller views. Raises PhotoDamaged. Blocks; call on a worker thread.
    """
    with open_photo(data) as image:
        _limit_size(image)
        if page:
            image.seek(page)
        return _pixels(_turned(_seen(image), quarter_turns))


def pixels_as_sent(data: bytes, page: int = 0) -> tuple[Pixels, ...]:
    """Returns the pixels of a page as stored in the file, without EXIF rotation.

    The size is limited to that of a published copy. The first item has full size; each further item
    has half the width and height of the previous one, for smaller views. Raises PhotoDamaged.
    Blocks; call on a worker thread.
    """
    with open_photo(data) as image:
        _limit_size(image)
        orientation = orientation_of(image)
        if page:
            image.seek(page)
            orientation = orientation_of(image)
        if image.format == FileFormat.TIFF and orientation != UPRIGHT:
            # Pillow rotates a TIFF upright when it is loaded.
            image.load()
            image = image.transpose(_TURNED_BACK[orientation])
        return _pixels(_plain(image))


def _pixels(image: Image.Image) -> tuple[Pixels, ...]:
    if image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGBA" if image.mode == "LA" else "RGB")
    levels = [_level(image)]
    while max(image.size) > _SMALLEST_VIEW:
        image = image.reduce(2)
        levels.append(_level(image))
    return tuple(levels)


def _level(image: Image.Image) -> Pixels:
    """Returns the picture as pixels, converted in bands of rows to avoid a second full-size
    copy.
    """
    data = bytearray(image.width * image.height * 4)
    order = "BGRA" if image.mode == "RGBA" else "BGRX"
    for top in range(0, image.height, _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, image.height)
        band = image.crop((0, top, image.width, bottom)).tobytes("raw", order)
        data[top * image.width * 4 : bottom * image.width * 4] = band
    return Pixels(image.width, image.height, data, has_opacity=image.mode == "RGBA")


def _limit_size(image: Image.Image) -> None:
    """Makes Pillow decode a large JPEG at half its width and height, with a quarter of the
    memory.
    """
    if image.width * image.height > _FULL_SIZE_PIXELS:
        # No effect on other formats.
        image.draft(None, (image.width // 2, image.height // 2))


def _pages(image: Image.Image) -> Iterator[Image.Image]:
    pages = pages_of(image)
    for page in range(pages):
        if pages > 1:
            image.seek(page)
        yield _seen(image)


def _seen(image: Image.Image) -> Image.Image:
    """Returns the picture upright, with 8-bit sRGB colours."""
    ImageOps.exif_transpose(image, in_place=True)
    return _plain(image)


def _turned(image: Image.Image, quarter_turns: int) -> Image.Image:
    how = _TURNS[quarter_turns % 4]
    return image if how is None else image.transpose(how)


def _plain(image: Image.Image) -> Image.Image:
    """Returns the picture with 8-bit sRGB colours, no larger than a published copy."""
    profile = image.info.get("icc_profile")
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    plain = _eight_bits(image)
    if profile and plain.mode in ("RGB", "RGBA", "CMYK"):
        # An invalid colour profile is ignored; the values are used unchanged.
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            plain = _in_standard_colours(plain, profile)
    return plain


def _eight_bits(image: Image.Image) -> Image.Image:
    match image.mode:
        case "RGB" | "RGBA" | "L" | "LA" | "CMYK":
            return image
        case "P":
            return image.convert("RGBA" if "transparency" in image.info else "RGB")
        case "1":
            return image.convert("L")
        case "I;16" | "I;16B" | "I;16L" | "I;16N" | "I":
            return image.convert("I").point(lambda value: value / _SIXTEEN_BITS).convert("L")
        case _:
            return image.convert("RGB")


def _in_standard_colours(image: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGB" if image.mode == "CMYK" else image.mode
    changed = ImageCms.profileToProfile(
        image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
    )
    return changed or image


def _copy(seen: Image.Image, *, is_jpeg: bool) -> PublishedCopy:
    if seen.mode == "CMYK" or (is_jpeg and seen.mode not in ("RGB", "L")):
        seen = seen.convert("RGB")
    # A new picture does not contain the metadata of the file.
    bare = Image.new(seen.mode, seen.size)
    bare.paste(seen)
    written = io.BytesIO()
    if is_jpeg:
        bare.save(written, "JPEG", quality=_JPEG_QUALITY, optimize=True)
        return PublishedCopy(written.getvalue(), ".jpg")
    bare.save(written, "PNG")
    return PublishedCopy(written.getvalue(), ".png")
