"""The copy of a photo that is published: its pixels and nothing else (Regulation 6.12).

A picture is made anew of what is seen, so that no place, no camera, no comment and no bytes
behind the end go out with it. It stands as its sender sees it, and as the operator turned it
where the city lets operators do that (6.7).
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from sync.register.photos.formats import FileFormat, format_of
from sync.register.photos.judgement import UPRIGHT, open_photo, orientation_of, pages_of

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
