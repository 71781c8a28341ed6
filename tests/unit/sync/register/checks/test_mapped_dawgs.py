"""A dictionary whose files are mapped answers as one that is read, and takes less memory."""

import tracemalloc

from pymorphy3 import MorphAnalyzer

from sync.register.checks.mapped_dawgs import map_dawgs
from sync.register.checks.morphology import Morphology

# Known, of several readings, with a prefix, with «е» for «ё», unknown and foreign.
WORDS = (
    "мусор", "стали", "вывозят", "наилучшего", "еще", "ёлка", "по-русски", "горзеленхоз",
    "недоубрали", "Орловой", "wi-fi", "12", "ъыь", "",
)  # fmt: skip
MOST_BYTES = 10_000_000  # read they take 21 million


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
