"""Photos generated for a test, valid and broken; they contain noise and a coloured field."""

from __future__ import annotations

import io
import struct
import zlib
from hashlib import sha256

from PIL import ExifTags, Image

from sync.register.checks.photos import judge
from sync.register.handling.photos import JudgedFile

Colour = tuple[int, int, int]
RED = (200, 30, 30)
_BOMB_ROWS = 10


def picture(
    width: int = 640, height: int = 480, mode: str = "RGB", colour: Colour = RED
) -> Image.Image:
    """Returns noise with an upper left quarter of one colour."""
    image = Image.effect_noise((width, height), 60).convert("RGB")
    image.paste(colour, (0, 0, width // 2, height // 2))
    return image.convert(mode)


def file_of(image: Image.Image, form: str, **options: object) -> bytes:
    """Returns the bytes of a file of this format."""
    written = io.BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def pages(form: str, count: int) -> bytes:
    """Returns a file with several images."""
    return file_of(
        picture(), form, save_all=True, append_images=[picture() for _ in range(count - 1)]
    )


def exif(orientation: int = 1, place: tuple[float, float] | None = None) -> Image.Exif:
    """Returns EXIF data of a phone: orientation and location."""
    written = Image.Exif()
    written[ExifTags.Base.Make] = "Camera"
    written[ExifTags.Base.Orientation] = orientation
    if place is not None:
        north, east = place
        gps = written.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef] = "N"
        gps[ExifTags.GPS.GPSLatitude] = (north, 0.0, 0.0)
        gps[ExifTags.GPS.GPSLongitudeRef] = "E"
        gps[ExifTags.GPS.GPSLongitude] = (east, 0.0, 0.0)
    return written


def bomb(width: int, height: int) -> bytes:
    """Returns a PNG of some kilobytes that declares a large black image but contains only its first
    rows.
    """
    packed = zlib.compress(b"\0" * (width * 3 + 1) * min(height, _BOMB_ROWS))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def judged_file(data: bytes, name: str = "снимок.jpg") -> JudgedFile:
    """Returns the file as the desk passes it to the store."""
    return JudgedFile(name, data, sha256(data).hexdigest(), judge(data))
