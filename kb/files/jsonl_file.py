"""JSON Lines: one entry a line, in UTF-8."""

import json
from collections.abc import Sequence
from pathlib import Path

from kb.entries import Entry
from kb.errors import ImportFault
from kb.files.rows import Place, RecordRow, Rows
from kb.files.words import TableWords
from kb.records import entry_record


def read_jsonl(path: Path, _words: TableWords) -> Rows:
    """The rows of a file; each tells of the whole entry, by the names of its fields."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        yield Place(path.name).problem("", ImportFault.NOT_UTF8)
        return
    # Not splitlines(): a text may hold U+2028 and its like, which JSON leaves as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = Place(path.name, number)
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            yield place.problem("", ImportFault.NOT_JSON)
            continue
        if isinstance(record, dict):
            yield RecordRow(place, record)
        else:
            yield place.problem("", ImportFault.NOT_AN_OBJECT)


def write_jsonl(path: Path, entries: Sequence[Entry]) -> None:
    """One line an entry; what is empty is left out."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entry in entries:
            file.write(json.dumps(entry_record(entry), ensure_ascii=False) + "\n")
