"""Personal data in a new question: pointed at as it is typed, asked about once more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.bridge import Deliveries
from console.presenters.entry_state import EditorState
from console.presenters.personal_data import Finder, PersonalDataPresenter, open_finder
from kb.entries import EntryKind
from sync.rule_commands.officials_file import read_officials
from tests.fakes.console_fakes import HeldExecutor, Told, sample_person, sample_unit

TEXT = "Иванову Петру Сергеевичу, тел. +7 900 555-01-37, заделают яму."
NEW = EditorState(entry_id="q-new", kind=EntryKind.QUESTION, is_published=False)


@pytest.fixture(scope="module")
def finder() -> Finder:
    world_known = Path(__file__).resolve().parents[3] / "resources" / "rules" / "known_people.txt"
    return open_finder((sample_unit(), sample_person()), read_officials(world_known).names)


class Form:
    """A presenter whose worker reads when the test lets it."""

    def __init__(self, owner: QObject, finder: Finder) -> None:
        self.worker = HeldExecutor()
        self.presenter = PersonalDataPresenter(
            lambda: finder, self.worker, Deliveries(owner), parent=owner
        )
        self.pointed = Told(self.presenter.changed)
        self.allowed: list[bool] = []
        self.presenter.allowed.connect(lambda: self.allowed.append(True))
        self.told = Told(self.presenter.told)

    def type(self, text: str, state: EditorState = NEW) -> None:
        self.presenter.follow(replace(state, fields={"title": "", "spoken": "", "body": text}))

    def publish(self) -> None:
        self.presenter.ask_to_publish()
        for job in self.worker.jobs:
            job()
        self.worker.jobs.clear()
        for _round in range(4):
            QCoreApplication.processEvents()


@pytest.fixture
def form(owner: QObject, finder: Finder) -> Form:
    return Form(owner, finder)


def test_the_directory_own_people_and_phones_are_left_out(finder: Finder) -> None:
    official = sample_person()
    assert finder(f"Звоните: +7 900 555-01-50, {official.title}.") == ()
    assert "+7 900 555-01-37" in finder(TEXT)
    assert any("Иванову" in one for one in finder(TEXT))


def test_what_stands_is_pointed_at_and_asked_about_once(form: Form) -> None:
    form.type(TEXT)
    form.publish()
    assert "уберите" in form.pointed.values[-1]
    assert "«+7 900 555-01-37»" in form.pointed.values[-1]
    assert (form.allowed, len(form.told.values)) == ([], 1)
    form.publish()
    assert (form.allowed, len(form.told.values)) == ([True], 1)


def test_what_is_taken_out_is_pointed_at_no_more(form: Form) -> None:
    form.type(TEXT)
    form.publish()
    form.type("Яму заделают.")
    form.publish()
    assert form.pointed.values[-1] == ""
    assert form.allowed == [True]


def test_an_entry_that_operators_see_already_is_not_read(form: Form) -> None:
    form.type(TEXT, replace(NEW, is_published=True))
    form.publish()
    assert form.allowed == [True]
    assert not any(form.pointed.values)


def test_another_entry_is_not_published_for_the_one_before(form: Form) -> None:
    form.type("Яму заделают.")
    form.presenter.ask_to_publish()
    form.type("Другое", replace(NEW, entry_id="q-other"))
    for job in form.worker.jobs:
        job()
    QCoreApplication.processEvents()
    assert form.allowed == []
