"""``python -m sync platform check`` as an administrator runs it, against a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.jobs.worker import KEY_VARIABLE
from tests.fakes.open311_server import Fault, Open311Server

ROOT = Path(__file__).parents[4]
WAIT_S = 60


@pytest.fixture
def server() -> Iterator[Open311Server]:
    with Open311Server() as running:
        yield running


def check(url: str, *, key: str = "key-of-tests") -> tuple[int, dict[str, str]]:
    """Returns the exit code and the code of each part; empty for a part that works."""
    done = subprocess.run(
        [sys.executable, "-m", "sync", "platform", "check", url, "--json"],
        cwd=ROOT,
        env={**os.environ, KEY_VARIABLE: key},
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )
    assert done.stderr == ""
    parts = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, {part["part"]: part["code"] for part in parts}


def test_a_platform_that_keeps_the_protocol_lacks_nothing(server: Open311Server) -> None:
    works = {"services": "", "requests": "", "request": "", "updates": "", "media": ""}

    assert check(server.url) == (0, works)
    assert server.requests == []
    assert server.updates == {}
    assert server.media == []


def test_a_platform_without_updates_is_named(server: Open311Server) -> None:
    server.behaviour.takes_news = False
    server.behaviour.takes_media = False

    code, parts = check(server.url)

    assert code == 1
    assert parts["updates"] == "not_supported"
    assert parts["media"] == "not_supported"
    assert parts["requests"] == ""


def test_a_page_instead_of_a_list_is_named(server: Open311Server) -> None:
    server.plan_reading(None, Fault.HTML)

    code, parts = check(server.url)

    assert (code, parts["requests"]) == (1, "not_a_platform")


def test_an_address_where_nothing_answers_is_named() -> None:
    assert check("http://127.0.0.1:9/open311/v2") == (1, {"services": "unreachable"})
