"""Units that the real directory offers for calls at night, when offices are closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from console.core.settings.workplace import CITY_ZONE
from console.features.dialing.presenter import reachable_first
from kb.entries.entries import Entry, EntryKind, UnitDetails
from kb.entries.hours import OpeningState, opening
from kb.files.importing import read_folder
from kb.store import Directory
from tests.fakes.console_fakes import USUAL_DAYS

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "directory" / "sample"
NIGHT = datetime(2026, 11, 25, 23, 30, tzinfo=CITY_ZONE)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    opened = Directory.open(tmp_path_factory.mktemp("sample") / "directory.db")
    opened.replace_all(read_folder(SAMPLE), "sample")
    yield opened
    opened.close()


def _details(unit: Entry) -> UnitDetails:
    assert isinstance(unit.details, UnitDetails)
    return unit.details


def _is_closed(unit: Entry) -> bool:
    days = USUAL_DAYS
    found = opening(_details(unit).hours, NIGHT, days.is_working_day, days.is_short_day)
    return found.state is OpeningState.CLOSED


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("нет воды", ["Диспетчер водоканала", "Водоканал"]),
        ("нет света", ["Диспетчер электросетей", "Горэлектросеть"]),
        ("горячая вода", ["Диспетчер теплосетей", "Теплосети"]),
        ("водоканал", ["Водоканал", "Диспетчер водоканала"]),  # named exactly
        ("вывоз мусора", ["Мусорный оператор", "Чистый город"]),  # no other unit fits as well
    ],
)
def test_the_first_is_who_answers_or_who_was_named(
    directory: Directory, typed: str, wanted: list[str]
) -> None:
    units = reachable_first(directory.find(typed, 24, EntryKind.UNIT), _is_closed)

    assert [_details(unit).short_title for unit in units][:2] == wanted
