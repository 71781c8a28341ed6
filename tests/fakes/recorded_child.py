"""A process that saves calls while every write and sync below its store is recorded.

``python -m tests.fakes.recorded_child STORE RECORD COUNT [--plain] [--synchronous NORMAL]``. Each
acknowledgement to the operator is marked in the record after its future has resolved: ``number ID
NUMBER`` at the first ring, ``saved ID REVISION`` after the card was closed. ``--plain`` saves to a
store without encryption. The log is checkpointed many times a second during the saves, as in an
operator's pauses. ``--synchronous`` proves that the replay detects a store that loses data.
"""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from sync.store.local.engine import Checkpoints, checkpointing_engine
from sync.store.local.keys import StoreKey, find_key
from sync.store.local.register import RegisterStore
from tests.fakes.plain_store import open_plain, plain_checkpoints
from tests.fakes.power_replay import one_place
from tests.fakes.recording_files import FileRecorder
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call

LOG_S = 0.02
SELDOM_LOG_S = 0.2  # a checkpoint syncs; too many of them would hide losses


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("record", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--synchronous", choices=("FULL", "NORMAL"))
    options = parser.parse_args(arguments)
    if options.synchronous is not None:
        _weaken(options.synchronous)
    recorder = FileRecorder(options.record)
    log_s = LOG_S if options.synchronous is None else SELDOM_LOG_S
    times = {"earliest_s": log_s, "quiet_s": log_s, "latest_s": log_s}
    if options.plain:
        store, checkpoints = open_plain(options.store), plain_checkpoints(options.store, **times)
    else:
        key = _key(options.store)
        store = RegisterStore.open(options.store, key, place=one_place)
        checkpoints = Checkpoints(checkpointing_engine(options.store, key), **times)
    for index in range(options.count):
        call = new_call(index, RANG_AT + timedelta(seconds=90 * index))
        card = store.open_card(call, OPERATOR).result()
        recorder.mark(f"number {card.id} {card.number}")
        draft = store.save_draft(filled(card)).result()
        saved = store.close(closed(draft)).result()
        recorder.mark(f"saved {saved.id} {saved.revision}")
        checkpoints.committed()
        if index % 5 == 0:
            again = store.close(replace(saved, content=saved.content + " Ещё раз.")).result()
            recorder.mark(f"saved {again.id} {again.revision}")


def _key(path: Path) -> StoreKey:
    key = find_key(path)
    if key is None:
        raise SystemExit("no key")
    return key


def _weaken(synchronous: str) -> None:
    @event.listens_for(Engine, "connect")
    def connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute(f"PRAGMA synchronous = {synchronous}")


if __name__ == "__main__":
    main()
