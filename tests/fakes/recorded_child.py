"""A process that saves calls while every write and sync below its store is recorded.

``python -m tests.fakes.recorded_child STORE RECORD COUNT [--plain] [--synchronous NORMAL]``. What
an operator would be told is marked in the record after the future of it has resolved: ``number ID
NUMBER`` at the first ring, ``saved ID REVISION`` after the card was closed. ``--plain`` saves to a
store without encryption. ``--synchronous`` is for proof that the replay finds a store that loses.
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

from sync.store.keys import find_key
from sync.store.register import RegisterStore
from tests.fakes.plain_store import open_plain
from tests.fakes.power_replay import one_place
from tests.fakes.recording_files import FileRecorder
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call


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
    store = open_plain(options.store) if options.plain else _open(options.store)
    for index in range(options.count):
        call = new_call(index, RANG_AT + timedelta(seconds=90 * index))
        card = store.open_card(call, OPERATOR).result()
        recorder.mark(f"number {card.id} {card.number}")
        draft = store.save_draft(filled(card)).result()
        saved = store.close(closed(draft)).result()
        recorder.mark(f"saved {saved.id} {saved.revision}")
        if index % 5 == 0:
            again = store.close(replace(saved, content=saved.content + " Ещё раз.")).result()
            recorder.mark(f"saved {again.id} {again.revision}")


def _open(path: Path) -> RegisterStore:
    key = find_key(path)
    if key is None:
        raise SystemExit("no key")
    return RegisterStore.open(path, key, place=one_place)


def _weaken(synchronous: str) -> None:
    @event.listens_for(Engine, "connect")
    def connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute(f"PRAGMA synchronous = {synchronous}")


if __name__ == "__main__":
    main()
