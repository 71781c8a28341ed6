"""What the console asks a sign-in with is read in quickly: nothing heavy is among it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HEAVY = {
    "PIL",
    "alembic",
    "jinja2",
    "kb",
    "numpy",
    "openpyxl",
    "psycopg2",
    "pymorphy3",
    "requests",
    "telephony.calls",
    "telephony.media",
    "telephony.sip",
    "xlsxwriter",
}


@pytest.fixture(scope="module")
def read_in() -> set[str]:
    command = "import console.opening, console.views.sign_in, sys; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(told.stdout.split())


def test_nothing_heavy_is_read_before_the_sign_in_is_asked_for(read_in: set[str]) -> None:
    assert {"sqlalchemy", "sync.store.register", "console.words"} <= read_in
    assert HEAVY & read_in == set()


def test_words_are_read_when_they_are_spoken(read_in: set[str]) -> None:
    assert not any(name.startswith("console.words.") for name in read_in)
