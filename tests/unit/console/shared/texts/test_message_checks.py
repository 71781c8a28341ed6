"""Checks of section 6 on the message being typed: displayed, confirmed, or hidden from others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.view_data import Mark
from console.shared.texts import finding_words
from console.shared.texts.findings import CheckedMessage, CheckRow, MessageChecksPresenter
from kb.errors import DirectoryUnusable
from sync.commands.rules import RULE_WORDS
from sync.register.checks.check import CONTRADICTION
from sync.register.checks.finding import NO_DATE, NO_MATTER, Finding, FindingKind, Level
from sync.register.checks.personal.piece import DataType
from sync.register.checks.phrase_files import read_phrases
from sync.register.messages import MessageProblem, Publicity
from tests.fakes.console_fakes import Told, clearing_reasons
from tests.fakes.reader import FakeReader

TEXT = "Не горит фонарь. Ещё не вывозят мусор. Звоните +7 900 555-01-37."
WHOLE = CheckedMessage("m1", TEXT, "ул. Пробная, 5", Publicity.NON_PUBLIC, ())


class Form:
    def __init__(self, owner: QObject, milestones: Milestones) -> None:
        self.reader = FakeReader()
        self.presenter = MessageChecksPresenter(
            self.reader, Deliveries(owner), milestones, clearing_reasons(owner), owner
        )
        self.went_on: list[str] = []

    def follow(self, message: CheckedMessage) -> None:
        self.presenter.follow(message)
        QCoreApplication.processEvents()

    def rows(self) -> list[CheckRow]:
        return list(self.presenter.state.rows)


@pytest.fixture
def form(owner: QObject, milestones: Milestones) -> Form:
    return Form(owner, milestones)


def test_each_finding_has_its_words_its_paragraph_and_its_question(form: Form) -> None:
    form.reader.finds["Ещё не вывозят мусор"] = (
        FindingKind.SEVERAL_QUESTIONS,
        Level.GROUND,
        "added",
    )
    form.follow(WHOLE)

    two, phone = form.rows()
    assert (two.title, two.paragraph) == ("Два вопроса в одном", "п. 6.3")
    assert two.evidence == "«Ещё не вывозят мусор» — добавлено другое дело"
    assert two.ask.startswith("«Оформим два сообщения?")
    assert TEXT[phone.start : phone.end] == "+7 900 555-01-37"
    assert (phone.paragraph, phone.mark) == ("п. 6.12", 1)
    assert form.presenter.state.marks == (
        Mark(two.start, two.end, "dash", 1),
        Mark(phone.start, phone.end, "solid", 2),
    )
    assert form.presenter.state.summary == ("2 подсказки", "warning-fill", "warn")
    assert [text for text, _ in form.presenter.state.passed] == [
        "Место указано",
        "День и время указаны",
        "На русском языке",
        "Нет грубых слов и угроз",
    ]


def test_what_is_missing_and_was_not_asked_is_asked_for(form: Form) -> None:
    missing = (MessageProblem.TIME_MISSING, MessageProblem.PLACE_MISSING)
    form.reader.finds[TEXT] = (FindingKind.NO_PLACE, Level.WARN, "none")
    form.follow(
        CheckedMessage("m1", TEXT, "", Publicity.NOT_STATED, missing),
    )

    assert [(row.field, row.paragraph) for row in form.rows()] == [
        ("text", "п. 6.12"),
        ("place", "п. 6.1"),  # once, though the check finds it too
        ("when", "п. 6.1"),
        ("publicity", "п. 6.8"),
    ]
    assert form.presenter.state.summary[0] == "не хватает: 2, 1 подсказка"


def test_a_text_about_another_place_than_the_one_stated_is_asked_about(form: Form) -> None:
    told = "Яма на улице Ленина, дом 7"
    form.reader.finds[told] = (FindingKind.NO_PLACE, Level.WARN, CONTRADICTION)
    form.follow(replace(WHOLE, text=told, place="ул. Пробная, 5"))
    (row,) = form.rows()
    assert (row.field, row.paragraph) == ("place", "п. 6.3")
    assert row.ask == "«Так какое из двух мест верное?»"


def test_what_stands_in_the_place_is_shown_there(form: Form) -> None:
    form.reader.finds["кв. 5"] = (FindingKind.PERSONAL_DATA, Level.BLOCK, "address")
    form.follow(replace(WHOLE, text="Нет воды", place="ул. Пробная, 5, кв. 5"))
    (row,) = form.rows()
    assert (row.field, row.start, row.end, row.mark) == ("place", 16, 21, None)


def test_an_emergency_comes_before_all_and_has_the_banner(form: Form) -> None:
    form.reader.finds["мусор"] = (FindingKind.EMERGENCY, Level.WARN, "gas")
    form.follow(WHOLE)
    assert form.presenter.state.emergency is not None
    head, body = form.presenter.state.emergency
    assert head == "Сначала 112"
    assert body.startswith("Запах газа. Скажите: «Звоните 112»")
    assert form.rows()[0].title == head


def test_the_text_is_read_in_the_typing_pause_and_an_old_answer_is_not_shown(
    form: Form, qtbot: QtBot
) -> None:
    form.follow(WHOLE)
    form.reader.held = True
    told = Told(form.presenter.changed)
    form.presenter.when_read(lambda: form.went_on.append("first"))
    assert form.went_on == ["first"]
    form.follow(replace(WHOLE, text="Нет воды"))
    form.presenter.when_read(lambda: form.went_on.append("second"))
    form.presenter.follow(replace(WHOLE, text="Нет воды. +7 900 555-01-44"))
    form.reader.release()
    QCoreApplication.processEvents()
    assert form.went_on == ["first"]  # that answer was about letters that have changed

    form.reader.held = False
    qtbot.waitUntil(lambda: form.went_on == ["first", "second"], timeout=5000)
    assert form.presenter.confidential[0].text == "+7 900 555-01-44"
    assert told.values


def test_a_person_may_say_why_it_is_no_personal_data(form: Form, qtbot: QtBot) -> None:
    public = replace(WHOLE, publicity=Publicity.PUBLIC)
    form.follow(public)
    state = form.presenter.state
    assert (state.may_clear, form.presenter.keeps_from_others) == (True, True)
    assert state.publicity_note.startswith("Будет непубличным")
    assert state.publicity_note.endswith("п. 6.12")

    form.presenter.clear("  ")
    assert form.presenter.keeps_from_others
    form.presenter.clear("телефон аптеки")
    state = form.presenter.state
    assert (state.rows, state.may_clear) == ((), False)
    assert state.publicity_note == "Отмечено: не персональные данные — телефон аптеки"
    # Applies to these words only: another number hides the message again.
    form.follow(replace(public, text=f"{TEXT} Или +7 900 555-01-44."))
    qtbot.waitUntil(lambda: form.presenter.keeps_from_others, timeout=5000)
    assert form.presenter.confidential[0].text == "+7 900 555-01-44"
    form.follow(replace(public, key="m2"))
    assert form.presenter.keeps_from_others
    form.follow(public)
    assert not form.presenter.keeps_from_others
    form.presenter.unclear()
    assert form.presenter.keeps_from_others


def test_a_text_that_nobody_could_read_stays_from_others(form: Form) -> None:
    form.reader.fails = DirectoryUnusable(Path("directory.db"), "SQLITE_IOERR")
    form.follow(WHOLE)
    form.presenter.when_read(lambda: form.went_on.append("on"))
    assert form.presenter.keeps_from_others
    assert form.presenter.state.trouble.startswith("Текст не проверен")
    assert form.went_on == ["on"]


def test_the_log_has_kinds_and_no_words(form: Form, tmp_path: Path) -> None:
    form.follow(WHOLE)
    log = (tmp_path / "log" / "milestones.jsonl").read_text(encoding="utf-8")
    assert '"kinds": "personal_data"' in log
    assert "555" not in log


def codes() -> dict[FindingKind, set[str]]:
    """Every code that a check can return, from the files and tables of the checks."""

    def of(name: str) -> set[str]:
        phrases = read_phrases(RULE_WORDS / f"{name}.txt").phrases
        return {phrase.type for phrase in phrases if not phrase.type.startswith("sign-")}

    return {
        FindingKind.OBSCENE: {"plain", "disguised", "masked", "apart", "listed"},
        FindingKind.INSULT: of("insults"),
        FindingKind.THREAT: of("threats"),
        FindingKind.PERSONAL_DATA: set(DataType),
        FindingKind.NOT_RUSSIAN: {"latin", "cyrillic", "script", "layout"},
        FindingKind.ADVERTISING: of("advertising") | {"offer"},
        FindingKind.SEVERAL_QUESTIONS: {"listed", "added", "asked"},
        FindingKind.PERSONAL_MATTER: of("personal_matters"),
        FindingKind.NO_PLACE: {"none", "no_street", "unsure", CONTRADICTION},
        FindingKind.FEDERAL: of("federal"),
        FindingKind.EMERGENCY: of("emergencies"),
        FindingKind.INCOMPLETE: {NO_DATE, NO_MATTER},
    }


def test_every_code_has_russian_words_and_a_question(form: Form) -> None:
    assert set(codes()) == set(FindingKind)
    for kind, types in codes().items():
        assert types, kind
        for type_ in types:
            for level in Level:
                found = Finding(kind, level, type_, 0, 4, "слово", "6.3")
                said = [finding_words.title(found), finding_words.evidence(found)]
                ask = finding_words.question(found)
                assert said[0], (kind, type_)
                assert ask or type_ == "layout", (kind, type_)
                assert finding_words.look(found)
                assert not any("a" <= letter <= "z" for letter in "".join([*said, ask]).lower())
    for problem in MessageProblem:
        assert finding_words.ask_for(problem)[0]


def test_what_stands_in_the_form_is_read_anew_when_texts_may_be_read_otherwise(form: Form) -> None:
    form.presenter.read_again()  # no message is open
    form.follow(WHOLE)
    before = len(form.rows())
    form.reader.finds["фонарь"] = (FindingKind.OBSCENE, Level.A, "listed")
    form.presenter.read_again()
    QCoreApplication.processEvents()
    assert len(form.rows()) == before + 1
