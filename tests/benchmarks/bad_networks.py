"""A workplace that saves 20 calls a second through every network fault, one after another.

Run as ``python -m tests.benchmarks.bad_networks [SECONDS] [NAME]``: duration of each fault (12 by
default), and optionally a single fault.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from sync.store.central.connection import initialise
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.bad_networks import CALM, NETWORK_FAULTS, NetworkFault, Ride, ride
from tests.fakes.postgres import PostgresServer
from tests.fakes.rehearsal import Faults
from tests.fakes.store_template import StoreTemplate
from tests.fakes.tcp_proxy import TcpProxy

PER_S = 20.0


def main() -> int:
    """Prints the figures; returns 1 if one is missed."""
    lasts_s = float(sys.argv[1]) if len(sys.argv) > 1 else 12.0
    names = sys.argv[2:]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as made, PostgresServer() as server:
        template = StoreTemplate.make(Path(made))
        for index, fault in enumerate(NETWORK_FAULTS):
            if not names or fault.name in names:
                calm = go(server, template, Path(made) / f"{index}-calm.db", CALM, lasts_s)
                went = go(server, template, Path(made) / f"{index}.db", fault, lasts_s)
                figures += told(fault, went, calm)
    return int(not print_figures(figures, peer="calm"))


def go(
    server: PostgresServer, template: StoreTemplate, path: Path, fault: NetworkFault, lasts_s: float
) -> tuple[Ride, Faults]:
    """Runs a new workplace with a new central database; returns the result and the differences."""
    with server.database() as dsn, TcpProxy(server.port) as proxy:
        initialise(dsn)
        store = template.open_copy(path)
        through = dsn.replace(f"port={server.port}", f"port={proxy.port}")
        went = ride(store, through, proxy, fault, lasts_s=lasts_s, per_s=PER_S)
        store.close_store()
        return went, went.told.faults(dsn)


def told(fault: NetworkFault, went: tuple[Ride, Faults], calm: tuple[Ride, Faults]) -> list[Figure]:
    (ours, faults), (peer, _) = went, calm
    wrong = len(faults.lost | faults.stale | faults.doubled | faults.altered)
    count = len(ours.told.acked)
    drained_s, p99_ms = ours.drained_s, ours.save_p99_ms
    return [
        Figure(f"{fault.name}: of {count} calls wrong", "calls", wrong, greatest=0),
        Figure(f"{fault.name}: all sent after it", "s", drained_s, peer.drained_s, greatest=10),
        Figure(f"{fault.name}: save p99", "ms", p99_ms, peer.save_p99_ms, greatest=100),
    ]


if __name__ == "__main__":
    sys.exit(main())
