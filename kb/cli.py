"""Command line of the directory: import, export, check, search and statistics."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import platformdirs

from kb.entries.checks import STALE_AFTER_DAYS, Finding, check
from kb.entries.entries import Entry, EntryKind
from kb.entries.hours import city_now
from kb.errors import DirectoryError, ImportProblem, ImportRefused
from kb.files.csv_file import SEPARATORS
from kb.files.importing import FORMATS, ImportPreview, export_entries, preview_import
from kb.files.words import FIELD_NAMES, TableWords, read_words
from kb.search.search import Hit, SearchResult
from kb.store import Directory
from kb.store.connections import RAW_KEY_BYTES

EXIT_OK = 0
EXIT_REFUSED = 1  # problems in the directory or the files; argparse uses 2
APPLICATION = "edinyi-nomer"
WORDS = Path(__file__).resolve().parent.parent / "resources" / "directory"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0, 1 for problems, or 2 for invalid arguments."""
    parsed = _parser().parse_args(arguments)
    commands: Mapping[str, Callable[[argparse.Namespace], int]] = {
        "import": _import,
        "export": _export,
        "check": _check,
        "search": _search,
        "stats": _stats,
    }
    try:
        return commands[parsed.command](parsed)
    except ImportRefused as refused:
        _print_problems(refused.problems)
        print(
            f"nothing was imported: {len(refused.problems)} problem(s); correct the files, "
            "or use --good-rows to import the valid rows",
            file=sys.stderr,
        )
    except DirectoryError as error:
        print(error, file=sys.stderr)
    return EXIT_REFUSED


def default_file() -> Path:
    """Returns the path of the directory file that the console uses."""
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)) / "directory.db"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kb",
        description="Manage the directory of units, typical answers and services.",
    )
    commands = parser.add_subparsers(dest="command", required=True)

    of_directory = argparse.ArgumentParser(add_help=False)
    of_directory.add_argument(
        "--directory",
        type=Path,
        default=default_file(),
        metavar="FILE",
        help="directory file (default: the directory of the console)",
    )
    of_directory.add_argument(
        "--key-file",
        type=_key,
        dest="key",
        metavar="FILE",
        help=f"file with the key of the directory, {2 * RAW_KEY_BYTES} hexadecimal digits",
    )
    of_tables = argparse.ArgumentParser(add_help=False)
    of_tables.add_argument(
        "--headings",
        type=_words,
        dest="words",
        default=FIELD_NAMES,
        metavar="LANGUAGE",
        help=f"use column headings in this language instead of field names: {_languages()}",
    )
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print one JSON object")
    formats = ", ".join(FORMATS)

    importing = commands.add_parser(
        "import",
        parents=[of_directory, of_tables],
        help="import the entries of a file or folder",
        description=f"Import the entries of a file ({formats}), or of all such files in a folder."
        " Entries are matched by id. If a row is invalid, nothing is imported.",
    )
    importing.add_argument("path", type=Path, metavar="PATH", help="file or folder to import")
    importing.add_argument(
        "--replace", action="store_true", help="close all entries that are missing from the files"
    )
    importing.add_argument(
        "--good-rows", action="store_true", help="import the valid rows and skip the invalid rows"
    )
    importing.add_argument(
        "--dry-run",
        action="store_true",
        help="print the number of new, changed and closed entries; do not import",
    )
    importing.add_argument(
        "--by", default="", metavar="NAME", help="author recorded in the history"
    )
    importing.add_argument("--mark", help="label to store with the content")

    exporting = commands.add_parser(
        "export", parents=[of_directory, of_tables], help="export the entries to a file"
    )
    exporting.add_argument(
        "path", type=_export_path, metavar="PATH", help=f"output file: {formats}"
    )
    exporting.add_argument(
        "--kind",
        type=EntryKind,
        action="append",
        metavar="KIND",
        help="export only entries of this kind; repeatable",
    )
    exporting.add_argument(
        "--in-force", action="store_true", help="omit entries that are closed or not yet valid"
    )
    exporting.add_argument("--separator", choices=SEPARATORS, default=";", help="CSV separator")
    exporting.add_argument(
        "--encoding",
        choices=("utf-8-sig", "utf-8", "cp1251"),
        default="utf-8-sig",
        help="CSV encoding",
    )

    checking = commands.add_parser(
        "check",
        parents=[of_directory, of_tables, as_json],
        help="list the problems of a file, a folder or the directory",
    )
    checking.add_argument(
        "path", type=Path, nargs="?", metavar="PATH", help="file or folder (default: the directory)"
    )
    checking.add_argument(
        "--stale-days", type=_positive, metavar="N", help="report entries not checked for N days"
    )

    search = commands.add_parser(
        "search", parents=[of_directory, as_json], help="search the directory"
    )
    search.add_argument("text", metavar="TEXT", help="text to search for")
    search.add_argument(
        "--limit",
        type=_positive,
        default=10,
        metavar="N",
        help="maximum number of entries (default: 10)",
    )

    commands.add_parser(
        "stats", parents=[of_directory, as_json], help="print the number of entries by kind"
    )
    return parser


def _positive(text: str) -> int:
    limit = int(text)
    if limit < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1: {text!r}")
    return limit


def _key(text: str) -> bytes:
    try:
        key = bytes.fromhex(Path(text).read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{text}: cannot read the key") from error
    if len(key) != RAW_KEY_BYTES:
        raise argparse.ArgumentTypeError(
            f"{text}: the key must have {2 * RAW_KEY_BYTES} hexadecimal digits"
        )
    return key


def _languages() -> str:
    return ", ".join(sorted(file.stem.partition("-")[2] for file in WORDS.glob("headings-*.json")))


def _words(language: str) -> TableWords:
    try:
        return read_words(WORDS / f"headings-{language}.json")
    except OSError as error:
        raise argparse.ArgumentTypeError(
            f"unsupported language {language!r}; use {_languages()}"
        ) from error


def _export_path(text: str) -> Path:
    path = Path(text)
    if path.suffix.casefold() not in FORMATS:
        raise argparse.ArgumentTypeError(f"{text}: unsupported format; use {', '.join(FORMATS)}")
    return path


def _open_existing(parsed: argparse.Namespace) -> Directory:
    """Opens an existing directory file. A missing file is not created, because its name may be
    mistyped.
    """
    if not parsed.directory.exists():
        raise DirectoryError(f"{parsed.directory}: no such file")
    return Directory.open(parsed.directory, key=parsed.key)


def _import(parsed: argparse.Namespace) -> int:
    today = city_now().date()
    if parsed.dry_run and not parsed.directory.exists():
        return _tell(preview_import(parsed.path, (), words=parsed.words))
    with closing(Directory.open(parsed.directory, key=parsed.key)) as directory:
        preview = preview_import(
            parsed.path,
            directory.entries(),
            replaces=parsed.replace,
            today=today,
            words=parsed.words,
        )
        if parsed.dry_run:
            return _tell(preview)
        changes = preview.changes(today, good_rows=parsed.good_rows, by=parsed.by)
        directory.apply(changes, parsed.mark or directory.mark() or "import")
    _tell(preview)
    return EXIT_OK


def _tell(preview: ImportPreview) -> int:
    """Prints the effect of an import; returns 0 if there are no problems, otherwise 1."""
    _print_problems(preview.problems)
    print(
        f"new {len(preview.new)}, changed {len(preview.changed)},"
        f" unchanged {len(preview.unchanged)}, closed {len(preview.closed)},"
        f" problems {len(preview.problems)}"
    )
    return EXIT_REFUSED if preview.problems else EXIT_OK


def _print_problems(problems: Sequence[ImportProblem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _export(parsed: argparse.Namespace) -> int:
    today = city_now().date()
    with closing(_open_existing(parsed)) as directory:
        entries = [
            entry
            for entry in directory.entries()
            if (not parsed.kind or entry.kind in parsed.kind)
            and (not parsed.in_force or entry.holds_on(today))
        ]
    export_entries(
        parsed.path,
        entries,
        words=parsed.words,
        separator=parsed.separator,
        encoding=parsed.encoding,
    )
    print(f"{len(entries)} entries exported")
    return EXIT_OK


def _check(parsed: argparse.Namespace) -> int:
    entries: Sequence[Entry]
    problems: Sequence[ImportProblem] = ()
    if parsed.path is not None:
        preview = preview_import(parsed.path, (), words=parsed.words)
        entries, problems = preview.new, preview.problems
    else:
        with closing(_open_existing(parsed)) as directory:
            entries = directory.entries()
    days = parsed.stale_days
    limits = STALE_AFTER_DAYS if days is None else dict.fromkeys(STALE_AFTER_DAYS, days)
    findings = check(entries, city_now().date(), limits)
    if parsed.json:
        _print_json(
            {
                "problems": [_problem_record(problem) for problem in problems],
                "findings": [_finding_record(finding) for finding in findings],
            }
        )
    else:
        _print_problems(problems)
        for finding in findings:
            print(finding)
        print(f"{len(entries)} entries, {len(problems)} problem(s), {len(findings)} finding(s)")
    return EXIT_REFUSED if problems or findings else EXIT_OK


def _problem_record(problem: ImportProblem) -> dict[str, object]:
    return {
        "file": problem.file,
        "line": problem.line,
        "field": problem.field,
        "fault": problem.fault.value,
        "value": problem.value,
    }


def _finding_record(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.entry_id,
        "flaw": finding.flaw.value,
        "field": finding.field,
        "value": finding.value,
    }


def _search(parsed: argparse.Namespace) -> int:
    with closing(_open_existing(parsed)) as directory:
        found = directory.find(parsed.text, parsed.limit)
    if parsed.json:
        _print_json(_result_record(found))
    else:
        for hit in found.hits:
            print(f"{hit.score:6.2f}  {hit.kind:<9}  {hit.entry_id:<28}  {hit.title}")
    return EXIT_OK


def _result_record(found: SearchResult) -> dict[str, object]:
    reading = found.reading
    return {
        "text": found.text,
        "words": list(reading.words),
        "layout_corrected": reading.layout_corrected,
        "typos_corrected": reading.typos_corrected,
        "offered": list(reading.offered),
        "total": found.total,
        "hits": [_hit_record(hit) for hit in found.hits],
    }


def _hit_record(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.entry_id,
        "kind": hit.kind.value,
        "title": hit.title,
        "score": round(hit.score, 4),
        "marks": [list(mark) for mark in hit.marks],
    }


def _stats(parsed: argparse.Namespace) -> int:
    with closing(_open_existing(parsed)) as directory:
        stats = directory.stats()
    counts = {
        **{kind.value: number for kind, number in stats.kinds.items()},
        "closed": stats.closed,
        "revisions": stats.revisions,
        "mark": stats.mark,
    }
    if parsed.json:
        _print_json(counts)
    else:
        for name, value in counts.items():
            print(f"{name:<10} {value}")
    return EXIT_OK


def _print_json(record: Mapping[str, object]) -> None:
    print(json.dumps(record, ensure_ascii=False))
