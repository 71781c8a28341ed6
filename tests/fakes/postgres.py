"""A real PostgreSQL from Debian's packages, started for tests and ended by its pid."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg2
from psycopg2 import sql

PROGRAMS = "EDINYI_NOMER_TEST_POSTGRES"  # a folder with initdb and postgres of another version
START_S = 30.0
STOP_S = 20.0
UNPRIVILEGED = ("postgres", "nobody")  # initdb refuses root
SUPERUSER = "postgres"
HBA_OF_PASSWORDS = f"""
host all {SUPERUSER} 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""


class PostgresUnavailable(RuntimeError):
    """PostgreSQL's programs are not installed; Debian's package is ``postgresql``."""


class PostgresServer:
    """A server in its own temporary folder on a free loopback port.

    It retains its port and its data over ``stop`` and ``start``. As a context manager it is
    started, and at the end stopped and its folder removed.
    """

    def __init__(
        self,
        *,
        asks_passwords: bool = False,
        certificate: tuple[Path, Path] | None = None,
        connections: int = 40,
        settings: Mapping[str, str] | None = None,
        within: Path | None = None,
    ) -> None:
        """``asks_passwords`` requires SCRAM of everybody but the superuser.

        With ``certificate``, its file and its key's, the server accepts TLS too. ``settings`` are
        lines of postgresql.conf that replace the default small values. The folder is created
        ``within`` another.
        """
        self._programs = find_programs()
        self._as_user = _unprivileged_user()
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=within))
        self._data = self._folder / "data"
        self._log = self._folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0
        self._connections = connections
        self.port = free_port()
        if self._as_user is not None:
            shutil.chown(self._folder, self._as_user)
        self._make_data()
        self._settings = [f"--{name}={value}" for name, value in (settings or {}).items()]
        if certificate is not None:
            self._take_tls(*certificate)
        if asks_passwords:
            (self._data / "pg_hba.conf").write_text(HBA_OF_PASSWORDS, encoding="ascii")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def dsn(self) -> str:
        """DSN of the maintenance database as superuser."""
        return self.dsn_of("postgres")

    def dsn_of(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user={SUPERUSER} dbname={database}"

    @property
    def pid(self) -> int:
        """Process id of the postmaster."""
        return int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])

    def start(self) -> None:
        """Starts on the same port and data; returns when connections are accepted."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(
                    "postgres",
                    "-D",
                    str(self._data),
                    "-p",
                    str(self.port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    f"unix_socket_directories={self._folder}",
                    "-c",
                    "shared_buffers=16MB",
                    "-c",
                    "timezone=UTC",  # the time zone of the machine is not that of the city
                    "-c",
                    "fsync=off",  # tests kill processes, not machines
                    "-c",
                    f"max_connections={self._connections}",
                    *self._settings,
                ),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self._folder,
            )
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                psycopg2.connect(self.dsn, connect_timeout=2).close()
            except psycopg2.OperationalError:
                # bounded wait for a process that reports readiness only by accepting
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"PostgreSQL did not start: {self._log.read_text()[-2000:]}")

    def stop(self, *, immediate: bool = False) -> None:
        """Ends the server: connections are broken and, if ``immediate``, there is no clean
        shutdown.
        """
        if self._process is None:
            return
        os.kill(self.pid, signal.SIGQUIT if immediate else signal.SIGINT)
        self._process.wait(STOP_S)
        self._process = None

    def kill(self) -> None:
        """Kills every process of the server by kill -9."""
        if self._process is None:
            return
        self._signal(signal.SIGKILL)
        self._process.wait(STOP_S)
        self._process = None

    def freeze(self) -> None:
        """Stops every process of the server; the kernel still accepts its connections."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)  # runuser stops itself with its child
        self._signal(signal.SIGCONT)

    def saved_copy(self) -> Path:
        """Returns a copy of the data of the stopped server; it is removed with the server."""
        assert self._process is None
        copy = self._folder / "copy"
        self._run_any("cp", "-a", str(self._data), str(copy))
        return copy

    def put_back(self, copy: Path, *, recovers: bool) -> None:
        """Replaces the data of the stopped server by a copy.

        With ``recovers`` it starts as a server recovered from a backup, on a new timeline.
        """
        assert self._process is None
        shutil.rmtree(self._data)
        self._run_any("cp", "-a", str(copy), str(self._data))
        if recovers:
            self._run_any("touch", str(self._data / "recovery.signal"))
            with (self._data / "postgresql.auto.conf").open("a") as settings:
                settings.write("restore_command = 'false'\n")

    def close(self) -> None:
        self.stop(immediate=True)
        shutil.rmtree(self._folder)

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Yields the DSN of a new database, dropped at the end if the server still runs.

        It is empty, or a copy of the template, which must have no connections.
        """
        self._databases += 1
        name = f"test_{self._databases}"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield self.dsn_of(name)
        finally:
            if self._process is not None:
                self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _take_tls(self, certificate: Path, key: Path) -> None:
        for source, setting in ((certificate, "ssl_cert_file"), (key, "ssl_key_file")):
            own = self._folder / setting
            shutil.copyfile(source, own)
            own.chmod(0o600)
            if self._as_user is not None:
                shutil.chown(own, self._as_user)
            self._settings += ["-c", f"{setting}={own}"]
        self._settings += ["-c", "ssl=on"]

    def _make_data(self) -> None:
        options = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self._run("initdb", "-D", str(self._data), "-U", SUPERUSER, *options)

    def _signal(self, number: signal.Signals) -> None:
        """Signals the postmaster and then its children, because the postmaster would replace ended
        children.
        """
        postmaster = self.pid
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for pid in (postmaster, *map(int, children)):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue  # the child has ended

    def _execute(self, statement: sql.Composed) -> None:
        connection = psycopg2.connect(self.dsn)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def _command(self, program: str, *arguments: str) -> list[str]:
        return self._as_owner([str(self._programs / program), *arguments])

    def _as_owner(self, command: list[str]) -> list[str]:
        if self._as_user is None:
            return command
        return ["runuser", "-u", self._as_user, "--", *command]

    def _run(self, program: str, *arguments: str) -> None:
        self._run_any(str(self._programs / program), *arguments)

    def _run_any(self, *command: str) -> None:
        done = subprocess.run(
            self._as_owner(list(command)),
            capture_output=True,
            text=True,
            cwd=self._folder,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {done.stderr[-2000:]}")


def find_programs() -> Path:
    """Returns the folder of PostgreSQL's programs: the configured one, otherwise the newest
    installed.

    Raises PostgresUnavailable.
    """
    named = os.environ.get(PROGRAMS)
    if named:
        return Path(named)
    found = [
        path
        for path in Path("/usr/lib/postgresql").glob("*/bin")
        if re.fullmatch(r"\d+", path.parent.name) and (path / "initdb").exists()
    ]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    if on_path is None:
        raise PostgresUnavailable
    return Path(on_path).resolve().parent


def _unprivileged_user() -> str | None:
    """Returns the user to start the server as if we are root, otherwise None."""
    if os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in names)


def free_port() -> int:
    """Returns a currently unused port of loopback.

    The port is below the system's ephemeral ports, which other connections may take before the
    server starts. It does not depend on the random seed of the tests, which their processes share.
    """
    choice = random.SystemRandom()
    while True:
        port = choice.randrange(6000, 9999)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
