"""kill -9 of a rehearsing workplace, aimed at a given moment."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.fakes.rehearsal import ROOT, Told, read_lines
from tests.fakes.tcp_proxy import CommitMoment, TcpProxy

AIM_LIMIT_S = 20.0


class Killable(Protocol):
    """A process that saves and sends without end."""

    def kill(self) -> None: ...

    def wait(self) -> int:
        """Returns its exit code, or minus the signal number if it was killed."""
        ...


@dataclass(frozen=True, slots=True)
class Files:
    """Files in which the workplace of a folder logs its saves."""

    folder: Path

    @property
    def attempts(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.attempts")

    @property
    def acked(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.acked")

    def arguments(self, dsn: str) -> tuple[str, ...]:
        """Returns the arguments of ``python -m sync`` for an endless rehearsal."""
        return (
            "rehearse", "--store", str(self.folder), "--dsn", dsn, "--edit-share", "0.3",
            "--attempts", str(self.attempts), "--acked", str(self.acked),
        )  # fmt: skip

    def told(self) -> Told:
        return Told(read_lines(self.attempts), read_lines(self.acked))


Start = Callable[[Files, str], Killable]
"""Starts a workplace in its folder against a DSN."""


def spawn(files: Files, dsn: str) -> subprocess.Popen[bytes]:
    """Starts the rehearsal as a separate process."""
    return _popen("sync", *files.arguments(dsn))


def spawn_broken(kind: str) -> Start:
    """Returns the start of a rehearsal over one of the stores in
    ``tests.fakes.broken_workplace``.
    """
    return lambda files, dsn: _popen(
        "tests.fakes.broken_workplace",
        kind, str(files.folder), dsn, str(files.attempts), str(files.acked),
    )  # fmt: skip


def kill_at_commit(
    start: Start, files: Files, port: int, dsn: str, aim: CommitMoment, after: int
) -> bool:
    """Kills it at this moment of its ``after``-th COMMIT; returns whether it got that far."""
    seen = itertools.count(1)
    started: list[Killable] = []
    is_started, is_hit = threading.Event(), threading.Event()

    def at_commit(moment: CommitMoment) -> bool:
        if moment is not aim or next(seen) < after:
            return True
        is_started.wait(AIM_LIMIT_S)
        started[0].kill()
        is_hit.set()
        return False

    with TcpProxy(port, at_commit) as proxy:
        started.append(start(files, dsn.replace(f"port={port}", f"port={proxy.port}")))
        is_started.set()
        was_hit = is_hit.wait(AIM_LIMIT_S)
        started[0].kill()
        started[0].wait()
    return was_hit


def kill_saved(start: Start, files: Files, dsn: str, after: int) -> bool:
    """Kills it as soon as its ``after``-th save is acknowledged; returns whether it got
    that far.
    """
    files.acked.touch()
    seen, until_s = 0, time.monotonic() + AIM_LIMIT_S
    with files.acked.open("rb") as file:
        file.seek(0, 2)
        process = start(files, dsn)
        while seen < after and time.monotonic() < until_s:
            seen += file.read().count(b"\n")  # no pause: the kill must follow immediately
    process.kill()
    process.wait()
    return seen >= after


def _popen(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
