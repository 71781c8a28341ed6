"""Words are normalised and stemmed identically in queries and documents."""

import subprocess
import sys
import unicodedata
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.ranking import Cutter
from kb.text import Stemmer, fold, folded_words, words_of


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Ёлка и ЕЛЬ", ["елка", "и", "ель"]),
        ("город-курорт", ["город", "курорт"]),
        ("тел. 2-52-52, доб. 215", ["тел", "25252", "доб", "215"]),
        ("59-ФЗ", ["59", "фз"]),
        ("за́мок", ["замок"]),
        (unicodedata.normalize("NFD", "чайный ёж"), ["чайный", "еж"]),
        ("", []),
        ("?!,.", []),
    ],
)
def test_words_are_folded(written: str, words: list[str]) -> None:
    assert [word.text for word in words_of(written)] == words


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert end <= word.start < word.end <= len(text)
        assert folded_words(text[word.start : word.end])[0] == word.text
        end = word.end


@given(st.text() | st.text(alphabet="аёйЁ1-2\u0301\u0306 z"))
def test_words_are_the_same_with_their_places_and_without(text: str) -> None:
    assert [word.text for word in words_of(text)] == folded_words(text)


@given(st.lists(st.text() | st.text(alphabet="аЁ12-_\u0301\u0306\x1f z"), min_size=1))
def test_words_of_texts_are_the_same_together_and_alone(texts: list[str]) -> None:
    known: list[str] = []

    def number_of(word: str) -> int:
        known.append(word)
        return len(known) - 1

    cutter = Cutter(number_of)
    for many in (texts, [*texts, "ёж-2 " * 5000], [*texts, "ёж и уж " * 5000]):
        numbers, lengths = cutter.cut(many)
        words = iter([known[number] for number in numbers])
        assert [[*islice(words, count)] for count in lengths] == list(map(folded_words, many))


@pytest.mark.parametrize(
    "forms",
    [
        "справка справки справку справкой справок",
        "батарея батареи батарею батареями",
        "музей музея музеем",
        "участок участка участков",
        "площадок площадка",
        "скамеек скамейка",
        "владелец владельца",
        "дети детей детьми",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len(set(map(Stemmer(), forms.split()))) == 1


def test_other_words_have_other_stems() -> None:
    stem = Stemmer()

    assert stem("срок") != stem("сырок")
    assert stem("справка") != stem("справедливость")


def test_yo_is_folded_before_the_stemmer_sees_it() -> None:
    stem = Stemmer()

    assert stem(fold("тёплые")) == stem(fold("теплыми"))


def test_a_search_reads_in_none_of_numpy_s_random_numbers() -> None:
    """A megabyte of modules, and as much of libraries."""
    reads = "import sys, kb.store, kb.files.importing; print('numpy.random' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", reads], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
