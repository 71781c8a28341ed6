"""Personal data in a new question: marked while typing, confirmed before saving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.features.directory_editor.entry_state import EditorState
from console.features.directory_editor.publishing import PersonalDataPresenter
from console.shared.texts.reader import TextReader
from kb.entries.entries import EntryKind
from tests.fakes.console_directory import sample_person, sample_unit
from tests.fakes.console_fakes import HeldExecutor, InlineExecutor, Told

TEXT = "Иванову Петру Сергеевичу, тел. +7 900 555-01-37, заделают яму."
NEW = EditorState(entry_id="q-new", kind=EntryKind.QUESTION, is_published=False)


Find = Callable[[str], tuple[str, ...]]


@pytest.fixture(scope="module")
def find() -> Find:
    reader = TextReader(InlineExecutor(), lambda: (sample_unit(), sample_person()))
    return lambda text: reader.personal_data(text).result()


class Form:
    """A presenter whose worker reads texts when the test allows it."""

    def __init__(self, owner: QObject, find: Find) -> None:
        self.worker = HeldExecutor()
        self.presenter = PersonalDataPresenter(
            lambda text: self.worker.submit(find, text), Deliveries(owner), parent=owner
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
def form(owner: QObject, find: Find) -> Form:
    return Form(owner, find)


def test_the_directory_own_people_and_phones_are_left_out(find: Find) -> None:
    official = sample_person()
    assert find(f"Звоните: +7 900 555-01-50, {official.title}.") == ()
    assert "+7 900 555-01-37" in find(TEXT)
    assert any("Иванову" in one for one in find(TEXT))


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
