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
    one. A picture with a side below its least one is too small to show anything.
    ``most_decoded_bytes`` holds for the formats that cannot be decoded at a smaller size.
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
    has_small_page: bool = False


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
        (shorter < limits.least_shorter_side, PhotoReason.NEEDS_ENLARGING),
        (facts.has_small_page, PhotoReason.NEEDS_ENLARGING),
    )
    return next((reason for applies, reason in checks if applies), PhotoReason.NONE)


def _read_whole(image: Image.Image, facts: _Facts, size_bytes: int, limits: PhotoLimits) -> _Facts:
    """Decode every page, one at a time: only so a cut or damaged file is found out.

    Gives the facts with what the later pages, and the end of the file, tell of turns and place.
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
            # Before it is decoded: a TIFF is put upright then.
            orientation = orientation_of(image)
        # A JPEG shows its damage at any size; at an eighth it takes hardly any memory.
        image.draft(None, (1, 1))
        image.load()
        # A PNG may tell its place behind the picture.
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
# Sharper than any screen; more would only cost memory here and time there.
_LONGEST_SIDE = 4096
# Above so many pixels a JPEG is shown at half its size, as nobody would look at more.
_FULL_SIZE_PIXELS = 16_000_000
_SIXTEEN_BITS = 256
_SMALLEST_VIEW = 400
_BAND_ROWS = 256
_TURNS = (
    None,
    Image.Transpose.ROTATE_270,  # Pillow counts to the left.
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_90,
)
# How a picture that was put upright by the orientation of EXIF is laid back as it was.
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
    """One picture; ``suffix`` is that of its format, JPEG for a JPEG and PNG for the others."""

    data: bytes
    suffix: str


def published_copies(data: bytes, quarter_turns: int = 0) -> tuple[PublishedCopy, ...]:
    """A copy of every page, turned so often to the right.

    Raises PhotoDamaged. Not for the GUI thread.
    """
    is_jpeg = format_of(data) is FileFormat.JPEG
    with open_photo(data) as image:
        _limit_size(image)
        return tuple(_copy(_turned(page, quarter_turns), is_jpeg=is_jpeg) for page in _pages(image))


def thumbnail(data: bytes, side: int, quarter_turns: int = 0) -> bytes:
    """A small PNG of the first page, upright, at most ``side`` pixels wide and high.

    Raises PhotoDamaged. Not for the GUI thread.
    """
    with open_photo(data) as image:
        if format_of(data) is FileFormat.JPEG:
            image.draft("RGB", (side, side))
        upright = _seen(image)
        upright.thumbnail((side, side))
        return _copy(_turned(upright, quarter_turns), is_jpeg=False).data


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture to be painted: four bytes a pixel, row by row: blue, green, red, opacity.

    Without opacity the fourth byte says nothing.
    """

    width: int
    height: int
    data: bytearray
    has_opacity: bool


def pixels_as_published(data: bytes, page: int = 0, quarter_turns: int = 0) -> tuple[Pixels, ...]:
    """What the copy of a page shows, without the time that writing it takes.

    The first has all pixels, each next one half as many across and down, for smaller views.
    Raises PhotoDamaged. Not for the GUI thread.
    """
    with open_photo(data) as image:
        _limit_size(image)
        if page:
            image.seek(page)
        return _pixels(_turned(_seen(image), quarter_turns))


def pixels_as_sent(data: bytes, page: int = 0) -> tuple[Pixels, ...]:
    """A page as it lies in the file, whatever EXIF says; no larger than its copy.

    The first has all pixels, each next one half as many across and down, for smaller views.
    Raises PhotoDamaged. Not for the GUI thread.
    """
    with open_photo(data) as image:
        _limit_size(image)
        orientation = orientation_of(image)
        if page:
            image.seek(page)
            orientation = orientation_of(image)
        if image.format == FileFormat.TIFF and orientation != UPRIGHT:
            # Pillow has put it upright by the time it is read.
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
    """Taken row by row in bands: Pillow would need as much memory once more for all at once."""
    data = bytearray(image.width * image.height * 4)
    order = "BGRA" if image.mode == "RGBA" else "BGRX"
    for top in range(0, image.height, _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, image.height)
        band = image.crop((0, top, image.width, bottom)).tobytes("raw", order)
        data[top * image.width * 4 : bottom * image.width * 4] = band
    return Pixels(image.width, image.height, data, has_opacity=image.mode == "RGBA")


def _limit_size(image: Image.Image) -> None:
    """Let a JPEG of many pixels be decoded at half its size, with a quarter of the memory."""
    if image.width * image.height > _FULL_SIZE_PIXELS:
        # Of no effect on the other formats.
        image.draft(None, (image.width // 2, image.height // 2))


def _pages(image: Image.Image) -> Iterator[Image.Image]:
    pages = pages_of(image)
    for page in range(pages):
        if pages > 1:
            image.seek(page)
        yield _seen(image)


def _seen(image: Image.Image) -> Image.Image:
    """What a viewer shows: upright, in ordinary colours of 8 bits."""
    ImageOps.exif_transpose(image, in_place=True)
    return _plain(image)


def _turned(image: Image.Image, quarter_turns: int) -> Image.Image:
    how = _TURNS[quarter_turns % 4]
    return image if how is None else image.transpose(how)


def _plain(image: Image.Image) -> Image.Image:
    """The picture in ordinary colours of 8 bits, no larger than is published."""
    profile = image.info.get("icc_profile")
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    plain = _eight_bits(image)
    if profile and plain.mode in ("RGB", "RGBA", "CMYK"):
        # A profile that is none says nothing: the numbers are shown as they are.
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
    # A picture of its own: whatever the file said of it stays behind.
    bare = Image.new(seen.mode, seen.size)
    bare.paste(seen)
    written = io.BytesIO()
    if is_jpeg:
        bare.save(written, "JPEG", quality=_JPEG_QUALITY, optimize=True)
        return PublishedCopy(written.getvalue(), ".jpg")
    bare.save(written, "PNG")
    return PublishedCopy(written.getvalue(), ".png")
