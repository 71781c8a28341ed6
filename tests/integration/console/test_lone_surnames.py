"""Surnames and ordinary searches of the sample city: rate of confusion of each with the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from console.shared.texts.reader import StreetNames, TextReader
from kb.files.importing import read_folder
from kb.store import Directory
from sync.register.places import PlaceList, Street, read_rows
from sync.store.local.sidecar_files import read_table, write_places

ROOT = Path(__file__).resolve().parents[3]
QUERIES = ROOT / "tests" / "data" / "search"
SURNAMES = ROOT / "tests" / "data" / "rules" / "lone_surnames.txt"
LEAST_FOUND = {"%s": 0.95, "жалоба от %s": 0.92, "звонит %s по воде": 0.92, "%s мусор": 0.92}
WAIT_S = 60.0


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("places") / "places.json"
    sample = read_rows(read_table(ROOT / "resources" / "places" / "sample.csv"))
    assert isinstance(sample, PlaceList)
    write_places(file, sample)
    return file


@pytest.fixture(scope="module")
def reader(places: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextReader]:
    """Built as in the console, over the sample city."""
    path = tmp_path_factory.mktemp("directory") / "directory.db"
    with closing(Directory.open(path)) as directory:
        directory.replace_all(read_folder(ROOT / "resources" / "directory" / "sample"), "sample")
        streets = StreetNames(places)
        made = TextReader(
            ThreadPoolExecutor(1),
            directory.people_and_units,
            is_known=lambda word: streets.has(word) or directory.knows_word(word),
        )
        yield made
        made.close()


def surnames() -> list[str]:
    lines = SURNAMES.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def dropped(reader: TextReader, texts: list[str]) -> list[str]:
    kept = reader.of_nobody(texts).result(WAIT_S)
    return [text for text in texts if text not in kept]


@pytest.mark.parametrize("said", list(LEAST_FOUND))
def test_surnames_are_found(reader: TextReader, said: str) -> None:
    texts = [said.replace("%s", name) for name in surnames()]
    assert len(texts) > 200
    found = dropped(reader, texts)

    missed = sorted(set(texts) - set(found))
    assert len(found) >= LEAST_FOUND[said] * len(texts), missed


def test_ordinary_searches_are_kept(reader: TextReader) -> None:
    texts = [
        json.loads(line)["query"]
        for file in sorted((QUERIES / "municipal").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert len(texts) == 600

    assert dropped(reader, texts) == []


def test_words_that_the_directory_and_the_places_have_are_kept_and_officials_too(
    reader: TextReader,
) -> None:
    titles = ["лермонтова", "терренкурная", "гагарина", "верещагин", "лихачёвой", "белоключевск"]

    assert dropped(reader, titles) == []


def test_a_street_that_is_imported_is_known_at_once_and_a_broken_list_forgets_none(
    tmp_path: Path,
) -> None:
    file = tmp_path / "places.json"
    streets = StreetNames(file)
    assert not streets.has("пробова")
    write_places(file, PlaceList((Street("ул.", "Пробова"), Street("ул.", "Артёмова"))))
    assert streets.has("пробова")
    assert streets.has("артёмова")
    assert streets.has("артемова")
    file.write_text("{", encoding="utf-8")

    assert streets.has("пробова")
    assert not streets.has("ул")
