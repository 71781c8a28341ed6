"""An exported outbox is imported completely and unchanged, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sync.commands.outbox import (
    FORMER_FORMAT,
    FileProblem,
    OutboxFileRefused,
    read_outbox,
    write_outbox,
)
from sync.records.table_rules import Entity
from sync.register.numbering import next_number
from sync.store.local.outbox import RowState, UnsentRow
from sync.store.local.reading import Station

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
OWN = Station("0007", UUID(int=7), AT)
ODD = "строка\u2028и\x85ещё\r"


def row(index: int, workplace: str = "0007", entity: Entity = Entity.CALL) -> UnsentRow:
    id = UUID(int=index)
    payload: dict[str, Any] = {
        "id": str(id),
        "number": str(next_number("2611", workplace, index)),
        "revision": 2,
        "content": ODD,
        "schema_version": 1,
    }
    return UnsentRow(index, entity, id, 2, RowState.NEW, AT, None, payload)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "outbox.jsonl"
    write_outbox(path, OWN, [row(1), row(2), row(3)], AT)
    return path


def problem(path: Path, sha256: str | None = None) -> tuple[FileProblem, int]:
    with pytest.raises(OutboxFileRefused) as refused:
        read_outbox(path, sha256)
    return refused.value.problem, refused.value.line


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "outbox.jsonl"
    others = row(9, "0001", Entity.MESSAGE_EVENT)  # a step taken for another workplace
    sha256 = write_outbox(path, OWN, [row(1), others], AT)
    read = read_outbox(path, sha256.upper())
    assert (read.workplace, read.exported_at, read.is_proved) == ("0007", AT, True)
    assert [(one.entity, one.entity_id, one.rev) for one in read.rows] == [
        (Entity.CALL, UUID(int=1), 2),
        (Entity.MESSAGE_EVENT, UUID(int=9), 2),
    ]
    assert read.rows[0].payload["content"] == ODD
    assert path.stat().st_mode & 0o777 == 0o600
    assert problem(path, "0" * 64) == (FileProblem.OTHER_FILE, 0)
    with pytest.raises(FileExistsError):
        write_outbox(path, OWN, [], AT)


Spoil = Callable[[list[str]], str]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda lines: "".join(lines[:-1]), (FileProblem.CUT, 4)),
        (lambda lines: "".join(lines[:-2]), (FileProblem.CUT, 3)),
        (lambda lines: "".join(lines)[:-9], (FileProblem.CUT, 5)),
        (lambda lines: "".join(lines).replace("строка", "Строка", 1), (FileProblem.ALTERED, 0)),
        (lambda lines: "".join([*lines[:2], *lines[3:]]), (FileProblem.ALTERED, 0)),
        (lambda lines: "".join([lines[0], lines[2], lines[1], *lines[3:]]),
         (FileProblem.ALTERED, 0)),
        (lambda lines: "".join(lines[1:]), (FileProblem.NOT_AN_OUTBOX, 0)),
        (lambda _lines: "", (FileProblem.NOT_AN_OUTBOX, 0)),
        (lambda _lines: "{}\n", (FileProblem.NOT_AN_OUTBOX, 0)),
    ],
)  # fmt: skip
def test_what_was_cut_or_altered_is_refused(
    file: Path, spoil: Spoil, told: tuple[FileProblem, int]
) -> None:
    lines = file.read_bytes().decode().split("\n")
    file.write_bytes(spoil([f"{line}\n" for line in lines[:-1]]).encode())
    assert problem(file) == told


def test_what_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    assert problem(binary) == problem(tmp_path / "absent") == (FileProblem.UNREADABLE, 0)


def test_rows_of_another_workplace_are_refused_however_well_they_are_hashed(
    tmp_path: Path,
) -> None:
    wrong = row(3)
    for index, one in enumerate((
        row(2, "0001"),
        UnsentRow(3, Entity.CALL, UUID(int=4), 2, RowState.NEW, AT, None, wrong.payload),
        UnsentRow(3, Entity.CALL, wrong.entity_id, 3, RowState.NEW, AT, None, wrong.payload),
    )):  # fmt: skip
        path = tmp_path / f"{index}.jsonl"
        write_outbox(path, OWN, [row(1), one], AT)
        assert problem(path) == (FileProblem.ROW_UNFIT, 3)


def test_a_file_of_a_former_program_is_taken_by_its_number_of_rows(file: Path) -> None:
    head, *rows, _foot = file.read_bytes().decode().split("\n")[:-1]
    former = json.dumps({**json.loads(head), "format": FORMER_FORMAT})
    file.write_bytes("\n".join([former, *rows, ""]).encode())
    read = read_outbox(file)
    assert (len(read.rows), read.is_proved) == (3, False)
    file.write_bytes("\n".join([former, *rows[:-1], ""]).encode())
    assert problem(file) == (FileProblem.CUT, 3)
