"""Commands ``erase-person``, ``export-person`` and ``end-terms`` for personal data.

Each exists for the local database and, under ``central``, for the central one. ``end-terms``
applies the retention periods.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from uuid_utils.compat import uuid7

from sync.commands.directory_files import LineProblem, read_directory
from sync.commands.person_documents import CITY_ZONE, Act, PersonDocuments, keys_of
from sync.errors import KeyUnavailable
from sync.records.feed_values import DocumentEntity
from sync.register.people.name_reading import split_name
from sync.register.people.persons import FoundRecord, PersonQuery
from sync.register.people.phones import canonical_phone
from sync.register.people.values import canonical_email, email_problem
from sync.store.central.administration import earlier_clock
from sync.store.central.persons import CentralPersons, end_central_terms
from sync.store.central.shared_documents import SharedDocument, newest_documents, titles_of
from sync.store.local.calls.recordings import SoundFiles
from sync.store.local.keys import find_key
from sync.store.local.people.persons import LocalPersons, Persons
from sync.store.local.people.retention import Terms, TermsPassed, end_terms, term_days
from sync.store.local.register import RegisterStore

EXIT_OK = 0
EXIT_NOT_FOUND = 1
EXIT_USAGE = 2

AddStore = Callable[[argparse.ArgumentParser], None]
Opened = Callable[[argparse.Namespace], AbstractContextManager[Persons]]
Titles = Callable[[argparse.Namespace], Mapping[str, str] | LineProblem]
"""Function that returns directory titles by key, or the problem of the file with the titles."""


def add_commands(commands: Any, central_commands: Any, add_store: AddStore) -> None:
    """Adds ``erase-person``, ``export-person`` and ``end-terms``, local and under ``central``."""
    for parent, add_place, opened, titles in (
        (commands, add_store, _local, _titles_of_file),
        (central_commands, _add_dsn, _central, _titles_of_centre),
    ):
        _add_erase(parent, add_place, opened)
        _add_export(parent, add_place, opened, titles)
    told = "erase personal data whose retention period has ended"
    local = _command(commands, "end-terms", _end_local_terms, told)
    add_store(local)
    local.add_argument(
        "--calls-days",
        type=term_days,
        default=0,
        metavar="N",
        help="retention period of calls (0: no limit)",
    )
    local.add_argument(
        "--messages-days",
        type=term_days,
        default=0,
        metavar="N",
        help="retention period of messages (0: no limit)",
    )
    local.add_argument(
        "--synced-days",
        type=term_days,
        default=0,
        metavar="N",
        help="with a central database: retention period of records stored there, instead of the "
        "two other options",
    )
    local.add_argument(
        "--notes-days",
        type=term_days,
        default=0,
        metavar="N",
        help="retention period of notes in shift handover reports (0: no limit)",
    )
    central = _command(central_commands, "end-terms", _end_central_terms, told)
    _add_dsn(central)
    central.add_argument(
        "--calls-days",
        type=term_days,
        default=0,
        metavar="N",
        help="retention period of calls (0: no limit)",
    )
    central.add_argument(
        "--messages-days",
        type=term_days,
        default=0,
        metavar="N",
        help="retention period of messages (0: no limit)",
    )


def _add_erase(parent: Any, add_place: AddStore, opened: Opened) -> None:
    erase = _command(
        parent,
        "erase-person",
        lambda options: _erase(options, opened),
        "erase the data of a person; writes an erasure report and a log extract",
        "Numbers, topics, results and deadlines are kept for statistics. A message that is still "
        "in progress is not changed; the report lists it.",
    )
    _add_person(erase, add_place, opened)
    erase.add_argument(
        "--reason", required=True, help="reason of the erasure (request or order), for the report"
    )
    erase.add_argument("--organisation", default="", help="data controller, for the report")
    erase.add_argument(
        "--dry-run", action="store_true", help="show what would be erased and change nothing"
    )
    if opened is _local:
        erase.add_argument(
            "--recordings",
            type=Path,
            metavar="FOLDER",
            help="folder of the call recordings; without it the console deletes the files within "
            "an hour, if the folder is configured there",
        )


def _add_export(parent: Any, add_place: AddStore, opened: Opened, titles: Titles) -> None:
    export = _command(
        parent,
        "export-person",
        lambda options: _export(options, opened, titles),
        "export all data of a person as JSON and text, with the files",
    )
    _add_person(export, add_place, opened)
    if opened is _local:
        export.add_argument(
            "--directory",
            type=Path,
            required=True,
            metavar="FILE",
            help="directory entries written by `python -m kb export FILE.jsonl`, for the titles of "
            "topics, categories and authorities",
        )


def _add_person(parser: argparse.ArgumentParser, add_place: AddStore, opened: Opened) -> None:
    add_place(parser)
    if opened is _local:
        parser.add_argument(
            "--sheet",
            action="append",
            default=[],
            metavar='"DD.MM.YYYY HH:MM"',
            help="shift handover report with a note about the person, by the time of signing; "
            "notes with the phone, the name or the number of a record are found automatically",
        )
    parser.add_argument("--phone", help="phone number in any usual notation")
    parser.add_argument("--email", help="e-mail address")
    parser.add_argument(
        "--name",
        help="surname, given name, patronymic; with --phone or --email, excludes records with "
        "another name; otherwise finds all records with this name",
    )
    parser.add_argument("--folder", type=Path, required=True, help="output folder")
    parser.add_argument(
        "--by", required=True, help="name of the person who runs the command, for the report"
    )


def _add_dsn(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dsn",
        required=True,
        help="connection string of the database owner: libpq keywords or URI",
    )


def _command(
    parent: Any,
    name: str,
    run: Callable[[argparse.Namespace], int],
    told: str,
    further: str = "",
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parent.add_parser(
        name, help=told, description=f"{told[0].upper()}{told[1:]}. {further}".strip()
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)
    return parser


# --- databases --------------------------------------------------------------------------------


@contextmanager
def _local(options: argparse.Namespace) -> Iterator[Persons]:
    with _opened_store(options) as store:
        yield LocalPersons(store, SoundFiles(getattr(options, "recordings", None)))


@contextmanager
def _central(options: argparse.Namespace) -> Iterator[Persons]:
    yield CentralPersons(options.dsn)


@contextmanager
def _opened_store(options: argparse.Namespace) -> Iterator[RegisterStore]:
    key = find_key(options.store)
    if key is None:
        raise KeyUnavailable("missing")
    store = RegisterStore.open(options.store, key)
    try:
        yield store
    finally:
        store.close_store()


def _titles_of_file(options: argparse.Namespace) -> Mapping[str, str] | LineProblem:
    found = read_directory(options.directory)
    for one in found:
        if isinstance(one, LineProblem):
            return one
    return titles_of(one for one in found if isinstance(one, SharedDocument))


def _titles_of_centre(options: argparse.Namespace) -> Mapping[str, str]:
    return titles_of(newest_documents(options.dsn, DocumentEntity.ENTRY))


# --- commands ---------------------------------------------------------------------------------


def _erase(options: argparse.Namespace, opened: Opened) -> int:
    query = _query(options)
    if isinstance(query, str):
        return _wrong(query)
    act = Act(
        uuid7(),
        datetime.now(UTC),
        query,
        options.by,
        options.reason,
        options.organisation,
        is_central=opened is _central,
    )
    papers = PersonDocuments()
    written: tuple[Path, ...] = ()

    def on_paper(found: Sequence[FoundRecord]) -> None:
        nonlocal written
        written = papers.write_act(act, found, options.folder)

    try:
        with opened(options) as persons:
            if options.dry_run:
                return _tell(options, persons.find(query), ())
            found = persons.erase(query, act.id, act.at, on_paper)
    except OSError as error:
        return _unwritable(options.folder, error)
    except BaseException:
        if written:
            shutil.rmtree(written[0].parent)  # the erasure that this file documents has failed
        raise
    return _tell(options, found, written)


def _export(options: argparse.Namespace, opened: Opened, titles: Titles) -> int:
    query = _query(options)
    if isinstance(query, str):
        return _wrong(query)
    named = titles(options)
    if isinstance(named, LineProblem):
        return _wrong(f"{named.file}:{named.line}: {named.code}")
    act = Act(uuid7(), datetime.now(UTC), query, options.by)
    try:
        with opened(options) as persons:
            copies = persons.copy(query, act.id, act.at)
            papers = PersonDocuments(titles=named)
            written = papers.write_copy(act, copies, options.folder)
    except OSError as error:
        return _unwritable(options.folder, error)
    if unnamed := sorted(keys_of(copies) - set(named)):
        print(f"warning: not in the directory: {', '.join(unnamed)}", file=sys.stderr)
    return _tell(options, tuple(copy.found for copy in copies), written)


def _end_local_terms(options: argparse.Namespace) -> int:
    terms = Terms(
        options.calls_days, options.messages_days, options.synced_days, options.notes_days
    )
    with _opened_store(options) as store:
        passed = end_terms(store, terms, datetime.now(UTC), has_central=terms.synced_days > 0)
    return _tell_terms(options, passed)


def _end_central_terms(options: argparse.Namespace) -> int:
    terms = Terms(options.calls_days, options.messages_days)
    at = earlier_clock(options.dsn, datetime.now(UTC))
    return _tell_terms(options, end_central_terms(options.dsn, terms, at))


def _query(options: argparse.Namespace) -> PersonQuery | str:
    """Returns the query for the person, or an error text if the options are invalid."""
    phone = None if options.phone is None else canonical_phone(options.phone, "")
    if options.phone is not None and phone is None:
        return "invalid phone number: include the area code"
    if options.email is not None and email_problem(options.email) is not None:
        return "invalid e-mail address"
    email = None if options.email is None else canonical_email(options.email)
    name = None if options.name is None else split_name(options.name)
    try:
        sheets = frozenset(map(_minute, getattr(options, "sheet", ())))
    except ValueError:
        return "invalid time of a shift handover report: expected DD.MM.YYYY HH:MM"
    query = PersonQuery(phone, email, None if name is None or name.is_empty else name, sheets)
    return "specify --phone, --email or --name" if query.is_empty else query


def _minute(text: str) -> datetime:
    return datetime.strptime(text.strip(), "%d.%m.%Y %H:%M").replace(tzinfo=CITY_ZONE)


def _tell(
    options: argparse.Namespace, found: Sequence[FoundRecord], written: Sequence[Path]
) -> int:
    chosen = [record for record in found if record.left is None]
    if options.json:
        told = {
            "records": [_plain(record) for record in found],
            "files": [str(file) for file in written],
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        for record in found:
            why = "" if record.left is None else f", not erased: {record.left.value}"
            kinds = ", ".join(record.categories)
            print(f"{record.kind.value} {record.number or record.id}: {kinds}{why}")
            for sound in record.sounds:
                fate = "" if sound.fate is None else f": {sound.fate.value}"
                print(f"  recording {sound.file}{fate}")
        for file in written:
            print(file)
        if not found:
            print("no data of this person found", file=sys.stderr)
    return EXIT_OK if chosen else EXIT_NOT_FOUND


def _plain(record: FoundRecord) -> dict[str, Any]:
    return {
        "kind": record.kind.value,
        "id": str(record.id),
        "number": record.number,
        "categories": [category.value for category in record.categories],
        "left": None if record.left is None else record.left.value,
        "sounds": [
            {"file": sound.file, "fate": None if sound.fate is None else sound.fate.value}
            for sound in record.sounds
        ],
    }


def _tell_terms(options: argparse.Namespace, passed: TermsPassed) -> int:
    if options.json:
        print(json.dumps(asdict(passed)))
    else:
        print(", ".join(f"{kind}: {count}" for kind, count in asdict(passed).items()))
    return EXIT_OK


def _wrong(problem: str) -> int:
    print(problem, file=sys.stderr)
    return EXIT_USAGE


def _unwritable(folder: Path, error: OSError) -> int:
    print(f"{folder}: {error.strerror}; nothing was changed", file=sys.stderr)
    return EXIT_USAGE
