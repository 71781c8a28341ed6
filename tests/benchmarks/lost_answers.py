"""Lost replies to COMMIT, and rows rejected by the central database, in one outbox.

Run as ``python -m tests.benchmarks.lost_answers [TIMES] [CALLS]``: the number of lost replies
(100), and of calls with one rejected row (1,000).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from uuid_utils.compat import uuid7

from sync.commands import rehearsal_workplace
from sync.exchange.sender import Sender, SenderSettings, drain
from sync.store.central.connection import initialise
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.bad_networks import line_of
from tests.fakes.broken_workplace import ForgivingStore, ReissuingStore
from tests.fakes.postgres import PostgresServer
from tests.fakes.rehearsal import Faults, Line, Told
from tests.fakes.store_template import StoreTemplate
from tests.fakes.tcp_proxy import TcpProxy

Kind = type[RegisterStore]

WAIT_S = 60.0
PER_BATCH = 10
QUICK = SenderSettings(batch_size=PER_BATCH, first_delay_s=0.02, longest_delay_s=0.1)


def main() -> int:
    """Prints the figures; returns 1 if one is missed."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    calls = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory() as made, PostgresServer() as server:
        template = StoreTemplate.make(Path(made))
        lost, faults = lose(server, template, Path(made) / "lost.db", RegisterStore, times)
        _, broken = lose(server, template, Path(made) / "again.db", ReissuingStore, times)
        visible, missing = refuse(server, template, Path(made) / "poison.db", RegisterStore, calls)
        unseen, _ = refuse(server, template, Path(made) / "unseen.db", ForgivingStore, calls // 10)
    wrong = faults.lost | faults.stale | faults.doubled | faults.altered
    figures = [
        Figure("answers to COMMIT lost", "times", lost, least=times),
        Figure("then wrong", "records", len(wrong), greatest=0),
        Figure("found where each is sent again as new", "records", len(broken.altered), least=1),
        Figure(f"refused of {calls} and visible", "records", visible, least=1, greatest=1),
        Figure(f"of the other {calls - 1} missing", "records", missing, greatest=0),
        Figure("visible where nobody notes it", "records", unseen, greatest=0),
    ]
    return int(not print_figures(figures, peer=""))


def lose(
    server: PostgresServer,
    template: StoreTemplate,
    path: Path,
    kind: type[RegisterStore],
    times: int,
) -> tuple[int, Faults]:
    """Returns the number of lost replies, and the differences in the central database."""
    with server.database() as dsn, TcpProxy(server.port) as proxy:
        initialise(dsn)
        store = _open(kind, template, path)
        told = save(store, PER_BATCH * 5)
        proxy.commits_to_lose = times
        _send_all(store, dsn.replace(f"port={server.port}", f"port={proxy.port}"))
        store.close_store()
        return proxy.commits_lost, told.faults(dsn)


def refuse(
    server: PostgresServer,
    template: StoreTemplate,
    path: Path,
    kind: type[RegisterStore],
    calls: int,
) -> tuple[int, int]:
    """Returns the number of visible rejected rows, and of other rows that did not arrive."""
    with server.database() as dsn:
        initialise(dsn)
        store = _open(kind, template, path)
        told = save(store, calls // 2)
        save(store, 1, content="\0")  # PostgreSQL has no NUL in a text
        others = save(store, calls - calls // 2 - 1)
        told.acked += others.acked
        told.attempts += others.attempts
        _send_all(store, dsn)
        visible = store.outbox_status().poison
        store.close_store()
        faults = told.faults(dsn)
        return visible, len(faults.lost | faults.altered)


def save(store: RegisterStore, count: int, content: str | None = None) -> Told:
    """Saves generated closed calls."""
    lines: list[Line] = []
    for _ in range(count):
        call = rehearsal_workplace.ring(uuid7(), datetime.now(UTC))
        draft = store.open_card(call, rehearsal_workplace.OPERATOR).result(WAIT_S)
        card = rehearsal_workplace.finished(draft, datetime.now(UTC))
        if content is not None:
            card = replace(card, content=content)
        lines.append(line_of(store.close(card).result(WAIT_S)))
    return Told(list(lines), lines)


def _open(kind: Kind, template: StoreTemplate, path: Path) -> RegisterStore:
    shutil.copyfile(template.path, path)
    return kind.open(path, template.key)


def _send_all(store: RegisterStore, dsn: str) -> None:
    sender = Sender(store, dsn, lambda _event: None, settings=QUICK)
    sender.start()
    drain(store, sender, threading.Event())
    assert sender.stop(WAIT_S)


if __name__ == "__main__":
    sys.exit(main())
