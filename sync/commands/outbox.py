"""Commands ``status``, ``push``, ``export-outbox`` and ``import-outbox``, and the export file.

The export file is JSON Lines: a header, the unsent rows, and a last line with a SHA-256 hash.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import Any, assert_never
from uuid import UUID

from sync.commands.error_texts import error_text
from sync.errors import KeyUnavailable, StoreUnavailable, SyncError
from sync.exchange.central_choice import CentralChoice
from sync.exchange.events import CentralLost, SenderEvent
from sync.exchange.failures import KNOWN_ERRORS, FailureKind, Permanent, Transient, classify
from sync.exchange.feed import Imported, import_rows
from sync.exchange.sender import CentralState, Drained, Sender, drain
from sync.exchange.supervision import Health, health_facts, read_services
from sync.records.row_codec import plain
from sync.records.table_rules import Entity
from sync.register.numbering import NumberProblem, parse
from sync.store.central.server_identity import CentralMark, read_mark
from sync.store.local.administration import begin_export, mark_exported
from sync.store.local.feed import aside_counts
from sync.store.local.keys import StoreKey, find_key
from sync.store.local.opening import PageCheck, Verdict, last_check
from sync.store.local.outbox import OutboxRow, PoisonRow, UnsentRow, kept_feed_read
from sync.store.local.reading import RegisterReading, Station
from sync.store.local.register import RegisterStore

EXIT_OK = 0
EXIT_USAGE = 2
EXIT_CENTRE = 4
ANSWER_LIMIT_S = 5.0
STOP_DEADLINE_S = 5.0

Facts = dict[str, Any]


def add_outbox_commands(
    commands: Any, add_store: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Adds ``status`` and ``push``; ``add_store`` adds ``--store``."""
    status = commands.add_parser(
        "status",
        help="show unsent and rejected records and the state of services and connection",
        description="Can be used while the console is running.",
    )
    add_store(status)
    status.add_argument(
        "--dsn", help="also test the connection to this central database: libpq keywords or URI"
    )
    status.add_argument("--json", action="store_true", help="print one JSON object")
    status.set_defaults(run=_status)

    push = commands.add_parser(
        "push",
        help="send unsent records; the console must be closed",
        description=(
            "Exit codes: 0 all records were sent, 3 the local database is unusable, 4 the central "
            "database is unavailable or rejected records."
        ),
    )
    add_store(push)
    push.add_argument("--dsn", required=True, help="central database: libpq keywords or URI")
    push.add_argument(
        "--once",
        action="store_true",
        help="exit if the central database is unavailable (default: wait until it is available)",
    )
    push.add_argument(
        "--retry-refused",
        action="store_true",
        help="retry rejected records as well",
    )
    push.add_argument("--json", action="store_true", help="print one JSON object")
    push.set_defaults(run=_push)


def _status(options: argparse.Namespace) -> int:
    register = RegisterReading.open_for_reading(options.store, _key(options.store))
    try:
        own, status, poison = register.station(), register.outbox_status(), register.outbox_poison()
        mark, feed = register.read(read_mark), register.read(kept_feed_read)
        aside = register.read(aside_counts)
    finally:
        register.close_reading()
    checked = last_check(options.store, own.install_id)
    oldest = status.oldest_at
    age_s = None if oldest is None else round((datetime.now(UTC) - oldest).total_seconds(), 1)
    centre = None if options.dsn is None else _centre(options.dsn, own, mark)
    now = datetime.now(UTC)
    standing, behind = feed.standing(now), feed.behind_since(now)
    services = read_services(options.store)
    facts: Facts = {
        "workplace": own.code,
        "unsent": status.waiting,
        "oldest_at": None if oldest is None else oldest.isoformat(),
        "oldest_age_s": age_s,
        "poison": [_refused(row) for row in poison],
        "pages": None if checked is None else _checked(checked),
        "feed": {
            "standing": standing.value,
            "read_at": None if feed.read_at is None else feed.read_at.isoformat(),
            "behind_since": None if behind is None else behind.isoformat(),
            "held_since": None if feed.held_since is None else feed.held_since.isoformat(),
            "set_aside": {name.value: count for name, count in aside.items()},
        },
        "services": health_facts(services),
        "centre": centre,
    }
    if options.json:
        _print_json(facts)
    else:
        print(f"workplace {own.code}: unsent {status.waiting}, oldest {_age(age_s)}")
        print(f"integrity check: {'never run' if checked is None else _checked_words(checked)}")
        for row in poison:
            print(f"rejected: {row.entity.value} {row.entity_id} revision {row.rev}: {row.error}")
        since = "" if behind is None else f" since {behind.isoformat(timespec='minutes')}"
        print(f"received changes: {standing.value}{since}")
        for name, count in aside.items():
            print(f"from a newer version: {count} in {name.value}, applied after an update")
        for service in services:
            print(f"service {service.name}: {_service_words(service)}")
        if centre is not None:
            print(f"central database: {centre['reason'] or centre['state']}")
    return EXIT_OK if centre is None or centre["reason"] is None else EXIT_CENTRE


def _service_words(service: Health) -> str:
    since = service.since.isoformat(timespec="seconds")
    bugs = f", restarts: {service.restarts} ({service.bug})" if service.restarts else ""
    return f"{service.state.value} since {since}{bugs}"


def _centre(dsn: str, own: Station, mark: CentralMark | None) -> Facts:
    """Returns the state of the exchange with the central database at this DSN. Raises
    DsnInvalid.
    """
    choice = CentralChoice(dsn, ANSWER_LIMIT_S)
    try:
        chosen = choice.choose(mark)
        with choice.watching():
            chosen.central.enrol(own)
    except KNOWN_ERRORS as error:
        kind = FailureKind.TIMED_OUT if choice.has_hung else _kind(error)
        return {"state": CentralState.LOST.value, "reason": kind.value}
    finally:
        choice.leave()
    facts = chosen.facts
    reached = CentralState.REACHED.value
    return {
        "state": reached,
        "reason": None,
        "schema": facts.revision,
        "timeline": facts.branch.timeline,
    }


def _kind(error: Exception) -> FailureKind:
    match classify(error):
        case Transient(kind):
            return kind
        case Permanent():
            return FailureKind.OTHER


def _push(options: argparse.Namespace) -> int:
    ended = threading.Event()

    def heard(event: SenderEvent) -> None:
        if options.once and isinstance(event, CentralLost):
            ended.set()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, end)
    store = RegisterStore.open(options.store, _key(options.store))
    try:
        sender = Sender(store, options.dsn, heard)
        if options.retry_refused:
            store.retry_poison().result()
        sender.start()
        drained = drain(store, sender, ended)
        status = sender.status()
        sender.stop(STOP_DEADLINE_S)
        left, poison = store.outbox_status(), store.outbox_poison()
    finally:
        store.close_store()
    facts: Facts = {
        "sent": status.sent,
        "unsent": left.waiting,
        "poison": [_refused(row) for row in poison],
        "centre": status.state.value,
        "reason": None if status.kind is None else status.kind.value,
        "drained": drained.value,
    }
    if options.json:
        _print_json(facts)
    else:
        reason = "" if status.kind is None else f" ({status.kind.value})"
        print(
            f"sent: {status.sent}, unsent: {left.waiting}, rejected: {left.poison},"
            f" central database: {status.state.value}{reason}"
        )
    return EXIT_OK if drained is Drained.EMPTY else EXIT_CENTRE


def _refused(row: PoisonRow) -> Facts:
    return {
        "entity": row.entity.value,
        "id": str(row.entity_id),
        "rev": row.rev,
        "error": row.error,
        "queued_at": row.queued_at.isoformat(),
    }


def _checked(check: PageCheck) -> Facts:
    return {
        "verdict": check.verdict.value,
        "count": check.pages,
        "read_at": check.ended_at.isoformat(),
        "took_s": check.took_s,
    }


def _checked_words(check: PageCheck) -> str:
    ended = f"{check.ended_at:%Y-%m-%d %H:%M} UTC"
    if check.verdict is Verdict.DAMAGED:
        return f"damaged, {ended}; close the console, run `export-outbox`, then restore a backup"
    return f"no errors found, {ended}, {check.pages} pages in {check.took_s:g} s"


def _age(age_s: float | None) -> str:
    return "-" if age_s is None else f"{age_s / 60:.0f} min"


def _key(path: Path) -> StoreKey:
    key = find_key(path)
    if key is None:
        raise KeyUnavailable("missing")
    return key


def _print_json(value: Facts) -> None:
    print(json.dumps(value, ensure_ascii=False))


FORMAT = "edinyi-nomer outbox 2"
FORMER_FORMAT = "edinyi-nomer outbox 1"
"""Older format of the file. It has no checksum: only the number of rows is verified."""
_ABOUT_OTHERS = (Entity.MESSAGE_EVENT, Entity.STANDING)
"""Events that a workplace sends about messages of other workplaces."""


class FileProblem(StrEnum):
    """Reason why a file is rejected."""

    UNREADABLE = "unreadable"
    NOT_AN_OUTBOX = "not_an_outbox"
    CUT = "cut"
    """Rows or the last line are missing."""
    ALTERED = "altered"
    """The hash does not match the content."""
    OTHER_FILE = "other_file"
    """The file is intact, but has another hash than the one given."""
    ROW_UNFIT = "row_unfit"


class OutboxFileRefused(Exception):
    """The file is rejected; ``line`` counts from 1, 0 is the file as a whole."""

    def __init__(self, problem: FileProblem, line: int = 0) -> None:
        super().__init__(problem, line)
        self.problem = problem
        self.line = line


@dataclass(frozen=True, slots=True)
class OutboxFile:
    """Unsent rows of a workplace, in order of saving.

    ``is_proved`` is True if the file contained a matching hash. ``seq`` of a row is its line
    number.
    """

    workplace: str
    exported_at: datetime
    rows: tuple[OutboxRow, ...]
    sha256: str
    is_proved: bool


def write_outbox(path: Path, own: Station, rows: Sequence[UnsentRow], at: datetime) -> str:
    """Writes a new file with private access, synced on return; returns its hash.

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
    """Reads and verifies a file; ``sha256`` is the expected hash from the export.

    Raises OutboxFileRefused.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise OutboxFileRefused(FileProblem.UNREADABLE) from None
    # not splitlines(): texts may contain other line separators
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
    """Whether a row belongs to the workplace, or records its action on a message of another
    workplace.
    """
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
    """SHA-256 of all lines with their line feeds."""
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


def add_outbox_file_commands(
    commands: Any, add_store: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Adds ``export-outbox`` and ``import-outbox``; ``add_store`` adds ``--store``."""
    export = commands.add_parser(
        "export-outbox",
        help="export unsent records to a new file, one JSON object per line",
        description=(
            "Use it to remove a workplace that cannot send its records; import-outbox imports "
            "them into the central database. The file contains personal data and only its owner "
            "can read it. Store the printed hash separately."
        ),
    )
    export.add_argument("file", type=Path, help="new file; must not exist")
    add_store(export)
    export.add_argument("--json", action="store_true", help="print one JSON object")
    export.set_defaults(run=_export)

    load = commands.add_parser(
        "import-outbox",
        help="import a file of export-outbox into the central database, each record once",
        description=(
            "Records keep their workplace, identifiers, numbers and revisions. Records that the "
            "central database already has are not changed, so the command can be repeated. Exit "
            "codes: 0 all records are in the central database, 2 the file is invalid, 4 the "
            "central database is unavailable or rejected records."
        ),
    )
    load.add_argument("file", type=Path, help="file written by export-outbox")
    load.add_argument(
        "--dsn",
        required=True,
        help="connection string of the database owner or of the workplace in the file: libpq "
        "keywords or URI",
    )
    load.add_argument("--sha256", metavar="HEX", help="fail unless the file has this hash")
    load.add_argument("--json", action="store_true", help="print one JSON object")
    load.set_defaults(run=_import)


def _export(options: argparse.Namespace) -> int:
    key = find_key(options.store)
    if key is None:
        raise KeyUnavailable("missing")
    now = datetime.now(UTC)
    try:
        begin_export(options.store, key)
    except StoreUnavailable as error:  # a failing disk may still be readable
        print(f"warning: audit entry not written: {error_text(error)}", file=sys.stderr)
    register = RegisterReading.open_for_reading(options.store, key)
    try:
        own, rows = register.station(), register.outbox_unsent()
    finally:
        register.close_reading()
    try:
        sha256 = write_outbox(options.file, own, rows, now)
    except OSError as error:
        print(f"{options.file}: {error.strerror}", file=sys.stderr)
        return EXIT_USAGE
    if options.json:
        print(json.dumps({"workplace": own.code, "rows": len(rows), "sha256": sha256}))
    else:
        print(f"exported: {len(rows)}")
        print(f"sha256: {sha256}")
    try:
        if rows and not mark_exported(options.store, key, rows[-1].seq, now):
            print(
                "warning: the console has the local database open; close it and export again before"
                " `reset`",
                file=sys.stderr,
            )
    except StoreUnavailable as error:
        print(
            f"warning: export not recorded in the local database: {error_text(error)}",
            file=sys.stderr,
        )
    return EXIT_OK


def _import(options: argparse.Namespace) -> int:
    try:
        file = read_outbox(options.file, options.sha256)
    except OutboxFileRefused as error:
        place = f"{options.file}:{error.line}" if error.line else str(options.file)
        print(f"{place}: {_words(error.problem)}; nothing was imported", file=sys.stderr)
        return EXIT_USAGE
    if not file.is_proved:
        print(
            "warning: the file has the format of an older version without a hash; only the number"
            " of rows was verified",
            file=sys.stderr,
        )
    try:
        imported = import_rows(options.dsn, file.workplace, file.rows)
    except SyncError:
        raise
    except KNOWN_ERRORS as error:
        found = classify(error)
        reason = found.kind.value if isinstance(found, Transient) else found.code
        print(
            f"central database: {reason}; import incomplete, run the command again",
            file=sys.stderr,
        )
        return EXIT_CENTRE
    _tell(options, file.workplace, len(file.rows), imported)
    return EXIT_CENTRE if imported.refused else EXIT_OK


def _tell(options: argparse.Namespace, workplace: str, rows: int, imported: Imported) -> None:
    if options.json:
        facts = {
            "workplace": workplace,
            "rows": rows,
            "put": len(imported.put),
            "there": len(imported.there),
            "earlier": imported.earlier,
            "newer": [_name(row) for row in imported.newer],
            "refused": [{**_name(one.row), "error": one.code} for one in imported.refused],
        }
        print(json.dumps(facts))
        return
    print(
        f"workplace {workplace}: imported: {len(imported.put)}, already present:"
        f" {len(imported.there)}, earlier revisions: {imported.earlier}"
    )
    for row in imported.newer:
        print(f"skipped, the central database has a newer revision: {_row_line(row)}")
    for one in imported.refused:
        print(f"rejected: {_row_line(one.row)}: {one.code}")


def _name(row: OutboxRow) -> dict[str, Any]:
    return {"entity": row.entity.value, "id": str(row.entity_id), "rev": row.rev}


def _row_line(row: OutboxRow) -> str:
    return f"{row.entity.value} {row.entity_id} revision {row.rev}"


def _words(problem: FileProblem) -> str:
    match problem:
        case FileProblem.UNREADABLE:
            return "the file cannot be read"
        case FileProblem.NOT_AN_OUTBOX:
            return "not a file of export-outbox, or written by a newer version"
        case FileProblem.CUT:
            return "the file is truncated: rows are missing"
        case FileProblem.ALTERED:
            return "hash mismatch: the file was modified after the export"
        case FileProblem.OTHER_FILE:
            return "the file does not have the hash given with --sha256"
        case FileProblem.ROW_UNFIT:
            return "the row is not a record of this workplace"
        case _:
            assert_never(problem)
