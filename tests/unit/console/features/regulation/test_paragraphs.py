"""Paragraphs shown during work: our summary, the city's text, and its edition."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QObject

from console.features.regulation.presenter import ParagraphsPresenter, ParagraphsState
from console.shared.texts.ground_words import Cited
from sync.register.regulation import PARAGRAPHS, Edition, Editions, Provision
from tests.fakes.console_fakes import Told

FIRST, SECOND = date(2026, 2, 1), date(2026, 12, 1)


def edition(name: str, day: date, **more: str) -> Edition:
    texts = {"7.3": f"{name}: записать вызов", "6.3": "Нельзя", **more}
    return Edition(name, day, tuple(Provision(*each) for each in texts.items()))


BOTH = Editions().with_edition(edition("Первая", FIRST)).with_edition(edition("Вторая", SECOND))


class Bench:
    """The presenter on a day that can be moved."""

    def __init__(self, owner: QObject) -> None:
        self.today = date(2026, 11, 27)
        self.paragraphs = ParagraphsPresenter(lambda: self.today, parent=owner)
        self.changes = Told(self.paragraphs.changed)

    @property
    def state(self) -> ParagraphsState:
        return self.paragraphs.state

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.state.shown]


@pytest.fixture
def bench(owner: QObject) -> Bench:
    return Bench(owner)


def test_without_the_citys_text_there_is_our_line_and_that_is_said(bench: Bench) -> None:
    bench.paragraphs.open(("7.3",))

    assert bench.state.shown[0].summary
    assert bench.texts == [""]
    assert "пересказ" in bench.state.edition


def test_the_edition_in_force_today_is_shown_with_its_name_and_day(bench: Bench) -> None:
    bench.paragraphs.set_editions(BOTH)
    bench.paragraphs.open(("7.3",))
    assert bench.texts == ["Первая: записать вызов"]
    assert bench.state.edition == "Первая, действует с 01.02.2026"

    bench.today = SECOND
    bench.paragraphs.open(("7.3",))

    assert bench.texts == ["Вторая: записать вызов"]
    assert bench.state.edition == "Вторая, действует с 01.12.2026"


def test_the_edition_that_decisions_are_made_under_is_told_when_it_changes(bench: Bench) -> None:
    told = Told(bench.paragraphs.edition_changed)
    bench.paragraphs.set_editions(BOTH)
    bench.paragraphs.set_editions(BOTH)
    assert told.values == ["Первая, действует с 01.02.2026"]
    bench.today = SECOND
    bench.paragraphs.set_editions(BOTH)  # the same file, read on the next day
    bench.paragraphs.set_editions(Editions())

    assert told.values[1:] == ["Вторая, действует с 01.12.2026", ""]


def test_before_the_first_edition_there_is_none(bench: Bench) -> None:
    bench.today = date(2026, 1, 31)
    bench.paragraphs.set_editions(BOTH)
    bench.paragraphs.open(("7.3",))

    assert bench.texts == [""]


def test_an_import_while_the_paragraph_is_open_shows_at_once(bench: Bench) -> None:
    bench.paragraphs.open(("7.3",))
    told = len(bench.changes.values)
    bench.paragraphs.set_editions(BOTH)
    assert bench.texts == ["Первая: записать вызов"]
    assert len(bench.changes.values) == told + 1

    bench.paragraphs.set_editions(BOTH)  # the same, read again

    assert len(bench.changes.values) == told + 1


def test_a_paragraph_that_the_city_has_not_says_so(bench: Bench) -> None:
    bench.paragraphs.set_editions(BOTH)
    bench.paragraphs.open(("9.9", "6.3-2"))

    assert bench.texts == ["В тексте города такого пункта нет.", "Нельзя"]
    assert bench.state.shown[1].heading == "Пункт 6.3, строка 2"
    assert bench.state.shown[1].summary == "Не личного характера"


def test_paragraphs_of_the_city_alone_stand_in_their_place(bench: Bench) -> None:
    own = edition("Первая", FIRST, **{"7.13": "Новое правило"})
    bench.paragraphs.set_editions(Editions((own,)))
    bench.paragraphs.open(("7.12",))
    bench.paragraphs.go(1)
    assert [one.number for one in bench.state.shown] == ["7.13"]
    assert bench.texts == ["Новое правило"]
    assert bench.state.shown[0].summary == ""
    assert bench.state.place == f"45 из {len(PARAGRAPHS) + 1}"
    bench.paragraphs.go(1)

    assert [one.number for one in bench.state.shown] == ["8.1"]


def test_what_was_decided_opens_in_the_words_it_was_decided_under(bench: Bench) -> None:
    bench.today = SECOND
    bench.paragraphs.set_editions(BOTH)
    bench.paragraphs.open_cited((Cited("7.3", "Первая"), Cited("7.3"), Cited("7.3", "Пропавшая")))

    assert bench.texts == [
        "Первая: записать вызов",
        "Вторая: записать вызов",
        "Текст этой редакции на этом рабочем месте не загружен.",
    ]
    assert [one.edition for one in bench.state.shown] == [
        "редакция регламента: Первая",
        "",
        "редакция регламента: Пропавшая",
    ]
    assert bench.state.edition == "Сейчас: Вторая, действует с 01.12.2026"


def test_the_neighbours_of_an_old_paragraph_are_of_its_edition(bench: Bench) -> None:
    bench.today = SECOND
    bench.paragraphs.set_editions(BOTH)
    bench.paragraphs.open_cited((Cited("6.2", "Первая"),))
    bench.paragraphs.go(1)
    assert (bench.state.shown[0].number, bench.state.shown[0].edition) == (
        "6.3",
        "редакция регламента: Первая",
    )


def test_a_file_that_cannot_be_read_is_told_and_what_was_read_stays(bench: Bench) -> None:
    bench.paragraphs.set_editions(BOTH)
    bench.paragraphs.open(("7.3",))
    bench.paragraphs.tell_unreadable()
    assert bench.texts == ["Первая: записать вызов"]
    assert "не читается" in bench.state.edition

    bench.paragraphs.set_editions(BOTH)

    assert bench.state.edition == "Первая, действует с 01.02.2026"


def test_nothing_named_opens_where_it_was_read_last(bench: Bench) -> None:
    bench.paragraphs.open(())
    assert bench.state.shown[0].number == PARAGRAPHS[0]
    bench.paragraphs.open(("7.3", "7.99", "7.3", "слово"))
    bench.paragraphs.open(("7.99",))

    assert [one.number for one in bench.state.shown] == ["7.3"]


def test_a_name_of_any_letters_is_shown_as_it_is(bench: Bench) -> None:
    bench.paragraphs.set_editions(Editions((edition("№ %2 от %1", FIRST),)))
    bench.paragraphs.open(("7.3",))

    assert bench.state.edition == "№ %2 от %1, действует с 01.02.2026"
