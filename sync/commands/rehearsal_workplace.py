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

_LOOK_BYTES = 65_536  # more than a line


class LineFile:
    """Lines added to the end of a file, or to a pipe; several processes may share it.

    Of a line that a full disk or a kill cut short nothing stays.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises OSError."""
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
        """Take one more line of ASCII; ``flush`` writes it."""
        self._waiting += line.encode("ascii") + b"\n"

    def flush(self) -> None:
        """Return when all lines are written; after an OSError none is, and it may be repeated."""
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
        """While nobody else who shares the file is in the middle of a line."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)


OPERATOR = Operator(
    UUID("01900000-0000-7000-8000-0000000000e0"), "rehearsal", "Репетиция", Role.OPERATOR
)
CALL_ID_END = "@rehearsal.invalid"  # the centre's view knows made-up calls by it

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
# What is told apart only by a way that keeps every sign of a text.
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
    """The first ring of a made-up call; ``id`` is this call's alone."""
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
    """The draft filled in and closed, as an operator leaves it."""
    chance = _chance(draft)
    call = calls.answered(draft, draft.arrived_at + timedelta(seconds=3))
    call = calls.ended(call, draft.arrived_at + timedelta(seconds=40), "remote_hangup", 200)
    call = calls.edit(call, content=_content(draft, chance), result=chance.choice(_RESULTS))
    closed = calls.close(call, at, OPERATOR)
    if not isinstance(closed, CallRecord):
        raise TypeError(closed)
    return closed


def corrected(call: CallRecord) -> CallRecord:
    """The closed call with other words, result and phone, as a correction leaves it."""
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
    # the revision in words makes every correction a change
    return f"{said} [{call.number}/{call.revision + 1}]"


STORE_NAME = "register.db"
WORKPLACE_NAME = "rehearsal.json"
CENTRE_WAIT_S = 8.0  # for the code of a name; after it the workplace begins without the centre
LOCK_WAIT_S = 5.0  # a process killed a moment ago may still be going
_LOOK_S = 0.1
_CODE = re.compile(r"[0-9]{4}")


class NotThisWorkplace(Exception):
    """The folder is another workplace's, or no rehearsal's at all; ``code`` is its code, or ""."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Workplace:
    """The name that was asked for, and the four digits in every number."""

    name: str
    code: str


def settle_workplace(folder: Path, dsn: str, name: str | None) -> Workplace:
    """The workplace of this folder, settled once for as long as the folder lasts.

    Four digits are the code itself. Of another name the centre keeps the code; where it cannot
    be asked, the likeliest one is taken, and the centre refuses it if it is another's. Without a
    name it is a new workplace. Raises NotThisWorkplace and StoreUnavailable.
    """
    file = folder / WORKPLACE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = _read(file)
        if known is None:
            if (folder / STORE_NAME).exists():
                raise NotThisWorkplace("")  # real calls are not to be mixed with made-up ones
            wanted = str(uuid7()) if name is None else name
            known = Workplace(wanted, _code(dsn, wanted))
            _write(file, known)
    except OSError as error:
        raise StoreUnavailable("SQLITE_CANTOPEN") from error
    if name not in (None, known.name, known.code):
        raise NotThisWorkplace(known.code)
    return known


def open_store(folder: Path, workplace: Workplace) -> RegisterStore:
    """The store of this folder, made with a key file where there is none; raises StoreError."""
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

    # a frozen server would hold this thread for ever
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
    """Whole or not at all, whenever the process is killed."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    with unfinished.open("w", encoding="utf-8") as stream:
        json.dump(asdict(workplace), stream)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(file)
