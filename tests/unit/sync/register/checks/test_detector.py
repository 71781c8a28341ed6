"""Obscene words, plain and disguised, and similar ordinary words (Regulation 6.3)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, Level
from sync.register.checks.morphology import Morphology
from sync.register.checks.obscene import WordLists, obscene_detector

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[4] / "data" / "rules" / "obscene_tuned.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
MORPHOLOGY = Morphology()
DETECT = obscene_detector(MORPHOLOGY)


def found(text: str, detect: Detector = DETECT) -> list[Finding]:
    return list(detect(text))


def test_obscene_words_are_found_and_ordinary_ones_are_not() -> None:
    wrong = [
        f"{case['text']}: {levels}"
        for case in CASES
        if bool(levels := {each.level for each in found(str(case["text"]))} - {Level.C})
        is not case["obscene"]
    ]

    assert len(CASES) > 200
    assert not wrong, "\n".join(wrong)


def test_they_are_found_within_a_sentence_at_their_place() -> None:
    wrong = []
    for case in CASES:
        text = f"Когда же это кончится, {case['text']} — просим помочь."
        wrong += [
            f"{case['text']}: {each}"
            for each in found(text)
            if text[each.start : each.end] != each.text
            or each.paragraph != "6.3"
            or each.text not in str(case["text"])
        ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "level", "kind"),
    [
        ("вот хуйня", Level.A, "plain"),
        ("xyйня", Level.A, "disguised"),
        ("х*йня", Level.A, "masked"),
        ("х***", Level.B, "masked"),
        ("г*вно", Level.B, "masked"),
        ("бл..ь", Level.A, "masked"),
        ("х\N{AUBERGINE}й", Level.A, "masked"),
        ("хýйня", Level.A, "disguised"),
        ("ниибёт", Level.A, "plain"),
        ("х у й", Level.A, "apart"),
        ("с-у-к-а", Level.B, "apart"),
        ("пиз дец", Level.A, "apart"),
        ("Херня", Level.B, "plain"),
        ("фигня", Level.C, "plain"),
    ],
)
def test_how_certain_it_is_and_how_it_was_hidden(text: str, level: Level, kind: str) -> None:
    (only,) = found(text)
    assert (only.level, only.type) == (level, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Просим депутата Хуйкова помочь",
        "А. Хуйко живёт здесь",
        "Хуйко А. П. живёт здесь",
        "Иван Хуйко живёт здесь",
        "Хуйко Иван живёт здесь",
        "Сука ощенилась, нужна стерилизация",
        "фиг*",
        "5*7 и ещё 12",
        "то-сё, по-моему, ху-да",
        "на-бля-дал",
        "hue ebay xep",
        "по хулам",
    ],
)
def test_what_only_looks_so_is_not_struck(text: str) -> None:
    assert not [each for each in found(text) if each.level is not Level.C]


@pytest.mark.parametrize("text", ["Хуйко", "хуйков", "Это Хуйня какая-то. Хуйня!"])
def test_a_capital_alone_makes_no_surname(text: str) -> None:
    assert found(text)[0].level is Level.A


def test_the_city_allows_and_forbids_words() -> None:
    detect = obscene_detector(
        MORPHOLOGY, WordLists(allowed=frozenset({"херня"}), denied=frozenset({"чебурек"}))
    )
    assert [(each.text, each.level, each.type) for each in found("херня, Чебурек!", detect)] == [
        ("Чебурек", Level.A, "listed")
    ]


@given(st.text(alphabet="хуйпиздаебля xyi*.-_ \u0301\u200b", max_size=30))
def test_whatever_is_typed_findings_stand_where_they_say_and_apart(text: str) -> None:
    places = sorted((each.start, each.end) for each in found(text))
    assert all(text[each.start : each.end] == each.text for each in found(text))
    assert all(end <= start for (_, end), (start, _) in zip(places, places[1:], strict=False))


def test_letters_of_a_list_are_no_word() -> None:
    assert not found("Пункты а, б, л, я договора не выполнены.")
