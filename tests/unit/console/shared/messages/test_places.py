"""The list of places: read in the background, read again after an import, errors reported."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.shared.messages.places import PlacesPresenter, written
from sync.register.places import HouseRange, PlaceList, Street
from sync.store.local.sidecar_files import write_places
from tests.fakes.console_fakes import InlineExecutor, Told

SPRING = Street("ул.", "Родниковая", (HouseRange(1, 25),))


def look(places: PlacesPresenter) -> None:
    places.look()
    QCoreApplication.processEvents()


def test_an_import_is_seen_at_the_next_look(owner: QObject, tmp_path: Path) -> None:
    file = tmp_path / "places.json"
    places = PlacesPresenter(file, InlineExecutor(), Deliveries(owner), owner)
    changed = Told(places.changed)
    look(places)
    assert places.matches("родн") == ()
    write_places(file, PlaceList((SPRING,)))
    look(places)
    assert places.matches("родн") == ("ул. Родниковая",)
    assert places.matches("ул. Родниковая ") == ()  # the street is complete already
    look(places)
    assert len(changed.values) == 1  # the same file is not read again
    garden = Street("ул.", "Садовая")
    write_places(file, PlaceList((SPRING, garden)))
    os.utime(file, (2_000_000_000, 2_000_000_000))
    look(places)
    assert places.matches("сад") == ("ул. Садовая",)
    assert (places.chosen("ул. Садовая"), places.chosen("ул. Родниковая")) == (
        "ул. Садовая",
        "ул. Родниковая, д. ",
    )
    assert places.remark("ул. Родниковая, 5", is_typed=False) == ""
    assert places.remark("ул. Родниковая, 140", is_typed=False).startswith(
        "В списке нет дома 140 на ул. Родниковая"
    )
    assert places.remark("родн", is_typed=True) == ""
    assert places.remark("родн", is_typed=False) == "Это ул. Родниковая? ↓ и Enter впишут так"
    assert places.remark("пр-т Небывалый, 1", is_typed=False).startswith(
        "В списке нет «пр-т Небывалый»"
    )


def test_a_damaged_list_is_told_and_the_one_read_before_stays(
    owner: QObject, tmp_path: Path
) -> None:
    file = tmp_path / "places.json"
    write_places(file, PlaceList((SPRING,)))
    places = PlacesPresenter(file, InlineExecutor(), Deliveries(owner), owner)
    look(places)
    told = Told(places.told)
    file.write_text("{", encoding="utf-8")
    os.utime(file, (2_000_000_000, 2_000_000_000))
    look(places)
    assert told.values[0].head == "Список улиц не читается"
    assert places.matches("родн") == ("ул. Родниковая",)


def test_a_house_that_never_came_is_not_written() -> None:
    assert [written(text) for text in ("ул. Садовая, д. ", "ул. Садовая, д.", "у дома 5")] == [
        "ул. Садовая",
        "ул. Садовая",
        "у дома 5",
    ]
