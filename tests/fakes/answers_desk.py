"""The page of answers and deadlines over in-memory messages, with simulated user input."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.core.spelling import SpellingPresenter
from console.core.view_data import Notice
from console.features.answers.feature import make_answers
from console.features.answers.presenter import AnswerAction
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.message_detail import AnswerList
from console.shared.messages.terms import CityCalendar, Terms
from console.ui.theme import Theme, ThemeChoice, Tokens
from kb.store import Directory
from sync.register.calendar.calendar import read_calendar
from sync.register.handling.answers import ATTACHMENT_FORMATS
from sync.register.messages import State
from sync.register.people.operators import Operator
from tests.fakes.answer_messages import FakeAnswerFiles, FakeVotes, Led
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_unit
from tests.fakes.console_fakes import Clock, InlineExecutor
from tests.fakes.documents import topic_route
from tests.fakes.handling import FakeHandling
from tests.fakes.notices import FewOrgans, make_composer
from tests.fakes.reader import FakeReader
from tests.fakes.records import OPERATOR
from tests.fakes.spelling import open_speller

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


CALENDAR = read_calendar(RESOURCES / "calendars")


def state(led: Led) -> State:
    return led.handled.standing.state


def settle() -> None:
    for _ in range(5):
        QCoreApplication.processEvents()


def light_theme() -> Theme:
    tokens = RESOURCES / "styles" / "tokens.json"
    return Theme(Tokens.read(tokens), ThemeChoice.LIGHT)


class AnswersDesk:
    """The page over in-memory messages, with simulated user input."""

    def __init__(self, owner: QObject, clock: Clock, folder: Path, milestones: Milestones) -> None:
        self.clock = clock
        self.handling = FakeHandling(clock)
        self.votes, self.files, self.reader = FakeVotes(), FakeAnswerFiles(), FakeReader()
        self.operator: Operator = OPERATOR
        self.told: list[Notice] = []
        self.opened: list[tuple[UUID, str]] = []
        directory = Directory.open(folder / "directory.db", starters=None)
        directory.replace_all((*TOPICS, *CATEGORIES, sample_unit(), sample_unit("waste-service")))
        deliveries, readers = Deliveries(owner), InlineExecutor()
        self.classifier = classifier = Classifier(TOPICS, CATEGORIES, owner)
        organs = Organs(directory, readers, deliveries, zone=CITY_ZONE, parent=owner)
        spelling = SpellingPresenter(
            lambda: open_speller(folder), readers, deliveries, enabled=False, parent=owner
        )
        self.presenters = make_answers(
            self.handling,
            self.votes,
            self.files,
            Terms(CityCalendar(CALENDAR), classifier, zone=CITY_ZONE, now=clock, parent=owner),
            classifier,
            organs,
            self.reader.check,
            make_composer(FewOrgans()),
            lambda message_id, name: self.opened.append((message_id, name)),
            spelling,
            topic_route(classifier, organs, milestones, folder, owner),
            readers,
            readers,
            deliveries,
            operator=lambda: self.operator,
            formats=lambda: ATTACHMENT_FORMATS,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.answers, self.form = self.presenters.answers, self.presenters.form
        self.decisions, self.undo = self.presenters.decisions, self.presenters.undo
        for telling in (self.form, self.decisions, self.undo):
            telling.told.connect(self.told.append)
        organs.read()
        settle()
        directory.close()

    def read(self) -> None:
        self.answers.reload()
        settle()

    def lists(self) -> dict[AnswerList, list[UUID]]:
        rows = self.answers.state.rows
        return {
            name: [row.key for row in rows if row.list is name and row.key is not None]
            for name in AnswerList
            if any(row.list is name and row.key for row in rows)
        }

    def open(self, led: Led, action: AnswerAction) -> None:
        """Starts an action for a message, as its shortcut does."""
        self.read()
        self.answers.choose(led.id)
        chosen = self.answers.chosen
        assert chosen is not None
        assert action in self.answers.state.actions.all
        if action is AnswerAction.ENTER:
            self.form.begin(chosen.handled)
        else:
            self.decisions.begin(action, chosen)
        settle()

    def decide(self) -> None:
        self.decisions.confirm()
        settle()

    def take_in(self) -> None:
        self.form.confirm()
        settle()
