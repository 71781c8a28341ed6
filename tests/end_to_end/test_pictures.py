"""Runs the script that takes screenshots of the main states."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from console.training.pictures import STATES
from tests.fakes.png_size import MOST_BYTES, size_px

LIMIT_S = 300.0


def test_the_pictures_are_taken_anew(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "console.training", "pictures", "--out", str(tmp_path)]
        + ["--theme", "contrast", "--size", "1280x720"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert {file.stem for file in tmp_path.glob("*.png")} == {
        f"{state}-contrast" for state in STATES
    }
    for file in tmp_path.glob("*.png"):
        assert size_px(file) == (1280, 720)
        assert file.stat().st_size <= MOST_BYTES
    pictures = {file.read_bytes() for file in tmp_path.glob("*.png")}
    assert len(pictures) == len(STATES)
