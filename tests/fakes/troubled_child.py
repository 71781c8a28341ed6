"""A process whose disk stops accepting records while it saves them, and accepts them again.

``python -m tests.fakes.troubled_child FOLDER TROUBLE [--believes]`` prints one JSON object.
TROUBLE: ``full`` fills the file system of FOLDER, which must be a small separate one; ``limit``
limits the file size of this process; ``locked`` holds the store by another connection;
``read_only`` opens a store of a read-only file system. ``--believes`` treats each request as
acknowledged, as a console would that does not wait for the commit: it proves that the count of
false acknowledgements works.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from sync.errors import StoreUnavailable
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.store.local.engine import file_engine
from sync.store.local.keys import StoreKey, make_key
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, new_call

WAIT_S = 30
BLOCK = bytes(4096)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("trouble", choices=("full", "limit", "locked", "read_only"))
    parser.add_argument("--believes", action="store_true")
    options = parser.parse_args()
    path, key = options.folder / "register.db", make_key()
    facts = (
        _read_only(path, key)
        if options.trouble == "read_only"
        else _troubled(path, key, options.trouble, options.believes)
    )
    print(json.dumps(facts))  # noqa: T201


def _troubled(path: Path, key: StoreKey, trouble: str, believes: bool) -> dict[str, object]:
    store = RegisterStore.open(path, key)
    told_states: list[str | None] = []
    store.on_trouble(lambda error: told_states.append(error.code if error else None))
    store.station()  # a reader is always open, as in the console
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    told = {card.id: card}
    refused = []
    troubles: dict[str, Callable[[], AbstractContextManager[None]]] = {
        "full": lambda: _full(path.parent),
        "limit": _limited,
        "locked": lambda: _locked(path, key),
    }
    with troubles[trouble]():
        # Writes to a held store block for five seconds each.
        for size in (50_000,) if trouble == "locked" else (50_000, 400_000):
            typed = calls.edit(card, content="Я" * size)
            future = store.save_draft(typed)
            if believes:
                told[card.id] = typed
            error = future.exception(WAIT_S)
            if isinstance(error, StoreUnavailable):
                refused.append(error.code)
        if trouble == "full":  # such a small write may still fit
            store.try_disk().exception(WAIT_S)
        told_within = list(told_states)
        readable = store.call(card.id) is not None
    store.try_disk().result(WAIT_S)
    false_words = _false_words(store, told)
    saved = store.save_draft(calls.edit(card, content="Я" * 50_000)).result(WAIT_S)
    assert store.close_store()
    again = RegisterStore.open(path, key)
    again.check()  # every page
    is_kept = again.call(card.id) == saved
    assert again.close_store()
    return {
        "refused": refused,
        "readable": readable,
        "false_words": false_words,
        "kept_after": is_kept,
        "told_within": told_within,
        "told": told_states,
    }


def _false_words(store: RegisterStore, told: dict[UUID, CallRecord]) -> int:
    """Returns the number of acknowledged records that differ in the store."""
    stored = {card.id: card for card in store.drafts()}
    return sum(
        id not in stored or replace(stored[id], revision=0) != replace(card, revision=0)
        for id, card in told.items()
    )


@contextmanager
def _full(folder: Path) -> Iterator[None]:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(BLOCK)
        except OSError:
            pass  # the disk is full
    yield
    filler.unlink()


@contextmanager
def _limited() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(BLOCK), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def _locked(path: Path, key: StoreKey) -> Iterator[None]:
    engine = file_engine(path, key)
    with engine.begin():
        yield
    engine.dispose()


def _read_only(path: Path, key: StoreKey) -> dict[str, object]:
    assert RegisterStore.open(path, key).close_store()
    _remount(path.parent, "ro")
    try:
        RegisterStore.open(path, key)
    except StoreUnavailable as error:
        refused = error.code
    _remount(path.parent, "rw")
    store = RegisterStore.open(path, key)
    assert store.close_store()
    return {"refused": refused}


def _remount(folder: Path, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", str(folder)], check=True)


if __name__ == "__main__":
    main()
