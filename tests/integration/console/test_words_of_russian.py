"""The search does not correct a Russian word to a similar word of the directory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.core.spelling import OneMorphology
from kb.files.importing import read_folder
from kb.store import Directory

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "directory" / "sample"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    opened = Directory.open(tmp_path_factory.mktemp("sample") / "directory.db")
    opened.replace_all(read_folder(SAMPLE), "sample")
    morphology = OneMorphology()
    opened.use_dictionary(lambda word: morphology().has_right_form(word))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "taken_for"),
    [
        ("когда вывезут мусор", "выведут"),
        ("берёзу спилить", "через"),
        ("справка на дочку", "точку"),
        ("фейерверки посреди ночи", "соседи"),
    ],
)
def test_what_was_typed_is_looked_for(directory: Directory, typed: str, taken_for: str) -> None:
    reading = directory.find(typed).reading

    assert not reading.typos_corrected
    assert taken_for not in reading.words
    assert " ".join(reading.words) == typed.replace("ё", "е")


@pytest.mark.parametrize(
    ("typed", "offered"), [("дочку", "точку"), ("засчитали", "рассчитали"), ("ljxre", "точку")]
)
def test_alone_it_finds_nothing_and_its_neighbour_is_offered(
    directory: Directory, typed: str, offered: str
) -> None:
    found = directory.find(typed)

    assert (found.hits, found.reading.typos_corrected) == ((), False)
    assert found.reading.offered == (offered,)
    assert directory.find(offered).hits


def test_a_slip_is_mended_still(directory: Directory) -> None:
    assert directory.find("вывоз мусрора ").reading.words == ("вывоз", "мусора")
