"""Synonyms and checks of a central directory: concurrent changes, and an unreachable database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from console.shared.directory.edited import (
    EditedDirectory,
    changes_of,
    entry_document,
    synonym_document,
)
from kb.entries.changes import Synonym
from kb.entries.hours import city_now
from kb.store import Directory
from sync.store.central.shared_documents import DocumentEdit
from tests.fakes.console_directory import sample_question
from tests.fakes.console_fakes import InlineExecutor
from tests.fakes.documents_centre import DocumentsCentre
from tests.unit.console.features.directory_editor.test_search_words import Desk

PAIR = Synonym("колдобина", "ямы")
OTHER = "Другая Нина Петровна"


@pytest.fixture
def centre() -> DocumentsCentre:
    made = DocumentsCentre()
    entry = replace(sample_question(), checked_on=date(2020, 1, 1))
    made.edit([DocumentEdit(entry_document(entry), 0), DocumentEdit(synonym_document(PAIR), 0)])
    return made


@pytest.fixture
def desk(owner: QObject, tmp_path: Path, centre: DocumentsCentre) -> Iterator[Desk]:
    directory = Directory.open(tmp_path / "directory.db", starters=None)
    directory.apply(changes_of([versions[-1] for versions in centre.versions.values()]))
    edited = EditedDirectory(directory, centre, InlineExecutor(), lambda: True)
    yield Desk(owner, directory, tmp_path, edited)
    directory.close()


def change_elsewhere(centre: DocumentsCentre, pair: Synonym) -> None:
    mine, centre.by = centre.by, ("editor-2", OTHER)
    centre.edit([DocumentEdit(synonym_document(pair))])
    centre.by = mine


def pairs_of(centre: DocumentsCentre) -> set[tuple[str, str, bool]]:
    return {
        tuple((versions[-1].document or {}).values())
        for (entity, _key), versions in centre.versions.items()
        if entity == "synonym" and versions[-1].closed_on is None
    }


def test_a_pair_that_another_editor_changed_is_put_over_when_it_is_saved_once_more(
    desk: Desk, centre: DocumentsCentre
) -> None:
    desk.synonyms.choose(0)
    desk.settle()
    change_elsewhere(centre, replace(PAIR, both_ways=True))
    desk.save("колдобина", "ямы на дороге")

    assert desk.told.values[-1].head.startswith("Другая Н. П.")
    assert desk.synonyms.state.meaning == "ямы на дороге", "what was typed stays"
    assert ("колдобина", "ямы на дороге", False) not in pairs_of(centre)
    desk.synonyms.save()
    desk.settle()
    assert pairs_of(centre) == {("колдобина", "ямы на дороге", False)}


def test_without_the_centre_the_pair_stays_in_the_form_and_nothing_is_written(
    desk: Desk, centre: DocumentsCentre
) -> None:
    centre.refuses = "unreachable"
    desk.synonyms.begin()
    desk.save("лужа", "вода на дороге")
    assert desk.told.values[-1].head == "Центр не отвечает"
    assert desk.synonyms.state.phrase == "лужа"
    desk.stale.choose("q-1")
    desk.stale.check()
    desk.settle()
    assert desk.stale.state.rows

    centre.refuses = ""
    desk.synonyms.save()
    desk.stale.check()
    desk.settle()
    assert ("лужа", "вода на дороге", False) in pairs_of(centre)
    newest = centre.versions["entry", "q-1"][-1].document or {}
    assert newest["checked_on"] == city_now().date().isoformat()
    assert not desk.stale.state.rows
