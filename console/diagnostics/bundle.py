"""The bundle of diagnostics: one ZIP of JSON and logs for whoever has to find out what is wrong."""

import json
import platform
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from console.diagnostics.scrub import names_here, scrubbed_log, scrubbed_steps
from console.diagnostics.told_settings import told_settings
from console.settings.workplace import ConsoleSettings
from sync.errors import StoreError, SyncError
from sync.store.backup import copies
from sync.store.keys import find_key
from sync.store.reading import RegisterReading
from sync.store.store_facts import file_sizes, store_facts
from telephony.findings import Check

MOST_LINES = 20_000
"""Of each log, the newest."""
PACKAGES = (
    "PySide6-Essentials", "SQLAlchemy", "G722", "keyring", "numpy", "pasimple", "psycopg2-binary",
    "pulsectl", "pylibsrtp", "pyVoIP", "sounddevice", "soundfile", "sqlcipher3-wheels",
)  # fmt: skip
# The steps that tell how the phone and the program stand.
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
    """Write the bundle and return its path; blocks for a second or two, any thread, OSError.

    ``register`` is the store as it is open here; None opens it for reading. ``live`` is what the
    window shows at this moment, None where there is no window.
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
    """Schema, counts and integrity, or the name of what kept them from being read."""
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
        "feed": {"read_at": facts.feed.read_at, "held_since": facts.feed.held_since},
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
    yield "log/milestones.jsonl", scrubbed_steps(_last_lines(logs / "milestones.jsonl"), names)


def _last_lines(file: Path) -> tuple[str, ...]:
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            return tuple(deque(stream, MOST_LINES))
    except OSError:
        return ()


def _health(settings: ConsoleSettings) -> dict[str, object]:
    """The newest of each step that tells how the phone stands, and the last check of it."""
    last: dict[str, Any] = {}
    checks: dict[str, Any] = {}
    lines = _last_lines(settings.log_directory / "milestones.jsonl")
    for line in scrubbed_steps(lines, names_here(settings.data_directory)):
        step = json.loads(line)
        if step.get("step") in _HEALTH_STEPS:
            last[step["step"]] = step
        elif step.get("step") == "phone_checked":
            if step.get("check") == Check.REGISTRATION.value:
                checks = {}  # it is the first of every check
            checks[str(step.get("check"))] = step
    return {"last": last, "last_check": checks}
