"""A workplace saves while Patroni's primary is killed, frozen and restored.

Run as ``python -m tests.benchmarks.patroni_failover [ttl_s]`` with Debian's ``patroni`` and
``etcd-server`` installed. One etcd and two Patroni nodes on loopback, the configuration of the
administrator's guide. Exit status 1 if a record is lost or duplicated.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from sync.exchange.events import SenderEvent
from sync.exchange.sender import Sender
from sync.store.central.connection import initialise
from sync.store.local.keys import make_key, write_key_file
from sync.store.local.register import RegisterStore
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.postgres import find_programs, free_port
from tests.fakes.records import OPERATOR, closed, filled, new_call

WAIT_S = 120.0
USER = "postgres"

CONFIGURATION = """
scope: nomer
name: {name}
restapi:
  listen: 127.0.0.1:{rest}
  connect_address: 127.0.0.1:{rest}
etcd3:
  hosts: 127.0.0.1:{etcd}
bootstrap:
  dcs:
    ttl: {ttl}
    loop_wait: {loop_wait}
    retry_timeout: {loop_wait}
    maximum_lag_on_failover: 1048576
    postgresql:
      use_pg_rewind: true
      parameters:
        max_connections: 100
        wal_keep_size: 1GB
        wal_log_hints: "on"
  initdb:
    - encoding: UTF8
    - locale: C.UTF-8
postgresql:
  listen: 127.0.0.1:{port}
  connect_address: 127.0.0.1:{port}
  data_dir: {folder}/{name}/data
  bin_dir: {programs}
  pgpass: {folder}/{name}/pgpass
  parameters:
    unix_socket_directories: {folder}/{name}
    shared_buffers: 32MB
  authentication:
    superuser: {{username: postgres, password: superuser}}
    replication: {{username: replicator, password: replicator}}
  pg_hba:
    - local all all trust
    - host all all 127.0.0.1/32 trust
    - host replication all 127.0.0.1/32 trust
"""


class Node:
    """One Patroni with its PostgreSQL."""

    def __init__(self, name: str, folder: Path, etcd: int, ttl: int) -> None:
        self.port, self.rest = free_port(), free_port()
        self._file = folder / f"{name}.yml"
        self._log = folder / f"{name}.log"
        own = folder / name
        own.mkdir()
        shutil.chown(own, USER)
        self._file.write_text(
            CONFIGURATION.format(
                name=name,
                folder=folder,
                programs=find_programs(),
                etcd=etcd,
                port=self.port,
                rest=self.rest,
                ttl=ttl,
                loop_wait=max(1, ttl // 3),
            )
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = _started(["patroni", str(self._file)], self._log)

    def signal(self, number: signal.Signals) -> None:
        """Signals Patroni and all its descendants."""
        assert self._process is not None
        for pid in reversed(_family(self._process.pid)):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue

    def end(self) -> None:
        if self._process is not None:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGKILL)
            self._process.wait(20)
            self._process = None

    def says(self, what: str) -> bool:
        """Whether Patroni answers 200 to /primary or /replica."""
        try:
            url = f"http://127.0.0.1:{self.rest}/{what}"
            with urllib.request.urlopen(url, timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def _family(pid: int) -> list[int]:
    """Returns a process and its descendants, itself first; PostgreSQL is a separate session."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _family(int(child))
    return found


def _started(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            ["runuser", "-u", USER, "--", *command],
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            cwd=log.parent,
        )


def wait_until(condition: Callable[[], bool], what: str) -> float:
    """Returns the seconds until the condition held."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > WAIT_S:
            raise SystemExit(f"not in {WAIT_S} s: {what}")
        time.sleep(0.05)
    return time.monotonic() - begun


@contextmanager
def cluster(folder: Path, ttl: int) -> Iterator[tuple[Node, Node]]:
    etcd_port, peer_port = free_port(), free_port()
    data = folder / "etcd"
    etcd = _started(
        [
            "etcd",
            f"--data-dir={data}",
            f"--listen-client-urls=http://127.0.0.1:{etcd_port}",
            f"--advertise-client-urls=http://127.0.0.1:{etcd_port}",
            f"--listen-peer-urls=http://127.0.0.1:{peer_port}",
            f"--initial-advertise-peer-urls=http://127.0.0.1:{peer_port}",
            f"--initial-cluster=default=http://127.0.0.1:{peer_port}",
        ],
        folder / "etcd.log",
    )
    first, second = (Node(name, folder, etcd_port, ttl) for name in ("db1", "db2"))
    try:
        first.start()
        wait_until(lambda: first.says("primary"), "a first primary")
        second.start()
        wait_until(lambda: second.says("replica"), "a replica")
        yield first, second
    finally:
        second.end()
        first.end()
        for pid in reversed(_family(etcd.pid)):
            os.kill(pid, signal.SIGKILL)
        etcd.wait(20)


class Desk:
    """A store that saves four calls a second, and its sender."""

    def __init__(self, folder: Path, dsn: str) -> None:
        path = folder / "register.db"
        key = make_key()
        write_key_file(key, path)
        self.store = RegisterStore.open(path, key, home_area_code="87999")
        self.told: list[SenderEvent] = []
        self.sender = Sender(self.store, dsn, self.told.append)
        self.saved: list[str] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._save, name="desk")

    def start(self) -> None:
        self.sender.start()
        self._thread.start()

    def _save(self) -> None:
        index = 0
        while not self._ended.wait(0.25):
            index += 1
            card = filled(self.store.open_card(new_call(index), OPERATOR).result())
            self.saved.append(str(self.store.close(closed(card)).result().number))

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def gap_s(self) -> float:
        """Returns the seconds until all current saves are in the central database."""
        last = self.store.outbox_status()
        begun = time.monotonic()
        if last.waiting == 0:
            return 0.0
        before = self.sender.status().sent
        wait_until(lambda: self.sender.status().sent > before, "the next record in the centre")
        return time.monotonic() - begun


def numbers(dsn: str) -> list[str]:
    connection = psycopg2.connect(dsn)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM call_record")
        found = [row[0] for row in cursor.fetchall()]
    connection.close()
    return found


def main(ttl: int) -> int:
    figures = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.chown(folder, USER)
        with cluster(folder, ttl) as (first, second):
            both = f"host=127.0.0.1,127.0.0.1 port={first.port},{second.port} user={USER}"
            dsn = f"{both} dbname=postgres"
            initialise(f"{dsn} target_session_attrs=read-write")
            desk = Desk(folder, dsn)
            desk.start()
            wait_until(lambda: len(desk.saved) > 8, "calls")
            for what, number in (("killed", signal.SIGKILL), ("frozen", signal.SIGSTOP)):
                primary, other = (first, second) if first.says("primary") else (second, first)
                wait_until(lambda: other.says("replica"), "a replica")  # noqa: B023
                primary.signal(number)
                begun = time.monotonic()
                wait_until(lambda: other.says("primary"), "a new primary")  # noqa: B023
                detected_s = time.monotonic() - begun
                back_s = desk.gap_s()
                figures += [
                    Figure(f"primary {what}: Patroni promotes after", "s", detected_s),
                    Figure(f"primary {what}: then first record", "s", back_s, greatest=10.0),
                ]
                time.sleep(2)
                primary.signal(signal.SIGCONT)
                if number is signal.SIGKILL:
                    primary.end()
                    primary.start()
                again_s = wait_until(lambda: primary.says("replica"), "the old one")  # noqa: B023
                figures.append(Figure(f"primary {what}: back as a replica after", "s", again_s))
            desk.stop()
            wait_until(lambda: desk.store.outbox_status().waiting == 0, "an empty outbox")
            desk.sender.stop(20)
            there = numbers(f"{dsn} target_session_attrs=read-write")
            desk.store.close_store()
            lost = len(set(desk.saved) - set(there))
            figures += [
                Figure("calls saved", "", len(desk.saved)),
                Figure("lost", "", lost, greatest=0),
                Figure("doubled", "", len(there) - len(set(there)), greatest=0),
            ]
    return 0 if print_figures(figures, "") else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
