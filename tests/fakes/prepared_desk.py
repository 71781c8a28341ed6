"""A data folder as the first start of a console leaves it, created once and copied for each desk.

It contains an operator, and the sample directory with the vectors of all entries, which take a
console minutes in the background. Tests of the first start do not use it.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sqlalchemy import delete

from kb.files.importing import read_folder
from kb.store import Directory
from sync.records.workplace_tables import store_origin
from sync.register.people.operators import Role
from sync.register.places import PlaceList, read_rows
from sync.store.local.keys import make_key, write_key_file
from sync.store.local.register import RegisterStore
from sync.store.local.sidecar_files import read_table, write_places

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NAME = "Орлова Наталья Викторовна"
LOGIN = "orlova"
PASSWORD = "end-to-end-1"
REGISTER = "register.db"  # its key has the same name with a suffix


def copy_prepared(data: Path) -> None:
    """Fills the data folder as that of an operator who has worked before.

    Files that a test has put there are unchanged.
    """
    _copy(_prepared().iterdir(), data)


def copy_directory(data: Path) -> None:
    """Fills the data folder with a directory but without operators."""
    _copy((file for file in _prepared().iterdir() if not file.name.startswith(REGISTER)), data)


def _copy(files: Iterable[Path], data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    for file in files:
        if not (data / file.name).exists():
            shutil.copy2(file, data)


@cache
def _prepared() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="prepared-desk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _make_register(folder / REGISTER)
    _make_directory(folder / "directory.db")
    places = read_rows(read_table(RESOURCES / "places" / "sample.csv"))
    assert isinstance(places, PlaceList)
    write_places(folder / "places.json", places)
    return folder


def _make_register(file: Path) -> None:
    key = make_key()
    write_key_file(key, file)
    store = RegisterStore.open(file, key)
    made = store.create_first_operator(
        name=NAME, login=LOGIN, password=PASSWORD, role=Role.SUPERVISOR
    )
    made.result()
    # Its copies are separate stores, each bound to the file it is opened from.
    store.write(lambda connection: connection.execute(delete(store_origin))).result()
    assert store.close_store()


def _make_directory(file: Path) -> None:
    directory = Directory.open(file)
    directory.replace_all(read_folder(RESOURCES / "directory" / "sample"), "sample")
    while directory.encode_entries():
        pass
    directory.close()
