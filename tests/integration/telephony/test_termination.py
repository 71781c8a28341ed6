"""SIGTERM ends a program at any point of its work."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LIMIT_S = 20.0

_PROGRAM = """
import time
from telephony.phone import exit_on_termination

exit_on_termination(7)

class Finalised:
    def __del__(self):
        print("here", flush=True)
        time.sleep(30)

class Broken:
    def __del__(self):
        raise ValueError("told")

Broken()
try:
    {busy}
finally:
    print("closed", flush=True)
"""


@pytest.mark.parametrize(
    "busy",
    ['print("here", flush=True); time.sleep(30)', "Finalised(); time.sleep(30)"],
    ids=["in its own code", "in a finaliser"],
)
def test_it_closes_what_it_has_opened_and_ends(busy: str) -> None:
    program = [sys.executable, "-c", _PROGRAM.format(busy=busy)]
    with subprocess.Popen(
        program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGTERM)
        said, errors = process.communicate(timeout=LIMIT_S)
    assert (process.returncode, said) == (7, "closed\n")
    assert "ValueError: told" in errors
