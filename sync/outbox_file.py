"""The file of an exported outbox: a head, a row a line, and a foot that proves the rest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from sync.register.numbering import NumberProblem, parse
from sync.store.outbox import Entity, OutboxRow, UnsentRow
from sync.store.reading import Station
from sync.store.rows import plain

FORMAT = "edinyi-nomer outbox 2"
FORMER_FORMAT = "edinyi-nomer outbox 1"
"""It had no foot: only the number of its rows is known."""
_ABOUT_OTHERS = (Entity.MESSAGE_EVENT, Entity.STANDING)
"""What a workplace that reviews for others sends of their messages."""


class FileProblem(StrEnum):
    """Why a file is not taken."""

    UNREADABLE = "unreadable"
    NOT_AN_OUTBOX = "not_an_outbox"
    CUT = "cut"
    """Rows or the foot are missing."""
    ALTERED = "altered"
    """It is not what was written."""
    OTHER_FILE = "other_file"
    """It is whole, and not the one whose hash was given."""
    ROW_UNFIT = "row_unfit"


class OutboxFileRefused(Exception):
    """The file is not taken; ``line`` counts from 1, 0 where it is about all of it."""

    def __init__(self, problem: FileProblem, line: int = 0) -> None:
        super().__init__(problem, line)
        self.problem = problem
        self.line = line


@dataclass(frozen=True, slots=True)
class OutboxFile:
    """What a workplace had that the centre did not, in the order in which it was saved.

    ``is_proved``: a hash over all of it was in the file and was right. ``seq`` of a row is its
    line.
    """

    workplace: str
    exported_at: datetime
    rows: tuple[OutboxRow, ...]
    sha256: str
    is_proved: bool


def write_outbox(path: Path, own: Station, rows: Sequence[UnsentRow], at: datetime) -> str:
    """Write a new file of ours alone, on the disk on return; its hash.

    An OSError leaves no file.
    """
    head = plain(
        {
            "format": FORMAT,
            "workplace": own.code,
            "install_id": own.install_id,
            "exported_at": at,
            "rows": len(rows),
        }
    )
    lines = [_line(one) for one in (head, *map(_exported, rows))]
    sha256 = _hash(lines)
    foot = _line({"rows": len(rows), "sha256": sha256})
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in (*lines, foot))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return sha256


def read_outbox(path: Path, sha256: str | None = None) -> OutboxFile:
    """The file, whole and as it was written; ``sha256`` is what the export told of it.

    Raises OutboxFileRefused.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise OutboxFileRefused(FileProblem.UNREADABLE) from None
    # not splitlines: what people typed may hold other ends of lines
    *lines, last = text.split("\n")
    head = _object(lines[0]) if lines else None
    if head is None or head.get("format") not in (FORMAT, FORMER_FORMAT):
        raise OutboxFileRefused(FileProblem.NOT_AN_OUTBOX)
    if last:
        raise OutboxFileRefused(FileProblem.CUT, len(lines) + 1)
    body = lines[1:]
    told = hashlib.sha256(text.encode()).hexdigest()
    if head["format"] == FORMAT:
        foot = _object(body.pop()) if body else None
        if foot is None or set(foot) != {"rows", "sha256"}:
            raise OutboxFileRefused(FileProblem.CUT, len(lines))
        told = _hash(lines[:-1])
        if foot["sha256"] != told:
            raise OutboxFileRefused(FileProblem.ALTERED)
    if len(body) != head.get("rows"):
        raise OutboxFileRefused(FileProblem.CUT, len(lines))
    if sha256 is not None and sha256.strip().lower() != told:
        raise OutboxFileRefused(FileProblem.OTHER_FILE)
    try:
        workplace, at = str(head["workplace"]), datetime.fromisoformat(head["exported_at"])
    except (KeyError, TypeError, ValueError):
        raise OutboxFileRefused(FileProblem.ROW_UNFIT, 1) from None
    rows = tuple(_rows(body, workplace))
    return OutboxFile(workplace, at, rows, told, head["format"] == FORMAT)


def _rows(lines: Sequence[str], workplace: str) -> Iterator[OutboxRow]:
    for number, line in enumerate(lines, 2):
        row = _row(_object(line) or {}, number)
        if row is None or not _is_of(row, workplace):
            raise OutboxFileRefused(FileProblem.ROW_UNFIT, number)
        yield row


def _row(told: Mapping[str, Any], line: int) -> OutboxRow | None:
    try:
        entity, id, payload = Entity(told["entity"]), UUID(told["id"]), told["payload"]
        rev = int(told["rev"])
        is_same = entity is Entity.STANDING or (
            UUID(payload["id"]) == id and payload["revision"] == rev
        )
    except (KeyError, TypeError, ValueError):
        return None
    return OutboxRow(line, entity, id, rev, payload, tries=0) if is_same else None


def _is_of(row: OutboxRow, workplace: str) -> bool:
    """Whether a row is the workplace's own, or a step it took for another one."""
    if row.entity in _ABOUT_OTHERS:
        return True
    if "number" not in row.payload:
        return bool(row.payload.get("station_id") == workplace)
    number = parse(str(row.payload["number"]))
    return not isinstance(number, NumberProblem) and number.station == workplace


def _object(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _line(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False)


def _hash(lines: Sequence[str]) -> str:
    """Over every line with its end."""
    hashed = hashlib.sha256()
    for line in lines:
        hashed.update(f"{line}\n".encode())
    return hashed.hexdigest()


def _exported(row: UnsentRow) -> dict[str, Any]:
    values = {
        "entity": row.entity.value,
        "id": row.entity_id,
        "rev": row.rev,
        "state": row.state.value,
        "queued_at": row.queued_at,
        "error": row.error,
    }
    return {**plain(values), "payload": dict(row.payload)}
