"""The feed from a real PostgreSQL: nothing missed, nothing applied in part, snapshots when
required.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from sync.cli import main
from sync.errors import BranchRefused, CentralNotReady
from sync.exchange.failures import FailureKind
from sync.exchange.feed import catch_up, compare, take_whole
from sync.exchange.feed_reader import (
    FeedEvent,
    FeedLost,
    FeedReached,
    FeedReader,
    FeedRefused,
    FeedSettings,
    FeedTaken,
)
from sync.exchange.supervision import RestartPace, ServiceState
from sync.records.feed_values import DocumentEntity, Feed, FeedMark
from sync.store.central.administration import forget_changes
from sync.store.central.feed import CentralFeed
from sync.store.central.shared_documents import SharedDocument, put_documents
from sync.store.local.outbox import FeedRead, note_feed_read
from sync.store.local.register import RegisterStore
from tests.fakes.directory_editors import DirectoryEditors
from tests.fakes.events import Heard
from tests.fakes.feed_target import HeldItems, SequenceFeed
from tests.fakes.postgres import PostgresServer
from tests.fakes.tcp_proxy import TcpProxy

WAIT_S = 20.0
QUICK = FeedSettings(
    poll_s=(0.2, 0.3), spread_s=0.02, held_s=0.05, first_delay_s=0.05, answer_limit_s=1.0
)
FAR = 24 * 3600.0


def entry(key: str, title: str = "Заголовок", closed_on: date | None = None) -> SharedDocument:
    document = {"id": key, "kind": "question", "title": title, "body": "Текст"}
    return SharedDocument(DocumentEntity.ENTRY, key, document, closed_on)


@contextmanager
def connected(dsn: str, station: str = "") -> Iterator[CentralFeed]:
    central = CentralFeed(dsn, station)
    central.connect()
    try:
        yield central
    finally:
        central.close()


@contextmanager
def reading(
    dsn: str,
    *targets: HeldItems,
    settings: FeedSettings = QUICK,
    kind: type[CentralFeed] = CentralFeed,
) -> Iterator[Heard[FeedEvent]]:
    heard: Heard[FeedEvent] = Heard()
    reader = FeedReader(kind(dsn), targets, heard, settings=settings)
    reader.start()
    try:
        yield heard
    finally:
        assert reader.stop(WAIT_S)


def titles(target: HeldItems) -> dict[str, str]:
    return {
        key: item.document.get("title", "")
        for (_entity, key), item in target.items.items()
        if item.document is not None and item.closed_on is None
    }


def execute(dsn: str, statement: str, values: tuple[Any, ...] = ()) -> None:
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
    finally:
        connection.close()


def wait_until(is_so: Callable[[], bool], limit_s: float = WAIT_S) -> None:
    until = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.01)  # bounded waiting for another thread


def test_changes_come_in_their_newest_version_with_tombstones_and_files(dsn: str) -> None:
    target = HeldItems()
    with connected(dsn) as central:
        assert catch_up(central, target).count == 0
        assert target.wholes == 0, "a centre without a directory leaves a workplace its own"
        document = SharedDocument(
            DocumentEntity.ATTACHMENT, "d-1", {"id": "d-1", "title": "Карта"}, content=b"%PDF-"
        )
        put_documents(dsn, [entry("q-1"), entry("q-2"), document], by="Редактор")
        assert catch_up(central, target).is_whole
        assert list(target.contents.values()) == [b"%PDF-"]
        again = put_documents(dsn, [entry("q-1"), entry("q-2")])
        assert (again.changed, again.unchanged) == (0, 2)
        assert catch_up(central, target).count == 0

        put_documents(dsn, [entry("q-1", "Второй")])
        put_documents(dsn, [entry("q-1", "Третий"), entry("q-3")])
        gone = SharedDocument(DocumentEntity.ENTRY, "q-2", None, date(2026, 11, 26))
        put_documents(dsn, [gone])
        taken = catch_up(central, target)
        assert (taken.count, taken.is_whole) == (3, False)
        assert titles(target) == {"q-1": "Третий", "q-3": "Заголовок", "d-1": "Карта"}
        assert target.items["entry", "q-2"].document is None
        assert target.items["entry", "q-1"].ver == 3
        assert compare(central, target) is None


def test_the_whole_is_taken_on_another_server_branch_old_mark_and_other_content(
    postgres: PostgresServer, dsn: str, central_template: str
) -> None:
    put_documents(dsn, [entry(f"q-{number}") for number in range(3)])
    target = HeldItems()
    with connected(dsn) as central:
        catch_up(central, target)
        mark = FeedMark.read(target.kept_mark)
        assert mark is not None
        for foreign in (
            FeedMark("other", mark.timeline, mark.xid, mark.seq),
            FeedMark(mark.server, mark.timeline - 1, mark.xid, mark.seq),
        ):
            target.kept_mark = foreign.as_text()
            assert catch_up(central, target).is_whole
        ahead = FeedMark(mark.server, mark.timeline + 1, mark.xid, mark.seq)
        target.kept_mark = ahead.as_text()
        with pytest.raises(BranchRefused):
            catch_up(central, target)

        target.kept_mark = mark.as_text()
        assert not catch_up(central, target).is_whole
        execute(
            dsn,
            "INSERT INTO feed_floor VALUES ('directory', %s::xid8, %s)",
            (str(mark.xid + 1), mark.seq),
        )
        assert catch_up(central, target).is_whole

        del target.items["entry", "q-1"]
        renewed = compare(central, target)
        assert renewed is not None
        assert renewed.is_whole
        assert len(target.items) == 3
        assert compare(central, target) is None

        # A difference that remains after a resync is not fetched again until the central database
        # changes.
        target.digest = lambda: "other"  # type: ignore[method-assign]
        assert compare(central, target) is not None
        assert compare(central, target) is None
        put_documents(dsn, [entry("q-9")])
        assert compare(central, target) is None, "not while changes are still to come"
        catch_up(central, target)
    with postgres.database(central_template) as other, connected(other) as central:
        put_documents(other, [entry("q-7")])
        catch_up(central, target)
    assert list(titles(target)) == ["q-7"], "another database on the same server"


def test_the_log_is_shortened_and_who_was_away_takes_the_whole(dsn: str) -> None:
    current, away = HeldItems(), HeldItems()
    put_documents(dsn, [entry("q-1")])
    with connected(dsn) as central:
        catch_up(central, away)
        put_documents(dsn, [entry("q-2")])
        catch_up(central, current)
        now = datetime.now(UTC)
        assert forget_changes(dsn, now) == 0
        execute(dsn, "UPDATE feed_change SET at = at - interval '31 days'")
        put_documents(dsn, [entry("q-3")])
        assert forget_changes(dsn, now) == 2
        taken = catch_up(central, current)
        assert (taken.count, taken.is_whole) == (1, False)
        assert catch_up(central, away).is_whole
    assert set(titles(away)) == set(titles(current)) == {"q-1", "q-2", "q-3"}


def test_one_that_refuses_holds_up_no_other_and_gets_it_again(dsn: str) -> None:
    first, second = HeldItems(), HeldItems()
    first.refusal = "SQLITE_FULL"
    put_documents(dsn, [entry("q-1")])
    with reading(dsn, first, second) as heard:
        taken = FeedTaken(Feed.DIRECTORY, 1, is_whole=True)
        refused = FeedRefused(Feed.DIRECTORY, "SQLITE_FULL")
        heard.wait_for(lambda events: taken in events and refused in events, WAIT_S)
        assert not first.kept_mark
        assert len(second.items) == 1
        first.refusal = ""
        wait_until(lambda: len(first.items) == 1)


def test_editors_at_once_and_no_change_is_missed_but_by_the_sequence(dsn: str) -> None:
    """A short form of fault 11; the long form is in tests/benchmarks/feed.py."""
    put_documents(dsn, [entry("first")])
    targets, broken = [HeldItems() for _ in range(4)], HeldItems()
    quick = replace(QUICK, poll_s=(0.05, 0.1))
    with ExitStack() as readers:
        for target in targets:
            readers.enter_context(reading(dsn, target))
        readers.enter_context(reading(dsn, broken, settings=quick, kind=SequenceFeed))
        wait_until(lambda: all(target.items for target in (*targets, broken)))
        with DirectoryEditors(dsn) as editors:
            time.sleep(3.0)  # duration of the fault
        expected = {key: ver for key, (ver, _at) in editors.committed.items()} | {"first": 1}
        for target in targets:
            wait_until(lambda target=target: held(target) == expected)  # type: ignore[misc]
        put_documents(dsn, [entry("last")])
        wait_until(lambda: ("entry", "last") in broken.items)
    lags = sorted(
        target.arrived_s["entry", key] - at
        for target in targets
        for key, (_ver, at) in editors.committed.items()
    )
    assert editors.rolled_back
    assert len(expected) > 100
    assert lags[int(len(lags) * 0.95)] <= 2.0
    lost = {key for key, ver in expected.items() if held(broken).get(key, 0) < ver}
    assert lost, "a reader that goes by the sequence must lose, or this proves nothing"


def held(target: HeldItems) -> dict[str, int]:
    return {key: item.ver for (_entity, key), item in target.items.items()}


def test_a_frozen_centre_is_given_up_and_read_again(
    dsn: str, proxy: TcpProxy, through_proxy: Callable[[str], str]
) -> None:
    target = HeldItems()
    put_documents(dsn, [entry("q-1")])
    with reading(through_proxy(dsn), target) as heard:
        heard.wait_for(lambda events: FeedReached() in events, WAIT_S)
        proxy.freeze()
        put_documents(dsn, [entry("q-2")])
        lost = FeedLost(FailureKind.TIMED_OUT)
        heard.wait_for(lambda events: lost in events, WAIT_S)
        proxy.thaw()
        heard.wait_for(lambda events: events.count(FeedReached()) == 2, WAIT_S)
        assert len(target.items) == 2


def test_word_comes_by_itself_and_a_missing_schema_is_told(dsn: str, empty_dsn: str) -> None:
    with pytest.raises(CentralNotReady), connected(empty_dsn):
        pass
    target = HeldItems()
    put_documents(dsn, [entry("q-1")])
    central = CentralFeed(dsn)
    reader = FeedReader(
        central, [target], lambda _event: None, settings=replace(QUICK, poll_s=(FAR, FAR))
    )
    reader.start()
    try:
        wait_until(lambda: reader.status().read.read_at is not None)
        assert reader.status().hears
        put_documents(dsn, [entry("q-2")])
        wait_until(lambda: len(target.items) == 2)
    finally:
        assert reader.stop(WAIT_S)


class EditedMeanwhile(HeldItems):
    """During its first read, an editor changes earlier rows."""

    def __init__(self, edit: Callable[[], object]) -> None:
        super().__init__(Feed.SETTINGS)
        self._edits = iter([edit])

    def mark(self) -> str:
        for edit in self._edits:
            edit()
        return super().mark()


def test_word_that_comes_while_the_centre_is_read_is_heard(dsn: str) -> None:
    put_documents(dsn, [entry("q-1")])
    target = HeldItems()
    edited = EditedMeanwhile(lambda: put_documents(dsn, [entry("q-2")]))
    with reading(dsn, target, edited, settings=replace(QUICK, poll_s=(FAR, FAR))):
        wait_until(lambda: len(target.items) == 2)


def test_a_clock_set_back_delays_neither_the_comparison_nor_what_is_kept(dsn: str) -> None:
    target, kept = HeldItems(), list[FeedRead]()
    put_documents(dsn, [entry("q-1")])
    now = right = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    reader = FeedReader(
        CentralFeed(dsn),
        [target],
        lambda _event: None,
        settings=replace(QUICK, compare_s=3600.0),
        clock=lambda: now,
        keep=kept.append,
    )
    reader.start()
    try:
        wait_until(lambda: len(kept) == 1)
        target.items.clear()  # as a receiver that lost data
        now = right - timedelta(days=1)
        wait_until(lambda: list(titles(target)) == ["q-1"])
        wait_until(lambda: len(kept) == 2)
    finally:
        assert reader.stop(WAIT_S)

    assert [read.read_at for read in kept] == [right, now]


def test_a_transaction_that_stays_open_holds_the_feed_and_is_told(
    dsn: str, store: RegisterStore, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = HeldItems()
    put_documents(dsn, [entry("q-1")])
    kept: list[FeedRead] = []

    def keep(read: FeedRead) -> None:
        kept.append(read)
        store.write(partial(note_feed_read, read=read)).result(WAIT_S)

    reader = FeedReader(CentralFeed(dsn), [target], lambda _event: None, settings=QUICK, keep=keep)
    reader.start()
    try:
        wait_until(lambda: reader.status().has_looked)
        assert reader.status().read.held_since is None
        blocker = psycopg2.connect(dsn)
        try:
            with blocker.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()")
            put_documents(dsn, [entry("q-2")])
            wait_until(lambda: reader.status().read.held_since is not None)
            assert len(target.items) == 1
            assert main(["status", "--json", "--store", str(path)]) == 0
            told = json.loads(capsys.readouterr().out)["feed"]
            held_since = reader.status().read.held_since
            assert held_since is not None
            assert (told["standing"], told["behind_since"]) == ("following", None)
            assert datetime.fromisoformat(told["held_since"]) == held_since
        finally:
            blocker.close()
        wait_until(lambda: reader.status().read.held_since is None)
        assert len(target.items) == 2
    finally:
        assert reader.stop(WAIT_S)
    # initially, and at the start and end of the block; not at every poll
    assert [read.held_since is None for read in kept] == [True, False, True]


def test_a_folder_is_imported_and_its_faults_are_told(
    dsn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = tmp_path / "entries.jsonl"
    ended = '{"id": "q-2", "valid_to": "2026-01-31"}\n'
    lines.write_text('{"id": "q-1", "kind": "question"}\n\n' + ended)
    (tmp_path / "map.pdf").write_bytes(b"%PDF-")
    (tmp_path / "attachments.jsonl").write_text(
        '{"id": "d-1", "file": "map.pdf", "entry_id": "q-1"}\n'
    )
    arguments = ["central", "import-directory", str(tmp_path), "--dsn", dsn, "--json"]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out) == {"changed": 3, "unchanged": 0, "closed": 0}
    lines.write_text(ended)
    assert main([*arguments, "--close-others"]) == 0
    assert json.loads(capsys.readouterr().out) == {"changed": 0, "unchanged": 2, "closed": 1}
    lines.write_text(
        '{"id": "q-3"}\nplain\n{"id": ""}\n{"id": "q-3"}\n{"id": "q-4", "valid_to": 5}\n'
    )
    (tmp_path / "map.pdf").unlink()
    assert main(arguments) == 2
    assert capsys.readouterr().err.split() == [
        "attachments.jsonl:1:", "file_missing", "entries.jsonl:2:", "not_json",
        "entries.jsonl:3:", "no_id", "entries.jsonl:4:", "repeated_id",
        "entries.jsonl:5:", "bad_valid_to",
    ]  # fmt: skip
    target = HeldItems()
    with connected(dsn) as central:
        take_whole(central, target)
    assert held(target) == {"q-1": 2, "d-1": 1}, "what ends today is told with its end"
    assert titles(target) == {"d-1": ""}


def test_news_come_after_a_bug_of_the_thread(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bugs: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: bugs.append(args.exc_type.__name__))
    target = HeldItems()
    failures = iter([ZeroDivisionError()])

    def tell(_event: FeedEvent) -> None:
        for failure in failures:
            raise failure

    reader = FeedReader(CentralFeed(dsn), [target], tell, settings=QUICK)
    reader.restart_pace = RestartPace(0.01, 0.01)
    reader.start()
    try:
        wait_until(lambda: reader.health.restarts == 1)
        put_documents(dsn, [entry("q-1")], by="Редактор Проба")
        wait_until(lambda: titles(target) == {"q-1": "Заголовок"})
    finally:
        assert reader.stop(WAIT_S)

    assert bugs == ["ZeroDivisionError"]
    assert reader.health.state is ServiceState.STOPPED
