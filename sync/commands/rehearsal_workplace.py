"""Parts of the command ``rehearse``: append-only line file, made-up calls, workplace folder.

The folder holds the database, its key, and the name and code of the workplace.
"""

from __future__ import annotations

import errno
import json
import os
import random
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.errors import KeyUnavailable, StoreInUse, StoreUnavailable, StoreUnreadable
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallResult, NewCall
from sync.register.people.operators import Operator, Role
from sync.store.central.administration import code_of_name, codes_for, make_schema_where_none
from sync.store.local.keys import StoreKey, find_key, key_file, make_key, write_key_file
from sync.store.local.register import RegisterStore

_LOOK_BYTES = 65_536  # longer than a line


class LineFile:
    """Appends lines to a file or pipe; several processes may share it.

    A line truncated by a full disk or a kill is removed.
    """

    def __init__(self, path: Path) -> None:
        """Opens or creates the file. Raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._is_pipe = path.exists() and not path.is_file()
        mode = os.O_WRONLY if self._is_pipe else os.O_RDWR
        self._descriptor = os.open(path, mode | os.O_APPEND | os.O_CREAT, 0o644)
        self._waiting = b""
        if not self._is_pipe:
            with _held(self._descriptor):
                _cut_unfinished(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)

    def add(self, line: str) -> None:
        """Queues a line of ASCII; ``flush`` writes it."""
        self._waiting += line.encode("ascii") + b"\n"

    def flush(self) -> None:
        """Writes all queued lines; after an OSError no line is written and the call may be
        repeated.
        """
        if self._is_pipe:
            while self._waiting:
                self._waiting = self._waiting[os.write(self._descriptor, self._waiting) :]
        elif self._waiting:
            with _held(self._descriptor):
                self._write_whole()
            self._waiting = b""

    def _write_whole(self) -> None:
        written = os.write(self._descriptor, self._waiting)
        if written < len(self._waiting):
            os.ftruncate(self._descriptor, os.fstat(self._descriptor).st_size - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _cut_unfinished(descriptor: int) -> None:
    size = os.fstat(descriptor).st_size
    start = max(0, size - _LOOK_BYTES)
    os.lseek(descriptor, start, os.SEEK_SET)
    end = os.read(descriptor, size - start)
    if end and not end.endswith(b"\n"):
        os.ftruncate(descriptor, start + end.rfind(b"\n") + 1)


if sys.platform == "win32":

    @contextmanager
    def _held(_descriptor: int) -> Iterator[None]:
        yield

else:
    import fcntl

    @contextmanager
    def _held(descriptor: int) -> Iterator[None]:
        """Holds an exclusive lock on the file shared with other processes."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)


OPERATOR = Operator(
    UUID("01900000-0000-7000-8000-0000000000e0"), "rehearsal", "Репетиция", Role.OPERATOR
)
CALL_ID_END = "@rehearsal.invalid"  # identifies generated calls in the view of the central database

_RESULTS = (
    CallResult.ANSWERED,
    CallResult.CONTACTS,
    CallResult.DROPPED,
    CallResult.SILENT,
    CallResult.WRONG_NUMBER,
)
_SAID = (
    "Когда вывозят мусор с улицы Пробной?",
    "Во дворе не горит фонарь.",
    "Яма на дороге у дома № 5, корп. 2.",
    "Как записать ребёнка в школу?",
    "Нет горячей воды третий день.",
    "Автобус маршрута 7 не пришёл.",
)
# Texts that survive only if every character is preserved.
_AWKWARD = (
    "«ёлочки» и \"лапки\", 'одиночные'",
    "a\\b \\N NULL %s {0} $1 --",
    "строка\nещё строка\r\n\tс отступом",
    "e\u0301 и é, \u00a0неразрывный, \u2028разделитель",
    "🚰 ☎ №",
    "  пробелы по краям  ",
    "'); DROP TABLE call_record; --",
)
_LONG_SHARE = 0.02
_LONG_REPEATS = 40


def ring(id: UUID, at: datetime) -> NewCall:
    """First ring of a generated call with the unique ``id``."""
    return NewCall(
        sip_call_id=f"{id}{CALL_ID_END}",
        direction="incoming",
        arrived_at=at,
        caller_number=f"+790055501{id.int % 100:02d}",
        caller_name="",
        dialled_line="112000",
        out_of_hours=False,
    )


def finished(draft: CallRecord, at: datetime) -> CallRecord:
    """Returns the draft completed and closed, as an operator would save it."""
    chance = _chance(draft)
    call = calls.answered(draft, draft.arrived_at + timedelta(seconds=3))
    call = calls.ended(call, draft.arrived_at + timedelta(seconds=40), "remote_hangup", 200)
    call = calls.edit(call, content=_content(draft, chance), result=chance.choice(_RESULTS))
    closed = calls.close(call, at, OPERATOR)
    if not isinstance(closed, CallRecord):
        raise TypeError(closed)
    return closed


def corrected(call: CallRecord) -> CallRecord:
    """Returns a closed call with another text, result and phone number, as an operator would
    correct it.
    """
    chance = _chance(call)
    return replace(
        call,
        content=_content(call, chance),
        result=chance.choice(_RESULTS),
        phone=f"+790055501{chance.randrange(100):02d}",
    )


def _chance(call: CallRecord) -> random.Random:
    return random.Random(f"{call.number}/{call.revision}")  # noqa: S311


def _content(call: CallRecord, chance: random.Random) -> str:
    said = f"{chance.choice(_SAID)} {chance.choice(_AWKWARD)}"
    if chance.random() < _LONG_SHARE:
        said = "\n".join([said] * _LONG_REPEATS)
    # the revision in the text makes every correction a change
    return f"{said} [{call.number}/{call.revision + 1}]"


STORE_NAME = "register.db"
WORKPLACE_NAME = "rehearsal.json"
CENTRE_WAIT_S = 8.0  # timeout for the code of a name; then a default code is used
LOCK_WAIT_S = 5.0  # a process killed a moment ago may still hold the lock
_LOOK_S = 0.1
_CODE = re.compile(r"[0-9]{4}")


class NotThisWorkplace(Exception):
    """The folder belongs to workplace ``code``, or to a real register if ``code`` is ""."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Workplace:
    """Workplace of the load test: the requested name, and the four-digit code in every registration
    number.
    """

    name: str
    code: str


def settle_workplace(folder: Path, dsn: str, name: str | None) -> Workplace:
    """Returns the permanent workplace of this folder, which is assigned on first use.

    Four digits are the code itself. For another name the central database assigns the code; if it
    is unreachable, a default code is used, which the central database rejects if it is taken.
    Without a name the workplace is new. Raises NotThisWorkplace and StoreUnavailable.
    """
    file = folder / WORKPLACE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = _read(file)
        if known is None:
            if (folder / STORE_NAME).exists():
                raise NotThisWorkplace("")  # do not mix real and generated calls
            wanted = str(uuid7()) if name is None else name
            known = Workplace(wanted, _code(dsn, wanted))
            _write(file, known)
    except OSError as error:
        raise StoreUnavailable("SQLITE_CANTOPEN") from error
    if name not in (None, known.name, known.code):
        raise NotThisWorkplace(known.code)
    return known


def open_store(folder: Path, workplace: Workplace) -> RegisterStore:
    """Opens the folder's database; creates it with a key file if missing. Raises StoreError."""
    path = folder / STORE_NAME
    key = _key(path)
    until_s = time.monotonic() + LOCK_WAIT_S
    while True:
        try:
            return RegisterStore.open(path, key, first_station=workplace.code)
        except StoreInUse:
            if time.monotonic() > until_s:
                raise
            time.sleep(_LOOK_S)


def _code(dsn: str, name: str) -> str:
    if _CODE.fullmatch(name):
        return name
    heard: list[str] = []

    def ask() -> None:
        code = code_of_name(dsn, name) if make_schema_where_none(dsn) else None
        if code is not None:
            heard.append(code)

    # a frozen server would block this thread forever
    asking = threading.Thread(target=ask, name="rehearsal-code", daemon=True)
    asking.start()
    asking.join(CENTRE_WAIT_S)
    return heard[0] if heard else next(codes_for(name))


def _key(path: Path) -> StoreKey:
    if key_file(path).exists():
        key = find_key(path)
        if key is not None:
            return key
    if path.exists():
        raise KeyUnavailable("missing")
    key = make_key()
    write_key_file(key, path)
    return key


def _read(file: Path) -> Workplace | None:
    try:
        return Workplace(**json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise StoreUnreadable("damaged") from error


def _write(file: Path, workplace: Workplace) -> None:
    """Writes the file atomically."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    with unfinished.open("w", encoding="utf-8") as stream:
        json.dump(asdict(workplace), stream)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)
