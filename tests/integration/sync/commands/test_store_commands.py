"""``python -m sync backup``, ``restore``, ``reset`` and ``key`` as an administrator runs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from sync.store.local.keys import StoreKey, key_file
from sync.store.local.register import RegisterStore
from tests.fakes.ready_commands import run
from tests.fakes.records import OPERATOR, new_call
from tests.fakes.store_template import StoreTemplate
from tests.integration.sync.commands.test_command_line import save

WAIT_S = 30


def test_a_lost_store_comes_back_from_its_copy(
    path: Path, key: StoreKey, store_template: StoreTemplate, tmp_path: Path
) -> None:
    store = store_template.open_copy(path)
    folder = tmp_path / "copies"
    refused = run("backup", "--to", str(folder), "--store", str(path))
    assert (refused.returncode, refused.stderr) == (
        3,
        "local database: backup failed: the folder does not exist\n",
    )
    folder.mkdir()
    card = save(store)
    made = run("backup", "--to", str(folder), "--store", str(path), "--json")
    assert made.returncode == 0, made.stderr
    copy = json.loads(made.stdout)["copy"]
    waiting = run("reset", "--store", str(path), "--check")
    assert waiting.returncode == 5
    assert "unsent records: 1; run `push` or `export-outbox` first" in waiting.stderr
    held = run("export-outbox", str(tmp_path / "first.jsonl"), "--store", str(path))
    assert "close it and export again" in held.stderr
    kept = run("key", "--store", str(path))
    assert kept.stdout.strip() == key.raw.hex()
    (tmp_path / "safe.txt").write_text(kept.stdout)
    now = datetime.now(UTC)  # numbers of past months are no longer given out
    spoken = {card.number, store.open_card(new_call(2, now), OPERATOR).result(WAIT_S).number}
    assert store.close_store()
    path.unlink()
    key_file(path).unlink()

    nothing = run("restore", "--from", copy, "--store", str(path))
    assert (nothing.returncode, nothing.stderr) == (
        3,
        "local database: no key in the keyring or key file; run as the user who owns the database,"
        " or put back the key file\n",
    )
    safe = str(tmp_path / "safe.txt")
    back = run("restore", "--from", copy, "--store", str(path), "--key-file", safe, "--json")
    assert back.returncode == 0, back.stderr
    facts = json.loads(back.stdout)
    shown = run("show", str(card.number), "--store", str(path), "--json")
    assert json.loads(shown.stdout)["content"] == card.content
    again = RegisterStore.open(path, key)
    try:
        given = again.open_card(new_call(3, now), OPERATOR).result(WAIT_S).number
        assert str(again.station().install_id) == facts["install_id"]
    finally:
        again.close_store()
    assert given not in spoken


def test_a_store_goes_only_after_its_outbox_was_exported(
    path: Path, key: StoreKey, store_template: StoreTemplate, tmp_path: Path
) -> None:
    store = store_template.open_copy(path)
    save(store)
    assert store.close_store()
    assert run("reset", "--store", str(path)).returncode == 5
    assert path.exists()
    assert key_file(path).exists()
    exported = run("export-outbox", str(tmp_path / "rows.jsonl"), "--store", str(path))
    assert (exported.returncode, exported.stderr) == (0, "")
    removed = run("reset", "--store", str(path), "--json")
    assert json.loads(removed.stdout) == {"removed": True, "held_here_only": 0}
    assert not path.exists()
    assert not key_file(path).exists()
    assert run("reset", "--store", str(path), "--check").stdout == "no local database\n"
