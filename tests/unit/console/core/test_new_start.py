"""The application restarts itself in the same process, with the same arguments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from console.core.process import command_again

ROOT = Path(__file__).resolve().parents[4]
TWICE = """
import os, sys
from console.core.process import start_anew
print(sys.argv[1:], os.getpid())
if "again" not in sys.argv:
    start_anew([sys.executable, *sys.orig_argv[1:], "again"])
"""


def test_the_command_is_that_of_the_start_without_the_address_to_call() -> None:
    words = ("python3", "-m", "console", "--data", "/data", "tel:+79005550101")

    assert command_again(words, "tel:+79005550101") == (
        sys.executable,
        *("-m", "console", "--data", "/data"),
    )
    assert command_again(words[:-1], "") == (sys.executable, *words[1:-1])


def test_the_language_is_that_of_who_asks_for_the_new_start_and_holds_for_it_alone() -> None:
    words = ("python3", "-m", "console", "--language", "en", "--data", "/data")

    assert command_again(words, "", "ru")[1:] == (
        *("-m", "console", "--data", "/data"),
        *("--language", "ru"),
    )
    assert command_again(words, "")[1:] == ("-m", "console", "--data", "/data")


def test_the_program_runs_a_second_time_and_says_what_it_said_before() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TWICE, "--data", "a folder"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    first, second = done.stdout.splitlines()
    said, pid = first.rsplit(" ", 1)
    said_again, pid_again = second.rsplit(" ", 1)
    assert said == "['--data', 'a folder']"
    assert said_again == "['--data', 'a folder', 'again']"
    if sys.platform != "win32":
        assert pid == pid_again  # a process supervisor sees no exit
