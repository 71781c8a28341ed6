"""Scripts and canned texts loaded from the city's files, and the errors reported for bad files."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.core.settings.city_texts import LaidDown, read_laid_down
from console.features.call_script import words as call_script_words
from sync.register.calls.phrases import FoundPhraseFault, PhraseFault, Variable
from sync.register.calls.scripts import FoundFault, ScriptFault
from sync.register.people.phones import canonical_phone
from tests.fakes.faked_parts.shared import RESOURCES

SCRIPT = 'title = "Ночь"\n[[steps]]\nkey = "greet"\ntext = "Поздороваться"\n'
PHRASES = '[[phrases]]\ntrigger = "срок"\ntext = "До {срок}."\n'


def read(folder: Path, **files: str) -> LaidDown:
    for name, text in files.items():
        place, _, file = name.partition("__")
        (folder / place).mkdir(exist_ok=True)
        (folder / place / f"{file}.toml").write_text(text, encoding="utf-8")
    return read_laid_down(folder, RESOURCES, lambda number: canonical_phone(number, "87999"))


def test_without_files_of_the_city_those_of_the_program_hold(tmp_path: Path) -> None:
    laid = read(tmp_path)

    assert laid.bad == ()
    assert {"01-call", "02-repeated", "03-media"} <= {script.key for script in laid.scripts}
    assert "срок" in {phrase.trigger for phrase in laid.phrases}


def test_every_script_of_the_program_asks_for_danger_and_says_112(tmp_path: Path) -> None:
    for script in read(tmp_path).scripts:
        danger = [step for step in script.steps if step.is_danger]
        assert len(danger) == 1, script.key
        assert "112" in danger[0].say
        assert any(step.yes == danger[0].key for step in script.steps[:2]), script.key


def test_a_file_of_the_city_takes_the_place_of_the_programs(tmp_path: Path) -> None:
    laid = read(tmp_path, scripts__night=SCRIPT, phrases__own=PHRASES)

    assert [script.key for script in laid.scripts] == ["night"]
    assert [phrase.trigger for phrase in laid.phrases] == ["срок"]


def test_a_bad_file_is_left_out_and_told_in_words(tmp_path: Path, russian: None) -> None:
    bad = SCRIPT + 'then = "nowhere"\n'
    laid = read(tmp_path, scripts__bad=bad, scripts__broken="title = ", phrases__own="x = 1")

    assert len(laid.scripts) > 1  # without a valid file the built-in scripts apply
    assert [file.name for file in laid.bad] == ["bad.toml", "broken.toml", "own.toml"]
    (fault,) = laid.bad[0].faults
    assert call_script_words.fault(fault) == "Шаг «greet» ведёт к шагу «nowhere», а такого шага нет"
    assert "Invalid value" in call_script_words.unreadable(laid.bad[1].unreadable)
    assert call_script_words.fault(laid.bad[2].faults[0]) == "Нет такой настройки: «x»"


def test_a_word_of_another_file_calls_no_second_text(tmp_path: Path) -> None:
    laid = read(tmp_path, phrases__1=PHRASES, phrases__2=PHRASES)

    assert laid.bad[0].faults == (FoundPhraseFault(PhraseFault.TRIGGER_TWICE, "срок"),)
    assert len(laid.phrases) == 1


def test_marked_numbers_are_read_in_any_form(tmp_path: Path) -> None:
    marked = 'media = ["8 (900) 555-01-01"]\nofficial = ["9005550102", "кто-то"]\n'
    laid = read(tmp_path, scripts__callers=marked)

    assert laid.marked.media == frozenset({"+79005550101"})
    assert laid.marked.official == frozenset({"+79005550102"})
    assert len(laid.scripts) > 1  # not a script
    broken = read(tmp_path, scripts__callers="media = 5")
    assert [file.name for file in broken.bad] == ["callers.toml"]


@pytest.mark.parametrize("place", ["", "step"])
def test_every_fault_has_its_words(place: str, russian: None) -> None:
    told = []
    for fault in ScriptFault:
        found = FoundFault(fault, place, "x")
        if _belongs(fault.name, place):
            told.append(call_script_words.fault(found))
    for wrong in PhraseFault:
        if _belongs(wrong.name, place):
            told.append(call_script_words.fault(FoundPhraseFault(wrong, place, "x")))

    assert all(told)
    assert not any("%" in text for text in told)


def _belongs(name: str, place: str) -> bool:
    whole = {"NO_TITLE", "NO_STEPS", "UNKNOWN_CALLER", "NO_PHRASES"}
    either = {"UNKNOWN_FIELD", "WRONG_TYPE"}
    return name in either or (name in whole) is not bool(place)


def test_the_shipped_texts_name_only_variables_that_there_are(tmp_path: Path) -> None:
    named = {each.value for each in Variable}
    for phrase in read(tmp_path).phrases:
        for part in phrase.text.split("{")[1:]:
            assert part.split("}")[0] in named
