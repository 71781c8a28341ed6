"""``python -m sync check --json`` as an administrator runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]
WAIT_S = 60


def run(*arguments: str, typed: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sync", "check", "--json", *arguments],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        timeout=WAIT_S,
        check=False,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PATH": "/usr/bin:/bin"},
    )


def test_findings_of_each_line_come_as_json_whatever_the_locale() -> None:
    lines = '{"id": "я", "text": "пишите: a@b.example"}\n{"id": 2, "text": "яма на дороге"}\n{}\n'
    done = run(typed=lines.encode())

    assert (done.returncode, done.stderr) == (2, b"")
    assert [json.loads(line) for line in done.stdout.decode().splitlines()] == [
        {
            "id": "я",
            "findings": [
                {
                    "kind": "personal_data",
                    "level": "block",
                    "type": "email",
                    "start": 8,
                    "end": 19,
                    "text": "a@b.example",
                    "paragraph": "6.12",
                }
            ],
            "must_be_non_public": True,
            "grounds": [],
        },
        {
            "id": 2,
            "findings": [
                {
                    "kind": "no_place",
                    "level": "warn",
                    "type": "none",
                    "start": 0,
                    "end": 13,
                    "text": "яма на дороге",
                    "paragraph": "6.3",
                }
            ],
            "must_be_non_public": False,
            "grounds": [{"ground": "6.3-11", "preset": False}],
        },
        {"id": None, "error": "no_text"},
    ]


def test_a_file_of_officials_that_is_absent_is_told(tmp_path: Path) -> None:
    done = run("--officials", str(tmp_path / "none"), typed=b"")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        f"{tmp_path / 'none'}: the file does not exist or cannot be read\n"
    )


def test_words_of_the_city(tmp_path: Path) -> None:
    (tmp_path / "allow.txt").write_text("Дерьмо\n\n", encoding="utf-8")
    (tmp_path / "deny.txt").write_text("чебурек\n", encoding="utf-8")
    lines = '{"id": 1, "text": "дерьмо, а не чебурек"}\n'
    files = ("--allow", str(tmp_path / "allow.txt"), "--deny", str(tmp_path / "deny.txt"))
    (found,) = [json.loads(line) for line in run(*files, typed=lines.encode()).stdout.splitlines()]

    assert [(each["text"], each["level"], each["type"]) for each in found["findings"]] == [
        ("чебурек", "A", "listed")
    ]


def test_a_file_of_words_that_is_absent_is_told(tmp_path: Path) -> None:
    done = run("--allow", str(tmp_path / "none"), typed=b"")

    assert (done.returncode, done.stderr.strip()) == (
        2,
        b"word list cannot be read: not found, no access or not UTF-8",
    )
