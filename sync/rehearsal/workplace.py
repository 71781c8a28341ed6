"""The folder of a rehearsal: its store, the key beside it, and which workplace it plays."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from uuid_utils.compat import uuid7

from sync.errors import KeyUnavailable, StoreInUse, StoreUnavailable, StoreUnreadable
from sync.store.central_rehearsal import code_of_name, codes_for, make_schema_where_none
from sync.store.keys import StoreKey, find_key, key_file, make_key, write_key_file
from sync.store.register import RegisterStore

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
