"""Repetitions, and messages about the same matter (Regulation 6.4)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.checks.morphology import Morphology
from sync.register.likeness.matters import Matters
from sync.register.likeness.place import Place, place_of
from sync.register.likeness.search import (
    Likeness,
    Reason,
    Verdict,
    compare,
    fingerprint,
    levelled,
    read,
)

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[4] / "data" / "rules" / "pairs_tuned.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.fixture(scope="module")
def matters(morphology: Morphology) -> Matters:
    return Matters(morphology.normal)


def compared(
    matters: Matters, one: str, other: str, *, same_user: bool = False, in_term: bool = True
) -> Likeness:
    return compare(read(one, matters), read(other, matters), same_user=same_user, in_term=in_term)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: str(pair["a"])[:40])
def test_pairs_are_told_apart_and_together(matters: Matters, pair: dict[str, str]) -> None:
    assert compared(matters, pair["a"], pair["b"]).verdict == pair["verdict"]
    assert compared(matters, pair["b"], pair["a"]).verdict == pair["verdict"]


@pytest.mark.parametrize(
    "other",
    [
        "на улице Мира, дом 5 — ЯМА!!!",
        "На  улице Мира дом 5 яма",
        "На улице Мира, дом 5 яма.",
        "Hа улице Миpа, дом 5 яма",
        "На у\u00adлице Мира, дом 5 я\u0301ма",
    ],
)
def test_the_same_words_are_a_repetition_while_the_term_runs(matters: Matters, other: str) -> None:
    text = "На улице Мира, дом 5 яма."
    assert compared(matters, text, other) == Likeness(Verdict.REPEAT, 1.0, Reason.SAME_WORDS)
    assert compared(matters, text, other, in_term=False) == Likeness(
        Verdict.SIMILAR, 1.0, Reason.SAME_WORDS_TERM_OVER
    )
    assert fingerprint(text) == fingerprint(other)


@pytest.mark.parametrize(
    "other", ["На улице Мира, дом 6 яма.", "На улице Мира, дом 5 ямы.", "На улице Мира 5 яма."]
)
def test_another_word_is_no_repetition(matters: Matters, other: str) -> None:
    text = "На улице Мира, дом 5 яма."
    assert compared(matters, text, other).verdict is not Verdict.REPEAT
    assert fingerprint(text) != fingerprint(other)


@given(st.text())
def test_levelling_a_levelled_text_changes_nothing(text: str) -> None:
    once = levelled(text)
    assert levelled(once) == once
    assert levelled(text.upper()) == levelled(text.upper().lower())


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("яма, ул. Мира 5", "яма, ул. Мира 7", Reason.OTHER_PLACE),
        ("яма, ул. Мира 5", "яма, ул. Кирова 5", Reason.OTHER_PLACE),
        ("угол Мира и Кирова, яма", "угол Мира и Чехова, яма", Reason.OTHER_PLACE),
        ("яма, ул. Розы Люксембург 5", "яма, Люксембург 5", Reason.SAME_PLACE_AND_MATTER),
        ("яма у остановки «Рынок»", "яма у остановки «Вокзал»", Reason.OTHER_PLACE),
        ("яма у школы № 5", "яма у третьей школы", Reason.OTHER_PLACE),
        ("Лесная, 8: нет горячей воды", "Лесная, 8: нет холодной воды", Reason.OTHER_MATTER),
        ("Лесная, 8: нет лифта", "Лесная, 8: шумят соседи", Reason.OTHER_MATTER),
        ("не вывозят мусор", "когда ярмарка", Reason.NOTHING_SHARED),
        ("!", "?!.. ну", Reason.NOTHING_SHARED),
        ("Лесная, 8: стая собак", "Лесная, 8: бродячие псы", Reason.SAME_PLACE_AND_MATTER),
        ("На Лесной бродячие псы", "ул. Лесная: стая собак", Reason.SAME_PLACE_AND_MATTER),
        ("ул. Лесная: стая собак", "На Лесной бродячие псы", Reason.SAME_PLACE_AND_MATTER),
        ("стая собак кусает детей", "бродячие псы кусают детей", Reason.SAME_MATTER),
        ("откройте ярмарку на рынке", "откроите ярмарку на рынке", Reason.NEARLY_THE_SAME_WORDS),
    ],
)
def test_it_is_told_what_decided(matters: Matters, one: str, other: str, reason: Reason) -> None:
    assert compared(matters, one, other).reason is reason


def test_the_same_person_comes_back_to_his_matter_more_often(matters: Matters) -> None:
    one = "ул. Лесная 8: крысы, темно, вонь"
    other = "ул. Лесная 8: крысы, шум, окно разбито"
    mine = compared(matters, one, other, same_user=True)
    anybody = compared(matters, one, other)
    assert mine.score == anybody.score
    assert (anybody.verdict, mine.verdict) == (Verdict.DIFFERENT, Verdict.SIMILAR)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ул. Мира, д. 5", Place(frozenset({"мира"}), frozenset({"5"}), frozenset())),
        ("улица Мира, дом № 5а корпус 2",
         Place(frozenset({"мира"}), frozenset({"5а/2"}), frozenset())),
        ("на Садовой улице, 12/3", Place(frozenset({"садов"}), frozenset({"12/3"}), frozenset())),
        ("пр. Победы 7", Place(frozenset({"побед"}), frozenset({"7"}), frozenset())),
        ("во дворе дома 9", Place(frozenset(), frozenset({"9"}), frozenset())),
        ("Перекрёсток Мира и Кирова",
         Place(frozenset({"мира", "киров"}), frozenset(), frozenset())),
        ("возле школы № 4", Place(frozenset(), frozenset(), frozenset({("школ", "4")}))),
        ("во 2-м подъезде", Place(frozenset(), frozenset(), frozenset({("подъезд", "2")}))),
        ("возле Розы Люксембург, 5",
         Place(frozenset({"розы люксембург"}), frozenset({"5"}), frozenset())),
        ("ул. мира 5 в подъезде темно", Place(frozenset({"мира"}), frozenset({"5"}), frozenset())),
        ("кирова 5, нет воды", Place(frozenset({"киров"}), frozenset({"5"}), frozenset())),
        ("НЕТ ВОДЫ, САДОВАЯ 5", Place(frozenset({"садов"}), frozenset({"5"}), frozenset())),
        ("на ул. садовой темно", Place(frozenset({"садов"}), frozenset(), frozenset())),
        ("Садовая улица разбита", Place(frozenset({"садов"}), frozenset(), frozenset())),
        ("на Садовой темно", Place(frozenset({"садов"}), frozenset(), frozenset())),
        ("Садовая: темно", Place(frozenset({"садов"}), frozenset(), frozenset())),
        ("на улице темно, дети боятся", Place(frozenset(), frozenset(), frozenset())),
        ("у десятого дома", Place(frozenset(), frozenset({"10"}), frozenset())),
        ("Третья школа, четвёртый маршрут", Place(frozenset(), frozenset(),
         frozenset({("школ", "3"), ("маршрут", "4")}))),
        ("двадцать первый маршрут", Place(frozenset(), frozenset(), frozenset())),
        ("на остановке «Рынок»", Place(frozenset(), frozenset(),
         frozenset({("остановк", "рынок")}))),
        ("ждём Мира 5 дней", Place(frozenset(), frozenset(), frozenset())),
        ("на детской площадке 3 качели", Place(frozenset(), frozenset(), frozenset())),
    ],
)  # fmt: skip
def test_places_are_read(text: str, place: Place) -> None:
    assert place_of(text)[0] == place
