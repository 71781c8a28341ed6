"""Drafts of editors are stored until published; two editors do not overwrite each other."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kb.entries.changes import ChangedMeanwhile, EntryDraft, Published
from kb.entries.entries import Entry, EntryKind
from kb.store import Directory

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def _cold(directory: Directory) -> Entry:
    entry = directory.entry("q-cold")
    assert entry is not None
    return entry


def _draft(by: str = "probova", title: str = "Холодно", based_on: int = 1) -> EntryDraft:
    return EntryDraft("q-cold", EntryKind.QUESTION, by, based_on, {"title": title})


def test_a_draft_outlives_the_program_and_each_editor_has_one(tmp_path: Path) -> None:
    path = tmp_path / "directory.db"
    with closing(Directory.open(path)) as directory:
        directory.keep_draft(_draft(title="Хол"))
        directory.keep_draft(_draft(title="Холодно"))
        directory.keep_draft(_draft("starshaya", "Другое"))
    with closing(Directory.open(path)) as directory:
        assert directory.draft("q-cold", "probova") == _draft()
        assert directory.drafts("starshaya") == (_draft("starshaya", "Другое"),)
        directory.drop_draft("q-cold", "probova")
        assert directory.draft("q-cold", "probova") is None


def test_publishing_makes_a_version_and_takes_the_draft_away(directory: Directory) -> None:
    directory.keep_draft(_draft())
    changed = replace(_cold(directory), title="Холодно")

    outcome = directory.publish(changed, based_on=1, by="probova", by_id="probova", at=NOON)

    assert outcome == Published(2)
    assert _cold(directory) == changed
    assert directory.draft("q-cold", "probova") is None
    newest = directory.history("q-cold")[-1]
    assert (newest.number, newest.by, newest.at) == (2, "probova", NOON)


def test_the_second_editor_is_told_and_keeps_the_draft(directory: Directory) -> None:
    first = _cold(directory)
    directory.keep_draft(_draft())
    directory.publish(
        replace(first, body="Иначе"), based_on=1, by="starshaya", by_id="starshaya", at=NOON
    )

    outcome = directory.publish(
        replace(first, title="Холодно"), based_on=1, by="probova", by_id="probova"
    )

    assert isinstance(outcome, ChangedMeanwhile)
    assert (outcome.newest.number, outcome.newest.by) == (2, "starshaya")
    assert _cold(directory).body == "Иначе"
    assert directory.draft("q-cold", "probova") == _draft()


def test_a_new_entry_whose_id_is_taken_overwrites_nothing(directory: Directory) -> None:
    new = Entry("q-cold", EntryKind.QUESTION, "Новая", "")

    assert isinstance(
        directory.publish(new, based_on=0, by="probova", by_id="probova"), ChangedMeanwhile
    )
    fresh = replace(new, id="q-new")
    assert directory.publish(fresh, based_on=0, by="probova", by_id="probova") == Published(1)


def test_publishing_what_is_there_already_makes_no_version(directory: Directory) -> None:
    assert directory.publish(
        _cold(directory), based_on=1, by="probova", by_id="probova"
    ) == Published(1)


def test_of_two_editors_of_one_name_each_has_versions_and_drafts_of_their_own(
    directory: Directory,
) -> None:
    directory.keep_draft(_draft("first"))
    changed = replace(_cold(directory), title="Зябко")
    directory.publish(changed, based_on=1, by="Пробова Анна", by_id="second")
    directory.restore("q-cold", 1, by="Пробова Анна", by_id="third")

    def touched(by_id: str) -> tuple[bool, bool]:
        row = directory.summary("q-cold", by_id)
        assert row is not None
        return row.touched, row.has_draft

    assert touched("first") == (False, True)
    assert touched("second") == (True, False)
    assert touched("third") == (True, False)
    assert directory.summary("nothing", "first") is None


def test_the_list_of_all_tells_what_is_an_editors_own(directory: Directory) -> None:
    directory.publish(
        replace(_cold(directory), title="Холодно"), based_on=1, by="probova", by_id="probova"
    )
    directory.publish(
        replace(_cold(directory), title="Зябко"), based_on=2, by="starshaya", by_id="starshaya"
    )
    directory.keep_draft(replace(_draft(), entry_id="q-wifi"))
    directory.close_entry("q-wifi", NOON.date())

    rows = {row.entry_id: row for row in directory.summaries("probova")}

    assert set(rows) == {entry.id for entry in directory.entries()}
    assert (rows["q-cold"].title, rows["q-cold"].touched) == ("Зябко", True)
    assert (rows["q-wifi"].has_draft, rows["q-wifi"].valid_to) == (True, NOON.date())
    assert [row.entry_id for row in rows.values() if row.touched] == ["q-cold"]
    assert rows["homes/cold"].parent == "homes"
    assert not any(row.touched or row.has_draft for row in directory.summaries(""))
