"""``python -m sync rehearse``: a workplace that nobody sits at, to try a network and a centre."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from sync.exchange.draining import Drained, drain
from sync.exchange.failures import FailureKind
from sync.exchange.sender import Sender
from sync.exchange.sender_events import (
    BatchSent,
    CentralLost,
    CentralReached,
    RowPoisoned,
    SenderEvent,
)
from sync.rehearsal.lines import LineFile
from sync.rehearsal.saving import Plan, Saved, Saving
from sync.rehearsal.workplace import NotThisWorkplace, Workplace, open_store, settle_workplace
from sync.store.central import complete_dsn
from sync.store.central_rehearsal import make_schema_where_none
from sync.store.register import RegisterStore

EXIT_OK = 0
EXIT_USAGE = 2
EXIT_STORE = 3
EXIT_CENTRE = 4
STOP_DEADLINE_S = 5.0


def add_command(commands: Any) -> None:
    """Add ``rehearse`` to the commands of ``python -m sync``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "rehearse",
        help="save made-up calls and send them, to try a network and a centre",
        description=(
            "Saves made-up calls through the console's own store and sender, until SIGTERM or "
            "--count. What must then stand in the view public.rehearsal_calls of the centre is "
            "written to --attempts before each save and to --acked after its commit: "
            '{"id", "fields": [number, content, result, phone], "rev"}, a JSON object a line. '
            "Use a database of its own: the calls stay in it."
        ),
        epilog=(
            "Exit codes: 0 done; 2 wrong usage, or the folder is another workplace's; 3 the store "
            "cannot be used; 4 --drain ended before the centre had everything."
        ),
    )
    parser.add_argument(
        "--store", type=Path, required=True, metavar="DIR",
        help="the folder of the store and its key, made where it is not",
    )  # fmt: skip
    parser.add_argument("--dsn", required=True, help="libpq keywords or URI, used as given")
    parser.add_argument(
        "--rate", type=_rate, metavar="PER_S", help="saves a second (default: as fast as it goes)"
    )
    parser.add_argument(
        "--count", type=_count, metavar="N", help="saves, corrections too (default: no end)"
    )
    parser.add_argument(
        "--acked", type=Path, metavar="FILE", help="a line is added after each commit"
    )
    parser.add_argument(
        "--attempts", type=Path, metavar="FILE", help="a line is added before each save"
    )
    parser.add_argument(
        "--workplace", type=_name, metavar="NAME",
        help="four digits, or any name: the centre keeps a code for it (default: a new workplace)",
    )  # fmt: skip
    parser.add_argument(
        "--edit-share", type=_share, default=0.0, metavar="SHARE",
        help="the part of the saves that correct an earlier call, 0 to 1 (default: 0)",
    )  # fmt: skip
    parser.add_argument(
        "--drain", action="store_true", help="wait, after the saves, until all of it is sent"
    )
    parser.add_argument("--json", action="store_true", help="the summary as one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Save, drain where asked, and print the summary; the exit code.

    Raises StoreError and DsnInvalid.
    """
    complete_dsn(options.dsn)  # before a folder is made for one that cannot be read
    saves_ended, drain_ended = threading.Event(), threading.Event()
    with _signals(saves_ended, drain_ended), ExitStack() as closing:
        try:
            workplace = settle_workplace(options.store, options.dsn, options.workplace)
        except NotThisWorkplace as error:
            held = f"workplace {error.code}" if error.code else "a register that is no rehearsal"
            print(f"{options.store} holds {held}", file=sys.stderr)
            return EXIT_USAGE
        try:
            attempts, acked = (
                None if path is None else closing.enter_context(LineFile(path))
                for path in (options.attempts, options.acked)
            )
        except OSError as error:
            print(f"{error.filename}: {error.strerror}", file=sys.stderr)
            return EXIT_USAGE
        store = open_store(options.store, workplace)
        closing.callback(store.close_store)
        sender = Sender(store, options.dsn, _Telling(options.dsn))
        sender.start()
        closing.callback(sender.stop, STOP_DEADLINE_S)
        saving = Saving(store, attempts, acked, _tell, saves_ended)
        saving.run(Plan(options.count, options.rate, options.edit_share))
        saves_ended.set()  # the next signal ends the drain
        drained = drain(store, sender, drain_ended) if options.drain else None
        sender.stop(STOP_DEADLINE_S)
        _print(_summary(workplace, saving.saved, store, sender, drained), as_json=options.json)
        return _exit_code(saving.saved, drained)


class _Telling:
    """Says on stderr how the centre is; makes the schema of a database that has none."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._is_store_away = False

    def __call__(self, event: SenderEvent) -> None:
        """Heard on the sender's thread."""
        match event:
            case CentralReached():
                # it is reached at every try, while our own disk takes no note of it
                if not self._is_store_away:
                    _tell("centre: reached")
            case CentralLost(kind=FailureKind.STORE):
                if not self._is_store_away:
                    _tell("centre: waits for our own disk")
                self._is_store_away = True
            case CentralLost(kind=kind):
                _tell(f"centre: lost ({kind.value})")
                if kind is FailureKind.SCHEMA_MISSING:
                    threading.Thread(
                        target=make_schema_where_none, args=(self._dsn,), daemon=True
                    ).start()
            case RowPoisoned(entity_id=entity_id):
                _tell(f"centre: refuses {entity_id}")
            case BatchSent():
                self._is_store_away = False


@contextmanager
def _signals(saves_ended: threading.Event, drain_ended: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT end the saves, or the drain where those are over."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        (drain_ended if saves_ended.is_set() else saves_ended).set()

    before = {wish: signal.signal(wish, end) for wish in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for wish, handler in before.items():
            signal.signal(wish, handler)


def _summary(
    workplace: Workplace,
    saved: Saved,
    store: RegisterStore,
    sender: Sender,
    drained: Drained | None,
) -> dict[str, str | int | float | None]:
    outbox, status = store.outbox_status(), sender.status()
    return {
        "workplace": workplace.code,
        "name": workplace.name,
        "calls": saved.calls,
        "edits": saved.edits,
        "longest_save_ms": round(saved.longest_ms, 1),
        "numbers_used_up": saved.numbers_used_up,
        "sent": status.sent,
        "unsent": outbox.waiting,
        "refused": outbox.poison,
        "centre": status.state.value,
        "reason": None if status.kind is None else status.kind.value,
        "drained": None if drained is None else drained.value,
    }


def _print(facts: dict[str, str | int | float | None], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(facts, ensure_ascii=False), flush=True)
        return
    told = (f"{name}: {'-' if value is None else value}" for name, value in facts.items())
    print(", ".join(told), flush=True)


def _exit_code(saved: Saved, drained: Drained | None) -> int:
    if saved.numbers_used_up:
        return EXIT_STORE
    return EXIT_OK if drained in (None, Drained.EMPTY) else EXIT_CENTRE


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate < float("inf"):
        raise ValueError(text)
    return rate


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _name(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError(text)
    return text
