"""Photos are attached, viewed and registered by real keys; the store has them unchanged."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from sync.register.checks.photos import PhotoReason
from sync.store.local.keys import open_key
from sync.store.local.messages.photos import PhotoReading
from sync.store.local.reading import RegisterReading
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.photos import RED, exif, file_of, picture

LIMIT_S = 40.0
TAKEN_S = 3.0
POLL_S = 0.05
CALLER = "+79005550141"
NEARLY = 30
PHOTO = file_of(picture(1600, 1200), "JPEG", exif=exif(6, (43.0, 42.0)).tobytes())
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 3000


def _until(is_so: Callable[[], bool], what: str, limit_s: float = LIMIT_S) -> None:
    until_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < until_s, what
        time.sleep(POLL_S)


def _attach(desk: ConsoleStage, name: str, step: str) -> dict[str, Any]:
    """Types a name into the file dialog until it is accepted; returns the resulting milestone.

    A busy window misses the first keys; Return then closes its error, and it is typed again.
    """
    desk.press("alt+a")
    until_s = time.monotonic() + LIMIT_S
    while True:
        assert time.monotonic() < until_s, "the file was not taken"
        desk.press("ctrl+a")
        desk.type(name)
        desk.press("Return")
        taken_until_s = time.monotonic() + TAKEN_S
        while time.monotonic() < taken_until_s:
            if (told := desk.look_for(step)) is not None:
                return told
            time.sleep(POLL_S)


def _red_pixels(desk: ConsoleStage, folder: Path) -> int:
    """Returns the number of visible pixels of the photo's red quarter on the display."""
    desk.picture("seen")
    with Image.open(folder / "seen.png") as seen:
        small = seen.convert("RGB").reduce(4)
    colours = small.getcolors(small.width * small.height) or []
    return sum(
        count
        for count, colour in colours
        if isinstance(colour, tuple)
        and all(abs(part - red) < NEARLY for part, red in zip(colour, RED, strict=True))
    )


def test_photos_go_with_a_message_as_they_came(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = folder / "pictures"
    pictures.mkdir()
    (pictures / "hole.jpg").write_bytes(PHOTO)
    (pictures / "phone.heic").write_bytes(HEIC)
    # Initial folder of the file dialog.
    (folder / "user-dirs.dirs").write_text(f'XDG_PICTURES_DIR="{pictures}"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))

    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Яма на дороге, машины объезжают по тротуару")
        desk.press("ctrl+e")
        desk.press("ctrl+3")
        desk.type("ул. Родниковая, д. 14")
        desk.press("Tab", times=2)
        desk.type("19:30")
        desk.press("Tab")
        desk.type("фонар")
        desk.press("Return")

        _attach(desk, "hole.jpg", "t_photo_attached")
        refused = _attach(desk, "phone.heic", "t_photo_refused")
        assert refused["reason"] == "wrong_format"

        desk.press("alt+f")
        desk.press("Return")
        assert desk.wait_for("t_photo_shown", STEP_LIMIT_S)["copy"] == "published"
        _until(lambda: _red_pixels(desk, folder) > 1000, "the photo is not seen")
        whole = _red_pixels(desk, folder)
        desk.press("plus", times=4)
        _until(lambda: _red_pixels(desk, folder) > whole * 1.3, "the photo has not grown")
        desk.press("space")
        assert desk.wait_for("t_photo_shown", STEP_LIMIT_S)["copy"] == "sent"
        desk.press("Escape")

        desk.press("ctrl+Return")
        desk.wait_for("t_message_registered", STEP_LIMIT_S)
        desk.hang_up()
        desk.save()
        message = desk.message_of(desk.newest_record())

        file = desk.data_folder / "register.db"
        reading = RegisterReading.open_for_reading(file, open_key(file))
        photos = PhotoReading(reading)
        try:
            (photo,) = photos.of_message(UUID(str(message["id"])))
            (copy,) = photos.published(photo.id)
            kept = photos.content(photo.id)
        finally:
            reading.close_reading()

    assert kept == PHOTO
    assert (photo.file_name, photo.judgement.reason) == ("hole.jpg", PhotoReason.NEEDS_TURNING)
    assert photo.judgement.has_location
    published = folder / f"copy{copy.suffix}"
    published.write_bytes(copy.data)
    with Image.open(published) as image:
        assert (image.size, dict(image.getexif())) == ((1200, 1600), {})
    assert b"Exif" not in copy.data
