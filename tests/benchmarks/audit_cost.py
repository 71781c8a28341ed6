"""What the audit costs a save: closed calls with it and without it, by turns on one disk.

Run: .venv/bin/python -m tests.benchmarks.audit_cost [--calls 2000]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from sync.register.audit import Audited
from sync.store.local.audit import AuditWriter
from sync.store.local.keys import make_key
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, closed, filled, new_call

WAIT_S = 30.0


class SilentAudit(AuditWriter):
    """Writes nothing, as the store was before it had an audit."""

    def add(self, connection: Connection, audited: Audited) -> None:
        """Leave the transaction as it is."""


def main() -> None:
    """Print the median and the 99th percentile of both, in ms, and what they differ by."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stores = {
            name: RegisterStore.open(
                Path(folder) / f"{name}.db", make_key(), home_area_code="87999"
            )
            for name in ("with", "without")
        }
        stores["without"].audit = SilentAudit(uuid7, lambda: datetime.now(UTC))
        took_ms: dict[str, list[float]] = {name: [] for name in stores}
        for index in range(options.calls):
            for name, store in stores.items():
                card = closed(filled(store.open_card(new_call(index), OPERATOR).result(WAIT_S)))
                begun = time.perf_counter()
                store.close(card).result(WAIT_S)
                took_ms[name].append((time.perf_counter() - begun) * 1000)
        for store in stores.values():
            store.close_store()
    median, p99 = {}, {}
    for name, times in took_ms.items():
        median[name], p99[name] = statistics.median(times), statistics.quantiles(times, n=100)[98]
        print(f"{name:8} p50 {median[name]:.2f} ms, p99 {p99[name]:.2f} ms of {len(times)} saves")
    more = median["with"] - median["without"]
    print(f"the audit adds {more:.2f} ms to the median, {p99['with'] - p99['without']:.2f} to p99")


if __name__ == "__main__":
    main()
