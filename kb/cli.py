"""The directory from the command line: import, check, search and count."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from kb.entries import Entry, EntryKind
from kb.errors import DirectoryError, ImportRefused
from kb.importers import read_folder
from kb.search import Hit, SearchResult
from kb.store import Directory

EXIT_OK = 0
EXIT_REFUSED = 1  # the directory or the files are not as they must be; 2 is argparse's own


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 where something is wrong, 2 for a wrong call."""
    parsed = _parser().parse_args(arguments)
    try:
        return _run(parsed)
    except ImportRefused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        print(f"nothing was imported: {len(refused.problems)} problem(s)", file=sys.stderr)
    except DirectoryError as error:
        print(error, file=sys.stderr)
    return EXIT_REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kb", description="The directory of units, typical answers and services."
    )
    commands = parser.add_subparsers(dest="command", required=True)

    importing = commands.add_parser(
        "import", help="put a folder of JSON Lines files in place of the directory's content"
    )
    importing.add_argument("folder", type=Path, metavar="FOLDER")
    importing.add_argument("--directory", type=Path, required=True, metavar="FILE")
    importing.add_argument("--mark", default="import", help="the mark to keep with the content")

    check = commands.add_parser("check", help="read a folder and name every fault by line")
    check.add_argument("folder", type=Path, metavar="FOLDER")

    search = commands.add_parser("search", help="the best entries for a text")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--directory", type=Path, required=True, metavar="FILE")
    search.add_argument("--limit", type=_positive, default=10, metavar="N")
    search.add_argument("--json", action="store_true", help="one JSON object")

    stats = commands.add_parser("stats", help="how much the directory holds")
    stats.add_argument("--directory", type=Path, required=True, metavar="FILE")
    stats.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def _positive(text: str) -> int:
    limit = int(text)
    if limit < 1:
        raise argparse.ArgumentTypeError("at least 1 is needed")
    return limit


def _run(parsed: argparse.Namespace) -> int:
    match parsed.command:
        case "check":
            print(_summary(read_folder(parsed.folder)))
        case "import":
            content = read_folder(parsed.folder)
            with closing(Directory.open(parsed.directory)) as directory:
                directory.replace_all(content, parsed.mark)
            print(_summary(content))
        case "search":
            with closing(_open_existing(parsed.directory)) as directory:
                found = directory.find(parsed.text, parsed.limit)
            _print_result(found, as_json=parsed.json)
        case "stats":
            _print_stats(parsed.directory, as_json=parsed.json)
    return EXIT_OK


def _open_existing(path: Path) -> Directory:
    """The directory of a file that is there; a mistyped name must not make an empty one."""
    if not path.exists():
        raise DirectoryError(f"{path}: there is no such file")
    return Directory.open(path)


def _summary(entries: Iterable[Entry]) -> str:
    counts = Counter(entry.kind for entry in entries)
    return ", ".join(f"{kind.value} {counts[kind]}" for kind in EntryKind)


def _print_result(found: SearchResult, *, as_json: bool) -> None:
    if not as_json:
        for hit in found.hits:
            print(f"{hit.score:6.2f}  {hit.kind:<9}  {hit.entry_id:<28}  {hit.title}")
        return
    reading = found.reading
    print(
        json.dumps(
            {
                "text": found.text,
                "words": list(reading.words),
                "layout_corrected": reading.layout_corrected,
                "typos_corrected": reading.typos_corrected,
                "total": found.total,
                "hits": [_hit_record(hit) for hit in found.hits],
            },
            ensure_ascii=False,
        )
    )


def _hit_record(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.entry_id,
        "kind": hit.kind.value,
        "title": hit.title,
        "score": round(hit.score, 4),
        "marks": [list(mark) for mark in hit.marks],
    }


def _print_stats(path: Path, *, as_json: bool) -> None:
    with closing(_open_existing(path)) as directory:
        stats = directory.stats()
    counts = {
        **{kind.value: number for kind, number in stats.kinds.items()},
        "closed": stats.closed,
        "revisions": stats.revisions,
        "mark": stats.mark,
    }
    if as_json:
        print(json.dumps(counts, ensure_ascii=False))
    else:
        for name, value in counts.items():
            print(f"{name:<10} {value}")
