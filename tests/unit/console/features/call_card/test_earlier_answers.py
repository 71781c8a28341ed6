"""A message of a call starts with the caller's own words even after the application was
restarted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.features.call_card.card_search import EarlierAnswers
from console.shared.directory import words as directory_words
from console.shared.session.desk import DeskPresenter
from kb.entries.entries import Entry
from kb.store import Directory
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.register.incidents import IncidentAct, IncidentEvent, IncidentStep
from tests.fakes.console_directory import sample_person, sample_question, sample_unit
from tests.fakes.console_fakes import SUPERVISOR, Clock, HeldExecutor
from tests.fakes.console_phone import Call, FakePhone
from tests.fakes.console_register import FakeRegister
from tests.fakes.incidents import FakeIncidents
from tests.fakes.led_desk import usual_desk

SAID = "Во дворе яма, просит засыпать"
QUESTION, OFFICIAL, UNIT = sample_question(), sample_person(), sample_unit()


class Workplace:
    """A directory and a register, used by the workspaces of successive sessions."""

    def __init__(self, directory: Directory, owner: QObject, milestones: Milestones) -> None:
        self.directory = directory
        self.readers = HeldExecutor()
        self.incidents = FakeIncidents(Clock())
        self._register = FakeRegister()
        self._owner = owner
        self._milestones = milestones
        self.desk = self._start()

    def _start(self) -> DeskPresenter:
        deliveries = Deliveries(self._owner)
        desk = usual_desk(
            FakePhone(), self._register, deliveries, self._milestones, Clock(), self._owner
        )
        EarlierAnswers(desk, self.directory, self.incidents, self.readers, deliveries, self._owner)
        return desk

    def talk(self, *answers: Entry) -> CallRecord:
        """Record of a call that contains the caller's words and these answers."""
        call = Call()
        self.desk.receive(call.ringing())
        self.desk.receive(call.answered())
        QCoreApplication.processEvents()
        self.desk.change_card(calls.edit(self.card, content=SAID))
        for entry in answers:
            assert self.desk.accept_entry(entry, self.spoken(entry))
        self.desk.receive(call.ended())
        QCoreApplication.processEvents()
        return self.card

    def spoken(self, entry: Entry) -> str:
        return directory_words.entry_texts(entry, UNIT.title if entry is OFFICIAL else "")[0]

    def start_again(self, draft: CallRecord) -> None:
        self.desk = self._start()
        self.desk.open_draft(draft)
        self.read()

    def read(self) -> None:
        jobs, self.readers.jobs = self.readers.jobs, []
        for job in jobs:
            job()
        QCoreApplication.processEvents()

    @property
    def card(self) -> CallRecord:
        card = self.desk.state.card
        assert card is not None
        return card


@pytest.fixture
def place(tmp_path: Path, owner: QObject, milestones: Milestones) -> Iterator[Workplace]:
    directory = Directory.open(tmp_path / "directory.db")
    directory.replace_all([QUESTION, OFFICIAL, UNIT], "sample")
    yield Workplace(directory, owner, milestones)
    directory.close()


def test_answers_of_before_the_start_are_left_out(place: Workplace) -> None:
    draft = place.talk(QUESTION, OFFICIAL)
    assert place.desk.said_by_caller(draft) == SAID != draft.content

    place.start_again(draft)

    assert place.desk.said_by_caller(place.card) == SAID


def test_one_that_the_directory_has_changed_since_stays(place: Workplace) -> None:
    draft = place.talk(QUESTION)
    place.directory.upsert(replace(QUESTION, spoken="Совсем другой ответ", body="Другой"))

    place.start_again(draft)

    assert place.desk.said_by_caller(place.card) == draft.content


def test_what_is_put_in_before_it_was_read_is_left_out_too(place: Workplace) -> None:
    draft = place.talk(QUESTION)
    place.desk = place._start()
    place.desk.open_draft(draft)
    assert place.desk.accept_entry(UNIT, place.spoken(UNIT))
    place.read()

    assert place.desk.said_by_caller(place.card) == SAID


def test_the_official_text_of_an_incident_is_no_word_of_the_caller_after_a_start_either(
    place: Workplace,
) -> None:
    def lead(act: IncidentAct, text: str, based_on: int) -> IncidentEvent:
        step = IncidentStep(act, UUID(int=7), "ул. Лесная", "", text, based_on)
        made = place.incidents.take(step, SUPERVISOR).result()
        assert isinstance(made, IncidentEvent)
        return made

    draft = place.talk(QUESTION)
    place.desk.open_draft(draft)
    first = lead(IncidentAct.DECLARED, "Чинят.", 0)
    place.desk.tell_incident(first.incident_id, "Лесная", first.text)
    second = lead(IncidentAct.EDITED, "Чинят. Проезд откроют утром.", 1)
    place.desk.tell_incident(second.incident_id, "Лесная", second.text)
    lead(IncidentAct.ENDED, "", 2)
    told = place.card
    assert place.desk.said_by_caller(told) == SAID

    place.start_again(told)

    assert second.text in place.card.content
    assert place.desk.said_by_caller(place.card) == SAID
