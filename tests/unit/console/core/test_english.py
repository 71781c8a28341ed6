"""English texts are the source strings, with correct plural forms."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from console.core.english import English, in_number
from console.core.record_words import Record
from console.shared.session import card_words

RUSSIAN = Path(__file__).parents[4] / "resources" / "translations" / "console_ru.ts"


@pytest.mark.parametrize(
    ("source", "one", "several"),
    [
        ("%n call(s) told", "%n call told", "%n calls told"),
        ("%n unsent entry(ies): open", "%n unsent entry: open", "%n unsent entries: open"),
        ("%n day(s) of %1 record(s)", "%n day of %1 record", "%n days of %1 records"),
        ("%n missing", "%n missing", "%n missing"),
    ],
)
def test_nouns_stand_in_the_number_of_the_count(source: str, one: str, several: str) -> None:
    assert in_number(source, 1) == one
    for count in (0, 2, 5, 11, 21):
        assert in_number(source, count) == several


def test_no_counted_phrase_of_the_program_is_left_with_both_numbers() -> None:
    root = ElementTree.parse(RUSSIAN).getroot()  # noqa: S314  # our own file
    counted = [
        message.findtext("source", "")
        for message in root.iter("message")
        if message.get("numerus") == "yes"
    ]
    plain = [
        message.findtext("source", "")
        for message in root.iter("message")
        if message.get("numerus") != "yes"
    ]

    assert len(counted) > 50
    for source in counted:
        for count in (1, 2):
            assert "(" not in re.sub(r"\(par\. [\d.]+\)", "", in_number(source, count)), source
    assert [source for source in plain if "(s)" in source or "(ies)" in source] == []


@pytest.fixture
def english(qapp: QApplication) -> English:
    of_register = QTranslator(qapp)
    assert of_register.load("console_ru", str(RUSSIAN.parent))
    return English(of_register, qapp)


def test_what_goes_into_a_record_is_in_the_language_of_the_register(english: English) -> None:
    QCoreApplication.installTranslator(english)
    try:
        title = Record().formal_appeal()
        tries = [Record().further_tries(count) for count in (1, 2, 5)]
        button = card_words.formal_appeal()
    finally:
        QCoreApplication.removeTranslator(english)

    assert title == "Обращение по 59-ФЗ"
    assert [text.partition(",")[0] for text in tries] == [
        "Ещё 1 попытка дозвониться",
        "Ещё 2 попытки дозвониться",
        "Ещё 5 попыток дозвониться",
    ]
    assert button == "Formal appeal under 59-FZ"


def test_qt_puts_the_number_into_the_phrase(english: English) -> None:
    QCoreApplication.installTranslator(english)
    try:
        told = [QCoreApplication.translate("Counted", "%n call(s)", "", count) for count in (1, 2)]
        plain = QCoreApplication.translate("Words", "answer")
    finally:
        QCoreApplication.removeTranslator(english)

    assert told == ["1 call", "2 calls"]
    assert plain == "answer"
