"""Entries with only a title and a text are found by all their words."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kb.entries.entries import Entry, EntryKind
from kb.store import Directory

ENTRIES = (
    Entry(
        "u-centre",
        EntryKind.UNIT,
        "МФЦ «Южный»",
        "Приём документов. Телефон 2-12-34, доб. 215; с кодом +7 (87999) 2-12-34.",
    ),
    Entry("u-housing", EntryKind.UNIT, "Управление жилищно-коммунального хозяйства", "Тарифы"),
    Entry(
        "q-well", EntryKind.QUESTION, "", "Звоните диспетчеру.", topic="Водоснабжение сёл",
        section="Колодцы",
    ),
    Entry("q-grave", EntryKind.QUESTION, "Как перезахоронить родственника", "Нужно разрешение."),
    Entry("q-boiler", EntryKind.SERVICE, "Замена газового котла", "Один раз."),
    Entry("q-lift", EntryKind.QUESTION, "Почему отключили подъёмник", "Идёт ремонт."),
    Entry("q-housing", EntryKind.TOPIC, "Жилищные вопросы", ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    path: Path = tmp_path_factory.mktemp("plain") / "directory.db"
    with closing(Directory.open(path)) as opened:
        opened.replace_all(ENTRIES)
        yield opened


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("12-34", "u-centre"),
        ("2 12 34", "u-centre"),
        ("8 87999 2-12-34", "u-centre"),
        ("доб. 215", "u-centre"),
        ("vaw", "u-centre"),
        ("mfc ujn", "u-centre"),
        ("zhkh", "u-housing"),
        ("jkh", "u-housing"),
        (";r[", "u-housing"),
        ("водоснабжение", "q-well"),
        ("перезахоронение", "q-grave"),
        ("газовый котёл", "q-boiler"),
        ("газовыйкотел", "q-boiler"),
        ("gjl]`vybr jnrk.xbjkb", "q-lift"),
        ("jilischnye voprosy", "q-housing"),
        ("jiliwnye voprosy", "q-housing"),
    ],
)
def test_it_is_found_first(directory: Directory, typed: str, wanted: str) -> None:
    assert [hit.entry_id for hit in directory.search(typed)][:1] == [wanted]
