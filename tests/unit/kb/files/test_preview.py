"""The preview of an import: new, changed and closed entries, and every invalid row."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.entries.changes import EntryClosed, EntryPut
from kb.entries.entries import Entry, EntryKind, UnitDetails
from kb.errors import ImportFault, ImportRefused
from kb.files.importing import ImportPreview, preview_import, read_folder

SMALL = Path(__file__).resolve().parents[3] / "data" / "directory"
TODAY = date(2026, 11, 25)


@pytest.fixture
def stored() -> tuple[Entry, ...]:
    return read_folder(SMALL)


def _csv(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "import.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def _ids(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.id for entry in entries]


def _faults(preview: ImportPreview) -> list[tuple[int, ImportFault]]:
    return [(problem.line, problem.fault) for problem in preview.problems]


def test_the_same_again_changes_nothing(stored: tuple[Entry, ...]) -> None:
    preview = preview_import(SMALL, stored, replaces=True, today=TODAY)

    assert preview == ImportPreview((), (), stored, (), ())
    assert preview.changes(TODAY) == ()


def test_new_and_changed_entries_are_told_with_what_they_were(
    tmp_path: Path, stored: tuple[Entry, ...]
) -> None:
    file = _csv(
        tmp_path,
        "id;kind;title",
        "q-new;question;Новый вопрос",
        "q-cold;question;Холодно",
        "q-wifi;question;Есть ли Wi-Fi в библиотеке",
    )
    preview = preview_import(file, stored)

    assert _ids(preview.new) == ["q-new"]
    assert _ids(preview.unchanged) == ["q-wifi"]
    (change,) = preview.changed
    assert change.before.title == "Батареи едва тёплые, что делать"
    assert change.after == replace(change.before, title="Холодно")
    assert preview.closed == ()


def test_a_table_leaves_alone_what_it_has_no_column_for_and_empties_what_it_has(
    tmp_path: Path, stored: tuple[Entry, ...]
) -> None:
    """Including the kind: rows of existing entries may omit it."""
    preview = preview_import(
        _csv(tmp_path, "id;address;email;names", "town-hall;пл. Мира, 1;;"), stored
    )

    (change,) = preview.changed
    before, after = change.before.details, change.after.details
    assert isinstance(before, UnitDetails)
    assert before.email
    assert after == replace(before, address="пл. Мира, 1", email="")
    assert replace(change.after, details=before, names=change.before.names) == change.before
    assert change.before.names
    assert change.after.names == ()


def test_an_entry_of_another_kind_takes_none_of_the_old_details(
    tmp_path: Path, stored: tuple[Entry, ...]
) -> None:
    file = _csv(tmp_path, "id;kind;title;post", "person-town-hall-1;service;Приём;")
    (change,) = preview_import(file, stored).changed

    assert (change.after.kind, change.after.details) == (EntryKind.SERVICE, None)


def test_what_the_files_do_not_have_is_closed_where_they_are_the_whole_directory(
    tmp_path: Path, stored: tuple[Entry, ...]
) -> None:
    ended = replace(stored[0], id="ended", valid_to=TODAY)
    file = _csv(tmp_path, "id;kind;title", "town-hall;unit;Администрация посёлка Ясный")

    kept = preview_import(file, (*stored, ended))
    replaced = preview_import(file, (*stored, ended), replaces=True, today=TODAY)

    assert kept.closed == ()
    assert set(_ids(replaced.closed)) == {entry.id for entry in stored} - {"town-hall"}
    assert all(isinstance(one, EntryClosed) for one in replaced.changes(TODAY))


def test_a_closed_entry_opens_again_where_the_whole_directory_has_it(
    tmp_path: Path, stored: tuple[Entry, ...]
) -> None:
    closed = [replace(entry, valid_to=TODAY) for entry in stored]
    file = _csv(tmp_path, "id;title", "q-wifi;Есть ли Wi-Fi в библиотеке")

    assert preview_import(file, closed).changed == ()
    (change,) = preview_import(file, closed, replaces=True, today=TODAY).changed
    assert change.after.valid_to is None


def test_nothing_changes_while_a_row_is_bad(tmp_path: Path, stored: tuple[Entry, ...]) -> None:
    file = _csv(tmp_path, "id;kind;title", "q-new;question;Новый", "q-bad;club;Клуб")
    preview = preview_import(file, stored, replaces=True, today=TODAY)

    assert _faults(preview) == [(3, ImportFault.BAD_VALUE)]
    with pytest.raises(ImportRefused) as refused:
        preview.changes(TODAY)
    assert refused.value.problems == preview.problems


def test_the_good_rows_alone_may_be_chosen_and_close_nothing(
    tmp_path: Path, stored: tuple[Entry, ...]
) -> None:
    file = _csv(tmp_path, "id;kind;title", "q-new;question;Новый", "q-bad;club;Клуб")
    preview = preview_import(file, stored, replaces=True, today=TODAY)

    assert preview.changes(TODAY, good_rows=True, by="probova") == (
        EntryPut(Entry("q-new", EntryKind.QUESTION, "Новый", ""), "probova"),
    )


def test_a_row_that_depends_on_a_bad_one_is_not_good(tmp_path: Path) -> None:
    file = _csv(
        tmp_path,
        "id;kind;parent;owner",
        "one;unit;two;",
        "two;unit;three;",
        "three;unit;nowhere;",
        "four;club;;",
        "five;question;;four",
        "six;question;;",
    )
    preview = preview_import(file, ())

    assert _ids(preview.new) == ["six"]
    assert sorted(_faults(preview)) == [
        (2, ImportFault.DEPENDS_ON_BAD_ROW),
        (3, ImportFault.DEPENDS_ON_BAD_ROW),
        (4, ImportFault.UNRESOLVED_REFERENCE),
        (5, ImportFault.BAD_VALUE),
        (6, ImportFault.DEPENDS_ON_BAD_ROW),
    ]


def test_a_file_may_refer_to_what_is_stored(tmp_path: Path, stored: tuple[Entry, ...]) -> None:
    lines = ("id;kind;owner", "q-new;question;heating", "q-bad;question;q-cold")
    preview = preview_import(_csv(tmp_path, *lines), stored)

    assert _ids(preview.new) == ["q-new"]
    assert _faults(preview) == [(3, ImportFault.UNRESOLVED_REFERENCE)]
