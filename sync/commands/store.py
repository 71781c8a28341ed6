"""Commands ``backup``, ``restore``, ``reset`` and ``key`` for the local database file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sync.errors import KeyUnavailable, RestoreRefused, RowsWait, StoreUnreadable
from sync.store.local.administration import require_nothing_waits, reset
from sync.store.local.backup import (
    KEEP_DAILY,
    KEEP_HOURLY,
    back_up,
    discard_old,
    opens,
    restore,
)
from sync.store.local.keys import StoreKey, find_key, read_key

EXIT_OK = 0
EXIT_REFUSED = 5

_REASONS = {
    "rows_wait": "the current database holds unsent records; run `push` or `export-outbox` first",
    "clock_behind": "the backup is newer than the current time; correct the clock of this computer",
    "numbers_used_up": "no unused number is certain to be left this month; restore a newer backup",
}


def add_command(commands: Any, add_store: Callable[[argparse.ArgumentParser], None]) -> None:
    """Adds the commands; ``add_store`` adds the option of the local database."""
    backup: argparse.ArgumentParser = commands.add_parser(
        "backup",
        help="back up the local database to a folder, with the same encryption",
        description=(
            "Creates a full backup while the console is running, verifies every page of it, and "
            "removes expired backups of this workplace. Keep the key in another place (see `key`): "
            "without it the backup cannot be read."
        ),
    )
    backup.add_argument("--to", type=Path, required=True, metavar="DIR", help="existing folder")
    backup.add_argument(
        "--keep-hourly",
        type=int,
        default=KEEP_HOURLY,
        metavar="N",
        help="number of hourly backups to keep (default: %(default)s)",
    )
    backup.add_argument(
        "--keep-daily",
        type=int,
        default=KEEP_DAILY,
        metavar="N",
        help="number of daily backups to keep (default: %(default)s)",
    )
    _finish(backup, add_store, _backup)

    back: argparse.ArgumentParser = commands.add_parser(
        "restore",
        help="restore the local database from a backup, or from a moved database file",
        description=(
            "Skips registration numbers that may have been given out after the backup. The "
            "database gets a new identity: enrol the workplace again before it can send. The "
            "previous file is kept in the same folder under another name."
        ),
    )
    back.add_argument(
        "--from", dest="source", type=Path, required=True, metavar="FILE",
        help="backup file or database file; the database itself if it was moved",
    )  # fmt: skip
    back.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help="file with the key of the backup, as printed by `key`",
    )
    _finish(back, add_store, _restore)

    anew: argparse.ArgumentParser = commands.add_parser(
        "reset",
        help="delete the local database and its key; refuse if it holds unsent records",
    )
    anew.add_argument(
        "--check", action="store_true", help="check whether it can be deleted and change nothing"
    )
    _finish(anew, add_store, _reset)

    key: argparse.ArgumentParser = commands.add_parser(
        "key", help="print the key of the local database, to be kept apart from the backups"
    )
    _finish(key, add_store, _key)


def _finish(
    parser: argparse.ArgumentParser,
    add_store: Callable[[argparse.ArgumentParser], None],
    run: Callable[[argparse.Namespace], int],
) -> None:
    add_store(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def _backup(options: argparse.Namespace) -> int:
    at = datetime.now(UTC)
    copy = back_up(options.store, _own_key(options.store), options.to, at)
    removed = discard_old(
        options.to, copy.station, at, hourly=options.keep_hourly, daily=options.keep_daily
    )
    is_same_disk = copy.path.stat().st_dev == options.store.stat().st_dev
    facts = {
        "copy": str(copy.path),
        "size_bytes": copy.path.stat().st_size,
        "removed": len(removed),
        "same_disk": is_same_disk,
    }
    _tell(options, facts, f"{copy.path}")
    if is_same_disk and not options.json:
        print("warning: the backup is on the same disk as the database", file=sys.stderr)
    return EXIT_OK


def _restore(options: argparse.Namespace) -> int:
    if not options.source.is_file():
        raise StoreUnreadable("absent")
    try:
        done = restore(options.source, options.store, _key_of_copy(options))
    except RestoreRefused as error:
        print(_REASONS[error.code], file=sys.stderr)
        return EXIT_REFUSED
    facts = {
        "workplace": done.station,
        "install_id": str(done.install_id),
        "known_until": done.known_until.isoformat(),
        "next_number": done.next_number,
        "replaced": None if done.replaced is None else str(done.replaced),
    }
    words = [
        f"restored to {done.known_until:%Y-%m-%d %H:%M} UTC",
        f"next registration number: {done.next_number}",
        f"new identity: run `central enrol-workplace {done.station} --anew` before sending",
    ]
    if done.replaced is not None:
        words.append(f"previous file: {done.replaced}")
    _tell(options, facts, "\n".join(words))
    return EXIT_OK


def _reset(options: argparse.Namespace) -> int:
    if not options.store.exists():
        _tell(options, {"removed": False, "held_here_only": 0}, "no local database")
        return EXIT_OK
    key = _own_key(options.store)
    try:
        if options.check:
            require_nothing_waits(options.store, key)
        else:
            reset(options.store, key)
    except RowsWait as error:
        _tell(options, {"removed": False, "held_here_only": error.count}, "")
        print(
            f"unsent records: {error.count}; run `push` or `export-outbox` first",
            file=sys.stderr,
        )
        return EXIT_REFUSED
    _tell(
        options,
        {"removed": not options.check, "held_here_only": 0},
        "no unsent records" if options.check else "local database deleted",
    )
    return EXIT_OK


def _key(options: argparse.Namespace) -> int:
    key = _own_key(options.store).raw.hex()
    _tell(options, {"key": key}, key)
    return EXIT_OK


def _tell(options: argparse.Namespace, facts: dict[str, Any], words: str) -> None:
    if options.json:
        print(json.dumps(facts, ensure_ascii=False))
    elif words:
        print(words)


def _own_key(store: Path) -> StoreKey:
    key = find_key(store)
    if key is None:
        raise KeyUnavailable("missing")
    return key


def _key_of_copy(options: argparse.Namespace) -> StoreKey:
    """The given key, or the key of the copy, or the key of the database to be replaced."""
    if options.key_file is not None:
        try:
            return read_key(options.key_file.read_text(encoding="ascii"))
        except (OSError, UnicodeDecodeError) as error:
            raise KeyUnavailable("file_damaged") from error
    for place in (options.source, options.store):
        key = find_key(place)
        if key is not None and opens(options.source, key):
            return key
    raise KeyUnavailable("missing")
