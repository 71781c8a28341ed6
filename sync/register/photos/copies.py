"""The copy of a photo that is published: its pixels and nothing else (Regulation 6.12).

A picture is made anew of what is seen, so that no place, no camera, no comment and no bytes
behind the end go out with it. It stands as its sender sees it.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from sync.register.photos.formats import FileFormat, format_of
from sync.register.photos.judgement import open_photo, pages_of

_JPEG_QUALITY = 90
# Sharper than any screen; more would only cost memory here and time there.
_LONGEST_SIDE = 4096
# Above so many pixels a JPEG is shown at half its size, as nobody would look at more.
_FULL_SIZE_PIXELS = 16_000_000
_SIXTEEN_BITS = 256


@dataclass(frozen=True, slots=True)
class PublishedCopy:
    """One picture; ``suffix`` is that of its format, JPEG for a JPEG and PNG for the others."""

    data: bytes
    suffix: str


def published_copies(data: bytes) -> tuple[PublishedCopy, ...]:
    """A copy of every page; raises PhotoDamaged. Not for the GUI thread."""
    is_jpeg = format_of(data) is FileFormat.JPEG
    with open_photo(data) as image:
        if is_jpeg and image.width * image.height > _FULL_SIZE_PIXELS:
            # Decoded at half the size, with a quarter of the memory.
            image.draft(None, (image.width // 2, image.height // 2))
        return tuple(_copy(page, is_jpeg=is_jpeg) for page in _pages(image))


def thumbnail(data: bytes, side: int) -> bytes:
    """A small PNG of the first page, upright, at most ``side`` pixels wide and high.

    Raises PhotoDamaged. Not for the GUI thread.
    """
    with open_photo(data) as image:
        if format_of(data) is FileFormat.JPEG:
            image.draft("RGB", (side, side))
        upright = _seen(image)
        upright.thumbnail((side, side))
        return _copy(upright, is_jpeg=False).data


def _pages(image: Image.Image) -> Iterator[Image.Image]:
    pages = pages_of(image)
    for page in range(pages):
        if pages > 1:
            image.seek(page)
        yield _seen(image)


def _seen(image: Image.Image) -> Image.Image:
    """What a viewer shows: upright, in ordinary colours of 8 bits."""
    profile = image.info.get("icc_profile")
    ImageOps.exif_transpose(image, in_place=True)
    upright = image
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    plain = _eight_bits(upright)
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
