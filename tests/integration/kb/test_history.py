"""Nothing is deleted: every version of an entry is stored with its author and time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kb.entries.changes import EntryPut
from kb.entries.entries import Entry, EntryKind
from kb.errors import UnknownEntry
from kb.store import Directory

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def _cold(directory: Directory) -> Entry:
    entry = directory.entry("q-cold")
    assert entry is not None
    return entry


def test_each_edit_is_a_version_with_who_and_when(directory: Directory) -> None:
    first = _cold(directory)
    second = replace(first, title="Холодные батареи")
    directory.upsert(second, by="probova", at=NOON)
    directory.close_entry("q-cold", NOON.date(), by="starshaya", at=NOON + DAY)

    history = directory.history("q-cold")

    assert [(one.number, one.by, one.action) for one in history] == [
        (1, "", "put"),
        (2, "probova", "put"),
        (3, "starshaya", "close"),
    ]
    assert [one.at for one in history[1:]] == [NOON, NOON + DAY]
    assert [one.entry for one in history] == [first, second, replace(second, valid_to=NOON.date())]


def test_an_edit_that_changes_nothing_is_no_version(directory: Directory) -> None:
    directory.upsert(_cold(directory), by="probova")

    assert len(directory.history("q-cold")) == 1


def test_a_restored_version_is_the_newest_and_is_found_again(directory: Directory) -> None:
    first = _cold(directory)
    directory.upsert(replace(first, title="Протекает крыша", names=()))
    directory.close_entry("q-cold", NOON.date())
    assert directory.search("крыша") == directory.search("батареи едва") == []

    directory.restore("q-cold", 1, by="starshaya", at=NOON)

    assert _cold(directory) == first
    assert directory.search("батареи едва")[0].entry_id == "q-cold"
    newest = directory.history("q-cold")[-1]
    assert (newest.number, newest.action, newest.by, newest.at) == (4, "restore", "starshaya", NOON)


def test_restoring_the_version_that_holds_changes_nothing(directory: Directory) -> None:
    directory.restore("q-cold", 1)

    assert len(directory.history("q-cold")) == 1


@pytest.mark.parametrize(("entry_id", "number"), [("q-cold", 2), ("q-cold", 0), ("nothing", 1)])
def test_a_version_that_is_not_there_cannot_be_restored(
    directory: Directory, entry_id: str, number: int
) -> None:
    with pytest.raises(UnknownEntry):
        directory.restore(entry_id, number)


def test_an_unknown_entry_has_no_history(directory: Directory) -> None:
    assert directory.history("nothing") == ()


def test_new_content_leaves_the_history_of_what_it_changes(
    directory: Directory, small_content: tuple[Entry, ...]
) -> None:
    changed = [
        replace(entry, title="Холодно") if entry.id == "q-cold" else entry
        for entry in small_content
        if entry.id != "q-wifi"
    ]
    directory.replace_all(changed, "2", by="import", at=NOON)

    actions = {
        entry.id: [(one.action, one.by) for one in directory.history(entry.id)[1:]]
        for entry in small_content
    }
    assert actions.pop("q-cold") == [("put", "import")]
    assert actions.pop("q-wifi") == [("close", "import")]
    assert set(map(len, actions.values())) == {0}


def test_a_feed_tells_who_and_when(directory: Directory) -> None:
    directory.apply([EntryPut(replace(_cold(directory), title="Холодно"), "centre", NOON)], "2")

    newest = directory.history("q-cold")[-1]
    assert (newest.by, newest.at) == ("centre", NOON)


def test_stale_entries_are_those_not_checked_for_longer_than_their_kind_may_go(
    directory: Directory,
) -> None:
    today = date(2026, 11, 25)
    cold = _cold(directory)
    for name, days in (("a", 30), ("b", 31), ("c", 400)):
        checked = today - timedelta(days=days)
        directory.upsert(replace(cold, id=f"q-{name}", checked_on=checked))
    directory.upsert(replace(cold, id="q-never", checked_on=None, owner=""))
    directory.upsert(replace(cold, id="q-closed", checked_on=None, valid_to=today))
    directory.upsert(replace(cold, id="q-later", checked_on=None, valid_from=today + DAY))

    stale = directory.stale(today, {EntryKind.QUESTION: 30, EntryKind.PERSON: 10})

    assert [(one.entry_id, one.owner, one.checked_on) for one in stale] == [
        ("q-never", "", None),
        ("q-c", "heating", today - timedelta(days=400)),
        ("q-b", "heating", today - timedelta(days=31)),
        ("person-town-hall-1", "town-hall", date(2026, 11, 10)),
    ]
    assert directory.stale(today, {}) == ()
