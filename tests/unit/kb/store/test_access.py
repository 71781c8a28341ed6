"""Connections to the directory's file use small page caches, because the system caches the file
anyway.
"""

from pathlib import Path

import pytest
from sqlalchemy import text

from kb.store.access import Access

MOST_KB = 256  # of the 2000 that SQLite would cache; a console has ten readers
MOST_OF_WRITER_KB = 2000  # of the 8000 that SQLCipher would cache


@pytest.mark.parametrize("key", [None, bytes(range(32))])
def test_a_reader_keeps_few_pages_for_itself(tmp_path: Path, key: bytes | None) -> None:
    access = Access(tmp_path / "directory.db", key)
    with access.writing() as connection:
        connection.execute(text("CREATE TABLE any (number INTEGER)"))
    with access.reading() as connection:
        (kept,) = connection.execute(text("PRAGMA cache_size")).one()
        assert connection.execute(text("SELECT count(*) FROM any")).scalar_one() == 0
    access.close()
    assert -MOST_KB <= kept < 0  # a negative size is in kB


@pytest.mark.parametrize("key", [None, bytes(range(32))])
def test_the_writer_does_not_fill_with_the_pages_of_a_shift(
    tmp_path: Path, key: bytes | None
) -> None:
    access = Access(tmp_path / "directory.db", key)
    with access.writing() as connection:
        (kept,) = connection.execute(text("PRAGMA cache_size")).one()
    access.close()
    assert -MOST_OF_WRITER_KB <= kept < 0
