"""Photos from users and attackers: verdict, memory and time of each.

Run as ``python -m tests.benchmarks.photo_files [--misses]``. Each file is validated and published
by a separate command whose peak memory is measured. Exit status 1 if a limit is missed.
"""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.benchmarks.figures import Figure, print_figures

_MOST_MEGABYTES = 150.0
_GPS, _MAKER, _ORIENTATION = 0x8825, 0x10F, 0x112
_FROM_GPS_TO = (1, 2, 3, 4)
_SECRET = b"SECRETWORD"

# The peak is the command's own: the figure of wait() includes the parent's memory.
_MEASURED = """
import re, sys
from sync.cli import main
code = main(sys.argv[1:])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class File:
    """A file and its correct verdicts; ``is_bomb`` if memory is limited."""

    name: str
    data: bytes
    verdicts: tuple[str, ...]
    is_bomb: bool = False
    has_location: bool = False


def main() -> int:
    """Prints the figures; returns 1 if one is missed."""
    right = count = 0
    greatest = slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(_files()):
            path = Path(folder) / file.name
            path.write_bytes(file.data)
            published = Path(folder) / str(number)
            begin = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-c", _MEASURED, "photo", "--json", "--publish", published, path],
                capture_output=True,
                check=True,
            )
            answer, peak_kilobytes = map(json.loads, done.stdout.splitlines())
            slowest = max(slowest, time.monotonic() - begin)
            megabytes = peak_kilobytes / 1024
            if file.is_bomb:
                greatest = max(greatest, megabytes)
            copies = [each.read_bytes() for each in published.glob("*")]
            is_right = (
                answer["verdict"] in file.verdicts
                and answer["has_location"] is file.has_location
                and bool(copies) is (answer["verdict"] != "refuse")
                and not any(_SECRET in copy or b"Exif" in copy for copy in copies)
            )
            count += 1
            right += is_right
            if not is_right and "--misses" in sys.argv:
                print(answer)
    figures = [
        Figure(f"photos as wanted, of {count}", "share", right / count, least=1),
        Figure("memory on a bomb", "MB", greatest, greatest=_MOST_MEGABYTES),
        Figure("slowest file with its command", "s", slowest, greatest=10),
    ]
    return 0 if print_figures(figures, peer="-") else 1


def _files() -> Iterator[File]:
    photo = _photo((1600, 1200))
    small = photo.resize((800, 600))
    jpeg, png = _file(photo, "JPEG"), _file(small, "PNG")
    tiff = _file(small, "TIFF", compression="tiff_lzw")
    taken, refused, judged = ("accept",), ("refuse",), ("operator",)
    for form, data in (("jpg", jpeg), ("png", png), ("tiff", tiff)):
        yield File(f"plain.{form}", data, taken)
        yield File(f"trailing.{form}", data + _SECRET * 50, taken)
        for percent in (5, 25, 50, 75, 90):
            cut = data[: len(data) * percent // 100]
            yield File(f"cut{percent}.{form}", cut, refused)
    yield File("comment.jpg", _file(photo, "JPEG", comment=_SECRET), taken)
    for orientation in (2, 3, 6, 8):
        exif = Image.Exif()
        exif[_ORIENTATION] = orientation
        for form in ("JPEG", "PNG"):
            yield File(f"turned{orientation}.{form}", _file(small, form, exif=exif), judged)
    for form in ("JPEG", "PNG", "TIFF"):
        place = Image.Exif()
        place[_MAKER] = "Phone"
        place.get_ifd(_GPS).update(
            dict(zip(_FROM_GPS_TO, ("N", (44.0, 50.0, 1.5), "E", (43.0, 26.0, 2.0)), strict=True))
        )
        yield File(
            f"place.{form}", _file(small, form, exif=place.tobytes()), taken, has_location=True
        )
    for mode, form in (("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("RGBA", "PNG"),
                       ("1", "TIFF"), ("CMYK", "TIFF")):  # fmt: skip
        yield File(f"{mode}.{form}", _file(small.convert(mode), form), taken)
    for form in ("WEBP", "GIF", "BMP", "PDF", "JPEG2000"):
        yield File(f"{form}.jpg", _file(small, form), refused)
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 3000
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    for name, data in (("heic", heic), ("svg", svg), ("text", b"no photo"), ("empty", b"")):
        yield File(f"{name}.jpg", data, refused)
    yield from _bombs(jpeg, png)


def _bombs(jpeg: bytes, png: bytes) -> Iterator[File]:
    refused, any_verdict = ("refuse",), ("refuse", "accept", "operator")

    def bomb(name: str, data: bytes, verdicts: tuple[str, ...] = refused) -> File:
        return File(f"bomb_{name}", data, verdicts, is_bomb=True)

    yield bomb("large.png", _empty_png(30_000, 30_000, 500))
    yield bomb("deep.png", _empty_png(7_900, 6_300, 6_300))
    for kind, opening in ((b"zTXt", b"Comment\0\0"), (b"iCCP", b"icc\0\0")):
        packed = opening + zlib.compress(bytes(200_000_000), 9)
        yield bomb(f"{kind.decode()}.png", png[:33] + _chunk(kind, packed) + png[33:], any_verdict)
    black = Image.new("RGB", (7000, 7000))
    progressive = _file(black, "JPEG", progressive=True, quality=10)
    first = progressive.find(b"\xff\xda")
    second = progressive.find(b"\xff\xda", first + 2)
    third = progressive.find(b"\xff\xda", second + 2)
    scans = progressive[:third] + progressive[second:third] * 400 + progressive[third:]
    yield bomb("progressive.jpg", progressive)
    yield bomb("scans.jpg", scans)
    yield bomb("padded.jpg", progressive + b"\1" * 4_000_000)
    yield bomb("size.jpg", _of_size(jpeg, 65_500))
    for mode, compression in (("CMYK", "tiff_lzw"), ("RGBA", "tiff_adobe_deflate"),
                              ("1", "group4")):  # fmt: skip
        data = _file(Image.new(mode, (7000, 7000)), "TIFF", compression=compression)
        yield bomb(f"{mode}.tif", data)
        yield bomb(f"{mode}_padded.tif", data + b"\1" * 4_000_000, any_verdict)
    yield bomb("strip.tif", _tiff(7000, 7000, strip_bytes=0xFFFFFFF0))
    yield bomb("dimensions.tif", _tiff(60_000, 60_000))
    yield bomb("far.tif", b"II*\0" + struct.pack("<I", 0xFFFFFF00) + bytes(100))
    yield bomb("loop.tif", _tiff(10, 10, next_directory=8), ("refuse", "operator"))
    yield bomb("pages.tif", _tiff_of_pages(60_000))
    entry = struct.pack("<HHII", 256, 4, 0x3FFFFFFF, 8)
    head = b"II*\0" + struct.pack("<IH", 8, 65_535)
    yield bomb("entries.tif", head + entry * 65_535 + bytes(4))


def _photo(size: tuple[int, int]) -> Image.Image:
    noise = Image.effect_noise((size[0] // 4, size[1] // 4), 60).resize(size)
    return Image.merge("RGB", (noise, noise.rotate(180), noise.rotate(90).resize(size)))


def _file(image: Image.Image, form: str, **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _empty_png(width: int, height: int, rows: int) -> bytes:
    """Of 16 bits and four channels; of its rows the first are there."""
    packer = zlib.compressobj(9)
    line = bytes(1 + width * 8)
    packed = b"".join(packer.compress(line) for _ in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 16, 6, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _of_size(jpeg: bytes, side: int) -> bytes:
    """A JPEG that claims to be so wide and high."""
    at = jpeg.find(b"\xff\xc0")
    return jpeg[: at + 5] + struct.pack(">HH", side, side) + jpeg[at + 9 :]


def _directory(width: int, height: int, strip_bytes: int, next_directory: int) -> bytes:
    values = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1),
              (278, height), (279, strip_bytes))  # fmt: skip
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in values)
    return struct.pack("<H", len(values)) + entries + struct.pack("<I", next_directory)


def _tiff(width: int, height: int, strip_bytes: int = 100, next_directory: int = 0) -> bytes:
    directory = _directory(width, height, strip_bytes, next_directory)
    return b"II*\0" + struct.pack("<I", 8) + directory + bytes(500)


def _tiff_of_pages(count: int) -> bytes:
    size = len(_directory(10, 10, 100, 0))
    places = [8 + size * number for number in range(1, count)] + [0]
    return b"II*\0" + struct.pack("<I", 8) + b"".join(_directory(10, 10, 100, at) for at in places)


if __name__ == "__main__":
    sys.exit(main())
