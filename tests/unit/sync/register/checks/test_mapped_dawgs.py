"""A memory-mapped dictionary gives the same answers as a loaded one, and uses less memory."""

import re
import sys
import tracemalloc
from pathlib import Path

import pytest
from pymorphy3 import MorphAnalyzer

from sync.register.checks.morphology import Morphology, map_dawgs

# Known words, with several readings, with a prefix, with «е» for «ё», unknown and foreign.
WORDS = (
    "мусор", "стали", "вывозят", "наилучшего", "еще", "ёлка", "по-русски", "горзеленхоз",
    "недоубрали", "Орловой", "wi-fi", "12", "ъыь", "",
)  # fmt: skip
MOST_BYTES = 10_000_000  # loaded they take 21 million


def test_mapped_files_answer_as_read_ones() -> None:
    read, mapped = MorphAnalyzer(), MorphAnalyzer()
    map_dawgs(mapped)
    for word in WORDS:
        told = [(one.word, str(one.tag), one.normal_form, one.score) for one in mapped.parse(word)]
        assert told == [
            (one.word, str(one.tag), one.normal_form, one.score) for one in read.parse(word)
        ]
        assert mapped.word_is_known(word) == read.word_is_known(word)
    assert list(mapped.dictionary.iter_known_words("мусорн")) == list(
        read.dictionary.iter_known_words("мусорн")
    )


def test_a_dictionary_takes_little_memory_of_the_program_itself() -> None:
    tracemalloc.start()
    try:
        morphology = Morphology()
        taken, _most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert morphology.has_form("мусор")
    assert taken < MOST_BYTES


@pytest.mark.skipif(sys.platform != "linux", reason="what is mapped is asked of Linux")
def test_pages_that_were_asked_go_back_and_come_again() -> None:
    morphology = Morphology()
    known = [morphology.has_form(word) for word in WORDS]
    asked_kb = _mapped_kb()
    morphology.rest()
    rested_kb = _mapped_kb()  # of other tests
    assert rested_kb < asked_kb - 1000
    assert [morphology.has_form(word.upper()) for word in WORDS] == known
    assert morphology.normal("вывозят") == "вывозить"
    assert _mapped_kb() > rested_kb


def _mapped_kb() -> int:
    """Resident size of the dictionary's files in this process, in kB."""
    maps = Path("/proc/self/smaps").read_text("utf-8")
    held = re.findall(r"dawg\n(?:\w+: .*\n)*?Rss: +(\d+) kB", maps)
    assert held
    return sum(map(int, held))
