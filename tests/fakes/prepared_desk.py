"""A data folder as the first start of a console leaves it, made once and copied for each desk.

Its operator is there, and the sample directory with what takes a console minutes beside its work:
the vectors of all entries. Where the first start itself is looked at, a desk begins without it.
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
REGISTER = "register.db"  # its key is beside it under a longer name


def copy_prepared(data: Path) -> None:
    """Make the data folder as one where the operator has worked before.

    What a test has laid down there stays as it is.
    """
    _copy(_prepared().iterdir(), data)


def copy_directory(data: Path) -> None:
    """Make the data folder as one where everybody is new, and the directory is there already."""
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
    # its copies are stores of their own, each bound to the file it is opened from
    store.write(lambda connection: connection.execute(delete(store_origin))).result()
    assert store.close_store()


def _make_directory(file: Path) -> None:
    directory = Directory.open(file)
    directory.replace_all(read_folder(RESOURCES / "directory" / "sample"), "sample")
    while directory.encode_entries():
        pass
    directory.close()
