"""Topics and categories that change while the desk is open."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.shared.messages.classifier import Classifier, ClassifierReader
from kb.entries.entries import AnswerTerm, UnitDetails
from kb.store.directory import Directory
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_unit


def test_what_an_editor_publishes_can_be_chosen_at_once(tmp_path: Path, qtbot: QtBot) -> None:
    owner = QObject()
    with (
        closing(Directory.open(tmp_path / "directory.db", starters=None)) as directory,
        ThreadPoolExecutor(1) as readers,
    ):
        directory.replace_all([sample_unit(), *TOPICS, *CATEGORIES], "sample")
        classifier = Classifier(directory.topics(), directory.categories(), owner)
        reader = ClassifierReader(classifier, directory, readers, Deliveries(owner), owner)
        told: list[int] = []
        classifier.changed.connect(lambda: told.append(len(classifier.texts)))
        new = replace(CATEGORIES[0], id="category-fountains", title="Фонтаны")
        directory.upsert(new)
        reader.read()
        qtbot.waitUntil(lambda: bool(told))
        assert told == [len(CATEGORIES) + 1]
        assert classifier.texts["category-fountains"].endswith("› Фонтаны")
        assert classifier.category("category-fountains") == new
        assert classifier.topic_title(new.parent or "") == TOPICS[0].title
        assert classifier.topic_title("none") == ""
        reader.read()
        readers.submit(lambda: None).result()
        directory.upsert(replace(new, title="Фонтаны и бюветы"))
        reader.read()
        qtbot.waitUntil(lambda: classifier.texts["category-fountains"].endswith("Фонтаны и бюветы"))
        assert len(told) == 2
        own = UnitDetails(answer_term=AnswerTerm(5, "working"))
        directory.upsert(replace(sample_unit(), details=own))
        reader.read()
        qtbot.waitUntil(lambda: len(told) == 3)
        assert classifier.unit_term(sample_unit().id) == AnswerTerm(5, "working")
        assert classifier.unit_term("none") is None
