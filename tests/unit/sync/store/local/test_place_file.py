"""The list of places on disk and by its command: clear faults, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.cli import main
from sync.errors import PlacesUnreadable
from sync.register.places import PlaceList, PlaceRow, read_rows
from sync.store.local.sidecar_files import read_places, read_table, write_places

SAMPLE = Path(__file__).resolve().parents[5] / "resources" / "places" / "sample.csv"


def test_the_sample_is_read_and_comes_back_as_it_was_written(tmp_path: Path) -> None:
    places = read_rows(read_table(SAMPLE))
    assert isinstance(places, PlaceList)
    assert len(places.streets) >= 20
    assert len(places.landmarks) >= 7
    file = tmp_path / "data" / "places.json"
    assert read_places(file) == PlaceList()
    write_places(file, places)
    assert read_places(file) == places
    assert [each.name for each in file.parent.iterdir()] == ["places.json"]


@pytest.mark.parametrize(
    "table",
    [
        "улица;дом;ориентир\nМира;1-9;\n;;Парк\n".encode("cp1251"),
        "\ufeffstreet,house,landmark\nМира,1-9,\n\n,,Парк\n".encode(),
        "landmark\thouses\tstreet\n\t1-9\tМира\nПарк\n".encode(),
    ],
)
def test_tables_are_read_as_office_programs_write_them(table: bytes, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(table)
    found = [(row.street, row.houses, row.landmark) for row in read_table(file)]
    assert found == [("Мира", "1-9", ""), ("", "", "Парк")]


def test_a_row_keeps_the_line_it_stands_on(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("street,house,landmark\n\nМира,1-9,\n", encoding="utf-8")
    assert read_table(file) == (PlaceRow(3, "Мира", "1-9", ""),)


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    file = tmp_path / "places.json"
    for text in ("[]", "{}", '{"streets": [{"kind": 1}], "landmarks": []}', "x"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(PlacesUnreadable, match="damaged"):
            read_places(file)
    file.write_bytes(b"\xff")
    with pytest.raises(PlacesUnreadable, match="unreadable"):
        read_places(file)
    with pytest.raises(PlacesUnreadable, match="unreadable"):
        read_table(tmp_path / "none.csv")
    file.write_text("Мира,1-9\n", encoding="utf-8")
    with pytest.raises(PlacesUnreadable, match="no_headings"):
        read_table(file)
    file.write_text("street\n" + "М" * 200_000, encoding="utf-8")
    with pytest.raises(PlacesUnreadable, match="unreadable"):
        read_table(file)  # a cell of such a length is none
    file.write_bytes(b"\x98")
    with pytest.raises(PlacesUnreadable, match="not_utf8"):
        read_table(file)
    with pytest.raises(PlacesUnreadable, match="unwritable"):
        write_places(file / "below.json", PlaceList())


def test_the_command_imports_once_and_again_without_a_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = tmp_path / "places.json"
    wanted = ["places", "import", str(SAMPLE), "--places", str(stored)]
    assert main(wanted) == 0
    assert main(wanted) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("changed: streets 2")
    assert second == first.replace("changed", "unchanged")
    stored.write_text("x", encoding="utf-8")
    assert main(wanted) == 0
    assert capsys.readouterr().out.splitlines() == [first]


def test_wrong_rows_are_told_and_nothing_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, stored = tmp_path / "table.csv", tmp_path / "places.json"
    table.write_text("street,house\nМира,1-9\nМира,пять\n,7\n", encoding="utf-8")
    assert main(["places", "import", str(table), "--places", str(stored)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "line 3: no_house: пять",
        "line 4: house_without_street: 7",
        "nothing imported: 2 invalid rows",
    ]
    assert not stored.exists()
    assert main(["places", "import", str(tmp_path / "none"), "--places", str(stored)]) == 2
    assert capsys.readouterr().err == "places: the file does not exist or cannot be read\n"
