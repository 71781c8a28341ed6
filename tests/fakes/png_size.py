"""Reads the size of documentation images from their header."""

from __future__ import annotations

import struct
from pathlib import Path

MOST_BYTES = 150_000


def size_px(file: Path) -> tuple[int, int]:
    """Returns width and height of a PNG."""
    head = file.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", head[16:24])
    return int(width), int(height)
