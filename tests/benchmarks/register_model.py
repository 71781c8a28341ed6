"""Checks the register's model against its oracle over many random sequences.

Run as ``python -m tests.benchmarks.register_model [EXAMPLES]`` (500). A counterexample is printed
in its shortest form.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from sync.store.central.connection import initialise
from tests.fakes.postgres import PostgresServer
from tests.fakes.register_model import Bench, machine_of
from tests.fakes.store_template import StoreTemplate
from tests.fakes.tcp_proxy import TcpProxy

STEPS = 14


def main() -> int:
    """Prints the number of sequences; raises a failing sequence with its steps."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with (
        tempfile.TemporaryDirectory() as made,
        PostgresServer() as server,
        server.database() as dsn,
        TcpProxy(server.port) as proxy,
    ):
        initialise(dsn)
        through = dsn.replace(f"port={server.port}", f"port={proxy.port}")
        machine = machine_of(Bench(StoreTemplate.make(Path(made)), proxy, dsn, through))
        begun_s = time.monotonic()
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        print(f"{examples} examples of up to {STEPS} steps, {time.monotonic() - begun_s:.0f} s")
        print(f"steps: {dict(machine.done)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
