"""``python -m sync status`` and ``push``: what the centre does not have yet."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from sync.errors import KeyUnavailable
from sync.exchange.central_choice import CentralChoice
from sync.exchange.draining import Drained, drain
from sync.exchange.failures import KNOWN_ERRORS, FailureKind, Permanent, Transient, classify
from sync.exchange.sender import CentralState, Sender
from sync.exchange.sender_events import CentralLost, SenderEvent
from sync.store.central_mark import CentralMark, read_mark
from sync.store.feed_standing import kept_feed_read
from sync.store.keys import StoreKey, find_key
from sync.store.outbox import PoisonRow
from sync.store.page_check import PageCheck, Verdict, last_check
from sync.store.reading import RegisterReading, Station
from sync.store.register import RegisterStore

EXIT_OK = 0
EXIT_USAGE = 2
EXIT_CENTRE = 4
ANSWER_LIMIT_S = 5.0
STOP_DEADLINE_S = 5.0

Facts = dict[str, Any]


def add_commands(commands: Any, add_store: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the two to the commands of ``python -m sync``; ``add_store`` adds ``--store``."""
    status = commands.add_parser(
        "status",
        help="how many records wait, since when, which are refused, and how the centre is",
        description="May be asked while the console runs.",
    )
    add_store(status)
    status.add_argument("--dsn", help="ask this centre too, as the workplace itself does")
    status.add_argument("--json", action="store_true", help="one JSON object")
    status.set_defaults(run=_status)

    push = commands.add_parser(
        "push",
        help="send what waits, while the console is closed",
        description="Exit codes: 0 the centre has everything; 3 the store, 4 the centre cannot.",
    )
    add_store(push)
    push.add_argument("--dsn", required=True, help="the central database: libpq keywords or URI")
    push.add_argument(
        "--once", action="store_true", help="give up when the centre is away (default: wait for it)"
    )
    push.add_argument(
        "--retry-refused",
        action="store_true",
        help="put refused records back first",
    )
    push.add_argument("--json", action="store_true", help="one JSON object")
    push.set_defaults(run=_push)


def _status(options: argparse.Namespace) -> int:
    register = RegisterReading.open_for_reading(options.store, _key(options.store))
    try:
        own, status, poison = register.station(), register.outbox_status(), register.outbox_poison()
        mark, feed = register.read(read_mark), register.read(kept_feed_read)
    finally:
        register.close_reading()
    checked = last_check(options.store, own.install_id)
    oldest = status.oldest_at
    age_s = None if oldest is None else round((datetime.now(UTC) - oldest).total_seconds(), 1)
    centre = None if options.dsn is None else _centre(options.dsn, own, mark)
    now = datetime.now(UTC)
    standing, behind = feed.standing(now), feed.behind_since(now)
    facts: Facts = {
        "workplace": own.code,
        "unsent": status.waiting,
        "oldest_at": None if oldest is None else oldest.isoformat(),
        "oldest_age_s": age_s,
        "poison": [_refused(row) for row in poison],
        "pages": None if checked is None else _checked(checked),
        "feed": {
            "standing": standing.value,
            "read_at": None if feed.read_at is None else feed.read_at.isoformat(),
            "behind_since": None if behind is None else behind.isoformat(),
            "held_since": None if feed.held_since is None else feed.held_since.isoformat(),
        },
        "centre": centre,
    }
    if options.json:
        _print_json(facts)
    else:
        print(f"workplace {own.code}: unsent {status.waiting}, oldest {_age(age_s)}")
        print(f"pages: {'never read through' if checked is None else _checked_words(checked)}")
        for row in poison:
            print(f"refused: {row.entity.value} {row.entity_id} revision {row.rev}: {row.error}")
        since = "" if behind is None else f" since {behind.isoformat(timespec='minutes')}"
        print(f"from the centre: {standing.value}{since}")
        if centre is not None:
            print(f"centre: {centre['reason'] or centre['state']}")
    return EXIT_OK if centre is None or centre["reason"] is None else EXIT_CENTRE


def _centre(dsn: str, own: Station, mark: CentralMark | None) -> Facts:
    """How the exchange with this centre would stand; raises DsnInvalid."""
    choice = CentralChoice(dsn, ANSWER_LIMIT_S)
    try:
        chosen = choice.choose(mark)
        with choice.watching():
            chosen.central.enrol(own)
    except KNOWN_ERRORS as error:
        kind = FailureKind.TIMED_OUT if choice.has_hung else _kind(error)
        return {"state": CentralState.LOST.value, "reason": kind.value}
    finally:
        choice.leave()
    facts = chosen.facts
    reached = CentralState.REACHED.value
    return {
        "state": reached,
        "reason": None,
        "schema": facts.revision,
        "timeline": facts.branch.timeline,
    }


def _kind(error: Exception) -> FailureKind:
    match classify(error):
        case Transient(kind):
            return kind
        case Permanent():
            return FailureKind.OTHER


def _push(options: argparse.Namespace) -> int:
    ended = threading.Event()

    def heard(event: SenderEvent) -> None:
        if options.once and isinstance(event, CentralLost):
            ended.set()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, end)
    store = RegisterStore.open(options.store, _key(options.store))
    try:
        sender = Sender(store, options.dsn, heard)
        if options.retry_refused:
            store.retry_poison().result()
        sender.start()
        drained = drain(store, sender, ended)
        status = sender.status()
        sender.stop(STOP_DEADLINE_S)
        left, poison = store.outbox_status(), store.outbox_poison()
    finally:
        store.close_store()
    facts: Facts = {
        "sent": status.sent,
        "unsent": left.waiting,
        "poison": [_refused(row) for row in poison],
        "centre": status.state.value,
        "reason": None if status.kind is None else status.kind.value,
        "drained": drained.value,
    }
    if options.json:
        _print_json(facts)
    else:
        reason = "" if status.kind is None else f" ({status.kind.value})"
        print(
            f"sent {status.sent}, unsent {left.waiting}, refused {left.poison},"
            f" centre {status.state.value}{reason}"
        )
    return EXIT_OK if drained is Drained.EMPTY else EXIT_CENTRE


def _refused(row: PoisonRow) -> Facts:
    return {
        "entity": row.entity.value,
        "id": str(row.entity_id),
        "rev": row.rev,
        "error": row.error,
        "queued_at": row.queued_at.isoformat(),
    }


def _checked(check: PageCheck) -> Facts:
    return {
        "verdict": check.verdict.value,
        "count": check.pages,
        "read_at": check.ended_at.isoformat(),
        "took_s": check.took_s,
    }


def _checked_words(check: PageCheck) -> str:
    told = f"{check.verdict.value}, read {check.ended_at:%Y-%m-%d %H:%M} UTC"
    if check.verdict is Verdict.DAMAGED:
        return f"{told}: close the console, export-outbox, then restore from a copy"
    return f"{told}, {check.pages} in {check.took_s:g} s"


def _age(age_s: float | None) -> str:
    return "-" if age_s is None else f"{age_s / 60:.0f} min"


def _key(path: Path) -> StoreKey:
    key = find_key(path)
    if key is None:
        raise KeyUnavailable("missing")
    return key


def _print_json(value: Facts) -> None:
    print(json.dumps(value, ensure_ascii=False))
