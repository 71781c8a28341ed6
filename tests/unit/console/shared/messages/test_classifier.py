"""Topics and categories that change while the desk is open."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from console.assembly.intake_part import follow_regulations, read_at_new_day
from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.shared.messages.classifier import Classifier, ClassifierReader, Organs, read_filed
from console.shared.messages.terms import CityCalendar, Terms
from kb.entries.entries import AnswerTerm, UnitDetails
from kb.store.directory import Directory
from sync.register.calendar.calendar import WorkingCalendar
from sync.register.city import RegulationsGiven
from tests.fakes.city import BUILT_IN, settled
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_unit
from tests.fakes.console_fakes import Clock, InlineExecutor, Told
from tests.fakes.regulations import REGULATION


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


def test_a_new_day_changes_topics_bodies_and_terms(tmp_path: Path, owner: QObject) -> None:
    new_year = date(2027, 1, 1)
    clock = Clock(datetime(2026, 12, 31, 20, 59, tzinfo=UTC))  # a minute before it in the city

    def city_now() -> datetime:
        return clock().astimezone(CITY_ZONE)

    old_topic = replace(TOPICS[0], id="leaves", title="Листва", valid_to=new_year)
    new_topic = replace(TOPICS[0], id="snow", title="Снег", valid_from=new_year)
    term = UnitDetails(answer_term=AnswerTerm(5, "working"))
    old_unit = replace(sample_unit("old-body"), title="Прежний", valid_to=new_year)
    new_unit = replace(sample_unit("new-body"), title="Новый", valid_from=new_year, details=term)
    path = tmp_path / "directory.db"
    with closing(Directory.open(path, starters=None, clock=city_now)) as directory:
        directory.replace_all([old_topic, new_topic, old_unit, new_unit], "sample")
        deliveries, at_once = Deliveries(owner), InlineExecutor()
        topics, categories, units = read_filed(directory)
        classifier = Classifier(topics, categories, owner, units=units)
        organs = Organs(directory, at_once, deliveries, zone=CITY_ZONE, clock=clock, parent=owner)
        organs.read()
        QCoreApplication.processEvents()
        city = CityCalendar(WorkingCalendar({}), parent=owner)
        terms = Terms(city, classifier, zone=CITY_ZONE, now=clock, parent=owner)
        reader = ClassifierReader(classifier, directory, at_once, deliveries, owner)
        read_at_new_day(terms, organs, reader)
        assert [topic.title for topic in classifier.topics] == ["Листва"]
        assert list(organs.titles.values()) == ["Прежний"]
        assert [rule.organ for rule in terms.rules] == []

        terms.look_at_day()
        QCoreApplication.processEvents()
        assert [topic.title for topic in classifier.topics] == ["Листва"]

        clock.now += timedelta(minutes=11)
        terms.look_at_day()
        QCoreApplication.processEvents()
        assert [topic.title for topic in classifier.topics] == ["Снег"]
        assert list(organs.titles.values()) == ["Новый"]
        assert [(rule.organ, rule.days) for rule in terms.rules] == [("new-body", 5)]


def test_messages_go_to_the_body_of_a_regulation_as_soon_as_the_city_has_it(
    owner: QObject,
) -> None:
    ruled = replace(REGULATION, topics=("roads",), body="light-service")
    calendar = CityCalendar(BUILT_IN, settled(RegulationsGiven((ruled,))), parent=owner)
    classifier = Classifier(TOPICS, CATEGORIES, owner)
    follow_regulations(classifier, calendar)
    told = Told(classifier.changed)

    assert classifier.organ_of("roads", "roads-pits", ruled.valid_from) == "light-service"
    calendar.use(settled(RegulationsGiven((replace(ruled, body="waste-service"),))))
    assert classifier.organ_of("roads", "roads-pits", ruled.valid_from) == "waste-service"
    assert classifier.organ_of("roads", "roads-pits", date(2027, 1, 1)) == "road-service"
    calendar.use(calendar.city)
    assert len(told.values) == 1, "nothing is told where the records are the same"
