"""Schema upgrades of the workplace's file: baseline, newer and older programs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from sync.errors import StoreOutdated, StoreTooNew
from sync.store import migrations
from sync.store.local.engine import file_engine, writing_engine
from sync.store.local.keys import StoreKey
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.filled_store import make_filled_store, outbox_rows
from tests.fakes.schema_snapshots import load_local_snapshot
from tests.fakes.second_revision import REVISION, tree_with_second_revision


def schema(engine: Engine) -> dict[str, list[str]]:
    """Every table and index as SQLite keeps it, its parts in one order."""
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%'")
        ).all()
    return {name: parts_of(sql) for name, sql in found if sql}


def parts_of(statement: str) -> list[str]:
    """The parts between commas outside of brackets, written one way."""
    spaced = re.sub(r"\s+", " ", statement).strip().removesuffix(")").strip()
    depth, parts = 0, [""]
    for sign in spaced.partition("(")[0] + "," + spaced.partition("(")[2]:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return sorted(part.strip() for part in parts)


def test_revisions_after_the_snapshot_lead_to_the_schema_of_the_tables(
    tmp_path: Path, key: StoreKey
) -> None:
    """A change of the tables needs a revision; a store of the first version then gets it too."""
    fresh = writing_engine(tmp_path / "fresh.db", key)
    with fresh.begin() as connection:
        assert migrations.upgrade(connection, migrations.LOCAL)
    first = writing_engine(tmp_path / "first.db", key)
    with first.begin() as connection:
        load_local_snapshot(connection)
        migrations.upgrade(connection, migrations.LOCAL)
    try:
        assert schema(first) == schema(fresh)
        assert "call_record" in schema(first)
    finally:
        fresh.dispose()
        first.dispose()


def test_a_second_upgrade_has_nothing_to_do(path: Path, key: StoreKey) -> None:
    engine = writing_engine(path, key)
    with engine.begin() as connection:
        migrations.upgrade(connection, migrations.LOCAL)
    with engine.begin() as connection:
        assert not migrations.upgrade(connection, migrations.LOCAL)
        assert migrations.current(connection) == migrations.newest(migrations.LOCAL)
    engine.dispose()


def set_revision(path: Path, key: StoreKey, statement: str) -> None:
    engine = writing_engine(path, key)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_store_of_a_newer_program_is_refused_untouched(path: Path, key: StoreKey) -> None:
    RegisterStore.open(path, key).close_store()
    set_revision(path, key, "UPDATE alembic_version SET version_num = 'future'")
    before = path.read_bytes()
    with pytest.raises(StoreTooNew) as caught:
        RegisterStore.open(path, key)
    assert caught.value.found == "future"
    with pytest.raises(StoreTooNew):
        RegisterReading.open_for_reading(path, key)
    assert path.read_bytes() == before


def test_a_store_that_needs_an_upgrade_cannot_be_only_read(path: Path, key: StoreKey) -> None:
    RegisterStore.open(path, key).close_store()
    set_revision(path, key, "DELETE FROM alembic_version")
    with pytest.raises(StoreOutdated):
        RegisterReading.open_for_reading(path, key)


def test_an_upgrade_keeps_a_copy_of_the_store(
    path: Path, key: StoreKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = make_filled_store(path, key)
    baseline = migrations.newest(migrations.LOCAL)
    later = tree_with_second_revision(migrations.LOCAL, tmp_path)
    monkeypatch.setattr(migrations, "LOCAL", later)
    store = RegisterStore.open(path, key)
    assert outbox_rows(store) == rows
    assert store.read(migrations.current) == REVISION
    assert store.close_store()
    former = file_engine(path.with_name("register.db.before-upgrade"), key)
    with former.begin() as connection:
        assert migrations.current(connection) == baseline
        assert connection.scalar(text("SELECT count(*) FROM outbox")) == len(rows)
    former.dispose()
    former_file = path.with_name("register.db.before-upgrade")
    kept = former_file.stat().st_mtime_ns
    RegisterStore.open(path, key).close_store()  # no upgrade, so no new copy
    assert former_file.stat().st_mtime_ns == kept
