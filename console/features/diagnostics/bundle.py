"""Support bundle as a ZIP file: redacted logs and settings, health, and command-line entry point.

Log lines of other libraries and tracebacks may contain personal data; of these, the bundle has only
their location and type. Blocks; call on a worker thread.
"""

import argparse
import json
import os
import platform
import re
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from getpass import getuser
from importlib import metadata
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from console.core.milestones import former_file
from console.core.settings.file import SettingsProblem, default_settings_file, read_settings
from console.core.settings.workplace import ConsoleSettings
from sync.errors import StoreError, SyncError
from sync.store.local.administration import file_sizes, store_facts
from sync.store.local.backup import copies
from sync.store.local.keys import find_key
from sync.store.local.reading import RegisterReading
from telephony.findings import Check

OWN = ("console", "telephony", "kb", "sync")
LONGEST_CODE = 80
"""Maximum length of a code in a milestone, in characters."""
LARGEST_COUNT = 9_999
"""Largest number included from a milestone: five digits may be a phone number in a small town."""
SHORTEST_NAME = 3
"""Minimum length of a login or folder name that is removed from texts, in characters."""

_LINE = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?P<level>[A-Z]+) (?P<name>[\w.]+) ?(?P<text>.*)"
)
_PLACE = re.compile(r'\s*File "(?P<file>[^"]*)", line (?P<line>\d+)(?:,)? in (?P<where>[\w<>.]+)')
_ERROR = re.compile(r"(?P<kind>(?:\w+\.)*\w*(?:Error|Exception|Warning|Interrupt))(?::.*)?")
_FAULT = re.compile(
    r"(?:Fatal Python error: [\w ]+|(?:Current t|T)hread 0x[0-9a-f]+.*|<no Python.*)"
)
_SECRET = re.compile(
    r"(?P<key>\b\w*(?:password|passwd|pwd|user|username|login)['\"]?\s*[=:]\s*)"
    r"(?:'[^']*'|\"[^\"]*\"|[^\s'\"]+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+")
# Folder and file names may consist of several words. For the last component, the pattern accepts
# one word, several words up to a suffix, or two words directly below the folder of all users.
_WORD = r"[^\s/\\:'\"]+"
_PATH = re.compile(
    rf"…?(?:[A-Za-z]:)?(?:[/\\]+{_WORD}(?: {_WORD}){{0,3}}(?=[/\\]))*[/\\]+"
    rf"(?P<name>{_WORD}(?: {_WORD}){{0,3}}\.[A-Za-z]\w{{0,4}}\b|{_WORD}(?: [A-Z][a-z]+\b)*)"
)
_OWN_FILE = re.compile(
    r"\w+\.pyi?|(?:register|directory|central|people)\.db(?:-wal|-shm|-journal)?"
    r"|places\.json|results\.jsonl|(?:milestones\.jsonl|(?:console|phone|fault)\.log)(?:\.\d)?"
    r"|console\.(?:toml|lock)|phone\.(?:sock|lock)|added_words\.txt"
)
# Numbers that identify no person: network addresses, memory addresses, and ids. Ids contain letters
# and, unless they are UUIDs, no run of digits as long as a phone number.
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_MACHINE = re.compile(
    rf"(?<![\w.+])(?<!\d[\s()\-–—/])(?:{_OCTET}\.){{3}}{_OCTET}(?::\d{{1,5}})?(?![:.]?\w)"
    r"|(?<!\w)0x[0-9a-f]{8,16}(?!\w)"
    r"|(?<![\w\-])(?=[\d\-]*[a-f])(?:(?!\w*\d{10})[0-9a-f]{16,}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})(?![\w\-])"
)
_BETWEEN = r"[\s()\-.‑–—/_]{0,3}"
_NUMBER = re.compile(rf"(?P<port>(?<=:)\d{{1,5}}(?!{_BETWEEN}\d))|\+?\d(?:{_BETWEEN}\d){{4,}}")
_NOT_LATIN = re.compile(r"[^\W\d_a-zA-Z]+(?:[\s\-.]+[^\W\d_a-zA-Z]+)*")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?(?:\+\d\d:\d\d)?")
_STEP = re.compile(r"[a-z_]{1,40}")
_CALL = re.compile(r"(?:[0-9a-f]{12})?")  # a digest: see Milestones
_CODE = re.compile(r"[a-z\d_.:+\-]*", re.ASCII)
_FORMS = {"at": _AT, "step": _STEP, "call": _CALL}
_OF_SEVERAL = ("hits", "keys", "kinds")


def names_here(data_directory: Path) -> tuple[str, ...]:
    """Names that identify the user of this computer: folders and login, longest first."""
    names = {str(Path.home()), str(data_directory.absolute())}
    try:
        names.add(getuser())
    except (OSError, KeyError, ImportError):  # an account without a login name
        names.add(Path.home().name)
    names |= {name.replace("\\", "\\\\") for name in names}  # as escaped by a library
    return tuple(sorted((n for n in names if len(n) >= SHORTEST_NAME), key=len, reverse=True))


def without_people(text: str, names: Sequence[str] = ()) -> str:
    """Replaces local names, addresses, folders, long numbers and non-Latin text in a line.

    A number is long from five digits. The product logs in English, so text in another alphabet was
    entered by a user. ``names`` is the result of ``names_here``.
    """
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text, flags=re.IGNORECASE)
    text = _SECRET.sub(r"\g<key><secret>", text)
    text = _ADDRESS.sub("<address>", text)
    text = _PATH.sub(_file_name, text)
    text = _without_numbers(text)
    return _NOT_LATIN.sub("<text>", text)


def _file_name(found: re.Match[str]) -> str:
    """Returns the file name if it belongs to the product; other names may identify a person."""
    name = found["name"].rstrip(".,;)")
    return f"…/{name}" if _OWN_FILE.fullmatch(name) else "…"


def _without_numbers(text: str) -> str:
    told, end = "", 0
    for kept in _MACHINE.finditer(text):
        told += _NUMBER.sub(_port, text[end : kept.start()]) + kept.group()
        end = kept.end()
    return told + _NUMBER.sub(_port, text[end:])


def _port(found: re.Match[str]) -> str:
    return found["port"] or "<number>"


def scrubbed_log(lines: Iterable[str], names: Sequence[str] = ()) -> Iterator[str]:
    """Redacts lines of a log or of a crash dump; ``lines`` are without line ends.

    ``names`` is the result of ``names_here``.
    """
    left_out = 0
    for line in lines:
        told = _told(line.rstrip("\r\n"), names)
        if told is None:
            left_out += 1
        else:
            yield told
    if left_out:
        yield f"({left_out} lines of another form are left out)"


def _told(line: str, names: Sequence[str]) -> str | None:
    if found := _LINE.fullmatch(line):
        head = f"{found['at']} {found['level']} {found['name']}"
        is_own = found["name"].partition(".")[0] in OWN
        return f"{head} {without_people(found['text'], names)}" if is_own else head
    if found := _PLACE.fullmatch(line):
        where = without_people(found["where"], names)
        file = without_people(found["file"], names)
        return f'  File "{file}", line {found["line"]}, in {where}'
    if _FAULT.fullmatch(line):
        return without_people(line, names)
    if found := _ERROR.fullmatch(line):
        return without_people(found["kind"], names)
    return None


def scrubbed_steps(lines: Iterable[str], names: Sequence[str] = ()) -> Iterator[str]:
    """Redacts milestones to codes and counts; file names, which users choose, are removed.

    ``lines`` are JSON objects; invalid lines are left out. ``names`` is the result of
    ``names_here``.
    """
    for line in lines:
        try:
            step = json.loads(line)
        except ValueError:
            continue
        if isinstance(step, dict):
            kept = {key: value for key, value in step.items() if _is_code(key, value, names)}
            yield json.dumps(kept, ensure_ascii=False)


def _is_code(key: str, value: object, names: Sequence[str]) -> bool:
    """Whether a detail of a milestone cannot identify a person: a lower-case code or a count."""
    if key == "file":
        return False
    if isinstance(value, str):
        form = _FORMS.get(key)
        if form is not None:
            return form.fullmatch(value) is not None
        words = value.split(" ") if key in _OF_SEVERAL else [value]
        return (
            len(value) <= LONGEST_CODE
            and all(_CODE.fullmatch(word) for word in words)
            and without_people(value, names) == value
        )
    return isinstance(value, bool) or (isinstance(value, int) and abs(value) <= LARGEST_COUNT)


# Settings whose texts the product defines or that name a server. Of all other texts, the bundle
# only includes whether they are set.
_TOLD = frozenset(
    {
        "codecs",
        "driver",
        "line_closes",
        "line_days",
        "line_opens",
        "listen_host",
        "port",
        "security",
        "server",
        "srtp",
        "theme",
        "transport",
        "workplace",
    }
)
GIVEN = "given"


def told_settings(settings: ConsoleSettings) -> dict[str, object]:
    """Returns every setting by name: its value or, if it may be personal, whether it is set."""
    return {
        each.name: _printable(each.name, getattr(settings, each.name)) for each in fields(settings)
    }


def _printable(name: str, value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: _printable(each.name, getattr(value, each.name)) for each in fields(value)
        }
    if value is None or isinstance(value, bool | int | float):
        return value
    if name in _TOLD:
        return list(value) if isinstance(value, tuple) else value
    if isinstance(value, tuple):
        return len(value)
    return GIVEN if value else ""


MOST_LINES = 20_000
"""Maximum number of lines of each log; the latest lines are included."""
PACKAGES = (
    "PySide6-Essentials", "SQLAlchemy", "G722", "keyring", "numpy", "pasimple", "psycopg2-binary",
    "pulsectl", "pylibsrtp", "pyVoIP", "sounddevice", "soundfile", "sqlcipher3-wheels",
)  # fmt: skip
# Milestones that show the health of phone and application.
_HEALTH_STEPS = (
    "started",
    "phone_connected",
    "phone_lost",
    "registered",
    "registration_lost",
    "presence_told",
    "alarm_sounded",
)

Read = Callable[[], RegisterReading]


def write_bundle(
    file: Path,
    settings: ConsoleSettings,
    at: datetime,
    *,
    register: RegisterReading | None = None,
    live: Mapping[str, object] | None = None,
) -> Path:
    """Writes the support bundle and returns its path. Thread-safe.

    Blocks; call on a worker thread. Takes up to two seconds and raises OSError. ``register`` is the
    open store; if None, the store is opened for reading. ``live`` is the current state of the
    window, None without a window.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(file.name + ".new")
    try:
        with ZipFile(fresh, "w", ZIP_DEFLATED) as bundle:
            for name, facts in (
                ("about.json", _about(at)),
                ("settings.json", told_settings(settings)),
                ("stores.json", _stores(settings, register)),
                ("health.json", {"window": live, "log": _health(settings)}),
            ):
                bundle.writestr(name, json.dumps(facts, ensure_ascii=False, indent=2, default=str))
            for name, lines in _logs(settings):
                bundle.writestr(name, "".join(f"{line}\n" for line in lines))
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return file


def _about(at: datetime) -> dict[str, object]:
    return {
        "made_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "local_time": datetime.now().astimezone().isoformat(timespec="seconds"),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _stores(settings: ConsoleSettings, register: RegisterReading | None) -> dict[str, object]:
    disk = shutil.disk_usage(settings.data_directory)
    return {
        "register": {
            "bytes": file_sizes(settings.register_file),
            "facts": _register_facts(settings, register),
        },
        "directory": {"bytes": file_sizes(settings.directory_file)},
        "disk": {"total_bytes": disk.total, "free_bytes": disk.free},
        "backup": _backups(settings),
    }


def _register_facts(
    settings: ConsoleSettings, register: RegisterReading | None
) -> dict[str, object]:
    """Returns schema, counts and integrity of the register, or the reason why it is unreadable."""
    opened: RegisterReading | None = None
    try:
        if register is None:
            key = find_key(settings.register_file)
            if key is None:
                return {"unread": "no key"}
            register = opened = RegisterReading.open_for_reading(settings.register_file, key)
        facts = store_facts(register, settings.register_file)
    except (StoreError, SyncError) as error:
        return {"unread": type(error).__name__, "code": str(getattr(error, "code", ""))}
    finally:
        if opened is not None:
            opened.close_reading()
    pages = facts.last_pages
    return {
        "schema": facts.schema,
        "station": facts.station,
        "made_at": facts.made_at.isoformat(),
        "rows": dict(facts.rows),
        "outbox": {
            "waiting": facts.outbox.waiting,
            "oldest_at": facts.outbox.oldest_at,
            "refused": dict(facts.refused),
        },
        "feed": {
            "read_at": facts.feed.read_at,
            "held_since": facts.feed.held_since,
            "set_aside": {feed.value: count for feed, count in facts.aside.items()},
        },
        "last_reading_of_all_pages": None
        if pages is None
        else {"verdict": pages.verdict.value, "pages": pages.pages, "ended_at": pages.ended_at},
    }


def _backups(settings: ConsoleSettings) -> dict[str, object]:
    if not settings.backup.directory:
        return {"set": False}
    folder = Path(settings.backup.directory)
    if not folder.is_dir():
        return {"set": True, "reached": False}
    found = copies(folder)
    newest = max((copy.taken_at for copy in found), default=None)
    free = shutil.disk_usage(folder).free
    return {
        "set": True,
        "reached": True,
        "copies": len(found),
        "newest": newest,
        "free_bytes": free,
    }


def _logs(settings: ConsoleSettings) -> Iterator[tuple[str, Iterable[str]]]:
    logs, names = settings.log_directory, names_here(settings.data_directory)
    for file in sorted(logs.glob("console.log*")):
        yield f"log/{file.name}", scrubbed_log(_last_lines(file), names)
    for file in (logs / "fault.log", settings.runtime_directory / "phone.log"):
        yield f"log/{file.name}", scrubbed_log(_last_lines(file), names)
    yield "log/milestones.jsonl", scrubbed_steps(_last_steps(logs), names)


def _last_steps(logs: Path) -> tuple[str, ...]:
    file = logs / "milestones.jsonl"
    return _last_lines(former_file(file), file)


def _last_lines(*files: Path) -> tuple[str, ...]:
    """Returns the last ``MOST_LINES`` lines of these files, oldest file first."""
    lines: deque[str] = deque(maxlen=MOST_LINES)
    for file in files:
        with suppress(OSError), file.open(encoding="utf-8", errors="replace") as stream:
            lines.extend(stream)
    return tuple(lines)


def _health(settings: ConsoleSettings) -> dict[str, object]:
    """Returns the latest milestone of each health type, and the results of the last phone check."""
    last: dict[str, Any] = {}
    checks: dict[str, Any] = {}
    lines = _last_steps(settings.log_directory)
    for line in scrubbed_steps(lines, names_here(settings.data_directory)):
        step = json.loads(line)
        if step.get("step") in _HEALTH_STEPS:
            last[step["step"]] = step
        elif step.get("step") == "phone_checked":
            if step.get("check") == Check.REGISTRATION.value:
                checks = {}  # every check starts with this milestone
            checks[str(step.get("check"))] = step
    return {"last": last, "last_check": checks}


EXIT_OK, EXIT_USAGE, EXIT_NOT_WRITTEN = 0, 2, 3


def run(words: Sequence[str]) -> int:
    """Writes the support bundle from the command line; returns the exit code.

    0: written. 2: invalid settings. 3: the file could not be written.
    """
    parser = argparse.ArgumentParser(
        prog="operator-console diagnostics",
        description=(
            "Write a support bundle: a ZIP file with versions, settings without secrets, logs, "
            "health and database states. It contains no names, phone numbers, e-mail addresses or "
            "texts of messages and calls."
        ),
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE.zip", help="file to create"
    )
    parser.add_argument(
        "--settings", type=Path, default=default_settings_file(), help="settings file (TOML)"
    )
    parser.add_argument("--data", type=Path, help="folder of databases and logs")
    options = parser.parse_args(words)
    try:
        settings = read_settings(options.settings, os.environ, options.data)
    except SettingsProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return EXIT_USAGE
    try:
        write_bundle(options.out, settings, datetime.now(UTC))
    except OSError as error:
        sys.stderr.write(f"{options.out}: {error.strerror}\n")
        return EXIT_NOT_WRITTEN
    sys.stdout.write(f"{options.out}\n")
    return EXIT_OK
