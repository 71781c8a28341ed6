"""No loss and no duplicates: kills, bad networks, lost replies and server failures.

Each fault is also applied to a workplace that is broken on purpose and must detect it. The long
runs are in ``tests/benchmarks``, their figures in ``docs/reliability.md``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from uuid_utils.compat import uuid7

from sync.commands import rehearsal_workplace
from sync.exchange.sender import Sender, SenderSettings
from sync.store.local.register import RegisterStore
from tests.fakes.bad_networks import NETWORK_FAULTS, line_of, ride
from tests.fakes.broken_workplace import (
    BoundedStore,
    ForgivingStore,
    HopefulStore,
    ReissuingStore,
)
from tests.fakes.events import Heard
from tests.fakes.killing import Files, kill_at_commit, kill_saved, spawn, spawn_broken
from tests.fakes.postgres import PostgresServer
from tests.fakes.rehearsal import Faults, Rehearsing, Told
from tests.fakes.store_template import StoreTemplate
from tests.fakes.tcp_proxy import CommitMoment, TcpProxy

WAIT_S = 20.0
QUICK = SenderSettings(
    batch_size=20, first_delay_s=0.05, longest_delay_s=0.4, poll_s=0.2, answer_limit_s=1.0
)

SHORT = ("reset", "half open", "hole for answers")


@contextmanager
def opened(
    kind: type[RegisterStore], template: StoreTemplate, path: Path
) -> Iterator[RegisterStore]:
    shutil.copyfile(template.path, path)
    store = kind.open(path, template.key)
    yield store
    assert store.close_store()


def save(store: RegisterStore, count: int, content: str | None = None) -> Told:
    told = Told()
    for _ in range(count):
        call = rehearsal_workplace.ring(uuid7(), datetime.now(UTC))
        card = rehearsal_workplace.finished(
            store.open_card(call, rehearsal_workplace.OPERATOR).result(WAIT_S), datetime.now(UTC)
        )
        if content is not None:
            card = replace(card, content=content)
        told.acked.append(line_of(store.close(card).result(WAIT_S)))
    told.attempts = list(told.acked)
    return told


def send_all(store: RegisterStore, dsn: str) -> None:
    done: Heard[object] = Heard()
    sender = Sender(store, dsn, done, settings=QUICK)
    sender.start()
    try:
        done.wait_for(lambda _told: store.outbox_status().waiting == 0, WAIT_S)
    finally:
        assert sender.stop(WAIT_S)


def drained(files: Files, dsn: str) -> Faults:
    with Rehearsing(files.folder, dsn, "--count", "0", "--drain") as process:
        assert process.finish()[0] == 0
    return files.told().faults(dsn)


def test_a_workplace_killed_when_it_has_just_saved_or_sent_loses_and_doubles_nothing(
    postgres: PostgresServer, dsn: str, tmp_path: Path
) -> None:
    files = Files(tmp_path / "desk")
    assert kill_saved(spawn, files, dsn, 5)
    assert kill_at_commit(spawn, files, postgres.port, dsn, CommitMoment.DONE, 3)
    assert drained(files, dsn).are_none


def test_kills_find_a_workplace_that_notes_before_the_centre_has_it(
    postgres: PostgresServer, dsn: str, tmp_path: Path
) -> None:
    files, start = Files(tmp_path / "desk"), spawn_broken("hopeful")
    assert kill_at_commit(start, files, postgres.port, dsn, CommitMoment.ASKED, 3)
    found = drained(files, dsn)
    assert found.lost or found.stale  # the lost row may have been a later revision of a call


@pytest.mark.parametrize(
    "fault", [fault for fault in NETWORK_FAULTS if fault.name in SHORT], ids=lambda each: each.name
)
def test_a_bad_network_loses_and_doubles_nothing(
    store: RegisterStore,
    dsn: str,
    proxy: TcpProxy,
    through_proxy: Callable[[str], str],
    fault: object,
) -> None:
    (chosen,) = (each for each in NETWORK_FAULTS if each is fault)
    went = ride(store, through_proxy(dsn), proxy, chosen, lasts_s=1.2, per_s=50, settings=QUICK)
    assert went.told.faults(dsn).are_none
    assert went.drained_s < 10


@pytest.mark.parametrize("kind", [RegisterStore, HopefulStore])
def test_a_line_cut_before_a_commit_finds_a_workplace_that_notes_before_the_centre_has_it(
    store_template: StoreTemplate,
    path: Path,
    postgres: PostgresServer,
    dsn: str,
    kind: type[RegisterStore],
) -> None:
    cuts = iter([False])  # the first COMMIT does not reach the server
    with (
        TcpProxy(
            postgres.port, lambda moment: moment is not CommitMoment.ASKED or next(cuts, True)
        ) as proxy,
        opened(kind, store_template, path) as store,
    ):
        told = save(store, 30)
        send_all(store, dsn.replace(f"port={postgres.port}", f"port={proxy.port}"))
    lost = told.faults(dsn).lost
    assert len(lost) == (QUICK.batch_size if kind is HopefulStore else 0)


def test_lost_answers_find_a_workplace_that_sends_again_as_something_new(
    store_template: StoreTemplate,
    path: Path,
    dsn: str,
    proxy: TcpProxy,
    through_proxy: Callable[[str], str],
) -> None:
    proxy.commits_to_lose = 2
    with opened(ReissuingStore, store_template, path) as store:
        told = save(store, 30)
        send_all(store, through_proxy(dsn))
    assert proxy.commits_lost == 2
    assert told.faults(dsn).altered


@pytest.mark.parametrize("kind", [RegisterStore, BoundedStore])
def test_a_long_time_offline_is_drained_and_finds_a_bounded_queue(
    store_template: StoreTemplate, path: Path, dsn: str, kind: type[RegisterStore]
) -> None:
    with opened(kind, store_template, path) as store:
        told = save(store, BoundedStore.KEPT + 10)
        send_all(store, dsn)
    assert len(told.faults(dsn).lost) == (10 if kind is BoundedStore else 0)


@pytest.mark.parametrize("kind", [RegisterStore, ForgivingStore])
def test_a_refused_row_is_visible_and_missed_where_nobody_notes_it(
    store_template: StoreTemplate, path: Path, dsn: str, kind: type[RegisterStore]
) -> None:
    with opened(kind, store_template, path) as store:
        told = save(store, 10)
        refused = save(store, 1, content="\0").acked[0]
        told.acked += save(store, 10).acked
        told.attempts = list(told.acked)
        send_all(store, dsn)
        assert told.faults(dsn).are_none
        visible = [str(row.entity_id) for row in store.outbox_poison()]
    assert visible == ([refused.id] if kind is RegisterStore else [])
