"""What is done with photos off the GUI thread: reading, judging, making them small."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from sync.register.photos.attached import JudgedFile, MessagePhoto
from sync.register.photos.copies import thumbnail
from sync.register.photos.judgement import PhotoDamaged, PhotoLimits, Verdict, judge

THUMBNAIL_PX = 480  # twice the largest tile, for screens of fine pixels


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small PNG of a photo as it is turned; empty where it cannot be read any more."""

    photo_id: UUID
    turned: int
    data: bytes


def read_limited(file: Path) -> bytes:
    """As much of the file as can be judged: one that is too big need not be read whole."""
    with file.open("rb") as stream:
        return stream.read(PhotoLimits().most_bytes + 1)


def judged(name: str, read: Callable[[], bytes]) -> JudgedFile:
    """The file and what was found in it; one that is refused comes without its bytes.

    Raises what ``read`` raises.
    """
    content = read()
    judgement = judge(content)
    if judgement.verdict is Verdict.REFUSE:
        return JudgedFile(name, b"", "", judgement)
    return JudgedFile(name, content, sha256(content).hexdigest(), judgement)


def small(photo: MessagePhoto, content: bytes | None) -> Thumbnail:
    """The photo as a tile shows it."""
    try:
        data = thumbnail(content or b"", THUMBNAIL_PX, photo.turned)
    except PhotoDamaged:
        data = b""  # It was sound when it was attached, or it has gone meanwhile.
    return Thumbnail(photo.id, photo.turned, data)
