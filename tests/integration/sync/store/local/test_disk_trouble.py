"""A full, read-only or locked disk: no false acknowledgement, and recovery afterwards.

The small file system is a tmpfs in the child's own mount namespace, which root may create, and a
user if the system allows user namespaces; the file size limit works for all.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[5]
WAIT_S = 60
OWN_DISK = (
    "unshare", "--map-root-user", "--mount", "sh", "-c",
    'mount -t tmpfs -o size=3m tmpfs "$1" && shift && exec "$@"', "sh",
)  # fmt: skip


def run(folder: Path, *arguments: str, own_disk: bool = False) -> Any:
    command = [sys.executable, "-m", "tests.fakes.troubled_child", str(folder), *arguments]
    if own_disk:
        command = [*OWN_DISK, str(folder), *command]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=WAIT_S, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    made = subprocess.run(
        [*OWN_DISK, str(tmp_path), "true"], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no file system of one's own here: {made.stderr.strip()}")
    return tmp_path


def test_a_full_disk_tells_no_falsehood_and_takes_records_again(small_disk: Path) -> None:
    facts = run(small_disk, "full", own_disk=True)
    assert facts == {
        "refused": ["SQLITE_FULL", "SQLITE_FULL"],
        "readable": True,
        "false_words": 0,
        "kept_after": True,
        "told_within": ["SQLITE_FULL"],  # until there is space for a record
        "told": ["SQLITE_FULL", None],
    }


def test_a_disk_that_may_only_be_read_is_told_at_the_start(small_disk: Path) -> None:
    facts = run(small_disk, "read_only", own_disk=True)
    assert facts["refused"] in ("SQLITE_READONLY", "SQLITE_CANTOPEN")


def test_a_file_that_may_not_grow_is_a_known_trouble(tmp_path: Path) -> None:
    facts = run(tmp_path, "limit")
    assert facts == {
        "refused": ["SQLITE_IOERR", "SQLITE_IOERR"],
        "readable": True,
        "false_words": 0,
        "kept_after": True,
        "told_within": ["SQLITE_IOERR"],
        "told": ["SQLITE_IOERR", None],
    }


def test_a_store_that_another_holds_is_waited_for_and_then_told(tmp_path: Path) -> None:
    facts = run(tmp_path, "locked")
    assert facts["refused"] == ["SQLITE_BUSY"]
    assert (facts["false_words"], facts["kept_after"]) == (0, True)
    assert facts["told"] == ["SQLITE_BUSY", None]


def test_a_word_before_the_commit_is_found_to_be_false(tmp_path: Path) -> None:
    assert run(tmp_path, "limit", "--believes")["false_words"] == 1
