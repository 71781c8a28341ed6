"""Reader of the central change feed: changes after a position, snapshots, change notifications.

A change is read only after every transaction that started earlier has ended. Sequence numbers and
timestamps are assigned before COMMIT, so a plain "greater than the last one" would miss rows that
become visible later with a lower number.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, ClassVar, TypeVar

import psycopg2
import psycopg2.extensions

from sync.errors import BranchRefused, CentralNotReady
from sync.records.feed_values import Batch, Feed, FeedItem, FeedMark, MarkUnusable, Whole
from sync.store import migrations
from sync.store.central.connection import break_off, limit_session
from sync.store.central.feed_statements import HELD, STATEMENTS
from sync.store.central.hosts import CentralHost, central_hosts
from sync.store.central.server_identity import Branch

CHANNEL = "edinyi_feed"
SLOW_S = 2.0  # a server that takes longer to fail is tried last the next time
HEARING_S = 1.0  # time-out of the notification this connection sends to itself
_PAGE = 1000  # rows of a snapshot fetched at a time

Result = TypeVar("Result")
Guard = Callable[[], AbstractContextManager[None]]


class CentralFeed:
    """The change feeds of one central database over one connection.

    Use all methods but ``abort`` on one thread; they raise psycopg2.Error. ``guard`` is entered
    around every operation that blocks on the server.
    """

    # Readable changes, in order of transactions, ending before the oldest open transaction.
    changes_sql: ClassVar[str] = """
        SELECT t.xid::text, t.seq, t.entity, t.entity_id, t.station_id FROM feed_change AS t
        WHERE t.feed = %(feed)s
          AND (t.station_id IS NULL OR t.station_id = %(station)s OR %(reviews)s)
          AND (t.xid, t.seq) > (%(xid)s::xid8, %(seq)s)
          AND t.xid < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY t.xid, t.seq LIMIT %(limit)s
    """

    def __init__(
        self, dsn: str, station: str = "", branch: Callable[[], Branch | None] = lambda: None
    ) -> None:
        """Stores the DSN and the workplace code without connecting; raises DsnInvalid.

        ``branch`` returns the timeline that the workplace sends to; the feed is read from that
        timeline or a later one.
        """
        self._hosts = central_hosts(dsn)
        self._slow: CentralHost | None = None
        self._branch = branch
        self._station = station
        self._reviews = False
        self._driver: Any = None
        self.start = FeedMark("", 0, 0, 0)
        """Position at the start of this server's history; empty before the first connection."""
        self.guard: Guard = nullcontext
        self.hears = False
        """Whether the server pushes change notifications; some connection poolers block them."""

    @property
    def is_connected(self) -> bool:
        return self._driver is not None

    def connect(self) -> None:
        """Connects to the responding server with the newest timeline and subscribes to
        notifications.

        Raises CentralNotReady, and BranchRefused if only servers of superseded timelines or of
        other central databases respond.
        """
        self.close()
        known = self._branch()
        best: tuple[FeedMark, Any] | None = None
        failure: Exception = BranchRefused("older")
        for host in sorted(self._hosts, key=lambda each: each is self._slow):
            if host is self._slow and best is not None:
                continue  # slow to fail, and another server is available
            begun_s = time.monotonic()
            try:
                start = self._look(host)
            except (psycopg2.Error, CentralNotReady) as error:
                self.close()
                failure = error
                self._slow = host if time.monotonic() - begun_s > SLOW_S else self._slow
                continue
            refused = _refused(known, start)
            if refused or (best is not None and start.timeline <= best[0].timeline):
                failure = BranchRefused(refused) if refused else failure
                self.close()
                continue
            if best is not None:
                best[1].close()
            best, self._driver = (start, self._driver), None
        if best is None:
            raise failure
        self.start, self._driver = best
        self._listen()

    def _look(self, host: CentralHost) -> FeedMark:
        """Connects to this server and returns the start position of its feed, which
        identifies it.
        """
        with self.guard():
            self._driver = psycopg2.connect(host.dsn)
            self._driver.autocommit = True
            # Between two pages of a snapshot the receiver writes thousands of entries.
            limit_session(self._driver, idle_in_transaction_s=300)
            return self._identity()

    def abort(self) -> None:
        """Shuts the connection down, which makes a blocked call fail. Thread-safe."""
        driver = self._driver
        if driver is not None:
            break_off(driver)

    def close(self) -> None:
        driver, self._driver = self._driver, None
        self.hears = False
        if driver is not None:
            driver.close()

    def changes(self, feed: Feed, mark: FeedMark, limit: int) -> Batch | MarkUnusable:
        """Returns at most ``limit`` changes after this position.

        Returns MarkUnusable if the feed cannot be continued from there and a snapshot is needed.
        """
        with self.guard(), self._snapshot() as cursor:
            if not self._is_usable(cursor, feed, mark):
                return MarkUnusable()
            place = {"xid": str(mark.xid), "seq": mark.seq, "limit": limit}
            asked = {"feed": feed.value, **self._who()}
            cursor.execute(self.changes_sql, asked | place)
            found = cursor.fetchall()
            cursor.execute(HELD, asked)
            xmin, held_since = cursor.fetchone()
            if not found:
                # ``seq`` starts at 1, so all changes of the oldest open transaction are still
                # included.
                reached = max(mark, mark.at(int(xmin), 0), key=lambda one: one.place)
                return Batch((), reached, is_full=False, held_since=held_since)
            wanted = asked | _wanted(row[2:4] for row in found)
            wanted["stations"] = sorted({row[4] for row in found if row[4] is not None})
            # The newest versions, even if a change refers to an older one: a receiver never
            # replaces a version by an older one.
            cursor.execute(STATEMENTS[feed].some, wanted)
            items = tuple(FeedItem(*row) for row in cursor.fetchall())
        reached = mark.at(int(found[-1][0]), found[-1][1])
        return Batch(items, reached, is_full=len(found) == limit, held_since=held_since)

    def whole(self, feed: Feed) -> Whole | None:
        """Returns a snapshot of the feed; None if the central database never had any of its items.

        The transaction on the server ends with the last item.
        """
        with self.guard():
            cursor = self._begin()
            cursor.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text, "
                "EXISTS (SELECT FROM feed_change WHERE feed = %(feed)s) "
                "OR EXISTS (SELECT FROM feed_floor WHERE feed = %(feed)s)",
                {"feed": feed.value},
            )
            xmin, is_known = cursor.fetchone()
            if STATEMENTS[feed].takes_place and not is_known:
                self._end()
                return None
            hashes: frozenset[str] = frozenset()
            if STATEMENTS[feed].hashes:
                cursor.execute(STATEMENTS[feed].hashes)
                hashes = frozenset(row[0] for row in cursor.fetchall())
        return Whole(self._items(STATEMENTS[feed].whole), self.start.at(int(xmin), 0), hashes)

    def digest(self, feed: Feed, mark: FeedMark) -> str | None:
        """Returns a digest of all valid items; None if there are changes after ``mark``."""
        with self.guard(), self._snapshot() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM feed_change "
                "WHERE feed = %s AND (xid, seq) > (%s::xid8, %s))",
                (feed.value, str(mark.xid), mark.seq),
            )
            if cursor.fetchone()[0]:
                return None
            cursor.execute(STATEMENTS[feed].digest)
            digest: str = cursor.fetchone()[0]
            return digest

    def content(self, sha256: str) -> bytes | None:
        """Returns the file of a document; None if it no longer exists."""
        with self.guard(), self._driver.cursor() as cursor:
            cursor.execute("SELECT content FROM shared_content WHERE sha256 = %s", (sha256,))
            row = cursor.fetchone()
            return None if row is None else bytes(row[0])

    def wait(self, timeout_s: float, wake: socket.socket) -> bool:
        """Blocks until a notification (returns True), a byte on ``wake`` or the time-out."""
        if self._driver is None:
            select.select([wake], [], [], timeout_s)
            return False
        # A notification that arrived with an answer is no longer in the socket.
        if not self._driver.notifies:
            select.select([self._driver, wake], [], [], timeout_s)
        return self.hear()

    def hear(self) -> bool:
        """Consumes the pending change notifications; returns whether there were any."""
        if self._driver is None:
            return False
        self._driver.poll()
        heard = bool(self._driver.notifies)
        self._driver.notifies.clear()
        return heard

    def _identity(self) -> FeedMark:
        with self._driver.cursor() as cursor:
            cursor.execute("SELECT to_regclass('alembic_version'), to_regclass('feed_change')")
            if None in cursor.fetchone():
                raise CentralNotReady("schema_missing")
            cursor.execute("SELECT version_num FROM alembic_version")
            known = migrations.revisions(migrations.CENTRAL)
            newest = migrations.newest(migrations.CENTRAL)
            # The schema of a newer program is accepted: it contains everything read here.
            if cursor.fetchone()[0] in known - {newest}:
                raise CentralNotReady("schema_missing")
            cursor.execute(
                "SELECT has_table_privilege('feed_change', 'SELECT') "
                "AND has_table_privilege('shared_document', 'SELECT')"
            )
            if not cursor.fetchone()[0]:
                raise CentralNotReady("rights_missing")
            # A database recreated on the same server gets another identity.
            cursor.execute(
                "SELECT system_identifier || '/' || (SELECT oid FROM pg_database "
                "WHERE datname = current_database()), "
                "substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) "
                "FROM pg_control_system()"
            )
            server, timeline = cursor.fetchone()
            cursor.execute("SELECT reviews FROM station WHERE station_id = %s", (self._station,))
            self._reviews = cursor.fetchone() == (True,)
            # A workplace that starts reviewing reads another feed, which requires a new snapshot.
            whose = f"{server}/all" if self._reviews else server
            return FeedMark(whose, int(timeline, 16), 0, 0)

    def _who(self) -> dict[str, str | bool]:
        return {"station": self._station, "reviews": self._reviews}

    def _listen(self) -> None:
        """Subscribes to change notifications and sends a test notification to check that they
        arrive.
        """
        with self.guard(), self._driver.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
            cursor.execute("SELECT pg_notify(%s, 'self')", (CHANNEL,))
        until = time.monotonic() + HEARING_S
        while not self.hears and (left_s := until - time.monotonic()) > 0:
            if self._driver.notifies or select.select([self._driver], [], [], left_s)[0]:
                self._driver.poll()
                self.hears = bool(self._driver.notifies)
        self._driver.notifies.clear()

    def _is_usable(self, cursor: Any, feed: Feed, mark: FeedMark) -> bool:
        if (mark.server, mark.timeline) != (self.start.server, self.start.timeline):
            return False
        cursor.execute("SELECT xid::text, seq FROM feed_floor WHERE feed = %s", (feed.value,))
        floor = cursor.fetchone()
        return floor is None or mark.place >= (int(floor[0]), floor[1])

    def _begin(self) -> Any:
        cursor = self._driver.cursor()
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return cursor

    def _end(self) -> None:
        if self._driver is not None and not self._driver.closed:
            with self._driver.cursor() as cursor:
                cursor.execute("ROLLBACK")

    @contextmanager
    def _snapshot(self) -> Iterator[Any]:
        """Opens one read-only transaction with a stable snapshot."""
        try:
            yield self._begin()
        finally:
            self._end()

    def _items(self, statement: str) -> Iterator[FeedItem]:
        """Yields the rows page by page, which avoids 50,000 documents in memory."""
        try:
            with self.guard(), self._driver.cursor() as cursor:
                asked = self._who()
                cursor.execute(f"DECLARE whole CURSOR FOR {statement}", asked)
            while page := self._page():
                yield from page
        finally:
            with self.guard():
                self._end()

    def _page(self) -> Sequence[FeedItem]:
        with self.guard(), self._driver.cursor() as cursor:
            cursor.execute(f"FETCH {_PAGE} FROM whole")
            return [FeedItem(*row) for row in cursor.fetchall()]


def _refused(known: Branch | None, met: FeedMark) -> str:
    """Returns the reason to refuse a server for the known timeline; empty if it is accepted."""
    if known is None:
        return ""
    if met.server.partition("/")[0] != known.system_identifier:
        return "other"
    return "older" if met.timeline < known.timeline else ""


def _wanted(changed: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Returns the parameters of the changed items. Items of a month are named "month/key"."""
    entities, ids = zip(*sorted(set(changed)), strict=True)
    parts = [one.rpartition("/") for one in ids]
    return {
        "entities": list(entities),
        "ids": list(ids),
        "periods": sorted({period for period, _slash, _key in parts}),
        "keys": [key for _period, _slash, key in parts],
    }
