"""The scripted demo as a new user starts it, with a central PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TOUR_LIMIT_S = 400.0
STEPS = [
    "first start",
    "phone check",
    "typical call",
    "message call",
    "missed call",
    "word form",
    "report",
    "tour",
]
CALLS = {"typical call", "message call", "missed call"}
PNG = b"\x89PNG\r\n\x1a\n"


def test_every_step_of_the_tour_holds(dsn: str, tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    done = subprocess.run(
        [sys.executable, "-m", "console.training", "tour", "--quick"]
        + ["--out", str(out), "--dsn", dsn],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TOUR_LIMIT_S,
        check=False,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [step["step"] for step in told] == STEPS, done.stdout + done.stderr
    assert [step for step in told if step["ok"] is not True] == []
    assert done.returncode == 0
    calls = [step for step in told if step["step"] in CALLS]
    assert len({step["number"] for step in calls}) == len(CALLS)
    assert all(step["in_postgresql"] is True for step in calls)
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) >= len(STEPS)
    assert all(picture.read_bytes().startswith(PNG) for picture in pictures)
