"""Rehearsals as separate processes, and the expected content of the central database after them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg2

ROOT = Path(__file__).parents[2]
WAIT_S = 60.0

Fields = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an attempts or acked file."""

    id: str
    rev: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Faults:
    """Differences between the acknowledged records and the central database; empty if there are
    none.
    """

    lost: frozenset[str]
    stale: frozenset[str]
    doubled: frozenset[str]
    altered: frozenset[str]

    @property
    def are_none(self) -> bool:
        return not (self.lost or self.stale or self.doubled or self.altered)


@dataclass(slots=True)
class Told:
    """Attempts and acknowledgements reported by workplaces."""

    attempts: list[Line] = field(default_factory=list)
    acked: list[Line] = field(default_factory=list)

    def faults(self, dsn: str) -> Faults:
        """Returns the differences from ``public.rehearsal_calls``."""
        return self.faults_of(central_lines(dsn))

    def faults_of(self, found: Iterable[Line]) -> Faults:
        """Returns the differences from these lines of the central database."""
        rows = list(found)
        attempted = {(line.id, line.rev): line.fields for line in self.attempts}
        highest: dict[str, int] = {}
        for line in self.acked:
            highest[line.id] = max(line.rev, highest.get(line.id, 0))
        stored = {row.id: row for row in rows}
        numbers = Counter(row.fields[0] for row in rows)
        ids = Counter(row.id for row in rows)
        return Faults(
            lost=frozenset(highest.keys() - stored.keys()),
            stale=frozenset(
                id for id, rev in highest.items() if id in stored and stored[id].rev < rev
            ),
            doubled=frozenset(
                row.id for row in rows if ids[row.id] > 1 or numbers[row.fields[0]] > 1
            ),
            altered=frozenset(
                row.id for row in rows if attempted.get((row.id, row.rev)) != row.fields
            ),
        )


class Rehearsing:
    """``python -m sync rehearse`` in a folder; as a context manager it is killed at the end.

    Its acknowledgements are read through a pipe, so a test can wait for them.
    """

    def __init__(self, folder: Path, dsn: str, *options: str) -> None:
        self._attempts = folder.with_name(f"{folder.name}.attempts")
        self._attempts_before = len(read_lines(self._attempts))
        reading, writing = os.pipe()
        self._acked = os.fdopen(reading, "rb")
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "sync", "rehearse", "--store", str(folder), "--dsn", dsn,
                "--attempts", str(self._attempts), "--acked", f"/dev/fd/{writing}", "--json",
                *options,
            ],
            cwd=ROOT,
            pass_fds=[writing],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        os.close(writing)
        self.acked: list[Line] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def wait_for_acked(self, count: int) -> None:
        """Returns when this number of saves is acknowledged."""
        for line in self._lines():
            self.acked.append(line)
            if len(self.acked) >= count:
                return
        raise AssertionError(f"ended after {len(self.acked)}: {self._process.stderr}")

    def terminate(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kills it in the middle of its work."""
        if self._process.returncode is None:
            self._process.kill()
            self.acked += self._lines()
            self._process.communicate(timeout=WAIT_S)
        self._acked.close()

    def finish(self) -> tuple[int, dict[str, Any]]:
        """Returns exit code and summary of a rehearsal that ends without a kill."""
        self.acked += self._lines()
        output, complaint = self._process.communicate(timeout=WAIT_S)
        if not output:
            return self._process.returncode, {"stderr": complaint.decode()}
        return self._process.returncode, json.loads(output)

    def tell(self, told: Told) -> None:
        """Adds the reports of this process, which has ended."""
        told.attempts += read_lines(self._attempts)[self._attempts_before :]
        told.acked += self.acked

    def _lines(self) -> Iterator[Line]:
        for line in self._acked:
            if line.endswith(b"\n"):
                yield _line(line)


def central_lines(dsn: str) -> list[Line]:
    """Returns all rows of the view in the central database."""
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id::text, rev, number, content, result, phone FROM public.rehearsal_calls"
            )
            return [Line(id, rev, tuple(fields)) for id, rev, *fields in cursor.fetchall()]
    finally:
        connection.close()


def read_lines(path: Path) -> list[Line]:
    """Returns the complete lines of a file that may not exist."""
    if not path.exists():
        return []
    whole = [line for line in path.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
    return [_line(line) for line in whole]


def _line(text: bytes) -> Line:
    read = json.loads(text)
    assert list(read) == ["id", "fields", "rev"]
    return Line(read["id"], read["rev"], tuple(read["fields"]))
