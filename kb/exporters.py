"""The directory written into a file, in the format that its name tells."""

import os
from collections.abc import Sequence
from pathlib import Path

from kb.entries import Entry
from kb.errors import DirectoryUnusable
from kb.files.csv_file import write_csv
from kb.files.jsonl_file import write_jsonl
from kb.files.words import FIELD_NAMES, TableWords
from kb.files.xlsx_file import write_xlsx

FORMATS = (".jsonl", ".csv", ".xlsx")


def export_entries(
    path: Path,
    entries: Sequence[Entry],
    *,
    words: TableWords = FIELD_NAMES,
    separator: str = ";",
    encoding: str = "utf-8-sig",
) -> None:
    """Write the entries; a file that is there is replaced only by a whole one.

    ``words`` are those of a table; JSON Lines have the names of the fields. ``separator`` and
    ``encoding`` are those of CSV. Raises ValueError for an unknown format,
    Unwritable for a text that the format cannot hold, DirectoryUnusable where the disk refuses.
    """
    suffix = path.suffix.casefold()
    if suffix not in FORMATS:
        raise ValueError(f"{path.name}: one of {', '.join(FORMATS)} is needed")
    unfinished = path.with_name(f".{path.stem}.unfinished{suffix}")
    try:
        match suffix:
            case ".jsonl":
                write_jsonl(unfinished, entries)
            case ".csv":
                write_csv(unfinished, entries, words, separator=separator, encoding=encoding)
            case _:
                write_xlsx(unfinished, entries, words)
        os.replace(unfinished, path)
    except OSError as error:
        raise DirectoryUnusable(path, type(error).__name__) from error
    finally:
        unfinished.unlink(missing_ok=True)
