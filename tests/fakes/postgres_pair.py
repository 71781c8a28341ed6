"""Two real PostgreSQL servers: a primary, and a standby that follows it through a proxy."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

import psycopg2

from tests.fakes.postgres import SUPERUSER, PostgresServer
from tests.fakes.tcp_proxy import TcpProxy

PROMOTE_S = 20.0


class _Standby(PostgresServer):
    """A server whose data is a base backup that continues streaming from another server."""

    def __init__(self, primary_port: int, stream_port: int) -> None:
        self._primary_port = primary_port
        self._stream_port = stream_port
        super().__init__()

    def _make_data(self) -> None:
        source = f"host=127.0.0.1 user={SUPERUSER} application_name=standby"
        self._run(
            "pg_basebackup",
            *("-D", str(self._data), "-d", f"{source} port={self._primary_port}"),
            *("-X", "stream", "-c", "fast", "--no-sync"),
        )
        with (self._data / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"primary_conninfo = '{source} port={self._stream_port}'\n")
        self._run_any("touch", str(self._data / "standby.signal"))


class PostgresPair:
    """A primary and its asynchronous standby; ``stream`` is the connection between them.

    A frozen stream causes a lag: commits that the primary acknowledges during it are lost with the
    primary. (A delay of the standby's replay would cause none: a promotion first replays all
    received data.)
    """

    def __init__(self) -> None:
        self.primary = PostgresServer()
        self.primary.start()
        self.stream = TcpProxy(self.primary.port)
        self.stream.__enter__()
        self.standby: PostgresServer = _Standby(self.primary.port, self.stream.port)
        self.standby.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stream.thaw()
        self.standby.close()
        self.primary.close()
        self.stream.__exit__(kind, error, trace)

    def dsn_of(self, database: str) -> str:
        """Returns a DSN with both servers, the first primary first."""
        return (
            f"host=127.0.0.1,127.0.0.1 port={self.primary.port},{self.standby.port} "
            f"user={SUPERUSER} dbname={database}"
        )

    def wait_streamed(self) -> None:
        """Returns when the standby has replayed all that the primary has written."""
        position = _scalar(self.primary.dsn, "SELECT pg_current_wal_lsn()::text")
        asked = f"SELECT (pg_last_wal_replay_lsn() >= '{position}'::pg_lsn)::text"
        _wait_for(self.standby.dsn, asked)

    def promote(self) -> None:
        """Promotes the standby to a primary on a new timeline; returns when it accepts writes."""
        _scalar(self.standby.dsn, "SELECT pg_promote(false)::text")
        _wait_for(self.standby.dsn, "SELECT (NOT pg_is_in_recovery())::text")


def _scalar(dsn: str, statement: str) -> str:
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone()
            assert row is not None
            return str(row[0])
    finally:
        connection.close()


def _wait_for(dsn: str, statement: str) -> None:
    deadline = time.monotonic() + PROMOTE_S
    while _scalar(dsn, statement) != "true":
        if time.monotonic() > deadline:
            raise AssertionError(statement)
        time.sleep(0.02)  # bounded: the server must be polled
