"""Reads the directory's JSON Lines files for import and reports each invalid line by a code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sync.records.feed_values import DocumentEntity
from sync.store.central.shared_documents import SharedDocument

ATTACHMENTS = "attachments.jsonl"
SYNONYMS = "synonyms.jsonl"
_END = "valid_to"
_FILE = "file"


@dataclass(frozen=True, slots=True)
class LineProblem:
    """An invalid line; ``code`` is the reason, line 0 is the file as a whole.

    Codes: ``unreadable``, ``not_json``, ``no_id``, ``repeated_id``, ``bad_valid_to``,
    ``file_missing`` (content of an attachment), ``no_synonym``, ``nothing_there``.
    """

    file: str
    line: int
    code: str


def read_directory(path: Path) -> tuple[SharedDocument, ...] | tuple[LineProblem, ...]:
    """Returns the documents of a file, or of all ``*.jsonl`` files in a folder; if any line is
    invalid, only the problems of all lines.

    Lines of ``synonyms.jsonl`` have ``phrase``, ``meaning`` and ``both_ways``. Lines of
    ``attachments.jsonl`` name a file of the same folder in ``file``. The key ``valid_to`` is moved
    from the document to `closed_on`; other keys are unchanged.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    found = [one for file in files for one in _read_file(file)]
    documents: dict[tuple[str, str], SharedDocument] = {}
    problems = []
    for place, one in found:
        if isinstance(one, LineProblem):
            problems.append(one)
        elif (one.entity.value, one.id) in documents:
            problems.append(LineProblem(place.file, place.line, "repeated_id"))
        else:
            documents[one.entity.value, one.id] = one
    if not found:
        problems.append(LineProblem(path.name, 0, "nothing_there"))
    return tuple(problems) or tuple(documents.values())


_Found = tuple[LineProblem, SharedDocument | LineProblem]


def _read_file(file: Path) -> Iterator[_Found]:
    try:
        # Not splitlines(): JSON texts may contain U+2028 and similar characters.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        problem = LineProblem(file.name, 0, "unreadable")
        yield problem, problem
        return
    for number, line in enumerate(lines, start=1):
        if line.strip():
            place = LineProblem(file.name, number, "")
            try:
                yield place, _document(file, line)
            except _Unfit as unfit:
                yield place, LineProblem(file.name, number, unfit.code)


class _Unfit(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _document(file: Path, line: str) -> SharedDocument:
    try:
        record: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise _Unfit("not_json") from None
    if not isinstance(record, dict):
        raise _Unfit("not_json")
    if file.name == SYNONYMS:
        return _synonym(record)
    key = record.get("id")
    if not isinstance(key, str) or not key:
        raise _Unfit("no_id")
    closed_on = _day(record.pop(_END, None))
    if file.name != ATTACHMENTS:
        return SharedDocument(DocumentEntity.ENTRY, key, record, closed_on)
    content = _content(file.parent, record.pop(_FILE, None))
    return SharedDocument(DocumentEntity.ATTACHMENT, key, record, closed_on, content)


def _synonym(record: dict[str, Any]) -> SharedDocument:
    match record:
        case {"phrase": str(phrase), "meaning": str(meaning), "both_ways": bool(), **others} if (
            phrase.strip() and meaning.strip() and not others
        ):
            key = json.dumps([phrase, meaning], ensure_ascii=False)
            return SharedDocument(DocumentEntity.SYNONYM, key, record)
        case _:
            raise _Unfit("no_synonym")


def _day(text: Any) -> date | None:
    try:
        return None if text in (None, "") else date.fromisoformat(text)
    except (ValueError, TypeError):
        raise _Unfit("bad_valid_to") from None


def _content(folder: Path, name: Any) -> bytes:
    if not isinstance(name, str):
        raise _Unfit("file_missing")
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise _Unfit("file_missing") from None
