"""What the window never needs is not read in when it starts."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
ELSEWHERE = {"alembic", "telephony.calls", "telephony.media", "telephony.phone", "telephony.sip"}


def test_neither_migrations_nor_the_insides_of_the_phone_are_read_in() -> None:
    command = "import console.app, sys; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    read_in = set(told.stdout.split())

    assert {"sqlalchemy", "telephony.process", "console.words.access"} <= read_in
    assert ELSEWHERE & read_in == set()
